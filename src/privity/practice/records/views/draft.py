"""What the page sends by itself while somebody writes."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from privity.practice.people.access import require
from privity.practice.people.desk import StaffRequest
from privity.practice.people.times import clock_said

from ..forms import AmendmentForm, EntryForm, PartsForm, as_typed
from ..services import DraftMoved, keep_draft

FORMS: dict[str, type[PartsForm]] = {"session": EntryForm, "amendment": AmendmentForm}


@require_POST
def draft(request: StaffRequest, record: UUID) -> HttpResponse:
    """Keep a draft, and say which version it is and when it was kept."""
    require(request.actor, record, "write", "draft")
    kind, after = request.POST.get("kind", ""), request.POST.get("after", "")
    if kind not in FORMS or not (after.isascii() and after.isdigit() and len(after) < 10):
        return JsonResponse({"why": "This is no draft of a chart page. Reload the page."}, status=400)
    fields = as_typed(FORMS[kind], request.POST)
    if kind == "amendment":
        fields["amends"] = request.POST.get("amends", "")[:40]
    try:
        version = keep_draft(request.actor, record, kind, fields, after=int(after))
    except DraftMoved:
        return JsonResponse({"why": "This draft was changed or signed in another window. Copy what you typed here, then reload."}, status=409)
    return JsonResponse({"version": version, "said": f"Draft kept at {clock_said(request.now)}"})
