"""The accounting of disclosures: for staff as a page, for the client as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.agreements import access as agreements
from privity.practice.agreements.validity import State
from privity.practice.people.access import Identity, require
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import may
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said

from .. import accounting as kept
from ..accounting import NOT_COUNTED, CannotSuspend, Entry
from ..forms import SuspendForm, ToldForm
from ..models import Outgoing
from ..services import list_for_client


@require_http_methods(["GET", "HEAD"])
def accounting(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show a record's accounting."""
    return _page(request, record, paper=request.GET.get("paper", ""))


@require_POST
def add(request: StaffRequest, record: UUID) -> HttpResponse:
    """Write down what left by another way."""
    form = ToldForm(request.book, request.POST, people=kept.sharing(request.actor, record), use_required_attribute=False)
    if form.is_valid():
        try:
            kept.add(request.actor, record, form.told())
            return redirect("accounting", record)
        except ValueError as fault:
            form.add_error("on", str(fault))
    return _page(request, record, form=form)


@require_POST
def take(request: StaffRequest, record: UUID) -> HttpResponse:
    """Give out the list the client is owed, as a PDF."""
    whose = _ids(request.POST.getlist("person"))
    body = list_for_client(request.actor, record, whose[0] if whose else None)
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="who-got-the-record.pdf"'})


@require_POST
def suspend(request: StaffRequest, record: UUID) -> HttpResponse:
    """Hold entries back from the client's list, as an agency lawfully asked."""
    kept.may_suspend(request.actor, record)
    return _suspend(request, record, kept.suspend)


@require_POST
def note(request: StaffRequest, record: UUID) -> HttpResponse:
    """Note what an agency asked, for whoever may decide."""
    require(request.actor, record, "change", "request")
    return _suspend(request, record, kept.note)


def _suspend(request: StaffRequest, record: UUID, verb: Callable[..., UUID]) -> HttpResponse:
    form = SuspendForm(request.POST, use_required_attribute=False)
    if form.is_valid():
        try:
            verb(request.actor, record, _ids(request.POST.getlist("entry")), **form.cleaned_data)
            return redirect("accounting", record)
        except CannotSuspend as fault:
            form.add_error("ends", str(fault))
    return _page(request, record, suspending=form)


@require_POST
def follow(request: StaffRequest, record: UUID, suspension: UUID) -> HttpResponse:
    """Hold back what an agency asked, as it was noted."""
    with suppress(CannotSuspend):  # its day went by meanwhile: the page says so
        kept.confirm(request.actor, record, suspension)
    return redirect("accounting", record)


@require_POST
def lift(request: StaffRequest, record: UUID, suspension: UUID) -> HttpResponse:
    """End a suspension before its day."""
    kept.lift(request.actor, record, suspension)
    return redirect("accounting", record)


def _page(request: StaffRequest, record: UUID, form: ToldForm | None = None, suspending: SuspendForm | None = None, paper: str = "") -> HttpResponse:
    found = kept.page(request.actor, record)
    roles, standing = request.actor.roles, found.who.standing
    writes = found.known and may(roles, "prepare", "release", standing)
    paper = paper if may(roles, "see", "authorization", standing) else ""
    decides = may(roles, "suspend", "accounting", standing)
    notes = decides or may(roles, "change", "request", standing)
    people = kept.subjects_of(found.who) if len(kept.subjects_of(found.who)) > 1 else ()
    begun: dict[str, Any] = {"people": people, "use_required_attribute": False}
    told: dict[str, Any] = {
        "people": people, "who": found.who, "rows": [_row(one, people) for one in found.entries], "since": day_said(found.since),
        "counts_tpo": found.counts_tpo,
        "paused": [{"one": one, "ends": day_said(one.ends), "of": _named(found.entries, one.entries)} for one in found.paused],
        "wrong": bool(form or suspending),
        "known": found.known, "may_suspend": decides,
        "may_take": may(roles, "take", "accounting", standing) and found.known,
        "form": (form or ToldForm(request.book, initial=_by_paper(request, record, paper), **begun)) if writes else None,
        "suspending": (suspending or SuspendForm(use_required_attribute=False)) if notes and found.entries else None,
    }  # fmt: skip
    return render(request, "releases/accounting.html", told, status=422 if form or suspending else 200)


def _named(entries: tuple[Entry, ...], wanted: frozenset[str]) -> list[str]:
    return [f"{day_said(one.told.on)}, {one.told.who}" for one in entries if str(one.id) in wanted]


def _by_paper(request: StaffRequest, record: UUID, paper: str) -> dict[str, Any]:
    """Return how the form begins after a call that a live paper allowed; the address has the paper's id alone, and its words are read here."""
    one = next((one for one in agreements.for_gates(request.actor, record) if str(one.id) == paper and one.state is State.LIVE), None) if paper else None
    if one is None:
        return {}
    said = one.terms
    what = said.description or ", ".join(label(request.book, "information", each) for each in said.information)
    return {"on": request.now.date(), "who": said.recipient, "kind": said.recipient_kind, "purpose": said.purpose, "what": what[:400], "way": "By telephone",
            "basis": "45 CFR 164.508: the client’s authorization"}  # fmt: skip


def _row(one: Entry, people: Iterable[Identity]) -> dict[str, Any]:
    names = {str(person.id): person.called for person in people}
    why_not = NOT_COUNTED.get(one.told.exempt)
    return {
        "id": one.id, "on": day_said(one.told.on), "whose": [names[id] for id in one.told.about if id in names],
        "told": one.told, "by": one.by, "counted": one.counted, "why_not": why_not, "outgoing": one.outgoing,
        "suspended": day_said(one.suspended), "failed": one.state == Outgoing.State.FAILED, "state": str(Outgoing.State(one.state).label) if one.state else "",
    }  # fmt: skip


def _ids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
