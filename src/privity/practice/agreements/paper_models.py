"""Papers: a practice's own wordings, what was offered in a record, who signed it, and the talk beside it."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"
PRACTICE = "whose row it is"


class PaperVersion(models.Model):
    """A practice's own wording of a paper. INVARIANT: never changed; another wording is another version, and this one stays."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    paper = models.CharField(max_length=40)
    number = models.IntegerField()
    made = Moment()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    body = models.TextField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(PRACTICE), "paper": clear("which paper it is a wording of"), "number": clear("which version"),
        "made": clear("when it was written"), "by": clear(ID), "body": clear("the practice's own words to every client; nobody is named in them"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "paper", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"version {self.number} of {self.paper}"


EVERYBODY = ("informed_consent", "privacy_notice")  # kinds that stand in clear, since every client signs them


class Paper(models.Model):
    """A paper of a record, laid out here, or on file from outside. INVARIANT: `body` never changes: the exact words that were laid out, or what was entered."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    offered = Moment()
    kind = models.CharField(max_length=20, default="")  # of the papers everybody signs, which one; of all others nothing
    body = models.BinaryField()
    whole = Moment(null=True)  # since when all who must sign have signed; of a paper from outside, the last day on it
    withdrawn = Moment(null=True)
    authorization = models.UUIDField(null=True)  # the row it became

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "by": clear(ID), "offered": clear("when it was laid out, or put on file"),
        "kind": clear("consent or privacy notice, which every client signs; empty for all others"),
        "body": sealed("what was on the screen and who must sign; or what a paper from outside is, who signed it and when", "accounting"),
        "whole": clear("since when all have signed"), "withdrawn": clear("since when nobody can sign it and it counts for nothing"),
        "authorization": clear(ID),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record", "offered"], name="paper_order")]

    def __str__(self) -> str:
        return f"paper {self.id}"


class Signature(models.Model):
    """One person's signature under a paper, with its evidence. INVARIANT: never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    person = models.UUIDField()
    at = Moment()
    evidence = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "paper": clear(ID), "person": clear(ID), "at": clear("when it was signed"),
        "evidence": sealed("name, mark, words shown by their hash, answers, device", "accounting"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "person"], name="one_signature_each")]

    def __str__(self) -> str:
        return f"signature {self.id}"


class Talk(models.Model):
    """The talk about a paper, as the clinician wrote it down. It is part of the record and goes with its key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = Moment()
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "paper": clear(ID), "by": clear(ID), "at": clear("when it was written down"),
        "body": sealed("what was explained, asked and said", "record"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"talk {self.id}"
