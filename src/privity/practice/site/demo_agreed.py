"""What the demo's clients signed, asked for and had sent: all of it invented, and made by the same verbs as in a real practice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

from privity.law import Book
from privity.practice.agreements.paper_access import REFUSED, OnFile
from privity.practice.agreements.paper_services import FromOutside, Mark, Offer, hand_over, offer, put_on_file, sign
from privity.practice.agreements.services import record_authorization
from privity.practice.agreements.validity import FEDERAL, Terms
from privity.practice.decisions.services import freeze_put, put
from privity.practice.incidents.requests import Said as Asked
from privity.practice.incidents.services import write_down
from privity.practice.people import links
from privity.practice.people.actor import Actor
from privity.practice.people.models import Participant
from privity.practice.records.telling import told
from privity.practice.releases import outbox, recipients
from privity.practice.releases.packet import Asked as Wanted
from privity.practice.releases.packet import Plan
from privity.practice.releases.services import Confirmed, keep, send

At = Callable[[str, datetime], Actor]
PHYSICIAN = "Lakeside Family Medicine, Dr. Ida Brenner"
PLAN = "Front Range Health Plan"
ENDS_SOON = timedelta(days=6)
IN_THE_CHART = OnFile("Our form of 2024", "en", "In the paper chart, front")
NOT_SIGNED = OnFile("", "en", "", REFUSED, "Asked at the desk and again by telephone. He signs nothing that is not from a court.")
PAPERS: Mapping[str, tuple[str, ...]] = {"george": (), "nadia": (), "theo": (), "iris": ("notice",)}  # of all others both


@cache
def _book() -> Book:
    """Return the law, read once: reading it takes longer than all that is asked of it here."""
    return Book.open()


@dataclass
class Agreed:
    """Acts to be done among the sessions, each so many days ago, in the order in which it happened."""

    actor: At
    records: Mapping[str, UUID]
    now: datetime

    def acts(self) -> list[tuple[int, Callable[[datetime], object]]]:
        """Return the acts: days ago, and what is done at the moment that is given."""
        return [
            (119, self._paper_charts), (110, self._offices), (95, self._consent), (61, self._physician), (40, self._payer), (33, self._without_an_end),
            (12, self._ask), (5, self._packet),
        ]  # fmt: skip

    def _paper_charts(self, at: datetime) -> None:
        """What most clients signed before Privity came goes on file; of some it is really missing, Iris signs here, and Derek did not sign for the notice."""
        rita, signed, people = self.actor("rita", at), at.date() - timedelta(days=9), defaultdict[UUID, list[UUID]](list)
        for record, person in Participant.objects.filter(record_id__in=self.records.values()).values_list("record_id", "person_id"):
            people[record].append(person)
        for name, record in self.records.items():
            if several := [
                FromOutside(one, dict.fromkeys(people[record], signed), NOT_SIGNED if (name, one) == ("derek", "notice") else IN_THE_CHART)
                for one in PAPERS.get(name, ("consent", "notice"))
            ]:
                put_on_file(rita, record, several, press=uuid4())

    def _offices(self, at: datetime) -> None:
        """Two offices that receive."""
        for said in (
            recipients.Said(PHYSICIAN, "treating_provider", "970 555 0181", "8 Invented Lane, Fort Nowhere, CO 80000", "", "970 555 0180", "Called them"),
            recipients.Said(PLAN, "payer", "970 555 0183", "1 Plan Way, Fort Nowhere, CO 80000", "", "970 555 0182", "Called the number on its card"),
        ):  # fmt: skip
            recipients.keep(self.actor("dana", at), said)

    def _consent(self, at: datetime) -> None:
        """Iris signs the consent on the tablet."""
        dana, record = self.actor("dana", at), self.records["iris"]
        person = _client(record)
        paper = offer(dana, record, Offer("consent", "CO", ("en",), (person,), {}, {}))
        link = links.held(hand_over(dana, record, paper, person).id, at)
        sign(dana, link, Mark("en", "Iris Calloway", "", "", {}, "A tablet of the demo", at.isoformat()))

    def _physician(self, at: datetime) -> None:
        """Henry's authorization for his physician, which ends in six days."""
        ends = (self.now + ENDS_SOON).date()
        self._signed("henry", at, ("diagnosis", "attendance"), "treating_provider", PHYSICIAN, "Henry Oduya", tuple(FEDERAL), ends)

    def _payer(self, at: datetime) -> None:
        """Joan's for her plan, good for most of a year."""
        ends = (self.now + timedelta(days=300)).date()
        self._signed("joan", at, ("billing", "attendance"), "payer", PLAN, "Joan Mercer", tuple(FEDERAL), ends)

    def _without_an_end(self, at: datetime) -> None:
        """Mara's for her employer, on which no end stands: not valid, and a letter that sends it back is ready."""
        has = tuple(one for one in FEDERAL if one != "expiry")
        self._signed("mara", at, ("attendance",), "employer", "Northwind Bakery", "Mara Lindholm", has, None)

    def _signed(self, who: str, at: datetime, what: tuple[str, ...], kind: str, to: str, signer: str, has: tuple[str, ...], ends: date | None) -> None:
        terms = Terms(kind, to, what, "", "client_request", "client", signer, at.date(), has, ends)
        record_authorization(self.actor("dana", at), self.records[who], terms)

    def _ask(self, at: datetime) -> None:
        """Elena asks for a copy of all of it; the clock runs."""
        record = self.records["elena"]
        said = Asked("access", at.date(), "client", _client(record), "", "known", "", "Everything, for my own keeping", True, ("whole_chart",), "copy", "paper")
        write_down(self.actor("rita", at), record, said)

    def _packet(self, at: datetime) -> None:
        """Henry's diagnosis goes to his physician: asked, kept, packed, checked, handed out, arrived."""
        dana, record = self.actor("dana", at), self.records["henry"]
        parts = [one for one in told(dana, record, texts=True) if one.klass == "diagnosis"]
        items = [{"id": str(one.id), "class": one.klass, "about": [str(_client(record))]} for one in parts]
        said = {"purpose": "client_request", "recipient.kind": "treating_provider", "information": ["diagnosis"], "part2.record": False,
                "restriction.agreed": False, "authorization.covers_recipient": True}  # fmt: skip
        question, asked = put(dana, record, said, items=items)
        decision = freeze_put(dana, _book(), record, question, asked)
        to = next(one for one in recipients.for_gates(dana) if one.said.name == PHYSICIAN)
        plan = Plan(chosen=frozenset(str(one.id) for one in parts), asked=Wanted(None, None), recipient=str(to.id), way="print")
        packet, version = keep(dana, record, decision, plan)
        left = send(dana, _book(), record, packet, Confirmed(version, read=True, checked=True))
        outbox.hand_out(dana, _book(), record, left)
        outbox.settle(replace(dana, now=at), record, left, sent=True)


def _client(record: UUID) -> UUID:
    return Participant.objects.get(record_id=record, part=Participant.Part.CLIENT).person_id
