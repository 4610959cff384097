"""One request: what was asked, by when, what the law says, what comes next; and the steps to its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST

from privity.practice.decisions.wording import STYLE, reason_of, sentence, word_of
from privity.practice.people.access import NotThere
from privity.practice.people.desk import StaffRequest
from privity.practice.people.spoken import label
from privity.practice.people.times import day_said, moment_said

from .. import access, services
from ..access import Page
from ..drawing import Row, drawn
from ..forms import ASKERS, FORMS, IDENTITY, WANTS, StepForm, form_of, names, still_asked
from ..requests import ACCESS_GROUNDS, AMENDMENT_GROUNDS, CHANNEL_GROUNDS, CITES, DECIDED, OUTSIDE
from ..services import CannotDo, NotItsTurn
from ..wording import BUTTONS, DONE, HINTS, LETTERS, STATE, TITLES, how_long
from .listed import told_due

REVIEW = frozenset({"review"})
IMPORTANT = ("answer", "list", "packet", "review", "facts")


@require_http_methods(["GET", "HEAD"])
def one(request: StaffRequest, record: UUID, request_id: UUID) -> HttpResponse:
    """Show a request."""
    return _show(request, access.page(request.actor, request.book, record, request_id))


@require_http_methods(["GET", "HEAD", "POST"])
def look_again(request: StaffRequest, record: UUID, request_id: UUID) -> HttpResponse:
    """Show a refusal to whoever looks at it again, or keep what was found."""
    if request.method == "POST":
        return _taken(request, record, request_id, REVIEW, "review")
    return _show(request, access.page(request.actor, request.book, record, request_id, "review"), gate="review")


@require_POST
def step(request: StaffRequest, record: UUID, request_id: UUID) -> HttpResponse:
    """Take a step that anybody at the desk may take."""
    return _taken(request, record, request_id, frozenset(TITLES) - DECIDED - REVIEW, "change")


@require_POST
def decide(request: StaffRequest, record: UUID, request_id: UUID) -> HttpResponse:
    """Take a step that is for whoever treats, or the privacy officer."""
    return _taken(request, record, request_id, DECIDED, "decide")


def _taken(request: StaffRequest, record: UUID, request_id: UUID, acts: frozenset[str], gate: str) -> HttpResponse:
    found = access.page(request.actor, request.book, record, request_id, gate)
    act = request.POST.get("act", "")
    if act not in acts:
        raise NotThere(f"step {act}")
    form = form_of(act, found, request.book, request.POST)
    if not form.is_valid():
        return _show(request, found, act, form, status=422, gate=gate)
    try:
        services.take(request.actor, request.book, record, request_id, act, form.given())
    except CannotDo as why:
        fresh = access.page(request.actor, request.book, record, request_id, gate) if isinstance(why, NotItsTurn) else found
        return _show(request, fresh, act, form, stopped=why, status=409, gate=gate)
    if act == "packet" and (there := _packet(record, access.for_gates(request.actor, record, request_id).standing.at["packet"].said["decision"])):
        return redirect(there)
    if gate == "review" and "see" not in _may_see(request, record):
        return _show(request, access.page(request.actor, request.book, record, request_id, gate), gate=gate)
    return redirect("request", record, request_id)


def _may_see(request: StaffRequest, record: UUID) -> frozenset[str]:
    return access.verbs(request.actor, record)


def _packet(record: UUID, decision: str) -> str:
    """Return the address of the packet's page."""
    return reverse("packet", args=[record, decision])


@require_http_methods(["GET"])
def letter(request: StaffRequest, record: UUID, request_id: UUID, letter_id: UUID) -> HttpResponse:
    """Hand out a letter as it was made."""
    kind, made, body = access.letter(request.actor, record, request_id, letter_id)
    response = HttpResponse(body, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"letter {made:%Y-%m-%d} {kind.replace('_', ' ')}.pdf") or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --- the page ------------------------------------------------------------------------------------------------------


def _show(
    request: StaffRequest, page: Page, act: str = "", form: StepForm | None = None, *, stopped: CannotDo | None = None, status: int = 200, gate: str = "see",
) -> HttpResponse:  # fmt: skip
    one, book = page.one, request.book
    today = request.actor.now.astimezone().date()
    people = {colleague.id: colleague.name for colleague in page.staff}
    stands = one.standing
    called = page.whole.called if page.known else f"Record {str(one.record)[:8]}"
    told: dict[str, Any] = {
        "record": one.record, "id": one.id, "called": called, "known": page.known, "kind": one.said.called, "cite": CITES.get(one.said.kind, ""),
        "received": day_said(one.said.received), "state": STATE[stands.answer], "ended": day_said(stands.ended), "asked": _asked(page, book),
        "what": one.said.what, "by": people.get(one.by, "Somebody no longer here"), "written": moment_said(one.written),
        "dues": [told_due(due, today) for due in page.law.clock.dues], "open_clock": not stands.ended,
        "late": page.law.clock.late(today) and not stands.ended, "law": _law(page, book), "answer": _answered(page, book, people),
        "steps": [_step(step, people, page.known) for step in one.steps], "stopped": stopped, "letterhead": page.letterhead, "reviewing": gate == "review",
        "letters": [{"id": each.id, "words": LETTERS[each.kind], "made": day_said(each.made), "spanish": each.language == "es"} for each in one.letters],
        "dispute": page.dispute, "can": page.may, "outside": one.said.kind == OUTSIDE, "ask": _ask(page),
        "binds": any(due.on for due in page.law.clock.dues),
    }  # fmt: skip
    told["next"] = [_next(page, book, name, form if name == act else None, gate) for name in _order(request, page, gate)]
    told["waits"] = _waits(page)
    if packet := stands.at.get("packet"):
        told["packet"] = {"decision": packet.said["decision"], "items": packet.said["items"], "address": _packet(one.record, packet.said["decision"])}
    if told["open_clock"]:
        lines = [
            Row(due.cite or "Our suggestion", one.said.received, due.day, how_long(due, today), due.on is None, bool(due.on and due.on < today))
            for due in page.law.clock.dues
        ]
        told["charts"] = [drawn(lines, today, wide=True), drawn(lines, today, wide=False)]
    return render(request, "incidents/request.html", told, status=status)


def _order(request: StaffRequest, page: Page, gate: str) -> list[str]:
    may, found = page.may, list(page.one.standing.next)
    today = request.actor.now.astimezone().date()
    if "extend" in found and not any(due.on and due.on >= today for due in page.law.clock.dues if due.rule.startswith("us.")):
        found.remove("extend")
    if "review" in found and not services.may_review(request.actor, page.one):
        found.remove("review")
    if not page.one.standing.answer and not page.one.standing.ended and page.one.said.kind != OUTSIDE and still_asked(page):
        found.insert(0, "facts")
    found = [act for act in found if act not in DECIDED or "decide" in may]
    found = [act for act in found if act in DECIDED or act in REVIEW or "change" in may]
    found = [act for act in found if act != "review" or "review" in may]
    found = [act for act in found if act != "packet" or ("ask" in may and "packet" not in page.one.standing.at)]
    return [act for act in found if act == "review"] if gate == "review" else found


def _waits(page: Page) -> str:
    """Return who must come next, for whoever may not."""
    if ("answer" in page.one.standing.next or "list" in page.one.standing.next) and "decide" not in page.may:
        return "The answer is for whoever treats the client, or the privacy officer."
    return ""


def _next(page: Page, book: Any, act: str, form: StepForm | None, gate: str) -> Mapping[str, Any]:
    to = "request-review" if act in REVIEW else "request-decide" if act in DECIDED else "request-step"
    return {
        "act": act, "title": TITLES[act], "hint": HINTS.get(act, ""), "button": BUTTONS[act], "form": form or form_of(act, page, book),
        "wrong": form is not None,
        "to": reverse(to, args=[page.one.record, page.one.id]), "main": act in IMPORTANT, "access": act == "answer" and page.one.said.kind == "access",
    }  # fmt: skip


def _asked(page: Page, book: Any) -> list[tuple[str, str]]:
    said = page.one.said
    if said.kind == OUTSIDE:
        return _asked_outside(page, book)
    who = names(ASKERS, said.asker)
    if page.known:
        name = said.name or next((person.called for _, person in page.whole.people if person.id == said.person), "")
        who = f"{name}, {who.lower()}" if name and said.asker != "client" else name or who
    rows = [("Who asks", who), ("How you know", names(IDENTITY, said.identity)), ("How it came", "In writing, signed" if said.in_writing else "By word")]
    if said.authority and page.known:
        rows.append(("By what right", said.authority))
    if said.information:
        rows.append(("Which parts", ", ".join(label(book, "information", each) for each in said.information)))
    if said.wants:
        how = said.form_words or names(FORMS, said.form)
        rows += [("What they want", names(WANTS, said.wants)), *([("In which form", how)] if said.wants != "look" else [])]
    if said.third:
        who = label(book, "recipient.kind", said.third_kind)
        rows.append(("The copy goes to", f"{said.third}, {said.third_address} ({who})" if page.known else who))
    if said.toward:
        rows += [("Kept from", ", ".join(label(book, "recipient.kind", each) for each in said.toward)), ("Paid in full", "Yes" if said.self_pay else "No")]
    if said.visits:
        rows.append(("Which visits", said.visits))
    if said.way and page.known:
        rows.append(("The new way", str(said.way["to"])))
    return rows


def _asked_outside(page: Page, book: Any) -> list[tuple[str, str]]:
    said, who = page.one.said, label(book, "recipient.kind", page.one.said.asker)
    rows = [
        ("Who asks", f"{said.name} ({who})" if page.known else who), ("What it is for", label(book, "purpose", said.reason)), ("Why, in their words", said.why),
        ("Which parts", ", ".join(label(book, "information", each) for each in said.information)),
        ("How it came", "In writing" if said.in_writing else "By word"),
        ("By when they want it", day_said(date.fromisoformat(said.by_when)) if said.by_when else ""),
    ]  # fmt: skip
    return [(name, value) for name, value in rows if value]


def _ask(page: Page) -> dict[str, Any] | None:
    """Return what leads into "Someone is asking" with who and what for filled in, for whoever may ask."""
    one = page.one
    if one.said.kind != OUTSIDE or one.standing.ended or "ask" not in page.may:
        return None
    given = (f"recipient.kind={one.said.asker}", f"purpose={one.said.reason}", f"information={','.join(one.said.information)}")
    return {"url": reverse("question", args=[one.record]), "given": given}


def _law(page: Page, book: Any) -> dict[str, Any]:
    answer, said = page.law.answer, page.one.said
    several = len({part["about"] for part in answer["parts"]}) > 1
    called = {str(person.id): person.called if page.known else part for part, person in page.whole.people}
    parts = [
        {"who": called.get(part["about"], "") if several else "", "what": label(book, "information", part["information"]) if part["information"] else "",
         "word": word_of(book, part["outcome"], said.purpose), "style": STYLE[part["outcome"]]}
        for part in answer["parts"]
    ]  # fmt: skip
    return {
        "word": word_of(book, answer["outcome"], said.purpose), "style": STYLE[answer["outcome"]], "because": [reason_of(row) for row in answer["because"]][:6],
        "parts": parts if len(parts) > 1 else [], "assumed": [sentence(row["plain"]) for row in answer["assumptions"] if row.get("plain")],
        "duties": [(sentence(row["plain"]), row["cite"]) for row in answer["duties"] if row["plain"] and not row["due"]["at"]][:8],
    }  # fmt: skip


def _answered(page: Page, book: Any, people: Mapping[UUID, str]) -> dict[str, Any] | None:
    step = page.one.standing.at.get("answer")
    if step is None:
        return None
    said = step.said
    grounds = {**ACCESS_GROUNDS, **AMENDMENT_GROUNDS, **CHANNEL_GROUNDS}
    ground = grounds.get(said.get("ground", ""))
    fee = said.get("fee") or {}
    cents = sum(fee.get(name, 0) for name in ("labor", "supplies", "postage", "summary"))
    return {
        "word": STATE[said["gave"]], "by": people.get(step.by, ""), "on": day_said(step.on), "ground": ground.words if ground else "",
        "cite": ground.cite if ground else "",
        "held": [label(book, "information", each) for each in said.get("held", ())], "why": said.get("why", ""), "reviewer": said.get("reviewer", ""),
        "fee": f"${cents / 100:.2f}" if cents else "", "entry": said.get("entry", ""), "stop": said["gave"] == "none",
    }  # fmt: skip


def _step(step: Any, people: Mapping[UUID, str], known: bool) -> dict[str, str]:
    said = step.said
    words = said.get("how") or said.get("whom") or said.get("reason") or ""
    if step.act == "review":
        words = f"{'It is to be given' if said['found'] == 'give' else 'The refusal stands'}. {said['why']}"
    return {"when": day_said(step.on), "what": DONE[step.act], "who": people.get(step.by, "Somebody no longer here"), "words": str(words) if known else ""}
