"""What the pages that prove somebody share: questions for passkeys, counting of tries, and what is said when something does not fit."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from webauthn import base64url_to_bytes
from webauthn.helpers import bytes_to_base64url

from . import factors, passkeys, session, tries
from .access import the_practice
from .desk import DeskRequest
from .models import Account

ASKED_LASTS = timedelta(minutes=10)
NOT_TOGETHER = {
    "title": "These do not fit together",
    "what": "The user name and the password do not belong to one account here, or the account is not set up yet.",
    "why": "Which of the two is wrong is not said, so that nobody can find out who works here.",
    "now": "Look at both and type them again. User names look like heron-cedar-4821.",
}
NOT_THE_CODE = {
    "title": "That code does not fit",
    "what": "It is not the one your app shows now, or it was used already.",
    "why": "Each code counts once, and for about a minute.",
    "now": "Wait for the next code, then type it. If it never fits, set your phone’s clock to automatic.",
}
NOT_THE_PASSKEY = {
    "title": "That passkey did not prove who you are",
    "what": "It is not known here, its question was too old, or your device did not check that it is you.",
    "why": "A passkey works only where it was made, once for each question, and only after your finger, face or PIN.",
    "now": "Press the button again. If it does not help, use another way in.",
}
NOT_PROVED = {
    "title": "These do not fit",
    "what": "The password is not yours, or the code is not the one your app shows now, or it was used already.",
    "why": "Which of the two is wrong is not said. Each code counts once.",
    "now": "Wait for the next code, then type both again.",
}
NOT_RECOVERED = {
    "title": "These do not fit together",
    "what": "The user name, the password and the recovery code do not belong to one account, or the code was used before.",
    "why": "Which of them is wrong is not said. Each recovery code counts once.",
    "now": "Type them again, or take another code from your sheet.",
}


def way_to_make(request: DeskRequest, account: Account) -> str:
    """Return the question, as JSON, by which a browser makes a passkey; the answer must come soon, and counts once."""
    return json.dumps(passkeys.to_make(passkeys.place_of(request), account.id, account.user_name, factors.credentials(account.id), _ask(request)))


def way_to_use(request: DeskRequest) -> str:
    """Return the question, as JSON, by which a browser uses a passkey."""
    return json.dumps(passkeys.to_use(passkeys.place_of(request), _ask(request)))


def _ask(request: DeskRequest) -> bytes:
    challenge = secrets.token_bytes(32)
    request.session["asked"] = [bytes_to_base64url(challenge), request.now.isoformat()]
    return challenge


def asked(request: DeskRequest) -> bytes:
    """Return the question that was asked, once. Raises NotThisPasskey when there is none or it is too old."""
    told, at = request.session.pop("asked", None) or ("", "")
    if not told or not timedelta(0) <= request.now - datetime.fromisoformat(at) <= ASKED_LASTS:
        raise passkeys.NotThisPasskey("not asked")
    return base64url_to_bytes(told)


def counted(request: DeskRequest, name: str, account: Account | None) -> list[str]:
    """Return what this try counts against, counted already. Raises Wait."""
    against = tries.marks(request, name)
    if tries.count(against, request.now):
        factors.slowed(the_practice(), account, request.now)
    return against


def too_often(until: datetime, now: datetime) -> dict[str, str]:
    """Return what is said to somebody who must wait."""
    local = until.astimezone(now.tzinfo) + timedelta(seconds=59)
    when = f"{local:%I:%M %p}".lstrip("0").lower()
    return {
        "title": "Wait a little before the next try",
        "what": f"Too many tries did not fit. The next one counts from {when}.",
        "why": "Each failure makes the wait longer, so that nobody can guess a way in. A device you signed in from before is not slowed by others.",
        "now": f"Try again at {when}, or use a passkey now.",
    }


def come_in(request: DeskRequest, account: Account, how: str, against: list[str]) -> HttpResponse:
    """Begin the session of somebody who proved who they are, and lead where they wanted to go."""
    wanted = request.session.get("wanted", "")
    factors.signed_in(account, how, request.now)
    tries.forget(against, account.user_name)
    session.begin(request, account, request.now)
    response = redirect(wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else home())
    tries.remember(request, response, account.user_name)
    return response


def home() -> str:
    """Return where a signed-in member of staff begins."""
    try:
        return reverse("today")
    except NoReverseMatch:
        return reverse("start")


def page(request: DeskRequest, template: str, told: dict[str, Any], wrong: dict[str, str] | None = None, status: int | None = None) -> HttpResponse:
    """Return a page, with what was wrong at its top."""
    return render(request, template, {**told, "wrong": wrong}, status=status or (422 if wrong else 200))


def not_typed_back(what: str) -> dict[str, str]:
    """Return what is said when no code was typed back."""
    return {
        "title": "The codes do not count yet",
        "what": what,
        "why": "One code typed back shows that your sheet can be read on the day you need it.",
        "now": "Type one of them again. If the sheet is lost, show new codes.",
    }


def app_words(account: Account, secret: str) -> dict[str, str]:
    """Return an app's secret as a page shows it: to scan, to type in groups of four, and as an address that a phone opens in its app."""
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    address = f"otpauth://totp/Privity:{account.user_name}?secret={secret}&issuer=Privity"
    drawn = segno.make(address, error="m", micro=False)
    square = drawn.svg_inline(scale=4, border=4, light="#fff", svgclass="qr", lineclass=None, title="Scan this with the app")
    return {"secret": groups, "app": address, "square": mark_safe(square)}  # noqa: S308  (segno's own drawing; the address is our own words)


def with_tries(request: DeskRequest, name: str, account: Account | None, fits: Callable[[], bool]) -> tuple[bool, list[str]]:
    """Tell whether a proof fits, and what the try was counted against. Raises Wait, and then nothing was tried."""
    against = counted(request, name, account)
    return fits(), against


def account_of(request: DeskRequest, what: str) -> Account | None:
    """Return whose sign-in stands half done in this session."""
    told = session.half_done(request, what, request.now)
    found = factors.account(told["account"]) if told else None
    return found if told and found and found.epoch == told["epoch"] else None


def set_up_of(request: DeskRequest) -> Account | None:
    """Return whose account is being set up in this session."""
    told = session.half_done(request, "set_up", request.now)
    return factors.being_set_up(UUID(told["code"]), request.now) if told else None
