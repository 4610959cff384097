"""Today's list, a new visit, and check-in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.people import restored
from privity.practice.people.access import staff
from privity.practice.people.contact import flags
from privity.practice.people.desk import StaffRequest
from privity.practice.people.flagging import numbers_for
from privity.practice.people.matrix import AT_PRACTICE, TREATING, may
from privity.practice.people.times import clock_said, day_said

from .access import Seen, being_added, day
from .forms import VisitForm
from .services import TreatmentEnded, add_visit, mark

MARKS = ("came", "missed", "expected")


@require_http_methods(["GET", "HEAD"])
def today(request: StaffRequest) -> HttpResponse:
    """Show the visits of a day: names, times, rooms, clinicians, and what must not be done to reach somebody."""
    here = request.now.date()
    on = _day(request.GET.get("day", ""), here)
    rows = [_row(one) for one in day(request.actor, on)]
    told = {
        "rows": rows, "on": f"{on:%A}, {day_said(on)}", "iso": on.isoformat(), "is_today": on == here,
        "before": (on - timedelta(days=1)).isoformat(), "after": (on + timedelta(days=1)).isoformat(), "treats": bool(request.actor.roles & set(TREATING)),
        "restored": restored.told(since) if (since := restored.unlooked(request.actor.practice)) else "",
        "may_look": may(request.actor.roles, "change", "practice", [AT_PRACTICE]),
        "numbers": numbers_for(request.actor) if on == here else [],
    }  # fmt: skip
    return render(request, "visits/today.html", told)


def _day(text: str, here: date) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        return here
    return on if abs((on - here).days) < 3660 else here


def _row(one: Seen) -> dict[str, Any]:
    people = [person for part, person in one.record.people if part not in ("parent", "guardian")]
    no = tuple(dict.fromkeys(flag for person in people for flag in flags(person)))
    state = f"Came at {clock_said(one.came)}" if one.came else "Missed" if one.missed else ""
    return {
        "id": one.id, "record": one.record.id, "called": one.record.called, "time": f"{clock_said(one.starts)} to {clock_said(one.ends)}", "how": one.modality,
        "room": one.room, "clinician": "You" if one.mine else one.clinician, "code": one.code, "state": state, "may_mark": one.may_mark,
        "may_write": one.may_write, "no": no, "flags": one.flags,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the form for a visit, or keep it."""
    people = staff(request.actor)
    problem = ""
    if request.method == "POST":
        form = VisitForm(people, request.POST, use_required_attribute=False)
        if form.is_valid():
            try:
                add_visit(request.actor, record, form.said())
            except TreatmentEnded:
                problem = "Treatment ended for this record, so no visit was added. Take treatment up again on the client’s page first."
            else:
                return redirect(f"{reverse('today')}?day={form.cleaned_data['on'].isoformat()}")
    else:
        me = str(request.actor.account) if request.actor.roles & set(TREATING) else ""
        form = VisitForm(people, initial={"on": request.now.date(), "clinician": me, "modality": "office"}, use_required_attribute=False)
    who = being_added(request.actor, record)
    return render(request, "visits/new.html", {"form": form, "who": who, "problem": problem}, status=422 if request.method == "POST" else 200)


@require_POST
def check_in(request: StaffRequest, visit: UUID) -> HttpResponse:
    """Keep whether the client came."""
    how = request.POST.get("how", "")
    row = mark(request.actor, visit, how if how in MARKS else "came")
    return redirect(f"{reverse('today')}?day={row.starts.astimezone().date().isoformat()}")
