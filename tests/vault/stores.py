"""Stores for the vault's tests and bench: a key store in memory that can be killed at any call, a log on SQLite, a log to attack."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from privity.vault.faults import HeldForLaw, StillInUse
from privity.vault.keys import KeyFor, OpenKeyring, Use, Wrap, first_practice_key, practice_key_for
from privity.vault.log import Entry
from privity.vault.rotate import Rotation, Shred, ShredCertificate
from privity.vault.seal import Key

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PRACTICE = "alder"


class Killed(BaseException):
    """The process died here."""


@dataclass
class MemoryKeyStore:
    """A KeyStore in memory. Counts its calls; dies before or after the one numbered `die_at`."""

    rows: dict[str, Wrap] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    note: Rotation | None = None
    waiting: dict[str, Shred] = field(default_factory=dict)
    certificates: list[ShredCertificate] = field(default_factory=list)
    held: dict[str, tuple[str, ...]] = field(default_factory=dict)
    die_at: int = -1
    die_after: bool = False
    calls: int = 0

    def _call(self, act=lambda: None):
        self.calls += 1
        if self.calls == self.die_at and not self.die_after:
            raise Killed
        found = act()
        if self.calls == self.die_at:
            raise Killed
        return found

    def practice_keys(self) -> list[Wrap]:
        return self._call(lambda: [self.rows[id] for id in self.order])

    def wraps_under(self, parent: bytes, limit: int) -> list[Wrap]:
        return self._call(lambda: [row for row in self.rows.values() if row.parent == parent][:limit])

    def wraps_of(self, for_: Sequence[KeyFor]) -> list[Wrap]:
        return self._call(lambda: [row for row in self.rows.values() if row.for_ in for_])

    def add(self, row: Wrap) -> None:
        if row.parent != self.rows[self.order[-1]].child:
            raise StillInUse("the practice key has changed; take the new keyring")
        self._call(lambda: self.rows.setdefault(row.id, row))

    def replace(self, rows: Sequence[tuple[Wrap, Wrap]]) -> None:
        self._call(lambda: self.rows.update({new.id: new for old, new in rows if self.rows.get(old.id) == old}))

    def rotation(self) -> Rotation | None:
        return self._call(lambda: self.note)

    def begin(self, rotation: Rotation, new: Wrap) -> None:
        def act() -> None:
            if new.parent != self.rows[self.order[-1]].parent:
                raise StillInUse("the root key has changed; unlock again")
            self.rows[new.id], self.note = new, rotation
            self.order.append(new.id)

        self._call(act)

    def end(self, rotation: Rotation, certificates: Sequence[ShredCertificate]) -> None:
        def act() -> None:
            if any(row.parent == rotation.old for row in self.rows.values()):
                raise StillInUse("keys stand under the old practice key")
            old = next(id for id in self.order if self.rows[id].child == rotation.old)
            self.order.remove(old)
            del self.rows[old]
            self.note = None
            self.certificates += certificates
            for certificate in certificates:
                self.waiting.pop(certificate.id)

        self._call(act)

    def holds(self, record: str) -> tuple[str, ...]:
        return self._call(lambda: self.held.get(record, ()))

    def destroy(self, rows: Sequence[Wrap], shred: Shred) -> None:
        def act() -> None:
            for row in rows:
                if self.held.get(row.for_.record):
                    raise HeldForLaw(row.for_.record, self.held[row.for_.record])
                del self.rows[row.id]
            self.waiting[shred.id] = shred

        self._call(act)

    def shreds(self) -> list[Shred]:
        return self._call(lambda: list(self.waiting.values()))


def practice(records: int, root: Key | None = None) -> tuple[MemoryKeyStore, OpenKeyring, Key, dict[str, Key]]:
    """Return a practice with record keys: its store, keyring, root key, and the keys themselves to compare with."""
    root = root or Key.random()
    keyring, wrapped = first_practice_key(PRACTICE, root)
    store = MemoryKeyStore({"p0": Wrap("p0", practice_key_for(PRACTICE), wrapped)}, ["p0"])
    keys = {}
    for number in range(records):
        for_ = KeyFor(PRACTICE, f"r{number}", Use.RECORD)
        keys[f"r{number}"], wrapped = keyring.make(for_)
        store.add(Wrap(f"w{number}", for_, wrapped))
    return store, keyring, root, keys


class SqliteLog:
    """A log on SQLite: one row an entry; the append is part of the caller's transaction."""

    def __init__(self, path: Path | str) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=FULL")
        self.base.execute("CREATE TABLE IF NOT EXISTS log (n INTEGER PRIMARY KEY, line BLOB NOT NULL, hashes BLOB NOT NULL)")

    def size(self) -> int:
        return self.base.execute("SELECT coalesce(max(n), -1) + 1 FROM log").fetchone()[0]

    def hashes(self, index: int) -> bytes:
        return self.base.execute("SELECT hashes FROM log WHERE n = ?", (index,)).fetchone()[0]

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        self.base.execute("INSERT INTO log VALUES (?, ?, ?)", (index, line, hashes))


def entry(number: int, salt: bytes | None = None) -> Entry:
    """Return an event of an invented practice; the same number gives the same event."""
    digit = f"{number % 16:x}"
    return Entry(
        NOW + timedelta(seconds=number), f"staff-{number % 7}", "note.read", salt or number.to_bytes(16, "big"), (digit * 64,), "", {"request": f"q{number}"}
    )
