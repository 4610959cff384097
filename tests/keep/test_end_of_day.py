"""What the frame offers each of the house, what Today says at the end of the day, and the flag of a request that waits."""

from __future__ import annotations

import re
from collections.abc import Callable

from .conftest import Cast
from .front import Front

Sit = Callable[[str], Front]


def menu(front: Front) -> list[str]:
    nav = re.search(r'<nav class="nav"[\s\S]*?</nav>', front.text)
    assert nav
    return re.findall(r'<li><a href="[^"]+"[^>]*>([^<]+)</a>', nav[0])


def test_the_menu_offers_what_is_theirs_and_the_logo_leads_to_today(front: Sit, cast: Cast) -> None:
    every = ["Today", "Clients", "Call", "Papers", "Requests", "Packets", "Trail", "Staff", "My keys", "Ask", "Law", "Practice"]
    lacks = {
        "rita": {"Papers", "Trail", "My keys", "Practice"}, "bill": {"Papers", "Requests", "Trail", "My keys", "Practice"}, "dana": {"Papers", "Practice"},
        "petra": set(), "olga": {"Requests", "Packets", "Trail"},
    }  # fmt: skip
    for who, words in lacks.items():
        home = front(who).open("/")
        assert home.at == "/today"
        assert menu(home) == [word for word in every if word not in words], who
    for path in ("/today", "/clients", "/call", "/requests", "/releases", "/staff", "/ask", "/law"):
        assert front("rita").open(path).status == 200
    assert "<span>Front desk, Colorado" in front("rita").open("/today").text
    assert "<span>Owner, Colorado" in front("olga").open("/today").text


def test_user_names_are_for_whoever_manages_staff(front: Sit, cast: Cast) -> None:
    name = cast.accounts["dana"].user_name
    rita = front("rita").open("/staff")
    assert "Dana Test" in rita.words and "Clinician" in rita.words and name not in rita.text and "User name" not in rita.words
    assert name in front("olga").open("/staff").words
