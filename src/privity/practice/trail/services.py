"""The one verb of the trail: write an event, as the last statement of the act's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from privity.vault import Key
from privity.vault.log import Appended, append, event

from .models import About
from .storage import PracticeLog


class NotInTransaction(RuntimeError):
    """An event was to be written outside the transaction of its act."""


def write(
    practice: UUID, actor: UUID, act: str, *, at: datetime, about: Sequence[tuple[Key, UUID]] = (), row: tuple[Key, UUID] | None = None, **facts: str | int
) -> Appended:
    """Write an event and return where it stands. Raises NotInTransaction.

    INVARIANT: nothing of what the event is about leaves the machine unless the transaction it stands in was committed.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("an event is written within the transaction of its act")
    entry = event(at, str(actor), act, about=[(key, str(record)) for key, record in about], row=(row[0], str(row[1])) if row else None, **facts)
    done = append(PracticeLog(practice), entry)
    _remember(practice, done.index, {record for _, record in about})
    return done


def _remember(practice: UUID, n: int, records: Iterable[UUID]) -> None:
    About.objects.bulk_create([About(practice=practice, record=record, n=n) for record in sorted(records)])
