"""Making a practice's first keys, and unlocking them with the root key."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privity.vault import Key, LockedKeyring, Use
from privity.vault.keys import first_practice_key

from .held import HeldKeys
from .store import PracticeKeys


def first_keys(practice: UUID, root: Key) -> HeldKeys:
    """Return a new practice's keys: its own, its index key and its signing key, all in the store."""
    store = PracticeKeys(str(practice))
    keyring, wrapped = first_practice_key(str(practice), root)
    store.begin_practice(wrapped)
    held = HeldKeys(practice, keyring, store)
    held.make(practice, Use.INDEX, Use.SIGNING)
    return held


def unlock(practice: UUID, roots: Iterable[Key]) -> HeldKeys:
    """Return a practice's keys, unlocked. Raises WrongKey and NoSuchKey."""
    store = PracticeKeys(str(practice))
    return HeldKeys(practice, LockedKeyring(str(practice)).unlock(roots, store.practice_keys()), store)


def locked(practice: UUID) -> HeldKeys:
    """Return a practice's keys, locked: every verb that needs one raises Locked."""
    return HeldKeys(practice, LockedKeyring(str(practice)), PracticeKeys(str(practice)))
