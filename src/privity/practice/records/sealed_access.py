"""The gate to what browsers sealed. Only an author sees that a sealed note exists; nobody here can open one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.people import matrix
from privity.practice.people.access import NotThere, opened, relations, staff
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account, Record
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_sealed

from .sealed_models import Absence, AuthorKey, Compared, Custody, NoteKey, Opening, SealedNote, Ticket, Unlocker

NOTICE = timedelta(hours=72)
WHYS, PAPERS = tuple(Absence.Why.choices), tuple(Absence.Paper.choices)
NO_NAME = "A client you no longer care for"


@dataclass(frozen=True)
class Listed:
    """A sealed note as its author's list shows it: nothing of its text."""

    id: UUID
    at: datetime
    version: int
    draft: bool
    handed: bool


@dataclass(frozen=True)
class Sheet:
    """One author's sealed notes on one record."""

    record: UUID
    called: str
    notes: tuple[Listed, ...]
    may_write: bool
    has_keys: bool

    @property
    def draft(self) -> Listed | None:
        """The draft, if there is one."""
        return next((one for one in self.notes if one.draft), None)

    @property
    def finished(self) -> tuple[Listed, ...]:
        """The notes without the draft."""
        return tuple(one for one in self.notes if not one.draft)


def place(actor: Actor, owner: UUID, kind: str, row: UUID, version: int = 1) -> Binding:
    """Return where the server's layer over sealed bytes may open: `owner` is the record or the account whose key it is."""
    return Binding(str(actor.practice), str(owner), kind, str(row), version)


def require_author(actor: Actor, record: UUID, action: str) -> frozenset[str]:
    """Return what the actor is to a record. Raises NotThere: to anybody but their author, sealed notes do not exist."""
    standing = relations(actor, [record]).get(record, frozenset())
    if standing and _rows(actor, record).exists():
        standing |= {matrix.AUTHOR}
    if not matrix.may(actor.roles, action, "sealed_note", standing):
        raise NotThere(f"sealed notes of {record}")
    return standing


def sheet(actor: Actor, record: UUID) -> Sheet:
    """Return the actor's own sealed notes on a record, as a list; the event is written first. Raises NotThere."""
    with transaction.atomic():
        standing = relations(actor, [record]).get(record, frozenset())
        try:
            require_author(actor, record, "write")
        except NotThere:
            require_author(actor, record, "see")
        key = actor.keys.key(record, Use.RECORD)
        rows = _rows(actor, record).order_by("-at").values_list("id", "at", "version", "draft", "handed")
        notes = tuple(Listed(id, at, version, draft, handed is not None) for id, at, version, draft, handed in rows)
        called = NO_NAME
        if matrix.may(actor.roles, "see", "identity", standing):
            (found,) = opened(actor, {record: standing})
            called = found.called
        keyed = AuthorKey.objects.filter(account_id=actor.account).exists()
        closed = Record.objects.filter(id=record).exclude(closed=None).exists()
        trail.write(actor.practice, actor.account, "sealed.list", at=actor.now, about=[(key, record)], notes=len(notes))
    return Sheet(record, called, notes, matrix.may(actor.roles, "write", "sealed_note", standing) and not closed, keyed)


def note_key(actor: Actor, record: UUID) -> bytes | None:
    """Return the wrapped key of the actor's notes on a record, or None before the first note. Raises NotThere."""
    if not matrix.may(actor.roles, "write", "sealed_note", relations(actor, [record]).get(record, frozenset())):
        require_author(actor, record, "see")
    row = NoteKey.objects.filter(record_id=record, author_id=actor.account).first()
    if row is None:
        return None
    return open_sealed(row.wrapped, with_=actor.keys.key(record, Use.RECORD), bound_to=place(actor, record, "note_key.wrapped", row.id))


def note(actor: Actor, record: UUID, id: UUID) -> tuple[int, bytes]:
    """Return a note's version and its bytes as the browser sealed them; the event is written first. Raises NotThere."""
    with transaction.atomic():
        require_author(actor, record, "see")
        row = _rows(actor, record).filter(id=id).first()
        if row is None:
            raise NotThere(f"sealed note {id}")
        key = actor.keys.key(record, Use.RECORD)
        found = _body(actor, row, key)
        trail.write(actor.practice, actor.account, "sealed.read", at=actor.now, about=[(key, record)], row=(key, row.id))
    return row.version, found


def _body(actor: Actor, row: SealedNote, key: Key) -> bytes:
    return open_sealed(row.body, with_=key, bound_to=place(actor, row.record_id, "sealed_note.body", row.id, row.version))


def _rows(actor: Actor, record: UUID) -> Any:
    return SealedNote.objects.filter(practice_id=actor.practice_row, record_id=record, author_id=actor.account)


# --- one's own keys, and others' -------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnKeys:
    """What the server holds of somebody's keys."""

    account: UUID
    user_name: str
    public: tuple[bytes, bytes] | None
    unlockers: tuple[tuple[UUID, str, datetime, bytes], ...]
    compared: tuple[tuple[UUID, bytes, bytes], ...]


def own_keys(actor: Actor) -> OwnKeys:
    """Return the wraps of the actor's own secret, and the comparisons the actor signed; the event is written first."""
    with transaction.atomic():
        rows = list(Unlocker.objects.filter(account_id=actor.account).order_by("made", "id"))
        key = actor.keys.key(actor.account, Use.ACCOUNT)
        ways = tuple(
            (row.id, row.kind, row.made, open_sealed(row.wrapped, with_=key, bound_to=place(actor, actor.account, "unlocker.wrapped", row.id))) for row in rows
        )
        compared = Compared.objects.filter(by_id=actor.account).values_list("whom_id", "fingerprint", "signature")
        name = Account.objects.values_list("user_name", flat=True).get(id=actor.account)
        trail.write(actor.practice, actor.account, "keys.fetch", at=actor.now, ways=len(ways))
    signed = tuple((whom, bytes(print_), bytes(signature)) for whom, print_, signature in compared)
    return OwnKeys(actor.account, name, public_keys(actor, [actor.account]).get(actor.account), ways, signed)


def public_keys(actor: Actor, accounts: Iterable[UUID] | None = None) -> dict[UUID, tuple[bytes, bytes]]:
    """Return the public keys of the practice's staff, or of those given."""
    rows = AuthorKey.objects.filter(practice_id=actor.practice_row)
    if accounts is not None:
        rows = rows.filter(account_id__in=list(accounts))
    return {account: (bytes(agree), bytes(verify)) for account, agree, verify in rows.values_list("account_id", "agree", "verify")}


def names(actor: Actor) -> dict[UUID, str]:
    """Return what the practice's staff are called."""
    return {one.id: one.name for one in staff(actor)}


def ticket(digest: str) -> tuple[str, UUID, UUID | None] | None:
    """Return a ticket's session, account and record, or None. For the middleware alone: it asks nobody."""
    return Ticket.objects.filter(digest=digest).values_list("session", "account_id", "record").first()


def digest_of(ticket: str) -> str:
    """Return the hash under which a ticket is kept."""
    return sha256(ticket.encode()).hexdigest()


# --- the custodians' way ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """One pair of custodians, and how far they have come. `mine` is author, first, second or empty."""

    custody: UUID
    author: UUID
    author_name: str
    first: UUID
    first_name: str
    second: UUID
    second_name: str
    mine: str
    absence: UUID | None = None
    why: str = ""
    opening: UUID | None = None
    asked: datetime | None = None
    first_at: datetime | None = None
    second_at: datetime | None = None
    now: datetime | None = None

    @property
    def opens(self) -> datetime | None:
        """When the 72 hours are over."""
        return self.asked + NOTICE if self.asked else None

    @property
    def over(self) -> bool:
        """Whether they are over."""
        return self.opens is not None and self.now is not None and self.now >= self.opens


def custody(actor: Actor) -> list[Step]:
    """Return the pairs the actor has to do with: named by the actor, naming the actor, or all of them for whoever records absences."""
    everything = may_record(actor)
    called, found = names(actor), []
    for row in Custody.objects.filter(practice_id=actor.practice_row, ended=None).order_by("named"):
        mine = {row.author_id: "author", row.first_id: "first", row.second_id: "second"}.get(actor.account, "")
        absence = Absence.objects.filter(account_id=row.author_id, lifted=None).first()
        if not mine and not everything:
            continue
        opening = Opening.objects.filter(custody=row, stopped=None).first()
        step = Step(
            row.id, row.author_id, called.get(row.author_id, ""), row.first_id, called.get(row.first_id, ""), row.second_id, called.get(row.second_id, ""),
            mine, absence.id if absence else None, absence.get_why_display() if absence else "", now=actor.now,
        )  # fmt: skip
        if opening:
            step = replace(step, opening=opening.id, asked=opening.asked, first_at=opening.first_at, second_at=opening.second_at)
        found.append(step)
    return found


def may_record(actor: Actor) -> bool:
    """Tell whether the actor may record a colleague's death or incapacity."""
    return matrix.may(actor.roles, "record", "absence", [matrix.AT_PRACTICE])


def absence_of(actor: Actor) -> bool:
    """Tell whether somebody recorded that the actor has died or cannot act."""
    return Absence.objects.filter(account_id=actor.account, lifted=None).exists()


def require_named(actor: Actor, opening: UUID, part: str) -> Opening:
    """Return an opening whose `part` (first or second) the actor is, once its notice is over. Raises NotThere and TooEarly."""
    row = Opening.objects.select_related("custody", "absence").filter(id=opening, practice_id=actor.practice_row, stopped=None).first()
    if row is None or getattr(row.custody, f"{part}_id") != actor.account or row.custody.ended or row.absence.lifted:
        raise NotThere(f"opening {opening}")
    if not matrix.may(actor.roles, "open", "custody", [matrix.NAMED]):
        raise NotThere(f"opening {opening}")
    if actor.now < row.asked + NOTICE:
        raise TooEarly(f"the 72 hours of notice end {row.asked + NOTICE:%B %d at %H:%M} UTC; nothing was opened; come back then")
    return row


class TooEarly(PermissionError):
    """The notice is not over yet."""


def outer(actor: Actor, opening: UUID) -> bytes:
    """Return what the first custodian opens; the event is written first. Raises NotThere and TooEarly."""
    with transaction.atomic():
        row = require_named(actor, opening, "first").custody
        found = open_sealed(row.wrapped, with_=actor.keys.key(row.author_id, Use.ACCOUNT), bound_to=place(actor, row.author_id, "custody.wrapped", row.id))
        trail.write(actor.practice, actor.account, "custody.outer", at=actor.now, about=about_author(actor, row.author_id), opening=str(opening))
    return found


def custody_bytes(actor: Actor, opening: UUID) -> bytes:
    """Return the pair's whole wrap, whose head and signature the second checks. Raises NotThere and TooEarly."""
    row = require_named(actor, opening, "second").custody
    return open_sealed(row.wrapped, with_=actor.keys.key(row.author_id, Use.ACCOUNT), bound_to=place(actor, row.author_id, "custody.wrapped", row.id))


@dataclass(frozen=True)
class Entrusted:
    """One record's sealed notes of an author who is gone, for the second custodian."""

    record: UUID
    called: str
    note_key: bytes
    notes: tuple[Listed, ...]


def entrusted(actor: Actor, opening: UUID) -> list[Entrusted]:
    """Return the records on which the author left sealed notes; the event is written first. Raises NotThere and TooEarly."""
    with transaction.atomic():
        row = _second(actor, opening)
        keys = record_keys(actor, row.custody.author_id)
        called = {one.id: one.called for one in opened(actor, dict.fromkeys(keys, frozenset()))}
        found = []
        for one in NoteKey.objects.filter(author_id=row.custody.author_id, record_id__in=list(keys)):
            rows = SealedNote.objects.filter(author_id=row.custody.author_id, record_id=one.record_id).order_by("-at")
            notes = tuple(Listed(two.id, two.at, two.version, two.draft, two.handed is not None) for two in rows)
            wrapped = open_sealed(one.wrapped, with_=keys[one.record_id], bound_to=place(actor, one.record_id, "note_key.wrapped", one.id))
            found.append(Entrusted(one.record_id, called[one.record_id], wrapped, notes))
        about = [(key, record) for record, key in keys.items()]
        trail.write(actor.practice, actor.account, "custody.list", at=actor.now, about=about, opening=str(opening))
    return found


def entrusted_note(actor: Actor, opening: UUID, id: UUID) -> tuple[UUID, int, bytes]:
    """Return an entrusted note's record, version and bytes; the event is written first. Raises NotThere and TooEarly."""
    with transaction.atomic():
        author = _second(actor, opening).custody.author_id
        row = SealedNote.objects.filter(practice_id=actor.practice_row, author_id=author, id=id).first()
        if row is None:
            raise NotThere(f"sealed note {id}")
        key = actor.keys.key(row.record_id, Use.RECORD)
        found = _body(actor, row, key)
        trail.write(actor.practice, actor.account, "custody.read", at=actor.now, about=[(key, row.record_id)], row=(key, row.id), opening=str(opening))
    return row.record_id, row.version, found


def _second(actor: Actor, opening: UUID) -> Opening:
    row = require_named(actor, opening, "second")
    if row.second_at is None:
        raise NotThere(f"opening {opening}")
    return row


def record_keys(actor: Actor, author: UUID) -> Mapping[UUID, Key]:
    """Return the keys of the records on which somebody wrote sealed notes and which were not shredded."""
    written = NoteKey.objects.filter(practice_id=actor.practice_row, author_id=author, record__shredded=None).values_list("record_id", flat=True)
    return actor.keys.keys(list(written), Use.RECORD)


def about_author(actor: Actor, author: UUID) -> list[tuple[Key, UUID]]:
    """Return the records on which somebody wrote sealed notes, as an event names them."""
    return [(key, record) for record, key in record_keys(actor, author).items()]


def left_behind(sender: object, *, actor: Actor, account: UUID, **_: object) -> list[str]:
    """Return, as sentences for the page of somebody who leaves, which sealed notes nobody else could ever open."""
    notes = SealedNote.objects.filter(practice_id=actor.practice_row, author_id=account, record__shredded=None).count()
    if not notes or Custody.objects.filter(author_id=account, ended=None).exists():
        return []
    many = "One sealed note of theirs opens" if notes == 1 else f"{notes} sealed notes of theirs open"
    return [
        f"{many} to nobody else, and two people were never named to open them. Before the account ends, they name two under My keys, or hand what "
        "the chart needs to the record. After that the notes stay closed to everyone, and are shredded with their records."
    ]
