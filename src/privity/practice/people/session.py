"""A sign-in as the session keeps it: whose it is, since when, last seen, last proved. Nothing else is ever put into a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from .models import Account

IDLE, ABSOLUTE, FRESH = timedelta(minutes=15), timedelta(hours=12), timedelta(minutes=5)


def begin(request: HttpRequest, account: Account, now: datetime) -> None:
    """Begin a session for an account whose two factors were just proved; the session's number is new."""
    request.session.flush()
    request.session.cycle_key()
    moment = now.isoformat()
    request.session.update({"account": str(account.id), "epoch": account.epoch, "since": moment, "seen": moment, "proved": moment})


def end(request: HttpRequest) -> None:
    """End the session; nothing of it stays."""
    request.session.flush()


def proved(request: HttpRequest, now: datetime) -> None:
    """Note that the account's holder was proved anew just now."""
    request.session.cycle_key()
    request.session["proved"] = now.isoformat()


def is_fresh(request: HttpRequest, now: datetime) -> bool:
    """Tell whether the holder was proved within the last five minutes: asked before release, export, sealed notes, broken glass, keys and roles."""
    told = request.session.get("proved")
    return told is not None and now - datetime.fromisoformat(told) <= FRESH


def account_of(request: HttpRequest, now: datetime, *, idle: timedelta = IDLE, counts: bool = True) -> Account | None:
    """Return whose session this is, or None when it has none, is over, or was ended elsewhere. `counts` is false for polls, which keep nobody signed in."""
    raw = request.session
    if "account" not in raw:
        return None
    account = Account.objects.filter(id=UUID(raw["account"]), ended=None, epoch=raw["epoch"]).select_related("practice").first()
    seen, since = datetime.fromisoformat(raw["seen"]), datetime.fromisoformat(raw["since"])
    if account is None or now - seen > idle or now - since > ABSOLUTE or now < seen - IDLE:
        raw.flush()
        return None
    if counts and now - seen > timedelta(seconds=30):
        raw["seen"] = now.isoformat()
    return account
