"""Pages about sealed notes on the app's own origin: they show dates and lead to the keys' origin, where alone a note is read and written."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from privity.practice.people.access import NotThere, require_at_practice, staff
from privity.practice.people.session import is_fresh

from .. import sealed_access as gate
from .. import sealed_services as verbs
from ..sealed_words import LOST, NEVER, READERS


@require_GET
def sheet(request: HttpRequest, record: UUID) -> HttpResponse:
    """Show the author's own sealed notes on a record: dates, and the way to them."""
    return _leading(request, render(request, "records/sealed.html", {"sheet": gate.sheet(request.actor, record)}))  # type: ignore[attr-defined]


@require_POST
def open_notes(request: HttpRequest, record: UUID) -> HttpResponse:
    """Lead to the keys' origin with a ticket for this record."""
    return _lead(request, "notes", record)


@require_GET
def setup(request: HttpRequest) -> HttpResponse:
    """Show one's keys: what they are, what is lost with what, and the way to make them."""
    own = gate.own_keys(request.actor)  # type: ignore[attr-defined]
    return _leading(request, render(request, "records/sealed_setup.html", {"has_keys": own.public is not None, "ways": own.unlockers, "lost": LOST}))


@require_POST
def open_setup(request: HttpRequest) -> HttpResponse:
    """Lead to the keys' origin with a ticket for one's own keys."""
    return _lead(request, "setup", None)


@require_GET
def custody(request: HttpRequest) -> HttpResponse:
    """Show whom one named, who named one, and how far each opening has come."""
    return _custody(request, "", 200)


def _custody(request: HttpRequest, why: str, status: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    steps, may_record = gate.custody(actor), gate.may_record(actor)
    colleagues = [one for one in staff(actor) if one.id != actor.account] if may_record else []
    said = {"steps": steps, "colleagues": colleagues, "whys": gate.WHYS, "papers": gate.PAPERS, "absent": gate.absence_of(actor), "why": why}
    return _leading(request, render(request, "records/custody.html", {**said, "may_record": may_record}, status=status))


@require_POST
def open_custody(request: HttpRequest) -> HttpResponse:
    """Lead to the keys' origin, where custodians are named and open their layers."""
    return _lead(request, "custody", None)


@require_POST
def absence(request: HttpRequest) -> HttpResponse:
    """Record a death or incapacity."""
    require_at_practice(request.actor, "record", "absence")  # type: ignore[attr-defined]
    account = _id(request, "account")
    return _done(request, lambda: verbs.record_absence(request.actor, account, request.POST.get("why", ""), request.POST.get("paper", "")))  # type: ignore[attr-defined]


@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """The author is here: what was recorded ends, and every opening stops."""
    return _done(request, lambda: verbs.lift_absence(request.actor))  # type: ignore[attr-defined]


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Begin the 72 hours."""
    return _done(request, lambda: verbs.ask_opening(request.actor, _id(request, "custody")))  # type: ignore[attr-defined]


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop an opening."""
    return _done(request, lambda: verbs.stop_opening(request.actor, _id(request, "opening")))  # type: ignore[attr-defined]


@require_GET
def who_can_read(request: HttpRequest) -> HttpResponse:
    """Show who can read what, in plain words."""
    return render(request, "records/who_can_read.html", {"readers": READERS, "never": NEVER})


def _id(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise NotThere(name) from None


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except verbs.SealRefused as refused:
        return _custody(request, str(refused), 422)
    return redirect("custody")


def _leading(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a page whose form may lead to the keys' origin."""
    response.leads_to = request.keys_origin  # type: ignore[attr-defined]
    return response


def _lead(request: HttpRequest, page: str, record: UUID | None) -> HttpResponse:
    """Lead to a page of the keys' origin. The ticket stands after the #, which no server is sent."""
    if not is_fresh(request, request.now):  # type: ignore[attr-defined]
        request.session["wanted"] = request.path.removesuffix("/open")
        return redirect("prove")
    ticket = verbs.give_ticket(request.actor, request.session.session_key or "", record, request.pages)  # type: ignore[attr-defined]
    return HttpResponseRedirect(f"{request.keys_origin}/keys/pages/{page}.html#{ticket}")  # type: ignore[attr-defined]
