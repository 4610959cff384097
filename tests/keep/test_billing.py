"""The biller's corner: visits and codes, a diagnosis by one press for one visit; a packet somebody else made; where the name stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.decisions.access import for_gates
from privity.practice.incidents.models import ClientRequest
from privity.practice.people.access import NotAllowed, opened
from privity.practice.people.care import change_person
from privity.practice.people.models import Account, Participant
from privity.practice.people.services import NewPerson
from privity.practice.records.models import Entry
from privity.practice.records.services import NewDocument, NewEntry, add_document, sign_entry
from privity.practice.releases import access, naming, services
from privity.practice.releases.models import Packet
from privity.practice.releases.packet import IDENTITY, Asked
from privity.practice.releases.paper import composed
from privity.practice.trail.models import Event

from .agreed import PDF
from .conftest import NOW, Cast
from .front import Front
from .releasing import BOOK, FIRST, NOTE, PAYER, ada, decided, employer, health_plan, planned, sent, signed_for, visit_ids

Sit = Callable[[str], Front]


def test_bill_sees_codes_and_one_diagnosis_by_one_press_and_nobody_else_does(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    first, second = visit_ids(client)
    entry = Entry.objects.filter(record_id=client.record, began=FIRST).values_list("id", flat=True).get()
    sign_entry(cast.dana, client.record, NewEntry("amendment", NOW, {"diagnosis": "F40.1 [[like Beth]]", "progress_notes": NOTE}, amends=entry))
    path = f"/clients/{client.record}/codes"
    bill = front("bill").open(f"/clients/{client.record}")
    assert f'href="{path}"' in bill.text
    words = bill.open(path).words
    assert words.count("90834") == 2 and "50" in words and "In the office" in words and "Nov 11, 2026" in words
    assert "F41.0" not in bill.text and "F40.1" not in bill.text and Event.objects.filter(act="codes.read").count() == 1
    one = bill.post(f"{path}/{second}")
    assert one.words.count("F41.0") == 1 and "F40.1" not in one.text and one.words.count("Show it") == 1
    other = bill.post(f"{path}/{first}")  # as it was amended last, without what is about somebody else
    assert "F40.1" in other.words and "F41.0" not in other.text
    for page in (bill.page, one, other):
        assert not [word for word in ("Panic", "slept", "Beth", "garden") if word in page.text]
    assert len({bytes(event.line).partition(b'"row"')[2] for event in Event.objects.filter(act="diagnosis.read")}) == 2
    agree(cast.dana, client.record, NewRestriction((), ("payer",), self_pay=True, began=FIRST.date(), visits=(type(client.record)(second),)))
    assert "45 CFR 164.522(a)(1)(vi)" in bill.open(path).words and bill.post(f"{path}/{second}").status == 403
    assert bill.get(f"{path}/{second}").where() == path
    for who, status in (("omar", 404), ("vera", 404), ("rita", 403), ("petra", 404)):
        page = front(who)
        for answer in (page.get(path), page.post(f"{path}/{first}"), page.get(f"{path}/{first}")):
            assert answer.status == status and "F40" not in answer.text, who
    assert f'href="{path}"' not in front("rita").open(f"/clients/{client.record}").text
    assert Event.objects.filter(act="diagnosis.read").count() == 2
    asked = re.search(r'<form class="mt4" method="post" action="([^"]+)"', bill.text)
    assert asked
    ask = bill.post(asked[1], given=["recipient.kind=payer", "purpose=payment", "information=progress_notes"])
    assert ask.status == 200 and "Who is asking?" not in ask.words


def test_who_neither_made_it_nor_sends_neither_drops_a_packet_nor_hands_it_on(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    decision = decided(client, **PAYER)
    packet, version = planned(client, decision, health_plan(cast), cast.rita)
    path = f"/clients/{client.record}/decisions/{decision}/packet"
    bill = front("bill").open(path)
    assert "Throw it away" not in bill.words and "Hand it to who treats" not in bill.words and "Rita Test made this packet" in bill.words
    for act in ("drop", "hand"):
        assert bill.post(path, act=act, packet=packet, after=version).status == 403
    with pytest.raises(NotAllowed):
        services.drop(cast.actor("bill"), client.record, packet)
    assert Packet.objects.get().state == "draft"
    rita = front("rita").open(path)
    assert "Throw it away" in rita.words and "Hand it to who treats" in rita.words
    assert "Throw it away" in front("dana").open(path).words
    services.drop(cast.dana, client.record, packet)
    assert Packet.objects.get().state == "dropped"


def test_whoever_bills_alone_has_to_do_with_packets_for_payment_and_no_other(front: Sit, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "composed", lambda *args: PDF)
    client, bill = ada(cast), cast.actor("bill")
    signed_for(client)
    paid, (other, firm) = decided(client, **PAYER), employer(client)
    left = sent(client, other, firm)
    mine, _ = planned(client, paid, health_plan(cast), bill)
    theirs, version = planned(client, other, firm, cast.rita)
    base, page = f"/clients/{client.record}/decisions", front("bill")
    for said in (
        page.get(f"{base}/{other}/packet"), page.post(f"{base}/{other}/packet", act="keep"), page.get(f"/clients/{client.record}/releases/{left}"),
        page.post(f"{base}/{other}/packet", act="hand", packet=theirs, after=version), page.post(f"{base}/{other}/packet", act="drop", packet=theirs),
        page.post(f"{base}/{paid}/packet", act="keep", packet=theirs, after=version),  # a forged form: the packet's own decision counts
    ):  # fmt: skip
        assert said.status == 403 and "45 CFR 164.502(b)" in said.words and "Ask the front desk" in said.words and "Alpine" not in said.text
    assert Packet.objects.filter(decision_id=other).count() == 2 and Packet.objects.get(id=theirs).version == version
    assert "Make the packet" not in page.open(f"{base}/{other}").words and "Make the packet" in page.open(f"{base}/{paid}").words
    assert [len(access.waiting(cast.actor(who))) for who in ("bill", "rita")] == [1, 3]
    assert page.open(f"{base}/{paid}/packet").status == 200 and page.post(f"{base}/{paid}/packet", act="hand", packet=mine, after=1).status == 302
    told = f"/clients/{client.record}/accounting"
    assert "Alpine" in front("rita").open(told).words and "Alpine" not in page.open(told).text and page.post(f"{told}/list").status == 403
    for roles, status in (
        (["biller", "front_desk"], 200),
        (["biller", "clinician"], 403),
        (["biller", "privacy_officer"], 200),
        (["biller", "custodian"], 403),
    ):
        Account.objects.filter(id=bill.account).update(roles=roles)  # who treats others bills this client alone
        assert front("bill").get(f"{base}/{other}/packet").status == status, roles


def test_the_page_says_where_the_name_stands_and_the_cover_of_a_fax_bears_none(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    decision, to = decided(client, **PAYER), health_plan(cast)
    for way, says in (("link", "The name stands on the first page"), ("fax", "The name stands on the second page")):
        packet, _ = planned(client, decision, to, way=way, number="970-555-0118")
        shown = access.sheet(cast.dana, BOOK, client.record, decision)
        (held,) = (one for one in shown.made.held if one.what == "Birth date and numbers")
        assert says in held.why and IDENTITY not in shown.made.plan.chosen
        head = services.head_of(cast.dana, BOOK, for_gates(cast.dana, client.record, decision), Packet.objects.get(id=packet), shown.made, shown.recipients[0])
        first, second = (page.extract_text() for page in PdfReader(BytesIO(composed(cast.dana, shown.made, head))).pages[:2])
        assert ("Ada Lane" in first) == (way == "link") and "1980" not in first + second
        assert ("Ada Lane" in second) == (way == "fax")
        services.drop(cast.dana, client.record, packet)


def test_no_typed_words_come_onto_the_cover_of_a_fax_and_no_recipients_lines_that_name_the_client(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    person = Participant.objects.filter(record_id=client.record).values_list("person_id", flat=True).get()
    phone = {"how": "phone", "to": "(303) 555-0142", "voicemail": False}
    change_person(cast.dana, client.record, person, NewPerson("Zoë Lane-O’Hara", chosen="Robert", born=date(1980, 5, 6), contacts=(phone,)))
    (who,) = opened(cast.dana, {client.record: frozenset()})
    for lines in (
        "c/o ZOE", "Mrs. lane", "lane_o_hara", "OHara household", "attn. rob", "ROBERTA’S desk", "Z.L.", "z l", "ZL", "R. O'Hara", "re 05/06/1980",
        "ref 19800506", "May 6, 1980", "+1 303.555.0142", f"no. {str(client.record)[:8].upper()}", "ＺＯＥ",
    ):  # fmt: skip
        assert naming.names(cast.dana, who, lines), lines
    for lines in ("Front Range Health Plan", "1 Plan Way, Suite 200", "Dana Test, claims", "970-555-0100"):  # whoever works here is named on each letter
        assert not naming.names(cast.dana, who, lines), lines
    add_document(cast.dana, client.record, NewDocument("ZOE lane intake", "billing", b"Paid."))
    decision, to = decided(client, **PAYER), health_plan(cast, name="Front Range, for Zoe L.", address="Lane house")
    chosen = frozenset({client.item("billing")})
    asked = Asked(date(2026, 11, 1), date(2026, 11, 12), "Z.L.-1980 Rob")
    packet, _ = planned(client, decision, to, chosen=chosen, asked=asked, why="zoë’s panic", way="fax", number="970-555-0118")
    shown = access.sheet(cast.dana, BOOK, client.record, decision)
    head = services.head_of(cast.dana, BOOK, for_gates(cast.dana, client.record, decision), Packet.objects.get(id=packet), shown.made, shown.recipients[0])
    first, second = (page.extract_text() for page in PdfReader(BytesIO(composed(cast.dana, shown.made, head))).pages[:2])
    for words in ("intake", "Z.L.", "Rob", "panic", "Front Range", "Lane house", "Zo", "1980"):
        assert words.casefold() not in first.casefold() and (words == "Zo" or words.casefold() in second.casefold()), words
    assert "Named on the second page" in first and "970-555-0118" in first and "Payment for the care" in first
    said = "The lines of whoever receives it name somebody of this record. They stay off the cover too."
    assert said in front("dana").open(f"/clients/{client.record}/decisions/{decision}/packet").words
    assert "Not on the cover" in front("dana").open(f"/clients/{client.record}/packets/{packet}/send").words


def test_not_yours_is_said_before_anybody_proves_anew_who_they_are(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    packet, _ = planned(client, decided(client, **PAYER), health_plan(cast))
    for who, status in (("rita", 403), ("omar", 404), ("dana", 302)):
        there = Front(cast.accounts[who].id, proved=False)
        assert there.get(f"/clients/{client.record}/packets/{packet}/send").status == status
        for act in ("hand", "copy"):
            assert there.post(f"/clients/{client.record}/releases/{packet}/{act}").status == status, (who, act)


def test_a_request_from_outside_is_kept_with_its_clock_and_leads_into_the_question(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    base = f"/clients/{client.record}"
    rita = front("rita").open(base)
    assert f'href="{base}/requests/new?kind=outside"' in rita.text and "Write down a request from outside" in rita.open("/requests").words
    told = {
        "kind": "outside", "name": "Dr. Canary Voss", "asker": "treating_provider", "reason": "treatment", "why": "Before surgery", "what": "The last notes",
        "information": ["progress_notes", "medication"], "in_writing": "yes", "received": "2026-11-16", "by_when": "2026-11-25",
    }  # fmt: skip
    path = f"{base}/requests/new"
    assert "Choose what they are" in rita.open(f"{path}?kind=outside").send(path, **{**told, "asker": ""}).words and not ClientRequest.objects.exists()
    page = rita.open(f"{path}?kind=outside").send(path, **told)
    row = ClientRequest.objects.get()
    assert row.kind == "outside" and b"Canary" not in bytes(row.body)
    assert "Dr. Canary Voss" in page.words and "No law read here names a day for this" in page.words and "Nov 25, 2026" in page.words
    at, given = page.at, [unescape(one) for one in re.findall(r'name="given" value="([^"]*)"', page.text)]
    assert given == ["recipient.kind=treating_provider", "purpose=treatment", "information=progress_notes,medication"]
    asked = rita.post(f"{base}/ask", given=given)
    assert asked.status == 200 and "What it is for?" not in asked.words and "Who is asking?" not in asked.words
    assert "Somebody outside asks for the record" in rita.open("/requests").words
    petra = front("petra").open(at)
    assert "Canary" not in petra.text and "Ask whether they may be told" not in petra.words  # by number: no names, no question
    for who in ("omar", "vera"):
        assert front(who).get(at).status == 404 and front(who).post(path, **told).status == 404
    assert front("bill").get(at).status == 403 and front("bill").post(path, **told).status == 403
    assert "Answered" in rita.open(at).send(f"{at}/step", "done", words="Sent by fax after Dana agreed", day="2026-11-18").words
    row.refresh_from_db()
    assert row.ended is not None and ClientRequest.objects.count() == 1
    lawyer = {**told, "asker": "client_attorney", "reason": "client_request", "by_when": ""}
    late = rita.open(f"{path}?kind=outside").send(path, **lawyer).words
    assert "45 CFR 164.524(b)(2)(i), (c)(3)(ii)" in late and "Dec 16, 2026" in late and "No law read here" not in late
