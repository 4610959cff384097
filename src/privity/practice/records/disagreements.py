"""What a client disputes in the record: request, refusal, statement and reply, linked to the entry and sent along with it (45 CFR 164.526(d)(4)-(5))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account, Practice, Record
from privity.vault import Binding, Use, open_text, seal
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"


class Disagreement(models.Model):
    """One paper of a dispute about an entry, or about the whole record where no entry is named. INVARIANT: never changed."""

    class Kind(models.TextChoices):
        """Which paper it is."""

        REQUEST = "request", "What was asked"
        REFUSAL = "refusal", "Why it was refused"
        STATEMENT = "statement", "The client’s statement"
        REPLY = "reply", "The practice’s reply"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    entry = models.ForeignKey("records.Entry", models.PROTECT, null=True, related_name="+")
    person = models.UUIDField(null=True)  # who of the record disputes it
    request = models.UUIDField()  # the papers of one dispute have one
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written = Moment()
    along = Moment(null=True)  # since when the dispute goes along with what is released; on the request's row alone
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "entry": clear("which entry it is about"),
        "request": clear(ID), "person": clear(ID),
        "kind": clear("which paper of the dispute"), "by": clear(ID), "written": clear("when it was linked"),
        "along": clear("since when it goes along with what is released"), "body": sealed("what is disputed", "record"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "kind"], name="one_paper_of_each_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of dispute {self.request}"


@dataclass(frozen=True)
class Dispute:
    """The papers of one dispute, opened, in words by kind. Where `travels`, they go along with every release of what they dispute."""

    request: UUID
    entry: UUID | None  # None: the record as a whole
    on: datetime
    travels: bool
    person: UUID | None  # None: nobody of the record, or not known
    papers: dict[str, str] = field(default_factory=dict)


def for_gates(actor: Actor, record: UUID) -> tuple[Dispute, ...]:
    """Return a record's disputes, the oldest first. For gates alone: it asks nobody and writes no event."""
    rows = list(Disagreement.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("written", "id"))
    if not rows:
        return ()
    key = actor.keys.key(record, Use.RECORD)
    found: dict[UUID, Dispute] = {}
    for row in rows:
        text = open_text(row.body, with_=key, bound_to=_place(actor, record, row.id))
        there = found.get(row.request) or Dispute(row.request, row.entry_id, row.written, False, row.person)
        travels = there.travels or row.along is not None or row.kind == Disagreement.Kind.STATEMENT  # a statement always goes along: (d)(5)(i)
        found[row.request] = Dispute(row.request, there.entry, there.on, travels, there.person, {**there.papers, row.kind: text})
    return tuple(found.values())


def link(actor: Actor, record: UUID, request: UUID, entry: UUID | None, papers: dict[str, str], *, person: UUID | None = None) -> None:
    """Link papers of a dispute to an entry. For verbs of the rooms above alone: within the caller's transaction, whose event tells of it."""
    key = actor.keys.key(record, Use.RECORD)
    for kind, text in papers.items():
        id = uuid4()
        body = seal(text, with_=key, bound_to=_place(actor, record, id))
        Disagreement.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, entry_id=entry, request=request, person=person, kind=Disagreement.Kind(kind),
            by_id=actor.account,
            written=actor.now, body=body,
        )  # fmt: skip


def send_along(actor: Actor, record: UUID, request: UUID) -> None:
    """Let request and refusal go along with what they dispute, though no statement came (164.526(d)(5)(ii)). Within the caller's transaction."""
    rows = Disagreement.objects.filter(record_id=record, request=request, kind=Disagreement.Kind.REQUEST, practice_id=actor.practice_row)
    rows.filter(along=None).update(along=actor.now)


def _place(actor: Actor, record: UUID, id: UUID) -> Binding:
    return Binding(str(actor.practice), str(record), "disagreement.body", str(id))
