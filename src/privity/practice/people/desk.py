"""A request as every page of the desk gets it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from privity.law import Book

from .actor import Actor


class DeskRequest(HttpRequest):
    """A request with the book of law it is answered by, the moment it came, and who signed in, if anybody did. Site's middleware sets them."""

    book: Book
    now: datetime
    actor: Actor | None
