"""What an auditor looked for and found open once: links of somebody who left, two servers on one database, weighty acts at the front desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from privity.practice.agreements import paper_services as papers
from privity.practice.agreements.paper_access import lacking
from privity.practice.agreements.paper_models import Paper
from privity.practice.agreements.paper_services import Mark, Offer, offer
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.incidents import services as requests
from privity.practice.people import links as people_links
from privity.practice.people.flagging import flags_of
from privity.practice.people.matrix import MATRIX
from privity.practice.people.models import Participant, Tie
from privity.practice.people.services import change_roles, end_account, tie, untie
from privity.practice.releases import accounting, claims, links, outbox, recipients, services
from privity.practice.releases.models import Disclosure, Link, Outgoing, Suspension
from privity.practice.releases.recipients import Said
from privity.practice.releases.services import PacketMoved, Refused
from privity.practice.trail.models import Event
from privity.practice.visits.services import NewVisit, add_visit

from .agreed import PDF
from .conftest import NOW, Cast
from .front import Front
from .releasing import BOOK, PAYER, Ada, ada, decided, employer, health_plan, sent, signed_for, visit_ids

Sit = Callable[[str], Front]


@pytest.fixture(autouse=True)
def typeset_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "composed", lambda *args: PDF)


def going(cast: Cast) -> tuple[Ada, UUID]:
    """A packet let go, to leave by a link; Omar treats Ada too."""
    client = ada(cast)
    signed_for(client)
    tie(cast.dana, client.record, cast.omar.account, "team")
    return client, sent(client, *employer(client))


# --- links of somebody who may not any more -----------------------------------------------------------------------


def leaves(cast: Cast, record: UUID) -> None:
    end_account(cast.olga, cast.accounts["dana"].id)


def does_not_treat_any_more(cast: Cast, record: UUID) -> None:
    change_roles(cast.olga, cast.accounts["dana"].id, ["biller"])


def left_the_team(cast: Cast, record: UUID) -> None:
    untie(cast.dana, Tie.objects.get(record_id=record, account=cast.accounts["dana"], kind="team").id)


@pytest.mark.parametrize("now", [leaves, does_not_treat_any_more, left_the_team])
def test_a_link_opens_no_longer_than_its_maker_may_send_and_a_colleague_makes_another(front: Sit, cast: Cast, now: Callable[[Cast, UUID], None]) -> None:
    client, out = going(cast)
    made = outbox.hand_out(cast.dana, BOOK, client.record, out).link
    assert made
    now(cast, client.record)
    page = front("omar").open(f"/clients/{client.record}/releases/{out}")
    assert "The link opens nothing any more." in page.words and "Somebody who treats makes a new link" in page.words
    with pytest.raises(links.LinkOver):
        links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, NOW)
    assert Link.objects.get().opens == 0 and Event.objects.filter(act="link.end").count() == 1
    newer = outbox.hand_out(cast.omar, BOOK, client.record, out).link
    assert newer and links.opened(cast.keys, cast.practice, BOOK, newer.token, newer.code, NOW) == PDF
    assert "opens nothing any more" not in front("omar").open(f"/clients/{client.record}/releases/{out}").words


def test_a_link_to_sign_at_home_ends_with_its_maker_and_the_papers_page_says_so(front: Sit, cast: Cast) -> None:
    client = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    paper = offer(cast.dana, cast.cleo, Offer("consent", "CO", ("en",), (client,), {}, {}))
    made = papers.send_home(cast.dana, cast.cleo, paper, client)
    path = f"/clients/{cast.cleo}/papers/{paper}"
    assert "is out until" in front("rita").open(path).words
    end_account(cast.olga, cast.accounts["dana"].id)
    with pytest.raises(people_links.Gone):
        people_links.find(made.token, NOW)
    page = front("rita").open(path)
    assert "The link for Cleo Marsh opens nothing any more." in page.words and "Somebody else makes a new link" in page.words
    assert "is out until" not in page.words
    page.send(f"{path}/link", person=str(client))
    assert "is out until" in page.words and "opens nothing any more" not in page.words


# --- two servers on one database ------------------------------------------------------------------------------------


def test_one_server_leaves_alone_what_another_has_on_its_way_until_its_lease_runs_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, out = going(cast)
    other = sent(client, *employer(client))
    outbox.hand_out(cast.dana, BOOK, client.record, out)
    here, there = claims.server(), uuid4()

    def states() -> list[str]:
        return [Outgoing.objects.get(id=one).state for one in (out, other)]

    monkeypatch.setattr(claims, "server", lambda: there)  # the second server starts, and works for a while
    assert outbox.wake(NOW) == 0 and outbox.tend(NOW + timedelta(hours=1)) == 0 and states() == ["sending", "authorized"]
    monkeypatch.setattr(claims, "server", lambda: here)
    assert outbox.tend(NOW + timedelta(hours=7)) == 0  # the first still runs, and holds on to its own
    monkeypatch.setattr(claims, "server", lambda: there)
    assert outbox.tend(NOW + timedelta(hours=18)) == 0 and states() == ["sending", "authorized"]
    assert outbox.tend(NOW + timedelta(hours=19)) == 2 and states() == ["uncertain", "failed"]  # it runs no more
    assert Event.objects.filter(act="outbox.wake").count() == 1 and outbox.wake(NOW + timedelta(hours=20)) == 0


def test_of_two_servers_that_hand_out_at_once_one_does(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = ada(cast)
    signed_for(client)
    out = sent(client, *employer(client), way="file")
    row = outbox._row

    def meanwhile(*args: Any) -> Any:
        seen = row(*args)
        monkeypatch.setattr(outbox, "_row", row)
        assert claims.take(out, NOW, began=NOW)  # the other took it after this one looked
        return seen

    monkeypatch.setattr(outbox, "_row", meanwhile)
    with pytest.raises(PacketMoved):
        outbox.hand_out(replace(cast.dana, now=NOW), BOOK, client.record, out)
    assert not Event.objects.filter(act="release.hand").exists()


# --- weighty acts at the front desk -----------------------------------------------------------------------------------

LETTER = {"agency": "State fraud unit", "speaker": "", "statement": "It would impede a case", "ends": "2027-01-20"}


def test_the_front_desk_prepares_and_never_decides() -> None:
    weighty = {
        ("decide", "request"): {"clinician", "supervisor", "trainee", "privacy_officer"}, ("end", "restriction"): {"clinician", "supervisor", "trainee"},
        ("suspend", "accounting"): {"owner", "privacy_officer"}, ("send", "release"): {"clinician", "supervisor", "trainee"},
        ("write", "chart"): {"clinician", "supervisor", "trainee"}, ("review", "request"): {"clinician", "supervisor", "trainee", "privacy_officer"},
    }  # fmt: skip
    for (action, kind), who in weighty.items():
        assert {role for row in MATRIX if (row.action, row.kind) == (action, kind) for role in row.roles} == who, (action, kind)
    assert {act for act, need in requests.NEEDS.items() if need == "decide"} >= {"answer", "extend", "facts", "list", "rebuttal"}


def test_the_desk_notes_that_an_agency_asked_and_the_privacy_officer_decides(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    path = f"/clients/{client.record}/accounting"
    entry = accounting.add(cast.dana, client.record, accounting.Told(NOW.date(), "County police", "A threat", "To prevent harm"))
    kept_back = agree(cast.dana, client.record, NewRestriction((), ("payer",), self_pay=False, began=NOW.date()))
    rita, petra = front("rita"), front("petra")
    assert rita.post(f"{path}/suspend", entry=[str(entry)], **LETTER).status == 403
    assert front("dana").post(f"{path}/suspend", entry=[str(entry)], **LETTER).status == 403
    page = rita.open(path).send(f"{path}/note", entry=[str(entry)], **LETTER)
    assert "Nothing is held back yet. The privacy officer or the owner decides." in page.words and "Hold them back" not in page.words
    asked = Suspension.objects.get()
    for tail in ("follow", "lift"):
        assert rita.post(f"{path}/suspensions/{asked.id}/{tail}").status == 403
        assert front("vera").post(f"{path}/suspensions/{asked.id}/{tail}").status == 404
    assert rita.post(f"/clients/{client.record}/restrictions/{kept_back}/end", how="by_word").status == 403
    assert accounting.for_client(cast.dana, client.record).entries  # until somebody decided
    number = f"Record {str(client.record)[:8]}"
    assert number in petra.open("/releases").words
    page = petra.open(path)
    assert number in page.words and "Ada Lane" not in page.text and "Read the agency’s letter" in page.words
    assert "About: Nov 20, 2026, County police" in page.words
    page.send(f"{path}/suspensions/{asked.id}/follow")
    assert "Not until Jan 20, 2027" in page.words and not accounting.for_client(cast.dana, client.record).entries
    # A shorter one that comes later lets nothing out before its day; only the officer ends it.
    accounting.suspend(cast.olga, client.record, [entry], **{**LETTER, "ends": date(2026, 12, 1), "oral": True})
    assert accounting.page(cast.dana, client.record).entries[0].suspended == date(2027, 1, 20)
    assert number not in petra.open("/releases").words
    tie(cast.petra, client.record, cast.accounts["petra"].id, "barred")
    assert petra.post(f"{path}/suspensions/{asked.id}/lift").status == petra.get(path).status == 404


# --- the accounting of what was said in danger, or on the phone ----------------------------------------------------------


def test_whom_one_told_in_danger_is_written_down_in_one_step_and_stands_in_no_address(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    dana = front("dana").open("/danger")
    taps = {"topic": "hurt", "place": "CO", "given": ["victim=child", "suspected=yes", "kind=physical", "learned=client"]}
    dana.send("/danger", **taps)
    assert "Write down whom you told : Child protection" in dana.words and "you told : A colleague" not in dana.words
    assert "Write down whom you told" not in Front(None).open("/danger").send("/danger", **taps).words
    given = {**taps, "telling": "child_protection"}
    page = dana.send("/told", **given)
    assert page.at == "/told" and page.status == 200 and "19-3-304" in page.text and "what you saw or heard" in page.text
    values = {name: unescape(value) for name, value in re.findall(r'<input[^>]*name="(who|basis|on|way)" value="([^"]*)"', page.text)}
    assert set(values) == {"who", "basis", "on", "way"}
    said = {**values, "what": "What I saw", "kind": "child_protection", "purpose": "report_child_abuse"}
    assert page.send("/told", record="", **said).status == 422 and "Choose whose record it is." in page.words and not Disclosure.objects.exists()
    for stranger in (cast.vera, cast.omar):
        who = front("vera" if stranger is cast.vera else "omar")
        assert who.post("/told", record=str(client.record), **said).status == 404
    assert front("petra").post("/told", record=str(client.record), **said).status == 403
    page.send("/told", record=str(client.record), **said)
    (entry,) = accounting.page(cast.dana, client.record).entries
    assert page.at == f"/clients/{client.record}/accounting" and entry.counted and "19-3-304" in entry.told.basis and entry.told.way == "By telephone"
    assert b"304" not in bytes(Disclosure.objects.get().body)
    # A call that a live paper allowed: the address has the paper's id alone.
    paper = signed_for(client)
    page = dana.open(f"/clients/{client.record}/accounting?paper={paper}")
    assert 'value="Alpine Freight"' in page.text and "45 CFR 164.508" in page.text
    assert 'value="Alpine Freight"' not in dana.open(f"/clients/{cast.cleo}/accounting?paper={paper}").text
    assert 'value="Alpine Freight"' not in front("bill").open(f"/clients/{client.record}/accounting?paper={paper}").text  # who may see no paper reads none here


# --- a missing paper on the day's list ------------------------------------------------------------------------------


def test_the_days_list_says_that_a_paper_is_missing_and_not_which_nor_why(front: Sit, cast: Cast) -> None:
    client = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    tomorrow = NOW + timedelta(days=1)
    add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, tomorrow, tomorrow + timedelta(minutes=50), "office"))
    others = [ada(cast).record for _ in range(2)]  # of them nobody comes
    says = "A paper is missing"
    page = front("rita").open("/today?day=2026-11-21")
    assert says in page.words and f'href="/clients/{cast.cleo}/papers"' in page.text
    assert says in front("rita").open(f"/clients/{cast.cleo}").words
    assert flags_of(cast.actor("bill"), [cast.cleo]) == flags_of(cast.omar, [cast.cleo]) == flags_of(cast.vera, [cast.cleo]) == {}
    assert flags_of(cast.dana, [cast.cleo, *others]) == {cast.cleo: (says,)}
    for records in ([cast.cleo], [cast.cleo, *others]):
        with CaptureQueriesContext(connections["default"]) as asked:
            lacking(None, actor=cast.dana, records=records)
        assert sum("agreements_paper" in one["sql"] for one in asked) == 1 and len(asked) == 5  # four to know what one is to them
    for template in ("consent", "telehealth", "notice"):
        assert flags_of(cast.dana, [cast.cleo]) == {cast.cleo: (says,)}
        wanted = papers.wording(cast.dana, template).template
        paper = offer(cast.dana, cast.cleo, Offer(template, "CO", ("en",), (client,), dict.fromkeys((*wanted.asks, *wanted.fills), "x"), {}))
        link = people_links.held(papers.hand_over(cast.dana, cast.cleo, paper, client).id, NOW)
        assert flags_of(cast.dana, [cast.cleo]) == {cast.cleo: (says,)}  # laid out is not signed
        papers.sign(cast.dana, link, Mark("en", "Cleo Marsh", "", "", {}, "Chrome", ""))
    assert flags_of(cast.dana, [cast.cleo]) == {}
    papers.withdraw(cast.dana, cast.cleo, paper)
    assert flags_of(cast.dana, [cast.cleo]) == {cast.cleo: (says,)} and flags_of(replace(cast.dana, now=NOW + timedelta(days=3)), [cast.cleo]) == {}
    assert set(Paper.objects.values_list("kind", flat=True)) == {"informed_consent", "privacy_notice", ""}


# --- between letting go and handing out -------------------------------------------------------------------------------


def test_what_changed_after_it_was_let_go_stops_the_handing_out_the_bytes_and_the_link(cast: Cast) -> None:
    client = ada(cast)
    decision, to, other_to = decided(client, **PAYER), health_plan(cast), health_plan(cast, name="Mesa Health")
    linked, printed, fresh, elsewhere = (sent(client, decision, one, way=way) for one, way in ((to, "link"), (to, "print"), (to, "link"), (other_to, "link")))
    made = outbox.hand_out(cast.dana, BOOK, client.record, linked).link
    outbox.hand_out(cast.dana, BOOK, client.record, printed)
    # A number found wrong after the sender pressed send: nothing goes to where it was.
    recipients.keep(replace(cast.rita, now=NOW + timedelta(minutes=1)), Said("Mesa Health", "payer", mail="right@example.org", how="called them"), other_to)
    with pytest.raises(Refused, match="changed on your list"):
        outbox.hand_out(cast.dana, BOOK, client.record, elsewhere)
    # The client paid for one visit in full: the whole decision still stands, and this visit may not go.
    agree(cast.dana, client.record, NewRestriction((), ("payer",), self_pay=True, began=NOW.date(), visits=(UUID(visit_ids(client)[0]),)))
    with pytest.raises(Refused, match="may not go any more"):
        outbox.hand_out(cast.dana, BOOK, client.record, fresh)
    with pytest.raises(Refused, match="may not go any more"):
        outbox.copy(cast.dana, BOOK, client.record, printed)
    assert made
    with pytest.raises(links.LinkOver):
        links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, NOW)
    assert {Outgoing.objects.get(id=one).state for one in (fresh, elsewhere)} == {"failed"}


def test_a_link_opens_nothing_once_its_recipient_is_off_the_list(cast: Cast) -> None:
    client = ada(cast)
    to = health_plan(cast)
    made = outbox.hand_out(cast.dana, BOOK, client.record, sent(client, decided(client, **PAYER), to)).link
    recipients.end(cast.rita, to)
    assert made
    with pytest.raises(links.LinkOver):
        links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, NOW)
