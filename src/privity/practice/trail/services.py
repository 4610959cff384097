"""The verbs of the trail: write an event, or the many events of one act, as the last statement of the act's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from privity.vault import Key
from privity.vault.log import Appended, append, event

from .checkpoints import checkpoint
from .models import About
from .storage import ManyAtOnce, PracticeLog, put_in

__all__ = ["Happened", "NotInTransaction", "checkpoint", "write", "write_many"]


class NotInTransaction(RuntimeError):
    """An event was to be written outside the transaction of its act."""


def write(
    practice: UUID, actor: UUID, act: str, *, at: datetime, about: Sequence[tuple[Key, UUID]] = (), row: tuple[Key, UUID] | None = None, **facts: str | int
) -> Appended:
    """Write an event and return where it stands. Raises NotInTransaction.

    INVARIANT: nothing of what the event is about leaves the machine unless the transaction it stands in was committed.
    """
    _within_the_act()
    entry = event(at, str(actor), act, about=[(key, str(record)) for key, record in about], row=(row[0], str(row[1])) if row else None, **facts)
    done = append(PracticeLog(practice), entry)
    _remember(practice, done.index, {record for _, record in about})
    return done


@dataclass(frozen=True)
class Happened:
    """One of many events of one act."""

    act: str
    about: Sequence[tuple[Key, UUID]] = ()
    facts: Mapping[str, str | int] = field(default_factory=dict)


def write_many(practice: UUID, actor: UUID, events: Iterable[Happened], *, at: datetime) -> int:
    """Write the events of one act in their order and return how many. Raises NotInTransaction."""
    _within_the_act()
    log = ManyAtOnce(practice)
    told: list[About] = []
    for one in events:
        facts: dict[str, Any] = dict(one.facts)
        done = append(log, event(at, str(actor), one.act, about=[(key, str(record)) for key, record in one.about], **facts))
        told += [About(practice=practice, record=record, n=done.index) for record in sorted({record for _, record in one.about})]
    put_in(told)
    return log.keep()


def _within_the_act() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction("an event is written within the transaction of its act")


def _remember(practice: UUID, n: int, records: Iterable[UUID]) -> None:
    put_in([About(practice=practice, record=record, n=n) for record in sorted(records)])
