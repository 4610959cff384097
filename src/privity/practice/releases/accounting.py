"""The accounting of disclosures (45 CFR 164.528): one entry for each time something left, written by the sending itself, or here for a call or a report."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count

from privity.practice.people import matrix
from privity.practice.people.access import Identity, NotThere, Opened, barred, by_number, opened, relations, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.models import SUBJECTS
from privity.practice.people.restored import require_looked
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_text, seal

from .models import Choice, Disclosure, Outgoing, Suspension
from .packet import without

YEARS = 6  # 164.528(a)(1): the six years before the day the client asks
ORAL = timedelta(days=30)  # 164.528(a)(2)(ii)(C)
TPO = frozenset({"treatment", "emergency_treatment", "payment", "operations", "quality_review", "supervision", "training", "consultation", "business_service"})
FAMILY = frozenset({"involve_family", "notify_family", "directory", "disaster_relief"})
# Why an entry need not stand on the client's list (164.528(a)(1)), by a word kept with it.
NOT_COUNTED: Mapping[str, tuple[str, str]] = {
    "tpo": ("Treatment, payment or operations", "45 CFR 164.528(a)(1)(i)"), "client": ("To the client", "45 CFR 164.528(a)(1)(ii)"),
    "authorization": ("By the client’s authorization", "45 CFR 164.528(a)(1)(iv)"), "family": ("To family, or for a directory", "45 CFR 164.528(a)(1)(v)"),
    "security": ("National security", "45 CFR 164.528(a)(1)(vi)"), "custody": ("To those who hold the client", "45 CFR 164.528(a)(1)(vii)"),
    "limited": ("A limited data set", "45 CFR 164.528(a)(1)(viii)"),
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the law asks to be written of one disclosure (164.528(b)(2)): when, to whom and where, what, what for or on what ground."""

    on: date
    who: str
    what: str
    purpose: str
    basis: str = ""
    address: str = ""
    way: str = ""
    exempt: str = ""  # a word of NOT_COUNTED
    part2: bool = False  # of a substance use program, with consent: on the list for three years (42 CFR 2.25)
    ground: str = ""  # the purpose by the vocabulary's word
    about: tuple[str, ...] = ()  # in a shared record whose part it was, by id; empty: everybody's

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Told:
        """Return what was sealed."""
        return cls(**{**raw, "on": date.fromisoformat(raw["on"]), "about": tuple(raw.get("about", ()))})


@dataclass(frozen=True)
class Entry:
    """An entry as the page shows it."""

    id: UUID
    told: Told
    by: str
    state: str  # how the sending stands; empty for a call or a report
    counted: bool
    suspended: date | None
    outgoing: UUID | None


@dataclass(frozen=True)
class Paused:
    """A suspension that was asked for."""

    id: UUID
    agency: str
    speaker: str
    statement: str
    ends: date
    oral: bool
    live: bool
    waits: bool  # noted, and nobody who may decided yet: it holds nothing back
    entries: frozenset[str]  # the ids of what it is about


@dataclass(frozen=True)
class Page:
    """A record's accounting."""

    who: Opened
    entries: tuple[Entry, ...]
    paused: tuple[Paused, ...]
    since: date
    counts_tpo: bool
    known: bool = True  # the reader may know whose it is


def exempt(purpose: str, recipient: str, *, by_authorization: bool) -> str:
    """Return the word for why a disclosure need not be accounted for, or nothing where it must."""
    if recipient in ("client", "personal_representative") or purpose == "client_access":
        return "client"
    if purpose in TPO:
        return "tpo"
    if purpose in FAMILY:
        return "family"
    if purpose == "limited_data_set":
        return "limited"
    if purpose == "national_security":
        return "security"
    if purpose == "correctional_custody":
        return "custody"
    return "authorization" if by_authorization else ""


def place_of(actor: Actor, record: UUID, row: UUID, kind: str = "disclosure") -> Binding:
    """Return where an entry, or a suspension, may open."""
    return Binding(str(actor.practice), str(record), f"{kind}.body", str(row))


def key_of(actor: Actor, record: UUID) -> Key:
    """Return a record's key for its accounting, made if it was not there: it outlives the record's own."""
    return make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING]


def write(actor: Actor, record: UUID, key: Key, told: Told, outgoing: Outgoing | None = None) -> UUID:
    """Return the id of an entry now kept. INVARIANT: within the transaction of the act it tells of; the caller's event follows."""
    id = uuid4()
    body = seal(json.dumps({**asdict(told), "on": told.on.isoformat()}), with_=key, bound_to=place_of(actor, record, id))
    Disclosure.objects.create(
        id=id, practice_id=actor.practice_row, record_id=record, outgoing=outgoing, by_id=actor.account, written=actor.now, on=told.on, body=body
    )
    return id


def add(actor: Actor, record: UUID, told: Told) -> UUID:
    """Return the id of an entry for what left by another way: a call, a report, a talk. Raises NotThere, NotAllowed, and ValueError for a day to come."""
    require(actor, record, "prepare", "release")
    if told.on > actor.now.astimezone().date():
        raise ValueError("That day is still to come. Write the day on which it was told.")
    key = key_of(actor, record)
    with transaction.atomic():
        require(actor, record, "prepare", "release")
        id = write(actor, record, key, told)
        _write(actor, record, "accounting.add", id)
    return id


def page(actor: Actor, record: UUID) -> Page:
    """Return a record's accounting, the newest first; the event is written first. Raises NotThere and NotAllowed.

    Who may suspend it sees it by the record's number, without whose it is.
    """
    return _page(actor, record, "accounting.read", numbered=True)


def _page(actor: Actor, record: UUID, act: str, *, numbered: bool = False) -> Page:
    with transaction.atomic():
        standing, known = _reach(actor, record, "see", "release") if numbered else (require(actor, record, "see", "release"), True)
        (who,) = opened(actor, {record: standing})
        names = [name for _, person in who.people for name in (person.name, person.chosen) if name]
        who = who if known else replace(who, title=f"Record {str(record)[:8]}", people=(), quiet=())
        alone = matrix.bills_alone(actor.roles, "see", "release", standing)
        found = tuple(one for one in _entries(actor, record) if not alone or one.told.ground == matrix.PAYMENT)
        found = found if known else tuple(replace(one, told=_nameless(one.told, names)) for one in found)
        trail.write(actor.practice, actor.account, act, at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])
    return Page(who, found, () if alone else _paused(actor, record), _six_years_before(_today(actor)), choice(actor).count_tpo, known)


def _nameless(told: Told, names: list[str]) -> Told:
    """Return an entry without the names of the record's people; what went to one of them was at their address."""
    who = without(told.who, names)
    where = without(told.address, names) if who == told.who else ""
    return replace(told, who=who, what=without(told.what, names), purpose=without(told.purpose, names), basis=without(told.basis, names), address=where)


def _reach(actor: Actor, record: UUID, action: str, kind: str) -> tuple[frozenset[str], bool]:
    """Return what the actor is to a record, and whether the actor may know whose it is. Raises NotThere and NotAllowed."""
    there = relations(actor, [record]).get(record, frozenset())
    if not matrix.may(actor.roles, "see", "identity", there) and by_number(actor, record, "suspend", "accounting"):
        return frozenset({matrix.AT_PRACTICE}), False
    return require(actor, record, action, kind), True


def for_client(actor: Actor, record: UUID, person: UUID | None = None) -> Page:
    """Return what the client is given when she asks: six years, what did leave, nothing suspended. Writes the event first. Raises NotThere and NotAllowed.

    In a shared record it is the list of one person, and tells nothing of another's part.
    """
    require(actor, record, "take", "accounting")
    require_looked(actor.practice)  # what an agency asked since would be told
    found = _page(actor, record, "accounting.take")
    people = subjects_of(found.who)
    if len(people) > 1 and person not in {one.id for one in people}:
        raise NotThere(f"person {person}")
    entries = tuple(one for one in found.entries if one.counted and one.suspended is None and one.state != Outgoing.State.FAILED)
    mine = tuple(one for one in entries if len(people) == 1 or not one.told.about or str(person) in one.told.about)
    who = replace(found.who, people=tuple((part, one) for part, one in found.who.people if person is None or one.id == person))
    return Page(who, mine, (), found.since, found.counts_tpo)


def subjects_of(who: Opened) -> tuple[Identity, ...]:
    """Return whom a record is about."""
    return tuple(person for part, person in who.people if part in SUBJECTS)


def sharing(actor: Actor, record: UUID) -> tuple[Identity, ...]:
    """Return who shares a record; nobody where it is one person's. For whoever may write an entry down; no event. Raises NotThere and NotAllowed."""
    (who,) = opened(actor, {record: require(actor, record, "prepare", "release")})
    people = subjects_of(who)
    return people if len(people) > 1 else ()


def _entries(actor: Actor, record: UUID) -> tuple[Entry, ...]:
    rows = list(Disclosure.objects.filter(record_id=record, practice_id=actor.practice_row).select_related("suspension", "outgoing").defer("outgoing__copy"))
    if not rows:
        return ()
    key, today, since = actor.keys.key(record, Use.ACCOUNTING), _today(actor), _six_years_before(_today(actor))
    names, tpo = {one.id: one.name for one in staff(actor)}, choice(actor).count_tpo
    found = []
    for row in rows:
        raw = json.loads(open_text(row.body, with_=key, bound_to=place_of(actor, record, row.id)))
        told = Told.of(raw)
        state = row.outgoing.state if row.outgoing else ""
        pause = row.suspension if row.suspension and live(row.suspension, today) else None
        counted = (
            row.on >= since
            and state != Outgoing.State.FAILED
            and (not told.exempt or (told.exempt == "tpo" and tpo) or (told.part2 and told.exempt == "authorization" and row.on >= _years_before(today, 3)))
        )
        found.append(Entry(row.id, told, names.get(row.by_id, "Somebody no longer here"), state, counted, pause.ends if pause else None, row.outgoing_id))
    return tuple(sorted(found, key=lambda one: (one.told.on, str(one.id)), reverse=True))


# --- suspended ---------------------------------------------------------------------------------------------------


class CannotSuspend(ValueError):
    """The suspension is not kept; the message is one sentence for whoever wrote it."""


def suspend(actor: Actor, record: UUID, entries: Iterable[UUID], *, agency: str, speaker: str, statement: str, ends: date, oral: bool) -> UUID:
    """Return the id of a suspension: the client is not told of these entries until its day is over. Raises NotThere, NotAllowed and CannotSuspend.

    45 CFR 164.528(a)(2): an oversight agency or the police say in writing that telling would impede them, and for how long; said aloud it counts for 30 days.
    """
    with transaction.atomic():
        _reach(actor, record, "suspend", "accounting")
        row = _asked(actor, record, entries, agency, speaker, statement, ends, oral)
        _decide(actor, row)
        _write(actor, record, "accounting.suspend", row.id)
    return row.id


def may_suspend(actor: Actor, record: UUID) -> None:
    """Raise NotThere or NotAllowed unless the actor may suspend a record's accounting."""
    _reach(actor, record, "suspend", "accounting")


def note(actor: Actor, record: UUID, entries: Iterable[UUID], *, agency: str, speaker: str, statement: str, ends: date, oral: bool) -> UUID:
    """Return the id of what an agency asked, noted for whoever may decide; until then nothing is held back. Raises NotThere, NotAllowed and CannotSuspend."""
    with transaction.atomic():
        require(actor, record, "change", "request")
        row = _asked(actor, record, entries, agency, speaker, statement, ends, oral)
        _write(actor, record, "accounting.note", row.id)
    return row.id


def confirm(actor: Actor, record: UUID, suspension: UUID) -> None:
    """Follow what an agency asked, as somebody noted it. Raises NotThere, NotAllowed, and CannotSuspend when its day is over."""
    with transaction.atomic():
        _reach(actor, record, "suspend", "accounting")
        rows = Suspension.objects.select_for_update(of=("self",))
        row = rows.filter(id=suspension, record_id=record, practice_id=actor.practice_row, lifted=None, decided=None).first()
        if row is None:
            raise NotThere(f"suspension {suspension}")
        if row.ends < _today(actor):
            raise CannotSuspend("That last day is over already.")
        _decide(actor, row)
        _write(actor, record, "accounting.suspend", row.id)


def waiting(actor: Actor) -> tuple[tuple[UUID, datetime], ...]:
    """Return the records of which an agency asked something that waits for the actor to decide, and since when. For gates alone."""
    if not matrix.may(actor.roles, "suspend", "accounting", [matrix.AT_PRACTICE]):
        return ()
    rows = Suspension.objects.filter(practice_id=actor.practice_row, decided=None, lifted=None, ends__gte=_today(actor), record__shredded=None)
    return tuple(rows.exclude(record_id__in=barred(actor)).order_by("placed").values_list("record_id", "placed"))


def _asked(actor: Actor, record: UUID, entries: Iterable[UUID], agency: str, speaker: str, statement: str, ends: date, oral: bool) -> Suspension:
    today, wanted = _today(actor), list(entries)
    if not (agency.strip() and statement.strip() and wanted):
        raise CannotSuspend("Write which agency asked and what it stated, and tick at least one entry.")
    if ends < today:
        raise CannotSuspend("That last day is over already.")
    if oral and ends > today + ORAL:
        raise CannotSuspend("What was only said counts for 30 days at most. Ask for a letter, and write its last day then.")
    key, id = key_of(actor, record), uuid4()
    if Disclosure.objects.filter(id__in=wanted, record_id=record, practice_id=actor.practice_row).count() != len(set(wanted)):
        raise NotThere("an entry of the accounting")
    raw = json.dumps({"agency": agency.strip(), "speaker": speaker.strip(), "statement": statement.strip(), "entries": [str(one) for one in wanted]})
    body = seal(raw, with_=key, bound_to=place_of(actor, record, id, "suspension"))
    return Suspension.objects.create(
        id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, placed=actor.now, ends=ends, oral=oral, body=body
    )


def _decide(actor: Actor, row: Suspension) -> None:
    """Hold the entries back from now on; one that another agency holds back for longer stays with that."""
    key, today = actor.keys.key(row.record_id, Use.ACCOUNTING), _today(actor)
    raw = json.loads(open_text(row.body, with_=key, bound_to=place_of(actor, row.record_id, row.id, "suspension")))
    row.decided, row.decided_by_id = actor.now, actor.account
    row.save(update_fields=["decided", "decided_by"])
    there = Disclosure.objects.filter(id__in=raw["entries"], record_id=row.record_id, practice_id=actor.practice_row).select_related("suspension")
    free = [one.id for one in there.defer("body") if not (one.suspension and live(one.suspension, today) and one.suspension.ends > row.ends)]
    Disclosure.objects.filter(id__in=free).update(suspension=row)


def lift(actor: Actor, record: UUID, suspension: UUID) -> None:
    """End a suspension before its day, or do not follow what an agency asked. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        _reach(actor, record, "suspend", "accounting")
        if not Suspension.objects.filter(id=suspension, record_id=record, practice_id=actor.practice_row, lifted=None).update(lifted=actor.now):
            raise NotThere(f"suspension {suspension}")
        _write(actor, record, "accounting.resume", suspension)


def _write(actor: Actor, record: UUID, act: str, row: UUID) -> None:
    own = actor.keys.key(record, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(own, record)], row=(own, row))


def _paused(actor: Actor, record: UUID) -> tuple[Paused, ...]:
    rows = list(Suspension.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-placed"))
    if not rows:
        return ()
    key, today = actor.keys.key(record, Use.ACCOUNTING), _today(actor)
    found = []
    for row in rows:
        raw: dict[str, Any] = json.loads(open_text(row.body, with_=key, bound_to=place_of(actor, record, row.id, "suspension")))
        of = frozenset(raw.get("entries", ()))
        said = (raw["agency"], raw["speaker"], raw["statement"], row.ends, row.oral)
        found.append(Paused(row.id, *said, live(row, today), _waits(row, today), of))
    return tuple(found)


def live(row: Suspension, today: date) -> bool:
    """Tell whether a suspension holds anything back on a day."""
    return row.decided is not None and row.lifted is None and today <= row.ends


def _waits(row: Suspension, today: date) -> bool:
    return row.decided is None and row.lifted is None and today <= row.ends


def standing(actor: Actor) -> dict[UUID, int]:
    """Return how many suspensions hold entries back today, by record. For gates alone."""
    rows = Suspension.objects.filter(practice_id=actor.practice_row, lifted=None, ends__gte=_today(actor), record__shredded=None).exclude(decided=None)
    return dict(rows.order_by().values_list("record").annotate(many=Count("id")))


# --- the practice's choice -----------------------------------------------------------------------------------------


def choice(actor: Actor) -> Choice:
    """Return what the practice chose about releases. For gates alone."""
    return Choice.objects.filter(practice_id=actor.practice_row).first() or Choice(practice_id=actor.practice_row)


def _today(actor: Actor) -> date:
    return actor.now.astimezone().date()


def _six_years_before(on: date) -> date:
    return _years_before(on, YEARS)


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def kept_until(moment: datetime) -> date:
    """Return the day until which a copy of what left is kept: six years on (45 CFR 164.316(b)(2), 164.530(j))."""
    on = moment.astimezone().date()
    return on + timedelta(days=6 * 366)
