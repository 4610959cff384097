"""Clients' requests, out into an export. For its gate alone: it asks nobody and writes no event."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.vault import Use, open_sealed

from .access import of_record, place_of
from .models import RequestLetter


def told(actor: Actor, record: UUID) -> Iterator[tuple[dict[str, Any], list[tuple[UUID, bytes]]]]:
    """Yield a record's requests with each step, the oldest first, and the exact bytes of their letters."""
    for one in reversed(of_record(actor, record)):
        steps = [{"act": step.act, "at": step.at, "by": step.by, "on": step.on, "said": step.said} for step in one.steps]
        letters = [{"id": letter.id, "kind": letter.kind, "made": letter.made, "language": letter.language} for letter in one.letters]
        told = {"id": one.id, "by": one.by, "written": one.written, **one.said.as_dict(), "steps": steps, "letters": letters}
        yield told, [(letter.id, _body(actor, record, letter.id)) for letter in one.letters]


def _body(actor: Actor, record: UUID, letter: UUID) -> bytes:
    row = RequestLetter.objects.get(id=letter, record_id=record, practice_id=actor.practice_row)
    return open_sealed(row.body, with_=actor.keys.key(record, Use.ACCOUNTING), bound_to=place_of(actor, record, letter, "letter.body"))
