"""Whom somebody told when there was danger, or by telephone: one step from what was read there to the client's accounting. Nothing stands in an address."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privity.law import BadQuestion
from privity.practice.decisions.danger import look, read_heard
from privity.practice.decisions.topics import TOPICS
from privity.practice.people.access import NotAllowed, the_practice
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import relations_for

from .. import access, accounting
from ..forms import ToldForm


@require_http_methods(["GET", "HEAD", "POST"])
def told(request: StaffRequest) -> HttpResponse:
    """Show the form as the page of danger fills it, with whose record it is to be said; or write it down there, of a shared one once it asked whose part."""
    if not relations_for(request.actor.roles, "prepare", "release"):
        raise NotAllowed("prepare release")
    book, post, wrong, asked = request.book, request.POST.copy(), "", ""
    form = ToldForm(book, initial=_heard(request), use_required_attribute=False)
    if "record" in post:
        record = _id(request.POST["record"])
        wrong = "" if record else "Choose whose record it is."
        people = accounting.sharing(request.actor, record) if record else ()
        asked = request.POST["record"] if people else ""
        seen = post.get("whose", "") == asked
        if not seen:
            post.setlist("about", [])  # ticked for another record
        form = ToldForm(book, post, people=people, use_required_attribute=False)
        if people and not seen:
            form.add_error("about", "Several people share this record. Look whose part it was, then write it down.")
        if form.is_valid() and record:
            try:
                accounting.add(request.actor, record, form.told())
                return redirect("accounting", record)
            except ValueError as fault:
                form.add_error("on", str(fault))
    choices = [(str(one.id), one.called) for one in access.for_telling(request.actor)]
    shown = {"form": form, "choices": choices, "record": post.get("record", ""), "wrong": wrong, "asked": asked, "faulty": "record" in post}
    return render(request, "releases/told.html", shown, status=422 if "record" in post else 200)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _heard(request: StaffRequest) -> dict[str, Any]:
    """Return what the page of danger said of the one who was told, worked out anew from what was tapped."""
    post, book = request.POST, request.book
    heard = read_heard(book, post.get("topic", ""), False, post.get("place", ""), False, post.getlist("given"))
    plain: dict[str, Any] = {"on": request.now.date(), "way": "By telephone"}
    if heard.topic not in TOPICS or not heard.place:
        return plain
    try:
        rows = look(book, the_practice(request.actor), heard, request.now.date()).rows
    except BadQuestion:
        return plain
    row = next((one for one in rows if one.key == post.get("telling") and one.say), None)
    if row is None:
        return plain
    return {**plain, "who": row.who, "kind": row.recipient, "purpose": row.purpose, "basis": row.cite, "what": "; ".join(row.say)[:400]}
