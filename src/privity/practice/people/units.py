"""Inpatient units: what they are called, which record is on one, and who is assigned to its case. While it is there nobody else opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from privity.practice.trail import services as trail
from privity.vault import Use

from .access import NotAllowed, NotThere, live, require_at_practice
from .actor import Actor
from .models import Record, Tie, Unit
from .services import LastOnTeam, colleagues, may_tie


class NameTaken(ValueError):
    """Another unit here is called so."""


class StillOnIt(ValueError):
    """Records are on the unit."""


def names(actor: Actor) -> dict[UUID, str]:
    """Return what the practice's units are called, by their names."""
    return dict(Unit.objects.filter(practice_id=actor.practice_row).order_by("name").values_list("id", "name"))


def add(actor: Actor, name: str) -> UUID:
    """Return the id of a new unit. Raises NotAllowed and NameTaken."""
    require_at_practice(actor, "change", "practice")
    with transaction.atomic():
        _free(actor, name)
        row = Unit.objects.create(practice_id=actor.practice_row, name=name)
        trail.write(actor.practice, actor.account, "unit.add", at=actor.now, unit=str(row.id))
    return row.id


def rename(actor: Actor, unit: UUID, name: str) -> None:
    """Call a unit otherwise. Raises NotAllowed, NotThere and NameTaken."""
    require_at_practice(actor, "change", "practice")
    with transaction.atomic():
        row = _unit(actor, unit)
        _free(actor, name, apart_from=unit)
        row.name = name
        row.save(update_fields=["name"])
        trail.write(actor.practice, actor.account, "unit.rename", at=actor.now, unit=str(unit))


def remove(actor: Actor, unit: UUID) -> None:
    """Strike a unit that no record is on. Raises NotAllowed, NotThere and StillOnIt."""
    require_at_practice(actor, "change", "practice")
    with transaction.atomic():
        row = _unit(actor, unit)
        if Record.objects.filter(unit=unit, shredded=None).exists():
            raise StillOnIt("take the records off it first")
        row.delete()
        trail.write(actor.practice, actor.account, "unit.remove", at=actor.now, unit=str(unit))


def brought(actor: Actor, unit: UUID, name: str) -> tuple[UUID, list[trail.Happened]]:
    """Return the unit here that an export's unit is (of its id or its name, or a new one), and what is then to be written. For the import alone."""
    here = Unit.objects.filter(practice_id=actor.practice_row)
    name = name or f"Unit {unit.hex[:6]}"
    row = here.filter(id=unit).first() or here.filter(name__iexact=name).first()
    if row is not None:
        return row.id, []
    row = Unit.objects.create(id=uuid4() if Unit.objects.filter(id=unit).exists() else unit, practice_id=actor.practice_row, name=name)
    return row.id, [trail.Happened("unit.add", facts={"unit": str(row.id)})]


def _unit(actor: Actor, unit: UUID) -> Unit:
    row = Unit.objects.select_for_update().filter(id=unit, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"unit {unit}")
    return row


def _free(actor: Actor, name: str, apart_from: UUID | None = None) -> None:
    alike = Unit.objects.filter(practice_id=actor.practice_row, name__iexact=name).values_list("id", flat=True)
    if set(alike) - {apart_from}:
        raise NameTaken("another unit is called so")


def move(actor: Actor, record: UUID, unit: UUID, assigned: Sequence[UUID]) -> None:
    """Put a record on a unit: from now on only those assigned to the case open it, the actor like everybody. Raises NotThere and NotAllowed."""
    may_tie(actor, record, "change", "team")
    wanted = colleagues(actor, assigned)
    if not wanted:
        raise NotAllowed("on a unit somebody is assigned to the case")
    with transaction.atomic():
        _unit(actor, unit)
        here = _assigned(actor, record)
        Record.objects.filter(id=record).update(unit=unit)
        Tie.objects.filter(id__in=[tie for account, tie in here.items() if account not in wanted]).update(ends=actor.now)
        fresh = sorted(wanted - set(here))
        kind = Tie.Kind.CASE
        Tie.objects.bulk_create(
            Tie(practice_id=actor.practice_row, record_id=record, account_id=one, kind=kind, began=actor.now, by=actor.account) for one in fresh
        )
        about = [(actor.keys.key(record, Use.RECORD), record)]
        told = [trail.Happened("record.unit", about, {"unit": str(unit)})]
        told += [trail.Happened("tie.case", about, {"account": str(one)}) for one in fresh]
        told += [trail.Happened("tie.end", about, {"account": str(one)}) for one in sorted(set(here) - wanted)]
        trail.write_many(actor.practice, actor.account, told, at=actor.now)


def take_off(actor: Actor, record: UUID) -> None:
    """Take a record off its unit: who was assigned to the case is so no more, and the team opens it again.

    Raises NotThere, NotAllowed, and LastOnTeam where nobody is on the team.
    """
    may_tie(actor, record, "change", "team")
    with transaction.atomic():
        if not Record.objects.select_for_update().filter(id=record, practice_id=actor.practice_row).exclude(unit=None).exists():
            raise NotThere(f"record {record} is on no unit")
        if not Tie.objects.filter(live(actor), record_id=record, kind=Tie.Kind.TEAM).exists():
            raise LastOnTeam("put somebody on the team first")
        here = _assigned(actor, record)
        Record.objects.filter(id=record).update(unit=None)
        Tie.objects.filter(id__in=list(here.values())).update(ends=actor.now)
        about = [(actor.keys.key(record, Use.RECORD), record)]
        told = [trail.Happened("record.off_unit", about), *(trail.Happened("tie.end", about, {"account": str(one)}) for one in sorted(here))]
        trail.write_many(actor.practice, actor.account, told, at=actor.now)


def _assigned(actor: Actor, record: UUID) -> Mapping[UUID, UUID]:
    """Return who is assigned to the case now, and by which tie."""
    rows = Tie.objects.filter(Q(ends=None) | Q(ends__gt=actor.now), record_id=record, kind=Tie.Kind.CASE)
    return dict(rows.values_list("account_id", "id"))
