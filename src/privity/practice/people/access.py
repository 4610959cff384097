"""The gate: who is what to which record at this moment, and the only way to rows about people. What one may not see does not exist."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from privity.practice.keys.held import HeldKeys
from privity.practice.trail import services as trail
from privity.vault import Binding, Key, Use, open_text

from . import matrix
from .actor import Actor
from .models import Account, Letterhead, Participant, Person, Practice, Record, Role, Supervision, Tie


class NotThere(LookupError):
    """There is no such thing, or not for whoever asks: both look the same."""


class NotAllowed(PermissionError):
    """The act is refused for this role; the thing itself may be known. What the page of the refusal says; a kind of it may say other words."""

    title = "This is not yours to do"
    what = "Your role does not include this."
    why = "What one may do here depends on the work one does."
    now = "Ask the clinician or the privacy officer."
    to = ""  # where the last sentence leads; else to the question


def the_practice(actor: Actor | None = None) -> Practice | None:
    """Return the actor's practice; without one that of this desk, or None while nobody has described it."""
    return Practice.objects.filter(pk=actor.practice_row if actor else Practice.THE_ONE).first()


def letterhead(actor: Actor | None = None) -> Letterhead | None:
    """Return what stands above the letters of the actor's practice, without one of this desk's, if somebody wrote it. Nothing of a client is in it."""
    return Letterhead.objects.filter(practice_id=actor.practice_row if actor else Practice.THE_ONE).first()


def staffed() -> bool:
    """Tell whether anybody has an account yet, invented people apart; until then the desk alone is in use."""
    return Account.objects.filter(practice__demo=False).exists()


# --- what somebody is to a record -------------------------------------------------------------------------------


HERE = frozenset({str(matrix.AT_PRACTICE)})


def live(actor: Actor) -> Q:
    """Return the test that a tie holds at this moment."""
    return Q(began__lte=actor.now) & (Q(ends=None) | Q(ends__gt=actor.now))


def relations(actor: Actor, records: Iterable[UUID] | None = None) -> dict[UUID, frozenset[str]]:
    """Return what the actor is to each record: of those given, or of all the practice's. A bar takes every other relation away."""
    rows, ties = Record.objects.filter(practice_id=actor.practice_row, shredded=None), _ties(actor)
    if records is not None:
        wanted = list(records)
        rows, ties = rows.filter(id__in=wanted), [(mine.filter(record_id__in=wanted), kind) for mine, kind in ties]
    units = dict(rows.values_list("id", "unit"))
    found = dict.fromkeys(units, HERE)
    for record, kind in chain(*(mine.values_list("record_id", kind) for mine, kind in ties)):
        if record in found:
            found[record] |= {kind}
    return {record: _settled(standing, units[record]) for record, standing in found.items()}


def near(actor: Actor) -> dict[UUID, frozenset[str]]:
    """Return what the actor is to each record that something binds the actor to, a bar included: to all others everybody at the practice is the same."""
    # As text, since a clinician may have many ties and this is asked for nearly every page: what Django makes of each id costs more than the rest.
    told = [rows.filter(record__shredded=None).values_list(Cast("record_id", TextField()), "record__unit", kind) for rows, kind in _ties(actor)]
    found: dict[str, frozenset[str]] = {}
    on_unit: dict[str, UUID] = {}
    for record, unit, kind in chain(*told):
        found[record] = found.get(record, HERE) | {kind}
        if unit is not None:
            on_unit[record] = unit
    return {_id(record): _settled(standing, on_unit.get(record)) for record, standing in found.items()}


@lru_cache(maxsize=30_000)
def _id(text: str) -> UUID:
    """Return an id of its text: one object each, so that sets compare them by looking."""
    return UUID(text)


def _ties(actor: Actor) -> list[tuple[QuerySet[Tie], str | Value]]:
    """Return the actor's own ties, and those of care of whom the actor supervises; each with what says the relation."""
    trainees = Supervision.objects.filter(live(actor), practice_id=actor.practice_row, supervisor_id=actor.account).values_list("trainee_id", flat=True)
    rows = Tie.objects.filter(live(actor), practice_id=actor.practice_row)
    own: tuple[QuerySet[Tie], str | Value] = (rows.filter(account_id=actor.account), "kind")
    taught = list(trainees)
    return [own, (rows.filter(account_id__in=taught, kind__in=matrix.CARE), Value(matrix.SUPERVISES))] if taught else [own]


def _settled(standing: frozenset[str], unit: UUID | None) -> frozenset[str]:
    alone = unit is not None and not standing & {matrix.CASE, matrix.GLASS}  # on a unit only those assigned to the case open anything
    return frozenset() if alone or Tie.Kind.BARRED in standing else standing


def within(actor: Actor, action: str, kind: str, *, numbered: bool = False) -> Q:
    """Return the test, for rows that bear a record, that the actor may do this to it: what `relations` and the matrix say, within one statement.

    `numbered` is for whoever may know a record by its number alone: there a unit closes nothing, a bar does.
    """
    wanted = matrix.relations_for(actor.roles, action, kind)
    ties = Tie.objects.filter(live(actor), practice_id=actor.practice_row, record=OuterRef("record"))
    own = ties.filter(account_id=actor.account)
    found = Q(~Exists(own.filter(kind=Tie.Kind.BARRED)), record__practice=actor.practice_row, record__shredded=None)
    if not numbered:
        found &= Q(record__unit=None) | Q(Exists(own.filter(kind__in=(matrix.CASE, matrix.GLASS))))
    if matrix.AT_PRACTICE in wanted:
        return found
    if matrix.SUPERVISES not in wanted:
        return found & Q(Exists(own.filter(kind__in=wanted)))
    taught = Supervision.objects.filter(live(actor), practice_id=actor.practice_row, supervisor_id=actor.account).values("trainee_id")
    return found & (Q(Exists(own.filter(kind__in=wanted))) | Q(Exists(ties.filter(account_id__in=taught, kind__in=matrix.CARE))))


def allowed(actor: Actor, action: str, kind: str) -> list[UUID]:
    """Return the records to which the actor may do this."""
    wanted = matrix.relations_for(actor.roles, action, kind) - {matrix.AUTHOR}
    found = relations(actor) if matrix.AT_PRACTICE in wanted else near(actor)
    return [record for record, standing in found.items() if standing & wanted]


def require(actor: Actor, record: UUID, action: str, kind: str) -> frozenset[str]:
    """Return what the actor is to a record. Raises NotThere when nothing of it may be known, NotAllowed when only this is refused."""
    standing = relations(actor, [record]).get(record, frozenset())
    if not matrix.may(actor.roles, "see", "identity", standing):
        raise NotThere(f"record {record}")
    if not matrix.may(actor.roles, action, kind, standing):
        raise NotAllowed(f"{action} {kind}")
    return standing


def barred(actor: Actor) -> frozenset[UUID]:
    """Return the records that are kept from the actor, whatever the roles: nothing of them is shown, by name or by number."""
    rows = Tie.objects.filter(live(actor), practice_id=actor.practice_row, account_id=actor.account, kind=Tie.Kind.BARRED)
    return frozenset(rows.values_list("record_id", flat=True))


def by_number(actor: Actor, record: UUID, action: str, kind: str) -> bool:
    """Tell whether the actor answers for this at the practice, and so may do it to a record known by its number alone. A bar takes that away too."""
    if not matrix.may(actor.roles, action, kind, [matrix.AT_PRACTICE]) or record in barred(actor):
        return False
    return Record.objects.filter(id=record, practice_id=actor.practice_row, shredded=None).exists()


def require_at_practice(actor: Actor, action: str, kind: str) -> None:
    """Raise NotAllowed unless the actor's roles allow this at the practice."""
    if not matrix.may(actor.roles, action, kind, [matrix.AT_PRACTICE]):
        raise NotAllowed(f"{action} {kind}")


# --- people and records, opened --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Identity:
    """Who somebody is, opened. `contacts` are safe-contact rules: how, the number or address, and what may be done with it."""

    id: UUID
    name: str
    chosen: str = ""
    pronouns: str = ""
    born: date | None = None
    contacts: tuple[Mapping[str, Any], ...] = ()
    version: int = 1

    @property
    def called(self) -> str:
        """The name the person goes by."""
        return self.chosen or self.name


@dataclass(frozen=True)
class Opened:
    """A record with the people in it, as far as the reader may know them."""

    id: UUID
    kind: str
    title: str
    people: tuple[tuple[str, Identity], ...]  # part and person
    quiet: tuple[str, ...] = ()  # classes of information to be kept especially quiet
    standing: frozenset[str] = field(default_factory=frozenset)
    closed: bool = False
    version: int = 1

    @property
    def called(self) -> str:
        """What the record is called: its title, or the names of those it is about."""
        return self.title or " and ".join(person.called for part, person in self.people if part not in ("parent", "guardian")) or "No name yet"


def place_of_identity(actor: Actor, person: UUID, version: int) -> Binding:
    """Return where a person's identity may open."""
    return Binding(str(actor.practice), str(person), "person.identity", str(person), version)


def place_of_about(actor: Actor, record: UUID, version: int) -> Binding:
    """Return where a record's own particulars may open."""
    return Binding(str(actor.practice), str(record), "record.about", str(record), version)


def identities(actor: Actor, people: Iterable[UUID]) -> dict[UUID, Identity]:
    """Return who people are, opened. For gates alone: it asks nobody and writes no event."""
    wanted = list(people)
    keys = actor.keys.keys(wanted, Use.IDENTITY)
    rows = Person.objects.filter(practice_id=actor.practice_row, id__in=wanted).values_list("id", "identity", "version")
    return {id: _identity(id, open_text(sealed, with_=keys[id], bound_to=place_of_identity(actor, id, version)), version) for id, sealed, version in rows}


def _identity(id: UUID, text: str, version: int) -> Identity:
    raw = json.loads(text)
    born = date.fromisoformat(raw["born"]) if raw.get("born") else None
    return Identity(id, raw["name"], raw.get("chosen", ""), raw.get("pronouns", ""), born, tuple(raw.get("contacts", ())), version)


def opened(actor: Actor, standing: Mapping[UUID, frozenset[str]], keys: Mapping[UUID, Key] | None = None) -> list[Opened]:
    """Return records with their people. For gates alone: it asks nobody and writes no event."""
    if not standing:
        return []
    rows = list(Record.objects.filter(practice_id=actor.practice_row, id__in=list(standing)).values_list("id", "kind", "about", "version", "closed"))
    keys = actor.keys.keys([row[0] for row in rows], Use.RECORD) if keys is None else keys
    parts = list(Participant.objects.filter(record_id__in=list(standing), ended=None).order_by("id").values_list("record_id", "part", "person_id"))
    people = identities(actor, {person for _, _, person in parts})
    within: dict[UUID, list[tuple[str, Identity]]] = {}
    for record, part, person in parts:
        within.setdefault(record, []).append((part, people[person]))
    found = []
    for id, kind, about, version, closed in rows:
        raw = json.loads(open_text(about, with_=keys[id], bound_to=place_of_about(actor, id, version)))
        inside = tuple(within.get(id, ()))
        found.append(Opened(id, kind, raw.get("title", ""), inside, tuple(raw.get("quiet", ())), standing[id], closed is not None, version))
    return found


def client(actor: Actor, record: UUID, act: str = "client.open") -> Opened:
    """Return one record with its people; the event is written first. Raises NotThere."""
    with transaction.atomic():
        standing = require(actor, record, "see", "identity")
        (found,) = opened(actor, {record: standing})
        trail.write(actor.practice, actor.account, act, at=actor.now, about=_about({record: actor.keys.key(record, Use.RECORD)}))
    return found


def _about(keys: Mapping[UUID, Key]) -> list[tuple[Key, UUID]]:
    return [(key, record) for record, key in keys.items()]


# --- staff -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Colleague:
    """A member of staff as colleagues see one."""

    id: UUID
    user_name: str
    name: str
    roles: tuple[str, ...]
    active: bool

    @property
    def roles_in_words(self) -> str:
        """The roles in words."""
        return roles_in_words(self.roles)


def roles_in_words(roles: Collection[str]) -> str:
    """Return roles in words, in the order of the list of roles."""
    return ", ".join(role.label for role in Role if role in roles)


def place_of_name(practice: UUID, account: UUID) -> Binding:
    """Return where an account's name may open."""
    return Binding(str(practice), str(account), "account.name", str(account))


def staff(actor: Actor) -> list[Colleague]:
    """Return the practice's staff, the active first."""
    rows = list(Account.objects.filter(practice_id=actor.practice_row))
    keys = actor.keys.keys([row.id for row in rows], Use.ACCOUNT)
    found = [
        Colleague(row.id, row.user_name, open_text(row.name, with_=keys[row.id], bound_to=place), tuple(row.roles), row.is_active)
        for row, place in ((row, place_of_name(actor.practice, row.id)) for row in rows)
    ]
    return sorted(found, key=lambda one: (not one.active, one.name.casefold()))


@dataclass(frozen=True)
class Taught:
    """A supervision that holds now or later."""

    id: int
    supervisor: UUID
    trainee: UUID
    ends: datetime | None


def own_account(actor: Actor) -> Account:
    """Return the actor's own account."""
    return Account.objects.select_related("practice").get(id=actor.account)


def called(account: Account, keys: HeldKeys) -> str:
    """Return an account holder's name, opened."""
    return open_text(account.name, with_=keys.key(account.id, Use.ACCOUNT), bound_to=place_of_name(keys.practice, account.id))


def working(keys: HeldKeys, practice: Practice, account: UUID | None, now: datetime) -> Actor | None:
    """Return as an actor who works here at this moment, with the roles of now; None once the account ended. For what stays open by somebody's leave."""
    row = Account.objects.filter(id=account, practice=practice, ended=None).first() if account else None
    return Actor(row.id, practice.uid, practice.pk, frozenset(row.roles), now, keys) if row else None


def colleague(actor: Actor, account: UUID) -> Colleague:
    """Return one member of staff, for whoever may change staff. Raises NotAllowed, and NotThere for an account of nobody here."""
    require_at_practice(actor, "change", "staff")
    found = next((one for one in staff(actor) if one.id == account), None)
    if found is None:
        raise NotThere(f"account {account}")
    return found


def supervision(actor: Actor, account: UUID) -> list[Taught]:
    """Return whom an account supervises, and who supervises it."""
    rows = Supervision.objects.filter(Q(ends=None) | Q(ends__gt=actor.now), practice_id=actor.practice_row)
    rows = rows.filter(Q(supervisor_id=account) | Q(trainee_id=account)).order_by("began")
    return [Taught(row.pk, row.supervisor_id, row.trainee_id, row.ends and row.ends.astimezone()) for row in rows]
