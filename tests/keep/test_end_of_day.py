"""What the frame offers each of the house, what Today says at the end of the day, and the flag of a request that waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from privity.practice.agreements.services import record_authorization
from privity.practice.agreements.validity import FEDERAL
from privity.practice.decisions import calls
from privity.practice.incidents.access import waiting
from privity.practice.incidents.models import ClientRequest
from privity.practice.incidents.requests import Said
from privity.practice.incidents.services import write_down
from privity.practice.people import units
from privity.practice.people.access import allowed, within
from privity.practice.people.flagging import numbers_for
from privity.practice.people.services import tie

from .conftest import Cast, paper_of
from .front import Front

Sit = Callable[[str], Front]


def asked(received: date) -> Said:
    return Said("access", received, "client", None, "Cleo Marsh", "known", "", "All", True, ("whole_chart",), wants="copy", form="pdf")


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


def test_today_ends_with_three_numbers_each_for_whoever_may_see_it_and_each_one_statement(front: Sit, cast: Cast) -> None:
    rita = front("rita").open("/today")
    for said in ("Open requests: none", "Signed releases that end within 30 days: none", "Messages not seen to: none"):
        assert said in rita.words
    signed = {"signed_by": "parent", "signer": "Max Marsh", "has": (*FEDERAL, "authority_of_signer"), "purpose": "client_request"}
    for ends in (date(2026, 11, 25), date(2027, 3, 1)):
        record_authorization(cast.dana, cast.cleo, paper_of("employer", **{**signed, "ends": ends}))
    for received in (date(2026, 11, 12), date(2026, 11, 8)):
        write_down(cast.rita, cast.cleo, asked(received))
    calls.leave(cast.dana, cast.omar.account, "A man", "", "Words for Omar alone")
    told = {"rita": (2, 1, 1), "dana": (2, 1, 1), "omar": ("none", "none", 1), "petra": (2, None, "none"), "bill": (None, None, "none")}
    words = ("Open requests", "Signed releases that end within 30 days", "Messages not seen to")
    for who, numbers in told.items():
        page = front(who).open("/today")
        for word, number in zip(words, numbers, strict=True):
            assert f"{word}: {number} " in f"{page.words} " if number is not None else word not in page.words, (who, word)
        actor = cast.actor(who)
        with CaptureQueriesContext(connection) as made:
            numbers_for(actor)
        assert len(made) <= 3
    assert "Open requests" not in front("rita").open("/today?day=2026-11-21").words

    links = re.findall(r'<li><a href="([^"]+)">(?:Open|Signed|Messages)', front("rita").open("/today").text)
    assert links == ["/requests?oldest", "/authorizations/ending", "/call"]
    ending, call = (front("rita").open(path) for path in links[1:])
    assert "Cleo Marsh" in ending.words and "Nov 25, 2026 in 5 days" in ending.words and "2027" not in ending.words
    assert "Omar Test" in call.words and "by Dana Test" in call.words and "Words for Omar" not in call.text
    assert "Cleo" not in front("omar").open("/authorizations/ending").text and front("bill").open("/authorizations/ending").status == 403

    # The flag, beside the visit and on the client's page, and the list with the earliest of both days.
    assert "2 requests wait: answer the first by Dec 8" in front("dana").open(f"/clients/{cast.cleo}").words
    dana = cast.dana
    with CaptureQueriesContext(connection) as made:
        assert not waiting(None, actor=dana, records=[uuid4() for _ in range(40)])
    assert len(made) == 1
    assert set(waiting(None, actor=cast.dana, records=[cast.cleo])) == {cast.cleo} and not waiting(None, actor=cast.omar, records=[cast.cleo])
    listed = front("rita").open("/requests")
    assert "1 past our suggestion" in listed.words and "The earliest day first" in listed.words
    assert "Wed, Nov 18, 2026 2 days past our suggestion Law’s last day Tue, Dec 8, 2026 18 days left" in listed.words
    write_down(cast.rita, cast.cleo, replace(asked(date(2026, 10, 10)), kind="amendment", wants="", form=""))  # sixty days, and no suggestion: Dec 9
    came = re.findall(r"came in (\w+ \d+)", front("rita").open("/requests").words)
    assert came == ["Nov 8", "Nov 12", "Oct 10"]
    assert re.findall(r"came in (\w+ \d+)", front("rita").open("/requests?oldest").words) == ["Oct 10", "Nov 8", "Nov 12"]


def test_what_one_statement_lets_somebody_do_is_what_the_gate_does(cast: Cast) -> None:
    write_down(cast.rita, cast.cleo, asked(date(2026, 11, 12)))

    def same(*who: str) -> None:
        for one in who:
            actor = cast.actor(one)
            for action, kind in (("see", "request"), ("see", "authorization"), ("see", "chart"), ("review", "request")):
                found = ClientRequest.objects.filter(within(actor, action, kind)).exists()
                assert found is (cast.cleo in allowed(actor, action, kind)), (one, action, kind)

    every = ("rita", "dana", "omar", "bill", "petra", "olga", "carl")
    same(*every)
    tie(cast.dana, cast.cleo, cast.omar.account, "shared", ends=cast.dana.now + timedelta(days=2))
    tie(cast.petra, cast.cleo, cast.rita.account, "barred")
    same(*every)
    assert not ClientRequest.objects.filter(within(cast.rita, "see", "request")).exists()
    units.move(cast.petra, cast.cleo, units.add(cast.petra, "3 West"), [cast.omar.account])
    same(*every)
    assert numbers_for(cast.petra)[0].many == 1  # by its number, on a unit too
