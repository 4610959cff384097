"""An answer's core is what the law said: the same bytes whenever the same engine decides again, and said plainly when an engine changes."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from privity.law import Book, Question, advise, decide
from privity.law.book import ENGINE
from privity.law.reading import Lined, load
from privity.law.replay import CORE, canonical, core_of, own_hash, sealed

HERE = Path(__file__).parent / "frozen"
QUESTIONS = load((HERE / "questions.yaml").read_text("utf-8"), "questions.yaml")
assert isinstance(QUESTIONS, Lined)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.read(HERE / "library")


def cores(book: Book) -> dict[str, object]:
    """Return the cores of all frozen questions, decided and advised."""
    found: dict[str, object] = {}
    for name, raw in QUESTIONS.items():
        question = Question.from_dict(raw)
        found[f"{name}, decided"] = decide(book, question).to_dict()["core"]
        found[f"{name}, decided with nothing presumed"] = decide(book, question, assume=False).to_dict()["core"]
        found[f"{name}, advised"] = advise(book, question).to_dict()["core"]
    return found


def test_this_engine_says_of_the_frozen_library_what_it_has_always_said(book: Book) -> None:
    """Where this fails, the way answers are worked out has changed: raise ENGINE in book.py, and write the new engine's file beside the old.

    PYTHONPATH=src:tests/law python -c 'import test_replay as t; t.freeze()'
    """
    path = HERE / f"engine-{ENGINE}.json"
    assert path.exists(), "a new engine has its own file of frozen answers"
    frozen = json.loads(path.read_text("utf-8"))
    now = cores(book)
    assert set(frozen) == set(now)
    for name, core in frozen.items():
        assert canonical(now[name]) == canonical(core), name


def freeze() -> None:
    found = cores(Book.read(HERE / "library"))
    with (HERE / f"engine-{ENGINE}.json").open("x", encoding="utf-8") as file:
        file.write(json.dumps(found, indent=1, sort_keys=True) + "\n")


def test_the_frozen_questions_reach_every_kind_of_answer(book: Book) -> None:
    outcomes = {decide(book, Question.from_dict(raw)).outcome for raw in QUESTIONS.values()}
    assert {"required", "permitted", "prohibited", "unknown", "in_part"} <= outcomes


def test_a_core_holds_what_the_law_said_and_not_how_it_was_put(book: Book) -> None:
    data = decide(book, Question.from_dict(QUESTIONS["access"])).to_dict()
    core = data["core"]
    assert isinstance(core, dict)
    assert core["core"] == CORE
    assert set(core) == {"core", "asked", "book", "on", "assume", "outcome", "possible", "parts", "because", "how_much", "duties", "precedence"}
    assert core["because"] == ["us.first.one.access"]
    assert core["duties"][0]["due"] == {"words": "thirty days", "at": "2026-01-31"}
    reworded = json.loads(json.dumps(data).replace("The client may have it", "She may see it"))
    assert canonical(core_of(reworded, "decide")) == canonical(core)


def test_the_hash_of_an_answer_tells_any_change_and_survives_being_written_down(book: Book) -> None:
    data = decide(book, Question.from_dict(QUESTIONS["couple"])).to_dict(change=True)
    again = json.loads(json.dumps(data, indent=3))
    assert again["hash"] == own_hash(again) == own_hash(data)
    for key in data:
        if key != "hash":
            assert own_hash({**again, key: "other"}) != again["hash"], key


def test_the_core_is_plain_ascii() -> None:
    assert canonical({"ë": date(2026, 1, 1).isoformat()}) == '{"\\u00eb":"2026-01-01"}'
    assert "hash" in sealed({"book": "b", "on": "2026-01-01", "assume": True, "parts": [], "because": [], "duties": [], "precedence": []}, "advise")
