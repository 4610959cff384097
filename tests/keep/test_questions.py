"""A question in the chart: the record answers what it can, the rest is asked; the answer is kept, comes out again, and opens by itself when it must."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest

from privity.law import Book
from privity.practice.agreements.paper_services import withdraw
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.agreements.validity import FEDERAL, PART2, PART2_TPO, TPO, Terms
from privity.practice.decisions import access, services
from privity.practice.decisions.asking import beside, facts_to_keep, notes_of
from privity.practice.decisions.dialogue import CONFIRM, Asked, question_of, stand
from privity.practice.decisions.frozen import From
from privity.practice.decisions.gather import material
from privity.practice.decisions.models import CallMessage, FrozenDecision
from privity.practice.people import care
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice
from privity.practice.people.services import NewPerson, NewRecord, add_record, tie
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.releases.recipients import Said as Recipient
from privity.practice.releases.recipients import keep as keep_recipient
from privity.practice.trail.models import About, Event

from .conftest import NOW, PROFILE, Cast, paper_of, signed_here
from .front import Front, open_doors

Sit = Callable[[str], Front]
BOOK = Book.open()
OWN: dict[str, Any] = {"signed_by": "client", "has": tuple(FEDERAL), "recipient": "Alpine Freight"}
EMPLOYER: dict[str, object] = {"recipient.kind": "employer", "purpose": "client_request", "information": ["attendance"]}


UNREAD = "C.R.S. 12-245-220(5) is from memory, not yet checked: have it checked before you act on it."


@pytest.fixture
def ada(cast: Cast) -> UUID:
    """A grown-up client of Dana's, who came once."""
    return add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),)))


def paper(kind: str = "employer", **said: Any) -> Terms:
    """A paper that names Alpine Freight, or whom it is said to name."""
    return replace(paper_of(kind), **said)


def asked_of(actor: Actor, record: UUID, said: dict[str, object], who: str = "", *, chart: bool = True) -> Asked:
    """What was said, beside what the record states."""
    of = material(actor, record, chart=chart)
    return beside(of, Asked("CO", tuple(said.items()), who))


def answer(actor: Actor, record: UUID, said: dict[str, object], who: str = "") -> Any:
    asked = asked_of(actor, record, said, who)
    of = material(actor, record, chart=True)
    return stand(BOOK, of.practice, asked, NOW.date())


def keep(actor: Actor, record: UUID, said: dict[str, object], who: str = "", book: Book = BOOK) -> UUID:
    """A decision kept, as the page keeps it."""
    asked, of = asked_of(actor, record, said, who), material(actor, record, chart=True)
    facts = facts_to_keep(book, asked, actor.account, actor.now)
    question = question_of(of.practice, asked, actor.now.date()).to_dict()
    return services.freeze(actor, book, record, question, facts, place=asked.place, who=asked.who)


def parts(standing: Any) -> dict[tuple[str, str], str]:
    return {(part.of.about, part.of.item): part.outcome for part in standing.decision.parts}


# --- what the record knows ---------------------------------------------------------------------------------------


def test_the_record_answers_what_it_can_and_says_from_where(cast: Cast, ada: UUID) -> None:
    id = record_authorization(cast.dana, ada, paper(**OWN))
    asked = asked_of(cast.dana, ada, EMPLOYER)
    found = {one.name: (one.value, one.source, one.where) for one in asked.held.gathered if not one.item}
    assert found["client.born"] == ("1986-02-03", From.RECORD, "the client’s page")
    assert found["care.modality"] == ("individual", From.RECORD, "the record’s kind")
    assert found["authorization.valid"] == (True, From.PAPER, "the authorization for Alpine Freight")
    assert found["provider.profession"] == ("psychologist", From.PROFILE, "the practice’s profile")
    assert found["information.kept_separate"][0] is True and found["provider.treats_client"][2] == "the care team"
    assert asked.held.paper == id


def test_a_person_says_whether_the_recipient_is_the_very_one(cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, paper(**OWN))
    assert answer(cast.dana, ada, EMPLOYER).open_ == (CONFIRM,)
    assert answer(cast.dana, ada, {**EMPLOYER, CONFIRM: True}).decision.outcome == "required"
    assert answer(cast.dana, ada, {**EMPLOYER, CONFIRM: False}).decision.outcome == "with_authorization"
    assert answer(cast.dana, ada, {**EMPLOYER, "recipient.kind": "school", CONFIRM: True}).decision.outcome == "with_authorization"


@pytest.mark.parametrize("claim", ["authorization.valid", "authorization.usable", "authorization.opens_this", "authorization.on_file"])
def test_nobody_says_of_a_paper_on_file_what_it_is_not(cast: Cast, ada: UUID, claim: str) -> None:
    id = record_authorization(cast.dana, ada, paper(**OWN))
    revoke(cast.dana, ada, id, "")
    said = {**EMPLOYER, CONFIRM: True, claim: True, "authorization.revoked": False}
    assert answer(cast.dana, ada, said).decision.outcome == "with_authorization"


def test_a_parents_paper_opens_nothing_of_a_client_who_is_grown_up(cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, paper())
    assert answer(cast.dana, ada, {**EMPLOYER, CONFIRM: True, "authorization.valid": True}).decision.outcome == "with_authorization"


def test_what_somebody_says_otherwise_is_kept_as_said_with_the_difference(cast: Cast, ada: UUID) -> None:
    asked = asked_of(cast.dana, ada, {**EMPLOYER, "client.age": 17, "provider.treats_client": False})
    kept = {one.name: one for one in facts_to_keep(BOOK, asked, cast.dana.account, NOW)}
    assert "client.born" not in kept and asked.known["client.age"] == 17
    assert (kept["client.age"].source, kept["client.age"].against, kept["client.age"].against_where) == (From.SAID, "1986-02-03", "the client’s page")
    assert kept["provider.treats_client"].against is True


def test_nobody_who_asks_makes_a_minor_grown_up(cast: Cast) -> None:
    own = paper_of("employer", signed_by="client", signer="Cleo Marsh", has=FEDERAL)
    record_authorization(cast.dana, cast.cleo, own)
    plain = {**EMPLOYER, CONFIRM: True}
    before = answer(cast.dana, cast.cleo, plain).decision.outcome
    for said in ({"client.adult": True}, {"client.age": 30}, {"client.born": "1990-01-02"}):
        asked = asked_of(cast.dana, cast.cleo, {**plain, **said})
        kept = {one.name: one.value for one in facts_to_keep(BOOK, asked, cast.dana.account, NOW)}
        assert kept["client.born"] == "2012-03-04" and not set(said) & set(kept) - {"client.born"}
        assert answer(cast.dana, cast.cleo, {**plain, **said}).decision.outcome == before != "permitted"


def test_who_consented_to_a_minors_care_is_read_from_the_papers_signed_here(cast: Cast) -> None:
    father = next(person.id for part, person in material(cast.dana, cast.cleo, chart=True).record.people if part == "parent")
    child = material(cast.dana, cast.cleo, chart=True).subjects[0][1].id
    parent: dict[str, object] = {"recipient.kind": "parent", "purpose": "client_access", "information": ["progress_notes"]}
    care_: dict[str, object] = {"recipient.kind": "client", "purpose": "consent_to_care"}

    def stated(said: dict[str, object]) -> dict[str, tuple[object, str]]:
        found = asked_of(cast.dana, cast.cleo, said).held.gathered
        return {one.name: (one.value, one.where) for one in found if one.name.startswith(("parent.", "minor."))}

    assert stated(parent) == stated(care_) == {}
    sought = {**parent, "minor.consented_to_own_care": False}  # the father brought her
    assert answer(cast.dana, cast.cleo, sought).decision.outcome == "required"
    signed_here(cast.dana, cast.cleo, "consent", child)
    assert stated(parent) == {"minor.consented_to_own_care": (True, "the consent to care, signed by Cleo Marsh, Nov 20, 2026")}
    # What would open something, a child's own release or care without a parent, is asked all the same.
    assert stated(care_) == stated(EMPLOYER) == stated({**care_, "recipient.kind": "parent"}) == {}
    assert stated({**parent, "client.age": 19}) == stated(parent)  # the birth date on her page says that she is a minor, and whoever asks changes nothing
    both_signed = signed_here(cast.dana, cast.cleo, "minors", child, father)
    both = "the young person’s paper, signed by Cleo Marsh and Max Marsh, Nov 20, 2026"
    consented = {"parent.consents_to_care": (True, both), "parent.told_of_care": (True, both)}
    assert stated(care_) == stated(EMPLOYER) == consented
    assert stated(parent) == {**consented, "minor.parent_agreed_to_confidentiality": (True, both)}
    # He promised that talks stay private, and the same paper lets him have the bill and the dates.
    assert answer(cast.dana, cast.cleo, sought).decision.outcome == "with_authorization"
    for klass in ("billing", "attendance"):
        assert answer(cast.dana, cast.cleo, {**sought, "information": [klass]}).decision.outcome in ("required", "permitted"), klass
    assert answer(cast.dana, cast.cleo, {**sought, "minor.parent_agreed_to_confidentiality": False}).decision.outcome == "required"
    assert answer(cast.dana, cast.cleo, care_).decision.outcome == "permitted"
    withdraw(cast.dana, cast.cleo, both_signed)
    assert "parent.consents_to_care" not in stated(care_) and stated(parent)["minor.consented_to_own_care"][0] is True
    grown = replace(cast.dana, now=datetime(2030, 3, 5, 12, tzinfo=NOW.tzinfo))
    assert not [one for one in asked_of(grown, cast.cleo, parent).held.gathered if one.name.startswith(("parent.", "minor."))]


def test_one_signature_on_a_minors_part_2_consent_is_no_consent_yet_and_two_are(cast: Cast) -> None:
    plan: dict[str, object] = {"recipient.kind": "payer", "purpose": "payment", "information": ["sud_records"]}
    told: dict[str, Any] = {"purpose": "treatment", "recipient_kind": "treating_provider", "by_class": True, "information": ("sud_records",)}
    has = (*PART2, *PART2_TPO)

    def stated(actor: Actor) -> object:
        return asked_of(actor, cast.cleo, plan).held.items[0]["facts"].get("part2.consent", "asked")

    one = record_authorization(cast.dana, cast.cleo, replace(paper(**told, has=has), kind=TPO))
    assert stated(cast.dana) == "asked"  # her father alone (42 CFR 2.14(b)(1))
    revoke(cast.dana, cast.cleo, one, "")
    assert stated(cast.dana) == []
    both = replace(paper(**told, has=has), kind=TPO, also=(("client", "Cleo Marsh"),), ends=date(2035, 1, 1))
    record_authorization(cast.dana, cast.cleo, both)
    assert stated(cast.dana) == [TPO]
    assert stated(replace(cast.dana, now=datetime(2030, 3, 5, 12, tzinfo=NOW.tzinfo))) == []  # grown up since


def test_what_is_kept_quiet_counts_as_an_earlier_no_and_only_the_chart_shows_it(cast: Cast) -> None:
    quiet = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),), quiet=("diagnosis",)))
    said: dict[str, object] = {"recipient.kind": "spouse_or_partner", "purpose": "involve_family", "information": ["diagnosis", "attendance"]}
    for chart in (True, False):
        held = asked_of(cast.dana, quiet, said, chart=chart).held
        assert {row["class"]: row["facts"].get("client.prior_objection") for row in held.items} == {"diagnosis": True, "attendance": None}
        assert [one.item for one in held.gathered if one.name == "client.prior_objection"] == (["diagnosis"] if chart else [])
    assert "client.prior_objection" not in str(asked_of(cast.dana, quiet, {**said, "recipient.kind": "client", "purpose": "client_access"}).held.items)


def test_what_somebody_signed_as_a_minor_is_not_valid_because_they_grew_up(cast: Cast) -> None:
    young = add_record(cast.dana, NewRecord("individual", (NewPerson("Ida Birch", born=date(2008, 11, 10)),)))
    record_authorization(cast.dana, young, paper(**OWN, signed=date(2026, 11, 2)))
    assert answer(cast.dana, young, {**EMPLOYER, CONFIRM: True}).decision.outcome == "with_authorization"


# --- a whole packet ----------------------------------------------------------------------------------------------


def test_one_call_answers_every_part_of_the_chart(cast: Cast, ada: UUID) -> None:
    ids = []
    for n in range(40):
        sign_entry(cast.dana, ada, NewEntry("session", NOW - timedelta(days=n), {"progress_notes": "words", "diagnosis": "F41.1"}))
    said = {"recipient.kind": "employer", "purpose": "client_request", "information": ["whole_chart"], CONFIRM: True}
    record_authorization(cast.dana, ada, paper(**OWN, information=("diagnosis",)))
    found = answer(cast.dana, ada, said)
    assert len(found.decision.parts) == 80
    assert {(part.of.information, part.outcome) for part in found.decision.parts} == {("diagnosis", "required"), ("progress_notes", "with_authorization")}
    ids = {str(one.id) for one in material(cast.dana, ada, chart=True).parts}
    assert {part.of.item for part in found.decision.parts} == ids


def test_whoever_may_not_see_the_chart_learns_of_no_guarded_part(cast: Cast, ada: UUID) -> None:
    sign_entry(cast.dana, ada, NewEntry("session", NOW, {"progress_notes": "words", "hiv": "words"}))
    said: dict[str, object] = {"recipient.kind": "employer", "purpose": "client_request", "information": ["whole_chart"]}
    assert {row["class"] for row in asked_of(cast.rita, ada, said, chart=False).held.items} == {"progress_notes"}
    assert {row["class"] for row in asked_of(cast.dana, ada, said).held.items} == {"progress_notes", "hiv"}
    decided = keep(cast.dana, ada, said)
    assert access.page(cast.rita, ada).kept == ((decided, None),)
    with pytest.raises(NotAllowed):
        access.one(cast.rita, ada, decided)


@pytest.fixture
def couple(cast: Cast) -> tuple[UUID, str, str]:
    two = NewRecord("couple", (NewPerson("Ann Ash", "partner", born=date(1980, 1, 1)), NewPerson("Ben Ash", "partner", born=date(1979, 1, 1))))
    id = add_record(cast.dana, two)
    ann, ben = (str(person.id) for _, person in material(cast.dana, id, chart=True).subjects)
    sign_entry(cast.dana, id, NewEntry("session", NOW, {"progress_notes": "words"}))
    return id, ann, ben


def test_one_signature_in_a_couple_opens_nothing_about_the_other(cast: Cast, couple: tuple[UUID, str, str]) -> None:
    id, ann, ben = couple
    record_authorization(cast.dana, id, paper(**OWN, signer="Ann Ash", information=("attendance", "progress_notes")))
    said = {**EMPLOYER, "information": ["attendance", "progress_notes"], CONFIRM: True}
    found = parts(answer(cast.dana, id, said))
    assert {outcome for (about, _), outcome in found.items() if about == ann} <= {"required", "permitted"}
    assert {outcome for (about, _), outcome in found.items() if about == ben} == {"with_authorization"}
    record_authorization(cast.dana, id, paper(**OWN, signer="Ben Ash", information=("attendance", "progress_notes")))
    both = answer(cast.dana, id, said)
    assert set(parts(both).values()) <= {"required", "permitted"} and both.asked.known["participants.all_authorize"] is True


def test_one_paper_signed_by_both_counts_for_each_and_one_signature_for_one(cast: Cast, couple: tuple[UUID, str, str]) -> None:
    id, ann, ben = couple
    told = ["attendance", "progress_notes"]
    said = {**EMPLOYER, "information": told, CONFIRM: True}
    for signer, also in (  # none of these is Ben's own signature
        ("Ann Ash", ()), ("Ann Ash", (("client", "Ann Ash"),)), ("Ann Ash", (("parent", "Ben Ash"),)), ("Ann Ash", (("guardian", "Max Marsh"),)),
        ("Ann Ash", (("client", "Ben"),)), ("Ann Ash and Ben Ash", ()), ("Cy Ash", (("client", "Ann Ash"),)),
    ):  # fmt: skip
        signed = record_authorization(
            cast.dana, id, paper(**{**OWN, "has": (*FEDERAL, "authority_of_signer")}, signer=signer, also=also, information=tuple(told))
        )
        found = answer(cast.dana, id, said)
        assert {outcome for (about, _), outcome in parts(found).items() if about == ben} == {"with_authorization"}, (signer, also)
        assert found.asked.known["participants.all_authorize"] is False
        mine = {outcome for (about, _), outcome in parts(found).items() if about == ann}
        assert mine <= ({"with_authorization"} if signer == "Ann Ash and Ben Ash" else {"required", "permitted"}), (signer, also)
        revoke(cast.dana, id, signed, "")
    both = record_authorization(cast.dana, id, paper(**OWN, signer="ann  ash", also=(("client", "Ben Ash"),), information=tuple(told)))
    found = answer(cast.dana, id, said)
    assert set(parts(found).values()) <= {"required", "permitted"} and found.asked.known["participants.all_authorize"] is True
    assert {one.subject for one in found.asked.held.gathered if one.name == "authorization.signed_by"} == {UUID(ann), UUID(ben)}
    assert answer(cast.dana, id, {**said, CONFIRM: False}).asked.known["participants.all_authorize"] is False
    revoke(cast.dana, id, both, "")  # whoever takes it back: it is one paper, and over for both
    assert set(parts(answer(cast.dana, id, said)).values()) == {"with_authorization"}


def test_a_signature_that_is_nobodys_of_the_record_counts_for_nobody(cast: Cast, couple: tuple[UUID, str, str]) -> None:
    id, _, _ = couple
    record_authorization(cast.dana, id, paper(**OWN, signer="Cy Ash"))
    assert set(parts(answer(cast.dana, id, {**EMPLOYER, CONFIRM: True})).values()) == {"with_authorization"}


def test_what_people_agreed_is_told_beside_the_question_with_who_did_not_sign(cast: Cast, couple: tuple[UUID, str, str]) -> None:
    id, ann, ben = couple

    def notes(record: UUID) -> str:
        return " ".join(notes_of(BOOK, access.asking(cast.dana, record), asked_of(cast.dana, record, EMPLOYER)))

    assert "Agreed" not in notes(id)
    signed_here(cast.dana, id, "couple_no_secrets", UUID(ann), UUID(ben))
    assert "Agreed by the couple: no secrets between the two, signed Nov 20, 2026. It opens nothing by itself." in notes(id)
    group = add_record(cast.dana, NewRecord("group", (NewPerson("Di Elm", "group_member"), NewPerson("Ed Fir", "group_member"))))
    signed_here(cast.dana, group, "group", material(cast.dana, group, chart=True).subjects[0][1].id)
    assert "Promised by each in the group, signed Nov 20, 2026. Not signed by Ed Fir, whom it does not bind." in notes(group)


def test_one_of_a_couple_asks_for_their_own(cast: Cast, couple: tuple[UUID, str, str]) -> None:
    id, ann, ben = couple
    said: dict[str, object] = {"recipient.kind": "client", "purpose": "client_access", "information": ["progress_notes"]}
    roles = {row["id"]: row["role"] for row in asked_of(cast.dana, id, said, ann).held.subjects}
    assert roles == {ann: "client", ben: "partner"}
    assert asked_of(cast.dana, id, said, str(cast.cleo)).who == ""


# --- kept, and asked again ---------------------------------------------------------------------------------------


@pytest.fixture
def kept(cast: Cast, ada: UUID) -> tuple[UUID, UUID]:
    signed = record_authorization(cast.dana, ada, paper(**OWN))
    return signed, keep(cast.dana, ada, {**EMPLOYER, CONFIRM: True})


def test_what_is_kept_has_its_facts_its_book_and_who_said_what(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    _, frozen = access.one(cast.dana, ada, kept[1])
    said = next(one for one in frozen.facts if one.name == CONFIRM)
    assert (said.by, said.at, said.row) == (cast.dana.account, NOW, kept[0]) and "Alpine Freight" in said.where
    assert (frozen.outcome, frozen.book) == ("required", BOOK.hash) and frozen.answer["core"]["book"] == BOOK.hash
    raw = FrozenDecision.objects.get(id=kept[1]).body
    assert b"Alpine" not in bytes(raw) and b"employer" not in bytes(raw)


def test_it_comes_out_again_byte_for_byte(cast: Cast, ada: UUID, kept: tuple[UUID, UUID], tmp_path: Any, capsys: Any) -> None:
    assert services.replay(cast.dana, BOOK, ada, kept[1]).same
    file = tmp_path / "decision.json"
    file.write_text(services.file_of(cast.dana, ada, kept[1]))
    from privity.cli.main import main

    assert main(["replay", str(file)]) == 0
    assert capsys.readouterr().out.strip() == services.replay(cast.dana, BOOK, ada, kept[1]).core


def test_it_stands_until_its_paper_is_taken_back(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    signed, id = kept
    assert services.again(cast.dana, BOOK, ada, id).stands
    revoke(cast.rita, ada, signed, "")
    found = services.again(cast.dana, BOOK, ada, id)
    assert not found.stands and "authorization.revoked" in found.changed and found.why == ("answer",)


def test_it_opens_again_when_its_paper_ends(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    assert services.again(replace(cast.dana, now=datetime(2027, 3, 1, 20, tzinfo=NOW.tzinfo)), BOOK, ada, kept[1]).why == ()
    assert services.again(replace(cast.dana, now=datetime(2027, 3, 3, 12, tzinfo=NOW.tzinfo)), BOOK, ada, kept[1]).why == ("answer",)


def test_another_paper_of_the_same_kind_needs_its_own_word(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    revoke(cast.dana, ada, kept[0], "")
    record_authorization(cast.dana, ada, paper(**{**OWN, "recipient": "Somebody Else"}))
    found = services.again(cast.dana, BOOK, ada, kept[1])
    assert not found.stands and found.answer["outcome"] == "unknown"


def test_a_closed_record_opens_it_again(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    care.close(cast.dana, ada)
    assert services.again(cast.dana, BOOK, ada, kept[1]).why == ("closed",)


def test_a_birthday_opens_it_again(cast: Cast) -> None:
    paper_of_max = paper("school", information=("attendance",), recipient="Lakeview High", ends=date(2035, 1, 1))
    record_authorization(cast.dana, cast.cleo, paper_of_max)
    said = {"recipient.kind": "school", "purpose": "client_request", "information": ["attendance"], CONFIRM: True, "authorization.valid": True}
    id = keep(cast.dana, cast.cleo, said)
    _, frozen = access.one(cast.dana, cast.cleo, id)
    assert frozen.outcome in ("permitted", "required")
    grown = replace(cast.dana, now=datetime(2030, 3, 5, 12, tzinfo=NOW.tzinfo))
    assert services.again(grown, BOOK, cast.cleo, id).answer["outcome"] == "with_authorization"


THREAT: dict[str, object] = {
    "recipient.kind": "law_enforcement", "purpose": "avert_threat", "information": ["threat_facts"], "threat.against": "named_person",
    "threat.of": "physical_violence", "threat.told_by": "client", "threat.serious": True, "threat.imminent": True, "threat.by_client": True,
}  # fmt: skip


@pytest.mark.parametrize(("hours", "stands"), [(23, True), (25, False)])
def test_a_judgment_on_a_threat_counts_for_a_day(cast: Cast, ada: UUID, hours: int, stands: bool) -> None:
    id = keep(cast.dana, ada, THREAT)
    found = services.again(replace(cast.dana, now=NOW + timedelta(hours=hours)), BOOK, ada, id)
    assert found.stands is stands
    assert any(one.aged for one in found.changes) is not stands and (stands or found.answer["outcome"] != "required")


def corrected(tmp_path: Any) -> Book:
    """A book in which one rule of the library reads otherwise."""
    import shutil

    from privity.law.book import LIBRARY

    folder = tmp_path / "library"
    shutil.copytree(LIBRARY, folder)
    path = next(path for path in folder.rglob("*.yaml") if "25_1_801" in path.name and "cases" not in path.name)
    path.write_text(path.read_text("utf-8").replace("says: required", "says: permitted"), "utf-8")
    return Book.read(folder)


def test_a_corrected_book_opens_it_again_and_the_old_one_still_gives_the_same_core(cast: Cast, ada: UUID, tmp_path: Any) -> None:
    record_authorization(cast.dana, ada, paper(**OWN))
    old = corrected(tmp_path)
    id = keep(cast.dana, ada, {**EMPLOYER, CONFIRM: True}, book=old)
    _, frozen = access.one(cast.dana, ada, id)
    assert (frozen.book, frozen.outcome) == (old.hash, "permitted") and old.hash != BOOK.hash
    assert services.look(cast.dana, BOOK, ada, id).why == ("answer",)
    assert services.replay(cast.dana, BOOK, ada, id).same


def test_the_night_opens_it_again_with_an_event_and_once_open_it_stays_open(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    night = replace(cast.dana, now=datetime(2027, 3, 3, 9, tzinfo=NOW.tzinfo))
    assert (services.sweep(cast.dana, BOOK), services.sweep(night, BOOK), services.sweep(night, BOOK)) == (0, 1, 0)
    assert Event.objects.filter(act="decision.reopen").count() == 1
    found = services.again(cast.dana, BOOK, ada, kept[1])  # as if the day were the first one again
    assert found.frozen.reopened == night.now and not found.stands


def test_the_servers_own_night_does_it_once(cast: Cast, ada: UUID, kept: tuple[UUID, UUID], tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from privity.practice.site import schedule
    from privity.practice.site.config import Config
    from privity.practice.site.keeping import Keeping

    keys = {cast.practice.uid: cast.keys, cast.vera.practice: cast.vera.keys}
    monkeypatch.setattr(Keeping, "keys", lambda self, practice: keys[practice.uid])
    monkeypatch.setattr(schedule, "sweep_all", lambda *rest: [])
    monkeypatch.setattr(schedule.rows, "look_through", lambda: None)
    works = schedule.Schedule(Keeping.of(Config.of(tmp_path), tmp_path), Config.of(tmp_path))
    for hour in (1, 2, 2, 3):
        works._sweep(datetime(2027, 3, 3, hour, tzinfo=NOW.tzinfo))
    (event,) = Event.objects.filter(act="decision.reopen")
    assert event.practice == cast.practice.uid and FrozenDecision.objects.get(id=kept[1]).reopened == datetime(2027, 3, 3, 2, tzinfo=NOW.tzinfo)


# --- who may -----------------------------------------------------------------------------------------------------


def test_omar_cannot_ask_and_vera_does_not_know_it_is_there(cast: Cast, ada: UUID, kept: tuple[UUID, UUID]) -> None:
    for who in (cast.omar, cast.vera):
        for act in (
            lambda who=who: access.asking(who, ada), lambda who=who: access.page(who, ada), lambda who=who: access.one(who, ada, kept[1]),
            lambda who=who: services.replay(who, BOOK, ada, kept[1]), lambda who=who: services.look(who, BOOK, ada, kept[1]),
            lambda who=who: services.freeze(who, BOOK, ada, {"on": "2026-11-20", "facts": {}}, []),
        ):  # fmt: skip
            with pytest.raises(NotThere):
                act()
    tie(cast.dana, ada, cast.omar.account, "shared", ends=NOW + timedelta(days=3))
    with pytest.raises(NotAllowed):
        access.asking(cast.omar, ada)
    with pytest.raises(NotAllowed):
        access.asking(cast.actor("carl"), ada)
    assert FrozenDecision.objects.count() == 1


# --- in the browser ----------------------------------------------------------------------------------------------


def reply(front: Front, path: str, **said: Any) -> Front:
    """Answer the question that is open: with all its hidden fields, which come several times."""
    form = next(one for one in re.findall(r"<form[\s\S]*?</form>", front.text) if f'action="{path}"' in one)
    carried: dict[str, Any] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            carried.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    to = said.pop("to", path)
    from .front import Page

    front.page = Page(front.client.post(to, {**carried, **said}, follow=True))
    return front


def through(front: Front, record: UUID, *replies: object) -> Front:
    path = f"/clients/{record}/ask"
    front.open(path)
    for said in replies:
        reply(front, path, reply=said)
    return front


def test_rita_asks_keeps_and_looks_again(front: Sit, cast: Cast, ada: UUID) -> None:
    signed = record_authorization(cast.dana, ada, paper(**OWN))
    rita = front("rita").open(f"/clients/{ada}")
    assert "Someone is asking about Ada Birch" in rita.words
    path = f"/clients/{ada}/ask"
    page = through(rita, ada, "group:work_and_money", "employer")
    assert "From the client’s page" in page.words and "1986" in page.words
    reply(page, path, matter="", given=[f"{n}={','.join(v) if isinstance(v, list) else v}" for n, v in EMPLOYER.items()], asking="")
    assert "Is the one who would get it the very one the paper names: Alpine Freight?" in page.words
    reply(page, path, reply="true")
    assert "You must" in page.words and UNREAD in page.words
    assert "Keep this decision" in page.words and "the authorization for Alpine Freight" in page.words
    reply(page, path, to=f"{path}/keep")
    assert UNREAD in page.words
    assert "It stands." in page.words and "Rita Test" in page.words and page.at.startswith(f"/clients/{ada}/decisions/")
    at = page.at
    assert "The same, byte for byte." in page.send(f"{at}/replay").words
    got = rita.post(f"{at}/file")
    assert got.status == 200 and json.loads(got.text)["core"]["asked"] == "decide"
    revoke(cast.dana, ada, signed, "")
    assert "Open again" in front("dana").open(f"/clients/{ada}/decisions").words
    again = front("dana").open(at)
    assert "Open again since" in again.words and "Has the client taken the authorization back?" in again.words and "Only with a signature" in again.words
    assert Event.objects.filter(act="decision.reopen").count() == 1


def test_what_was_not_seen_is_not_kept(front: Sit, cast: Cast, ada: UUID) -> None:
    signed = record_authorization(cast.dana, ada, paper(**OWN))
    path, given = f"/clients/{ada}/ask", ["recipient.kind=employer", "purpose=client_request", "information=attendance", f"{CONFIRM}=true"]
    page = front("dana").open(path)
    reply(page, path, to=f"{path}/answer", given=given)
    revoke(cast.rita, ada, signed, "")
    reply(page, path, to=f"{path}/keep", given=given)
    assert page.status == 409 and "changed while this page stood open" in page.words and "Only with a signature" in page.words
    assert not FrozenDecision.objects.exists()


def test_a_biller_does_not_learn_whom_a_paper_names(front: Sit, cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, paper(**OWN))
    path, given = f"/clients/{ada}/ask", ["recipient.kind=employer", "purpose=client_request", "information=attendance"]
    page = front("bill").open(path)
    reply(page, path, given=given, asking="")
    assert "the very one the paper names?" in page.words and "Alpine" not in page.text


def test_omar_vera_and_an_odd_form_get_nothing(front: Sit, cast: Cast, ada: UUID) -> None:
    for who in ("omar", "vera"):
        for path in ("ask", "decisions"):
            page = front(who).get(f"/clients/{ada}/{path}")
            assert page.status == 404 and "Ada" not in page.text
    page = front("dana").post(f"/clients/{ada}/ask", given="no.such.fact=1")
    assert page.status == 400 and "This could not be read" in page.words


def test_the_desk_keeps_nothing_and_asks_as_before(front: Sit, cast: Cast) -> None:
    Practice.objects.update_or_create(pk=Practice.THE_ONE, defaults=PROFILE)  # whose desk it is
    with open_doors(NOW, cast.keys):
        page = Front(None).open("/ask")
    assert "Who is asking?" in page.words and "What the record says" not in page.words and "Keep this decision" not in page.words


# --- on the phone ------------------------------------------------------------------------------------------------


def test_the_guide_says_the_same_of_everybody_and_knows_no_client(front: Sit, cast: Cast) -> None:
    page = front("rita").open("/call?caller=spouse_or_partner")
    assert "I can’t say if any person is or is not a client here." in page.words and "they can tell me so, and sign for it" in page.words
    assert "Marsh" not in page.text and not re.search(r"/clients/[0-9a-f-]{36}", page.text)


def test_a_message_bears_no_client_and_reaches_the_colleague_alone(front: Sit, cast: Cast) -> None:
    to = cast.accounts["dana"].id
    page = front("rita").open("/call").send("/call", whose=str(to), caller="A man", number="303 555 0199", words="Is my wife there?")
    assert "The message is kept" in page.words and "filed under no client" in page.words
    row = CallMessage.objects.get()
    assert b"wife" not in bytes(row.body) and Event.objects.filter(act="call.message").count() == 1
    assert not About.objects.filter(n=Event.objects.get(act="call.message").n, practice=cast.practice.uid).exists()
    assert "Is my wife there?" not in front("omar").open("/call").words and front("omar").post(f"/call/{row.id}/done").status == 404
    dana = front("dana").open("/call")
    assert "Is my wife there?" in dana.words
    dana.post(f"/call/{row.id}/done")
    assert not CallMessage.objects.exists()


CHECKED = ["named", "very", "back"]


def test_topics_appear_only_after_every_check_and_are_exactly_the_papers(front: Sit, cast: Cast, ada: UUID) -> None:
    signed = record_authorization(cast.dana, ada, paper(**OWN, information=("attendance", "psychotherapy_notes")))
    revoke(cast.dana, ada, signed, "")
    signed = record_authorization(cast.dana, ada, paper(**OWN, information=("attendance", "diagnosis")))
    keep_recipient(cast.dana, Recipient("Alpine  freight", "employer", phone="970-555-0170", how="called them"))
    path = f"/clients/{ada}/call"
    page = front("rita").open(path).send(path, caller="employer")
    assert "Alpine Freight" in page.words and "these topics" not in page.words and "970-555-0170" in page.words and "Say nothing yet" in page.words
    assert "Not every point is ticked" in page.send(path, caller="employer", checked=CHECKED[:2], show="1").words
    assert not Event.objects.filter(act="call.topics").exists()
    page = page.send(path, caller="employer", checked=CHECKED, show="1")
    said = page.words.split("these topics, and no others")[1].lower()
    assert "dates of visits" in said and "notes" not in said
    assert "You may now speak of" in page.words and "That is all I am allowed to tell you" in page.words and "Write the call down" in page.words
    assert "Say nothing yet" not in page.words and "client here" not in page.words  # nobody unsays what was just told
    assert "diagnosis. you do not see it yourself: dana test tells it" in said and said.count("tells it") == 1
    assert Event.objects.filter(act="call.topics").count() == 1
    dana = front("dana").open(path).send(path, caller="employer").send(path, caller="employer", checked=CHECKED, show="1")
    assert "You may now speak of" in dana.words and "You do not see it yourself" not in dana.words
    assert "No live paper names" in page.send(path, caller="school", checked=CHECKED, show="1").words
    revoke(cast.dana, ada, signed, "")
    assert "No live paper names" in page.send(path, caller="employer", checked=CHECKED, show="1").words


def test_what_was_ticked_of_one_caller_says_nothing_of_another(front: Sit, cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, paper(**OWN))
    record_authorization(cast.dana, ada, paper("school", **{**OWN, "recipient": "Lakeview High"}))
    path = f"/clients/{ada}/call"
    page = front("rita").open(path).send(path, caller="employer").send(path, caller="school", checked=CHECKED, show="1")
    assert "Lakeview High" in page.words and "these topics" not in page.words and not Event.objects.filter(act="call.topics").exists()


def test_on_the_phone_a_couples_one_signature_opens_nothing(front: Sit, cast: Cast, couple: tuple[UUID, str, str]) -> None:
    record_authorization(cast.dana, couple[0], paper(**OWN, signer="Ann Ash"))
    path = f"/clients/{couple[0]}/call"
    page = front("rita").open(path).send(path, caller="employer").send(path, caller="employer", checked=CHECKED, show="1")
    assert "The law opens nothing under this paper now" in page.words


def test_omar_vera_and_the_biller_find_no_caller_for_her(front: Sit, cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, paper(**OWN))
    for who, status in (("omar", 404), ("vera", 404), ("bill", 403)):
        page = front(who).post(f"/clients/{ada}/call", caller="employer", checked=CHECKED, show="1")
        assert page.status == status and "Alpine" not in page.text


# --- consents of 42 CFR Part 2, restrictions on a part -----------------------------------------------------------

WHOLE_CONSENT = (*PART2, *PART2_TPO)
DOCTOR: dict[str, object] = {"recipient.kind": "treating_provider", "purpose": "treatment", "information": ["attendance"]}


def consents(asked: Asked) -> list[object]:
    return [row["facts"].get("part2.consent") for row in asked.held.items]


def test_a_consent_for_care_and_payment_that_names_a_class_counts_for_each_of_it(cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, replace(paper("payer", **OWN), kind=TPO, by_class=True, has=WHOLE_CONSENT))
    asked = asked_of(cast.dana, ada, DOCTOR)
    assert consents(asked) == [[TPO]] and not asked.held.confirm_first
    assert consents(asked_of(cast.dana, ada, {**DOCTOR, "purpose": "employment"})) == [[]]


def test_a_consent_that_names_somebody_counts_once_it_is_said_that_it_is_them(cast: Cast, ada: UUID) -> None:
    record_authorization(cast.dana, ada, replace(paper(**OWN), kind="single_purpose", has=WHOLE_CONSENT))
    open_ = asked_of(cast.dana, ada, EMPLOYER)
    assert consents(open_) == [[]] and open_.held.confirm_first and open_.held.named == "Alpine Freight"
    assert consents(asked_of(cast.dana, ada, {**EMPLOYER, CONFIRM: True})) == [["single_purpose"]]
    assert consents(asked_of(cast.dana, ada, {**EMPLOYER, CONFIRM: False})) == [[]]


def test_a_restriction_on_one_class_closes_that_class_and_no_other(cast: Cast, ada: UUID) -> None:
    agree(cast.dana, ada, NewRestriction(("progress_notes",), ("employer",), False, NOW.date()))
    asked = asked_of(cast.dana, ada, {**EMPLOYER, "information": ["attendance", "progress_notes"]})
    closed = {row["class"]: row["facts"].get("restriction.agreed") for row in asked.held.items}
    assert closed == {"attendance": None, "progress_notes": True} and asked.held.facts["restriction.agreed"] is False
