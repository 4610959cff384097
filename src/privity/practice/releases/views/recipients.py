"""The verified list of who receives."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.practice.people.access import NotThere, require_at_practice
from privity.practice.people.desk import StaffRequest
from privity.practice.people.matrix import AT_PRACTICE, may
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said

from .. import recipients as kept
from ..forms import RecipientForm


@require_http_methods(["GET", "HEAD"])
def recipients(request: StaffRequest) -> HttpResponse:
    """Show the list."""
    rows = [
        {"id": one.id, "said": one.said, "kind": label(request.book, "recipient.kind", one.said.kind), "checked": day_said(one.checked), "by": one.by}
        for one in kept.listed(request.actor)
    ]
    return render(request, "releases/recipients.html", {"rows": rows, "may_change": may(request.actor.roles, "change", "recipient", [AT_PRACTICE])})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Show the form for a new recipient, or put it on the list."""
    require_at_practice(request.actor, "change", "recipient")
    sent = request.POST if request.method == "POST" else None
    form = RecipientForm(request.book, sent, initial={"kind": request.GET.get("kind", "")[:40]}, use_required_attribute=False)
    back = _packet(request)
    if sent is not None and form.is_valid():
        id = kept.keep(request.actor, form.said())
        return redirect(f"{back}?to={id}#recipient" if back else "recipients")
    return render(request, "releases/recipient.html", {"form": form, "back": back}, status=200 if sent is None else 422)


def _packet(request: StaffRequest) -> str:
    """Return the address of the packet somebody came from, or nothing. Only ids come with the address: it leads nowhere else."""
    try:
        return reverse("packet", args=[UUID(request.GET.get("record", "")), UUID(request.GET.get("decision", ""))])
    except ValueError:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
def recipient(request: StaffRequest, recipient: UUID) -> HttpResponse:
    """Show one, check it anew, or take it off the list."""
    require_at_practice(request.actor, "change", "recipient")
    if "end" in request.POST:
        kept.end(request.actor, recipient)
        return redirect("recipients")
    found = next((one for one in kept.listed(request.actor) if one.id == recipient), None)
    if found is None:
        raise NotThere(f"recipient {recipient}")
    sent = request.POST if request.method == "POST" else None
    form = RecipientForm(request.book, sent, initial={**found.said.__dict__, "how": ""}, use_required_attribute=False)
    if sent is not None and form.is_valid():
        kept.keep(request.actor, form.said(), recipient)
        return redirect("recipients")
    told = {"form": form, "one": found, "checked": day_said(found.checked)}
    return render(request, "releases/recipient.html", told, status=200 if sent is None else 422)
