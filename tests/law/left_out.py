"""Questions with each of their facts left out, and whether an answer says that it takes the fact that is missing for granted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from privity.law import Book, Question
from privity.law.decide import Decision
from privity.law.expression import facts_of
from privity.law.facts import flatten

# What the question's reader works out from other facts, beside the definitions of the law files (docs/reference/law-files.md).
WORKED_OUT: dict[str, tuple[str, ...]] = {
    "client.age": ("client.born",),
    "client.adult": ("client.age", "client.born", "minor.", "parent."),
    "client.deceased": ("client.died",),
    "client.dead_over_fifty_years": ("client.died",),
    "client.agrees": ("client.objects", "abuse.client_agrees_to_report", "client.deceased", "client.died"),
    "client.objects": ("client.agrees", "client.present", "client.has_capacity"),
    "client.asks_in_writing": ("purpose",),
    "care.level": ("practice.setting",),
    "authorization.on_file": ("authorization.",),
    "authorization.lacks": ("authorization.valid",),
    "authorization.revoked": ("authorization.valid",),
    "authorization.expired": ("authorization.valid",),
}


def without_each_fact(question: Question) -> Iterator[tuple[str, Question]]:
    """Yield (fact, question without it) for each fact of the question, of each subject and of each item."""
    for name, facts in _without(question.facts):
        yield name, Question(question.on, question.places, facts, question.subjects, question.items, question.raw_places)
    for field in ("subjects", "items"):
        rows = getattr(question, field)
        for number, row in enumerate(rows):
            for name, facts in _without(row.get("facts") or {}):
                left = (*rows[:number], {**row, "facts": facts}, *rows[number + 1 :])
                made = replace(question, **{field: left}, _prepared={})
                yield name, made


def _without(facts: Any) -> Iterator[tuple[str, dict[str, object]]]:
    pairs = dict(flatten(facts))
    for name in pairs:
        yield name, {other: value for other, value in pairs.items() if other != name}


def outcomes_by_part(decision: Decision) -> dict[tuple[str, str], str]:
    """Return each part's outcome, by whom it is about and which item."""
    return {(part.of.about, part.of.item): part.outcome for part in decision.parts}


def listed_for(book: Book, name: str, decision: Decision) -> bool:
    """Tell whether an answer lists, as assumed, the fact that was left out or one that is worked out from it."""
    rows: Any = decision.to_dict()["assumptions"]
    derived = _derived(book)
    return any(_covers(name, below) for row in rows for below in (row["fact"], *derived.get(row["fact"], ())))


def _covers(name: str, below: str) -> bool:
    return name == below or (below.endswith(".") and name.startswith(below))


@cache
def _derived(book: Book) -> Mapping[str, frozenset[str]]:
    """Return, for each fact the law or the reader works out, all the facts below it."""
    below: dict[str, set[str]] = {name: {f for d in ds for f in facts_of(d.means)} for name, ds in book.definitions.items()}
    for name, facts in WORKED_OUT.items():
        below.setdefault(name, set()).update(facts)
    while True:
        grown = {name: facts | {f for n in facts for f in below.get(n, ())} for name, facts in below.items()}
        if grown == below:
            return {name: frozenset(facts) for name, facts in below.items()}
        below = grown
