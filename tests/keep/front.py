"""The front: somebody of the cast, signed in at a browser, who opens pages and sends their forms with everything the page carries."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from html import unescape
from typing import Any

import pytest
from django.test import Client

from privity.law import Book
from privity.practice.people.models import Account, Practice
from privity.practice.site.keeping import Keeping

from .conftest import NOW, Cast


class Clock(datetime):
    """A clock that shows the cast's moment."""

    at = NOW

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return cls.at


@cache
def book() -> Book:
    """Return the book of law, opened once for all browsers of the tests."""
    return Book.open()


def keep_open(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    """Let the server hold the cast's keys, and stop its clock."""
    held = {cast.practice.pk: cast.keys, Practice.objects.exclude(pk=cast.practice.pk).get().pk: cast.vera.keys}
    monkeypatch.setattr(Keeping, "keys", lambda self, practice: held[practice.pk])
    law = book()
    monkeypatch.setattr(Book, "open", lambda: law)
    monkeypatch.setattr("privity.practice.site.middleware.datetime", Clock)
    monkeypatch.setattr(Clock, "at", NOW)


def session_of(account: Account, at: datetime = NOW) -> Client:
    """Return a browser in which somebody signed in with both factors."""
    client = Client(enforce_csrf_checks=True)
    session = client.session
    moment = at.isoformat()
    session.update({"account": str(account.id), "epoch": account.epoch, "since": moment, "seen": moment, "proved": moment})
    session.save()
    return client


class Front:
    """One person at one browser."""

    def __init__(self, account: Account) -> None:
        self.client = session_of(account)
        self.status = 0
        self.text = ""
        self.page: Any = None

    def open(self, path: str) -> Front:
        """Open a page."""
        return self._show(self.client.get(path, follow=True))

    def send(self, path: str, act: str = "", **said: Any) -> Front:
        """Send a form of the page that is open to `path`, with its hidden fields and what was said."""
        forms = re.findall(r"<form[\s\S]*?</form>", self.text)
        form = next((one for one in forms if f'action="{path}' in one), next((one for one in forms if "action=" not in one), forms[0] if forms else ""))
        carried: dict[str, Any] = {}
        for tag in re.findall(r'<input type="hidden"[^>]*>', form):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                carried[name[1]] = unescape(value[1]) if value else ""
        return self._show(self.client.post(path, {**carried, **({"act": act} if act else {}), **said}, follow=True))

    @property
    def words(self) -> str:
        """The page as read."""
        body = re.sub(r"<(script|style|svg)[\s\S]*?</\1>", "", self.text)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))

    def _show(self, page: Any) -> Front:
        self.page, self.status = page, page.status_code
        self.text = page.content.decode("utf-8", "replace")
        return self
