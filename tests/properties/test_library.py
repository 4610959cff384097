"""What must always be true of the real library, tried on the example questions and on what is near them."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from questions import EXAMPLES, examples, without

from privity.law import BadLaw, Book, Question, decide
from privity.law.book import LIBRARY, MANIFEST, _hashed_files
from privity.law.check import plain_value
from privity.law.combine import STRICTEST
from privity.law.explain import canonical, decision_dict
from privity.law.expression import Bare
from privity.law.facts import Fact
from privity.law.rules import Section

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
            if not _rebuts(further, rebuttable):
                assert after.outcome == before.outcome, (name, further, before.outcome, after.outcome)
    assert tried > 300


def _rebuts(further: dict[str, object], rebuttable: set[str]) -> bool:
    """A minor's or a parent's fact takes the listed presumption of adulthood away, word of a paper that there is none."""
    minors = "client.adult" in rebuttable and any(n.startswith(("minor.", "parent.", "client.")) for n in further)
    paper = "authorization.on_file" in rebuttable and any(n.startswith("authorization.") for n in further)
    return minors or paper


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
        for dropped in without(question):
            narrower = decide(book, dropped)
            if narrower.outcome in OPEN:
                assert narrower.to_dict()["assumptions"], name


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
    for name, question in examples():
        for dropped in without(question):
            part = decide(book, dropped).parts[0]
            if part.outcome != "unknown" or part.explored is None or not part.explored.whole:
                continue
            fact = part.explored.facts[0]
            answers = set()
            for value in part.plan.classes[fact]:
                changed = decide(book, dropped.with_facts({fact: plain_value(book.facts[fact], value)}))
                answers.add(changed.parts[0].possible)
            assert len(answers) > 1, (name, fact)


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


def test_a_fault_in_any_rule_only_shrinks_what_is_permitted(book: Book) -> None:
    """Each rule in turn can no longer be evaluated (its condition turns on a fact nobody can know)."""
    facts = {**book.facts, "fault.here": Fact("fault.here", "yes_no")}
    asked = [(name, question, decide(book, question, budget=0).outcome) for name, question in examples()]
    living: dict[str, list[int]] = {}
    for number, (_, question, _) in enumerate(asked):
        for part in decide(book, question, budget=0).parts:
            for rule in part.plan.rules:
                living.setdefault(rule.id, []).append(number)
    for rule_id, numbers in living.items():
        broken = Book(facts, book.groups, book.words, [_break(s, rule_id) for s in book.sections], book.precedence, "broken")
        for number in numbers[:6]:
            name, question, before = asked[number]
            after = decide(broken, question, budget=0).outcome
            assert after in (before, "unknown", "in_part"), (rule_id, name, before, after)


def _break(section: Section, rule_id: str) -> Section:
    if not rule_id.startswith(f"{section.law}.{section.key}."):
        return section
    versions = tuple(replace(v, rules=tuple(replace(r, when=Bare("fault.here")) if r.id == rule_id else r for r in v.rules)) for v in section.versions)
    return replace(section, versions=versions)


def test_a_missing_an_added_or_a_changed_file_keeps_the_book_shut(tmp_path: Path) -> None:
    copy = tmp_path / "library"
    shutil.copytree(LIBRARY, copy)
    Book.open(copy)
    for name in sorted(_hashed_files(copy)):
        path = copy / name
        kept = path.read_bytes()
        path.unlink()
        with pytest.raises(BadLaw, match=r"missing|MANIFEST"):
            Book.open(copy)
        path.write_bytes(kept + b"# one more line\n")
        with pytest.raises(BadLaw, match="differs"):
            Book.open(copy)
        path.write_bytes(kept)
    (copy / "us" / "added.yaml").write_text("section: x\n")
    with pytest.raises(BadLaw, match="not in the manifest"):
        Book.open(copy)
    (copy / "us" / "added.yaml").unlink()
    (copy / MANIFEST).unlink()
    with pytest.raises(BadLaw, match=MANIFEST):
        Book.open(copy)
