"""A record's authorizations: the list, one of them, a new one, and its end."""

from __future__ import annotations

import contextlib
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from privity.law import Book
from privity.practice.people.access import NotAllowed
from privity.practice.people.desk import StaffRequest
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said

from . import access, services
from .access import Kept
from .forms import AuthorizationForm
from .validity import State, days_left

SAID = {State.LIVE: "Good", State.DEFECTIVE: "Not valid", State.EXPIRED: "Ended", State.REVOKED: "Taken back"}


@require_http_methods(["GET", "HEAD"])
def listed(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show a record's authorizations."""
    found = access.page(request.actor, record)
    rows = [_told(request.book, kept, request.now.date()) for kept in found.kept]
    return render(request, "agreements/authorizations.html", {"who": found.who, "rows": rows, "may_change": found.may_change})


@require_http_methods(["GET", "HEAD"])
def one(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Show one authorization."""
    found, kept = access.one(request.actor, record, authorization)
    told = _told(request.book, kept, request.now.date())
    return render(request, "agreements/authorization.html", {"who": found.who, "one": told, "may_change": found.may_change})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the form for a signed paper, or keep what it says."""
    found = access.page(request.actor, record)
    if not found.may_change:
        raise NotAllowed("change authorization")
    sent = request.POST if request.method == "POST" else None
    form = AuthorizationForm(request.book, found.states, sent, today=request.now.date(), use_required_attribute=False)
    if sent is not None and form.is_valid():
        return redirect("authorization", record, services.record_authorization(request.actor, record, form.said()))
    return render(request, "agreements/new.html", {"form": form, "who": found.who}, status=200 if sent is None else 422)


@require_POST
def take_back(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Take an authorization back."""
    return _ended(request, record, authorization, lambda: services.revoke(request.actor, record, authorization, request.POST.get("how", "")[:400]))


@require_POST
def ended(request: StaffRequest, record: UUID, authorization: UUID) -> HttpResponse:
    """Note that its event came."""
    return _ended(request, record, authorization, lambda: services.event_came(request.actor, record, authorization))


def _ended(request: StaffRequest, record: UUID, authorization: UUID, act: Any) -> HttpResponse:
    with contextlib.suppress(services.NothingToTakeBack):  # pressed twice, or in another window: the page says how it stands
        act()
    return redirect("authorization", record, authorization)


def _told(book: Book, kept: Kept, today: date) -> dict[str, Any]:
    terms, left = kept.terms, days_left(kept.ends, today)
    end = f"Through {day_said(kept.ends)}" if kept.ends else (terms.ends_with and f"Until this: {terms.ends_with}") or "No end stands on it"
    return {
        "id": kept.id, "recipient": terms.recipient, "kind": label(book, "recipient.kind", terms.recipient_kind), "description": terms.description,
        "information": [label(book, "information", each) for each in terms.information], "purpose": label(book, "purpose", terms.purpose),
        "signed": day_said(terms.signed), "signer": terms.signer, "signed_by": label(book, "authorization.signed_by", terms.signed_by), "end": end,
        "state": SAID[kept.state], "live": kept.state is State.LIVE, "over": kept.state in (State.EXPIRED, State.REVOKED),
        "wrong": [(each.words or f"Missing: {label(book, 'authorization.lacks', each.element)}.", each.cite) for each in kept.wrong],
        "left": _left(left) if kept.state is State.LIVE else "", "by": kept.by, "recorded": moment_said(kept.recorded),
        "revoked": moment_said(kept.revoked) if kept.revoked else "", "how": kept.how_revoked, "ended": day_said(kept.ended), "by_event": kept.ends is None,
    }  # fmt: skip


def _left(days: int | None) -> str:
    return "" if days is None else "Ends today" if days == 0 else "Ends tomorrow" if days == 1 else f"Ends in {days} days"
