"""Signed notes and their keys (c2sp.org/signed-note), Ed25519 only: text, a blank line, and one line for each signature."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from .faults import BadNote, BadSignature
from .primitives import public_key, sign, verify

LOG, WITNESS = 1, 4  # signature types: Ed25519 over the note; timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature)
MOST_SIGNATURES = 64
_NAME = re.compile(r"[^\s+]+")


@dataclass(frozen=True)
class Verifier:
    """Whose signature to expect: a name and a public key. `text` is the vkey form that people exchange."""

    name: str
    public: bytes
    type: int = LOG

    @classmethod
    def read(cls, text: str) -> Verifier:
        """Return the verifier of a vkey, `name+hash+base64`. Raises BadNote."""
        try:
            name, told, key = text.strip().split("+", 2)
            raw = base64.b64decode(key, validate=True)
            found = cls(name, raw[1:], raw[0])
            if len(raw) != 33 or raw[0] not in (LOG, WITNESS) or found.id.hex() != told or not _NAME.fullmatch(name):
                raise ValueError
        except (ValueError, IndexError):
            raise BadNote("this is no verifier key (name+hash+base64); copy the whole line again") from None
        return found

    @property
    def id(self) -> bytes:
        """The four bytes that name the key on a signature line."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """The vkey."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.type]) + self.public).decode()}"


@dataclass(frozen=True)
class Signer:
    """Signs notes under a name. `seed` is 32 secret bytes."""

    name: str
    seed: bytes = field(repr=False)
    type: int = LOG

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name) or len(self.seed) != 32:
            raise BadNote("a signer's name has no space and no +, and its seed has 32 bytes")

    @property
    def verifier(self) -> Verifier:
        """What others need to check this signer's notes."""
        return Verifier(self.name, public_key(self.seed), self.type)

    @property
    def text(self) -> str:
        """The secret key as one line, for a file that only its holder reads."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier.id.hex()}+{base64.b64encode(bytes([self.type]) + self.seed).decode()}"

    @classmethod
    def read(cls, text: str) -> Signer:
        """Return the signer of a secret key's line. Raises BadNote."""
        try:
            one, two, name, told, key = text.strip().split("+", 4)
            raw = base64.b64decode(key, validate=True)
            found = cls(name, raw[1:], raw[0])
            if (one, two) != ("PRIVATE", "KEY") or raw[0] not in (LOG, WITNESS) or found.verifier.id.hex() != told:
                raise ValueError
        except (ValueError, IndexError):
            raise BadNote("this is no signing key (PRIVATE+KEY+name+hash+base64); give the file that holds one") from None
        return found


@dataclass(frozen=True)
class Note:
    """A note that was read and not yet believed: its text, and (name, key id, signature) for each line under it."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def read(cls, note: str) -> Note:
        """Return the parts of a note. Raises BadNote."""
        head, blank, tail = note.rpartition("\n\n")
        lines = tail.split("\n")
        if not blank or lines.pop() != "" or not 1 <= len(lines) <= MOST_SIGNATURES or any(ord(sign) < 32 and sign != "\n" for sign in note):
            raise BadNote("this is no signed note: text, a blank line, then signature lines")
        return cls(head + "\n", tuple(_signature(line) for line in lines))

    def believe(self, verifier: Verifier) -> datetime | None:
        """Return the moment a witness signed, or None for a log's signature. Raises BadSignature when this key's is missing or false."""
        mine = [signature for name, key, signature in self.signatures if (name, key) == (verifier.name, verifier.id)]
        if not mine:
            raise BadSignature(f"no signature of {verifier.name} with this key stands under the note; do not rely on it")
        for signature in mine:
            verify(verifier.public, *_signed(self.text, verifier.type, signature))
        return _moment(mine[0]) if verifier.type == WITNESS else None


def sign_note(text: str, signers: Iterable[Signer], *, now: datetime | None = None) -> str:
    """Return a text as a signed note. A witness's signature carries `now`."""
    if not text.endswith("\n") or any(ord(sign) < 32 and sign != "\n" for sign in text):
        raise BadNote("a note's text ends with a newline and holds no other control sign")
    return text + "\n" + "".join(_line(signer, text, now) for signer in signers)


def add_signature(note: str, signer: Signer, *, now: datetime | None = None) -> str:
    """Return a note with one more signature line."""
    return note + _line(signer, Note.read(note).text, now)


def _line(signer: Signer, text: str, now: datetime | None) -> str:
    stamp = b""
    if signer.type == WITNESS:
        if now is None:
            raise BadNote("a witness signs with a moment; pass now")
        stamp = int(now.timestamp()).to_bytes(8, "big")
    message, _ = _signed(text, signer.type, stamp)
    return f"— {signer.name} {base64.b64encode(signer.verifier.id + stamp + sign(signer.seed, message)).decode()}\n"


def _signature(line: str) -> tuple[str, bytes, bytes]:
    match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
    try:
        raw = base64.b64decode(match[2], validate=True) if match else b""
    except ValueError:
        raw = b""
    if match is None or len(raw) < 5:
        raise BadNote("a signature line is a dash, a name, and base64; this one is not")
    return match[1], raw[:4], raw[4:]


def _signed(text: str, type_: int, signature: bytes) -> tuple[bytes, bytes]:
    """Return the message that was signed, and the bare signature."""
    if type_ == LOG:
        return text.encode(), signature
    return f"cosignature/v1\ntime {int.from_bytes(signature[:8], 'big')}\n{text}".encode(), signature[8:]


def _moment(signature: bytes) -> datetime:
    try:
        return datetime.fromtimestamp(int.from_bytes(signature[:8], "big"), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadSignature("the witness's moment is none; do not rely on this signature") from None
