"""A new session entry, and an amendment: both kept as a draft while they are written, both unchangeable once signed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privity.practice.people.desk import StaffRequest
from privity.practice.people.times import clock_said, day_said, local, moment_said
from privity.practice.visits.access import times

from ..access import Begun, amending, begun
from ..classes import LONGEST, words
from ..forms import AmendmentForm, EntryForm, PartsForm, as_typed, begun_with
from ..marks import pieces
from ..services import CannotSign, drop_draft, keep_and_show, keep_draft, sign_entry


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the sheet, keep it as a draft, or sign it."""
    if request.method != "POST":
        there = begun(request.actor, record, "session")
        initial = {**begun_with(request.now), **_of_visit(request, record), **there.fields}
        return _show(request, record, there, EntryForm(initial=initial, now=request.now, quiet=there.record.quiet), "session")
    if done := _put_by(request, record, "session", EntryForm):
        return done
    form = EntryForm(request.POST, now=request.now)
    if form.is_valid():
        try:
            sign_entry(request.actor, record, form.said())
        except CannotSign as why:
            form.refuse(why)
        else:
            return redirect("chart", record)
    there = keep_and_show(request.actor, record, "session", as_typed(EntryForm, request.POST))
    form.quiet = there.record.quiet
    return _show(request, record, there, form, "session")


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: StaffRequest, record: UUID, entry_id: UUID) -> HttpResponse:
    """Show the sheet of an amendment, keep it as a draft, or sign it."""
    if request.method != "POST":
        found = amending(request.actor, record, entry_id)
        if found.other is not None:
            return redirect("entry-amend", record, found.other)  # one amendment at a time, so that none overwrites another's draft
        form = AmendmentForm(initial=dict(found.begun.fields), quiet=found.begun.record.quiet)
        corrected = {"when": moment_said(found.entry.began), "parts": [(words(klass), pieces(text)) for klass, text in found.entry.parts.items()]}
        return _show(request, record, found.begun, form, "amendment", amends=entry_id, corrected=corrected)
    if done := _put_by(request, record, "amendment", AmendmentForm, amends=str(entry_id)):
        return done
    form = AmendmentForm(request.POST)
    if form.is_valid():
        try:
            sign_entry(request.actor, record, form.said(entry_id, request.now))
        except CannotSign as why:
            form.refuse(why)
        else:
            return redirect("chart", record)
    there = keep_and_show(request.actor, record, "amendment", {**as_typed(AmendmentForm, request.POST), "amends": str(entry_id)})
    form.quiet = there.record.quiet
    return _show(request, record, there, form, "amendment", amends=entry_id)


def _of_visit(request: StaffRequest, record: UUID) -> dict[str, str]:
    """Return the times of the visit the note is about, where one was named."""
    try:
        visit = times(request.actor, record, UUID(request.GET.get("visit", "")))
    except ValueError:
        return {}
    if visit is None:
        return {}
    began, ended = local(visit.starts), local(visit.ends)
    return {"day": began.date().isoformat(), "start": f"{began:%H:%M}", "stop": f"{ended:%H:%M}", "modality": visit.modality}


def _put_by(request: StaffRequest, record: UUID, kind: str, form: type[PartsForm], **more: str) -> HttpResponse | None:
    """Keep the draft or throw it away, when that was asked."""
    act = request.POST.get("act")
    if act == "draft":
        keep_draft(request.actor, record, kind, {**as_typed(form, request.POST), **more})
        return redirect(request.path)
    if act == "drop":
        drop_draft(request.actor, record, kind)
        return redirect("chart", record)
    return None


def _show(request: StaffRequest, record: UUID, there: Begun, form: PartsForm, kind: str, **more: Any) -> HttpResponse:
    members = [(str(person.id), person.called) for part, person in there.record.people if part == "group_member"]
    told = {
        "record": record, "who": there.record, "form": form, "kind": kind, "version": there.version, "members": members, "longest": LONGEST,
        "kept": f"Draft kept {day_said(there.saved)}, {clock_said(there.saved)}" if there.saved else "", **more,
    }  # fmt: skip
    return render(request, "records/entry.html", told, status=422 if form.is_bound else 200)
