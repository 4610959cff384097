"""Links that open one thing to somebody without an account: to sign a paper. What was released has links of its own (`releases.links`)."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.vault.columns import Column, blind, clear

ID = "an id, random, says nothing"


class Link(models.Model):
    """A link with an end. Its address and the code told by another way are kept as hashes alone; no code where it was handed over in person."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey("people.Practice", models.PROTECT, related_name="+")
    record = models.ForeignKey("people.Record", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    thing = models.UUIDField()
    who = models.UUIDField(null=True)
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    token_mark = models.BinaryField(max_length=32)
    code_mark = models.BinaryField(max_length=32, default=b"")
    made = Moment()
    ends = Moment()
    tries = models.IntegerField(default=0)
    opens = models.IntegerField(default=0)
    opened = Moment(null=True)
    ended = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear("whose row it is"), "record": clear(ID), "kind": clear("what sort of thing it opens"), "thing": clear(ID),
        "who": clear("for whom it is: a person's id"), "by": clear(ID), "token_mark": blind("a hash of the random part of its address"),
        "code_mark": blind("a keyed hash of the code, under the record's key"), "made": clear("when it was made"), "ends": clear("until when it opens"),
        "tries": clear("how often a wrong code was typed"), "opens": clear("how often it was opened"), "opened": clear("when last"),
        "ended": clear("since when it opens no more"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_mark"], name="one_link_each")]
        indexes = [models.Index(fields=["practice", "kind", "thing"], name="link_thing")]

    def __str__(self) -> str:
        return f"link {self.id}"
