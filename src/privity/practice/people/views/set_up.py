"""Setting up an account: the code from the owner, then a passkey or a password with an app, then recovery codes, one typed back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from .. import factors, passkeys, passwords, proving, session, tries
from ..desk import DeskRequest
from ..models import Account

NOT_THE_INVITATION = {
    "title": "These do not fit together",
    "what": "The user name and the code do not belong together, or the code is older than 72 hours, or it was used.",
    "why": "A code sets up one account, once.",
    "now": "Type both again. If it does not help, ask the owner or the privacy officer for a new code.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def set_up_begin(request: DeskRequest) -> HttpResponse:
    """Ask for the user name and the code from the owner."""
    if request.method != "POST":
        return proving.page(request, "people/set_up_begin.html", {})
    name, typed = request.POST.get("user_name", "").strip().casefold()[:80], request.POST.get("code", "")
    account = factors.account_named(name)
    told = {"user_name": name}
    try:
        against = proving.counted(request, name, account)
    except tries.Wait as wait:
        return proving.page(request, "people/set_up_begin.html", told, proving.too_often(wait.until, request.now), 429)
    factors.password_fits(None, typed)  # an unknown name takes as long as a known one
    code = factors.begin_set_up(account, request.keeping.keys(account.practice), typed, request.now) if account else None
    if code is None:
        return proving.page(request, "people/set_up_begin.html", told, NOT_THE_INVITATION)
    tries.give_back(against, request.now)
    session.half(request, "set_up", request.now, code=str(code))
    return redirect("set-up")


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: DeskRequest) -> HttpResponse:
    """Make a passkey, or choose a password and set up an app."""
    account = proving.set_up_of(request)
    if account is None:
        return redirect("set-up-begin")
    if request.method != "POST":
        return _choice(request, account)
    if request.POST.get("way") == "passkey":
        return _take_passkey(request, account)
    try:
        factors.choose_password(account, request.POST.get("password", ""))
    except passwords.NotAPassword as fault:
        return _choice(request, account, {"title": "That cannot be your password", "what": str(fault), "why": passwords.WHY, "now": "Choose another below."})
    if not factors.try_new_app(account, request.keeping.keys(account.practice), request.POST.get("code", ""), request.now):
        return _choice(request, account, proving.NOT_THE_CODE)
    return redirect("set-up-codes")


def _take_passkey(request: DeskRequest, account: Account) -> HttpResponse:
    try:
        made = passkeys.made(request.POST.dict(), proving.asked(request), passkeys.place_of(request))
        factors.keep_passkey(account, made, request.now)
    except passkeys.NotThisPasskey:
        return _choice(request, account, proving.NOT_THE_PASSKEY)
    return redirect("set-up-codes")


def _choice(request: DeskRequest, account: Account, wrong: dict[str, str] | None = None) -> HttpResponse:
    secret = factors.app_secret(account, request.keeping.keys(account.practice), request.now)
    told = {"options": proving.way_to_make(request, account), "user_name": account.user_name, **proving.app_words(account, secret)}
    return proving.page(request, "people/set_up.html", told, wrong)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up_codes(request: DeskRequest) -> HttpResponse:
    """Show recovery codes once, and let in whoever types one of them back."""
    account = proving.set_up_of(request)
    if account is None:
        return redirect("set-up-begin")
    if not factors.may_print_codes(account):
        return redirect("set-up")
    keys = request.keeping.keys(account.practice)
    told = {"to": "set-up-codes", "user_name": account.user_name}
    if request.method == "POST" and "code" not in request.POST:
        return proving.page(request, "people/codes.html", {**told, "codes": factors.new_recovery_codes(account, keys, request.now)})
    if request.method == "POST":
        try:
            account = factors.finish_set_up(account, keys, request.POST["code"], request.now)
        except factors.NotYet as fault:
            return proving.page(request, "people/codes.html", {**told, "shown": True}, proving.not_typed_back(str(fault)))
        return proving.come_in(request, account, "set_up", [])
    return proving.page(request, "people/codes.html", told)
