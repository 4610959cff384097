"""What is owed, in the order of its times: each duty once, with its clock in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from privity.law import Book
from privity.practice.people.spoken import question_of

from .wording import Row, moment, sentence

AT_ONCE = re.compile(r"immediate|as soon as|at once|right away|without delay", re.I)
SPAN = re.compile(r"(\d+|one|two|three|four|five|six|seven|eight|ten|thirty)\s+(?:calendar |business |working )?(hour|day|week|month|year)", re.I)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "thirty": 30}
HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
SOON = 24  # "promptly", "timely": after what has hours, before what has days


@dataclass(frozen=True)
class Duty:
    """One thing to do, with its clock."""

    text: str
    cite: str
    rule: str
    law_words: str
    by: str
    suggestion: str
    only_if: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def clock(self) -> str:
        """The clock's large line: a time where it can be computed."""
        return self.by or (self.suggestion and f"Within {self.suggestion}")


def duty_of(book: Book, row: Row) -> Duty:
    """Return a duty with its clock in words."""
    due = row["due"]
    inner = tuple(sentence(_said(one)) for one in row["any_of"])
    text = "Do one of these; one is enough" if inner else _said(row)
    return Duty(
        text,
        row["cite"],
        row["rule"],
        due["words"],
        moment(due["at"] or due["suggest_at"]) if (due["at"] or due["suggest_at"]) else "",
        due["suggest"],
        tuple(question_of(book, name) for name in row["if"]),
        inner,
    )


def in_order(rows: list[Row]) -> list[Row]:
    """Return duties in the order of their times: what comes at once first, writing things down last; of two at one time the certain one first."""
    return sorted(rows, key=lambda row: (row["do"] == "document", *hours_of(row["due"]), bool(row["if"]), bool(row["any_of"])))


def hours_of(due: Mapping[str, Any]) -> tuple[float, str]:
    """Return about how many hours a duty leaves, by the law's words or our suggestion, and its computed time; for sorting alone."""
    words = str(due["words"] or "")
    at = str(due["at"] or due["suggest_at"] or "9999")
    if AT_ONCE.search(words):
        return 0, at
    spans = [_hours(found) for text in (words, str(due["suggest"] or "")) for found in SPAN.findall(text)]
    return (min(spans) if spans else SOON if words else 8760 * 100, at)


def _hours(found: tuple[str, str]) -> float:
    number, unit = found[0].lower(), found[1].lower()
    return float(NUMBERS.get(number) or number) * HOURS[unit]


def once(rows: Iterable[Row]) -> list[Row]:
    """Return duties without repeats: what two rules ask in the same words is one thing to do, by the earlier of their times."""
    found: dict[tuple[str, ...], Row] = {}
    for row in sorted(rows, key=lambda row: (bool(row["if"]), *hours_of(row["due"]))):
        key = (row["timing"] or "", _said(row).lower().rstrip("."), *(_said(one).lower() for one in row["any_of"]))
        found.setdefault(key, row)
    # What another duty says in the same words and more is said there.
    return [row for key, row in found.items() if not any(other != key and other[0] == key[0] and other[1].startswith(f"{key[1]}. ") for other in found)]


def _said(row: Row) -> str:
    return row["plain"] or " ".join(word for word in (row["do"].replace("_", " "), row["whom"].replace("_", " "), row["what"]) if word).capitalize()
