"""The cast. Dana: on the care team. Omar: same practice, not on it. Rita: front desk. Vera: another practice. Cleo: the client. Max: her father."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from privity.practice.agreements.paper_services import Mark, Offer, hand_over, offer, sign
from privity.practice.agreements.validity import FEDERAL, Signer, Terms, Whose
from privity.practice.keys.held import HeldKeys
from privity.practice.keys.opening import first_keys
from privity.practice.people import links
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account, Practice
from privity.practice.people.services import NewPerson, NewRecord, add_account, add_first_account, add_record
from privity.practice.site.row_security import open_to_all
from privity.vault import Key

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PROFILE = {
    "states": ["CO"], "profession": "psychologist", "hipaa_covered": True, "part2_program": False, "setting": "group_practice", "said_on": date(2026, 11, 1),
}  # fmt: skip


@dataclass
class Cast:
    """Everybody, and Cleo's record."""

    practice: Practice
    keys: HeldKeys
    accounts: dict[str, Account]
    cleo: UUID
    vera: Actor

    def actor(self, who: str, now: datetime = NOW) -> Actor:
        """Return somebody as an actor, as the database has the account now."""
        account = Account.objects.get(id=self.accounts[who].id)
        return Actor(account.id, self.practice.uid, self.practice.pk, frozenset(account.roles), now, self.keys)

    def __getattr__(self, name: str) -> Any:
        if name in ("dana", "omar", "rita", "olga", "petra"):
            return self.actor(name)
        raise AttributeError(name)


def paper_of(recipient: str, **said: Any) -> Terms:
    """Return what a paper says that has every federal element: Cleo's father lets Dana tell somebody that she comes."""
    told: dict[str, Any] = {
        "recipient_kind": recipient, "recipient": "Alpine Freight", "information": ("attendance",), "description": "", "purpose": "client_request",
        "signed_by": "parent", "signer": "Max Marsh", "signed": date(2026, 11, 2), "has": (*FEDERAL, "authority_of_signer"), "ends": date(2027, 3, 1),
    }  # fmt: skip
    return Terms(**{**told, **said})


def whose(years: int | None) -> Whose:
    """Return a client of one record, so many years old, for whom a paper is weighed."""
    who = Signer(UUID(int=1), ("Ada Birch",), date(NOW.year - years, 1, 2) if years is not None else None)
    return Whose(who, (who,), NOW.date())


def signed_here(actor: Actor, record: UUID, template: str, *people: UUID) -> UUID:
    """Return the id of a paper offered in a record and signed on a tablet by these people."""
    paper = offer(actor, record, Offer(template, "CO", ("en",), people, {}, {}))
    for person in people:
        sign(actor, links.held(hand_over(actor, record, paper, person).id, actor.now), Mark("en", "As drawn", "parent", "", {}, "Chrome on a Mac", ""))
    return paper


def practice_with_keys(states: str = "CO") -> tuple[Practice, HeldKeys]:
    """Return a new practice and its keys."""
    practice = Practice.objects.create(**{**PROFILE, "states": [states]})
    return practice, first_keys(practice.uid, Key.random())


@pytest.fixture
def cast(db: None) -> Cast:
    open_to_all(connections["default"])  # as each request's new connection does; the tests' own is one for all
    practice, keys = practice_with_keys()
    olga = add_first_account(practice, keys, "Olga Orr", ["owner"], NOW)
    boss = Actor(olga.id, practice.uid, practice.pk, frozenset({"owner"}), NOW, keys)
    people = {"dana": ["clinician"], "omar": ["clinician"], "rita": ["front_desk"], "petra": ["privacy_officer"], "bill": ["biller"], "carl": ["custodian"]}
    accounts = {"olga": olga} | {who: add_account(boss, f"{who.title()} Test", roles) for who, roles in people.items()}
    elsewhere, other_keys = practice_with_keys("CA")
    vera = add_first_account(elsewhere, other_keys, "Vera Vance", ["owner", "clinician"], NOW)
    dana = Actor(accounts["dana"].id, practice.uid, practice.pk, frozenset({"clinician"}), NOW, keys)
    cleo = add_record(
        dana,
        NewRecord(
            "individual",
            (
                NewPerson("Cleo Marsh", born=date(2012, 3, 4), contacts=({"how": "phone", "to": "303 555 0142", "voicemail": False},)),
                NewPerson("Max Marsh", part="parent", may_see=("billing",)),
            ),
        ),
    )
    return Cast(practice, keys, accounts, cleo, Actor(vera.id, elsewhere.uid, elsewhere.pk, frozenset({"owner", "clinician"}), NOW, other_keys))


@pytest.fixture
def later() -> Callable[[Actor, datetime], Actor]:
    return lambda actor, now: replace(actor, now=now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The moment of each request, which a test moves."""
    from .door import Clock

    return Clock(monkeypatch)


@pytest.fixture
def new_door(cast: Cast, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Makes browsers at the door; Dana, Olga, Omar and Petra have a password and an app."""
    from .door import Door, keep_keys, with_factors

    keep_keys(monkeypatch, {cast.practice.pk: cast.keys})
    with_factors(cast, "dana", "olga", "omar", "petra")
    return lambda **how: Door(cast, clock, **how)


@pytest.fixture
def door(new_door: Callable[..., Any]) -> Any:
    """One browser at the door."""
    return new_door()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here may use both databases."""
    for item in items:
        if "keep" in item.path.parts:
            item.add_marker(pytest.mark.django_db(databases=["default", "keys"]))


@pytest.fixture
def front(cast: Cast) -> Iterator[Callable[[str], Any]]:
    """A way to sit down at a browser as somebody of the cast."""
    from .front import Front, open_doors

    with open_doors(NOW, cast.keys, cast.vera.keys):
        yield lambda who: Front(cast.vera.account if who == "vera" else cast.accounts[who].id)
