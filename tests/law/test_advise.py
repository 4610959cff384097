"""Advice answers each purpose and recipient as `decide` answers it, and in the same form."""

from __future__ import annotations

from pathlib import Path

import pytest

from privity.law import Book, Question, advise, decide
from privity.law.reading import load

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def question_of(name: str) -> Question:
    return Question.from_dict(load((EXAMPLES / f"{name}.yaml").read_text("utf-8"), name))


@pytest.mark.parametrize("name", ["couple-record-co", "couple-record-ca", "shoot-manager-co", "father-of-9-ca", "part2-elder-report-co", "judge-order-part-ca"])
def test_each_pair_is_answered_as_decide_answers_it(book: Book, name: str) -> None:
    question = question_of(name)
    asked = Question(
        question.on, question.places, {n: v for n, v in question.facts.items() if n != "recipient.kind"}, question.subjects, question.items, question.raw_places
    )
    parts = advise(book, asked).parts
    assert parts
    for purpose, kind, part in parts:
        single = decide(book, asked.with_facts({"purpose": purpose, "recipient.kind": kind}))
        same = [p for p in single.parts if (p.of.about, p.of.item) == (part.of.about, part.of.item)]
        assert [p.outcome for p in same] == [part.outcome], (purpose, kind)


def test_a_partners_words_are_not_the_clients_to_have(book: Book) -> None:
    answers = {(part.of.about, kind): part.outcome for _, kind, part in advise(book, question_of("couple-record-co")).parts}
    assert answers["ana", "client"] == "required"
    assert answers["ben", "client"] != "required"


def test_it_has_the_form_of_a_decision(book: Book) -> None:
    question = question_of("shoot-manager-co")
    decision, advice = decide(book, question).to_dict(), advise(book, question).to_dict()
    assert set(decision) - set(advice) == {"outcome"}
    assert {"purpose", "recipient"} <= set(advice["parts"][0])  # type: ignore[index]
