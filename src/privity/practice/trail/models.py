"""The log's rows: the entry's exact bytes with its hashes, and beside them what a page sorts and filters by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from privity.practice.keys.fields import Moment
from privity.vault.columns import Column, clear

ID = "an id, random, says nothing"


class Event(models.Model):
    """One entry of a practice's log. INVARIANT: never changed or deleted; `line` is what the hashes are over."""

    practice = models.UUIDField()
    n = models.BigIntegerField()
    at = Moment()
    actor = models.UUIDField()
    act = models.CharField(max_length=40)
    line = models.BinaryField()
    hashes = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(ID), "n": clear("the entry's place"), "at": clear("when it happened; for the page to sort by"),
        "actor": clear("who did it: an account's id"), "act": clear("what was done, in the log's own words"),
        "line": clear("the entry: ids, numbers, commitments; no clinical word"), "hashes": clear("hashes of the tree"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "n"], name="one_entry_per_place")]
        indexes = [
            # Each holds all that a page shows: no query of the trail ever reads the wide rows themselves.
            models.Index(fields=["practice", "n", "at", "actor", "act"], name="event_n"),
            models.Index(fields=["practice", "actor", "n", "at", "act"], name="event_actor"),
            models.Index(fields=["practice", "act", "n", "at", "actor"], name="event_act"),
        ]

    def __str__(self) -> str:
        return f"event {self.n}: {self.act}"


class About(models.Model):
    """Which record an event was about, for pages: goes with the record's shred, while the entry's commitment stays."""

    practice = models.UUIDField()
    record = models.UUIDField()
    n = models.BigIntegerField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(ID), "record": clear("a record's random id; deleted with its shred"),
        "n": clear("the entry's place"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "record", "n"], name="about_once")]
        indexes = [models.Index(fields=["practice", "n", "record"], name="about_n")]

    def __str__(self) -> str:
        return f"event {self.n} about {self.record}"


class Head(models.Model):
    """How long a practice's log is. Its row is locked by whoever appends, so that appends never run side by side."""

    practice = models.UUIDField(primary_key=True)
    size = models.BigIntegerField(default=0)

    lies: ClassVar[dict[str, Column]] = {"practice": clear(ID), "size": clear("the number of entries")}

    def __str__(self) -> str:
        return f"log of {self.size} entries"


class SignedCheckpoint(models.Model):
    """A checkpoint of the log as it was signed."""

    practice = models.UUIDField()
    size = models.BigIntegerField()
    at = Moment()
    note = models.TextField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(ID), "size": clear("the number of entries"), "at": clear("when it was signed"),
        "note": clear("root hash and signatures, made to be shown"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "size"], name="checkpoint_size")]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"
