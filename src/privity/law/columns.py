"""decide_many: one question over columns of facts, all cases at once.

A column of n cases is held as big integers, one bit a case: Python's own `&`, `|` and `^` then work on 64 cases in one
machine step. A three-valued column is a pair: bits that are true, and bits that are not false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .book import Book
from .combine import leans_on_silence
from .expression import _ORDER
from .facts import FALSE, TRUE, UNKNOWN, BadQuestion, Value, read_value
from .plan import Plan, Writer, plan_for
from .question import Question
from .silence import presumptions


class Bits:
    """A three-valued column: `true` has the bits that are true, `maybe` those that are not false."""

    __slots__ = ("maybe", "true")

    def __init__(self, true: int, maybe: int) -> None:
        self.true, self.maybe = true, maybe

    def __and__(self, other: Bits) -> Bits:
        return Bits(self.true & other.true, self.maybe & other.maybe)

    def __or__(self, other: Bits) -> Bits:
        return Bits(self.true | other.true, self.maybe | other.maybe)

    def or_else(self, other: Bits) -> Bits:
        """Return this column, and the other where this one is not known."""
        open_ = self.maybe & ~self.true
        return Bits(self.true | (open_ & other.true), self.true | (open_ & other.maybe))


class Inverter:
    """`N[column]`: true where it is false."""

    def __init__(self, ones: int) -> None:
        self.ones = ones

    def __getitem__(self, column: Bits) -> Bits:
        return Bits(self.ones ^ column.maybe, self.ones ^ column.true)


@dataclass(frozen=True)
class Columns:
    """Facts of many cases: for each fact and each value, the cases that have it."""

    count: int
    values: Mapping[str, Mapping[object, int]]

    @classmethod
    def of(cls, book: Book, rows: Mapping[str, Sequence[object]]) -> Columns:
        """Return columns packed from one list of values a fact. Raises BadQuestion on a wrong name, type or length."""
        lengths = {len(values) for values in rows.values()}
        if len(lengths) != 1:
            raise BadQuestion("columns: every fact needs one value for each case")
        packed = {}
        for name, values in rows.items():
            if name not in book.facts:
                raise BadQuestion(f"columns: there is no fact {name}")
            packed[name] = _pack(read_value(book.facts[name], value) for value in values)
        return cls(lengths.pop(), packed)


def _pack(values: Iterable[object]) -> dict[object, int]:
    places: dict[object, list[int]] = {}
    for place, value in enumerate(values):
        if value is not None:
            places.setdefault(value, []).append(place)
    packed = {}
    for value, found in places.items():
        bits = bytearray(found[-1] // 8 + 1)
        for place in found:
            bits[place >> 3] |= 1 << (place & 7)
        packed[value] = int.from_bytes(bits, "little")
    return packed


@dataclass(frozen=True)
class Answers:
    """For each outcome the cases that have it, and for each rule the cases where it decides."""

    count: int
    outcomes: Mapping[str, int]
    deciding: Mapping[str, int]

    def outcome_of(self, case: int) -> str:
        """Return one case's outcome."""
        return next(name for name, bits in self.outcomes.items() if bits >> case & 1)


class _ColumnWriter(Writer):
    def __init__(self, builder: object, mandates: frozenset[str]) -> None:
        super().__init__(builder, mandates)  # type: ignore[arg-type]
        self.names[("v", "true")], self.names[("v", "false")] = "ALL", "NONE"
        self.compare = lambda variable, op, value: f"C({variable}, {op!r}, {value})"

    def load(self, variable: str, quoted: str, yes_no: bool, sources: list[str], assumed: bool) -> None:
        self.lines.append(f" {variable} = g({quoted})")
        if yes_no and sources:
            self.lines.append(f" {variable} = {variable}.or_else({' | '.join(sources)})")


def decide_many(book: Book, question: Question, columns: Columns) -> Answers:
    """Return the answers for many cases that share a question's purpose, recipient, class, places and day.

    Facts of the question hold for every case unless a column gives them. A case that three-valued evaluation leaves open is
    `unknown` here, even where trying its completions would settle it. Raises BadQuestion.
    """
    if derived := sorted({"client.born", "client.died"} & set(columns.values)):
        raise BadQuestion(f"columns: {derived[0]} is worked out case by case; give what follows from it, as client.age")
    prepared = question.prepared(book)
    of = prepared.parts[0]
    stated: dict[str, Value | None] = {**prepared.facts, **dict.fromkeys(columns.values)}
    plan = plan_for(book, of.footing, of.purpose, of.recipient, of.information, of.role)
    ones = (1 << columns.count) - 1
    run = _column_runner(plan)
    lives = run(_Loader(plan, {**presumptions(book, stated), **of.values}, columns, ones), Inverter(ones), Bits(ones, ones), Bits(0, 0), _comparer(ones))
    return _answers(plan, lives, columns.count, ones, unheld=bool(of.footing.unheld))


class _Loader:
    def __init__(self, plan: Plan, values: Mapping[str, object], columns: Columns, ones: int) -> None:
        self.plan, self.values, self.columns, self.ones = plan, values, columns, ones

    def __call__(self, name: str) -> object:
        yes_no = self.plan.facts[name].kind == "yes_no"
        if name in self.columns.values:
            column = self.columns.values[name]
            if not yes_no:
                return column
            true = column.get(True, 0)
            return Bits(true, self.ones ^ column.get(False, 0))
        value = self.values.get(name)
        if not yes_no:
            return {} if value is None else {value: self.ones}
        return {TRUE: Bits(self.ones, self.ones), FALSE: Bits(0, 0)}.get(value, Bits(0, self.ones))  # type: ignore[call-overload]


def _comparer(ones: int) -> object:
    def compare(column: Mapping[object, int], op: str, value: object) -> Bits:
        true = known = 0
        for held, bits in column.items():
            known |= bits
            if held in value if op == "in" else value in held if op == "has" else _ORDER[op](held, value):  # type: ignore[operator]
                true |= bits
        return Bits(true, true | (ones ^ known))

    return compare


def _column_runner(plan: Plan) -> Callable[..., tuple[Bits, ...]]:
    if plan.column_runner is None:
        writer = _ColumnWriter(plan.builder, plan.mandates)
        for rule in plan.rules:
            writer.life(rule.id)
        lives = "".join(f"n_{writer.number(rule.id)}, " for rule in plan.rules)
        text = "\n".join(["def run(g, N, ALL, NONE, C):", *(line.replace("compels = 0", "compels = NONE") for line in writer.lines), f" return ({lives})", ""])
        space: dict[str, object] = dict(writer.constants)
        exec(compile(text, "<columns>", "exec"), space)  # noqa: S102  (our own text, made only of numbered names)
        plan.column_runner = space["run"]  # type: ignore[assignment]
    assert plan.column_runner is not None
    return plan.column_runner


def _answers(plan: Plan, lives: tuple[Bits, ...], count: int, ones: int, *, unheld: bool) -> Answers:
    by_effect = {effect: Bits(0, 0) for effect in plan.effects}
    for rule, life in zip(plan.rules, lives, strict=True):
        if rule.says != "silent":
            by_effect[(rule.says, rule.law)] = by_effect[(rule.says, rule.law)] | life
    outcomes: dict[str, int] = {}

    def split(number: int, flags: tuple[int, ...], cases: int) -> None:
        if not cases:
            return
        if number == len(plan.effects):
            found = plan.outcomes(flags, {})
            name = next(iter(found)) if len(found) == 1 else "unknown"
            if unheld and leans_on_silence(name, dict(zip(plan.effects, flags, strict=True))):
                name = "unknown"
            outcomes[name] = outcomes.get(name, 0) | cases
            return
        column = by_effect[plan.effects[number]]
        split(number + 1, (*flags, TRUE), cases & column.true)
        split(number + 1, (*flags, UNKNOWN), cases & column.maybe & ~column.true)
        split(number + 1, (*flags, FALSE), cases & ~column.maybe)

    split(0, (), ones)
    wanted = {"required": {"required"}, "permitted": {"permitted"}, "with_authorization": {"with_authorization"}, "prohibited": {"prohibited"}}
    deciding = {}
    for rule, life in zip(plan.rules, lives, strict=True):
        bits = 0
        for outcome, says in wanted.items():
            if rule.says in says:
                bits |= outcomes.get(outcome, 0) & life.true
        if bits:
            deciding[rule.id] = bits
    return Answers(count, outcomes, deciding)
