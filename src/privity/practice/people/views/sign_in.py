"""The way in: a name and a password and then a code, or a passkey alone, or a password and a recovery code; and the way out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from .. import factors, passkeys, proving, session, tries
from ..access import staffed
from ..desk import DeskRequest, StaffRequest
from ..models import Account

OVER = {
    "quiet": "You were signed out after 15 quiet minutes. What you were writing was kept as a draft.",
    "long": "You were signed out: a session lasts 12 hours at most. What you were writing was kept as a draft.",
    "ended": "Your session was ended: from another device, by a change of your ways in, or by the practice.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: DeskRequest) -> HttpResponse:
    """Show the ways in, or take a name and a password and go on to the code."""
    if request.actor:
        return redirect(proving.home())
    if request.method != "POST":
        return _ways(request)
    name, typed = request.POST.get("user_name", "").strip().casefold()[:80], request.POST.get("password", "")
    account = factors.account_named(name)
    try:
        fits, against = proving.with_tries(request, name, account, lambda: factors.password_fits(account, typed))
    except tries.Wait as wait:
        return _ways(request, name, proving.too_often(wait.until, request.now), 429)
    if not fits or account is None:
        return _ways(request, name, proving.NOT_TOGETHER)
    tries.give_back(against, request.now)
    session.half(request, "code", request.now, account=str(account.id), epoch=account.epoch)
    return redirect("sign-in-code")


def _ways(request: DeskRequest, name: str = "", wrong: dict[str, str] | None = None, status: int | None = None) -> HttpResponse:
    over = OVER.get(request.session.pop("over", ""), "") if request.session.get("over") else ""
    told = {"options": proving.way_to_use(request), "user_name": name, "over": over, "staffed": staffed()}
    return proving.page(request, "people/sign_in.html", told, wrong, status)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: DeskRequest) -> HttpResponse:
    """Ask for the code of the app, or take it and let in."""
    account = proving.account_of(request, "code")
    if account is None:
        return redirect("sign-in")
    if request.method != "POST":
        return proving.page(request, "people/sign_in_code.html", {})
    keys, typed = request.keeping.keys(account.practice), request.POST.get("code", "")
    try:
        fits, against = proving.with_tries(request, account.user_name, account, lambda: factors.app_code_fits(account, keys, typed, request.now))
    except tries.Wait as wait:
        return proving.page(request, "people/sign_in_code.html", {}, proving.too_often(wait.until, request.now), 429)
    if not fits:
        return proving.page(request, "people/sign_in_code.html", {}, proving.NOT_THE_CODE)
    return proving.come_in(request, account, "code", against)


@require_POST
def sign_in_passkey(request: DeskRequest) -> HttpResponse:
    """Let in whoever's passkey answers the question asked."""
    try:
        account = factors.passkey_fits(request.POST.dict(), proving.asked(request), passkeys.place_of(request))
    except passkeys.NotThisPasskey:
        return _ways(request, wrong=proving.NOT_THE_PASSKEY)
    return proving.come_in(request, account, "passkey", [])


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_recovery(request: DeskRequest) -> HttpResponse:
    """Let in whoever has a recovery code, and with it a password or a new code from the owner."""
    if request.method != "POST":
        return proving.page(request, "people/sign_in_recovery.html", {})
    name = request.POST.get("user_name", "").strip().casefold()[:80]
    account = factors.account_named(name)
    try:
        fits, against = proving.with_tries(request, name, account, lambda: _recovers(request, account))
    except tries.Wait as wait:
        return proving.page(request, "people/sign_in_recovery.html", {"user_name": name}, proving.too_often(wait.until, request.now), 429)
    if not fits or account is None:
        return proving.page(request, "people/sign_in_recovery.html", {"user_name": name}, proving.NOT_RECOVERED)
    request.session["wanted"] = ""
    return proving.come_in(request, account, "recovery", against)


def _recovers(request: DeskRequest, account: Account | None) -> bool:
    """Tell whether both proofs fit. The recovery code is spent only when the other proof fits."""
    other = request.POST.get("password", "")
    fits = factors.password_fits(account, other)
    if account is None:
        return False
    keys = request.keeping.keys(account.practice)
    fits = fits or factors.spend_set_up_code(account, keys, other, request.now)
    return fits and factors.recovery_code_fits(account, keys, request.POST.get("code", ""), request.now)


@require_POST
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session; the browser forgets what it kept of these pages."""
    factors.signed_out(request.actor)
    session.end(request)
    response = redirect("sign-in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # not cookies: which devices are known must last
    return response
