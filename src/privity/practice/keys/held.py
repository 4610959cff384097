"""A practice's keys in use: the keyring in memory, and the store its wraps lie in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from privity.vault import Key, KeyFor, Keyring, Use, Wrap
from privity.vault.blind import BlindIndex
from privity.vault.faults import NoSuchKey

from .store import PracticeKeys

MOST = 30_000  # keys held open at once


@dataclass(frozen=True)
class HeldKeys:
    """The keys of one practice. Every verb raises Locked while the practice is locked."""

    practice: UUID
    keyring: Keyring
    store: PracticeKeys
    beside: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # what was opened with them: it goes when they go

    def forget(self) -> None:
        """Let go of what was opened with these keys."""
        self.beside.clear()

    def key(self, record: UUID, use: Use) -> Key:
        """Return a record's key for a use. Raises NoSuchKey when it was shredded or never made."""
        return self.keys([record], use)[record]

    def keys(self, records: Iterable[UUID], use: Use) -> Mapping[UUID, Key]:
        """Return several records' keys for a use. Raises NoSuchKey when one of them has none."""
        self.keyring.current()  # raises Locked
        wanted = {str(record): record for record in records}
        found = {wanted[record]: self._opened(record, use, wrapped) for record, wrapped in self.store.wraps_for(list(wanted), use)}
        if missing := set(wanted.values()) - set(found):
            raise NoSuchKey(f"record {min(missing)} has no key for {use.value}: shredded, or the key store is older than the data; restore its newest backup")
        return found

    def all(self, use: Use) -> Mapping[UUID, Key]:
        """Return every key of a use, by whose it is."""
        return {UUID(row.for_.record): self.keyring.open(row.wrapped, row.for_) for row in self.store.wraps_of_use(use)}

    def _opened(self, record: str, use: Use, wrapped: bytes) -> Key:
        """Return the key within a wrap that lies in the store at this moment: one opened before is not opened again. What left the store is never asked for."""
        kept: dict[tuple[str, Use, bytes], Key] = self.beside.setdefault("keys", {})
        found = kept.get((record, use, wrapped))
        if found is None:
            if len(kept) >= MOST:
                kept.clear()
            found = kept[record, use, wrapped] = self.keyring.open(wrapped, KeyFor(str(self.practice), record, use))
        return found

    def make(self, record: UUID, *uses: Use) -> dict[Use, Key]:
        """Return new keys for a record, kept in the store before they are used."""
        return self.make_all([(record, use) for use in uses])[record]

    def make_all(self, wanted: Iterable[tuple[UUID, Use]]) -> dict[UUID, dict[Use, Key]]:
        """Return new keys for several records, all kept or none."""
        made: dict[UUID, dict[Use, Key]] = {}
        rows = []
        for record, use in wanted:
            for_ = KeyFor(str(self.practice), str(record), use)
            key, wrapped = self.keyring.make(for_)
            rows.append(Wrap(uuid4().hex, for_, wrapped))
            made.setdefault(record, {})[use] = key
        self.store.add_all(rows)
        return made

    def index(self) -> BlindIndex:
        """Return the practice's blind index."""
        return BlindIndex(self.key(self.practice, Use.INDEX))
