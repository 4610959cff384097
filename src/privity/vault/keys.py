"""Keys under keys: the root key wraps the practice key, the practice key wraps one key per record and use. Bytes: FORMAT.md, "Wrapped key"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from .faults import CannotSeal, Locked, MovedRow, NoSuchKey, SealBroken, Truncated, WrongKey
from .primitives import ID_BYTES, KEY_BYTES, NONCE_BYTES, TAG_BYTES, random_bytes, same
from .seal import Binding, Key, reader_of

MARK = b"W\x01"
HEAD_BYTES = len(MARK) + 2 * ID_BYTES + TAG_BYTES
WRAPPED_BYTES = HEAD_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES


class Use(Enum):
    """What a key is for. Each use of a record has a key of its own, and so a life of its own."""

    PRACTICE = "practice"  # wraps all keys below; itself wrapped under the root key
    RECORD = "record"  # the chart of a client, couple, family or group, and the server's layer over sealed notes
    IDENTITY = "identity"  # a person's name, contacts, and the bare fact of being a client
    MESSAGES = "messages"  # the server's layer over end-to-end encrypted messages
    RELEASES = "releases"  # exact copies of what was sent: outlives the record
    ACCOUNTING = "accounting"  # the accounting of disclosures, signed papers: six years at least (45 CFR 164.528)
    INDEX = "index"  # the blind index of a practice
    SIGNING = "signing"  # the log's signatures
    ACCOUNT = "account"  # secrets of staff accounts
    BACKUP = "backup"  # one backup file; wrapped under the root key, and kept in that file


@dataclass(frozen=True)
class KeyFor:
    """Whose key this is, and what for. `record` is the id of the record, the person, the account or the practice."""

    practice: str
    record: str
    use: Use

    def place(self) -> Binding:
        """Return where the wrapped key may open."""
        return Binding(self.practice, self.record, f"key.{self.use.value}", self.record)


def practice_key_for(practice: str) -> KeyFor:
    """Return what a practice's own key is for."""
    return KeyFor(practice, practice, Use.PRACTICE)


@dataclass(frozen=True)
class Wrap:
    """A wrapped key as the key store holds it. `id` is the row's; `parent` and `child` are read from the bytes."""

    id: str
    for_: KeyFor
    wrapped: bytes

    @property
    def parent(self) -> bytes:
        """The id of the key it is wrapped under."""
        return parent_of(self.wrapped)

    @property
    def child(self) -> bytes:
        """The id of the key within."""
        return bytes(self.wrapped[len(MARK) + ID_BYTES : len(MARK) + 2 * ID_BYTES])


def wrap(key: Key, *, under: Key, for_: KeyFor) -> bytes:
    """Return a key wrapped under another, bound to its practice, record and use."""
    nonce = random_bytes(NONCE_BYTES)
    head = MARK + under.id + key.id + for_.place().tag(under)
    return head + nonce + under.wrapping.encrypt(nonce, key.secret, head)


def unwrap(wrapped: bytes, *, under: Key, for_: KeyFor) -> Key:
    """Return the key within. Raises WrongKey, MovedRow, SealBroken, Truncated or UnknownFormat, all of them WillNotOpen."""
    wrapped = bytes(wrapped)
    return reader_of(wrapped, READERS, "wrapped key")(wrapped, under, for_)


def parent_of(wrapped: bytes) -> bytes:
    """Return the id of the key that wraps, as the bytes claim it. Raises Truncated or UnknownFormat."""
    reader_of(wrapped, READERS, "wrapped key")
    if len(wrapped) < WRAPPED_BYTES:
        raise Truncated(f"this wrapped key ends after {len(wrapped)} of {WRAPPED_BYTES} bytes; restore the key store from its backup")
    return bytes(wrapped[len(MARK) : len(MARK) + ID_BYTES])


def _unwrap_1(wrapped: bytes, under: Key, for_: KeyFor) -> Key:
    """Read version 1."""
    if (parent := parent_of(wrapped)) != under.id:
        raise WrongKey(f"this key is wrapped under {parent.hex()}, not under {under.id.hex()}; unlock the practice it belongs to")
    head, nonce, body = wrapped[:HEAD_BYTES], wrapped[HEAD_BYTES : HEAD_BYTES + NONCE_BYTES], wrapped[HEAD_BYTES + NONCE_BYTES :]
    key = Key(under.wrapping.decrypt(nonce, body, head))
    if not same(head[-TAG_BYTES:], for_.place().tag(under)):
        raise MovedRow(f"this wrapped key belongs to another record or use than {for_.record}, {for_.use.value}; restore the key store from its backup")
    if key.id != head[len(MARK) + ID_BYTES : len(MARK) + 2 * ID_BYTES]:
        raise SealBroken("the key within is not the one its head names; whoever wrote it did not follow FORMAT.md")
    return key


READERS: dict[bytes, Callable[[bytes, Key, KeyFor], Key]] = {MARK: _unwrap_1}  # INVARIANT: a mark once here stays; old versions open forever


# --- the keyring -----------------------------------------------------------------------------------------------


class Keyring(ABC):
    """A practice's keys, locked or open; every verb that needs a key raises Locked when locked."""

    def __init__(self, practice: str) -> None:
        self.practice = practice

    def make(self, for_: KeyFor) -> tuple[Key, bytes]:
        """Return a new key and its wrapped form. INVARIANT: the store refuses it when its parent is no longer the current practice key."""
        self._own(for_)
        key = Key.random()
        return key, wrap(key, under=self.current(), for_=for_)

    def open(self, wrapped: bytes, for_: KeyFor) -> Key:
        """Return the key within. Raises NoSuchKey when its practice key is gone, Locked, and what unwrap raises."""
        self._own(for_)
        return unwrap(wrapped, under=self.named(parent_of(wrapped)), for_=for_)

    def rewrap(self, wrapped: bytes, for_: KeyFor) -> bytes:
        """Return the same key wrapped under the current practice key."""
        return wrap(self.open(wrapped, for_), under=self.current(), for_=for_)

    @abstractmethod
    def current(self) -> Key:
        """Return the practice key that new keys are wrapped under. Raises Locked."""

    @abstractmethod
    def named(self, key: bytes) -> Key:
        """Return the practice key with an id. Raises NoSuchKey when it was destroyed or never was this practice's, and Locked."""

    @abstractmethod
    def lock(self) -> LockedKeyring:
        """Return the locked keyring; the open one forgets its keys."""

    def _own(self, for_: KeyFor) -> None:
        if for_.practice != self.practice:
            raise CannotSeal(f"this keyring is practice {self.practice}'s, and the key asked for is practice {for_.practice}'s; use that practice's keyring")


class LockedKeyring(Keyring):
    """No key is in memory. What needs none still works: the log is checked, sealed rows are kept and backed up."""

    def current(self) -> Key:
        """Raise Locked."""
        raise Locked(self.practice)

    def named(self, key: bytes) -> Key:
        """Raise Locked."""
        raise Locked(self.practice)

    def lock(self) -> LockedKeyring:
        """Return itself."""
        return self

    def unlock(self, roots: Iterable[Key], practice_keys: Sequence[Wrap]) -> OpenKeyring:
        """Return the open keyring: every practice key the roots open; the last in the list is current.

        Raises NoSuchKey when there is none, WrongKey when no root opens one, and what unwrap raises.
        """
        by_id = {root.id: root for root in roots}
        opened = []
        for row in practice_keys:
            if row.parent not in by_id:
                raise WrongKey(f"practice {self.practice}'s key is wrapped under root key {row.parent.hex()}, which was not given; unlock that one")
            opened.append(unwrap(row.wrapped, under=by_id[row.parent], for_=practice_key_for(self.practice)))
        return OpenKeyring(self.practice, opened)


class OpenKeyring(Keyring):
    """The practice's keys are in memory; the last one given is current."""

    def __init__(self, practice: str, keys: Sequence[Key]) -> None:
        super().__init__(practice)
        if not keys:
            raise NoSuchKey(f"practice {practice} has no practice key; make one, or restore the key store from its backup")
        self._keys: Mapping[bytes, Key] = {key.id: key for key in keys}
        self._current: Key | None = keys[-1]

    def __repr__(self) -> str:
        return f"OpenKeyring({self.practice}, {len(self._keys)} keys)"

    def current(self) -> Key:
        """Return the practice key that new keys are wrapped under. Raises Locked after lock()."""
        if self._current is None:
            raise Locked(self.practice)
        return self._current

    def named(self, key: bytes) -> Key:
        """Return the practice key with an id. Raises NoSuchKey, and Locked after lock()."""
        self.current()
        if key not in self._keys:
            raise NoSuchKey(f"practice key {key.hex()} was destroyed, or is not practice {self.practice}'s; what was wrapped under it stays closed")
        return self._keys[key]

    def lock(self) -> LockedKeyring:
        """Return the locked keyring. Python cannot wipe memory: a copy may stay in freed memory until it is used again."""
        self._keys, self._current = {}, None
        return LockedKeyring(self.practice)


def first_practice_key(practice: str, root: Key) -> tuple[OpenKeyring, bytes]:
    """Return the keyring of a new practice, and its practice key wrapped under the root key for the store."""
    key = Key.random()
    return OpenKeyring(practice, [key]), wrap(key, under=root, for_=practice_key_for(practice))
