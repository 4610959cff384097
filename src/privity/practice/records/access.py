"""The gate to the chart: each function asks the matrix, writes the event, and only then hands out what was opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from privity.practice.people.access import Opened, opened, require
from privity.practice.people.actor import Actor
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_text

from .models import Draft, Entry, Part


@dataclass(frozen=True)
class Written:
    """An entry, opened: its parts by class of information, and what was later amended."""

    id: UUID
    kind: str
    author: UUID
    began: datetime
    ended: datetime | None
    modality: str
    signed: datetime
    parts: Mapping[str, str]
    amends: UUID | None = None


@dataclass(frozen=True)
class Chart:
    """A record's chart as one reader sees it."""

    record: Opened
    entries: tuple[Written, ...]
    may_write: bool


def place_of_part(actor: Actor, record: UUID, part: UUID) -> Binding:
    """Return where a part of an entry may open."""
    return Binding(str(actor.practice), str(record), "part.body", str(part))


def place_of_draft(actor: Actor, record: UUID, draft: UUID, version: int) -> Binding:
    """Return where a draft may open."""
    return Binding(str(actor.practice), str(record), "draft.body", str(draft), version)


def chart(actor: Actor, record: UUID) -> Chart:
    """Return a record's chart; the event is written first. Raises NotThere, NotAllowed, and what the vault raises."""
    from privity.practice.people.matrix import may

    with transaction.atomic():
        standing = require(actor, record, "see", "chart")
        key = actor.keys.key(record, Use.RECORD)
        entries = _written(actor, record, key)
        (found,) = opened(actor, {record: standing})
        trail.write(actor.practice, actor.account, "chart.read", at=actor.now, about=[(key, record)], entries=len(entries))
    return Chart(found, entries, may(actor.roles, "write", "chart", standing) and not found.closed)


def draft(actor: Actor, record: UUID, kind: str) -> Mapping[str, str]:
    """Return what the actor was writing, or nothing; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "write", "draft")
        row = Draft.objects.filter(record_id=record, author_id=actor.account, kind=kind).first()
        if row is None:
            return {}
        key = actor.keys.key(record, Use.RECORD)
        text = open_text(row.body, with_=key, bound_to=place_of_draft(actor, record, row.id, row.version))
        trail.write(actor.practice, actor.account, "draft.read", at=actor.now, about=[(key, record)], row=(key, row.id))
    found: Mapping[str, str] = json.loads(text)
    return found


def _written(actor: Actor, record: UUID, key: Key) -> tuple[Written, ...]:
    parts: dict[UUID, dict[str, str]] = {}
    for id, entry, klass, body in Part.objects.filter(record_id=record, practice_id=actor.practice_row).values_list("id", "entry_id", "klass", "body"):
        parts.setdefault(entry, {})[klass] = open_text(body, with_=key, bound_to=place_of_part(actor, record, id))
    rows = Entry.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-began", "-signed")
    return tuple(
        Written(row.id, row.kind, row.author_id, row.began, row.ended, row.modality, row.signed, parts.get(row.id, {}), row.amends_id) for row in rows
    )
