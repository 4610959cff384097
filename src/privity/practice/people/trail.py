"""The gate to the trail: who opened whose record, for whoever may see it. Looking is itself an event, written before anything is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from privity.practice.trail import access as log
from privity.practice.trail import checkpoints, services
from privity.practice.trail.access import Cursor, Order, Seen, Wanted
from privity.vault import Key, Use
from privity.vault.checkpoints import Checkpoint
from privity.vault.notes import Note

from . import matrix, roll
from .access import NotAllowed, NotThere, barred, near, opened, relations, require_at_practice, staff
from .actor import Actor
from .acts import FROM_OUTSIDE, done, in_words, ordered
from .models import Record
from .roll import patiently
from .times import day_said, local, moment_said

OFFERED = 50  # of so many clients the form offers each by name; of more, those on the page
SHORT = 8  # signs of a record's id that a page shows


@dataclass(frozen=True)
class Asked:
    """What a reader wants to see, as the page's form says it."""

    by: str = "when"
    reverse: bool = True
    after: Cursor | None = None
    who: UUID | None = None
    act: str = ""
    record: UUID | None = None
    short: str = ""  # the beginning of a record's id, typed by whoever may know no name
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class About:
    """A record on a line: by name where the reader may know it, else by the beginning of its id."""

    id: UUID
    called: str
    known: bool


@dataclass(frozen=True)
class Line:
    """One line of the trail, finished for a page."""

    n: int
    at: datetime
    said: str  # the moment, as people say it
    who: str
    did: str
    about: tuple[About, ...]
    more: int


@dataclass(frozen=True)
class Read:
    """A page of the trail, and what its form offers to choose from."""

    lines: tuple[Line, ...]
    next: Cursor | None
    whole: bool  # the reader answers for privacy and sees every event
    people: tuple[tuple[UUID, str], ...]
    acts: tuple[tuple[str, str], ...]
    clients: tuple[tuple[UUID, str], ...]
    others: bool = False  # the reader has more clients than the form names


@dataclass(frozen=True)
class _View:
    """How far a reader sees: every record, or some; and what things are called to this reader."""

    wanted: Wanted
    mine: frozenset[UUID] | None
    names: dict[UUID, str]
    people: dict[UUID, str]


def read(actor: Actor, asked: Asked) -> Read:
    """Return a page of the trail; the event is written first. Raises NotAllowed, and NotThere for a record the reader may not know of."""
    return patiently(actor, lambda: _read(actor, asked))


def _read(actor: Actor, asked: Asked) -> Read:
    with transaction.atomic():
        view = _view(actor, asked)
        found = log.page(view.wanted, _order(actor, asked, view), asked.after)
        named = {record for seen in found.events for record in seen.records}
        offered = _offered(view, asked)
        view.names.update(_names(actor, (named | offered) - set(view.names)))
        there = log.acts(actor.practice)
        services.write(actor.practice, actor.account, "trail.read", at=actor.now, about=_keys(actor, named | offered))
    choose = named | offered if view.mine is not None else ()
    clients = sorted(((record, view.names[record]) for record in choose if record in view.names), key=lambda one: one[1].casefold())
    people = sorted(view.people.items(), key=lambda one: one[1].casefold())
    acts = tuple((act, done(act)) for act in ordered(there))
    others = len(view.mine or ()) > len(clients)
    return Read(tuple(_line(seen, view) for seen in found.events), found.next, view.mine is None, tuple(people), acts, tuple(clients), others)


def _offered(view: _View, asked: Asked) -> frozenset[UUID]:
    """Return the records that the form offers beside those on the page: each of the reader's own clients, where they are not too many to choose from."""
    if view.mine is not None and len(view.mine) <= OFFERED:
        return view.mine
    return frozenset({asked.record}) if asked.record and view.mine is not None else frozenset()


def sees_all(actor: Actor) -> bool:
    """Tell whether the actor answers for privacy and sees every event."""
    return matrix.AT_PRACTICE in matrix.relations_for(actor.roles, "see", "trail")


def take_along(actor: Actor, asked: Asked) -> Iterator[Line]:
    """Return every line that fits, the oldest first; the event, about the records the reader may know, is written before the first. Raises as read does."""
    asked = replace(asked, by="when", reverse=False, after=None)
    return _lines(actor, patiently(actor, lambda: _taken(actor, asked)))


def _taken(actor: Actor, asked: Asked) -> _View:
    with transaction.atomic():
        view = _view(actor, asked)
        some = {asked.record} if asked.record else set(view.mine or ())
        services.write(actor.practice, actor.account, "trail.export", at=actor.now, about=_keys(actor, some))
    return replace(view, wanted=replace(view.wanted, until=min(asked.until or actor.now, actor.now)))


def _lines(actor: Actor, view: _View) -> Iterator[Line]:
    after: Cursor | None = None
    while True:
        found = log.page(view.wanted, Order(reverse=False), after, limit=1000)
        unknown = {record for seen in found.events for record in seen.records} - set(view.names)
        view.names.update(_names(actor, unknown))
        yield from (_line(seen, view) for seen in found.events)
        if (after := found.next) is None:
            return


def _view(actor: Actor, asked: Asked) -> _View:
    held = matrix.relations_for(actor.roles, "see", "trail")
    if not held:
        raise NotAllowed("see trail")
    hidden = barred(actor)
    bound = near(actor) if matrix.AT_PRACTICE not in held else {}
    mine = None if matrix.AT_PRACTICE in held else frozenset(record for record, standing in bound.items() if standing & held)
    wanted = matrix.relations_for(actor.roles, "see", "identity")
    names = roll.called(actor, {record: bound[record] for record in mine if bound[record] & wanted}) if mine and asked.by == "client" else {}
    people = {one.id: one.name for one in staff(actor)} | {actor.practice: "Privity"}
    record = asked.record or (_by_short(actor, asked.short) if asked.short else None)
    if record is not None and (record in hidden or (record not in mine if mine is not None else not _is_here(actor, record))):
        raise NotThere(f"record {record}")
    records = frozenset([record]) if record else mine
    acts = (asked.act,) if asked.act else ()
    own = None if mine is None else actor.account
    return _View(Wanted(actor.practice, records, hidden, asked.who, acts, asked.since, asked.until, own), mine, names, people)


def _order(actor: Actor, asked: Asked, view: _View) -> Order:
    if asked.by == "who":
        return Order("who", asked.reverse, _by_name(log.actors(actor.practice), view.people))
    if asked.by == "act":
        return Order("act", asked.reverse, ordered(log.acts(actor.practice)))
    if asked.by == "client":
        records = view.wanted.records
        return Order("client", asked.reverse, None if records is None else _by_name(records, view.names))
    return Order("when", asked.reverse)


def _by_name(ids: Iterable[UUID], names: Mapping[UUID, str]) -> list[UUID | str]:
    return sorted(ids, key=lambda one: (names.get(one, "").casefold(), str(one)))  # type: ignore[arg-type]


def _is_here(actor: Actor, record: UUID) -> bool:
    return Record.objects.filter(id=record, practice_id=actor.practice_row).exists()


def _by_short(actor: Actor, short: str) -> UUID:
    """Return the one record whose id begins so. Raises NotThere."""
    text = short.replace("-", "").lower()
    if not 4 <= len(text) <= 32 or set(text) - set("0123456789abcdef"):
        raise NotThere("no record begins so")
    low, high = UUID(text.ljust(32, "0")), UUID(text.ljust(32, "f"))
    found = list(Record.objects.filter(practice_id=actor.practice_row, id__gte=low, id__lte=high).values_list("id", flat=True)[:2])
    if len(found) != 1:
        raise NotThere("no record begins so, or several do")
    return found[0]


def _names(actor: Actor, records: Iterable[UUID]) -> dict[UUID, str]:
    """Return what records are called, for those whose people the actor may know."""
    wanted = matrix.relations_for(actor.roles, "see", "identity")
    standing = {record: held for record, held in relations(actor, records).items() if held & wanted}
    return {one.id: one.called for one in opened(actor, standing)} if standing else {}


def _keys(actor: Actor, records: Iterable[UUID]) -> list[tuple[Key, UUID]]:
    there = sorted(Record.objects.filter(practice_id=actor.practice_row, id__in=list(records), shredded=None).values_list("id", flat=True))
    return [(key, record) for record, key in actor.keys.keys(there, Use.RECORD).items()] if there else []


def _to_the_second(moment: datetime) -> str:
    at = local(moment)
    return f"{at:%a}, {day_said(at)}, {at.hour % 12 or 12}:{at:%M:%S} {'am' if at.hour < 12 else 'pm'}"


def _line(seen: Seen, view: _View) -> Line:
    about = tuple(About(record, view.names.get(record, str(record)[:SHORT]), record in view.names) for record in seen.records)
    who = view.people.get(seen.actor, FROM_OUTSIDE.get(seen.act, "Somebody no longer here"))
    return Line(seen.n, local(seen.at), _to_the_second(seen.at), who, in_words(seen.act, seen.facts, view.people), about, seen.more)


# --- the seal of the log ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seal:
    """The newest checkpoint as a page shows it: its root as 64 characters to print or mail, and the key that checks it."""

    size: int
    at: str
    root: str
    key: str
    note: str


def seal(actor: Actor) -> Seal | None:
    """Return the newest seal of the log, or None before the first. Raises NotAllowed."""
    require_at_practice(actor, "see", "trail")
    newest = log.latest_checkpoint(actor.practice)
    if newest is None:
        return None
    root = Checkpoint.read(Note.read(newest.note).text).root.hex()
    eights = " ".join(root[at : at + 8] for at in range(0, 64, 8))
    return Seal(newest.size, moment_said(newest.at), eights, checkpoints.signer(actor.keys).verifier.text, newest.note)


def sign_now(actor: Actor) -> None:
    """Sign the log as it stands, with the event that says so. Raises NotAllowed, Locked and ProofFails."""
    require_at_practice(actor, "see", "trail")
    with transaction.atomic():
        services.write(actor.practice, actor.account, "log.sign", at=actor.now)
        checkpoints.checkpoint(actor.keys, actor.now)
