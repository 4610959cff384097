"""Sealed notes at the server: two origins that share nothing, tickets, and a gate behind which only the author knows that a note exists."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from privity.practice.keys.models import WrappedKey
from privity.practice.people import services as people
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.actor import Actor
from privity.practice.records import access as charts
from privity.practice.records import sealed_access as gate
from privity.practice.records import sealed_services as verbs
from privity.practice.records.sealed_models import Compared, Custody, SealedNote, Ticket, Unlocker
from privity.practice.site.keeping import Keeping
from privity.practice.site.keys_origin import assets
from privity.practice.trail.models import Event
from privity.vault import MovedRow
from privity.vault.faults import NoSuchKey

from .conftest import NOW, Cast
from .sealing import client_of, signed_in

KEYS, MAIN = "keys.localhost", "localhost"
BODY = b"N\x01" + os.urandom(500)
NOTE_KEY = b"K\x01" + os.urandom(160)
STRANGERS = ("omar", "rita", "olga", "petra", "bill", "carl")


@pytest.fixture(autouse=True)
def unlocked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeping, "keys", lambda self, practice: cast.keys)


def make_keys(actor: Actor, ways: int = 2) -> None:
    agree, verify = os.urandom(32), os.urandom(32)
    verbs.begin_keys(actor, agree, verify, [wrap(agree, verify) for _ in range(ways)])


def wrap(agree: bytes, verify: bytes) -> bytes:
    return b"U\x01\x01" + os.urandom(16) + sha256(b"privity/browser/v1/fingerprint" + agree + verify).digest() + os.urandom(60)


def write(actor: Actor, record: UUID, body: bytes = BODY) -> UUID:
    id = uuid4()
    first = gate.note_key(actor, record) is None
    verbs.keep_note(actor, record, id, 1, body, key_wrap=NOTE_KEY if first else None)
    return id


# --- two origins -----------------------------------------------------------------------------------------------


def test_the_keys_origin_gives_out_its_files_under_its_policy_and_nothing_of_the_app() -> None:
    keys = Client(SERVER_NAME=KEYS)
    page = keys.get("/keys/pages/notes.html")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src http://localhost; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    for path in ("/", "/ask", "/profile", "/custody", "/sealed-api/mine", "/static/privity/desk.js", "/keys/", "/keys/../serve.py", "/keys/pages.json"):
        answer = keys.get(path)
        assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (404, policy), path
        assert keys.post(path).status_code == 404
    assert "Set-Cookie" not in page.headers


def test_the_apps_origin_serves_no_file_of_the_keys() -> None:
    main = Client(SERVER_NAME=MAIN)
    for name in assets():
        if "/look/" not in name:
            assert main.get(name).status_code == main.get(f"/static{name}").status_code == 404, name


def test_only_the_relay_sends_and_no_page_reads_text_as_markup() -> None:
    import re

    folder = Path(__file__).parents[2] / "src/privity/practice/site/static/keys/pages"
    for path in folder.glob("*.js"):
        text = path.read_text("utf-8")
        assert ("fetch(" in text) == (path.name == "relay.js"), path.name
        assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|postMessage|sendBeacon|XMLHttp|WebSocket|console", text)
        assert len(text.splitlines()) <= 180


# --- tickets ---------------------------------------------------------------------------------------------------


@pytest.fixture
def ask(cast: Cast) -> Callable[..., Any]:
    def send(ticket: str, verb: str, said: dict[str, Any] | None = None, origin: str = "http://keys.localhost") -> Any:
        headers = {"origin": origin, "authorization": f"Bearer {ticket}"}
        return Client(SERVER_NAME=MAIN, enforce_csrf_checks=True).post(f"/sealed-api/{verb}", said or {}, content_type="application/json", headers=headers)

    return send


def ticket_for(cast: Cast, who: str = "dana", record: UUID | None = None) -> tuple[str, str]:
    session = signed_in(cast.accounts[who])
    return verbs.give_ticket(cast.actor(who), session, record), session


def test_the_keys_pages_are_answered_by_their_ticket_alone(cast: Cast, ask: Callable[..., Any]) -> None:
    ticket, _ = ticket_for(cast)
    answer = ask(ticket, "mine")
    assert (answer.status_code, answer.json()["author"]) == (200, str(cast.dana.account))
    assert answer.headers["Access-Control-Allow-Origin"] == "http://keys.localhost"
    assert "Access-Control-Allow-Credentials" not in answer.headers and "Set-Cookie" not in answer.headers
    assert ask("no-such-ticket", "mine").status_code == 401
    for origin in ("http://localhost", "http://evil.example", "null", "http://keys.localhost.evil.example"):
        assert ask(ticket, "mine", origin=origin).status_code == 403
    cookie = client_of(cast.accounts["dana"]).post("/sealed-api/mine", {}, content_type="application/json", headers={"origin": "http://keys.localhost"})
    assert cookie.status_code == 401, "a cookie counts for nothing here"
    asked = Client(SERVER_NAME=MAIN).options("/sealed-api/mine", headers={"origin": "http://keys.localhost"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "POST")


def test_a_ticket_ends_with_its_session_and_with_the_account(cast: Cast, ask: Callable[..., Any]) -> None:
    ticket, session = ticket_for(cast)
    SessionStore(session).delete()
    assert ask(ticket, "mine").status_code == 401
    ticket, _ = ticket_for(cast)
    assert ask(ticket, "mine").status_code == 200
    people.end_account(cast.olga, cast.dana.account)
    assert ask(ticket, "mine").status_code == 401


def test_a_ticket_of_a_session_left_alone_for_15_minutes_is_over(cast: Cast, ask: Callable[..., Any]) -> None:
    from datetime import datetime

    session = signed_in(cast.accounts["dana"], datetime.now().astimezone() - timedelta(minutes=16))
    assert ask(verbs.give_ticket(cast.dana, session, None), "mine").status_code == 401


def test_a_ticket_opens_one_record_and_is_kept_only_as_a_hash(cast: Cast, ask: Callable[..., Any]) -> None:
    ticket, _ = ticket_for(cast, record=cast.cleo)
    assert ask(ticket, "record").json()["called"] == "Cleo Marsh"
    assert ask(ticket, "people").status_code == 404
    own, _ = ticket_for(cast)
    assert ask(own, "record").status_code == 404
    assert ticket not in Ticket.objects.values_list("digest", flat=True)
    with pytest.raises(NotThere):
        ticket_for(cast, "omar", cast.cleo)


@pytest.mark.parametrize(("sent", "status"), [({}, 404), ({"note": "x"}, 400), ({"note": str(uuid4())}, 404)])
def test_what_cannot_be_read_is_refused_in_one_sentence(cast: Cast, ask: Callable[..., Any], sent: dict[str, str], status: int) -> None:
    ticket, _ = ticket_for(cast, record=cast.cleo)
    answer = ask(ticket, "note", sent)
    assert (answer.status_code, answer.json()["why"].count(";")) == (status, 2)


def test_a_hundred_megabytes_are_refused_before_they_are_read(cast: Cast) -> None:
    ticket, _ = ticket_for(cast, record=cast.cleo)
    headers = {"origin": "http://keys.localhost", "authorization": f"Bearer {ticket}", "content-length": str(100 << 20)}
    answer = Client(SERVER_NAME=MAIN).post("/sealed-api/keep", b"x", content_type="application/json", headers=headers)
    assert answer.status_code == 413 and "split it" in answer.json()["why"]


# --- whose they are --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", STRANGERS)
def test_to_anybody_else_a_sealed_note_does_not_exist(cast: Cast, who: str) -> None:
    make_keys(cast.dana)
    note = write(cast.dana, cast.cleo)
    assert client_of(cast.accounts["dana"]).get(f"/records/{cast.cleo}/sealed").status_code == 200
    assert client_of(cast.accounts[who]).get(f"/records/{cast.cleo}/sealed").status_code == 404
    with pytest.raises(NotThere):
        gate.sheet(cast.actor(who), cast.cleo)
    with pytest.raises(NotThere):
        gate.note(cast.actor(who), cast.cleo, note)


def test_a_colleague_on_the_team_sees_an_empty_sheet_of_their_own(cast: Cast) -> None:
    make_keys(cast.dana)
    note = write(cast.dana, cast.cleo)
    people.tie(cast.dana, cast.cleo, cast.omar.account, "team")
    assert gate.sheet(cast.omar, cast.cleo).notes == ()
    assert gate.note_key(cast.omar, cast.cleo) is None
    with pytest.raises(NotThere):
        gate.note(cast.omar, cast.cleo, note)
    assert charts.chart(cast.omar, cast.cleo).entries == ()


def test_the_trail_tells_no_colleague_that_there_is_one(cast: Cast) -> None:
    from privity.practice.people.trail import Asked, read

    people.tie(cast.dana, cast.cleo, cast.omar.account, "team")
    make_keys(cast.dana)
    gate.note(cast.dana, cast.cleo, write(cast.dana, cast.cleo))

    def told(actor: Actor) -> bool:
        return "sealed note" in " ".join(line.did for line in read(actor, Asked(record=cast.cleo)).lines)

    assert (told(cast.dana), told(cast.omar), told(cast.petra)) == (True, False, True)


def test_sharing_and_broken_glass_carry_no_sealed_note(cast: Cast) -> None:
    people.tie(cast.dana, cast.cleo, cast.omar.account, "shared", ends=NOW + timedelta(days=2))
    with pytest.raises(NotThere):
        gate.sheet(cast.omar, cast.cleo)


def test_vera_of_another_practice_cannot(cast: Cast) -> None:
    with pytest.raises(NotThere):
        gate.sheet(cast.vera, cast.cleo)


def test_the_author_keeps_hers_when_the_care_ends_and_a_bar_takes_them_away(cast: Cast) -> None:
    from privity.practice.people.models import Tie

    make_keys(cast.dana)
    note = write(cast.dana, cast.cleo)
    Tie.objects.filter(account_id=cast.dana.account).update(ends=NOW)
    sheet = gate.sheet(cast.dana, cast.cleo)
    assert (sheet.called, sheet.may_write, len(sheet.notes)) == ("A client you no longer care for", False, 1)
    assert gate.note(cast.dana, cast.cleo, note) == (1, BODY)
    people.tie(cast.petra, cast.cleo, cast.dana.account, "barred")
    with pytest.raises(NotThere):
        gate.note(cast.dana, cast.cleo, note)


# --- keys and notes as kept ------------------------------------------------------------------------------------


def test_two_ways_in_at_least_and_one_pair_of_keys(cast: Cast) -> None:
    with pytest.raises(verbs.SealRefused, match="two ways in"):
        make_keys(cast.dana, ways=1)
    with pytest.raises(verbs.SealRefused, match="not ways in to one pair"):
        verbs.begin_keys(cast.dana, os.urandom(32), os.urandom(32), [wrap(b"a" * 32, b"b" * 32), wrap(b"a" * 32, b"b" * 32)])
    same = wrap(b"a" * 32, b"b" * 32)
    with pytest.raises(verbs.SealRefused, match="two ways in"):
        verbs.begin_keys(cast.dana, b"a" * 32, b"b" * 32, [same, same])
    with pytest.raises(verbs.SealRefused, match="make them first"):
        write(cast.dana, cast.cleo)
    make_keys(cast.dana)
    with pytest.raises(verbs.SealRefused, match="keys already"):
        make_keys(cast.dana)
    way = gate.own_keys(cast.dana).unlockers[0][0]
    with pytest.raises(verbs.SealRefused, match="two ways in must stay"):
        verbs.drop_unlocker(cast.dana, way)
    agree, verify = gate.public_keys(cast.dana)[cast.dana.account]
    with pytest.raises(verbs.SealRefused, match="no way in to your keys"):
        verbs.add_unlocker(cast.dana, wrap(b"a" * 32, b"b" * 32))
    verbs.add_unlocker(cast.dana, wrap(agree, verify))
    with pytest.raises(NotThere):
        verbs.drop_unlocker(cast.omar, way)
    verbs.drop_unlocker(cast.dana, way)
    assert Unlocker.objects.count() == 2


def test_drafts_are_counted_and_a_sealed_note_never_changes(cast: Cast) -> None:
    make_keys(cast.dana)
    draft = uuid4()
    verbs.keep_note(cast.dana, cast.cleo, draft, 2, BODY, key_wrap=NOTE_KEY)
    verbs.keep_note(cast.dana, cast.cleo, draft, 3, BODY[::-1].replace(BODY[::-1][:2], b"N\x01", 1))
    for version in (2, 3):
        with pytest.raises(verbs.SealRefused, match="another window saved"):
            verbs.keep_note(cast.dana, cast.cleo, draft, version, BODY)
    with pytest.raises(verbs.SealRefused, match="another window holds"):
        verbs.keep_note(cast.dana, cast.cleo, uuid4(), 2, BODY)
    note = write(cast.dana, cast.cleo)
    assert [(one.id, one.draft) for one in gate.sheet(cast.dana, cast.cleo).notes] == [(note, False)]
    for version in (1, 2):
        with pytest.raises(verbs.SealRefused, match="another window"):
            verbs.keep_note(cast.dana, cast.cleo, note, version, BODY)
    with pytest.raises(verbs.SealRefused, match="key of these notes"):
        verbs.keep_note(cast.dana, cast.cleo, uuid4(), 1, BODY, key_wrap=NOTE_KEY)


@pytest.mark.parametrize("body", [b"", b"N\x01" + bytes(300), b"S\x01" + bytes(500), b"N\x01" + bytes(1 << 21)])
def test_what_is_no_sealed_note_is_not_kept(cast: Cast, body: bytes) -> None:
    make_keys(cast.dana)
    with pytest.raises(verbs.SealRefused, match="no sealed note"):
        write(cast.dana, cast.cleo, body)


def test_under_the_records_key_a_moved_row_does_not_open_and_the_keys_end_ends_both(cast: Cast) -> None:
    make_keys(cast.dana)
    one, two = write(cast.dana, cast.cleo), write(cast.dana, cast.cleo, b"N\x01" + os.urandom(500))
    assert BODY[2:] not in b"".join(bytes(row.body) for row in SealedNote.objects.all())
    SealedNote.objects.filter(id=two).update(body=SealedNote.objects.get(id=one).body)
    with pytest.raises(MovedRow):
        gate.note(cast.dana, cast.cleo, two)
    WrappedKey.objects.using("keys").filter(record=str(cast.cleo), use="record").delete()
    with pytest.raises(NoSuchKey):
        gate.note(cast.dana, cast.cleo, one)


def test_each_look_and_each_act_is_an_event(cast: Cast) -> None:
    before = Event.objects.count()
    make_keys(cast.dana)
    note = write(cast.dana, cast.cleo)
    gate.sheet(cast.dana, cast.cleo)
    gate.note(cast.dana, cast.cleo, note)
    verbs.hand_over(cast.dana, cast.cleo, note, "Agreed on a plan.")
    acts = list(Event.objects.order_by("n").values_list("act", flat=True))[before:]
    assert acts == ["keys.begin", "sealed.write", "sealed.list", "sealed.read", "entry.sign", "sealed.hand"]


def test_where_the_log_cannot_be_written_no_bytes_are_given(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_keys(cast.dana)
    note = write(cast.dana, cast.cleo)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("privity.practice.trail.services.append", full)
    with pytest.raises(OSError, match="no space"):
        gate.note(cast.dana, cast.cleo, note)


def test_handing_a_text_to_the_record_makes_a_progress_note_and_leaves_the_seal_as_it_was(cast: Cast) -> None:
    make_keys(cast.dana)
    note = write(cast.dana, cast.cleo)
    verbs.hand_over(cast.dana, cast.cleo, note, "Agreed on a plan.")
    (entry,) = charts.chart(cast.dana, cast.cleo).entries
    assert (entry.kind, entry.parts) == ("note", {"progress_notes": "Agreed on a plan."})
    assert gate.note(cast.dana, cast.cleo, note) == (1, BODY)
    people.tie(cast.dana, cast.cleo, cast.omar.account, "team")
    with pytest.raises(NotThere):
        verbs.hand_over(cast.omar, cast.cleo, note, "x")


def test_the_way_to_the_keys_origin_asks_for_a_fresh_proof(cast: Cast) -> None:
    client = client_of(cast.accounts["dana"])
    page = client.get(f"/records/{cast.cleo}/sealed")
    assert "form-action 'self' http://keys.localhost;" in page.headers["Content-Security-Policy"]
    make_keys(cast.dana)
    page = client.get(f"/records/{cast.cleo}/sealed")
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    led = client.post(f"/records/{cast.cleo}/sealed/open", {"csrfmiddlewaretoken": token}, headers={"origin": "http://localhost"})
    assert led.status_code == 302 and led.headers["Location"].startswith("http://keys.localhost/keys/pages/notes.html#")
    store = SessionStore(client.cookies["privity"].value)
    store["proved"] = "2020-01-01T00:00:00+00:00"
    store.save()
    led = client.post(f"/records/{cast.cleo}/sealed/open", {"csrfmiddlewaretoken": token}, headers={"origin": "http://localhost"})
    assert led.headers["Location"] == "/sign-in/prove"
    assert SessionStore(client.cookies["privity"].value)["wanted"] == f"/records/{cast.cleo}/sealed"


# --- the custodians' way ---------------------------------------------------------------------------------------

WRAP, INNER = b"C\x01" + os.urandom(288), os.urandom(80)


@pytest.fixture
def named(cast: Cast) -> SimpleNamespace:
    """Dana wrote a note and named Omar and Petra; Cleo is no client of theirs."""
    for who in ("dana", "omar", "petra"):
        make_keys(cast.actor(who))
    note = write(cast.dana, cast.cleo)
    verbs.name_custodians(cast.dana, [(cast.omar.account, cast.petra.account, WRAP)])
    return SimpleNamespace(note=note, custody=Custody.objects.get().id, at=lambda who, **later: replace(cast.actor(who), now=NOW + timedelta(**later)))


def test_two_custodians_open_after_a_recorded_death_and_72_hours_and_each_step_is_an_event(cast: Cast, named: SimpleNamespace) -> None:
    before = Event.objects.count()
    with pytest.raises(verbs.SealRefused, match="no death or incapacity"):
        verbs.ask_opening(cast.omar, named.custody)
    verbs.record_absence(cast.olga, cast.dana.account, "death", "certificate")
    opening = verbs.ask_opening(cast.omar, named.custody)
    for early in ({"hours": 0}, {"hours": 71, "minutes": 59}):
        with pytest.raises(gate.TooEarly):
            gate.outer(named.at("omar", **early), opening)
        with pytest.raises(gate.TooEarly):
            verbs.take_inner(named.at("petra", **early), opening)
    omar, petra = named.at("omar", hours=72), named.at("petra", hours=72)
    with pytest.raises(verbs.SealRefused, match="first custodian has not"):
        verbs.take_inner(petra, opening)
    with pytest.raises(NotThere):
        gate.entrusted(petra, opening)
    assert gate.outer(omar, opening) == WRAP
    verbs.give_inner(omar, opening, INNER)
    assert verbs.take_inner(petra, opening) == INNER
    (left,) = gate.entrusted(petra, opening)
    assert (left.record, left.called, left.note_key, [one.id for one in left.notes]) == (cast.cleo, "Cleo Marsh", NOTE_KEY, [named.note])
    assert gate.entrusted_note(petra, opening, named.note) == (cast.cleo, 1, BODY)
    acts = list(Event.objects.order_by("n").values_list("act", flat=True))[before:]
    assert acts == ["absence.record", "custody.ask", "custody.outer", "custody.first", "custody.second", "custody.list", "custody.read"]


def test_nobody_but_the_pair_and_each_only_their_own_part(cast: Cast, named: SimpleNamespace) -> None:
    verbs.record_absence(cast.olga, cast.dana.account, "incapacity", "physician")
    for who in ("olga", "carl", "rita", "dana"):
        with pytest.raises(NotThere):
            verbs.ask_opening(cast.actor(who), named.custody)
    opening = verbs.ask_opening(cast.petra, named.custody)
    for who in ("olga", "carl", "rita", "petra", "dana"):
        with pytest.raises(NotThere):
            gate.outer(named.at(who, hours=80), opening)
        with pytest.raises(NotThere):
            verbs.give_inner(named.at(who, hours=80), opening, INNER)
    verbs.give_inner(named.at("omar", hours=80), opening, INNER)
    for who in ("olga", "carl", "omar", "dana"):
        with pytest.raises(NotThere):
            verbs.take_inner(named.at(who, hours=81), opening)
        with pytest.raises(NotThere):
            gate.entrusted_note(named.at(who, hours=81), opening, named.note)


def test_an_author_who_is_here_stops_it_at_once(cast: Cast, named: SimpleNamespace) -> None:
    verbs.record_absence(cast.olga, cast.dana.account, "death", "family")
    opening = verbs.ask_opening(cast.omar, named.custody)
    dana = client_of(cast.accounts["dana"])
    assert "It is recorded that you died" in dana.get("/who-can-read").content.decode()
    verbs.lift_absence(cast.dana)
    assert gate.custody(cast.omar)[0].opening is None
    with pytest.raises(NotThere):
        gate.outer(named.at("omar", hours=100), opening)
    assert "It is recorded that you died" not in dana.get("/who-can-read").content.decode()


def test_who_records_an_absence(cast: Cast, named: SimpleNamespace) -> None:
    for who in ("omar", "rita", "bill"):
        with pytest.raises(NotAllowed):
            verbs.record_absence(cast.actor(who), cast.dana.account, "death", "family")
    with pytest.raises(verbs.SealRefused, match="somebody else records"):
        verbs.record_absence(cast.olga, cast.olga.account, "death", "family")
    with pytest.raises(NotThere):
        verbs.record_absence(cast.olga, cast.vera.account, "death", "family")


def test_naming_others_ends_the_first_pair_and_stops_what_it_began(cast: Cast, named: SimpleNamespace) -> None:
    verbs.record_absence(cast.olga, cast.dana.account, "death", "family")
    opening = verbs.ask_opening(cast.omar, named.custody)
    verbs.name_custodians(cast.dana, [(cast.petra.account, cast.omar.account, WRAP)])
    with pytest.raises(NotThere):
        gate.outer(named.at("omar", hours=100), opening)
    for first, second in ((cast.dana.account, cast.omar.account), (cast.omar.account, cast.omar.account)):
        with pytest.raises(verbs.SealRefused, match="two colleagues"):
            verbs.name_custodians(cast.dana, [(first, second, WRAP)])
    with pytest.raises(NotThere):
        verbs.name_custodians(cast.dana, [(cast.omar.account, cast.rita.account, WRAP)])


def test_a_leaver_with_sealed_notes_and_no_custodians_is_not_settled(cast: Cast, named: SimpleNamespace) -> None:
    assert people.unsettled(cast.olga, cast.dana.account) == []
    verbs.name_custodians(cast.dana, [])
    assert [said.split(" of theirs")[0] for said in people.unsettled(cast.olga, cast.dana.account)] == ["One sealed note"]
    assert people.unsettled(cast.olga, cast.omar.account) == []


def test_comparisons_are_kept_as_signed(cast: Cast) -> None:
    verbs.keep_compared(cast.dana, cast.omar.account, b"f" * 32, b"s" * 64)
    verbs.keep_compared(cast.dana, cast.omar.account, b"g" * 32, b"t" * 64)
    assert gate.own_keys(cast.dana).compared == ((cast.omar.account, b"g" * 32, b"t" * 64),)
    assert Compared.objects.count() == 1
    with pytest.raises(NotThere):
        verbs.keep_compared(cast.dana, cast.vera.account, b"f" * 32, b"s" * 64)


def test_the_pages_say_who_can_read_what_and_what_is_lost_with_what(cast: Cast) -> None:
    from privity.practice.records.sealed_words import LOST, READERS

    dana = client_of(cast.accounts["dana"])
    page = dana.get("/who-can-read").content.decode()
    assert page.count("<tr>") == len(READERS) + 1
    assert dana.get("/sealed-setup").content.decode().count("<tr>") == len(LOST) + 1
    threats = (Path(__file__).parents[2] / "docs/explain/threat-model.md").read_text("utf-8")
    for row in READERS:
        assert f"| {row.who} | {row.record} | {row.sealed} |" in threats, row.who
    for row in LOST:
        assert f"| {row.what} | {row.opens} | {row.never} |" in threats, row.what
