"""What the tests of carrying and keeping share: one record that holds something of each room: papers, decisions, packets, requests, consultations."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from privity.practice.agreements.paper_services import Mark, Offer, hand_over, offer, sign, write_talk
from privity.practice.incidents import letters
from privity.practice.incidents import services as requests
from privity.practice.incidents.requests import Said
from privity.practice.people import links
from privity.practice.people.models import Participant
from privity.practice.people.services import keep_letterhead
from privity.practice.records import disagreements
from privity.practice.releases import accounting, services
from privity.practice.releases.consultation_services import Judged, keep, reply

from .conftest import NOW, Cast
from .releasing import BOOK, Ada, ada, employer, sent, signed_for

HEAD = {"name": "Alder Counseling", "address": "12 Pine Street\nFort Collins, CO 80521", "contact": "Petra Test, privacy officer", "phone": "970 555 0100"}
CASE: dict[str, Any] = {
    "text": "[Client], in her forties", "taken": [], "left": [], "risks": {}, "why": "", "asked": "Dr. Ines Roth", "asked_kind": "consultant",
}  # fmt: skip


def page() -> bytes:
    """One empty page: typesetting takes longer than all else."""
    made = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(made)
    return made.getvalue()


PDF, LETTER = page(), page() + b"\n% a letter\n"


@dataclass
class Held:
    """The record, and the ids of what it holds."""

    ada: Ada
    person: UUID
    paper: UUID
    decision: UUID
    packet: UUID
    call: UUID
    suspension: UUID
    request: UUID
    consultation: UUID

    @property
    def record(self) -> UUID:
        return self.ada.record


def ask(cast: Cast, record: UUID, person: UUID) -> UUID:
    """The id of a request for a copy, written down."""
    said = Said("access", date(2026, 11, 10), "client", person, "", "known", "", "Everything since June", True, ("whole_chart",), "copy", "paper")
    return requests.write_down(cast.dana, record, said)


def everything(cast: Cast, patch: pytest.MonkeyPatch) -> Held:
    """A record with a signed paper and its talk, a decision, a packet that left, a call, a suspension, a request with a letter, a consultation, a dispute."""
    patch.setattr(services, "composed", lambda *args: PDF)
    patch.setattr(letters, "made", lambda *args: LETTER)
    keep_letterhead(cast.olga, **HEAD)
    client = ada(cast)
    record, dana = client.record, cast.dana
    person = Participant.objects.get(record_id=record).person_id
    paper = offer(dana, record, Offer("consent", "CO", ("en", "es"), (person,), {}, {}))
    link = links.held(hand_over(dana, record, paper, person).id, NOW)
    sign(dana, link, Mark("en", "Ada Lane", "", "10,10 20,20", {}, "Chrome on a Mac", "2026-11-20T17:00:00Z"))
    write_talk(dana, record, paper, {"explained": ["limits"], "asked": [], "said": {"safety": "No mail to the house"}})
    signed_for(client)
    decision, to = employer(client)
    packet = sent(client, decision, to)
    call = accounting.add(dana, record, accounting.Told(date(2026, 11, 18), "County police", "That she came on Monday", "Search", "45 CFR 164.512(f)"))
    suspension = accounting.suspend(
        cast.petra, record, [call], agency="County police", speaker="Sgt. Bell", statement="It would impede us", ends=date(2027, 2, 1),
        oral=False,
    )  # fmt: skip
    request = ask(cast, record, person)
    requests.take(dana, BOOK, record, request, "extend", {"reason": "The older part is with the archive", "until": None})
    consultation = keep(dana, BOOK, record, Judged(removed=True, recognizable=False), "consultant", CASE)
    reply(dana, record, consultation, "Dr. Ines Roth", NOW.date(), "Go slowly.")
    disagreements.link(dana, record, request, None, {"request": "Strike the word panic", "statement": "I never said it"})
    return Held(client, person, paper, decision, packet, call, suspension, request, consultation)


def years_on(now: Any, years: int, days: int = 0) -> Any:
    """The same moment so many years and days later."""
    return now.replace(year=now.year + years) + timedelta(days=days)
