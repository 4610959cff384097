"""Something on its way: how it stands, what is shown once when it is handed out, and how it went."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.people.desk import StaffRequest
from privity.practice.people.session import fresh_proof_required, gate_first
from privity.practice.people.times import moment_said

from .. import outbox, services
from ..models import Outgoing
from ..services import PacketMoved, Refused

SAID = {
    "authorized": "Nothing has left yet.", "sending": "When you know how it went, write it down here.",
    "sent": "It left, and counts as told.",
    "failed": "It did not leave, and nobody was told. What is still wanted goes in a new packet.",
    "uncertain": "Something stopped while it was on its way. It counts as told. It is not sent again by itself. Ask whether it came, then say so here.",
}  # fmt: skip


@require_http_methods(["GET", "HEAD"])
def going(request: StaffRequest, record: UUID, outgoing: UUID) -> HttpResponse:
    """Show how something stands."""
    return _page(request, record, outgoing)


@require_http_methods(["GET", "HEAD", "POST"])
@gate_first(services.may_send)
@fresh_proof_required
def hand(request: StaffRequest, record: UUID, outgoing: UUID) -> HttpResponse:
    """Hand something out: its link and code, or its passphrase, are shown once."""
    if request.method != "POST":
        return redirect("release", record, outgoing)
    try:
        handed = outbox.hand_out(request.actor, request.book, record, outgoing)
    except Refused as refused:
        wrong = {"what": refused.what, "why": refused.why, "now": refused.now, "cite": refused.cite, "to": ""}
        return _page(request, record, outgoing, wrong=wrong, status=422)
    except PacketMoved:
        return redirect("release", record, outgoing)
    once: dict[str, Any] = {"phrase": handed.phrase}
    if handed.link:
        once |= {"link": request.build_absolute_uri(reverse("link", args=[handed.link.token])), "code": handed.link.code, "ends": moment_said(handed.link.ends)}
    return _page(request, record, outgoing, once=once)


@require_POST
@gate_first(services.may_send)
@fresh_proof_required
def copy(request: StaffRequest, record: UUID, outgoing: UUID) -> HttpResponse:
    """Give out the exact bytes, to fax, print or hand on, or to look at what left."""
    try:
        name, body = outbox.copy(request.actor, request.book, record, outgoing)
    except Refused as refused:
        wrong = {"what": refused.what, "why": refused.why, "now": refused.now, "cite": refused.cite, "to": ""}
        return _page(request, record, outgoing, wrong=wrong, status=422)
    except PacketMoved:
        return redirect("release", record, outgoing)
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_POST
def settle(request: StaffRequest, record: UUID, outgoing: UUID) -> HttpResponse:
    """Write down how it went, or make the packet again."""
    services.may_send(request.actor, record)
    how = request.POST.get("how")
    try:
        if how == "again":
            return redirect("packet", record, services.again(request.actor, record, outgoing))
        if how in ("sent", "failed"):
            outbox.settle(request.actor, record, outgoing, sent=how == "sent")
    except PacketMoved:
        pass  # pressed twice, or in another window: the page says how it stands
    return redirect("release", record, outgoing)


@require_POST
def shut(request: StaffRequest, record: UUID, outgoing: UUID) -> HttpResponse:
    """Let no link to it open anything any more."""
    services.may_send(request.actor, record)
    outbox.shut_links(request.actor, record, outgoing)
    return redirect("release", record, outgoing)


def _page(request: StaffRequest, record: UUID, outgoing: UUID, *, once: Any = None, wrong: Any = None, status: int = 200) -> HttpResponse:
    found = outbox.going(request.actor, record, outgoing)
    opens = sum(one.opens for one in found.links)
    told = {
        "one": found, "who": found.who, "once": once, "wrong": wrong, "authorized": moment_said(found.authorized), "opens": opens,
        "link_open": any(one.open for one in found.links), "link_left": any(one.left for one in found.links),
        "settled": moment_said(found.settled) if found.settled else "", "state": Outgoing.State(found.state).label, "way": Outgoing.Way(found.way).label,
        "said": SAID[found.state], "links": [{"made": moment_said(one.made), "ends": moment_said(one.ends), "opens": one.opens, "tries": one.tries,
                                              "last": moment_said(one.last) if one.last else "Never", "open": one.open, "left": one.left}
                                             for one in found.links],
    }  # fmt: skip
    return render(request, "releases/going.html", told, status=status)
