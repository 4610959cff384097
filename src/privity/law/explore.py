"""What an open answer turns on: exact possible outcomes, the facts that decide, and the order to ask them in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from .facts import TRUE, UNKNOWN
from .plan import Plan

MOST_COMPLETIONS = 4096
NOT_ASKED = ("purpose", "recipient.kind", "information")


@dataclass(frozen=True, eq=False)
class Explored:
    """What completions of the open facts can give. `facts` is worked out when it is looked at."""

    possible: frozenset[str]
    ordered: Callable[[], tuple[str, ...]]
    whole: bool  # False: too many completions were left; `possible` may then be too wide
    grounds: frozenset[str] = frozenset()  # the rules that give the outcome in one completion or another

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts on which the answer turns, best question first."""
        return self.ordered()


def open_facts(plan: Plan, values: Mapping[str, object], lives: tuple[int, ...], strict: frozenset[str] = frozenset()) -> list[str]:
    """Return the facts not known on which an undecided rule can turn, those that touch most rules first."""
    leaves = plan.leaves(strict)
    weight = Counter(chain.from_iterable(leaves[rule.id] for rule, life in zip(plan.rules, lives, strict=True) if life == UNKNOWN))
    if not plan.axis and not plan.axis_for(values):
        weight.setdefault("purpose" if plan.scope.purpose is None and values.get("purpose") is None else "recipient.kind", 1)
    names = [n for n in weight if values.get(n) in (None, UNKNOWN) and n in plan.classes and n != "subject.role"]
    if not plan.conclusions.isdisjoint(names):
        concluded = plan.conclude(values, strict)
        names = [n for n in names if concluded.get(n, UNKNOWN) == UNKNOWN]
    return sorted(names, key=lambda n: (n not in NOT_ASKED, -weight[n], plan.order[n]))


def explore(plan: Plan, values: dict[str, object], strict: frozenset[str], budget: int = MOST_COMPLETIONS) -> Explored:
    """Return what the open facts of a part can still make of its answer.

    Splits on one open fact after the other and stops where three-valued evaluation already decides. The diagram of
    splits is reduced, so that a fact is in it only if some completion of the others makes its answer matter.
    """
    search = _Search(plan, strict, budget)
    top = search.split(dict(values))
    if search.left >= 0:
        outcomes, facts = search.outcomes(top), search.facts(top)
    else:
        flags, lives = plan.run(values, strict)
        outcomes, facts = plan.outcomes(flags, values), set(open_facts(plan, values, lives, strict))
    return Explored(outcomes, lambda: _order(plan, values, strict, facts), search.left >= 0, frozenset(search.grounds))


def may_differ(plan: Plan, values: Mapping[str, object], strict: frozenset[str], outcome: str, budget: int) -> bool:
    """Tell whether some completion gives another outcome than this one, or whether there are too many to tell."""
    search = _Search(plan, strict, budget, only=outcome)
    search.split(dict(values))
    return search.left < 0


class _Search:
    """Builds the reduced diagram: a leaf is an outcome, a node is (fact, children by class). With `only`, it gives up where another outcome shows."""

    def __init__(self, plan: Plan, strict: frozenset[str], budget: int, only: str = "") -> None:
        self.plan, self.strict, self.left, self.only = plan, strict, budget, only
        self.order: list[str] = []
        self.nodes: dict[object, object] = {}
        self.grounds: set[str] = set()

    def split(self, values: dict[str, object]) -> object:
        self.left -= 1
        flags, lives = self.plan.run(values, self.strict)
        outcomes = self.plan.outcomes(flags, values)
        if len(outcomes) == 1:
            (outcome,) = outcomes
            if self.only and outcome != self.only:
                self.left = -1
            self.grounds |= {rule.id for rule, life in zip(self.plan.rules, lives, strict=True) if life == TRUE and rule.says == outcome}
            return outcome
        if self.left < 0:
            return None
        names = open_facts(self.plan, values, lives, self.strict)
        if not names:
            self.left = -1 if self.only else self.left
            return self.unsettled(outcomes)
        # One order for all branches, so that the reduced diagram holds exactly the facts that matter.
        self.order += [name for name in names if name not in self.order]
        name = min(names, key=self.order.index)
        children = []
        for value in self.plan.classes[name]:
            children.append(self.split({**values, name: value}))
            if self.left < 0:
                return None
        if all(child == children[0] for child in children[1:]):
            return children[0]
        node = (name, tuple(children))
        return self.nodes.setdefault(node, node)

    def unsettled(self, outcomes: frozenset[str]) -> object:
        """Return a leaf that stands for several outcomes; only facts outside the vocabulary's reach lead here."""
        return "|".join(sorted(outcomes))

    def outcomes(self, node: object) -> frozenset[str]:
        if isinstance(node, str):
            return frozenset(node.split("|"))
        assert isinstance(node, tuple)
        return frozenset().union(*(self.outcomes(child) for child in node[1]))

    def facts(self, node: object) -> set[str]:
        found: set[str] = set()
        todo, seen = [node], set()
        while todo:
            item = todo.pop()
            if isinstance(item, tuple) and id(item) not in seen:
                seen.add(id(item))
                found.add(item[0])
                todo += item[1]
        return found


def _order(plan: Plan, values: dict[str, object], strict: frozenset[str], facts: set[str]) -> tuple[str, ...]:
    """Return the facts with the question first whose answers leave least open."""

    def rank(name: str) -> tuple[bool, bool, float, float, int]:
        left, undecided = 0, 0
        classes = plan.classes[name]
        for value in classes:
            changed = {**values, name: value}
            flags, lives = plan.run(changed, strict)
            left += len(plan.outcomes(flags, changed)) > 1
            undecided += sum(1 for life in lives if life == UNKNOWN)
        return name not in NOT_ASKED, plan.follows.get(name) in facts, left / len(classes), undecided / len(classes), plan.order[name]

    return tuple(sorted(facts, key=rank))


__all__ = ["TRUE", "Explored", "explore", "open_facts"]
