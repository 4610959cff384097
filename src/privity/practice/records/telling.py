"""What of a record's chart could leave in a packet: each part and document with its own id. For the gates of releases alone: no event."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privity.practice.people.access import NotThere
from privity.practice.people.actor import Actor
from privity.vault import Use, open_sealed, open_text

from .access import place_of_document, place_of_part
from .models import Document, Entry, Part


@dataclass(frozen=True)
class Item:
    """A part of an entry, or a document. `text` is empty for a document, and for whoever may not read the chart."""

    id: UUID
    klass: str
    kind: str
    author: UUID
    began: datetime
    person: UUID | None = None
    text: str = ""
    title: str = ""
    ending: str = ""
    is_document: bool = False
    entry: UUID | None = None


def told(actor: Actor, record: UUID, *, texts: bool) -> tuple[Item, ...]:
    """Return a record's parts and documents, the oldest first; opened only with `texts`."""
    key = actor.keys.key(record, Use.RECORD)
    entries = {row.id: row for row in Entry.objects.filter(record_id=record, practice_id=actor.practice_row)}
    found = []
    for part in Part.objects.filter(record_id=record, practice_id=actor.practice_row):
        row = entries[part.entry_id]
        text = open_text(part.body, with_=key, bound_to=place_of_part(actor, record, part.id)) if texts else ""
        found.append(Item(part.id, part.klass, row.kind, row.author_id, row.began, row.person_id, text, entry=row.id))
    for paper in Document.objects.filter(record_id=record, practice_id=actor.practice_row).defer("body"):
        row = entries[paper.entry_id]
        about = json.loads(open_text(paper.about, with_=key, bound_to=place_of_document(actor, record, paper.id, "about")))
        title = about["title"] if texts else ""
        found.append(Item(paper.id, paper.klass, row.kind, row.author_id, row.began, row.person_id, "", title, about["ending"], is_document=True, entry=row.id))
    return tuple(sorted(found, key=lambda one: (one.began, one.klass, str(one.id))))


def content(actor: Actor, record: UUID, document: UUID) -> bytes:
    """Return a document's bytes. Raises NotThere."""
    row = Document.objects.filter(id=document, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"document {document}")
    return open_sealed(row.body, with_=actor.keys.key(record, Use.RECORD), bound_to=place_of_document(actor, record, row.id, "body"))
