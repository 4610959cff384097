"""What a look over the library finds: faults planted one at a time, and a book that refuses to open over an older version's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_asking import FACTS, book_of

from privity.law import BadLaw, Book
from privity.law.check import AGES, dialogues, look_over

SECTION = "us.a.s0."
MARKS = {"cite": "c", "plain": "p"}


def rule(name: str, says: str, when: str = "true", **more: Any) -> dict[str, Any]:
    return {"id": name, "about": ["treatment"], "says": says, "when": when, **more}


def found(folder: Path, *rules: dict[str, Any], cases: list[dict[str, Any]] | None = None) -> Any:
    book = book_of(folder, [{"version": {"rules": list(rules)}}])
    rows = [
        {"name": "c", "on": "2026-01-01", "facts": {"purpose": "treatment", "recipient.kind": "payer", "information": ["summary"], **case}}
        for case in cases or []
    ]
    (folder / "s0.cases.yaml").write_text(yaml.safe_dump({"section": "s0", "cases": rows}), "utf-8")
    return look_over(book, folder, date(2026, 1, 1), talk=False)


def test_a_rule_no_case_makes_live_and_one_no_case_turns_on(tmp_path: Path) -> None:
    rules = [
        rule("opens", "permitted", "a.one"),
        rule("idle", "silent", "a.one"),
        rule("shut", "prohibited", "a.two"),
        rule("takes_back", "silent", "a.three", excepts=SECTION + "shut"),
        rule("limit", "silent", "a.four", how_much="whole"),
        rule("duty", "silent", "a.five", must=[{"do": "document", "plain": "p"}]),
    ]
    seen = found(tmp_path / "a", *rules, cases=[{"a.one": "true", "a.two": "false"}])
    assert seen.undecided == [SECTION + n for n in ("duty", "limit", "shut", "takes_back")]
    assert seen.indecisive == [SECTION + "idle"]
    everything = {"a.one": "true", "a.two": "true", "a.three": "true", "a.four": "true", "a.five": "true"}
    seen = found(tmp_path / "b", *rules, cases=[everything, {**everything, "a.three": "false"}])
    assert seen.undecided == []
    assert seen.indecisive == [SECTION + "idle"]


@pytest.mark.parametrize(
    ("rules", "pair"),
    [
        ((rule("a", "required", "a.one"), rule("b", "prohibited", "a.one")), ["a and b"]),
        ((rule("a", "required", "a.one"), rule("b", "with_authorization", "a.two")), ["a and b"]),
        ((rule("a", "required", "a.one"), rule("b", "prohibited", "not a.one")), []),
        ((rule("a", "required", "a.one"), rule("b", "prohibited", "a.two", excepts=SECTION + "a")), []),
        ((rule("a", "required", "a.one"), rule("b", "prohibited", "a.two", **{"except": [{**MARKS, "id": "c", "says": "silent", "when": "law.compels"}]})), []),
        ((rule("a", "required", "a.one", to=["payer"]), rule("b", "prohibited", "a.one", to=["client"])), []),
        ((rule("a", "permitted", "a.one"), rule("b", "prohibited", "a.one")), []),
        (
            (
                rule(
                    "p",
                    "with_authorization",
                    "a.two",
                    **{"except": [{**MARKS, "id": "a", "says": "permitted", "when": "a.one"}, {**MARKS, "id": "b", "says": "prohibited", "when": "a.three"}]},
                ),
            ),
            ["a and b"],
        ),
    ],
)
def test_two_rules_of_a_section_that_nothing_settles(tmp_path: Path, rules: tuple[dict[str, Any], ...], pair: list[str]) -> None:
    seen = found(tmp_path, *rules)
    assert seen.contradictions == [row.replace("a and b", f"{SECTION}a and {SECTION}b") for row in pair]
    assert seen.failed() or not pair


def test_a_mandate_and_a_restriction_of_two_sections_are_listed_apart(tmp_path: Path) -> None:
    book = book_of(tmp_path, [{"version": {"rules": [rule("a", "required")]}}, {"version": {"rules": [rule("b", "prohibited")]}}])
    seen = look_over(book, tmp_path, date(2026, 1, 1), talk=False)
    assert (seen.contradictions, seen.between_sections) == ([], ["us.a.s0.a and us.a.s1.b"])


@pytest.mark.parametrize(
    ("rules", "name"),
    [
        ((rule("a", "permitted", "a.one and not a.one"),), "a"),
        ((rule("a", "permitted", 'recipient.kind == "client"', to=["payer"]),), "a"),
        ((rule("p", "prohibited", "a.one", **{"except": [{**MARKS, "id": "a", "says": "permitted", "when": "not a.one"}]}),), "a"),
        ((rule("p", "prohibited", "a.one", of=["summary"], **{"except": [{**MARKS, "id": "a", "says": "permitted", "of": ["notes"]}]}),), "a"),
        ((rule("p", "prohibited", "a.one"), rule("a", "permitted", "not a.one", excepts=SECTION + "p")), "a: nothing it excepts can be met beside it"),
        ((rule("p", "prohibited", "a.one", **{"except": [{**MARKS, "id": "c", "says": "permitted"}]}),), "p: its exceptions always take it back"),
    ],
)
def test_a_rule_that_can_never_live(tmp_path: Path, rules: tuple[dict[str, Any], ...], name: str) -> None:
    seen = found(tmp_path, *rules)
    assert SECTION + name in seen.impossible
    assert seen.failed()


def two_versions(folder: Path, old: list[dict[str, Any]], other_old: list[dict[str, Any]] | None = None) -> Book:
    """Return a book whose sections read otherwise until 2019."""
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "vocabulary" / "core.yaml").write_text(yaml.safe_dump({"facts": FACTS, "groups": {"NO_TELLING": []}}), "utf-8")
    stamp = {"checked": "2026-01-01", "against": "memory"}
    for number, before in enumerate([old, other_old or []]):
        now = {"from": "2020-01-01", **stamp, "rules": [{"cite": "c", "plain": "p", **rule("now", "permitted")}]}
        versions = [now, {"from": "2000-01-01", "until": "2019-12-31", **stamp, "rules": [{"cite": "c", "plain": "p", **row} for row in before]}]
        (folder / f"s{number}.yaml").write_text(yaml.safe_dump({"section": "s", "law": "us.a", "key": f"s{number}", "in_force": versions}), "utf-8")
    return Book.read(folder)


def test_an_older_version_is_checked_as_the_newest_is(tmp_path: Path) -> None:
    one, two = rule("x", "silent", excepts="us.a.s1.y"), rule("y", "silent", excepts="us.a.s0.x")
    with pytest.raises(BadLaw, match=r"circle: us\.a\.s0\.x \(until 2019-12-31\)"):
        two_versions(tmp_path / "a", [one], [two])
    with pytest.raises(BadLaw, match="no such rule"):
        two_versions(tmp_path / "b", [rule("x", "silent", excepts="us.a.s1.never")])
    book = two_versions(tmp_path / "c", [one], [rule("y", "prohibited", "a.one and not a.one")])
    seen = look_over(book, tmp_path / "c", date(2026, 1, 1), talk=False)
    assert "us.a.s1.y (until 2019-12-31)" in seen.impossible


def test_versions_that_are_never_in_force_together_make_no_circle(tmp_path: Path) -> None:
    folder = tmp_path
    book = two_versions(folder, [rule("x", "silent", excepts="us.a.s1.now")], [])
    assert "us.a.s0.x (until 2019-12-31): nothing it excepts can be met beside it" in look_over(book, folder, date(2026, 1, 1), talk=False).impossible


def test_dialogues_are_held_for_a_grown_client_and_for_minors(tmp_path: Path) -> None:
    facts = {name: {"is": "yes_no"} for name in ("practice.hipaa_covered", "practice.part2_program", "practice.licensed_facility", "provider.treats_client")}
    facts |= {
        "practice.setting": {"is": "one_of", "of": ["private_practice"]},
        "provider.profession": {"is": "one_of", "of": ["psychologist"]},
        "client.age": {"is": "number"},
    }
    (tmp_path / "vocabulary").mkdir(parents=True)
    (tmp_path / "vocabulary" / "more.yaml").write_text(yaml.safe_dump({"facts": facts}), "utf-8")
    (tmp_path / "vocabulary" / "core.yaml").write_text(
        yaml.safe_dump({"facts": {**FACTS, "recipient.kind": {"is": "one_of", "of": ["payer", "anyone_else"]}}, "groups": {"NO_TELLING": []}}), "utf-8"
    )
    version = {
        "from": "2000-01-01",
        "checked": "2026-01-01",
        "against": "memory",
        "rules": [{"cite": "c", "plain": "p", **rule("a", "permitted", "client.age >= 18 or (a.one and a.two)", to=["payer"])}],
    }
    (tmp_path / "s.yaml").write_text(yaml.safe_dump({"section": "s", "law": "co.a", "key": "s0", "in_force": [version]}), "utf-8")
    rows = {
        place: count
        for count, place, purpose, recipient, _ in dialogues(Book.read(tmp_path), date(2026, 1, 1), ["CO"])
        if (purpose, recipient) == ("treatment", "payer")
    }
    assert rows == {"CO, 40 years": 0, "CO, 15 years": 2, "CO, 9 years": 2}
    assert AGES == (40, 15, 9)
