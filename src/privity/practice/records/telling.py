"""What of a record's chart could leave in a packet: each part and document with its own id. For the gates of releases alone: no event."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privity.practice.people.access import NotThere
from privity.practice.people.actor import Actor
from privity.practice.people.times import local
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


def diagnoses(actor: Actor, record: UUID, starts: datetime, *, whole_day: bool) -> tuple[tuple[UUID | None, str], ...]:
    """Return the diagnoses written of a visit, each with the member of a group it is of: of what began with it, or else on its day where it had no other visit.

    What was amended is told as it was amended last. Nothing else of an entry is opened.
    """
    key = actor.keys.key(record, Use.RECORD)
    entries = list(Entry.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("signed"))
    parts = {part.entry_id: part for part in Part.objects.filter(record_id=record, practice_id=actor.practice_row, klass="diagnosis")}
    own = [one for one in entries if one.amends_id is None]
    of = [one for one in own if one.began == starts] or [one for one in own if whole_day and local(one.began).date() == local(starts).date()]
    found = []
    for one in of:
        newest = [each.id for each in entries if one.id in (each.id, each.amends_id) and each.id in parts][-1:]
        for part in (parts[id] for id in newest):
            found.append((one.person_id, open_text(part.body, with_=key, bound_to=place_of_part(actor, record, part.id))))
    return tuple(found)
