"""The gate to questions in the chart and to frozen decisions: each asks the matrix, writes its event, and only then hands out what was opened."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from privity.practice.people import matrix
from privity.practice.people.access import NotAllowed, NotThere, require
from privity.practice.people.actor import Actor
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_text

from .frozen import From, Frozen, Gathered
from .gather import GUARDED_CLASSES, OBJECTED, Material, material
from .models import FrozenDecision

LATEST = 50  # decisions on one list


@dataclass(frozen=True)
class Asking:
    """A record, as somebody asks about it. `papers` tells whether the asker may know whom a paper names."""

    of: Material
    papers: bool


def place_of_decision(actor: Actor, record: UUID, decision: UUID) -> Binding:
    """Return where a decision may open."""
    return Binding(str(actor.practice), str(record), "decision.body", str(decision))


def asking(actor: Actor, record: UUID, act: str = "decision.ask") -> Asking:
    """Return a record to ask about; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "ask", "decision")
        found = _asking(actor, record, standing)
        trail.write(actor.practice, actor.account, act, at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return found


def on_the_phone(actor: Actor, record: UUID, act: str) -> Asking:
    """Return a record whose papers are looked at for a caller; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "authorization")
        found = _asking(actor, record, standing)
        trail.write(actor.practice, actor.account, act, at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return found


def _asking(actor: Actor, record: UUID, standing: frozenset[str]) -> Asking:
    of = material(actor, record, chart=matrix.may(actor.roles, "see", "chart", standing))
    return Asking(of, matrix.may(actor.roles, "see", "authorization", standing))


@dataclass(frozen=True)
class Page:
    """A record's frozen decisions, the newest first; one is None where whoever looks may not open it."""

    of: Material
    kept: tuple[tuple[UUID, Frozen | None], ...]


def page(actor: Actor, record: UUID) -> Page:
    """Return a record's frozen decisions; the event is written first. Raises NotThere and NotAllowed."""
    found = asking(actor, record, "decision.list")
    rows = FrozenDecision.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-made")[:LATEST]
    kept = tuple(opened_row(actor, row) for row in rows)
    return Page(found.of, tuple((one.id, one if open_to(one, chart=found.of.chart) else None) for one in kept))


def one(actor: Actor, record: UUID, decision: UUID, act: str = "decision.read") -> tuple[Asking, Frozen]:
    """Return a frozen decision with its record; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "ask", "decision")
        frozen = for_gates(actor, record, decision)
        found = _asking(actor, record, standing)
        if not open_to(frozen, chart=found.of.chart):
            raise NotAllowed("open what was decided about the chart")
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, record)], row=(key, decision))
    return found, frozen


def open_to(frozen: Frozen, *, chart: bool) -> bool:
    """Tell whether a decision opens to a reader: one who may not see the chart opens none that tells of its guarded parts, of what the client wants kept
    quiet, or of what clinicians judged."""
    guarded = any(part["information"] in GUARDED_CLASSES for part in frozen.answer["parts"])
    told = any(one.source is From.JUDGED or (one.name == OBJECTED and one.item) for one in frozen.facts)
    return chart or not frozen.chart or not (guarded or told)


def for_gates(actor: Actor, record: UUID, decision: UUID) -> Frozen:
    """Return a frozen decision. For gates alone: it asks nobody and writes no event. Raises NotThere."""
    row = FrozenDecision.objects.filter(id=decision, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"decision {decision}")
    return opened_row(actor, row)


def purposes(actor: Actor, decisions: Collection[UUID]) -> dict[UUID, str]:
    """Return what each of these decisions is for, by the vocabulary's word. For gates alone: it asks nobody and writes no event."""
    rows = list(FrozenDecision.objects.filter(practice_id=actor.practice_row, id__in=decisions))
    keys = actor.keys.keys({row.record_id for row in rows}, Use.ACCOUNTING)
    return {row.id: purpose_of(opened_row(actor, row, keys[row.record_id])) for row in rows}


def purpose_of(frozen: Frozen) -> str:
    """Return what a decision is for, by the vocabulary's word; nothing where nobody said."""
    return str(frozen.question["facts"].get("purpose") or "")


def opened_row(actor: Actor, row: FrozenDecision, key: Key | None = None) -> Frozen:
    """Return a row, opened. For gates of this room alone."""
    record = row.record_id
    key = key or actor.keys.key(record, Use.ACCOUNTING)
    raw = json.loads(open_text(row.body, with_=key, bound_to=place_of_decision(actor, record, row.id)))
    facts = tuple(Gathered.of(one) for one in raw["facts"])
    more = {name: raw[name] for name in ("place", "who", "chart") if name in raw}
    return Frozen(row.id, record, row.by_id, row.made, row.book, raw["question"], raw["answer"], facts, row.reopened, **more)
