"""The practice's staff: who is here, with which roles; adding somebody, and ending an account in one act."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from .. import access, factors, matrix, services
from .. import units as wards
from ..desk import StaffRequest
from ..forms import StaffForm, UnitNameForm
from ..models import Role
from ..session import fresh_proof_required


@require_safe
def staff(request: StaffRequest) -> HttpResponse:
    """Show who works here."""
    may_change = matrix.may(request.actor.roles, "change", "staff", [matrix.AT_PRACTICE])
    access.require_at_practice(request.actor, "see", "staff")
    return render(request, "people/staff.html", {"staff": access.staff(request.actor), "may_change": may_change, "may_name": _may_name(request)})


def _may_name(request: StaffRequest) -> bool:
    return matrix.may(request.actor.roles, "change", "practice", [matrix.AT_PRACTICE])


@require_http_methods(["GET", "HEAD", "POST"])
def units(request: StaffRequest) -> HttpResponse:
    """Show the inpatient units; name a new one, call one otherwise, or strike one that no record is on."""
    access.require_at_practice(request.actor, "change", "practice")
    wrong = ""
    if request.method == "POST":
        wrong = _unit_act(request)
        if not wrong:
            return redirect("units")
    told = {"units": wards.names(request.actor), "wrong": wrong, "name": request.POST.get("name", "")[:60]}
    return render(request, "people/units.html", told, status=422 if wrong else 200)


def _unit_act(request: StaffRequest) -> str:
    """Do what was asked and return nothing, or what stood in the way."""
    act, form = request.POST.get("act", ""), UnitNameForm(request.POST)
    if act != "remove" and not form.is_valid():
        return str(form.errors["name"][0])
    try:
        if act == "add":
            wards.add(request.actor, form.cleaned_data["name"])
        elif act == "rename":
            wards.rename(request.actor, UUID(request.POST.get("unit", "")), form.cleaned_data["name"])
        elif act == "remove":
            wards.remove(request.actor, UUID(request.POST.get("unit", "")))
    except wards.NameTaken:
        return "Another unit is called so. Write another name."
    except wards.StillOnIt:
        return "Records are on this unit. Whoever answers for teams takes them off first."
    except ValueError:
        raise access.NotThere("no such unit") from None
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def staff_add(request: StaffRequest) -> HttpResponse:
    """Add somebody, and go on to their page, where the code for setting up is made."""
    access.require_at_practice(request.actor, "change", "staff")
    form = StaffForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "people/staff_add.html", {"form": form}, status=422 if form.is_bound else 200)
    made = services.add_account(request.actor, form.cleaned_data["name"], form.cleaned_data["roles"])
    return redirect("account", id=made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh_proof_required
def account(request: StaffRequest, id: UUID) -> HttpResponse:
    """Show one member of staff; make a set-up code, change roles and supervision, or end the account."""
    access.colleague(request.actor, id)
    if request.method != "POST":
        return _page(request, id)
    try:
        return _act(request, id, request.POST.get("act", ""))
    except access.NotAllowed as no:
        return _page(request, id, status=403, refused=f"{no}.".capitalize())


def _act(request: StaffRequest, id: UUID, act: str) -> HttpResponse:
    if act == "code":
        code, ends = factors.new_set_up_code(request.actor, id)
        return _page(request, id, code=code, ends=ends.astimezone(request.now.tzinfo))
    if act == "end" and request.POST.get("sure") != "yes":
        return _page(request, id, status=422, refused="Tick the box beside the button: ending an account cannot be taken back.")
    if act == "roles":
        services.change_roles(request.actor, id, [role for role in request.POST.getlist("roles") if role in Role.values])
    elif act == "supervise":
        _supervise(request, id)
    elif act == "end_supervision":
        services.end_supervision(request.actor, _number(request.POST.get("supervision", "")))
    elif act == "end":
        services.end_account(request.actor, id)
    return redirect("account", id=id)


def _supervise(request: StaffRequest, id: UUID) -> None:
    try:
        other = UUID(request.POST.get("with", ""))
        until = request.POST.get("until", "")
        ends = datetime.fromisoformat(until).replace(hour=23, minute=59, tzinfo=request.now.tzinfo or UTC) if until else None
    except ValueError:
        raise access.NotThere("no such colleague or day") from None
    teaches = request.POST.get("as") == "supervisor"
    services.supervise(request.actor, id if teaches else other, other if teaches else id, ends)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise access.NotThere("no such supervision")
    return int(text)


def _page(request: StaffRequest, id: UUID, status: int = 200, **more: Any) -> HttpResponse:
    who = access.colleague(request.actor, id)
    everybody = {one.id: one for one in access.staff(request.actor)}
    links = [
        {"id": one.id, "ends": one.ends, "teaches": one.supervisor == id, "other": everybody[one.trainee if one.supervisor == id else one.supervisor]}
        for one in access.supervision(request.actor, id)
    ]
    active = [one for one in everybody.values() if one.active and one.id != id]
    told = {
        "who": who,
        "ways": factors.ways(id),
        "links": links,
        "trainees": [one for one in active if Role.TRAINEE in one.roles] if Role.SUPERVISOR in who.roles else [],
        "supervisors": [one for one in active if Role.SUPERVISOR in one.roles] if Role.TRAINEE in who.roles else [],
        "roles": [{"value": role.value, "label": role.label, "held": role.value in who.roles} for role in Role],
        "unsettled": services.unsettled(request.actor, id),
        "itself": id == request.actor.account,
        **more,
    }
    return render(request, "people/account.html", told, status=status)
