"""Visits."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"


class Visit(models.Model):
    """One visit: planned, checked in, over. Why somebody came stands nowhere here."""

    class Modality(models.TextChoices):
        """How the visit is held."""

        OFFICE = "office", "In the office"
        VIDEO = "video", "By video"
        PHONE = "phone", "By telephone"
        UNIT = "unit", "On the unit"
        ELSEWHERE = "elsewhere", "Elsewhere"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    clinician = models.ForeignKey(Account, models.PROTECT, related_name="+")
    starts = Moment()
    ends = Moment()
    modality = models.CharField(max_length=10, choices=Modality.choices)
    room = models.BinaryField(default=b"")  # where they sit
    code = models.BinaryField(default=b"")  # what is billed
    version = models.IntegerField(default=1)
    came = Moment(null=True)
    missed = models.BooleanField(default=False)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "clinician": clear(ID), "starts": clear("the day's list is sorted by it"),
        "ends": clear("how long a visit is planned"), "modality": clear("how it is held; says nothing of why"),
        "room": sealed("free text", "record"), "code": sealed("a code can tell the kind of care", "record"),
        "version": clear("part of the seal's place"), "came": clear("when the client checked in"), "missed": clear("whether the client came"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "starts"], name="visit_day")]

    def __str__(self) -> str:
        return f"visit {self.id}"
