"""The biller's page: visits and codes, and the diagnosis of one visit, shown by a press for that visit alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.practice.people.desk import StaffRequest
from privity.practice.people.times import clock_said, day_said, local
from privity.practice.visits.models import Visit

from .. import billing
from ..billing import Bills
from .packet import number


@require_http_methods(["GET", "HEAD"])
def codes(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show when a client came, how long, and what is billed."""
    start = number(request.GET.get("start", ""))
    return _page(request, billing.visits(request.actor, record, start), start)


@require_http_methods(["GET", "HEAD", "POST"])
def diagnosis(request: StaffRequest, record: UUID, visit: UUID) -> HttpResponse:
    """Show the diagnosis of one visit beside it, all others masked."""
    if request.method != "POST":
        billing.may_look(request.actor, record)
        return redirect("visit-codes", record)
    start = number(request.POST.get("start", ""))
    return _page(request, billing.diagnosis(request.actor, record, visit, start), start)


def _page(request: StaffRequest, found: Bills, start: int) -> HttpResponse:
    rows = [
        {
            "id": one.id, "day": day_said(local(one.starts)), "time": clock_said(one.starts), "minutes": one.minutes, "missed": one.missed, "code": one.code,
            "way": Visit.Modality(one.modality).label, "shut": one.shut, "shown": one.id == found.shown,
        }
        for one in found.visits
    ]  # fmt: skip
    told = {"who": found.who, "rows": rows, "diagnosis": found.diagnosis, "start": start, "more": found.more, "ask": reverse("question", args=[found.who.id])}
    return render(request, "releases/codes.html", told)
