"""Part of `make drill`: a practice is kept while things go wrong. Each part prints one line; the figures go to docs/reference/drill-keep.md.

`python tools/drill_keep.py [--quick] [--kills 1000] [--canaries 1000]`. With --quick fewer of each, and nothing is written.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import os
import platform
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from throwaway import Throwaway  # noqa: E402

Row = tuple[str, str, str]


class Failed(AssertionError):
    """The drill found a fault."""


def need(true: bool, what: str) -> None:
    """Raise Failed unless it is true."""
    if not true:
        raise Failed(what)


def say(done: int, of: int, what: str) -> None:
    """Say how far it is, where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r{what}: {done} of {of}   ", end="" if done < of else "\n", file=sys.stderr, flush=True)


# --- canaries ------------------------------------------------------------------------------------------------------


def forms(canary: str) -> list[bytes]:
    """Return how a text may lie in bytes: as it is, in UTF-16, in hex, in base64 at each of three offsets."""
    plain = canary.encode()
    found = [plain, plain.lower(), plain.upper(), canary.encode("utf-16-le"), plain.hex().encode()]
    for shift in range(3):
        found.append(base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4])
    return found


def files_with(needles: dict[str, list[bytes]], folders: list[Path]) -> tuple[dict[str, set[str]], int]:
    """Return which canaries lie in which file, and how many bytes were read."""
    heads: dict[bytes, list[tuple[str, bytes]]] = {}
    for canary, ways in needles.items():
        for way in ways:
            heads.setdefault(way[:4], []).append((canary, way))
    found: dict[str, set[str]] = {}
    read = 0
    for folder in folders:
        for path in folder.rglob("*"):
            if not path.is_file():
                continue
            content = path.read_bytes()
            read += len(content)
            for head, rest in heads.items():
                if head in content:
                    for canary, way in rest:
                        if way in content:
                            found.setdefault(canary, set()).add(path.name)
    return found, read


def canaries(one: Throwaway, count: int) -> Iterator[Row]:
    """Write canaries into names, contacts, notes, drafts and titles, then look for them in every byte on the disk."""
    from privity.practice.records.services import keep_draft
    from privity.practice.site.backup import back_up

    drawn = random.Random(8)  # letters that stand in no other text, and can stand in a name
    made = ["Zqvxkw" + "".join(drawn.choices("bcdfghjklmnpqrstvwxyz", k=14)) for _ in range(count)]
    needles = {canary: forms(canary) for canary in made}
    third = count // 3
    records = []
    for number in range(third):
        contact = {"how": "mail", "to": f"{made[third + number]} street 1", "voicemail": False}
        records.append(one.client(made[number], [contact]))
        say(number + 1, third, "canaries")
    for number, canary in enumerate(made[2 * third :]):
        record = records[number % third]
        if number % 5:
            one.note(record, f"She said {canary} and was quiet.")
        else:
            keep_draft(one.dana, record, "session", {"progress_notes": f"half a {canary}"})
    back_up(one.keeping, one.config, one.now())
    log = one.folder / "log"
    log.mkdir()
    # A server that works beside, opens charts, and meets a fault: its log is searched too. It is killed, so that WAL and journal stay.
    code = f"""
import django; django.setup()
from uuid import UUID
from throwaway import *
from privity.practice.people.models import Account, Practice
from privity.practice.people.actor import Actor
from privity.practice.site.keeping import Keeping
from privity.practice.people import access, clients
from privity.practice.records import access as records
import os, signal, logging
from pathlib import Path
keeping = Keeping(Path({str(one.data)!r}), Path({str(one.keeping.key_file)!r}))
practice = Practice.objects.get()
now = Throwaway.now()
dana = Actor(UUID({str(one.dana.account)!r}), practice.uid, practice.pk, frozenset(["clinician"]), now, keeping.opened(practice))
print(len(clients.find(dana).records))
for record in {[str(record) for record in records[:50]]!r}:
    records.chart(dana, UUID(record))
    try:
        from privity.practice.people.services import NewPerson, NewRecord, add_record
        add_record(dana, NewRecord("individual", (NewPerson({made[0]!r}, contacts=({{"how": "phone", "to": "12"}},)),)))
    except Exception:
        logging.exception("a fault")
os.kill(os.getpid(), signal.SIGKILL)
"""
    temporary = one.folder / "tmp"
    temporary.mkdir()
    with (log / "out").open("wb") as out:
        env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tools'}", "TMPDIR": str(temporary)}
        subprocess.run([sys.executable, "-c", code], stdout=out, stderr=subprocess.STDOUT, env=env, check=False)
    need(b"a fault" in (log / "out").read_bytes(), "the fault of the drill was not logged: the drill itself is broken")
    control = one.folder / "control"
    control.write_bytes(b"\0" * 5000 + made[7].encode() + base64.b64encode(b"xx" + made[8].encode() + b"tail"))
    need(set(files_with(needles, [one.folder])[0]) == {made[7], made[8]} or not needles, f"the search finds {files_with(needles, [one.folder])[0]}")
    control.unlink()
    found, read = files_with(needles, [one.folder])
    need(not found, f"{len(found)} canaries lie open in {sorted({name for names in found.values() for name in names})}")
    names = sorted({path.name.rsplit(".", 1)[0] if ".backup" in path.name else path.name for path in one.data.iterdir()})
    need("privity.sqlite3-wal" in names, "there was no WAL to search")
    yield f"{count:,} canaries in names, contacts, notes and drafts", "0 bytes found", f"{read / 1e6:.0f} MB of databases, WAL, backups, logs, temporary files"


# --- kills ---------------------------------------------------------------------------------------------------------


def child(run: Callable[[], None], before_kill: float | None) -> list[str]:
    """Run in a process of its own, killed so many seconds after its first acknowledgement unless it ends; return the lines it acknowledged."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        os.dup2(writer, 1)
        with contextlib.suppress(BaseException):
            run()
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        first = said.readline()
        if before_kill is not None:
            time.sleep(before_kill)
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        lines = (first + said.read()).decode().split("\n")[:-1]
    os.waitpid(process, 0)
    return lines


def acknowledge(what: str, id: UUID) -> None:
    """Say that a write was done: one write call, so that it is said whole or not at all."""
    os.write(1, f"{what} {id}\n".encode())


def write_on(one: Throwaway, record: UUID) -> None:
    """Write until killed."""
    number = 0
    while True:
        number += 1
        if number % 4 == 0:
            acknowledge("record", one.client(f"Client {os.getpid()} {number}"))
        else:
            acknowledge("entry", one.note(record, f"note {number} " * 20))


def kills(one: Throwaway, count: int) -> Iterator[Row]:
    """Kill a writer again and again; look after each that everything it acknowledged is there, and after all that rows and events are one."""
    from privity.practice.people.models import Record

    record = one.client("The one of the kills")
    drawn, acknowledged = random.Random(3), {"entry": set(), "record": set()}
    for number in range(count):
        one.close()
        lines = child(lambda: write_on(one, record), drawn.uniform(0, 0.08))
        for line in lines:
            what, id = line.split()
            acknowledged[what].add(UUID(id))
        if number % 50 == 0 or number == count - 1:
            say(number + 1, count, "kills")
    there = set(_entries(one, record))
    need(acknowledged["entry"] <= there, f"{len(acknowledged['entry'] - there)} acknowledged entries are lost")
    records = set(Record.objects.values_list("id", flat=True))
    need(acknowledged["record"] <= records, "acknowledged records are lost")
    _one_event_each(one)
    _verified(one)
    total = len(acknowledged["entry"]) + len(acknowledged["record"])
    yield f"{count:,} writers killed", f"{total:,} acknowledged writes, 0 lost", "every row has its event, every event its row; the log is unbroken"


def _entries(one: Throwaway, record: UUID) -> set[UUID]:
    from privity.practice.records import access as records

    return {entry.id for entry in records.chart(one.dana, record).entries}


def _one_event_each(one: Throwaway) -> None:
    with contextlib.closing(sqlite3.connect(one.data / "privity.sqlite3")) as base:
        told = [base.execute(text).fetchone()[0] for text in (
            "SELECT count(*) FROM records_entry", "SELECT count(*) FROM trail_event WHERE act = 'entry.sign'",
            "SELECT count(*) FROM people_record", "SELECT count(*) FROM trail_event WHERE act = 'record.add'",
            "SELECT count(*) FROM records_entry WHERE id NOT IN (SELECT entry_id FROM records_part)",
        )]  # fmt: skip
    need(told[0] == told[1] and told[2] == told[3] and told[4] == 0, f"rows and events are not one: {told}")


def _verified(one: Throwaway) -> None:
    from privity.practice.site.verifying import verify

    found = verify(one.keeping, one.config, one.now(), made=one.now())
    need(not found.wrong, "; ".join(found.wrong[:3]))


# --- full disk, lost log, wrong key, moved rows -----------------------------------------------------------------------


def full_disk(one: Throwaway) -> Iterator[Row]:
    """Let the disk fill up under a writer, and under a reader."""
    from privity.practice.people import access

    record = one.client("The one of the full disk")
    size = max((one.data / name).stat().st_size for name in ("privity.sqlite3", "privity.sqlite3-wal") if (one.data / name).exists())
    one.close()
    limit = size + 300_000

    def fill() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        written = 0
        while True:
            try:
                acknowledge("entry", one.note(record, "a long day " * 2000))
                written += 1
            except Exception as fault:
                os.write(1, f"{type(fault).__name__} {UUID(int=0)}\n".encode())
                break
        for _ in range(5000):  # the last few bytes still hold some events
            try:
                access.client(one.dana, record)
                os.write(1, f"shown {UUID(int=0)}\n".encode())
            except Exception as fault:
                os.write(1, f"refused-{type(fault).__name__} {UUID(int=0)}\n".encode())
                break

    lines = child(fill, None)
    said = [line.split()[0] for line in lines]
    written = {UUID(line.split()[1]) for line in lines if line.startswith("entry")}
    need("OperationalError" in said or "DatabaseError" in said, f"the full disk was not met: {said[-3:]}")
    need(said[-1].startswith("refused"), "the full disk was never met by a look")
    with contextlib.closing(sqlite3.connect(one.data / "privity.sqlite3")) as base:
        looks = base.execute("SELECT count(*) FROM trail_event WHERE act = 'client.open'").fetchone()[0]
    need(said.count("shown") == looks, f"{said.count('shown')} looks were shown, and the log holds {looks}")
    need(written == _entries(one, record), "what was acknowledged before the disk was full is not what is there")
    _one_event_each(one)
    _verified(one)
    yield f"the disk full after {len(written)} writes", "0 lost, 0 half written", "the next write and the next look are refused; with room again all goes on"


def lost_log(one: Throwaway, folder: Path) -> Iterator[Row]:
    """Take the log away, whole and in part."""
    from django.db import DatabaseError, connection

    from privity.practice.people import access, clients

    record = one.client("The one of the lost log")
    connection.cursor().execute("ALTER TABLE trail_event RENAME TO taken_away")
    for look in (lambda: clients.find(one.dana).records, lambda: access.client(one.dana, record), lambda: one.note(record, "x")):
        try:
            look()
        except DatabaseError:
            continue
        raise Failed("something was shown or written without a log")
    connection.cursor().execute("ALTER TABLE taken_away RENAME TO trail_event")
    _verified(one)
    from privity.practice.trail import checkpoints

    checkpoints.sign(one.keeping.opened(one.practice), one.now())
    one.close()
    shutil.copytree(one.data, folder / "cut")
    with contextlib.closing(sqlite3.connect(folder / "cut" / "privity.sqlite3")) as base, base:
        # whoever has the file has its triggers too
        for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail_event'").fetchall():
            base.execute(f"DROP TRIGGER {trigger}")
        base.execute("DELETE FROM trail_event WHERE n = (SELECT max(n) - 3 FROM trail_event)")
    done = _command("verify", "--data", str(folder / "cut"))
    need(done.returncode == 1 and "the log was tampered with: deleted" in done.stdout, f"a deleted event was not named: {done.stdout}")
    yield "the log taken away", "nothing shown, nothing written", "one event deleted: named by privity verify"


def moved_rows(one: Throwaway, count: int) -> Iterator[Row]:
    """Move sealed values between rows, and open everything with another root key."""
    from privity.practice.people.access import place_of_about
    from privity.practice.people.models import Record
    from privity.practice.site.keeping import Keeping
    from privity.vault import Use, WillNotOpen, open_text
    from privity.vault.providers import KeyFile

    rows = list(Record.objects.values_list("id", "about", "version"))[:400]
    keys = one.dana.keys.keys([row[0] for row in rows], Use.RECORD)
    drawn, refused = random.Random(5), 0
    for _ in range(count):
        (here, _, version), (other, about, _) = drawn.sample(rows, 2)
        for key in (keys[here], keys[other]):
            try:
                open_text(about, with_=key, bound_to=place_of_about(one.dana, here, version))
            except WillNotOpen:
                refused += 1
    need(refused == 2 * count, f"{2 * count - refused} moved values opened")
    path = one.folder / "other.json"
    KeyFile(path, data=one.data).create()
    strange = Keeping(one.data, path)
    strange.keys(one.practice)
    need("which was not given" in strange.why_locked, f"another root key was not refused: {strange.why_locked}")
    yield f"{count:,} sealed values moved to another row", "100 % refused", "with the row's own key and with the other's; another root key opens nothing"


# --- restore and shred ----------------------------------------------------------------------------------------------


def _command(*words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run([sys.executable, "-m", "privity", *words], capture_output=True, text=True, env=env, check=False)


def restore_and_shred(one: Throwaway, folder: Path, count: int) -> Iterator[Row]:
    """Back up, shred half, and bring every backup back with every key backup that is still alive."""
    from privity.practice.site import restoring
    from privity.practice.site.backup import back_up, backups, prune
    from privity.practice.site.shredding import shred_record, sweep_all
    from privity.vault import Use
    from privity.vault.faults import NoSuchKey

    kept, gone = [one.client(f"Kept {n}") for n in range(count)], [one.client(f"Gone {n}") for n in range(count)]
    for record in (*kept, *gone):
        one.note(record, "a note that ends")
    old = back_up(one.keeping, one.config, one.now())
    for record in gone:
        shred_record(replace(one.owner, now=one.now()), record, one.config)
    drawn = random.Random(2)

    def swept() -> None:
        acknowledge("sweep", UUID(int=0))
        sweep_all(one.keeping, one.config, one.now())

    for _ in range(10):  # the sweep itself is killed, and goes on
        one.close()
        child(swept, drawn.uniform(0, 0.4))
    sweep_all(one.keeping, one.config, one.now())
    need(len(list((one.data / "certificates").iterdir())) == count, "not every shred has its certificate")
    held = one.keeping.opened(one.practice)
    for record in gone:
        try:
            held.key(record, Use.RECORD)
            raise Failed("a shredded record has a key")
        except NoSuchKey:
            continue
    held.keys(kept, Use.RECORD)
    new = back_up(one.keeping, one.config, one.now())
    one.close()
    key, began = ["--key", str(one.keeping.key_file)], time.perf_counter()
    # The old data with the keys as they are now: what was shredded stays closed, the rest opens.
    done = _command("restore", "--data", str(folder / "old"), *key, "--backups", one.config.backups, "--from", str(old.data), "--keys-from", str(new.keys))
    closed = f"{count} records were shredded after this backup and stay closed"
    need(done.returncode == 0 and closed in done.stdout, f"old data, new keys: {done.stdout[-600:]}")
    done = _command("restore", "--data", str(folder / "new"), *key, "--backups", one.config.backups)
    took = time.perf_counter() - began
    need(done.returncode == 0, f"the newest backup does not come back: {done.stdout[-600:]} {done.stderr[-300:]}")
    # On the certificate's day the last key backup that held them is gone, and nothing that is left brings one back.
    later = one.now() + timedelta(days=one.config.key_backups_days + 1)
    prune(one.config, later)
    need(not backups(one.config, "keys"), "a backup of the keys outlived the certificate's day")
    try:
        restoring.newest(Path(one.config.backups), "keys")
        raise Failed("there is a backup of the keys after the effective day")
    except restoring.CannotRestore:
        pass
    what = f"{count} of {2 * count} records shredded, swept, and every backup brought back"
    yield what, "0 opened, 0 others lost", f"the sweep killed ten times; two restores in {took:.1f} s"


# --- all of it ---------------------------------------------------------------------------------------------------------


def page(rows: list[Row]) -> str:
    """Return the figures as a page."""
    where = f"{platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    lines = ["# Drill: a practice on bad days", "", f"Written by `python tools/drill_keep.py`, which `make drill` runs. {where}.", ""]
    lines += ["| what was done | what came of it | how it was seen |", "|---|---|---|", *(f"| {what} | {came} | {seen} |" for what, came, seen in rows)]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run every part; 1 when one finds a fault."""
    parser = argparse.ArgumentParser(description="a practice on bad days")
    parser.add_argument("--quick", action="store_true", help="fewer of each; writes nothing")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--canaries", type=int, default=1000)
    args = parser.parse_args()
    count = args.kills or (20 if args.quick else 1000)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="privity-drill-") as name:
        folder, elsewhere = Path(name) / "practice", Path(name) / "elsewhere"
        folder.mkdir()
        elsewhere.mkdir()
        one = Throwaway(folder)
        parts = (
            canaries(one, args.canaries if not args.quick else 90), kills(one, count), full_disk(one), lost_log(one, elsewhere),
            moved_rows(one, 100 if args.quick else 10_000), restore_and_shred(one, elsewhere, 5 if args.quick else 50),
        )  # fmt: skip
        try:
            for part in parts:
                for row in part:
                    rows.append(row)
                    print(": ".join(row), flush=True)
        except Failed as fault:
            print(f"FAILED: {fault}")
            return 1
    if not args.quick:
        (ROOT / "docs" / "reference" / "drill-keep.md").write_text(page(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
