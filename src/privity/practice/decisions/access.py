"""The gate to frozen decisions."""

from __future__ import annotations

import json
from uuid import UUID

from privity.practice.people.access import NotThere
from privity.practice.people.actor import Actor
from privity.vault import Binding, Use, open_text

from .frozen import Frozen, Gathered
from .models import FrozenDecision


def place_of_decision(actor: Actor, record: UUID, decision: UUID) -> Binding:
    """Return where a decision may open."""
    return Binding(str(actor.practice), str(record), "decision.body", str(decision))


def for_gates(actor: Actor, record: UUID, decision: UUID) -> Frozen:
    """Return a frozen decision. For gates alone: it asks nobody and writes no event. Raises NotThere."""
    row = FrozenDecision.objects.filter(id=decision, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"decision {decision}")
    raw = json.loads(open_text(row.body, with_=actor.keys.key(record, Use.ACCOUNTING), bound_to=place_of_decision(actor, record, row.id)))
    facts = tuple(Gathered.of(one) for one in raw["facts"])
    return Frozen(row.id, record, row.by_id, row.made, row.book, raw["question"], raw["answer"], facts, row.reopened)
