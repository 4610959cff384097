"""The paper itself: added, shown page by page as pictures, handed out as it came, or thrown away unread."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.people.access import require
from privity.practice.people.desk import StaffRequest
from privity.practice.records.documents import KINDS

from .. import pictures, scans
from ..forms import ScanForm
from .authorizations import _one, kept_file


@require_POST
def add(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Keep the paper of an authorization that is on file."""
    require(request.actor, record, "change", "authorization")
    form = ScanForm(request.POST, request.FILES, use_required_attribute=False)
    if form.is_valid() and kept_file(request, form, record, authorization) is not None:
        return redirect("authorization", record, authorization)
    return _one(request, record, authorization, scan=form, status=422)


@require_http_methods(["GET"])
def picture(request: StaffRequest, record: UUID, scan: UUID, page: int) -> HttpResponse:
    """Show a page of a paper as a picture."""
    paper, body = scans.opened(request.actor, record, scan)
    try:
        media, drawn = pictures.picture(body, paper.ending, page)
    except IndexError:
        raise Http404 from None
    response = HttpResponse(drawn, content_type=media)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET"])
def whole(request: StaffRequest, record: UUID, scan: UUID) -> HttpResponse:
    """Hand out a paper as it came, as a download."""
    paper, body = scans.opened(request.actor, record, scan)
    response = HttpResponse(body, content_type=KINDS[paper.ending].media)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"signed paper {str(scan)[:8]}.{paper.ending}") or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def drop(request: StaffRequest, record: UUID, scan: UUID) -> HttpResponse:
    """Throw an unread paper away."""
    try:
        with contextlib.suppress(scans.AlreadyRead):  # somebody wrote it down meanwhile: the list shows it
            scans.drop(request.actor, record, scan)
    except scans.UnderHold:
        told = {
            "title": "The paper stays", "what": "Nothing was thrown away.", "why": "A legal hold stands on this record: nothing of it may be destroyed.",
            "to": reverse("authorizations", args=[record]), "now": "Leave the paper where it is. Once the hold is lifted, it can go.",
        }  # fmt: skip
        return render(request, "site/stopped.html", told, status=409)
    return redirect("authorizations", record)
