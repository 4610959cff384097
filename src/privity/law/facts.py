"""The typed vocabulary, and the facts of a question: known, or not known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

# Three values, so that `&` is and, `|` is or, and NOT[x] is not (Kleene's strong logic).
FALSE, UNKNOWN, TRUE = 0, 1, 3
NOT = (3, 1, 1, 0)

type_names = ("yes_no", "number", "day", "moment", "one_of", "some_of", "text")

Value = bool | int | float | date | datetime | str | frozenset[str]
Way = tuple[str | int, ...]  # the keys and places in lists that lead to a value of a question
MOST_SHOWN = 8
MOST_LETTERS = 60


class BadQuestion(ValueError):
    """A question that cannot be read. Its text is one clear line: what is wrong and what was expected; `at` leads to the place."""

    def __init__(self, message: str, at: Way = ()) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Fact:
    """One word of the vocabulary: its type, its choices, and how a person is asked for it."""

    name: str
    is_: str
    of: tuple[str, ...] = ()
    source: str = "request"
    ask: str = ""
    help: str = ""
    judgment: bool = False
    presume: bool | None = None
    reason: str = ""
    who: tuple[str, ...] = ()
    hl7: str = ""

    @property
    def kind(self) -> str:
        """The type inside an expression: a part has one class of information."""
        return "one_of" if self.name == "information" else self.is_


def nearest(word: str, words: Iterable[str]) -> str:
    """Return ' (did you mean X?)' for the closest known word, or nothing."""
    close = get_close_matches(word[:MOST_LETTERS], list(words), n=1, cutoff=0.6)
    return f" (did you mean {close[0]}?)" if close else ""


def choices(word: str, words: Iterable[str]) -> str:
    """Return what could have been written: all of a short list, or the eight nearest to a word and how many more there are."""
    known = list(words)
    if len(known) <= MOST_SHOWN:
        return ", ".join(known)
    close = get_close_matches(word[:MOST_LETTERS], known, n=MOST_SHOWN, cutoff=0.0)
    return f"{', '.join(close)} and {len(known) - MOST_SHOWN} more"


def shown(raw: object) -> str:
    """Return a value as a message repeats it: short, and in one line."""
    text = str(raw) if isinstance(raw, (str, int, float, date)) else f"a {'list' if isinstance(raw, (list, tuple)) else type(raw).__name__}"
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 3] + "..."


def read_value(fact: Fact, raw: object) -> Value | None:
    """Return the typed value of `raw`, or None for unknown.

    Raises BadQuestion when `raw` is not of the fact's type.
    """
    if raw is None or raw == "unknown":
        return None
    reader = {
        "yes_no": _yes_no,
        "number": _number,
        "day": _day,
        "moment": _moment,
        "one_of": _one_of,
        "some_of": _some_of,
        "text": _text,
    }[fact.is_]
    return reader(fact, raw)


def _refuse(fact: Fact, raw: object, expected: str) -> BadQuestion:
    return BadQuestion(f"{fact.name}: {shown(raw)!r} is not {expected}")


def _yes_no(fact: Fact, raw: object) -> Value:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in ("true", "yes", "false", "no"):
        return raw.lower() in ("true", "yes")
    raise _refuse(fact, raw, "true, false or unknown")


def _number(fact: Fact, raw: object) -> Value:
    try:
        if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
            raise ValueError
        number = float(raw)
        if not math.isfinite(number) or number < 0:
            raise ValueError
    except (ValueError, OverflowError):
        raise _refuse(fact, raw, "a number of 0 or more") from None
    return int(number) if number == int(number) else number


def _day(fact: Fact, raw: object) -> Value:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw)) if len(str(raw)) == 10 else datetime.fromisoformat(str(raw)).date()
    except ValueError:
        raise _refuse(fact, raw, "a day written like 2026-03-31") from None


def _moment(fact: Fact, raw: object) -> Value:
    if isinstance(raw, (date, datetime)):
        return raw
    try:
        return date.fromisoformat(str(raw)) if len(str(raw)) == 10 else datetime.fromisoformat(str(raw))
    except ValueError:
        raise _refuse(fact, raw, "a day and time written like 2026-03-31T17:05") from None


def _one_of(fact: Fact, raw: object) -> Value:
    if isinstance(raw, str) and raw in fact.of:
        return raw
    raise _no_choice(fact, raw)


def _no_choice(fact: Fact, raw: object) -> BadQuestion:
    word = shown(raw)
    return _refuse(fact, raw, f"one of its choices{nearest(word, fact.of)}; expected {choices(word, fact.of)}")


def _some_of(fact: Fact, raw: object) -> Value:
    values = [raw] if isinstance(raw, str) else raw
    if not isinstance(values, (list, tuple, set, frozenset)):
        raise _refuse(fact, raw, f"a list of its choices; expected {choices('', fact.of)}")
    for place, value in enumerate(values):
        if not isinstance(value, str) or value not in fact.of:
            raise BadQuestion(str(_no_choice(fact, value)), () if isinstance(raw, str) else (place,))
    return frozenset(values)


def _text(fact: Fact, raw: object) -> Value:
    if isinstance(raw, (str, int, float)) and not isinstance(raw, bool):
        return str(raw)
    raise _refuse(fact, raw, "a text")


def flatten(given: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return dotted (name, value) pairs of nested or dotted facts."""
    return [(name, value) for name, value, _ in _leaves(given, "", ())]


def _leaves(given: Mapping[str, object], prefix: str, way: Way) -> Iterator[tuple[str, object, Way]]:
    for key, value in given.items():
        if not isinstance(key, str):
            raise BadQuestion(f"a fact's name is a text, not {shown(key)}", way)
        name, here = f"{prefix}{key}", (*way, key)
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{name}.", here)
        else:
            yield name, value, here


def read_facts(vocabulary: Mapping[str, Fact], given: object, where: str = "facts", at: Way = ("facts",)) -> dict[str, Value | None]:
    """Return the typed facts of a mapping; None stands for "asked, and not known now".

    Raises BadQuestion for an unknown name (with the nearest known one), a wrong type, or one fact with two values.
    """
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise BadQuestion(f"{where}: expected names with values, got {shown(given)!r}", at)
    facts: dict[str, Value | None] = {}
    for name, raw, way in _leaves(given, "", at):
        if name not in vocabulary:
            raise BadQuestion(f"{where}: there is no fact {shown(name)}{nearest(name, vocabulary)}; `privity law facts` lists them", way)
        try:
            value = read_value(vocabulary[name], raw)
        except BadQuestion as error:
            raise BadQuestion(str(error), (*way, *error.at)) from None
        if name in facts and facts[name] != value:
            raise BadQuestion(f"{where}: {name} is given twice with different values", way)
        facts[name] = value
    return facts


def years_between(born: date, on: date) -> int:
    """Return completed years on a day; a leap-day child turns a year older on March 1 of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
