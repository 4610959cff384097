"""What an answer leans on: whatever was taken as so because nobody said otherwise, and without which it could be another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .explore import may_differ
from .facts import FALSE, TRUE
from .replay import Data
from .silence import PRESUMED_HERE

if TYPE_CHECKING:
    from .decide import Decision, Part


def assumptions(decision: Decision) -> list[Data]:
    """Return the presumptions the answer leans on: what was taken as so because nobody said otherwise; and law of a day that is not held."""
    found: dict[str, Data] = {}
    prepared = decision.question.prepared(decision.book)
    if unheld := prepared.footing.unheld:
        begins = " and ".join(f"{place} before {decision.book.begins[place]}" for place in unheld)
        found["on"] = {
            "fact": "on", "value": decision.question.on.isoformat(), "plain": f"The book holds no law of {begins}",
            "reason": "law that it does not hold may have required, allowed or forbidden this",
        }  # fmt: skip
    if not decision.assume:
        return list(found.values())
    if not any(decision.question.places.values()):
        found["places"] = {
            "fact": "places", "value": [], "plain": "Only federal law was applied, because no state was named",
            "reason": "a state's law may be stricter",
        }  # fmt: skip
    matter = sorted({part.of.information for part in decision.parts if part.of.information})
    if matter and "information" not in prepared.facts and not decision.question.items:
        found["information"] = {
            "fact": "information", "value": matter, "plain": "The question is taken to be about the facts of the matter itself, not the record",
            "reason": "it names no information",
        }  # fmt: skip
    for role, states in decision.question.places.items():
        if missing := sorted(set(states) - set(decision.book.states)):
            found[f"places.{role}"] = {
                "fact": f"places.{role}", "value": missing, "plain": f"The book holds no law of {', '.join(missing)}; the law at home was applied",
                "reason": "that law may ask for more" if role == "client_home" else "a paper from another state binds only through the law of this one",
            }  # fmt: skip
    for part in decision.parts:
        presumed = {name: value for name, value in part.of.presumed.items() if name in part.plan.classes and name not in part.of.values}
        assumed = {
            name: definitions for name, definitions in part.plan.definitions.items()
            if any(d.assumed for d in definitions) and part.values.get(name) not in (TRUE, FALSE)
        }  # fmt: skip
        for name in _turned_on(part, [name for name in (*presumed, *assumed) if name not in found], frozenset(assumed)):
            fact = decision.book.facts[name]
            if name in presumed:
                value = presumed[name]
                shown: object = value == TRUE if fact.is_ == "yes_no" else sorted(value) if isinstance(value, frozenset) else str(value)
                found[name] = {"fact": name, "value": shown, "plain": fact.ask, "reason": PRESUMED_HERE.get(name, fact.reason)}
            else:
                taken, reason_ = part.plan.value_of(part.values, part.strict, name), "; ".join(d.plain for d in assumed[name] if d.plain)
                found[name] = {"fact": name, "value": taken == TRUE, "plain": fact.ask, "reason": reason_}
    return [found[name] for name in sorted(found)]


def _turned_on(part: Part, names: Sequence[str], assumed: frozenset[str]) -> Iterator[str]:
    """Yield those of the names taken as so without which the answer could differ; `assumed` are those that a definition only assumes.

    Whatever cannot differ without all of them cannot differ without one: they are doubted together, and by halves only where that makes a difference.
    """
    if not names or not _differs_without(part, frozenset(names), assumed):
        return
    if len(names) == 1:
        yield names[0]
        return
    middle = len(names) // 2
    yield from _turned_on(part, names[:middle], assumed)
    yield from _turned_on(part, names[middle:], assumed)


def _differs_without(part: Part, doubted: frozenset[str], assumed: frozenset[str]) -> bool:
    values, strict = {name: value for name, value in part.values.items() if name not in doubted}, part.strict | (doubted & assumed)
    flags, _ = part.plan.run(values, strict)
    if part.outcome == "unknown":
        return flags != part.flags
    if part.plan.outcomes(flags, values) == {part.outcome}:
        return False
    return may_differ(part.plan, values, strict, part.outcome, budget=48)
