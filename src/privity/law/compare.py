"""What changed between two days, or between two books."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from .book import Book
from .rules import Definition, Meanwhile, Privilege, Rule, Section, Version


@dataclass(frozen=True, slots=True)
class Change:
    """One rule, word or presumption that began, ended or reads otherwise."""

    kind: str  # began | ended | changed
    id: str
    cite: str
    plain: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing a book says, as it is compared."""

    says: object
    cite: str = ""
    plain: str = ""


def _here(section: Section, place: str) -> bool:
    return not place or section.law.split(".")[0] in ("us", place.lower())


def _rows(version: Version, suffix: str = "") -> dict[str, Row]:
    rows: tuple[Rule | Definition | Privilege | Meanwhile, ...] = (*version.rules, *version.definitions, *version.privileges, *version.meanwhile)
    return {f"{row.id}{suffix}": Row(row, row.cite, row.plain) for row in rows}


def in_force(book: Book, on: date, place: str = "") -> dict[str, Row]:
    """Return all that is in force on a day, by id: rules, definitions, privileges, what is open meanwhile. A clock of its own counts as that day."""
    found: dict[str, Row] = {}
    for section, version in book.in_force(on, {}):
        if _here(section, place):
            found.update(_rows(version))
    return found


def whole(book: Book, place: str = "") -> dict[str, Row]:
    """Return all that a book says, by name: every version of every section, which law governs, and the words silence is read by."""
    found: dict[str, Row] = {}
    for section in book.sections:
        if _here(section, place):
            for version in section.versions:
                found.update(_rows(version, f" from {version.from_}"))
                found[f"{section.law}.{section.key} from {version.from_}"] = Row((version.from_, version.until), section.citation, "the days it is in force")
    found |= {f"precedence {row.id}": Row(row, row.cite, row.plain) for row in book.precedence}
    found |= {f"fact {name}": Row(fact, "", fact.ask) for name, fact in book.facts.items()}
    found |= {f"group {name}": Row(members, "", "a group of values") for name, members in book.groups.items()}
    found |= {f"words {name}": Row(repr(value), "", "how silence is read, and how values are named") for name, value in book.words.items()}
    return found


def changes(before: Mapping[str, Row], after: Mapping[str, Row]) -> Iterator[Change]:
    """Yield what began, ended or changed, in the order of ids."""
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old is None and new is not None:
            yield Change("began", name, new.cite, new.plain)
        elif new is None and old is not None:
            yield Change("ended", name, old.cite, old.plain)
        elif old != new and new is not None:
            yield Change("changed", name, new.cite, new.plain)
