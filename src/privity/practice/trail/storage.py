"""The log on this practice's database: privity.vault.log.Storage."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from .models import Event, Head


class PracticeLog:
    """A practice's log. Use it inside a transaction: the first look at its size locks it until the commit."""

    def __init__(self, practice: UUID) -> None:
        self.practice = practice
        self._head: Head | None = None

    def size(self) -> int:
        """Return the number of entries, as this transaction will leave it."""
        if self._head is None:
            Head.objects.get_or_create(practice=self.practice)
            self._head = Head.objects.select_for_update().get(practice=self.practice)
        return self._head.size

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry."""
        return bytes(Event.objects.values_list("hashes", flat=True).get(practice=self.practice, n=index))

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Keep an entry with its hashes. INVARIANT: refused by the table when there is an entry with this index."""
        raw = json.loads(line)
        Event.objects.create(
            practice=self.practice, n=index, at=datetime.fromisoformat(raw["at"]), actor=UUID(raw["actor"]), act=raw["act"], line=line, hashes=hashes
        )
        Head.objects.filter(practice=self.practice).update(size=index + 1)
        if self._head is not None:
            self._head.size = index + 1
