"""Verbs that write into the chart: each seals first, then one short transaction with its event as the last statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people.access import NotThere, require
from privity.practice.people.actor import Actor
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from .access import place_of_draft, place_of_part
from .models import Draft, Entry, Part


class NothingWritten(ValueError):
    """An entry without a word cannot be signed."""


@dataclass(frozen=True)
class NewEntry:
    """What is to be signed into the chart. `parts` are texts by class of information."""

    kind: str
    began: datetime
    parts: Mapping[str, str]
    ended: datetime | None = None
    modality: str = ""
    amends: UUID | None = field(default=None)


def sign_entry(actor: Actor, record: UUID, new: NewEntry) -> UUID:
    """Return the id of a signed entry; the writer's draft of its kind is gone. Raises NotThere, NotAllowed and NothingWritten."""
    parts = {klass: text for klass, text in new.parts.items() if text.strip()}
    if not parts:
        raise NothingWritten("write something before you sign")
    require(actor, record, "write", "chart")
    key, id = actor.keys.key(record, Use.RECORD), uuid4()
    rows = []
    for klass, text in parts.items():
        part = uuid4()
        body = seal(text, with_=key, bound_to=place_of_part(actor, record, part))
        rows.append(Part(id=part, practice_id=actor.practice_row, entry_id=id, record_id=record, klass=klass, body=body))
    with transaction.atomic():
        require(actor, record, "write", "chart")
        if new.amends is not None and not Entry.objects.filter(id=new.amends, record_id=record).exists():
            raise NotThere(f"entry {new.amends}")
        Entry.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, kind=Entry.Kind(new.kind), author_id=actor.account, began=new.began,
            ended=new.ended, modality=new.modality, signed=actor.now, amends_id=new.amends,
        )  # fmt: skip
        Part.objects.bulk_create(rows)
        Draft.objects.filter(record_id=record, author_id=actor.account, kind=new.kind).delete()
        trail.write(actor.practice, actor.account, "entry.sign", at=actor.now, about=[(key, record)], row=(key, id))
    return id


def keep_draft(actor: Actor, record: UUID, kind: str, fields: Mapping[str, str]) -> int:
    """Keep what is being written and return its version. Raises NotThere and NotAllowed."""
    require(actor, record, "write", "draft")
    key = actor.keys.key(record, Use.RECORD)
    with transaction.atomic():
        require(actor, record, "write", "draft")
        row = Draft.objects.select_for_update().filter(record_id=record, author_id=actor.account, kind=kind).first()
        row = row or Draft(practice_id=actor.practice_row, record_id=record, author_id=actor.account, kind=kind, version=0)
        row.version, row.saved = row.version + 1, actor.now
        row.body = seal(json.dumps(dict(fields)), with_=key, bound_to=place_of_draft(actor, record, row.id, row.version))
        row.save()
        trail.write(actor.practice, actor.account, "draft.keep", at=actor.now, about=[(key, record)], row=(key, row.id))
    return row.version
