"""The gate to consultations: each function asks the matrix, writes the event, and only then hands out what was opened."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.decisions.access import for_gates as decision_of
from privity.practice.decisions.frozen import Frozen
from privity.practice.people import matrix
from privity.practice.people.access import NotThere, Opened, opened, require, staff
from privity.practice.people.actor import Actor
from privity.practice.records import access as records
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_text

from .consultation_known import Told, known_of
from .consultation_models import Consultation, ConsultationReply
from .deidentify import Known

GONE = "Somebody no longer here"


@dataclass(frozen=True)
class Line:
    """A consultation as the list shows it."""

    id: UUID
    asked: str
    by: str
    made: datetime
    replies: int


@dataclass(frozen=True)
class Note:
    """A note one may begin from."""

    id: UUID
    began: datetime
    kind: str


@dataclass(frozen=True)
class Page:
    """A record's consultations, and the notes one may begin from."""

    who: Opened
    kept: tuple[Line, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Reply:
    """What somebody said, when, and who wrote it down."""

    who: str
    on: str
    said: str
    by: str
    made: datetime


@dataclass(frozen=True)
class Kept:
    """A consultation, opened. `body` is what was sealed: text, taken, risks, why, asked, asked_kind."""

    who: Opened
    id: UUID
    by: str
    made: datetime
    body: Mapping[str, Any]
    decision: Frozen
    replies: tuple[Reply, ...]


def place_of(actor: Actor, record: UUID, row: UUID, column: str) -> Binding:
    """Return where a sealed column may open: `consultation.body` or `consultation_reply.body`."""
    return Binding(str(actor.practice), str(record), column, str(row))


def page(actor: Actor, record: UUID) -> Page:
    """Return a record's consultations and notes; the events are written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "consultation")
        (who,) = opened(actor, {record: standing})
        key, names = actor.keys.key(record, Use.RECORD), {one.id: one.name for one in staff(actor)}
        rows = list(Consultation.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-made"))
        replies = list(ConsultationReply.objects.filter(consultation__in=rows).values_list("consultation_id", flat=True))
        lines = []
        for row in rows:
            body = json.loads(open_text(row.body, with_=key, bound_to=place_of(actor, record, row.id, "consultation.body")))
            lines.append(Line(row.id, body["asked"], names.get(row.by_id, GONE), row.made, replies.count(row.id)))
        trail.write(actor.practice, actor.account, "consult.list", at=actor.now, about=[(key, record)])
    notes: tuple[Note, ...] = ()
    if matrix.may(actor.roles, "see", "chart", standing):
        notes = tuple(Note(one.id, one.began, one.kind) for one in records.chart(actor, record).entries if one.parts)
    return Page(who, tuple(lines), notes)


def written(actor: Actor, record: UUID, notes: Collection[UUID]) -> str:
    """Return the text of notes, the oldest first, to begin a case from; the events are written first. Raises NotThere and NotAllowed."""
    require(actor, record, "write", "consultation")
    chart = records.chart(actor, record)
    with transaction.atomic():
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "consult.notes", at=actor.now, about=[(key, record)], notes=len(notes))
    told = [one for one in reversed(chart.entries) if one.id in notes]
    return "\n\n".join("\n".join(one.parts.values()) for one in told)


def known(actor: Actor, record: UUID, told: Told) -> tuple[Opened, Known]:
    """Return what the record knows of who it is about; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "write", "consultation")
        (who,) = opened(actor, {record: standing})
        found = known_of(actor, who, told)
        trail.write(actor.practice, actor.account, "consult.look", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return who, found


def one(actor: Actor, record: UUID, consultation: UUID) -> Kept:
    """Return a consultation; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "consultation")
        row = Consultation.objects.filter(id=consultation, record_id=record, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"consultation {consultation}")
        (who,) = opened(actor, {record: standing})
        key, names = actor.keys.key(record, Use.RECORD), {one.id: one.name for one in staff(actor)}
        body = json.loads(open_text(row.body, with_=key, bound_to=place_of(actor, record, row.id, "consultation.body")))
        replies = []
        for each in ConsultationReply.objects.filter(consultation=row).order_by("made"):
            raw = json.loads(open_text(each.body, with_=key, bound_to=place_of(actor, record, each.id, "consultation_reply.body")))
            replies.append(Reply(raw["who"], raw["on"], raw["said"], names.get(each.by_id, GONE), each.made))
        decision = decision_of(actor, record, row.decision)
        trail.write(actor.practice, actor.account, "consult.read", at=actor.now, about=[(key, record)], row=(key, row.id))
    return Kept(who, row.id, names.get(row.by_id, GONE), row.made, body, decision, tuple(replies))
