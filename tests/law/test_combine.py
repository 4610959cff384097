"""How several laws' answers become one, case by case."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from privity.law.combine import governs, leans_on_silence, possible, settle
from privity.law.expression import Bare, Compare
from privity.law.facts import FALSE, TRUE, UNKNOWN, Fact
from privity.law.plan import axis_of, representatives
from privity.law.rules import Checked, Precedence

CHECKED = Checked(date(2026, 11, 24), "official", "")
ROWS = (
    Precedence("precedence.part2", "c", "p", CHECKED, restricts="us.part2", over="state"),
    Precedence("precedence.secretary", "c", "p", CHECKED, mandate="us.hipaa", over_restriction="state"),
)


@pytest.mark.parametrize(
    ("effects", "axis", "outcome"),
    [
        ([], "telling", "prohibited"),
        ([], "access", "prohibited"),
        ([("permitted", "us.hipaa")], "telling", "permitted"),
        ([("permitted", "us.hipaa"), ("with_authorization", "co.statutes")], "telling", "with_authorization"),
        ([("permitted", "us.hipaa"), ("with_authorization", "co.statutes"), ("prohibited", "us.part2")], "telling", "prohibited"),
        ([("required", "co.statutes")], "telling", "required"),
        ([("required", "co.statutes"), ("permitted", "us.hipaa")], "telling", "required"),
        ([("required", "co.statutes"), ("with_authorization", "us.part2")], "telling", "with_authorization"),
        ([("required", "co.statutes"), ("prohibited", "us.part2"), ("with_authorization", "us.part2")], "telling", "prohibited"),
        ([("required", "co.statutes"), ("prohibited", "ca.cmia")], "telling", "conflict"),
        ([("required", "us.hipaa"), ("prohibited", "ca.cmia")], "telling", "required"),
        ([("required", "us.hipaa"), ("required", "co.statutes"), ("with_authorization", "us.part2")], "telling", "conflict"),
        ([("required", "us.hipaa"), ("prohibited", "co.statutes")], "access", "required"),
        ([("permitted", "ca.codes"), ("prohibited", "co.statutes")], "access", "permitted"),
        ([("with_authorization", "ca.codes"), ("prohibited", "co.statutes")], "access", "with_authorization"),
        ([("permitted", "us.hipaa"), ("prohibited", "practice.own")], "telling", "prohibited"),
        ([("permitted", "us.hipaa"), ("with_authorization", "practice.own")], "telling", "with_authorization"),
        ([("permitted", "us.hipaa"), ("with_authorization", "practice.own"), ("prohibited", "practice.own")], "telling", "prohibited"),
        ([("with_authorization", "us.hipaa"), ("prohibited", "practice.own")], "telling", "prohibited"),
        ([("with_authorization", "us.hipaa"), ("with_authorization", "practice.own")], "telling", "with_authorization"),
        ([("required", "co.statutes"), ("prohibited", "practice.own")], "telling", "required"),
        ([("required", "us.hipaa"), ("prohibited", "practice.own")], "access", "required"),
        ([("permitted", "us.hipaa"), ("prohibited", "practice.own")], "access", "permitted"),
    ],
)
def test_living_rules_together(effects: list[tuple[str, str]], axis: str, outcome: str) -> None:
    assert settle(frozenset(effects), axis, ROWS).outcome == outcome


def test_a_restriction_that_gives_way_leaves_the_others_standing() -> None:
    """Whichever of them is looked at first: HIPAA's mandate goes over state law, and nothing goes over Part 2 here."""
    restrictions = [("with_authorization", law) for law in ("aa.statutes", "bb.statutes", "us.part2", "zz.statutes")]
    mandates = [("required", "co.statutes"), ("required", "us.hipaa")]
    part2 = Precedence("precedence.part2", "c", "p", CHECKED, restricts="us.part2", over="us")
    rows = (part2, *ROWS, Precedence("precedence.state", "c", "p", CHECKED, mandate="co", over_restriction="state"))
    for turned in permutations(restrictions):
        told = [*mandates, *turned]  # in an order of its own, which a set would not keep
        assert settle(told, "telling", rows).outcome == "with_authorization"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "flags", "leans"),
    [
        ("permitted", {}, True), ("permitted", {("prohibited", "us.part2"): TRUE}, True), ("required", {}, False), ("with_authorization", {}, False),
        ("prohibited", {}, True), ("prohibited", {("permitted", "us.hipaa"): TRUE}, True), ("prohibited", {("prohibited", "us.part2"): UNKNOWN}, True),
        ("prohibited", {("prohibited", "us.part2"): FALSE}, True), ("prohibited", {("prohibited", "us.part2"): TRUE}, False), ("conflict", {}, False),
    ],
)  # fmt: skip
def test_only_a_no_that_some_law_speaks_stands_where_other_law_is_not_held(outcome: str, flags: dict[tuple[str, str], int], leans: bool) -> None:
    assert leans_on_silence(outcome, flags) is leans


def test_a_policy_in_vain_is_said() -> None:
    assert settle(frozenset({("required", "co.statutes"), ("prohibited", "practice.own")}), "telling", ROWS).policy_overruled
    assert settle(frozenset({("permitted", "us.hipaa"), ("prohibited", "practice.own")}), "access", ROWS).policy_overruled
    assert not settle(frozenset({("permitted", "us.hipaa"), ("prohibited", "practice.own")}), "telling", ROWS).policy_overruled
    assert not settle(frozenset({("required", "co.statutes")}), "telling", ROWS).policy_overruled


def test_the_precedence_that_was_needed_is_named() -> None:
    effects = frozenset({("required", "co.statutes"), ("with_authorization", "us.part2")})
    assert settle(effects, "telling", ROWS).precedence == ("precedence.part2",)
    assert settle(frozenset({("permitted", "us.hipaa")}), "telling", ROWS).precedence == ()


def test_which_law_prevails() -> None:
    assert governs(ROWS, "us.part2", "co.statutes") == ("restriction", "precedence.part2")
    assert governs(ROWS, "us.part2", "us.process") == ("", "")
    assert governs(ROWS, "ca.cmia", "us.hipaa") == ("mandate", "precedence.secretary")
    assert governs(ROWS, "us.part22", "co.statutes") == ("", "")
    assert governs(ROWS, "practice.own", "us.hipaa") == ("", "")


def test_what_is_open_leaves_more_than_one_outcome() -> None:
    flags = {("permitted", "us.hipaa"): TRUE, ("with_authorization", "co.statutes"): UNKNOWN, ("prohibited", "us.part2"): FALSE}
    assert possible(flags, "telling", ROWS) == {"permitted", "with_authorization"}
    assert possible({("required", "co.statutes"): UNKNOWN}, "telling", ROWS) == {"required", "prohibited"}
    many = {("permitted", f"us.law{n}"): UNKNOWN for n in range(13)}
    assert possible(many, "telling", ROWS) == {"required", "permitted", "with_authorization", "prohibited", "conflict"}


def test_whose_right_it_is() -> None:
    none = frozenset({"retention"})
    assert axis_of(none, None, "client") == ""
    assert axis_of(none, "retention", None) == "access"
    assert axis_of(none, "client_access", "client") == "access"
    assert axis_of(none, "client_access", "parent") == "telling"
    assert axis_of(none, "client_access", None) == ""
    assert axis_of(none, "treatment", "client") == "telling"


def test_one_value_for_each_way_the_tests_can_tell_apart() -> None:
    assert representatives(Fact("a", "yes_no"), [Bare("a")]) == (TRUE, FALSE)
    kind = Fact("k", "one_of", ("x", "y", "z", "w"))
    found = representatives(kind, [Compare("k", "in", frozenset({"x"})), Compare("k", "in", frozenset({"x", "y"}))])
    assert found == ("x", "y", "z")
    age = representatives(Fact("n", "number"), [Compare("n", ">=", 12), Compare("n", "<", 18)])
    assert sorted((v >= 12, v < 18) for v in age) == [(False, True), (True, False), (True, True)]  # type: ignore[operator]
    some = representatives(Fact("s", "some_of", ("p", "q", "r")), [Compare("s", "has", "p"), Compare("s", "<=", frozenset({"p"}))])
    assert {("p" in v, v <= {"p"}) for v in some} == {(True, True), (True, False), (False, True), (False, False)}  # type: ignore[operator]
    days = representatives(Fact("d", "day"), [Compare("d", ">=", date(2025, 1, 1))])
    assert {d >= date(2025, 1, 1) for d in days} == {True, False}  # type: ignore[operator]
