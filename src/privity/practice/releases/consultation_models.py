"""Consultations: a case told to a colleague without saying whose, and what the colleague said."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"


class Consultation(models.Model):
    """A case as a colleague got it. INVARIANT: `body` never changes; another text is another consultation."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")  # who judged that nobody can tell who it is
    made = Moment()
    decision = models.UUIDField()  # the frozen decision: what the law said, and on whose word
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "by": clear(ID), "made": clear("when it was made"), "decision": clear(ID),
        "body": sealed("the case, what was taken out, what may still tell, who was asked", "record"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record", "made"], name="consultation_order")]

    def __str__(self) -> str:
        return f"consultation {self.id}"


class ConsultationReply(models.Model):
    """What a colleague said, and when."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made = Moment()
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "consultation": clear(ID), "by": clear("who wrote it down"),
        "made": clear("when it was written down"),
        "body": sealed("who said what, and when", "record"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["consultation", "made"], name="consultation_reply_order")]

    def __str__(self) -> str:
        return f"reply {self.id}"
