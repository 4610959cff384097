"""What the tests of releases share: an adult client with visits and notes, a decision to frozen facts, a recipient on the list, a packet ready to leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from privity.law import Book
from privity.practice.agreements import access as papers
from privity.practice.agreements.services import record_authorization
from privity.practice.agreements.validity import FEDERAL
from privity.practice.decisions.frozen import From, Gathered
from privity.practice.decisions.services import freeze, freeze_put, put
from privity.practice.people.access import opened
from privity.practice.people.actor import Actor
from privity.practice.people.models import Letterhead
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.records.telling import Item, told
from privity.practice.releases import recipients
from privity.practice.releases.packet import Asked, Plan
from privity.practice.releases.recipients import Said
from privity.practice.releases.services import Confirmed, keep, send
from privity.practice.visits.services import NewVisit, add_visit

from .conftest import NOW, Cast, paper_of

BOOK = Book.open()
NOTE = "Panic twice this week. Her sister Beth told her of her own drinking. [[Beth was arrested in May.]] Reviewed the breathing plan."
OLD = "An older note about the garden."
FIRST, SECOND = datetime(2026, 11, 4, 17, tzinfo=UTC), datetime(2026, 11, 11, 17, tzinfo=UTC)
PAYER = {"purpose": "payment", "recipient.kind": "payer", "client.agrees": True, "restriction.paid_in_full": False, "restriction.agreed": False}
EMPLOYER = {"purpose": "client_request", "recipient.kind": "employer", "restriction.agreed": False, "authorization.covers_recipient": True}
PLAN_FAX = "970-555-0118"


@dataclass
class Ada:
    """An adult client of Dana's, and what the tests ask about her."""

    cast: Cast
    record: UUID

    @property
    def items(self) -> tuple[Item, ...]:
        return told(self.cast.dana, self.record, texts=True)

    def item(self, klass: str, at: int = -1) -> str:
        """The id of a part of a class, the newest by default."""
        return str([one for one in self.items if one.klass == klass][at].id)

    def subjects(self) -> list[str]:
        (who,) = opened(self.cast.dana, {self.record: frozenset()})
        return [str(person.id) for part, person in who.people if part != "parent"]


def ada(cast: Cast, kind: str = "individual") -> Ada:
    """Two visits with codes and notes, an older note, a diagnosis."""
    parts = {"individual": ("client",), "couple": ("client", "partner")}[kind]
    people = tuple(NewPerson(name, part=part, born=date(1980, 5, 6)) for name, part in zip(("Ada Lane", "Bo Lane"), parts, strict=False))
    record = add_record(cast.dana, NewRecord(kind, people))
    made = Ada(cast, record)
    Letterhead.objects.get_or_create(
        practice_id=cast.dana.practice_row, defaults={"name": "Alder Counseling", "address": "12 Pine Street", "contact": "Petra", "phone": "970 555 0100"}
    )
    sign_entry(cast.dana, record, NewEntry("session", FIRST - timedelta(days=200), {"progress_notes": OLD}))
    for when, note in ((FIRST, "First: slept badly."), (SECOND, NOTE)):
        add_visit(cast.dana, record, NewVisit(cast.accounts["dana"].id, when, when + timedelta(minutes=50), "office", code="90834"))
        sign_entry(cast.dana, record, NewEntry("session", when, {"progress_notes": note, "diagnosis": "F41.0"}))
    return made


def decided(ada: Ada, actor: Actor | None = None, *, klasses: tuple[str, ...] = (), about: list[str] | None = None, **said: Any) -> UUID:
    """The id of a decision frozen from what the record shows and what was said: each part and document, visits and who it is by their classes."""
    actor = actor or ada.cast.dana
    about = about if about is not None else ada.subjects()
    whole = [{"id": str(one.id), "class": one.klass, "about": about} for one in ada.items if not klasses or one.klass in klasses]
    plain = [{"id": one, "class": one, "about": about} for one in ("billing", "attendance", "identifying_details") if not klasses or one in klasses]
    extra = [{"id": one, "class": one, "about": about} for one in klasses if one in ("psychotherapy_notes", "third_party_information")]
    told = {"information": list(klasses) or ["billing"], "part2.record": False, **said}
    question, asked = put(actor, ada.record, told, items=[*whole, *plain, *extra])
    return freeze_put(actor, BOOK, ada.record, question, asked)


def frozen(cast: Cast) -> UUID:
    """The id of a decision about Cleo's bills: enough to stand in an address."""
    facts = [Gathered("purpose", "payment", From.SAID, "said"), Gathered("recipient.kind", "payer", From.SAID, "said")]
    question = {"on": NOW.date().isoformat(), "places": ["CO"], "facts": {one.name: one.value for one in facts} | {"information": ["billing"]}}
    return freeze(cast.dana, BOOK, cast.cleo, question, facts)


def health_plan(cast: Cast, **said: Any) -> UUID:
    """The id of a health plan on the list."""
    told = {"name": "Front Range Health Plan", "kind": "payer", "fax": PLAN_FAX, "phone": "970-555-0100", "address": "1 Plan Way", "how": "called them"}
    return recipients.keep(cast.dana, Said(**{**told, **said}))


def signed_for(ada: Ada, recipient: str = "employer", **said: Any) -> UUID:
    """The id of a whole authorization of Ada's for an employer."""
    plain: dict[str, Any] = {"signed_by": "client", "signer": "Ada Lane", "has": tuple(FEDERAL), "purpose": "client_request", "ends": date(2027, 3, 1)}
    return record_authorization(ada.cast.dana, ada.record, paper_of(recipient, **{**plain, **said}))


def employer(ada: Ada) -> tuple[UUID, UUID]:
    """A decision that rests on an authorization for an employer, and that employer on the list."""
    decision = decided(ada, klasses=("attendance",), **EMPLOYER)
    to = recipients.keep(ada.cast.dana, Said("Alpine Freight", "employer", fax="970-555-0177", phone="970-555-0170", how="called them"))
    return decision, to


def planned(ada: Ada, decision: UUID, to: UUID, actor: Actor | None = None, **said: Any) -> tuple[UUID, int]:
    """A packet with both visits, kept; by a link where nothing else is said."""
    visits = {f"visit:{one}" for one in visit_ids(ada)}
    plan = Plan(chosen=frozenset(visits), asked=Asked(date(2026, 11, 1), date(2026, 11, 12)), recipient=str(to), way="link")
    return keep(actor or ada.cast.dana, ada.record, decision, replace(plan, **said))


def visit_ids(ada: Ada) -> list[str]:
    """The ids of the visits, as they come."""
    from privity.practice.visits.moving import told as visits

    return [str(one["id"]) for one in visits(ada.cast.dana, ada.record)]


def confirmed(version: int, **said: Any) -> Confirmed:
    """What a careful sender asserts."""
    return replace(Confirmed(version, read=True, checked=True), **said)


def sent(ada: Ada, decision: UUID, to: UUID, actor: Actor | None = None, **said: Any) -> UUID:
    """The id of a packet let go."""
    packet, version = planned(ada, decision, to, **said)
    return send(actor or ada.cast.dana, BOOK, ada.record, packet, confirmed(version))


def live(ada: Ada) -> list[str]:
    """How the record's authorizations stand."""
    return [one.state.value for one in papers.for_gates(ada.cast.dana, ada.record)]


__all__ = ["BOOK", "NOW", "Ada", "ada", "confirmed", "decided", "employer", "frozen", "health_plan", "live", "planned", "sent", "signed_for", "visit_ids"]
