"""Verbs on decisions: freeze one, ask the law again, open one again that no longer stands, work one out anew. Each one transaction, its event last."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from privity.law import BadQuestion, Book, Question, decide
from privity.law.book import LIBRARY
from privity.law.keep import keep_book, open_kept
from privity.law.replay import canonical
from privity.law.rules import BadLaw
from privity.practice.people import matrix
from privity.practice.people.access import NotAllowed, require
from privity.practice.people.actor import Actor
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from .access import for_gates, one, place_of_decision
from .asking import beside, facts_to_keep
from .dialogue import Asked, places, question_of
from .frozen import From, Frozen, Gathered, body_of
from .gather import OBJECTED, SAYABLE, Material, held, material
from .models import FrozenDecision

OF_A_THREAT, OTHERS = timedelta(hours=24), timedelta(days=30)  # how long what somebody judged counts
THREAT = "threat."
SKEW = timedelta(minutes=5)  # by which the clocks of two servers may differ


def freeze(
    actor: Actor, book: Book, record: UUID, question: Mapping[str, Any], facts: Iterable[Gathered], *, place: str = "", who: str = "", chart: bool = False,
) -> UUID:  # fmt: skip
    """Return the id of a decision now kept as the law gives it today, with the book it was read from. Raises BadQuestion, NotThere and NotAllowed.

    `chart`: the whole chart was read for it, whoever asked.
    """
    standing = require(actor, record, "ask", "decision")
    answer = decide(book, Question.from_dict(question)).to_dict()
    keep(book)
    key, id = make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING], uuid4()
    chart = chart or matrix.may(actor.roles, "see", "chart", standing)
    body = seal(
        body_of(question, answer, facts, place=place, who=who, chart=chart), with_=key, bound_to=place_of_decision(actor, record, id)
    )  # fmt: skip
    with transaction.atomic():
        require(actor, record, "ask", "decision")
        FrozenDecision.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, made=actor.now, book=book.hash, body=body,
        )  # fmt: skip
        own = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "decision.freeze", at=actor.now, about=[(own, record)], row=(own, id))
    return id


def put(
    actor: Actor, record: UUID, said: Mapping[str, Any], *, place: str = "", who: str = "", items: Sequence[Mapping[str, Any]] | None = None,
) -> tuple[Question, Asked]:  # fmt: skip
    """Return a question about a record as its page would put it: what was said beside what the record states. For gates alone. Raises BadQuestion.

    `items` stand in place of the chart's parts that were asked for.
    """
    of = material(actor, record, chart=True)
    asked = beside(of, Asked(place, tuple(said.items()), who))
    if items is not None:
        asked = replace(asked, held=held(of, asked, items))
    return question_of(of.practice, asked, of.on), asked


def freeze_put(actor: Actor, book: Book, record: UUID, question: Question, asked: Asked) -> UUID:
    """Return the id of a decision now kept on a question that was put: `put` read the whole chart. Raises what `freeze` raises."""
    facts = facts_to_keep(book, asked, actor.account, actor.now)
    return freeze(actor, book, record, question.to_dict(), facts, place=asked.place, who=asked.who, chart=True)


# --- asked again -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A fact that is otherwise now: what it was when the decision was kept, and what it is. None is: nobody says so."""

    name: str
    was: Gathered | None
    now: Gathered | None
    aged: bool = False


@dataclass(frozen=True)
class Again:
    """A frozen decision, asked again now. `changed` are facts that are otherwise today; `answer` is what the law says today.

    `why` is empty while it stands: `reopened` before, `closed` record, `answer` otherwise, `refused` by the law's vocabulary.
    """

    frozen: Frozen
    answer: Mapping[str, Any]
    facts: tuple[Gathered, ...]
    changes: tuple[Change, ...]
    why: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Whether the law would answer every part today as it did then, from what may still count as said."""
        return not self.why

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the facts that are otherwise today."""
        return tuple(sorted({one.name for one in self.changes}))


def again(actor: Actor, book: Book, record: UUID, decision: UUID) -> Again:
    """Return what the law says today of a frozen decision: the record's facts gathered anew, and what somebody judged too long ago not said.

    For gates alone: within the caller's transaction. Raises NotThere.
    """
    frozen = for_gates(actor, record, decision)
    return _again(book, frozen, material(actor, record, chart=frozen.chart), actor.now)


def _again(book: Book, frozen: Frozen, of: Material, now: datetime) -> Again:
    gone = tuple(one for one in frozen.facts if is_aged(one, now))
    said = [one for one in frozen.facts if one.of_a_person and one not in gone]
    asked = Asked(frozen.place, tuple((one.name, one.value) for one in said), frozen.who)
    items = [{name: value for name, value in row.items() if name != "facts"} for row in frozen.question.get("items", ())]
    found = held(of, asked, items)
    # What was said of a paper holds for that paper alone.
    other = {one.name for one in said if one.name in SAYABLE and one.row != found.paper}
    if other:
        asked = Asked(asked.place, tuple((name, value) for name, value in asked.facts if name not in other), asked.who)
        found = held(of, asked, items)
    asked = Asked(asked.place, asked.facts, asked.who, found)
    facts = (*found.gathered, *(one for one in said if one.name not in other and one.name not in found.fixed))
    about = {name: list(rows) for name, rows in (("subjects", found.subjects), ("items", found.items)) if rows}
    where = places(of.practice, frozen.place) if frozen.place else frozen.question["places"]
    question = {"on": of.on.isoformat(), "places": where, "facts": {**asked.known, **of.practice.facts()}, **about}
    why = (["reopened"] if frozen.reopened else []) + (["closed"] if of.closed and of.closed >= frozen.made.astimezone().date() and not _had(frozen) else [])
    try:
        answer: Mapping[str, Any] = decide(book, Question.from_dict(question)).to_dict()
        why += [] if _core(answer) == _core(frozen.answer) else ["answer"]
    except BadQuestion as error:
        answer, why = {"outcome": "unknown", "parts": [], "refused": str(error)}, [*why, "refused"]
    return Again(frozen, answer, facts, _changes(frozen, facts, gone), tuple(why))


def is_aged(one: Gathered, now: datetime) -> bool:
    """Tell whether somebody judged this too long ago for it to count as said: of a threat a day ago, of all else thirty days.

    What was judged later than now, before a clock was moved back, is of no known age.
    """
    if not one.of_a_person or one.at is None or not (one.source is From.JUDGED or one.name.startswith(THREAT)):
        return False
    return not -SKEW < now - one.at <= (OF_A_THREAT if one.name.startswith(THREAT) else OTHERS)


def _had(frozen: Frozen) -> bool:
    return any(one.name == "care.ended" for one in frozen.facts)


def _changes(frozen: Frozen, facts: Iterable[Gathered], gone: Iterable[Gathered]) -> tuple[Change, ...]:
    def keyed(rows: Iterable[Gathered]) -> dict[tuple[str, UUID | None, str], Gathered]:
        return {(row.name, row.subject, row.item): row for row in rows}

    before, now, aged = keyed(frozen.facts), keyed(facts), keyed(gone)
    found = []
    for key in sorted({*before, *now}, key=lambda one: (one[0], str(one[1]), one[2])):
        was, is_ = before.get(key), now.get(key)
        if key in aged or (was.value if was else None) != (is_.value if is_ else None):
            found.append(Change(key[0], was, is_, key in aged))
    return tuple(found)


def _core(answer: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    rows = [(part["about"], part["item"], part["information"], part["outcome"], canonical(part["how_much"])) for part in answer["parts"]]
    return sorted(rows, key=str)


# --- opened again ------------------------------------------------------------------------------------------------


def look(actor: Actor, book: Book, record: UUID, decision: UUID) -> Again:
    """Return how a frozen decision stands; one that does so no longer is opened again, with its event. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "ask", "decision")
        return _reopening(actor, book, record, decision)


def _reopening(actor: Actor, book: Book, record: UUID, decision: UUID) -> Again:
    found = again(actor, book, record, decision)
    if not found.stands and FrozenDecision.objects.filter(id=decision, reopened=None).update(reopened=actor.now):
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "decision.reopen", at=actor.now, about=[(key, record)], row=(key, decision))
    return found


def sweep(actor: Actor, book: Book) -> int:
    """Return how many of a practice's frozen decisions no longer stood and are open again now. The night's own act: it asks nobody."""
    rows = FrozenDecision.objects.filter(practice_id=actor.practice_row, reopened=None, record__shredded=None).order_by("made")
    opened_again = 0
    for id, record in rows.values_list("id", "record_id"):
        with transaction.atomic():
            opened_again += not _reopening(actor, book, record, id).stands
    return opened_again


# --- worked out anew ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Replayed:
    """What came of working a decision out anew with its own book: the same bytes or not, or why it cannot be done."""

    same: bool
    core: str = ""
    why: str = ""


def replay(actor: Actor, book: Book, record: UUID, decision: UUID) -> Replayed:
    """Return whether a frozen decision's canonical core comes out again, byte for byte; the event is written first. Raises NotThere and NotAllowed."""
    _, frozen = one(actor, record, decision, "decision.replay")
    try:
        used = book if book.hash == frozen.book else kept_book(frozen.book)
        core = canonical(decide(used, Question.from_dict(frozen.answer["question"])).to_dict()["core"])
    except (BadLaw, BadQuestion, OSError) as fault:
        return Replayed(same=False, why=str(fault))
    return Replayed(core == canonical(frozen.answer["core"]), core)


def file_of(actor: Actor, record: UUID, decision: UUID) -> str:
    """Return a frozen decision as the file that `privity replay` takes; the event is written first. Raises NotThere and NotAllowed.

    Its items bear what is kept quiet, whoever asked: then it is for those who may see the chart.
    """
    with transaction.atomic():
        asking, frozen = one(actor, record, decision, "decision.take")
        if not asking.of.chart and any(OBJECTED in row.get("facts", {}) for row in frozen.answer["question"].get("items", ())):
            raise NotAllowed("take what tells of a quiet topic")
    return json.dumps(frozen.answer, indent=1)


def books() -> Path:
    """Return where the books that frozen decisions were read from are kept."""
    return Path(settings.DATA) / "books"


def keep(book: Book) -> None:
    """Keep the book a decision is read from. Raises OSError: a decision that could never be worked out again is not kept."""
    keep_book(books(), book.root or LIBRARY, None, book.hash)


@lru_cache(maxsize=4)
def kept_book(name: str) -> Book:
    """Return a book that was kept, by its hash. Raises BadLaw."""
    return open_kept(books(), name)
