"""Requests in words: states, steps, letters, days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from privity.practice.people.times import day_said

from .requests import Due, Standing

STATE: Mapping[str, str] = {
    "": "Waits for an answer",
    "whole": "Granted",
    "part": "Granted in part",
    "none": "Refused",
    "withdrawn": "Taken back",
    "done": "Answered",
}
DONE: Mapping[str, str] = {
    "facts": "Answered what the law asked", "extend": "Took 30 more days, by letter", "withdraw": "The request was taken back", "answer": "Gave the answer",
    "packet": "Kept the law’s answer for the packet", "handed": "It was handed over", "review_ask": "The client asked for the refusal to be looked at again",
    "review": "The refusal was looked at again", "amended": "The amendment is linked in the chart", "told": "Those who need it were told",
    "statement": "The client’s statement of disagreement came in", "rebuttal": "Wrote a reply to the statement",
    "along": "The client wants request and refusal to go along with later tellings", "list": "Made the list of who was told",
    "done": "Whoever asked was answered",
}  # fmt: skip
TITLES: Mapping[str, str] = {
    "facts": "What the law still asks", "extend": "Take 30 more days", "withdraw": "The client takes it back", "answer": "Give the answer",
    "packet": "Prepare the copy", "handed": "It was handed over", "review_ask": "The client asks for a second look", "review": "What the second look found",
    "amended": "The amendment is signed", "told": "Those who need it were told", "statement": "A statement of disagreement came in",
    "rebuttal": "Reply to the statement", "along": "Request and refusal go along", "list": "Make the list",
    "done": "Whoever asked was answered",
}  # fmt: skip
HINTS: Mapping[str, str] = {
    "extend": "Once, and only by a letter within the first days that says why and until when. A state’s own days do not move.",
    "packet": "The law’s answer over the parts of the chart is kept, and the packet starts from it.",
    "handed": "Once the copy left, or the client looked into the record.",
    "review_ask": "The reviewer who was named at the refusal is told promptly: 45 CFR 164.524(d)(4).",
    "review": "Whoever refused cannot be the one who looks again. What is found binds the practice: 45 CFR 164.524(a)(4), (d)(4).",
    "amended": "Write and sign the amendment in the chart; it stands linked beside the old words, which stay: 45 CFR 164.526(c)(1).",
    "told": "Those the client named, and those known to rely on the old words: 45 CFR 164.526(c)(3). If there is nobody, write that.",
    "statement": "It is linked to the entry, and goes along with every later release of what it disputes: 45 CFR 164.526(d)(2), (d)(5).",
    "rebuttal": "You may; the client gets a copy: 45 CFR 164.526(d)(3).",
    "along": "Where no statement comes, the client may ask for this instead: 45 CFR 164.526(d)(5)(ii).",
    "done": "What left stands on the list of who was told by itself. Write here how it ended: sent, refused, or told that we cannot say.",
    "list": "Six years back at most, from the list that writes itself. The first in twelve months is free: 45 CFR 164.528(c)(2).",
}  # fmt: skip
BUTTONS: Mapping[str, str] = {
    "facts": "Keep these answers", "extend": "Make the letter", "withdraw": "Close the request", "answer": "Give this answer, with its letter",
    "packet": "Prepare the copy", "handed": "Note it", "review_ask": "Note it", "review": "Keep what was found, with its letter", "amended": "It is signed",
    "told": "Note it", "statement": "Link it to the entry", "rebuttal": "Link the reply, with its letter", "along": "Let them go along",
    "list": "Make the list, with its letter", "done": "Close the request",
}  # fmt: skip
LETTERS: Mapping[str, str] = {
    "access_granted": "The record is given", "access_denied": "Something is held back", "access_extension": "More time is needed",
    "access_review": "What the second look found", "amendment_accepted": "The record is amended", "amendment_denied": "The amendment is refused",
    "amendment_extension": "More time is needed", "amendment_rebuttal": "The reply to the statement", "accounting_extension": "More time is needed",
    "restriction_answer": "The answer about keeping something back", "channel_answer": "The answer about another way",
    "accounting_cover": "With the list of who was told", "accounting": "The list of who was told",
}  # fmt: skip


def state_of(stands: Standing) -> str:
    """Return how an open request stands, with what it still waits for."""
    if "review" in stands.next:
        return "To be looked at again"
    if "handed" in stands.next:
        return f"{STATE[stands.answer]}, not handed over yet"
    return "Amended, not linked and told yet" if {"amended", "told"} & set(stands.next) else STATE[stands.answer]


def weekday(on: date) -> str:
    """Return a day as `Thu, Nov 19, 2026`."""
    return f"{on:%a}, {day_said(on)}"


def waits(there: Sequence[tuple[Due, bool]]) -> str:
    """Return the flag of a record's open requests, each with the clock that counts and whether it has its answer: by when, and nothing of what."""
    due, answered = min(there, key=lambda one: (one[0].on is None, one[0].day))
    first, to_do = "A request waits" if len(there) == 1 else f"{len(there)} requests wait", "finish" if answered else "answer"
    if len(there) > 1:
        to_do += " the first"
    elif answered:
        to_do += " it"
    return f"{first}: {to_do} by {due.day:%b} {due.day.day}{'' if due.on else ', our suggestion'}"


def how_long(due: Due, today: date) -> str:
    """Return how a clock stands, in words: `3 days late`, `today`, `5 days left`."""
    left = due.left(today)
    if left < 0:
        late = f"{-left} day{'s' if left < -1 else ''}"
        return f"{late} late" if due.on else f"{late} past our suggestion"
    return "Today" if left == 0 else "Tomorrow" if left == 1 else f"{left} days left"
