"""What the practice agreed not to tell, or must not tell a health plan because the client paid in full (45 CFR 164.522(a)): the gate, the verbs, the facts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people import matrix
from privity.practice.people.access import NotThere, Opened, opened, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.practice.visits.models import Visit
from privity.vault import Binding, Use, open_text, seal

from .models import Restriction as Row

PLANS = ("payer",)  # whom a restriction binds that was paid for in full
PAYING = frozenset({"payment", "operations", "quality_review"})  # for what that one binds (164.522(a)(1)(vi)), and for what any other does (a)(1)(i)
CARE_AND_MONEY = frozenset({*PAYING, "treatment", "supervision", "consultation", "training", "business_service", "involve_family", "notify_family"})
IN_WRITING, BY_WORD, BY_PRACTICE = "in_writing", "by_word", "by_practice"
WHOLE = ("whole_chart", "chart_part")  # a restriction on these is one on every class
HOW = (IN_WRITING, BY_WORD, BY_PRACTICE)


class MayNotEnd(ValueError):
    """The restriction has ended, or is not the practice's to end. Its text is one sentence."""


@dataclass(frozen=True)
class Restriction:
    """A restriction. Without classes it is for everything, without kinds of recipients for everybody, without visits for all of them.

    `later_only`: the practice ended it by telling the client; it holds on for what was written before that day (164.522(a)(2)(iii)(B)).
    """

    id: UUID
    classes: tuple[str, ...]
    recipient_kinds: tuple[str, ...]
    self_pay: bool
    visits: tuple[UUID, ...]
    began: date
    ended: date | None
    note: str = ""
    by: UUID | None = None
    recorded: datetime | None = None
    how_ended: str = ""
    later_only: bool = False

    @property
    def asked(self) -> date:
        """The day by which the client had asked for it: it may hold from an earlier one."""
        return max(self.began, self.recorded.astimezone().date()) if self.recorded else self.began

    @property
    def stands(self) -> bool:
        """Whether it still keeps anything back."""
        return self.ended is None or self.later_only

    def paid_to(self, recipient_kind: str) -> bool:
        """Tell whether it is what was paid in full, for this kind of recipient: for whom else it names it was agreed, as any other."""
        return self.self_pay and recipient_kind in PLANS

    def binds(self, recipient_kind: str, purpose: str) -> bool:
        """Tell whether it binds for this purpose at all: to what the law requires, and to all else, it yields."""
        return purpose in (PAYING if self.paid_to(recipient_kind) else CARE_AND_MONEY)


@dataclass(frozen=True)
class NewRestriction:
    """A restriction as it is agreed."""

    classes: tuple[str, ...]
    recipient_kinds: tuple[str, ...]
    self_pay: bool
    began: date
    visits: tuple[UUID, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class VisitSeen:
    """A visit a restriction may be for."""

    id: UUID
    starts: datetime


@dataclass(frozen=True)
class Page:
    """A record's restrictions, the newest first, its visits, and what the reader may do."""

    who: Opened
    kept: tuple[Restriction, ...]
    visits: tuple[VisitSeen, ...]
    names: dict[UUID, str]
    may_change: bool
    may_end: bool


def place_of(actor: Actor, record: UUID, restriction: UUID, column: str) -> Binding:
    """Return where a sealed column of a restriction may open."""
    return Binding(str(actor.practice), str(record), f"restriction.{column}", str(restriction))


# --- the gate ----------------------------------------------------------------------------------------------------


def page(actor: Actor, record: UUID) -> Page:
    """Return a record's restrictions; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "authorization")
        (who,) = opened(actor, {record: standing})
        kept = every(actor, record)
        rows = Visit.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-starts")[:60]
        visits = tuple(VisitSeen(id, starts) for id, starts in rows.values_list("id", "starts"))
        trail.write(actor.practice, actor.account, "restrictions.list", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    may = {one: matrix.may(actor.roles, *one, standing) for one in (("change", "authorization"), ("end", "restriction"))}
    return Page(who, kept, visits, {one.id: one.name for one in staff(actor)}, may["change", "authorization"], may["end", "restriction"])


def for_gates(actor: Actor, record: UUID) -> tuple[Restriction, ...]:
    """Return the restrictions that stand on a record, the newest first. For gates alone: it asks nobody and writes no event."""
    return tuple(one for one in every(actor, record) if one.stands)


def every(actor: Actor, record: UUID) -> tuple[Restriction, ...]:
    """Return a record's restrictions, the newest first, with those that ended. For gates alone, as for_gates."""
    rows = Row.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-recorded", "id")
    return tuple(_opened(actor, row) for row in rows)


def _opened(actor: Actor, row: Row) -> Restriction:
    key = actor.keys.key(row.record_id, Use.ACCOUNTING)
    raw = json.loads(open_text(row.terms, with_=key, bound_to=place_of(actor, row.record_id, row.id, "terms")))
    end: dict[str, Any] = json.loads(open_text(row.ending, with_=key, bound_to=place_of(actor, row.record_id, row.id, "ending"))) if row.ending else {}
    ended = row.ended if end else None  # a day alone, put into the open column by whoever has no key, ends nothing
    return Restriction(
        row.id, tuple(raw["classes"]), tuple(raw["recipient_kinds"]), raw["self_pay"], tuple(UUID(one) for one in raw["visits"]), row.began, ended,
        raw["note"], row.by_id, row.recorded, end.get("how", ""), end.get("later_only", False),
    )  # fmt: skip


def terms_sealed(actor: Actor, record: UUID, id: UUID, new: NewRestriction) -> bytes:
    """Return a restriction's terms, sealed. The record has its accounting key."""
    raw = {
        "classes": new.classes, "recipient_kinds": new.recipient_kinds, "self_pay": new.self_pay, "visits": [str(one) for one in new.visits], "note": new.note,
    }  # fmt: skip
    return seal(json.dumps(raw), with_=actor.keys.key(record, Use.ACCOUNTING), bound_to=place_of(actor, record, id, "terms"))


def ending_sealed(actor: Actor, record: UUID, id: UUID, how: str, *, later_only: bool) -> bytes:
    """Return how a restriction ended, sealed."""
    raw = json.dumps({"how": how, "later_only": later_only})
    return seal(raw, with_=actor.keys.key(record, Use.ACCOUNTING), bound_to=place_of(actor, record, id, "ending"))


def days_of(actor: Actor, record: UUID, kept: Iterable[Restriction]) -> dict[UUID, date]:
    """Return the day of each visit that restrictions name, where the visit is still there. For gates alone, as for_gates."""
    named = {visit for one in kept for visit in one.visits}
    rows = Visit.objects.filter(id__in=named, record_id=record, practice_id=actor.practice_row).values_list("id", "starts") if named else ()
    return {id: starts.astimezone().date() for id, starts in rows}


# --- verbs -------------------------------------------------------------------------------------------------------


def agree(actor: Actor, record: UUID, new: NewRestriction) -> UUID:
    """Return the id of a restriction that stands from now on. Raises NotThere and NotAllowed."""
    require(actor, record, "change", "authorization")
    id = uuid4()
    make_missing(actor, [(record, Use.ACCOUNTING)])
    body = terms_sealed(actor, record, id, new)
    with transaction.atomic():
        require(actor, record, "change", "authorization")
        there = set(Visit.objects.filter(id__in=new.visits, record_id=record, practice_id=actor.practice_row).values_list("id", flat=True))
        if missing := set(new.visits) - there:
            raise NotThere(f"visit {min(missing)}")
        Row.objects.create(id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, recorded=actor.now, terms=body, began=new.began)
        _write(actor, record, "restriction.agree", id)
    return id


def end(actor: Actor, record: UUID, restriction: UUID, how: str) -> None:
    """End a restriction: the client asked in writing or by word, or the practice told the client (164.522(a)(2)). Raises NotThere, NotAllowed and MayNotEnd.

    What the practice ends holds on for what is older; what was paid in full it cannot end.
    """
    if how not in HOW:
        raise ValueError(f"{how} is no way to end a restriction")
    with transaction.atomic():
        require(actor, record, "end", "restriction")
        row = Row.objects.select_for_update().filter(id=restriction, record_id=record, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"restriction {restriction}")
        there = _opened(actor, row)
        if there.ended is not None and not (there.later_only and how != BY_PRACTICE):
            raise MayNotEnd("It has ended already.")
        if there.self_pay and how == BY_PRACTICE:
            raise MayNotEnd("The client paid for this in full, so only the client can end it (45 CFR 164.522(a)(2)(iii)(A)).")
        row.ended = actor.now.astimezone().date()
        row.ending = ending_sealed(actor, record, restriction, how, later_only=how == BY_PRACTICE)
        row.save(update_fields=["ended", "ending"])
        _write(actor, record, "restriction.end", restriction)


def _write(actor: Actor, record: UUID, act: str, restriction: UUID) -> None:
    key = actor.keys.key(record, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, record)], row=(key, restriction))


# --- what the law may know ---------------------------------------------------------------------------------------


def reaching(
    restrictions: Iterable[Restriction], recipient_kind: str, information: Collection[str], visits: Collection[UUID] | None = None, written: date | None = None
) -> tuple[Restriction, ...]:
    """Return the restrictions that keep some of this from this recipient. INVARIANT: what is not known, a visit or a day, keeps back.

    `visits` are those the information is of, `written` the newest day of it.
    """
    found = []
    for one in restrictions:
        kinds = (*one.recipient_kinds, *(PLANS if one.self_pay else ()))
        if kinds and recipient_kind not in kinds:
            continue
        if one.classes and information and not set(one.classes) & {*information, *WHOLE} and not set(WHOLE) & set(information):
            continue
        if one.visits and visits is not None and not set(one.visits) & set(visits):
            continue
        ended = one.ended is not None and not (one.later_only and (written is None or written <= one.ended))
        if not ended:
            found.append(one)
    return tuple(found)


def facts_of(
    restrictions: Iterable[Restriction], recipient_kind: str, purpose: str, information: Collection[str],
    visits: Collection[UUID] | None = None, written: date | None = None,
) -> dict[str, bool]:  # fmt: skip
    """Return restriction.agreed and restriction.paid_in_full for one telling, by the vocabulary's names. Which purposes yield is for the law to say."""
    found = reaching(restrictions, recipient_kind, information, visits, written)
    paid = [one.paid_to(recipient_kind) for one in found]
    return {"restriction.agreed": not all(paid), "restriction.paid_in_full": any(paid)}
