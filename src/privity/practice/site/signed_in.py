"""Default deny: every page needs a member of staff who signed in, except the short list written here."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from privity.practice.people.access import NotAllowed, NotThere, staffed
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account
from privity.practice.people.session import account_of
from privity.vault import Locked, VaultFault

from .day import Day
from .keeping import Keeping

Answer = Callable[[HttpRequest], HttpResponse]
# Open to anyone at this computer: the desk, which keeps nothing about clients (nobody in danger waits for a sign-in), and the way in.
OPEN = frozenset({"start", "ask", "answer", "danger", "law", "rule", "sign-in", "sign-in-code", "sign-in-passkey", "sign-in-recovery", "locked"})
FIRST = frozenset({"profile"})  # open while nobody has an account: the desk alone is in use
POLLS = frozenset({"draft"})  # what a page sends by itself keeps nobody signed in


class SignedIn:
    """Gives each request its actor, or sends it to the way in; and says in one sentence what went wrong below."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.keeping = Keeping(Path(settings.DATA), Path(settings.KEY_FILE))
        self.day = Day()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        request.keeping = self.keeping  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
            return HttpResponse("a page is opened by a person, not ahead of time", status=403, content_type="text/plain")
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the request through, or send it to the way in."""
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        account = account_of(request, request.now, counts=name not in POLLS)  # type: ignore[attr-defined]
        if account is not None:
            request.actor = self._actor(request, account)  # type: ignore[attr-defined]
            return None
        if name in OPEN or (name in FIRST and not staffed()):
            return None
        if request.method == "GET":
            request.session["wanted"] = request.path
        return redirect("sign-in")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for what a gate or the vault raised; nothing about a client stands on it."""
        if isinstance(exception, NotThere):
            raise Http404
        if isinstance(exception, NotAllowed):
            why = "What one may do here depends on the work one does."
            return self._stopped(request, 403, "This is not yours to do", "Your role does not include this.", why, "Ask the clinician or the privacy officer.")
        if isinstance(exception, Locked):
            what = self.keeping.why_locked or str(exception)
            return self._stopped(request, 503, "The practice is locked", what, "No key is in memory.", "Unlock it, then reload.")
        if isinstance(exception, (DatabaseError, OSError, VaultFault)):
            what = str(exception) if isinstance(exception, VaultFault) else "The database or the log could not be written."
            why = "Nothing is shown that the log does not hold."
            return self._stopped(request, 503, "Nothing is shown now", what, why, "Look at the disk, then try again. What was saved before is safe.")
        return None

    def _actor(self, request: HttpRequest, account: Account) -> Actor:
        keys = self.keeping.keys(account.practice)
        now = request.now  # type: ignore[attr-defined]
        self.day.begins(keys, now)
        return Actor(account.id, account.practice.uid, account.practice_id, frozenset(account.roles), now, keys, secrets.token_hex(8))

    def _stopped(self, request: HttpRequest, status: int, title: str, what: str, why: str, now: str) -> HttpResponse:
        return render(request, "site/stopped.html", {"title": title, "what": what, "why": why, "now": now}, status=status)
