"""What an open answer asks, in which order, and what a plan takes in: places, privileges, conclusions, assumptions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from privity.law import Book, Question, decide
from privity.law.decide import Decision

YES_NO = {"is": "yes_no"}
FACTS = {
    "purpose": {"is": "one_of", "of": ["treatment", "client_access", "retention"]},
    "recipient.kind": {"is": "one_of", "of": ["client", "payer"]},
    "information": {"is": "some_of", "of": ["summary", "notes"]},
    **{f"a.{n}": {**YES_NO, "ask": f"Is it {n}?"} for n in ("one", "two", "three", "four", "five")},
    "checked.valid": YES_NO,
    "checked.signed": YES_NO,
    "checked.dated": YES_NO,
    "strange.case": YES_NO,
    "kind.of": {"is": "one_of", "of": ["x", "y", "z"]},
}


def book_of(folder: Path, sections: list[dict[str, Any]], words: dict[str, Any] | None = None) -> Book:
    (folder / "vocabulary").mkdir(parents=True)
    vocabulary = {"facts": FACTS, "groups": {"NO_TELLING": ["retention"]}, **(words or {})}
    (folder / "vocabulary" / "core.yaml").write_text(yaml.safe_dump(vocabulary), "utf-8")
    for number, section in enumerate(sections):
        version = {"from": "2000-01-01", "checked": "2026-01-01", "against": "memory", **section.pop("version")}
        rules = [{"cite": "c", "plain": "p", **rule} for rule in version["rules"]]
        whole = {"section": f"s{number}", "law": "us.a", "key": f"s{number}", **section, "in_force": [{**version, "rules": rules}]}
        (folder / f"s{number}.yaml").write_text(yaml.safe_dump(whole), "utf-8")
    return Book.read(folder)


def ask(book: Book, places: Any = (), **facts: Any) -> Decision:
    given = {"purpose": "treatment", "recipient.kind": "payer", "information": ["summary"], **{n.replace("__", "."): v for n, v in facts.items()}}
    return decide(book, Question.from_dict({"on": "2026-01-01", "places": places, "facts": given}))


def asked(decision: Decision) -> list[str]:
    return [str(row["fact"]) for row in decision.ask]


def rule(says: str, when: str, **more: Any) -> dict[str, Any]:
    return {"id": more.pop("id", "r"), "about": ["treatment"], "says": says, "when": when, **more}


def test_only_what_can_still_matter_is_asked(tmp_path: Path) -> None:
    book = book_of(tmp_path, [{"version": {"rules": [rule("permitted", "(a.one and a.two) or (a.three and a.four)")]}}])
    assert set(asked(ask(book))) == {"a.one", "a.two", "a.three", "a.four"}
    assert set(asked(ask(book, a__one=False))) == {"a.three", "a.four"}
    assert asked(ask(book, a__one=True, a__three=False)) == ["a.two"]
    assert asked(ask(book, a__one=True, a__two=True)) == []


def test_a_fact_that_cancels_out_is_not_asked(tmp_path: Path) -> None:
    book = book_of(tmp_path, [{"version": {"rules": [rule("permitted", "(a.one and a.two) or (not a.one and a.two)")]}}])
    decision = ask(book)
    assert asked(decision) == ["a.two"]
    assert ask(book, a__two=True).outcome == "permitted"
    assert ask(book, a__two=False).outcome == "prohibited"


def test_the_fact_that_settles_most_is_asked_first(tmp_path: Path) -> None:
    book = book_of(tmp_path, [{"version": {"rules": [rule("permitted", "a.five and (a.one or a.two or a.three)")]}}])
    assert asked(ask(book))[0] == "a.five"
    assert asked(ask(book, a__five=True))[0] == "a.one"


def test_who_and_what_for_are_asked_before_the_rest(tmp_path: Path) -> None:
    book = book_of(tmp_path, [{"version": {"rules": [rule("permitted", "a.one", to=["payer"], of=["summary"])]}}])
    raw = {"on": "2026-01-01", "facts": {}}
    names = asked(decide(book, Question.from_dict(raw)))
    assert set(names[:3]) == {"purpose", "recipient.kind", "information"}
    assert names[3:] == ["a.one"]


def test_a_conclusion_is_asked_as_a_whole(tmp_path: Path) -> None:
    definition = {"id": "d", "defines": "checked.valid", "means": "checked.signed and checked.dated"}
    sections = [{"version": {"rules": [definition, rule("permitted", "checked.valid")]}}]
    whole = book_of(tmp_path / "whole", sections, {"conclusions": ["checked.valid"]})
    assert asked(ask(whole)) == ["checked.valid"]
    assert ask(whole, checked__signed=False).outcome == "prohibited"
    assert ask(whole, checked__valid=True).outcome == "permitted"
    sections = [{"version": {"rules": [definition, rule("permitted", "checked.valid")]}}]
    apart = book_of(tmp_path / "apart", sections)
    assert set(asked(ask(apart))) == {"checked.signed", "checked.dated"}


def test_what_is_assumed_is_listed_and_gives_way(tmp_path: Path) -> None:
    assumed = {"id": "d", "defines": "strange.case", "means": "false"}
    sections: list[dict[str, Any]] = [{"version": {"rules": [assumed, rule("permitted", "not strange.case")]}}]
    book = book_of(tmp_path, sections)
    decision = ask(book)
    assert decision.outcome == "permitted"
    assert [row["fact"] for row in decision.to_dict()["assumptions"]] == ["places", "strange.case"]  # type: ignore[attr-defined]
    assert ask(book, strange__case=True).outcome == "prohibited"
    strict = decide(book, decision.question, assume=False)
    assert strict.outcome == "unknown"
    assert strict.to_dict()["assumptions"] == []


def test_what_a_law_works_out_comes_before_what_is_assumed(tmp_path: Path) -> None:
    sections: list[dict[str, Any]] = [
        {"version": {"rules": [{"id": "d", "defines": "strange.case", "means": "false"}]}},
        {"law": "co.b", "version": {"rules": [{"id": "d", "defines": "strange.case", "means": "a.one"}]}},
        {"version": {"rules": [rule("permitted", "not strange.case")]}},
    ]
    book = book_of(tmp_path, sections)
    assert ask(book).outcome == "permitted"
    assert asked(ask(book, ["CO"])) == ["a.one"]


@pytest.mark.parametrize(
    ("places", "outcome"),
    [(["CO"], "permitted"), ([], "prohibited"), ({"client_now": "CO", "practice": "CA"}, "permitted"), ({"client_now": "CA", "practice": "CO"}, "prohibited")],
)
def test_a_states_law_comes_in_by_the_role_it_attaches_to(places: Any, outcome: str, tmp_path: Path) -> None:
    privilege = {"id": "p", "cite": "c", "plain": "p", "about": ["treatment"], "attaches_to": "practice", "holder": "client"}
    meanwhile = {"id": "m", "cite": "c", "plain": "p", "about": ["treatment"]}
    sections: list[dict[str, Any]] = [
        {"law": "co.b", "attaches_to": "client_now", "version": {"rules": [rule("permitted", "true")], "privilege": [privilege], "meanwhile": [meanwhile]}},
        {"law": "ca.b", "version": {"rules": [rule("silent", "true", id="s")]}},
    ]
    decision = ask(book_of(tmp_path, sections), places)
    assert decision.outcome == outcome
    states = decision.question.places["practice"]
    assert len(decision.to_dict()["privilege"]) == ("CO" in states)  # type: ignore[arg-type]
    assert len(decision.parts[0].plan.meanwhile) == ("CO" in decision.question.places["client_now"])


def test_too_many_completions_leave_it_open_and_still_ask(tmp_path: Path) -> None:
    sections: list[dict[str, Any]] = [{"version": {"rules": [rule("permitted", "(a.one and a.two) or (a.three and a.four) or (not a.one and a.five)")]}}]
    book = book_of(tmp_path, sections)
    question = ask(book).question
    short = decide(book, question, budget=3)
    assert short.outcome == "unknown"
    explored = short.parts[0].explored
    assert explored is not None
    assert not explored.whole
    assert set(explored.facts) == {"a.one", "a.two", "a.three", "a.four", "a.five"}
    assert decide(book, question, budget=0).outcome == "unknown"
    full = decide(book, question).parts[0].explored
    assert full is not None
    assert full.whole


def test_a_choice_is_split_only_where_a_rule_tells_it_apart(tmp_path: Path) -> None:
    sections: list[dict[str, Any]] = [{"version": {"rules": [rule("permitted", 'kind.of in {"x", "y"}'), rule("required", 'kind.of == "x"', id="q")]}}]
    book = book_of(tmp_path, sections)
    decision = ask(book)
    assert decision.parts[0].plan.classes["kind.of"] == ("x", "y", "z")
    assert decision.parts[0].possible == {"required", "permitted", "prohibited"}
    assert [ask(book, kind__of=k).outcome for k in "xyz"] == ["required", "permitted", "prohibited"]


def test_plans_are_made_once(tmp_path: Path) -> None:
    book = book_of(tmp_path, [{"version": {"rules": [rule("permitted", "a.one")]}}])
    first = ask(book, a__one=True).parts[0].plan
    assert ask(book, a__one=False).parts[0].plan is first
    assert ask(book, a__one=True, purpose="client_access").parts[0].plan is not first
    assert len(book.plans) == 2


def test_without_assumptions_what_is_assumed_is_asked(tmp_path: Path) -> None:
    sections: list[dict[str, Any]] = [{"version": {"rules": [{"id": "d", "defines": "strange.case", "means": "false"}, rule("permitted", "strange.case")]}}]
    book = book_of(tmp_path, sections)
    decision = decide(book, ask(book).question, assume=False)
    assert decision.outcome == "unknown"
    assert asked(decision) == ["strange.case"]


@pytest.mark.parametrize("first", ["2019-12-31", "2020-01-01"])
def test_a_section_with_a_clock_is_chosen_by_the_day_while_its_clock_is_not_known_whatever_was_asked_before(first: str, tmp_path: Path) -> None:
    stamp = {"checked": "2026-01-01", "against": "memory"}
    (tmp_path / "vocabulary").mkdir()
    vocabulary = {"facts": {**FACTS, "day.clock": {"is": "day"}}, "groups": {"NO_TELLING": ["retention"]}}
    (tmp_path / "vocabulary" / "core.yaml").write_text(yaml.safe_dump(vocabulary), "utf-8")
    old, new = ({**stamp, "rules": [{"cite": "c", "plain": "p", **rule(says, "true")}]} for says in ("prohibited", "permitted"))
    versions = [{"from": "2020-01-01", **new}, {"from": "2000-01-01", "until": "2019-12-31", **old}]
    section = {"section": "s", "law": "us.a", "key": "s", "clock": "day.clock", "in_force": versions}
    (tmp_path / "s.yaml").write_text(yaml.safe_dump(section), "utf-8")
    book = Book.read(tmp_path)

    def on(day: str, **facts: Any) -> str:
        given = {"purpose": "treatment", "recipient.kind": "payer", "information": ["summary"], **facts}
        return decide(book, Question.from_dict({"on": day, "facts": given})).outcome

    on(first)
    assert (on("2019-12-31"), on("2020-01-01")) == ("prohibited", "permitted")
    assert on("2026-01-01", **{"day.clock": "2019-12-31"}) == "prohibited"
