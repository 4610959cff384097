"""decide: may, must or must not this be told to this recipient for this purpose?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from .book import Book
from .combine import OUTCOMES, Settled, leans_on_silence, settle
from .explore import MOST_COMPLETIONS, Explored, explore
from .facts import TRUE
from .plan import Plan, plan_for
from .question import PartOf, Question
from .rules import Rule

ORDER = ("required", "prohibited", "conflict", "unknown", "with_authorization", "permitted")
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Part:
    """The answer for one class of information about one person."""

    of: PartOf
    plan: Plan
    values: dict[str, object]
    strict: frozenset[str]
    flags: tuple[int, ...]
    lives: tuple[int, ...]
    outcome: str
    possible: frozenset[str]
    explored: Explored | None

    @cached_property
    def living(self) -> tuple[Rule, ...]:
        """The rules that certainly live."""
        return tuple(rule for rule, life in zip(self.plan.rules, self.lives, strict=True) if life == TRUE)

    @cached_property
    def either(self) -> tuple[Rule, ...]:
        """Rules of which one or another gives the outcome, whatever the open facts turn out to be; none where one certainly does."""
        if self.outcome == "unknown" or self.explored is None or any(rule.says == self.outcome for rule in self.living):
            return ()
        return tuple(rule for rule in self.plan.rules if rule.id in self.explored.grounds)

    @cached_property
    def settled(self) -> Settled:
        """How the certainly living rules combine: the precedence used, and a policy that was overruled."""
        effects = frozenset((r.says, r.law) for r in self.living if r.says != "silent")
        return settle(effects, self.plan.axis or self.plan.axis_for(self.values) or "telling", self.plan.precedence)

    @cached_property
    def deciding(self) -> tuple[Rule, ...]:
        """The rules that give the outcome: mandates, or restrictions, or what opened the way."""
        wanted = {
            "required": ("required", "permitted"),
            "permitted": ("permitted",),
            "with_authorization": ("with_authorization",),
            "prohibited": ("prohibited",),
            "conflict": ("required", "prohibited", "with_authorization"),
        }.get(self.outcome, ())
        if self.outcome == "required" and self.plan.axis == "access":
            wanted = ("required",)
        found = [rule for says in wanted for rule in self.living if rule.says == says]
        if not any(rule.says == self.outcome for rule in found):
            found += self.either
        if self.settled.precedence and self.outcome in ("with_authorization", "prohibited"):
            found += [rule for rule in self.living if rule.says == "required"]
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Decision:
    """The answer to a question. `outcome` is there at once; everything else is worked out when it is looked at."""

    book: Book
    question: Question
    outcome: str
    parts: tuple[Part, ...]
    assume: bool = True

    def to_dict(self, *, change: bool = False) -> dict[str, object]:
        """Return the decision as plain data: the JSON form of the contract."""
        from .explain import decision_dict

        return decision_dict(self, change=change)

    @property
    def ask(self) -> list[dict[str, object]]:
        """The facts that would settle an open answer, best question first."""
        from .explain import asked

        return asked(self)


def decide(book: Book, question: Question, *, assume: bool = True, budget: int = MOST_COMPLETIONS) -> Decision:
    """Return the decision on a question by a book of law.

    Reads no clock, network, database or setting. With `assume=False` nothing is presumed. Raises BadQuestion.
    """
    prepared = question.prepared(book)
    strict = NOTHING if assume else frozenset(book.definitions)
    parts = []
    for of in prepared.parts:
        plan = plan_for(book, of.footing, of.purpose, of.recipient, of.information, of.role)
        parts.append(judge(plan, of, {**of.presumed, **of.values} if assume else of.values, strict, budget))
    outcomes = {part.outcome for part in parts}
    outcome = outcomes.pop() if len(outcomes) == 1 else "in_part"
    if len(parts) > 1:
        parts.sort(key=lambda p: (ORDER.index(p.outcome), p.of.about, p.of.item))
    return Decision(book, question, outcome, tuple(parts), assume)


def judge(plan: Plan, of: PartOf, values: dict[str, object], strict: frozenset[str], budget: int) -> Part:
    """Return the answer for one part: open where it leans on the silence of law that the book does not hold."""
    part = _judge(plan, of, values, strict, budget)
    if not of.footing.unheld:
        return part
    flags = dict(zip(plan.effects, part.flags, strict=True))
    if any(leans_on_silence(outcome, flags) for outcome in part.possible):
        facts = part.explored.facts if part.explored is not None and part.outcome == "unknown" else ()
        return replace(part, outcome="unknown", possible=OUTCOMES, explored=Explored(OUTCOMES, lambda: facts, False))
    return part


def _judge(plan: Plan, of: PartOf, values: dict[str, object], strict: frozenset[str], budget: int) -> Part:
    flags, lives = plan.run(values, strict)
    outcomes = plan.outcomes(flags, values)
    if of.asked_back:
        return Part(of, plan, values, strict, flags, lives, "unknown", outcomes, Explored(outcomes, lambda: ("purpose",), False))
    if len(outcomes) == 1:
        (outcome,) = outcomes
        return Part(of, plan, values, strict, flags, lives, outcome, outcomes, None)
    explored = explore(plan, values, strict, budget) if budget else None
    if explored is not None:
        outcomes = explored.possible
    outcome = next(iter(outcomes)) if len(outcomes) == 1 else "unknown"
    return Part(of, plan, values, strict, flags, lives, outcome, outcomes, explored)
