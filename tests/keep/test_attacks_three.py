"""What a third attacker found open: an end nobody noted, a number that only ends alike, a dispute of somebody else, a list of who was told about another."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from privity.cli.practice import REFUSED, carefully
from privity.law import decide
from privity.practice.agreements import access as agreements
from privity.practice.agreements.models import Authorization, Restriction
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.agreements.services import event_came, record_authorization, revoke
from privity.practice.agreements.validity import PART2, PART2_TPO, TPO
from privity.practice.decisions.frozen import From, Gathered
from privity.practice.decisions.services import freeze_put, is_aged, put
from privity.practice.incidents import letters
from privity.practice.people.access import NotAllowed
from privity.practice.people.actor import Actor
from privity.practice.people.care import close as close_record
from privity.practice.people.models import Practice, Tie
from privity.practice.people.restored import RESTORE, unlooked
from privity.practice.people.services import tie
from privity.practice.records.disagreements import link
from privity.practice.records.services import NewDocument, NewEntry, add_document, sign_entry
from privity.practice.releases import access, accounting, links, outbox, recipients, restricting, services
from privity.practice.releases.boxes import text_of
from privity.practice.releases.models import Disclosure, Outgoing
from privity.practice.releases.packet import Cuts, Plan
from privity.practice.releases.paper import sheet
from privity.practice.releases.recipients import Said
from privity.practice.releases.services import Refused, send
from privity.practice.site import told_rows, verifying
from privity.practice.site.exporting import ShutOut, export
from privity.practice.trail import services as trail
from privity.practice.trail.guards import guard, unguard

from .agreed import PDF
from .conftest import NOW, Cast, paper_of
from .front import Front
from .releasing import BOOK, EMPLOYER, PAYER, ada, confirmed, decided, employer, health_plan, live, planned, sent, signed_for
from .test_attacks import head, nothing_left, to_provider
from .test_authorizations import SAID

Sit = Callable[[str], Front]


@pytest.fixture(autouse=True)
def typeset_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "composed", lambda *args: PDF)


# --- an end nobody noted ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["When treatment ends", "my discharge", "fin del tratamiento", "cuando termine la terapia"])
def test_a_paper_that_names_the_end_of_treatment_ends_with_it_though_nobody_ticked_so(cast: Cast, event: str) -> None:
    client = ada(cast)
    signed_for(client, ends=None, ends_with=event)
    signed_for(client, "school", ends=None, ends_with="when the school year ends")
    assert live(client) == ["live", "live"]
    close_record(cast.dana, client.record)
    assert sorted(live(client)) == ["expired", "live"]


# --- to somebody else ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ours", ["+91 970 555 0118", "970-555-0199, 970-555-0118", "0044 970-555-0118"])
def test_a_fax_number_with_more_before_it_is_another(cast: Cast, ours: str) -> None:
    client = ada(cast)
    packet, version = planned(client, decided(client, **PAYER), health_plan(cast, fax=ours), way="fax", number="970-555-0118")
    with pytest.raises(Refused, match="fax number"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version, last_four="0118"))
    again, version = planned(client, decided(client, **PAYER), health_plan(cast, name="Mesa", fax="+1 (970) 555-0118"), way="fax", number="970-555-0118")
    assert send(cast.dana, BOOK, client.record, again, confirmed(version, last_four="0118"))


def test_a_consent_that_names_one_plan_sends_nothing_to_another_where_no_rule_speaks_of_authorizations(cast: Cast) -> None:
    Practice.objects.filter(pk=cast.practice.pk).update(states=["CA"])
    client = ada(cast)
    sign_entry(cast.dana, client.record, NewEntry("session", NOW - timedelta(days=1), {"sud_records": "Drinks less."}))
    consent = paper_of("payer", kind="single_purpose", signed_by="client", signer="Ada Lane", purpose="payment",
                       has=(*PART2, "hipaa_redisclosure", "redisclosure_statement", "refusal_statement"), information=("sud_records",))  # fmt: skip
    record_authorization(cast.dana, client.record, replace(consent, recipient="Front Range Health Plan"))
    told = {"part2.record": True, "authorization.covers_recipient": True, **PAYER}
    decision, piece = decided(client, klasses=("sud_records",), **told), client.item("sud_records")
    other = health_plan(cast, name="Mesa Health")
    packet, version = planned(client, decision, other, chosen=frozenset({piece}), why="They review it")
    with pytest.raises(Refused, match="names Front Range Health Plan"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()
    assert sent(client, decision, health_plan(cast), chosen=frozenset({piece}), why="They review it")


def test_what_a_client_asked_for_goes_to_that_client_alone(cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, klasses=("attendance",), **{"purpose": "client_access", "recipient.kind": "client"})
    other = recipients.keep(cast.dana, Said("Bo Birch", "client", mail="bo@example.org", how="asked"))
    packet, version = planned(client, decision, other)
    with pytest.raises(Refused, match="Bo Birch"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()
    mine = recipients.keep(cast.dana, Said("ada  lane", "client", mail="ada@example.org", how="asked"))
    assert sent(client, decision, mine) and send(cast.dana, BOOK, client.record, packet, confirmed(version, same=True))


def test_the_list_of_who_receives_names_no_client_to_whoever_may_not_know_clients(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    for kind, name in (("client", "Ada Lane"), ("parent", "Max Marsh"), ("spouse_or_partner", "Bo Lane")):
        recipients.keep(cast.dana, Said(name, kind, mail="x@example.org", how="asked"))
    to = health_plan(cast)
    for who, sees in (("olga", False), ("petra", False), ("omar", False), ("rita", True), ("dana", True)):
        page = front(who).open("/recipients")
        assert "Front Range Health Plan" in page.text
        assert all((name in page.text) is sees for name in ("Ada Lane", "Max Marsh", "Bo Lane")), who
    one = next(row.id for row in recipients.for_gates(cast.dana) if row.said.name == "Ada Lane")
    assert front("olga").get(f"/recipients/{one}").status == 404 and front("olga").get(f"/recipients/{to}").status == 200
    assert front("olga").post(f"/recipients/{one}", end="1").status == 404
    assert client.record
    recipients.keep(cast.rita, Said("Paul Lane", "parent", phone="970-555-0131", how="asked"))
    assert [one.number for one in recipients.numbers(None, actor=cast.dana, names=["Paul Lane"])] == ["970-555-0131"]  # whom a paper of the record names
    tie(cast.petra, client.record, cast.accounts["rita"].id, "barred")
    assert "Ada Lane" not in front("rita").open("/recipients").text


# --- what goes along ------------------------------------------------------------------------------------------------------


def couple_with_a_note_on_each(cast: Cast) -> tuple[Any, UUID, UUID]:
    both = ada(cast, "couple")
    first, second = (UUID(one) for one in both.subjects())
    for who, text in ((first, "Ada sleeps badly."), (second, "Bo sleeps well.")):
        sign_entry(cast.dana, both.record, NewEntry("session", NOW - timedelta(days=1), {"treatment_plan": text}, on=who))
    return both, first, second


def test_what_one_of_a_couple_disputes_does_not_go_along_with_the_others_part(cast: Cast) -> None:
    both, first, second = couple_with_a_note_on_each(cast)
    ours = [one for one in both.items if one.klass == "treatment_plan"]
    for who in (first, second, None):
        link(cast.dana, both.record, uuid4(), None, {"statement": f"canary {who}"}, person=who)
    mine = {str(one.id): [str(one.person)] for one in ours}
    for signer, who in (("Ada Lane", first), ("Bo Lane", second)):
        record_authorization(cast.dana, both.record, paper_of("employer", signed_by="client", signer=signer, information=("treatment_plan",)))
        items = [{"id": id, "class": "treatment_plan", "about": about} for id, about in mine.items() if about == [str(who)]]
        said = {"information": ["treatment_plan"], "part2.record": False, **EMPLOYER}
        question, asked = put(cast.dana, both.record, said, items=items)
        decision = freeze_put(cast.dana, BOOK, both.record, question, asked)
        plan = Plan(chosen=frozenset(one["id"] for one in items))
        made = access.sheet(cast.dana, BOOK, both.record, decision, planned=plan).made
        assert [leaf.one.piece.id for leaf in made.leaves] == list(plan.chosen)
        assert [one.papers["statement"] for one in made.disputes] == [f"canary {who}"]


def test_words_taken_out_are_taken_out_of_what_the_client_disputes_too_in_whatever_signs_they_are_written(cast: Cast) -> None:
    client = ada(cast)
    link(cast.dana, client.record, uuid4(), None, {"statement": "Beth Stone never drank, and Jose\u0301 knows."})
    sign_entry(cast.dana, client.record, NewEntry("session", NOW - timedelta(hours=1), {"progress_notes": "Jose\u0301 called. Be\u00adth Stone too."}))
    note = client.item("progress_notes")
    plan = Plan(chosen=frozenset({note}), cuts=Cuts(words=("Beth Stone", "José")))
    made = access.sheet(cast.dana, BOOK, client.record, to_provider(client), planned=plan).made
    assert [leaf.one.piece.id for leaf in made.leaves] == [note] and made.disputes
    said = str(sheet(made, head()))
    assert not [one for one in ("Stone", "Jos") if one in said]


def test_the_list_of_who_was_told_tells_one_of_a_couple_nothing_of_the_others_part(front: Sit, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    both, first, second = couple_with_a_note_on_each(cast)
    for signer, who, to in (("Ada Lane", first, "Alpine Freight"), ("Bo Lane", second, "Alpine Freight, Denver")):
        record_authorization(cast.dana, both.record, paper_of("employer", signed_by="client", signer=signer, information=("treatment_plan",)))
        items = [{"id": str(one.id), "class": "treatment_plan", "about": [str(who)]} for one in both.items if one.person == who]
        question, asked = put(cast.dana, both.record, {"information": ["treatment_plan"], "part2.record": False, **EMPLOYER}, items=items)
        decision = freeze_put(cast.dana, BOOK, both.record, question, asked)
        employs = recipients.keep(cast.dana, Said(to, "employer", phone="970-555-0170", how="called them"))
        packet, version = planned(both, decision, employs, chosen=frozenset(one["id"] for one in items))
        send(cast.dana, BOOK, both.record, packet, confirmed(version, same=True))
    by_hand = accounting.Told(NOW.date(), "County police", "A threat", "To prevent harm", about=(str(second),))
    accounting.add(cast.dana, both.record, by_hand)
    accounting.add(cast.dana, both.record, replace(by_hand, who="The court", about=()))
    every = accounting.page(cast.dana, both.record).entries
    assert {one.told.who: one.told.about for one in every if one.outgoing} == {"Alpine Freight": (str(first),), "Alpine Freight, Denver": (str(second),)}
    monkeypatch.setattr(accounting, "_entries", lambda *args: tuple(replace(one, counted=True) for one in every))
    given: list[dict[str, Any]] = []
    monkeypatch.setattr(services.typeset, "letter", lambda kind, data: given.append(data) or PDF)
    for who, name, told in (
        (first, "Ada Lane", {"Alpine Freight", "The court"}),
        (second, "Bo Lane", {"Alpine Freight, Denver", "County police", "The court"}),
    ):
        assert {row["to"] for row in letters.accounting_of(cast.dana, both.record, who).rows} == told
        front("dana").post(f"/clients/{both.record}/accounting/list", person=str(who))
        assert {row["to"] for row in given[-1]["rows"]} == told and given[-1]["client"]["name"] == name
    for person in ({}, {"person": str(uuid4())}):
        assert front("dana").post(f"/clients/{both.record}/accounting/list", **person).status == 404
    page = front("dana").open(f"/clients/{both.record}/accounting")
    assert "Of Bo Lane alone" in page.words and "The list for Ada Lane as a PDF" in page.words and 'name="about"' in page.text
    assert 'name="about"' not in front("dana").open(f"/clients/{cast.cleo}/accounting").text


# --- round about --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["payer", "business_associate", "other_insurer", "benefits_agency", "anyone_else"])
def test_a_visit_paid_in_full_goes_to_nobody_for_payment_whatever_they_are_called(cast: Cast, kind: str) -> None:
    client = ada(cast)
    agree(cast.dana, client.record, NewRestriction((), ("payer",), self_pay=True, began=NOW.date()))
    kept = restricting.of(cast.dana, client.record)
    assert restricting.against(kept, recipient=kind, purpose="payment", klass="billing")
    for purpose in ("treatment", "legal_process", "client_request"):
        assert not restricting.against(kept, recipient=kind, purpose=purpose, klass="billing")
    for ours in ("client", "practice_staff", "parent"):
        assert not restricting.against(kept, recipient=ours, purpose="payment", klass="billing")


def test_a_clock_moved_back_lets_no_exchanged_recipient_through_and_makes_no_judgment_young(cast: Cast) -> None:
    client = ada(cast)
    to = health_plan(cast)
    decision = decided(client, **PAYER)
    packet, version = planned(client, decision, to)
    before = replace(cast.rita, now=NOW - timedelta(hours=2))
    recipients.keep(before, Said("Somebody else", "payer", mail="x@example.org", how="x"), to)
    with pytest.raises(Refused, match="list was changed"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()
    ahead = Gathered("threat.imminent", True, From.JUDGED, "judged", at=NOW + timedelta(days=2))
    assert is_aged(ahead, NOW) and not is_aged(replace(ahead, at=NOW + timedelta(minutes=1)), NOW)


def test_a_paper_that_somebody_else_signed_as_the_client_is_asked_about_before_it_is_kept(front: Sit, cast: Cast) -> None:
    path = f"/clients/{ada(cast).record}/authorizations/new"
    other = {**SAID, "signed_by": "client", "signer": "Bo Birch"}  # a paper that lies in the wrong record
    page = front("rita").open(path).send(path, **other)
    assert page.status == 422 and "right record" in page.words and 'name="own_name"' in page.text and not Authorization.objects.exists()
    assert 'name="own_name"' not in front("rita").open(path).text
    for said in ({"signer": "ADA  Lane"}, {"own_name": "on"}):
        assert "Ends in 5 days" in front("rita").open(path).send(path, **{**other, **said}).words
    beside = {**other, "signed_by": "parent", "signer": "Max Marsh", "also_as": "client", "also_signer": "Bo Birch"}
    assert front("rita").open(path).send(path, **beside).status == 422 and Authorization.objects.count() == 2


def test_who_knows_a_record_by_its_number_alone_reads_no_name_in_its_accounting(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    told = accounting.Told(NOW.date(), "Ada Lane", "The letter of Ada  Lane to her school", "Access", address="9 Canary Lane")
    accounting.add(cast.dana, client.record, told)
    page = front("petra").open(f"/clients/{client.record}/accounting")
    assert page.status == 200 and "to her school" in page.words and "Canary" not in page.text and "Ada" not in page.words
    assert "Canary" in front("dana").open(f"/clients/{client.record}/accounting").text


def test_what_is_marked_in_the_title_or_the_text_of_an_attached_file_does_not_leave(cast: Cast) -> None:
    client = ada(cast)
    body = b"Dear Dana. [[Beth Stone was arrested.]] She sleeps."
    paper = str(add_document(cast.dana, client.record, NewDocument("Letter about [[Beth Stone]] of May", "correspondence", body)))
    plan = Plan(chosen=frozenset({paper}))
    made = access.sheet(cast.dana, BOOK, client.record, to_provider(client), planned=plan).made
    (leaf,) = made.leaves
    assert "Stone" not in leaf.name and leaf.name.startswith("Letter about")
    said = text_of(cast.dana, made, leaf)
    assert "Stone" not in said and "[[" not in said and "She sleeps." in said


def test_a_part_2_consent_that_is_only_said_and_on_no_paper_opens_nothing(cast: Cast) -> None:
    client = ada(cast)
    sign_entry(cast.dana, client.record, NewEntry("session", NOW - timedelta(days=1), {"sud_records": "Drinks less."}))
    both = ada(cast, "couple")
    sign_entry(cast.dana, both.record, NewEntry("session", NOW - timedelta(days=1), {"sud_records": "They drink less."}))

    def outcomes(one: Any) -> set[str]:
        said = {"information": ["sud_records"], "part2.record": True, "part2.consent": ["treatment_payment_operations"], **PAYER}
        question, _ = put(cast.dana, one.record, said)
        return {part["outcome"] for part in decide(BOOK, question).to_dict()["parts"]}

    for one in (client, both):
        assert outcomes(one).isdisjoint({"permitted", "required"})
        signed_for(one)  # another paper is none
        assert outcomes(one).isdisjoint({"permitted", "required"})
    consent = paper_of("treating_provider", kind=TPO, signed_by="client", signer="Ada Lane", has=(*PART2, *PART2_TPO), purpose="treatment",
                       information=("sud_records",), by_class=True)  # fmt: skip
    record_authorization(cast.dana, client.record, consent)
    assert outcomes(client) == {"permitted"}


# --- with the database in hand ------------------------------------------------------------------------------------------


def test_the_check_names_what_was_told_taken_back_or_agreed_by_the_log_and_does_not_stand_in_the_tables(cast: Cast) -> None:
    client = ada(cast)
    paper, over = signed_for(client), signed_for(client, "school", ends=None, ends_with="when the school year ends")
    out = sent(client, *employer(client))
    outbox.settle(cast.dana, client.record, outbox.hand_out(cast.dana, BOOK, client.record, out) and out, sent=True)
    accounting.add(cast.dana, client.record, accounting.Told(NOW.date(), "County police", "A threat", "To prevent harm"))
    kept = agree(cast.dana, client.record, NewRestriction(("hiv",), ("parent",), self_pay=False, began=NOW.date()))
    revoke(cast.dana, client.record, paper, "On the phone")
    event_came(cast.dana, client.record, over)
    tie(cast.petra, client.record, cast.accounts["rita"].id, "barred")
    assert list(told_rows.wrong(cast.keys, NOW)) == []
    for deed, words in (
        (lambda: Disclosure.objects.filter(outgoing=out).delete(), ["let something go"]),
        (lambda: Disclosure.objects.filter(outgoing=None).delete(), ["wrote a row"]),
        (lambda: Outgoing.objects.filter(id=out).update(state="failed"), ["noted that something left"]),
        (lambda: Authorization.objects.filter(id=paper).update(revoked=None, how_revoked=b""), ["took a signed paper back"]),
        (lambda: Authorization.objects.filter(id=over).update(ended=None), ["noted that a signed paper ended"]),
        (lambda: Authorization.objects.filter(id=over).delete(), ["wrote down a signed paper", "noted that a signed paper ended"]),
        (lambda: Restriction.objects.filter(id=kept).delete(), ["agreed to a restriction"]),
        (lambda: Tie.objects.filter(kind="barred").update(kind="team"), ["shut somebody out"]),
    ):
        point = transaction.savepoint()
        deed()
        found = list(told_rows.wrong(cast.keys, NOW))
        assert len(found) == len(words) and all(f"of record {client.record} {one}" in line for one, line in zip(words, found, strict=True)), found
        transaction.savepoint_rollback(point)
    Disclosure.objects.all().delete()
    assert list(told_rows.wrong(cast.keys, NOW + timedelta(days=6 * 366))) == []  # kept long enough, and swept


def test_the_check_names_an_event_whose_open_columns_pages_ask_and_that_say_otherwise(cast: Cast) -> None:
    with transaction.atomic():
        trail.write(cast.practice.uid, cast.practice.uid, RESTORE, at=NOW, events=1, lacks=0, made=1)
    assert unlooked(cast.practice.uid)
    unguard(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE trail_event SET act = 'nothing.much' WHERE act = 'practice.restore'")
    guard(connection)
    assert not unlooked(cast.practice.uid)  # what leaves would leave again: so it has to be named
    found = verifying.Found()
    verifying._log(cast.practice, cast.keys, [], found)
    assert [line for line in found.wrong if "its columns were edited" in line]


def test_a_day_put_into_the_open_column_ends_no_restriction(cast: Cast) -> None:
    client = ada(cast)
    agree(cast.dana, client.record, NewRestriction(("attendance",), (), self_pay=False, began=NOW.date()))
    Restriction.objects.update(ended=NOW.date() - timedelta(days=3))
    assert restricting.against(restricting.of(cast.dana, client.record), recipient="employer", purpose="payment", klass="attendance")


def test_what_was_on_its_way_in_a_backup_that_is_brought_back_may_have_left_since(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ada(cast)
    signed_for(client)
    waits, shown = (sent(client, *employer(client)) for _ in "ab")
    outbox.hand_out(cast.dana, BOOK, client.record, shown)
    Outgoing.objects.update(claim=uuid4(), claimed_until=NOW + timedelta(hours=9))  # the server that has it stood in another folder
    monkeypatch.setattr(verifying.checkpoints, "sign", lambda *args: None)
    monkeypatch.setattr(verifying, "lacking", lambda *args: 0)
    verifying.note_restore(SimpleNamespace(opened=lambda practice: None), None, [], NOW, NOW - timedelta(days=1))  # type: ignore[arg-type]
    assert outbox.wake(NOW + timedelta(days=1)) == 0  # nor does the next start say that it did not leave
    assert {one.id: one.state for one in Outgoing.objects.all()} == {waits: "uncertain", shown: "uncertain"}
    assert {one.state for one in accounting.page(cast.dana, client.record).entries} == {"uncertain"}


def test_no_paper_is_taken_back_between_asking_the_law_and_leaving(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ada(cast)
    signed_for(client)
    to, held, real = employer(client), [], agreements.hold_still

    def holds(actor: Actor, record: UUID) -> None:
        with CaptureQueriesContext(connection) as asked:
            real(actor, record)
        waits = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
        held.append((connection.in_atomic_block, record, connection.vendor != "postgresql" or len(waits) == 3))

    monkeypatch.setattr(agreements, "hold_still", holds)
    out = sent(client, *to)
    made = outbox.hand_out(cast.dana, BOOK, client.record, out).link
    assert made and links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, NOW)
    Outgoing.objects.update(state="sending")
    outbox.copy(cast.dana, BOOK, client.record, out)
    assert held == [(True, client.record, True)] * 4


def test_a_command_refused_to_somebody_says_so_in_a_sentence(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.umask", lambda mask: mask)

    def refused(args: Namespace) -> int:
        raise NotAllowed("export practice")

    assert carefully(refused, Namespace(data=None, key=None, command="export")) == REFUSED
    assert "named with --by may not do this (export practice)" in capsys.readouterr().err


def test_an_owner_shut_out_of_a_record_exports_not_everything(cast: Cast, tmp_path: Path) -> None:
    tie(cast.petra, cast.cleo, cast.accounts["olga"].id, "barred")
    with pytest.raises(ShutOut, match="another owner"):
        export(cast.olga, tmp_path / "all", None)
    assert not (tmp_path / "all").exists()
