"""The front door as somebody signed in meets it: a browser with a session, the practice's keys unlocked, and the clock at a moment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from privity.practice.keys.held import HeldKeys
from privity.practice.people.models import Account
from privity.practice.site import middleware
from privity.practice.site.keeping import Keeping

TOKEN = "a" * 32
HANDLER = Client(enforce_csrf_checks=True).handler  # one for all: each would open the book of law anew


@contextmanager
def open_doors(now: datetime, *held: HeldKeys) -> Iterator[None]:
    """Serve with these practices' keys, at this moment."""
    by_practice = {keys.practice: keys for keys in held}

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return now

    with patch.object(Keeping, "keys", lambda self, practice: by_practice[practice.uid]), patch.object(middleware, "datetime", Clock):
        yield


class Front:
    """Somebody at the front door."""

    def __init__(self, account: UUID | None, now: datetime, *, proved: bool = True) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.handler = HANDLER
        self.client.cookies["csrftoken"] = TOKEN
        if account is not None:
            row, session = Account.objects.get(id=account), self.client.session
            session.update({"account": str(account), "epoch": row.epoch, "since": now.isoformat(), "seen": now.isoformat()})
            if proved:
                session["proved"] = now.isoformat()
            session.save()
            self.client.cookies["privity"] = session.session_key

    def get(self, path: str, **asked: Any) -> Page:
        """Open a page."""
        return Page(self.client.get(path, asked))

    def post(self, path: str, **said: Any) -> Page:
        """Send a form."""
        return Page(self.client.post(path, {"csrfmiddlewaretoken": TOKEN, **said}))


class Page:
    """An answer as it is read."""

    def __init__(self, response: HttpResponse) -> None:
        self.status = response.status_code
        self.response = response
        body = b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content  # type: ignore[attr-defined]
        self.text = body.decode()

    @property
    def words(self) -> str:
        """The page's own part as read: no tags, no runs of spaces."""
        main = self.text[self.text.find("<main") : self.text.rfind("</main>")]
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))).strip()

    def where(self) -> str:
        """Where it leads."""
        return self.response.headers.get("Location", "")
