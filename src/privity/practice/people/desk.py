"""A request as every page of the desk gets it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Protocol

from django.http import HttpRequest

from privity.law import Book
from privity.practice.keys.held import HeldKeys

from .actor import Actor
from .models import Practice


@cache
def the_book() -> Book:
    """Return the book of law this server answers by, opened once."""
    return Book.open()


class Keeper(Protocol):
    """Whoever holds the practices' keys while the server runs."""

    def keys(self, practice: Practice) -> HeldKeys:
        """Return a practice's keys, or its locked ones."""


class DeskRequest(HttpRequest):
    """A request with the book of law it is answered by, the moment it came, and who signed in, if anybody did. Site's middleware sets them."""

    book: Book
    now: datetime
    actor: Actor | None
    keeping: Keeper


class StaffRequest(DeskRequest):
    """A request of somebody who signed in: the pages outside site's short open list get no other."""

    actor: Actor
