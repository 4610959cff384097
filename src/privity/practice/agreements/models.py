"""Authorizations, as the signed paper has them; the papers themselves; and restrictions."""

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
    """A signed authorization to tell. INVARIANT: `terms` never change; what was wrong is recorded anew, and this one taken back.

    Save one word, of a paper that was brought in under another name than the client's: that somebody here has looked whose it is.
    """

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
    by_word = models.BooleanField(default=False)  # taken back by word: 164.508(b)(5) asks for writing, and it counts all the same
    with_treatment = models.BooleanField(default=False)  # it ends on the day treatment ends

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "by": clear(ID), "recorded": clear("when it was written down"),
        "terms": sealed("who may get what, and why", "accounting"), "ends": clear("warnings are found by it; says nothing of what"),
        "ended": clear("the day an event came; which one is sealed"), "revoked": clear("from this moment nothing may leave under it"),
        "how_revoked": sealed("free text", "accounting"), "by_word": clear("whether it was taken back by word or in writing"),
        "with_treatment": clear("whether it ends when treatment ends; says nothing of what"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "ends"], name="authorization_ends")]

    def __str__(self) -> str:
        return f"authorization {self.id}"


class Scan(models.Model):
    """The paper itself: a picture or a PDF, sealed whole. INVARIANT: never changed. One that nobody has read yet belongs to nothing, else to one thing."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    authorization = models.ForeignKey(Authorization, models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")  # an agreement signed outside Privity
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    added = Moment()
    about = models.BinaryField()  # its ending, its size and how many pages: sealed JSON
    body = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "authorization": clear(ID), "paper": clear(ID), "by": clear(ID),
        "added": clear("when it came in"), "about": sealed("what sort of file it is", "accounting"), "body": sealed("the paper", "accounting"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record", "authorization"], name="scan_of")]

    def __str__(self) -> str:
        return f"scan {self.id}"


class Restriction(models.Model):
    """What the practice agreed not to tell, or must not tell because the client paid in full. INVARIANT: `terms` never change."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    recorded = Moment()
    terms = models.BinaryField()  # what, to whom, whether it was paid in full, for which visits, and a note: sealed JSON
    began = models.DateField()
    ended = models.DateField(null=True)
    ending = models.BinaryField(default=b"")  # how it ended, and whether it holds on for what is older: sealed JSON

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "by": clear(ID), "recorded": clear("when it was written down"),
        "terms": sealed("what a client wants nobody told", "accounting"), "began": clear("its first day"), "ended": clear("its last day"),
        "ending": sealed("how it ended", "accounting"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record"], name="restriction_of")]

    def __str__(self) -> str:
        return f"restriction {self.id}"
