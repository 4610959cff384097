"""What is written about clients: each part sealed under its record's key, and with its class of information in the law's own words."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Person, Practice, Record
from privity.vault.columns import Column, clear, sealed

from .disagreements import Disagreement  # noqa: F401
from .sealed_models import Absence, AuthorKey, Compared, Custody, NoteKey, Opening, SealedNote, Ticket, Unlocker  # noqa: F401

ID = "an id, random, says nothing"
PRACTICE = "whose row it is"


class Entry(models.Model):
    """An entry of the chart: a session, a note, a document, or an amendment of one. INVARIANT: once signed, neither it nor its parts change."""

    class Kind(models.TextChoices):
        """What sort of entry it is."""

        SESSION = "session", "Session"
        NOTE = "note", "Note"
        DOCUMENT = "document", "Document"
        AMENDMENT = "amendment", "Amendment"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    began = Moment()
    ended = Moment(null=True)
    modality = models.CharField(max_length=10, default="")
    signed = Moment()
    amends = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # in a group: the member it is on

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "kind": clear("what sort of entry"), "author": clear(ID),
        "began": clear("start of the session"),
        "ended": clear("stop of the session"), "modality": clear("how it was held"), "signed": clear("when it was signed; nothing changes after"),
        "amends": clear("which entry it corrects"), "person": clear("which member of a group it is on: an id"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record", "began"], name="entry_order")]

    def __str__(self) -> str:
        return f"entry {self.id}"


class Part(models.Model):
    """A part of an entry, of one class of information, so that a decision's parts select exactly it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    klass = models.CharField(max_length=40)
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "entry": clear(ID), "record": clear(ID),
        "klass": clear("the class of information; a decision selects by it"),
        "body": sealed("what was written", "record"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "klass"], name="one_part_per_class")]

    def __str__(self) -> str:
        return f"part {self.id}"


class Document(models.Model):
    """A file in the chart, sealed whole. INVARIANT: never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    klass = models.CharField(max_length=40)
    about = models.BinaryField()  # its title, ending and size: sealed JSON
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "entry": clear(ID), "record": clear(ID),
        "klass": clear("the class of information; a decision selects by it"),
        "about": sealed("a title can tell anything", "record"), "body": sealed("the file", "record"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"document {self.id}"


class Draft(models.Model):
    """What somebody is writing and has not signed: kept sealed, seen by its writer alone."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    body = models.BinaryField()  # the form's fields as JSON
    version = models.IntegerField(default=1)
    saved = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "author": clear(ID), "kind": clear("what sort of entry it will be"),
        "body": sealed("what is being written", "record"), "version": clear("part of the seal's place"), "saved": clear("when it was last saved"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "author", "kind"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"draft {self.id}"
