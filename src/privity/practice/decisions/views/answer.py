"""The answer: one word, one sentence, and everything it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.law import BadQuestion, Book
from privity.practice.people.access import the_practice
from privity.practice.people.desk import DeskRequest
from privity.practice.people.models import Practice
from privity.practice.people.spoken import label

from ..answer import Answer, answer_of, facts_given
from ..dialogue import STARTERS, UNKNOWN, Standing, read_asked, stand
from ..wording import place_note, place_word


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: DeskRequest) -> HttpResponse:
    """Show the answer to what was said so far, open or not. Without anything said there is only the question."""
    practice = the_practice(request.actor)
    if request.method != "POST" or practice is None:
        return redirect("ask")
    try:
        asked = read_asked(request.book, request.POST.get("place", ""), request.POST.getlist("given"))
        standing = stand(request.book, practice, asked, request.now.date())
    except BadQuestion as error:
        return render(request, "decisions/stopped.html", {"error": str(error)}, status=400)
    return answer_page(request, practice, standing)


def answer_page(
    request: DeskRequest, practice: Practice, standing: Standing, answer: Answer | None = None, more: Mapping[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show an answer page; a chart's has `more`, and an answer that names its people."""
    book, asked = request.book, standing.asked
    told = asked.known
    return render(
        request,
        "decisions/answer.html",
        {
            "answer": answer or answer_of(book, standing.decision, asked),
            "asked": asked,
            "hidden": asked.hidden(),
            "facts": facts_given(book, asked),
            "place": place_word(asked.place),
            "place_note": place_note(practice, asked.place),
            "practice": practice,
            "standing": standing,
            "title": title_of(book, told),
            "ask_url": reverse("ask"),
            **(more or {}),
        },
        status=status,
    )


def title_of(book: Book, told: dict[str, object]) -> str:
    """Return the question as one heading: who asks, what for, about what. What nobody knows is left out, and the client is named once."""
    who, purpose, information = (label(book, name, told[name]) if told.get(name, UNKNOWN) != UNKNOWN else "" for name in STARTERS)
    if told.get("purpose") in book.groups.get("NO_TELLING", frozenset()):
        return purpose
    named = who and purpose.startswith(who)
    asked = purpose if named else ": ".join(filter(None, (who or "Someone", purpose)))
    return ". ".join(filter(None, (asked, information)))
