"""A record's restrictions: the list, a new one, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.people.access import NotAllowed, require
from privity.practice.people.desk import StaffRequest
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said

from .. import restrictions
from ..forms import ENDS_SAID, RestrictionForm
from ..restrictions import BY_PRACTICE, MayNotEnd, Page, Restriction


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show a record's restrictions, or keep a new one."""
    found = restrictions.page(request.actor, record)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and not found.may_change:
        raise NotAllowed("change authorization")
    form = RestrictionForm(request.book, found.visits, sent, initial={"began": request.now.date()}, use_required_attribute=False)
    if sent is not None and form.is_valid():
        restrictions.agree(request.actor, record, form.said())
        return redirect("restrictions", record)
    return _show(request, found, form, 200 if sent is None else 422)


def _show(request: StaffRequest, found: Page, form: RestrictionForm, status: int, problem: str = "") -> HttpResponse:
    rows = [_told(request, found, one) for one in found.kept]
    told = {"who": found.who, "rows": rows, "form": form, "may_change": found.may_change, "may_end": found.may_end, "problem": problem}
    return render(request, "agreements/restrictions.html", told, status=status)


@require_POST
def ended(request: StaffRequest, record: UUID, restriction: UUID) -> HttpResponse:
    """End a restriction."""
    require(request.actor, record, "end", "restriction")
    how = request.POST.get("how", "")
    problem = "Say how it ended. Nothing was changed."
    if how in ENDS_SAID:
        try:
            restrictions.end(request.actor, record, restriction, how)
        except MayNotEnd as why:
            problem = f"{why} Nothing was changed."
        else:
            return redirect("restrictions", record)
    found = restrictions.page(request.actor, record)
    form = RestrictionForm(request.book, found.visits, initial={"began": request.now.date()}, use_required_attribute=False)
    return _show(request, found, form, 422, problem)


def _told(request: StaffRequest, found: Page, one: Restriction) -> dict[str, Any]:
    book, days = request.book, {each.id: moment_said(each.starts) for each in found.visits}
    ends = [(how, words) for how, words in ENDS_SAID.items() if not (one.self_pay and how == BY_PRACTICE)]
    return {
        "id": one.id, "self_pay": one.self_pay, "stands": one.ended is None, "later_only": one.later_only,
        "to": [label(book, "recipient.kind", kind) for kind in one.recipient_kinds], "what": [label(book, "information", klass) for klass in one.classes],
        "visits": [days.get(visit, "an older visit") for visit in one.visits], "began": day_said(one.began), "ended": day_said(one.ended),
        "how": ENDS_SAID.get(one.how_ended, ""), "note": one.note, "by": found.names.get(one.by, "") if one.by else "", "ends": ends,
    }  # fmt: skip
