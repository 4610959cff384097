"""The order and the search words of names, in the server's memory: opened once, kept beside the keys and gone with them. Nothing of it is written anywhere.

It holds which records there are and, of those whose people somebody looked for, what the list sorts and searches by. What a page shows is
opened afresh from the sealed rows; who may know whom is asked of the ties each time. What changed is told by the practice's log, in which each act stands
by the commit of its change: whatever was done since the last look, in this process or in another, is looked at again before an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from threading import Lock
from typing import NamedTuple, TypeVar
from uuid import UUID

from privity.practice.keys.held import HeldKeys
from privity.practice.trail import access as events
from privity.vault.blind import normal_name

from . import matrix
from .access import HERE, Opened, near, opened
from .actor import Actor
from .models import Participant, Practice, Record, Role

Looked = TypeVar("Looked")
AT_ONCE = 200  # records whose names are opened while others wait
SHRED = "record.shred"  # whose record it was is not told any more
# Acts that leave names, records and who stands in them as they were. INVARIANT: what is not here counts as a change, which costs time and no more.
STILL = frozenset(
    (  # noqa: SIM905  (a list to read, not to type)
        "absence.lift absence.record account.add account.end account.roles account.set_up account.set_up_code accounting.add accounting.note "
        "accounting.read "
        "accounting.resume accounting.suspend accounting.take authorization.confirm authorization.end authorization.letter authorization.record "
        "authorization.revoke "
        "authorizations.list authorizations.sweep call.check call.done call.message call.read call.topics chart.read client.open clients.find clients.list "
        "codes.read "
        "consult.keep consult.list consult.look consult.notes consult.read consult.reply custody.ask custody.first custody.list custody.name custody.outer "
        "custody.read custody.second custody.stop decision.ask decision.freeze decision.list decision.read decision.reopen decision.replay decision.take "
        "diagnosis.read "
        "document.add document.open draft.drop draft.keep draft.read entry.begin entry.sign factor.add factor.remove glass.break glass.list glass.review "
        "hold.lift hold.place import.done import.drop import.left_out import.try import.upload keys.add keys.begin keys.compare keys.drop keys.fetch "
        "kept.sweep letterhead.change link.close link.end link.open link.try link.wait log.sign outbox.wake packet.drop packet.file packet.keep packet.look "
        "packet.open packet.ready packets.list "
        "paper.file paper.hand paper.link paper.not_now paper.offer paper.read paper.shown paper.sign paper.talk paper.withdraw papers.change papers.list "
        "practice.change practice.export quiet.change recipient.check recipient.end recipients.list record.export record.open records.list release.copy "
        "release.failed release.hand release.read release.refuse release.send release.sent releases.choose request.along request.amended request.answer "
        "request.done request.extend request.facts request.handed request.letter request.list request.packet request.read request.rebuttal request.review "
        "request.review_ask request.statement request.told request.withdraw request.write requests.list restore.look restriction.agree restriction.end "
        "restrictions.list "
        "scan.add scan.drop scan.open sealed.draft sealed.hand sealed.list sealed.open sealed.read sealed.write server.lock session.end sign.in sign.out "
        "sign.prove sign.slow supervision.begin supervision.end tie.barred tie.case tie.end tie.shared tie.team trail.export trail.read unit.add unit.remove "
        "unit.rename visit.add visit.mark visit.plan visits.list"
    ).split()
)


class Line(NamedTuple):
    """What the list sorts and searches a record by."""

    closed: bool
    order: str
    called: str
    words: str  # each with a space before it


@dataclass
class Roll:
    """A practice's records, and the lines of those that were looked for."""

    lock: Lock = field(default_factory=Lock)
    log: events.Upto | None = None
    there: set[UUID] = field(default_factory=set)
    wards: set[UUID] = field(default_factory=set)
    lines: dict[UUID, Line] = field(default_factory=dict)
    order: list[UUID] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Roll of {len(self.there)} records"


class Cold(Exception):
    """So many names are to be opened first that nobody else's transaction should wait for it."""


def known(actor: Actor, action: str, kind: str) -> dict[UUID, frozenset[str]]:
    """Return what the actor is to each record to which the actor may do this. Ties are asked of the database each time. For gates alone."""
    wanted = matrix.relations_for(actor.roles, action, kind) - {matrix.AUTHOR}
    bound = near(actor)
    if matrix.AT_PRACTICE not in wanted:
        return {record: held for record, held in bound.items() if held & wanted}
    roll = _roll(actor)
    with roll.lock:
        _catch_up(actor, roll)
        found, wards = dict.fromkeys(roll.there, HERE), set(roll.wards)
    for record in wards.union(bound):  # whoever is bound to a record more closely, barred from it, or not assigned on its unit
        if (held := bound.get(record, frozenset())) & wanted:
            found[record] = held
        else:
            found.pop(record, None)
    return found


def fitting(actor: Actor, known: Mapping[UUID, frozenset[str]], words: Iterable[str], start: int, many: int) -> tuple[list[UUID], int]:
    """Return those of these records in whose people's names each word begins a name, open ones first, by name: a stretch of them, and how many fit.

    For gates alone. Raises Cold.
    """
    roll, wanted = _roll(actor), [f" {word}" for word in words]
    with roll.lock:
        _open(actor, roll, _caught_up(actor, roll, known))
        if len(roll.order) != len(roll.lines):
            roll.order = sorted(roll.lines, key=lambda record: roll.lines[record][:2])
        mine = (record for record in roll.order if record in known)
        if not wanted:
            return list(islice(mine, start, start + many)), len(set(known) & set(roll.lines))
        fit = [record for record in mine if all(word in roll.lines[record].words for word in wanted)]
        return fit[start : start + many], len(fit)


def called(actor: Actor, known: Mapping[UUID, frozenset[str]]) -> dict[UUID, str]:
    """Return what these records are called, for a list of names alone; whoever hands it out has them on its event. For gates alone. Raises Cold."""
    roll = _roll(actor)
    with roll.lock:
        _open(actor, roll, _caught_up(actor, roll, known))
        return {record: roll.lines[record].called for record in known if record in roll.lines}


def patiently(actor: Actor, look: Callable[[], Looked]) -> Looked:
    """Return what somebody looks for. The first look after the unlock opens the names outside its transaction, some at once: nobody waits for all of them."""
    while True:
        try:
            return look()
        except Cold:
            _warm(actor, known(actor, "see", "identity"))


def warm(practice: Practice, keys: HeldKeys, now: datetime) -> None:
    """Open the names of a practice before anybody looks for one. Nobody is shown any; each list asks the ties and writes its event as ever. Raises Locked."""
    machine = Actor(practice.uid, practice.uid, practice.pk, frozenset({str(Role.FRONT_DESK)}), now, keys)
    _warm(machine, known(machine, "see", "identity"))


def _warm(actor: Actor, known: Mapping[UUID, frozenset[str]]) -> None:
    roll, missing = _roll(actor), {UUID(int=0)}
    while missing:
        with roll.lock:  # what was read before a change is never kept after it
            _catch_up(actor, roll)
            missing = _missing(roll, known)
            _open(actor, roll, list(missing)[:AT_ONCE])


def _caught_up(actor: Actor, roll: Roll, known: Mapping[UUID, frozenset[str]]) -> set[UUID]:
    """Return the records whose lines are missing, once the roll is true. Raises Cold when they are many."""
    _catch_up(actor, roll)
    missing = _missing(roll, known)
    if len(missing) > AT_ONCE:
        raise Cold
    return missing


def _missing(roll: Roll, known: Mapping[UUID, frozenset[str]]) -> set[UUID]:
    return (set(known) - set(roll.lines)) & roll.there


def _open(actor: Actor, roll: Roll, records: Collection[UUID]) -> None:
    same = {record: record for record in records}  # one object each, so that sets compare them by looking
    for one in opened(actor, dict.fromkeys(records, frozenset())) if records else ():
        roll.lines[same[one.id]] = _line(one)


def _roll(actor: Actor) -> Roll:
    actor.keys.keyring.current()  # raises Locked
    found: Roll = actor.keys.beside.setdefault("roll", Roll())
    return found


def _catch_up(actor: Actor, roll: Roll) -> None:
    """Forget whatever may have changed since the last look. What is read here is read after the log, so it is never older than that."""
    told = events.since(actor.practice, roll.log, STILL) if roll.log else None
    if told is None or told.untold - {SHRED}:
        now = events.upto(actor.practice)
        roll.lines, roll.order = {}, []
        roll.there, roll.wards = _rows(actor, None)
        roll.log = now
        return
    if told.untold:
        roll.there, roll.wards = _rows(actor, None)
        _drop(roll, [record for record in roll.lines if record not in roll.there])
    elif told.changed:
        roll.there -= told.changed
        roll.wards -= told.changed
        fresh, wards = _rows(actor, told.changed)
        roll.there |= fresh
        roll.wards |= wards
    if told.changed:
        people = Participant.objects.filter(record_id__in=told.changed).values("person_id")
        _drop(roll, told.changed.union(Participant.objects.filter(person_id__in=people).values_list("record_id", flat=True)))
    roll.log = told.upto


def _rows(actor: Actor, records: Collection[UUID] | None) -> tuple[set[UUID], set[UUID]]:
    rows = Record.objects.filter(practice_id=actor.practice_row, shredded=None)
    found = list((rows if records is None else rows.filter(id__in=records)).values_list("id", "unit"))
    return {id for id, _ in found}, {id for id, unit in found if unit is not None}


def _drop(roll: Roll, records: Iterable[UUID]) -> None:
    for record in records:
        if roll.lines.pop(record, None) is not None:
            roll.order = []


def _line(one: Opened) -> Line:
    told = [one.title, *(name for _, person in one.people for name in (person.name, person.chosen))]
    words = " ".join(normal_name(name) for name in told if any(sign.isalnum() for sign in name)).split()
    return Line(one.closed, one.called.casefold(), one.called, "".join(f" {word}" for word in words))
