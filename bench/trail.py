"""`make bench`, the trail's part: a practice's log of a million events over twelve months, sorted and filtered by everything a page offers.

`python bench/trail.py [--quick] [--folder FOLDER]`. Writes docs/reference/bench-trail.md, unless --quick. The events are true ones: hashed, committed
under their records' keys, appended by the log's own code. On SQLite, in a scratch folder that is removed.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]
BAR = 2.0  # seconds, for each of them
END = datetime(2026, 11, 20, tzinfo=UTC)
ACTS = (
    ("chart.read", 40), ("client.open", 12), ("clients.list", 8), ("entry.sign", 10), ("draft.keep", 18), ("draft.read", 4), ("visit.check_in", 5),
    ("tie.team", 1), ("tie.shared", 1), ("record.add", 1),
)  # fmt: skip
RARE = ("glass.break", "tie.barred")


class Hashes:
    """The log's storage as far as its tree needs it."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def size(self) -> int:
        """Return the number of entries."""
        return len(self.kept)

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry."""
        return self.kept[index]

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Keep an entry's hashes."""
        self.kept.append(hashes)


def fill(events: int, clients: int, staff: int) -> tuple[UUID, list[UUID], list[UUID]]:
    """Return the practice, its accounts and its records, after writing its log; a clinician's clients are every thirtieth."""
    from django.db import connection, transaction

    from privity.practice.trail.models import About, Event, Head
    from privity.vault import Key
    from privity.vault.log import append, event

    chance = random.Random(7)
    practice, accounts = uuid4(), [uuid4() for _ in range(staff)]
    records = [(uuid4(), Key.random()) for _ in range(clients)]
    words, weights = [act for act, _ in ACTS], [weight for _, weight in ACTS]
    indexes = [(index, model) for model in (Event, About) for index in model._meta.indexes]
    with connection.schema_editor() as editor:
        for index, model in indexes:
            editor.remove_index(model, index)
    start, step = END - timedelta(days=365), timedelta(days=365) / events
    cursor = connection.connection.cursor() if connection.connection else connection.cursor()
    with transaction.atomic():
        log = Hashes()
        Head.objects.create(practice=practice, size=events)
        told: list[tuple[str, str, int]] = []
        rows: list[tuple[object, ...]] = []
        for n in range(events):
            who = chance.randrange(staff)
            act = chance.choice(RARE) if n % 5003 == 17 else chance.choices(words, weights)[0]
            mine = chance.randrange(clients // staff) * staff + who  # each clinician's clients are every `staff`-th
            about = [records[place] for place in {(mine + more * staff) % clients for more in range(20 if act == "clients.list" else 1)}]
            entry = event(start + step * n, str(accounts[who]), act, about=[(key, str(record)) for record, key in about])
            line = append(log, entry).line
            rows.append((practice.hex, n, entry.at.replace(tzinfo=None).isoformat(" "), accounts[who].hex, act, line, log.kept[n]))
            told += [(practice.hex, record.hex, n) for record, _ in about]
            if len(rows) == 10_000 or n == events - 1:
                cursor.executemany("INSERT INTO trail_event (practice, n, at, actor, act, line, hashes) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
                cursor.executemany("INSERT INTO trail_about (practice, record, n) VALUES (?, ?, ?)", told)
                rows, told = [], []
                print(f"\r{n + 1:,} events", end="", file=sys.stderr, flush=True)
    with connection.schema_editor() as editor:
        for index, model in indexes:
            editor.add_index(model, index)
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(file=sys.stderr)
    return practice, accounts, [record for record, _ in records]


def there() -> tuple[UUID, list[UUID], list[UUID]] | None:
    """Return the practice, accounts and records of a log filled before, or None."""
    from privity.practice.trail.access import actors
    from privity.practice.trail.models import About, Head

    practice = Head.objects.values_list("practice", flat=True).first()
    if practice is None:
        return None
    mine = About.objects.filter(practice=practice, n__lt=50_000).values_list("record", flat=True)
    return practice, actors(practice), sorted(set(mine))


def spent(run: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the seconds of the median run and of the slowest, the first included."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return statistics.median(found), max(found)


def questions(practice: UUID, accounts: list[UUID], records: list[UUID]) -> list[tuple[str, Callable[[], object]]]:
    """Return what a privacy officer and a clinician ask of the trail, in every order a page offers."""
    from dataclasses import replace

    from privity.practice.trail import access
    from privity.practice.trail.access import Order, Wanted

    year, quarter = END - timedelta(days=365), END - timedelta(days=120)
    everything = Wanted(practice, since=year, until=END)
    mine = replace(everything, records=frozenset(records[::30]))
    by_name, acts = sorted(accounts), access.acts(practice)
    orders = {
        "newest first": Order(), "oldest first": Order(reverse=False), "by who": Order("who", False, by_name), "by what": Order("act", False, acts),
        "by record": Order("client", False, None),
    }  # fmt: skip
    found: list[tuple[str, Callable[[], object]]] = []

    def ask(words: str, wanted: Wanted, order: Order, pages: int = 1) -> None:
        after = None
        for _ in range(pages - 1):
            after = access.page(wanted, order, after).next
        found.append((words, lambda: access.page(wanted, order, after)))

    for words, order in orders.items():
        ask(f"officer: twelve months, {words}", everything, order)
        ask(f"officer: twelve months, {words}, tenth page", everything, order, 10)
        ask(f"officer: one person's acts, {words}", replace(everything, actor=accounts[3]), order)
        ask(f"officer: a rare act, {words}", replace(everything, acts=("glass.break",)), order)
        ask(f"officer: one person's rare act in a quarter, {words}", replace(everything, since=quarter, actor=accounts[3], acts=RARE), order)
        ask(f"officer: what nobody did, {words}", replace(everything, acts=("chart.read", "entry.sign"), actor=uuid4()), order)
        one, some = (replace(order, ranks=there) if order.ranks is None else order for there in (records[:1], records[::30]))
        ask(f"officer: one client, {words}", replace(everything, records=frozenset(records[:1])), one)
        ask(f"clinician of {len(mine.records or ()):,} clients: twelve months, {words}", mine, some)
        ask(f"clinician: what nobody did, {words}", replace(mine, actor=uuid4()), some)
    ask("what acts there are to choose from", everything, Order())
    found[-1] = ("what acts and people there are to choose from", lambda: (access.acts(practice), access.actors(practice)))
    return found


def main() -> int:
    """Fill a log, ask, and write the page; 1 when an answer took longer than the bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 events, and no page is written")
    parser.add_argument("--folder", type=Path, help="keep the log in this folder, and take the one that is there")
    args = parser.parse_args()
    events, clients, staff = (20_000, 300, 30) if args.quick else (1_000_000, 10_000, 30)
    with tempfile.TemporaryDirectory(prefix="privity-bench-") as scratch:
        folder = str(args.folder or scratch)
        os.environ.update(PRIVITY_DATA=folder, DJANGO_SETTINGS_MODULE="privity.practice.site.settings")
        import django
        from django.core.management import call_command

        django.setup()
        for database in ("keys", "default"):
            call_command("migrate", database=database, interactive=False, verbosity=0)
        start = time.perf_counter()
        practice, accounts, records = there() or fill(events, clients, staff)
        filled = time.perf_counter() - start
        asked = []
        for words, run in questions(practice, accounts, records):
            asked.append((words, *spent(run, 5)))
            print(f"{asked[-1][2] * 1000:6.0f} ms  {words}", file=sys.stderr, flush=True)
    size = f"{events:,} events, {clients:,} records, {staff} people"
    print(f"written in {filled:.0f} s", file=sys.stderr)
    slowest = max(worst for _, _, worst in asked)
    lines = ["| question | median | slowest of five |", "|---|---|---|"]
    lines += [f"| {words} | {median * 1000:.0f} ms | {worst * 1000:.0f} ms |" for words, median, worst in asked]
    print(size, *lines, f"slowest of all: {slowest:.2f} s; the bar is {BAR:.0f} s", sep="\n")
    if not args.quick:
        _page(size, lines, slowest)
    return int(slowest > BAR)


def _page(size: str, lines: list[str], slowest: float) -> None:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    text = "\n".join(
        (
            "# The trail, measured", "", "Written by `python bench/trail.py`; not by hand.", "", f"{size}. {machine}.", "",
            f"Each line is one page of fifty events, with what it names; the bar is {BAR:.0f} seconds, the slowest took {slowest:.2f}.", "", *lines, "",
        )
    )  # fmt: skip
    (ROOT / "docs/reference/bench-trail.md").write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
