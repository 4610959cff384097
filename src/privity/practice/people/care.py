"""Verbs on a client's record: who somebody is, when treatment ends, what the law says must be kept. Each one transaction, its event last."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.dispatch import Signal

from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_text, seal

from .access import NotThere, by_number, place_of_about, require
from .actor import Actor
from .models import Participant, Person, Record
from .services import NewPerson, identity_row

closing = Signal()  # within the act that ends treatment, with `actor` and `record`: what ends with it ends in the rooms above


def change_person(actor: Actor, record: UUID, who: UUID, new: NewPerson) -> None:
    """Keep who somebody is now, and for a parent or guardian what they may see. Raises NotThere, NotAllowed, and CannotSeal for a name that is none."""
    require(actor, record, "change", "identity")
    keys = actor.keys.keys([who], Use.IDENTITY)
    with transaction.atomic():
        require(actor, record, "change", "identity")
        place = Participant.objects.filter(record_id=record, person_id=who, ended=None).first()
        row = Person.objects.select_for_update().filter(id=who, practice_id=actor.practice_row).first()
        if place is None or row is None:
            raise NotThere(f"person {who}")
        fresh = identity_row(actor, who, new, keys[who], row.version + 1)
        row.identity, row.version, row.name_mark, row.phone_marks = fresh.identity, fresh.version, fresh.name_mark, fresh.phone_marks
        row.save(update_fields=["identity", "version", "name_mark", "phone_marks"])
        place.may_see = list(new.may_see)
        place.save(update_fields=["may_see"])
        _write(actor, record, "identity.change")


def may_see(actor: Actor, record: UUID, who: UUID) -> tuple[str, ...]:
    """Return what a parent or guardian may see of a record, to be kept as it is. For verbs alone: it asks nobody and writes no event."""
    row = Participant.objects.filter(record_id=record, person_id=who, practice_id=actor.practice_row, ended=None).first()
    return tuple(row.may_see) if row else ()


def keep_quiet(actor: Actor, record: UUID, quiet: tuple[str, ...]) -> None:
    """Keep what the client wants kept especially quiet: classes of information. Raises NotThere and NotAllowed."""
    require(actor, record, "write", "chart")
    key = actor.keys.key(record, Use.RECORD)
    with transaction.atomic():
        require(actor, record, "write", "chart")
        row = Record.objects.select_for_update().get(id=record, practice_id=actor.practice_row)
        said = json.loads(open_text(row.about, with_=key, bound_to=place_of_about(actor, record, row.version)))
        row.version += 1
        row.about = seal(json.dumps({**said, "quiet": sorted(set(quiet))}), with_=key, bound_to=place_of_about(actor, record, row.version))
        row.save(update_fields=["about", "version"])
        _write(actor, record, "quiet.change")


def close(actor: Actor, record: UUID) -> None:
    """End treatment: the clock of keeping starts, and nothing new is written. A hold does not stand in the way. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "close", "record")
        Record.objects.filter(id=record, closed=None).update(closed=actor.now)
        closing.send(sender=Record, actor=actor, record=record)
        _write(actor, record, "record.close")


def reopen(actor: Actor, record: UUID) -> None:
    """Take treatment up again; the clock of keeping stops. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "close", "record")
        Record.objects.filter(id=record).update(closed=None)
        _write(actor, record, "record.reopen")


def hold(actor: Actor, record: UUID, reason: str) -> str:
    """Return the id of a legal hold that now stands: while it does, no key of the record is destroyed. Raises NotThere and NotAllowed."""
    _may_hold(actor, record)
    id = uuid4().hex
    sealed = seal(reason.strip(), with_=actor.keys.key(record, Use.RECORD), bound_to=_place_of_reason(actor, record, id))
    with transaction.atomic():
        # Two databases: were the second commit lost, the hold would stand without its event, and never the other way round.
        actor.keys.store.hold(id, str(record), str(actor.account), actor.now, sealed)
        _write(actor, record, "hold.place", hold=id)
    return id


@dataclass(frozen=True)
class Hold:
    """A legal hold that stands. `reason` is empty for whoever only may know that there is one."""

    id: str
    placed: datetime
    by: str  # an account's id
    reason: str


def holds(actor: Actor, record: UUID, *, with_reason: bool) -> tuple[Hold, ...]:
    """Return the legal holds on a record. For gates alone: it asks nobody and writes no event."""
    key = actor.keys.key(record, Use.RECORD)
    rows = actor.keys.store.holds_told(str(record))
    return tuple(
        Hold(id, placed, by, open_text(reason, with_=key, bound_to=_place_of_reason(actor, record, id)) if reason and with_reason else "")
        for id, placed, by, reason in rows
    )


def _place_of_reason(actor: Actor, record: UUID, hold: str) -> Binding:
    return Binding(str(actor.practice), str(record), "hold.reason", hold)


def lift(actor: Actor, record: UUID, id: str) -> None:
    """Lift a legal hold; its event is written before. Raises NotThere and NotAllowed."""
    _may_hold(actor, record)
    if id not in actor.keys.store.holds(str(record)):
        raise NotThere(f"hold {id}")
    with transaction.atomic():
        _write(actor, record, "hold.lift", hold=id)
    actor.keys.store.lift(id, actor.now)


def _may_hold(actor: Actor, record: UUID) -> None:
    if not by_number(actor, record, "hold", "record"):
        require(actor, record, "hold", "record")  # not there at all for whoever may not know of it


def _write(actor: Actor, record: UUID, act: str, **facts: Any) -> None:
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)], **facts)
