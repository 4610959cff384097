"""A question while it is being asked: what has been said so far, and what to ask next.

INVARIANT: what was said lives in the page's own form and comes back with it. Nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from privity.law import BadQuestion, Book, Decision, Question, decide
from privity.law.facts import nearest, read_value
from privity.practice.people.models import Practice

STARTERS = ("recipient.kind", "purpose", "information")
PLACE = "place"
ELSEWHERE = "elsewhere"  # a state whose law the book does not hold
NOT_KNOWN = "unknown"
PLACES_APART = (ELSEWHERE, NOT_KNOWN)
MOST_QUESTIONS = 12  # what `privity law check` lets a dialogue cost at most
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Asked:
    """What has been said so far, in order: where the client is, and facts."""

    place: str = ""
    facts: tuple[tuple[str, object], ...] = ()

    @property
    def known(self) -> dict[str, object]:
        """The facts by name."""
        return dict(self.facts)

    def with_fact(self, name: str, value: object) -> Asked:
        """Return this with a fact said, or said anew in its old place."""
        if name in self.known:
            return replace(self, facts=tuple((n, value if n == name else v) for n, v in self.facts))
        return replace(self, facts=(*self.facts, (name, value)))

    def without(self, name: str) -> Asked:
        """Return this with a fact taken back."""
        return replace(self, facts=tuple((n, v) for n, v in self.facts if n != name))

    def hidden(self) -> list[str]:
        """Return the facts as the form carries them."""
        return [f"{name}={_written(value)}" for name, value in self.facts]


def read_asked(book: Book, place: str, given: Iterable[str]) -> Asked:
    """Return what a form says was said so far. Raises BadQuestion on a name or value the vocabulary does not have."""
    if place and place not in book.states:
        raise BadQuestion(f"the book holds no law of {place[:20]!r}")
    asked = Asked(place)
    for row in given:
        name, _, text = row.partition("=")
        asked = asked.with_fact(name, read_reply(book, name, text.split(",") if text else []))
    return asked


def read_reply(book: Book, name: str, texts: list[str]) -> object:
    """Return a reply as the fact's plain value; `unknown` stands for "I don't know". Raises BadQuestion."""
    fact = book.facts.get(name)
    if fact is None:
        raise BadQuestion(f"there is no fact {name[:60]}{nearest(name, book.facts)}")
    if texts == [UNKNOWN]:
        return UNKNOWN
    if fact.is_ == "some_of":
        chosen = [text for text in texts if text not in ("none", UNKNOWN)]
        read_value(fact, chosen)
        return chosen
    text = texts[0] if texts else ""
    value = read_value(fact, text.strip())
    if isinstance(value, frozenset):
        return sorted(value)
    return text.strip() if isinstance(value, (date, datetime)) else value


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(map(str, value)) or "none" if isinstance(value, (list, tuple)) else str(value)


def places(practice: Practice, place: str) -> object:
    """Return the question's places: the client where said, the rest where the practice is."""
    if not place:
        return list(practice.states)
    everywhere = sorted({place, *practice.states})
    return {"client_now": [place], "client_home": everywhere, "clinician_licence": everywhere, "practice": list(practice.states)}


def question_of(practice: Practice, asked: Asked, on: date) -> Question:
    """Return the engine's question. Raises BadQuestion."""
    return Question.from_dict({"on": on, "places": places(practice, asked.place), "facts": {**practice.facts(), **asked.known}})


def starters(book: Book, asked: Asked) -> list[str]:
    """Return which of who, what for and about what have still to be said."""
    known = asked.known
    matter = book.words.get("matter")
    settled = known.get("purpose") in book.groups.get("NO_TELLING", frozenset()) or (isinstance(matter, Mapping) and known.get("purpose") in matter)
    return [name for name in STARTERS if name not in known and not (name == "information" and settled)]


@dataclass(frozen=True)
class Standing:
    """Where the dialogue stands: the decision so far, and what is still to be asked."""

    asked: Asked
    decision: Decision
    open_: tuple[str, ...]
    needs_place: bool

    @property
    def asked_back(self) -> bool:
        """True while the purpose that was said does not fit who asks: it is asked again, however often it is said."""
        return self.decision.parts[0].of.asked_back

    @property
    def is_open(self) -> bool:
        """True while there is a question to ask."""
        return self.needs_place or bool(self.open_)

    @property
    def number(self) -> int:
        """The number of the question to be asked now."""
        return len(self.asked.facts) + 1

    @property
    def most(self) -> int:
        """The most questions this dialogue can still come to."""
        return max(self.number, len(self.asked.facts) + len(self.open_))


def stand(book: Book, practice: Practice, asked: Asked, on: date) -> Standing:
    """Return where the dialogue stands. Raises BadQuestion."""
    first = starters(book, asked)
    # While it is not said who asks, what for and about what, every law is open: exploring them would cost time and tell nothing.
    decision = decide(book, question_of(practice, asked, on), **({"budget": 0} if first else {}))  # type: ignore[arg-type]
    needs_place = not asked.place and len(practice.states) > 1
    if decision.parts[0].of.asked_back:
        return Standing(asked, decision, ("purpose",), needs_place=False)
    if first:
        later = [f"later.{number}" for number in range(MOST_QUESTIONS - len(STARTERS))]
        return Standing(asked, decision, (*first, *later) if "purpose" in first else tuple(first), needs_place)
    wanted = [str(row["fact"]) for row in decision.ask if row["fact"] not in asked.known]
    return Standing(asked, decision, tuple(wanted), needs_place)
