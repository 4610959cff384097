"""A chart in from an export, sealed under this practice's keys. For the gate of the import alone: it asks nobody and writes no event."""

from __future__ import annotations

import json
from collections.abc import Iterable
from uuid import UUID, uuid4

from privity.practice.people.actor import Actor
from privity.vault import Key, seal

from .access import place_of_document, place_of_part
from .classes import ALL, DOCUMENTS, LONGEST
from .documents import CannotKeep, sniffed
from .exporting import Exported, File
from .models import Document, Entry, Part
from .uploads import MOST

__all__ = ["CLASSES", "KINDS", "LONGEST", "MOST", "Exported", "File", "bring", "here", "why_not"]
KINDS = tuple(Entry.Kind)
CLASSES = frozenset((*ALL, *DOCUMENTS))


def why_not(content: bytes, ending: str) -> str:
    """Return why a file is not kept, in one sentence, or nothing."""
    try:
        kind = sniffed(content)
    except CannotKeep as fault:
        return str(fault)
    return "" if kind.ending == ending else f"The file is called {ending} and holds {kind.ending}."


def bring(actor: Actor, record: UUID, key: Key, entries: Iterable[Exported]) -> None:
    """Keep entries as they were signed, under the ids they had. Within the transaction of the import."""
    mine = {"practice_id": actor.practice_row, "record_id": record}
    rows, parts = [], []
    for one in entries:
        rows.append(Entry(
            **mine, id=one.id, kind=one.kind, author_id=one.author, began=one.began, ended=one.ended, modality=one.modality, signed=one.signed,
            amends_id=one.amends, person_id=one.person,
        ))  # fmt: skip
        for klass, text in one.parts.items():
            id = uuid4()
            parts.append(Part(**mine, id=id, entry_id=one.id, klass=klass, body=seal(text, with_=key, bound_to=place_of_part(actor, record, id))))
        for file in one.files:
            raw = json.dumps({"title": file.title, "ending": file.ending, "size": len(file.content)})
            about = seal(raw, with_=key, bound_to=place_of_document(actor, record, file.id, "about"))
            body = seal(file.content, with_=key, bound_to=place_of_document(actor, record, file.id, "body"))
            # One by one: a document may hold ten megabytes. Its entry follows within the same transaction.
            Document.objects.bulk_create([Document(**mine, id=file.id, entry_id=one.id, klass=file.klass, about=about, body=body)])
    Entry.objects.bulk_create(rows)
    Part.objects.bulk_create(parts)


def here(entries: Iterable[UUID], documents: Iterable[UUID]) -> set[UUID]:
    """Return which of these ids are taken."""
    taken = set(Entry.objects.filter(id__in=list(entries)).values_list("id", flat=True))
    return taken | set(Document.objects.filter(id__in=list(documents)).values_list("id", flat=True))
