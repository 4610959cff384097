"""Tables of releases: packets being made, what left and how it stands, links, the accounting of disclosures, recipients, the practice's own choices."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models

from privity.practice.decisions.models import FrozenDecision
from privity.practice.keys.fields import Moment
from privity.practice.people.models import Account, Practice, Record
from privity.vault.columns import Column, clear, sealed

from .consultation_models import Consultation, ConsultationReply  # noqa: F401

ID = "an id, random, says nothing"
PRACTICE = "whose row it is"


class Choice(models.Model):
    """What the practice chose about releases. Without a row: nobody looks a second time, and treatment, payment and operations stay off the client's list."""

    practice = models.OneToOneField(Practice, models.PROTECT, related_name="+")
    second_person = models.BooleanField(default=False)
    count_tpo = models.BooleanField(default=False)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(PRACTICE), "second_person": clear("whether two people look at what leaves"),
        "count_tpo": clear("whether the accounting tells treatment, payment and operations too"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"choices of practice {self.practice_id}"


class Recipient(models.Model):
    """Somebody who receives, as the practice checked them: an office, a plan, a person."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    about = models.BinaryField()  # name, fax, address, mail and how they were checked: sealed JSON
    version = models.IntegerField(default=1)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")  # who checked
    checked = Moment()
    ended = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "kind": clear("what sort of office it is; says nothing of a client"),
        "about": sealed("a name beside a packet's time could tell who was told", "releases"), "version": clear("part of the seal's place"),
        "by": clear(ID), "checked": clear("when somebody last checked it"), "ended": clear("since when nothing goes there"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"recipient {self.id}"


class Packet(models.Model):
    """A packet being made from a decision. INVARIANT: each change counts `version` up, so that what one person looked at is what another sends."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", "Draft"
        READY = "ready", "Waits for who treats"
        DROPPED = "dropped", "Thrown away"
        GONE = "gone", "Handed to the outbox"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    decision = models.ForeignKey(FrozenDecision, models.PROTECT, related_name="+")
    number = models.IntegerField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")  # who prepared it
    began = Moment()
    saved = Moment()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    body = models.BinaryField()  # what is chosen, which words are taken out, who receives it: sealed JSON
    version = models.IntegerField(default=1)
    seen_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    seen = Moment(null=True)
    seen_version = models.IntegerField(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "decision": clear(ID), "number": clear("counts the practice's packets"),
        "by": clear(ID), "began": clear("when it was begun"), "saved": clear("when it was last kept"), "state": clear("how far it is"),
        "body": sealed("what of a record is chosen, and for whom", "record"), "version": clear("part of the seal's place"),
        "seen_by": clear("who looked a second time: an id"), "seen": clear("when somebody looked a second time"), "seen_version": clear("what that person saw"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "number"], name="one_packet_of_a_number")]
        indexes = [models.Index(fields=["practice", "state"], name="packet_state"), models.Index(fields=["record", "decision"], name="packet_decision")]

    def __str__(self) -> str:
        return f"packet {self.id}"


class Outgoing(models.Model):
    """A packet on its way, with the exact bytes that leave, sealed under a key of their own. INVARIANT: one for each packet; the copy never changes."""

    class State(models.TextChoices):
        """How it stands. `uncertain` counts as told, and nothing sends it again by itself."""

        AUTHORIZED = "authorized", "May leave now"
        SENDING = "sending", "On its way"
        SENT = "sent", "Sent"
        FAILED = "failed", "Did not leave"
        UNCERTAIN = "uncertain", "Not known whether it arrived"

    class Way(models.TextChoices):
        """How it leaves."""

        LINK = "link", "A link that ends, with a code told another way"
        FILE = "file", "A locked file"
        FAX = "fax", "A fax"
        PRINT = "print", "On paper"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    packet = models.OneToOneField(Packet, models.PROTECT, related_name="+")
    version = models.IntegerField()  # of the packet, as it was read and confirmed
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.AUTHORIZED)
    authorized = Moment()
    began = Moment(null=True)
    settled = Moment(null=True)
    keep_until = models.DateField()
    copy = models.BinaryField()
    about = models.BinaryField()  # to whom, how many pages, a locked file's passphrase: sealed JSON
    shown = models.BooleanField(default=False)  # the passphrase was shown; it is not shown again
    claim = models.UUIDField(null=True)  # the server that has it on its way
    claimed_until = Moment(null=True)  # from then on any server may say that a stop left it behind

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "packet": clear(ID), "version": clear("which version was confirmed"),
        "by": clear("who sent it: an id"), "way": clear("how it leaves"), "state": clear("the outbox goes by it"), "authorized": clear("when it was let go"),
        "began": clear("when it was handed out"), "settled": clear("when it was known how it went"), "keep_until": clear("the copy's own clock"),
        "copy": sealed("the exact bytes that left", "releases"), "about": sealed("to whom, and what opens the file", "releases"),
        "shown": clear("whether a passphrase was shown once"), "claim": clear("which server has it on its way: an id"),
        "claimed_until": clear("until when no other server touches it"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "state"], name="outgoing_state"), models.Index(fields=["record", "authorized"], name="outgoing_record")]

    def __str__(self) -> str:
        return f"outgoing {self.id}"


class Link(models.Model):
    """An address that opens one copy for a while, with a code told another way. Neither address nor code can be read here."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # by whose leave it opens; none, and it opens nothing
    mark = models.BinaryField(max_length=32, unique=True)
    code = models.BinaryField(max_length=32)
    made = Moment()
    ends = Moment()
    tries = models.IntegerField(default=0)
    opens = models.IntegerField(default=0)
    last = Moment(null=True)
    closed = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "outgoing": clear(ID), "by": clear(ID), "mark": clear("a hash of a random address; opens nothing"),
        "code": clear("a keyed mark of the code; without the key it tells nothing"), "made": clear("when it was made"), "ends": clear("when it ends"),
        "tries": clear("wrong codes so far; few are allowed"), "opens": clear("how often it was opened"), "last": clear("when it was last opened"),
        "closed": clear("since when it opens nothing"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"link {self.id}"


class Suspension(models.Model):
    """An agency lawfully asked that the client not be told of it for a while (45 CFR 164.528(a)(2)). INVARIANT: nothing is held back before it is decided."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    placed = Moment()
    ends = models.DateField()
    oral = models.BooleanField()
    body = models.BinaryField()  # the agency, who spoke for it, its statement, of which entries: sealed JSON
    decided = Moment(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    lifted = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "by": clear(ID), "placed": clear("when it was asked"),
        "ends": clear("the last day"), "oral": clear("whether it was only said; then 30 days at most"), "body": sealed("it tells of a case", "accounting"),
        "decided": clear("since when it holds back"), "decided_by": clear(ID), "lifted": clear("when it was over before its day, or was not followed"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"suspension {self.id}"


class Disclosure(models.Model):
    """One entry of the accounting of disclosures (45 CFR 164.528(b)(2)). INVARIANT: `body` never changes."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    outgoing = models.OneToOneField(Outgoing, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    written = Moment()
    on = models.DateField()
    body = models.BinaryField()  # who received it and where, what, what for, on what ground: sealed JSON
    suspension = models.ForeignKey(Suspension, models.PROTECT, null=True, related_name="+")

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "outgoing": clear(ID), "by": clear(ID), "written": clear("when it was written down"),
        "on": clear("the day it was told; six years are counted from it"), "body": sealed("who was told what of a client", "accounting"),
        "suspension": clear(ID),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["record", "on"], name="disclosure_day")]

    def __str__(self) -> str:
        return f"disclosure {self.id}"
