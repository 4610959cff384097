"""What the browser sealed, as the server keeps it: bytes that it cannot open, most of them sealed once more under the record's or the account's key."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

ID = "an id, random, says nothing"
PRACTICE = "whose row it is"


class AuthorKey(models.Model):
    """Somebody's public keys. INVARIANT: never changed; the private ones exist only in the person's browser, and wrapped."""

    account = models.OneToOneField(Account, models.PROTECT, primary_key=True, related_name="+")
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    agree = models.BinaryField(max_length=32)  # X25519
    verify = models.BinaryField(max_length=32)  # Ed25519
    made = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "account": clear(ID), "practice": clear(PRACTICE), "agree": clear("a public key"), "verify": clear("a public key"), "made": clear("when it was made"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"public keys of {self.account_id}"


class Unlocker(models.Model):
    """One way in to somebody's secret: wrapped by a recovery code or a passkey, and sealed once more under the account's key."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)  # code, passkey
    wrapped = models.BinaryField()
    made = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear(ID), "kind": clear("a code or a passkey"),
        "wrapped": sealed("opens only with the person's code or passkey within", "account"), "made": clear("when it was made"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"unlocker {self.id}"


class NoteKey(models.Model):
    """The key of one author's sealed notes on one record, sealed to the author in the browser, and under the record's key here."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    wrapped = models.BinaryField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "author": clear(ID), "wrapped": sealed("opens only for its author within", "record"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "author"], name="one_note_key")]

    def __str__(self) -> str:
        return f"note key {self.id}"


class SealedNote(models.Model):
    """A psychotherapy note (45 CFR 164.501) as its author's browser sealed it, or the draft of one. INVARIANT: a note, once sealed, never changes."""

    id = models.UUIDField(primary_key=True)  # chosen by the browser: the seal within is bound to it
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    version = models.IntegerField()  # 1 for a note; a draft counts from 2
    draft = models.BooleanField()
    at = Moment()
    body = models.BinaryField()
    handed = models.UUIDField(null=True)  # the chart's entry that its author made of it

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "author": clear(ID), "version": clear("part of the seal's place"),
        "draft": clear("whether it is finished"), "at": clear("when it was sealed"), "body": sealed("opens only for its author within", "record"),
        "handed": clear("the entry its author made of it"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "author"], condition=models.Q(draft=True), name="one_sealed_draft")]
        indexes = [models.Index(fields=["record", "author", "at"], name="sealed_order")]

    def __str__(self) -> str:
        return f"sealed note {self.id}"


class Compared(models.Model):
    """That one person compared another's keys by six words: signed by the one who did, so that it can be believed in another browser."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    whom = models.ForeignKey(Account, models.PROTECT, related_name="+")
    fingerprint = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    at = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "by": clear(ID), "whom": clear(ID), "fingerprint": clear("of public keys"),
        "signature": clear("made to be checked"), "at": clear("when it was compared"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "whom"], name="compared_once")]

    def __str__(self) -> str:
        return f"comparison {self.id}"


class Custody(models.Model):
    """Two colleagues an author named: together they can open the author's sealed notes, the first the outer layer, the second the inner one."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    author = models.ForeignKey(Account, models.PROTECT, related_name="+")
    first = models.ForeignKey(Account, models.PROTECT, related_name="+")
    second = models.ForeignKey(Account, models.PROTECT, related_name="+")
    wrapped = models.BinaryField()
    named = Moment()
    ended = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "author": clear(ID), "first": clear(ID), "second": clear(ID),
        "wrapped": sealed("opens only for both custodians within", "account"), "named": clear("when they were named"),
        "ended": clear("when the author took it back"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"custody {self.id}"


class Absence(models.Model):
    """A death or incapacity of an author, as somebody recorded it on a paper shown; lifted when the author says otherwise."""

    class Why(models.TextChoices):
        """What happened."""

        DEATH = "death", "Has died"
        INCAPACITY = "incapacity", "Cannot act any more"

    class Paper(models.TextChoices):
        """What was shown."""

        CERTIFICATE = "certificate", "A death certificate"
        COURT = "court", "A court's paper"
        PHYSICIAN = "physician", "A physician's letter"
        FAMILY = "family", "The family's word"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why.choices)
    paper = models.CharField(max_length=12, choices=Paper.choices)
    at = Moment()
    by = models.UUIDField()
    lifted = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear(ID), "why": clear("about a member of staff; starts the custodians' clock"),
        "paper": clear("what kind of paper was shown"), "at": clear("when it was recorded"), "by": clear("who recorded it: an account's id"),
        "lifted": clear("when the author said otherwise"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"absence {self.id}"


class Opening(models.Model):
    """The custodians' way, step by step: asked for, 72 hours of notice, the first's layer, the second's."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    custody = models.ForeignKey(Custody, models.PROTECT, related_name="+")
    absence = models.ForeignKey(Absence, models.PROTECT, related_name="+")
    asked = Moment()
    by = models.UUIDField()
    inner = models.BinaryField(null=True)
    first_at = Moment(null=True)
    second_at = Moment(null=True)
    stopped = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "custody": clear(ID), "absence": clear(ID), "asked": clear("starts the 72 hours"),
        "by": clear("who asked: an account's id"), "inner": sealed("opens only for the second custodian within", "account"),
        "first_at": clear("when the first opened their layer"), "second_at": clear("when the second opened theirs"), "stopped": clear("when it was stopped"),
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["custody"], condition=models.Q(stopped=None), name="one_opening_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"opening {self.id}"


class Ticket(models.Model):
    """The way in for the keys' origin, which has no cookie: stands for one session, for its sealed notes alone, and ends with it."""

    digest = models.CharField(primary_key=True, max_length=64)  # SHA-256; the ticket itself is kept nowhere
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    record = models.UUIDField(null=True)  # the one record it opens; none for one's own keys and custody
    session = models.CharField(max_length=40)
    made = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "digest": clear("a hash; the ticket is not kept"), "practice": clear(PRACTICE), "account": clear(ID), "record": clear(ID),
        "session": clear("which session it stands for; the sessions' table holds the same"), "made": clear("when it was made"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"ticket of {self.made}"
