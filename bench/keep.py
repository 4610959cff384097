"""`make bench`, the practice's part: sealed against unsealed on the real tables, appends, keys wrapped anew, backup and restore.

`python bench/keep.py [--quick]`. Writes docs/reference/bench-keep.md, unless --quick.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from throwaway import Throwaway  # noqa: E402

NOTE = "She slept better, and said so before she sat down. " * 60  # 3 kB
Row = tuple[str, str, str]


def taken(run: Callable[[], object], times: int) -> float:
    """Return the median seconds of one run."""
    found = []
    for _ in range(times):
        before = time.perf_counter()
        run()
        found.append(time.perf_counter() - before)
    return statistics.median(found)


def ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1e3:.2f} ms"


def unsealed_note(one: Any, record: UUID) -> None:
    """Do what signing an entry does, without a key: the same gate, the same rows, the same event but for its commitments."""
    from django.db import transaction

    from privity.practice.people.access import require
    from privity.practice.records.models import Draft, Entry, Part
    from privity.practice.trail import services as trail

    id = uuid4()
    require(one.dana, record, "write", "chart")
    with transaction.atomic():
        require(one.dana, record, "write", "chart")
        Entry.objects.create(
            id=id, practice_id=1, record_id=record, kind="session", author_id=one.dana.account, began=one.dana.now, modality="", signed=one.dana.now
        )  # fmt: skip
        Part.objects.bulk_create([Part(practice_id=1, entry_id=id, record_id=record, klass="progress_notes", body=NOTE.encode())])
        Draft.objects.filter(record_id=record, author_id=one.dana.account, kind="session").delete()
        trail.write(one.dana.practice, one.dana.account, "entry.bench", at=one.dana.now)


def unsealed_chart(one: Any, record: UUID) -> None:
    """Do what reading a chart does, without opening: the same gate, the same rows, one event."""
    from django.db import transaction

    from privity.practice.people.access import require
    from privity.practice.people.models import Participant, Person, Record
    from privity.practice.records.models import Entry, Part
    from privity.practice.trail import services as trail

    with transaction.atomic():
        require(one.dana, record, "see", "chart")
        [bytes(body).decode("latin-1") for _, _, _, body in Part.objects.filter(record_id=record, practice_id=1).values_list("id", "entry_id", "klass", "body")]
        list(Entry.objects.filter(record_id=record, practice_id=1).order_by("-began", "-signed"))
        list(Record.objects.filter(practice_id=1, id__in=[record]).values_list("id", "kind", "about", "version", "closed"))
        parts = list(Participant.objects.filter(record_id__in=[record], ended=None).order_by("id").values_list("record_id", "part", "person_id"))
        list(Person.objects.filter(practice_id=1, id__in=[row[2] for row in parts]).values_list("id", "identity", "version"))
        trail.write(one.dana.practice, one.dana.account, "chart.bench", at=one.dana.now)


def sealed_and_not(one: Any, times: int) -> list[Row]:
    """Return how much sealing costs on the real tables, each way with its gate, its event and its commit."""
    from privity.practice.records import access as records

    mine, other = one.client("The sealed one"), one.client("The other one")
    for _ in range(20):
        one.note(mine, NOTE)
        unsealed_note(one, other)
    # By turns, so that whatever else this machine does falls on both.
    write, bare_write = (taken(lambda: one.note(mine, NOTE), times), taken(lambda: unsealed_note(one, other), times))
    fresh, bare = one.client("Twenty sealed"), one.client("Twenty bare")
    for _ in range(20):
        one.note(fresh, NOTE)
        unsealed_note(one, bare)
    read, bare_read = taken(lambda: records.chart(one.dana, fresh), times), taken(lambda: unsealed_chart(one, bare), times)
    return [
        ("write a note of 3 kB: unsealed / sealed", f"{ms(bare_write)} / {ms(write)}", f"{write / bare_write:.2f} x unsealed"),
        ("read a chart of 20 such notes: unsealed / sealed", f"{ms(bare_read)} / {ms(read)}", f"{read / bare_read:.2f} x unsealed"),
    ]


def bare(path: Path, times: int) -> float:
    """Return the seconds of the least that SQLite can keep durably here: one small row and its commit, set up as the practice's database is."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE one (n INTEGER PRIMARY KEY, b BLOB)")
    return taken(lambda: connection.execute("INSERT INTO one (b) VALUES (?)", (os.urandom(600),)), times)


def appending(one: Any, times: int) -> list[Row]:
    """Return how many events a second are appended, each with its commit, beside what the disk alone takes."""
    from django.db import transaction

    from privity.practice.trail import services as trail
    from privity.vault import Use

    record = one.client("The one of the log")
    key = one.dana.keys.key(record, Use.RECORD)

    def append() -> None:
        with transaction.atomic():
            trail.write(one.dana.practice, one.dana.account, "chart.read", at=one.dana.now, about=[(key, record)])

    # By turns, so that whatever else this machine does falls on both.
    turns = [(taken(append, times // 5), bare(one.folder / f"bare{turn}", times // 5)) for turn in range(5)]
    each, least = (statistics.median(turn[which] for turn in turns) for which in (0, 1))
    said = f"{1 / each:,.0f} a second; at least 300. A bare row on this disk: {ms(least)}"
    return [("append one event about a record, with its commit", ms(each), said)]


def many(one: Any, count: int) -> list[Row]:
    """Return the figures of a practice of many clients: names, keys, backup, restore."""
    from django.db import transaction

    from privity.practice.people import access, clients
    from privity.practice.site.backup import back_up
    from privity.vault.rotate import rotate_practice_key

    shown = time.monotonic()
    for start in range(0, count, 100):
        with transaction.atomic(), transaction.atomic("keys"):  # only to be sooner done: what is measured comes after
            for number in range(start, start + 100):
                record = one.client(f"Client {number}")
                if number % 5 == 0:
                    one.note(record, NOTE)
        if time.monotonic() - shown > 2 and sys.stderr.isatty():
            shown = time.monotonic()
            print(f"\r{start:,} of {count:,} clients", end="", file=sys.stderr)
    names = taken(lambda: access.identities(one.dana, list(_people())), 3)
    first, listed = (taken(lambda: clients.find(one.dana), times) for times in (1, 20))
    found = taken(lambda: clients.find(one.dana, "cli 77"), 20)
    held, start = one.keeping.opened(one.practice), time.perf_counter()
    rotate_practice_key(held.store, held.keyring, one.keeping.roots())
    rotated = time.perf_counter() - start
    start = time.perf_counter()
    back_up(one.keeping, one.config, one.now())
    backed = time.perf_counter() - start
    size = sum(path.stat().st_size for path in Path(one.config.backups).rglob("*.backup"))
    one.close()
    start = time.perf_counter()
    line = ["--data", str(one.folder / "again"), "--key", str(one.keeping.key_file), "--backups", one.config.backups]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-m", "privity", "restore", *line], capture_output=True, text=True, env=env)
    restored = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return [
        (f"open the names of {count:,} clients, keys and all", f"{names:.2f} s", ""),
        (f"the list of {count:,} clients with its event: the first look after the unlock, which opens every name", f"{first:.2f} s", ""),
        (f"the list of {count:,} clients, each look after that", ms(listed), f"{first / listed:,.0f} times sooner than the first"),
        (f"a search by name among {count:,} clients", ms(found), ""),
        (f"wrap {count * 2:,} keys anew under a new practice key, in the key store", f"{rotated:.2f} s", "at most 10 s for 10,000"),
        (f"back up {count:,} clients", f"{backed:.2f} s", f"{size / 1e6:.0f} MB"),
        (f"restore {count:,} clients, checksum, log and every record checked", f"{restored:.1f} s", "at most 900 s for 10,000"),
    ]


def _people() -> Any:
    from privity.practice.people.models import Person

    return Person.objects.values_list("id", flat=True)


def page(rows: list[Row]) -> str:
    """Return the figures as a page."""
    where = f"{platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    if (load := os.getloadavg()[2]) > 1.5:
        where += f". The machine was busy with other work too ({load:.1f} programs at once on average, this one among them)"
    lines = ["# Bench: a practice", "", f"Written by `python bench/keep.py`. {where}. One run; the ratios hold where the times do not.", ""]
    lines += ["| what | figure | against |", "|---|---|---|", *(f"| {what} | {figure} | {against} |" for what, figure, against in rows)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures, and write the page unless --quick."""
    parser = argparse.ArgumentParser(description="a practice's figures")
    parser.add_argument("--quick", action="store_true", help="100 clients and few runs; writes nothing")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="privity-bench-") as name:
        one = Throwaway(Path(name))
        times = 20 if quick else 300
        rows = [*sealed_and_not(one, times), *appending(one, times), *many(one, 100 if quick else 10_000)]
    for what, figure, against in rows:
        print(f"{what:75} {figure:24} {against}")
    if not quick:
        (ROOT / "docs" / "reference" / "bench-keep.md").write_text(page(rows), "utf-8")


if __name__ == "__main__":
    main()
