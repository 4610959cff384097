"""A sign-in as the session keeps it: whose it is, since when, last seen, last proved. Nothing else is ever put into a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from .models import Account

IDLE, ABSOLUTE, FRESH = timedelta(minutes=15), timedelta(hours=12), timedelta(minutes=5)
WARN = timedelta(seconds=60)  # before an idle session ends
HALF = timedelta(minutes=30)  # how long a sign-in or a set-up may stand half done
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
Asked = TypeVar("Asked", bound=HttpRequest)
Told = ParamSpec("Told")
SYSTEMS = (("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "a Mac"), ("Linux", "Linux"))


def begin(request: HttpRequest, account: Account, now: datetime) -> None:
    """Begin a session for an account whose two factors were just proved; the session's number is new."""
    request.session.flush()
    request.session.clear_expired()
    request.session.cycle_key()
    rotate_token(request)
    moment = now.isoformat()
    device = device_of(request.headers.get("User-Agent", ""))
    request.session.update({"account": str(account.id), "epoch": account.epoch, "since": moment, "seen": moment, "proved": moment, "device": device})


def end(request: HttpRequest) -> None:
    """End the session; nothing of it stays."""
    request.session.flush()


def half(request: HttpRequest, what: str, now: datetime, **told: Any) -> None:
    """Note that a sign-in or a set-up stands half done. The session's number is new; whoever has only this is not signed in."""
    wanted = request.session.get("wanted")
    request.session.flush()
    request.session.cycle_key()
    request.session["half"] = {"what": what, "since": now.isoformat(), **told}
    if wanted:
        request.session["wanted"] = wanted


def half_done(request: HttpRequest, what: str, now: datetime) -> dict[str, Any] | None:
    """Return what was told of a half done sign-in or set-up, or None when there is none or it is too old."""
    told: dict[str, Any] | None = request.session.get("half")
    if not told or told["what"] != what or not timedelta(0) <= now - datetime.fromisoformat(told["since"]) <= HALF:
        return None
    return told


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
        raw["over"] = "ended" if account is None else "long" if now - since > ABSOLUTE else "quiet"
        return None
    if counts and now - seen > timedelta(seconds=30):
        raw["seen"] = now.isoformat()
    return account


def left(request: HttpRequest, now: datetime) -> timedelta:
    """Return how long the session lasts if nothing more is done in it."""
    seen, since = datetime.fromisoformat(request.session["seen"]), datetime.fromisoformat(request.session["since"])
    return min(seen + IDLE, since + ABSOLUTE) - now


# --- fresh proof -----------------------------------------------------------------------------------------------


def fresh_proof_required(view: Callable[Concatenate[Asked, Told], HttpResponse]) -> Callable[Concatenate[Asked, Told], HttpResponse]:
    """Return a view that opens only within five minutes of a proof; otherwise the page `prove` comes first and leads back."""

    @wraps(view)
    def asked(request: Asked, /, *args: Told.args, **kwargs: Told.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if is_fresh(request, request.now) else prove_first(request)  # type: ignore[attr-defined]

    return asked


def gate_first(
    gate: Callable[..., object],
) -> Callable[[Callable[Concatenate[Asked, Told], HttpResponse]], Callable[Concatenate[Asked, Told], HttpResponse]]:
    """Return what puts a gate before a view: `gate(actor, record)` raises where it is not theirs, so that nobody proves anew who they are in vain."""

    def around(view: Callable[Concatenate[Asked, Told], HttpResponse]) -> Callable[Concatenate[Asked, Told], HttpResponse]:
        @wraps(view)
        def asked(request: Asked, /, *args: Told.args, **kwargs: Told.kwargs) -> HttpResponse:
            gate(request.actor, kwargs["record"])  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return asked

    return around


def prove_first(request: HttpRequest) -> HttpResponse:
    """Return the way to the page `prove`, which leads back to this one."""
    request.session["back"] = request.path
    request.session["lost"] = request.method == "POST"
    return redirect("prove")


# --- one's sessions --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Running:
    """A session as its holder sees it. `id` names it on a page and is of no use for going in."""

    id: str
    device: str
    since: datetime
    seen: datetime
    this: bool


def running(request: HttpRequest, account: UUID, now: datetime) -> list[Running]:
    """Return an account's sessions that are not over, this one first."""
    mine = request.session.session_key
    found = []
    for row, raw in _of(account):
        since, seen = datetime.fromisoformat(raw["since"]), datetime.fromisoformat(raw["seen"])
        if now - seen <= IDLE and now - since <= ABSOLUTE:
            found.append(Running(_name(row.session_key), raw.get("device", ""), since, seen, row.session_key == mine))
    return sorted(found, key=lambda one: (not one.this, -one.seen.timestamp()))


def end_others(request: HttpRequest, account: UUID, named: str = "") -> int:
    """End an account's other sessions, or the one of them with this name, and return how many: their next request is shut out."""
    ended = 0
    for row, _ in _of(account):
        if row.session_key != request.session.session_key and named in ("", _name(row.session_key)):
            ended += row.delete()[0]
    return ended


def _of(account: UUID) -> Iterator[tuple[Session, dict[str, Any]]]:
    epoch = Account.objects.values_list("epoch", flat=True).get(id=account)
    for row in Session.objects.all():
        raw = row.get_decoded()
        if raw.get("account") == str(account) and raw.get("epoch") == epoch:
            yield row, raw


def _name(key: str) -> str:
    return salted_hmac("privity.session", key, algorithm="sha256").hexdigest()[:24]


def device_of(agent: str) -> str:
    """Return a browser in words, such as `Chrome on a Mac`."""
    browser = next((word for mark, word in BROWSERS if mark in agent), "A browser")
    return f"{browser} on {next((word for mark, word in SYSTEMS if mark in agent), 'another system')}"
