"""Verbs on a client's record: who somebody is, when treatment ends, what the law says must be kept. Each one transaction, its event last."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.trail import services as trail
from privity.vault import Use, open_text, seal

from .access import NotThere, by_number, place_of_about, require
from .actor import Actor
from .models import Participant, Person, Record
from .services import NewPerson, identity_row


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
        _write(actor, record, "record.close")


def reopen(actor: Actor, record: UUID) -> None:
    """Take treatment up again; the clock of keeping stops. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "close", "record")
        Record.objects.filter(id=record).update(closed=None)
        _write(actor, record, "record.reopen")


def hold(actor: Actor, record: UUID) -> str:
    """Return the id of a legal hold that now stands: while it does, no key of the record is destroyed. Raises NotThere and NotAllowed."""
    _may_hold(actor, record)
    with transaction.atomic():
        # Two databases: were the second commit lost, the hold would stand without its event, and never the other way round.
        id = actor.keys.store.hold(str(record), str(actor.account), actor.now)
        _write(actor, record, "hold.place", hold=id)
    return id


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
