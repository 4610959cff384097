"""What a second, slow reading of agreements and decisions found: each may that was weighed too generously, and each gate that stood open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.law import Book, decide
from privity.practice.agreements import scans, sweeping
from privity.practice.agreements.access import each_of, every, stated
from privity.practice.agreements.models import Authorization, Scan
from privity.practice.agreements.paper_services import Mark, Offer, hand_over, offer, sign
from privity.practice.agreements.restrictions import IN_WRITING, NewRestriction, Restriction, agree, end, facts_of
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.agreements.validity import CALIFORNIA, FEDERAL, PART2, PART2_TPO, WRITTEN_REQUEST, Signer, State, Terms, Whose, defects, facts
from privity.practice.decisions import access, calls
from privity.practice.decisions.asking import beside, facts_to_keep, notes_of, told
from privity.practice.decisions.dialogue import CONFIRM, Asked, question_of
from privity.practice.decisions.gather import covers, material
from privity.practice.decisions.services import again, file_of, freeze, freeze_put, put
from privity.practice.people import care, links
from privity.practice.people.access import NotAllowed
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.releases import restricting
from privity.practice.visits.services import NewVisit, add_visit

from .conftest import NOW, Cast, paper_of, signed_here, whose
from .test_signed_papers import fax

BOOK, ON = Book.open(), NOW.date()
EMPLOYER: dict[str, object] = {"recipient.kind": "employer", "purpose": "client_request", "information": ["attendance"]}
OWN: dict[str, Any] = {"signed_by": "client", "has": tuple(FEDERAL)}


def asked_of(actor: Actor, record: UUID, said: dict[str, object]) -> Asked:
    return beside(material(actor, record, chart=True), Asked("CO", tuple(said.items())))


def whose_of(actor: Actor, record: UUID) -> Whose:
    of = material(actor, record, chart=True)
    return each_of(of.record.people, record, of.on)[0]


# --- whose signature it is ---------------------------------------------------------------------------------------


def test_a_parents_signature_counts_for_a_child_who_was_the_only_minor_on_its_day() -> None:
    ann, ben, cy = (
        Signer(UUID(int=1), ("Ann Ash",), date(2008, 6, 1)),
        Signer(UUID(int=2), ("Ben Ash",), date(2012, 6, 1)),
        Signer(UUID(int=3), ("Cy Ash",), None),
    )
    mum = Signer(UUID(int=4), ("May Ash",), None)
    paper = paper_of("school", signer="May Ash", signed=date(2026, 1, 5))  # Ann was 17, Ben 13

    def mine(person: Signer, *others: Signer, on: date = ON, day: date = paper.signed) -> bool:
        return Whose(person, (person, *others), on).part(replace(paper, signed=day)) is not None

    assert not mine(ben, ann)  # it may be for his sister, who has grown up since
    assert mine(ben, ann, day=date(2026, 6, 2)) and mine(ben, ann, mum, day=date(2026, 6, 2))
    assert not mine(ben, cy)  # whose age nobody knows
    assert not mine(ben, ann, day=date(2026, 6, 2), on=date(2030, 6, 1))


def test_what_a_guardian_signed_for_a_minor_ends_as_a_parents_does() -> None:
    paper = paper_of("employer", signed_by="guardian", signed=date(2024, 11, 2))
    said = facts(paper, [], State.LIVE, whose(18), recipient_kind="employer", purpose="employment", information=["attendance"])
    assert said["authorization.valid"] is False


def test_everybody_signed_only_where_each_paper_still_counts(cast: Cast) -> None:
    two = NewRecord("family", (NewPerson("Ann Ash", "family_member", born=date(1980, 1, 1)), NewPerson("Ben Ash", "family_member", born=date(2008, 11, 10))))
    family = add_record(cast.dana, two)
    for name in ("Ann Ash", "Ben Ash"):
        record_authorization(cast.dana, family, paper_of("employer", **OWN, signer=name))
    assert asked_of(cast.dana, family, {**EMPLOYER, CONFIRM: True}).known["participants.all_authorize"] is False  # Ben signed as a minor, and grew up


# --- what a paper opens ------------------------------------------------------------------------------------------


def test_a_paper_for_a_part_of_the_chart_does_not_open_the_whole() -> None:
    part, whole = paper_of("employer", information=("chart_part",)), paper_of("employer", information=("whole_chart",))
    assert covers(whole, "diagnosis") and covers(part, "chart_part")
    assert not covers(part, "diagnosis") and not covers(part, "whole_chart")


def test_that_one_paper_is_valid_says_nothing_of_another(cast: Cast) -> None:
    ada = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),)))
    record_authorization(cast.dana, ada, paper_of("employer", **OWN, information=("attendance", "billing")))
    record_authorization(cast.dana, ada, paper_of("employer", information=("diagnosis",)))  # her father signed it
    asked = asked_of(cast.dana, ada, {**EMPLOYER, "information": ["attendance", "billing", "diagnosis"], CONFIRM: True})
    found = {part.of.information: part.outcome for part in decide(BOOK, question_of(cast.practice, asked, ON)).parts}
    assert found == {"attendance": "required", "billing": "required", "diagnosis": "with_authorization"}
    assert {one.value for one in asked.held.gathered if one.name == "authorization.valid"} == {True}


def test_on_the_phone_one_recipients_paper_opens_nothing_for_another(cast: Cast) -> None:
    two = NewRecord("couple", (NewPerson("Ann Ash", "partner", born=date(1980, 1, 1)), NewPerson("Ben Ash", "partner", born=date(1979, 1, 1))))
    couple = add_record(cast.dana, two)
    other = record_authorization(cast.dana, couple, replace(paper_of("employer", **OWN, signer="Ann Ash"), recipient="Birch Mill"))
    for name in ("Ann Ash", "Ben Ash"):
        record_authorization(cast.actor("dana", NOW + timedelta(hours=1)), couple, paper_of("employer", **OWN, signer=name))
    found = {one.paper.id: one.may for one in calls.topics(BOOK, access.on_the_phone(cast.dana, couple, "call.topics"), "employer")}
    assert found.pop(other) == () and set(found.values()) == {("attendance",)}


def test_on_the_phone_a_restriction_on_one_visit_is_one_on_all_of_them(cast: Cast) -> None:
    ada = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),)))
    record_authorization(cast.dana, ada, paper_of("payer", **OWN, purpose="payment"))

    def may() -> tuple[str, ...]:
        (one,) = calls.topics(BOOK, access.on_the_phone(cast.dana, ada, "call.topics"), "payer")
        return one.may

    assert may() == ("attendance",)
    visit = add_visit(cast.dana, ada, NewVisit(cast.accounts["dana"].id, NOW, NOW + timedelta(minutes=50), "office"))
    agree(cast.dana, ada, NewRestriction((), ("payer",), True, ON, (visit,)))
    assert may() == ()


def test_a_biller_does_not_learn_who_signed_a_consent_to_care(cast: Cast) -> None:
    signed_here(cast.dana, cast.cleo, "minors", *(one.id for _, one in material(cast.dana, cast.cleo, chart=True).record.people))
    said: dict[str, object] = {**EMPLOYER, "recipient.kind": "parent"}

    def sources(who: str) -> str:
        asking = access.asking(cast.actor(who), cast.cleo)
        return str([told(BOOK, one, asking) for one in beside(asking.of, Asked("CO", tuple(said.items()))).held.gathered])

    assert "the young person’s paper, signed by" in sources("dana")
    assert "the young person’s paper" in sources("bill") and "signed by" not in sources("bill")


def test_a_release_of_several_bears_the_day_of_its_first_signature(cast: Cast) -> None:
    cleo, max_ = (one.id for _, one in material(cast.dana, cast.cleo, chart=True).record.people)
    terms = {
        "kind": "authorization", "recipient_kind": "school", "recipient": "Elm School", "information": ["attendance"], "description": "the dates",
        "purpose": "school_matter", "has": [], "ends": "2031-06-01", "ends_with": "", "longer_by_wish": False,
    }  # fmt: skip
    blanks = {"recipient": "Elm School", "description": "the dates", "purpose": "a plan", "ends": "June 1, 2031", "who": "Dana Test"}
    paper = offer(cast.dana, cast.cleo, Offer("release", "CO", ("en",), (cleo, max_), blanks, terms))
    for person, day in ((cleo, datetime(2030, 3, 3, 12, tzinfo=UTC)), (max_, datetime(2030, 3, 5, 12, tzinfo=UTC))):  # on March 4 she is eighteen
        dana = cast.actor("dana", day)
        sign(dana, links.held(hand_over(dana, cast.cleo, paper, person).id, day), Mark("en", "As drawn", "parent", "", {}, "Chrome on a Mac", ""))
    (kept,) = every(dana, cast.cleo)
    assert kept.terms.signed == date(2030, 3, 3)
    said = {one.name: one.value for one in stated([kept], whose_of(dana, cast.cleo), recipient_kind="school", purpose="school_matter", information=[])}
    assert said["authorization.valid"] is False


def test_what_ended_with_treatment_and_is_written_down_later_does_not_live_again(cast: Cast) -> None:
    care.close(cast.dana, cast.cleo)
    for day in (ON, ON + timedelta(1)):  # before treatment ended, and for when it begins anew
        record_authorization(cast.dana, cast.cleo, paper_of("employer", signed=day, with_treatment=True))
    assert {one.state for one in every(cast.dana, cast.cleo)} == {State.EXPIRED}
    care.reopen(cast.dana, cast.cleo)
    assert {one.terms.signed: one.state for one in every(cast.dana, cast.cleo)} == {ON: State.EXPIRED, ON + timedelta(1): State.LIVE}


# --- California --------------------------------------------------------------------------------------------------


def test_in_california_a_year_is_a_year_and_an_event_that_never_comes_ends_after_one() -> None:
    paper = paper_of("employer", has=(*FEDERAL, "authority_of_signer", *CALIFORNIA), signed=date(2026, 3, 1), ends=date(2027, 3, 1))
    assert defects(paper, ["CA"]) == []
    assert [one.element for one in defects(replace(paper, ends=date(2027, 3, 2)), ["CA"])] == ["too_long"]


def test_what_waits_for_an_event_ends_after_a_year_in_california(cast: Cast) -> None:
    old: dict[str, Any] = {"has": (*FEDERAL, "authority_of_signer", *CALIFORNIA), "ends": None, "ends_with": "when school ends"}
    for said in ({"signed": date(2025, 11, 20)}, {"signed": date(2025, 11, 19)}, {"signed": date(2025, 11, 19), "purpose": "research"}):
        record_authorization(cast.dana, cast.cleo, paper_of("school", **old, **said))
    assert {one.state for one in every(cast.dana, cast.cleo)} == {State.LIVE}
    Practice.objects.filter(pk=cast.practice.pk).update(states=["CA"])
    stands = [(one.terms.signed.day, one.terms.purpose, one.state) for one in every(cast.dana, cast.cleo)]
    assert sorted(stands, key=str) == [(19, "client_request", State.EXPIRED), (19, "research", State.LIVE), (20, "client_request", State.LIVE)]


def test_a_part_2_consent_opens_nothing_under_californias_law_without_what_that_asks_for() -> None:
    paper = replace(paper_of("employer", **OWN), kind="single_purpose", has=(*PART2, *PART2_TPO, *FEDERAL))

    def said(one: Terms, *states: str) -> object:
        found = facts(one, defects(one, states), State.LIVE, whose(40), recipient_kind="employer", purpose="employment", information=[], states=states)
        assert found["authorization.valid"] is True
        return found.get("authorization.valid_for_cmia", "weighed")

    assert said(paper, "CO") == "weighed" and said(paper, "CA") is False
    whole = replace(paper, has=(*paper.has, *CALIFORNIA))
    assert said(whole, "CA") == "weighed"
    assert said(replace(whole, ends=None), "CA") is said(replace(whole, ends=date(2028, 1, 1)), "CA") is False


def test_one_payers_written_request_is_not_anothers(cast: Cast) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(states=["CA"])
    paper = paper_of("payer", kind="written_request", signed_by="someone_else", has=tuple(WRITTEN_REQUEST), purpose="payment")
    id = record_authorization(cast.dana, cast.cleo, paper)
    plan: dict[str, object] = {"recipient.kind": "payer", "purpose": "payment", "information": ["attendance"]}
    asked = asked_of(cast.dana, cast.cleo, plan)
    assert "payer.written_request" not in asked.known
    assert "A written request of Alpine Freight is on file" in " ".join(notes_of(BOOK, access.asking(cast.dana, cast.cleo), asked))
    assert asked_of(cast.dana, cast.cleo, {**plan, "payer.written_request": True}).known["payer.written_request"] is True
    revoke(cast.dana, cast.cleo, id, "")
    assert asked_of(cast.dana, cast.cleo, {**plan, "payer.written_request": True}).known["payer.written_request"] is False


# --- restrictions ------------------------------------------------------------------------------------------------


def restriction(classes: tuple[str, ...], kinds: tuple[str, ...], *, paid: bool) -> Restriction:
    return Restriction(uuid4(), classes, kinds, paid, (), ON, None)


def test_what_was_paid_in_full_is_kept_from_the_plan_and_from_whom_else_it_names(cast: Cast) -> None:
    both = [restriction((), ("payer", "employer"), paid=True)]
    assert facts_of(both, "payer", "payment", ["billing"]) == {"restriction.agreed": False, "restriction.paid_in_full": True}
    assert facts_of(both, "employer", "treatment", ["billing"]) == {"restriction.agreed": True, "restriction.paid_in_full": False}
    assert facts_of([restriction((), ("employer",), paid=True)], "payer", "payment", ["billing"])["restriction.paid_in_full"]
    assert restricting.against(both, recipient="employer", purpose="treatment", klass="billing")
    agree(cast.dana, cast.cleo, NewRestriction((), ("payer", "employer"), True, ON))
    assert asked_of(cast.dana, cast.cleo, EMPLOYER).held.facts["restriction.agreed"] is True


def test_only_a_later_signature_lifts_a_restriction(cast: Cast) -> None:
    ada = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),)))
    sign_entry(cast.dana, ada, NewEntry("session", NOW, {"diagnosis": "F41.1", "progress_notes": "words"}))
    plan: dict[str, object] = {"recipient.kind": "payer", "purpose": "payment", "information": ["diagnosis", "progress_notes"], CONFIRM: True}
    paper: dict[str, Any] = {**OWN, "purpose": "payment", "information": ("diagnosis", "progress_notes")}

    def outcomes() -> dict[object, str]:
        asked = asked_of(cast.dana, ada, plan)
        return {part.of.information: part.outcome for part in decide(BOOK, question_of(cast.practice, asked, ON)).parts}

    record_authorization(cast.dana, ada, paper_of("payer", **paper, signed=ON - timedelta(1)))
    assert outcomes() == {"diagnosis": "permitted", "progress_notes": "permitted"}
    part = agree(cast.dana, ada, NewRestriction(("diagnosis",), ("payer",), True, ON - timedelta(30)))  # from an earlier day, and asked for today
    assert outcomes() == {"diagnosis": "prohibited", "progress_notes": "permitted"}
    end(cast.dana, ada, part, IN_WRITING)
    agree(cast.dana, ada, NewRestriction((), ("payer",), True, ON))
    assert set(outcomes().values()) == {"prohibited"}
    record_authorization(cast.actor("dana", NOW + timedelta(hours=1)), ada, paper_of("payer", **paper, signed=ON))
    assert set(outcomes().values()) == {"permitted"}


def test_what_is_asked_as_a_part_of_the_chart_may_hold_what_is_restricted() -> None:
    assert facts_of([restriction(("hiv",), (), paid=False)], "employer", "treatment", ["chart_part"])["restriction.agreed"]


# --- who learns of it --------------------------------------------------------------------------------------------


def test_the_desk_does_not_learn_from_a_decision_what_is_kept_quiet_or_guarded(cast: Cast) -> None:
    person = NewPerson("Ada Birch", born=date(1986, 2, 3))
    ada = add_record(cast.dana, NewRecord("individual", (person,), quiet=("fact_of_treatment",)))
    said: dict[str, object] = {"recipient.kind": "family_or_friend", "purpose": "involve_family", "information": ["fact_of_treatment"]}
    theirs = freeze_put(cast.dana, BOOK, ada, *put(cast.dana, ada, said, place="CO"))
    with pytest.raises(NotAllowed):
        access.one(cast.rita, ada, theirs)
    sign_entry(cast.dana, ada, NewEntry("session", NOW, {"progress_notes": "words", "hiv": "words"}))
    copy: dict[str, object] = {"recipient.kind": "client", "purpose": "client_access", "information": ["whole_chart"]}
    rita = freeze_put(cast.rita, BOOK, ada, *put(cast.rita, ada, copy, place="CO"))  # as the copy for a client's request is prepared
    with pytest.raises(NotAllowed):
        access.one(cast.rita, ada, rita)
    assert access.one(cast.dana, ada, rita)[1].chart


def test_a_decision_the_desk_asked_shows_no_quiet_topic_when_it_is_looked_at_again(cast: Cast) -> None:
    ada = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),), quiet=("fact_of_treatment",)))
    said: dict[str, object] = {"recipient.kind": "family_or_friend", "purpose": "involve_family", "information": ["fact_of_treatment"]}
    asked = beside(material(cast.rita, ada, chart=False), Asked("CO", tuple(said.items())))
    question = question_of(cast.practice, asked, ON).to_dict()
    id = freeze(cast.rita, BOOK, ada, question, facts_to_keep(BOOK, asked, cast.rita.account, NOW), place="CO")
    assert "client.prior_objection" not in again(cast.rita, BOOK, ada, id).changed
    with pytest.raises(NotAllowed):
        file_of(cast.rita, ada, id)
    assert "client.prior_objection" in file_of(cast.dana, ada, id)


# --- kept --------------------------------------------------------------------------------------------------------


def test_an_authorization_stays_while_a_request_of_the_client_runs(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=ON))
    later = NOW.replace(year=NOW.year + 7)
    assert sweeping.sweep(cast.practice, later, {cast.cleo}) == 0 and Authorization.objects.count() == 1
    assert sweeping.sweep(cast.practice, later) == 1


def test_under_a_legal_hold_no_paper_is_thrown_away_and_the_page_says_why(front: Any, cast: Cast) -> None:
    scan, path = scans.add(cast.dana, cast.cleo, fax()), f"/clients/{cast.cleo}/authorizations"
    hold = care.hold(cast.actor("carl"), cast.cleo, "A suit")
    page = front("rita").open(path).send(f"{path}/scans/{scan}/drop")
    assert page.status == 409 and "A legal hold stands on this record" in page.words and Scan.objects.count() == 1
    care.lift(cast.actor("carl"), cast.cleo, hold)
    scans.drop(cast.rita, cast.cleo, scan)
    assert not Scan.objects.exists()
