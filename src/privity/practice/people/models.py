"""The practice: what the law needs to know about the one who holds the information."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from privity.practice.keys.fields import Moment
from privity.vault.columns import Column, blind, clear, sealed

from .link_models import Link  # noqa: F401

ID = "an id, random, says nothing"
PRACTICE = "whose row it is"


class Practice(models.Model):
    """What was said once about the practice. Nothing here is about a client."""

    THE_ONE = 1  # the desk serves one practice
    THE_DEMO = 2  # beside it, in a folder nobody set up yet, stands one of invented people
    SAID_ONCE = ("provider.profession", "practice.hipaa_covered", "practice.part2_program", "practice.setting")  # facts only the profile may state

    uid = models.UUIDField(default=uuid4)  # the vault's and the log's name for it
    states = models.JSONField()
    profession = models.CharField(max_length=40)
    hipaa_covered = models.BooleanField()
    hipaa_by_two_questions = models.BooleanField(default=False)
    part2_program = models.BooleanField()
    part2_unsettled = models.BooleanField(default=False)  # nobody could say: taken to be a program, the stricter reading
    setting = models.CharField(max_length=40)
    phones = models.JSONField(default=dict)  # numbers to call in danger, by whose they are
    said_on = models.DateField()
    demo = models.BooleanField(default=False)  # everybody in it is invented; only then may one go in without proof

    def __str__(self) -> str:
        return f"practice in {', '.join(self.states)}"

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "uid": clear(ID), "states": clear("where the practice works; on its door"),
        "profession": clear("its licence; on its door"),
        "hipaa_covered": clear("which law binds it"), "hipaa_by_two_questions": clear("how that was settled"), "part2_program": clear("which law binds it"),
        "part2_unsettled": clear("how that was settled"), "setting": clear("where it works; on its door"), "phones": clear("public numbers to call in danger"),
        "said_on": clear("the day it was described"), "demo": clear("whether everybody in it is invented"),
    }  # fmt: skip

    def facts(self) -> dict[str, object]:
        """Return the practice as facts of a question."""
        return {
            "provider.profession": self.profession,
            "practice.hipaa_covered": self.hipaa_covered,
            "practice.part2_program": self.part2_program,
            "practice.setting": self.setting,
        }


class Letterhead(models.Model):
    """What stands above the practice's letters, and whom to complain to (45 CFR 164.524(d)(2)(iii), 164.530(a)(1)(ii)). Nothing here is about a client."""

    practice = models.OneToOneField(Practice, models.PROTECT, primary_key=True, related_name="+")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=300)
    contact = models.CharField(max_length=120)  # a name or a title: the rule asks for one of them
    phone = models.CharField(max_length=40)

    lies: ClassVar[dict[str, Column]] = {
        "practice": clear(PRACTICE), "name": clear("on its door"), "address": clear("on its door"),
        "contact": clear("who takes complaints; in its privacy notice"),
        "phone": clear("the practice's own number; in its privacy notice"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"letterhead of {self.practice_id}"


class Role(models.TextChoices):
    """What a member of staff is at the practice. One person may be several."""

    OWNER = "owner", "Owner"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"
    CLINICIAN = "clinician", "Clinician"
    SUPERVISOR = "supervisor", "Supervisor"
    TRAINEE = "trainee", "Trainee"
    FRONT_DESK = "front_desk", "Front desk"
    BILLER = "biller", "Biller"
    CUSTODIAN = "custodian", "Records custodian"


class Accounts(BaseUserManager["Account"]):
    """Makes no accounts: people.services does, within an act that is logged."""


class Account(AbstractBaseUser):
    """Somebody who signs in. The user name is made by the machine; there is no e-mail and no telephone number."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    user_name = models.CharField(max_length=40, unique=True)
    name = models.BinaryField()  # as colleagues see it
    roles = models.JSONField(default=list)
    began = Moment()
    ended = Moment(null=True)
    epoch = models.IntegerField(default=0)  # sessions of an older epoch are over
    chosen = models.CharField(max_length=128, default="")  # the hash of a password that counts once the set-up is done

    USERNAME_FIELD = "user_name"
    objects = Accounts()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "user_name": clear("made by the machine; says nothing of the person"),
        "password": clear("a slow hash (Argon2id); opens nothing that is sealed"), "last_login": clear("when somebody last signed in"),
        "name": sealed("a person's name", "account"), "roles": clear("what the account may do is checked on every request"),
        "began": clear("first day of work"), "ended": clear("last day of work"), "epoch": clear("a number that ends sessions"),
        "chosen": clear("a slow hash (Argon2id) of a password that does not count yet"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"account {self.id}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Tell whether the account may sign in."""
        return self.ended is None


class Person(models.Model):
    """A human being who is a client, or stands in a record beside one: a parent, a guardian, an emergency contact."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    identity = models.BinaryField()  # name, chosen name, pronouns, birth date, contacts: one sealed JSON text
    version = models.IntegerField(default=1)
    name_mark = models.BinaryField(max_length=16)
    phone_marks = models.JSONField(default=list)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "identity": sealed("who somebody is", "identity"),
        "version": clear("how often it was changed; part of the seal's place"),
        "name_mark": blind("to find an exact name with its birth date"), "phone_marks": blind("to find an exact telephone number"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"person {self.id}"


class Record(models.Model):
    """The record of one client, couple, family or group: the unit of keys, of access and of shredding."""

    class Kind(models.TextChoices):
        """Whose record it is."""

        INDIVIDUAL = "individual", "One person"
        COUPLE = "couple", "A couple"
        FAMILY = "family", "A family"
        GROUP = "group", "A group"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    about = models.BinaryField()  # a title for couples, families and groups; what is kept especially quiet: sealed JSON
    version = models.IntegerField(default=1)
    opened = Moment()
    closed = Moment(null=True)
    shredded = Moment(null=True)
    unit = models.UUIDField(null=True)  # an inpatient unit: then only those assigned to the case may open

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "kind": clear("how many people it is about; the matrix reads it"),
        "about": sealed("titles and sensitive topics", "record"),
        "version": clear("how often it was changed; part of the seal's place"), "opened": clear("starts clocks"), "closed": clear("starts the retention clock"),
        "shredded": clear("since when no key opens it"), "unit": clear("which unit; the matrix reads it"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"record {self.id}"


class Unit(models.Model):
    """An inpatient unit of the practice. A record on it opens only to those assigned to the case."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)

    lies: ClassVar[dict[str, Column]] = {"id": clear(ID), "practice": clear(PRACTICE), "name": clear("it stands on the unit's door; the records on it are ids")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "name"], name="one_unit_of_a_name")]

    def __str__(self) -> str:
        return f"unit {self.id}"


class Participant(models.Model):
    """A person's place in a record: the client, a partner, a member, a parent or guardian."""

    class Part(models.TextChoices):
        """What the person is in this record; the first four are the law's subjects."""

        CLIENT = "client", "Client"
        PARTNER = "partner", "Partner"
        FAMILY_MEMBER = "family_member", "Family member"
        GROUP_MEMBER = "group_member", "Group member"
        PARENT = "parent", "Parent"
        GUARDIAN = "guardian", "Guardian"

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    part = models.CharField(max_length=14, choices=Part.choices)
    may_see = models.JSONField(default=list)  # for parents and guardians: classes of information, by item
    began = Moment()
    ended = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(PRACTICE), "record": clear(ID), "person": clear(ID), "part": clear("the matrix and the law read it"),
        "may_see": clear("classes of information a parent or guardian may see"), "began": clear("first day"), "ended": clear("last day"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person", "part"], name="one_part_each")]

    def __str__(self) -> str:
        return f"{self.part} in record {self.record_id}"


# Whom a record is about; parents and guardians stand beside them.
SUBJECTS = (Participant.Part.CLIENT, Participant.Part.PARTNER, Participant.Part.FAMILY_MEMBER, Participant.Part.GROUP_MEMBER)


class Tie(models.Model):
    """What binds an account to a record: a place on the care team, a shared view, a restriction, an open glass. Each has a beginning and an end."""

    class Kind(models.TextChoices):
        """Which tie it is."""

        TEAM = "team", "On the care team"
        CASE = "case", "Assigned to the case on the unit"
        SHARED = "shared", "Shared one way"
        BARRED = "barred", "Barred from this record"
        GLASS = "glass", "Glass broken"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    began = Moment()
    ends = Moment(null=True)
    by = models.UUIDField()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "record": clear(ID), "account": clear(ID), "kind": clear("the matrix reads it"),
        "began": clear("first moment"),
        "ends": clear("last moment"), "by": clear("who tied it: an account's id"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "account", "kind"], name="tie_account"), models.Index(fields=["record", "kind"], name="tie_record")]

    def __str__(self) -> str:
        return f"{self.kind} tie {self.id}"


class Supervision(models.Model):
    """A supervisor sees the records of a trainee's clients, from a day to a day."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Account, models.PROTECT, related_name="+")
    trainee = models.ForeignKey(Account, models.PROTECT, related_name="+")
    began = Moment()
    ends = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear("the row's number"), "practice": clear(PRACTICE), "supervisor": clear(ID), "trainee": clear(ID), "began": clear("first day"),
        "ends": clear("last day"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"supervision {self.pk}"


# --- how somebody proves who they are ---------------------------------------------------------------------------


class Passkey(models.Model):
    """A passkey's public half: it checks signatures, makes none, and unlocks nothing. `counts` is empty until the account's set-up is done."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    credential = models.BinaryField(max_length=1023)
    public = models.BinaryField()
    uses = models.BigIntegerField(default=0)
    synced = models.BooleanField(default=False)
    made = Moment()
    counts = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear(ID), "credential": clear("a random number by which the passkey is asked for"),
        "public": clear("a public key"), "uses": clear("the passkey's own counter; a copy shows by it"), "synced": clear("whether it lives on several devices"),
        "made": clear("when it was made"), "counts": clear("since when it may be used"),
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["credential"], name="one_passkey_each")]

    def __str__(self) -> str:
        return f"passkey {self.id}"


class AppCode(models.Model):
    """The secret an authenticator app shares, and the last half minute whose code was used: no code counts twice."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    secret = models.BinaryField()
    last = models.BigIntegerField(default=0)
    made = Moment()
    counts = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear(ID), "secret": sealed("makes second factors", "account"),
        "last": clear("the half minute of the last code used"), "made": clear("when it was made"), "counts": clear("since when it may be used"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"app code {self.id}"


class PaperCode(models.Model):
    """A recovery code on paper, or the code by which a new colleague sets up the account: each opens the way in once."""

    class Kind(models.TextChoices):
        """What the code is for."""

        RECOVERY = "recovery", "A way back in"
        SET_UP = "set_up", "Setting up the account"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    mark = models.BinaryField(max_length=32)
    made = Moment()
    ends = Moment(null=True)
    counts = Moment(null=True)
    used = Moment(null=True)

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear(ID), "kind": clear("what the code is for"),
        "mark": clear("a keyed hash of the code, under the account's key"), "made": clear("when it was made"), "ends": clear("until when it may be used"),
        "counts": clear("since when it may be used"), "used": clear("when it was used"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["account", "kind"], name="paper_code_of")]

    def __str__(self) -> str:
        return f"{self.kind} code {self.id}"


class Tries(models.Model):
    """How often somebody failed to get in, by a name, from an address or on a device; what it was stands here only as a keyed mark."""

    mark = models.CharField(primary_key=True, max_length=64)
    failed = models.IntegerField(default=0)
    last = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "mark": clear("a keyed hash of the name typed, the address or the device"), "failed": clear("how often"), "last": clear("when last"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["last"], name="tries_last")]

    def __str__(self) -> str:
        return f"{self.failed} tries"


class GlassBreak(models.Model):
    """Broken glass: who opened a record out of turn, why, until when; and what whoever answers for privacy found. It is the alert as well."""

    class Category(models.TextChoices):
        """Why the glass was broken."""

        DANGER = "danger", "Somebody may be in danger"
        CRISIS = "crisis", "The client is in crisis, and the care team cannot be reached"
        COVERING = "covering", "I am covering for a colleague"
        OTHER = "other", "Something else"

    class Finding(models.TextChoices):
        """What the review found."""

        RIGHT = "right", "It was right"
        NOT_RIGHT = "not_right", "It was not right"

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    record = models.UUIDField()  # random and of no record where nobody of that name is a client, so that both rows are alike
    category = models.CharField(max_length=10, choices=Category.choices)
    reason = models.BinaryField()
    began = Moment()
    ends = Moment()
    due = models.DateField()  # the last day to review it in time
    reviewed = Moment(null=True)
    reviewer = models.UUIDField(null=True)
    finding = models.CharField(max_length=10, choices=Finding.choices, default="")

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear("who broke it"), "record": clear("a random id; of no record where none was found"),
        "category": clear("a word of four; says nothing of the client"), "reason": sealed("it may tell of a client", "account"), "began": clear("first moment"),
        "ends": clear("last moment"), "due": clear("the day the review is due"), "reviewed": clear("when it was reviewed"),
        "reviewer": clear("who reviewed it: an account's id"), "finding": clear("right or not"),
    }  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["practice", "reviewed", "began"], name="glass_open")]

    def __str__(self) -> str:
        return f"glass {self.id}"


class ImportFile(models.Model):
    """A file of clients between its upload and its import: sealed, and gone with the import or when it is dropped."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    practice = models.ForeignKey(Practice, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    body = models.BinaryField()
    made = Moment()

    lies: ClassVar[dict[str, Column]] = {
        "id": clear(ID), "practice": clear(PRACTICE), "account": clear("who uploaded it; nobody else opens it"),
        "body": sealed("names, birth dates and numbers of clients", "account"), "made": clear("when it was uploaded; gone a day later at the latest"),
    }  # fmt: skip

    def __str__(self) -> str:
        return f"import file {self.id}"
