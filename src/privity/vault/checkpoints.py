"""Checkpoints (c2sp.org/tlog-checkpoint): the log's size and root, signed, to be kept elsewhere; and the witness who signs beside."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from .faults import BadNote, ProofFails
from .log import HASH_BYTES, Storage, root, verify_consistency
from .notes import Note, Signer, Verifier, add_signature, sign_note
from .seal import Key

Said = TypeVar("Said")
_BODY = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)")


@dataclass(frozen=True)
class Checkpoint:
    """A log's size and root at a moment. `origin` names the log, `lines` are its extension lines."""

    origin: str
    size: int
    root: bytes
    lines: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The note's text."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.lines))

    @classmethod
    def read(cls, text: str) -> Checkpoint:
        """Return the checkpoint of a note's text. Raises BadNote."""
        match = _BODY.fullmatch(text)
        found = base64.b64decode(match[3]) if match else b""
        if match is None or len(found) != HASH_BYTES:
            raise BadNote("this is no checkpoint: a name, a size, a root, each on its line")
        return cls(match[1], int(match[2]), found, tuple(match[4].splitlines()))


def log_signer(key: Key, name: str) -> Signer:
    """Return who signs a practice's checkpoints under a name, from its signing key (Use.SIGNING)."""
    return Signer(name, key.for_("log"))


def checkpoint(storage: Storage, signer: Signer, *, lines: Sequence[str] = ()) -> str:
    """Return the signed checkpoint of the log as it stands, under the signer's name."""
    return sign_note(Checkpoint(signer.name, storage.size(), root(storage), tuple(lines)).text, [signer])


def believed(note: str, log: Verifier) -> Checkpoint:
    """Return the checkpoint of a note that bears the log's own signature. Raises BadNote or BadSignature."""
    read = Note.read(note)
    read.believe(log)
    found = Checkpoint.read(read.text)
    if found.origin != log.name:
        raise BadNote(f"this checkpoint is of {found.origin}, not of {log.name}; give that log's own")
    return found


def witnessed(note: str, *, log: Verifier, seen: Checkpoint | None, proof: Sequence[bytes], witness: Signer, now: datetime) -> str:
    """Return the note with the witness's signature, once it is shown to continue what the witness has seen.

    The witness then keeps the new checkpoint as seen. Raises ProofFails for a log that went back or another way, BadSignature and BadNote.
    """
    found = believed(note, log)
    if seen is not None:
        if found.size < seen.size:
            raise ProofFails(f"the log went back: {seen.size} entries were seen, and this checkpoint has {found.size}; do not sign, and ask who wrote the log")
        verify_consistency(seen.size, found.size, proof, seen.root, found.root)
    return add_signature(note, witness, now=now)


def export(folder: Path, storage: Storage, lines: Sequence[bytes], notes: Sequence[str], log: Verifier) -> None:
    """Write a log as a folder that `privity log check` reads: entries, their hashes, checkpoints and the verifier key."""
    for _ in export_rows(folder, ((line, storage.hashes(index), "") for index, line in enumerate(lines)), notes, log):
        pass


def export_rows(folder: Path, rows: Iterable[tuple[bytes, bytes, Said]], notes: Sequence[str], log: Verifier) -> Iterator[tuple[int, Said]]:
    """Write a log as export does, from rows of an entry, its hashes, and a word about it; after each row yield how many there are, and its word."""
    (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
    names = [f"{Checkpoint.read(Note.read(note).text).size:012}" for note in notes]
    for number, (name, note) in enumerate(zip(names, notes, strict=True)):
        again = "" if name not in names[:number] else f".{number}"
        (folder / "checkpoints" / f"{name}{again}.note").write_text(note, "utf-8")
    (folder / "log.key").write_text(log.text + "\n", "utf-8")
    with (folder / "entries.jsonl").open("wb") as entries, (folder / "hashes.txt").open("w", encoding="ascii") as hashes:
        for count, (line, kept, said) in enumerate(rows, 1):
            entries.write(line + b"\n")
            hashes.write(kept.hex() + "\n")
            yield count, said
