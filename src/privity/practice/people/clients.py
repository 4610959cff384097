"""The gate to the clients' pages: the list, a client's page, and who may be the same person. Each writes its one event before it hands anything out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from privity.practice.trail import access as events
from privity.practice.trail import services as trail
from privity.practice.trail.access import Seen
from privity.vault import Key, Use
from privity.vault.blind import normal_name
from privity.vault.faults import CannotSeal

from . import access, care, matrix, retention, units
from .access import Colleague, Identity, NotAllowed, NotThere, Opened, barred, identities, opened, relations, require, staff
from .actor import Actor
from .flagging import flags_of
from .models import SUBJECTS, Participant, Person, Practice, Record, Tie
from .roll import fitting, known, patiently

PAGE = 25  # no more names at once than somebody looks at


# --- the list ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """The clients one may know, as far as one page shows them."""

    records: tuple[Opened, ...]
    all: int  # how many fit
    start: int

    @property
    def more(self) -> int:
        """Where the next page begins, or 0."""
        return self.start + PAGE if self.start + PAGE < self.all else 0


def find(actor: Actor, words: str = "", *, start: int = 0) -> Found:
    """Return the records whose people the actor may know and whose names, or exact telephone number, fit; the event is about those handed out.

    Names are looked for in memory, among those the actor may know and no others, so that known and unknown names look the same; what is handed out
    is opened afresh.
    """
    return patiently(actor, lambda: _find(actor, words, start))


def _find(actor: Actor, words: str, start: int) -> Found:
    with transaction.atomic():
        seen, wanted = _known(actor), _words(words)
        numbered = _of_phone(actor, words)
        if numbered is not None:
            seen, wanted = {record: standing for record, standing in seen.items() if record in numbered}, []
        handed, fit = fitting(actor, seen, wanted, start, PAGE)
        keys = actor.keys.keys(handed, Use.RECORD)
        there = {one.id: one for one in opened(actor, {record: seen[record] for record in handed}, keys)}
        trail.write(actor.practice, actor.account, "clients.find" if words.strip() else "clients.list", at=actor.now, about=about(keys))
    return Found(tuple(there[record] for record in handed if record in there), fit, start)


def _known(actor: Actor) -> dict[UUID, frozenset[str]]:
    return known(actor, "see", "identity")


def _words(words: str) -> list[str]:
    try:
        return normal_name(words).split()
    except CannotSeal:
        return []


def _of_phone(actor: Actor, words: str) -> set[UUID] | None:
    """Return the records with somebody of exactly this number, or None when the words are no number."""
    if not any(sign.isdigit() for sign in words) or any(sign.isalpha() for sign in words):
        return None
    try:
        mark = actor.keys.index().phone(words).hex()
    except CannotSeal:
        return set()
    rows = Person.objects.filter(practice_id=actor.practice_row).annotate(marks=Cast("phone_marks", TextField())).filter(marks__contains=mark)
    return set(Participant.objects.filter(person__in=rows, ended=None).values_list("record_id", flat=True))


def about(keys: Mapping[UUID, Key]) -> list[tuple[Key, UUID]]:
    """Return what an event is about."""
    return [(key, record) for record, key in keys.items()]


@dataclass(frozen=True)
class Numbered:
    """A record as an officer sees it who need not know whose it is."""

    id: UUID
    kind: str
    opened: datetime
    closed: bool


def numbered(actor: Actor) -> list[Numbered]:
    """Return every record by its number alone, for whoever answers for teams, bars or holds; the event is written first. Raises NotAllowed."""
    if not sees_numbers(actor):
        raise NotAllowed("see records by number")
    with transaction.atomic():
        here = Record.objects.filter(practice_id=actor.practice_row, shredded=None).exclude(id__in=barred(actor))
        rows = here.order_by("-opened").values_list("id", "kind", "opened", "closed")
        found = [Numbered(id, Record.Kind(kind).label, opened_on, closed is not None) for id, kind, opened_on, closed in rows[:500]]
        trail.write(actor.practice, actor.account, "records.list", at=actor.now, records=len(found))
    return found


NUMBERED = (("change", "team"), ("hold", "record"))


def sees_numbers(actor: Actor) -> bool:
    """Tell whether the actor answers for teams, bars or holds, and so may know records by their number."""
    return any(matrix.may(actor.roles, action, kind, [matrix.AT_PRACTICE]) for action, kind in NUMBERED)


# --- one client ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bound:
    """A tie as the client's page shows it."""

    id: UUID
    kind: str
    who: str
    account: UUID
    began: datetime
    ends: datetime | None


@dataclass(frozen=True)
class ClientPage:
    """A client's page as one reader sees it. `opened` is None for an officer who need not know whose record it is."""

    id: UUID
    kind: str
    opened: Opened | None
    may: frozenset[tuple[str, str]]  # (action, kind)
    ties: tuple[Bound, ...]
    holds: tuple[care.Hold, ...]
    unit: UUID | None
    units: Mapping[UUID, str]
    clock: retention.Clock
    closed: datetime | None
    seen: tuple[Seen, ...] | None
    staff: tuple[Colleague, ...]
    may_see: Mapping[UUID, tuple[str, ...]]
    flags: tuple[str, ...] = ()  # what rooms above have to say at once


ACTS = (
    ("change", "identity"), ("close", "record"), ("see", "visit"), ("change", "visit"), ("see", "chart"), ("write", "chart"), ("write", "sealed_note"),
    ("see", "diagnosis"), ("see", "authorization"), ("ask", "decision"), ("see", "release"), ("see", "request"), ("change", "request"), ("see", "consultation"),
    ("change", "team"), ("share", "record"), ("bar", "record"), ("see", "trail"), ("hold", "record"),
)  # fmt: skip


def acts(actor: Actor, record: UUID) -> tuple[frozenset[tuple[str, str]], bool]:
    """Return what the actor may do to a record, and whether it is on a unit. Nothing is shown and no event written. Raises NotThere."""
    may = _acts(actor, record, relations(actor, [record]).get(record))
    return may, Record.objects.filter(id=record).exclude(unit=None).exists()


def _acts(actor: Actor, record: UUID, there: frozenset[str] | None) -> frozenset[tuple[str, str]]:
    standing = there or frozenset()
    numbered = there is not None and any(access.by_number(actor, record, *act) for act in NUMBERED)
    if not numbered and not matrix.may(actor.roles, "see", "identity", standing):
        raise NotThere(f"record {record}")
    held = standing | {matrix.AT_PRACTICE} if numbered else standing
    return frozenset(act for act in ACTS if matrix.may(actor.roles, *act, held))


def page(actor: Actor, record: UUID) -> ClientPage:
    """Return a client's page; the event is written first. Raises NotThere."""
    with transaction.atomic():
        there = relations(actor, [record]).get(record)  # None where there is no such record
        may, standing = _acts(actor, record, there), there or frozenset()
        known = matrix.may(actor.roles, "see", "identity", standing)
        row = Record.objects.get(id=record)
        whole = opened(actor, {record: standing})[0]
        people, key = tuple(staff(actor)), actor.keys.key(record, Use.RECORD)
        lately = events.page(events.Wanted(actor.practice, records=frozenset({record})), events.Order(), limit=20).events if ("see", "trail") in may else None
        found = ClientPage(
            record, row.kind, whole if known else None, may, _bound(actor, record, people), care.holds(actor, record, with_reason=("hold", "record") in may),
            row.unit, units.names(actor), _clock(actor, row, whole), row.closed, lately, people, _may_see(record),
            flags_of(actor, [record]).get(record, ()) if known else (),
        )  # fmt: skip
        trail.write(actor.practice, actor.account, "client.open" if known else "record.open", at=actor.now, about=[(key, record)])
    return found


def _bound(actor: Actor, record: UUID, people: Iterable[Colleague]) -> tuple[Bound, ...]:
    names = {one.id: one.name for one in people}
    still = Q(ends=None) | Q(ends__gt=actor.now)
    rows = Tie.objects.filter(still, record_id=record, practice_id=actor.practice_row).order_by("kind", "began")
    return tuple(Bound(row.id, row.kind, names.get(row.account_id, ""), row.account_id, row.began, row.ends) for row in rows)


def _clock(actor: Actor, row: Record, whole: Opened) -> retention.Clock:
    practice = Practice.objects.get(pk=actor.practice_row)
    # Once on a unit, its rule binds for good: an assignment to the case, ended or not, tells that it was.
    on_unit = row.unit is not None or Tie.objects.filter(record=row, kind=Tie.Kind.CASE).exists()
    rules = retention.fitting(practice.states, practice.profession, practice.setting, on_unit)
    births = [person.born for part, person in whole.people if part in SUBJECTS]
    return retention.clock(rules, practice.states, row.closed.astimezone().date() if row.closed else None, births)


def _may_see(record: UUID) -> dict[UUID, tuple[str, ...]]:
    rows = Participant.objects.filter(record_id=record, ended=None, part__in=[Participant.Part.PARENT, Participant.Part.GUARDIAN])
    return {row.person_id: tuple(row.may_see) for row in rows}


def person(actor: Actor, record: UUID, who: UUID) -> tuple[Opened, str, Identity, tuple[str, ...]]:
    """Return a record, and one person in it with the part and what a parent may see, to be changed; the event is written first. Raises NotThere, NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "change", "identity")
        (whole,) = opened(actor, {record: standing})
        there = next(((part, one) for part, one in whole.people if one.id == who), None)
        if there is None:
            raise NotThere(f"person {who}")
        trail.write(actor.practice, actor.account, "client.open", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return whole, *there, _may_see(record).get(who, ())


# --- the same person, and those a note may not name ---------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """A name and birth date as written on a form, and whether it was already said if it is the same person."""

    name: str
    born: date | None
    answered: bool


@dataclass(frozen=True)
class Alike:
    """Somebody the actor already knows, of the same name and birth date."""

    person: UUID
    record: UUID


def alike(actor: Actor, asked: Sequence[Asked]) -> list[Alike | None]:
    """Return for each who is of exactly this name and birth date among those the actor may know; of all others nothing is told.

    Where the page will show one of them, the event is written first.
    """
    with transaction.atomic():
        known = _known(actor)
        found = [_alike(actor, known, one) for one in asked]
        shown = {there.record for there, one in zip(found, asked, strict=True) if there and not one.answered}
        if shown:
            trail.write(actor.practice, actor.account, "clients.find", at=actor.now, about=about(actor.keys.keys(shown, Use.RECORD)))
    return found


def _alike(actor: Actor, known: Mapping[UUID, frozenset[str]], one: Asked) -> Alike | None:
    if one.born is None:
        return None
    mark = actor.keys.index().person(one.name, one.born)
    people = list(Person.objects.filter(practice_id=actor.practice_row, name_mark=mark).values_list("id", flat=True))
    rows = Participant.objects.filter(person_id__in=people, ended=None).order_by("began").values_list("person_id", "record_id")
    return next((Alike(who, record) for who, record in rows if record in known), None)


def other_members(actor: Actor, record: UUID, on: UUID | None) -> list[Identity]:
    """Return whom a note may not name: the other members of a group, in the group's record and in each member's own. For gates alone.

    `on` is the member a note in the group's record is on; None is the whole group, and then no member may be named.
    """
    row = Record.objects.get(id=record, practice_id=actor.practice_row)
    inside = set(Participant.objects.filter(record_id=record, part__in=SUBJECTS).values_list("person_id", flat=True))
    if row.kind == Record.Kind.GROUP:
        return list(identities(actor, inside - {on}).values())
    if row.kind != Record.Kind.INDIVIDUAL:
        return []
    member = Participant.Part.GROUP_MEMBER
    groups = Participant.objects.filter(practice_id=actor.practice_row, person_id__in=inside, part=member, record__shredded=None).values("record_id")
    others = set(Participant.objects.filter(record_id__in=groups, part=member).values_list("person_id", flat=True)) - inside
    return list(identities(actor, others).values())
