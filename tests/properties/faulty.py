"""Each rule of the library in turn can no longer be evaluated, tried on the questions that reach it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from privity.law import BadQuestion, Book, Question, decide
from privity.law.book import LIBRARY
from privity.law.cases import case_files, question_of
from privity.law.decide import Decision
from privity.law.expression import Bare
from privity.law.facts import Fact
from privity.law.reading import Lined, load
from privity.law.rules import Section

FAULT = "fault.here"


def case_questions() -> Iterator[tuple[str, Question]]:
    """Yield (where and name, question) for every case of the library; those of one law alone are asked of the whole book here."""
    for path in case_files(LIBRARY):
        top = load(path.read_text("utf-8"), path.name)
        assert isinstance(top, Lined)
        for row in top.get("cases") or []:  # type: ignore[attr-defined]
            yield f"{path.name}: {row['name']}", question_of(path, top, row)


def by_rule(book: Book, questions: list[tuple[str, Question]]) -> dict[str, list[tuple[str, Question, Decision]]]:
    """Return, for every rule, the questions it is tried on, those first where it lives."""
    found: dict[str, list[tuple[bool, str, Question, Decision]]] = {}
    for name, question in questions:
        try:
            decision = decide(book, question, budget=0)
        except BadQuestion:
            continue
        for part in decision.parts:
            living = {rule.id for rule in part.living}
            for rule in part.plan.rules:
                found.setdefault(rule.id, []).append((rule.id not in living, name, question, decision))
    return {rule: [(n, q, d) for _, n, q, d in sorted(rows, key=lambda row: row[:2])] for rule, rows in found.items()}


def with_fault(book: Book, rule_id: str) -> Book:
    """Return the book with one rule, in every version, whose condition turns on a fact nobody can know."""
    facts = {**book.facts, FAULT: Fact(FAULT, "yes_no")}
    return Book(facts, book.groups, book.words, [_break(section, rule_id) for section in book.sections], book.precedence, "broken", whole=False)


def _break(section: Section, rule_id: str) -> Section:
    if not rule_id.startswith(f"{section.law}.{section.key}."):
        return section
    versions = tuple(replace(v, rules=tuple(replace(r, when=Bare(FAULT)) if r.id == rule_id else r for r in v.rules)) for v in section.versions)
    return replace(section, versions=versions)
