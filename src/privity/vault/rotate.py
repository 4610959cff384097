"""Replacing the practice key and the root key, going on after a kill; and destroying a record's key so that it stays destroyed.

Progress is not kept beside the data: each wrapped key names the key it is wrapped under, so what is left to do can always be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from .faults import HeldForLaw, NoSuchKey, StillInUse
from .keys import KeyFor, LockedKeyring, OpenKeyring, Wrap, practice_key_for, unwrap, wrap
from .primitives import lengthed, mac, random_bytes, same
from .seal import Key

BATCH = 500
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Rotation:
    """The note in the key store that a practice key is being replaced: the ids of both keys, and the shreds that this one completes."""

    old: bytes
    new: bytes
    shreds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shred:
    """A record's keys, destroyed at `removed`, while a backup of the old practice key could still bring them back."""

    id: str
    record: bytes
    uses: tuple[str, ...]
    requested: datetime
    removed: datetime


@dataclass(frozen=True)
class ShredCertificate:
    """What a practice can show: since `effective`, nothing in its hands opens the record. `record` is a commitment, not an id."""

    id: str
    record: bytes
    uses: tuple[str, ...]
    requested: datetime
    removed: datetime
    executed: datetime
    effective: date
    old_key: bytes
    new_key: bytes

    def text(self) -> str:
        """Return the certificate as lines, to be signed as a note."""
        rows = (
            ("shred", self.id), ("record", self.record.hex()), ("keys", " ".join(self.uses)), ("requested", self.requested.isoformat()),
            ("removed", self.removed.isoformat()), ("executed", self.executed.isoformat()), ("effective", self.effective.isoformat()),
            ("destroyed practice key", self.old_key.hex()), ("practice key since", self.new_key.hex()),
        )  # fmt: skip
        return "privity shred certificate 1\n" + "".join(f"{name}: {value}\n" for name, value in rows)

    def is_about(self, record: str, opening: bytes) -> bool:
        """Return whether this certificate is about a record, for whoever was given its opening on paper."""
        return same(self.record, _record_commitment(record, opening))


class KeyStore(Protocol):
    """The practice's wrapped keys, apart from its data. Each verb is one transaction, durable when it returns."""

    def practice_keys(self) -> list[Wrap]:
        """Return the practice keys' wraps, oldest first."""

    def wraps_under(self, parent: bytes, limit: int) -> list[Wrap]:
        """Return at most `limit` wraps under a key, in any order."""

    def wraps_of(self, for_: Sequence[KeyFor]) -> list[Wrap]:
        """Return the wraps that stand for these."""

    def add(self, row: Wrap) -> None:
        """Keep a new wrap. INVARIANT: refused unless its parent is the newest practice key; an older one is about to be destroyed."""

    def replace(self, rows: Sequence[tuple[Wrap, Wrap]]) -> None:
        """Put each second wrap where the first still stands unchanged. INVARIANT: never brings back a wrap destroyed meanwhile."""

    def rotation(self) -> Rotation | None:
        """Return the rotation under way."""

    def begin(self, rotation: Rotation, new: Wrap) -> None:
        """Keep the new practice key as the newest, and the rotation's note; both or neither.

        INVARIANT: refused with StillInUse unless it is wrapped under the same root key as the newest one there: that root key may be about to go.
        """

    def end(self, rotation: Rotation, certificates: Sequence[ShredCertificate]) -> None:
        """Destroy the old practice key's wrap and the note, keep the certificates, close their shreds; all or nothing.

        INVARIANT: refused with StillInUse while any wrap stands under the old key.
        """

    def holds(self, record: str) -> tuple[str, ...]:
        """Return the ids of the legal holds that stand on a record."""

    def destroy(self, rows: Sequence[Wrap], shred: Shred) -> None:
        """Destroy wraps and keep the shred's note; both or neither, and neither when a hold has come in between."""

    def shreds(self) -> list[Shred]:
        """Return the shreds whose practice key still lives."""


def quiet(done: int) -> None:
    """Show no progress."""


def rotate_practice_key(store: KeyStore, keyring: OpenKeyring, roots: Sequence[Key], *, batch: int = BATCH, progress: Progress = quiet) -> OpenKeyring:
    """Return the keyring of a new practice key, when every key is wrapped under it and the old one is destroyed.

    `roots` is what KeyProvider.unlock returned. After a kill, call it again: it goes on with the rotation under way. `progress` hears how
    many keys are done.
    """
    rotation = store.rotation() or _begin(store, keyring, roots[0], ())
    keyring = _finish(store, rotation, keyring, roots, batch, progress)
    store.end(rotation, ())
    return OpenKeyring(keyring.practice, [keyring.current()])


def rewrap_practice_keys(store: KeyStore, practice: str, old: Key, new: Key, *, batch: int = BATCH) -> None:
    """Wrap every practice key that stands under the old root key under the new one: what KeyProvider.rotate calls."""
    while rows := store.wraps_under(old.id, batch):
        store.replace([(row, Wrap(row.id, row.for_, wrap(unwrap(row.wrapped, under=old, for_=row.for_), under=new, for_=row.for_))) for row in rows])


def _begin(store: KeyStore, keyring: OpenKeyring, root: Key, shreds: tuple[str, ...]) -> Rotation:
    key, for_ = Key.random(), practice_key_for(keyring.practice)
    rotation = Rotation(keyring.current().id, key.id, shreds)
    store.begin(rotation, Wrap(f"practice-{key.id.hex()}", for_, wrap(key, under=root, for_=for_)))
    return rotation


def _finish(store: KeyStore, rotation: Rotation, keyring: OpenKeyring, roots: Sequence[Key], batch: int, progress: Progress) -> OpenKeyring:
    """Return the keyring with both keys, when nothing stands under the old one any more."""
    both = LockedKeyring(keyring.practice).unlock(roots, store.practice_keys())
    if both.current().id != rotation.new:
        raise StillInUse(f"the newest practice key is not {rotation.new.hex()}, which this rotation made; restore the key store from its backup")
    done = 0
    while rows := store.wraps_under(rotation.old, batch):
        store.replace([(row, Wrap(row.id, row.for_, both.rewrap(row.wrapped, row.for_))) for row in rows])
        progress(done := done + len(rows))
    return both


# --- shredding -------------------------------------------------------------------------------------------------


def shred(store: KeyStore, record: str, keys: Sequence[KeyFor], *, id: str, requested: datetime, now: datetime) -> tuple[Shred, bytes]:
    """Destroy a record's keys now; return the note, and the opening to print for whoever asked (it is kept nowhere).

    Raises HeldForLaw when a legal hold stands at this moment, and NoSuchKey when there is nothing to destroy. The record is gone for
    good only after the next sweep and the last backup before it: see ShredCertificate.effective.
    """
    if holds := store.holds(record):
        raise HeldForLaw(record, holds)
    rows = store.wraps_of(keys)
    if not rows:
        raise NoSuchKey(f"record {record} has none of these keys; it was shredded already, or never had one")
    opening = random_bytes(32)
    note = Shred(id, _record_commitment(record, opening), tuple(sorted({row.for_.use.value for row in rows})), requested, now)
    store.destroy(rows, note)
    return note, opening


def sweep(
    store: KeyStore, keyring: OpenKeyring, roots: Sequence[Key], *, now: datetime, backups_live: timedelta, batch: int = BATCH, progress: Progress = quiet
) -> tuple[OpenKeyring, list[ShredCertificate]]:
    """Complete every shred: re-wrap what remains under a new practice key, destroy the old one, and return the certificates.

    With nothing to complete, nothing changes. `backups_live` is the longest life of any backup of the key store. After a kill, call it again.
    """
    rotation = store.rotation()
    if rotation is None:
        waiting = tuple(note.id for note in store.shreds())
        if not waiting:
            return keyring, []
        rotation = _begin(store, keyring, roots[0], waiting)
    both = _finish(store, rotation, keyring, roots, batch, progress)
    certificates = [_certificate(note, rotation, now, backups_live) for note in store.shreds() if note.id in rotation.shreds]
    store.end(rotation, certificates)
    return OpenKeyring(keyring.practice, [both.current()]), certificates


def _certificate(note: Shred, rotation: Rotation, now: datetime, backups_live: timedelta) -> ShredCertificate:
    """Return the certificate; its day is the first that begins after the last backup holding the old practice key has died."""
    effective = (now + backups_live).date() + timedelta(days=1)
    return ShredCertificate(note.id, note.record, note.uses, note.requested, note.removed, now, effective, rotation.old, rotation.new)


def _record_commitment(record: str, opening: bytes) -> bytes:
    return mac(opening, lengthed(b"privity/v1/shred", record.encode("utf-8")))
