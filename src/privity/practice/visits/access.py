"""The gate to visits: the day's list, and one visit. Why somebody came stands nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from privity.practice.people import matrix
from privity.practice.people.access import Opened, opened, relations, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.flagging import flags_of
from privity.practice.people.times import end_of, start_of
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_text

from .models import Visit

CODES = (*matrix.TREATING, matrix.BILLER)  # who sees what is billed: a code can tell the kind of care


@dataclass(frozen=True)
class Seen:
    """A visit as the day's list shows it. `code` is empty for the front desk."""

    id: UUID
    record: Opened
    clinician: str
    mine: bool
    starts: datetime
    ends: datetime
    modality: str
    room: str
    code: str
    came: datetime | None
    missed: bool
    may_mark: bool
    may_write: bool
    flags: tuple[str, ...] = ()  # what rooms above have to say of the record at once, such as a release that ends soon


def place_of_visit(actor: Actor, record: UUID, visit: UUID, column: str, version: int) -> Binding:
    """Return where a sealed column of a visit may open."""
    return Binding(str(actor.practice), str(record), f"visit.{column}", str(visit), version)


def day(actor: Actor, on: date) -> list[Seen]:
    """Return the day's visits of those whose visits the actor may see; the event is written first. Raises what the vault raises."""
    with transaction.atomic():
        wanted = matrix.relations_for(actor.roles, "see", "visit")
        rows = list(Visit.objects.filter(practice_id=actor.practice_row, starts__gte=start_of(on), starts__lt=end_of(on)).order_by("starts"))
        standing = {record: held for record, held in relations(actor, {row.record_id for row in rows}).items() if held & wanted}
        rows = [row for row in rows if row.record_id in standing]
        records = {one.id: one for one in opened(actor, standing)}
        keys = actor.keys.keys(standing, Use.RECORD)
        names = {one.id: one.name for one in staff(actor)} if rows else {}
        codes, flags = bool(actor.roles & set(CODES)), flags_of(actor, standing)

        def text(row: Visit, column: str, sealed: bytes | memoryview) -> str:
            return open_text(sealed, with_=keys[row.record_id], bound_to=place_of_visit(actor, row.record_id, row.id, column, row.version)) if sealed else ""

        found = [
            Seen(
                row.id, records[row.record_id], names.get(row.clinician_id, ""), row.clinician_id == actor.account, row.starts, row.ends,
                Visit.Modality(row.modality).label, text(row, "room", row.room), text(row, "code", row.code) if codes else "", row.came, row.missed,
                matrix.may(actor.roles, "change", "visit", standing[row.record_id]), matrix.may(actor.roles, "write", "chart", standing[row.record_id]),
                flags.get(row.record_id, ()),
            )
            for row in rows
        ]  # fmt: skip
        trail.write(actor.practice, actor.account, "visits.list", at=actor.now, about=[(key, record) for record, key in keys.items()])
    return found


def came_for_gates(actor: Actor, record: UUID) -> tuple[datetime, ...]:
    """Return when the client came, the first visit first: checked in, or over and not missed. For gates alone: it asks nobody and writes no event."""
    rows = Visit.objects.filter(record_id=record, practice_id=actor.practice_row, missed=False, starts__lte=actor.now)
    return tuple(starts for starts, ends, came in rows.order_by("starts").values_list("starts", "ends", "came") if came or ends <= actor.now)


@dataclass(frozen=True)
class Times:
    """When and how a visit was, to begin a note with."""

    starts: datetime
    ends: datetime
    modality: str


def times(actor: Actor, record: UUID, visit: UUID) -> Times | None:
    """Return a visit's times for whoever writes about it, or None where it is not this record's. For gates alone: no event."""
    require(actor, record, "see", "visit")
    row = Visit.objects.filter(id=visit, record_id=record, practice_id=actor.practice_row).first()
    return Times(row.starts, row.ends, row.modality) if row else None


def being_added(actor: Actor, record: UUID) -> Opened:
    """Return the record a visit is to be added to; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "change", "visit")
        (found,) = opened(actor, {record: standing})
        trail.write(actor.practice, actor.account, "client.open", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return found


def starts_of(actor: Actor, record: UUID) -> tuple[tuple[UUID, datetime], ...]:
    """Return a record's visits by their starts, the newest first. For gates alone: it asks nobody and writes no event."""
    rows = Visit.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-starts")
    return tuple(rows.values_list("id", "starts")[:60])
