"""Who is asking, for what, about what; then only what the law turns on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from privity.law import BadQuestion, Book
from privity.law.explain import meanwhile
from privity.practice.people.access import the_practice
from privity.practice.people.desk import DeskRequest
from privity.practice.people.models import Practice
from privity.practice.people.spoken import MOST_CHOICES, Group, entry, groups, label, question_of, state, who_knows

from ..answer import facts_given, first_reason, open_line
from ..dialogue import AGE, ELSEWHERE, NOT_KNOWN, PLACE, PLACES_APART, Asked, Standing, read_asked, read_reply, stand
from ..fitting import MATTERS, fitting, is_asked_back
from ..wording import STYLE, Row, place_note, place_word, sentence, word_of
from .answer import answer_page

OPENING = {
    "recipient.kind": ("Who is asking?", "Or: whom would you tell? Do not look anyone up yet. What you may say depends on who asks."),
    "purpose": ("What is it for?", "What they want it for, or why you would tell."),
    "information": ("What would be told?", "Tick all that fit. What is not ticked stays private."),
}
# What the answer so far says while one of these has still to be said.
OPEN_LINES = {
    "information": "It depends on what would be told.",
    AGE: "It depends on how old the client is.",
    "care.modality": "It depends on whether others share the record.",
    "participants.all_authorize": "It depends on whether everyone who shares the record has signed.",
}
GROUPED = {"information": "Begin with one kind. You can add others."}
PLACE_QUESTION = (
    "Where is the client now?",
    "Where the client is, not where your office is. Some duties follow the client.",
)
ADULT = "adult"
OLDEST = 120
ALL = "all"  # the view of all groups, where the first view shows only what fits


@dataclass(frozen=True)
class Choice:
    """One answer to tap: what is sent, and what is read."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Pose:
    """One question as its view shows it."""

    fact: str
    question: str
    help: str
    kind: str
    choices: tuple[Choice, ...] = ()
    who: str = ""
    judgment: bool = False
    group: str = ""
    group_label: str = ""
    error: str = ""
    unknown_apart: str = ""  # what the button says where nine choices leave no room for "I don't know"
    adding: tuple[str, ...] = ()  # what was ticked already, in other groups
    chosen: tuple[str, ...] = ()  # the answer given before, while it is being changed
    changing: bool = False
    matters: tuple[tuple[str, str], ...] = ()  # a second, quiet list: what a practice has on its hands though nobody asks

    @property
    def is_written(self) -> bool:
        """True where the answer is typed: a number, a day, a text."""
        return self.kind not in ("choose", "tick")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: DeskRequest) -> HttpResponse:
    """Take one reply and pose the next question; when none is left, show the answer."""
    practice = the_practice(request.actor)
    if practice is None:
        return redirect("profile")
    book, post = request.book, request.POST
    one_state = practice.states[0] if len(practice.states) == 1 else ""
    try:
        asked = read_asked(book, post.get("place", "") or one_state, post.getlist("given"))
        turn = take(book, asked, request)
        standing = stand(book, practice, turn.asked, request.now.date())
    except BadQuestion as error:
        return render(request, "decisions/stopped.html", {"error": str(error)}, status=400)
    pose = turn.pose or next_pose(book, standing)
    if pose is None:
        return answer_page(request, practice, standing)
    return question_page(request, practice, standing, pose)


@dataclass(frozen=True)
class Turn:
    """What one sending of the form came to."""

    asked: Asked
    pose: Pose | None = None


def take(book: Book, asked: Asked, request: DeskRequest) -> Turn:
    """Return what was said after this reply, and the question it leads to where that is not simply the next. Raises BadQuestion."""
    post = request.POST
    if matter := MATTERS.get(post.get("matter", "")):
        for name, value in matter.facts.items():
            asked = asked.with_fact(name, value)
        return Turn(asked)
    if changed := post.get("change", ""):
        return Turn(asked, changing(book, asked, changed))
    if denied := post.get("deny", ""):
        name, _, value = denied.partition("=")
        return Turn(asked.with_fact(name, read_reply(book, name, [value])))
    if "back" in post:
        last = asked.facts[-1][0] if asked.facts else ""
        before = asked.without(last)
        return Turn(before, pose_of(book, last, asked=before) if last else None)
    asking = post.get("asking", "")
    if not asking or "leave" in post:
        return Turn(asked)
    if asking == PLACE:
        place = post.get("reply", "")
        known = place in book.states or place in PLACES_APART
        return (
            Turn(replace(asked, place=place))
            if known
            else Turn(asked, replace(place_pose(book), error="Choose where the client is, or say that you do not know."))
        )
    turn = take_reply(book, asked, asking, post.get("group", ""), post.getlist("reply"), tuple(post.getlist("adding")))
    if "more" in post and turn.pose is None:
        ticked = turn.asked.known.get(asking)
        return Turn(asked, replace(pose_of(book, asking, asked=asked), adding=tuple(ticked) if isinstance(ticked, list) else ()))
    return turn


def take_reply(book: Book, asked: Asked, asking: str, group: str, replies: list[str], adding: tuple[str, ...] = ()) -> Turn:
    """Return what one reply to a question came to; `adding` was ticked before, in other groups. Raises BadQuestion."""
    if asking not in book.facts:
        raise BadQuestion(f"there is no fact {asking[:60]}")
    pose = pose_of(book, asking, group, asked)
    replies = [reply for reply in replies if reply.strip()]
    if len(replies) > 1 and "unknown" in replies:
        if pose.is_written:
            return Turn(asked, replace(pose, error="Write an answer or tick “I don’t know”, not both."))
        replies = ["unknown"]
    if not replies:
        if adding:
            return Turn(asked.with_fact(asking, read_reply(book, asking, list(adding))))
        return Turn(asked, replace(pose, error="Choose an answer, or say that you do not know."))
    if asking == AGE and replies == [ADULT]:
        return Turn(asked.without(AGE).with_fact("client.adult", True))
    if replies == [f"group:{ALL}"]:
        return Turn(asked, pose_of(book, asking, ALL, asked))
    for found in offered(book, asking, asked):
        if replies == [f"group:{found.key}"]:
            if len(found.values) > 1:
                return Turn(asked, replace(pose_of(book, asking, found.key, asked), adding=adding))
            replies = [found.values[0]]
    try:
        value = read_reply(book, asking, replies if replies == ["unknown"] else [*adding, *replies])
    except BadQuestion as error:
        return Turn(asked, replace(pose, error=f"{str(error).split(': ', 1)[-1].capitalize()}."))
    if asking.endswith("age") and isinstance(value, (int, float)) and not isinstance(value, bool) and value > OLDEST:
        return Turn(asked, replace(pose, error=f"Nobody is that old. Write the age in years, at most {OLDEST}."))
    return Turn(asked.with_fact(asking, value))


def next_pose(book: Book, standing: Standing) -> Pose | None:
    """Return the next question, or None when the law needs no more."""
    if standing.asked_back:
        who, purpose = (label(book, name, str(standing.asked.known[name])) for name in ("recipient.kind", "purpose"))
        said = f"“{purpose}” does not fit “{who}”, so it is not taken as the reason. What do they really want it for?"
        return replace(pose_of(book, "purpose", asked=standing.asked), help=said)
    if standing.needs_place:
        return place_pose(book)
    return pose_of(book, standing.open_[0], asked=standing.asked) if standing.open_ else None


def changing(book: Book, asked: Asked, name: str) -> Pose:
    """Return a question that was answered before, with that answer chosen. Raises BadQuestion."""
    if name == PLACE:
        return replace(place_pose(book), chosen=(asked.place,), changing=True)
    values = next((row.partition("=")[2].split(",") for row in asked.hidden() if row.startswith(f"{name}=")), [])
    pose = pose_of(book, name, asked=asked)
    shown = {choice.value for choice in pose.choices}
    if not set(values) <= shown:
        for found in offered(book, name, asked):
            if set(values) & set(found.values):
                values = [f"group:{found.key}" if f"group:{found.key}" in shown else f"group:{ALL}"]
    return replace(pose, chosen=tuple(values), changing=name in asked.known)


def place_pose(book: Book) -> Pose:
    """Return the question where the client is."""
    states = (Choice(code, state(code)) for code in book.states)
    apart = (
        Choice(ELSEWHERE, "Another state", "Privity does not hold its law yet. You then get federal law, and the law that comes with your license."),
        Choice(NOT_KNOWN, "I don’t know", "The law of all your states is then taken together."),
    )
    return Pose(PLACE, *PLACE_QUESTION, "choose", (*states, *apart))


def offered(book: Book, name: str, asked: Asked | None) -> list[Group]:
    """Return a fact's groups; of purposes only those that are taken on their word from whoever asks."""
    found = groups(book, name)
    if name != "purpose" or asked is None:
        return list(found)
    who = asked.known.get("recipient.kind")
    kept = (Group(one.key, one.label, tuple(value for value in one.values if not is_asked_back(book, value, who))) for one in found)
    return [one for one in kept if one.values]


def pose_of(book: Book, name: str, group: str = "", asked: Asked | None = None) -> Pose:
    """Return a fact as the question its view asks: what fits, its groups where it has many choices, or the choices of one group."""
    if name not in book.facts:
        raise BadQuestion(f"there is no fact {name[:60]}")
    fact = book.facts[name]
    question, help_ = OPENING.get(name, (question_of(book, name), fact.help))
    who = "" if name in OPENING else who_knows(fact.who)
    matters = tuple((key, matter.label) for key, matter in MATTERS.items()) if name == "recipient.kind" and not group and not (asked and asked.facts) else ()
    if fact.is_ == "yes_no":
        return Pose(name, question, help_, "choose", (Choice("true", "Yes"), Choice("false", "No"), dont_know()), who, fact.judgment)
    if fact.is_ not in ("one_of", "some_of"):
        easy = (Choice(ADULT, "An adult, 18 or older"),) if name == AGE else ()
        return Pose(name, question, help_, {"number": "number", "day": "date", "moment": "datetime-local"}.get(fact.is_, "text"), easy, who, fact.judgment)
    found = offered(book, name, asked)
    fits = fitting(book, asked.known.get("recipient.kind")) if name == "purpose" and asked else ()
    if fits and not group:
        rows = (*(Choice(value, label(book, name, value)) for value in fits), Choice(f"group:{ALL}", "Another reason"), dont_know(name))
        return Pose(name, question, help_, "choose", rows, who, fact.judgment)
    if len(found) > 1 and group in ("", ALL) and not (fact.is_ == "some_of" and name != "information"):
        rows = tuple(Choice(f"group:{g.key}" if len(g.values) > 1 else g.values[0], g.label) for g in found)
        apart = dont_know(name).label
        return Pose(name, question, GROUPED.get(name, help_), "choose", rows, who, fact.judgment, group, unknown_apart=apart, matters=matters)
    values = next((g.values for g in found if g.key == group), fact.of) if group else fact.of
    heading = next((g.label for g in found if g.key == group), "") if group else ""
    rows = tuple(Choice(value, label(book, name, value), str(entry(book, name, value).get("help") or "")) for value in values)
    open_end = (dont_know(name),) if not group and len(rows) < MOST_CHOICES else ()
    apart = "" if open_end else dont_know(name).label
    if fact.is_ == "some_of":
        none = () if name == "information" else (Choice("none", "None of these"),)
        return Pose(name, question, help_, "tick", (*rows, *none, *open_end), who, fact.judgment, group, heading, unknown_apart=apart)
    return Pose(name, question, help_, "choose", (*rows, *open_end), who, fact.judgment, group, heading, unknown_apart=apart)


def dont_know(name: str = "") -> Choice:
    """Return the choice that is never missing."""
    return Choice(
        "unknown", {"recipient.kind": "I don’t know, or they will not say", "purpose": "I don’t know, or they will not say"}.get(name, "I don’t know")
    )


def question_page(request: DeskRequest, practice: Practice, standing: Standing, pose: Pose, more: Mapping[str, Any] | None = None) -> HttpResponse:
    """Show one question, with the answer so far beside it; a chart's has `more`."""
    book, asked = request.book, standing.asked
    said = [name for name, _ in asked.facts]
    number = said.index(pose.fact) + 1 if pose.fact in said else standing.number
    return render(
        request,
        "decisions/ask.html",
        {
            "pose": pose,
            "asked": asked,
            "ticked": [label(book, pose.fact, one) for one in pose.adding],
            "hidden": asked.hidden(),
            "practice": practice,
            "place": place_word(asked.place),
            "place_note": place_note(practice, asked.place),
            "place_held": asked.place in book.states,
            "number": number,
            "most": 0 if standing.unsaid else standing.most,
            "so_far": so_far(book, standing),
            "facts": facts_given(book, asked),
            "started": bool(asked.facts),
            "ask_url": reverse("ask"),
            "answer_url": reverse("answer"),
            **(more or {}),
        },
        status=422 if pose.error else 200,
    )


def so_far(book: Book, standing: Standing) -> Row:
    """Return the answer so far: its word, its line, and what is allowed meanwhile."""
    decision, asked = standing.decision, standing.asked
    purpose = str(asked.known.get("purpose") or "")
    if "purpose" not in asked.known or "recipient.kind" not in asked.known:
        return {
            "outcome": "unknown",
            "style": STYLE["unknown"],
            "word": "Not yet",
            "line": "Until it is known who asks and why, nothing is told.",
            "meanwhile": [],
        }
    first = next((name for name in OPEN_LINES if name in standing.open_ and standing.unsaid), "")
    shown = "unknown" if first else decision.outcome
    if first:
        line = OPEN_LINES[first]
    elif shown == "unknown" or (shown == "in_part" and asked.held.items and standing.open_):
        parts = [{"outcome": part.outcome, "possible": part.possible} for part in decision.parts]
        line = open_line(book, decision.ask, parts, asked)
    else:
        line = first_reason(decision)
    allowed = [{**row, "plain": sentence(str(row["plain"]))} for row in meanwhile(decision.parts)]
    return {"outcome": shown, "style": STYLE[shown], "word": word_of(book, shown, purpose), "line": line, "meanwhile": allowed}
