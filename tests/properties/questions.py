"""The example questions, and each of them with one fact left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from privity.law import Question
from privity.law.reading import load

FOLDER = Path(__file__).parents[2] / "examples"
EXAMPLES = sorted(p for p in FOLDER.glob("*.yaml") if p.stem != "EXPECTED")


def examples() -> Iterator[tuple[str, Question]]:
    """Yield every example's name and question."""
    for path in EXAMPLES:
        yield path.stem, Question.from_dict(load(path.read_text("utf-8"), path.name))


def without(question: Question) -> Iterator[Question]:
    """Yield the question with each of its facts left out in turn; who asks, what for and what stay."""
    for name in question.facts:
        if name not in ("purpose", "recipient.kind", "information"):
            facts = {n: v for n, v in question.facts.items() if n != name}
            yield Question(question.on, question.places, facts, question.subjects, question.items, question.raw_places)
