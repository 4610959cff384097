"""The checker: recomputes a log from its raw entries and names what was done to it. Written from FORMAT.md; shares no code with the writer.

What it can say depends on what it is given. A signed checkpoint says *that* something before it was changed; the hashes kept with the entries,
as far as they lead up to a signed root, say *which* event and *how*. Without them the fault is named between two checkpoints.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from itertools import pairwise
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BACK = 60.0  # seconds a clock may step back between two events before it is worth a notice


class Unreadable(Exception):
    """What was given is no exported log. One line, naming the file."""


class Kind(Enum):
    """What was done to the log."""

    EDITED = "edited"
    INSERTED = "inserted"
    DELETED = "deleted"
    REORDERED = "reordered"
    CUT_OFF = "cut off"
    ALTERED = "altered within"  # the place is known only as a range
    ROLLED_BACK = "rolled back"  # shorter than a checkpoint kept elsewhere
    FORKED = "rewritten and signed again"
    FALSE_NOTE = "false checkpoint"
    FALSE_HASH = "kept hash altered"


@dataclass(frozen=True)
class Fault:
    """One thing done to the log: its kind, the first and last event concerned (counted from 0), and one sentence."""

    kind: Kind
    first: int
    last: int
    words: str


@dataclass(frozen=True)
class Verdict:
    """What the check found. `sealed` events lie under a checkpoint that fits; `faults` is empty when nothing was done."""

    events: int
    sealed: int
    root: bytes
    faults: tuple[Fault, ...]
    notices: tuple[str, ...] = ()


@dataclass
class Log:
    """An exported log: raw entry lines (read once), the hashes kept with them if any, checkpoint notes, the log's verifier key if it came along."""

    lines: Iterable[bytes]
    hashes: Sequence[bytes] = ()
    notes: Sequence[str] = ()
    key: str = ""


@dataclass(frozen=True)
class _Head:
    size: int
    root: bytes
    kept: bool  # from elsewhere


@dataclass
class _Seen:
    """What one pass over the entries leaves: leaf hashes, numbers that are not their place, notices, and roots by size."""

    leaves: list[bytes] = field(default_factory=list)
    odd: dict[int, int | None] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)


# --- reading -----------------------------------------------------------------------------------------------------


def read(path: Path) -> Log:
    """Return an exported log: a folder, or one file of JSON lines with `checkpoint` and `key` lines among the entries. Raises Unreadable, OSError."""
    return _read_folder(path) if path.is_dir() else _read_file(path)


def _read_folder(folder: Path) -> Log:
    if not (folder / "entries.jsonl").is_file():
        raise Unreadable(f"{folder.name} holds no entries.jsonl; give the folder that the export wrote")
    hashes, key = folder / "hashes.txt", folder / "log.key"
    notes = [_text(path) for path in sorted((folder / "checkpoints").glob("*.note"))]
    rows = [_row(line) for line in hashes.read_bytes().split(b"\n")[:-1]] if hashes.is_file() else []
    return Log(_lines(folder / "entries.jsonl"), rows, notes, _text(key).strip() if key.is_file() else "")


def _read_file(path: Path) -> Log:
    lines, notes, key = [], [], ""
    for line in _lines(path):
        extra = json.loads(line) if line.startswith((b'{"checkpoint":', b'{"key":')) and _is_json(line) else {}
        if isinstance(extra.get("checkpoint"), str):
            notes.append(extra["checkpoint"])
        elif isinstance(extra.get("key"), str):
            key = extra["key"]
        else:
            lines.append(line)
    return Log(lines, (), notes, key)


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line[:-1] if line.endswith(b"\n") else line


def _row(line: bytes) -> bytes:
    try:
        return bytes.fromhex(line.decode("ascii"))
    except ValueError:
        return b""


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} is not UTF-8 text") from None


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


# --- the check ---------------------------------------------------------------------------------------------------


def check(log: Log, key: str, *, kept: Sequence[str] = (), witnesses: Sequence[str] = ()) -> Verdict:
    """Return what was done to a log since its checkpoints were signed.

    `key` is the log's verifier key as it was once handed over; `kept` are checkpoints kept elsewhere. A checkpoint of the export counts only
    if each key in `witnesses` signed it as well; one that lacks such a signature is passed over with a notice, a false one is a fault.
    Raises Unreadable for a key that is none.
    """
    faults: list[Fault] = []
    alone: list[str] = []
    heads = [head for note in log.notes if (head := _believe(note, key, witnesses, False, faults, alone))]
    heads += [head for note in kept if (head := _believe(note, key, (), True, faults, alone))]
    seen = _pass_over(log.lines, {head.size for head in heads})
    fits = [head for head in heads if seen.roots.get(head.size) == head.root]
    sealed = max((head.size for head in fits), default=0)
    wrong = [head for head in heads if head not in fits]
    faults += _forks(wrong, fits, sealed)
    faults += _changes(log, seen, sealed, [head for head in wrong if head.size > sealed])
    root = seen.roots[len(seen.leaves)]
    return Verdict(len(seen.leaves), sealed, root, tuple(faults), (*alone, *seen.notices))


def _pass_over(lines: Iterable[bytes], sizes: set[int]) -> _Seen:
    """Hash every entry once, and take the root at each size a checkpoint names."""
    seen, before = _Seen(), 0.0
    peaks: list[bytes] = []
    if 0 in sizes:
        seen.roots[0] = hashlib.sha256().digest()
    for index, line in enumerate(lines):
        leaf = hashlib.sha256(b"\x00" + line).digest()
        seen.leaves.append(leaf)
        count = index
        while count & 1:
            leaf = hashlib.sha256(b"\x01" + peaks.pop() + leaf).digest()
            count >>= 1
        peaks.append(leaf)
        if index + 1 in sizes:
            seen.roots[index + 1] = _fold(peaks)
        before = _look_at(line, index, seen, before)
    seen.roots.setdefault(len(seen.leaves), _fold(peaks))
    return seen


def _look_at(line: bytes, index: int, seen: _Seen, before: float) -> float:
    """Note a number that is not the entry's place, and a clock that went back; return the entry's moment."""
    try:
        raw = json.loads(line)
        number, at = raw["n"], datetime.fromisoformat(raw["at"]).timestamp()
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError, OSError):
        seen.odd[index] = None
        return before
    if type(number) is not int or number != index:
        seen.odd[index] = number if type(number) is int else None
    if at < before - BACK and len(seen.notices) < 20:
        seen.notices.append(f"event {index} bears a time {before - at:.0f} seconds before the event ahead of it: a clock was set back")
    return at


def _fold(peaks: Sequence[bytes]) -> bytes:
    if not peaks:
        return hashlib.sha256().digest()
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = hashlib.sha256(b"\x01" + peak + found).digest()
    return found


# --- what the checkpoints say --------------------------------------------------------------------------------------


def _believe(note: str, key: str, witnesses: Sequence[str], kept: bool, faults: list[Fault], alone: list[str]) -> _Head | None:
    """Return the checkpoint of a note that bears every signature it must; otherwise add the fault, or the notice that a witness did not sign."""
    text, blank, under = note.rpartition("\n\n")
    match = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)(?:\n[^\n]+)*", text)
    size = int(match[2]) if match else 0
    where = "kept elsewhere" if kept else "of the export"
    beside = [_signed(text + "\n", under, one) for one in witnesses]
    if match is None or not blank or not _signed(text + "\n", under, key) or False in beside or match[1] != _key(key)[0]:
        faults.append(Fault(Kind.FALSE_NOTE, size, size, f"a checkpoint {where}, of {size} events, does not bear the signatures it must; it proves nothing"))
        return None
    if None in beside:
        alone.append(f"the checkpoint of {size} events does not count: not every witness signed it")
        return None
    return _Head(size, base64.b64decode(match[3]), kept)


def _key(vkey: str) -> tuple[str, bytes, int, bytes]:
    """Return name, key id, signature type and public key of a verifier key. Raises Unreadable."""
    try:
        name, told, body = vkey.strip().split("+", 2)
        raw = base64.b64decode(body, validate=True)
    except ValueError:
        name, told, raw = "", "", b""
    if len(raw) != 33 or raw[0] not in (1, 4) or hashlib.sha256(name.encode("utf-8", "replace") + b"\n" + raw).hexdigest()[:8] != told:
        raise Unreadable("this is no verifier key (name+hash+base64); copy the whole line again")
    return name, bytes.fromhex(told), raw[0], raw[1:]


def _signed(text: str, under: str, vkey: str) -> bool | None:
    """Return whether a key's signature under a note is true, or None if there is none (c2sp.org/signed-note, c2sp.org/tlog-cosignature)."""
    name, told, kind, public = _key(vkey)
    found = None
    for line in under.split("\n"):
        match = re.fullmatch(r"— (\S+) (\S+)", line)
        try:
            raw = base64.b64decode(match[2], validate=True) if match else b""
        except ValueError:
            raw = b""
        if match is None or match[1] != name or raw[:4] != told:
            continue
        stamp = raw[4:12] if kind == 4 else b""
        message = f"cosignature/v1\ntime {int.from_bytes(stamp, 'big')}\n{text}" if kind == 4 else text
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4 + len(stamp) :], message.encode())
        except (InvalidSignature, ValueError):
            return False
        found = True
    return found


def _forks(wrong: Sequence[_Head], fits: Sequence[_Head], sealed: int) -> list[Fault]:
    """Return a fault for each signed checkpoint that cannot be true beside one that fits a longer log."""
    found = []
    for head in wrong:
        if head.size <= sealed:
            good = max((other.size for other in fits if other.size < head.size), default=0)
            words = f"the checkpoint of {head.size} events does not fit, yet a later one does, and both are signed: history from event {good} on was rewritten"
            found.append(Fault(Kind.FORKED, good, head.size - 1, words + "; whoever holds the log's key did it"))
    return found


# --- where, and how --------------------------------------------------------------------------------------------------


def _changes(log: Log, seen: _Seen, sealed: int, wrong: Sequence[_Head]) -> list[Fault]:
    """Return what was done after the last checkpoint that fits, and to the hashes kept before it."""
    told = max((head.size for head in wrong), default=0)
    expected, covered = _expected(log.hashes, seen, sealed, wrong)
    faults = _by_number(seen, sealed, wrong) if expected is None else list(_compare(expected, seen.leaves))
    if expected is not None and told > max(covered, len(seen.leaves)) and not any(fault.last == told - 1 for fault in faults):
        faults.append(_missing(seen, told, wrong))
    if wrong and not faults:  # INVARIANT: a checkpoint that does not fit is never passed over in silence
        faults.append(Fault(Kind.ALTERED, sealed, told - 1, f"events {sealed} to {told - 1} are not those that were signed"))
    return faults if wrong or not log.hashes else faults + _false_hashes(log.hashes, seen, sealed)


def _expected(hashes: Sequence[bytes], seen: _Seen, sealed: int, wrong: Sequence[_Head]) -> tuple[list[bytes | None] | None, int]:
    """Return the leaf hashes that must stand, and how many of them a signed root covers; after those follow kept ones nobody has signed yet.

    Nothing comes back when the kept hashes lead to the root of no checkpoint that does not fit.
    """
    if hashes and not wrong:
        return [*seen.leaves[:sealed], *(row[:32] for row in hashes[sealed:])], sealed
    for head in sorted(wrong, key=lambda head: -head.size):
        leaves = _authentic(hashes, head.size, head.root)
        if leaves is not None:
            return [*leaves, *(row[:32] for row in hashes[head.size :])], head.size
    return None, 0


def _false_hashes(hashes: Sequence[bytes], seen: _Seen, sealed: int) -> list[Fault]:
    """Return a fault for each kept hash that is not its event's, though the event stands as it was signed."""
    odd = [index for index in range(sealed) if index >= len(hashes) or hashes[index][:32] != seen.leaves[index]]
    words = "the hash kept with event {} was altered or lost; the event itself stands as it was signed"
    return [Fault(Kind.FALSE_HASH, index, index, words.format(index)) for index in odd[:100]]


def _authentic(hashes: Sequence[bytes], size: int, root: bytes) -> list[bytes | None] | None:
    """Return the leaf hashes that kept hashes prove to lie under a root; None for a leaf whose proof was altered; nothing if the top was."""

    def kept(level: int, place: int) -> bytes:
        row = (place + 1 << level) - 1
        return hashes[row][32 * level : 32 * level + 32] if row < len(hashes) else b""

    tops, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            tops.append((level, start >> level, kept(level, start >> level)))
            start += 1 << level
    if size == 0 or _fold([top[2] for top in tops]) != root:
        return None
    leaves: list[bytes | None] = [None] * size
    while tops:
        level, place, value = tops.pop()
        if level == 0:
            leaves[place] = value
            continue
        left, right = kept(level - 1, 2 * place), kept(level - 1, 2 * place + 1)
        if hashlib.sha256(b"\x01" + left + right).digest() == value:
            tops += [(level - 1, 2 * place, left), (level - 1, 2 * place + 1, right)]
    return leaves


def _compare(before: Sequence[bytes | None], now: Sequence[bytes]) -> Iterator[Fault]:
    """Yield what turned one list of leaf hashes into the other, event by event."""
    low, high = 0, 0
    while low < min(len(before), len(now)) and before[low] == now[low]:
        low += 1
    while high < min(len(before), len(now)) - low and before[-1 - high] == now[-1 - high]:
        high += 1
    places = {leaf: place for place in range(low, len(before) - high) if (leaf := before[place]) is not None}
    came = [(where, places[now[where]]) for where in range(low, len(now) - high) if now[where] in places]
    still = _rising([place for _, place in came])
    known = {came[number][1] for number in still}
    arrived = {came[number][0] for number in still}
    for number, (where, place) in enumerate(came):
        if number not in still and place not in known:  # a second copy of an event that stands is a stranger
            known.add(place)
            arrived.add(where)
            yield Fault(Kind.REORDERED, place, where, f"event {place} was moved and now stands at {where}")
    anchors = [(low - 1, low - 1), *(came[number] for number in sorted(still)), (len(now) - high, len(before) - high)]
    for (a, x), (b, y) in pairwise(anchors):
        strangers = [where for where in range(a + 1, b) if where not in arrived]
        missing = [place for place in range(x + 1, y) if place not in known]
        yield from _gap(strangers, missing, before, at_end=y == len(before))


def _gap(strangers: list[int], missing: list[int], before: Sequence[bytes | None], *, at_end: bool) -> Iterator[Fault]:
    """Yield the faults between two events that stand: pairs were edited, the rest inserted or lost."""
    for where, place in zip(strangers, missing, strict=False):
        if before[place] is None:
            yield Fault(Kind.ALTERED, place, place, f"event {place} or the one beside it was edited, and so was its kept hash (it stands at {where})")
        else:
            yield Fault(Kind.EDITED, place, where, f"event {place} was edited")
    for where in strangers[len(missing) :]:
        yield Fault(Kind.INSERTED, where, where, f"the event at {where} was slipped in")
    lost = missing[len(strangers) :]
    if lost and at_end:
        yield Fault(Kind.CUT_OFF, lost[0], lost[-1], f"events {lost[0]} to {lost[-1]} were cut off at the end")
    else:
        for place in lost:
            yield Fault(Kind.DELETED, place, place, f"event {place} was taken out")


def _rising(row: Sequence[int]) -> set[int]:
    """Return the positions of a longest rising part of a row of different numbers: the events that kept their order."""
    ends: list[int] = []  # the smallest value that ends a rising part of each length, and where it stands
    holder: list[int] = []
    back: list[int] = []
    for position, value in enumerate(row):
        length = bisect_left(ends, value)
        if length == len(ends):
            ends.append(value)
            holder.append(position)
        ends[length], holder[length] = value, position
        back.append(holder[length - 1] if length else -1)
    found, position = set(), holder[-1] if holder else -1
    while position >= 0:
        found.add(position)
        position = back[position]
    return found


def _by_number(seen: _Seen, sealed: int, wrong: Sequence[_Head]) -> list[Fault]:
    """Return what the entries' own numbers betray after the last checkpoint that fits; at least the range up to the next checkpoint."""
    told = max((head.size for head in wrong), default=sealed)
    numbers = [index if index < sealed else seen.odd.get(index, index) for index in range(len(seen.leaves))]
    # Numbers after the last checkpoint end where the highest believable one stands; a single huge number is a stranger.
    end = max((number + 1 for number in numbers if number is not None and told <= number < told + len(numbers) + 1000), default=told)
    names: list[bytes] = [f"stranger {index}".encode() if number is None else str(number).encode() for index, number in enumerate(numbers)]
    expected: list[bytes | None] = [str(number).encode() for number in range(end)]
    found = list(_compare(expected, names)) if names != expected else []
    if not any(head.size > len(names) and not head.kept for head in wrong):
        found = [_missing(seen, told, wrong) if fault.kind is Kind.CUT_OFF else fault for fault in found]
    inside = min((head.size for head in wrong if head.size <= len(names)), default=0)
    if inside and not any(fault.first < inside for fault in found):
        words = f"one or more of events {sealed} to {inside - 1} were edited; the hashes kept with them were altered too, or are not here"
        found.append(Fault(Kind.ALTERED, sealed, inside - 1, words))
    return found


def _missing(seen: _Seen, told: int, wrong: Sequence[_Head]) -> Fault:
    """Return the fault of a log shorter than a checkpoint says."""
    have = len(seen.leaves)
    if all(head.kept for head in wrong if head.size > have):
        words = f"a checkpoint kept elsewhere has {told} events, and this log has {have}: it was rolled back to an earlier state"
        return Fault(Kind.ROLLED_BACK, have, told - 1, words)
    return Fault(Kind.CUT_OFF, have, told - 1, f"events {have} to {told - 1} were cut off at the end; a signed checkpoint has {told}")
