"""The gate to papers: a practice's own wordings, and what was offered and signed in one record. The event is written first."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from privity.practice.people import links, matrix
from privity.practice.people.access import NotThere, Opened, opened, relations, require, require_at_practice, staff
from privity.practice.people.actor import Actor
from privity.practice.people.flagging import Flag
from privity.practice.people.models import SUBJECTS, Participant, Practice, Record
from privity.practice.people.times import end_of, start_of
from privity.practice.trail import services as trail
from privity.practice.visits.models import Visit
from privity.vault import Binding, Use, open_text

from . import papers, scans
from .paper_models import EVERYBODY, Paper, PaperVersion, Signature, Talk
from .papers import Content, Sheet, Template
from .validity import ADULT, adult, age, same_name

LINK = "paper"  # the kind of link that leads to a paper
STANDS_FOR = (str(Participant.Part.PARENT), str(Participant.Part.GUARDIAN))
REFUSED, IMPOSSIBLE = "refused", "impossible"  # why nobody signed that the privacy notice came: they did not want to, or could not


# --- a practice's own wordings -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Version:
    """A wording of a paper. Number 0 is Privity's own, in its file's version."""

    number: int
    content: Content
    made: datetime | None = None
    by: str = ""

    @property
    def named(self) -> str:
        """How a version is called."""
        return f"Version {self.number}" if self.number else "As it comes with Privity"


@dataclass(frozen=True)
class Kind:
    """A paper with its wordings, the newest first, and the states it is read for."""

    template: Template
    versions: tuple[Version, ...]
    states: tuple[str, ...]

    @property
    def now(self) -> Version:
        """The wording in use."""
        return self.versions[0]


def kinds(actor: Actor) -> tuple[Kind, ...]:
    """Return every paper for whoever may change them. Nothing of a client is here. Raises NotAllowed."""
    require_at_practice(actor, "change", "papers")
    return _kinds(actor)


def kind(actor: Actor, template: str) -> Kind:
    """Return one paper for whoever may change it. Raises NotAllowed and NotThere."""
    return next((one for one in kinds(actor) if one.template.id == template), None) or _no_kind(template)


def wording(actor: Actor, template: str) -> Kind:
    """Return one paper, to be offered. For gates and verbs alone. Raises NotThere."""
    return next((one for one in _kinds(actor) if one.template.id == template), None) or _no_kind(template)


def _no_kind(template: str) -> Kind:
    raise NotThere(f"paper {template}")


def _kinds(actor: Actor) -> tuple[Kind, ...]:
    states = tuple(Practice.objects.get(pk=actor.practice_row).states)
    rows = list(PaperVersion.objects.filter(practice_id=actor.practice_row).order_by("-number"))
    names = {one.id: one.name for one in staff(actor)} if rows else {}
    own: dict[str, list[Version]] = {}
    for row in rows:
        own.setdefault(row.paper, []).append(Version(row.number, Content.of(row.body), row.made, names.get(row.by_id, "")))
    return tuple(
        Kind(one, (*own.get(id, ()), Version(0, papers.own_words(one))), states)
        for id, one in papers.library().items()
        if not one.only or set(one.only) & set(states)
    )


def next_number(actor: Actor, template: str) -> int:
    """Return the number a new wording gets. For verbs alone."""
    rows = PaperVersion.objects.filter(practice_id=actor.practice_row, paper=template)
    return int(rows.aggregate(newest=Max("number"))["newest"] or 0) + 1


# --- what was offered and signed ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signer:
    """Somebody who must sign, as they were called when the paper was offered; `at` is None until they have.

    Of a paper from outside nobody saw the signature made: `day` is what stands on it, and there is no evidence.
    """

    person: UUID
    name: str
    part: str
    at: datetime | None = None
    evidence: Mapping[str, Any] = field(default_factory=dict)
    day: date | None = None
    minor: bool = False  # whether they were one on that day

    @property
    def stands_for(self) -> bool:
        """Tell whether the person signs for somebody else."""
        return self.part in STANDS_FOR

    def bears(self, name: str, who: Opened) -> bool:
        """Tell whether a name is theirs: as they were called when the paper was laid out, or by a name the record has for them now."""
        now = [known for _, one in who.people if one.id == self.person for known in (one.name, one.chosen)]
        return any(same_name(name, known) for known in (self.name, *now))

    def differs(self, who: Opened) -> str:
        """Return the name that was signed with, where it is not theirs."""
        typed = str(self.evidence.get("name", ""))
        return typed if self.at and not self.bears(typed, who) else ""


@dataclass(frozen=True)
class Said:
    """A talk about a paper, opened."""

    by: str
    at: datetime
    explained: tuple[str, ...]
    asked: tuple[Mapping[str, Any], ...]
    said: Mapping[str, str]


@dataclass(frozen=True)
class OnFile:
    """What somebody entered of a paper signed outside Privity, or of a notice that was given and not signed. Its words nobody here has kept."""

    words: str  # which version or wording, in one line
    language: str
    lies: str  # where the paper is
    unsigned: str = ""  # REFUSED or IMPOSSIBLE, for a privacy notice alone
    why: str = ""  # what was done to get a signature, and why none came (45 CFR 164.520(c)(2)(ii))
    beside: str = ""  # the paper put on file together with it, which has the scan


@dataclass(frozen=True)
class Offered:
    """A paper in a record, opened."""

    id: UUID
    template: str
    kind: str
    variant: str
    name: str
    version: int  # of the practice's wording; 0 is Privity's own
    wording: str  # SHA-256 of that wording
    state: str
    sheets: Mapping[str, Sheet]
    terms: Mapping[str, Any]
    elements: tuple[str, ...]
    cites: tuple[str, ...]
    signers: tuple[Signer, ...]
    by: str
    offered: datetime
    whole: datetime | None
    withdrawn: datetime | None
    authorization: UUID | None
    links: tuple[links.Told, ...] = ()
    counts: str = ""  # as which of the papers that everybody signs it counts
    on_file: OnFile | None = None  # of a paper from outside

    @property
    def missing(self) -> tuple[Signer, ...]:
        """Who has not signed yet."""
        return tuple(one for one in self.signers if one.at is None)

    @property
    def open(self) -> bool:
        """Tell whether somebody can still sign it."""
        return self.whole is None and self.withdrawn is None


@dataclass(frozen=True)
class Person:
    """Somebody of the record who may have to sign."""

    id: UUID
    name: str
    part: str
    age: int | None
    born: date | None = None

    @property
    def is_minor(self) -> bool:
        """Tell whether they are a minor, as far as their birth is known."""
        return self.age is not None and self.age < ADULT

    def cannot_have_signed(self, day: date, today: date) -> str:
        """Return why they cannot have signed on a day, or nothing."""
        if day > today:
            return "That day is still to come. Write the day that stands on the paper."
        if self.born is not None and day < self.born:
            return f"That is before {self.name} was born. Look at the year."
        return ""

    def was_minor(self, day: date) -> bool:
        """Tell whether they were a minor on a day, as far as their birth is known."""
        return self.born is not None and not adult(self.born, day)


@dataclass(frozen=True)
class Due:
    """A paper that everybody signs and that is not signed here; `laid` is the one that lies open, if any."""

    template: str
    name: str
    laid: UUID | None


@dataclass(frozen=True)
class PapersPage:
    """A record's papers, the newest first, and what the reader may do."""

    who: Opened
    kept: tuple[Offered, ...]
    kinds: tuple[Kind, ...]  # those that fit this record
    people: tuple[Person, ...]
    may_change: bool
    may_talk: bool
    may_hear: bool
    talks: Mapping[UUID, tuple[Said, ...]]
    due: tuple[Due, ...] = ()
    files: Mapping[UUID | None, tuple[scans.Paper, ...]] = field(default_factory=dict)  # scans, by the paper they are of; None: nobody has read them


def place_of(actor: Actor, record: UUID, row: UUID, column: str) -> Binding:
    """Return where a sealed column of a paper, a signature or a talk may open."""
    return Binding(str(actor.practice), str(record), column, str(row))


def page(actor: Actor, record: UUID, paper: UUID | None = None) -> PapersPage:
    """Return a record's papers, or one of them with what was said about it; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "see", "authorization")
        (who,) = opened(actor, {record: standing})
        rows = Paper.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-offered")
        kept = _opened(actor, record, rows if paper is None else rows.filter(id=paper))
        if paper is not None and not kept:
            raise NotThere(f"paper {paper}")
        hears = matrix.may(actor.roles, "see", "chart", standing)
        talks = _talks(actor, record, [one.id for one in kept]) if hears and paper is not None else {}
        fit = tuple(one for one in _kinds(actor) if who.kind in one.template.records)
        trail.write(
            actor.practice, actor.account, "papers.list" if paper is None else "paper.read", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)]
        )
    may = {one: matrix.may(actor.roles, *one, standing) for one in (("change", "authorization"), ("write", "chart"))}
    return PapersPage(
        who,
        kept,
        fit,
        _people(who, actor.now.astimezone().date()),
        may["change", "authorization"],
        may["write", "chart"],
        hears,
        talks,
        _due(actor, who, kept, fit) if paper is None else (),
        scans.papers(actor, record),
    )


def _due(actor: Actor, who: Opened, kept: Iterable[Offered], fit: Iterable[Kind]) -> tuple[Due, ...]:
    """Return what everybody signs and is not signed, as `lacking` has it; nothing of a record that is closed."""
    there, found = [one for one in kept if one.withdrawn is None], []
    wanted = EVERYBODY if Practice.objects.get(pk=actor.practice_row).hipaa_covered else EVERYBODY[:1]
    for kind in () if who.closed else wanted:
        mine = [one for one in there if one.counts == kind]
        template = next((one.template for one in fit if one.template.kind == kind), None)
        if template is not None and not any(one.whole for one in mine):
            found.append(Due(template.id, template.name, mine[0].id if mine else None))
    return tuple(found)


def _people(who: Opened, today: date) -> tuple[Person, ...]:
    return tuple(Person(one.id, one.called, str(part), age(one.born, today) if one.born else None, one.born) for part, one in who.people)


def one(actor: Actor, record: UUID, paper: UUID) -> Offered:
    """Return one paper. For verbs and the signing page alone: it asks nobody and writes no event. Raises NotThere."""
    found = _opened(actor, record, Paper.objects.filter(id=paper, record_id=record, practice_id=actor.practice_row))
    if not found:
        raise NotThere(f"paper {paper}")
    return found[0]


def _opened(actor: Actor, record: UUID, rows: Iterable[Paper]) -> tuple[Offered, ...]:
    rows = list(rows)
    if not rows:
        return ()
    key, names = actor.keys.key(record, Use.ACCOUNTING), _names(actor)
    signed: dict[UUID, dict[UUID, tuple[datetime, Mapping[str, Any]]]] = {}
    for row in Signature.objects.filter(paper__in=rows):
        told = json.loads(open_text(bytes(row.evidence), with_=key, bound_to=place_of(actor, record, row.id, "signature.evidence")))
        signed.setdefault(row.paper_id, {})[row.person] = (row.at, told)
    out = links.told(actor, LINK, record, [row.id for row in rows], "change", "authorization")
    return tuple(_one(actor, record, row, key, names, signed.get(row.id, {}), tuple(out.get(row.id, ()))) for row in rows)


def _one(actor: Actor, record: UUID, row: Paper, key: Any, names: Mapping[UUID, str], signed: Mapping[UUID, Any], out: tuple[links.Told, ...]) -> Offered:
    raw = json.loads(open_text(bytes(row.body), with_=key, bound_to=place_of(actor, record, row.id, "paper.body")))
    outside = OnFile(**raw["on_file"]) if "on_file" in raw else None
    signers = tuple(
        _outside(id, told, outside) if outside else Signer(id, told["name"], told["part"], *signed.get(id, (None, {})))
        for told in raw["signers"] for id in [UUID(told["person"])]
    )  # fmt: skip
    return Offered(
        row.id, raw["template"], raw["kind"], raw["variant"], raw["name"], raw["version"], raw["wording"], raw["state"],
        {language: Sheet.of(one) for language, one in raw["sheets"].items()}, raw["terms"], tuple(raw["elements"]), tuple(raw["cites"]), signers,
        names.get(row.by_id, ""), row.offered, row.whole, row.withdrawn, row.authorization, out, row.kind, outside,
    )  # fmt: skip


def _outside(id: UUID, told: Mapping[str, Any], paper: OnFile) -> Signer:
    day = date.fromisoformat(told["day"])
    return Signer(id, told["name"], told["part"], None if paper.unsigned else moment_of(day), day=day, minor=told["minor"])


def moment_of(day: date) -> datetime:
    """Return a moment of a day of which no hour is known: its noon, which is the same day in most places."""
    return datetime.combine(day, time(12)).astimezone()


def _names(actor: Actor) -> dict[UUID, str]:
    return {one.id: one.name for one in staff(actor)}


def _talks(actor: Actor, record: UUID, ids: list[UUID]) -> dict[UUID, tuple[Said, ...]]:
    key, names = actor.keys.key(record, Use.RECORD), _names(actor)
    found: dict[UUID, list[Said]] = {}
    for row in Talk.objects.filter(paper_id__in=ids).order_by("at"):
        raw = json.loads(open_text(bytes(row.body), with_=key, bound_to=place_of(actor, record, row.id, "talk.body")))
        found.setdefault(row.paper_id, []).append(Said(names.get(row.by_id, ""), row.at, tuple(raw["explained"]), tuple(raw["asked"]), raw["said"]))
    return {id: tuple(said) for id, said in found.items()}


def needed(template: Template, who: Opened, people: Iterable[Person]) -> tuple[UUID, ...]:
    """Return who must sign a paper, before anybody chose otherwise: each whom the record is about, and for a minor whoever stands beside."""
    there = tuple(people)
    subjects = [one for one in there if one.part in SUBJECTS]
    beside = [one.id for one in there if one.part in STANDS_FOR]
    minor = any(one.is_minor for one in subjects)
    if template.signers == "client_and_guardian" or (minor and who.kind == Record.Kind.INDIVIDUAL):
        return (*(one.id for one in subjects), *beside)
    return tuple(one.id for one in subjects)


def counts(template: Template, people: Iterable[Person], signed: Collection[UUID]) -> str:
    """Return as which of the papers that everybody signs one from outside counts, if at all: in a shared record once it bears everybody's name."""
    subjects = {one.id for one in people if one.part in SUBJECTS}
    return template.kind if template.kind in EVERYBODY and (len(subjects) == 1 or subjects <= set(signed)) else ""


def bound(template: Template, people: Iterable[Person]) -> frozenset[UUID]:
    """Return who cannot be left out: in an agreement of several, everybody whom the record is about."""
    several = template.kind in ("couple_agreement", "family_agreement")
    return frozenset(one.id for one in people if one.part in SUBJECTS) if several else frozenset()


# --- for the rooms above -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signed:
    """A paper that all who must sign have signed, as decisions may know it: such as what a couple agreed about secrets.

    INVARIANT: one that is `on_file` was signed outside Privity, and nobody here keeps its words: it may be told beside a question, and states no fact.
    """

    paper: UUID
    kind: str
    variant: str
    since: datetime
    signers: tuple[Signer, ...]  # who, as what, when; `evidence` has the SHA-256 of the words on each one's screen
    version: int  # of the practice's wording; 0 is Privity's own
    wording: str  # SHA-256 of that wording
    authorization: UUID | None
    on_file: bool = False

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of what was on the screen, once for each language it was signed in; none of a paper from outside."""
        return tuple(dict.fromkeys(str(one.evidence["digest"]) for one in self.signers if one.evidence))


def for_gates(actor: Actor, record: UUID) -> tuple[Signed, ...]:
    """Return the papers of a record that were signed here, the newest first; none that was withdrawn. For gates alone: it asks nobody and writes no event."""
    return tuple(one for one in every_for_gates(actor, record) if not one.on_file)


def every_for_gates(actor: Actor, record: UUID) -> tuple[Signed, ...]:
    """Return those signed here and those on file from outside, as for_gates; a notice that nobody signed is none of them."""
    rows = Paper.objects.filter(record_id=record, practice_id=actor.practice_row, withdrawn=None).exclude(whole=None).order_by("-whole")
    return tuple(
        Signed(one.id, one.kind, one.variant, one.whole or one.offered, one.signers, one.version, one.wording, one.authorization, one.on_file is not None)
        for one in _opened(actor, record, rows)
        if not (one.on_file and one.on_file.unsigned)
    )


def maker(actor: Actor) -> str:
    """Return the name of whoever handed a paper over. For the signing page alone."""
    return _names(actor).get(actor.account, "")


def lacking(sender: object, *, actor: Actor, records: Collection[UUID], **_: object) -> dict[UUID, tuple[Flag, ...]]:
    """Return, for the client's page and the day's list, who comes today or tomorrow and has not signed what everybody signs. It answers people.flagging.

    The privacy notice is asked for where HIPAA covers the practice (45 CFR 164.520(c)(2)). One question to the database for all records.
    """
    wanted, today = matrix.relations_for(actor.roles, "see", "authorization"), actor.now.astimezone().date()
    mine = [record for record, held in relations(actor, records).items() if held & wanted] if wanted else []
    rows = Visit.objects.filter(practice_id=actor.practice_row, record_id__in=mine, missed=False, record__closed=None)
    rows = rows.filter(starts__gte=start_of(today), starts__lt=end_of(today + timedelta(days=1)))
    signed = Paper.objects.filter(record=OuterRef("record"), whole__isnull=False, withdrawn=None)
    consent, notice = EVERYBODY
    there = Exists(signed.filter(kind=consent)) & (Q(practice__hipaa_covered=False) | Exists(signed.filter(kind=notice)))
    words = Flag("A paper is missing", of="record-papers")
    return dict.fromkeys(rows.filter(~there).values_list("record_id", flat=True), (words,))
