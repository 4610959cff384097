"""The list of clients one may know, and the form for a new one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..access import Opened, require_at_practice, staff
from ..actor import Actor
from ..client_forms import FEWEST, MOST_PEOPLE, STANDS_FOR, PersonForm, RecordForm, parts_of
from ..clients import Asked, alike, find, numbered, sees_numbers
from ..contact import flags
from ..desk import StaffRequest
from ..matrix import AT_PRACTICE, CARE, GLASS, SHARED, SUPERVISES, TREATING, may
from ..models import Record
from ..services import NewPerson, NewRecord, add_record
from ..times import day_said

RELATIONS = (AT_PRACTICE, *CARE, SHARED, SUPERVISES, GLASS)


@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: StaffRequest) -> HttpResponse:
    """Show whom one may know. What is searched for comes in the body, since addresses are kept in too many places."""
    actor = request.actor
    if sees_numbers(actor) and not any(may(actor.roles, "see", "identity", [one]) for one in RELATIONS):
        rows = [{"id": one.id, "kind": one.kind, "opened": day_said(one.opened), "closed": one.closed} for one in numbered(actor)]
        return render(request, "people/numbers.html", {"rows": rows})
    words, start = request.POST.get("words", "")[:200], request.POST.get("start", "0")
    found = find(actor, words, start=int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0)
    told = {"rows": [_row(one) for one in found.records], "all": found.all, "more": found.more, "words": words, "start": found.start}
    acts = (("may_add", "create", "record"), ("may_import", "import", "clients"), ("treats", "break", "glass"))
    return render(request, "people/clients.html", {**told, **{name: may(actor.roles, act, kind, [AT_PRACTICE]) for name, act, kind in acts}})


def _row(one: Opened) -> dict[str, Any]:
    people = [person for part, person in one.people if part not in STANDS_FOR]
    kind = "" if one.kind == Record.Kind.INDIVIDUAL else Record.Kind(one.kind).label
    who = people[0] if len(people) == 1 else None
    return {
        "id": one.id, "called": one.called, "kind": kind, "closed": one.closed, "pronouns": who.pronouns if who else "",
        "born": day_said(who.born) if who else "", "flags": flags(who) if who else (), "number": len(people),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Show the form for a new record, or open the record."""
    require_at_practice(request.actor, "create", "record")
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in Record.Kind.values:
        kinds = [(value, label, HINTS[value]) for value, label in Record.Kind.choices]
        return render(request, "people/new_kind.html", {"kinds": kinds})
    sent = request.POST if request.method == "POST" else None
    count = _count(request, kind)
    today = request.now.date()
    people = [PersonForm(request.book, parts_of(kind, n), sent, prefix=f"p{n}", today=today, use_required_attribute=False) for n in range(count)]
    form = RecordForm(request.book, staff(request.actor), sent, by_desk=not request.actor.roles & set(TREATING), kind=kind, use_required_attribute=False)
    if sent is None or "more" in request.POST:
        return _show_new(request, kind, people, form)
    written = [one for number, one in enumerate(people) if number < FEWEST[Record.Kind(kind)] or not one.is_empty]
    if not all([form.is_valid(), *(one.is_valid() for one in written)]):
        return _show_new(request, kind, people, form, status=422)
    asked, said = _same(request.actor, written)
    if asked:
        return _show_new(request, kind, people, form, status=422, asked=asked)
    raw = form.cleaned_data
    record = add_record(request.actor, NewRecord(kind, tuple(said), raw.get("title", ""), tuple(raw.get("quiet", ())), raw["team"]))
    return redirect("client", record)


HINTS = {
    "individual": "With a parent or guardian, if there is one.",
    "couple": "A record of its own, apart from what either partner has here.",
    "family": "A record of its own for what is said together.",
    "group": "A record of its own. A note on one member names no other.",
}


def _count(request: StaffRequest, kind: str) -> int:
    raw = request.POST.get("people", "")
    there = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 3 else FEWEST[Record.Kind(kind)]
    return min(MOST_PEOPLE, there + ("more" in request.POST))


def _same(actor: Actor, written: list[PersonForm]) -> tuple[dict[str, Any], list[NewPerson]]:
    """Return whom to ask about, by the form's prefix, and the people as they are to be kept."""
    raw = [one.cleaned_data for one in written]
    found = alike(actor, [Asked(one["name"], one["born"], bool(one["same"])) for one in raw])
    asked = {str(form.prefix): there for form, there, one in zip(written, found, raw, strict=True) if there and not one["same"]}
    said = [form.said(there.person if there and one["same"] == "yes" else None) for form, there, one in zip(written, found, raw, strict=True)]
    return asked, said


def _show_new(request: StaffRequest, kind: str, people: list[PersonForm], form: RecordForm, status: int = 200, asked: Any = None) -> HttpResponse:
    rows = [{"form": one, "asked": (asked or {}).get(one.prefix), "number": number + 1} for number, one in enumerate(people)]
    told = {"kind": kind, "label": Record.Kind(kind).label, "rows": rows, "form": form, "count": len(people), "room": len(people) < MOST_PEOPLE}
    return render(request, "people/new.html", {**told, "asked": asked, "wrong": status == 422 and not asked}, status=status)
