"""Links that open one thing: make, find, open, close. A link ends by its day, by too many wrong codes, or when what it was for is done.

Whoever makes one asks the gate and writes the event, in the same transaction; whoever opens one does the same for what lies behind it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, F

from privity.practice.keys.held import HeldKeys
from privity.vault import Use, factors

from .access import NotAllowed, NotThere, require, working
from .actor import Actor
from .link_models import Link
from .models import Account, Practice
from .restored import require_looked, unlooked

LASTS = timedelta(days=7)
TRIES = 5
GROUPS = 2  # of the code's groups of four letters: 40 bits, of which nobody may try more than five
WHAT = "link.code"


class Gone(LookupError):
    """The link opens nothing: it ended, or there never was one. Both look the same."""


class WrongCode(ValueError):
    """The code is not the one that was told."""


@dataclass(frozen=True)
class Made:
    """A new link. `token` stands in its address and `code` is told by another way; neither is kept."""

    id: UUID
    token: str
    code: str
    ends: datetime


@dataclass(frozen=True)
class Held:
    """A link that opens now, and under whose hand: whoever made it still works here, with these roles."""

    id: UUID
    kind: str
    record: UUID
    thing: UUID
    who: UUID | None
    with_code: bool
    practice: Practice
    account: UUID
    roles: frozenset[str]
    made: datetime
    ends: datetime
    opens: int

    def actor(self, keys: HeldKeys, now: datetime) -> Actor:
        """Return whoever made the link as an actor: what it opens is opened by their leave, and no longer than they have it."""
        return Actor(self.account, self.practice.uid, self.practice.pk, self.roles, now, keys)


def make(actor: Actor, record: UUID, kind: str, thing: UUID, *, who: UUID | None = None, lasts: timedelta = LASTS, with_code: bool = True) -> Made:
    """Return a new link. For verbs alone: it asks nobody and writes no event. Raises Unlooked for one with a code, which leaves the house."""
    if with_code:
        require_looked(actor.practice)
    token, code = secrets.token_urlsafe(32), "-".join(factors.new_code().split("-")[:GROUPS]) if with_code else ""
    mark = _code_mark(actor.keys, record, code) if with_code else b""
    row = Link.objects.create(
        practice_id=actor.practice_row, record_id=record, kind=kind, thing=thing, who=who, by_id=actor.account, token_mark=_mark(token), code_mark=mark,
        made=actor.now, ends=actor.now + lasts,
    )  # fmt: skip
    return Made(row.id, token, code, row.ends)


def find(token: str, now: datetime) -> Held:
    """Return the link with this in its address. Raises Gone."""
    link = _held(Link.objects.filter(token_mark=_mark(token)).first(), now)
    if link.with_code and unlooked(link.practice.uid):
        raise Gone("nobody has looked yet behind the backup from which the practice was brought back")
    return link


def held(id: UUID, now: datetime) -> Held:
    """Return a link that a browser opened before, if it still opens. Raises Gone."""
    return _held(Link.objects.filter(id=id).first(), now)


def open_with(link: Held, code: str, keys: HeldKeys, now: datetime) -> None:
    """Count an opening. The try is counted before the code is looked at, so tries side by side gain nothing. Raises WrongCode and Gone."""
    rows = Link.objects.filter(id=link.id, ended=None, tries__lt=TRIES)
    if link.with_code:
        if rows.update(tries=F("tries") + 1) != 1:
            raise Gone("too many tries, or over")
        mark = bytes(Link.objects.values_list("code_mark", flat=True).get(id=link.id))
        if not secrets.compare_digest(mark, _code_mark(keys, link.record, code)):
            raise WrongCode("not the code")
        rows = Link.objects.filter(id=link.id, ended=None)
    if rows.update(opens=F("opens") + 1, opened=now, tries=0) != 1:
        raise Gone("over")


def close(id: UUID, now: datetime) -> None:
    """End a link: from this moment it opens nothing."""
    Link.objects.filter(id=id, ended=None).update(ended=now)


def close_all(actor: Actor, kind: str, thing: UUID, who: UUID | None = None) -> int:
    """End every link to a thing, or those for one person, and return how many there were."""
    rows = Link.objects.filter(practice_id=actor.practice_row, kind=kind, thing=thing, ended=None)
    return (rows if who is None else rows.filter(who=who)).update(ended=actor.now)


def standing(actor: Actor) -> dict[UUID, int]:
    """Return how many links with a code could still be opened, by record. For gates alone."""
    rows = Link.objects.filter(practice_id=actor.practice_row, ended=None, ends__gt=actor.now, record__shredded=None).exclude(code_mark=b"")
    return dict(rows.order_by().values_list("record").annotate(many=Count("id")))


def close_every(actor: Actor) -> int:
    """End every link of the practice that has a code, and return how many. For verbs alone."""
    return Link.objects.filter(practice_id=actor.practice_row, ended=None, ends__gt=actor.now).exclude(code_mark=b"").update(ended=actor.now)


@dataclass(frozen=True)
class Told:
    """A link as its maker sees it again: never what stands in it."""

    id: UUID
    who: UUID | None
    with_code: bool
    made: datetime
    ends: datetime
    opens: int
    left: bool = False  # its maker may not any more, so it opens nothing: somebody else makes another


def told(actor: Actor, kind: str, record: UUID, things: list[UUID], action: str, of: str) -> dict[UUID, list[Told]]:
    """Return the links to these things of a record that nothing ended, each with whether its maker still has the leave it opens by. For gates alone."""
    found: dict[UUID, list[Told]] = {}
    rows = Link.objects.filter(practice_id=actor.practice_row, kind=kind, thing__in=things, ended=None, ends__gt=actor.now, tries__lt=TRIES)
    for row in rows.select_related("practice").order_by("made"):
        left = not by_leave(working(actor.keys, row.practice, row.by_id, actor.now), record, action, of)
        found.setdefault(row.thing, []).append(Told(row.id, row.who, bool(row.code_mark), row.made, row.ends, row.opens, left))
    return found


def by_leave(maker: Actor | None, record: UUID, action: str, kind: str) -> bool:
    """Tell whether whoever made a link works here still, and may do now what the link opens by. For gates alone."""
    try:
        return maker is not None and bool(require(maker, record, action, kind))
    except (NotThere, NotAllowed):
        return False


def _held(row: Link | None, now: datetime) -> Held:
    if row is None or row.ended is not None or row.ends <= now or row.tries >= TRIES or row.record.shredded is not None:
        raise Gone("over")
    account = Account.objects.filter(id=row.by_id, ended=None).first()
    if account is None:
        raise Gone("whoever made it works here no more")
    roles, with_code = frozenset(account.roles), bool(row.code_mark)
    return Held(row.id, row.kind, row.record_id, row.thing, row.who, with_code, row.practice, account.id, roles, row.made, row.ends, row.opens)


def _mark(token: str) -> bytes:
    return sha256(token.encode("utf-8")).digest()


def _code_mark(keys: HeldKeys, record: UUID, code: str) -> bytes:
    return factors.code_mark(keys.key(record, Use.RECORD), WHAT, code)
