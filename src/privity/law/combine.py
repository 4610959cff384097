"""Several laws' answers into one: the strictest for telling, the most open for the client's own, and precedence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from .facts import TRUE, UNKNOWN
from .rules import Precedence

OUTCOMES = frozenset({"required", "permitted", "with_authorization", "prohibited", "conflict"})
STRICTEST = ("prohibited", "with_authorization")
Effect = tuple[str, str]  # what a living rule says, and the law it belongs to


@dataclass(frozen=True, slots=True)
class Settled:
    """An outcome, the precedence rules that were needed for it, and what a practice's own rule said in vain."""

    outcome: str
    precedence: tuple[str, ...] = ()
    policy_overruled: bool = False


def governs(precedence: Iterable[Precedence], restriction: str, mandate: str) -> tuple[str, str]:
    """Return ('restriction' | 'mandate' | '', id): which law prevails where one forbids what another requires."""
    for rule in precedence:
        if rule.restricts and _covers(rule.restricts, restriction) and _covers(rule.over, mandate):
            return "restriction", rule.id
        if rule.mandate and _covers(rule.mandate, mandate) and _covers(rule.over_restriction, restriction):
            return "mandate", rule.id
    return "", ""


def _covers(pattern: str, law: str) -> bool:
    if pattern == "state":
        return not law.startswith(("us.", "practice."))
    return law == pattern or law.startswith(pattern + ".")


def settle(effects: frozenset[Effect], axis: str, precedence: tuple[Precedence, ...]) -> Settled:
    """Return the answer that living rules give together. Nothing living gives `prohibited`: no law permits it."""
    law_effects = [e for e in effects if not e[1].startswith("practice.")]
    policy = {says for says, law in effects if law.startswith("practice.")}
    base = _access(law_effects) if axis == "access" else _telling(law_effects, precedence)
    stricter = [says for says in STRICTEST if says in policy]
    if not stricter or base.outcome in ("prohibited", "conflict"):
        return base
    if axis == "access" or base.outcome == "required":
        return Settled(base.outcome, base.precedence, policy_overruled=True)
    if base.outcome == "with_authorization" and stricter[0] == "with_authorization":
        return base
    return Settled(stricter[0], base.precedence)


def _access(effects: Iterable[Effect]) -> Settled:
    says = {said for said, _ in effects}
    for outcome in ("required", "permitted", "with_authorization"):
        if outcome in says:
            return Settled(outcome)
    return Settled("prohibited")


def _telling(effects: Iterable[Effect], precedence: tuple[Precedence, ...]) -> Settled:
    mandates = sorted(law for said, law in effects if said == "required")
    restrictions = [(said, law) for said, law in effects if said in STRICTEST]
    if not mandates:
        words = {said for said, _ in restrictions}
        for outcome in STRICTEST:
            if outcome in words:
                return Settled(outcome)
        return Settled("permitted" if any(said == "permitted" for said, _ in effects) else "prohibited")
    used: set[str] = set()
    standing: set[str] = set()
    disputed = False
    for said, law in restrictions:
        verdicts = [governs(precedence, law, mandate) for mandate in mandates]
        used |= {name for _, name in verdicts if name}
        if any(winner == "mandate" for winner, _ in verdicts):
            continue
        if all(winner == "restriction" for winner, _ in verdicts):
            standing.add(said)
        else:
            disputed = True
    if standing:
        return Settled("prohibited" if "prohibited" in standing else "with_authorization", tuple(sorted(used)))
    return Settled("conflict" if disputed else "required", tuple(sorted(used)))


def leans_on_silence(outcome: str, flags: Mapping[Effect, int]) -> bool:
    """Tell whether law that is not held could change an outcome by its mere words: nothing held permits it, or nothing held forbids it."""
    forbidden = any(flag == TRUE for (says, _), flag in flags.items() if says == "prohibited")
    return outcome == "permitted" or (outcome == "prohibited" and not forbidden)


def possible(flags: Mapping[Effect, int], axis: str, precedence: tuple[Precedence, ...], most: int = 4096) -> frozenset[str]:
    """Return every outcome that effects known to live, or perhaps living, can still give together."""
    certain = frozenset(effect for effect, flag in flags.items() if flag == TRUE)
    open_ = sorted(effect for effect, flag in flags.items() if flag == UNKNOWN)
    if 2 ** len(open_) > most:
        return OUTCOMES
    found = set()
    for choice in product((False, True), repeat=len(open_)):
        chosen = frozenset(effect for effect, yes in zip(open_, choice, strict=True) if yes)
        found.add(settle(certain | chosen, axis, precedence).outcome)
    return frozenset(found)
