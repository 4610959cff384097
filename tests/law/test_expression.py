"""The expression subset: what it reads, what it refuses, and its three values."""

from __future__ import annotations

from itertools import product

import pytest

from privity.law.expression import BadExpression, fold, kleene, parse, source
from privity.law.facts import FALSE, NOT, TRUE, UNKNOWN, Fact

FACTS = {
    f.name: f
    for f in (
        Fact("a", "yes_no"), Fact("b", "yes_no"), Fact("threat.imminent", "yes_no"), Fact("kind", "one_of", ("x", "y", "z")),
        Fact("lacks", "some_of", ("date", "signature")), Fact("client.age", "number"), Fact("seen", "day"), Fact("note", "text"),
    )
}  # fmt: skip
GROUPS = {"SOME": frozenset({"x", "y"})}
THREE = (TRUE, FALSE, UNKNOWN)


def value(text: str, **facts: object) -> int:
    known = {name.replace("__", "."): v for name, v in facts.items()}
    return kleene(parse(text, FACTS, GROUPS), lambda n: known.get(n, UNKNOWN if FACTS[n].kind == "yes_no" else None))


def test_and_or_not_in_three_values() -> None:
    order = {FALSE: 0, UNKNOWN: 1, TRUE: 2}
    for a, b in product(THREE, THREE):
        assert value("a and b", a=a, b=b) == min(a, b, key=order.get)  # type: ignore[arg-type]
        assert value("a or b", a=a, b=b) == max(a, b, key=order.get)  # type: ignore[arg-type]
    assert [value("not a", a=a) for a in THREE] == [FALSE, TRUE, UNKNOWN] == [NOT[a] for a in THREE]


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ('kind == "x"', {"kind": "x"}, TRUE),
        ('kind != "x"', {"kind": "x"}, FALSE),
        ("kind in SOME", {"kind": "y"}, TRUE),
        ('kind not in {"x"}', {}, UNKNOWN),
        ('"date" in lacks', {"lacks": frozenset({"date"})}, TRUE),
        ('lacks <= {"date"}', {"lacks": frozenset({"date", "signature"})}, FALSE),
        ("lacks == {}", {"lacks": frozenset()}, TRUE),
        ("client.age >= 12", {"client__age": 11.5}, FALSE),
        ("client.age >= 12", {"client__age": 12}, TRUE),
        ("a or not a", {}, UNKNOWN),
        ("a == false", {"a": FALSE}, TRUE),
    ],
)
def test_a_value(text: str, facts: dict[str, object], expected: int) -> None:
    assert value(text, **facts) == expected


@pytest.mark.parametrize(
    "text",
    [
        "f(a)", "a + b", "lacks[0]", "kind", "kind == 'w'", "1 < client.age < 3", "threat.iminent", "a and", "__import__('os')",
        "note == 'x'", "kind in NOBODY", "client.age == true", "client.age >= '12'", "lambda: a", "a if b else a", "'date' in kind",
        "lacks in {'date'}", "a" + " and a" * 5000, "not " * 100 + "a", "kind == kind",
    ],
)  # fmt: skip
def test_what_is_not_in_the_subset_is_refused(text: str) -> None:
    try:
        made = parse(text, FACTS, GROUPS)
    except BadExpression:
        return
    assert text.startswith("a and a") and made == parse("a", FACTS, GROUPS), text


def test_the_generated_source_computes_what_the_tree_says() -> None:
    texts = ["a and not b", "a or (b and kind == 'x')", "not (a or b) and client.age < 18", "'date' in lacks or lacks == {}", "kind in SOME and a"]
    for text in texts:
        tree = parse(text, FACTS, GROUPS)
        constants: dict[str, object] = {}

        def constant(held: object, constants: dict[str, object] = constants) -> str:
            constants[f"k{len(constants)}"] = held
            return f"k{len(constants) - 1}"

        code = source(tree, lambda n: n.replace(".", "_"), constant)
        for a, b, kind, age, lacks in product(THREE, THREE, ("x", "z", None), (5, 30, None), (frozenset(), frozenset({"date"}), None)):
            here = {"a": a, "b": b, "kind": kind, "client_age": age, "lacks": lacks, "N": NOT, **constants}
            tree_value = kleene(tree, lambda n, here=here: here[n.replace(".", "_")])  # type: ignore[misc]
            assert eval(code, {}, here) == tree_value, (text, here)


def test_folding_known_facts_in_changes_no_value() -> None:
    tree = parse("a and (kind in SOME or b)", FACTS, GROUPS)
    for kind, a, b in product("xz", THREE, THREE):
        here = {"kind": kind, "a": a, "b": b}
        assert kleene(fold(tree, {"kind": kind}), here.__getitem__) == kleene(tree, here.__getitem__)


def test_every_condition_of_the_library_is_written_down_as_it_is_read() -> None:
    from privity.law import Book
    from privity.law.expression import parse, written

    book = Book.open()
    nodes = [rule.when for s in book.sections for v in s.versions for rule in v.rules]
    nodes += [duty.when for s in book.sections for v in s.versions for rule in v.rules for duty in rule.must]
    nodes += [d.means for s in book.sections for v in s.versions for d in v.definitions]
    assert len(nodes) > 500
    for node in nodes:
        assert parse(written(node), book.facts, book.groups) == node, written(node)
