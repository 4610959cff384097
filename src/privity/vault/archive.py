"""A backup as one sealed file: pieces under a key of its own, which is wrapped under the root key. Bytes: FORMAT.md, "Backup"."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from .faults import MovedRow, SealBroken, Truncated, UnknownFormat, WrongKey
from .keys import KeyFor, Use, unwrap, wrap
from .seal import Binding, Key, open_sealed, seal

PIECE = 1 << 20
LONGEST_HEAD = 4096
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Head:
    """What a backup says of itself in clear: its id, what it is of, when it was made, and which root key opens it."""

    id: str
    of: str
    made: str
    root: str
    wrapped: bytes

    def line(self) -> bytes:
        """Return the first line of the file."""
        told = {"privity_backup": 1, "id": self.id, "of": self.of, "made": self.made, "root": self.root, "wrapped": base64.b64encode(self.wrapped).decode()}
        return json.dumps(told, sort_keys=True).encode("ascii") + b"\n"


def quiet(done: int) -> None:
    """Show no progress."""


def seal_archive(
    source: IO[bytes], target: IO[bytes], *, root: Key, id: str, of: str, made: str, facts: Mapping[str, object], progress: Progress = quiet
) -> str:
    """Write what `source` holds into `target`, sealed, and return its SHA-256 in hex. `facts` are sealed with it, and come back when it is opened."""
    key, for_ = Key.random(), _key_of(id)
    head = Head(id, of, made, root.id.hex(), wrap(key, under=root, for_=for_))
    target.write(head.line())
    sum_, pieces, length = hashlib.sha256(), 0, 0
    while piece := source.read(PIECE):
        _put(target, seal(piece, with_=key, bound_to=_place(head, str(pieces))))
        sum_.update(piece)
        pieces, length = pieces + 1, length + len(piece)
        progress(length)
    end = {"pieces": pieces, "bytes": length, "sha256": sum_.hexdigest(), "head": hashlib.sha256(head.line()).hexdigest(), "facts": dict(facts)}
    _put(target, seal(json.dumps(end), with_=key, bound_to=_place(head, "end")))
    return sum_.hexdigest()


def read_head(source: IO[bytes]) -> Head:
    """Return what a backup says of itself; nothing of it is proved before it is opened. Raises UnknownFormat."""
    try:
        raw = json.loads(source.readline(LONGEST_HEAD))
        if raw["privity_backup"] != 1:
            raise ValueError
        return Head(str(raw["id"]), str(raw["of"]), str(raw["made"]), str(raw["root"]), base64.b64decode(raw["wrapped"], validate=True))
    except (ValueError, KeyError, TypeError):
        raise UnknownFormat("this is no backup that this Privity knows: another file, cut off at its start, or made by a newer one") from None


def open_archive(source: IO[bytes], target: IO[bytes], *, roots: Sequence[Key], progress: Progress = quiet) -> dict[str, object]:
    """Write what was backed up into `target` and return its facts, once every byte was checked.

    INVARIANT: nothing in `target` counts before this returns. Raises WrongKey, Truncated, SealBroken, MovedRow or UnknownFormat.
    """
    head = read_head(source)
    under = next((root for root in roots if root.id.hex() == head.root), None)
    if under is None:
        raise WrongKey(f"this backup was made under root key {head.root}, which is not the one at hand; bring that key file, or type its recovery sheet")
    key = unwrap(head.wrapped, under=under, for_=_key_of(head.id))
    sum_, length, pieces = hashlib.sha256(), 0, 0
    for sealed, last in _pieces(source):
        if last:
            break
        piece = open_sealed(sealed, with_=key, bound_to=_place(head, str(pieces)))
        target.write(piece)
        sum_.update(piece)
        pieces, length = pieces + 1, length + len(piece)
        progress(length)
    try:
        end = json.loads(open_sealed(sealed, with_=key, bound_to=_place(head, "end")))
    except MovedRow:
        raise Truncated("this backup is cut off: its end is missing; take another backup") from None
    told = (end["pieces"], end["bytes"], end["sha256"], end["head"])
    if told != (pieces, length, sum_.hexdigest(), hashlib.sha256(head.line()).hexdigest()):
        raise SealBroken("the checksum of this backup is not that of what it holds; take another backup")
    facts: dict[str, object] = end["facts"]
    return facts


def _key_of(id: str) -> KeyFor:
    return KeyFor("root", id, Use.BACKUP)


def _place(head: Head, row: str) -> Binding:
    return Binding("root", head.id, f"backup.{head.of}", row)


def _put(target: IO[bytes], sealed: bytes) -> None:
    target.write(len(sealed).to_bytes(4, "big") + sealed)


def _pieces(source: IO[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each sealed piece, and whether it is the last in the file."""
    now = _piece(source)
    while now:
        after = _piece(source)
        yield now, not after
        now = after
    raise Truncated("this backup ends after its first line; take another backup")


def _piece(source: IO[bytes]) -> bytes:
    size = source.read(4)
    if not size:
        return b""
    told = int.from_bytes(size, "big")
    if len(size) < 4 or told > PIECE + 4096:
        raise Truncated("this backup is cut off or damaged: a piece does not say its length; take another backup")
    sealed = source.read(told)
    if len(sealed) < told:
        raise Truncated(f"this backup is cut off: a piece of {told} bytes has only {len(sealed)}; take another backup")
    return sealed
