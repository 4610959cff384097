"""Hypothesis: libraries and questions of every shape against the reference evaluator, and shrunk to the smallest that shows a difference.

Beside what the seeded generator makes, these hold presumptions, what is taken where nobody speaks, definitions that are merely
assumed, days, sections with a clock of their own, duties with conditions, several people with facts of their own, and several papers.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from reference import Reference

from privity.law import BadLaw, Book, Question, decide

YES_NO = {"is": "yes_no"}
FACTS: dict[str, dict[str, Any]] = {
    "purpose": {"is": "one_of", "of": ["treatment", "client_access", "retention"]},
    "recipient.kind": {"is": "one_of", "of": ["client", "payer", "other_participant"]},
    "information": {"is": "some_of", "of": ["summary", "notes"]},
    "a.one": YES_NO, "a.two": YES_NO, "a.three": YES_NO,
    "kind": {"is": "one_of", "of": ["x", "y"]}, "some": {"is": "some_of", "of": ["p", "q"]},
    "client.age": {"is": "number"}, "client.adult": {**YES_NO, "presume": "true"}, "minor.signed": YES_NO,
    "p.sane": {**YES_NO, "presume": "true"}, "p.dead": {**YES_NO, "presume": "false"},
    "t.court": {"is": "one_of", "of": ["state", "federal"]}, "t.flag": YES_NO,
    "d.first": YES_NO, "d.second": YES_NO, "e.odd": YES_NO, "e.rare": YES_NO,
    "day.seen": {"is": "day"}, "day.clock": {"is": "day"},
}  # fmt: skip
VOCABULARY = {"facts": FACTS, "groups": {"NO_TELLING": ["retention"], "TELLING": ["treatment", "client_access"]}, "taken": {"t.court": "state", "t.flag": "no"}}
STAMP = {"checked": "2026-01-01", "against": "memory"}
MARKS = {"cite": "c", "plain": "p"}
PRECEDENCE = [{"id": "part2", "restricts": "us.b", "over": "state"}, {"id": "secretary", "mandate": "us.a", "over_restriction": "co"}]
ATOMS = (
    "a.one", "a.two", "a.three", 'kind == "x"', '"p" in some', "some == {}", "client.age >= 18", "client.adult", "minor.signed", "p.sane", "p.dead",
    't.court == "federal"', "t.flag", "e.odd", "e.rare", 'day.seen >= "2020-06-01"', 'day.seen < "2021-01-01"', 'subject.role == "partner"', "true",
)  # fmt: skip
DAYS = ("2019-12-31", "2020-01-01", "2020-06-01", "2026-01-01")
SAYS = ("required", "required", "permitted", "permitted", "with_authorization", "prohibited", "silent")
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "purpose": st.sampled_from(FACTS["purpose"]["of"]), "recipient.kind": st.sampled_from(FACTS["recipient.kind"]["of"]),
    "information": st.sampled_from([["summary"], ["notes"], ["notes", "summary"]]),
    "kind": st.sampled_from("xy"), "some": st.sampled_from([[], ["p"], ["p", "q"]]), "client.age": st.sampled_from([5, 17, 18, 40]),
    "t.court": st.sampled_from(["state", "federal"]), "day.seen": st.sampled_from(DAYS), "day.clock": st.sampled_from(DAYS),
    **{name: st.booleans() for name, fact in FACTS.items() if fact["is"] == "yes_no"},
}  # fmt: skip


def texts(*more: str) -> st.SearchStrategy[str]:
    """Return conditions over the vocabulary, and over `more`."""
    atom = st.sampled_from([*ATOMS, *more])
    negated = atom.map(lambda a: f"not {a}" if " " not in a else f"not ({a})")
    pair = st.tuples(atom | negated, st.sampled_from(["and", "or"]), atom | negated).map(lambda row: f"({row[0]} {row[1]} {row[2]})")
    return atom | negated | pair


@st.composite
def rules(draw: st.DrawFn, names: list[str], earlier: list[str], duty: list[int], depth: int = 0) -> dict[str, Any]:
    """Return one rule with its index, exceptions and duties; `duty` numbers the duties, so that each can be told from all others."""
    says = draw(st.sampled_from(SAYS))
    name = f"r{len(names)}"
    names.append(name)
    made: dict[str, Any] = {**MARKS, "id": name, "says": says, "when": draw(texts("d.first", "d.second", *([] if says == "required" else ["law.compels"])))}
    if depth == 0:
        made["about"] = draw(st.sampled_from(["ANY", "TELLING", ["treatment"], ["client_access"]]))
    for key, choices in (("to", [["payer"], ["client"]]), ("of", [["notes"]])):
        if draw(st.integers(0, 4)) == 4:
            made[key] = draw(st.sampled_from(choices))
    if earlier and draw(st.booleans()):
        made["excepts"] = draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2, unique=True))
    if draw(st.booleans()):
        row: dict[str, Any] = {"do": f"duty{len(duty)}", "plain": "p"}
        duty.append(1)
        if draw(st.booleans()):
            row["when"] = draw(texts())
        if draw(st.booleans()):
            row["before"] = "release"
        made["must"] = [row]
    if depth < 2 and draw(st.integers(0, 2)) == 2:
        made["except"] = [draw(rules(names, [], duty, depth + 1))]
    return made


@st.composite
def libraries(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Return the sections of a small library."""
    sections, earlier, duty = [], [], []
    for number in range(draw(st.integers(1, 3))):
        law, key = draw(st.sampled_from(["us.a", "us.b", "co.c"])), f"s{number}"
        names: list[str] = []
        rows = [draw(rules(names, earlier, duty)) for _ in range(draw(st.integers(1, 2)))]
        earlier += [f"{law}.{key}.{row['id']}" for row in rows]
        for name in sorted(draw(st.sets(st.sampled_from(["d.first", "d.second", "e.odd", "e.rare", "client.adult"]), max_size=2))):
            rows.append({**MARKS, "id": f"def-{name}", "defines": name, **draw(meanings(name))})
        version = {"from": "2000-01-01", **STAMP, "rules": rows}
        versions = [version]
        if draw(st.booleans()):
            versions = [{**version, "from": "2020-01-01", "rules": rows[:1]}, {**version, "until": "2019-12-31"}]
            earlier = [e for e in earlier if not e.startswith(f"{law}.{key}.")]
        section = {"section": key, "law": law, "key": key, "in_force": versions}
        if draw(st.integers(0, 2)) == 2:
            section["clock"] = "day.clock"
        sections.append(section)
    return sections


def meanings(name: str) -> st.SearchStrategy[dict[str, str]]:
    """Return how a fact is worked out, or that it is merely assumed."""
    plain = [a for a in ATOMS if not a.startswith(("e.", "client.adult"))]
    if name == "client.adult":
        return st.just({"means": "client.age >= 18"})
    worked_out = st.sampled_from([*plain, *(["d.first"] if name == "d.second" else [])]).map(lambda text: {"means": text})
    if name.startswith("d."):
        return worked_out
    return worked_out | st.just({"means": "false"}) | st.sampled_from(plain).map(lambda text: {"means": text, "assumed": "true"})


def stated(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    """Return facts for some of the names; some are asked for and not known."""
    return st.fixed_dictionaries({}, optional={n: VALUES[n] | st.just("unknown") if n not in ("purpose", "information") else VALUES[n] for n in names})


@st.composite
def questions(draw: st.DrawFn) -> dict[str, Any]:
    """Return a question: with the usual things known, so that few enough are open; sometimes several people or papers."""
    often = ("purpose", "recipient.kind", "information", "a.one", "a.two", "kind", "client.age", "day.seen", "a.three", "some")
    facts = {name: draw(VALUES[name]) for name in often if draw(st.integers(0, 3))}
    facts |= draw(stated("client.adult", "minor.signed", "p.sane", "p.dead", "t.court", "t.flag", "e.odd", "d.first", "day.clock"))
    question: dict[str, Any] = {"on": draw(st.sampled_from(DAYS)), "places": draw(st.sampled_from([[], ["CO"]])), "facts": facts}
    if draw(st.booleans()):
        roles = draw(st.sampled_from([["client", "partner"], ["client", "third_party"], ["partner"], ["client", "partner", "family_member"]]))
        question["subjects"] = [
            {"id": f"s{n}", "role": role, "facts": draw(stated("a.one", "client.age", "p.sane", "minor.signed"))} for n, role in enumerate(roles)
        ]
        if draw(st.booleans()):
            ids = [row["id"] for row in question["subjects"]]
            about = st.lists(st.sampled_from(ids), min_size=1, max_size=len(ids), unique=True)
            question["items"] = [
                {"id": f"i{n}", "class": draw(st.sampled_from(["summary", "notes"])), "about": draw(about), "facts": draw(stated("a.two", "kind"))}
                for n in range(draw(st.integers(1, 2)))
            ]
    return question


def write(folder: Path, sections: list[dict[str, Any]]) -> Path:
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "vocabulary" / "core.yaml").write_text(yaml.dump(VOCABULARY, Dumper=DUMPER), "utf-8")
    (folder / "precedence.yaml").write_text(yaml.dump({"precedence": [{**MARKS, **STAMP, **row} for row in PRECEDENCE]}, Dumper=DUMPER), "utf-8")
    for section in sections:
        (folder / f"{section['key']}.yaml").write_text(yaml.dump(section, Dumper=DUMPER), "utf-8")
    return folder


DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SAME = settings(max_examples=120, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
MOST = 1500  # completions the slow evaluator tries for one part
BATCHES = 5
counted = Counter[str]()


@pytest.mark.parametrize("batch", range(BATCHES))
def test_every_shape_gives_the_outcomes_and_duties_of_its_completions(batch: int) -> None:
    @seed(20261126 + batch)  # else each batch would try the same cases
    @SAME
    @given(sections=libraries(), asked=st.lists(questions(), min_size=5, max_size=8))
    def agrees(sections: list[dict[str, Any]], asked: list[dict[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as place:
            try:
                book = Book.read(write(Path(place) / "library", sections))
            except BadLaw:
                return  # exceptions in a circle
            reference = Reference(Path(place) / "library")
            for question in asked:
                if "CO" in question["places"] and "CO" not in book.states:
                    question = {**question, "places": []}
                for assume in (True, False):
                    compare(book, reference, question, assume)

    agrees()


def compare(book: Book, reference: Reference, question: dict[str, Any], assume: bool) -> None:
    decision = decide(book, Question.from_dict(question), assume=assume)
    truth = reference.parts(question, assume, MOST)
    assert {(part.of.about, part.of.item) for part in decision.parts} == set(truth)
    for part in decision.parts:
        answers = truth[(part.of.about, part.of.item)]
        if answers is None:
            counted["skipped"] += 1
            continue
        counted["parts"] += 1
        outcomes = {outcome for outcome, _ in answers}
        counted["+".join(sorted(outcomes)) if len(outcomes) == 1 else "open"] += 1
        assert part.possible == outcomes, (question, assume, part.of.about, part.of.item, sorted(part.possible), sorted(outcomes))
        assert (part.outcome == "unknown") == (len(outcomes) > 1)
    if len(decision.parts) == 1 and answers is not None:
        compare_duties(decision.to_dict(), answers)


def compare_duties(answer: Any, answers: list[tuple[str, frozenset[str]]]) -> None:
    """A duty said without `if` is owed whatever else turns out; a duty that can never be owed is not said; what is always owed of a mandate is said."""
    said = {row["do"]: row for row in answer["duties"]}
    always, ever = frozenset.intersection(*(d for _, d in answers)), frozenset.union(*(d for _, d in answers))
    for do, row in said.items():
        counted["duties"] += 1
        if not row["if"] and not (row["timing"] and answer["outcome"] == "unknown"):
            assert do in always, (do, "is said without if, and not always owed")
    if answer["outcome"] == "required":
        for do in always:
            rule_says = any(row["do"] == do for row in answer["duties"])
            assert rule_says, (do, "is always owed, and not said")
    assert not [do for do, row in said.items() if not row["if"] and do not in ever]


def test_enough_was_compared() -> None:
    """Runs after the batches; alone it has nothing to count."""
    if counted["parts"]:
        assert counted["parts"] > 10_000, counted
        assert counted["skipped"] < counted["parts"] / 3, counted
        assert counted["duties"] > 150, counted
        assert counted["open"] > 1000, counted
        assert min(counted[outcome] for outcome in ("required", "permitted", "with_authorization", "prohibited")) > 200, counted
