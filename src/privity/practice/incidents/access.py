"""The gate to clients' requests. The privacy officer, who need not know whose record it is, sees them by the record's number: what is asked, and no names."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from privity.law import Book, Question, decide
from privity.practice.agreements.access import for_gates as authorizations
from privity.practice.decisions.frozen import From, Gathered
from privity.practice.people import matrix
from privity.practice.people.access import Colleague, NotAllowed, NotThere, Opened, by_number, letterhead, opened, relations, require, staff, within
from privity.practice.people.actor import Actor
from privity.practice.people.desk import the_book
from privity.practice.people.flagging import Flag, Number
from privity.practice.people.models import SUBJECTS, Letterhead, Participant, Practice, Role
from privity.practice.records.access import EntryListed, entries_listed
from privity.practice.records.disagreements import Dispute
from privity.practice.records.disagreements import for_gates as disputes_of
from privity.practice.trail import services as trail
from privity.practice.visits.access import starts_of
from privity.vault import Binding, Key, Use, open_sealed, open_text

from .models import ClientRequest, RequestLetter, RequestStep
from .requests import Clock, Due, Said, Standing, Step, asked, clock, extended_on, review_clock, said_since, standing
from .wording import waits


def place_of(actor: Actor, record: UUID, id: UUID, column: str) -> Binding:
    """Return where a sealed column of a request, a step or a letter may open."""
    return Binding(str(actor.practice), str(record), column, str(id))


def reach(actor: Actor, record: UUID, action: str) -> tuple[frozenset[str], bool]:
    """Return what the actor is to the record, and whether the actor may know whose it is. Raises NotThere and NotAllowed."""
    there = relations(actor, [record]).get(record, frozenset())
    if not matrix.may(actor.roles, "see", "identity", there):
        officer = replace(actor, roles=actor.roles & {str(Role.PRIVACY_OFFICER)})
        if by_number(officer, record, action, "request"):
            return there | {matrix.AT_PRACTICE}, False
    return require(actor, record, action, "request"), True


# --- one request, opened -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Letter:
    """A letter that was made: which, when, in which language."""

    id: UUID
    kind: str
    made: datetime
    language: str


@dataclass(frozen=True)
class Asked:
    """A request with its steps, as far as the reader may know it."""

    id: UUID
    record: UUID
    said: Said
    by: UUID
    written: datetime
    steps: tuple[Step, ...]
    letters: tuple[Letter, ...] = ()

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        return standing(self.said, self.steps)


def for_gates(actor: Actor, record: UUID, request: UUID) -> Asked:
    """Return a request, opened. For gates alone: it asks nobody and writes no event. Raises NotThere."""
    row = ClientRequest.objects.filter(id=request, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"request {request}")
    return _opened(actor, [row], {record: actor.keys.key(record, Use.ACCOUNTING)})[0]


def _opened(actor: Actor, rows: Iterable[ClientRequest], keys: Mapping[UUID, Key]) -> list[Asked]:
    found, there = [], list(rows)
    steps: dict[UUID, list[Step]] = {}
    for one in RequestStep.objects.filter(request__in=there).order_by("number"):
        raw = json.loads(open_text(one.body, with_=keys[one.record_id], bound_to=place_of(actor, one.record_id, one.id, "request.step")))
        steps.setdefault(one.request_id, []).append(Step(raw["act"], one.at, one.by_id, date.fromisoformat(raw["on"]), raw["said"]))
    letters: dict[UUID, list[Letter]] = {}
    for id, record, request, made, language, about in (
        RequestLetter.objects.filter(request__in=there).order_by("made").values_list("id", "record_id", "request_id", "made", "language", "about")
    ):
        kind = open_text(about, with_=keys[record], bound_to=place_of(actor, record, id, "letter.about"))
        letters.setdefault(request, []).append(Letter(id, kind, made, language))
    for row in there:
        said = Said.of(json.loads(open_text(row.body, with_=keys[row.record_id], bound_to=place_of(actor, row.record_id, row.id, "request.body"))))
        found.append(Asked(row.id, row.record_id, said, row.by_id, row.written, tuple(steps.get(row.id, ())), tuple(letters.get(row.id, ()))))
    return found


# --- what the law says of it ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Law:
    """What the law says of a request today: the question, its answer, the facts with their sources, and the clock."""

    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    facts: tuple[Gathered, ...]
    clock: Clock

    @property
    def outcome(self) -> str:
        """The outcome by the engine's word."""
        return str(self.answer["outcome"])


def _known(actor: Actor, whole: Opened, practice: Practice, said: Said) -> tuple[Gathered, ...]:
    """Return what profile and record state for a request, each with its source."""
    found = [Gathered(name, value, From.PROFILE, "the practice’s profile") for name, value in practice.facts().items()]
    found.append(Gathered("care.modality", whole.kind, From.RECORD, "the record’s kind"))
    clients = [person for part, person in whole.people if part in SUBJECTS]
    if len(clients) == 1 and clients[0].born:
        found.append(Gathered("client.born", clients[0].born.isoformat(), From.RECORD, "the client’s page", row=clients[0].id))
    if said.third and not authorizations(actor, whole.id):
        found.append(Gathered("authorization.on_file", False, From.PAPER, "no authorization is on file"))
    return tuple(found)


def law_of(
    actor: Actor,
    book: Book,
    whole: Opened,
    one: Asked,
    *,
    more: Mapping[str, Any] | None = None,
    extended: date | None = None,
    practice: Practice | None = None,
) -> Law:
    """Return what the law says of a request today. For gates alone. `more` are facts taken for this asking alone."""
    practice = practice or Practice.objects.get(pk=actor.practice_row)
    own = asked(one.said, extended=extended or extended_on(one.steps), more={**said_since(one.steps), **(more or {})})
    facts = _known(actor, whole, practice, one.said)
    told = {fact.name: fact.value for fact in facts} | own
    on = actor.now.astimezone().date()
    question: dict[str, Any] = {"on": on.isoformat(), "places": list(practice.states), "facts": told}
    inside = [(part, person) for part, person in whole.people if part in SUBJECTS]
    if len(inside) > 1 and one.said.kind == "access":
        question["subjects"] = [{"id": str(who.id), "role": "client" if who.id == one.said.person else part} for part, who in inside]
    answer: dict[str, Any] = decide(book, Question.from_dict(question)).to_dict()
    stands = one.standing
    reviewing = "review" in stands.next and stands.answer == "none"
    return Law(question, answer, facts, review_clock(stands.at["review_ask"].on) if reviewing else clock(one.said, answer["duties"]))


# --- the list ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Open:
    """A request as the list shows it. `called` is empty for whoever knows the record by its number alone."""

    one: Asked
    called: str
    clock: Clock
    to_review: bool = False  # this refusal waits for the reader, who was named to look at it again


@dataclass(frozen=True)
class _Way:
    standing: frozenset[str]
    known: bool
    only_review: bool = False


def _ways(actor: Actor) -> dict[UUID, _Way]:
    """Return the records whose requests the actor may see, and how."""
    rows = ClientRequest.objects.filter(practice_id=actor.practice_row).values_list("record_id", flat=True).distinct()
    officer = replace(actor, roles=actor.roles & {str(Role.PRIVACY_OFFICER)})
    found = {}
    for record, there in relations(actor, rows).items():
        if matrix.may(actor.roles, "see", "identity", there):
            if matrix.may(actor.roles, "see", "request", there):
                found[record] = _Way(there, known=True)
            elif matrix.may(actor.roles, "review", "request", there):
                found[record] = _Way(there, known=True, only_review=True)
        elif by_number(officer, record, "see", "request"):
            found[record] = _Way(there, known=False)
    return found


def open_ones(actor: Actor, book: Book) -> list[Open]:
    """Return the open requests the actor may see, the earliest day first, a law's or our suggestion; the event is written first. Raises NotAllowed."""
    if not matrix.relations_for(actor.roles, "see", "request"):
        raise NotAllowed("see request")
    with transaction.atomic():
        mine = _ways(actor)
        rows = list(ClientRequest.objects.filter(record_id__in=list(mine), practice_id=actor.practice_row, ended=None).order_by("received", "written"))
        there = _opened(actor, rows, actor.keys.keys(list({row.record_id for row in rows}), Use.ACCOUNTING))
        there = [one for one in there if not mine[one.record].only_review or _waits_for(actor, one)]
        records = {one.record for one in there}
        whole = {one.id: one for one in opened(actor, {record: mine[record].standing for record in records})}
        found = [
            Open(one, whole[one.record].called if mine[one.record].known else "", law_of(actor, book, whole[one.record], one).clock, _waits_for(actor, one))
            for one in there
        ]
        about = [(key, record) for record, key in actor.keys.keys(list(records), Use.RECORD).items()]
        trail.write(actor.practice, actor.account, "requests.list", at=actor.now, about=about)
    return sorted(found, key=lambda one: (one.clock.next.day, one.one.said.received))


def _seen_open(actor: Actor) -> QuerySet[ClientRequest]:
    """Return the open requests of the records whose requests the actor may see, within one statement."""
    may = within(actor, "see", "request")
    if matrix.may(actor.roles & {str(Role.PRIVACY_OFFICER)}, "see", "request", [matrix.AT_PRACTICE]):
        may |= within(actor, "see", "request", numbered=True)
    return ClientRequest.objects.filter(may, practice_id=actor.practice_row, ended=None)


def number(sender: object, *, actor: Actor, **_: object) -> Number | None:
    """Return how many requests are open, for the end of the day. It answers people.flagging."""
    if not matrix.relations_for(actor.roles, "see", "request"):
        return None
    return Number(1, "Open requests", _seen_open(actor).count(), "requests", "oldest")


def waiting(sender: object, *, actor: Actor, records: Collection[UUID], **_: object) -> dict[UUID, tuple[Flag, ...]]:
    """Return, for the client's page and the day's list, by which day the record's open requests want an answer. It answers people.flagging.

    One statement for all records; only what is found open is opened, all of it at once, and asked of the law.
    """
    if not matrix.relations_for(actor.roles, "see", "request"):
        return {}
    may = within(actor, "see", "request")
    rows = list(ClientRequest.objects.filter(may, practice_id=actor.practice_row, record_id__in=records, ended=None).order_by("received"))
    if not rows:
        return {}
    mine = {row.record_id for row in rows}
    whole, practice = {one.id: one for one in opened(actor, dict.fromkeys(mine, frozenset()))}, Practice.objects.get(pk=actor.practice_row)
    found: dict[UUID, list[tuple[Due, bool]]] = {}
    for one in _opened(actor, rows, actor.keys.keys(list(mine), Use.ACCOUNTING)):
        law = law_of(actor, the_book(), whole[one.record], one, practice=practice)
        found.setdefault(one.record, []).append((law.clock.first, bool(one.standing.answer)))
    return {record: (Flag(waits(there), of="client-requests"),) for record, there in found.items()}


def _waits_for(actor: Actor, one: Asked) -> bool:
    """Tell whether a refusal waits for the actor, who was named to look at it again."""
    answer = one.standing.at.get("answer")
    return "review" in one.standing.next and answer is not None and answer.said.get("reviewer_account") == str(actor.account)


def verbs(actor: Actor, record: UUID) -> frozenset[str]:
    """Return what the actor may do with this record's requests. Nothing is shown and no event written. Raises NotThere."""
    there = relations(actor, [record]).get(record, frozenset())
    if not matrix.may(actor.roles, "see", "identity", there):
        there, _ = reach(actor, record, "see")
    return frozenset(verb for verb in ("see", "change", "decide", "review") if matrix.may(actor.roles, verb, "request", there))


def of_record(actor: Actor, record: UUID) -> list[Asked]:
    """Return a record's requests, the newest first. For gates alone: it asks nobody and writes no event."""
    rows = ClientRequest.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("-received", "-written")
    return _opened(actor, rows, {record: actor.keys.key(record, Use.ACCOUNTING)}) if rows else []


# --- pages ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A request's page: what the reader may know and do."""

    one: Asked
    whole: Opened  # opened for the machine; what is shown of it hangs on `known`
    known: bool
    may: frozenset[str]
    law: Law
    states: tuple[str, ...]
    staff: tuple[Colleague, ...]
    letterhead: Letterhead | None
    entries: tuple[EntryListed, ...]
    visits: tuple[tuple[UUID, datetime], ...]
    dispute: Dispute | None


def page(actor: Actor, book: Book, record: UUID, request: UUID, act: str = "see") -> Page:
    """Return a request's page; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        there, known = reach(actor, record, act)
        one = for_gates(actor, record, request)
        (whole,) = opened(actor, {record: there})
        may = frozenset(verb for verb in ("change", "decide", "review") if matrix.may(actor.roles, verb, "request", there))
        if known and matrix.may(actor.roles, "ask", "decision", there):
            may |= {"ask"}
        practice = Practice.objects.get(pk=actor.practice_row)
        entries = entries_listed(actor, record) if one.said.kind == "amendment" and known and matrix.may(actor.roles, "see", "chart", there) else ()
        visits = starts_of(actor, record) if one.said.kind == "restriction" and known and matrix.may(actor.roles, "see", "visit", there) else ()
        dispute = next((dispute for dispute in disputes_of(actor, record) if dispute.request == request), None)
        found = Page(
            one, whole, known, may, law_of(actor, book, whole, one), tuple(practice.states), tuple(staff(actor)), letterhead(actor), entries,
            visits, dispute,
        )  # fmt: skip
        key = actor.keys.key(record, Use.RECORD)
        trail.write(actor.practice, actor.account, "request.read", at=actor.now, about=[(key, record)], row=(key, request))
    return found


@dataclass(frozen=True)
class Desk:
    """A record's requests, and the people who may ask, for the list and the form."""

    whole: Opened
    known: bool
    may_change: bool
    requests: tuple[Asked, ...]


def desk(actor: Actor, record: UUID, act: str) -> Desk:
    """Return a record's requests; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        there, known = reach(actor, record, act)
        (whole,) = opened(actor, {record: there})
        key = actor.keys.key(record, Use.RECORD)
        found = tuple(of_record(actor, record)) if Participant.objects.filter(record_id=record).exists() else ()
        trail.write(actor.practice, actor.account, "requests.list", at=actor.now, about=[(key, record)])
    return Desk(whole, known, matrix.may(actor.roles, "change", "request", there), found)


def letter(actor: Actor, record: UUID, request: UUID, letter: UUID) -> tuple[str, datetime, bytes]:
    """Return a letter's kind, moment and exact bytes, for whoever may know whose it is; the event is written first. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "see", "request")
        row = RequestLetter.objects.filter(id=letter, request_id=request, record_id=record, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"letter {letter}")
        key, own = actor.keys.key(record, Use.ACCOUNTING), actor.keys.key(record, Use.RECORD)
        kind = open_text(row.about, with_=key, bound_to=place_of(actor, record, row.id, "letter.about"))
        body = open_sealed(row.body, with_=key, bound_to=place_of(actor, record, row.id, "letter.body"))
        trail.write(actor.practice, actor.account, "request.letter", at=actor.now, about=[(own, record)], row=(own, row.id))
    return kind, row.made, body
