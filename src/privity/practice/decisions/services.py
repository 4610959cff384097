"""Verbs on decisions: freeze one, and ask the law again. Each one transaction, its event last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from privity.law import Book, Question, decide
from privity.practice.people.access import opened, require
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from .access import for_gates, place_of_decision
from .frozen import From, Frozen, Gathered, body_of
from .gather import gathered
from .models import FrozenDecision

THE_RECORDS_OWN = frozenset({From.PROFILE, From.RECORD, From.PAPER})


def freeze(actor: Actor, book: Book, record: UUID, question: Mapping[str, Any], facts: Iterable[Gathered]) -> UUID:
    """Return the id of a decision now kept as the law gives it today. Raises BadQuestion, NotThere and NotAllowed."""
    require(actor, record, "ask", "decision")
    answer = decide(book, Question.from_dict(question)).to_dict()
    key, id = make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING], uuid4()
    body = seal(body_of(question, answer, facts), with_=key, bound_to=place_of_decision(actor, record, id))
    with transaction.atomic():
        require(actor, record, "ask", "decision")
        FrozenDecision.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, made=actor.now, book=book.hash, body=body,
        )  # fmt: skip
        own = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "decision.freeze", at=actor.now, about=[(own, record)], row=(own, id))
    return id


@dataclass(frozen=True)
class Again:
    """A frozen decision, asked again now. `changed` are facts of the record that are otherwise today; `answer` is what the law says today."""

    frozen: Frozen
    answer: Mapping[str, Any]
    facts: tuple[Gathered, ...]
    changed: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether the law would answer every part today as it did then."""
        return _core(self.answer) == _core(self.frozen.answer)


def again(actor: Actor, book: Book, record: UUID, decision: UUID) -> Again:
    """Return what the law says today of a frozen decision, its record's facts gathered anew. For gates alone: within the caller's transaction."""
    frozen = for_gates(actor, record, decision)
    (whole,) = opened(actor, {record: frozenset()})
    practice = Practice.objects.get(pk=actor.practice_row)
    kept = [one for one in frozen.facts if one.source not in THE_RECORDS_OWN]
    fresh = gathered(actor, whole, practice, frozen.question["facts"])
    said = {one.name for one in kept}
    facts = (*(one for one in fresh if one.name not in said), *kept)
    question = {**frozen.question, "on": actor.now.astimezone().date().isoformat(), "facts": {one.name: one.value for one in facts}}
    before = {one.name: one.value for one in frozen.facts}
    changed = tuple(sorted(name for name in {**before, **question["facts"]} if before.get(name) != question["facts"].get(name)))
    return Again(frozen, decide(book, Question.from_dict(question)).to_dict(), facts, changed)


def _core(answer: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [(part["about"], part["item"], part["information"], part["outcome"], str(part["how_much"])) for part in answer["parts"]]
