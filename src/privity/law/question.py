"""A question: the day, the places, what is known, and the people and papers it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from .facts import FALSE, TRUE, UNKNOWN, BadQuestion, Value, Way, choices, nearest, read_facts, read_value, shown, years_between
from .reading import ITEM_DAY
from .rules import ROLES
from .silence import Values, is_dead, presumptions

if TYPE_CHECKING:
    from .book import Book

KEYS = ("on", "places", "facts", "subjects", "items")
MOST_LEVELS = 20
OF_AGE = ("client.age", "client.born", "client.adult")  # said of the client; a subject with an age or birth day has all of these to itself
SUBJECT_ROLES = ("client", "partner", "family_member", "group_member", "third_party")
CLIENTS_WORD = ("client.agrees", "client.asks_in_writing", "privilege.waived")
ELSEWHERE = ("court", "recipient")  # these may be where the book holds no law: a paper from another state is answered by the law at home
MAY_LACK_LAW = (*ELSEWHERE, "client_home")  # and so may the client's home, while the client is treated where the book holds the law
FROM_ANOTHER = "process.from_another_state"


@dataclass(frozen=True)
class Question:
    """What is asked, as given. `prepared` types it with a book's vocabulary."""

    on: date
    places: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, object]
    subjects: tuple[Mapping[str, object], ...] = ()
    items: tuple[Mapping[str, object], ...] = ()
    raw_places: object = None
    _prepared: dict[int, Prepared] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_dict(cls, raw: object, today: date | None = None) -> Question:
        """Return the question of a mapping. Raises BadQuestion with one clear line."""
        if not isinstance(raw, Mapping):
            raise BadQuestion("a question is a mapping with on, places and facts")
        _refuse_odd(raw, ())
        for key in raw:
            if key not in KEYS:
                raise BadQuestion(f"a question has no {shown(key)}{nearest(str(key), KEYS)}; expected {', '.join(KEYS)}", (key,))
        on = raw.get("on")
        return cls(
            _day(on, today), _places(raw.get("places")), _mapping(raw.get("facts"), "facts"),
            _rows(raw.get("subjects"), "subjects", ("id", "role", "facts")),
            _rows(raw.get("items"), "items", ("id", "class", "about", "day", "facts")), raw.get("places"),
        )  # fmt: skip

    def to_dict(self) -> dict[str, object]:
        """Return the question as plain data, ready for JSON."""
        out: dict[str, object] = {"on": self.on.isoformat(), "places": _plain(self.raw_places), "facts": _plain(self.facts)}
        if self.subjects:
            out["subjects"] = _plain(self.subjects)
        if self.items:
            out["items"] = _plain(self.items)
        return out

    def way_to(self, role: str, state: str) -> Way:
        """Return the way to a state among the places as they were given."""
        given = self.raw_places
        if isinstance(given, Mapping):
            return ("places", role)
        spelled = [str(one).upper() for one in given] if isinstance(given, (list, tuple)) else []
        return ("places", spelled.index(state)) if state in spelled else ("places",)

    def prepared(self, book: Book) -> Prepared:
        """Return the typed question; the same object each time for one book. Raises BadQuestion."""
        found = self._prepared.get(id(book))
        if found is None or found.book is not book:
            found = self._prepared[id(book)] = Prepared(book, self)
        return found

    def with_facts(self, changes: Mapping[str, object]) -> Question:
        """Return the question with some facts set anew."""
        facts = {name: value for name, value in _dotted(self.facts).items() if name not in changes}
        return Question(self.on, self.places, {**facts, **changes}, self.subjects, self.items, self.raw_places)


def _refuse_odd(raw: object, way: Way) -> None:
    """Refuse what no person writes and no answer could print: values nested without end, and halves of characters."""
    if len(way) > MOST_LEVELS:
        raise BadQuestion(f"nested deeper than {MOST_LEVELS} levels", way)
    if isinstance(raw, str) and any("\ud800" <= letter <= "\udfff" for letter in raw):
        raise BadQuestion("a text holds half of a character (a lone surrogate), which is no character", way)
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            _refuse_odd(key, way)
            _refuse_odd(value, (*way, key))
    elif isinstance(raw, (list, tuple)):
        for place, value in enumerate(raw):
            _refuse_odd(value, (*way, place))


def _dotted(facts: Mapping[str, object]) -> dict[str, object]:
    from .facts import flatten

    return dict(flatten(facts))


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(_plain(v) for v in value)  # type: ignore[type-var]
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _day(raw: object, today: date | None) -> date:
    if raw is None:
        if today is None:
            raise BadQuestion("on: the day whose law applies is missing; expected a day written like 2026-03-31")
        return today
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise BadQuestion(f"on: {shown(raw)!r} is not a day written like 2026-03-31", ("on",)) from None


def _places(raw: object) -> Mapping[str, tuple[str, ...]]:
    if raw is None:
        raw = []
    if isinstance(raw, str):
        raw = [raw]
    if isinstance(raw, Mapping):
        for role in raw:
            if role not in ROLES:
                raise BadQuestion(f"places: there is no role {shown(role)}{nearest(str(role), ROLES)}; expected {', '.join(ROLES)}", ("places", role))
        named = {str(role): _states(value, ("places", role)) for role, value in raw.items()}
        here = {state for role, states in named.items() for state in states if role not in ELSEWHERE}
        everywhere = tuple(sorted(here or {state for states in named.values() for state in states}))
        # A role nobody named may be any of the places where client and practice are: the protective reading.
        return {role: named.get(role, everywhere) for role in ROLES}
    if not isinstance(raw, (list, tuple)):
        raise BadQuestion("places: expected a list like [CO], or roles like {client_now: CO}", ("places",))
    states = _states(raw, ("places",))
    return dict.fromkeys(ROLES, states)


def _states(raw: object, at: Way) -> tuple[str, ...]:
    values = raw if isinstance(raw, (list, tuple)) else [raw]
    found = set()
    for place, value in enumerate(values):
        if not isinstance(value, str) or not value.isalpha() or not value.isascii() or len(value) != 2:
            raise BadQuestion(f"places: {shown(value)!r} is not a place like CO", (*at, place))
        found.add(value.upper())
    return tuple(sorted(found - {"US"}))


def _mapping(raw: object, what: str) -> Mapping[str, object]:
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise BadQuestion(f"{what}: expected names with values, got {shown(raw)!r}", (what,))
    return dict(raw)


def _rows(raw: object, what: str, keys: tuple[str, ...]) -> tuple[Mapping[str, object], ...]:
    if raw is None:
        return ()
    if not isinstance(raw, (list, tuple)):
        raise BadQuestion(f"{what}: expected a list", (what,))
    seen = set()
    for place, row in enumerate(raw):
        if not isinstance(row, Mapping):
            raise BadQuestion(f"{what}: each entry has {', '.join(keys)}", (what, place))
        for key in row:
            if key not in keys:
                raise BadQuestion(f"{what}: an entry has no {shown(key)}{nearest(str(key), keys)}; expected {', '.join(keys)}", (what, place, key))
        name = row.get("id")
        if not isinstance(name, (str, int)) or isinstance(name, bool) or str(name) in seen:
            raise BadQuestion(f"{what}: each entry needs its own id, a text", (what, place, "id"))
        seen.add(str(name))
    return tuple(dict(row) for row in raw)


@dataclass(frozen=True)
class Footing:
    """Which law a part stands on: the question's day and places, and the days at which the clocks of its own facts stand."""

    on: date
    clocks: Mapping[str, date]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    span: tuple[object, ...]  # within it the same rules are in force
    unheld: tuple[str, ...]  # places of whose law the book holds nothing yet on that day


def _footing(book: Book, question: Question, facts: Mapping[str, Value | None]) -> Footing:
    clocks = {c: _as_day(facts[c]) for c in book.clocks if facts.get(c) is not None}
    places = tuple(question.places.items())
    spans = tuple((c, bisect_right(book.clock_boundaries[c], day)) for c, day in sorted(clocks.items()))
    asked = {"US", *(state for _, states in places for state in states)}
    unheld = tuple(sorted(state for state in asked if question.on < book.begins.get(state, date.min)))
    return Footing(question.on, clocks, places, (book.epoch(question.on), spans, places), unheld)


@dataclass(frozen=True)
class PartOf:
    """One part to be judged: whose, what class, and its facts."""

    about: str
    item: str
    role: str
    purpose: str | None
    recipient: str | None
    information: str | None
    values: Values
    moments: Mapping[str, date]
    presumed: Values
    footing: Footing
    aside: bool = False  # judged beside the question, for the duties alone
    asked_back: bool = False  # the purpose does not fit the recipient and is not taken on its word


class Prepared:
    """A question typed by one book: its parts, each with values ready for the engine."""

    def __init__(self, book: Book, question: Question) -> None:
        self.book = book
        for role, states in question.places.items():
            for state in states:
                if state not in book.states and role not in MAY_LACK_LAW:
                    raise BadQuestion(f"places: the book holds no law of {state}; it holds US, {', '.join(book.states)}", question.way_to(role, state))
        self.facts = read_facts(book.facts, question.facts)
        _refuse_impossible(self.facts, question.on, ("facts",))
        self.footing = _footing(book, question, self.facts)
        self.court_named = isinstance(question.raw_places, Mapping) and "court" in question.raw_places
        self.parts = tuple(self._parts(book, question))

    def _parts(self, book: Book, question: Question) -> list[PartOf]:
        subjects = _read_subjects(book, question)
        items = self._items(book, question)
        clients = any(role == "client" for role, _ in subjects.values())
        parts = []
        for place, (item, klass, named, item_facts) in enumerate(items):
            for number, name in enumerate(named):
                if name not in subjects:
                    who = choices(name, subjects) if question.subjects else "client, as no subjects are named"
                    way: Way = ("items", place, "about", number)
                    raise BadQuestion(f"items: {shown(item)} is about {shown(name)}, who is not among the subjects; expected {who}", way)
            for name in named or tuple(subjects):
                role, subject_facts = subjects[name]
                own = {**item_facts, **subject_facts}
                given = self.facts if role == "client" or not clients else self._signed_by_the_client_alone()
                facts = {**{n: v for n, v in given.items() if not (n in OF_AGE and {"client.age", "client.born"} & set(own))}, **own}
                footing = _footing(book, question, facts) if any(c in own for c in book.clocks) else self.footing
                parts.append(self._part(book, footing, name, item, role, klass, facts, subjects))
        return parts

    def _signed_by_the_client_alone(self) -> dict[str, Value | None]:
        """Return the question's facts as they hold for the others it is about: the client's paper and word open nothing of theirs."""
        if self.facts.get("participants.all_authorize") is True:
            return self.facts
        return {name: value for name, value in self.facts.items() if name not in CLIENTS_WORD and not name.startswith("authorization.")}

    def _items(self, book: Book, question: Question) -> list[tuple[str, str | None, tuple[str, ...], dict[str, Value | None]]]:
        classes_known = book.facts["information"].of
        if question.items:
            rows = []
            for place, row in enumerate(question.items):
                klass = row.get("class")
                if klass not in (None, "unknown") and klass not in classes_known:
                    word = shown(klass)
                    expected = f"{nearest(word, classes_known)}; expected {choices(word, classes_known)}"
                    raise BadQuestion(f"items: there is no class {word}{expected}", ("items", place, "class"))
                about = row.get("about") or ()
                about = (about,) if isinstance(about, str) else about
                if not isinstance(about, (list, tuple)):
                    raise BadQuestion("items: about is a list of subject ids", ("items", place, "about"))
                facts = read_facts(book.facts, row.get("facts"), "items", ("items", place, "facts"))
                _refuse_impossible(facts, question.on, ("items", place, "facts"))
                if row.get("day") is not None:
                    facts = {**_item_day(book, row["day"], place), **facts}
                rows.append((str(row["id"]), None if klass in (None, "unknown") else str(klass), tuple(map(str, about)), facts))
            return rows
        classes = self.facts.get("information")
        if isinstance(classes, frozenset):
            return [(c, c, (), {}) for c in sorted(classes)] or [("", "", (), {})]
        purpose = self.facts.get("purpose")
        if purpose in book.groups.get("NO_TELLING", frozenset()):
            return [("", "", (), {})]
        matter = book.words.get("matter")
        if "information" not in self.facts and isinstance(matter, dict) and purpose in matter:
            return [("", str(matter[purpose]), (), {})]
        return [("", None, (), {})]

    def _part(
        self, book: Book, footing: Footing, about: str, item: str, role: str, klass: str | None,
        facts: dict[str, Value | None], subjects: Mapping[str, tuple[str, dict[str, Value | None]]],
    ) -> PartOf:  # fmt: skip
        purpose, recipient = facts.get("purpose"), facts.get("recipient.kind")
        values = as_values(book, facts, footing.on)
        partners = [name for name, (r, _) in subjects.items() if r != "client"]
        if role != "client" and recipient == "client":
            recipient = "other_participant"  # the client asks about somebody else
        elif role in ("partner", "family_member") and recipient == "other_participant" and partners == [about] and len(subjects) > 1:
            recipient = "client"  # the partner asks about themself
        asked_back = recipient in book.asked_back.get(str(purpose), ())
        purpose = None if asked_back else purpose
        values["purpose"], values["recipient.kind"], values["information"], values["subject.role"] = purpose, recipient, klass, role
        if FROM_ANOTHER in book.facts and FROM_ANOTHER not in facts and self._from_another_state(facts):
            values[FROM_ANOTHER] = TRUE
        return PartOf(
            about, item, role, str(purpose) if purpose is not None else None,
            str(recipient) if recipient is not None else None, klass, values,
            {name: value for name, value in facts.items() if isinstance(value, date)},
            presumptions(book, facts, alone=len(subjects) == 1), footing, asked_back=asked_back,
        )  # fmt: skip

    def _from_another_state(self, facts: Mapping[str, Value | None]) -> bool:
        """Tell whether the paper is another state's: of a state court, or with no court named of an authority, that sits in none of the practice's states."""
        places = dict(self.footing.places)
        home = {*places["practice"], *places["clinician_licence"]}
        own = not self.court_named and facts.get("recipient.kind") in self.book.groups.get("OWN_PAPER", ())
        source = set(places["recipient" if own else "court"])
        return bool(source) and facts.get("process.forum") != "federal_court" and not source & home


def _as_day(value: object) -> date:
    assert isinstance(value, date)
    return value.date() if isinstance(value, datetime) else value


def _read_subjects(book: Book, question: Question) -> dict[str, tuple[str, dict[str, Value | None]]]:
    subjects: dict[str, tuple[str, dict[str, Value | None]]] = {}
    for place, row in enumerate(question.subjects):
        role = row.get("role", "client")
        if role not in SUBJECT_ROLES:
            expected = f"{nearest(shown(role), SUBJECT_ROLES)}; expected {', '.join(SUBJECT_ROLES)}"
            raise BadQuestion(f"subjects: there is no role {shown(role)}{expected}", ("subjects", place, "role"))
        facts = read_facts(book.facts, row.get("facts"), "subjects", ("subjects", place, "facts"))
        _refuse_impossible(facts, question.on, ("subjects", place, "facts"))
        subjects[str(row["id"])] = (str(role), facts)
    return subjects or {"client": ("client", {})}


def _item_day(book: Book, raw: object, place: int) -> dict[str, Value | None]:
    """Return an item's own day as a fact: kept with the item, a day at which a duty or a section's clock may start."""
    try:
        return {ITEM_DAY: read_value(book.facts[ITEM_DAY], raw)}
    except BadQuestion as error:
        raise BadQuestion(f"items: {error}", ("items", place, "day")) from None


def _refuse_impossible(facts: Mapping[str, Value | None], on: date, at: Way) -> None:
    """Refuse a birth after the day asked about, and an age that is not the age of somebody born on the day that is given."""
    born, age = facts.get("client.born"), facts.get("client.age")
    if not isinstance(born, date):
        return
    born = _as_day(born)
    if born > on:
        raise BadQuestion(f"client.born: {born} is after the day asked about, {on}; expected that day or an earlier one", (*at, "client.born"))
    years = years_between(born, on)
    if not isinstance(age, (int, float)) or int(age) == years or (int(age) < years and is_dead(facts)):
        return
    message = f"client.age: {age} is not the age of somebody born on {born}, who is {years} on {on}; expected one of the two alone"
    raise BadQuestion(message, (*at, "client.age"))


def as_values(book: Book, facts: Mapping[str, Value | None], on: date) -> Values:
    """Return facts as the engine computes with them: yes/no as TRUE, FALSE, UNKNOWN; a birth day as an age, a day of death as dead or not."""
    values: Values = {}
    for name, value in facts.items():
        if isinstance(value, bool):
            values[name] = TRUE if value else FALSE
        elif value is None:
            values[name] = UNKNOWN if book.facts[name].is_ == "yes_no" else None
        else:
            values[name] = _as_day(value) if isinstance(value, datetime) else value
    born = facts.get("client.born")
    if isinstance(born, date) and facts.get("client.age") is None:
        values["client.age"] = max(0, years_between(_as_day(born), on))
    died = facts.get("client.died")
    if isinstance(died, date) and facts.get("client.deceased") is None:
        values["client.deceased"] = TRUE if _as_day(died) <= on else FALSE
    if isinstance(died, date) and facts.get("client.dead_over_fifty_years") is None:
        values["client.dead_over_fifty_years"] = TRUE if _over_fifty_years(_as_day(died), on) else FALSE
    return values


def _over_fifty_years(died: date, on: date) -> bool:
    """Tell whether more than fifty years have passed; the fiftieth anniversary itself is still within them."""
    years = years_between(died, on)
    return years > 50 or (years == 50 and (on.month, on.day) != (died.month, died.day))
