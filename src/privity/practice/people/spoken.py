"""The vocabulary in the words people use: what a value is called, and how long lists fall into groups of at most nine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from privity.law import Book

MOST_CHOICES = 9
SMALL = {"hipaa": "HIPAA", "hhs": "HHS", "sud": "substance-use", "hiv": "HIV"}
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware",
    "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa",
    "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
    "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
    "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming", "US": "United States",
}  # fmt: skip


WHO = {
    "requester": "whoever asks",
    "client": "the client",
    "front_desk": "the front desk",
    "record": "the record",
    "lawyer": "a lawyer",
    "clinician": "the clinician",
    "privacy_officer": "whoever looks after privacy here",
}


@dataclass(frozen=True)
class Group:
    """Choices that belong together, under one heading."""

    key: str
    label: str
    values: tuple[str, ...]


def entry(book: Book, fact: str, value: str) -> Mapping[str, object]:
    """Return what the vocabulary says about a value: label, group, never; empty where nobody has written it."""
    words = book.words.get("words")
    values = words.get(fact) if isinstance(words, Mapping) else None
    found = values.get(value) if isinstance(values, Mapping) else None
    if isinstance(found, str):
        return {"label": found}
    return cast("Mapping[str, object]", found) if isinstance(found, Mapping) else {}


def label(book: Book, fact: str, value: object) -> str:
    """Return a value in words: `spouse_or_partner` as "A husband, wife or partner"."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value in (None, "unknown"):
        return "Not known now"
    if isinstance(value, (list, tuple, set, frozenset)):
        said = [label(book, fact, one) for one in value]
        return ("; " if any("," in one for one in said) else ", ").join(said) or "None of these"
    return str(entry(book, fact, str(value)).get("label") or plain(str(value)))


def plain(name: str) -> str:
    """Return an identifier as words, for values nobody has put in words yet."""
    words = " ".join(SMALL.get(word, word) for word in name.split("_"))
    return words[:1].upper() + words[1:]


def question_of(book: Book, fact: str) -> str:
    """Return the fact's spoken question."""
    known = book.facts.get(fact)
    return (known.ask if known else "") or plain(fact.replace(".", ": ")) + "?"


def claim_of(fact: str) -> str:
    """Return the fact's name as words."""
    return plain(fact.replace(".", ": "))


def who_knows(who: Iterable[object]) -> str:
    """Return who could know a fact, in words."""
    return listed(WHO.get(str(one), plain(str(one)).lower()) for one in who)


def groups(book: Book, fact: str) -> tuple[Group, ...]:
    """Return the choices of a fact in groups, in the vocabulary's order; one unnamed group where nine or fewer stand."""
    values = book.facts[fact].of
    if len(values) <= MOST_CHOICES - 1:
        return (Group("", "", values),)
    found: dict[str, list[str]] = {}
    for value in _as_worded(book, fact, values):
        found.setdefault(str(entry(book, fact, value).get("group") or ""), []).append(value)
    if set(found) == {""}:
        return tuple(_in_order(book, fact, values))
    return tuple(Group(_key(name), name or "Something else", tuple(members)) for name, members in found.items())


def _as_worded(book: Book, fact: str, values: tuple[str, ...]) -> list[str]:
    """Return the values in the order in which they were put in words; what nobody put in words comes last."""
    words = book.words.get("words")
    order = list(words.get(fact) or ()) if isinstance(words, Mapping) else []
    return sorted(values, key=lambda value: order.index(value) if value in order else len(order))


def _in_order(book: Book, fact: str, values: tuple[str, ...]) -> Iterable[Group]:
    """Yield groups for a list nobody has grouped: as many to a group as keeps both views short."""
    size = max(1, -(-len(values) // (MOST_CHOICES - 1)))
    for start in range(0, len(values), size):
        members = values[start : start + size]
        yield Group(f"part{start}", ", ".join(label(book, fact, member) for member in members), members)


def _key(name: str) -> str:
    return "".join(char if char.isalnum() else "_" for char in name.lower()) or "other"


def state(code: str) -> str:
    """Return a state's name."""
    return STATES.get(code, code)


def listed(words: Iterable[str], joint: str = "or") -> str:
    """Return words as a list in a sentence: a, b or c."""
    said = list(words)
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} {joint} {said[-1]}" if said else ""
