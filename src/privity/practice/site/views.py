"""Pages that belong to no one room."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods, require_safe

from privity.practice.people import session
from privity.practice.people.access import NotThere, staffed, the_practice
from privity.practice.people.desk import DeskRequest

from . import demo as demos
from .frame import first_page
from .keeping import why_locked


def start(request: DeskRequest) -> HttpResponse:
    """Lead whoever signed in to the day; anybody else to the profile while it is unset, and to the question after that."""
    if request.actor is not None:
        return redirect(first_page())
    return redirect("ask" if the_practice() else "profile")


@require_http_methods(["GET", "HEAD", "POST"])
def demo(request: DeskRequest) -> HttpResponse:
    """Show the invented cast, or go in as one of them; where there is no demo there is no such page."""
    cast = demos.cast()
    if not cast:
        raise NotThere("demo")
    if request.method != "POST":
        return render(request, "site/demo.html", {"cast": cast})
    account = demos.account_in_demo(request.POST.get("who", ""))
    if account is None:
        raise NotThere("demo")
    session.begin(request, account, request.now)
    return redirect(first_page())


@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """Say whether the practice is locked, why, what still works, and how it is unlocked."""
    why = why_locked(request) if staffed() or demos.the_demo() else ""
    return render(request, "site/locked.html", {"why": why}, status=503 if why else 200)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was not taken, and what to do."""
    return render(
        request,
        "site/stopped.html",
        {
            "title": "This page was too old to send",
            "what": "Your answer was not taken, and nothing of it was kept.",
            "why": "The page had stood open too long, or another site sent it. Only a page of this desk may send answers to it.",
            "now": "Open the question again and answer it anew.",
        },
        status=403,
    )


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return render(
        request,
        "site/stopped.html",
        {
            "title": "There is no such page",
            "what": "Nothing stands at this address.",
            "why": "It may have been mistyped.",
            "now": "Go to the question.",
        },
        status=404,
    )


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that what was sent could not be read: too much, or not a form of this desk."""
    much = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    if _of_chart(request):
        what = "More was sent than a chart takes" if much else "What was sent arrived broken"
        told = {
            "title": "That was too much to read" if much else "This could not be read", "what": f"{what}, and nothing of it was kept.",
            "why": "A part of a note holds 100,000 characters, a document 10 MB.", "to": request.path,
            "now": "Go back with your browser’s Back to what you typed, or open the draft as it was kept before. Cut the text, or attach it as a document.",
        }  # fmt: skip
        return render(request, "site/stopped.html", told, status=413 if much else 400)
    return render(
        request,
        "site/stopped.html",
        {
            "title": "That was too much to read" if much else "This could not be read",
            "what": "More was sent than any question of this desk needs, and nothing of it was kept." if much else "What was sent is not a form of this desk.",
            "why": "Only a page of this desk may send answers to it.",
            "now": "Open the question again and answer it anew.",
        },
        status=413 if much else 400,
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Say that the page could not be made, in a page that asks nothing of the database."""
    what = "<h1>This page could not be made</h1><p>Nothing was shown that the log does not hold, and what was saved before is safe.</p>"
    now = "<p>Try again. If it comes again, whoever runs this computer looks at the disk, which may be full: <code>privity verify</code>.</p>"
    page = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not now · Privity</title></head><body><main>{what}{now}</main></body></html>'
    return HttpResponse(page, status=500)


def _of_chart(request: HttpRequest) -> bool:
    try:
        return resolve(request.path).url_name in ("entry", "entry-amend", "draft", "document-new")
    except Resolver404:
        return False
