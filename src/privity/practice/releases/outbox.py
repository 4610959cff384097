"""The outbox: what may leave is handed out here, once a person asks for it, and how it went is written down.

authorized -> sending -> sent | failed | uncertain. Each step is committed before what it allows happens: whatever stops in between, nothing left that is not on
the log. `uncertain` counts as told; nothing is ever sent again by itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from privity.law import Book
from privity.practice.people.access import NotThere, Opened, opened, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice
from privity.practice.trail import services as trail
from privity.vault import Use, open_sealed, open_text

from . import claims, links, paying, services
from .making import may_read
from .models import Outgoing
from .services import PacketMoved, Refused, number_of, place_of_copy

State = Outgoing.State


@dataclass(frozen=True)
class Handed:
    """What is shown once when something is handed out: a link with its code, or a locked file's passphrase; for fax and paper nothing."""

    link: links.Made | None = None
    phrase: str = ""


@dataclass(frozen=True)
class Going:
    """Something on its way, as its page shows it."""

    id: UUID
    who: Opened
    number: str
    decision: UUID
    way: str
    state: str
    by: str
    authorized: datetime
    settled: datetime | None
    about: dict[str, Any]
    links: tuple[links.Shown, ...]
    shown: bool
    may_send: bool
    may_read: bool


def going(actor: Actor, record: UUID, outgoing: UUID) -> Going:
    """Return how something stands; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "release")
        row = _row(actor, record, outgoing)
        paying.only_payment(actor, record, row.packet.decision_id, "see")
        (who,) = opened(actor, {record: standing})
        about = _about(actor, row)
        names = {one.id: one.name for one in staff(actor)}
        shown = links.of(actor, record, row.id)
        _write(actor, row, "release.read")
    from privity.practice.people.matrix import may

    return Going(
        row.id, who, number_of(row.packet), row.packet.decision_id, row.way, row.state, names.get(row.by_id, "Somebody no longer here"), row.authorized,
        row.settled, {name: value for name, value in about.items() if name != "phrase"}, shown, row.shown, may(actor.roles, "send", "release", standing),
        may_read(actor, standing),
    )  # fmt: skip


def hand_out(actor: Actor, book: Book, record: UUID, outgoing: UUID) -> Handed:
    """Return what is shown once, the step committed and the decision asked again first. Raises NotThere, NotAllowed, PacketMoved, and Refused when it fell."""
    require(actor, record, "send", "release")
    try:
        with transaction.atomic():
            require(actor, record, "send", "release")
            row = _row(actor, record, outgoing)
            if not claims.take(row.id, actor.now, began=row.began or actor.now):
                raise PacketMoved("it was handed out already, or its sending is over")
            services.stands(actor, book, record, row.packet.decision_id)
            about = _about(actor, row)
            services.still(actor, book, record, row, about)
            made = links.make(actor, row, int(about["days"])) if row.way == Outgoing.Way.LINK else None
            _write(actor, row, "release.hand")
    except Refused:
        with transaction.atomic():
            row = _row(actor, record, outgoing)
            links.close(row, actor.now)
            if row.state == State.AUTHORIZED:
                row.state, row.settled = State.FAILED, actor.now
                row.save(update_fields=["state", "settled"])
            _write(actor, row, "release.refuse")
        raise
    return Handed(made, str(about["phrase"]))


def copy(actor: Actor, book: Book, record: UUID, outgoing: UUID) -> tuple[str, bytes]:
    """Return a name and the exact bytes that leave or left; the event is written first.

    INVARIANT: until somebody wrote down that it left, each taking of the bytes asks the decision again. Raises NotThere, NotAllowed, PacketMoved where they
    may not leave yet or did not leave, and Refused when what it rests on fell: then a person says whether it had gone before.
    """
    with transaction.atomic():
        require(actor, record, "see", "release")
        require(actor, record, "see", "chart")
        row = _row(actor, record, outgoing, whole=True)
        if row.state in (State.AUTHORIZED, State.FAILED):
            raise PacketMoved("it was not handed out yet, or did not leave")
        if row.state != State.SENT:
            services.stands(actor, book, record, row.packet.decision_id)
            services.still(actor, book, record, row, _about(actor, row))
        body = open_sealed(row.copy, with_=actor.keys.key(record, Use.RELEASES), bound_to=place_of_copy(actor, record, row.id, "copy"))
        _write(actor, row, "release.copy")
    return f"{number_of(row.packet)}.pdf", body


def settle(actor: Actor, record: UUID, outgoing: UUID, *, sent: bool) -> None:
    """Write down how it went, as a person saw it. Raises NotThere, NotAllowed, and PacketMoved when it is settled, or was opened and cannot have failed."""
    with transaction.atomic():
        require(actor, record, "send", "release")
        row = _row(actor, record, outgoing)
        if row.state not in (State.SENDING, State.UNCERTAIN) or (not sent and links.opens(row.id)):
            raise PacketMoved("how it went is written down already")
        if not sent:
            links.close(row, actor.now)
        row.state, row.settled = (State.SENT if sent else State.FAILED), actor.now
        row.save(update_fields=["state", "settled"])
        _write(actor, row, "release.sent" if sent else "release.failed")


def shut_links(actor: Actor, record: UUID, outgoing: UUID) -> None:
    """Let no link to it open anything any more. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "send", "release")
        row = _row(actor, record, outgoing)
        links.close(row, actor.now)
        _write(actor, row, "link.close")


def tend(now: datetime) -> int:
    """Renew this server's claims, each twice in its lease, and return how many of other servers had run out and were marked."""
    Outgoing.objects.filter(claim=claims.server(), state__in=claims.RUNNING, claimed_until__lt=now + claims.LEASE / 2).update(claimed_until=now + claims.LEASE)
    return _mark(Outgoing.objects.filter(Q(claimed_until=None) | Q(claimed_until__lte=now)), now)


def wake(now: datetime) -> int:
    """Mark what a stop of this server left behind, or of another whose lease has run out, and return how many."""
    return _mark(Outgoing.objects.filter(Q(claim=claims.server()) | Q(claimed_until=None) | Q(claimed_until__lte=now)), now)


def brought_back(practice: Practice, now: datetime) -> int:
    """Mark what was on its way in the backup a practice was brought back from, whoever has a claim on it, and return how many.

    INVARIANT: it may have left since then, so it is never said not to have left, and stays on the client's list of who was told. Within a transaction.
    """
    here = Outgoing.objects.filter(practice=practice, state__in=claims.RUNNING).update(state=State.UNCERTAIN)
    if here:
        trail.write(practice.uid, practice.uid, "outbox.wake", at=now, count=here)
    return here


def _mark(rows: QuerySet[Outgoing], now: datetime) -> int:
    """What was let go and not handed out did not leave; what was being handed out may have arrived."""
    changed = 0
    for practice in Practice.objects.filter(pk__in=rows.filter(state__in=claims.RUNNING).values("practice")).order_by("pk"):
        with transaction.atomic():
            mine = rows.filter(practice=practice)
            here = mine.filter(state=State.AUTHORIZED).update(state=State.FAILED, settled=now)
            here += mine.filter(state=State.SENDING).update(state=State.UNCERTAIN)
            if here:
                trail.write(practice.uid, practice.uid, "outbox.wake", at=now, count=here)
        changed += here
    return changed


def _row(actor: Actor, record: UUID, outgoing: UUID, *, whole: bool = False) -> Outgoing:
    rows = Outgoing.objects.select_for_update(of=("self",)).select_related("packet")
    row = (rows if whole else rows.defer("copy")).filter(id=outgoing, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"outgoing {outgoing}")
    return row


def _about(actor: Actor, row: Outgoing) -> dict[str, Any]:
    key, place = actor.keys.key(row.record_id, Use.RELEASES), place_of_copy(actor, row.record_id, row.id, "about")
    found: dict[str, Any] = json.loads(open_text(row.about, with_=key, bound_to=place))
    return found


def _write(actor: Actor, row: Outgoing, act: str) -> None:
    key = actor.keys.key(row.record_id, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, row.record_id)], row=(key, row.id))
