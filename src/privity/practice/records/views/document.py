"""Documents: attached after a look at their bytes, handed out as downloads alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from privity.practice.people.access import client, require
from privity.practice.people.desk import StaffRequest

from ..access import document as open_document
from ..documents import KINDS, CannotKeep
from ..forms import DocumentForm
from ..services import TOO_LARGE, CannotSign, add_document


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the form for a document, or keep the document."""
    require(request.actor, record, "write", "chart")
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    if request.method == "POST" and form.is_valid():
        if request.META.get("privity.too_large"):
            form.add_error("file", TOO_LARGE)
        elif form.cleaned_data["file"] is None:
            form.add_error("file", "Choose a file.")
        else:
            try:
                add_document(request.actor, record, form.said())
            except CannotKeep as why:
                form.add_error("file", str(why))
            except CannotSign as why:
                form.add_error("title", str(why))
            else:
                return redirect("chart", record)
    who = client(request.actor, record, "entry.begin")
    return render(request, "records/document.html", {"form": form, "who": who}, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET"])
def document(request: StaffRequest, record: UUID, document_id: UUID) -> HttpResponse:
    """Hand out a document as a download: no browser shows it within Privity's own pages."""
    paper, body = open_document(request.actor, record, document_id)
    response = HttpResponse(body, content_type=KINDS[paper.ending].media)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{paper.title}.{paper.ending}") or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
