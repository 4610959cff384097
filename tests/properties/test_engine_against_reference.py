"""The engine agrees with a slow reference evaluator on generated libraries and questions, 10,000 cases and more."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from reference import ROLES, Reference

from privity.law import BadLaw, Book, Question, decide

VOCABULARY = {
    "facts": {
        "purpose": {"is": "one_of", "of": ["treatment", "avert_threat", "client_access", "retention"]},
        "recipient.kind": {"is": "one_of", "of": ["client", "payer", "law_enforcement"]},
        "information": {"is": "some_of", "of": ["summary", "psychotherapy_notes"]},
        "a.one": {"is": "yes_no"}, "a.two": {"is": "yes_no"}, "a.three": {"is": "yes_no"}, "a.four": {"is": "yes_no"},
        "d.first": {"is": "yes_no"}, "d.second": {"is": "yes_no"},
        "kind": {"is": "one_of", "of": ["x", "y", "z"]},
        "some": {"is": "some_of", "of": ["p", "q"]},
        "age": {"is": "number"},
    },
    "groups": {"NO_TELLING": ["retention"], "TELLING": ["treatment", "avert_threat", "client_access"]},
}  # fmt: skip
PRECEDENCE = {
    "precedence": [
        {"id": "telling", "axis": "telling", "governs": "most_protective"},
        {"id": "part2", "restricts": "us.b", "over": "state"},
        {"id": "secretary", "mandate": "us.a", "over_restriction": "co"},
    ]
}
LAWS = ("us.a", "us.b", "co.c", "co.d")
SAYS = ("required", "permitted", "with_authorization", "prohibited", "silent")


def expression(chance: random.Random, depth: int = 0, *, compels: bool = True, defined: bool = True) -> str:
    roll = chance.random()
    if depth < 2 and roll < 0.35:
        op = chance.choice([" and ", " or "])
        return "(" + op.join(expression(chance, depth + 1, compels=compels, defined=defined) for _ in range(2)) + ")"
    if roll < 0.45:
        return f"not {expression(chance, depth + 1, compels=compels, defined=defined)}"
    choices = ["a.one", "a.two", "a.three", "a.four", 'kind == "x"', 'kind in {"x", "y"}', 'kind != "z"', "age >= 12", "age < 18", "age == 15",
        '"p" in some', 'some <= {"p"}', "some == {}", '"q" not in some', "true"]  # fmt: skip
    choices += ["d.first", "d.second"] if defined else []
    choices += ["law.compels", "law.compels"] if compels else []
    return chance.choice(choices)


def index(chance: random.Random) -> dict[str, Any]:
    made: dict[str, Any] = {"about": chance.choice(["ANY", "TELLING", ["treatment"], ["avert_threat", "treatment"], ["client_access", "retention"]])}
    if chance.random() < 0.3:
        made["to"] = chance.choice([["payer"], ["client", "law_enforcement"]])
    if chance.random() < 0.2:
        made["of"] = ["psychotherapy_notes"]
    return made


def rule(chance: random.Random, name: str, earlier: list[str], depth: int = 0) -> dict[str, Any]:
    says = chance.choice(SAYS)
    made: dict[str, Any] = {"id": name, "cite": "c", "plain": "p", "says": says, "when": expression(chance, compels=says != "required")}
    if depth == 0 or chance.random() < 0.2:
        made |= index(chance)
    if earlier and chance.random() < 0.35:
        made["excepts"] = chance.sample(earlier, min(len(earlier), chance.choice([1, 1, 2])))
    if depth < 2 and chance.random() < 0.4:
        made["except"] = [rule(chance, f"{name}-{n}", [], depth + 1) for n in range(chance.choice([1, 2]))]
    return made


def library(chance: random.Random, folder: Path) -> None:
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "vocabulary" / "core.yaml").write_text(yaml.safe_dump(VOCABULARY), "utf-8")
    marks = {"checked": "2026-01-01", "against": "memory", "source": "s", "cite": "c", "plain": "p"}
    rows = [{**row, **dict(marks.items())} for row in PRECEDENCE["precedence"]]
    (folder / "precedence.yaml").write_text(yaml.safe_dump({"precedence": rows}), "utf-8")
    earlier: list[str] = []
    for number in range(chance.choice([2, 3, 4])):
        law, key = chance.choice(LAWS), f"s{number}"
        rules: list[dict[str, Any]] = [rule(chance, f"r{n}", earlier) for n in range(chance.choice([1, 2, 3]))]
        earlier += [f"{law}.{key}.{r['id']}" for r in rules]
        if chance.random() < 0.5:
            name = chance.choice(["d.first", "d.second"])
            means = expression(chance, compels=False, defined=name == "d.second").replace("d.second", "d.first")
            rules.append({"id": "def", "cite": "c", "defines": name, "means": means})
        version = {"from": "2000-01-01", "checked": "2026-01-01", "against": "memory", "rules": rules}
        versions = [version]
        if chance.random() < 0.3:
            versions = [{**version, "from": "2020-01-01", "rules": rules[:1]}, {**version, "until": "2019-12-31"}]
            earlier = [e for e in earlier if not e.startswith(f"{law}.{key}.") or e == f"{law}.{key}.{rules[0]['id']}"]
        section = {"section": key, "law": law, "key": key, "attaches_to": chance.choice(ROLES), "in_force": versions}
        (folder / f"{key}.yaml").write_text(yaml.safe_dump(section), "utf-8")


def policies(chance: random.Random, folder: Path) -> Path | None:
    """Write a practice's own rules for some libraries."""
    if chance.random() < 0.6:
        return None
    folder.mkdir()
    rules = []
    for number in range(chance.choice([1, 2])):
        says = chance.choice(["prohibited", "with_authorization", "silent"])
        rules.append({"id": f"p{number}", "cite": "c", "plain": "p", "says": says, "when": expression(chance)} | index(chance))
    version = {"from": "2000-01-01", "checked": "2026-01-01", "against": "memory", "rules": rules}
    (folder / "p.yaml").write_text(yaml.safe_dump({"section": "p", "law": "practice.own", "key": "p", "in_force": [version]}), "utf-8")
    return folder


def facts(chance: random.Random) -> dict[str, Any]:
    values: dict[str, Any] = {
        "purpose": chance.choice(VOCABULARY["facts"]["purpose"]["of"]),  # type: ignore[index]
        "recipient.kind": chance.choice(VOCABULARY["facts"]["recipient.kind"]["of"]),  # type: ignore[index]
        "information": [chance.choice(["summary", "psychotherapy_notes"])],
        **{f"a.{n}": chance.random() < 0.5 for n in ("one", "two", "three", "four")},
        "kind": chance.choice("xyz"), "some": chance.sample(["p", "q"], chance.choice([0, 1, 2])), "age": chance.choice([5, 11, 12, 15, 17, 18, 40]),
        "d.first": chance.random() < 0.5, "d.second": chance.random() < 0.5,
    }  # fmt: skip
    dropped = [n for n in values if chance.random() < (0.6 if n.startswith("d.") else 0.25)]
    return {n: v for n, v in values.items() if n not in dropped}


def known(given: dict[str, Any]) -> dict[str, Any]:
    made = {n: set(v) if n == "some" else v for n, v in given.items()}
    made["information"] = given["information"][0] if "information" in given else ("" if given.get("purpose") == "retention" else None)
    made["subject.role"] = "client"
    return made


BATCHES, LIBRARIES, QUESTIONS = 20, 34, 16  # 10,880 cases


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_gives_exactly_the_outcomes_that_every_completion_gives(batch: int) -> None:
    compared = refused = 0
    for seed in range(batch * LIBRARIES, (batch + 1) * LIBRARIES):
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "library"
            library(chance, folder)
            own = policies(chance, Path(place) / "policies")
            try:
                book = Book.read(folder, own)
            except BadLaw:
                refused += 1
                continue
            reference = Reference(folder, own)
            for _ in range(QUESTIONS):
                given, on = facts(chance), chance.choice(["2019-12-31", "2020-01-01", "2026-01-01"])
                places = chance.choice([[], ["CO"]]) if "CO" in book.states else []
                try:
                    answer = decide(book, Question.from_dict({"on": on, "places": places, "facts": given}))
                except BadLaw:
                    refused += 1
                    break
                truth = reference.possible(on, dict.fromkeys(ROLES, places), known(given))
                if truth is None:
                    continue
                compared += 1
                part = answer.parts[0]
                assert set(part.possible) == truth, (seed, given, on, places, part.possible, truth)
                assert (answer.outcome == "unknown") == (len(truth) > 1)
    assert compared > LIBRARIES * QUESTIONS * 0.6, (compared, refused)
