"""What somebody with write access may do to a log, and what the checker must then say. For tests/vault and tools/drill_log.py."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from stores import entry

from privity.vault.check import Fault, Kind, Log, check
from privity.vault.checkpoints import checkpoint
from privity.vault.log import MemoryLog, append, leaf_hash
from privity.vault.notes import Signer

SIGNER = Signer("log.alder.example/1", bytes(range(32)))
KEY = SIGNER.verifier.text
EXACT, WITHIN, ANY = "exact", "within", "any"


@dataclass(frozen=True)
class Attack:
    """A log that was tampered with, checkpoints kept elsewhere, and the fault that must be named."""

    name: str
    log: Log
    kept: tuple[str, ...]
    kinds: frozenset[Kind]
    place: int
    how: str

    def missed(self) -> str:
        """Return what the checker failed to say, or nothing."""
        faults = check(self.log, KEY, kept=self.kept).faults
        if not faults:
            return f"{self.name} at {self.place}: nothing was found"
        hits = [fault for fault in faults if fault.kind in self.kinds and self._named(fault)]
        if not hits:
            return f"{self.name} at {self.place}: {faults[:3]}"
        strays = [fault for fault in faults if fault.kind not in self.kinds]
        return f"{self.name} at {self.place}: also {strays[:3]}" if self.how == EXACT and strays else ""

    def _named(self, fault: Fault) -> bool:
        low, high = sorted((fault.first, fault.last))
        return {EXACT: fault.first == self.place, WITHIN: low <= self.place <= high, ANY: True}[self.how]


@lru_cache(maxsize=4)
def whole_log(size: int) -> Log:
    """Return an honest log of this size with checkpoints at about a quarter, two thirds, and its end."""
    log, notes, marks = MemoryLog(), [], {size // 4, size * 2 // 3, size}
    for number in range(size):
        append(log, entry(number))
        if number + 1 in marks:
            notes.append(checkpoint(log, SIGNER))
    return Log(log.lines, [log.hashes(number) for number in range(size)], notes, KEY)


def edited(line: bytes, chance: random.Random) -> bytes:
    """Return a line with another actor, moment or act."""
    raw = json.loads(line)
    raw |= chance.choice([{"actor": "staff-99"}, {"at": "2026-01-01T00:00:00.000000Z"}, {"act": "note.print"}, {"subjects": ["ab" * 32]}])
    return json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()


def _edit(log: Log, chance: random.Random) -> Attack:
    lines, place = list(log.lines), chance.randrange(len(log.lines))
    lines[place] = edited(lines[place], chance)
    return Attack("edit", replace(log, lines=lines), (), frozenset({Kind.EDITED}), place, EXACT)


def _flip(log: Log, chance: random.Random) -> Attack:
    lines, place = list(log.lines), chance.randrange(len(log.lines))
    at = chance.randrange(len(lines[place]))
    lines[place] = lines[place][:at] + bytes([lines[place][at] ^ 1 << chance.randrange(8)]) + lines[place][at + 1 :]
    return Attack("flipped bit", replace(log, lines=lines), (), frozenset({Kind.EDITED}), place, EXACT)


def _insert(log: Log, chance: random.Random) -> Attack:
    lines, place = list(log.lines), chance.randrange(len(log.lines))
    lines.insert(place, edited(lines[place], chance))
    return Attack("insert", replace(log, lines=lines), (), frozenset({Kind.INSERTED}), place, EXACT)


def _copy(log: Log, chance: random.Random) -> Attack:
    lines, place, source = list(log.lines), *chance.sample(range(len(log.lines)), 2)
    lines.insert(place, lines[source])
    return Attack("copy", replace(log, lines=lines), (), frozenset({Kind.INSERTED}), place, WITHIN if abs(place - source) > 1 else ANY)


def _delete(log: Log, chance: random.Random) -> Attack:
    lines, place = list(log.lines), chance.randrange(len(log.lines) - 1)
    del lines[place]
    return Attack("delete", replace(log, lines=lines), (), frozenset({Kind.DELETED}), place, EXACT)


def _move(log: Log, chance: random.Random) -> Attack:
    lines, (place, to) = list(log.lines), chance.sample(range(len(log.lines)), 2)
    lines.insert(to, lines.pop(place))
    return Attack("move", replace(log, lines=lines), (), frozenset({Kind.REORDERED}), place, EXACT if abs(place - to) > 1 else WITHIN)


def _swap(log: Log, chance: random.Random) -> Attack:
    lines, (place, other) = list(log.lines), chance.sample(range(len(log.lines)), 2)
    lines[place], lines[other] = lines[other], lines[place]
    return Attack("swap", replace(log, lines=lines), (), frozenset({Kind.REORDERED}), place, WITHIN)


def _cut(log: Log, chance: random.Random) -> Attack:
    place = chance.randrange(len(log.lines) // 2, len(log.lines))
    hashes = log.hashes if chance.random() < 0.5 else log.hashes[:place]
    return Attack("cut off", replace(log, lines=log.lines[:place], hashes=hashes), (), frozenset({Kind.CUT_OFF}), place, EXACT)


def _edit_with_leaf(log: Log, chance: random.Random) -> Attack:
    attack = _edit(log, chance)
    hashes = list(log.hashes)
    hashes[attack.place] = leaf_hash(attack.log.lines[attack.place]) + hashes[attack.place][32:]
    return replace(attack, name="edit with its kept hash", log=replace(attack.log, hashes=hashes), kinds=frozenset({Kind.EDITED, Kind.ALTERED}), how=WITHIN)


def _rebuild(log: Log, chance: random.Random) -> Attack:
    attack = chance.choice([_edit, _insert, _delete, _swap])(log, chance)
    built = MemoryLog(attack.log.lines)
    hashes = [built.hashes(number) for number in range(built.size())]
    kinds = attack.kinds | {Kind.ALTERED, Kind.CUT_OFF}
    return replace(attack, name=attack.name + ", all hashes made anew", log=replace(attack.log, hashes=hashes), kinds=kinds, how=ANY)


def _renumber(log: Log, chance: random.Random) -> Attack:
    """Take one event out and number all later ones anew, with fresh hashes: the best that can be done without the log's key."""
    place = chance.randrange(len(log.lines) - 1)
    raws = [json.loads(line) for line in log.lines[:place] + log.lines[place + 1 :]]
    lines = [json.dumps({**raw, "n": number}, sort_keys=True, separators=(",", ":")).encode() for number, raw in enumerate(raws)]
    built = MemoryLog(lines)
    hashes = [built.hashes(number) for number in range(built.size())]
    kinds = frozenset({Kind.ALTERED, Kind.CUT_OFF})
    return Attack("delete, renumbered, all hashes made anew", replace(log, lines=lines, hashes=hashes), (), kinds, place, ANY)


def _fork(log: Log, chance: random.Random) -> Attack:
    """Rewrite the log and sign it again with its own key; a checkpoint was kept elsewhere."""
    place = chance.randrange(len(log.lines))
    lines = list(log.lines)
    lines[place] = edited(lines[place], chance)
    built = MemoryLog(lines)
    hashes = [built.hashes(number) for number in range(built.size())]
    forged = replace(log, lines=lines, hashes=hashes, notes=[checkpoint(built, SIGNER)])
    return Attack("fork", forged, (log.notes[-1],), frozenset({Kind.FORKED}), place, WITHIN)


def _roll_back(log: Log, chance: random.Random) -> Attack:
    """Bring back an old state whole, with the checkpoint it had; a newer one was kept elsewhere."""
    size = chance.choice([len(log.lines) // 4, len(log.lines) * 2 // 3])
    notes = log.notes[:1] if size == len(log.lines) // 4 else log.notes[:2]
    return Attack(
        "roll-back", replace(log, lines=log.lines[:size], hashes=log.hashes[:size], notes=notes), (log.notes[-1],), frozenset({Kind.ROLLED_BACK}), size, EXACT
    )


def _false_checkpoint(log: Log, chance: random.Random) -> Attack:
    """Edit the log and sign a checkpoint with a key of one's own, under the log's name."""
    attack = _edit(log, chance)
    other = Signer(SIGNER.name, bytes(32))
    note = checkpoint(MemoryLog(attack.log.lines), other)
    return Attack("checkpoint of another key", replace(attack.log, notes=[note]), (), frozenset({Kind.FALSE_NOTE}), 0, ANY)


def _replayed(log: Log, chance: random.Random) -> Attack:
    """Put another log's genuine root under this log's size by editing the note."""
    note = log.notes[-1].replace(f"\n{len(log.lines)}\n", f"\n{len(log.lines) - 1}\n", 1)
    return Attack("altered checkpoint", replace(log, notes=[note]), (), frozenset({Kind.FALSE_NOTE}), 0, ANY)


def _kept_hash(log: Log, chance: random.Random) -> Attack:
    place, hashes = chance.randrange(len(log.lines)), list(log.hashes)
    hashes[place] = bytes([hashes[place][0] ^ 1]) + hashes[place][1:]
    return Attack("kept hash", replace(log, hashes=hashes), (), frozenset({Kind.FALSE_HASH}), place, EXACT)


def _without_hashes(log: Log, chance: random.Random) -> Attack:
    attack = chance.choice([_insert, _delete, _swap, _edit, _cut])(log, chance)
    if attack.name in ("edit", "insert"):
        attack = replace(attack, kinds=attack.kinds | {Kind.ALTERED}, how=WITHIN if attack.name == "edit" else ANY)
    return replace(attack, name=attack.name + ", without kept hashes", log=replace(attack.log, hashes=[]))


ATTACKS: tuple[Callable[[Log, random.Random], Attack], ...] = (
    _edit, _flip, _insert, _copy, _delete, _move, _swap, _cut, _edit_with_leaf, _rebuild, _renumber, _fork, _roll_back, _false_checkpoint, _replayed,
    _kept_hash, _without_hashes,
)  # fmt: skip


def attack(size: int, number: int) -> Attack:
    """Return the attack with a number, always the same one, on a log of a size."""
    return ATTACKS[number % len(ATTACKS)](whole_log(size), random.Random(number))
