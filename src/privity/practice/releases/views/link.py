"""What whoever received a link meets: a page that names nobody, a field for the code told another way, and the file. No account, no cookie but the form's."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from privity.practice.people.access import letterhead
from privity.practice.people.desk import DeskRequest

from .. import links
from ..links import LinkOver, NotNow, WrongCode


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: DeskRequest, token: str) -> HttpResponse:
    """Ask for the code, or give out what was sent. Whether there is such a link is not said without the code."""
    head = letterhead()  # the same for every address, so that it does not say whether there is such a link
    told = {"phone": head.phone if head else ""}
    if request.method != "POST":
        return render(request, "releases/link.html", told)
    try:
        practice = links.practice_of(token)
        code = request.POST.get("code", "")[:40]
        body = links.opened(request.keeping.keys(practice), practice, request.book, token, code, request.now)
    except WrongCode as wrong:
        return render(request, "releases/link.html", {"left": wrong.left, "wrong": True, **told}, status=422)
    except NotNow:
        return render(request, "releases/link.html", {"wait": True, **told}, status=503)
    except LinkOver:
        return render(request, "releases/link.html", {"over": True}, status=410)
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": 'attachment; filename="document.pdf"'})
