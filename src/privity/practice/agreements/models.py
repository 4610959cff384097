"""Authorizations, as the signed paper has them."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

from .paper_models import Paper, PaperVersion, Signature, Talk  # noqa: F401

ID = "an id, random, says nothing"


class Authorization(models.Model):
    """A signed authorization to tell. INVARIANT: `terms` never change; what was wrong is recorded anew, and this one taken back."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")  # who read the paper and ticked what it has
    recorded = Moment()
    terms = models.BinaryField()
    ends = models.DateField(null=True)  # the last day it is good; none where an event ends it
    ended = models.DateField(null=True)  # the day its event came
    revoked = Moment(null=True)
    how_revoked = models.BinaryField(default=b"")

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "by": clear(ID), "recorded": clear("when it was written down"),
        "terms": sealed("who may get what, and why", "accounting"), "ends": clear("warnings are found by it; says nothing of what"),
        "ended": clear("the day an event came; which one is sealed"), "revoked": clear("from this moment nothing may leave under it"),
        "how_revoked": sealed("free text", "accounting"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "ends"], name="authorization_ends")]

    def __str__(self) -> str:
        return f"authorization {self.id}"
