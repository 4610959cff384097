"""Verbs that change the practice, its staff and its clients: each one transaction, with its event as the last statement."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.dispatch import Signal

from privity.practice.keys.held import HeldKeys
from privity.practice.trail import services as trail
from privity.vault import Key, KeyFor, Use, seal

from .access import NotAllowed, NotThere, allowed, by_number, live, place_of_about, place_of_identity, place_of_name, require, require_at_practice
from .actor import Actor
from .matrix import CARE
from .models import Account, Letterhead, Participant, Person, Practice, Record, Role, Supervision, Tie

leaving = Signal()  # asks the rooms above, with `actor` and `account`, what a leaver has left to settle

WORDS = tuple(
    (  # noqa: SIM905  (a list to read, not to type)
        "alder amber aspen birch brook cedar clover coral cove dune elm fern field finch flint grove harbor hazel heron holly iris ivy juniper lake larch "
        "laurel linden maple marsh meadow mesa mint moss oak olive orchard pebble pine plum pond poplar quartz reed ridge river robin rowan sage shore "
        "slate sorrel spruce stone thyme valley violet willow wren yarrow"
    ).split()
)


def describe_practice(said: Mapping[str, Any], on: date) -> Practice:
    """Keep what was said about the practice; what was said before is replaced."""
    practice, _ = Practice.objects.update_or_create(pk=Practice.THE_ONE, defaults={**said, "said_on": on})
    return practice


def change_practice(actor: Actor, said: Mapping[str, Any]) -> None:
    """Keep what is now said about the actor's practice. Raises NotAllowed."""
    require_at_practice(actor, "change", "practice")
    with transaction.atomic():
        Practice.objects.filter(pk=actor.practice_row).update(**said, said_on=actor.now.date())
        trail.write(actor.practice, actor.account, "practice.change", at=actor.now)


def keep_letterhead(actor: Actor, name: str, address: str, contact: str, phone: str) -> None:
    """Keep what stands above the practice's letters. Raises NotAllowed."""
    require_at_practice(actor, "change", "papers")
    with transaction.atomic():
        said = {"name": name, "address": address, "contact": contact, "phone": phone}
        Letterhead.objects.update_or_create(practice_id=actor.practice_row, defaults=said)
        trail.write(actor.practice, actor.account, "letterhead.change", at=actor.now)


# --- staff -----------------------------------------------------------------------------------------------------


def user_name() -> str:
    """Return a random user name, such as heron-cedar-4821."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"


def add_first_account(practice: Practice, keys: HeldKeys, name: str, roles: Sequence[str], now: datetime) -> Account:
    """Return the account of whoever sets the practice up. Raises NotAllowed when there is an account already."""
    if Account.objects.filter(practice=practice).exists():
        raise NotAllowed("the first account is made once; ask the owner for another")
    return _account(practice, keys, name, roles, now, by=None)


def add_account(actor: Actor, name: str, roles: Sequence[str]) -> Account:
    """Return a new account. Raises NotAllowed."""
    require_at_practice(actor, "change", "staff")
    if Role.OWNER in roles:
        _only_owners(actor)
    practice = Practice.objects.get(pk=actor.practice_row)
    return _account(practice, actor.keys, name, roles, actor.now, by=actor.account)


def _account(practice: Practice, keys: HeldKeys, name: str, roles: Sequence[str], now: datetime, by: UUID | None) -> Account:
    id = uuid4()
    key = keys.make(id, Use.ACCOUNT)[Use.ACCOUNT]
    sealed = seal(name.strip(), with_=key, bound_to=place_of_name(practice.uid, id))
    with transaction.atomic():
        account = Account(id=id, practice=practice, user_name=user_name(), name=sealed, roles=sorted({Role(role).value for role in roles}), began=now)
        account.set_unusable_password()
        account.save(force_insert=True)
        trail.write(practice.uid, by or id, "account.add", at=now, account=str(id), roles=".".join(account.roles) or "none")
    return account


def add_former(actor: Actor, id: UUID, name: str) -> None:
    """Keep somebody who worked elsewhere, so that what they wrote stays theirs: an account under the id it had, which nobody can sign in to.

    Raises NotAllowed.
    """
    require_at_practice(actor, "import", "record")
    key = make_missing(actor, [(id, Use.ACCOUNT)])[id, Use.ACCOUNT]
    sealed = seal(name.strip(), with_=key, bound_to=place_of_name(actor.practice, id))
    with transaction.atomic():
        row = Account(id=id, practice_id=actor.practice_row, user_name=user_name(), name=sealed, roles=[], began=actor.now, ended=actor.now)
        row.set_unusable_password()
        row.save(force_insert=True)
        trail.write(actor.practice, actor.account, "account.import", at=actor.now, account=str(id))


def make_missing(actor: Actor, wanted: Sequence[tuple[UUID, Use]]) -> dict[tuple[UUID, Use], Key]:
    """Return keys for rows that keep the ids they had elsewhere: those that a stopped import left in the store, and new ones."""
    names = {KeyFor(str(actor.practice), str(id), use): (id, use) for id, use in wanted}
    there = {names[wrap.for_] for wrap in actor.keys.store.wraps_of(list(names))}
    actor.keys.make_all([pair for pair in dict.fromkeys(wanted) if pair not in there])
    return {(id, use): actor.keys.key(id, use) for id, use in wanted}


def change_roles(actor: Actor, account: UUID, roles: Sequence[str]) -> None:
    """Give an account other roles, effective on its next request; a supervision that the new roles do not carry ends. Raises NotAllowed and NotThere."""
    wanted = {Role(role).value for role in roles}
    if not wanted:
        raise NotAllowed("an account has a role; end it where there is none")
    with transaction.atomic():
        row = _to_change(actor, account)
        if ("owner" in wanted) != ("owner" in row.roles):
            _only_owners(actor)
        if "owner" not in wanted:
            _not_the_last_owner(row)
        row.roles = sorted(wanted)
        row.save(update_fields=["roles"])
        here = Supervision.objects.filter(Q(ends=None) | Q(ends__gt=actor.now))
        if Role.SUPERVISOR not in wanted:
            here.filter(supervisor=row).update(ends=actor.now)
        if Role.TRAINEE not in wanted:
            here.filter(trainee=row).update(ends=actor.now)
        trail.write(actor.practice, actor.account, "account.roles", at=actor.now, account=str(account), roles=".".join(row.roles))


def supervise(actor: Actor, supervisor: UUID, trainee: UUID, ends: datetime | None = None) -> None:
    """Let a supervisor see the records of a trainee's clients, until a day if one is given. Raises NotAllowed and NotThere."""
    with transaction.atomic():
        above, below = _to_change(actor, supervisor), _to_change(actor, trainee)
        if Role.SUPERVISOR not in above.roles or Role.TRAINEE not in below.roles or above == below:
            raise NotAllowed("a supervisor supervises a trainee")
        if not Supervision.objects.filter(Q(ends=None) | Q(ends__gt=actor.now), supervisor=above, trainee=below).exists():
            Supervision.objects.create(practice_id=actor.practice_row, supervisor=above, trainee=below, began=actor.now, ends=ends)
        trail.write(actor.practice, actor.account, "supervision.begin", at=actor.now, supervisor=str(supervisor), trainee=str(trainee))


def end_supervision(actor: Actor, supervision: int) -> None:
    """End a supervision now. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "change", "staff")
    with transaction.atomic():
        row = Supervision.objects.select_for_update().filter(pk=supervision, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"supervision {supervision}")
        row.ends = actor.now
        row.save(update_fields=["ends"])
        supervisor, trainee = str(row.supervisor_id), str(row.trainee_id)
        trail.write(actor.practice, actor.account, "supervision.end", at=actor.now, supervisor=supervisor, trainee=trainee)


def end_account(actor: Actor, account: UUID) -> None:
    """End an account, effective on its next request: sessions, ties and supervision end with it. Raises NotAllowed and NotThere."""
    with transaction.atomic():
        row = _to_change(actor, account, ended=True)
        if "owner" in row.roles:
            _only_owners(actor)
        _not_the_last_owner(row)
        row.ended, row.epoch = row.ended or actor.now, row.epoch + 1
        row.save(update_fields=["ended", "epoch"])
        for ties in (Tie.objects.filter(account=row), Supervision.objects.filter(supervisor=row), Supervision.objects.filter(trainee=row)):
            ties.filter(Q(ends=None) | Q(ends__gt=actor.now)).update(ends=actor.now)
        trail.write(actor.practice, actor.account, "account.end", at=actor.now, account=str(account))


def unsettled(actor: Actor, account: UUID) -> list[str]:
    """Return what a leaver left that somebody must still settle, as the rooms above know it: each answers the signal `leaving` with sentences."""
    answers = leaving.send(sender=Account, actor=actor, account=account)
    return [sentence for _, said in answers for sentence in said or ()]


def _to_change(actor: Actor, account: UUID, *, ended: bool = False) -> Account:
    require_at_practice(actor, "change", "staff")
    rows = Account.objects.select_for_update().filter(id=account, practice_id=actor.practice_row)
    row = rows.first() if ended else rows.filter(ended=None).first()
    if row is None:
        raise NotThere(f"account {account}")
    return row


def _only_owners(actor: Actor) -> None:
    if Role.OWNER not in actor.roles:
        raise NotAllowed("only an owner makes or unmakes an owner")


def _not_the_last_owner(row: Account) -> None:
    others = Account.objects.filter(practice_id=row.practice_id, ended=None).exclude(id=row.id).values_list("roles", flat=True)
    if row.ended is None and Role.OWNER in row.roles and not any(Role.OWNER in roles for roles in others):
        raise NotAllowed("the practice keeps at least one owner")


# --- clients ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be kept: as written on the form or in the file."""

    name: str
    part: str = Participant.Part.CLIENT
    chosen: str = ""
    pronouns: str = ""
    born: date | None = None
    contacts: tuple[Mapping[str, Any], ...] = ()
    may_see: tuple[str, ...] = ()
    known: UUID | None = None  # a person of another record here: then nothing else of this is kept


@dataclass(frozen=True)
class NewRecord:
    """A record to be opened, with its people; whoever is named in `team` cares for them."""

    kind: str
    people: tuple[NewPerson, ...]
    title: str = ""
    quiet: tuple[str, ...] = ()
    team: tuple[UUID, ...] = field(default=())


def add_record(actor: Actor, new: NewRecord) -> UUID:
    """Return the id of a new record. Raises NotAllowed, and CannotSeal for a name or number that is none."""
    require_at_practice(actor, "create", "record")
    record, people = uuid4(), [(person.known or uuid4(), person) for person in new.people]
    _may_be_known(actor, [person.known for person in new.people if person.known])
    team, fresh = _team(actor, new), [(id, person) for id, person in people if not person.known]
    keys = actor.keys.make_all([(record, Use.RECORD), *((id, Use.IDENTITY) for id, _ in fresh)])
    rows = [identity_row(actor, id, person, keys[id][Use.IDENTITY]) for id, person in fresh]
    about = json.dumps({"title": new.title.strip(), "quiet": sorted(set(new.quiet))})
    with transaction.atomic():
        sealed = seal(about, with_=keys[record][Use.RECORD], bound_to=place_of_about(actor, record, 1))
        Record.objects.create(id=record, practice_id=actor.practice_row, kind=Record.Kind(new.kind), about=sealed, opened=actor.now)
        Person.objects.bulk_create(rows)
        Participant.objects.bulk_create(
            Participant(practice_id=actor.practice_row, record_id=record, person_id=id, part=person.part, may_see=list(person.may_see), began=actor.now)
            for id, person in people
        )
        Tie.objects.bulk_create(
            Tie(practice_id=actor.practice_row, record_id=record, account_id=one, kind=Tie.Kind.TEAM, began=actor.now, by=actor.account) for one in team
        )
        trail.write(actor.practice, actor.account, "record.add", at=actor.now, about=[(keys[record][Use.RECORD], record)])
    return record


def _team(actor: Actor, new: NewRecord) -> list[UUID]:
    if new.team:
        return sorted(colleagues(actor, new.team))
    return [actor.account] if actor.roles & {"clinician", "supervisor", "trainee"} else []


def colleagues(actor: Actor, accounts: Sequence[UUID]) -> set[UUID]:
    """Return accounts of this practice. Raises NotThere when one is not, or has left."""
    wanted = set(accounts)
    if Account.objects.filter(id__in=wanted, practice_id=actor.practice_row, ended=None).count() != len(wanted):
        raise NotThere("an account of this practice")
    return wanted


def _may_be_known(actor: Actor, people: Sequence[UUID]) -> None:
    """Raise NotThere unless the actor already may know each of these people from another record."""
    wanted = set(people)
    known = set(allowed(actor, "see", "identity")) if wanted else set()
    rows = Participant.objects.filter(person_id__in=wanted).values_list("person_id", "record_id")
    if wanted - {person for person, record in rows if record in known}:
        raise NotThere("a person of this practice")


def identity_row(actor: Actor, id: UUID, new: NewPerson, key: Key, version: int = 1) -> Person:
    """Return a person's row, sealed and marked, as it will stand in this version; nothing is kept yet. Raises CannotSeal."""
    name = new.name.strip()
    born = new.born.isoformat() if new.born else ""
    raw = {"name": name, "chosen": new.chosen.strip(), "pronouns": new.pronouns.strip(), "born": born, "contacts": list(new.contacts)}
    index = actor.keys.index()
    mark = index.person(name, new.born or date.min)
    phones = [index.phone(contact["to"]).hex() for contact in new.contacts if contact.get("how") == "phone"]
    sealed = seal(json.dumps(raw), with_=key, bound_to=place_of_identity(actor, id, version))
    return Person(id=id, practice_id=actor.practice_row, identity=sealed, version=version, name_mark=mark, phone_marks=phones)


# --- ties ------------------------------------------------------------------------------------------------------


def tie(actor: Actor, record: UUID, account: UUID, kind: str, *, ends: datetime | None = None) -> UUID:
    """Return the id of a new tie between an account and a record. Raises NotThere and NotAllowed."""
    verb = {Tie.Kind.SHARED: ("share", "record"), Tie.Kind.BARRED: ("bar", "record")}.get(Tie.Kind(kind), ("change", "team"))
    may_tie(actor, record, *verb)
    if kind == Tie.Kind.SHARED and ends is None:
        raise NotAllowed("a shared view has a last day")
    colleagues(actor, [account])
    if kind == Tie.Kind.CASE and not Record.objects.filter(id=record).exclude(unit=None).exists():
        raise NotAllowed("a case is on a unit; put the record on one first")
    with transaction.atomic():
        row = Tie.objects.create(practice_id=actor.practice_row, record_id=record, account_id=account, kind=kind, began=actor.now, ends=ends, by=actor.account)
        trail.write(actor.practice, actor.account, f"tie.{kind}", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)], account=str(account))
    return row.id


def untie(actor: Actor, tie_id: UUID) -> None:
    """End a tie now. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        row = Tie.objects.select_for_update().filter(id=tie_id, practice_id=actor.practice_row).first()
        if row is None:
            raise NotThere(f"tie {tie_id}")
        verb = {Tie.Kind.SHARED: ("share", "record"), Tie.Kind.BARRED: ("bar", "record")}.get(Tie.Kind(row.kind), ("change", "team"))
        may_tie(actor, row.record_id, *verb)
        if row.kind in CARE and not _others_caring(actor, row):
            raise LastOnTeam("somebody stays on the team; add the next clinician first")
        row.ends = actor.now if row.ends is None or row.ends > actor.now else row.ends
        row.save(update_fields=["ends"])
        about = [(actor.keys.key(row.record_id, Use.RECORD), row.record_id)]
        trail.write(actor.practice, actor.account, "tie.end", at=actor.now, about=about, account=str(row.account_id))


def _others_caring(actor: Actor, row: Tie) -> bool:
    """Tell whether somebody could still open the record: off a unit one of the team, on it one who is assigned to the case."""
    kinds = CARE if row.kind == Tie.Kind.TEAM or row.record.unit is None else [Tie.Kind.CASE]
    return Tie.objects.filter(live(actor), record_id=row.record_id, kind__in=kinds).exclude(id=row.id).exists()


class LastOnTeam(NotAllowed):
    """The last one of a care team cannot leave it: nobody could open the record."""


def may_tie(actor: Actor, record: UUID, action: str, kind: str) -> None:
    """Raise unless the actor may tie: by a relation of care, or as an officer of the practice, who need not know whose record it is."""
    if not by_number(actor, record, action, kind):
        require(actor, record, action, kind)
