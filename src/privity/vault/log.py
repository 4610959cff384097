"""The log: one Merkle tree per practice (RFC 9162 section 2.1), appended to and proved. Bytes: FORMAT.md, "Log".

An entry says who did what and when; which record and row it was about stands there as commitments under the record's own key, so
the entry outlives a shred without telling whom it was about. The checker in check.py shares nothing with this file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from .faults import NotAnEntry, NotProvable, ProofFails
from .primitives import lengthed, mac, random_bytes, same
from .seal import Key

HASH_BYTES = 32
EMPTY = hashlib.sha256().digest()
_WORD = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,80}")


# --- entries ---------------------------------------------------------------------------------------------------


def commit(key: Key, salt: bytes, field_: str, value: str) -> str:
    """Return the 64 hex digits that stand for an id in one entry: with the record's key it can be recomputed, without it never guessed."""
    return mac(key.committing, lengthed(b"privity/v1/commit", salt, field_.encode(), value.encode())).hex()


@dataclass(frozen=True)
class Entry:
    """One event. `actor` is a staff account's id, or a commitment where the actor is a client; facts are ids, numbers and short words."""

    at: datetime
    actor: str
    act: str
    salt: bytes = field(default_factory=lambda: random_bytes(16))
    subjects: tuple[str, ...] = ()
    row: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise NotAnEntry("an entry's moment has a time zone; pass an aware datetime")
        if not _WORD.fullmatch(self.act) or not _ID.fullmatch(self.actor):
            raise NotAnEntry("an entry's act is a word such as note.read, and its actor an id; neither holds a name")
        if not all(re.fullmatch(r"[0-9a-f]{64}", text) for text in (*self.subjects, *([self.row] if self.row else []))):
            raise NotAnEntry("subjects and row of an entry are commitments; make them with commit()")
        if not all(_WORD.fullmatch(name) and (type(value) is int or (isinstance(value, str) and _ID.fullmatch(value))) for name, value in self.facts.items()):
            raise NotAnEntry("facts of an entry are ids, whole numbers and short words; what was said does not belong in the log")

    def line(self, index: int) -> bytes:
        """Return the entry's bytes at a place in the log: canonical JSON (sorted names, no spaces, ASCII)."""
        raw: dict[str, object] = {"v": 1, "n": index, "at": moment(self.at), "actor": self.actor, "act": self.act, "salt": self.salt.hex()}
        raw |= {"subjects": list(self.subjects)} | ({"row": self.row} if self.row else {}) | ({"facts": dict(self.facts)} if self.facts else {})
        return json.dumps(raw, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def event(at: datetime, actor: str, act: str, *, about: Sequence[tuple[Key, str]] = (), row: tuple[Key, str] | None = None, **facts: str | int) -> Entry:
    """Return the entry of an event about records and a row, each given with the key it is committed under."""
    salt = random_bytes(16)
    subjects = tuple(commit(key, salt, "subject", record) for key, record in about)
    return Entry(at, actor, act, salt, subjects, commit(row[0], salt, "row", row[1]) if row else "", facts)


def is_about(line: bytes, key: Key, record: str) -> bool:
    """Return whether an entry is about a record, for whoever holds the record's key."""
    raw = json.loads(line)
    return any(same(commit(key, bytes.fromhex(raw["salt"]), "subject", record).encode(), told.encode()) for told in raw["subjects"])


def moment(at: datetime) -> str:
    """Return a moment in UTC with microseconds, such as 2026-11-20T17:21:08.000000Z."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


# --- the tree --------------------------------------------------------------------------------------------------


class Storage(Protocol):
    """Where a practice's log lies. An append is part of the caller's transaction, its last statement; appends never run side by side."""

    def size(self) -> int:
        """Return the number of entries."""

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry, as they were added."""

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Keep an entry with its hashes. INVARIANT: refused when there is an entry with this index."""


@dataclass(frozen=True)
class Appended:
    """Where an entry now stands: its index, its bytes, and its leaf hash."""

    index: int
    line: bytes
    leaf: bytes


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and the entry's bytes."""
    return hashlib.sha256(b"\0" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node: SHA-256 of 0x01 and both children."""
    return hashlib.sha256(b"\1" + left + right).digest()


def append(storage: Storage, entry: Entry) -> Appended:
    """Write an entry at the end; what comes back is true once the caller's transaction commits."""
    index = storage.size()
    return append_line(storage, index, entry.line(index))


def append_line(storage: Storage, index: int, line: bytes) -> Appended:
    """Write an entry's bytes at the end, with the hashes of every complete subtree they close, the leaf's first: about two an entry."""
    leaf = leaf_hash(line)
    hashes, place = [leaf], index
    while place & 1:
        hashes.append(node_hash(_complete(storage, len(hashes) - 1, place - 1), hashes[-1]))
        place >>= 1
    storage.add(index, line, b"".join(hashes))
    return Appended(index, line, leaf)


def root(storage: Storage, size: int | None = None) -> bytes:
    """Return the root hash of the first `size` entries, or of all; reads at most 2 log2(size) rows."""
    have = storage.size()
    size = have if size is None else size
    if not 0 <= size <= have:
        raise NotProvable(f"the log has {have} entries; there is no root of {size}")
    return _range(storage, 0, size) if size else EMPTY


def inclusion(storage: Storage, index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from an entry to the root of the first `size` entries (RFC 9162 section 2.1.3.1)."""
    if not 0 <= index < size <= storage.size():
        raise NotProvable(f"there is no entry {index} among the first {size} of {storage.size()}; count from 0")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_range(storage, middle, high))
            high = middle
        else:
            path.append(_range(storage, low, middle))
            low = middle
    return path[::-1]


def consistency(storage: Storage, old: int, new: int) -> list[bytes]:
    """Return the hashes that show the first `old` entries to be the beginning of the first `new` (RFC 9162 section 2.1.4.1)."""
    if not 0 < old <= new <= storage.size():
        raise NotProvable(f"there is no proof from {old} to {new} in a log of {storage.size()} entries")
    path, low, high, whole = [], 0, new, True
    while old != high:
        middle = low + _split(high - low)
        if old <= middle:
            path.append(_range(storage, middle, high))
            high = middle
        else:
            path.append(_range(storage, low, middle))
            low, whole = middle, False
    return ([] if whole else [_range(storage, low, high)]) + path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> None:
    """Raise ProofFails unless the path leads from the leaf to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        raise ProofFails(f"entry {index} is not among the first {size}")
    place, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            raise ProofFails("the proof is too long; ask for it again")
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    if last or not same(found, expected):
        raise ProofFails(f"the proof of entry {index} does not lead to this root; compare the root with one kept elsewhere")


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> None:
    """Raise ProofFails unless the log of `old` entries is the beginning of the log of `new` (RFC 9162 section 2.1.4.2)."""
    wrong = ProofFails(f"the log of {new} entries does not continue the log of {old}; keep both checkpoints, and ask who wrote the log")
    if not 0 <= old <= new:
        raise wrong
    if old in (0, new):
        if path or not same(old_root, EMPTY if old == 0 else new_root):
            raise wrong
        return
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not steps:
        raise wrong
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise wrong
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    if last or not same(first, old_root) or not same(second, new_root):
        raise wrong


def _split(size: int) -> int:
    """Return the largest power of two below a size of two or more."""
    return 1 << (size - 1).bit_length() - 1


def _complete(storage: Storage, level: int, place: int) -> bytes:
    """Return the hash of a complete subtree: it is kept with the entry that closed it."""
    kept = storage.hashes((place + 1 << level) - 1)
    return kept[level * HASH_BYTES : (level + 1) * HASH_BYTES]


def _range(storage: Storage, low: int, high: int) -> bytes:
    """Return the root hash of entries low to high; `low` is where a subtree of that size may begin."""
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return _complete(storage, level, low >> level)
    middle = low + _split(size)
    return node_hash(_range(storage, low, middle), _range(storage, middle, high))


class MemoryLog:
    """A log in memory: for a log that was exported, and for tests."""

    def __init__(self, lines: Iterable[bytes] = ()) -> None:
        self.lines: list[bytes] = []
        self._hashes: list[bytes] = []
        for index, line in enumerate(lines):
            append_line(self, index, line)

    def size(self) -> int:
        """Return the number of entries."""
        return len(self.lines)

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry."""
        return self._hashes[index]

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Keep an entry with its hashes."""
        if index != len(self.lines):
            raise NotAnEntry(f"entry {index} does not follow {len(self.lines)} entries; append one at a time")
        self.lines.append(line)
        self._hashes.append(hashes)
