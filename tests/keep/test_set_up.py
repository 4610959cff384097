"""Setting an account up: a code from the owner, a way in of one's own, recovery codes typed back. Nothing counts before the last step."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from privity.practice.people import factors
from privity.practice.people.access import NotAllowed
from privity.practice.people.models import Account, AppCode, PaperCode, Passkey
from privity.practice.trail.models import Event
from privity.vault import factors as codes

from .conftest import NOW
from .door import PASSWORD, Door

CHOSEN = "lantern orchard nine tides"


def invited(door: Door, who: str = "rita") -> str:
    return factors.set_up_code(door.cast.accounts[who], door.cast.keys, door.clock.now, by=door.cast.olga.account)[0]


def begin(door: Door, code: str, who: str = "rita") -> Door:
    return door.open("/sign-in/begin").send("/sign-in/begin", user_name=door.name(who), code=code)


def shown_code(door: Door) -> str:
    secret = re.search(r'class="code mt2">([A-Z2-7 ]+)<', door.text)
    assert secret
    return codes.code_at(codes.secret_typed(secret[1]), door.clock.now.timestamp())


def with_app(door: Door, code: str, who: str = "rita") -> Door:
    begin(door, code, who)
    return door.send("/sign-in/set-up", password=CHOSEN, code=shown_code(door))


def sheet(door: Door) -> list[str]:
    door.send("/sign-in/codes")
    return re.findall(r"<li>([0-9A-Z-]{29})</li>", door.text)


def test_rita_sets_up_and_is_in(door: Door) -> None:
    with_app(door, invited(door))
    assert door.at == "/sign-in/codes"
    printed = sheet(door)
    assert len(set(printed)) == 8
    door.send("/sign-in/codes", code=printed[3].lower().replace("-", " "))
    assert door.inside and "Rita Test" in door.open("/me").words and "8 of 8 left" in door.words
    assert Event.objects.filter(act="account.set_up", actor=door.cast.accounts["rita"].id).count() == 1


def test_before_a_code_is_typed_back_nothing_counts(door: Door, new_door: Callable[..., Door]) -> None:
    with_app(door, invited(door))
    sheet(door)
    door.send("/sign-in/codes", code="0000-0000-0000-0000-0000-0000")
    assert "The codes do not count yet" in door.words and not door.inside
    assert "These do not fit together" in new_door().password("rita", CHOSEN).words
    assert not Event.objects.filter(act="account.set_up", actor=door.cast.accounts["rita"].id).exists()


def test_the_codes_are_shown_once_and_kept_as_marks(door: Door) -> None:
    with_app(door, invited(door))
    printed = sheet(door)
    assert printed[0] not in door.open("/sign-in/codes").text
    marks = [bytes(mark) for mark in PaperCode.objects.values_list("mark", flat=True)]
    assert len(marks) == 9 and all(len(mark) == 32 for mark in marks)
    assert not [one for one in printed if one.replace("-", "").encode() in b"".join(marks)]


@pytest.mark.parametrize(("hours", "opens"), [(71.99, True), (72.01, False)])
def test_the_owners_code_lasts_72_hours(door: Door, hours: float, opens: bool) -> None:
    code = invited(door)
    door.clock.on(hours=hours)
    assert begin(door, code).at == ("/sign-in/set-up" if opens else "/sign-in/begin")


def test_the_owners_code_is_that_accounts_alone_counts_once_and_the_newest_only(door: Door, new_door: Callable[..., Door]) -> None:
    old = invited(door)
    code = invited(door)
    assert "do not fit together" in begin(door, old).words
    assert "do not fit together" in begin(door, code, "bill").words
    with_app(door, code)
    door.send("/sign-in/codes", code=sheet(door)[0])
    assert door.inside
    assert "do not fit together" in begin(new_door(), code).words


def test_a_half_set_up_of_somebody_else_leaves_nothing_behind(door: Door, new_door: Callable[..., Door]) -> None:
    thief = new_door()
    with_app(begin(thief, code := invited(thief)), code)
    thief.open("/sign-in/set-up")
    known = re.findall(r'class="code mt2">([A-Z2-7 ]+)<', thief.text)
    with_app(door, invited(door))
    assert known and known != re.findall(r'class="code mt2">([A-Z2-7 ]+)<', door.open("/sign-in/set-up").text)
    thief.open("/sign-in/set-up")
    assert thief.at == "/sign-in/begin"  # the code it began with is void
    door.send("/sign-in/codes", code=sheet(door)[0])
    assert door.inside and AppCode.objects.filter(account=door.cast.accounts["rita"].id).count() == 1


def test_set_up_anew_ends_the_former_ways_and_sessions(door: Door, new_door: Callable[..., Door]) -> None:
    before = new_door()
    before.sign_in("dana")
    with_app(door, invited(door, "dana"), "dana")
    assert before.inside  # nothing has happened yet
    door.send("/sign-in/codes", code=sheet(door)[0])
    assert door.inside and not before.inside
    assert "These do not fit together" in new_door().password("dana", PASSWORD).words


@pytest.mark.parametrize("path", ["/sign-in/set-up", "/sign-in/codes", "/sign-in/code"])
def test_no_step_opens_without_the_one_before(door: Door, path: str) -> None:
    assert door.open(path).at in ("/sign-in", "/sign-in/begin")
    door.password("dana")
    assert door.open("/sign-in/set-up").at == "/sign-in/begin"


def test_codes_come_after_a_way_in(door: Door) -> None:
    begin(door, invited(door))
    assert door.open("/sign-in/codes").at == "/sign-in/set-up"
    door.send("/sign-in/set-up", password="password1", code=shown_code(door))
    assert "thieves try first" in door.words
    door.send("/sign-in/set-up", password=CHOSEN, code="123456")
    assert "That code does not fit" in door.words and door.open("/sign-in/codes").at == "/sign-in/set-up"


def test_the_apps_secret_is_sealed(door: Door) -> None:
    begin(door, invited(door))
    secret = re.search(r'class="code mt2">([A-Z2-7 ]+)<', door.text)
    assert secret
    row = AppCode.objects.get(account=door.cast.accounts["rita"].id)
    assert codes.secret_typed(secret[1]) not in bytes(row.secret) and bytes(row.secret).startswith(b"S\x01")


def test_guessing_the_owners_code_is_slowed(door: Door) -> None:
    code = invited(door)
    for _ in range(5):
        begin(door, "0000-0000-0000-0000-0000-0000")
    assert begin(door, code).page.status_code == 429


# --- recovery --------------------------------------------------------------------------------------------------


def recover(door: Door, who: str, password: str, code: str) -> Door:
    return door.open("/sign-in/recovery").send("/sign-in/recovery", user_name=door.name(who), password=password, code=code)


def set_up(door: Door, who: str = "rita") -> list[str]:
    with_app(door, invited(door, who), who)
    printed = sheet(door)
    door.send("/sign-in/codes", code=printed[0])
    return printed


def test_a_recovery_code_lets_in_once_and_only_with_the_password(door: Door, new_door: Callable[..., Door]) -> None:
    printed = set_up(door)
    lost = new_door()
    assert not recover(lost, "rita", "not the password", printed[2]).inside
    assert not recover(lost, "rita", CHOSEN, "0000-0000-0000-0000-0000-0000").inside
    assert recover(lost, "rita", CHOSEN, printed[2]).inside  # the wrong tries spent nothing
    assert "7 of 8 left" in lost.open("/me").words
    assert not recover(new_door(), "rita", CHOSEN, printed[2]).inside
    assert not recover(new_door(), "dana", PASSWORD, printed[3]).inside


def test_whoever_has_only_passkeys_recovers_with_a_code_from_the_owner_as_well(door: Door, new_door: Callable[..., Door]) -> None:
    printed = set_up(door)
    rita = door.cast.accounts["rita"]
    Passkey.objects.create(practice=door.cast.practice, account=rita, credential=b"k", public=b"p", made=NOW, counts=NOW)
    AppCode.objects.filter(account=rita).delete()
    Account.objects.filter(id=rita.id).update(password="!")
    assert not recover(new_door(), "rita", "", printed[1]).inside
    assert recover(new_door(), "rita", invited(door), printed[1]).inside


def test_new_codes_replace_the_old_when_one_is_typed_back(door: Door, new_door: Callable[..., Door]) -> None:
    old = set_up(door)
    door.open("/me/codes").send("/me/codes")
    new = re.findall(r"<li>([0-9A-Z-]{29})</li>", door.text)
    assert recover(new_door(), "rita", CHOSEN, old[1]).inside
    assert not recover(new_door(), "rita", CHOSEN, new[1]).inside
    door.send("/me/codes", code=new[0])
    assert not recover(new_door(), "rita", CHOSEN, old[2]).inside
    assert recover(new_door(), "rita", CHOSEN, new[1]).inside


# --- the second proof cannot be switched off -------------------------------------------------------------------


def test_the_last_way_in_stays(door: Door) -> None:
    actor = door.cast.actor("rita")
    row = Passkey.objects.create(practice=door.cast.practice, account_id=actor.account, credential=b"k", public=b"p", made=NOW, counts=NOW)
    with pytest.raises(NotAllowed):
        factors.remove_passkey(actor, row.id)
    other = Passkey.objects.create(practice=door.cast.practice, account_id=actor.account, credential=b"l", public=b"p", made=NOW, counts=NOW)
    factors.remove_passkey(actor, row.id)
    assert [one.id for one in factors.ways(actor.account).passkeys] == [other.id]


def test_nothing_takes_the_app_away_from_a_password(door: Door) -> None:
    door.sign_in("dana")
    assert "Take" not in door.open("/me").words
    AppCode.objects.filter(account=door.cast.accounts["dana"].id).update(counts=None)  # even so the password opens nothing
    assert not Door(door.cast, door.clock).sign_in("dana").inside


def test_known_factors_are_what_was_given(door: Door) -> None:
    factors.set_known(door.cast.accounts["bill"], door.cast.keys, password=PASSWORD, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", now=NOW)
    assert door.sign_in("bill").inside


def test_until_when_the_code_lasts_is_said(door: Door) -> None:
    ends = factors.set_up_code(door.cast.accounts["rita"], door.cast.keys, NOW)[1]
    assert isinstance(ends, datetime) and (ends - NOW).total_seconds() == 72 * 3600
