"""A client's page: who it is, how to reach them safely, who cares, who looked, how long it is kept; and the acts that stand on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from .. import care, services, units
from ..access import NotAllowed, NotThere, staff
from ..acts import done
from ..client_forms import STANDS_FOR, HoldForm, PersonForm, QuietForm, TieForm, UnitForm, filled_with
from ..clients import ClientPage, acts, page, person
from ..contact import flags, ways
from ..desk import StaffRequest
from ..models import Participant, Record, Tie
from ..spoken import label
from ..times import day_said, end_of, moment_said


@require_http_methods(["GET", "HEAD"])
def client(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the page."""
    return _show(request, page(request.actor, record))


def _show(request: StaffRequest, found: ClientPage, form: TieForm | None = None, hold_form: HoldForm | None = None, status: int = 200) -> HttpResponse:
    kinds = _kinds(found.may, on_unit=found.unit is not None)
    today = request.now.date()
    names = {str(one.id): one.name for one in found.staff}
    told = {
        "record": found.id, "number": str(found.id)[:8], "kind": Record.Kind(found.kind).label, "whole": found.opened, "closed": day_said(found.closed),
        "people": [_person(request, found, part, who) for part, who in found.opened.people] if found.opened else [],
        "quiet": [label(request.book, "information", one) for one in found.opened.quiet] if found.opened and ("see", "chart") in found.may else None,
        "ties": [_tie(found, one) for one in found.ties], "clock": found.clock, "until": day_said(found.clock.until),
        "flags": found.flags,
        "seen": None if found.seen is None else [_seen(found, request.actor.account, one) for one in found.seen],
        "form": form or (TieForm(kinds, found.staff, today=today) if kinds else None), "wrong": form is not None,
        "holds": [{"id": one.id, "reason": one.reason, "placed": day_said(one.placed), "by": names.get(one.by, "")} for one in found.holds],
        "hold_form": hold_form or HoldForm(use_required_attribute=False), "unit": found.unit and found.units.get(found.unit, "a unit"), "units": found.units,
        "can": {f"{action}_{kind}" for action, kind in found.may},
    }  # fmt: skip
    return render(request, "people/client.html", told, status=status)


def _person(request: StaffRequest, found: ClientPage, part: str, who: Any) -> dict[str, Any]:
    age = f"{_age(who.born, request.now.date())} years old" if who.born else ""
    may_see = [label(request.book, "information", one) for one in found.may_see.get(who.id, ())]
    return {
        "id": who.id, "part": Participant.Part(part).label, "called": who.called, "name": who.name if who.chosen else "", "pronouns": who.pronouns,
        "born": day_said(who.born), "age": age, "ways": ways(who), "flags": flags(who) if not who.contacts else (), "stands_for": part in STANDS_FOR,
        "may_see": may_see,
    }  # fmt: skip


def _age(born: Any, today: Any) -> int:
    return int(today.year - born.year - ((today.month, today.day) < (born.month, born.day)))


def _kinds(may: frozenset[tuple[str, str]], *, on_unit: bool) -> tuple[Tie.Kind, ...]:
    case = ((Tie.Kind.CASE, ("change", "team")),) if on_unit else ()
    needed = (*case, (Tie.Kind.TEAM, ("change", "team")), (Tie.Kind.SHARED, ("share", "record")), (Tie.Kind.BARRED, ("bar", "record")))
    return tuple(kind for kind, act in needed if act in may)


def _tie(found: ClientPage, one: Any) -> dict[str, Any]:
    may_end = Tie.Kind(one.kind) in _kinds(found.may, on_unit=True) or (one.kind in (Tie.Kind.CASE, Tie.Kind.GLASS) and ("change", "team") in found.may)
    return {"id": one.id, "kind": Tie.Kind(one.kind).label, "barred": one.kind == Tie.Kind.BARRED, "who": one.who, "began": day_said(one.began),
            "ends": moment_said(one.ends) if one.ends else "", "may_end": may_end}  # fmt: skip


def _seen(found: ClientPage, me: UUID, one: Any) -> dict[str, str]:
    names = {colleague.id: colleague.name for colleague in found.staff}
    return {"at": moment_said(one.at), "who": "You" if one.actor == me else names.get(one.actor, "Somebody who left"), "act": done(one.act)}


# --- acts --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, record: UUID, person_id: UUID) -> HttpResponse:
    """Show who somebody is, to be changed, or keep it."""
    today = request.now.date()
    if request.method == "POST":
        said = request.POST.get("part", "")
        part_said = said if said in Participant.Part.values else Participant.Part.CLIENT
        form = PersonForm(request.book, (part_said,), request.POST, today=today, use_required_attribute=False)
        if form.is_valid():
            care.change_person(request.actor, record, person_id, form.said())
            return redirect("client", record)
    whole, part, who, may_see = person(request.actor, record, person_id)
    if request.method != "POST":
        form = PersonForm(request.book, (part,), initial=filled_with(part, who, may_see), today=today, use_required_attribute=False)
    told = {"record": record, "form": form, "kind": whole.kind, "part": part, "stands_for": part in STANDS_FOR}
    return render(request, "people/change.html", told, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def quiet(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show what is kept quiet, to be changed, or keep it."""
    if request.method == "POST":
        form = QuietForm(request.book, request.POST)
        if form.is_valid():
            care.keep_quiet(request.actor, record, tuple(form.cleaned_data["quiet"]))
            return redirect("client", record)
    else:
        found = page(request.actor, record)
        if found.opened is None or ("write", "chart") not in found.may:
            raise NotAllowed("change quiet")
        form = QuietForm(request.book, initial={"quiet": list(found.opened.quiet)})
    return render(request, "people/quiet.html", {"record": record, "form": form})


@require_POST
def tie(request: StaffRequest, record: UUID) -> HttpResponse:
    """Tie somebody to the record."""
    may, on_unit = acts(request.actor, record)
    kinds = _kinds(may, on_unit=on_unit)
    if not kinds:
        raise NotAllowed("change team")
    form = TieForm(kinds, staff(request.actor), request.POST, today=request.now.date())
    if not form.is_valid():
        return _show(request, page(request.actor, record), form, status=422)
    until = form.cleaned_data["until"]
    services.tie(request.actor, record, UUID(form.cleaned_data["account"]), form.cleaned_data["kind"], ends=end_of(until) if until else None)
    return redirect("client", record)


@require_POST
def untie(request: StaffRequest, record: UUID, tie_id: UUID) -> HttpResponse:
    """End a tie now."""
    try:
        services.untie(request.actor, tie_id)
    except services.LastOnTeam:
        told = {
            "title": "Somebody stays on the team", "what": "This is the last one of the care team, and nothing was changed.",
            "why": "Without a team nobody could open the record.", "now": "Add the next clinician to the team first.",
        }  # fmt: skip
        return render(request, "people/stopped.html", {**told, "record": record}, status=409)
    return redirect("client", record)


@require_http_methods(["GET", "HEAD", "POST"])
def unit(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show on which unit the record is and who is assigned to the case, or put it on one."""
    if ("change", "team") not in acts(request.actor, record)[0]:
        raise NotAllowed("change team")
    if request.method == "POST":
        form = UnitForm(units.names(request.actor), staff(request.actor), request.POST, use_required_attribute=False)
        if form.is_valid():
            units.move(request.actor, record, UUID(form.cleaned_data["unit"]), [UUID(one) for one in form.cleaned_data["assigned"]])
            return _back(request, record)
    found = page(request.actor, record)
    if request.method != "POST":
        chosen = [str(one.account) for one in found.ties if one.kind == (Tie.Kind.CASE if found.unit else Tie.Kind.TEAM)]
        form = UnitForm(found.units, found.staff, initial={"unit": str(found.unit or ""), "assigned": chosen}, use_required_attribute=False)
    told = {"record": record, "number": str(record)[:8], "whole": found.opened, "form": form, "unit": found.unit and found.units.get(found.unit, "a unit"),
            "units": found.units}  # fmt: skip
    return render(request, "people/unit.html", told, status=422 if request.method == "POST" else 200)


@require_POST
def unit_off(request: StaffRequest, record: UUID) -> HttpResponse:
    """Take the record off its unit."""
    try:
        units.take_off(request.actor, record)
    except services.LastOnTeam:
        told = {
            "title": "It stays on the unit", "what": "Nobody is on the team, and nothing was changed.",
            "why": "Off the unit only the team could open the record.", "now": "Put a clinician on the team first.",
        }  # fmt: skip
        return render(request, "people/stopped.html", {**told, "record": record}, status=409)
    return _back(request, record)


def _back(request: StaffRequest, record: UUID) -> HttpResponse:
    """Return to the record, or to the list where the act took the record from whoever did it."""
    try:
        acts(request.actor, record)
    except NotThere:
        return redirect("clients")
    return redirect("client", record)


@require_POST
def close(request: StaffRequest, record: UUID) -> HttpResponse:
    """End treatment."""
    care.close(request.actor, record)
    return redirect("client", record)


@require_POST
def reopen(request: StaffRequest, record: UUID) -> HttpResponse:
    """Take treatment up again."""
    care.reopen(request.actor, record)
    return redirect("client", record)


@require_POST
def hold(request: StaffRequest, record: UUID) -> HttpResponse:
    """Place a legal hold."""
    if ("hold", "record") not in acts(request.actor, record)[0]:
        raise NotAllowed("hold record")
    form = HoldForm(request.POST, use_required_attribute=False)
    if not form.is_valid():
        return _show(request, page(request.actor, record), hold_form=form, status=422)
    care.hold(request.actor, record, form.cleaned_data["reason"])
    return redirect("client", record)


@require_POST
def lift(request: StaffRequest, record: UUID, hold_id: str) -> HttpResponse:
    """Lift a legal hold."""
    care.lift(request.actor, record, hold_id)
    return redirect("client", record)
