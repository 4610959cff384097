"""Decisions that were kept: the list of a record's, one of them as it was made, how it stands today, and the proof that it comes out again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from privity.law import BadQuestion
from privity.practice.people import matrix
from privity.practice.people.access import relations, staff
from privity.practice.people.desk import StaffRequest
from privity.practice.people.spoken import question_of
from privity.practice.people.times import moment_said

from .. import access, services
from ..access import Asking
from ..answer import answer_from
from ..asking import again_from, shown_of, told, value_said
from ..dialogue import UNKNOWN, Asked, Held
from ..frozen import Frozen
from ..services import Again, Change, Replayed
from ..wording import STYLE, Row, word_of
from .answer import title_of

GONE = "Somebody who left"


@require_http_methods(["GET", "HEAD"])
def decisions(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show what was decided about a record, the newest first; what no longer stands is opened again."""
    found = access.page(request.actor, record)
    names = {one.id: one.name for one in staff(request.actor)}
    rows = []
    for id, frozen in found.kept:
        if frozen is None:
            rows.append({"id": id, "shut": True})
            continue
        stands = not frozen.reopened and services.look(request.actor, request.book, record, id).stands
        rows.append(_row(request, frozen, names, stands=stands))
    return render(request, "decisions/decisions.html", {"record": record, "called": found.of.record.called, "rows": rows})


def _row(request: StaffRequest, frozen: Frozen, names: dict[UUID, str], *, stands: bool) -> Row:
    facts = frozen.question["facts"]
    return {
        "id": frozen.id, "title": title_of(request.book, facts), "outcome": frozen.outcome, "style": STYLE[frozen.outcome],
        "word": word_of(request.book, frozen.outcome, str(facts.get("purpose") or "")), "by": names.get(frozen.by, GONE), "made": moment_said(frozen.made),
        "stands": stands,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD"])
def decision(request: StaffRequest, record: UUID, decision: UUID) -> HttpResponse:
    """Show a decision as it was made, and how it stands now."""
    asking, frozen = access.one(request.actor, record, decision)
    return _show(request, asking, frozen, services.look(request.actor, request.book, record, decision))


@require_POST
def decision_replay(request: StaffRequest, record: UUID, decision: UUID) -> HttpResponse:
    """Work a decision out anew with the book it was read from, and show whether the same came out."""
    came = services.replay(request.actor, request.book, record, decision)
    asking, frozen = access.one(request.actor, record, decision)
    return _show(request, asking, frozen, services.look(request.actor, request.book, record, decision), came)


@require_POST
def decision_file(request: StaffRequest, record: UUID, decision: UUID) -> HttpResponse:
    """Hand out a decision as the file that `privity replay` takes."""
    response = HttpResponse(services.file_of(request.actor, record, decision), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="decision-{str(decision)[:8]}.json"'
    return response


def _show(request: StaffRequest, asking: Asking, frozen: Frozen, now: Again, came: Replayed | None = None) -> HttpResponse:
    book, of = request.book, asking.of
    names = {one.id: one.name for one in staff(request.actor)}
    facts = dict(frozen.question["facts"])
    # The items alone tell that it was asked in a chart; nothing is read from the record here.
    shown = Asked(frozen.place, tuple(facts.items()), frozen.who, Held(items=tuple(frozen.question.get("items", ()))))
    told_: dict[str, Any] = {
        "record": frozen.record, "called": of.record.called, "kept": {"id": frozen.id, "by": names.get(frozen.by, GONE), "made": moment_said(frozen.made)},
        "answer": answer_from(book, dict(frozen.answer), shown, of.names), "title": title_of(book, facts), "held": shown_of(book, frozen.facts, asking, names),
        "stands": now.stands, "why": _why(now), "changes": [_change(request, asking, one, names) for one in now.changes] if not now.stands else [],
        "since": moment_said(frozen.reopened or request.now), "now": _now(request, now), "came": came, "book_differs": book.hash != frozen.book,
        "again": _again(request, frozen, now),
        "packet": _packet(request, frozen), "unsigned": asking.papers and any(part["outcome"] == "with_authorization" for part in frozen.answer["parts"]),
        "who_asks": of.names.get(frozen.who) or names.get(_id(frozen.who), ""),
    }  # fmt: skip
    return render(request, "decisions/kept.html", told_)


def _packet(request: StaffRequest, frozen: Frozen) -> bool:
    """Tell whether something may leave under a decision, and whoever reads it may prepare that."""
    held = relations(request.actor, [frozen.record]).get(frozen.record, frozenset())
    beyond = matrix.bills_alone(request.actor.roles, "prepare", "release", held) and access.purpose_of(frozen) != matrix.PAYMENT
    opens = any(part["outcome"] in ("required", "permitted") for part in frozen.answer["parts"])
    return opens and not beyond and matrix.may(request.actor.roles, "prepare", "release", held)


def _id(text: str) -> UUID:
    return UUID(text) if text and text != UNKNOWN else UUID(int=0)


def _why(now: Again) -> list[str]:
    found = []
    if any(one.aged for one in now.changes):
        found.append("Somebody’s judgment is too old to count: on a threat it holds 24 hours, on anything else 30 days.")
    if "closed" in now.why:
        found.append("Treatment was ended after this was kept.")
    if "answer" in now.why:
        found.append("With what is known now, the law answers otherwise.")
        if not now.changes:
            found.append("No fact changed: the law of today, or the day itself, makes the difference.")
    if "refused" in now.why:
        found.append("Who is in the record changed, so the question can no longer be put as it was.")
    return found or ["It was found open before. Ask again; the new answer is kept beside this one."]


def _now(request: StaffRequest, now: Again) -> Row | None:
    outcome = str(now.answer["outcome"])
    if now.stands or outcome == now.frozen.outcome:
        return None
    return {"outcome": outcome, "style": STYLE[outcome], "word": word_of(request.book, outcome, str(now.frozen.question["facts"].get("purpose") or ""))}


def _change(request: StaffRequest, asking: Asking, one: Change, names: dict[UUID, str]) -> Row:
    book = request.book
    there = one.was or one.now
    row = told(book, there, asking, names) if there else {}
    was = value_said(book, one.name, one.was.value) if one.was else "Nobody said so"
    now = value_said(book, one.name, one.now.value) if one.now and not one.aged else "Nobody says so now"
    return {**row, "question": question_of(book, one.name), "was": was, "now": now, "aged": one.aged}


def _again(request: StaffRequest, frozen: Frozen, now: Again) -> Row:
    try:
        place, given, who = again_from(request.book, frozen, [one.was for one in now.changes if one.aged and one.was])
    except BadQuestion:
        place, given, who = "", [], ""
    return {"place": place, "given": given, "who": who, "url": reverse("question", args=[frozen.record])}
