"""A link that ends: an address nobody can guess, a code told another way, a count of opens; what it rests on is asked anew at each open.

INVARIANT: it opens by the leave of whoever made it, and no longer than that person works here and may send what leaves of the record.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from privity.law import Book
from privity.practice.keys.held import HeldKeys
from privity.practice.people.access import NotAllowed, NotThere, working
from privity.practice.people.actor import Actor
from privity.practice.people.links import by_leave
from privity.practice.people.models import Practice
from privity.practice.people.restored import unlooked
from privity.practice.trail import services as trail
from privity.vault import Key, Use, factors, open_sealed
from privity.vault.faults import NoSuchKey

from . import services
from .models import Link, Outgoing

TRIES = 5
CODE = 9  # signs of the code with its hyphen: 40 random bits, five tries
OVER = "This link opens nothing any more."


class LinkOver(ValueError):
    """The link is not there, has ended, was closed, or what it rests on does not hold any more: all look the same from outside."""


class NotNow(ValueError):
    """The code is right, and nothing opens until somebody has looked behind the backup from which the practice was brought back."""


class WrongCode(ValueError):
    """The code is not the one that belongs to this link; `left` tries are left."""

    def __init__(self, left: int) -> None:
        super().__init__("that code does not fit")
        self.left = left


@dataclass(frozen=True)
class Made:
    """A new link: shown once. Only marks of both are kept."""

    token: str
    code: str
    ends: datetime


@dataclass(frozen=True)
class Shown:
    """A link as its sender's page shows it."""

    made: datetime
    ends: datetime
    opens: int
    last: datetime | None
    tries: int
    open: bool
    left: bool  # shut because its maker may not any more: somebody else makes another


def make(actor: Actor, out: Outgoing, days: int) -> Made:
    """Return a new link to what leaves; an older one opens nothing from now on. Within the caller's transaction, whose event follows."""
    token, code = secrets.token_urlsafe(32), factors.new_code()[:CODE]
    close(out, actor.now)
    ends = actor.now + timedelta(days=max(1, min(days, services.MOST_DAYS)))
    mark = factors.code_mark(actor.keys.key(out.record_id, Use.RELEASES), _what(out), code)
    Link.objects.create(practice_id=actor.practice_row, outgoing=out, by_id=actor.account, mark=_mark(token), code=mark, made=actor.now, ends=ends)
    return Made(token, code, ends)


def close(out: Outgoing, now: datetime) -> None:
    """Let no link to this open anything any more."""
    Link.objects.filter(outgoing=out, closed=None).update(closed=now)


def of(actor: Actor, record: UUID, out: UUID) -> tuple[Shown, ...]:
    """Return the links that were made for something, the newest first. For gates alone."""
    found = []
    for row in Link.objects.filter(outgoing_id=out).select_related("practice").order_by("-made"):
        leave = by_leave(working(actor.keys, row.practice, row.by_id, actor.now), record, "send", "release")
        runs = row.closed is None and row.ends > actor.now and row.tries < TRIES
        found.append(Shown(row.made, row.ends, row.opens, row.last, row.tries, runs and leave, runs and not leave))
    return tuple(found)


def standing(actor: Actor) -> dict[UUID, int]:
    """Return how many links could still be opened, by record. For gates alone."""
    rows = Link.objects.filter(practice_id=actor.practice_row, closed=None, ends__gt=actor.now, tries__lt=TRIES, outgoing__record__shredded=None)
    return dict(rows.order_by().values_list("outgoing__record").annotate(many=Count("id")))


def close_every(actor: Actor) -> int:
    """Let no link of the practice open anything any more, and return how many could. For verbs alone."""
    return Link.objects.filter(practice_id=actor.practice_row, closed=None, ends__gt=actor.now).update(closed=actor.now)


def opens(out: UUID) -> int:
    """Return how often what left was opened by a link."""
    return sum(Link.objects.filter(outgoing_id=out).values_list("opens", flat=True))


def practice_of(token: str) -> Practice:
    """Return whose link this is. Raises LinkOver when it is nobody's."""
    row = Link.objects.filter(mark=_mark(token)).select_related("practice").first()
    if row is None:
        raise LinkOver(OVER)
    return row.practice


def opened(keys: HeldKeys, practice: Practice, book: Book, token: str, code: str, now: datetime) -> bytes:
    """Return what was sent, to whoever has the address and the code. Each try is on the log first. Raises LinkOver, WrongCode, NotNow, and VaultFault."""
    with transaction.atomic():
        row = Link.objects.select_for_update(of=("self",)).select_related("outgoing").filter(mark=_mark(token), practice=practice).first()
        if row is None or row.closed is not None or now >= row.ends or row.tries >= TRIES:
            raise LinkOver(OVER)
        out, whoever = row.outgoing, Actor(row.id, practice.uid, practice.pk, frozenset(), now, keys)
        key, own = _keys(keys, out)
        fits = hmac.compare_digest(bytes(row.code), factors.code_mark(key, _what(out), code))
        if not fits:
            row.tries += 1
            row.save(update_fields=["tries"])
            _write(whoever, own, out, "link.try")
    if not fits:
        raise WrongCode(TRIES - row.tries)
    if unlooked(practice.uid):
        with transaction.atomic():
            _write(whoever, own, out, "link.wait")
        raise NotNow(OVER)
    try:
        return _handed(whoever, book, row.id, key, own)
    except (services.Refused, NotThere, NotAllowed, NoSuchKey):
        with transaction.atomic():
            close(out, now)
            _write(whoever, own, out, "link.end")
        raise LinkOver(OVER) from None


def _handed(whoever: Actor, book: Book, link: UUID, key: Key, own: Key) -> bytes:
    with transaction.atomic():
        row = Link.objects.select_for_update(of=("self",)).select_related("outgoing__packet", "practice").get(id=link)
        out = row.outgoing
        if row.closed is not None or out.state not in (Outgoing.State.SENDING, Outgoing.State.SENT, Outgoing.State.UNCERTAIN):
            raise NotThere("link")
        maker = working(whoever.keys, row.practice, row.by_id, whoever.now)
        if maker is None:
            raise NotThere("whoever made it works here no more")
        services.stands(whoever, book, out.record_id, out.packet.decision_id)
        services.still(maker, book, out.record_id, out)
        body = open_sealed(out.copy, with_=key, bound_to=services.place_of_copy(whoever, out.record_id, out.id, "copy"))
        row.opens, row.last = row.opens + 1, whoever.now
        row.save(update_fields=["opens", "last"])
        if out.state != Outgoing.State.SENT:
            out.state, out.settled = Outgoing.State.SENT, whoever.now
            out.save(update_fields=["state", "settled"])
        _write(whoever, own, out, "link.open")
    return body


def _keys(keys: HeldKeys, out: Outgoing) -> tuple[Key, Key]:
    try:
        return keys.key(out.record_id, Use.RELEASES), keys.key(out.record_id, Use.RECORD)
    except NoSuchKey:
        raise LinkOver(OVER) from None  # the record was destroyed


def _mark(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _what(out: Outgoing) -> str:
    return f"link:{out.id}"


def _write(whoever: Actor, key: Key, out: Outgoing, act: str) -> None:
    trail.write(whoever.practice, whoever.account, act, at=whoever.now, about=[(key, out.record_id)], row=(key, out.id))
