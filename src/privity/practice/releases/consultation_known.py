"""What a record knows that could tell who it is about, as plain values for the reader of cases. For gates alone: it asks nobody and writes no event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from privity.practice.agreements import access as agreements
from privity.practice.people.access import Opened, staff
from privity.practice.people.actor import Actor

from .deidentify import Known, KnownPerson

PARTS = {
    "client": "Client", "partner": "Partner", "family_member": "Family member", "group_member": "Group member", "parent": "Parent", "guardian": "Guardian",
}  # fmt: skip
STAFF = "Staff member"


@dataclass(frozen=True)
class Told:
    """What the clinician adds, since no record holds it: a name or place a line."""

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()

    @classmethod
    def of(cls, people: str, places: str, employers: str, schools: str) -> Told:
        """Return it as it was typed: commas or lines between."""
        return cls(
            *(
                tuple(one.strip() for one in re.split(r"[\n;]|,(?!\s*(?:[A-Z]{2}\b|\d))", typed) if one.strip())
                for typed in (people, places, employers, schools)
            )
        )


def known_of(actor: Actor, record: Opened, told: Told) -> Known:
    """Return everything that is known: the record's people with their names and ways, its papers' names, the staff's names, and what was added."""
    people = [KnownPerson(PARTS.get(part, "Relative"), _names(person.name, person.chosen), person.born) for part, person in record.people]
    phones = [str(way["to"]) for _, person in record.people for way in person.contacts if way.get("how") == "phone" and way.get("to")]
    places = [str(way["to"]) for _, person in record.people for way in person.contacts if way.get("how") == "mail" and way.get("to")]
    people += [KnownPerson("Relative", (name,)) for name in told.people]
    if record.title:
        people.append(KnownPerson("Family name", (record.title,)))
    employers, schools = list(told.employers), list(told.schools)
    for paper in _papers(actor, record.id):
        kind, name, signer = paper
        if kind == "employer":
            employers.append(name)
        elif kind == "school":
            schools.append(name)
        if not any(signer in person.names for person in people):
            people.append(KnownPerson("Signer", (signer,)))
    people += [KnownPerson(STAFF, (one.name,)) for one in staff(actor)]
    dates = tuple(person.born for _, person in record.people if person.born)
    return Known(
        tuple(one for one in people if any(one.names)), (*places, *told.places), tuple(employers), tuple(schools), tuple(phones), dates,
        on=actor.now.astimezone().date(),
    )  # fmt: skip


def _papers(actor: Actor, record: UUID) -> Iterable[tuple[str, str, str]]:
    return [(one.terms.recipient_kind, one.terms.recipient, name) for one in agreements.for_gates(actor, record) for _, name in one.terms.signatures]


def _names(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
