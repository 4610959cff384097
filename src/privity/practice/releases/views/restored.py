"""A practice that was brought back from a backup: what may have ended since, gone through by the privacy officer or the owner."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from privity.practice.people.access import require_at_practice
from privity.practice.people.clients import sees_numbers
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import relations_for
from privity.practice.people.session import fresh_proof_required

from .. import looking


@require_http_methods(["GET", "HEAD", "POST"])
def restored(request: StaffRequest) -> HttpResponse:
    """Show what is to be gone through, or note that it was."""
    require_at_practice(request.actor, "change", "practice")
    return _proved(request)


@fresh_proof_required
def _proved(request: StaffRequest) -> HttpResponse:
    actor, ticked = request.actor, request.POST.getlist("looked")
    if request.method == "POST" and looking.done(actor, ticked):
        return redirect("today")
    found = looking.look(actor)
    told = {
        "found": found, "rows": [{"one": one, "number": str(one.record)[:8]} for one in found.stands], "by_number": sees_numbers(actor),
        "links": sum(one.links for one in found.stands), "missing": request.method == "POST", "requests": bool(relations_for(actor.roles, "see", "request")),
        "ticks": [{"name": name, "words": words, "on": name in ticked} for name, words in looking.TICKS.items()],
    }  # fmt: skip
    return render(request, "releases/restored.html", told, status=422 if request.method == "POST" else 200)
