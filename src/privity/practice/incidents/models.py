"""Requests of clients: what was asked, each step taken, and the letters that went out. All of it outlives the record's shred (45 CFR 164.530(j))."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"
PRACTICE = "whose row it is"


class ClientRequest(models.Model):
    """What somebody asked for under a client's rights. INVARIANT: `body` never changes; what happens to it are steps."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")  # who wrote it down
    written = Moment()
    kind = models.CharField(max_length=12)
    received = models.DateField()
    body = models.BinaryField()
    ended = models.DateField(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "by": clear(ID), "written": clear("when it was written down"),
        "kind": clear("which right; its clock hangs on it"), "received": clear("its clock begins that day"),
        "body": sealed("who asked for what", "accounting"), "ended": clear("since when no clock runs; how it ended is sealed"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "ended", "received"], name="request_open")]

    def __str__(self) -> str:
        return f"request {self.id}"


class RequestStep(models.Model):
    """One thing done about a request. INVARIANT: never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    request = models.ForeignKey(ClientRequest, models.PROTECT, related_name="+")
    number = models.IntegerField()  # two at once cannot both be the next
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = Moment()
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "request": clear(ID), "number": clear("the order of the steps"), "by": clear(ID),
        "at": clear("when it was done"), "body": sealed("what was answered", "accounting"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="request_step_once")]

    def __str__(self) -> str:
        return f"step {self.number} of request {self.request_id}"


class RequestLetter(models.Model):
    """A letter about a request, byte for byte as it was made. INVARIANT: never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    request = models.ForeignKey(ClientRequest, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made = Moment()
    language = models.CharField(max_length=2)
    about = models.BinaryField()  # which letter it is
    body = models.BinaryField()  # the PDF

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "request": clear(ID), "by": clear(ID), "made": clear("the day it was made"),
        "language": clear("English or Spanish"), "about": sealed("which letter it is tells the answer", "accounting"),
        "body": sealed("the letter", "accounting"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"letter {self.id}"
