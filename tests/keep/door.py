"""The door as a person meets it: a browser with CSRF on, a clock that tests move, and an app that shows codes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from privity.practice.keys.held import HeldKeys
from privity.practice.people import passwords
from privity.practice.people.factors import set_known
from privity.practice.people.models import Practice
from privity.practice.site import middleware
from privity.practice.site.keeping import Keeping
from privity.vault import factors

from .conftest import NOW, Cast

PASSWORD, SECRET = "violet harbor seven lamps", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class Clock:
    """The moment of each request. Nobody sleeps: tests move it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW.astimezone()
        clock = self

        class Stopped(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return clock.now

        monkeypatch.setattr(middleware, "datetime", Stopped)

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


class Door:
    """One browser."""

    def __init__(self, cast: Cast, clock: Clock, agent: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/156.0", address: str = "127.0.0.1") -> None:
        self.cast, self.clock = cast, clock
        self.client = Client(enforce_csrf_checks=True, headers={"user-agent": agent}, REMOTE_ADDR=address, SERVER_NAME="localhost")
        self.page: Any = None

    @property
    def text(self) -> str:
        return str(self.page.content.decode())

    @property
    def words(self) -> str:
        body = re.sub(r"<(script|style|svg|template)[\s\S]*?</\1>", "", self.text)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))

    @property
    def at(self) -> str:
        return str(self.page.request["PATH_INFO"])

    @property
    def token(self) -> str:
        """The form token of the page at hand."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', self.text)
        return found[1] if found else ""

    def open(self, path: str) -> Door:
        self.page = self.client.get(path, follow=True)
        return self

    def send(self, path: str, **said: Any) -> Door:
        self.page = self.client.post(path, {**said, "csrfmiddlewaretoken": self.token}, follow=True)
        return self

    def code(self) -> str:
        """What the app shows now."""
        return factors.code_at(factors.secret_typed(SECRET), self.clock.now.timestamp())

    def name(self, who: str) -> str:
        return str(self.cast.accounts[who].user_name)

    def password(self, who: str, password: str = PASSWORD) -> Door:
        return self.open("/sign-in").send("/sign-in", user_name=self.name(who), password=password)

    def sign_in(self, who: str) -> Door:
        self.clock.on(seconds=31)  # a code counts once
        return self.password(who).send("/sign-in/code", code=self.code())

    @property
    def inside(self) -> bool:
        """Whether the browser is signed in now."""
        return self.client.get("/me").status_code == 200


def keep_keys(monkeypatch: pytest.MonkeyPatch, held: dict[int, HeldKeys]) -> None:
    """Let the server hold these practices' keys, as if it had unlocked them."""

    def keys(_: Keeping, practice: Practice) -> HeldKeys:
        return held[practice.pk]

    monkeypatch.setattr(Keeping, "keys", keys)


_hashes: dict[str, str] = {}


def with_factors(cast: Cast, *who: str) -> None:
    """Give members of the cast the password and the app. The slow hash is made once; it is a real one."""
    _hashes.setdefault(PASSWORD, passwords.hash_of(PASSWORD, user_name="heron-cedar-4821"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hash_of", lambda chosen, user_name: _hashes[chosen])
        for one in who:
            set_known(cast.accounts[one], cast.keys, password=PASSWORD, secret=SECRET, now=NOW)
