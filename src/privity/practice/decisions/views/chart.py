"""A question in a client's chart: the record answers what it can, the same dialogue asks the rest, and the answer can be kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from privity.law import BadQuestion, decide
from privity.practice.people.access import called, own_account
from privity.practice.people.desk import StaffRequest

from .. import access, services
from ..access import Asking
from ..answer import answer_from
from ..asking import WHO, beside, choices_of_who, facts_to_keep, needs_who, notes_of, read, seal_of, shown_of
from ..dialogue import CONFIRM, UNKNOWN, Asked, Standing, question_of, stand
from ..wording import Row
from .answer import answer_page
from .ask import Choice, Pose, Turn, next_pose, question_page, take

CHANGED = "Something in the record changed while this page stood open. This is the answer as it is now; nothing was kept yet."


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: StaffRequest, record: UUID) -> HttpResponse:
    """Take one reply and pose the next question; when none is left, show the answer."""
    asking = access.asking(request.actor, record)
    try:
        asked = _read(request, asking)
        turn = _take(request, asking, asked)
        asked = beside(asking.of, turn.asked)
        standing = stand(request.book, asking.of.practice, asked, request.now.date())
    except BadQuestion as error:
        return _stopped(request, record, error)
    pose = turn.pose or (_who_pose(asking, asked) if needs_who(asking.of, asked) else next_pose(request.book, standing))
    if pose is None:
        return _answer(request, asking, standing)
    return question_page(request, asking.of.practice, standing, _named(asking, asked, pose), _frame(request, asking, asked))


@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: StaffRequest, record: UUID) -> HttpResponse:
    """Show the answer to what was said so far, open or not."""
    asking = access.asking(request.actor, record)
    if request.method != "POST":
        return redirect("question", record)
    try:
        standing = stand(request.book, asking.of.practice, _read(request, asking), request.now.date())
    except BadQuestion as error:
        return _stopped(request, record, error)
    return _answer(request, asking, standing)


@require_POST
def question_keep(request: StaffRequest, record: UUID) -> HttpResponse:
    """Keep the answer that was seen; where the record changed meanwhile, show it anew and keep nothing."""
    asking = access.asking(request.actor, record)
    book, on = request.book, request.now.date()
    try:
        asked = _read(request, asking)
        standing = stand(book, asking.of.practice, asked, on)
        question = question_of(asking.of.practice, asked, on)
        answer: Row = decide(book, question).to_dict()
        if answer["outcome"] == "unknown" or needs_who(asking.of, asked) or seal_of(answer) != request.POST.get("shown", ""):
            return _answer(request, asking, standing, note=CHANGED, status=409)
        facts = facts_to_keep(book, asked, request.actor.account, request.actor.now)
        kept = services.freeze(request.actor, book, record, question.to_dict(), facts, place=asked.place, who=asked.who)
    except BadQuestion as error:
        return _stopped(request, record, error)
    return redirect("decision", record, kept)


# --- what was said -----------------------------------------------------------------------------------------------


def _read(request: StaffRequest, asking: Asking) -> Asked:
    post = request.POST
    return read(request.book, asking, post.get("place", ""), post.getlist("given"), post.get("who", ""))


def _take(request: StaffRequest, asking: Asking, asked: Asked) -> Turn:
    """Return what was said after this reply: who asks is taken here, everything else as at the desk. Raises BadQuestion."""
    post = request.POST
    if post.get("change") == WHO:
        return Turn(asked, replace(_who_pose(asking, asked), chosen=(asked.who,), changing=True))
    if post.get("asking") == WHO and not {"leave", "back", "change", "deny"} & set(post):
        who = post.get("reply", "")
        if who in choices_of_who(asking.of, asked) or who == UNKNOWN:
            return Turn(replace(asked, who=who))
        return Turn(asked, replace(_who_pose(asking, asked), error="Choose who asks, or say that you do not know."))
    return take(request.book, asked, request)


def _who_pose(asking: Asking, asked: Asked) -> Pose:
    choices = (*(Choice(id, name) for id, name in choices_of_who(asking.of, asked).items()), Choice(UNKNOWN, "I don’t know"))
    shared = dict(asked.facts).get("recipient.kind") == "client"
    question = "Which of them asks?" if shared else "Which colleague asks?"
    help_ = "Each may have what is their own. What the others said is theirs." if shared else "The record knows who is on the care team."
    return Pose(WHO, question, help_, "choose", choices)


def _named(asking: Asking, asked: Asked, pose: Pose) -> Pose:
    """Return a question about a paper with the name it bears: that kinds are alike says nothing."""
    if pose.fact != CONFIRM or not asked.held.paper:
        return pose
    named = asked.held.named if asking.papers and asked.held.named else "whom it names"
    question = (
        f"Is the one who would get it the very one the paper names: {named}?" if asking.papers else "Is the one who would get it the very one the paper names?"
    )
    help_ = "Compare name and office with the paper. Another person of the same kind has no leave."
    return replace(pose, question=question, help=help_)


# --- what is shown -----------------------------------------------------------------------------------------------


def _frame(request: StaffRequest, asking: Asking, asked: Asked) -> dict[str, Any]:
    """Return what a chart's page has besides the desk's: whose record, what the record states, where its forms lead."""
    record = asking.of.record
    shown = shown_of(request.book, facts_to_keep(request.book, asked, request.actor.account, request.now), asking)
    who = choices_of_who(asking.of, asked).get(asked.who, "")
    return {
        "record": record.id, "called": record.called, "held": shown, "notes": notes_of(request.book, asking, asked),
        "differences": [row for row in shown.said if row["against"]], "who_id": asked.who, "who_asks": who,
        "ask_url": reverse("question", args=[record.id]), "answer_url": reverse("question-answer", args=[record.id]),
        "keep_url": reverse("question-keep", args=[record.id]),
    }  # fmt: skip


def _answer(request: StaffRequest, asking: Asking, standing: Standing, note: str = "", status: int = 200) -> HttpResponse:
    data: Row = standing.decision.to_dict(change=True)
    answer = answer_from(request.book, data, standing.asked, asking.of.names)
    may_keep = data["outcome"] != "unknown" and not needs_who(asking.of, standing.asked)
    judged = any(request.book.facts[name].judgment for name, _ in standing.asked.facts)
    more = {
        **_frame(request, asking, standing.asked), "changed": note, "shown": seal_of(data) if may_keep else "",
        "keeper": called(own_account(request.actor), request.actor.keys), "judgments": judged,
    }  # fmt: skip
    return answer_page(request, asking.of.practice, standing, answer, more, status)


def _stopped(request: StaffRequest, record: UUID, error: BadQuestion) -> HttpResponse:
    return render(request, "decisions/stopped.html", {"error": str(error), "ask_url": reverse("question", args=[record])}, status=400)
