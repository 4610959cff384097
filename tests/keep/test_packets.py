"""A packet holds what its decision lets go, and of that what was asked; all else stands there as held back, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest

from privity.practice.agreements.restrictions import NewRestriction, Restriction, agree
from privity.practice.agreements.services import record_authorization
from privity.practice.pdf import prove
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.services import tie
from privity.practice.records.disagreements import link
from privity.practice.records.services import NewDocument, add_document
from privity.practice.releases import access, restricting
from privity.practice.releases.making import Made
from privity.practice.releases.models import Packet
from privity.practice.releases.packet import Asked, Cuts, Plan
from privity.practice.releases.paper import Head, composed, sheet
from privity.practice.releases.services import PacketMoved, keep

from .conftest import Cast, paper_of
from .front import Front
from .releasing import BOOK, OLD, PAYER, Ada, ada, decided, health_plan, planned, signed_for, visit_ids

Sit = Callable[[str], Front]
WEEK = Asked(date(2026, 11, 10), date(2026, 11, 12))


def shown(ada: Ada, decision: object, plan: Plan | None = None) -> Made:
    return access.sheet(ada.cast.dana, BOOK, ada.record, decision, planned=plan).made  # type: ignore[arg-type]


def asked(ada: Ada, decision: object, what: Asked, *, audit: bool = False) -> list[str]:
    """What is ticked beforehand, by title."""
    first = access.sheet(ada.cast.dana, BOOK, ada.record, decision, planned=Plan(asked=what))  # type: ignore[arg-type]
    plan = access.filled(first, what, audit=audit, book=BOOK, actor=ada.cast.dana, record=ada.record)
    return [one.piece.title for one in first.made.every if one.piece.id in plan.chosen]


# --- attacks first ---------------------------------------------------------------------------------------------


def test_a_couples_record_with_one_signature_lets_nothing_go(cast: Cast) -> None:
    couple = ada(cast, "couple")
    one = couple.subjects()[:1]
    record_authorization(cast.dana, couple.record, paper_of("employer", signed_by="client", information=("progress_notes",)))
    facts = {"purpose": "client_request", "recipient.kind": "employer", "care.modality": "couple", "restriction.agreed": False, "client.agrees": True}
    decision = decided(couple, klasses=("progress_notes",), about=one, **facts)
    made = shown(couple, decision)
    assert not [offer for offer in made.every if offer.may_go]
    assert any("sign" in held.why or "person" in held.why for held in made.held)


def test_what_is_about_two_needs_a_part_of_the_decision_for_each(cast: Cast) -> None:
    couple = ada(cast, "couple")
    told = ("billing", "attendance", "identifying_details", "diagnosis", "progress_notes")
    for signer in ("Ada Lane", "Bo Lane"):
        signed_for(couple, "payer", signer=signer, information=told)
    facts = {**PAYER, "authorization.covers_recipient": True}
    both = shown(couple, decided(couple, **facts))
    assert [offer for offer in both.every if offer.may_go and offer.piece.klass == "diagnosis"]
    alone = shown(couple, decided(couple, about=couple.subjects()[:1], **facts))
    assert not [offer for offer in alone.every if offer.may_go]
    assert any("It is also about another person" in held.why for held in alone.held)


def test_psychotherapy_notes_in_a_general_authorization_stay(cast: Cast) -> None:
    client = ada(cast)
    signed_for(client, information=("psychotherapy_notes", "attendance"))
    decision = decided(client, klasses=("attendance", "psychotherapy_notes"), **{"purpose": "client_request", "recipient.kind": "employer"})
    made = shown(client, decision)
    assert not [offer for offer in made.every if offer.may_go]
    assert made.held[0].what == "Sealed notes" and made.held[0].cites == ("45 CFR 164.508(a)(2)",)


def test_what_is_asked_by_hand_and_may_not_go_is_left_out_of_the_packet(cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, klasses=("billing",), **PAYER)
    note = client.item("progress_notes")
    made = shown(client, decision, Plan(chosen=frozenset({note})))
    assert not made.leaves and [one.piece.id for one in made.shut] == [note]


def test_omar_cannot_open_it_and_for_vera_it_is_not_there(cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, **PAYER)
    for who in (cast.omar, cast.vera):
        with pytest.raises(NotThere):
            access.sheet(who, BOOK, client.record, decision)
        with pytest.raises(NotThere):
            keep(who, client.record, decision, Plan())
    other = ada(cast)
    with pytest.raises(NotThere):
        access.sheet(cast.dana, BOOK, other.record, decision)


# --- the smallest set ------------------------------------------------------------------------------------------


def test_a_plan_gets_codes_dates_and_the_diagnosis_billed_and_no_note(cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, **PAYER)
    assert asked(client, decision, WEEK) == ["Name and birth date", "Visit of Nov 11, 2026, 5:00 pm", "Diagnosis of Nov 11, 2026"]
    assert asked(client, decision, Asked()) == ["Name and birth date"]


def test_a_plans_audit_adds_the_notes_of_the_visits_it_reviews(cast: Cast) -> None:
    client = ada(cast)
    titles = asked(client, decided(client, **PAYER), WEEK, audit=True)
    assert "Progress note of Nov 11, 2026" in titles and "Progress note of Nov 4, 2026" not in titles


def test_each_thing_held_back_is_listed_with_its_reason_and_citation(cast: Cast) -> None:
    client = ada(cast)
    visits = visit_ids(client)
    made = shown(client, decided(client, **PAYER), Plan(chosen=frozenset({f"visit:{visits[1]}", client.item("progress_notes")})))
    what = {one.what: one for one in made.held}
    assert {"Sealed notes", "Visits", "Diagnosis, 2 of them", "Progress notes, 2 of them", "What is said about somebody else"} <= set(what)
    assert all(one.why and one.cites for one in made.held)


def test_a_restriction_for_care_paid_in_full_shuts_the_plan_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    paid = Restriction(uuid4(), ("billing", "attendance"), (), True, (), date(2026, 11, 1), None)
    client = ada(cast)
    decision = decided(client, **PAYER)
    monkeypatch.setattr(restricting, "of", lambda actor, record: (paid,))
    made = shown(client, decision)
    assert not [one for one in made.every if one.may_go and one.piece.klass in ("billing", "attendance")]
    assert any("45 CFR 164.522(a)(1)(vi)" in one.cites for one in made.held)
    assert restricting.against((paid,), recipient="treating_provider", purpose="treatment", klass="billing") is None
    first, second = uuid4(), uuid4()
    one_day: Any = {"recipient": "payer", "purpose": "payment", "klass": "billing", "days": {first: date(2026, 11, 4)}}
    on_one = (replace(paid, visits=(first,)),)
    assert restricting.against(on_one, **one_day, visit=first) and restricting.against(on_one, **one_day, on=date(2026, 11, 4))
    assert restricting.against(on_one, **one_day, visit=second, on=date(2026, 11, 11)) is None
    assert restricting.against(on_one, **{**one_day, "days": {}}, on=date(2026, 11, 11)), "a visit whose day is not known keeps all back"


def test_one_visit_paid_in_full_holds_back_that_visit_and_its_notes_and_nothing_else(cast: Cast) -> None:
    client = ada(cast)
    first, second = visit_ids(client)
    agree(cast.dana, client.record, NewRestriction((), ("payer",), True, date(2026, 11, 4), (UUID(first),)))
    said = {name: value for name, value in PAYER.items() if not name.startswith("restriction")}
    made = shown(client, decided(client, **said))
    goes = {one.piece.id: one.may_go for one in made.every}
    assert goes[f"visit:{second}"] and not goes[f"visit:{first}"]
    assert goes[client.item("diagnosis")] and not goes[client.item("diagnosis", 0)]
    assert any("45 CFR 164.522(a)(1)(vi)" in one.cites and one.what.startswith("Visits") for one in made.held)


def test_what_the_client_disputes_goes_along_with_its_entry_and_with_no_other(cast: Cast) -> None:
    client = ada(cast)
    note = next(one for one in client.items if str(one.id) == client.item("progress_notes"))
    link(cast.dana, client.record, uuid4(), note.entry, {"request": "Not panic.", "refusal": "It is right.", "statement": "I was only tired."})
    decision = decided(client, **PAYER)
    along = shown(client, decision, Plan(chosen=frozenset({str(note.id)})))
    assert "I was only tired." in str(sheet(along, head())) and "What the client disputes" in str(sheet(along, head())["enclosed"])
    assert not shown(client, decision, Plan(chosen=frozenset({client.item("progress_notes", 0)}))).disputes


# --- words taken out -------------------------------------------------------------------------------------------


def head() -> Head:
    return Head("P-2026-001", "0000", {"name": "Alder Counseling"}, "Dana Test", "Clinician", {"name": "Plan", "fax": ""}, date(2026, 11, 20), "Payment")


def test_words_that_are_taken_out_are_gone_from_the_file(cast: Cast) -> None:
    client = ada(cast)
    note = client.item("progress_notes")
    cuts = Cuts({note: frozenset({1})}, ("breathing plan",))
    made = shown(client, decided(client, **PAYER), Plan(chosen=frozenset({note}), cuts=cuts))
    pdf = composed(cast.dana, made, head())
    prove.absent(pdf, ["Her sister Beth told her", "Beth was arrested in May", "breathing plan"])
    with pytest.raises(AssertionError):
        prove.absent(pdf, ["Panic twice this week"])
    assert "Beth" not in str(sheet(made, head()))


def test_a_sentence_that_only_stays_elsewhere_does_not_stop_the_packet(cast: Cast) -> None:
    client = ada(cast)
    old = client.item("progress_notes", 0)
    made = shown(client, decided(client, **PAYER), Plan(chosen=frozenset({old}), cuts=Cuts(words=("garden",))))
    assert made.leaves[0].stretches[-2].text != OLD and composed(cast.dana, made, head())


def test_a_foreign_pdf_leaves_as_pictures_with_nothing_hidden_in_it(cast: Cast) -> None:
    import io

    client = ada(cast)
    hidden = pikepdf.new()
    hidden.add_blank_page(page_size=(200, 200))
    hidden.docinfo["/Subject"] = "hidden-canary-word"
    raw = io.BytesIO()
    hidden.save(raw)
    paper = add_document(cast.dana, client.record, NewDocument("A letter", "correspondence", raw.getvalue()))
    facts = {"purpose": "treatment", "recipient.kind": "treating_provider", "recipient.treats_client": True, "client.agrees": True, "restriction.agreed": False}
    made = shown(client, decided(client, **facts), Plan(chosen=frozenset({str(paper)})))
    assert [leaf.name for leaf in made.leaves] == ["A letter"]
    prove.absent(composed(cast.dana, made, head()), ["hidden-canary-word"])


def test_the_part_2_notice_goes_with_a_substance_use_programs_records(cast: Cast) -> None:
    client = ada(cast)
    made = shown(client, decided(client, **PAYER), Plan(chosen=frozenset({client.item("diagnosis")})))
    told = sheet(made, replace(head(), part2=True, scope="The consent lets the plan have bills."))
    assert told["notices"] == ["part2_short"] and "plan have bills" in told["consent_scope"]
    assert "notices" not in sheet(made, head())


# --- in the browser --------------------------------------------------------------------------------------------


def test_dana_makes_a_packet_and_sees_both_halves_of_a_note(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    to, decision, note = health_plan(cast), decided(client, **PAYER), client.item("progress_notes")
    path = f"/clients/{client.record}/decisions/{decision}/packet"
    page = front("dana").open(path)
    assert "Sealed notes" in page.words and "45 CFR 164.508(a)(2)" in page.words and not Packet.objects.exists()
    page.send(path, "fill", since="2026-11-10", until="2026-11-12", words="", way="link")
    assert Packet.objects.get().version == 1
    page.send(path, "keep", go=[note], cut=[f"{note}:1"], words="breathing plan", recipient=str(to), way="fax", number="970-555-0188", why="They review Nov 11")
    assert "differs" in page.words and "held back" in page.words and page.text.count('class="burnt"') == 2
    assert "Beth was arrested" not in page.text and Packet.objects.get().version == 2


def test_what_is_made_is_sealed(cast: Cast) -> None:
    client = ada(cast)
    packet, _ = planned(client, decided(client, **PAYER), health_plan(cast), why="a-canary-reason")
    row = Packet.objects.get(id=packet)
    assert b"canary" not in bytes(row.body) and row.number == 1


def test_a_change_in_another_window_is_not_written_over(cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, **PAYER)
    packet, version = planned(client, decision, health_plan(cast))
    keep(cast.dana, client.record, decision, Plan(), packet=packet, after=version)
    with pytest.raises(PacketMoved):
        keep(cast.dana, client.record, decision, Plan(), packet=packet, after=version)


def test_the_front_desk_prepares_without_a_word_of_a_note_and_hands_it_on(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    to, decision = health_plan(cast), decided(client, **PAYER)
    path = f"/clients/{client.record}/decisions/{decision}/packet"
    page = front("rita").open(path)
    assert "Progress note of Nov 11, 2026" in page.words and "Panic" not in page.text and "F41.0" not in page.text and "90834" not in page.text
    page.send(path, "fill", since="2026-11-10", until="2026-11-12", words="", recipient=str(to), way="link")
    assert "Hand it to who treats" in page.words and "Read what leaves, and send it" not in page.words
    assert "Waits for who treats" in page.send(path, "hand").words
    assert "Waits for you to read and send" in front("dana").open("/releases").words
    assert "Ada Lane" not in front("omar").open("/releases").text


def test_a_shared_view_prepares_nothing(cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, **PAYER)
    tie(cast.dana, client.record, cast.omar.account, "shared", ends=cast.dana.now + timedelta(days=3))
    with pytest.raises(NotAllowed):
        access.sheet(cast.omar, BOOK, client.record, decision)
