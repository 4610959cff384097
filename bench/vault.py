"""`make bench`, the vault's part: figures, and ratios against bare AES-GCM and a bare SQLite insert in the same run.

`python bench/vault.py [--quick]`. Writes docs/reference/bench-vault.md, unless --quick.
"""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "vault")]

from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402
from stores import PRACTICE, SqliteLog, entry, practice  # noqa: E402

from privity.vault import Binding, Key, KeyFor, Use, check, open_sealed, seal  # noqa: E402
from privity.vault.checkpoints import checkpoint, export  # noqa: E402
from privity.vault.keys import unwrap, wrap  # noqa: E402
from privity.vault.log import MemoryLog, append, append_line, consistency, inclusion, leaf_hash, root, verify_inclusion  # noqa: E402
from privity.vault.notes import Signer  # noqa: E402
from privity.vault.primitives import stretch  # noqa: E402
from privity.vault.rotate import rotate_practice_key  # noqa: E402

NOTE = os.urandom(3 * 1024)
PLACE = Binding(PRACTICE, "r-1", "note.text", "n-1")
Row = tuple[str, str, str]


def spent(run: Callable[[], object], seconds: float) -> float:
    """Return the seconds one run takes: the best median of five spans."""
    best = float("inf")
    for _ in range(5):
        times, start = [], time.perf_counter()
        while time.perf_counter() - start < seconds / 5:
            before = time.perf_counter()
            run()
            times.append(time.perf_counter() - before)
        best = min(best, statistics.median(times))
    return best


def us(seconds: float) -> str:
    """Return seconds as microseconds."""
    return f"{seconds * 1e6:.1f} us"


def sealing(seconds: float) -> list[Row]:
    """Return the figures of sealing a note of 3 kB, against bare AES-GCM with a fresh nonce and no binding."""
    key, bare = Key.random(), AESGCM(os.urandom(32))
    sealed, nonce = seal(NOTE, with_=key, bound_to=PLACE), os.urandom(12)
    body = bare.encrypt(nonce, NOTE, b"")
    plain_seal = spent(lambda: bare.encrypt(os.urandom(12), NOTE, b""), seconds)
    plain_open = spent(lambda: bare.decrypt(nonce, body, b""), seconds)
    one = spent(lambda: seal(NOTE, with_=key, bound_to=Binding(PRACTICE, "r-1", "note.text", "n-1")), seconds)
    two = spent(lambda: open_sealed(sealed, with_=key, bound_to=Binding(PRACTICE, "r-1", "note.text", "n-1")), seconds)
    fresh = spent(lambda: open_sealed(sealed, with_=Key(key.secret), bound_to=PLACE), seconds)
    return [
        ("bare AES-256-GCM, 3 kB, encrypt / decrypt", f"{us(plain_seal)} / {us(plain_open)}", "1"),
        ("seal 3 kB, bound to its place", us(one), f"{one / plain_seal:.1f} x bare encrypt"),
        ("open 3 kB", us(two), f"{two / plain_open:.1f} x bare decrypt"),
        ("open 3 kB with a key just unwrapped (derives its sub-keys)", us(fresh), f"{fresh / plain_open:.1f} x bare decrypt"),
    ]


def wrapping(seconds: float) -> list[Row]:
    """Return the figures of wrapping keys, and of re-wrapping 10,000 under a new practice key."""
    parent, key, for_ = Key.random(), Key.random(), KeyFor(PRACTICE, "r-1", Use.RECORD)
    wrapped = wrap(key, under=parent, for_=for_)
    store, keyring, root_key, _ = practice(10_000)
    start = time.perf_counter()
    rotate_practice_key(store, keyring, [root_key], batch=10_000)
    whole = time.perf_counter() - start
    one, two = spent(lambda: wrap(key, under=parent, for_=for_), seconds), spent(lambda: unwrap(wrapped, under=parent, for_=for_), seconds)
    return [
        ("wrap / unwrap a record key", f"{us(one)} / {us(two)}", ""),
        ("re-wrap 10,000 keys under a new practice key (store in memory)", f"{whole:.2f} s", "at most 10 s"),
        ("Argon2id, 64 MiB, 3 passes", f"{spent(lambda: stretch('passphrase', bytes(16), memory=65536, passes=3, lanes=4), seconds) * 1e3:.0f} ms", ""),
    ]  # fmt: skip


def appending(folder: Path, seconds: float) -> list[Row]:
    """Return the figures of appending: in memory, and on SQLite in a transaction of its own, against a bare insert of the same line."""
    memory, count = MemoryLog(), 20_000
    start = time.perf_counter()
    for number in range(count):
        append(memory, entry(number))
    in_memory = (time.perf_counter() - start) / count
    log, line = SqliteLog(folder / "log.sqlite3"), memory.lines[0]
    bare = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    bare.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE bare (n INTEGER PRIMARY KEY, line BLOB NOT NULL)")

    def plain() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO bare (line) VALUES (?)", (line,))
        bare.execute("COMMIT")

    def ours() -> None:
        log.base.execute("BEGIN IMMEDIATE")
        append(log, entry(7))
        log.base.execute("COMMIT")

    plain_time, our_time = spent(plain, seconds * 4), spent(ours, seconds * 4)
    return [
        ("append in memory", us(in_memory), f"{1 / in_memory:,.0f} a second"),
        ("bare SQLite insert and commit (WAL, synchronous=FULL, IMMEDIATE)", us(plain_time), "1"),
        ("append and commit on SQLite, the same way", us(our_time), f"{our_time / plain_time:.2f} x bare insert; {1 / our_time:,.0f} a second"),
    ]


def proving(folder: Path, events: int, seconds: float) -> list[Row]:
    """Return the figures of a long log: root, proofs, and the whole check of its export."""
    log, signer = MemoryLog(), Signer("log.bench.example", os.urandom(32))
    for number in range(events):
        append_line(log, number, entry(number).line(number))
    note = checkpoint(log, signer)
    whole = root(log)
    path = inclusion(log, events // 3, events)
    leaf = leaf_hash(log.lines[events // 3])
    proof = spent(lambda: inclusion(log, events // 3, events), seconds)
    held = spent(lambda: verify_inclusion(leaf, events // 3, events, path, whole), seconds)
    rooted = spent(lambda: root(log), seconds)
    between = spent(lambda: consistency(log, events // 2 - 1, events), seconds)
    export(folder / "export", log, log.lines, [note], signer.verifier)
    size = sum(file.stat().st_size for file in (folder / "export").iterdir() if file.is_file()) / events
    start = time.perf_counter()
    found = check.check(check.read(folder / "export"), signer.verifier.text, kept=[note])
    took = time.perf_counter() - start
    assert found.sealed == events
    assert not found.faults
    return [
        (f"root of {events:,} events, from kept hashes", us(rooted), ""),
        ("inclusion proof, made / held", f"{us(proof)} / {us(held)}", f"{len(path)} hashes; at most 20"),
        ("consistency proof from half", us(between), ""),
        (f"check of {events:,} events, exported with kept hashes", f"{took:.1f} s", "at most 60 s for 1,000,000"),
        ("an exported event, with its kept hashes", f"{size:.0f} bytes", ""),
    ]


def page(rows: list[Row], command: str) -> str:
    """Return the figures as a page."""
    where = f"{platform.machine()}, {os.cpu_count()} cores, CPython {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    lines = ["# Bench: the vault", "", f"Written by `{command}`. {where}.", ""]
    lines += ["| what | figure | against |", "|---|---|---|", *(f"| {what} | {figure} | {against} |" for what, figure, against in rows)]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures, and write the page unless --quick."""
    parser = argparse.ArgumentParser(description="the vault's figures")
    parser.add_argument("--quick", action="store_true", help="10,000 events and short spans; writes nothing")
    quick = parser.parse_args().quick
    seconds, events = (0.1, 10_000) if quick else (1.0, 1_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [*sealing(seconds), *wrapping(seconds), *appending(folder, seconds), *proving(folder, events, seconds)]
    for what, figure, against in rows:
        print(f"{what:75} {figure:24} {against}")
    if not quick:
        (ROOT / "docs" / "reference" / "bench-vault.md").write_text(page(rows, "python bench/vault.py"), "utf-8")


if __name__ == "__main__":
    main()
