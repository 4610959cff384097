"""The papers themselves: kept sealed under the key that outlives a shred, shown as pictures to whoever ticks what they have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people.access import NotThere, require
from privity.practice.people.actor import Actor
from privity.practice.people.services import make_missing
from privity.practice.records.documents import JPEG, PDF, PNG, CannotKeep, sniffed
from privity.practice.records.uploads import MOST
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, open_sealed, open_text, seal

from . import pictures
from .models import Authorization, Scan

TAKEN = (PDF, PNG, JPEG)
TOO_LARGE = "The file is larger than 10 MB, and nothing of it was kept. Scan it in grey or in fewer pages, then attach it again."
NO_PAPER = "This is no PDF and no picture (PNG or JPEG), and nothing was kept. Scan the paper, or take a picture of it, then attach that."


@dataclass(frozen=True)
class Paper:
    """A paper as its list has it."""

    id: UUID
    ending: str
    size: int
    pages: int
    added: datetime

    @property
    def numbers(self) -> range:
        """The numbers of its pages, from 1."""
        return range(1, self.pages + 1)


class AlreadyRead(ValueError):
    """Somebody wrote down what this paper says: it stays."""


class UnderHold(ValueError):
    """A legal hold stands on the record: nothing of it is thrown away."""


def place_of_scan(actor: Actor, record: UUID, scan: UUID, column: str) -> Binding:
    """Return where a paper, or what sort of file it is, may open."""
    return Binding(str(actor.practice), str(record), f"scan.{column}", str(scan))


# --- the gate ----------------------------------------------------------------------------------------------------


def papers(actor: Actor, record: UUID) -> dict[UUID | None, tuple[Paper, ...]]:
    """Return a record's papers by what they are of, unread ones under None. For gates alone: it asks nobody and writes no event."""
    rows = Scan.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("added", "id")
    found: dict[UUID | None, tuple[Paper, ...]] = {}
    for id, authorization, agreement, about, added in rows.values_list("id", "authorization_id", "paper_id", "about", "added"):
        of = authorization or agreement
        found[of] = (*found.get(of, ()), _paper(actor, record, id, about, added))
    return found


def _paper(actor: Actor, record: UUID, id: UUID, about: bytes | memoryview, added: datetime) -> Paper:
    key = actor.keys.key(record, Use.ACCOUNTING)
    raw = json.loads(open_text(about, with_=key, bound_to=place_of_scan(actor, record, id, "about")))
    return Paper(id, raw["ending"], raw["size"], raw["pages"], added)


def body_for_gates(actor: Actor, record: UUID, scan: UUID) -> tuple[Paper, bytes]:
    """Return a paper with its bytes. For gates alone: it asks nobody and writes no event. Raises NotThere."""
    row = Scan.objects.filter(id=scan, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"scan {scan}")
    body = open_sealed(row.body, with_=actor.keys.key(record, Use.ACCOUNTING), bound_to=place_of_scan(actor, record, scan, "body"))
    return _paper(actor, record, row.id, row.about, row.added), body


def opened(actor: Actor, record: UUID, scan: UUID) -> tuple[Paper, bytes]:
    """Return a paper with its bytes; the event is written first. Raises NotThere, NotAllowed, and what the vault raises."""
    with transaction.atomic():
        require(actor, record, "see", "authorization")
        found = body_for_gates(actor, record, scan)
        _write(actor, record, "scan.open", scan)
    return found


# --- verbs -------------------------------------------------------------------------------------------------------


def add(actor: Actor, record: UUID, content: bytes, authorization: UUID | None = None) -> UUID:
    """Return the id of a paper now kept, of an authorization or not read yet. Raises NotThere, NotAllowed and CannotKeep."""
    require(actor, record, "change", "authorization")
    if len(content) > MOST:
        raise CannotKeep(TOO_LARGE)
    kind = sniffed(content)
    if kind not in TAKEN:
        raise CannotKeep(NO_PAPER)
    count = pictures.pages(content, kind.ending)
    key, id = make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING], uuid4()
    raw = json.dumps({"ending": kind.ending, "size": len(content), "pages": count})
    about = seal(raw, with_=key, bound_to=place_of_scan(actor, record, id, "about"))
    body = seal(content, with_=key, bound_to=place_of_scan(actor, record, id, "body"))
    with transaction.atomic():
        require(actor, record, "change", "authorization")
        if authorization and not Authorization.objects.filter(id=authorization, record_id=record, practice_id=actor.practice_row).exists():
            raise NotThere(f"authorization {authorization}")
        Scan.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, authorization_id=authorization, by_id=actor.account, added=actor.now, about=about,
            body=body,
        )  # fmt: skip
        _write(actor, record, "scan.add", id)
    return id


def belongs(actor: Actor, record: UUID, scan: UUID, *, authorization: UUID | None = None, paper: UUID | None = None) -> None:
    """Note of what an unread paper is. Within the transaction that writes it down. Raises NotThere, and AlreadyRead for one that is of another."""
    if _read(_row(actor, record, scan)):
        raise AlreadyRead("somebody wrote down what this paper says")
    Scan.objects.filter(id=scan).update(authorization_id=authorization, paper_id=paper)


def _read(row: Scan) -> bool:
    return row.authorization_id is not None or row.paper_id is not None


def drop(actor: Actor, record: UUID, scan: UUID) -> None:
    """Throw away a paper that nobody wrote down: it was no authorization, or of somebody else. Raises NotThere, NotAllowed, AlreadyRead and UnderHold."""
    with transaction.atomic():
        require(actor, record, "change", "authorization")
        if actor.keys.store.holds(str(record)):
            raise UnderHold("a legal hold stands on this record")
        if _read(_row(actor, record, scan)):
            raise AlreadyRead("what this paper says was written down")
        Scan.objects.filter(id=scan).delete()
        _write(actor, record, "scan.drop", scan)


def _row(actor: Actor, record: UUID, scan: UUID) -> Scan:
    row = Scan.objects.select_for_update().defer("body").filter(id=scan, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"scan {scan}")
    return row


def _write(actor: Actor, record: UUID, act: str, scan: UUID) -> None:
    key = actor.keys.key(record, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, record)], row=(key, scan))
