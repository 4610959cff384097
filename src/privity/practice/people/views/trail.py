"""Who opened whose record: a page to sort and filter, a list to take along, and the seal of the log."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from privity.practice.trail.access import ORDERS, Cursor
from privity.vault.faults import ProofFails

from .. import matrix, trail
from ..access import NotThere
from ..glass import waiting
from ..session import is_fresh, prove_first

COLUMNS = (("when", "When"), ("who", "Who"), ("act", "Did what"), ("client", "Whose record"))
FILTERS = ("since", "until", "who", "act", "record", "short")
NOT_A_DAY = "Write a day as 2026-11-20, or choose it."


class TrailForm(forms.Form):
    """What to show, and in which order. It stands in the address: ids, days and words of the log, never a name."""

    since = forms.DateField(required=False, error_messages={"invalid": NOT_A_DAY})
    until = forms.DateField(required=False, error_messages={"invalid": NOT_A_DAY})
    who = forms.UUIDField(required=False)
    act = forms.RegexField(r"^[a-z0-9_.]*$", required=False, max_length=40)
    record = forms.UUIDField(required=False)
    short = forms.RegexField(r"^\s*[0-9a-fA-F-]{4,36}\s*$", required=False, error_messages={"invalid": "A record’s id begins with digits and letters a to f."})
    by = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False)
    way = forms.ChoiceField(choices=[("up", "up"), ("down", "down")], required=False)
    after = forms.RegexField(r"^[A-Za-z0-9_.-]*~\d{1,15}$", required=False)

    def asked(self) -> trail.Asked:
        """Return what is asked; a field that cannot be read asks for nothing."""
        said: dict[str, Any] = self.cleaned_data
        by = said.get("by") or "when"
        reverse = (said.get("way") or ("down" if by == "when" else "up")) == "down"
        since, until = said.get("since"), said.get("until")
        return trail.Asked(
            by, reverse, _cursor(said.get("after") or "", by), said.get("who"), said.get("act") or "", said.get("record"), (said.get("short") or "").strip(),
            _begins(since) if since else None, _begins(until + timedelta(days=1)) if until else None,
        )  # fmt: skip


def _begins(day: date) -> datetime:
    """Return the first moment of a day on this computer's clock."""
    return datetime.combine(day, time.min).astimezone()


def _cursor(text: str, by: str) -> Cursor | None:
    value, _, n = text.rpartition("~")
    if by in ("who", "client"):
        try:
            value = str(UUID(value))
        except ValueError:
            return None
    return (value, int(n)) if n else None


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the trail."""
    actor = request.actor  # type: ignore[attr-defined]
    form = TrailForm(request.GET)
    form.is_valid()
    asked = form.asked()
    try:
        found = trail.read(actor, asked)
    except NotThere:
        form.add_error("short" if asked.short else "record", "No record here begins so, or several do. Write more of its id.")
        found = trail.Read((), None, trail.sees_all(actor), (), (), ())
    kept = {name: str(request.GET[name]) for name in FILTERS if request.GET.get(name) and name not in form.errors}
    order = {"by": asked.by, "way": "down" if asked.reverse else "up"}
    return render(
        request,
        "people/trail.html",
        {
            "form": form, "found": found, "asked": asked, "heads": list(_heads(asked, kept)), "kept": kept, "whose": _called(found, asked), "order": order,
            "later": f"?{urlencode({**kept, **order, 'after': f'{found.next[0]}~{found.next[1]}'})}" if found.next else "",
            "first": f"?{urlencode({**kept, **order})}" if asked.after else "", "take": urlencode(kept), "seal": trail.seal(actor) if found.whole else None,
            "columns": COLUMNS, "waiting": waiting(actor), "treats": matrix.may(actor.roles, "break", "glass", [matrix.AT_PRACTICE]),
        },
        status=422 if form.errors else 200,
    )  # fmt: skip


def _called(found: trail.Read, asked: trail.Asked) -> str:
    """Return what the one record asked for is called."""
    known = dict(found.clients)
    return known.get(asked.record, f"record {str(asked.record)[: trail.SHORT]}") if asked.record else ""


def _heads(asked: trail.Asked, kept: dict[str, str]) -> Iterator[dict[str, str]]:
    for name, words in COLUMNS:
        now = "descending" if asked.reverse else "ascending"
        turned = (asked.by == name and not asked.reverse) or (asked.by != name and name == "when")
        address = urlencode({**kept, "by": name, "way": "down" if turned else "up"})
        yield {"words": words, "address": f"?{address}", "sorted": now if asked.by == name else ""}


@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Hand out what is filtered as a CSV file; its event is written first."""
    if not is_fresh(request, request.now):  # type: ignore[attr-defined]
        proof = prove_first(request)
        request.session["back"] = reverse("trail")
        return proof
    form = TrailForm(request.POST)
    form.is_valid()
    lines = trail.take_along(request.actor, form.asked())  # type: ignore[attr-defined]
    answer = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer


class _Echo:
    def write(self, text: str) -> str:
        return text


def _csv(lines: Iterable[trail.Line]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(["Event", "When", "Who", "Did what", "Whose record"])
    for line in lines:
        about = "; ".join(one.called for one in line.about) or (f"{line.more} records" if line.more else "")
        yield writer.writerow([line.n, line.at.isoformat(sep=" ", timespec="seconds"), *map(_plain, (line.who, line.did, about))])


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


@require_http_methods(["POST"])
def sign(request: HttpRequest) -> HttpResponse:
    """Sign the log as it stands, and show its seal."""
    try:
        trail.sign_now(request.actor)  # type: ignore[attr-defined]
    except ProofFails as fault:
        words = {"title": "The log was not signed", "what": str(fault), "why": "Signing would cover up what was done to it.", "now": "Keep a copy first."}
        return render(request, "site/stopped.html", words, status=409)
    return redirect("trail")
