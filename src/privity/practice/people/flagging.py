"""What rooms above know of a record that whoever opens its page, or the day's list, should see at once: short words, nothing of why somebody comes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.dispatch import Signal

from .actor import Actor
from .models import Record


class Number(NamedTuple):
    """One of the numbers at the end of a day, and the page it leads to."""

    place: int  # which stands first
    words: str
    many: int
    page: str  # a name of an address that takes no ids
    asked: str = ""  # what the page is asked


class Flag(str):
    """Words of a flag that lead to a page of their own; plain words lead to the record's authorizations."""

    __slots__ = ("of", "page")
    page: str  # a name of an address that takes no ids
    of: str  # or one that takes the record's

    def __new__(cls, words: str, *, page: str = "", of: str = "") -> Flag:
        """Return the words with where they lead."""
        flag = super().__new__(cls, words)
        flag.page, flag.of = page, of
        return flag


flagging = Signal()  # asks the rooms above, with `actor` and `records`; each answers {record: sentences} for those the actor may see

counting = Signal()  # asks the rooms above, with `actor`, for one number of what waits, or None where it is not the actor's: each one statement


def numbers_for(actor: Actor) -> list[Number]:
    """Return the numbers that stand at the end of the actor's day. They name no client, and write no event."""
    answers: list[tuple[Any, Any]] = counting.send(sender=Record, actor=actor)
    return sorted(number for _, number in answers if number is not None)


def flags_of(actor: Actor, records: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return what stands to be said of each record. For gates alone: the page that asks has written its event."""
    found: dict[UUID, tuple[str, ...]] = {}
    answers: list[tuple[Any, Any]] = flagging.send(sender=Record, actor=actor, records=records) if records else []
    for _, said in answers:
        for record, words in (said or {}).items():
            found[record] = (*found.get(record, ()), *words)
    return found
