"""The chart: the record's entries on one sheet, and the way to the sealed notes on another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from privity.practice.people.desk import StaffRequest
from privity.practice.people.times import clock_said, day_said, moment_said
from privity.practice.visits.models import Visit

from ..access import Chart, Written
from ..access import chart as open_chart
from ..classes import ALL, words
from ..forms import TITLES
from ..marks import pieces
from ..models import Entry


@require_http_methods(["GET", "HEAD"])
def chart(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the chart."""
    found = open_chart(request.actor, record)
    amendments: dict[Any, list[dict[str, Any]]] = {}
    for one in reversed(found.entries):
        if one.amends:
            amendments.setdefault(one.amends, []).append(_row(found, one))
    rows = [{**_row(found, one), "amendments": amendments.get(one.id, [])} for one in found.entries if not one.amends]
    told = {"who": found.record, "rows": rows, "may_write": found.may_write, "may_amend": found.may_write or (found.record.closed and found.may_seal),
            "sealed": _sealed(record) if found.may_seal else ""}  # fmt: skip
    return render(request, "records/chart.html", told)


def _sealed(record: UUID) -> str:
    """Return the way to the sealed notes, where that page is there."""
    for args in ([record], []):
        try:
            return reverse("sealed", args=args)
        except NoReverseMatch:
            continue
    return ""


def _row(found: Chart, one: Written) -> dict[str, Any]:
    order = list(ALL)
    parts = sorted(one.parts.items(), key=lambda part: order.index(part[0]) if part[0] in order else len(order))
    people = {person.id: person.called for _, person in found.record.people}
    when = day_said(one.began) if one.kind != Entry.Kind.SESSION else f"{day_said(one.began)}, {clock_said(one.began)}"
    if one.ended:
        when = f"{when} to {clock_said(one.ended)}"
    return {
        "id": one.id, "kind": Entry.Kind(one.kind).label, "when": when, "how": Visit.Modality(one.modality).label if one.modality else "",
        "signed": f"{moment_said(one.signed)} by {found.authors.get(one.author, 'somebody who left')}",
        "on": people.get(one.on, "a former member") if one.on else "", "parts": [(words(klass), pieces(text)) for klass, text in parts],
        "papers": [{"id": paper.id, "name": f"{paper.title}.{paper.ending}", "klass": TITLES.get(paper.klass) or words(paper.klass), "size": _size(paper.size)}
                   for paper in one.documents],
    }  # fmt: skip


def _size(count: int) -> str:
    return f"{max(1, round(count / 1024))} kB" if count < 1 << 20 else f"{count / (1 << 20):.1f} MB"
