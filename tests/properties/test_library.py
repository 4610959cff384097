"""What must always be true of the real library, tried on the example questions and on what is near them."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from faulty import by_rule, case_questions, with_fault
from left_out import listed_for, without_each_fact
from questions import EXAMPLES, examples, without

from privity.law import BadLaw, Book, Question, decide
from privity.law.book import LIBRARY, MANIFEST, _hashed_files
from privity.law.check import plain_value
from privity.law.combine import STRICTEST
from privity.law.decide import Decision, Part
from privity.law.explain import canonical, decision_dict

OPEN = ("required", "permitted")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def core(book: Book, question: Question, *, assume: bool = True) -> str:
    data = decision_dict(decide(book, question, assume=assume))
    for key in ("book", "core", "hash"):
        data.pop(key)
    return canonical(data)


def test_the_examples_are_there() -> None:
    assert len(EXAMPLES) >= 90


def test_a_definite_answer_survives_every_further_fact_that_rebuts_no_listed_assumption(book: Book) -> None:
    chance = random.Random(3)
    tried = 0
    for name, question in examples():
        for dropped in without(question):
            before = decide(book, dropped)
            if before.outcome in ("unknown", "in_part"):
                continue
            rebuttable = {str(a["fact"]) for a in before.to_dict()["assumptions"]}  # type: ignore[attr-defined]
            part = before.parts[0]
            open_ = [n for n in part.plan.classes if part.values.get(n) in (None, 1) and n not in rebuttable]
            open_ = [n for n in open_ if n not in part.plan.definitions and n not in ("information", "subject.role")]
            further = {n: plain_value(book.facts[n], chance.choice(part.plan.classes[n])) for n in chance.sample(open_, min(6, len(open_)))}
            tried += 1
            after = decide(book, dropped.with_facts(further))
            if not _rebuts(before, after, rebuttable):
                assert after.outcome == before.outcome, (name, further, before.outcome, after.outcome)
    assert tried > 300


def _rebuts(before: Decision, after: Decision, rebuttable: set[str]) -> bool:
    """Tell whether a listed presumption no longer stands: a minor's fact takes adulthood away, word of a paper that there is none, a ward the outpatient."""
    old, new = before.parts[0].of.presumed, after.parts[0].of.presumed
    return any(old.get(name) != new.get(name) for name in rebuttable)


def test_removing_a_fact_never_widens_the_answer_without_assumptions(book: Book) -> None:
    for name, question in examples():
        whole = decide(book, question, assume=False)
        if whole.outcome not in STRICTEST:
            continue
        for dropped in without(question):
            assert decide(book, dropped, assume=False).outcome not in OPEN, name


def test_removing_a_fact_widens_the_answer_only_through_a_listed_assumption(book: Book) -> None:
    for name, question in examples():
        whole = decide(book, question)
        if whole.outcome not in STRICTEST:
            continue
        for left, dropped in without_each_fact(question):
            narrower = decide(book, dropped)
            if narrower.outcome in OPEN:
                assert listed_for(book, left, narrower), (name, left)


def test_answering_what_it_asks_always_ends(book: Book) -> None:
    chance = random.Random(7)
    for name, question in examples():
        keep = (
            "purpose",
            "recipient.kind",
            "information",
            "practice.hipaa_covered",
            "practice.part2_program",
            "practice.setting",
            "provider.profession",
            "client.age",
        )
        current = Question(
            question.on, question.places, {n: v for n, v in question.facts.items() if n in keep}, question.subjects, question.items, question.raw_places
        )
        for _ in range(40):
            decision = decide(book, current)
            open_ = [p for p in decision.parts if p.outcome == "unknown"]
            if not open_:
                break
            assert open_[0].explored is not None and open_[0].explored.facts, name
            fact = open_[0].explored.facts[0]
            assert fact not in current.facts, (name, fact, "was asked twice")
            current = current.with_facts({fact: plain_value(book.facts[fact], chance.choice(open_[0].plan.classes[fact]))})
        else:
            pytest.fail(f"{name}: still open after forty answers")


def test_each_asked_fact_can_change_the_answer(book: Book) -> None:
    """Every fact an open answer asks for, not the first alone: in some completion of the others, two of its answers lead to two outcomes."""
    chance, tried = random.Random(13), 0
    for name, question in examples():
        for dropped in without(question):
            part = decide(book, dropped).parts[0]
            if part.outcome == "unknown" and part.explored is not None and part.explored.whole and not part.of.asked_back:
                for fact in part.explored.facts:
                    tried += 1
                    assert _can_matter(part, fact, chance), (name, dropped.facts, fact)
    assert tried > 200


def _can_matter(part: Part, fact: str, chance: random.Random) -> bool:
    """Tell whether some course of answers to the others leaves the outcome to this fact alone; the courses are tried as they come up."""
    plan, others = part.plan, [n for n in part.explored.facts if n != fact]  # type: ignore[union-attr]
    for _ in range(4000):
        values = {**part.values, **{n: chance.choice(plan.classes[n]) for n in others}}
        outcomes = set()
        for value in plan.classes[fact]:
            flags, _ = plan.run({**values, fact: value}, part.strict)
            outcomes.add(plan.outcomes(flags, {**values, fact: value}))
        if len(outcomes) > 1:
            return True
    return False


def test_the_same_question_gives_the_same_bytes_in_another_process(book: Book, tmp_path: Path) -> None:
    script = tmp_path / "again.py"
    script.write_text(
        "import json, sys\n"
        "from privity.law import Book, Question, decide\n"
        "from privity.law.replay import canonical\n"
        "book = Book.open()\n"
        "for raw in json.load(sys.stdin):\n"
        "    print(canonical(decide(book, Question.from_dict(raw)).to_dict()))\n"
    )
    some = [question for _, question in examples()][:30]
    here = [canonical(decision_dict(decide(book, q))) for q in some]
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
        asked = json.dumps([q.to_dict() for q in some])
        out = subprocess.run([sys.executable, str(script)], input=asked, env=env, capture_output=True, text=True, check=True)
        assert out.stdout.splitlines() == here


def test_files_in_another_order_and_facts_in_another_order_change_nothing(book: Book) -> None:
    chance = random.Random(11)
    sections, rows = list(book.sections), list(book.precedence)
    chance.shuffle(sections)
    chance.shuffle(rows)
    names = list(book.facts)
    other = Book({n: book.facts[n] for n in names}, book.groups, book.words, sections, rows, "other", book.root)
    for name, question in examples():
        shuffled = list(question.facts.items())
        chance.shuffle(shuffled)
        turned = Question(question.on, question.places, dict(shuffled), question.subjects, question.items, question.raw_places)
        first, second = decision_dict(decide(book, question)), decision_dict(decide(other, turned))
        for data in (first, second):
            data["core"].pop("book")  # type: ignore[attr-defined]
            for key in ("book", "question", "hash"):
                data.pop(key)
        assert canonical(first) == canonical(second), name


FAULTS = 6  # batches


@pytest.mark.parametrize("batch", range(FAULTS))
def test_a_fault_in_any_rule_only_shrinks_what_is_permitted(book: Book, reached: dict[str, list[Any]], batch: int) -> None:
    """Every rule in turn can no longer be evaluated, and is tried on the questions of the library's own cases that reach it."""
    for rule_id in sorted(book.rules)[batch::FAULTS]:
        broken = with_fault(book, rule_id)
        for name, question, before in reached[rule_id][:3]:
            after = decide(broken, question, budget=0)
            if len(before.parts) == len(after.parts):
                parts = {(p.of.about, p.of.item): p.outcome for p in before.parts}
                for part in after.parts:
                    assert part.outcome in (parts[(part.of.about, part.of.item)], "unknown"), (rule_id, name, part.outcome)


def test_a_fault_in_a_rule_that_lives_is_noticed_for_most(book: Book, reached: dict[str, list[Any]]) -> None:
    """The faults bite: where a rule lives, and is the only ground of the outcome, the answer with the fault is open."""
    bitten = 0
    for rule_id in sorted(book.rules)[::9]:
        _, question, before = reached[rule_id][0]
        bitten += decide(with_fault(book, rule_id), question, budget=0).outcome != before.outcome
    assert bitten > len(book.rules) / 9 * 0.4


@pytest.fixture(scope="module")
def reached(book: Book) -> dict[str, list[Any]]:
    found = by_rule(book, list(case_questions()))
    assert set(found) >= set(book.rules), sorted(set(book.rules) - set(found))  # every rule is tried
    return found


def test_a_missing_an_added_or_a_changed_file_keeps_the_book_shut(tmp_path: Path) -> None:
    """Every file of the library but the cases, which are no law: they prove it and change no answer, and the book opens without them."""
    copy = tmp_path / "library"
    shutil.copytree(LIBRARY, copy)
    Book.open(copy)
    files = sorted(path for path in copy.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    law = [path for path in files if not path.name.endswith(".cases.yaml")]
    assert {path.relative_to(copy).as_posix() for path in law} == {*_hashed_files(copy), MANIFEST}
    for path in law:
        kept = path.read_bytes()
        path.unlink()
        with pytest.raises(BadLaw, match=r"missing|MANIFEST"):
            Book.open(copy)
        path.write_bytes(kept + b"# one more line\n")
        with pytest.raises(BadLaw, match=r"differs|MANIFEST"):
            Book.open(copy)
        path.write_bytes(kept)
    (copy / "us" / "added.yaml").write_text("section: x\n")
    with pytest.raises(BadLaw, match="not in the manifest"):
        Book.open(copy)
    (copy / "us" / "added.yaml").unlink()
    for path in set(files) - set(law):
        path.unlink()
    assert Book.open(copy).hash == Book.open().hash
