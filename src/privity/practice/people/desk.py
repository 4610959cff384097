"""A request as every page of the desk gets it."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from privity.law import Book

from .actor import Actor


class DeskRequest(HttpRequest):
    """A request with the book of law it is answered by, and the moment it came. Site's middleware sets both."""

    book: Book
    now: datetime


class ActingRequest(DeskRequest):
    """A request of somebody who signed in."""

    actor: Actor
