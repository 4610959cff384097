"""The decision core on small libraries: agreement with the reference evaluator, quickly. Mutation tests run this file."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "properties"))

import pytest
from reference import ROLES, Reference
from test_engine_against_reference import facts, known, library, policies

from privity.law import BadLaw, Book, Question, decide
from privity.law.columns import Columns, decide_many


@pytest.mark.parametrize("batch", range(5))
def test_small_libraries_agree_with_the_reference(batch: int) -> None:
    for seed in range(1000 + batch * 20, 1020 + batch * 20):
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "library"
            library(chance, folder)
            own = policies(chance, Path(place) / "policies")
            try:
                book = Book.read(folder, own)
            except BadLaw:
                continue
            reference = Reference(folder, own)
            for _ in range(6):
                given, on = facts(chance), chance.choice(["2019-12-31", "2020-01-01"])
                places = ["CO"] if "CO" in book.states else []
                answer = decide(book, Question.from_dict({"on": on, "places": places, "facts": given}))
                truth = reference.possible(on, dict.fromkeys(ROLES, places), known(given), 3000)
                if truth is not None:
                    assert set(answer.parts[0].possible) == truth
                    assert set(answer.parts[0].explored.facts if answer.parts[0].explored else ()) <= set(book.facts)


def test_columns_answer_as_single_questions_do() -> None:
    for seed in range(2000, 2030):
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "library"
            library(chance, folder)
            try:
                book = Book.read(folder)
            except BadLaw:
                continue
            base = {"purpose": "treatment", "recipient.kind": "payer", "information": ["summary"]}
            rows = {
                "a.one": [chance.choice([True, False, None]) for _ in range(70)],
                "kind": [chance.choice(["x", "y", None]) for _ in range(70)],
                "age": [chance.choice([5, 15, 40, None]) for _ in range(70)],
                "some": [chance.choice([["p"], [], None]) for _ in range(70)],
            }
            question = Question.from_dict({"on": "2026-01-01", "places": [], "facts": base})
            answers = decide_many(book, question, Columns.of(book, rows))
            for case in range(70):
                one = question.with_facts({name: values[case] for name, values in rows.items()})
                single = decide(book, one, budget=0)
                assert answers.outcome_of(case) == single.outcome
                for rule in single.parts[0].deciding:
                    if single.outcome == rule.says:
                        assert answers.deciding[rule.id] >> case & 1
