"""Broken glass: a record opened out of turn, for four hours, with a reason. The event and the alert are written before anything is answered.

INVARIANT: a name that is no client's and one that is take the same steps, write rows of the same shape, and get the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from privity.law.deadlines import due_at
from privity.practice.trail import access as log
from privity.practice.trail import services as trail
from privity.practice.trail.access import Order, Wanted
from privity.vault import Binding, Key, Use, open_text, seal

from .access import NotAllowed, NotThere, barred, require_at_practice, staff
from .actor import Actor
from .acts import in_words
from .models import SUBJECTS, Account, GlassBreak, Participant, Record, Role, Tie
from .times import day_said, moment_said

OPEN_FOR = timedelta(hours=4)
REVIEWED_WITHIN = "1 business_day"
WITHOUT_GROUPS = tuple(part for part in SUBJECTS if part != Participant.Part.GROUP_MEMBER)  # a group's record would tell of its other members
KINDS = (Record.Kind.INDIVIDUAL, Record.Kind.COUPLE, Record.Kind.FAMILY)  # the first kind there is


def place_of_reason(actor: Actor, account: UUID, glass: UUID) -> Binding:
    """Return where the reason of broken glass may open."""
    return Binding(str(actor.practice), str(account), "glass.reason", str(glass))


def break_glass(actor: Actor, category: str, reason: str, name: str, born: date) -> datetime:
    """Open the record of whoever bears this name and birth date, if there is one, and return until when. Raises NotAllowed.

    Nothing that comes back tells whether there is one.
    """
    require_at_practice(actor, "break", "glass")
    glass, ends = uuid4(), actor.now + OPEN_FOR
    mark = actor.keys.index().person(name, born)
    sealed = seal(reason.strip(), with_=actor.keys.key(actor.account, Use.ACCOUNT), bound_to=place_of_reason(actor, actor.account, glass))
    with transaction.atomic():
        found = _records(actor, mark)
        records = found or [uuid4()]
        # A key is fetched either way: an event about nobody is committed under the actor's own.
        keys = actor.keys.keys(found, Use.RECORD) if found else dict.fromkeys(records, actor.keys.key(actor.account, Use.ACCOUNT))
        due = due_at(actor.now.date(), REVIEWED_WITHIN)
        for record in records:
            GlassBreak.objects.create(
                id=glass, practice_id=actor.practice_row, account_id=actor.account, record=record, category=GlassBreak.Category(category), reason=sealed,
                began=actor.now, ends=ends, due=due,
            )  # fmt: skip
            glass = uuid4()
            _tie(actor, record, ends, bool(found))
            trail.write(actor.practice, actor.account, "glass.break", at=actor.now, about=[(keys[record], record)], category=category)
    return ends


def _records(actor: Actor, mark: bytes) -> list[UUID]:
    rows = Participant.objects.filter(
        practice_id=actor.practice_row, person__name_mark=mark, part__in=WITHOUT_GROUPS, ended=None, record__shredded=None, record__kind__in=KINDS
    ).values_list("record__kind", "record_id")
    found: dict[str, set[UUID]] = {}
    for kind, record in rows:
        found.setdefault(kind, set()).add(record)
    return sorted(next((found[kind] for kind in KINDS if kind in found), set()))


def _tie(actor: Actor, record: UUID, ends: datetime, there: bool) -> None:
    """Tie the actor to the record; where there is no such client the tie is written and taken back, by as many steps."""
    mark = transaction.savepoint()
    Tie.objects.create(
        practice_id=actor.practice_row, record_id=record, account_id=actor.account, kind=Tie.Kind.GLASS, began=actor.now, ends=ends, by=actor.account
    )
    if there:
        transaction.savepoint_commit(mark)
    else:
        transaction.savepoint_rollback(mark)


# --- the review ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Broken:
    """One broken glass as whoever reviews it sees it: who, when, why, which record by its short id, and what was done behind it."""

    id: UUID
    who: str
    began: str
    ends: str
    category: str
    reason: str
    record: UUID | None
    short: str
    did: tuple[str, ...]
    due: str
    overdue: bool
    reviewed: str
    reviewer: str
    finding: str
    own: bool


def broken(actor: Actor) -> list[Broken]:
    """Return the broken glasses, those to be reviewed first; the event is written first. Raises NotAllowed."""
    require_at_practice(actor, "review", "glass")
    with transaction.atomic():
        mine = _mine(actor)
        rows = [*mine.filter(reviewed=None).order_by("began"), *mine.exclude(reviewed=None).order_by("-began")[:50]]
        there = set(Record.objects.filter(id__in={row.record for row in rows}, shredded=None).values_list("id", flat=True))
        names = {one.id: one.name for one in staff(actor)}
        keys = actor.keys.keys({row.account_id for row in rows}, Use.ACCOUNT)
        found = [_as_seen(actor, row, names, keys[row.account_id], there) for row in rows]
        trail.write(actor.practice, actor.account, "glass.list", at=actor.now, about=_about(actor, there))
    return found


def _as_seen(actor: Actor, row: GlassBreak, names: dict[UUID, str], key: Key, there: set[UUID]) -> Broken:
    record = row.record if row.record in there else None
    return Broken(
        id=row.id, who=names.get(row.account_id, ""), began=moment_said(row.began), ends=moment_said(row.ends), category=row.get_category_display(),
        reason=open_text(row.reason, with_=key, bound_to=place_of_reason(actor, row.account_id, row.id)), record=record,
        short=str(record)[:8], did=_did(actor, row, record),
        due=f"{row.due:%a}, {day_said(row.due)}", overdue=row.reviewed is None and actor.now.date() > row.due, reviewed=day_said(row.reviewed),
        reviewer=names.get(row.reviewer, "") if row.reviewer else "", finding=row.get_finding_display() if row.finding else "",
        own=row.account_id == actor.account,
    )  # fmt: skip


def _did(actor: Actor, row: GlassBreak, record: UUID | None) -> tuple[str, ...]:
    """Return what was done with the record while the glass was broken, in words, the breaking itself left out."""
    if record is None:
        return ()
    wanted = Wanted(actor.practice, frozenset([record]), actor=row.account_id, since=row.began, until=row.ends)
    told: dict[str, int] = {}
    for seen in log.page(wanted, Order(reverse=False), limit=200).events:
        if seen.act != "glass.break":
            told[in_words(seen.act)] = told.get(in_words(seen.act), 0) + 1
    return tuple(f"{words} {count} times" if count > 1 else words for words, count in told.items())


def _about(actor: Actor, records: Sequence[UUID] | set[UUID]) -> list[tuple[Key, UUID]]:
    return [(key, record) for record, key in actor.keys.keys(sorted(records), Use.RECORD).items()] if records else []


def waiting(actor: Actor) -> int:
    """Return how many broken glasses wait for a review; 0 for whoever does not review them."""
    from .matrix import AT_PRACTICE, may

    if not may(actor.roles, "review", "glass", [AT_PRACTICE]):
        return 0
    return _mine(actor).filter(reviewed=None).count()


def _mine(actor: Actor) -> QuerySet[GlassBreak]:
    """Return the broken glasses the actor may know of: none of a record that is barred to them."""
    return GlassBreak.objects.filter(practice_id=actor.practice_row).exclude(record__in=barred(actor))


def review(actor: Actor, glass: UUID, finding: str) -> None:
    """Keep what a review found; where it was not right, the record closes at once. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "review", "glass")
    with transaction.atomic():
        row = _mine(actor).select_for_update().filter(id=glass, reviewed=None).first()
        if row is None:
            raise NotThere(f"glass {glass}")
        if row.account_id == actor.account and _others(actor):
            raise NotAllowed("nobody reviews a glass of their own while somebody else can")
        row.reviewed, row.reviewer, row.finding = actor.now, actor.account, GlassBreak.Finding(finding)
        row.save(update_fields=["reviewed", "reviewer", "finding"])
        if finding == GlassBreak.Finding.NOT_RIGHT:
            ties = Tie.objects.filter(record_id=row.record, account_id=row.account_id, kind=Tie.Kind.GLASS, ends__gt=actor.now)
            ties.update(ends=actor.now)
        there = set(Record.objects.filter(id=row.record, shredded=None).values_list("id", flat=True))
        trail.write(actor.practice, actor.account, "glass.review", at=actor.now, about=_about(actor, there), account=str(row.account_id), finding=finding)


def _others(actor: Actor) -> bool:
    rows = Account.objects.filter(practice_id=actor.practice_row, ended=None).exclude(id=actor.account)
    return any(Role.PRIVACY_OFFICER in row.roles for row in rows)
