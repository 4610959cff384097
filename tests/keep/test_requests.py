"""What clients ask for: each kind to its end through the front, its clocks on both sides of the day, and letters that say all they must."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from pypdf import PdfReader

from privity.law import Book
from privity.practice.agreements import restrictions
from privity.practice.decisions.access import for_gates as decision_of
from privity.practice.incidents import access, services
from privity.practice.incidents.models import ClientRequest, RequestLetter, RequestStep
from privity.practice.incidents.requests import Fee, Said, clock, too_much
from privity.practice.people.access import NotAllowed
from privity.practice.people.contact import allows
from privity.practice.people.models import Participant
from privity.practice.people.services import NewPerson, NewRecord, add_record, keep_letterhead, tie
from privity.practice.records import disagreements
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.releases import accounting
from privity.practice.site.config import Config
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import Event

from .conftest import NOW, Cast
from .front import Front

Sit = Callable[[str], Front]
BOOK = Book.open()
TODAY = date(2026, 11, 20)
HEAD = {"name": "Alder Counseling", "address": "12 Pine Street\nFort Collins, CO 80521", "contact": "Petra Test, privacy officer", "phone": "970 555 0100"}
ADA = "Ada Adler"


@pytest.fixture
def ada(cast: Cast) -> UUID:
    """A grown-up client of Dana's, who may have letters."""
    contacts = (
        {"how": "mail", "to": "9 Oak Road\nDenver, CO 80202", "mail": True},
        {"how": "phone", "to": "303 555 0171", "call": True, "voicemail": True, "text": True},
    )
    keep_letterhead(cast.olga, **HEAD)
    return add_record(cast.dana, NewRecord("individual", (NewPerson(ADA, born=date(1986, 5, 4), contacts=contacts),)))


def person(record: UUID) -> str:
    return str(Participant.objects.filter(record_id=record).exclude(part__in=["parent", "guardian"]).values_list("person_id", flat=True)[0])


def asked(record: UUID, kind: str, **more: Any) -> dict[str, Any]:
    told = {
        "kind": kind, "asker": "client", "person": person(record), "identity": "known", "received": "2026-11-10", "in_writing": "yes",
        "what": "Everything since June", "language": "en",
    }  # fmt: skip
    of_kind: dict[str, dict[str, Any]] = {
        "access": {"information": ["whole_chart"], "wants": "copy", "form": "pdf"},
        "restriction": {"information": ["diagnosis"], "toward": ["family_or_friend"]}, "channel": {"how": "phone", "to": "720 555 0199", "call": "on"},
    }  # fmt: skip
    return {**told, **of_kind.get(kind, {}), **more}


def write(front: Front, record: UUID, kind: str, **more: Any) -> Front:
    path = f"/clients/{record}/requests/new"
    return front.open(f"{path}?kind={kind}").send(path, **asked(record, kind, **more))


def do(front: Front, act: str, **said: Any) -> Front:
    """Take a step by the form that stands on the open page."""
    form = next((one for one in re.findall(r"<form[\s\S]*?</form>", front.text) if f'name="act" value="{act}"' in one), None)
    assert form, f"no form for {act}: {front.words}"
    to = re.search(r'action="([^"]+)"', form)
    assert to
    return front.send(to[1], act, **said)


def id_of(front: Front) -> UUID:
    return UUID(front.at.split("/")[4])


def letters(front: Front) -> list[PdfReader]:
    """Open the letters of the request that is open."""
    found = []
    for path in re.findall(r'href="(/clients/[^"]+/letters/[^"]+)"', front.text):
        page = front.get(path)
        assert page.status == 200 and page.response["Content-Type"] == "application/pdf"
        found.append(PdfReader(BytesIO(page.response.content)))
    return found


def text(pdf: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def tagged(pdf: PdfReader, language: str = "en") -> bool:
    root = pdf.trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root and str(root["/Lang"]).startswith(language)


def law(actor: Any, record: UUID, request: UUID) -> access.Law:
    return access.page(actor, BOOK, record, request).law


# --- written down, and seen by whom --------------------------------------------------------------------------------


def test_rita_writes_a_request_down_and_it_stands_in_the_list_with_its_clock(front: Sit, cast: Cast, ada: UUID) -> None:
    rita = write(front("rita"), ada, "access")
    assert rita.status == 200 and "Thu, Dec 10, 2026" in rita.words and "no later than 30 days after receipt of the request" in rita.words
    listed = front("rita").open("/requests")
    assert ADA in listed.words and "Thu, Dec 10, 2026" in listed.words and "20 days left" in listed.words and "<svg" in listed.text
    assert "The answer is for whoever treats the client" in rita.words
    assert 'value="answer"' not in rita.text
    assert "Requests" in front("dana").open(f"/clients/{ada}").words


def test_what_was_asked_is_sealed_under_a_key_that_outlives_the_record(front: Sit, cast: Cast, ada: UUID, tmp_path: Any) -> None:
    id = id_of(write(front("rita"), ada, "access"))
    row = ClientRequest.objects.get(id=id)
    assert b"June" not in bytes(row.body)
    shred_record(cast.petra, ada, Config.of(tmp_path))
    assert access.for_gates(cast.dana, ada, id).said.what == "Everything since June"


def test_omar_and_vera_do_not_find_it_and_the_biller_may_not(front: Sit, cast: Cast, ada: UUID) -> None:
    id = id_of(write(front("rita"), ada, "access"))
    for who in ("omar", "vera"):
        for path in (f"/clients/{ada}/requests", f"/clients/{ada}/requests/{id}", f"/clients/{ada}/requests/new"):
            assert front(who).get(path).status == 404
        assert ADA not in front(who).open("/requests").text
        assert front(who).post(f"/clients/{ada}/requests/{id}/answer", act="answer", gave="whole").status == 404
    assert front("bill").get(f"/clients/{ada}/requests/{id}").status == 403
    assert not RequestStep.objects.exists()


def test_rita_cannot_answer_it_by_a_form_made_by_hand(front: Sit, cast: Cast, ada: UUID) -> None:
    id = id_of(write(front("rita"), ada, "access"))
    assert front("rita").post(f"/clients/{ada}/requests/{id}/answer", act="answer", gave="whole").status == 403
    assert front("rita").post(f"/clients/{ada}/requests/{id}/step", act="answer", gave="whole").status == 404
    with pytest.raises(NotAllowed):
        services.take(cast.rita, BOOK, ada, id, "answer", {"gave": "whole"})
    assert not RequestStep.objects.exists()


def test_petra_answers_by_the_records_number_and_meets_no_name(front: Sit, cast: Cast, ada: UUID) -> None:
    id = id_of(write(front("rita"), ada, "access", asker="guardian", person="else", name="Gwen Adler"))
    petra = front("petra").open("/requests")
    assert "Adler" not in petra.text and str(ada)[:8] in petra.words
    petra.open(f"/clients/{ada}/requests/{id}")
    assert petra.status == 200 and "Adler" not in petra.text
    do(petra, "extend", reason="The older part is with the archive")
    assert "Adler" not in petra.text and RequestLetter.objects.count() == 1
    letter = RequestLetter.objects.get().id
    assert front("petra").get(f"/clients/{ada}/requests/{id}/letters/{letter}").status == 404
    assert "Gwen Adler" in text(letters(front("rita").open(f"/clients/{ada}/requests/{id}"))[0])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"received": "2026-12-01"}, "still to come"), ({"what": ""}, "Write what they ask for"), ({"information": []}, "Tick what they ask for"),
        ({"third": "Sam Sun", "third_kind": "family_or_friend", "third_address": "1 A St", "in_writing": "no"}, "only where a signed paper names them"),
        ({"person": "else"}, "Write the name of who asks"), ({"asker": "parent"}, "You chose that a parent or guardian asks"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_written_stays(front: Sit, ada: UUID, wrong: dict[str, Any], says: str) -> None:
    page = write(front("rita"), ada, "access", **{"what": "Keep this text", **wrong})
    assert page.status == 422 and says in page.words and ("Keep this text" in page.text or "what" in wrong)
    assert not ClientRequest.objects.exists()


# --- clocks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("received", "late", "says"), [(date(2026, 10, 21), False, "Today"), (date(2026, 10, 20), True, "1 day late")])
def test_thirty_days_for_access_and_the_thirty_first_is_late(front: Sit, cast: Cast, ada: UUID, received: date, late: bool, says: str) -> None:
    page = write(front("rita"), ada, "access", received=received.isoformat())
    assert says in page.words and ("Late." in page.words) is late
    listed = front("rita").open("/requests")
    assert ("1 late" in listed.words) is late and ("badge-stop" in listed.text) is late


@pytest.mark.parametrize(("kind", "days"), [("access", 30), ("amendment", 60), ("accounting", 60)])
def test_each_kind_has_its_days(cast: Cast, ada: UUID, kind: str, days: int) -> None:
    found = law(cast.dana, ada, services.write_down(cast.dana, ada, said(ada, kind)))
    assert found.clock.first.on == date(2026, 11, 10) + timedelta(days) and not found.clock.late(TODAY)


def said(record: UUID, kind: str, **more: Any) -> Said:
    told: dict[str, Any] = {
        "kind": kind, "received": date(2026, 11, 10), "asker": "client", "person": UUID(person(record)), "name": "", "identity": "known", "authority": "",
        "what": "This", "in_writing": True,
        **({"information": ("whole_chart",), "wants": "copy", "form": "paper"} if kind == "access" else {}),
    }  # fmt: skip
    return Said(**{**told, **more})


def test_colorado_names_no_days_and_our_suggestion_stands_apart_from_the_law(front: Sit, cast: Cast, ada: UUID) -> None:
    found = law(cast.dana, ada, services.write_down(cast.dana, ada, said(ada, "access")))
    ours = [due for due in found.clock.dues if due.on is None]
    assert [(due.words, due.suggested) for due in ours] == [("at reasonable times and upon reasonable notice", date(2026, 11, 20))]
    assert found.clock.first.on == date(2026, 12, 10)
    page = write(front("rita"), ada, "access")
    assert "our suggestion: 10 days" in page.words and "upon reasonable notice" in page.words


def test_where_no_law_names_a_day_only_we_suggest_one_and_nobody_is_late(cast: Cast, ada: UUID) -> None:
    id = services.write_down(cast.dana, ada, said(ada, "restriction", received=date(2026, 1, 2), toward=("employer",), information=("diagnosis",)))
    found = law(cast.dana, ada, id)
    assert (found.clock.first.on, found.clock.first.suggested, found.clock.late(TODAY)) == (None, date(2026, 2, 1), False)


@pytest.fixture
def west(cast: Cast) -> tuple[Any, UUID]:
    """Vera's practice in California, with a client of hers."""
    return cast.vera, add_record(cast.vera, NewRecord("individual", (NewPerson("Wes West", born=date(1980, 1, 1)),)))


@pytest.mark.parametrize(
    ("wants", "on"), [("copy", date(2026, 11, 25)), ("look", date(2026, 11, 17)), ("both", date(2026, 11, 17))],
)  # fmt: skip
def test_california_is_sooner_and_the_earliest_law_wins(west: tuple[Any, UUID], wants: str, on: date) -> None:
    vera, record = west
    found = law(vera, record, services.write_down(vera, record, said(record, "access", wants=wants)))
    assert found.clock.first.on == on and found.clock.first.cite.startswith("Cal. Health & Safety Code 123110")
    assert date(2026, 12, 10) in [due.on for due in found.clock.dues]
    assert found.clock.late(on) is False and found.clock.late(on + timedelta(1)) is True


def test_more_time_is_taken_once_and_the_states_own_days_do_not_move(west: tuple[Any, UUID]) -> None:
    vera, record = west
    keep_letterhead(vera, **HEAD)
    id = services.write_down(vera, record, said(record, "access"))
    services.take(vera, BOOK, record, id, "extend", {"reason": "Archive", "until": None})
    found = law(vera, record, id)
    assert [due.on for due in found.clock.dues] == [date(2026, 11, 25), date(2027, 1, 9)]
    with pytest.raises(services.NotItsTurn):
        services.take(vera, BOOK, record, id, "extend", {"reason": "Archive again", "until": None})
    assert RequestLetter.objects.count() == 1


# --- more time -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "until"), [("access", "January 9, 2027"), ("amendment", "February 8, 2027"), ("accounting", "February 8, 2027")])
def test_the_letter_that_takes_more_time_says_why_and_until_when(front: Sit, cast: Cast, ada: UUID, kind: str, until: str) -> None:
    dana = front("dana").open(write(front("rita"), ada, kind).at)
    other = front("dana").open(dana.at)
    do(dana, "extend", reason="The older part is with the archive")
    (letter,) = letters(dana)
    assert until in text(letter) and "The older part is with the archive" in text(letter) and tagged(letter)
    assert 'value="extend"' not in dana.text and "Took 30 more days" in dana.words
    do(other, "extend", reason="In another window")
    assert other.status == 409 and "done before" in other.words
    assert RequestLetter.objects.count() == 1


def test_no_more_time_once_the_first_days_are_over_nor_for_longer(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = front("dana").open(write(front("rita"), ada, "access", received="2026-10-01").at)
    assert 'value="extend"' not in dana.text
    dana.send(f"{dana.at}/answer", "extend", reason="Archive")
    assert dana.status == 409 and "They are over" in dana.words
    other = front("dana").open(write(front("rita"), ada, "access").at)
    do(other, "extend", reason="Archive", until="2027-03-01")
    assert "No later than Jan 9, 2027" in other.words and not RequestLetter.objects.exists()


# --- access --------------------------------------------------------------------------------------------------------


def test_the_whole_is_given_its_packet_prepared_and_handed_over(front: Sit, cast: Cast, ada: UUID) -> None:
    sign_entry(cast.dana, ada, NewEntry("session", NOW, {"progress_notes": "She slept well.", "diagnosis": "F41.1"}))
    at = write(front("rita"), ada, "access").at
    dana = do(front("dana").open(at), "answer", gave="whole", labor="6.50", postage="1.20")
    assert "Granted." in dana.words and "$7.70" in dana.words
    (letter,) = letters(dana)
    assert "Your record is ready" in text(letter) and "$7.70" in text(letter) and ADA in text(letter) and "9 Oak Road" in text(letter) and tagged(letter)
    do(dana, "packet")
    step = access.for_gates(cast.dana, ada, id_of(front("dana").open(at))).standing.at["packet"]
    frozen = decision_of(cast.dana, ada, UUID(step.said["decision"]))
    assert frozen.outcome == "required" and {item["class"] for item in frozen.question["items"]} == {"progress_notes", "diagnosis"}
    rita = do(front("rita").open(at), "handed", words="Fetched by her", day="2026-11-20")
    assert "Ended Nov 20, 2026." in rita.words
    assert ADA not in front("rita").open("/requests").words
    acts = list(Event.objects.filter(practice=cast.practice.uid, act__startswith="request.").values_list("act", flat=True).order_by("n"))
    assert [act for act in acts if act != "request.read"] == ["request.write", "request.answer", "request.letter", "request.packet", "request.handed"]


def test_psychotherapy_notes_are_held_back_by_name_and_the_rest_is_given(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = front("dana").open(write(front("rita"), ada, "access", information=["whole_chart", "psychotherapy_notes"]).at)
    do(dana, "answer", gave="part", held=["psychotherapy_notes"], ground="notes", why="These notes are for my own work.")
    assert "Granted in part." in dana.words and "outside the right of access" in dana.words and "looked at again" not in dana.words
    words = text(letters(dana)[0])
    assert "private working notes" in words and "45 CFR 164.524(a)(1)(i)" in words and "Everything else you asked for" in words


@pytest.mark.parametrize(
    ("ground", "held", "says"),
    [
        ("notes", ["diagnosis"], "This ground covers only"), ("representative", ["diagnosis"], "does not hold"),
        ("custody", ["diagnosis"], "does not hold"),
    ],
)  # fmt: skip
def test_a_ground_that_the_law_does_not_know_for_this_holds_nothing_back(front: Sit, cast: Cast, ada: UUID, ground: str, held: list[str], says: str) -> None:
    dana = front("dana").open(write(front("rita"), ada, "access").at)
    do(dana, "answer", gave="part", held=held, ground=ground, why="It would only upset her.", reviewer=str(cast.omar.account))
    assert dana.status == 409 and says in dana.words and "It would only upset her." in dana.text
    assert not RequestStep.objects.exists() and not RequestLetter.objects.exists()


def refused(front: Sit, cast: Cast, record: UUID, **more: Any) -> Front:
    dana = front("dana").open(write(front("rita"), record, "access", **more).at)
    return do(dana, "answer", gave="none", ground="danger", why="We fear for your safety.", reviewer=str(cast.omar.account))


def test_a_refusal_needs_its_ground_its_words_and_somebody_else_to_look_again(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = front("dana").open(write(front("rita"), ada, "access").at)
    do(dana, "answer", gave="none")
    assert dana.status == 422 and "Choose the ground" in dana.words and "Write why" in dana.words
    do(dana, "answer", gave="none", ground="danger", why="We fear for your safety.")
    assert dana.status == 409 and "Choose who looks at the refusal again" in dana.words
    do(dana, "answer", gave="none", ground="danger", why="We fear for your safety.", reviewer=str(cast.dana.account))
    assert "took part in the refusal" in dana.words and not RequestStep.objects.exists()


def test_the_letter_of_refusal_has_every_element(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = refused(front, cast, ada)
    (letter,) = letters(dana)
    words = text(letter)
    # 164.524(d)(2)(i) the basis; (ii) the second look and how to ask for it; (iii) how to complain here, with name and number, and to the Secretary
    for element in (
        "your life or safety", "We fear for your safety.", "45 CFR 164.524(a)(3)(i)", "You can ask for a second look", "Another licensed health professional",
        "To ask for it, write to us or call", "You can complain to us", HEAD["contact"], HEAD["phone"], "Office for Civil Rights",
    ):  # fmt: skip
        assert element in words, element
    assert tagged(letter) and "Ended Nov 20, 2026." in dana.words


def test_a_refusal_in_spanish(front: Sit, cast: Cast, ada: UUID) -> None:
    (letter,) = letters(refused(front, cast, ada, language="es"))
    assert "una segunda revisión" in text(letter) and tagged(letter, "es")


def test_the_bytes_of_a_letter_are_kept_sealed_as_they_went(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = refused(front, cast, ada)
    row = RequestLetter.objects.get()
    assert b"%PDF" not in bytes(row.body) and b"access" not in bytes(row.about)
    path = f"/clients/{ada}/requests/{id_of(dana)}/letters/{row.id}"
    assert dana.get(path).response.content == front("rita").get(path).response.content
    assert front("omar").get(path).status == 404


def test_another_professional_looks_again_and_what_is_found_binds(front: Sit, cast: Cast, ada: UUID) -> None:
    at = refused(front, cast, ada).at
    rita = do(front("rita").open(at), "review_ask", words="By letter", day="2026-11-20")
    assert "Ended" not in rita.words and ADA in front("rita").open("/requests").words
    dana = front("dana").open(at)
    assert "Mon, Nov 30, 2026" in dana.words and "our suggestion: 10 days" in dana.words and 'value="review"' not in dana.text
    assert front("dana").post(f"{at}/review", act="review", gave="keep", why="As I said").status == 403
    assert front("omar").get(f"{at}/review").status == 404
    tie(cast.dana, ada, cast.omar.account, "shared", ends=NOW + timedelta(days=5))
    omar = front("omar").open("/requests")
    assert "Look at this refusal again" in omar.words
    do(omar.open(f"{at}/review"), "review", gave="give", why="I see no danger.")
    assert omar.status == 200
    dana.open(at)
    assert "It is to be given" in dana.words
    assert "I see no danger." in text(letters(dana)[1]) and "You will get what we kept back" in text(letters(dana)[1])
    do(dana, "handed", words="Handed to her")
    assert "Ended Nov 20, 2026." in dana.words


def test_a_fee_is_for_copying_alone_and_in_california_no_more_than_its_cap(west: tuple[Any, UUID]) -> None:
    vera, record = west
    keep_letterhead(vera, **HEAD)
    id = services.write_down(vera, record, said(record, "access"))
    given = {"gave": "whole", "fee": Fee(labor=600, pages=20), "summary_agreed": False}
    with pytest.raises(services.CannotDo, match=r"25 cents a page: \$5.00 for 20 pages"):
        services.take(vera, BOOK, record, id, "answer", given)
    services.take(vera, BOOK, record, id, "answer", {**given, "fee": Fee(labor=500, pages=20)})
    assert too_much(Fee(labor=600, pages=20), ["CO"], on_paper=True, agreed_summary=False) is None
    assert too_much(Fee(summary=100), ["CO"], on_paper=True, agreed_summary=False)


def test_where_the_law_must_know_more_it_is_asked_and_nothing_is_given_before(front: Sit, cast: Cast) -> None:
    """Cleo is 14; whether her father may see the record turns on what somebody must judge."""
    keep_letterhead(cast.olga, **HEAD)
    max_ = str(Participant.objects.filter(record_id=cast.cleo, part="parent").values_list("person_id", flat=True)[0])
    at = write(front("rita"), cast.cleo, "access", asker="parent", person=max_).at
    dana = do(front("dana").open(at), "answer", gave="whole")
    assert dana.status == 409 and "The law needs to know more first" in dana.words and not RequestStep.objects.exists()
    asked_for = set(re.findall(r'name="([a-z_]+\.[a-z_]+)"', dana.text))
    assert "minor.parent_access_would_harm" in asked_for
    do(dana, "facts", **dict.fromkeys(asked_for, "no"))
    assert "Answered what the law asked" in dana.words
    for _ in range(4):
        if more := set(re.findall(r'name="([a-z_]+\.[a-z_]+)"', dana.text)):
            do(dana, "facts", **dict.fromkeys(more, "no"))
    do(dana, "answer", gave="whole")
    assert dana.status == 200 and "Granted." in dana.words


def test_without_a_letterhead_no_letter_goes_and_nothing_is_answered(front: Sit, cast: Cast) -> None:
    record = add_record(cast.dana, NewRecord("individual", (NewPerson(ADA, born=date(1986, 5, 4)),)))
    dana = do(front("dana").open(write(front("rita"), record, "access").at), "answer", gave="whole")
    assert dana.status == 409 and "what stands above the practice’s letters" in dana.words and not RequestStep.objects.exists()
    olga = front("olga").open("/letterhead").send("/letterhead", **HEAD)
    assert olga.status == 200
    assert "Granted." in do(front("dana").open(dana.at.removesuffix("/answer")), "answer", gave="whole").words
    assert front("rita").get("/letterhead").status == 403


def test_a_copy_goes_to_somebody_a_signed_paper_names(front: Sit, cast: Cast, ada: UUID) -> None:
    third = {"third": "Sam Sun", "third_kind": "family_or_friend", "third_address": "1 A Street, Denver"}
    dana = front("dana").open(write(front("rita"), ada, "access", **third).at)
    assert "You must send it" in dana.words and "Thu, Dec 10, 2026" in dana.words
    do(dana, "answer", gave="whole")
    assert "We send it to: Sam Sun, 1 A Street, Denver." in text(letters(dana)[0])


def test_a_request_is_taken_back(front: Sit, cast: Cast, ada: UUID) -> None:
    rita = do(write(front("rita"), ada, "access"), "withdraw", words="By telephone", day="")
    assert "Taken back" in rita.words and "No clock runs" in rita.words


# --- amendment -----------------------------------------------------------------------------------------------------


def test_an_amendment_is_made_linked_and_told(front: Sit, cast: Cast, ada: UUID) -> None:
    entry = sign_entry(cast.dana, ada, NewEntry("session", NOW - timedelta(days=30), {"progress_notes": "He is divorced."}))
    dana = front("dana").open(write(front("rita"), ada, "amendment", what="I am not divorced").at)
    do(dana, "answer", gave="whole", why="It now says that you are married.")
    assert dana.status == 409 and "Choose the entry" in dana.words
    do(dana, "answer", gave="whole", entry=str(entry), why="It now says that you are married.")
    assert "It now says that you are married." in text(letters(dana)[0]) and f"/chart/entries/{entry}/amend" in dana.text
    at = dana.at
    do(dana, "amended")
    assert dana.status == 409 and "No amendment of this entry was signed" in dana.words
    sign_entry(cast.actor("dana", NOW + timedelta(minutes=1)), ada, NewEntry("amendment", NOW, {"progress_notes": "He is married."}, amends=entry))
    do(dana.open(at), "amended")
    assert "Ended" not in dana.words
    do(dana, "told", words="Dr. Park, whom she named")
    assert "Ended Nov 20, 2026." in dana.words


def test_a_refused_amendment_with_statement_and_reply_stays_linked_and_goes_along(front: Sit, cast: Cast, ada: UUID) -> None:
    entry = sign_entry(cast.dana, ada, NewEntry("session", NOW, {"progress_notes": "She drinks."}))
    dana = front("dana").open(write(front("rita"), ada, "amendment", what="I do not drink").at)
    do(dana, "answer", gave="none", entry=str(entry), ground="accurate", why="It is what was said that day.")
    words = text(letters(dana)[0])
    # 164.526(d)(1)(i)-(iv)
    for element in (
        "I do not drink",
        "It is what was said that day.",
        "you do not agree",
        "each time we share that part",
        HEAD["phone"],
        "Office for Civil Rights",
    ):
        assert element in words, element
    (dispute,) = disagreements.for_gates(cast.dana, ada)
    assert (dispute.entry, dispute.travels, set(dispute.papers)) == (entry, False, {"request", "refusal"})
    rita = do(front("rita").open(dana.at), "statement", words="I have not had a drink in ten years.")
    (dispute,) = disagreements.for_gates(cast.dana, ada)
    assert dispute.travels and dispute.papers["statement"] == "I have not had a drink in ten years."
    assert "goes along with every later release" in rita.words
    do(dana.open(dana.at), "rebuttal", words="We noted what was said.")
    assert "We noted what was said." in text(letters(dana)[1])
    assert disagreements.for_gates(cast.dana, ada)[0].papers["reply"] == "We noted what was said."
    row = disagreements.Disagreement.objects.get(kind="statement")
    assert b"drink" not in bytes(row.body)


def test_without_a_statement_the_request_goes_along_only_if_the_client_asks(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = front("dana").open(write(front("rita"), ada, "amendment").at)
    do(dana, "answer", gave="none", ground="not_ours", why="The clinic wrote it.")
    assert not disagreements.for_gates(cast.dana, ada)[0].travels
    do(dana, "along")
    assert disagreements.for_gates(cast.dana, ada)[0].travels


# --- restriction ---------------------------------------------------------------------------------------------------


def test_what_was_paid_in_full_must_be_kept_from_the_plan(front: Sit, cast: Cast, ada: UUID) -> None:
    more = {"toward": ["payer"], "self_pay": "on", "information": [], "what": "The visit of May 3"}
    dana = front("dana").open(write(front("rita"), ada, "restriction", **more).at)
    do(dana, "answer", gave="none", why="We would rather not.")
    assert dana.status == 409 and "you must agree" in dana.words and not RequestStep.objects.exists()
    do(dana, "answer", gave="whole")
    assert "Ended Nov 20, 2026." in dana.words and "You paid for this in full" in text(letters(dana)[0])
    (kept,) = restrictions.for_gates(cast.dana, ada)
    assert (kept.self_pay, kept.recipient_kinds) == (True, ("payer",))


def test_any_other_restriction_may_be_agreed_or_declined(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = front("dana").open(write(front("rita"), ada, "restriction").at)
    do(dana, "answer", gave="whole")
    assert restrictions.for_gates(cast.dana, ada)[0].classes == ("diagnosis",)
    other = front("dana").open(write(front("rita"), ada, "restriction").at)
    do(other, "answer", gave="none")
    assert other.status == 422 and "Write why not" in other.words
    do(other, "answer", gave="none", why="Your family helps with your care.")
    assert "Your family helps with your care." in text(letters(other)[0]) and len(restrictions.for_gates(cast.dana, ada)) == 1


def test_petra_may_decline_a_restriction_and_leaves_agreeing_to_whoever_knows_whose_it_is(front: Sit, cast: Cast, ada: UUID) -> None:
    at = write(front("rita"), ada, "restriction").at
    petra = do(front("petra").open(at), "answer", gave="whole")
    assert petra.status == 409 and "by its number alone" in petra.words and not restrictions.for_gates(cast.dana, ada)


# --- another way to be reached -------------------------------------------------------------------------------------


def test_another_way_is_followed_without_asking_why_and_the_old_ways_are_shut(front: Sit, cast: Cast, ada: UUID) -> None:
    rita = front("rita").open(f"/clients/{ada}/requests/new?kind=channel")
    assert "Do not ask why" in rita.words
    dana = front("dana").open(write(front("rita"), ada, "channel").at)
    assert "our suggestion: 1 day" in dana.words
    do(dana, "answer", gave="whole", only="on")
    (letter,) = letters(dana)
    assert "720 555 0199" in text(letter) and "We will not use" in text(letter)
    (who,) = [one for _, one in access.page(cast.dana, BOOK, ada, id_of(dana)).whole.people]
    open_ways = [contact["to"] for contact in who.contacts for way in ("call", "voicemail", "text", "mail") if allows(contact, way)]
    assert open_ways == ["720 555 0199"]


def test_a_way_is_declined_only_for_what_the_rule_lets_us_ask(front: Sit, cast: Cast, ada: UUID) -> None:
    dana = front("dana").open(write(front("rita"), ada, "channel").at)
    do(dana, "answer", gave="none")
    assert dana.status == 409 and "nobody asks why" in dana.words
    do(dana, "answer", gave="none", ground="no_payment")
    assert "How the bills get paid" in text(letters(dana)[0])


# --- who was told --------------------------------------------------------------------------------------------------


def test_the_list_is_made_of_the_accounting_with_its_letter_and_the_first_is_free(front: Sit, cast: Cast, ada: UUID) -> None:
    told = accounting.Told(date(2026, 9, 1), "Larimer County", "Dates of visits", "Report of abuse", "C.R.S. 19-3-304", "1 Court Way")
    accounting.add(cast.dana, ada, told)
    dana = front("dana").open(write(front("rita"), ada, "accounting").at)
    do(dana, "list", dollars="5", told_before="on")
    assert dana.status == 409 and "first list in twelve months is free" in dana.words
    do(dana, "list")
    cover, rows = letters(dana)
    assert "It has 1 line" in text(cover) and "You pay nothing" in text(cover) and "Larimer County" in text(rows) and "Dates of visits" in text(rows)
    assert tagged(cover) and tagged(rows)
    rita = do(front("rita").open(dana.at), "handed", words="By mail")
    assert "Ended Nov 20, 2026." in rita.words
    second = front("dana").open(write(front("rita"), ada, "accounting", received="2026-11-20").at)
    do(second, "list", dollars="5")
    assert "Name the cost before" in second.words
    do(second, "list", dollars="5", told_before="on")
    assert "$5.00" in text(letters(second)[0])


# --- pure ----------------------------------------------------------------------------------------------------------


def test_of_two_laws_the_earlier_day_counts_and_suggestions_never_make_late() -> None:
    rows = [
        {"do": "give_access", "plain": "A", "cite": "x", "rule": "us.a.b", "due": {"words": "", "at": "2026-12-10", "suggest": ""}},
        {"do": "give_access", "plain": "B", "cite": "y", "rule": "co.a.b", "due": {"words": "soon", "at": None, "suggest": "2 days"}},
    ]
    one = Said("access", date(2026, 11, 10), "client", None, "", "known", "", "x", True)
    found = clock(one, rows)
    assert [due.day for due in found.dues] == [date(2026, 11, 12), date(2026, 12, 10)]
    assert found.first.on == date(2026, 12, 10) and not found.late(date(2026, 12, 10)) and found.late(date(2026, 12, 11))


def test_what_is_written_down_comes_back_as_it_was() -> None:
    one = Said("channel", date(2026, 11, 10), "client", UUID(int=7), "", "known", "", "x", False, way={"how": "phone", "to": "1"}, language="es")
    assert Said.of(one.as_dict()) == one
