"""Verbs on visits: add one, and say whether the client came. Each one transaction, its event last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people.access import NotThere, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import TREATING
from privity.practice.people.models import Record
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from .access import place_of_visit
from .models import Visit


class TreatmentEnded(ValueError):
    """No visit is added to a record whose treatment ended."""


@dataclass(frozen=True)
class NewVisit:
    """A visit as it is planned."""

    clinician: UUID
    starts: datetime
    ends: datetime
    modality: str
    room: str = ""
    code: str = ""


def add_visit(actor: Actor, record: UUID, new: NewVisit) -> UUID:
    """Return the id of a new visit. Raises NotThere, NotAllowed and TreatmentEnded."""
    require(actor, record, "change", "visit")
    if not any(one.id == new.clinician and one.active and set(one.roles) & set(TREATING) for one in staff(actor)):
        raise NotThere("a clinician of this practice")
    key, id = actor.keys.key(record, Use.RECORD), uuid4()
    columns = {
        name: seal(text.strip(), with_=key, bound_to=place_of_visit(actor, record, id, name, 1)) if text.strip() else b""
        for name, text in (("room", new.room), ("code", new.code))
    }
    with transaction.atomic():
        require(actor, record, "change", "visit")
        if Record.objects.filter(id=record).exclude(closed=None).exists():
            raise TreatmentEnded("treatment ended; take it up again on the client's page first")
        Visit.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, clinician_id=new.clinician, starts=new.starts, ends=new.ends,
            modality=Visit.Modality(new.modality), **columns,
        )  # fmt: skip
        trail.write(actor.practice, actor.account, "visit.add", at=actor.now, about=[(key, record)], row=(key, id))
    return id


def mark(actor: Actor, visit: UUID, how: str) -> Visit:
    """Keep that the client `came`, `missed` the visit, or is `expected` again; return the visit. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        row = Visit.objects.select_for_update().filter(id=visit, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"visit {visit}")
        require(actor, row.record_id, "change", "visit")
        row.came, row.missed = (row.came or actor.now) if how == "came" else None, how == "missed"
        row.save(update_fields=["came", "missed"])
        key = actor.keys.key(row.record_id, Use.RECORD)
        trail.write(actor.practice, actor.account, "visit.mark", at=actor.now, about=[(key, row.record_id)], row=(key, row.id), how=how)
    return row
