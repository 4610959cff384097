"""The list of what waits, goes and went, and the practice's own choices about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privity.practice.people.access import NotAllowed, require_at_practice
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import AT_PRACTICE, may, relations_for
from privity.practice.people.times import moment_said

from .. import access, accounting, services


@require_http_methods(["GET", "HEAD"])
def releases(request: StaffRequest) -> HttpResponse:
    """Show what waits, goes and went."""
    roles = request.actor.roles
    if not relations_for(roles, "see", "release"):
        raise NotAllowed("see release")
    rows = [{"one": one, "at": moment_said(one.at), "word": _word(one.state)} for one in access.waiting(request.actor)]
    asked = [{"record": record, "number": str(record)[:8], "at": moment_said(at)} for record, at in accounting.waiting(request.actor)]
    told = {
        "rows": rows, "asked": asked, "may_choose": may(roles, "change", "practice", [AT_PRACTICE]), "may_list": may(roles, "see", "recipient", [AT_PRACTICE]),
    }  # fmt: skip
    return render(request, "releases/listed.html", told)


def _word(state: str) -> str:
    return "badge-stop" if state in ("uncertain", "failed") else ""


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: StaffRequest) -> HttpResponse:
    """Show what the practice chose about releases, or keep it."""
    require_at_practice(request.actor, "change", "practice")
    if request.method == "POST":
        services.choose(request.actor, second_person="second_person" in request.POST, count_tpo="count_tpo" in request.POST)
        return redirect("releases") if relations_for(request.actor.roles, "see", "release") else redirect("release-choices")
    return render(request, "releases/choices.html", {"chosen": services.chosen(request.actor)})
