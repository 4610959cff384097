"""An outsider's several hundred questions are answered as their author, or contested.yaml, says; and again with each fact left out."""

from __future__ import annotations

import os
from typing import Any

import pytest
from left_out import listed_for, outcomes_by_part, without_each_fact

from exam import HELD_TO, Asked, contested, differences, exam, expected
from privity.law import Book, decide
from privity.law.decide import Decision

QUESTIONS = exam()
CONTESTED = contested()
CLOSED, OPEN = ("prohibited", "with_authorization"), ("permitted", "required")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def test_the_exam_is_there_and_each_question_has_its_own_name() -> None:
    assert len(QUESTIONS) >= 400
    assert len({asked.id for asked in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.id)
def test_the_answer_is_what_its_author_expects(book: Book, asked: Asked) -> None:
    found = differences(expected(asked, CONTESTED), decide(book, asked.question).to_dict())
    assert not found, (asked.story, found)


def test_each_contested_question_is_one_of_the_exam_and_says_why() -> None:
    assert set(CONTESTED) <= {asked.id for asked in QUESTIONS}
    for name, row in CONTESTED.items():
        assert row.get("why"), name
        assert len(row) > 1, f"{name} says what is wrong with the expectation, and not what is right"
        assert set(row) <= {"why", *HELD_TO}, name


def test_what_is_contested_is_not_what_the_outsider_expects(book: Book) -> None:
    """A row of contested.yaml that is no longer needed is to be taken out."""
    for asked in QUESTIONS:
        if asked.id in CONTESTED:
            assert differences(asked.expect, decide(book, asked.question).to_dict()), asked.id


def test_few_questions_are_contested_and_none_answers_what_must_never_be() -> None:
    by_name = {asked.id: asked for asked in QUESTIONS}
    assert len(CONTESTED) < len(QUESTIONS) * 0.05
    for name, row in CONTESTED.items():
        assert row.get("outcome") not in by_name[name].expect.get("never", ()), name


@pytest.fixture(scope="module")
def left_out(book: Book) -> list[tuple[str, str, set[str], tuple[str, str], str, Decision]]:
    """Return what changes when a fact is left out: question, fact, outcomes before, part, outcome after, decision. `make drill` takes every question."""
    found = []
    for asked in QUESTIONS[:: 1 if os.environ.get("PRIVITY_EXAM") == "whole" else 4]:
        before = outcomes_by_part(decide(book, asked.question))
        for name, dropped in without_each_fact(asked.question):
            decision = decide(book, dropped, budget=48)  # an answer that more completions would settle stays open here, and closes or opens nothing
            for part, outcome in outcomes_by_part(decision).items():
                was = {before[part]} if part in before else set(before.values())
                found.append((asked.id, name, was, part, outcome, decision))
    return found


def test_a_fact_left_out_never_opens_what_was_closed_unless_it_is_listed_as_assumed(book: Book, left_out: list[Any]) -> None:
    wrong = [
        (asked, name, part, outcome)
        for asked, name, was, part, outcome, decision in left_out
        if outcome in OPEN and was <= set(CLOSED) and not listed_for(book, name, decision)
    ]
    assert not wrong
    assert len(left_out) > 4000


def test_a_fact_left_out_never_closes_what_was_required_unless_it_is_listed_as_assumed(book: Book, left_out: list[Any]) -> None:
    wrong = {
        (asked, name)
        for asked, name, was, _, outcome, decision in left_out
        if outcome in CLOSED and was == {"required"} and not listed_for(book, name, decision)
    }
    assert not wrong
