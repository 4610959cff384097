"""The gate to authorizations: those of one record, opened; the event is written first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from privity.practice.people import matrix
from privity.practice.people.access import NotThere, Opened, opened, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_text

from .models import Authorization
from .validity import Defect, State, Terms, defects, state


@dataclass(frozen=True)
class Kept:
    """An authorization as its page shows it: what the paper says, what is wrong with it, and how it stands today."""

    id: UUID
    terms: Terms
    wrong: tuple[Defect, ...]
    state: State
    by: str
    recorded: datetime
    ends: date | None
    ended: date | None
    revoked: datetime | None
    how_revoked: str


@dataclass(frozen=True)
class Page:
    """A record's authorizations, the newest first, and what the reader may do."""

    who: Opened
    kept: tuple[Kept, ...]
    may_change: bool
    states: tuple[str, ...]


def place_of(actor: Actor, record: UUID, authorization: UUID, column: str) -> Binding:
    """Return where a sealed column of an authorization may open."""
    return Binding(str(actor.practice), str(record), f"authorization.{column}", str(authorization))


def page(actor: Actor, record: UUID) -> Page:
    """Return a record's authorizations; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "authorization")
        (who,) = opened(actor, {record: standing})
        states = tuple(Practice.objects.get(pk=actor.practice_row).states)
        kept = for_gates(actor, record)
        about = [(actor.keys.key(record, Use.RECORD), record)]
        trail.write(actor.practice, actor.account, "authorizations.list", at=actor.now, about=about)
    return Page(who, kept, matrix.may(actor.roles, "change", "authorization", standing), states)


def for_gates(actor: Actor, record: UUID) -> tuple[Kept, ...]:
    """Return a record's authorizations, the newest first. For gates alone: it asks nobody and writes no event."""
    rows = Authorization.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-recorded")
    states = tuple(Practice.objects.get(pk=actor.practice_row).states)
    return tuple(_opened(actor, rows, states)) if rows else ()


def one(actor: Actor, record: UUID, authorization: UUID) -> tuple[Page, Kept]:
    """Return one authorization, with the others of its record; the event is written first. Raises NotThere and NotAllowed."""
    found = page(actor, record)
    return found, next((kept for kept in found.kept if kept.id == authorization), None) or _not_there(authorization)


def _not_there(authorization: UUID) -> Kept:
    raise NotThere(f"authorization {authorization}")


def _opened(actor: Actor, rows: Iterable[Authorization], states: Collection[str]) -> Iterable[Kept]:
    names, on = {one.id: one.name for one in staff(actor)}, actor.now.astimezone().date()
    for row in rows:
        key = actor.keys.key(row.record_id, Use.ACCOUNTING)
        terms = Terms.of(json.loads(open_text(row.terms, with_=key, bound_to=place_of(actor, row.record_id, row.id, "terms"))))
        how = open_text(row.how_revoked, with_=key, bound_to=place_of(actor, row.record_id, row.id, "how_revoked")) if row.how_revoked else ""
        wrong = tuple(defects(terms, states))
        stands = state(wrong, row.ends, row.ended, row.revoked, on)
        yield Kept(row.id, terms, wrong, stands, names.get(row.by_id, "Somebody no longer here"), row.recorded, row.ends, row.ended, row.revoked, how)
