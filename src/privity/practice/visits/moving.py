"""Visits out into an export and in from one. For the gates of both alone: it asks nobody and writes no event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.vault import Key, Use, open_text, seal

from .access import place_of_visit
from .models import Visit

MODALITIES = tuple(Visit.Modality)
SEALED = ("room", "code")


@dataclass(frozen=True)
class Moved:
    """A visit as an export tells it; room and code are opened."""

    id: UUID
    clinician: UUID
    starts: datetime
    ends: datetime
    modality: str
    room: str = ""
    code: str = ""
    came: datetime | None = None
    missed: bool = False


def told(actor: Actor, record: UUID) -> list[dict[str, Any]]:
    """Return a record's visits, opened, in their order."""
    key = actor.keys.key(record, Use.RECORD)
    rows = Visit.objects.filter(practice_id=actor.practice_row, record_id=record).order_by("starts", "id")
    return [
        {"id": row.id, "clinician": row.clinician_id, "starts": row.starts, "ends": row.ends, "modality": row.modality, "came": row.came, "missed": row.missed}
        | {name: _opened(actor, row, name, key) for name in SEALED}
        for row in rows
    ]


def _opened(actor: Actor, row: Visit, name: str, key: Key) -> str:
    sealed = getattr(row, name)
    return open_text(sealed, with_=key, bound_to=place_of_visit(actor, row.record_id, row.id, name, row.version)) if sealed else ""


def bring(actor: Actor, record: UUID, key: Key, visits: Iterable[Moved]) -> None:
    """Keep visits, sealed, under the ids they had. Within the transaction of the import."""
    Visit.objects.bulk_create(
        Visit(
            id=one.id, practice_id=actor.practice_row, record_id=record, clinician_id=one.clinician, starts=one.starts, ends=one.ends,
            modality=one.modality, came=one.came, missed=one.missed,
            **{
                name: seal(text, with_=key, bound_to=place_of_visit(actor, record, one.id, name, 1)) if text else b""
                for name, text in (("room", one.room), ("code", one.code))
            },
        )
        for one in visits
    )  # fmt: skip


def here(ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these ids are taken."""
    return set(Visit.objects.filter(id__in=list(ids)).values_list("id", flat=True))
