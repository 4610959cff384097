"""Black boxes on an attached file: the page on which somebody sets them, and its pages as pictures, as they came and as they leave."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.practice.pdf import CannotRead, apart
from privity.practice.people.access import NotThere
from privity.practice.people.desk import StaffRequest

from .. import access, services
from ..access import Marked
from ..boxes import Box, Paged, Said, boxed, lines, with_boxes
from ..packet import Spot
from ..services import PacketMoved
from .packet import MOVED, number

WIDE = 1275
SIDES = (("left", "From the left"), ("top", "From the top"), ("right", "To the right"), ("bottom", "To the bottom"))
NO_BOX = {
    "what": "The measures make no box.", "why": "Each is a number from 0 to 100, and a box begins before it ends.",
    "now": "Write all four, or none.", "cite": "", "to": "",
}  # fmt: skip
NOT_FOUND = {
    "what": "That word stands nowhere in this file’s text.", "why": "It may be written otherwise, or stand in a picture, in which no word can be found.",
    "now": "Look at each page, and draw a box where it stands.", "cite": "", "to": "",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def boxes(request: StaffRequest, record: UUID, packet: UUID, document_id: UUID) -> HttpResponse:
    """Show a page of a file with its boxes, or keep them."""
    actor, book = request.actor, request.book
    services.may_mark(actor, record)
    at = number((request.POST if request.method == "POST" else request.GET).get("page", "1"))
    try:
        found = access.marked(actor, book, record, packet, document_id)
    except CannotRead as fault:
        decision = access.packet_of(actor, record, packet)
        told = {"what": f"This file cannot leave: {fault}.", "why": "It does not open here.", "now": "Leave it out of the packet.", "cite": "", "to": ""}
        who = access.sheet(actor, book, record, decision).made.who
        return render(request, "releases/boxes.html", {"who": who, "packet": packet, "decision": decision, "name": "a file", "wrong": told}, status=422)
    if request.method != "POST":
        return _page(request, packet, document_id, found, at)
    if (drawn := _drawn(request)) is None:
        return _page(request, packet, document_id, found, at, NO_BOX, 422)
    many = {name: frozenset(int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit()) for name in ("word", "line", "away")}
    said = Said(at, many["word"], many["line"], drawn, request.POST.get("everywhere", "")[:200].strip(), many["away"])
    spots, places = boxed(found.file, said)
    if spots != found.spots:
        try:
            plan = replace(found.plan, cuts=with_boxes(found.plan.cuts, document_id, spots))
            services.keep(actor, record, found.decision, plan, packet=packet, after=number(request.POST.get("after", "")))
        except PacketMoved:
            return _page(request, packet, document_id, found, at, MOVED, 409)
    if said.everywhere and not places:
        return _page(request, packet, document_id, access.marked(actor, book, record, packet, document_id), at, NOT_FOUND, 422)
    return redirect(f"{reverse('packet-file', args=(record, packet, document_id))}?page={number(request.POST.get('next', '')) or at}")


@require_http_methods(["GET", "HEAD"])
def page(request: StaffRequest, record: UUID, packet: UUID, document_id: UUID, page: int) -> HttpResponse:
    """Show a page as a picture: as it is in the record, or as this version of the packet lets it leave."""
    try:
        found = access.marked(request.actor, request.book, record, packet, document_id)
        leaves = request.GET.get("as") == "leaves"
        if leaves and number(request.GET.get("v", "")) != found.version:
            raise NotThere(f"packet {packet} of another version")
        drawn = apart.burned(found.file.pdf, page, found.file.marks) if leaves else apart.picture(found.file.pdf, page, WIDE)
    except CannotRead as fault:
        raise NotThere(f"page {page}") from fault
    return HttpResponse(drawn, content_type="image/png")


def _page(request: StaffRequest, packet: UUID, document: UUID, found: Marked, at: int, wrong: dict[str, str] | None = None, status: int = 200) -> HttpResponse:
    pages = found.file.pages
    one = pages[min(max(at, 1), len(pages)) - 1]
    told = {
        "who": found.who, "packet": packet, "document": document, "decision": found.decision, "version": found.version, "name": found.file.name,
        "count": len(pages), "page": one, "wide": f"{one.width:.1f}", "high": f"{one.height:.1f}", "total": len(found.file.marks),
        "before": one.page - 1, "after": one.page + 1 if one.page < len(pages) else 0, "sides": SIDES, "wrong": wrong,
        "boxes": [_box(one, spot, at) for at, spot in enumerate(one.spots)] + [_box(one, spot, None) for spot in one.named],
        "words": [[(at, one.words[at][0]) for at in line] for line in lines(one.words)], "scans": [each.page for each in pages if not each.words],
    }  # fmt: skip
    return render(request, "releases/boxes.html", told, status=status)


def _box(one: Paged, spot: Spot, away: int | None) -> dict[str, Any]:
    _, x0, y0, x1, y1 = spot
    place = f"{100 * (1 - y1 / one.height):.0f} % from the top"
    size = {"x": f"{x0:.1f}", "y": f"{one.height - y1:.1f}", "w": f"{x1 - x0:.1f}", "h": f"{y1 - y0:.1f}"}
    return {**size, "over": one.over(spot), "place": place, "away": away}


def _drawn(request: StaffRequest) -> tuple[Box, ...] | None:
    """Return the boxes that were drawn or measured, in shares of the page; None where one is none."""
    said = [one.split(",") for one in request.POST.getlist("box")[:500]]
    measured = [request.POST.get(name, "").strip().rstrip("%") for name, _ in SIDES]
    try:
        found = [[float(each) for each in one] for one in said] + ([[float(each) / 100 for each in measured]] if any(measured) else [])
    except ValueError:
        return None
    whole = [(one[0], one[1], one[2], one[3]) for one in found if len(one) == 4 and 0 <= one[0] < one[2] <= 1 and 0 <= one[1] < one[3] <= 1]
    return tuple(whole) if len(whole) == len(found) else None
