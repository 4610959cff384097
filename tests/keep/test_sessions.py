"""Sessions end by themselves, by their holder, and by a change at the practice; some acts ask for proof anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from privity.practice.people import factors, services
from privity.practice.people.models import Account
from privity.practice.people.session import is_fresh
from privity.practice.trail.models import Event

from .conftest import NOW
from .door import PASSWORD, Door

IDLE, ABSOLUTE = 15 * 60, 12 * 3600


@pytest.mark.parametrize(("quiet", "inside"), [(60, True), (IDLE - 1, True), (IDLE, True), (IDLE + 1, False), (IDLE * 4, False)])
def test_a_quiet_session_ends_after_a_quarter_of_an_hour(door: Door, quiet: int, inside: bool) -> None:
    door.sign_in("dana")
    door.clock.on(seconds=quiet)
    assert door.inside is inside
    if not inside:
        assert "signed out after 15 quiet minutes" in door.open("/me").words


@pytest.mark.parametrize(("lasted", "inside"), [(ABSOLUTE - 1, True), (ABSOLUTE, True), (ABSOLUTE + 1, False)])
def test_a_busy_session_ends_after_twelve_hours(door: Door, lasted: int, inside: bool) -> None:
    door.sign_in("dana")
    began = door.clock.now
    while door.clock.now < began + timedelta(seconds=lasted - IDLE):
        door.clock.on(minutes=14)
        assert door.inside
    door.clock.now = began + timedelta(seconds=lasted)
    assert door.inside is inside
    if not inside:
        assert "12 hours at most" in door.open("/me").words


def test_a_clock_set_far_back_ends_it(door: Door) -> None:
    door.sign_in("dana")
    door.clock.on(hours=-2)
    assert not door.inside


def test_asking_how_long_is_left_keeps_nobody_signed_in_and_a_key_does(door: Door) -> None:
    door.sign_in("dana").open("/me")
    door.clock.on(minutes=14)
    assert door.client.get("/session/left").json() == {"left": 60}
    door.clock.on(seconds=59)
    assert door.client.get("/session/left").json() == {"left": 1}
    assert door.send("/session/stay").page.json() == {"left": IDLE}
    door.clock.on(seconds=10)
    assert door.client.get("/session/left").json() == {"left": IDLE - 10}
    door.clock.on(minutes=15)
    assert door.client.get("/session/left").status_code == 302


def test_one_sees_ones_sessions_and_ends_the_others(door: Door, new_door: Callable[..., Door]) -> None:
    phone = new_door(agent="Mozilla/5.0 (iPhone) AppleWebKit Safari/604.1")
    phone.sign_in("dana")
    omar = new_door()
    omar.sign_in("omar")
    door.sign_in("dana").open("/me")
    assert "Chrome on Windows This one" in door.words and "Safari on an iPhone" in door.words
    named = re.search(r'name="end" value="([0-9a-f]+)"', door.text)
    assert named and named[1] not in {row.session_key for row in Session.objects.all()}
    door.send("/me", end=named[1])
    assert door.inside and omar.inside and not phone.inside
    assert "iPhone" not in door.open("/me").words
    assert Event.objects.filter(act="session.end").count() == 1


def test_no_session_can_be_ended_by_a_colleague(door: Door, new_door: Callable[..., Door]) -> None:
    omar = new_door()
    omar.sign_in("omar")
    door.sign_in("dana").open("/me").send("/me", end="")
    assert omar.inside


def test_sessions_hold_no_name_and_no_secret(door: Door) -> None:
    door.password("dana").send("/sign-in/code", code=door.code())
    door.open("/me/password")
    for row in Session.objects.all():
        told = row.get_decoded()
        assert set(told) <= {"account", "epoch", "since", "seen", "proved", "device", "wanted", "asked", "back", "lost"}
        assert not re.search(rf"dana|{door.name('dana')}|JBSW", str(told), re.I)


FRESH = ["/me/codes", "/me/password", "/me/passkey", "/staff/add", "/staff/{dana}"]


@pytest.mark.parametrize("path", FRESH)
@pytest.mark.parametrize(("after", "opens"), [(0, True), (300, True), (301, False)])
def test_some_pages_ask_for_proof_anew_after_five_minutes(door: Door, path: str, after: int, opens: bool) -> None:
    path = path.format(dana=door.cast.accounts["dana"].id)
    door.sign_in("olga")
    door.clock.on(seconds=after)
    assert door.open(path).at == (path if opens else "/sign-in/prove")
    if not opens:
        door.clock.on(seconds=31)
        door.send("/sign-in/prove", password=PASSWORD, code="000000")
        assert "These do not fit" in door.words
        assert door.send("/sign-in/prove", password=PASSWORD, code=door.code()).at == path
        assert Event.objects.filter(act="sign.prove").count() == 1


def test_proof_is_the_holders_own_and_not_a_colleagues(door: Door) -> None:
    door.sign_in("olga")
    Account.objects.filter(id=door.cast.accounts["olga"].id).update(password="!")
    door.clock.on(minutes=6)
    door.open("/me/codes").send("/sign-in/prove", password=PASSWORD, code=door.code())
    assert door.at == "/sign-in/prove" and "These do not fit" in door.words


def test_what_is_sent_after_five_minutes_is_not_done(door: Door) -> None:
    door.sign_in("olga").open("/staff/add")
    door.clock.on(minutes=6)
    door.send("/staff/add", name="Late Comer", roles=["clinician"])
    assert door.at == "/sign-in/prove" and "nothing was done" in door.words
    assert Account.objects.filter(practice=door.cast.practice).count() == 7


def test_no_proof_at_all_is_not_fresh(door: Door) -> None:
    class Bare:
        session: dict[str, str] = {}

    assert not is_fresh(Bare(), NOW)  # type: ignore[arg-type]


# --- changes bite on the next request --------------------------------------------------------------------------


def test_a_role_taken_away_bites_on_the_next_request(door: Door) -> None:
    door.sign_in("petra")
    assert "Add somebody" in door.open("/staff").words
    services.change_roles(door.cast.olga, door.cast.accounts["petra"].id, ["front_desk"])
    assert "Add somebody" not in door.open("/staff").words
    assert door.open("/staff/add").page.status_code == 403


def test_an_ended_account_is_out_on_the_next_request_and_stays_out(door: Door) -> None:
    door.sign_in("dana")
    assert door.inside
    services.end_account(door.cast.olga, door.cast.accounts["dana"].id)
    assert not door.inside
    assert "Your session was ended" in door.open("/me").words
    assert "These do not fit together" in door.password("dana").words


def test_new_ways_in_end_the_sessions_begun_with_the_old(door: Door, new_door: Callable[..., Door]) -> None:
    thief = new_door()
    thief.sign_in("dana")
    door.sign_in("dana").open("/me/password")
    secret = re.search(r'class="code mt2">([A-Z2-7 ]+)<', door.text)
    assert secret
    code = factors.factors.code_at(factors.factors.secret_typed(secret[1]), door.clock.now.timestamp())
    door.send("/me/password", password="a new one, longer", code=code)
    assert door.at == "/me" and door.inside and not thief.inside
    assert "These do not fit together" in new_door().password("dana").words
