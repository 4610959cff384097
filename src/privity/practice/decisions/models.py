"""Decisions, frozen: what was asked, what was known and from where, and what the law said."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"


class FrozenDecision(models.Model):
    """A decision as it was made. INVARIANT: `body` never changes; a new answer is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made = Moment()
    book = models.CharField(max_length=64)
    body = models.BinaryField()  # the question, the facts with their sources, the answer with its core: sealed JSON
    reopened = Moment(null=True)  # a fact it rests on changed, or the book would answer otherwise

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "by": clear(ID), "made": clear("when it was made"),
        "book": clear("the hash of the law it was read from; says nothing of the client"),
        "body": sealed("what was asked about a client, and what is known", "accounting"), "reopened": clear("since when it no longer stands"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record", "made"], name="decision_order")]

    def __str__(self) -> str:
        return f"decision {self.id}"


class CallMessage(models.Model):
    """A message that was taken on the phone for a colleague. INVARIANT: it names no record; it is gone once it was seen to."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    whose = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made = Moment()
    body = models.BinaryField()  # who called, from which number, what they said: sealed JSON

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "whose": clear("for which colleague it was taken"), "by": clear("who took it"),
        "made": clear("when it was taken"), "body": sealed("a caller's words may tell of a client", "account"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["whose", "made"], name="call_message_of")]

    def __str__(self) -> str:
        return f"message {self.id}"
