"""The strict expression subset: parse, type-check, evaluate in three values, and turn into Python source.

Grammar: `and or not`, comparisons with one operator, `in`, `not in`, parentheses, literals, dotted fact names, and
names of groups in capitals. No calls, arithmetic or indexing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .facts import FALSE, NOT, TRUE, UNKNOWN, Fact, nearest

MAX_DEPTH = 40


class BadExpression(ValueError):
    """An expression outside the subset, or one that does not fit the vocabulary."""


@dataclass(frozen=True, slots=True)
class Const:
    """Always true or always false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Bare:
    """A yes/no fact standing by itself."""

    fact: str


@dataclass(frozen=True, slots=True)
class Compare:
    """A fact against a literal. `op` is one of == != < <= > >= in, or has (a set fact holds a member)."""

    fact: str
    op: str
    value: str | int | float | date | frozenset[str]


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    of: Node


@dataclass(frozen=True, slots=True)
class Many:
    """All of (`and`) or any of (`or`) its parts."""

    op: str
    parts: tuple[Node, ...]


Node = Const | Bare | Compare | Not | Many
ALWAYS, NEVER = Const(True), Const(False)
_OPS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip


def parse(text: str, vocabulary: Mapping[str, Fact], groups: Mapping[str, frozenset[str]]) -> Node:
    """Return the checked tree of `text`. Raises BadExpression with what is wrong."""
    try:
        # `as` is a word of Python; sought.as is a fact.
        tree = ast.parse(re.sub(r"\.as\b", ".as_", " ".join(str(text).split())), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadExpression(f"this is not an expression: {text}") from None
    return _Reader(vocabulary, groups).read(tree, 0)


class _Reader:
    def __init__(self, vocabulary: Mapping[str, Fact], groups: Mapping[str, frozenset[str]]) -> None:
        self.vocabulary, self.groups = vocabulary, groups

    def read(self, tree: ast.expr, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise BadExpression("nested too deeply")
        if isinstance(tree, ast.BoolOp):
            op = "and" if isinstance(tree.op, ast.And) else "or"
            return many(op, [self.read(part, depth + 1) for part in tree.values])
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
            return negate(self.read(tree.operand, depth + 1))
        if isinstance(tree, ast.Compare):
            return self.compare(tree)
        name = self.name(tree)
        if name in ("true", "false"):
            return Const(name == "true")
        if self.fact(name).kind != "yes_no":
            raise BadExpression(f"{name} is not a yes/no fact; compare it with a value")
        return Bare(name)

    def name(self, tree: ast.expr) -> str:
        if isinstance(tree, ast.Name):
            return tree.id
        if isinstance(tree, ast.Attribute):
            return f"{self.name(tree.value)}.{tree.attr.removesuffix('_')}"
        if isinstance(tree, ast.Constant) and isinstance(tree.value, bool):
            return str(tree.value).lower()
        raise BadExpression(f"{ast.unparse(tree)} is not allowed here; expected a fact's name")

    def fact(self, name: str) -> Fact:
        if name not in self.vocabulary:
            raise BadExpression(f"there is no fact {name}{nearest(name, self.vocabulary)}")
        return self.vocabulary[name]

    def compare(self, tree: ast.Compare) -> Node:
        if len(tree.ops) != 1 or type(tree.ops[0]) not in _OPS:
            raise BadExpression(f"one comparison at a time: {ast.unparse(tree)}")
        op, left, right = _OPS[type(tree.ops[0])], tree.left, tree.comparators[0]
        if isinstance(left, ast.Constant) and op in ("in", "not in"):
            return self.member(str(left.value), self.fact(self.name(right)), op)
        fact = self.fact(self.name(left))
        value = self.literal(right)
        made = getattr(self, f"compare_{fact.kind}")(fact, op, value)
        assert isinstance(made, (Const, Bare, Compare, Not, Many))
        return made

    def member(self, value: str, fact: Fact, op: str) -> Node:
        if fact.kind != "some_of":
            raise BadExpression(f"{fact.name} is not a list; write {fact.name} in {{...}}")
        self.choice(fact, value)
        found = Compare(fact.name, "has", value)
        return found if op == "in" else Not(found)

    def literal(self, tree: ast.expr) -> object:
        if isinstance(tree, ast.Constant):
            return tree.value
        if isinstance(tree, (ast.Set, ast.Tuple, ast.List)):
            texts = [item.value for item in tree.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
            if len(texts) == len(tree.elts):
                return frozenset(texts)
        if isinstance(tree, ast.Dict) and not tree.keys:
            return frozenset()
        if isinstance(tree, ast.Name):
            if tree.id in ("true", "false"):
                return tree.id == "true"
            if tree.id.isupper():
                if tree.id not in self.groups:
                    raise BadExpression(f"there is no group {tree.id}{nearest(tree.id, self.groups)}")
                return self.groups[tree.id]
        raise BadExpression(f"{ast.unparse(tree)} is not a literal value")

    def choice(self, fact: Fact, value: object) -> str:
        if not isinstance(value, str) or value not in fact.of:
            raise BadExpression(f"{fact.name} has no choice {value!r}{nearest(str(value), fact.of)}")
        return value

    def compare_yes_no(self, fact: Fact, op: str, value: object) -> Node:
        if op not in ("==", "!=") or not isinstance(value, bool):
            raise BadExpression(f"{fact.name} is yes or no; let it stand bare")
        bare = Bare(fact.name)
        return bare if value == (op == "==") else Not(bare)

    def compare_one_of(self, fact: Fact, op: str, value: object) -> Node:
        if op in ("==", "!="):
            found: Node = Compare(fact.name, "in", frozenset({self.choice(fact, value)}))
        elif op in ("in", "not in") and isinstance(value, frozenset):
            found = Compare(fact.name, "in", frozenset(self.choice(fact, item) for item in value))
        else:
            raise BadExpression(f"{fact.name} is one of its choices; use == != in, not in")
        return Not(found) if op in ("!=", "not in") else found

    def compare_some_of(self, fact: Fact, op: str, value: object) -> Node:
        if op not in ("==", "!=", "<=", ">=") or not isinstance(value, frozenset):
            raise BadExpression(f'{fact.name} is a list; use "x" in {fact.name}, == {{...}} or <= {{...}}')
        for item in value:
            self.choice(fact, item)
        found = Compare(fact.name, "==" if op == "!=" else op, value)
        return Not(found) if op == "!=" else found

    def compare_number(self, fact: Fact, op: str, value: object) -> Node:
        if op not in ("==", "!=", "<", "<=", ">", ">=") or isinstance(value, bool) or not isinstance(value, (int, float)):
            raise BadExpression(f"{fact.name} is a number; compare it with a number")
        return Compare(fact.name, op, value)

    def compare_day(self, fact: Fact, op: str, value: object) -> Node:
        try:
            return Compare(fact.name, op if op in ("==", "!=", "<", "<=", ">", ">=") else "", date.fromisoformat(str(value)))
        except ValueError:
            raise BadExpression(f'{fact.name} is a day; compare it with a day like "2026-03-31"') from None

    compare_moment = compare_day

    def compare_text(self, fact: Fact, op: str, value: object) -> Node:
        raise BadExpression(f"{fact.name} is free text; no rule may turn on it")


def written(node: Node) -> str:
    """Return a tree as text that is read as the same tree again."""
    if isinstance(node, Const):
        return "true" if node.value else "false"
    if isinstance(node, Bare):
        return node.fact
    if isinstance(node, Not):
        return f"not {_bracketed(node.of)}"
    if isinstance(node, Many):
        return f" {node.op} ".join(_bracketed(part) for part in node.parts)
    if node.op == "has":
        return f'"{node.value}" in {node.fact}'
    if node.op == "in" and isinstance(node.value, frozenset) and len(node.value) == 1:
        return f'{node.fact} == "{next(iter(node.value))}"'
    return f"{node.fact} {node.op} {_literal(node.value)}"


def _bracketed(node: Node) -> str:
    return f"({written(node)})" if isinstance(node, Many) else written(node)


def _literal(value: object) -> str:
    if isinstance(value, frozenset):
        return "{" + ", ".join(f'"{one}"' for one in sorted(value)) + "}"
    return str(value) if isinstance(value, (int, float)) else f'"{value}"'


def negate(node: Node) -> Node:
    """Return the opposite, without a double not."""
    if isinstance(node, Const):
        return Const(not node.value)
    return node.of if isinstance(node, Not) else Not(node)


def many(op: str, parts: list[Node]) -> Node:
    """Return all (`and`) or any (`or`) of the parts, with constants folded away."""
    stop = op == "or"
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, Const):
            if part.value == stop:
                return part
        elif isinstance(part, Many) and part.op == op:
            flat += [p for p in part.parts if p not in flat]
        elif part not in flat:
            flat.append(part)
    if not flat:
        return Const(not stop)
    return flat[0] if len(flat) == 1 else Many(op, tuple(flat))


def facts_of(node: Node) -> Iterator[str]:
    """Yield the names of the facts a tree reads."""
    if isinstance(node, (Bare, Compare)):
        yield node.fact
    elif isinstance(node, Not):
        yield from facts_of(node.of)
    elif isinstance(node, Many):
        for part in node.parts:
            yield from facts_of(part)


def atoms_of(node: Node) -> Iterator[Bare | Compare]:
    """Yield every test of a single fact in a tree."""
    if isinstance(node, (Bare, Compare)):
        yield node
    elif isinstance(node, Not):
        yield from atoms_of(node.of)
    elif isinstance(node, Many):
        for part in node.parts:
            yield from atoms_of(part)


def fold(node: Node, known: Mapping[str, object]) -> Node:
    """Return the tree with the facts in `known` worked in."""
    if isinstance(node, (Bare, Compare)):
        if node.fact not in known:
            return node
        return Const(test(node, known[node.fact]) == TRUE)
    if isinstance(node, Not):
        return negate(fold(node.of, known))
    if isinstance(node, Many):
        return many(node.op, [fold(part, known) for part in node.parts])
    return node


def test(atom: Bare | Compare, value: object) -> int:
    """Return TRUE or FALSE for one atom on a known value (a bool, number, day, text or frozenset)."""
    if isinstance(atom, Bare):
        return TRUE if value is True or value == TRUE else FALSE
    if atom.op == "in":
        return TRUE if value in atom.value else FALSE  # type: ignore[operator]
    if atom.op == "has":
        return TRUE if atom.value in value else FALSE  # type: ignore[operator]
    return TRUE if _ORDER[atom.op](value, atom.value) else FALSE


_ORDER: dict[str, Callable[[object, object], bool]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,  # type: ignore[operator]
    "<=": lambda a, b: a <= b,  # type: ignore[operator]
    ">": lambda a, b: a > b,  # type: ignore[operator]
    ">=": lambda a, b: a >= b,  # type: ignore[operator]
}


def kleene(node: Node, value_of: Callable[[str], object]) -> int:
    """Return TRUE, FALSE or UNKNOWN. `value_of` gives a fact's value, TRUE/FALSE/UNKNOWN for yes/no, None for unknown."""
    if isinstance(node, Const):
        return TRUE if node.value else FALSE
    if isinstance(node, Bare):
        got = value_of(node.fact)
        return got if isinstance(got, int) and got in (FALSE, TRUE) else UNKNOWN
    if isinstance(node, Compare):
        got = value_of(node.fact)
        return UNKNOWN if got is None else test(node, got)
    if isinstance(node, Not):
        return NOT[kleene(node.of, value_of)]
    result = TRUE if node.op == "and" else FALSE
    for part in node.parts:
        result = result & kleene(part, value_of) if node.op == "and" else result | kleene(part, value_of)
    return result


def source(node: Node, name: Callable[[str], str], constant: Callable[[object], str], compare: Callable[[str, str, str], str] | None = None) -> str:
    """Return Python source that computes the tree's three-valued result.

    `name` gives the local variable of a fact, `constant` one that holds a literal, `compare` the text of a comparison.
    """
    if isinstance(node, Const):
        return name("true") if compare and node.value else name("false") if compare else str(TRUE if node.value else FALSE)
    if isinstance(node, Bare):
        return name(node.fact)
    if isinstance(node, Not):
        return f"N[{source(node.of, name, constant, compare)}]"
    if isinstance(node, Many):
        sign = " & " if node.op == "and" else " | "
        return "(" + sign.join(source(part, name, constant, compare) for part in node.parts) + ")"
    return (compare or _compare)(name(node.fact), node.op, constant(node.value))


def _compare(variable: str, op: str, value: str) -> str:
    inner = {"in": f"{variable} in {value}", "has": f"{value} in {variable}"}.get(op, f"{variable} {op} {value}")
    return f"(1 if {variable} is None else 3 if {inner} else 0)"
