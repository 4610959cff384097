"""Pages that belong to no one room."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from privity.practice.people.access import the_practice


def start(request: HttpRequest) -> HttpResponse:
    """Lead to the profile while it is unset, and to the question after that."""
    return redirect("ask" if the_practice() else "profile")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form was not taken, and what to do."""
    return render(
        request,
        "site/stopped.html",
        {
            "title": "This page was too old to send",
            "what": "The form came without its token, or from another page.",
            "why": "Only a page of this desk may send answers to it.",
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


def _of_chart(request: HttpRequest) -> bool:
    try:
        return resolve(request.path).url_name in ("entry", "entry-amend", "draft", "document-new")
    except Resolver404:
        return False
