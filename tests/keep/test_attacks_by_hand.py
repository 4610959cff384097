"""An attacker who has the commands, the database file, or a second process: what the check names, and what does not leave."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from privity.cli.practice import REFUSED, carefully
from privity.practice.agreements import access as agreements
from privity.practice.agreements.models import Authorization, Restriction
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.agreements.services import event_came, revoke
from privity.practice.people.access import NotAllowed
from privity.practice.people.actor import Actor
from privity.practice.people.models import Tie
from privity.practice.people.restored import RESTORE, unlooked
from privity.practice.people.services import tie
from privity.practice.releases import accounting, links, outbox, restricting, services
from privity.practice.releases.models import Disclosure, Outgoing
from privity.practice.site import told_rows, verifying
from privity.practice.site.exporting import ShutOut, export
from privity.practice.trail import services as trail
from privity.practice.trail.guards import guard, unguard

from .agreed import PDF
from .conftest import NOW, Cast
from .front import Front
from .releasing import BOOK, ada, employer, sent, signed_for

Sit = Callable[[str], Front]


@pytest.fixture(autouse=True)
def typeset_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "composed", lambda *args: PDF)


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
