"""A question while it is being asked: what has been said so far, and what to ask next.

INVARIANT: what was said lives in the page's own form and comes back with it. Nothing here is stored. In a chart the record states facts as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from privity.law import BadQuestion, Book, Decision, Question, decide
from privity.law.facts import nearest, read_value
from privity.practice.people.models import Practice

from .frozen import Gathered

STARTERS = ("recipient.kind", "purpose", "information")
AGE = "client.age"
MINORS = ("consent_to_care", "school_matter")  # purposes that speak of a minor
JOINT = ("couple", "family", "group")
SHARING = ("spouse_or_partner", "other_participant")  # whoever may share a record with the client
PLACE = "place"
ELSEWHERE = "elsewhere"  # a state whose law the book does not hold
NOT_KNOWN = "unknown"
PLACES_APART = (ELSEWHERE, NOT_KNOWN)
UNKNOWN = "unknown"
PAPER = "authorization.on_file"
CONFIRM = "authorization.covers_recipient"  # whether the recipient is the very one a paper names: a person says it, never the record
AGES = frozenset({AGE, "client.born", "client.adult"})  # said in one way, the others no longer count
MOST_QUESTIONS = 14  # who asks and what for, and twelve more at most (`privity law check` holds the law to it)


@dataclass(frozen=True)
class Held:
    """What a record states for a question, and what the question is about there. At the desk there is none."""

    gathered: tuple[Gathered, ...] = ()
    subjects: tuple[dict[str, Any], ...] = ()  # as the engine takes them
    items: tuple[dict[str, Any], ...] = ()
    fixed: frozenset[str] = frozenset()  # stated by papers on file: no form says them otherwise
    settled: frozenset[str] = frozenset()  # not asked, because each person of the record has it
    paper: UUID | None = None  # the paper that fits best
    named: str = ""  # whom it names, where a person has to say whether that is who asks
    confirm_first: bool = False

    @property
    def facts(self) -> dict[str, object]:
        """The facts that hold for the whole question."""
        return {one.name: one.value for one in self.gathered if one.subject is None and not one.item}


@dataclass(frozen=True)
class Asked:
    """What has been said so far, in order: where the client is, and facts; in a chart also who of the record or the staff asks, and what the record states."""

    place: str = ""
    facts: tuple[tuple[str, object], ...] = ()
    who: str = ""
    held: Held = Held()

    @property
    def known(self) -> dict[str, object]:
        """The facts by name: what was said goes before what the record has, save where a paper on file states it."""
        said = {name: value for name, value in self.facts if name not in self.held.fixed}
        of_age = bool(AGES & set(said))
        return {**{name: value for name, value in self.held.facts.items() if not (of_age and name in AGES)}, **said}

    def with_fact(self, name: str, value: object) -> Asked:
        """Return this with a fact said, or said anew in its old place."""
        if name in dict(self.facts):
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
    if place and place not in book.states and place not in PLACES_APART:
        raise BadQuestion(f"the book holds no law of {place[:20]!r}")
    asked = Asked(place)
    for row in given:
        name, _, text = row.partition("=")
        if name in Practice.SAID_ONCE:
            continue  # the profile says it, and no form says it otherwise
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
    """Return the question's places: the client where said, the rest where the practice is.

    Where nobody knows, all of the practice's states speak together. Where the client is in a state the book does not hold, the law
    that comes with license and practice still binds, and no law of the client's own place is known.
    """
    home = list(practice.states)
    if place in ("", NOT_KNOWN):
        return home
    if place == ELSEWHERE:
        return {"client_now": [], "client_home": [], "clinician_licence": home, "practice": home}
    everywhere = sorted({place, *home})
    return {"client_now": [place], "client_home": everywhere, "clinician_licence": everywhere, "practice": home}


def question_of(practice: Practice, asked: Asked, on: date) -> Question:
    """Return the engine's question. What the profile says is taken from the profile alone. Raises BadQuestion."""
    about = {name: list(rows) for name, rows in (("subjects", asked.held.subjects), ("items", asked.held.items)) if rows}
    return Question.from_dict({"on": on, "places": places(practice, asked.place), "facts": {**asked.known, **practice.facts()}, **about})


def starters(book: Book, asked: Asked) -> list[str]:
    """Return what has to be said before anything the law turns on: who, what for, about what; then whether the client is a minor,
    and whether others share the record, where who asks or what is asked brings that up."""
    known = asked.known
    purpose, recipient = known.get("purpose"), known.get("recipient.kind")
    matter = book.words.get("matter")
    settled = purpose in book.groups.get("NO_TELLING", frozenset()) or (isinstance(matter, Mapping) and purpose in matter)
    wanted = [name for name in STARTERS if not (name == "information" and settled)]
    if recipient in book.groups.get("PARENTS", frozenset()) or purpose in MINORS:
        wanted += [] if {"client.adult", "client.born"} & set(known) else [AGE]
    if not settled and is_shared(asked):
        wanted += ["care.modality", *(["participants.all_authorize"] if known.get("care.modality") in JOINT else [])]
    return [name for name in wanted if name not in known and name not in asked.held.settled]


def is_shared(asked: Asked) -> bool:
    """Return whether who asks, or what is asked about, may belong to a record that several people share."""
    told = asked.known.get("information")
    return asked.known.get("recipient.kind") in SHARING or (isinstance(told, list) and "other_participant_information" in told)


@dataclass(frozen=True)
class Standing:
    """Where the dialogue stands: the decision so far, and what is still to be asked."""

    asked: Asked
    decision: Decision
    open_: tuple[str, ...]
    needs_place: bool
    unsaid: bool = False  # something has still to be said before anything the law turns on

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
        """The most questions this dialogue can still come to; told once it is known what the law turns on."""
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
        return Standing(asked, decision, tuple(first), needs_place, unsaid=True)
    left = left_to_ask(book, decision.ask, asked)
    if asked.held.confirm_first and CONFIRM not in asked.known:
        left = (CONFIRM, *(name for name in left if name != CONFIRM))
    return Standing(asked, decision, left, needs_place)


def left_to_ask(book: Book, rows: Iterable[Mapping[str, object]], asked: Asked) -> tuple[str, ...]:
    """Return what is still asked, in order: whether there is a paper before what it lacks, and no more than twelve things in all.

    Where nobody knows whether there is a paper, nobody is asked what it lacks.
    """
    wanted = [
        name for name in (str(row["fact"]) for row in rows)
        if name not in asked.known and asked.known.get(book.follows.get(name, "")) != UNKNOWN
    ]  # fmt: skip
    if PAPER not in (*asked.known, *wanted) and any(book.follows.get(name) == PAPER for name in wanted):
        wanted.insert(next(at for at, name in enumerate(wanted) if book.follows.get(name) == PAPER), PAPER)
    in_turn = sorted(wanted, key=lambda name: book.follows.get(name) in wanted)
    return tuple(in_turn[: max(0, MOST_QUESTIONS - len(asked.facts))])
