"""The phone: what to read to whoever calls, a message that is tied to no client, and what a live authorization lets one say once the caller is checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.dispatch import Signal

from privity.law import Book, decide
from privity.practice.agreements.access import Kept
from privity.practice.agreements.validity import REQUEST, State, same_name
from privity.practice.people import matrix
from privity.practice.people.access import NotThere, staff
from privity.practice.people.actor import Actor
from privity.practice.people.flagging import Number
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_text, seal

from .access import Asking
from .answer import CALLERS
from .asking import beside
from .dialogue import CONFIRM, NOT_KNOWN, Asked, question_of
from .gather import Material
from .models import CallMessage

# Who calls, in the law's words; the list of USERS 5.2 and the callers the desk has a line for.
KINDS = (
    "spouse_or_partner", "parent", "family_or_friend", "treating_provider", "client_attorney", "other_attorney", "opposing_attorney", "law_enforcement",
    "school", "employer", "payer", "other_insurer", "probation_or_parole", "immigration_authority", "media_or_public", "anyone_else",
)  # fmt: skip
# What is asked before a topic is named (45 CFR 164.514(h)).
CHECKS = (
    ("named", "They named the client and the birth date before I said anything about anybody."),
    ("very", "They are the very one the paper names."),
    ("back", "I called them back at a number of our own list or a public one, not at one they gave me."),
)
CHECKS_CITE = "45 CFR 164.514(h)"
OPEN = ("required", "permitted")
AT_DESK = frozenset({"fact_of_treatment", "contact_details", "identifying_details", "attendance"})  # what one sees without the chart


def line_for(kind: str) -> str:
    """Return what is read to this caller after the sentence that is read to everybody."""
    return CALLERS.get(kind, CALLERS["anyone_else"])


# --- in a client's record ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Topics:
    """What one live paper lets one tell a caller, as the law has it: classes of information, and those for which something is still open."""

    paper: Kept
    may: tuple[str, ...]
    open_: tuple[str, ...]


@dataclass(frozen=True)
class Called:
    """A number of whom a paper names, as the practice's own list has it."""

    name: str
    number: str
    by: str
    checked: datetime


calling = Signal()  # asks the rooms above, with `actor` and `names`, for the numbers their list has; each answers what the actor may see


def numbers(actor: Actor, papers: Sequence[Kept]) -> tuple[Called, ...]:
    """Return where to call back those whom these papers name."""
    answers: list[tuple[Any, Any]] = calling.send(sender=Called, actor=actor, names=[one.terms.recipient for one in papers]) if papers else []
    return tuple(one for _, found in answers for one in found)


def live_for(of: Material, kind: str) -> tuple[Kept, ...]:
    """Return the live papers that name a caller of this kind."""
    return tuple(one for one in of.kept if one.state is State.LIVE and one.terms.recipient_kind == kind and one.terms.kind != REQUEST)


def topics(book: Book, asking: Asking, kind: str) -> tuple[Topics, ...]:
    """Return what may be told a caller of this kind who was checked: each class that the law opens for every person it is about. Raises BadQuestion.

    On the phone nobody sees which visit or day something is of: a restriction on some of them is taken for one on all of its classes.
    """
    stands = tuple(replace(one, visits=(), ended=None, later_only=False) for one in asking.of.restricted)
    of = replace(asking.of, restricted=stands)
    place = of.practice.states[0] if len(of.practice.states) == 1 else NOT_KNOWN
    found = []
    for paper in live_for(of, kind):
        said: dict[str, Any] = {
            "recipient.kind": kind, "purpose": paper.terms.purpose, "information": list(paper.terms.information), CONFIRM: True,
            "recipient.identity_verified": True,
        }  # fmt: skip
        same = tuple(one for one in of.kept if same_name(one.terms.recipient, paper.terms.recipient))  # each person's own, for whoever this one names
        alone = replace(of, kept=same if of.shared else (paper,))
        asked = beside(alone, Asked(place, tuple(said.items())))
        outcomes: dict[str, set[str]] = {}
        for part in decide(book, question_of(of.practice, asked, of.on)).parts:
            outcomes.setdefault(part.of.information or "", set()).add(part.outcome)
        may = tuple(one for one in paper.terms.information if outcomes.get(one) and outcomes[one] <= set(OPEN))
        unsettled = tuple(one for one in paper.terms.information if "unknown" in outcomes.get(one, ()))
        found.append(Topics(paper, may, unsettled))
    return tuple(found)


# --- a message, tied to no client --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Message:
    """A message that somebody took on the phone for a colleague."""

    id: UUID
    by: str
    made: datetime
    caller: str
    number: str
    words: str


def place_of_message(practice: UUID, whose: UUID, message: UUID) -> Binding:
    """Return where a message may open."""
    return Binding(str(practice), str(whose), "call_message.body", str(message))


def leave(actor: Actor, whose: UUID, caller: str, number: str, words: str) -> UUID:
    """Return the id of a message now kept for a colleague, sealed under that account's own key; it bears no client. Raises NotThere."""
    if whose not in {one.id for one in staff(actor) if one.active}:
        raise NotThere(f"account {whose}")
    id = uuid4()
    text = json.dumps({"caller": caller.strip(), "number": number.strip(), "words": words.strip()})
    body = seal(text, with_=actor.keys.key(whose, Use.ACCOUNT), bound_to=place_of_message(actor.practice, whose, id))
    with transaction.atomic():
        CallMessage.objects.create(id=id, practice_id=actor.practice_row, whose_id=whose, by_id=actor.account, made=actor.now, body=body)
        trail.write(actor.practice, actor.account, "call.message", at=actor.now, account=str(whose))
    return id


def messages(actor: Actor) -> tuple[Message, ...]:
    """Return the messages kept for the actor, the newest first; where there are any, the event is written first."""
    with transaction.atomic():
        rows = list(CallMessage.objects.filter(practice_id=actor.practice_row, whose_id=actor.account).order_by("-made"))
        if not rows:
            return ()
        names, key = {one.id: one.name for one in staff(actor)}, actor.keys.key(actor.account, Use.ACCOUNT)
        found = []
        for row in rows:
            raw = json.loads(open_text(row.body, with_=key, bound_to=place_of_message(actor.practice, actor.account, row.id)))
            found.append(Message(row.id, names.get(row.by_id, ""), row.made, raw["caller"], raw["number"], raw["words"]))
        trail.write(actor.practice, actor.account, "call.read", at=actor.now)
    return tuple(found)


def _unseen(actor: Actor) -> QuerySet[CallMessage]:
    """Return the messages nobody has seen to of which the actor may know: all for the front desk, else those for the actor or taken by the actor."""
    rows = CallMessage.objects.filter(practice_id=actor.practice_row)
    if matrix.may(actor.roles, "see", "message", [matrix.AT_PRACTICE]):
        return rows
    return rows.filter(Q(whose_id=actor.account) | Q(by_id=actor.account))


def number(sender: object, *, actor: Actor, **_: object) -> Number:
    """Return how many messages nobody has seen to, for the end of the day. It answers people.flagging."""
    return Number(3, "Messages not seen to", _unseen(actor).count(), "call")


@dataclass(frozen=True)
class Waits:
    """A message that waits for a colleague: for whom, who took it, and when. Its words are the colleague's."""

    whose: str
    by: str
    made: datetime


def for_others(actor: Actor) -> tuple[Waits, ...]:
    """Return the messages that wait for colleagues, the oldest first, without a word of them. No client is in it, and no event is written."""
    rows = list(_unseen(actor).exclude(whose_id=actor.account).order_by("made"))
    names = {one.id: one.name for one in staff(actor)} if rows else {}
    return tuple(Waits(names.get(row.whose_id, "Somebody"), "you" if row.by_id == actor.account else names.get(row.by_id, ""), row.made) for row in rows)


def drop(actor: Actor, message: UUID) -> None:
    """Strike a message that was seen to. Raises NotThere."""
    with transaction.atomic():
        gone, _ = CallMessage.objects.filter(id=message, practice_id=actor.practice_row, whose_id=actor.account).delete()
        if not gone:
            raise NotThere(f"message {message}")
        trail.write(actor.practice, actor.account, "call.done", at=actor.now)
