"""What the record knows of who it is about: plain values, read from rows by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KnownPerson:
    """Somebody by every name the record has: on papers, chosen, given as a nickname. `part` is what takes the name's place."""

    part: str
    names: tuple[str, ...]
    born: date | None = None


@dataclass(frozen=True)
class Known:
    """Everything the record knows that tells who it is. `on` is the day it is read: ages are reckoned from it."""

    people: tuple[KnownPerson, ...] = ()
    places: tuple[str, ...] = ()  # towns, streets, addresses
    employers: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    numbers: tuple[str, ...] = ()  # whatever else stands for one person alone: a plan's number, a handle
    on: date | None = None
