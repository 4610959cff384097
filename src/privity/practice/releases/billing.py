"""The gate to the biller's page: a record's visits with their codes, and the diagnosis of one visit, asked for by itself (45 CFR 164.506(c)(1), 164.502(b))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from privity.practice.agreements import restrictions
from privity.practice.people.access import NotAllowed, NotThere, Opened, opened, require
from privity.practice.people.actor import Actor
from privity.practice.people.times import local
from privity.practice.records.telling import diagnoses
from privity.practice.trail import services as trail
from privity.practice.visits.moving import told
from privity.vault import Use

from . import restricting
from .packet import Piece, base

PAGE = 40


@dataclass(frozen=True)
class Billed:
    """A visit that was, as a bill has it. `shut` says why the plan is told nothing of it, with its citation."""

    id: UUID
    starts: datetime
    minutes: int
    modality: str
    code: str
    missed: bool
    shut: tuple[str, str] | None


@dataclass(frozen=True)
class Bills:
    """A stretch of a record's visits, the newest first. `diagnosis` are those of the visit that was asked for, each with whom it is of."""

    who: Opened
    visits: tuple[Billed, ...]
    more: int  # where the next stretch begins, or 0
    shown: UUID | None = None
    diagnosis: tuple[tuple[str, str], ...] = ()


def visits(actor: Actor, record: UUID, start: int = 0) -> Bills:
    """Return a record's visits with their codes and no diagnosis; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        found = _bills(actor, record, start)
        trail.write(actor.practice, actor.account, "codes.read", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return found


def diagnosis(actor: Actor, record: UUID, visit: UUID, start: int = 0) -> Bills:
    """Return the same with the diagnosis of this one visit; the event names the visit. Raises NotThere, and NotAllowed for what the plan is not told."""
    with transaction.atomic():
        found = _bills(actor, record, start)
        there = next((one for one in _every(actor, record) if one.id == visit and not one.missed), None)
        if there is None:
            raise NotThere(f"visit {visit}")
        if there.shut:
            raise NotAllowed("see the diagnosis of a visit the plan is not told of")
        people = {person.id: person.called for _, person in found.who.people}
        alone = sum(local(one.starts).date() == local(there.starts).date() for one in _every(actor, record)) == 1
        written = diagnoses(actor, record, there.starts, whole_day=alone)
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "diagnosis.read", at=actor.now, about=[(key, record)], row=(key, visit))
    return Bills(found.who, found.visits, found.more, visit, tuple((people.get(who, "") if who else "", _own(text)) for who, text in written))


def _own(text: str) -> str:
    """Return a diagnosis without what its writer marked as about somebody else."""
    return base(Piece("", "diagnosis", "", text=text), third_party=False)


def may_look(actor: Actor, record: UUID) -> None:
    """Raise NotThere or NotAllowed unless the actor may see a diagnosis for payment."""
    require(actor, record, "see", "diagnosis")


def _bills(actor: Actor, record: UUID, start: int) -> Bills:
    require(actor, record, "see", "visit")
    standing = require(actor, record, "see", "diagnosis")
    (who,) = opened(actor, {record: standing})
    every = _every(actor, record)
    return Bills(who, every[start : start + PAGE], start + PAGE if start + PAGE < len(every) else 0)


def _every(actor: Actor, record: UUID) -> tuple[Billed, ...]:
    kept = restricting.of(actor, record)
    days = restrictions.days_of(actor, record, kept)
    found = []
    for row in told(actor, record):
        if row["starts"] <= actor.now:
            on = local(row["starts"]).date()
            shuts = (
                restricting.against(kept, recipient="payer", purpose="payment", klass=klass, visit=row["id"], on=on, days=days)
                for klass in ("billing", "diagnosis")
            )
            minutes = round((row["ends"] - row["starts"]).total_seconds() / 60)
            found.append(Billed(row["id"], row["starts"], minutes, row["modality"], row["code"], row["missed"], next(filter(None, shuts), None)))
    return tuple(reversed(found))
