"""Default deny: every page needs a member of staff who signed in, except the short list written here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from privity.practice.people.access import NotAllowed, NotThere, called, staffed
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account
from privity.practice.people.session import account_of
from privity.practice.records.sealed_access import digest_of, ticket
from privity.vault import Locked, VaultFault

from .day import Day
from .keeping import IN_USE, Keeping, why_locked
from .row_security import narrow

Answer = Callable[[HttpRequest], HttpResponse]
# Open to anyone at this computer: the desk, which keeps nothing about clients (nobody in danger waits for a sign-in), and the way in.
DESK = frozenset({"start", "ask", "answer", "danger", "law", "rule", "locked", "demo"})
WAY_IN = frozenset({"sign-in", "sign-in-code", "sign-in-passkey", "sign-in-recovery", "set-up-begin", "set-up", "set-up-codes"})
SIGNING = frozenset({"paper-sign", "paper-link"})  # whoever signs a paper has no account: a link, and a session that opens this one paper
LINKS = frozenset({"link"})  # whoever received one: an address nobody can guess, and a code told another way; it shows nothing before both
OPEN = DESK | WAY_IN | SIGNING | LINKS
FIRST = frozenset({"profile"})  # open while nobody has an account: the desk alone is in use
BY_TICKET = frozenset({"sealed-api"})  # the keys' origin: no cookie, a ticket that stands for one session
POLLS = frozenset({"draft", "session-left"})  # what a page sends by itself keeps nobody signed in


class SignedIn:
    """Gives each request its actor, or sends it to the way in; and says in one sentence what went wrong below."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.keeping = Keeping.of(settings.CONFIG, Path(settings.DATA))
        self.day = Day()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        request.keeping = request.META.get(IN_USE, self.keeping)  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
            return HttpResponse("a page is opened by a person, not ahead of time", status=403, content_type="text/plain")
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the request through, or send it to the way in."""
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        if name in BY_TICKET:
            return self._by_ticket(request)
        account = account_of(request, request.now, counts=name not in POLLS)  # type: ignore[attr-defined]
        if account is not None:
            narrow(account.practice_id, account.practice.uid)
            request.practice = account.practice  # type: ignore[attr-defined]
            request.actor = actor = self._actor(request, account)  # type: ignore[attr-defined]
            request.called = self._called(account, actor)  # type: ignore[attr-defined]
            return None
        if name in OPEN or (name in FIRST and not staffed()):
            return None
        if request.method == "GET" and name not in POLLS:
            request.session["wanted"] = request.path
        return redirect("sign-in")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for what a gate or the vault raised; nothing about a client stands on it."""
        if isinstance(exception, NotThere):
            raise Http404
        if isinstance(exception, NotAllowed):
            return self._stopped(request, 403, exception.title, exception.what, exception.why, exception.now, exception.to)
        if isinstance(exception, Locked):
            return render(request, "site/locked.html", {"why": why_locked(request) or str(exception)}, status=503)
        if isinstance(exception, (DatabaseError, OSError, VaultFault)):
            what = str(exception) if isinstance(exception, VaultFault) else "The database or the log could not be written."
            why = "Nothing is shown that the log does not hold."
            return self._stopped(request, 503, "Nothing is shown now", what, why, "Look at the disk, then try again. What was saved before is safe.")
        return None

    def _by_ticket(self, request: HttpRequest) -> HttpResponse | None:
        """Give the request the actor of the session its ticket stands for; the browser's own cookies count for nothing here."""
        kept = ticket(digest_of(request.headers.get("Authorization", "").removeprefix("Bearer ")))
        session = SessionStore(kept[0]) if kept else None
        account = account_of(cast("HttpRequest", SimpleNamespace(session=session)), request.now) if session is not None else None  # type: ignore[attr-defined]
        if kept is None or session is None or account is None or account.id != kept[1]:
            return JsonResponse({"why": "you are signed out, or were; nothing was kept of this; sign in, then open your sealed notes again"}, status=401)
        if session.modified:
            session.save()
        narrow(account.practice_id, account.practice.uid)
        request.actor, request.ticket_record = self._actor(request, account), kept[2]  # type: ignore[attr-defined]
        return None

    def _actor(self, request: HttpRequest, account: Account) -> Actor:
        keys = request.keeping.keys(account.practice)  # type: ignore[attr-defined]
        now = request.now  # type: ignore[attr-defined]
        self.day.begins(keys, now)
        return Actor(account.id, account.practice.uid, account.practice_id, frozenset(account.roles), now, keys, secrets.token_hex(8))

    def _called(self, account: Account, actor: Actor) -> str:
        """Return the name that stands at the top of each page; the user name where no key opens it."""
        try:
            return called(account, actor.keys)
        except VaultFault:
            return account.user_name

    def _stopped(self, request: HttpRequest, status: int, title: str, what: str, why: str, now: str, to: str = "") -> HttpResponse:
        return render(request, "site/stopped.html", {"title": title, "what": what, "why": why, "now": now, "to": to}, status=status)
