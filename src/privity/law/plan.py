"""A plan: the rules that can touch one kind of question, compiled to one Python function.

A plan is made once for a span of days, places, purpose, recipient and class of information, with all of these worked
into the rules' conditions; it is kept with the book. Its function takes the values of the remaining facts and returns,
for every rule, TRUE, FALSE or UNKNOWN: does it live?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from .combine import Effect, possible
from .expression import ALWAYS, NEVER, Bare, Compare, Const, Node, atoms_of, facts_of, fold, kleene, many, source
from .facts import FALSE, NOT, TRUE, UNKNOWN, Fact
from .rules import BadLaw, Definition, Meanwhile, Precedence, Privilege, Rule

if TYPE_CHECKING:
    from .book import Book
    from .question import Footing

Runner = Callable[[Mapping[str, object], frozenset[str]], tuple[tuple[int, ...], tuple[int, ...]]]
Concluder = Callable[[Mapping[str, object], frozenset[str]], dict[str, int]]
INDEX = ("purpose", "recipient.kind", "information", "subject.role")
COMPELS = "law.compels"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a plan is made for. None stands for not known: then the rules keep the test."""

    on: date
    clocks: tuple[tuple[str, date], ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    purpose: str | None
    recipient: str | None
    information: str | None
    role: str

    def known(self) -> dict[str, object]:
        """Return the index facts this scope fixes."""
        values = zip(INDEX, (self.purpose, self.recipient, self.information, self.role), strict=True)
        return {name: value for name, value in values if value is not None}


@dataclass
class Plan:
    """The compiled rules of a scope."""

    scope: Scope
    axis: str
    rules: tuple[Rule, ...]
    conditions: Mapping[str, Node]
    withdrawers: Mapping[str, tuple[str, ...]]
    definitions: Mapping[str, tuple[Definition, ...]]
    run: Runner
    conclude: Concluder  # the conclusions that a definition works out here, each with its value
    effects: tuple[Effect, ...]
    facts: Mapping[str, Fact]
    precedence: tuple[Precedence, ...]
    privileges: tuple[Privilege, ...]
    meanwhile: tuple[Meanwhile, ...]
    text: str
    builder: Builder
    no_telling: frozenset[str]
    follows: Mapping[str, str]  # facts that are asked only after another
    conclusions: frozenset[str]  # defined facts that are asked as a whole, of somebody who has checked
    _possible: dict[tuple[str, tuple[int, ...]], frozenset[str]] = field(default_factory=dict)
    _leaves: dict[frozenset[str], dict[str, frozenset[str]]] = field(default_factory=dict)

    def outcomes(self, flags: tuple[int, ...], values: Mapping[str, object]) -> frozenset[str]:
        """Return the outcomes the effects' flags leave open."""
        axis = self.axis or self.axis_for(values)
        found = self._possible.get((axis, flags))
        if found is None:
            effects = dict(zip(self.effects, flags, strict=True))
            axes = [axis] if axis else ["access", "telling"]
            found = frozenset().union(*(possible(effects, a, self.precedence) for a in axes))
            self._possible[(axis, flags)] = found
        return found

    def axis_for(self, values: Mapping[str, object]) -> str:
        """Return the axis where the plan leaves purpose or recipient open; empty while it is still open."""
        purpose = self.scope.purpose or values.get("purpose")
        recipient = self.scope.recipient or values.get("recipient.kind")
        return axis_of(self.no_telling, purpose, recipient)

    def leaves(self, strict: frozenset[str] = frozenset()) -> dict[str, frozenset[str]]:
        """Return, for each rule, the facts its life can turn on, definitions worked out to their last facts.

        What a definition merely assumes is worked out too, unless its fact is in `strict`: then that fact itself is open.
        """
        found = self._leaves.get(strict)
        if found is None:
            memo: dict[str, frozenset[str]] = {}
            found = self._leaves[strict] = {rule.id: self._below(rule.id, strict, memo) for rule in self.rules}
        return found

    def _below(self, rule_id: str, strict: frozenset[str], memo: dict[str, frozenset[str]]) -> frozenset[str]:
        if rule_id not in memo:
            found = self.leaf_facts(self.conditions[rule_id], strict)
            for name in self.withdrawers[rule_id]:
                found |= self._below(name, strict, memo)
            memo[rule_id] = frozenset(found)
        return memo[rule_id]

    def leaf_facts(self, node: Node, strict: frozenset[str] = frozenset()) -> set[str]:
        """Return the facts below a tree that no definition gives."""
        return {leaf for name in set(facts_of(node)) for leaf in self._leaf(name, strict)}

    def _leaf(self, name: str, strict: frozenset[str]) -> set[str]:
        if name == COMPELS:
            cone = {below for rule_id in self.mandates for below in self.cone(rule_id)}
            return {leaf for rule_id in cone for leaf in self.leaf_facts(self.conditions[rule_id], strict)}
        definitions = self.definitions.get(name, ())
        if not definitions or name in self.conclusions or (name in strict and any(d.assumed for d in definitions)):
            return {name}
        return {leaf for d in definitions for leaf in self.leaf_facts(d.means, strict)}

    mandates: frozenset[str] = frozenset()
    column_runner: Callable[..., tuple[Any, ...]] | None = None

    def value_of(self, values: Mapping[str, object], strict: frozenset[str], name: str) -> object:
        """Return a fact's value, worked out from its definition where it is not stated."""
        value = values.get(name)
        if self.facts[name].kind != "yes_no":
            return value
        definitions = self.definitions.get(name, ())
        if value in (TRUE, FALSE) or not definitions or (name in strict and any(d.assumed for d in definitions)):
            return UNKNOWN if value is None else value
        result = FALSE
        for definition in definitions:
            result |= kleene(definition.means, lambda below: self.value_of(values, strict, below))
        return result

    def cone(self, rule_id: str) -> set[str]:
        """Return a rule with everything that can withdraw it, and what can withdraw that."""
        found = {rule_id}
        for name in self.withdrawers[rule_id]:
            found |= self.cone(name)
        return found

    @cached_property
    def order(self) -> dict[str, int]:
        """Return each fact's place in the vocabulary."""
        return {name: place for place, name in enumerate(self.facts)}

    @cached_property
    def classes(self) -> dict[str, tuple[object, ...]]:
        """Return, for each fact, one value for every way the plan's tests can tell its values apart."""
        atoms: dict[str, list[Bare | Compare]] = {}
        trees = [*self.conditions.values(), *(d.means for ds in self.definitions.values() for d in ds)]
        if not self.axis:
            trees += [Compare("purpose", "in", self.no_telling), *_AXIS_TESTS]
        for tree in trees:
            for atom in atoms_of(tree):
                atoms.setdefault(atom.fact, []).append(atom)
        return {name: representatives(self.facts[name], found) for name, found in atoms.items() if name != COMPELS}


def representatives(fact: Fact, atoms: list[Bare | Compare]) -> tuple[object, ...]:
    """Return one value of a fact for each pattern of answers that a list of tests can give."""
    from .expression import test

    if fact.kind == "yes_no":
        return (TRUE, FALSE)
    candidates: list[object]
    compares = [atom for atom in atoms if isinstance(atom, Compare)]
    if fact.kind == "one_of":
        candidates = list(fact.of)
    elif fact.kind == "some_of":
        named: set[str] = set()
        for atom in compares:
            named |= {atom.value} if isinstance(atom.value, str) else set(atom.value)  # type: ignore[arg-type]
        members = sorted(named)[:10]
        others = [choice for choice in fact.of if choice not in named][:1]
        candidates = [frozenset()]
        for member in [*members, *others]:
            candidates += [frozenset({*chosen, member}) for chosen in candidates if isinstance(chosen, frozenset)]
    elif fact.kind == "number":
        edges = sorted({float(atom.value) for atom in compares})  # type: ignore[arg-type]
        candidates = [0, *(edge + step for edge in edges for step in (-1, -0.5, 0, 0.5, 1) if edge + step >= 0)]
    else:
        days = sorted({atom.value for atom in compares if isinstance(atom.value, date)})
        candidates = [day + timedelta(days=step) for day in days for step in (-1, 0, 1)] or [date(2000, 1, 1)]
    seen: dict[tuple[int, ...], object] = {}
    for value in candidates:
        seen.setdefault(tuple(test(atom, value) for atom in atoms), value)
    return tuple(seen.values())


MOST_PLANS = 4096


def plan_for(book: Book, asked: Footing, purpose: str | None, recipient: str | None, information: str | None, role: str) -> Plan:
    """Return the plan for a kind of question, made on first use and kept with the book."""
    key = (asked.span, purpose, recipient, information, role)
    found = book.plans.get(key)
    if found is None:
        if len(book.plans) >= MOST_PLANS:
            book.plans.clear()
        scope = Scope(asked.on, tuple(sorted(asked.clocks.items())), asked.places, purpose, recipient, information, role)
        found = book.plans[key] = Builder(book, scope).build()
    assert isinstance(found, Plan)
    return found


class Builder:
    def __init__(self, book: Book, scope: Scope) -> None:
        self.book, self.scope, self.known = book, scope, scope.known()
        self.places = dict(scope.places)
        self.rules: dict[str, Rule] = {}
        self.definitions: dict[str, tuple[Definition, ...]] = {}
        self.privileges: list[Privilege] = []
        self.meanwhile: list[Meanwhile] = []
        self.conditions: dict[str, Node] = {}
        self.withdrawers: dict[str, list[str]] = {}
        self.used: set[str] = set()

    def here(self, place: str, role: str) -> bool:
        return place in ("us", "practice") or place.upper() in self.places.get(role, ())

    def build(self) -> Plan:
        for _, version in self.book.in_force(self.scope.on, dict(self.scope.clocks)):
            self.rules.update({r.id: r for r in version.rules if self.here(r.place, r.attaches_to)})
            for d in version.definitions:
                if self.here(d.place, d.attaches_to):
                    means = Definition(d.id, d.law, d.cite, d.plain, d.defines, fold(d.means, self.known), d.attaches_to, d.assumed, d.checked)  # fmt: skip
                    self.definitions[d.defines] = (*self.definitions.get(d.defines, ()), means)
            self.privileges += [p for p in version.privileges if self.here(p.law.split(".")[0], p.attaches_to)]
            self.meanwhile += [m for m in version.meanwhile if self.here(m.law.split(".")[0], "client_now")]
        for name, found in self.definitions.items():
            # What is merely assumed gives way to what some law in force works out.
            self.definitions[name] = tuple(d for d in found if not d.assumed) or found
        for rule_id in self.rules:
            self.condition(rule_id)
        kept = {i for i, node in self.conditions.items() if node != NEVER}
        self.withdrawers = {i: [] for i in kept}
        for rule_id in sorted(kept):
            rule = self.rules[rule_id]
            for target in {*rule.excepts, *([rule.parent] if rule.parent else [])}:
                if target in kept:
                    self.withdrawers[target].append(rule_id)
        return self.compile(sorted(kept))

    def condition(self, rule_id: str) -> Node:
        """Return when a rule's own terms, and those of what it is an exception to, are met."""
        if rule_id in self.conditions:
            return self.conditions[rule_id]
        rule = self.rules[rule_id]
        parts = [self.index("purpose", rule.about), self.index("recipient.kind", rule.to), self.index("information", rule.of)]
        parts.append(fold(rule.when, self.known))
        if NEVER not in parts and rule.parent:
            parts.append(self.condition(rule.parent) if rule.parent in self.rules else NEVER)
        elif NEVER not in parts and rule.excepts and rule.says not in ("required", "prohibited"):
            parts.append(many("or", [self.condition(t) for t in rule.excepts if t in self.rules]))
        made = many("and", parts)
        self.conditions[rule_id] = made
        return made

    def index(self, fact: str, values: frozenset[str] | None) -> Node:
        if values is None:
            return ALWAYS
        if fact in self.known:
            return Const(self.known[fact] in values)
        return Compare(fact, "in", values)

    def compile(self, kept: list[str]) -> Plan:
        uses = self.uses_compels()
        mandates = frozenset(i for i in kept if self.rules[i].says == "required" and i not in uses)
        writer = Writer(self, mandates)
        for rule_id in kept:
            writer.life(rule_id)
        effects = tuple(sorted({(self.rules[i].says, self.rules[i].law) for i in kept if self.rules[i].says != "silent"}))
        by_effect = {e: [f"n_{writer.number(i)}" for i in kept if (self.rules[i].says, self.rules[i].law) == e] for e in effects}
        flags = "".join(f"({' | '.join(names)}), " for names in by_effect.values())
        lives = "".join(f"n_{writer.number(i)}, " for i in kept)
        drawn = Writer(self, mandates)
        conclusions = self.conclusions()
        values = "".join(f"{name!r}: {drawn.fact(name)}, " for name in sorted(conclusions & set(self.definitions)))
        text, run = writer.function(f"({flags}), ({lives})")
        conclude = drawn.function(f"{{{values}}}")[1]
        purpose = self.scope.purpose
        no_telling = self.book.groups.get("NO_TELLING", frozenset())
        return Plan(
            self.scope, axis_of(no_telling, purpose, self.scope.recipient), tuple(self.rules[i] for i in kept),
            {i: self.conditions[i] for i in kept}, {i: tuple(self.withdrawers[i]) for i in kept}, self.definitions,
            run, conclude, effects, self.book.facts, tuple(self.book.precedence),
            tuple(p for p in self.privileges if p.about is None or purpose in p.about),
            tuple(m for m in self.meanwhile if m.about is None or purpose in m.about), text, self, no_telling,
            self.book.follows, conclusions,
            mandates=mandates,
        )  # fmt: skip

    def conclusions(self) -> frozenset[str]:
        listed = self.book.words.get("conclusions")
        return frozenset(str(name) for name in listed) if isinstance(listed, list) else frozenset()

    def uses_compels(self) -> set[str]:
        """Return the rules in force whose life turns on law.compels by their text, or through a parent or an exception."""
        against: dict[str, list[str]] = {name: [] for name in self.rules}
        for name, rule in self.rules.items():
            for target in {*rule.excepts, rule.parent} & set(self.rules):
                against[target].append(name)
        own: dict[str, bool] = {}
        memo: dict[str, bool] = {}

        def condition_uses(name: str) -> bool:
            if name not in own:
                rule = self.rules[name]
                above = [rule.parent] if rule.parent else [] if rule.says in ("required", "prohibited") else rule.excepts
                own[name] = COMPELS in set(facts_of(rule.when)) or any(condition_uses(n) for n in above if n in self.rules)
            return own[name]

        def uses(name: str) -> bool:
            if name not in memo:
                memo[name] = False
                memo[name] = condition_uses(name) or any(uses(n) for n in against[name])
            return memo[name]

        return {name for name in self.rules if uses(name)}


class Writer:
    """Writes the plan's function: definitions, mandates, law.compels and every rule's life, each before its use."""

    def __init__(self, builder: Builder, mandates: frozenset[str]) -> None:
        self.builder, self.mandates = builder, mandates
        self.lines: list[str] = []
        self.constants: dict[str, object] = {}
        self.names: dict[object, str] = {}
        self.numbers: dict[str, int] = {}
        self.count = 0
        self.compare: Callable[[str, str, str], str] | None = None
        self.done: set[str] = set()
        self.open: list[str] = []

    def number(self, rule_id: str) -> int:
        return self.numbers.setdefault(rule_id, len(self.numbers))

    def constant(self, value: object) -> str:
        key = ("k", type(value).__name__, value)
        if key not in self.names:
            self.names[key] = f"k_{len(self.names)}"
            self.constants[self.names[key]] = value
        return self.names[key]

    def fact(self, name: str) -> str:
        """Return the local variable of a fact, after writing where its value comes from."""
        key = ("v", name)
        if key in self.names:
            return self.names[key]
        if name == COMPELS:
            for rule_id in sorted(self.mandates):
                self.life(rule_id)
            lives = " | ".join(f"n_{self.number(i)}" for i in sorted(self.mandates)) or "0"
            self.names[key] = "compels"
            self.lines.append(f" compels = {lives}")
            return "compels"
        self.count += 1
        variable = f"v_{self.count}"
        quoted = repr(name)
        definitions = self.builder.definitions.get(name, ())
        sources = [self.source(d.means) for d in definitions]
        self.names[key] = variable
        self.load(variable, quoted, self.builder.book.facts[name].kind == "yes_no", sources, any(d.assumed for d in definitions))
        return variable

    def source(self, node: Node) -> str:
        return source(node, self.fact, self.constant, self.compare)

    def function(self, result: str) -> tuple[str, Any]:
        """Return the text of a function of facts' values and of those held strictly, which gives a result, and the function."""
        text = "\n".join(["def run(F, S):", " g = F.get", *self.lines, f" return {result}", ""])
        space: dict[str, object] = {"N": NOT, **self.constants}
        exec(compile(text, "<plan>", "exec"), space)  # noqa: S102  (our own text, made only of numbered names)
        return text, space["run"]

    def load(self, variable: str, quoted: str, yes_no: bool, sources: list[str], assumed: bool) -> None:
        """Write the line that fetches a fact's value, and works out its definition where it is not stated."""
        if not yes_no:
            self.lines.append(f" {variable} = g({quoted})")
            return
        self.lines.append(f" {variable} = g({quoted}, 1)")
        if sources:
            guard = f" and {quoted} not in S" if assumed else ""
            self.lines.append(f" if {variable} == 1{guard}: {variable} = {' | '.join(sources)}")

    def life(self, rule_id: str) -> None:
        """Write the life of a rule, after the lives of what withdraws it."""
        if rule_id in self.done:
            return
        if rule_id in self.open:
            raise BadLaw(f"rules turn on each other in a circle: {' -> '.join([*self.open, rule_id])}")
        self.open.append(rule_id)
        withdrawers = self.builder.withdrawers[rule_id]
        for name in withdrawers:
            self.life(name)
        text = self.source(self.builder.conditions[rule_id])
        if withdrawers:
            text = f"{text} & N[{' | '.join(f'n_{self.number(i)}' for i in withdrawers)}]"
        self.lines.append(f" n_{self.number(rule_id)} = {text}")
        self.open.pop()
        self.done.add(rule_id)


_AXIS_TESTS = (Compare("purpose", "in", frozenset({"client_access"})), Compare("recipient.kind", "in", frozenset({"client"})))


def axis_of(no_telling: frozenset[str], purpose: object, recipient: object) -> str:
    """Return access for the client's own rights, telling for the rest, and nothing while that is open."""
    if purpose is None:
        return ""
    if purpose in no_telling:
        return "access"
    if purpose == "client_access":
        return "" if recipient is None else "access" if recipient == "client" else "telling"
    return "telling"
