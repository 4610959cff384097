"""What holds for every answer: its headers, its one host name, and the law and the day it is given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from privity.practice.people.desk import the_book

Answer = Callable[[HttpRequest], HttpResponse]
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


class SecurityHeaders:
    """Every answer says: load nothing from elsewhere, tell no other site where you came from, keep no copy."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer with its headers."""
        response = self.answer(request)
        # A form that leads to the keys' origin says so; no other form may lead anywhere.
        leads_to = getattr(response, "leads_to", "")
        response.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", f"form-action 'self' {leads_to}") if leads_to else POLICY
        # Not `no-referrer`: with it Chromium and Firefox send `Origin: null` on forms, and every form would be refused as foreign.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
        if not request.path.startswith("/static/"):
            response.headers["Cache-Control"] = "no-store"
        return response


class OneName:
    """127.0.0.1 is sent on to localhost: passkeys, later, need a name, and a page must not have two."""

    NUMBERS = ("127.0.0.1", "[::1]")

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer, or the way to the same page under its name."""
        host = request.META.get("HTTP_HOST", "")
        name, _, port = host.rpartition(":") if host.rsplit(":", 1)[-1].isdigit() else (host, "", "")
        if name in self.NUMBERS and request.method in ("GET", "HEAD") and settings.CONFIG.host == "localhost":
            return HttpResponseRedirect(f"http://localhost{':' + port if port else ''}{request.get_full_path()}")
        return self.answer(request)


class LawAndDay:
    """Gives each request the book of law, opened once at the start, and the moment it is asked."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.book = the_book()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer."""
        request.book = self.book  # type: ignore[attr-defined]
        request.now = datetime.now().astimezone()  # type: ignore[attr-defined]
        return self.answer(request)
