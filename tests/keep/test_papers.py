"""A paper is what stood on the screen: kept word for word, signed by all who must in any order, and by nobody who said not now."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest

import privity.law
from privity.practice.agreements import paper_access, papers
from privity.practice.agreements.access import for_gates as authorizations
from privity.practice.agreements.paper_models import Paper, PaperVersion, Signature, Talk
from privity.practice.agreements.paper_services import Mark, Offer, StillToFill, hand_over, keep_version, not_now, offer, send_home, sign, withdraw
from privity.practice.agreements.validity import FEDERAL, NOTES, State
from privity.practice.people import links
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.models import Link, Participant
from privity.practice.people.services import NewPerson, NewRecord, add_record, end_account, untie
from privity.practice.site.config import Config
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import Event
from privity.vault import Use

from .conftest import NOW, Cast
from .front import TOKEN, Front, Page

Sit = Callable[[str], Front]
BOTH = ("en", "es")


def people(record: UUID) -> dict[str, UUID]:
    rows = Participant.objects.filter(record_id=record).order_by("id")
    return {f"{row.part}{number}": row.person_id for number, row in enumerate(rows)}


@pytest.fixture
def couple(cast: Cast) -> UUID:
    both = (NewPerson("Ada Quill", part="partner", born=date(1990, 1, 1)), NewPerson("Ben Quill", part="partner", born=date(1991, 1, 1)))
    return add_record(cast.dana, NewRecord("couple", both))


def laid(cast: Cast, record: UUID, template: str, *signers: UUID, languages: tuple[str, ...] = BOTH, **values: str) -> UUID:
    wanted = signers or tuple(people(record).values())
    return offer(cast.dana, record, Offer(template, "CO", languages, wanted, values, {}))


def signs(cast: Cast, record: UUID, paper: UUID, person: UUID, name: str = "A Name", language: str = "en", right: str = "mother") -> paper_access.Offered:
    made = hand_over(cast.dana, record, paper, person)
    return sign(cast.dana, links.held(made.id, NOW), Mark(language, name, right, "10,10 20,20", {}, "Chrome on a Mac", "2026-11-20T17:00:00Z"))


def one(cast: Cast, record: UUID, paper: UUID) -> paper_access.Offered:
    return paper_access.one(cast.dana, record, paper)


# --- what a state's law switches ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "duty", "elder", "age"),
    [("CO", "the law says I must act", "70", "12"), ("CA", "the law says I must act", "65", "12"), ("TX", "the law lets me act", "", "")],
)
def test_the_lines_switch_with_the_states_law(state: str, duty: str, elder: str, age: str) -> None:
    template = papers.library()["consent"]
    text = papers.sheet(template, papers.own_words(template), "en", state, {}).text
    assert duty in text
    assert (f"{elder} or older is being hurt" in text) is bool(elder) and (f"teen of {age} or older" in text) is bool(age)
    assert ("may let me report" in text) is not bool(elder)
    assert "{" not in text and "____" not in text


@pytest.mark.parametrize("state", ["CO", "CA"])
def test_what_switches_them_stands_in_the_law_library(state: str) -> None:
    folder = Path(privity.law.__file__).parent / "library" / "states" / state.lower()
    sections = " ".join(re.findall(r"^section: (.*)$", "\n".join(file.read_text("utf-8") for file in folder.glob("*.yaml")), re.MULTILINE))
    for switch, cite in papers.lines(state).cites.items():
        number = re.search(r"\d[\d.-]*\d", cite)
        assert number and number[0] in sections, (switch, cite)


def test_every_paper_holds_each_element_it_must_in_both_languages() -> None:
    for template in papers.library().values():
        assert papers.missing(template, papers.own_words(template), ["CO", "CA", "TX"]) == (), template.id
    for id in ("release", "release_notes", "release_california", "release_colorado"):
        assert set(FEDERAL) - {"signature", "date"} <= {element.id for element in papers.library()[id].elements}


def test_an_emptied_block_or_a_lost_blank_is_named() -> None:
    template = papers.library()["release"]
    own = papers.own_words(template)
    texts = {**own.texts, "stop": {"en": "", "es": own.texts["stop"]["es"]}, "expiry": {"en": "It ends some day.", "es": own.texts["expiry"]["es"]}}
    found = papers.missing(template, replace(own, texts=texts), ["CO"])
    assert {(element.id, language) for element, language in found} == {("right_to_revoke", "en"), ("expiry", "en")}


# --- what was on the screen --------------------------------------------------------------------------------------


def test_the_exact_words_are_kept_sealed_and_the_hash_is_theirs(cast: Cast) -> None:
    paper = laid(cast, cast.cleo, "consent", people(cast.cleo)["client0"])
    body = bytes(Paper.objects.get(id=paper).body)
    assert b"What you tell me" not in body and b"Cleo" not in body
    done = signs(cast, cast.cleo, paper, people(cast.cleo)["client0"], language="es")
    evidence = done.signers[0].evidence
    template = papers.library()["consent"]
    shown = papers.sheet(template, papers.own_words(template), "es", "CO", {})
    assert evidence["digest"] == shown.digest == done.sheets["es"].digest
    assert evidence["digest"] != done.sheets["en"].digest
    event = Event.objects.filter(practice=cast.practice.uid).order_by("-n")[0]
    assert event.act == "paper.sign" and shown.digest.encode() in bytes(event.line)
    assert b"A Name" not in bytes(Signature.objects.get().evidence) and b"Cleo" not in bytes(event.line)


def test_a_new_wording_leaves_what_was_signed_as_it_was(cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    before = laid(cast, cast.cleo, "individual", client)
    own = papers.own_words(papers.library()["individual"])
    number = keep_version(cast.petra, "individual", replace(own, texts={**own.texts, "outside": {"en": "We wave.", "es": "Saludamos."}}))
    after = laid(cast, cast.cleo, "individual", client)
    assert number == 1 and "We wave." in one(cast, cast.cleo, after).sheets["en"].text
    done = signs(cast, cast.cleo, before, client)
    assert "We wave." not in done.sheets["en"].text and done.signers[0].evidence["digest"] == done.sheets["en"].digest
    assert done.wording != one(cast, cast.cleo, after).wording
    assert keep_version(cast.petra, "individual", own) == 2 and PaperVersion.objects.count() == 2  # the older one stays


# --- several signers, in any order -------------------------------------------------------------------------------


@pytest.mark.parametrize("turned", [False, True])
def test_a_couple_signs_in_any_order_and_one_signature_is_not_enough(cast: Cast, couple: UUID, turned: bool) -> None:
    ada, ben = people(couple).values()
    paper = laid(cast, couple, "couple_no_secrets", ada)  # nobody of the couple can be left out
    first, second = (ben, ada) if turned else (ada, ben)
    halfway = signs(cast, couple, paper, first)
    assert halfway.whole is None and [one.person for one in halfway.missing] == [second]
    assert paper_access.for_gates(cast.dana, couple) == ()
    assert signs(cast, couple, paper, second, language="es").whole == NOW
    (agreed,) = paper_access.for_gates(cast.dana, couple)
    assert (agreed.kind, agreed.variant, agreed.version) == ("couple_agreement", "no_secrets", 0)
    assert {one.person: one.at for one in agreed.signers} == {ada: NOW, ben: NOW}
    kept = one(cast, couple, paper)
    assert set(agreed.digests) == {kept.sheets["en"].digest, kept.sheets["es"].digest} and agreed.wording == kept.wording
    withdraw(cast.dana, couple, paper)
    assert paper_access.for_gates(cast.dana, couple) == ()


def test_nobody_signs_twice_and_nobody_signs_what_was_taken_away(cast: Cast, couple: UUID) -> None:
    ada, ben = people(couple).values()
    paper = laid(cast, couple, "couple_no_secrets")
    made = hand_over(cast.dana, couple, paper, ada)
    mark = Mark("en", "Ada", "", "", {}, "", "")
    sign(cast.dana, link := links.held(made.id, NOW), mark)
    with pytest.raises(links.Gone):
        sign(cast.dana, link, mark)
    other = links.held(hand_over(cast.dana, couple, paper, ben).id, NOW)
    withdraw(cast.dana, couple, paper)
    with pytest.raises(links.Gone):
        sign(cast.dana, other, mark)
    assert Signature.objects.count() == 1


# --- a release becomes the lock ----------------------------------------------------------------------------------

RELEASE = {"recipient": "Dr. Lee", "description": "the dates you came", "purpose": "so Dr. Lee can plan", "ends": "June 1, 2027", "who": "Dana Test"}
TERMS = {
    "kind": "authorization", "recipient_kind": "treating_provider", "recipient": "Dr. Lee", "information": ["attendance"], "description": "the dates you came",
    "purpose": "treatment", "has": ["type_size", "separate_form", "own_signature"], "ends": "2027-06-01", "ends_with": "", "longer_by_wish": False,
}  # fmt: skip


def released(cast: Cast, *signers: str, template: str = "release", **terms: object) -> UUID:
    there = people(cast.cleo)
    wanted = Offer(template, "CO", ("en",), tuple(there[one] for one in signers), RELEASE, {**TERMS, **terms})
    return offer(cast.dana, cast.cleo, wanted)


def test_a_signed_release_is_an_authorization_with_its_elements(cast: Cast) -> None:
    paper, there = released(cast, "parent1"), people(cast.cleo)
    assert authorizations(cast.dana, cast.cleo) == ()
    done = signs(cast, cast.cleo, paper, there["parent1"], "Max Marsh", right="father")
    (kept,) = authorizations(cast.dana, cast.cleo)
    assert (kept.id, kept.state, kept.wrong) == (done.authorization, State.LIVE, ())
    assert (kept.terms.recipient, kept.terms.signed_by, kept.terms.signer, kept.ends) == ("Dr. Lee", "parent", "Max Marsh", date(2027, 6, 1))


def test_a_release_without_an_element_is_no_lock_that_opens(cast: Cast) -> None:
    own = papers.own_words(papers.library()["release"])
    keep_version(cast.petra, "release", replace(own, texts={**own.texts, "stop": {"en": "", "es": ""}}))
    signs(cast, cast.cleo, released(cast, "parent1"), people(cast.cleo)["parent1"])
    (kept,) = authorizations(cast.dana, cast.cleo)
    assert kept.state is State.DEFECTIVE and [one.element for one in kept.wrong] == ["right_to_revoke"]


def test_psychotherapy_notes_stand_alone(cast: Cast) -> None:
    assert papers.library()["release_notes"].authorization["information"] == [NOTES]
    signs(cast, cast.cleo, released(cast, "parent1", template="release_notes", information=[NOTES]), people(cast.cleo)["parent1"])
    assert authorizations(cast.dana, cast.cleo)[0].state is State.LIVE


def test_a_blank_that_nobody_filled_stops_the_paper(cast: Cast) -> None:
    with pytest.raises(StillToFill):
        offer(cast.dana, cast.cleo, Offer("release", "CO", ("en",), (people(cast.cleo)["client0"],), {**RELEASE, "recipient": " "}, TERMS))


def test_signed_papers_outlive_the_record_and_the_talk_does_not(cast: Cast, tmp_path: object, front: Sit) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    signs(cast, cast.cleo, paper, client)
    front("dana").post(f"/clients/{cast.cleo}/papers/{paper}/talk", **{"said-family": "Her uncle must not know."})
    assert b"uncle" not in bytes(Talk.objects.get().body)
    shred_record(cast.petra, cast.cleo, Config.of(tmp_path))  # type: ignore[arg-type]
    assert one(cast, cast.cleo, paper).signers[0].evidence["name"] == "A Name"
    with pytest.raises(Exception, match="no key for record"):
        cast.keys.key(cast.cleo, Use.RECORD)


# --- links -------------------------------------------------------------------------------------------------------


def test_a_link_needs_its_code_ends_after_five_wrong_ones_and_after_seven_days(cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    made = send_home(cast.dana, cast.cleo, paper, client)
    row = Link.objects.get(id=made.id)
    assert made.token.encode() not in bytes(row.token_mark) and len(bytes(row.code_mark)) == 32
    link = links.find(made.token, NOW)
    with pytest.raises(links.WrongCode):
        links.open_with(link, "0000-0000", cast.keys, NOW)
    links.open_with(link, made.code.lower(), cast.keys, NOW)  # the right one sets the count back
    for _ in range(links.TRIES):
        with pytest.raises(links.WrongCode):
            links.open_with(link, "0000-0000", cast.keys, NOW)
    for find in (lambda: links.open_with(link, made.code, cast.keys, NOW), lambda: links.find(made.token, NOW)):
        with pytest.raises(links.Gone):
            find()
    again = send_home(cast.dana, cast.cleo, paper, client)
    assert links.find(again.token, NOW + timedelta(days=6, hours=23))
    with pytest.raises(links.Gone):
        links.find(again.token, NOW + timedelta(days=7))


def test_a_newer_link_ends_the_older_and_a_leaver_takes_theirs_along(cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    old, new = (send_home(cast.dana, cast.cleo, paper, client) for _ in range(2))
    with pytest.raises(links.Gone):
        links.find(old.token, NOW)
    assert links.find(new.token, NOW)
    end_account(cast.olga, cast.accounts["dana"].id)
    with pytest.raises(links.Gone):
        links.find(new.token, NOW)


def test_whoever_left_the_team_takes_no_signature(cast: Cast) -> None:
    from privity.practice.people.models import Tie
    from privity.practice.people.services import tie

    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    link = links.held(hand_over(cast.dana, cast.cleo, paper, client).id, NOW)
    mine = Tie.objects.get(record_id=cast.cleo, account_id=cast.accounts["dana"].id).id
    tie(cast.dana, cast.cleo, cast.accounts["omar"].id, "team")
    untie(cast.omar, mine)
    with pytest.raises(links.Gone):
        sign(cast.dana, link, Mark("en", "Cleo", "", "", {}, "", ""))
    assert not Signature.objects.exists()


def test_not_now_signs_nothing(cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    link = links.held(hand_over(cast.dana, cast.cleo, paper, client).id, NOW)
    not_now(cast.dana, link)
    assert not Signature.objects.exists() and one(cast, cast.cleo, paper).open
    with pytest.raises(links.Gone):
        links.held(link.id, NOW)


# --- who may -----------------------------------------------------------------------------------------------------


def test_omar_and_vera_do_not_find_it_and_only_officers_word_papers(cast: Cast) -> None:
    paper = laid(cast, cast.cleo, "consent", people(cast.cleo)["client0"])
    for stranger in (cast.omar, cast.vera):
        for act in (lambda who=stranger: paper_access.page(who, cast.cleo, paper), lambda who=stranger: withdraw(who, cast.cleo, paper)):
            with pytest.raises(NotThere):
                act()
    own = papers.own_words(papers.library()["consent"])
    for other in (cast.dana, cast.rita, cast.actor("bill")):
        with pytest.raises(NotAllowed):
            keep_version(other, "consent", own)
    with pytest.raises(NotThere):
        paper_access.page(cast.vera, cast.cleo)


def test_the_front_desk_lays_papers_out_and_hears_no_talk(front: Sit, cast: Cast) -> None:
    paper = laid(cast, cast.cleo, "consent", people(cast.cleo)["client0"])
    path = f"/clients/{cast.cleo}/papers/{paper}"
    assert front("dana").post(f"{path}/talk", **{"said-safety": "canary of the talk"}).status == 302
    assert "canary of the talk" in front("dana").open(path).words
    rita = front("rita").open(path)
    assert rita.status == 200 and "canary" not in rita.text and "Hand over this device" in rita.text
    assert front("rita").get(f"{path}/talk").status == 403
    for who, status in (("omar", 404), ("vera", 404), ("bill", 403)):
        assert front(who).get(path).status == status
        assert front(who).post(f"{path}/hand-over", person=str(people(cast.cleo)["client0"])).status == status


def test_a_paper_of_another_record_is_not_there(cast: Cast, couple: UUID) -> None:
    paper = laid(cast, couple, "couple_no_secrets")
    with pytest.raises(NotThere):
        paper_access.page(cast.dana, cast.cleo, paper)


# --- through the front -------------------------------------------------------------------------------------------


class Tablet:
    """A device somebody was handed: it sends the form of the page that is open."""

    def __init__(self, front: Front, page: Page) -> None:
        self.client, self.page = front.client, page

    def press(self, act: str, **said: str) -> Page:
        state = re.search(r'name="state" value="([^"]*)"', self.page.text)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', self.page.text)
        carried = {"state": unescape(state[1]) if state else "", "csrfmiddlewaretoken": token[1] if token else TOKEN}
        self.page = Page(self.client.post("/sign", {**carried, **({"act": act} if act else {}), **said}))
        return self.page

    def answer(self, right: bool = True) -> Page:
        numbers = re.findall(r'name="answer" value="(\d)"', self.page.text)
        return self.press("answer", answer=next(one for one in numbers if (one == "0") is right))

    def to_the_end(self) -> None:
        for _ in range(20):
            if 'value="sign"' in self.page.text:
                return
            self.answer() if 'value="answer"' in self.page.text else self.press("next")


def handed(front: Front, record: UUID, paper: UUID, person: UUID) -> Tablet:
    given = front.post(f"/clients/{record}/papers/{paper}/hand-over", person=str(person))
    assert given.where() == "/sign"
    return Tablet(front, Page(front.client.get("/sign")))


def test_a_handed_over_tablet_opens_one_paper_and_nothing_else(front: Sit, cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper, dana = laid(cast, cast.cleo, "consent", client), front("dana")
    tablet = handed(dana, cast.cleo, paper, client)
    assert "What you tell me here is private" in tablet.page.words and "/clients" not in tablet.page.text
    assert dana.get(f"/clients/{cast.cleo}").where().startswith("/sign-in")
    assert dana.get("/today").where().startswith("/sign-in")
    tablet.to_the_end()
    page = tablet.press("sign", name="", device_time="2026-11-20T17:00:00Z")
    assert page.status == 422 and "Write your name" in page.words and not Signature.objects.exists()
    page = tablet.press("sign", name="Cleo Marsh", drawn="1,2 30,40;50,60", device_time="2026-11-20T17:00:00Z")
    assert "You signed" in page.words and "Give the tablet back" in page.words
    evidence = one(cast, cast.cleo, paper).signers[0].evidence
    assert (evidence["name"], evidence["drawn"], evidence["how"], evidence["handed_over_by"]) == ("Cleo Marsh", "1,2 30,40;50,60", "here", "Dana Test")
    assert evidence["device_time"] == "2026-11-20T17:00:00Z" and evidence["answers"] == {"danger": [0], "children": [0], "courts": [0]}
    assert "What you tell me" not in Page(dana.client.get("/sign")).words  # it ended itself
    acts = list(Event.objects.order_by("n").values_list("act", flat=True))
    assert acts.index("paper.hand") < acts.index("paper.shown") < acts.index("paper.sign")


def test_a_wrong_answer_shows_the_card_again_without_blame_and_is_kept(front: Sit, cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    tablet = handed(front("dana"), cast.cleo, paper, client)
    while 'value="answer"' not in tablet.page.text:
        tablet.press("next")
    page = tablet.answer(right=False)
    assert "Let us look at it once more" in page.words and "wrong" not in page.words.lower()
    tablet.to_the_end()
    tablet.press("sign", name="Cleo Marsh")
    tries = one(cast, cast.cleo, paper).signers[0].evidence["answers"]["danger"]
    assert len(tries) == 2 and tries[0] != 0 and tries[1] == 0


def test_not_now_is_a_button_of_the_same_size_and_signs_nothing(front: Sit, cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper, dana = laid(cast, cast.cleo, "consent", client), front("dana")
    tablet = handed(dana, cast.cleo, paper, client)
    tablet.to_the_end()
    buttons = re.findall(r'<button class="([^"]*)" name="act" value="(sign|no)">', tablet.page.text)
    assert [name for _, name in buttons] == ["sign", "no"] and len({look for look, _ in buttons}) == 1
    assert "Nothing was signed" in tablet.press("no").words
    assert not Signature.objects.exists() and "Not signed yet" in front("dana").open(f"/clients/{cast.cleo}/papers/{paper}").words


def test_spanish_is_shown_signed_and_hashed_in_spanish(front: Sit, cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    tablet = handed(front("dana"), cast.cleo, paper, client)
    page = tablet.press("", language="es")
    assert 'lang="es"' in page.text and "Lo que usted me cuenta aquí es privado" in page.words and "Ahora no" in page.words
    tablet.to_the_end()
    tablet.press("sign", name="Cleo Marsh")
    kept = one(cast, cast.cleo, paper)
    assert kept.signers[0].evidence["language"] == "es" and kept.signers[0].evidence["digest"] == kept.sheets["es"].digest


def test_at_home_the_link_asks_for_the_code_names_nobody_and_ends_with_the_signature(front: Sit, cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper = laid(cast, cast.cleo, "consent", client)
    made = front("dana").post(f"/clients/{cast.cleo}/papers/{paper}/link", person=str(client))
    path = re.search(r"/sign/[\w-]{40,}", made.words)
    code = re.search(r'class="code">([\w-]+)<', made.text)
    assert path and code
    home = Front(None)
    first = home.get(path[0])
    assert first.status == 200 and "Cleo" not in first.text and "Dana" not in first.text and "private" not in first.words
    assert home.post(path[0], act="open", code="WRONG").status == 422
    assert home.post(path[0], act="open", code=code[1]).where() == "/sign"
    tablet = Tablet(home, Page(home.client.get("/sign")))
    tablet.to_the_end()
    end = tablet.press("sign", name="Cleo Marsh").words
    assert "You signed" in end and "Your copy is below" in end and "What you tell me here is private" in end
    assert Front(None).get(path[0]).status == 404
    assert one(cast, cast.cleo, paper).signers[0].evidence["how"] == "home"


def test_another_name_than_the_persons_own_is_asked_about_once_and_staff_see_it(front: Sit, cast: Cast) -> None:
    client = people(cast.cleo)["client0"]
    paper, rita = laid(cast, cast.cleo, "notice", client, contact="x", starts="x"), front("rita")
    due = rita.open(f"/clients/{cast.cleo}/papers").words
    assert "Due: Consent to care, with what stays private; Privacy notice" in due and "Lay it before them" in due and "laid out, not signed" in due
    tablet = handed(rita, cast.cleo, paper, client)
    assert "THIS NOTICE DESCRIBES HOW MEDICAL INFORMATION" in tablet.page.words.split("We can use and share")[0]
    tablet.to_the_end()
    assert "it means: I got this notice." in tablet.page.words and "I agree" not in tablet.page.words
    page = tablet.press("sign", name="Somebody Else", drawn="1,2 30,40")
    assert page.status == 422 and "This paper is for Cleo Marsh. Are you Cleo Marsh?" in page.words and 'value="1,2 30,40"' in page.text
    assert tablet.press("sure", name="A Third", asked="Somebody Else").status == 422 and not Signature.objects.exists()  # said of another name
    page = tablet.press("sure", name="Somebody Else", asked="Somebody Else")
    assert "You signed" in page.words and "Staff: sign in" in page.words
    says = "Cleo Marsh signed as “Somebody Else”: look at it"
    listed = front("rita").open(f"/clients/{cast.cleo}/papers").words
    assert says in listed and "Due: Consent to care, with what stays private Every" in listed
    assert says in front("dana").open(f"/clients/{cast.cleo}/papers/{paper}").words
    paper = laid(cast, cast.cleo, "consent", client)
    tablet = handed(front("rita"), cast.cleo, paper, client)
    tablet.to_the_end()
    assert "You signed" in tablet.press("sign", name=" cleo  MARSH").words
    done = front("dana").open(f"/clients/{cast.cleo}/papers")
    assert "Due:" not in done.words and done.words.count("signed as") == 1


def test_a_parent_says_by_what_right(front: Sit, cast: Cast) -> None:
    there = people(cast.cleo)
    paper = laid(cast, cast.cleo, "minors", there["client0"], there["parent1"])
    tablet = handed(front("dana"), cast.cleo, paper, there["parent1"])
    tablet.to_the_end()
    assert tablet.press("sign", name="Max Marsh").status == 422
    page = tablet.press("sign", name="Max Marsh", right="father")
    assert "once the others have signed" in page.words and one(cast, cast.cleo, paper).whole is None


def test_the_offer_for_a_minor_names_the_law_and_ticks_the_parent(front: Sit, cast: Cast) -> None:
    page = front("dana").open(f"/clients/{cast.cleo}/papers/new/consent")
    assert "Cleo Marsh is 14" in page.words and "C.R.S. 12-245-203.5" in page.words
    assert len(re.findall(r'name="signers"[^>]* checked', page.text)) == 2


def test_a_release_is_laid_out_signed_and_stands_as_a_lock(front: Sit, cast: Cast) -> None:
    there = people(cast.cleo)
    said = {
        "language": "en", "signers": [str(there["parent1"])], "recipient_kind": "employer", "recipient": "Alpine Freight", "purpose_kind": "employment",
        "information": ["attendance"], "description": "the dates she came", "purpose": "so she keeps her job", "ends": "2027-03-01", "who": "Dana Test",
    }  # fmt: skip
    dana = front("dana").open(f"/clients/{cast.cleo}/papers/new/release")
    assert dana.send(f"/clients/{cast.cleo}/papers/new/release", **{**said, "ends": ""}).status == 422
    dana.send(f"/clients/{cast.cleo}/papers/new/release", **said)
    assert "Alpine Freight" in dana.words and "March 1, 2027" in dana.words
    paper = UUID(dana.at.rsplit("/", 1)[1])
    tablet = handed(dana, cast.cleo, paper, there["parent1"])
    tablet.to_the_end()
    tablet.press("sign", name="Max Marsh", right="father")
    assert authorizations(cast.dana, cast.cleo)[0].state is State.LIVE
    assert "Good." in front("dana").open(f"/clients/{cast.cleo}/authorizations/{authorizations(cast.dana, cast.cleo)[0].id}").words


# --- the practice's own words ------------------------------------------------------------------------------------


def wording(front: Front, template: str) -> dict[str, str]:
    page = front.get(f"/papers/{template}/edit").text
    texts = {name: unescape(text).lstrip("\r\n") for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', page)}
    lines = {name: unescape(value) for name, value in re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', page)}
    return {**lines, **texts}


def test_an_officer_sees_the_grade_looks_again_and_keeps_a_new_version(front: Sit, cast: Cast) -> None:
    petra = front("petra")
    assert "Grade" in petra.open("/papers").words
    said = wording(petra, "release")
    assert len(said) > 20
    hard = "Notwithstanding anticipated contingencies, authorization documentation necessitates comprehensive institutional considerations."
    looked = petra.post("/papers/release/edit", **{**said, "act": "look", "text-again-en": hard, "text-stop-es": ""})
    assert "That it can be taken back, and how (Español)" in looked.words and hard in looked.text and not PaperVersion.objects.exists()
    told = petra.post("/papers/release/reading", **{**said, "text-stop-es": ""})
    answer = json.loads(told.text)
    assert answer["grades"][0]["said"].startswith("Grade ") and "taken back" in answer["missing"][0]
    assert petra.post("/papers/release/edit", **{**said, "act": "keep", "text-stop-es": ""}).status == 302  # it warns and does not block
    assert "Version 1" in petra.open("/papers/release").words and "is not in it" in petra.words
    assert "As it comes with Privity" in petra.words


def test_a_practice_fills_in_once_whom_to_ask(front: Sit, cast: Cast) -> None:
    petra = front("petra")
    said = wording(petra, "notice")
    petra.post("/papers/notice/edit", **{**said, "act": "keep", "fill-contact": "Petra Test, 303 555 0100", "fill-starts": "June 1, 2026"})
    paper = offer(cast.dana, cast.cleo, Offer("notice", "CO", BOTH, (people(cast.cleo)["client0"],), {}, {}))
    assert "Petra Test, 303 555 0100" in one(cast, cast.cleo, paper).sheets["en"].text


@pytest.mark.parametrize("who", ["dana", "rita", "omar", "bill"])
def test_nobody_else_words_papers_or_is_offered_the_page(front: Sit, who: str) -> None:
    for path in ("/papers", "/papers/consent", "/papers/consent/edit"):
        assert front(who).get(path).status == 403
    assert 'href="/papers"' not in front(who).open("/clients").text


def test_california_has_its_own_form_only_there(front: Sit, cast: Cast) -> None:
    assert front("petra").get("/papers/release_california").status == 404
    assert front("petra").get("/papers/release_colorado").status == 200
