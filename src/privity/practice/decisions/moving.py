"""Frozen decisions, out into an export. For its gate alone: it asks nobody and writes no event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor

from .access import opened_row
from .models import FrozenDecision


def told(actor: Actor, record: UUID) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield a record's frozen decisions, the oldest first, each with its answer as `privity replay` takes it."""
    for row in FrozenDecision.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("made", "id"):
        frozen = opened_row(actor, row)
        yield (
            {
                "id": frozen.id, "by": frozen.by, "made": frozen.made, "book": frozen.book, "reopened": frozen.reopened, "outcome": frozen.outcome,
                "place": frozen.place, "who": frozen.who, "chart": frozen.chart, "question": frozen.question,
                "facts": [one.as_dict() for one in frozen.facts],
            },
            json.dumps(frozen.answer, indent=1),
        )  # fmt: skip
