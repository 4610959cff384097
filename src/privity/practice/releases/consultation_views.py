"""A case made shareable with a colleague: written or taken from notes, read through, looked at side by side, judged, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.law import Book
from privity.practice.decisions.wording import reason_of, word_of
from privity.practice.people.desk import StaffRequest
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said

from . import consultation_access as access
from . import consultation_services as services
from .consultation_forms import RISKS, CaseForm, KeepForm, ReplyForm
from .deidentify import CHOICES, CHOSEN, GROUPS, RULE, Found, read


@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show a record's consultations and an empty case; or read a case through; or keep it."""
    act = request.POST.get("act", "look") if request.method == "POST" else ""
    if act in ("", "notes"):
        return _begin(request, record)
    form = CaseForm(request.POST, use_required_attribute=False)
    who, known = access.known(request.actor, record, form.told())
    if not form.is_valid():
        return render(request, "releases/consult.html", _opening(request, record, form), status=422)
    text = form.cleaned_data["case"].replace("\r\n", "\n")
    names, said = request.POST.getlist("name"), request.POST.getlist("choice")
    chosen = {name: choice for name, choice in zip(names, said, strict=False) if choice in CHOICES}
    left = set(request.POST.getlist("shown")) - set(request.POST.getlist("out"))
    found = read(text, known, keep=left, chosen=chosen)
    if rest := [one for one in found.unknown if one.kind in request.POST.getlist("rest") and one.key not in chosen]:
        chosen |= {one.key: GROUPS[one.kind].choices[0] for one in rest}
        found = read(text, known, keep=left, chosen=chosen)
    open_ones = [one.kind for one in found.unknown if one.key not in chosen]
    keep = KeepForm(request.book, request.POST if act == "keep" else None, use_required_attribute=False, initial=_said_so_far(request.POST))
    answer: Mapping[str, Any] = {}
    if act == "keep" and keep.is_valid() and not open_ones:
        raw = keep.cleaned_data
        named = any(one.known and one.key in left for one in found.replaced)  # what the record itself knows still stands in it
        judged = services.Judged(raw["removed"] == "yes" and not named, raw["recognizable"] == "yes")
        try:
            id = services.keep(request.actor, request.book, record, judged, raw["recipient"], _body(found, left, chosen, raw))
        except services.NotFree as no:
            answer = no.answer
        else:
            return redirect("consultation", record, id)
    told = {
        "who": who, "record": record, "form": form, "keep": keep, "found": found, "rows": _rows(found, left), "rule": RULE,
        "groups": _groups(found, chosen), "open": _open(open_ones) if act == "keep" else [], "refused": _refusal(request.book, answer),
        "wrong": act == "keep" and (not keep.is_valid() or bool(open_ones)),
    }  # fmt: skip
    return render(request, "releases/consult_look.html", told, status=422 if act == "keep" else 200)


def _begin(request: StaffRequest, record: UUID) -> HttpResponse:
    form = CaseForm(use_required_attribute=False)
    if request.method == "POST":
        chosen = [_id(one) for one in request.POST.getlist("note")]
        typed = request.POST.get("case", "")
        taken = access.written(request.actor, record, [one for one in chosen if one])
        both = "\n\n".join(one for one in (typed.strip(), taken) if one)
        form = CaseForm(
            initial={**{name: request.POST.get(name, "") for name in ("people", "places", "employers", "schools")}, "case": both}, use_required_attribute=False
        )
    return render(request, "releases/consult.html", _opening(request, record, form))


def _opening(request: StaffRequest, record: UUID, form: CaseForm) -> dict[str, Any]:
    found = access.page(request.actor, record)
    return {
        "who": found.who, "record": record, "form": form,
        "kept": [{"id": one.id, "asked": one.asked, "by": one.by, "made": moment_said(one.made), "replies": one.replies} for one in found.kept],
        "notes": [{"id": one.id, "when": day_said(one.began)} for one in found.notes],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: StaffRequest, record: UUID, consultation: UUID) -> HttpResponse:
    """Show a consultation with its text to copy or print; or write down what the colleague said."""
    form = ReplyForm(request.POST if request.method == "POST" else None, today=request.now.astimezone().date(), use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        raw = form.cleaned_data
        services.reply(request.actor, record, consultation, raw["who"], raw["on"], raw["said"])
        return redirect(f"{reverse('consultation', args=[record, consultation])}#said")
    kept = access.one(request.actor, record, consultation)
    body = kept.body
    told = {
        "who": kept.who, "record": record, "one": kept.id, "text": body["text"], "taken": body["taken"], "left": body["left"], "asked": body["asked"],
        "asked_kind": label(request.book, "recipient.kind", body["asked_kind"]), "by": kept.by, "made": moment_said(kept.made), "why": body["why"],
        "risks": [{"question": RISKS[str(name)][0], "yes": yes} for name, yes in body["risks"].items() if name in RISKS],
        "because": [reason_of(dict(row)) for row in kept.decision.answer["because"]], "word": word_of(request.book, kept.decision.outcome, "consultation"),
        "replies": [{"who": one.who, "on": day_said(date.fromisoformat(one.on)), "said": one.said, "by": one.by, "made": moment_said(one.made)}
                    for one in kept.replies], "form": form,
    }  # fmt: skip
    return render(request, "releases/consultation.html", told, status=422 if request.method == "POST" else 200)


def _rows(found: Found, left: set[str]) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "said": ", ".join(one.said), "put": one.put, "kind": one.kind.words, "letter": one.kind.value, "known": one.known,
         "times": one.times, "out": one.key not in left}
        for one in found.replaced
    ]  # fmt: skip


def _groups(found: Found, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what waits for somebody's word, by kind: what one may be, and what was said of it."""
    return [
        {"kind": kind, "heading": group.heading, "why": group.why, "choices": [(value, CHOICES[value]) for value in group.choices],
         "bulk": len(group.choices) == 2,
         "rows": [{"key": one.key, "said": one.around or ", ".join(one.said), "times": one.times, "choice": chosen.get(one.key, "")} for one in mine]}
        for kind, group in GROUPS.items() if (mine := [one for one in found.unknown if one.kind == kind])
    ]  # fmt: skip


def _open(kinds: list[str]) -> list[dict[str, str]]:
    return [
        {"kind": kind, "said": f"{count} {group.one if count == 1 else group.many}"} for kind, group in GROUPS.items() if (count := kinds.count(kind))
    ]  # fmt: skip


def _body(found: Found, left: set[str], chosen: Mapping[str, str], raw: Mapping[str, Any]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{"said": list(one.said), "put": one.put, "kind": one.kind.value, "key": one.key} for one in found.replaced]
    named: list[dict[str, Any]] = [
        {"said": list(one.said), "put": _put(found, one.key), "kind": _letter(chosen.get(one.key, "")), "key": one.key} for one in found.unknown
    ]
    every = [*rows, *(one for one in named if one["put"] not in one["said"])]
    return {
        "text": found.text, "taken": [one for one in every if one["key"] not in left],
        "left": [one for one in (*every, *named) if one["key"] in left or one["put"] in one["said"]],
        "risks": {name: raw[name] == "yes" for name in RISKS}, "why": raw["why"], "asked": raw["asked"], "asked_kind": raw["recipient"],
    }  # fmt: skip


def _letter(choice: str) -> str:
    return CHOSEN[choice][0].value if choice in CHOSEN else "A"


def _put(found: Found, key: str) -> str:
    return next((piece.put for piece in found.pieces if piece.key == key), "")


def _refusal(book: Book, answer: Mapping[str, Any]) -> dict[str, Any]:
    if not answer:
        return {}
    return {"word": word_of(book, answer["outcome"], "consultation"), "because": [reason_of(dict(row)) for row in answer["because"]]}


def _said_so_far(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sent.get(name) for name in KeepForm.base_fields if sent.get(name)}


def _id(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
