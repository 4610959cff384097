"""The gate to the chart: each function asks the matrix, writes the event, and only then hands out what was opened."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from privity.practice.people.access import NotThere, Opened, opened, require, staff
from privity.practice.people.actor import Actor
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_sealed, open_text

from .models import Document, Draft, Entry, Part


@dataclass(frozen=True)
class Paper:
    """A document as the chart lists it."""

    id: UUID
    klass: str
    title: str
    ending: str
    size: int


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
    on: UUID | None = None  # in a group: the member it is on
    documents: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A record's chart as one reader sees it."""

    record: Opened
    entries: tuple[Written, ...]
    may_write: bool
    may_seal: bool = False
    authors: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Begun:
    """What somebody is about to write: in which record, and the draft kept so far. `version` is 0 where there is none."""

    record: Opened
    fields: Mapping[str, str]
    version: int
    saved: datetime | None


def place_of_document(actor: Actor, record: UUID, document: UUID, column: str) -> Binding:
    """Return where a document, or what it is called, may open."""
    return Binding(str(actor.practice), str(record), f"document.{column}", str(document))


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
    writes, seals = (may(actor.roles, "write", kind, standing) for kind in ("chart", "sealed_note"))
    return Chart(found, entries, writes and not found.closed, seals, {one.id: one.name for one in staff(actor)})


def draft(actor: Actor, record: UUID, kind: str) -> Mapping[str, str]:
    """Return what the actor was writing, or nothing; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "write", "draft")
        found, row = kept(actor, record, kind)
        if row is None:
            return {}
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "draft.read", at=actor.now, about=[(key, record)], row=(key, row.id))
    return found


def begun(actor: Actor, record: UUID, kind: str) -> Begun:
    """Return what the actor was writing in a record, or an empty sheet; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "write", "draft")
        (found,) = opened(actor, {record: standing})
        fields, row = kept(actor, record, kind)
        act = "draft.read" if row else "entry.begin"
        trail.write(actor.practice, actor.account, act, at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return Begun(found, fields, row.version if row else 0, row.saved if row else None)


def kept(actor: Actor, record: UUID, kind: str) -> tuple[Mapping[str, str], Draft | None]:
    """Return the actor's draft, opened, with its row. For gates alone: it asks nobody and writes no event."""
    row = Draft.objects.filter(record_id=record, practice_id=actor.practice_row, author_id=actor.account, kind=kind).first()
    if row is None:
        return {}, None
    text = open_text(row.body, with_=actor.keys.key(record, Use.RECORD), bound_to=place_of_draft(actor, record, row.id, row.version))
    found: Mapping[str, str] = json.loads(text)
    return found, row


@dataclass(frozen=True)
class Amending:
    """An entry about to be amended, with what was kept of the amendment so far."""

    entry: Written
    begun: Begun
    other: UUID | None  # another entry whose amendment is not finished; it comes first


def amending(actor: Actor, record: UUID, entry: UUID) -> Amending:
    """Return an entry to be amended; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "write", "chart")
        key = actor.keys.key(record, Use.RECORD)
        there = next((one for one in _written(actor, record, key, Entry.objects.filter(id=entry)) if one.kind != Entry.Kind.AMENDMENT), None)
        if there is None:
            raise NotThere(f"entry {entry}")
        (found,) = opened(actor, {record: standing})
        fields, row = kept(actor, record, "amendment")
        other = UUID(fields["amends"]) if fields and fields["amends"] != str(entry) else None
        trail.write(actor.practice, actor.account, "entry.begin", at=actor.now, about=[(key, record)], row=(key, entry))
    return Amending(there, Begun(found, fields, row.version if row else 0, row.saved if row else None), other)


def document(actor: Actor, record: UUID, id: UUID) -> tuple[Paper, bytes]:
    """Return a document with its bytes; the event is written first. Raises NotThere, NotAllowed, and what the vault raises."""
    with transaction.atomic():
        require(actor, record, "see", "chart")
        row = Document.objects.filter(id=id, record_id=record, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"document {id}")
        key = actor.keys.key(record, Use.RECORD)
        paper = _paper(actor, key, row.id, row.record_id, row.klass, row.about)
        body = open_sealed(row.body, with_=key, bound_to=place_of_document(actor, record, row.id, "body"))
        trail.write(actor.practice, actor.account, "document.open", at=actor.now, about=[(key, record)], row=(key, row.id))
    return paper, body


@dataclass(frozen=True)
class Listed:
    """A part of an entry, or a document, by its class of information; nothing of it is opened. `on` is the member of a group it is on."""

    id: UUID
    klass: str
    on: UUID | None
    began: datetime


def parts_for_gates(actor: Actor, record: UUID) -> tuple[Listed, ...]:
    """Return what a record's chart consists of, the newest first. For gates alone: it asks nobody and writes no event."""
    columns = ("id", "klass", "entry__person_id", "entry__began")
    rows = [row for kind in (Part, Document) for row in kind.objects.filter(record_id=record, practice_id=actor.practice_row).values_list(*columns)]
    return tuple(sorted((Listed(*row) for row in rows), key=lambda one: (one.began, one.klass, str(one.id)), reverse=True))


def _paper(actor: Actor, key: Key, id: UUID, record: UUID, klass: str, about: bytes | memoryview) -> Paper:
    raw = json.loads(open_text(about, with_=key, bound_to=place_of_document(actor, record, id, "about")))
    return Paper(id, klass, raw["title"], raw["ending"], raw["size"])


def _written(actor: Actor, record: UUID, key: Key, of: QuerySet[Entry] | None = None) -> tuple[Written, ...]:
    rows = (Entry.objects.all() if of is None else of).filter(record_id=record, practice_id=actor.practice_row).order_by("-began", "-signed")
    parts: dict[UUID, dict[str, str]] = {}
    for id, entry, klass, body in Part.objects.filter(entry__in=rows.order_by()).values_list("id", "entry_id", "klass", "body"):
        parts.setdefault(entry, {})[klass] = open_text(body, with_=key, bound_to=place_of_part(actor, record, id))
    papers: dict[UUID, list[Paper]] = {}
    for id, entry, klass, about in Document.objects.filter(entry__in=rows.order_by()).values_list("id", "entry_id", "klass", "about"):
        papers.setdefault(entry, []).append(_paper(actor, key, id, record, klass, about))
    return tuple(
        Written(
            row.id, row.kind, row.author_id, row.began, row.ended, row.modality, row.signed, parts.get(row.id, {}), row.amends_id, row.person_id,
            tuple(papers.get(row.id, ())),
        )
        for row in rows
    )  # fmt: skip


@dataclass(frozen=True)
class EntryListed:
    """An entry by its day and kind alone, and whether an amendment of it was signed since."""

    id: UUID
    kind: str
    began: datetime
    amended: datetime | None  # the latest amendment's signature


def entries_listed(actor: Actor, record: UUID) -> tuple[EntryListed, ...]:
    """Return a record's entries without a word of what is in them, the newest first. For gates alone: it asks nobody and writes no event."""
    rows = list(Entry.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-began", "-signed"))
    amended: dict[UUID, datetime] = {}
    for row in rows:
        if row.amends_id:
            amended[row.amends_id] = max(row.signed, amended.get(row.amends_id, row.signed))
    return tuple(EntryListed(row.id, row.kind, row.began, amended.get(row.id)) for row in rows if row.kind != Entry.Kind.AMENDMENT)
