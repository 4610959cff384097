"""A purpose that does not fit the recipient is asked about, never taken on its word."""

from __future__ import annotations

import pytest

from privity.law import Book, Question, advise, decide


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def to_a_friend(purpose: str) -> Question:
    facts = {"purpose": purpose, "recipient.kind": "friend_of_provider", "information": ["diagnosis"], "practice.hipaa_covered": True}
    return Question.from_dict({"on": "2026-11-26", "places": ["CO"], "facts": facts})


@pytest.mark.parametrize("purpose", ["treatment", "payment", "operations", "supervision", "consultation"])
def test_the_answer_stays_open_and_asks_for_the_purpose(book: Book, purpose: str) -> None:
    decision = decide(book, to_a_friend(purpose))
    assert decision.outcome == "unknown"
    assert [row["fact"] for row in decision.ask] == ["purpose"]


def test_the_honest_purpose_settles_it(book: Book) -> None:
    assert decide(book, to_a_friend("treatment").with_facts({"purpose": "casual_talk"})).outcome == "prohibited"


def test_advice_asks_as_well(book: Book) -> None:
    assert {part.outcome for _, _, part in advise(book, to_a_friend("treatment")).parts} == {"unknown"}
