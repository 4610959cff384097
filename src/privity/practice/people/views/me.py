"""One's own page: sessions, ways in, and the proof that some acts ask for anew."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import access, factors, passkeys, passwords, proving, session, tries
from ..desk import StaffRequest
from ..session import fresh_proof_required


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: StaffRequest) -> HttpResponse:
    """Show one's sessions and ways in; end other sessions, take a passkey away."""
    if request.method == "POST" and "end" in request.POST:
        factors.sessions_ended(request.actor, session.end_others(request, request.actor.account, request.POST["end"]))
        return redirect("me")
    if request.method == "POST":
        return _remove(request)
    told = {
        "running": session.running(request, request.actor.account, request.now),
        "ways": factors.ways(request.actor.account),
        "user_name": access.own_account(request.actor).user_name,
    }
    return proving.page(request, "people/me.html", told)


@fresh_proof_required
def _remove(request: StaffRequest) -> HttpResponse:
    try:
        factors.remove_passkey(request.actor, UUID(request.POST.get("remove", "")))
    except ValueError:
        raise access.NotThere("passkey") from None
    return redirect("me")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def passkey(request: StaffRequest) -> HttpResponse:
    """Make another passkey."""
    wrong = None
    if request.method == "POST":
        try:
            made = passkeys.made(request.POST.dict(), proving.asked(request), passkeys.place_of(request))
            factors.add_passkey(request.actor, made)
            return redirect("me")
        except passkeys.NotThisPasskey:
            wrong = proving.NOT_THE_PASSKEY
    return proving.page(request, "people/me_passkey.html", {"options": proving.way_to_make(request, access.own_account(request.actor))}, wrong)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def password(request: StaffRequest) -> HttpResponse:
    """Choose a new password, with a new secret for the app."""
    account, wrong = access.own_account(request.actor), None
    if request.method == "POST":
        try:
            if factors.change_password(request.actor, request.POST.get("password", ""), request.POST.get("code", "")):
                session.begin(request, access.own_account(request.actor), request.now)
                return redirect("me")
            wrong = proving.NOT_THE_CODE
        except passwords.NotAPassword as fault:
            wrong = {"title": "That cannot be your password", "what": str(fault), "why": passwords.WHY, "now": "Choose another below."}
    secret = factors.app_secret(account, request.actor.keys, request.now)
    return proving.page(request, "people/me_password.html", {"user_name": account.user_name, **proving.app_words(account, secret)}, wrong)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def codes(request: StaffRequest) -> HttpResponse:
    """Show new recovery codes once; they count when one was typed back."""
    account = access.own_account(request.actor)
    told = {"to": "me-codes", "user_name": account.user_name}
    if request.method == "POST" and "code" not in request.POST:
        return proving.page(request, "people/codes.html", {**told, "codes": factors.new_recovery_codes(account, request.actor.keys, request.now)})
    if request.method == "POST":
        try:
            factors.keep_recovery_codes(request.actor, request.POST["code"])
            return redirect("me")
        except factors.NotYet as fault:
            return proving.page(request, "people/codes.html", {**told, "shown": True}, proving.not_typed_back(str(fault)))
    return proving.page(request, "people/codes.html", told)


# --- fresh proof -----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: StaffRequest) -> HttpResponse:
    """Ask for proof anew, and lead back to the page that asked for it."""
    account = access.own_account(request.actor)
    if request.method != "POST":
        return _proofs(request)
    if request.POST.get("way") == "passkey":
        try:
            who = factors.passkey_fits(request.POST.dict(), proving.asked(request), passkeys.place_of(request))
            if who.id != account.id:
                raise passkeys.NotThisPasskey("a colleague's")
        except passkeys.NotThisPasskey:
            return _proofs(request, proving.NOT_THE_PASSKEY)
        return _proved(request, "passkey")
    try:
        fits, against = proving.with_tries(request, account.user_name, account, lambda: _code_proves(request))
    except tries.Wait as wait:
        return _proofs(request, proving.too_often(wait.until, request.now), 429)
    if not fits:
        return _proofs(request, proving.NOT_PROVED)
    tries.forget(against, account.user_name)
    return _proved(request, "code")


def _code_proves(request: StaffRequest) -> bool:
    account = access.own_account(request.actor)
    fits = factors.password_fits(account, request.POST.get("password", ""))
    return fits and factors.app_code_fits(account, request.actor.keys, request.POST.get("code", ""), request.now)


def _proofs(request: StaffRequest, wrong: dict[str, str] | None = None, status: int | None = None) -> HttpResponse:
    told = {"options": proving.way_to_use(request), "ways": factors.ways(request.actor.account), "lost": request.session.get("lost", False)}
    return proving.page(request, "people/prove.html", told, wrong, status)


def _proved(request: StaffRequest, how: str) -> HttpResponse:
    factors.proved_anew(request.actor, how)
    session.proved(request, request.now)
    request.session.pop("lost", None)
    return redirect(request.session.pop("back", None) or proving.home())


# --- how long the session still lasts --------------------------------------------------------------------------


@require_safe
def session_left(request: StaffRequest) -> HttpResponse:
    """Return how many seconds the session lasts if nothing more is done; asking does not make it longer."""
    return JsonResponse({"left": max(0, int(session.left(request, request.now) / timedelta(seconds=1)))})


@require_POST
def session_stay(request: StaffRequest) -> HttpResponse:
    """Keep the session for another quarter of an hour: somebody is there. Return how long it lasts now."""
    return JsonResponse({"left": int(session.left(request, request.now) / timedelta(seconds=1))})
