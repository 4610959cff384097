"""What changed between two days, or between two books."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .book import Book
from .rules import Definition, Rule


@dataclass(frozen=True, slots=True)
class Change:
    """One rule that began, ended or reads otherwise."""

    kind: str  # began | ended | changed
    id: str
    cite: str
    plain: str


def in_force(book: Book, on: date, place: str = "") -> dict[str, Rule | Definition]:
    """Return every rule and definition in force on a day, by id; a clock of its own counts as that day."""
    found: dict[str, Rule | Definition] = {}
    for section, version in book.in_force(on, {}):
        if not place or section.law.split(".")[0] in ("us", place.lower()):
            found.update({rule.id: rule for rule in version.rules})
            found.update({definition.id: definition for definition in version.definitions})
    return found


def changes(before: dict[str, Rule | Definition], after: dict[str, Rule | Definition]) -> Iterator[Change]:
    """Yield what began, ended or changed, in the order of ids."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None and new is not None:
            yield Change("began", name, new.cite, new.plain)
        elif new is None and old is not None:
            yield Change("ended", name, old.cite, old.plain)
        elif old != new and new is not None:
            yield Change("changed", name, new.cite, new.plain)
