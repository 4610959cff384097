"""The demo practice: made once, in a folder where nobody works yet. Whoever is at this computer may go in as any of its cast; in a real practice nobody may."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.keys.held import HeldKeys
from privity.practice.keys.opening import first_keys
from privity.practice.people.access import staffed
from privity.practice.people.actor import Actor
from privity.practice.people.factors import set_known
from privity.practice.people.models import Account, Practice, Role, Supervision, Tie
from privity.practice.people.services import NewRecord, add_account, add_first_account, add_record, keep_letterhead, tie
from privity.practice.people.units import add as add_unit
from privity.practice.people.units import move
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.trail import services as trail
from privity.practice.visits.models import Visit
from privity.vault import Key, Use, factors

from .demo_agreed import Agreed
from .demo_people import DEMO, LETTERHEAD, PROFILE, SHARED_FOR_DAYS, SHEETS, TODAY, Member, Sheet

BEGAN = timedelta(days=120)  # how long the practice has been at work when the demo begins


@dataclass(frozen=True)
class Offered:
    """One of the cast as the demo's first page shows them."""

    who: str
    name: str
    does: str
    sees: str
    user_name: str
    password: str

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]


def the_demo() -> Practice | None:
    """Return the demo practice, where there is one."""
    return Practice.objects.filter(pk=Practice.THE_DEMO, demo=True).first()


def cast() -> list[Offered]:
    """Return whom one may go in as; nobody where there is no demo."""
    if the_demo() is None:
        return []
    return [Offered(one.who, one.name, ", ".join(Role(role).label for role in one.roles), one.sees, one.user_name, one.password) for one in DEMO]


def account_in_demo(who: str) -> Account | None:
    """Return the account of one of the cast. INVARIANT: never one of a real practice, whatever is asked."""
    names = [one.user_name for one in DEMO if one.who == who]
    return Account.objects.filter(user_name__in=names, practice_id=Practice.THE_DEMO, practice__demo=True, ended=None).first()


def to_type(account: UUID | None, now: datetime) -> dict[str, str] | None:
    """Return what one of the cast types to prove who they are: the password, and the six digits of this half minute. None for everybody else.

    INVARIANT: told of the demo's accounts alone, whatever name a real one has.
    """
    rows = Account.objects.filter(practice_id=Practice.THE_DEMO, practice__demo=True, ended=None)
    row = rows.filter(id=account).first() if account else None
    member = next((one for one in DEMO if row is not None and one.user_name == row.user_name), None)
    if member is None:
        return None
    digits = factors.code_at(factors.secret_typed(member.secret), now.timestamp())
    return {"first": member.name.split()[0], "password": member.password, "digits": f"{digits[:3]} {digits[3:]}"}


def make_demo(root: Key, now: datetime) -> bool:
    """Make the demo practice, whole or not at all; false where somebody works already, or it is there."""
    if staffed() or Practice.objects.filter(pk=Practice.THE_DEMO).exists():
        return False
    with transaction.atomic(), transaction.atomic("keys"):  # the keys are committed first: data never stands without them
        began = now - BEGAN
        practice = Practice.objects.create(pk=Practice.THE_DEMO, demo=True, said_on=began.date(), **PROFILE)
        _Making(practice, first_keys(practice.uid, root), began, now).everything()
    return True


def plan_today(keys: HeldKeys, now: datetime) -> None:
    """Plan the demo's visits for the day, unless they are planned."""
    practice = the_demo()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if practice is None or Visit.objects.filter(practice=practice, starts__gte=midnight, starts__lt=midnight + timedelta(days=1)).exists():
        return
    last = Visit.objects.filter(practice=practice).order_by("-starts").first()
    if last is None:
        return
    day = last.starts.astimezone(now.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Visit.objects.filter(practice=practice, starts__gte=day).order_by("starts")
    wanted = [(row.starts - day, row.ends - row.starts, row.record_id, row.clinician_id, row.modality) for row in rows]
    with transaction.atomic():
        for starts, takes, record, clinician, modality in wanted:
            _plan(practice, keys, record, clinician, midnight + starts, takes, modality, now)


def _plan(practice: Practice, keys: HeldKeys, record: UUID, clinician: UUID, starts: datetime, takes: timedelta, modality: str, now: datetime) -> None:
    row = Visit.objects.create(practice=practice, record_id=record, clinician_id=clinician, starts=starts, ends=starts + takes, modality=modality)
    key = keys.key(record, Use.RECORD)
    trail.write(practice.uid, clinician, "visit.plan", at=now, about=[(key, record)], row=(key, row.id))


class _Making:
    """Makes the cast and what they wrote, in the order in which it happened: a log goes forward."""

    def __init__(self, practice: Practice, keys: HeldKeys, began: datetime, now: datetime) -> None:
        self.practice, self.keys, self.began, self.now = practice, keys, began, now
        self.accounts: dict[str, UUID] = {}
        self.records: dict[str, UUID] = {}
        self.unit: UUID | None = None

    def everything(self) -> None:
        """Make all of it."""
        self._staff()
        for sheet in SHEETS:
            self.records[sheet.key] = self._record(sheet)
        self._ties()
        done: list[tuple[int, int, Callable[[], object]]] = []
        for sheet in SHEETS:
            for days, how, minutes, parts in sheet.sessions:
                done.append((-days, 17, partial(self._session, days, minutes, sheet, how, parts)))
        for days, act in Agreed(self.actor, self.records, self.now).acts():
            done.append((-days, 18, partial(act, (self.now - timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0))))
        for _, _, do in sorted(done, key=lambda one: one[:2]):  # by day and hour
            do()
        midnight = self.now.replace(hour=0, minute=0, second=0, microsecond=0)
        for hour, minute, takes, record, who, how in TODAY:
            starts = midnight + timedelta(hours=hour, minutes=minute)
            _plan(self.practice, self.keys, self.records[record], self.accounts[who], starts, timedelta(minutes=takes), how, self.now)

    def actor(self, who: str, now: datetime) -> Actor:
        """Return one of the cast at a moment."""
        roles = next(one.roles for one in DEMO if one.who == who)
        return Actor(self.accounts[who], self.practice.uid, self.practice.pk, frozenset(roles), now, self.keys)

    def _staff(self) -> None:
        owner = next(one for one in DEMO if "owner" in one.roles)
        self._named(owner, add_first_account(self.practice, self.keys, owner.name, owner.roles, self.began))
        for one in DEMO:
            if one is not owner:
                self._named(one, add_account(self.actor("olga", self.began), one.name, one.roles))
        keep_letterhead(self.actor("olga", self.began), *LETTERHEAD)
        with transaction.atomic():
            Supervision.objects.create(practice=self.practice, supervisor_id=self.accounts["dana"], trainee_id=self.accounts["tess"], began=self.began)
            trail.write(self.practice.uid, self.accounts["olga"], "supervision.begin", at=self.began, account=str(self.accounts["tess"]))

    def _named(self, member: Member, account: Account) -> None:
        account.user_name = member.user_name
        account.save(update_fields=["user_name"])
        set_known(account, self.keys, password=member.password, secret=member.secret, now=self.began)
        self.accounts[member.who] = account.id

    def _record(self, sheet: Sheet) -> UUID:
        first = self.actor(sheet.team[0], self.began)
        new = NewRecord(sheet.kind, sheet.people, sheet.title, sheet.quiet, tuple(self.accounts[who] for who in sheet.team))
        record = add_record(first, new)
        if sheet.unit:
            petra = self.actor("petra", self.began)
            self.unit = self.unit or add_unit(petra, "3 West")
            move(petra, record, self.unit, [self.accounts[who] for who in sheet.team])
        return record

    def _ties(self) -> None:
        """One shared view, one way, with its last day; one restriction."""
        ends = self.now + timedelta(days=SHARED_FOR_DAYS)
        tie(self.actor("dana", self.began), self.records["joan"], self.accounts["omar"], Tie.Kind.SHARED, ends=ends)
        tie(self.actor("petra", self.began), self.records["amir"], self.accounts["omar"], Tie.Kind.BARRED)

    def _session(self, days: int, minutes: int, sheet: Sheet, how: str, parts: Mapping[str, str]) -> None:
        """Sign one entry, an hour after the session's end and never in the time to come."""
        began = (self.now - timedelta(days=days)).replace(hour=9 + uuid4().int % 6, minute=0, second=0, microsecond=0)
        ended = began + timedelta(minutes=minutes)
        writer = replace(self.actor(sheet.team[0], self.began), now=min(began.replace(hour=17), self.now))
        _plan(self.practice, self.keys, self.records[sheet.key], self.accounts[sheet.team[0]], began, timedelta(minutes=minutes), how, writer.now)
        sign_entry(writer, self.records[sheet.key], NewEntry("session", began, parts, ended, how))
