"""The way in: always two proofs, each failure alike, slower with each, and never so that the owner is kept out."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from privity.practice.people import factors, passwords, tries
from privity.practice.people.models import Account, Tries
from privity.practice.site.signed_in import BY_TICKET, OPEN
from privity.practice.trail.models import Event
from privity.vault import factors as codes

from .conftest import NOW
from .door import PASSWORD, SECRET, Door


def test_a_password_and_a_code_let_in_and_lead_where_one_was_going(door: Door) -> None:
    assert door.open("/me").at == "/sign-in"
    door.password("dana")
    assert door.at == "/sign-in/code"
    door.send("/sign-in/code", code=door.code())
    assert door.at == "/me" and "Dana Test" in door.words
    assert [row.act for row in Event.objects.order_by("-n")[:1]] == ["sign.in"]


def test_from_the_desk_a_word_leads_to_the_way_in_where_somebody_works(door: Door) -> None:
    assert 'href="/sign-in">Sign in</a>' in door.open("/law").text
    door.sign_in("dana")
    assert "Sign in" not in door.open("/law").words


def test_the_desk_alone_has_no_way_in_to_show(db: None) -> None:
    assert "Sign in" not in Client().get("/law", headers={"host": "localhost"}).content.decode()


def every_page() -> dict[str, str]:
    """Every page there is, by name; a new one is in it by itself."""
    found = {}
    waiting = list(get_resolver().url_patterns)
    while waiting:
        one = waiting.pop()
        waiting += getattr(one, "url_patterns", [])
        if name := getattr(one, "name", None):
            kwargs = {key: uuid4() if "UUID" in type(kind).__name__ else "1" for key, kind in one.pattern.converters.items()}
            found[name] = reverse(name, kwargs=kwargs)
    return found


def test_a_password_alone_opens_no_page_there_is(door: Door) -> None:
    door.password("dana")
    pages = {name: path for name, path in every_page().items() if name not in OPEN}
    assert {"me", "staff", "account", "prove", "profile", "session-left", "session-stay", "sign-out"} <= set(pages)
    for name, path in pages.items():
        for answer in (door.client.get(path), door.client.post(path, {"csrfmiddlewaretoken": door.token})):
            if name in BY_TICKET:
                assert answer.status_code in (401, 403), path
            else:
                assert (answer.status_code, answer.headers.get("Location")) == (302, "/sign-in"), path


def test_an_unknown_name_and_a_wrong_password_look_the_same(door: Door) -> None:
    wrong = door.password("dana", "not her password").words
    unknown = door.open("/sign-in").send("/sign-in", user_name="nobody-here-1234", password="not her password").words
    ended = Account.objects.filter(id=door.cast.accounts["omar"].id).update(ended=NOW) and door.password("omar").words
    no_factors = door.password("bill", "not his password").words
    assert "These do not fit together" in wrong
    assert wrong == unknown == ended == no_factors
    assert door.page.status_code == 422


def test_an_unknown_name_takes_as_long(door: Door) -> None:
    took: dict[str, list[float]] = {"dana": [], "nobody": []}
    dana = door.cast.accounts["dana"]
    for _ in range(5):
        for who, account in (("dana", dana), ("nobody", None)):
            began = time.perf_counter()
            factors.password_fits(account, "not her password")
            took[who].append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < known / unknown < 2 and max(known, unknown) < 1


def test_each_code_counts_once_and_for_a_minute_or_so(door: Door) -> None:
    code = door.code()
    door.password("dana").send("/sign-in/code", code=code)
    assert door.inside
    again = Door(door.cast, door.clock)
    again.password("dana").send("/sign-in/code", code=code)
    assert "That code does not fit" in again.words and not again.inside
    door.clock.on(seconds=95)
    again.send("/sign-in/code", code=code)
    assert not again.inside
    early = codes.code_at(codes.secret_typed(SECRET), door.clock.now.timestamp() + 29)
    again.send("/sign-in/code", code=f"{early[:3]} {early[3:]}")
    assert again.inside


def test_after_the_fifth_failure_one_waits_and_then_twice_as_long(door: Door) -> None:
    for _ in range(5):
        assert door.password("dana", "wrong wrong").page.status_code == 422
    assert door.password("dana").page.status_code == 429
    assert "Too many tries did not fit" in door.words
    assert Event.objects.filter(act="sign.slow", actor=door.cast.accounts["dana"].id).count() == 1
    door.clock.on(seconds=31)
    assert door.password("dana", "wrong wrong").page.status_code == 422
    door.clock.on(seconds=31)
    assert door.password("dana").page.status_code == 429
    door.clock.on(seconds=31)
    door.sign_in("dana")
    assert door.inside


def test_a_code_is_not_guessed_either(door: Door) -> None:
    door.password("dana")
    answers = [door.send("/sign-in/code", code="000000").page.status_code for _ in range(7)]
    assert answers == [422] * 5 + [429] * 2


def test_waiting_names_nobody(door: Door) -> None:
    for name in (door.name("dana"), "nobody-here-1234"):
        for _ in range(5):
            door.open("/sign-in").send("/sign-in", user_name=name, password="wrong wrong")
        door.open("/sign-in").send("/sign-in", user_name=name, password="wrong wrong")
        assert door.page.status_code == 429


@pytest.mark.slow
def test_ten_thousand_tries_let_nobody_in_and_the_owner_enters_on_a_known_device(door: Door, new_door: Callable[..., Door]) -> None:
    door.sign_in("dana")
    door.send("/sign-out")
    asked: list[str] = []
    requests, name = RequestFactory(), door.name("dana")
    for number in range(10_000):
        door.clock.on(seconds=1)
        request = requests.post("/sign-in", REMOTE_ADDR=f"198.51.100.{number % 200}")
        try:
            tries.count(tries.marks(request, name), door.clock.now)
        except tries.Wait:
            continue
        asked.append(name)
        assert not factors.password_fits(door.cast.accounts["dana"], f"guess {number}")
    assert 5 <= len(asked) < 20  # of ten thousand, in under three hours
    assert new_door(address="198.51.100.7").password("dana").page.status_code == 429
    door.sign_in("dana")
    assert door.inside


def test_what_slows_holds_no_name_and_is_in_the_database(door: Door) -> None:
    door.password("dana", "wrong wrong")
    rows = list(Tries.objects.values_list("mark", flat=True))
    assert sorted(mark.partition(":")[0] for mark in rows) == ["address", "name"]
    assert all(re.fullmatch("[0-9a-f]{48}", mark.partition(":")[2]) for mark in rows), rows  # a keyed mark, and nothing beside it


def test_a_forged_device_cookie_is_worth_nothing(door: Door) -> None:
    door.client.cookies["privity-known"] = "eyJkZXZpY2UiOiIxIn0:forged"
    for _ in range(5):
        door.password("dana", "wrong wrong")
    assert door.password("dana").page.status_code == 429


def test_signing_out_clears_and_the_device_stays_known(door: Door) -> None:
    door.sign_in("dana")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', door.open("/me").text)
    answer = door.client.post("/sign-out", {"csrfmiddlewaretoken": token[1] if token else ""})
    assert answer["Clear-Site-Data"] == '"cache", "storage"' and answer["Location"] == "/sign-in"
    assert not door.inside and "privity-known" in door.client.cookies
    assert Event.objects.filter(act="sign.out").count() == 1


def test_the_sessions_number_is_new_after_each_proof(door: Door) -> None:
    seen = []
    door.open("/sign-in")
    seen.append(door.client.cookies["privity"].value)
    door.password("dana")
    seen.append(door.client.cookies["privity"].value)
    door.send("/sign-in/code", code=door.code())
    seen.append(door.client.cookies["privity"].value)
    door.clock.on(minutes=6)
    door.open("/me/codes")
    door.send("/sign-in/prove", password=PASSWORD, code=door.code())
    seen.append(door.client.cookies["privity"].value)
    assert len(set(seen)) == 4 and all(len(one) >= 32 for one in seen)


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ("seven7!", "too short"), ("password123", "thieves try first"), ("iloveyou1", "thieves try first"),
        ("aaaaaaaaaaaa", "easy to guess"), ("x" * 257, "too long"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_password(chosen: str, says: str) -> None:
    with pytest.raises(passwords.NotAPassword, match=says):
        passwords.hash_of(chosen, user_name="heron-cedar-4821")


def test_what_can_be_a_password() -> None:
    for chosen in ("eight lo", "violet harbor seven lamps", "four long words " * 12, "ünïcödé pässwörd"):
        kept = passwords.hash_of(chosen, user_name="heron-cedar-4821")
        assert kept.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")
        assert passwords.fits(chosen, kept) and not passwords.fits(chosen + "x", kept)
    with pytest.raises(passwords.NotAPassword, match="user name"):
        passwords.hash_of("heron-cedar-4821", user_name="heron-cedar-4821")


def test_pasting_is_allowed_and_nothing_hints_at_a_password(door: Door) -> None:
    page = door.open("/sign-in").text
    assert "onpaste" not in page and 'autocomplete="current-password"' in page and "hint" not in door.words.casefold()
