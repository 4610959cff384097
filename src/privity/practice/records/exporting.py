"""What of a record's chart goes into an export: everything but drafts, and notes sealed to their author, which nobody here can open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.vault import Use, open_sealed

from .access import place_of_part
from .models import Entry, Part


@dataclass(frozen=True)
class Exported:
    """One part of an entry, opened. `text` is None where it is no text but a document."""

    entry: UUID
    part: UUID
    kind: str
    author: UUID
    began: datetime
    ended: datetime | None
    modality: str
    signed: datetime
    amends: UUID | None
    klass: str
    text: str | None
    document: bytes = b""


def exported(actor: Actor, record: UUID) -> Iterator[Exported]:
    """Yield a record's parts, oldest entry first. For the gate of the export alone: it asks nobody and writes no event."""
    key = actor.keys.key(record, Use.RECORD)
    entries = {row.id: row for row in Entry.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("began", "signed")}
    parts: dict[UUID, list[Part]] = {}
    for part in Part.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("klass"):
        parts.setdefault(part.entry_id, []).append(part)
    for id, row in entries.items():
        for part in parts.get(id, ()):
            opened = open_sealed(part.body, with_=key, bound_to=place_of_part(actor, record, part.id))
            text = _text(opened)
            yield Exported(
                id, part.id, row.kind, row.author_id, row.began, row.ended, row.modality, row.signed, row.amends_id, part.klass,
                text, b"" if text is not None else opened,
            )  # fmt: skip


def _text(opened: bytes) -> str | None:
    try:
        return opened.decode("utf-8")
    except UnicodeDecodeError:
        return None
