"""Someone may be in danger: opens at once, with or without a profile."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from privity.law import BadQuestion
from privity.practice.people.access import the_practice
from privity.practice.people.desk import DeskRequest
from privity.practice.people.forms import numbers
from privity.practice.people.matrix import relations_for
from privity.practice.people.spoken import state

from ..danger import MOST_TAPS, Heard, look, read_heard
from ..dialogue import ELSEWHERE, NOT_KNOWN, PLACES_APART
from ..topics import BIG, SORTING, TOPICS, UNSURE


@require_http_methods(["GET", "HEAD", "POST"])
def danger(request: DeskRequest) -> HttpResponse:
    """Show the emergency text, what was tapped, and the answer to it."""
    practice = the_practice(request.actor)
    book, post = request.book, request.POST
    heard = read_heard(
        book,
        post.get("topic", ""),
        post.get("by_sorting") == "1",
        post.get("place", ""),
        post.get("place_tapped") == "1",
        [*post.getlist("given"), *post.getlist("tap")],
    )
    heard = taken(heard, post.get("heard", ""), post.get("sorted", ""), post.get("is_in", ""), book.states)
    if not heard.place and practice and len(practice.states) == 1:
        heard = replace(heard, place=practice.states[0])
    needs_place = not heard.place
    seen = None
    if heard.topic in TOPICS and not needs_place:
        try:
            seen = look(book, practice, heard, request.now.date())
        except BadQuestion:
            seen = look(book, practice, replace(heard, taps=()), request.now.date())
    return render(
        request,
        "decisions/danger.html",
        {
            "heard": heard,
            "may_write": request.actor is not None and bool(relations_for(request.actor.roles, "prepare", "release")),
            "topic": TOPICS.get(heard.topic),
            "unsure": heard.topic == UNSURE,
            "big": BIG,
            "sorting": SORTING,
            "seen": seen,
            "given": [f"{key}={value}" for key, value in heard.taps],
            "needs_place": needs_place,
            "changing_place": "where" in post,
            "place": "another state" if heard.place == ELSEWHERE else state(heard.place) if heard.place else "",
            "place_known": heard.place != NOT_KNOWN,
            "states": [*((code, state(code)) for code in book.states), (ELSEWHERE, "Another state"), (NOT_KNOWN, "I don’t know")],
            "count": heard.count,
            "most": seen.most if seen else MOST_TAPS,
            "practice": practice,
            "numbers": numbers(practice),
            "next_key": next((asking.tap.key for asking in seen.asking if not asking.taken), "") if seen else "",
        },
    )


def taken(heard: Heard, topic: str, sorted_: str, place: str, states: list[str]) -> Heard:
    """Return what was tapped after one of the big choices, the sorting question or a state."""
    if topic in TOPICS or topic == UNSURE:
        heard = Heard(topic, False, heard.place, heard.place_tapped)
    elif topic == "again":
        heard = Heard("", False, heard.place, heard.place_tapped)
    if sorted_ in TOPICS:
        heard = replace(heard, topic=sorted_, by_sorting=True, taps=())
    if place in states or place in PLACES_APART:
        heard = replace(heard, place=place, place_tapped=True)
    return heard
