"""The examples give the outcomes another hand expected from the law sheets, where it was sure; duties and less sure rows are not compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from privity.law import Book, Question, decide
from privity.law.reading import Lined, load

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = load((EXAMPLES / "EXPECTED.yaml").read_text("utf-8"), "EXPECTED.yaml")
assert isinstance(EXPECTED, Lined)
SURE = {name: row for name, row in EXPECTED.items() if isinstance(row, Lined) and row.get("sure") == "high"}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def test_most_examples_were_expected_with_certainty() -> None:
    assert len(SURE) > 50


@pytest.mark.parametrize("name", sorted(SURE))
def test_the_expected_outcome(name: str, book: Book) -> None:
    path = EXAMPLES / f"{name}.yaml"
    question = Question.from_dict(load(path.read_text("utf-8"), path.name))
    assert decide(book, question).outcome == SURE[name]["outcome"], SURE[name]["why"]
