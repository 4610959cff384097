"""The front door as somebody signed in meets it: a browser with a session, the practice's keys unlocked, and a clock that stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from html import unescape
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode
from uuid import UUID

from django.test import Client

from privity.practice.keys.held import HeldKeys
from privity.practice.people.models import Account
from privity.practice.site import middleware
from privity.practice.site.keeping import Keeping

from .conftest import NOW

TOKEN = "a" * 32
HANDLER = Client(enforce_csrf_checks=True).handler  # one for all: each would open the book of law anew


class Clock(datetime):
    """A clock that shows one moment."""

    at = NOW

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        return cls.at


@contextmanager
def open_doors(now: datetime, *held: HeldKeys) -> Iterator[None]:
    """Serve with these practices' keys, at this moment."""
    keys = {one.practice: one for one in held}
    serving = patch.object(Keeping, "keys", lambda self, practice: keys[practice.uid])
    with serving, patch.object(middleware, "datetime", Clock), patch.object(Clock, "at", now):
        yield


class Page:
    """An answer as it is read."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code
        body = b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content
        self.text: str = body.decode("utf-8", "replace")

    @property
    def words(self) -> str:
        """The page's own part as read, or all of a page that has none: no tags, no runs of spaces."""
        begins, ends = self.text.find("<main"), self.text.rfind("</main>")
        main = self.text[begins:ends] if 0 <= begins < ends else self.text
        body = re.sub(r"<(script|style|svg)[\s\S]*?</\1>", "", main)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))).strip()

    def where(self) -> str:
        """Where it leads."""
        return str(self.response.headers.get("Location", ""))


class Front:
    """Somebody at one browser, who signed in with both factors; or nobody yet."""

    page: Page  # the one that is open

    def __init__(self, account: UUID | None, now: datetime = NOW, *, proved: bool = True) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.handler = HANDLER
        self.client.cookies["csrftoken"] = TOKEN
        if account is not None:
            row, session, moment = Account.objects.get(id=account), self.client.session, now.isoformat()
            session.update({"account": str(account), "epoch": row.epoch, "since": moment, "seen": moment, **({"proved": moment} if proved else {})})
            session.save()
            self.client.cookies["privity"] = session.session_key

    def get(self, path: str, **asked: Any) -> Page:
        """Ask for a page, and go no further."""
        return Page(self.client.get(path, asked))

    def post(self, path: str, **said: Any) -> Page:
        """Send a form made by hand, and go no further."""
        return Page(self.client.post(path, {"csrfmiddlewaretoken": TOKEN, **said}))

    def post_plain(self, path: str, **said: str) -> Page:
        """Send a form made by hand that has no file, encoded as browsers encode such a one, and go no further."""
        return Page(self.client.post(path, urlencode({"csrfmiddlewaretoken": TOKEN, **said}), content_type="application/x-www-form-urlencoded"))

    def open(self, path: str) -> Front:
        """Open a page."""
        self.page = Page(self.client.get(path, follow=True))
        return self

    def send(self, path: str, act: str = "", **said: Any) -> Front:
        """Send a form of the page that is open to `path`, with its hidden fields and what was said."""
        forms = re.findall(r"<form[\s\S]*?</form>", self.text)
        form = next((one for one in forms if f'action="{path}' in one), next((one for one in forms if "action=" not in one), forms[0] if forms else ""))
        carried: dict[str, Any] = {}
        for tag in re.findall(r'<input type="hidden"[^>]*>', form):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name:
                carried[name[1]] = unescape(value[1]) if value else ""
        self.page = Page(self.client.post(path, {**carried, **({"act": act} if act else {}), **said}, follow=True))
        return self

    @property
    def status(self) -> int:
        """The status of the page that is open."""
        return self.page.status

    @property
    def text(self) -> str:
        """The text of the page that is open."""
        return self.page.text

    @property
    def words(self) -> str:
        """The page that is open, as read."""
        return self.page.words

    @property
    def at(self) -> str:
        """The address that is open, with what it asks."""
        asked = self.page.response.request["QUERY_STRING"]
        return f"{self.page.response.request['PATH_INFO']}{'?' if asked else ''}{asked}"
