"""The rows of the key store."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from privity.vault.columns import Column, clear, sealed

from .fields import Moment

ID = "an id, random, says nothing"


class WrappedKey(models.Model):
    """A key wrapped under a practice key, or a practice key wrapped under the root key."""

    id = models.CharField(primary_key=True, max_length=64)
    practice = models.CharField(max_length=64)
    record = models.CharField(max_length=64)
    use = models.CharField(max_length=20)
    parent = models.BinaryField(max_length=16)
    child = models.BinaryField(max_length=16)
    wrapped = models.BinaryField()
    made = models.BigIntegerField(default=0)  # order of practice keys, oldest first; 0 for all others

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(ID), "record": clear("whose key it is: a random id"), "use": clear("which of a record's keys it is"),
        "parent": clear("the id of the key above; follows from the wrapped bytes"), "child": clear("the id of the key within; follows from the wrapped bytes"),
        "wrapped": clear("opens only with the key above"), "made": clear("the order of the practice's keys"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "record", "use", "child"], name="one_wrap_per_key")]
        indexes = [models.Index(fields=["practice", "parent"], name="wrap_parent"), models.Index(fields=["practice", "record"], name="wrap_record")]

    def __str__(self) -> str:
        return f"key {self.use} of {self.record}"


class Replacement(models.Model):
    """The note that a practice key is being replaced."""

    practice = models.CharField(primary_key=True, max_length=64)
    old = models.BinaryField(max_length=16)
    new = models.BinaryField(max_length=16)
    shreds = models.JSONField(default=list)

    lies: ClassVar[dict[str, Column]] = {
        "practice": clear(ID), "old": clear("the id of a key"), "new": clear("the id of a key"), "shreds": clear("ids of the shreds it completes"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"replacement of practice {self.practice}'s key"


class Shredded(models.Model):
    """A record's keys destroyed; with the days of the certificate once it is complete."""

    id = models.CharField(primary_key=True, max_length=64)
    practice = models.CharField(max_length=64)
    record = models.BinaryField(max_length=32)
    uses = models.JSONField()
    requested = Moment()
    removed = Moment()
    certificate = models.TextField(default="")

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(ID), "record": clear("a commitment to the record's id, opened only by the paper given out"),
        "uses": clear("which of the record's keys went"), "requested": clear("the day it was asked"), "removed": clear("the moment the keys went"),
        "certificate": clear("ids and days, signed"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"shred {self.id}"


class LegalHold(models.Model):
    """A reason in law to keep a record: while it stands, no key of the record is destroyed."""

    id = models.CharField(primary_key=True, max_length=64)
    practice = models.CharField(max_length=64)
    record = models.CharField(max_length=64)
    placed = Moment()
    by = models.CharField(max_length=64)
    reason = models.BinaryField(default=b"")
    lifted = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(ID), "record": clear("which record must be kept"), "placed": clear("when the hold began"),
        "by": clear("who placed it"), "reason": sealed("it tells of a case at law", "record"), "lifted": clear("when the hold ended"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "record"], name="hold_record")]

    def __str__(self) -> str:
        return f"hold {self.id}"
