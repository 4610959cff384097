"""The log on the database: signed each day, refused to whoever would change it, and found out where somebody did."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from privity.cli.main import main
from privity.practice.keys.opening import first_keys
from privity.practice.people import access, clients, glass
from privity.practice.people.models import Practice
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.site.config import Config
from privity.practice.site.day import Day
from privity.practice.site.keys_origin import pages_line
from privity.practice.site.shredding import shred_record
from privity.practice.site.verifying import Found, _marks
from privity.practice.trail import checkpoints, marks, services
from privity.practice.trail.guards import TABLES, guard, unguard
from privity.practice.trail.models import About, Event, SignedCheckpoint
from privity.vault.faults import ProofFails
from privity.vault.log import MemoryLog, append_line
from privity.vault.providers import KeyFile

from .conftest import NOW, PROFILE, Cast
from .front import Front, open_doors


def told(*words: str | Path) -> tuple[int, str]:
    """What a command says, and its status."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        status = main([*map(str, words)])
    return status, out.getvalue()


def looks(cast: Cast, count: int) -> None:
    for _ in range(count):
        access.client(cast.rita, cast.cleo)


# --- the database refuses ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {} SET practice = practice", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_take_out_or_replace_what_was_written(cast: Cast, table: str, act: str) -> None:
    checkpoints.checkpoint(cast.keys, NOW)
    if ("REPLACE" if connection.vendor == "postgresql" else "TRUNCATE") in act:
        pytest.skip("this database has no such statement")
    before = Event.objects.count(), SignedCheckpoint.objects.count()
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, table))
    assert (Event.objects.count(), SignedCheckpoint.objects.count()) == before


def test_an_entry_of_another_number_in_an_entrys_place_is_refused_too(cast: Cast) -> None:
    given = [cast.practice.uid.hex, 2]
    query = "INSERT OR REPLACE INTO trail_event (practice, n, at, actor, act, line, hashes) VALUES (%s, %s, '', '', '', '', '')"
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, given)


# --- signing -----------------------------------------------------------------------------------------------------


def test_the_log_is_signed_at_the_first_request_of_a_day_and_not_again(cast: Cast) -> None:
    for moment in (NOW, NOW + timedelta(minutes=5), NOW + timedelta(days=1)):
        with open_doors(moment, cast.keys):
            Front(cast.accounts["dana"].id, moment).get("/trail")
    assert [row.at for row in SignedCheckpoint.objects.order_by("size")] == [NOW, NOW + timedelta(days=1)]


def test_a_checkpoint_says_which_pages_the_keys_origin_gives_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checkpoints.checkpoint(cast.keys, NOW)
    assert first.note.splitlines()[3] == pages_line()
    assert checkpoints.checkpoint(cast.keys, NOW).id == first.id
    monkeypatch.setattr(checkpoints, "SAID", [lambda: "pages " + "0" * 64])
    assert checkpoints.checkpoint(cast.keys, NOW).id != first.id  # other pages, the same log: signed anew


def test_a_restart_on_the_same_day_signs_nothing_anew(cast: Cast) -> None:
    Day().begins(cast.keys, NOW)
    looks(cast, 2)
    Day().begins(cast.keys, NOW + timedelta(minutes=1))
    assert SignedCheckpoint.objects.count() == 1


def test_the_officer_seals_the_log_and_reads_its_64_characters(cast: Cast) -> None:
    with open_doors(NOW, cast.keys):
        front = Front(cast.accounts["petra"].id, NOW)
        assert front.post("/trail/sign").where() == "/trail"
        page = front.get("/trail")
    newest = SignedCheckpoint.objects.order_by("-size")[0]
    assert Event.objects.filter(practice=cast.practice.uid, n=newest.size - 1).values_list("act", flat=True)[0] == "log.sign"
    shown = re.search(r'class="hash seal">([0-9a-f ]+)<', page.text)
    assert shown
    assert checkpoints.hashes(cast.practice.uid)
    lines = list(checkpoints.lines(cast.practice.uid))[: newest.size]
    from privity.vault.log import root

    assert shown[1].replace(" ", "") == root(MemoryLog(lines)).hex()


def test_a_log_that_does_not_continue_its_checkpoint_is_not_signed_over(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    looks(cast, 5)
    checkpoints.checkpoint(cast.keys, NOW)
    rewrite(cast, [line.replace(b"account.add", b"account.end") for line in checkpoints.lines(cast.practice.uid)])
    with pytest.raises(ProofFails, match="does not continue"):
        checkpoints.checkpoint(cast.keys, NOW)
    Day().begins(cast.keys, NOW + timedelta(days=1))
    assert "does not continue" in caplog.text
    with open_doors(NOW, cast.keys):
        page = Front(cast.accounts["petra"].id, NOW).post("/trail/sign")
    assert page.status == 409
    assert "does not continue" in page.words


def test_where_an_entry_was_taken_out_nothing_more_is_shown_and_it_is_said_why(cast: Cast) -> None:
    looks(cast, 3)
    unguard(connection)
    Event.objects.filter(practice=cast.practice.uid).order_by("-n")[0].delete()
    guard(connection)
    with open_doors(NOW, cast.keys):
        pages = [Front(cast.accounts["dana"].id, NOW).get("/trail") for _ in range(2)]
    assert {page.status for page in pages} == {503}
    assert "somebody took it out" in pages[0].words


def rewrite(cast: Cast, lines: list[bytes]) -> None:
    """Put other entries in the log's place, with hashes made anew, as somebody with the database and this program would."""
    log = MemoryLog()
    for line in lines:
        append_line(log, log.size(), line)
    unguard(connection)
    Event.objects.filter(practice=cast.practice.uid).delete()
    for n, line in enumerate(log.lines):
        Event.objects.create(practice=cast.practice.uid, n=n, at=NOW, actor=cast.practice.uid, act="x", line=line, hashes=log.hashes(n))
    guard(connection)


# --- written out and checked by somebody else ----------------------------------------------------------------------


@pytest.fixture
def kept(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The one practice of this machine with a root key in its file, and a log of a dozen events, signed after eight."""
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, key_file=str(tmp_path / "root" / "root.json")))
    (tmp_path / "root").mkdir(mode=0o700)
    root = KeyFile(tmp_path / "root" / "root.json", data=Path(settings.DATA)).create()
    practice = Practice.objects.create(pk=Practice.THE_ONE, **PROFILE)
    keys = first_keys(practice.uid, root)
    for number in range(12):
        if number == 8:
            checkpoints.checkpoint(keys, NOW)
        with transaction.atomic():
            services.write(practice.uid, practice.uid, "clients.list", at=NOW + timedelta(seconds=number))
    yield practice


def test_an_unbroken_log_is_written_out_and_checks(kept: Practice, tmp_path: Path) -> None:
    status, words = told("log", "export", tmp_path / "copy")
    assert (status, words) == (0, f"wrote 12 events and 2 checkpoints to copy; check them with: privity log check {tmp_path / 'copy'}\n")
    status, words = told("log", "check", tmp_path / "copy")
    assert status == 0
    assert words.startswith("unbroken: 12 of 12 events fit their checkpoint")


def test_a_folder_that_holds_something_is_left_alone(kept: Practice, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "old").write_text("x")
    status, words = told("log", "export", tmp_path / "copy")
    assert status == 2
    assert "is not empty" in words


def test_without_a_root_key_one_sentence_says_so(kept: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, key_file=str(tmp_path / "nowhere" / "root.json")))
    status, words = told("log", "export", tmp_path / "copy")
    assert status == 2
    assert "the practice is locked" in words
    assert len(words.splitlines()) == 1


def edit(cursor: Any) -> None:
    cursor.execute("SELECT line FROM trail_event WHERE n = 5")
    line = bytes(cursor.fetchone()[0]).replace(b"clients.list", b"clients.lost")
    cursor.execute("UPDATE trail_event SET line = %s WHERE n = 5", [line])


def insert(cursor: Any) -> None:
    cursor.execute("UPDATE trail_event SET n = n + 100 WHERE n > 5")
    columns = "at, actor, act, line, hashes"
    cursor.execute(f"INSERT INTO trail_event (practice, n, {columns}) SELECT practice, 6, {columns} FROM trail_event WHERE n = 3")
    cursor.execute("UPDATE trail_event SET n = n - 99 WHERE n > 100")


def delete(cursor: Any) -> None:
    cursor.execute("DELETE FROM trail_event WHERE n = 4")


def reorder(cursor: Any) -> None:
    cursor.execute("SELECT line FROM trail_event WHERE n IN (2, 6) ORDER BY n DESC")
    for n, (line,) in zip((2, 6), cursor.fetchall(), strict=True):
        cursor.execute("UPDATE trail_event SET line = %s WHERE n = %s", [bytes(line), n])


def cut_off(cursor: Any) -> None:
    cursor.execute("DELETE FROM trail_event WHERE n > 5")
    cursor.execute("UPDATE trail_head SET size = 6")


def hide(cursor: Any) -> None:
    cursor.execute("UPDATE trail_event SET act = 'draft.keep' WHERE n = 5")


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        (edit, "edited: event 5 was edited"), (insert, "inserted: the event at 6 was slipped in"), (delete, "deleted: event 4 was taken out"),
        (reorder, "was moved and now stands at"), (cut_off, "cut off: events 6 to 7 were cut off at the end"),
    ],
)  # fmt: skip
def test_what_somebody_with_the_database_did_is_named(kept: Practice, tmp_path: Path, attack: Callable[[Any], None], named: str) -> None:
    unguard(connection)
    with connection.cursor() as cursor:
        attack(cursor)
    guard(connection)
    told("log", "export", tmp_path / "copy")
    status, words = told("log", "check", tmp_path / "copy")
    assert status == 1
    assert named in words
    assert "TAMPERED" in words


def test_an_entry_that_pages_show_otherwise_is_named_by_the_export(kept: Practice, tmp_path: Path) -> None:
    unguard(connection)
    with connection.cursor() as cursor:
        hide(cursor)
    status, words = told("log", "export", tmp_path / "copy")
    assert status == 1
    assert "odd: event 5 is shown on pages otherwise than the log has it" in words


def by_hand(sql: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [one.hex if isinstance(one, UUID) and connection.vendor == "sqlite" else one for one in given])


def test_the_marks_of_an_untouched_log_are_those_of_its_entries(cast: Cast) -> None:
    clients.find(cast.rita)
    glass.break_glass(cast.omar, "danger", "She called from a bridge.", "Nobody Here", date(1990, 1, 1))  # about nobody, under his own key
    assert list(marks.wrong(cast.keys)) == []


def test_an_event_hidden_from_one_clients_trail_is_named(cast: Cast) -> None:
    access.client(cast.rita, cast.cleo)
    n = Event.objects.filter(practice=cast.practice.uid).count() - 1
    by_hand("DELETE FROM trail_about WHERE n = %s AND record = %s", n, cast.cleo)
    assert list(marks.wrong(cast.keys)) == [f"event {n} is about record {cast.cleo}, and pages do not show it there: its mark was taken out of the table"]
    found = Found()
    _marks(cast.keys, found)
    assert len(found.wrong) == 1 and not found.good


def test_an_event_put_into_a_trail_by_hand_is_named(cast: Cast) -> None:
    other = add_record(cast.dana, NewRecord("individual", (NewPerson("Noor Haddad"),)))
    access.client(cast.rita, other)
    n = Event.objects.filter(practice=cast.practice.uid).count() - 1
    for record, place in ((cast.cleo, n), (uuid4(), n), (cast.cleo, 10_000)):
        About.objects.create(practice=cast.practice.uid, record=record, n=place)
    said = sorted(marks.wrong(cast.keys))
    assert [line.split(" is ")[0] for line in said] == ["1 marks of records stand for events that are not there: they were added by hand", *[f"event {n}"] * 2]
    assert any(f"record {cast.cleo}, and its entry does not say so" in line for line in said)


def test_a_mark_moved_to_another_record_is_both_missing_and_added(cast: Cast) -> None:
    other = add_record(cast.dana, NewRecord("individual", (NewPerson("Noor Haddad"),)))
    n = Event.objects.filter(practice=cast.practice.uid).count() - 1
    by_hand("UPDATE trail_about SET record = %s WHERE n = %s", cast.cleo, n)
    said = list(marks.wrong(cast.keys))
    assert len(said) == 2 and str(cast.cleo) in said[0] and str(other) in said[1]


def test_a_shredded_record_is_missed_by_nobody(cast: Cast) -> None:
    access.client(cast.rita, cast.cleo)
    shred_record(replace(cast.petra, keys=cast.keys), cast.cleo, Config.of(Path(settings.DATA)))
    assert list(marks.wrong(cast.keys)) == []


def test_a_hidden_mark_is_named_by_the_export_of_the_log(kept: Practice, tmp_path: Path) -> None:
    About.objects.create(practice=kept.uid, record=uuid4(), n=3)
    status, words = told("log", "export", tmp_path / "copy")
    assert status == 1 and "odd: event 3 is shown in the trail of record" in words


def test_a_log_rewritten_whole_and_shorter_is_found_by_a_checkpoint_kept_elsewhere(kept: Practice, tmp_path: Path) -> None:
    told("log", "export", tmp_path / "kept")
    unguard(connection)
    with connection.cursor() as cursor:
        cut_off(cursor)
        cursor.execute("DELETE FROM trail_signedcheckpoint")
    told("log", "export", tmp_path / "copy")
    assert told("log", "check", tmp_path / "copy")[0] == 0
    status, words = told("log", "check", tmp_path / "copy", "--kept", tmp_path / "kept" / "checkpoints" / f"{12:012}.note")
    assert status == 1
    assert "rolled back to an earlier state" in words
