"""The words of an answer: what each outcome is called, how a text of law is known, and days, places and sentences as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from privity.law import Book
from privity.practice.people.models import Practice
from privity.practice.people.spoken import listed, state

from .dialogue import ELSEWHERE, NOT_KNOWN

Row = dict[str, Any]
STYLE = {
    "required": "is-required",
    "permitted": "is-permitted",
    "with_authorization": "is-signature",
    "prohibited": "is-prohibited",
    "unknown": "is-unknown",
    "conflict": "is-conflict",
    "in_part": "is-conflict",
}
WORD = {
    "required": "You must tell",
    "permitted": "You may tell",
    "with_authorization": "Only with a signature",
    "prohibited": "No",
    "unknown": "Need to know more",
    "conflict": "Two laws disagree",
    "in_part": "Different answers",
}
SHORT = {
    "required": "must",
    "permitted": "may",
    "with_authorization": "only with a signature",
    "prohibited": "no",
    "conflict": "a clash of two laws",
    "unknown": "still open",
    "in_part": "part of it opens",
}
MUST = {
    "client_access": "You must give it",
    "client_request": "You must send it",
    "avert_threat": "You must act",
    "breach_notice": "You must tell them",
    "report_child_abuse": "You must report",
    "report_adult_abuse": "You must report",
    "report_injury": "You must report",
    "report_firearm_threat": "You must report",
}
THEN = {"required": "you must tell", "permitted": "you may tell"}
KNOWN = {"official": "read in the law’s text", "secondary": "from a secondary source", "memory": "from memory, not yet checked"}
READ_AS = {"official": "read in the law’s text", "secondary": "read in a secondary source"}


@dataclass(frozen=True)
class Known:
    """How a text of law is known: the mark and its words."""

    against: str
    words: str


def word_of(book: Book, outcome: str, purpose: str) -> str:
    """Return the one word of an answer."""
    telling = purpose not in book.groups.get("NO_TELLING", frozenset())
    if outcome == "required":
        return MUST.get(purpose, "You must tell" if telling else "You must act")
    return "You may" if outcome == "permitted" and not telling else WORD[outcome]


def possible_of(outcomes: Iterable[str]) -> str:
    """Return the outcomes still possible, as words: `must, may or no`."""
    order = ("required", "permitted", "with_authorization", "conflict", "prohibited")
    left = set(outcomes)
    return listed(SHORT[one] for one in order if one in left)


def known_of(checked: Mapping[str, str]) -> Known:
    """Return how a rule's text is known."""
    against = checked["against"]
    on = f", {day(checked['on'])}" if against == "official" and checked["on"] else ""
    return Known(against, KNOWN[against] + on)


def reason_of(row: Row) -> Row:
    """Return one reason with its mark."""
    return {**row, "plain": sentence(row["plain"]), "known": known_of(row["checked"]), "linked": not row["id"].startswith("engine.")}


def place_word(place: str) -> str:
    """Return where the client is, as a page says it."""
    return {"": "", ELSEWHERE: "another state", NOT_KNOWN: "a place you do not know"}.get(place) or state(place) if place else ""


def place_note(practice: Practice, place: str) -> str:
    """Return what an answer says of a place whose law it cannot name."""
    home = listed(map(state, practice.states), "and")
    if place == ELSEWHERE:
        return (
            "Privity does not hold the law of the state where the client is. This is federal law, with the law that comes with your license in "
            f"{home}. That state may ask more of you, or allow less."
        )
    if place == NOT_KNOWN:
        return f"You do not know where the client is, so the law of {home} is taken together with federal law."
    others = [code for code in practice.states if code != place]
    if place and others:
        return f"The law of {listed(map(state, others), 'and')} is read as well, because your practice is at home there."
    return ""


def places_of(places: Mapping[str, list[str]]) -> str:
    """Return the places whose law was applied."""
    states = sorted({one for states in places.values() for one in states})
    return ", ".join(["United States", *(state(one) for one in states)])


def sentence(text: str) -> str:
    """Return a text as a sentence with its stop."""
    text = text.strip()
    text = text[:1].upper() + text[1:]
    return text if not text or text[-1] in ".?!" else f"{text}."


def day(text: str) -> str:
    """Return an ISO day as `Nov 24, 2026`."""
    if not text:
        return ""
    on = date.fromisoformat(text[:10])
    return f"{on:%b} {on.day}, {on.year}"


def moment(text: str) -> str:
    """Return an ISO day or moment with its weekday: `Tue, Nov 24, 2026, 5:06 pm`."""
    if len(text) == 10:
        return f"{date.fromisoformat(text):%a}, {day(text)}"
    at = datetime.fromisoformat(text)
    clock = f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"
    return f"{at:%a}, {day(text)}, {clock}"
