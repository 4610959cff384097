"""The gate to authorizations: those of one record, opened; the event is written first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from privity.practice.people import matrix
from privity.practice.people.access import Identity, NotAllowed, NotThere, Opened, opened, require, staff, within
from privity.practice.people.actor import Actor
from privity.practice.people.flagging import Number
from privity.practice.people.models import SUBJECTS, Practice, Record
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_text

from . import scans, validity
from .models import Authorization, Restriction
from .scans import Paper
from .validity import Defect, Signer, State, Terms, Whose, days_left, defects, state


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
    by_word: bool = False
    scans: tuple[Paper, ...] = ()
    states: tuple[str, ...] = ()  # of the practice, whose law says what it must have


@dataclass(frozen=True)
class Page:
    """A record's authorizations, the newest first, the papers nobody has read yet, and what the reader may do."""

    who: Opened
    kept: tuple[Kept, ...]
    may_change: bool
    states: tuple[str, ...]
    unread: tuple[Paper, ...] = ()
    part2_program: bool = False


def place_of(actor: Actor, record: UUID, authorization: UUID, column: str) -> Binding:
    """Return where a sealed column of an authorization may open."""
    return Binding(str(actor.practice), str(record), f"authorization.{column}", str(authorization))


def page(actor: Actor, record: UUID, act: str = "authorizations.list") -> Page:
    """Return a record's authorizations; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "authorization")
        (who,) = opened(actor, {record: standing})
        practice = Practice.objects.get(pk=actor.practice_row)
        kept, unread = every(actor, record), scans.papers(actor, record).get(None, ())
        about = [(actor.keys.key(record, Use.RECORD), record)]
        trail.write(actor.practice, actor.account, act, at=actor.now, about=about)
    may = matrix.may(actor.roles, "change", "authorization", standing)
    return Page(who, kept, may, tuple(practice.states), unread, practice.part2_program or practice.part2_unsettled)


def for_gates(actor: Actor, record: UUID) -> tuple[Kept, ...]:
    """Return a record's authorizations and Part 2 consents, the newest first. For gates alone: it asks nobody and writes no event."""
    return tuple(one for one in every(actor, record) if one.terms.kind != validity.REQUEST)


def hold_still(actor: Actor, record: UUID) -> None:
    """Let no paper of a record be taken back, and nothing new be written about it, before the caller's transaction ends: it waits until then.

    Where writers do not wait for each other anyway (PostgreSQL), what leaves would else leave after its paper was taken back. For verbs alone.
    """
    rows = (Record.objects.filter(id=record), Authorization.objects.filter(record_id=record), Restriction.objects.filter(record_id=record))
    for one in rows:
        list(one.filter(practice_id=actor.practice_row).select_for_update().order_by("id").values_list("id"))


def every(actor: Actor, record: UUID) -> tuple[Kept, ...]:
    """Return every paper of a record, California's written requests too, the newest first. For gates alone, as for_gates."""
    rows = Authorization.objects.filter(record_id=record, practice_id=actor.practice_row).select_related("record").order_by("-recorded")
    states = tuple(Practice.objects.get(pk=actor.practice_row).states)
    return tuple(_opened(actor, rows, states, scans.papers(actor, record))) if rows else ()


def one(actor: Actor, record: UUID, authorization: UUID, act: str = "authorizations.list") -> tuple[Page, Kept]:
    """Return one authorization, with the others of its record; the event is written first. Raises NotThere and NotAllowed."""
    found = page(actor, record, act)
    return found, next((kept for kept in found.kept if kept.id == authorization), None) or _not_there(authorization)


def _not_there(authorization: UUID) -> Kept:
    raise NotThere(f"authorization {authorization}")


def standing(actor: Actor) -> dict[UUID, int]:
    """Return how many papers let something go today as far as their days tell, by record. For gates alone."""
    today = actor.now.astimezone().date()
    rows = Authorization.objects.filter(practice_id=actor.practice_row, revoked=None, ended=None, record__shredded=None)
    rows = rows.filter(Q(ends=None) | Q(ends__gte=today)).exclude(with_treatment=True, record__closed__isnull=False)
    return dict(rows.order_by().values_list("record").annotate(many=Count("id")))


def terms_of_row(actor: Actor, row: Authorization) -> Terms:
    """Return what an authorization's paper says, opened. For gates alone."""
    key = actor.keys.key(row.record_id, Use.ACCOUNTING)
    return Terms.of(json.loads(open_text(row.terms, with_=key, bound_to=place_of(actor, row.record_id, row.id, "terms"))))


def how_revoked(actor: Actor, row: Authorization) -> str:
    """Return how an authorization was taken back, opened. For gates alone."""
    key, place = actor.keys.key(row.record_id, Use.ACCOUNTING), place_of(actor, row.record_id, row.id, "how_revoked")
    return open_text(row.how_revoked, with_=key, bound_to=place) if row.how_revoked else ""


def end_of_it(row: Authorization) -> date | None:
    """Return the day on which an authorization ended by an event, if it did: treatment's end is one where the paper says so."""
    closed = row.record.closed.astimezone().date() if row.with_treatment and row.record.closed else None
    return row.ended or closed


def _opened(actor: Actor, rows: Iterable[Authorization], states: Collection[str], papers: Mapping[UUID | None, tuple[Paper, ...]]) -> Iterable[Kept]:
    names, on = {one.id: one.name for one in staff(actor)}, actor.now.astimezone().date()
    for row in rows:
        terms, ended = terms_of_row(actor, row), end_of_it(row)
        wrong = tuple(defects(terms, states))
        stands = state(wrong, validity.last_day(terms, states), ended, row.revoked, on)
        yield Kept(
            row.id, terms, wrong, stands, names.get(row.by_id, "Somebody no longer here"), row.recorded, row.ends, ended, row.revoked,
            how_revoked(actor, row), row.by_word, papers.get(row.id, ()), tuple(states),
        )  # fmt: skip


# --- what the law may know of a record's papers ------------------------------------------------------------------


@dataclass(frozen=True)
class Stated:
    """A fact for the law, and the paper that states it; none where no paper does."""

    name: str
    value: object
    paper: Kept | None


def stated(kept: Iterable[Kept], whose: Whose, *, recipient_kind: str, purpose: str, information: Collection[str]) -> tuple[Stated, ...]:
    """Return what a record's papers say together of one telling about one person: of what that person signed the best authorization, every Part 2 consent
    that reaches it, and a written request."""
    asked = {"recipient_kind": recipient_kind, "purpose": purpose, "information": information}
    mine = parts_of(kept, whose)
    said = [(validity.facts(one.terms, one.wrong, one.state, whose, **asked, states=one.states), one) for one in mine]  # type: ignore[arg-type]
    papers = [(told, one) for told, one in said if one.terms.kind != validity.REQUEST]
    if papers:
        best, paper = max(papers, key=lambda pair: (_fit(pair[0]), pair[1].recorded))
        found = [Stated(name, value, paper) for name, value in best.items() if name != "part2.consent"]
    else:
        found = [Stated("authorization.on_file", False, None)]
    consents = [(told["part2.consent"], one) for told, one in said if "part2.consent" in told]
    asks = any(one.terms.kind in validity.CONSENTS and "part2.consent" not in told for told, one in said)
    if any(kinds for kinds, _ in consents) or (consents and not asks):
        found.append(Stated("part2.consent", sorted({kind for kinds, _ in consents for kind in kinds}), next((one for kinds, one in consents if kinds), None)))  # type: ignore[attr-defined]
    requests = [(told["payer.written_request"], one) for told, one in said if one.terms.kind == validity.REQUEST]
    if requests:
        found.append(Stated("payer.written_request", *max(requests, key=lambda pair: (bool(pair[0]), pair[1].recorded))))
    return tuple(found)


def each_of(people: Iterable[tuple[str, Identity]], record: UUID, on: date, *, births: bool = True) -> tuple[Whose, ...]:
    """Return each person a record is about, as papers are weighed for them; without `births` no birth date of the record settles who may sign."""
    among = tuple(Signer(one.id, (one.name, one.chosen), one.born if births else None) for part, one in people if part in SUBJECTS)
    among = among or (Signer(record, (), None),)
    return tuple(Whose(one, among, on) for one in among)


def parts_of(kept: Iterable[Kept], whose: Whose) -> tuple[Kept, ...]:
    """Return what one person signed of a record's papers; a written request is the asker's own, and whole."""
    parts = ((one, one.terms if one.terms.kind == validity.REQUEST else whose.part(one.terms)) for one in kept)
    return tuple(replace(one, terms=part) for one, part in parts if part is not None)


def _fit(told: Mapping[str, object]) -> int:
    wanted = ("authorization.covers_recipient", "authorization.covers_information", "authorization.covers_purpose", "authorization.valid")
    return sum(2 ** (len(wanted) - at) for at, name in enumerate(wanted) if told.get(name, True) is True)


# --- what the pages of lower rooms say of an end that is near -----------------------------------------------------


def soon(sender: object, *, actor: Actor, records: Collection[UUID], **_: object) -> dict[UUID, tuple[str, ...]]:
    """Return, for the client's page and the day's list, which papers end within thirty days: how soon, and nothing of what they say.

    It answers people.flagging; the page that asks has written its event.
    """
    on, rows = actor.now.astimezone().date(), list(_ending(actor).filter(record_id__in=records).order_by("ends"))
    states = tuple(Practice.objects.get(pk=actor.practice_row).states) if rows else ()
    found: dict[UUID, tuple[str, ...]] = {}
    for row in rows:
        if not defects(terms_of_row(actor, row), states):
            found[row.record_id] = (*found.get(row.record_id, ()), f"A release ends {in_days(days_left(row.ends, on))}")
    return found


def _ending(actor: Actor) -> QuerySet[Authorization]:
    """Return the papers the actor may see that hold and end within thirty days."""
    on = actor.now.astimezone().date()
    rows = Authorization.objects.filter(within(actor, "see", "authorization"), practice_id=actor.practice_row, revoked=None, ended=None)
    return rows.filter(ends__gte=on, ends__lte=on + timedelta(max(validity.WARN))).exclude(with_treatment=True, record__closed__isnull=False)


def number(sender: object, *, actor: Actor, **_: object) -> Number | None:
    """Return how many signed releases end within thirty days, for the end of the day. It answers people.flagging."""
    if not matrix.relations_for(actor.roles, "see", "authorization"):
        return None
    return Number(2, "Signed releases that end within 30 days", _ending(actor).count(), "authorizations-ending")


@dataclass(frozen=True)
class Ending:
    """A paper that ends soon: whose, and its last day. `good` tells whether it has all it must have."""

    record: UUID
    called: str
    id: UUID
    ends: date
    good: bool


def ending(actor: Actor) -> tuple[Ending, ...]:
    """Return the papers that end within thirty days, the nearest end first; the event is written first. Raises NotAllowed."""
    if not matrix.relations_for(actor.roles, "see", "authorization"):
        raise NotAllowed("see authorization")
    with transaction.atomic():
        rows = list(_ending(actor).order_by("ends", "recorded"))
        mine = dict.fromkeys((row.record_id for row in rows), frozenset[str]())
        who = {one.id: one.called for one in opened(actor, mine)}
        states = tuple(Practice.objects.get(pk=actor.practice_row).states)
        about = [(key, record) for record, key in actor.keys.keys(list(mine), Use.RECORD).items()]
        found = tuple(
            Ending(row.record_id, who[row.record_id], row.id, row.ends, not defects(terms_of_row(actor, row), states)) for row in rows if row.ends
        )  # fmt: skip
        trail.write(actor.practice, actor.account, "authorizations.list", at=actor.now, about=about)
    return found


def in_days(left: int | None) -> str:
    """Return how soon, in words."""
    return "" if left is None else "today" if left == 0 else "tomorrow" if left == 1 else f"in {left} days"


def at_close(sender: object, *, actor: Actor, record: UUID, **_: object) -> None:
    """Note, within the act that ends treatment, that the papers which end with it have ended: taking treatment up again does not revive them."""
    rows = Authorization.objects.filter(practice_id=actor.practice_row, record_id=record, with_treatment=True, ended=None, revoked=None)
    closed = Record.objects.filter(id=record).values_list("closed", flat=True).first()
    rows.update(ended=(closed or actor.now).astimezone().date())
