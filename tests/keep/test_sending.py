"""Nothing leaves without a reason that holds at that moment, nothing leaves twice, and nothing leaves that the accounting does not know."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from django.db import transaction

from privity.practice.agreements.paper_services import Offer, offer, send_home
from privity.practice.agreements.services import revoke
from privity.practice.people import links as papers
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.services import tie
from privity.practice.releases import accounting, links, outbox, services
from privity.practice.releases.looking import TICKS
from privity.practice.releases.models import Choice, Disclosure, Link, Outgoing, Packet
from privity.practice.releases.services import PacketMoved, Refused, hand_on, look, send
from privity.practice.trail import services as trail
from privity.practice.trail.models import Event
from privity.vault import Use, open_sealed

from .conftest import NOW, Cast
from .front import Front
from .releasing import BOOK, PAYER, PLAN_FAX, Ada, ada, confirmed, decided, employer, health_plan, planned, sent, signed_for

Sit = Callable[[str], Front]


@pytest.fixture(autouse=True)
def typeset_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typesetting takes longer than all else here: but for the tests that look into the file, one page stands for all."""
    if "file" not in request.node.name:
        made = io.BytesIO()
        page = pikepdf.new()
        page.add_blank_page()
        page.save(made)
        monkeypatch.setattr(services, "composed", lambda *args: made.getvalue())


def to_employer(cast: Cast) -> tuple[Ada, Any, Any, Any]:
    """A client, her authorization, a decision that rests on it, and the employer."""
    client = ada(cast)
    paper = signed_for(client)
    return client, paper, *employer(client)


def nothing_left() -> bool:
    return not Outgoing.objects.exists() and not Disclosure.objects.exists()


def acts() -> list[str]:
    return list(Event.objects.order_by("n").values_list("act", flat=True))


# --- attacks first ---------------------------------------------------------------------------------------------


def test_taken_back_in_another_window_it_does_not_leave(front: Sit, cast: Cast) -> None:
    client, paper, decision, to = to_employer(cast)
    packet, _ = planned(client, decision, to)
    path = f"/clients/{client.record}/packets/{packet}/send"
    page = front("dana").open(path)
    assert page.status == 200
    revoke(cast.rita, client.record, paper, "Letter of today")
    page.send(path, read="yes", checked="yes")
    assert page.status == 422 and "was taken back" in page.words and "Ask for a new authorization" in page.words and "164.508" in page.words
    assert nothing_left() and acts()[-2:] == ["release.refuse", "packet.open"]


def test_taken_back_between_two_looks_of_one_sending_it_does_not_leave(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, paper, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    made = services.composed

    def slow(*args: Any) -> bytes:
        revoke(cast.rita, client.record, paper, "")
        return made(*args)

    monkeypatch.setattr(services, "composed", slow)
    with pytest.raises(Refused, match="taken back"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()


def test_it_leaves_on_the_last_day_and_not_after_midnight(cast: Cast) -> None:
    client = ada(cast)
    signed_for(client, ends=date(2026, 11, 20))
    decision, to = employer(client)
    packet, version = planned(client, decision, to)
    here = cast.dana.now.astimezone().tzinfo
    late = datetime(2026, 11, 20, 23, 59, 59, tzinfo=here)
    after = replace(cast.dana, now=datetime(2026, 11, 21, 0, 0, 1, tzinfo=here))
    with pytest.raises(Refused, match="has ended"):
        send(after, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()
    assert send(replace(cast.dana, now=late), BOOK, client.record, packet, confirmed(version))


@pytest.mark.parametrize(
    ("number", "four", "says"),
    [
        ("970-555-0188", "0118", "The fax number on your list ends in 0118. The number on the request ends in 0188."),
        (PLAN_FAX, "0188", "The digits read back end in 0188."),
        (PLAN_FAX, "", "Nobody wrote the last four digits"),
        ("", "0118", "Nobody wrote the number that stands on the request."),
        ("303-555-0118", "0118", "ends in 0118"),
    ],
)
def test_a_wrong_fax_number_stops_it(cast: Cast, number: str, four: str, says: str) -> None:
    client = ada(cast)
    packet, version = planned(client, decided(client, **PAYER), health_plan(cast), way="fax", number=number)
    with pytest.raises(Refused, match=re.escape(says)) as stopped:
        send(cast.dana, BOOK, client.record, packet, confirmed(version, last_four=four))
    assert stopped.value.cite == "45 CFR 164.514(h)" and stopped.value.now
    assert nothing_left()


def test_two_clicks_send_once(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    packet, _ = planned(client, decision, to)
    path = f"/clients/{client.record}/packets/{packet}/send"
    one, two = front("dana").open(path), front("dana").open(path)
    first, second = one.send(path, read="yes", checked="yes"), two.send(path, read="yes", checked="yes")
    assert first.status == second.status == 200 and first.at == second.at
    assert Outgoing.objects.count() == Disclosure.objects.count() == acts().count("release.send") == 1


@pytest.mark.parametrize("stops", ["release.send"])
def test_killed_before_the_log_is_written_nothing_is_there(cast: Cast, monkeypatch: pytest.MonkeyPatch, stops: str) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    write = trail.write

    def dies(practice: Any, actor: Any, act: str, **said: Any) -> Any:
        if act == stops:
            raise OSError("the disk is full")
        return write(practice, actor, act, **said)

    monkeypatch.setattr(trail, "write", dies)
    with pytest.raises(OSError, match="full"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left() and Packet.objects.get(id=packet).state == Packet.State.DRAFT


def test_killed_after_it_was_let_go_nothing_left_and_the_next_start_says_so(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    assert Outgoing.objects.get().state == "authorized" and Disclosure.objects.count() == 1 and not Link.objects.exists()
    assert outbox.wake(NOW + timedelta(hours=1)) == 1 and outbox.wake(NOW + timedelta(hours=2)) == 0
    row = Outgoing.objects.get()
    assert row.state == "failed" and "outbox.wake" in acts()
    assert [one.counted for one in accounting.page(cast.dana, client.record).entries] == [False]
    with pytest.raises(PacketMoved):
        outbox.hand_out(cast.dana, BOOK, client.record, out)


def test_killed_while_it_was_handed_out_it_counts_as_told_and_is_not_sent_again(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    outbox.hand_out(cast.dana, BOOK, client.record, out)
    outbox.wake(NOW + timedelta(hours=1))
    assert Outgoing.objects.get().state == "uncertain"
    assert accounting.page(cast.dana, client.record).entries[0].state == "uncertain"
    with pytest.raises(PacketMoved):
        outbox.hand_out(cast.dana, BOOK, client.record, out)
    with pytest.raises(PacketMoved):
        services.again(cast.dana, client.record, out)
    outbox.settle(cast.dana, client.record, out, sent=True)
    assert Outgoing.objects.get().state == "sent"


@pytest.mark.parametrize("who", ["rita", "bill"])
def test_the_front_desk_and_the_biller_send_nothing(front: Sit, cast: Cast, who: str) -> None:
    client = ada(cast)
    decision = decided(client, **PAYER)
    packet, version = planned(client, decision, health_plan(cast), cast.actor(who))
    hand_on(cast.actor(who), client.record, packet, version)
    with pytest.raises(NotAllowed):
        send(cast.actor(who), BOOK, client.record, packet, confirmed(version))
    page = front(who)
    assert page.get(f"/clients/{client.record}/packets/{packet}/send").status == 403
    assert page.post(f"/clients/{client.record}/packets/{packet}/send", read="yes", checked="yes", after=version).status == 403
    assert nothing_left()
    out = send(cast.dana, BOOK, client.record, packet, confirmed(version))
    for path in ("hand", "copy", "settle"):
        assert page.post(f"/clients/{client.record}/releases/{out}/{path}", how="sent").status == 403
    assert Outgoing.objects.get().state == "authorized"


def test_omar_and_vera_find_nothing(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    out = sent(client, decision, to)
    for who in (cast.omar, cast.vera):
        for act in (
            lambda actor: send(actor, BOOK, client.record, packet, confirmed(version)), lambda actor: outbox.going(actor, client.record, out),
            lambda actor: outbox.hand_out(actor, BOOK, client.record, out), lambda actor: outbox.copy(actor, BOOK, client.record, out),
            lambda actor: accounting.page(actor, client.record),
        ):  # fmt: skip
            with pytest.raises(NotThere):
                act(who)


def test_without_a_fresh_proof_the_way_leads_to_it(cast: Cast, front: Sit) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    stale = Front(cast.accounts["dana"].id, proved=False)
    path = f"/clients/{client.record}/packets/{packet}/send"
    assert stale.get(path).where() == "/sign-in/prove"
    assert stale.post(path, read="yes", checked="yes", after=version).where() == "/sign-in/prove"
    assert nothing_left()


def test_nobody_sends_what_nobody_read(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    with pytest.raises(Refused, match="every page was read"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version, read=False))
    with pytest.raises(Refused, match="recipient was checked"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version, checked=False))
    with pytest.raises(PacketMoved):
        send(cast.dana, BOOK, client.record, packet, confirmed(version + 1))


def test_it_goes_to_no_other_kind_of_recipient_than_the_decision_is_about(cast: Cast) -> None:
    client, _, decision, _ = to_employer(cast)
    packet, version = planned(client, decision, health_plan(cast))
    with pytest.raises(Refused, match="not of the kind"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))


def test_a_note_for_a_plan_needs_its_why(cast: Cast) -> None:
    client = ada(cast)
    decision, to, note = decided(client, **PAYER), health_plan(cast), client.item("progress_notes")
    packet, version = planned(client, decision, to, chosen=frozenset({note}))
    with pytest.raises(Refused, match="nobody wrote why"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert sent(client, decision, to, chosen=frozenset({note}), why="They review November 11")


def test_what_the_decision_does_not_let_go_does_not_leave_though_it_is_chosen(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to, chosen=frozenset({client.item("progress_notes")}))
    with pytest.raises(Refused):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()


def test_where_the_practice_says_so_two_people_look(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    Choice.objects.create(practice=cast.practice, second_person=True)
    tie(cast.actor("petra"), client.record, cast.omar.account, "team")
    packet, version = planned(client, decision, to)
    with pytest.raises(Refused, match="No second person"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    with pytest.raises(Refused, match="yourself"):
        look(cast.dana, client.record, packet, version)
    look(cast.omar, client.record, packet, version)
    with pytest.raises(Refused, match="looked a second time"):
        send(cast.omar, BOOK, client.record, packet, confirmed(version))
    assert send(cast.dana, BOOK, client.record, packet, confirmed(version))


def test_a_second_look_counts_for_one_version_alone(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    Choice.objects.create(practice=cast.practice, second_person=True)
    tie(cast.actor("petra"), client.record, cast.omar.account, "team")
    packet, version = planned(client, decision, to)
    look(cast.omar, client.record, packet, version)
    _, newer = services.keep(cast.dana, client.record, decision, services.plan_of(cast.dana, Packet.objects.get()), packet=packet, after=version)
    with pytest.raises(Refused, match="No second person"):
        send(cast.dana, BOOK, client.record, packet, confirmed(newer))


# --- what left ---------------------------------------------------------------------------------------------------


def test_copy_accounting_and_event_stand_together(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    row = Outgoing.objects.get(id=out)
    place = services.place_of_copy(cast.dana, client.record, out, "copy")
    assert open_sealed(row.copy, with_=cast.keys.key(client.record, Use.RELEASES), bound_to=place).startswith(b"%PDF")
    assert b"Alpine" not in bytes(row.about) + bytes(Disclosure.objects.get().body) and row.keep_until >= date(2032, 11, 20)
    (entry,) = accounting.page(cast.dana, client.record).entries
    assert (entry.told.on, entry.told.who, entry.told.what) == (date(2026, 11, 20), "Alpine Freight", "2 visits")
    assert entry.told.address and entry.told.purpose and "164.508" in entry.told.basis and not entry.counted
    assert acts().index("release.send") == len(acts()) - 2


def test_a_locked_file_opens_with_its_passphrase_alone(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to, way="file")
    path = f"/clients/{client.record}/releases/{out}"
    page = front("dana").open(path).send(f"{path}/hand")
    found = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", page.words)
    assert found and found[0] not in front("dana").open(path).words
    response = front("dana").open(path).client.post(f"{path}/copy", {"csrfmiddlewaretoken": "a" * 32})
    body = response.content
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(body))
    assert pikepdf.open(io.BytesIO(body), password=found[0]).encryption.bits == 256
    assert "It left" in front("dana").open(path).send(f"{path}/settle", how="sent").words


def test_a_fax_leaves_with_its_cover_and_a_person_says_how_it_went(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    packet, version = planned(client, decided(client, **PAYER), health_plan(cast), way="fax", number=PLAN_FAX)
    out = send(cast.dana, BOOK, client.record, packet, confirmed(version, last_four="0118"))
    path = f"/clients/{client.record}/releases/{out}"
    page = front("dana").open(path).send(f"{path}/hand")
    assert page.status == 200 and Outgoing.objects.get().state == "sending"
    assert "It did not leave" in page.send(f"{path}/settle", how="failed").words
    page.send(f"{path}/settle", how="again")
    assert Packet.objects.count() == 2 and Outgoing.objects.count() == 1


def test_brought_back_from_a_backup_nothing_leaves_until_the_officer_went_through_it(front: Sit, cast: Cast) -> None:
    client, _, shown, opens = linked(cast)
    decision, to = employer(client)
    waits, packet = sent(client, decision, to), planned(client, decision, to)[0]
    laid = offer(cast.dana, client.record, Offer("consent", "CO", ("en",), (UUID(client.subjects()[0]),), {}, {}))
    home = send_home(cast.dana, client.record, laid, UUID(client.subjects()[0]))
    base, said, since = f"/clients/{client.record}", "What was taken back since then is not known here.", "backup of Nov 18, 2026"
    for made in (NOW - timedelta(days=2), NOW - timedelta(days=1)):  # brought back again before anybody looked: the older moment counts
        with transaction.atomic():
            trail.write(cast.practice.uid, cast.practice.uid, "practice.restore", at=NOW, events=1, lacks=0, made=int(made.timestamp()))
    dana, petra, left = front("dana"), front("petra"), (Outgoing.objects.count(), Disclosure.objects.count())
    for page in (
        dana.post(f"{base}/packets/{packet}/send", after=1, read="yes", checked="yes"), dana.post(f"{base}/releases/{waits}/hand"),
        dana.post(f"{base}/releases/{shown}/copy"), front("rita").post(f"{base}/accounting/list"),
        dana.post(f"{base}/papers/{laid}/link", person=client.subjects()[0]),
    ):  # fmt: skip
        assert page.status == 403 and since in page.words and said in page.words and "Ask the privacy officer or the owner." in page.words, page.words
    with pytest.raises(papers.Gone):
        papers.find(home.token, NOW)
    nobody = Front(None).open(f"/l/{opens.token}").send(f"/l/{opens.token}", code=opens.code)
    assert nobody.status == 503 and "Nothing opens here just now" in nobody.words and Link.objects.get().closed is None and acts()[-1] == "link.wait"
    assert (Outgoing.objects.count(), Disclosure.objects.count()) == left and Outgoing.objects.get(id=waits).state == "authorized"
    for who in ("dana", "omar", "rita", "bill", "carl", "petra", "olga"):
        page = front(who).open("/today")
        assert said in page.words and ("/restored" in page.text) == (who in ("petra", "olga")), who
        assert who in ("petra", "olga") or front(who).get("/restored").status == 403
    assert Front(cast.accounts["petra"].id, proved=False).get("/restored").status == 302
    assert not front("vera").open("/today").words.count(said) and "Nothing to go through" in front("vera").open("/restored").words
    row = f"{str(client.record)[:8]} 1 2 None Dana Test"
    words = petra.open("/restored").words
    assert row in words and row in front("olga").open("/restored").words and "Ada" not in words and "Lane" not in words and since in words
    assert petra.send("/restored", looked=list(TICKS)[1:]).status == 422 and "restore.look" not in acts()
    assert petra.send("/restored", looked=list(TICKS)).at == "/today" and said not in petra.words and acts().count("restore.look") == 1
    assert Link.objects.get().closed and papers.told(cast.dana, "paper", client.record, [laid], "change", "authorization") == {}
    petra.post("/restored", looked=list(TICKS))
    assert acts().count("restore.look") == 1 and outbox.hand_out(cast.dana, BOOK, client.record, waits).link


# --- links ---------------------------------------------------------------------------------------------------------


def linked(cast: Cast) -> tuple[Ada, Any, Any, links.Made]:
    client, paper, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    made = outbox.hand_out(cast.dana, BOOK, client.record, out).link
    assert made
    return client, paper, out, made


def open_link(cast: Cast, made: links.Made, code: str = "", at: datetime = NOW) -> bytes:
    return links.opened(cast.keys, cast.practice, BOOK, made.token, code or made.code, at)


def test_a_link_opens_with_its_code_told_another_way_and_opens_are_counted(front: Sit, cast: Cast) -> None:
    client, _, out, made = linked(cast)
    nobody = Front(None)
    page = nobody.open(f"/l/{made.token}")
    assert page.status == 200 and "Lane" not in page.text and "Alpine" not in page.text and "sychologist" not in page.text
    assert "does not fit" in page.send(f"/l/{made.token}", code="0000-0000").words and "4 tries are left" in page.words
    answer = nobody.post(f"/l/{made.token}", code=made.code.lower().replace("-", " "))
    assert answer.status == 200 and answer.text.startswith("%PDF")
    row = Link.objects.get()
    assert (row.opens, row.tries) == (1, 1) and made.token.encode() not in bytes(row.mark) and Outgoing.objects.get().state == "sent"
    assert "Opened 1 time" in front("dana").open(f"/clients/{client.record}/releases/{out}").words
    assert acts().count("link.open") == 1 and acts().count("link.try") == 1


def test_taken_back_the_link_opens_nothing_more(cast: Cast) -> None:
    client, paper, _, made = linked(cast)
    assert open_link(cast, made)
    revoke(cast.rita, client.record, paper, "")
    with pytest.raises(links.LinkOver):
        open_link(cast, made)
    assert Link.objects.get().closed and Link.objects.get().opens == 1 and acts()[-1] == "link.end"


def test_a_link_ends_on_its_day_after_five_wrong_codes_and_when_it_is_closed(cast: Cast) -> None:
    client, _, out, made = linked(cast)
    with pytest.raises(links.LinkOver):
        open_link(cast, made, at=made.ends)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(links.WrongCode) as wrong:
            open_link(cast, made, "0000-0000")
        assert wrong.value.left == left
    with pytest.raises(links.LinkOver):
        open_link(cast, made)
    newer = outbox.hand_out(cast.dana, BOOK, client.record, out).link
    assert newer and open_link(cast, newer)
    outbox.shut_links(cast.dana, client.record, out)
    with pytest.raises(links.LinkOver):
        open_link(cast, newer)


def test_an_address_that_is_none_looks_like_one_that_has_ended(cast: Cast) -> None:
    page = Front(None).open("/l/nothing")
    assert page.status == 200
    from .front import open_doors

    with open_doors(NOW, cast.keys):
        assert "opens nothing any more" in page.send("/l/nothing", code="1").words


def test_taken_back_after_it_was_let_go_it_is_not_handed_out(front: Sit, cast: Cast) -> None:
    client, paper, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    revoke(cast.rita, client.record, paper, "")
    path = f"/clients/{client.record}/releases/{out}"
    page = front("dana").open(path).send(f"{path}/hand")
    assert page.status == 422 and "was taken back" in page.words and Outgoing.objects.get().state == "failed" and not Link.objects.exists()


# --- accounting ------------------------------------------------------------------------------------------------------


def told(**said: Any) -> accounting.Told:
    plain = {"on": date(2026, 11, 18), "who": "County police", "what": "That she was threatened", "purpose": "To prevent harm", "basis": "45 CFR 164.512(j)"}
    return accounting.Told(**{**plain, "ground": "avert_threat", **said})


def test_a_call_is_written_down_and_the_client_s_list_tells_it(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    path = f"/clients/{client.record}/accounting"
    page = front("dana").open(path)
    page.send(f"{path}/add", on="2026-11-18", who="County police", kind="law_enforcement", what="A threat", purpose="avert_threat", basis="45 CFR 164.512(j)")
    assert "County police" in page.words and "45 CFR 164.512(j)" in page.words
    assert page.post(f"{path}/list").text.startswith("%PDF")
    assert accounting.for_client(cast.dana, client.record).entries[0].counted
    assert page.send(f"{path}/add", on="2027-01-01", who="x", kind="payer", what="y", purpose="payment").status == 422


def test_six_years_and_no_more_and_treatment_only_where_the_practice_says_so(cast: Cast) -> None:
    client = ada(cast)
    accounting.add(cast.dana, client.record, told(on=date(2020, 11, 19)))
    accounting.add(cast.dana, client.record, told(on=date(2020, 11, 20), who="Last"))
    accounting.add(cast.dana, client.record, told(who="Dr. Lee", exempt="tpo"))
    accounting.add(cast.dana, client.record, told(who="Herself", exempt="client"))
    assert [one.told.who for one in accounting.for_client(cast.dana, client.record).entries] == ["Last"]
    Choice.objects.create(practice=cast.practice, count_tpo=True)
    assert [one.told.who for one in accounting.for_client(cast.dana, client.record).entries] == ["Dr. Lee", "Last"]


def test_an_agency_may_hold_an_entry_back_for_a_while(front: Sit, cast: Cast, later: Any) -> None:
    client = ada(cast)
    entry = accounting.add(cast.dana, client.record, told())
    asked = {"agency": "State fraud unit", "speaker": "", "statement": "It would impede a case", "oral": True}
    with pytest.raises(accounting.CannotSuspend, match="30 days"):
        accounting.suspend(cast.petra, client.record, [entry], **asked, ends=date(2026, 12, 21))
    path = f"/clients/{client.record}/accounting"
    page = front("petra").open(path)
    page.send(f"{path}/suspend", entry=[str(entry)], agency="State fraud unit", statement="It would impede a case", ends="2026-12-20", oral="on")
    assert "Not until Dec 20, 2026" in page.words and "State fraud unit" in page.words
    assert not accounting.for_client(cast.dana, client.record).entries
    with pytest.raises(NotAllowed):
        accounting.suspend(cast.actor("bill"), client.record, [entry], **asked, ends=date(2026, 12, 1))
    assert accounting.for_client(later(cast.dana, datetime(2026, 12, 22, 12, tzinfo=UTC)), client.record).entries
