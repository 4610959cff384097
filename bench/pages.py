"""`make bench`, the pages' part: 25 people at once at a practice of 10,000 clients, one second of thought between two pages, every read logged.

`python bench/pages.py [--quick]`. Writes docs/reference/bench-pages.md, unless --quick. The server is the real one, over HTTP, on SQLite, in a scratch folder;
who signs in is already in, since a sign-in is slow by intent. Ends with 1 when a page was not shown, or was shown without its event.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import platform
import random
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from throwaway import Throwaway  # noqa: E402

TOKEN = "a" * 32
FIRST = (  # noqa: SIM905
    "Ada Ben Cora Dan Eva Finn Gus Hana Ivo Jude Kay Lena Milo Nora Otis Pia Quin Rosa Sven Tess Uma Vito Wren Xena Yara Zeno"
).split()
LAST = (  # noqa: SIM905
    "Ash Birch Cole Dunn Elm Frost Grey Hale Irwin Joss Kerr Lowe Marsh Nash Oakes Pine Quill Reed Stone Thorn Ude Vale West Xu Yates Zorn"
).split()
DOES = {  # what somebody of a role does, by how often
    "clinician": {"the list of clients": 3, "a search by name": 1, "a client": 4, "a chart": 5, "the day": 3, "the trail": 1},
    "front_desk": {"the list of clients": 4, "a search by name": 4, "a client": 4, "the day": 6},
    "biller": {"the list of clients": 3, "a search by name": 2, "a client": 3, "the day": 2},
    "privacy_officer": {"the trail": 3, "the list of clients": 1},
}
BAR_MS, BAR_MB = 100, 400


@dataclass
class Somebody:
    """Somebody at work: the cookie, the clients that may be opened, and what each page took."""

    role: str
    cookie: str
    records: Sequence[UUID]
    took: list[tuple[str, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def work(self, port: int, ends: float, chance: random.Random, thought: float) -> None:
        """Open pages until the end."""
        door = http.client.HTTPConnection("localhost", port, timeout=60)
        does = DOES[self.role]
        time.sleep(chance.random() * thought)
        while time.perf_counter() < ends:
            what = chance.choices(list(does), list(does.values()))[0]
            record = chance.choice(self.records)
            path, body = self._asked(what, record, chance)
            head = {"Cookie": f"privity={self.cookie}; csrftoken={TOKEN}", "Host": f"localhost:{port}"}
            if body:
                head["Content-Type"] = "application/x-www-form-urlencoded"
            begun = time.perf_counter()
            try:
                door.request("POST" if body else "GET", path, body, head)
                answer = door.getresponse()
                page = answer.read()
                self.took.append((what, time.perf_counter() - begun))
                if answer.status != 200 or b"</html>" not in page:
                    self.wrong.append(f"{what}: {answer.status}")
            except (OSError, http.client.HTTPException) as fault:
                self.wrong.append(f"{what}: {type(fault).__name__}")
                door.close()
            time.sleep(thought)

    def _asked(self, what: str, record: UUID, chance: random.Random) -> tuple[str, str]:
        if what == "a search by name":
            return "/clients", urlencode({"csrfmiddlewaretoken": TOKEN, "words": chance.choice((chance.choice(FIRST), chance.choice(LAST)[:3], "nobody here"))})
        pages = {"the list of clients": "/clients", "a client": f"/clients/{record}", "a chart": f"/clients/{record}/chart", "the day": "/today"}
        return pages.get(what, "/trail"), ""


def fill(one: Any, clients: int, staff: Sequence[str]) -> list[Somebody]:
    """Return the staff, signed in, after bringing the clients in from a file: each clinician cares for as many as the next."""
    from django.contrib.sessions.backends.db import SessionStore

    from privity.practice.people import importing
    from privity.practice.people.models import Account, Tie
    from privity.practice.people.services import add_account

    accounts = [(role, add_account(one.owner, f"{FIRST[n % 26]} {LAST[n // 26]}{n}", [role])) for n, role in enumerate(staff)]
    caring = [account for role, account in accounts if role == "clinician"]
    chance = random.Random(7)
    for start in range(0, clients, 5000):
        rows = ["name,born,phone,clinician"]
        for n in range(start, min(start + 5000, clients)):
            born = f"{1940 + n % 70}-{n % 12 + 1:02}-{n % 28 + 1:02}"
            rows.append(f"{chance.choice(FIRST)} {chance.choice(LAST)} {n:05},{born},303 555 {n:04},{caring[n % len(caring)].user_name}")
        file = importing.keep_file(one.owner, "\n".join(rows).encode())
        for done, of in importing.bring_in(one.owner, file, importing.guess(importing.table(one.owner, file)), None, len(rows) - 1):
            if sys.stderr.isatty():
                print(f"\r{start + done:,} of {start + of:,} clients", end="", file=sys.stderr)
    everybody = list(Tie.objects.values_list("record_id", flat=True))
    found = []
    now = one.now()
    for role, account in accounts:
        mine = list(Tie.objects.filter(account=account).values_list("record_id", flat=True)) if role == "clinician" else everybody
        if role == "clinician":
            for record in mine[:20]:
                _note(one, account, record)
        session = SessionStore()
        session.update({"account": str(account.id), "epoch": Account.objects.get(id=account.id).epoch, "since": now.isoformat(), "seen": now.isoformat()})
        session.save()
        found.append(Somebody(role, str(session.session_key), mine))
    return found


def _note(one: Any, account: Any, record: UUID) -> None:
    from privity.practice.records.services import NewEntry, sign_entry

    for _ in range(2):
        sign_entry(one.actor(account), record, NewEntry("session", one.now(), {"progress_notes": "She slept better, and said so before she sat down. " * 60}))


def serve(one: Any, log: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Return the running server and its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    line = [sys.executable, "-m", "privity", "serve", "--data", str(one.data), "--port", str(port)]
    going = subprocess.Popen(line, stdout=log.open("wb"), stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    for _ in range(1200):
        if going.poll() is not None:
            raise SystemExit(log.read_text())
        if found := re.search(r"Privity is at http://localhost:(\d+)", log.read_text()):
            with contextlib.suppress(OSError), socket.create_connection(("localhost", int(found[1])), 1):
                return going, int(found[1])
        time.sleep(0.05)
    raise SystemExit("the server did not start")


def memory(process: int) -> float:
    """Return the most megabytes a server held, its workers together."""
    total = 0
    for path in Path("/proc").glob("[0-9]*/status"):
        with contextlib.suppress(OSError):
            told = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
            if process in (int(path.parent.name), int(told["PPid"])):
                total += int(told.get("VmHWM", "0 kB").split()[0])
    return total / 1024


def busy() -> tuple[float, float]:
    """Return this machine's CPU seconds so far: those of work, and those the machine was asked for by others than it (stolen)."""
    spent = [int(word) for word in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(spent) - spent[3] - spent[4]) / os.sysconf("SC_CLK_TCK"), spent[7] / os.sysconf("SC_CLK_TCK")


def of(process: int) -> float:
    """Return the CPU seconds of a process and its children so far."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            words = path.read_text().rsplit(")", 1)[1].split()
            if process in (int(path.parent.name), int(words[1])):
                total += (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
    return total


def high(times: Sequence[float], part: float = 0.95) -> float:
    """Return the milliseconds below which this part of the pages came."""
    return sorted(times)[max(0, min(len(times) - 1, round(part * len(times)) - 1))] * 1000


def main() -> int:
    """Fill, serve, work, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="100 clients, 5 people, 3 seconds; no page is written")
    parser.add_argument("--seconds", type=int, default=120)
    args = parser.parse_args()
    clients, staff, seconds, thought = 10_000, ["clinician"] * 19 + ["front_desk"] * 3 + ["biller"] * 2 + ["privacy_officer"], args.seconds, 1.0
    if args.quick:
        clients, staff, seconds, thought = 100, ["clinician", "clinician", "front_desk", "biller", "privacy_officer"], 3, 0.1
    with tempfile.TemporaryDirectory(prefix="privity-bench-") as name:
        one = Throwaway(Path(name))
        begun = time.perf_counter()
        people = fill(one, clients, staff)
        print(f"filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
        from privity.practice.trail.models import Event

        before = Event.objects.count()
        one.close()
        going, port = serve(one, Path(name) / "out")
        try:
            first = _first(people, port)
            begun, others, own = time.perf_counter(), busy(), (of(going.pid), sum(os.times()[:2]))
            threads = [threading.Thread(target=who.work, args=(port, begun + seconds, random.Random(n), thought)) for n, who in enumerate(people)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = time.perf_counter() - begun
            server, asking, whole = of(going.pid) - own[0], sum(os.times()[:2]) - own[1], busy()[0] - others[0]
            held = memory(going.pid)
        finally:
            going.terminate()
            going.wait(30)
        events = Event.objects.count() - before - len(first)
    took = [each for who in people for each in who.took]
    wrong = [one for who in people for one in who.wrong]
    told = {what: [took_ for kind, took_ in took if kind == what] for what in sorted({kind for kind, _ in took})}
    rows = [(what, len(times), statistics.median(times) * 1000, high(times), max(times) * 1000) for what, times in told.items()]
    every = [each for _, each in took]
    rows.append(("**every page**", len(every), statistics.median(every) * 1000, high(every), max(every) * 1000))
    lines = ["| page | opened | median | 95 of 100 within | slowest |", "|---|---|---|---|---|"]
    lines += [f"| {what} | {count:,} | {middle:.0f} ms | {most:.0f} ms | {worst:.0f} ms |" for what, count, middle, most, worst in rows]
    rest = max(0.0, whole - server - asking)
    cores = os.cpu_count() or 1
    facts = [
        f"{len(people)} people, {clients:,} clients, {thought:g} s of thought between two pages, {spent:.0f} s: {len(took) / spent:.1f} pages a second, "
        f"{len(wrong)} errors, {events:,} events written for {len(took):,} pages.",
        f"The server held {held:.0f} MB at most; the bar is {BAR_MB}. 95 of 100 pages came within {high(every):.0f} ms; the bar is {BAR_MS}.",
        f"The first look at the list after the start, which opens every name: {first['front_desk'] * 1000:.0f} ms for {clients:,} clients, "
        f"{first['clinician'] * 1000:.0f} ms for a clinician's {len(people[0].records):,}.",
        f"Of the {cores * spent:.0f} CPU seconds of {cores} cores the server used {server:.0f}, whoever asked {asking:.0f}, other work {rest:.0f}"
        + (": the machine was busy, and the pages waited for it." if rest > 0.2 * cores * spent else "."),
    ]
    print(*facts, *lines, *sorted(set(wrong)), sep="\n")
    if not args.quick:
        _page(facts, lines)
    return int(bool(wrong) or events != len(took))


def _first(people: Sequence[Somebody], port: int) -> dict[str, float]:
    """Return how long the first list took, for a clinician and then for the desk."""
    found = {}
    for role in ("clinician", "front_desk"):
        who = next(one for one in people if one.role == role)
        door = http.client.HTTPConnection("localhost", port, timeout=120)
        begun = time.perf_counter()
        door.request("GET", "/clients", None, {"Cookie": f"privity={who.cookie}", "Host": f"localhost:{port}"})
        answer = door.getresponse()
        answer.read()
        found[role] = time.perf_counter() - begun
        if answer.status != 200:
            raise SystemExit(f"the list was not shown: {answer.status} {answer.headers.get('Location', '')}")
    return found


def _page(facts: Sequence[str], lines: Sequence[str]) -> None:
    machine = f"{os.cpu_count()} cores, {platform.machine()}, CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}, one worker of two threads"
    head = ("# Bench: pages", "", f"Written by `python bench/pages.py`; not by hand. {machine}.", "")
    text = "\n".join((*head, *(f"- {fact}" for fact in facts), "", *lines, ""))
    (ROOT / "docs/reference/bench-pages.md").write_text(text, "utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
