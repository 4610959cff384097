"""Sealing: text or bytes become bytes that open only with their key and in their place. Bytes: FORMAT.md, "Sealed value"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NoReturn, TypeVar

from .faults import CannotSeal, MovedRow, NotText, SealBroken, Truncated, UnknownFormat, WrongKey
from .primitives import ID_BYTES, KEY_BYTES, NONCE_BYTES, TAG_BYTES, Cipher, derive, lengthed, mac, random_bytes, same

MARK = b"S\x01"
HEAD_BYTES = len(MARK) + ID_BYTES + TAG_BYTES + 4
BLOCK = 32
MOST = 1 << 30  # bytes in one sealed value; a longer file is cut into rows
Reader = TypeVar("Reader")
_NAME = re.compile(r"[A-Za-z0-9._:-]{1,200}")
_PLACE = re.compile(_NAME.pattern + (f"/{_NAME.pattern}") * 3)


def named(text: str, what: str) -> bytes:
    """Return an id as bytes. Raises CannotSeal when it is no id, without repeating it: it might be what should be sealed."""
    if not _NAME.fullmatch(text):
        raise CannotSeal(f"{what} must be an id of letters, digits and . _ : - (200 at most); give the row's id, never its content")
    return text.encode("ascii")


@dataclass(frozen=True)
class Key:
    """Thirty-two secret bytes. `id` follows from them and is no secret; a key is used only through what is derived from it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise CannotSeal(f"a key has {KEY_BYTES} bytes, and this one has {len(self.secret)}")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled, cached or copied; wrap it")

    @classmethod
    def random(cls) -> Key:
        """Return a new key."""
        return cls(random_bytes(KEY_BYTES))

    @cached_property
    def id(self) -> bytes:
        """The 16 bytes that name this key and commit to it: another key with the same id cannot be found."""
        return derive(self.secret, b"key id")[:ID_BYTES]

    @cached_property
    def sealing(self) -> Cipher:
        """The cipher for values."""
        return Cipher(derive(self.secret, b"seal"))

    @cached_property
    def wrapping(self) -> Cipher:
        """The cipher for other keys."""
        return Cipher(derive(self.secret, b"wrap"))

    @cached_property
    def binding(self) -> bytes:
        """The key of binding tags."""
        return derive(self.secret, b"bind")

    @cached_property
    def committing(self) -> bytes:
        """The key of commitments in the log; it ends with this key."""
        return derive(self.secret, b"commit")

    def for_(self, label: str) -> bytes:
        """Return 32 bytes for a purpose of its own, such as the log's signing seed."""
        return derive(self.secret, b"for/" + named(label, "label"))


@dataclass(frozen=True)
class Binding:
    """The one place where sealed bytes may open: practice, record, kind (table and column), row and the row's version."""

    practice: str
    record: str
    kind: str
    row: str
    version: int = 1

    @property
    def canonical(self) -> bytes:
        """The place as bytes; no two places give the same."""
        if not 0 <= self.version < 1 << 63:
            raise CannotSeal("a row's version is a whole number from 0")
        if not _PLACE.fullmatch(f"{self.practice}/{self.record}/{self.kind}/{self.row}"):  # one look for all four: lists open by the thousand
            for name in ("practice", "record", "kind", "row"):
                named(getattr(self, name), name)
        parts = (self.practice.encode(), self.record.encode(), self.kind.encode(), self.row.encode())
        return lengthed(b"privity/v1/place", *parts, self.version.to_bytes(8, "big"))

    def tag(self, key: Key) -> bytes:
        """Return the 16 bytes that stand for this place under a key; they tell nothing to whoever lacks it."""
        return mac(key.binding, self.canonical)[:TAG_BYTES]


def seal(text: str | bytes, *, with_: Key, bound_to: Binding) -> bytes:
    """Return text or bytes sealed with a record's key for one place.

    The length shows only in steps of 32 bytes. Raises CannotSeal when the text is not Unicode, or is over 1 GiB.
    """
    plain = _padded(_as_bytes(text))
    nonce = random_bytes(NONCE_BYTES)
    head = MARK + with_.id + bound_to.tag(with_) + (len(plain) + TAG_BYTES).to_bytes(4, "big")
    return head + nonce + with_.sealing.encrypt(nonce, plain, head)


def open_sealed(sealed: bytes | memoryview, *, with_: Key, bound_to: Binding) -> bytes:
    """Return what was sealed, as bytes.

    Raises WrongKey, MovedRow, SealBroken, Truncated or UnknownFormat, all of them WillNotOpen.
    """
    sealed = bytes(sealed)
    return reader_of(sealed, READERS, "sealed value")(sealed, with_, bound_to)


def open_text(sealed: bytes | memoryview, *, with_: Key, bound_to: Binding) -> str:
    """Return what was sealed, as text. Raises as open_sealed does, and NotText for bytes that never were text."""
    try:
        return open_sealed(sealed, with_=with_, bound_to=bound_to).decode("utf-8")
    except UnicodeDecodeError:
        raise NotText("this was sealed as bytes, not as text; open it as a document") from None


def key_of(sealed: bytes) -> bytes:
    """Return the id of the key that sealed these bytes, as they claim it. Raises Truncated or UnknownFormat."""
    reader_of(sealed, READERS, "sealed value")
    return bytes(sealed[len(MARK) : len(MARK) + ID_BYTES])


def reader_of(sealed: bytes, readers: Mapping[bytes, Reader], what: str) -> Reader:
    """Return the reader for a version mark. Raises Truncated or UnknownFormat."""
    if len(sealed) < len(MARK):
        raise Truncated(f"this {what} has only {len(sealed)} bytes; restore this row from a backup")
    reader = readers.get(bytes(sealed[: len(MARK)]))
    if reader is None:
        mark = bytes(sealed[: len(MARK)]).hex()
        raise UnknownFormat(f"the mark {mark} is no {what} this program knows: altered, or written by a newer Privity; update it, or restore the row")
    return reader


def _open_1(sealed: bytes, key: Key, place: Binding) -> bytes:
    """Read version 1. The tag of the place is authenticated with the text, so a moved row can be told from an altered one."""
    if len(sealed) < HEAD_BYTES + NONCE_BYTES + TAG_BYTES:
        raise Truncated(f"this sealed value ends after {len(sealed)} bytes, within its head; restore this row from a backup")
    head, nonce, body = sealed[:HEAD_BYTES], sealed[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES], sealed[HEAD_BYTES + NONCE_BYTES :]
    told = int.from_bytes(head[-4:], "big")
    if len(body) < told:
        raise Truncated(f"this sealed value says {told} bytes and has {len(body)}: cut off, or its length altered; restore this row from a backup")
    if key_of(sealed) != key.id:
        raise WrongKey(f"this was sealed with key {key_of(sealed).hex()}, not with {key.id.hex()}; open it with its own record's key")
    plain = key.sealing.decrypt(nonce, body, head)
    if not same(head[-4 - TAG_BYTES : -4], place.tag(key)):
        raise MovedRow(f"this was sealed for another place than {place.kind} {place.row}, version {place.version}; put it back, and ask the log who moved it")
    return _unpadded(plain)


READERS: dict[bytes, Callable[[bytes, Key, Binding], bytes]] = {MARK: _open_1}  # INVARIANT: a mark once here stays; old versions open forever


def _as_bytes(text: str | bytes) -> bytes:
    try:
        plain = text if isinstance(text, bytes) else text.encode("utf-8")
    except UnicodeEncodeError:
        raise CannotSeal("this text holds half a character (a lone surrogate); paste it again") from None
    if len(plain) > MOST:
        raise CannotSeal(f"this is over {MOST >> 20} MiB; cut it into several rows")
    return plain


def _padded(plain: bytes) -> bytes:
    """Return the content, a 0x80 byte, and zeros up to a multiple of 32 (ISO/IEC 7816-4): a short name shows no length."""
    return plain + b"\x80" + bytes(-(len(plain) + 1) % BLOCK)


def _unpadded(plain: bytes) -> bytes:
    end = len(plain.rstrip(b"\0")) - 1
    if end < 0 or plain[end] != 0x80:
        raise SealBroken("what opened has no end mark; whoever wrote it did not follow FORMAT.md")
    return plain[:end]
