"""The open requests with their clocks, a client's requests, and a new one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privity.practice.people.access import NotAllowed
from privity.practice.people.desk import StaffRequest
from privity.practice.people.times import day_said

from .. import access, services
from ..access import Open
from ..drawing import Row, drawn
from ..forms import OutsideForm, RequestForm
from ..requests import CITES, KINDS, OUTSIDE, OUTSIDE_WORDS, Due
from ..wording import STATE, how_long, state_of, weekday


@require_http_methods(["GET", "HEAD"])
def requests(request: StaffRequest) -> HttpResponse:
    """Show the open requests, the earliest day first, or as the end of the day asks for them, the oldest."""
    today, oldest = request.actor.now.astimezone().date(), "oldest" in request.GET
    found = access.open_ones(request.actor, request.book)
    if oldest:
        found.sort(key=lambda one: (one.one.said.received, one.one.written))
    rows = [_row(one, today) for one in found]
    lines = [_line(one, today) for one in found]
    charts = [drawn(lines, today, wide=True), drawn(lines, today, wide=False)] if lines else []
    told = {
        "rows": rows, "charts": charts, "late": sum(row["late"] for row in rows), "past": sum(row["past"] for row in rows), "oldest": oldest,
        "numbers": any(not one.called for one in found), "now": day_said(today),
    }  # fmt: skip
    return render(request, "incidents/requests.html", told)


def _called(one: Open) -> str:
    return one.called or f"Record {str(one.one.record)[:8]}"


def _line(one: Open, today: date) -> Row:
    due = one.clock.first if one.clock.late(today) else one.clock.next
    return Row(_called(one), one.one.said.received, due.day, how_long(due, today), due.on is None, one.clock.late(today))


def _row(one: Open, today: date) -> dict[str, Any]:
    due, said, soonest = one.clock.first, one.one.said, one.clock.next
    ours = None if soonest == due else told_due(soonest, today) | {"is_past": soonest.left(today) < 0}
    past = soonest.on is None and soonest.left(today) < 0
    return {
        "record": one.one.record, "id": one.one.id, "called": _called(one), "kind": said.called, "received": day_said(said.received), **told_due(due,
        today),
        "late": one.clock.late(today), "state": state_of(one.one.standing), "review": one.to_review,
        "sooner": ours, "past": past,
    }  # fmt: skip


def told_due(due: Due, today: date) -> dict[str, Any]:
    """Return a clock in words: the law's, the computed day, our suggestion apart."""
    return {
        "day": weekday(due.day), "ours": due.on is None, "how_long": how_long(due, today), "words": due.words, "cite": due.cite, "plain": due.plain,
        "is_late": due.on is not None and due.on < today, "suggestion": due.suggestion,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD"])
def of_client(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show a record's requests, the newest first."""
    desk = access.desk(request.actor, record, "see")
    rows = [
        {"id": one.id, "kind": one.said.called, "received": day_said(one.said.received), "state": STATE[one.standing.answer],
         "ended": day_said(one.standing.ended)}
        for one in desk.requests
    ]  # fmt: skip
    told = {"record": record, "called": desk.whole.called if desk.known else f"record {str(record)[:8]}", "rows": rows, "may_change": desk.may_change}
    return render(request, "incidents/of_client.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the kinds, then the form of one, or keep what was written."""
    desk = access.desk(request.actor, record, "change")
    if not desk.may_change:
        raise NotAllowed("change request")
    today = request.actor.now.astimezone().date()
    kind = str((request.POST if request.method == "POST" else request.GET).get("kind", ""))
    told: dict[str, Any] = {"record": record, "called": desk.whole.called if desk.known else f"record {str(record)[:8]}"}
    if kind == OUTSIDE:
        return _outside(request, record, told, today)
    if kind not in KINDS:
        told["kinds"] = [(key, words, CITES[key]) for key, words in KINDS.items()]
        return render(request, "incidents/new.html", told, status=422 if request.method == "POST" else 200)
    first = next((str(who.id) for part, who in desk.whole.people if part == "client"), "")
    initial = {"asker": "client", "person": first, "received": today, "in_writing": "yes", "wants": "copy", "form": "paper", "how": "phone", "call": True,
               "information": ["whole_chart"] if kind == "access" else []}  # fmt: skip
    sent = request.POST if request.method == "POST" else None
    form = RequestForm(request.book, kind, desk.whole, sent, initial=initial, known=desk.known, today=today, use_required_attribute=False)
    if sent is not None and form.is_valid():
        return redirect("request", record, services.write_down(request.actor, record, form.said()))
    told |= {"form": form, "kind": kind, "kind_words": KINDS[kind], "cite": CITES[kind]}
    return render(request, "incidents/new.html", told, status=200 if sent is None else 422)


def _outside(request: StaffRequest, record: UUID, told: dict[str, Any], today: date) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = OutsideForm(request.book, sent, initial={"received": today, "in_writing": "yes"}, today=today, use_required_attribute=False)
    if sent is not None and form.is_valid():
        return redirect("request", record, services.write_down(request.actor, record, form.said()))
    return render(request, "incidents/outside.html", {**told, "form": form, "kind_words": OUTSIDE_WORDS}, status=200 if sent is None else 422)
