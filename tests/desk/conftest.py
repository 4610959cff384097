"""The desk as a person meets it: a practice, and a way to answer questions like one."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from privity.practice.people.models import Practice
from privity.practice.people.services import describe_practice

SAID = {
    "states": ["CO"],
    "profession": "psychologist",
    "setting": "private_practice",
    "hipaa_covered": True,
    "hipaa_by_two_questions": False,
    "part2_program": False,
}


@pytest.fixture
def practice(db: Any) -> Practice:
    """A psychologist in private practice in Colorado, covered by HIPAA, no substance-use program."""
    return describe_practice(SAID, date(2026, 11, 24))


@pytest.fixture
def californian(db: Any) -> Practice:
    """The same in California."""
    return describe_practice({**SAID, "states": ["CA"]}, date(2026, 11, 24))


class Desk:
    """Answers forms the way a browser sends them: everything the page carries, and one thing more."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page: HttpResponse | None = None
        self.text = ""

    def open(self, path: str) -> Desk:
        """Open a page."""
        return self._show(self.client.get(path, follow=True))

    def send(self, path: str, **said: object) -> Desk:
        """Send the page's form with what was said."""
        carried: dict[str, list[str]] = {}
        for tag in re.findall(r"<input type=\"hidden\"[^>]*>", self.text):
            name = re.search(r'name="([^"]*)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name:
                carried.setdefault(name[1], []).append(unescape(value[1]) if value else "")
        return self._show(self.client.post(path, {**carried, **said}))

    def reply(self, *values: str) -> Desk:
        """Answer the question on the page."""
        return self.send("/ask", reply=list(values), next="")

    def tap(self, **said: str) -> Desk:
        """Tap a button of the danger page."""
        return self.send("/danger", **said)

    @property
    def words(self) -> str:
        """The page as read: no tags, no runs of spaces."""
        body = re.sub(r"<(script|style|svg)[\s\S]*?</\1>", "", self.text)
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)))

    @property
    def asking(self) -> str:
        """The fact the page asks for."""
        found = re.search(r'name="asking" value="([^"]*)"', self.text)
        return found[1] if found else ""

    @property
    def given(self) -> list[str]:
        """The facts the page carries."""
        return [unescape(one) for one in re.findall(r'name="given" value="([^"]*)"', self.text)]

    def choose(self, value: str) -> Desk:
        """Answer with a value, going through its group where the page shows groups."""
        if f'value="{value}"' not in self.text:
            for group in re.findall(r'name="reply" value="(group:[^"]*)"', self.text):
                before = self.text
                self.reply(group)
                if f'value="{value}"' in self.text:
                    break
                self.text = before
        return self.reply(value)

    def _show(self, page: HttpResponse) -> Desk:
        self.page = page
        self.text = page.content.decode()
        return self


@pytest.fixture
def desk(db: Any) -> Desk:
    """A browser at the desk, with CSRF on."""
    return Desk()
