"""What of a record's chart goes into an export: everything but drafts, and notes sealed to their author, which nobody here can open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.vault import Use, open_sealed, open_text

from .access import place_of_document, place_of_part
from .models import Document, Entry, Part


@dataclass(frozen=True)
class File:
    """A document of an entry, opened."""

    id: UUID
    klass: str
    title: str
    ending: str
    content: bytes


@dataclass(frozen=True)
class Exported:
    """One entry, opened. `parts` are texts by class of information."""

    id: UUID
    kind: str
    author: UUID
    began: datetime
    ended: datetime | None
    modality: str
    signed: datetime
    amends: UUID | None
    person: UUID | None
    parts: dict[str, str] = field(default_factory=dict)
    files: tuple[File, ...] = ()


def exported(actor: Actor, record: UUID) -> Iterator[Exported]:
    """Yield a record's entries, the oldest first. For the gate of the export alone: it asks nobody and writes no event."""
    key = actor.keys.key(record, Use.RECORD)
    for row in list(Entry.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("began", "signed", "id")):
        parts = {
            part.klass: open_text(part.body, with_=key, bound_to=place_of_part(actor, record, part.id))
            for part in Part.objects.filter(entry=row).order_by("klass")
        }
        files = []
        for one in Document.objects.filter(entry=row).order_by("klass", "id"):
            about = json.loads(open_text(one.about, with_=key, bound_to=place_of_document(actor, record, one.id, "about")))
            body = open_sealed(one.body, with_=key, bound_to=place_of_document(actor, record, one.id, "body"))
            files.append(File(one.id, one.klass, about["title"], about["ending"], body))
        yield Exported(row.id, row.kind, row.author_id, row.began, row.ended, row.modality, row.signed, row.amends_id, row.person_id, parts, tuple(files))
