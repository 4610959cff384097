"""The gate to packets: the sheet on which one is made, and the list of what waits, goes and went; the event is written first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.law import Book
from privity.practice.agreements.validity import same_name
from privity.practice.decisions import access as decisions
from privity.practice.decisions import services as asking
from privity.practice.pdf import CannotRead
from privity.practice.people import matrix
from privity.practice.people.access import NotThere, Opened, allowed, near, opened, relations, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.flagging import Flag
from privity.practice.trail import services as trail
from privity.vault import Use

from . import accounting, paying, recipients
from .boxes import File, file_of, leaf_of, text_of
from .making import Made, made, plan_of, row_of
from .models import Outgoing, Packet
from .packet import Asked, Plan, Spot
from .recipients import Listed
from .services import disposes, number_of

LATELY = 50


@dataclass(frozen=True)
class Sheet:
    """A packet as its page shows it. `id` is None while nothing is kept; `stands` whether the law would answer today as it did."""

    decision: UUID
    decided: datetime
    id: UUID | None
    number: str
    version: int
    state: str
    made: Made
    by: str
    saved: datetime | None
    second: bool
    seen_by: str
    seen: datetime | None
    mine: bool
    recipients: tuple[Listed, ...]
    may_send: bool
    stands: bool
    changed: tuple[str, ...]
    gone: UUID | None = None
    disposes: bool = False  # hands it on, or throws it away


def sheet(actor: Actor, book: Book, record: UUID, decision: UUID, *, planned: Plan | None = None) -> Sheet:
    """Return the sheet of the packet that is being made from a decision; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "prepare", "release")
        paying.only_payment(actor, record, decision)
        found = asking.again(actor, book, record, decision)
        frozen = found.frozen
        rows = Packet.objects.filter(record_id=record, decision_id=decision, practice_id=actor.practice_row).exclude(state=Packet.State.DROPPED)
        row = rows.exclude(state=Packet.State.GONE).order_by("-number").first()
        gone = Outgoing.objects.filter(packet__in=rows).order_by("-packet__number").values_list("id", flat=True).first()
        plan = planned or (plan_of(actor, row) if row else None)
        whole = made(actor, book, record, frozen.answer, frozen.question["facts"], plan, standing)
        names = {one.id: one.name for one in staff(actor)}
        kept = _choices(actor, whole)
        second = accounting.choice(actor).second_person
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "packet.open", at=actor.now, about=[(key, record)], row=(key, decision))
    seen = row is not None and row.seen_version == row.version
    sends = matrix.may(actor.roles, "send", "release", standing) and matrix.may(actor.roles, "see", "chart", standing)
    return Sheet(
        decision, frozen.made, row.id if row else None, number_of(row) if row else "", row.version if row else 0, row.state if row else "", whole,
        names.get(row.by_id, "Somebody no longer here") if row else "", row.saved if row else None, second,
        names.get(row.seen_by_id, "") if row and seen and row.seen_by_id else "", row.seen if row and seen else None,
        row is not None and row.by_id == actor.account, kept, sends, found.stands, found.changed, gone,
        row is not None and disposes(actor, row, standing),
    )  # fmt: skip


def _choices(actor: Actor, whole: Made) -> tuple[Listed, ...]:
    """Return who may be chosen to receive: whom the actor may know of, whom this record names, and who is chosen."""
    mine = [one for one in recipients.for_gates(actor) if one.said.kind == whole.recipient_kind]
    may = {one.id for one in recipients.known(actor, mine)}
    names = [person.name for _, person in whole.who.people]
    return tuple(one for one in mine if one.id in may or str(one.id) == whole.plan.recipient or any(same_name(one.said.name, name) for name in names))


def filled(sheet: Sheet, asked: Asked, *, audit: bool, book: Book, actor: Actor, record: UUID) -> Plan:
    """Return a plan with what was asked ticked and nothing else; for a payer's audit also the notes of the visits it reviews. For gates alone."""
    frozen = decisions.for_gates(actor, record, sheet.decision)
    plan = replace(sheet.made.plan, asked=asked, chosen=frozenset())
    whole = made(actor, book, record, frozen.answer, frozen.question["facts"], plan, sheet.made.who.standing)
    chosen = {one.piece.id for one in whole.every if one.asked and one.may_go}
    if audit:
        chosen |= {one.piece.id for one in whole.every if one.may_go and one.piece.klass == "progress_notes" and asked.covers(one.piece.on)}
    return replace(plan, chosen=frozenset(chosen))


def packet_of(actor: Actor, record: UUID, packet: UUID) -> UUID:
    """Return the decision a packet is made from. For gates alone. Raises NotThere."""
    found = Packet.objects.filter(id=packet, record_id=record, practice_id=actor.practice_row).values_list("decision_id", flat=True).first()
    if found is None:
        raise NotThere(f"packet {packet}")
    return found


@dataclass(frozen=True)
class Marked:
    """A file in a packet, as whoever sets boxes on it sees it."""

    who: Opened
    decision: UUID
    version: int
    plan: Plan
    file: File
    spots: tuple[Spot, ...]


def marked(actor: Actor, book: Book, record: UUID, packet: UUID, document: UUID) -> Marked:
    """Return a file that is chosen to leave; the event is written first. For whoever reads notes and sends. Raises NotThere, NotAllowed and CannotRead."""
    with transaction.atomic():
        standing = require(actor, record, "send", "release")
        require(actor, record, "see", "chart")
        row = row_of(actor, record, packet)
        if row.state in (Packet.State.GONE, Packet.State.DROPPED):
            raise NotThere(f"packet {packet}")
        frozen = decisions.for_gates(actor, record, row.decision_id)
        whole = made(actor, book, record, frozen.answer, frozen.question["facts"], plan_of(actor, row), standing)
        leaf = leaf_of(whole, document)
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "packet.file", at=actor.now, about=[(key, record)], row=(key, packet))
    return Marked(whole.who, row.decision_id, row.version, whole.plan, file_of(actor, whole, leaf), whole.plan.cuts.boxes.get(str(document), ()))


def files(actor: Actor, shown: Sheet) -> dict[str, File | str]:
    """Return what each attached file is as it leaves: its pages, or its text; where it cannot leave, a sentence why not. Of a sheet that was opened for one."""
    found: dict[str, File | str] = {}
    for leaf in shown.made.leaves:
        piece = leaf.one.piece
        if piece.is_document and shown.made.texts:
            try:
                found[piece.id] = file_of(actor, shown.made, leaf) if piece.is_drawn else text_of(actor, shown.made, leaf)
            except CannotRead as fault:
                found[piece.id] = f"This file cannot leave: {fault}."
    return found


@dataclass(frozen=True)
class Waiting:
    """A line of the list: a packet that is made, goes or went."""

    record: UUID
    called: str
    number: str
    state: str
    label: str
    by: str
    at: datetime
    decision: UUID
    outgoing: UUID | None
    waits_for_me: bool


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """Return what waits, goes and lately went of the records whose releases one may see; the event is written first."""
    with transaction.atomic():
        mine = set(allowed(actor, "see", "release")) & set(allowed(actor, "see", "identity"))
        send = set(allowed(actor, "send", "release"))
        rows = Packet.objects.filter(practice_id=actor.practice_row).exclude(state=Packet.State.DROPPED).order_by("-saved")
        some = paying.theirs(actor, [row for row in rows[: 10 * LATELY] if row.record_id in mine])[:LATELY]
        out = _outgoing([row.id for row in some])
        who = {one.id: one for one in opened(actor, {row.record_id: frozenset() for row in some})}
        names = {one.id: one.name for one in staff(actor)} if some else {}
        about = [(key, record) for record, key in actor.keys.keys(who, Use.RECORD).items()]
        trail.write(actor.practice, actor.account, "packets.list", at=actor.now, about=about)
    found = []
    for row in some:
        if row.record_id not in who:
            continue
        gone = out.get(row.id)
        state, label = (gone[1], Outgoing.State(gone[1]).label) if gone else (row.state, Packet.State(row.state).label)
        waits = row.state == Packet.State.READY and row.record_id in send
        found.append(
            Waiting(
                row.record_id, who[row.record_id].called, number_of(row), state, str(label), names.get(row.by_id, "Somebody no longer here"), row.saved,
                row.decision_id, gone[0] if gone else None, waits,
            )
        )  # fmt: skip
    order: Mapping[str, int] = {"ready": 0, "uncertain": 1, "authorized": 2, "sending": 3, "draft": 4}
    return tuple(sorted(found, key=lambda one: (not one.waits_for_me, order.get(one.state, 9), -one.at.timestamp())))


def for_telling(actor: Actor) -> tuple[Opened, ...]:
    """Return the records of those the actor cares for, to write down of which one something was told; the event is written first."""
    with transaction.atomic():
        mine = {record: held for record, held in near(actor).items() if held & set(matrix.CARE) and matrix.may(actor.roles, "prepare", "release", held)}
        found = opened(actor, mine)
        about = [(key, record) for record, key in actor.keys.keys(list(mine), Use.RECORD).items()]
        trail.write(actor.practice, actor.account, "clients.list", at=actor.now, about=about)
    return tuple(sorted((one for one in found if not one.closed), key=lambda one: one.called.casefold()))


def ready(sender: object, *, actor: Actor, records: Collection[UUID], **_: object) -> dict[UUID, tuple[Flag, ...]]:
    """Return, for the client's page and the day's list, where a packet waits for the actor to read and send. It answers people.flagging."""
    wanted = matrix.relations_for(actor.roles, "send", "release") if matrix.relations_for(actor.roles, "see", "chart") else frozenset()
    mine = [record for record, held in relations(actor, records).items() if held & wanted] if wanted else []
    rows = Packet.objects.filter(practice_id=actor.practice_row, record_id__in=mine, state=Packet.State.READY)
    words = Flag("A packet waits for you to read and send", page="releases")
    return dict.fromkeys(rows.values_list("record_id", flat=True), (words,))


def _outgoing(packets: list[UUID]) -> dict[UUID, tuple[UUID, str]]:
    rows: Any = Outgoing.objects.filter(packet_id__in=packets).values_list("packet_id", "id", "state")
    return {packet: (id, state) for packet, id, state in rows}
