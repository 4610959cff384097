"""What somebody tries who wants something out that may not go: by another window, a forged form, a race, a file, a link."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.conf import settings

from privity.law import decide
from privity.practice.agreements import access as agreements
from privity.practice.agreements import paper_access
from privity.practice.agreements import paper_services as papers
from privity.practice.agreements.paper_services import Mark, Offer, hand_over, offer
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.agreements.validity import PART2, PART2_TPO
from privity.practice.decisions.services import freeze_put, put
from privity.practice.incidents import services as requests
from privity.practice.pdf import apart, prove
from privity.practice.people import links as people_links
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.matrix import may
from privity.practice.people.models import Account, Participant, Supervision
from privity.practice.people.services import NewPerson, NewRecord, add_record, tie
from privity.practice.records.services import NewDocument, NewEntry, add_document, sign_entry
from privity.practice.releases import access, accounting, links, outbox, recipients, services
from privity.practice.releases.consultation_models import Consultation
from privity.practice.releases.models import Disclosure, Outgoing, Packet
from privity.practice.releases.packet import Asked, Cuts, Plan
from privity.practice.releases.paper import Head, composed, sheet
from privity.practice.releases.recipients import Said
from privity.practice.releases.services import Refused, send
from privity.practice.site import exporting
from privity.practice.trail.models import Event

from .conftest import NOW, Cast, paper_of
from .front import TOKEN, Front
from .releasing import BOOK, EMPLOYER, PAYER, Ada, ada, confirmed, decided, employer, health_plan, planned, sent, signed_for
from .test_consultation import CASE, JUDGED
from .test_papers import handed

Sit = Callable[[str], Front]


@pytest.fixture(autouse=True)
def typeset_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "file" not in request.node.name:
        made = io.BytesIO()
        page = pikepdf.new()
        page.add_blank_page()
        page.save(made)
        monkeypatch.setattr(services, "composed", lambda *args: made.getvalue())


def to_employer(cast: Cast) -> tuple[Ada, Any, Any, Any]:
    client = ada(cast)
    return client, signed_for(client), *employer(client)


def head() -> Head:
    return Head("P-2026-001", "0000", {"name": "Alder Counseling"}, "Dana Test", "Clinician", {"name": "Plan", "fax": ""}, date(2026, 11, 20), "Payment")


def nothing_left() -> bool:
    return not Outgoing.objects.exists() and not Disclosure.objects.exists()


# --- taken back, and the bytes themselves -------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["print", "file", "fax"])
def test_the_bytes_do_not_come_out_once_the_paper_is_taken_back(front: Sit, cast: Cast, way: str) -> None:
    client, paper, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to, way=way, number="970-555-0177")
    out = send(cast.dana, BOOK, client.record, packet, confirmed(version, last_four="0177"))
    outbox.hand_out(cast.dana, BOOK, client.record, out)
    path = f"/clients/{client.record}/releases/{out}"
    revoke(cast.rita, client.record, paper, "")
    page = front("dana").post(f"{path}/copy")
    assert page.status != 200 and "%PDF" not in page.text
    assert Outgoing.objects.get().state == "sending"  # a person says whether it had gone before


def test_what_did_not_leave_gives_no_bytes(front: Sit, cast: Cast) -> None:
    client, paper, decision, to = to_employer(cast)
    out = sent(client, decision, to, way="print")
    revoke(cast.rita, client.record, paper, "")
    with pytest.raises(Refused):
        outbox.hand_out(cast.dana, BOOK, client.record, out)
    assert "%PDF" not in front("dana").post(f"/clients/{client.record}/releases/{out}/copy").text


def test_what_left_can_still_be_looked_at_after_the_paper_is_taken_back(front: Sit, cast: Cast) -> None:
    client, paper, decision, to = to_employer(cast)
    out = sent(client, decision, to, way="print")
    outbox.hand_out(cast.dana, BOOK, client.record, out)
    outbox.settle(cast.dana, client.record, out, sent=True)
    revoke(cast.rita, client.record, paper, "")
    assert front("dana").post(f"/clients/{client.record}/releases/{out}/copy").text.startswith("%PDF")


def test_a_restriction_agreed_meanwhile_stops_the_handing_out_and_the_link(cast: Cast) -> None:
    client = ada(cast)
    decision, to = decided(client, **PAYER), health_plan(cast)
    out, other = sent(client, decision, to), sent(client, decision, to)
    made = outbox.hand_out(cast.dana, BOOK, client.record, out).link
    agree(cast.dana, client.record, NewRestriction((), ("payer",), self_pay=True, began=date(2026, 1, 1)))
    assert made
    with pytest.raises(links.LinkOver):
        links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, NOW)
    with pytest.raises(Refused):
        outbox.hand_out(cast.dana, BOOK, client.record, other)


def test_a_link_opens_nothing_after_midnight_of_the_papers_last_day(cast: Cast) -> None:
    client = ada(cast)
    signed_for(client, ends=date(2026, 11, 20))
    decision, to = employer(client)
    here = cast.dana.now.astimezone().tzinfo
    made = outbox.hand_out(cast.dana, BOOK, client.record, sent(client, decision, to)).link
    assert made and links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, datetime(2026, 11, 20, 23, 59, 59, tzinfo=here))
    with pytest.raises(links.LinkOver):
        links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, datetime(2026, 11, 21, 0, 0, 1, tzinfo=here))


def test_sent_in_two_processes_at_once_it_leaves_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    made, first = services.composed, []

    def meanwhile(*args: Any) -> bytes:
        monkeypatch.setattr(services, "composed", made)
        first.append(send(cast.dana, BOOK, client.record, packet, confirmed(version)))
        return made(*args)

    monkeypatch.setattr(services, "composed", meanwhile)
    assert send(cast.dana, BOOK, client.record, packet, confirmed(version)) == first[0]
    assert Outgoing.objects.count() == Disclosure.objects.count() == Event.objects.filter(act="release.send").count() == 1


# --- to somebody else ------------------------------------------------------------------------------------------


def test_a_paper_for_one_employer_sends_nothing_to_another(cast: Cast) -> None:
    client, _, decision, _ = to_employer(cast)
    other = recipients.keep(cast.dana, Said("Basin Haulage", "employer", phone="970-555-0999", how="called them"))
    packet, version = planned(client, decision, other)
    with pytest.raises(Refused, match="names Alpine Freight"):
        send(cast.dana, BOOK, client.record, packet, confirmed(version))
    assert nothing_left()


def test_who_receives_is_not_exchanged_under_a_packet_that_was_looked_at(cast: Cast) -> None:
    client = ada(cast)
    to = health_plan(cast)
    packet, version = planned(client, decided(client, **PAYER), to)
    later = replace(cast.rita, now=NOW + timedelta(minutes=1))
    recipients.keep(later, Said("Somebody else", "payer", mail="x@example.org", how="x"), to)
    with pytest.raises(Refused, match="list was changed"):
        send(replace(cast.dana, now=NOW + timedelta(minutes=2)), BOOK, client.record, packet, confirmed(version))
    assert nothing_left()


def test_a_fax_number_that_only_ends_alike_is_another(cast: Cast) -> None:
    client = ada(cast)
    packet, version = planned(client, decided(client, **PAYER), health_plan(cast), way="fax", number="303-555-0118")
    for four in ("0118", "118", "00118", "O118"):
        with pytest.raises(Refused):
            send(cast.dana, BOOK, client.record, packet, confirmed(version, last_four=four))


# --- shared records ----------------------------------------------------------------------------------------------


def signs(cast: Cast, record: UUID, paper: UUID, person: UUID, name: str) -> None:
    made = hand_over(cast.dana, record, paper, person)
    papers.sign(cast.dana, people_links.held(made.id, NOW), Mark("en", name, "", "", {}, "Chrome", ""))


def test_one_of_a_couple_who_types_the_others_name_signs_for_nobody_else(cast: Cast) -> None:
    couple = ada(cast, "couple")
    ada_, _ = (UUID(one) for one in couple.subjects())
    terms = {"kind": "authorization", "recipient_kind": "employer", "recipient": "Alpine Freight", "information": ["attendance"], "description": "",
             "purpose": "client_request", "ends": "2027-03-01"}  # fmt: skip
    for typed in ("Ada Lane", "Bo Lane"):
        template = papers.wording(cast.dana, "release").template
        values = dict.fromkeys((*template.asks, *template.fills), "x")
        paper = offer(cast.dana, couple.record, Offer("release", "CO", ("en",), (ada_,), values, terms))
        signs(cast, couple.record, paper, ada_, typed)
    assert {one.terms.signer for one in agreements.for_gates(cast.dana, couple.record)} == {"Ada Lane"}


def test_the_cover_names_nobody_whose_part_does_not_go(cast: Cast) -> None:
    couple = ada(cast, "couple")
    mine, _ = couple.subjects()
    sign_entry(cast.dana, couple.record, NewEntry("session", NOW - timedelta(days=1), {"diagnosis": "F43.2"}, on=UUID(mine)))
    signed_for(couple, "payer", information=("billing", "diagnosis", "identifying_details", "attendance"))
    facts = {**PAYER, "authorization.covers_recipient": True}
    id = couple.item("diagnosis")
    items = [{"id": id, "class": "diagnosis", "about": [mine]}]
    question, asked = put(cast.dana, couple.record, {"information": ["diagnosis"], "part2.record": False, **facts}, items=items)
    decision = freeze_put(cast.dana, BOOK, couple.record, question, asked)
    made = access.sheet(cast.dana, BOOK, couple.record, decision, planned=Plan(chosen=frozenset({id}))).made
    assert [leaf.one.piece.id for leaf in made.leaves] == [id]
    assert "Ada Lane" in str(sheet(made, head())) and "Bo Lane" not in str(sheet(made, head()))


def test_what_one_of_two_with_the_same_name_signed_is_nobodys(cast: Cast) -> None:
    people = tuple(NewPerson("Sam Lane", part=part, born=date(1980, 5, 6)) for part in ("client", "partner"))
    both = Ada(cast, add_record(cast.dana, NewRecord("couple", people)))
    signed_for(both, "employer", signer="Sam Lane")
    question, asked = put(cast.dana, both.record, {"information": ["attendance"], "part2.record": False, **EMPLOYER})
    found = decide(BOOK, question).to_dict()
    assert {part["outcome"] for part in found["parts"]}.isdisjoint({"permitted", "required"}) and asked.held.named == ""


def test_where_the_list_calls_the_same_one_otherwise_a_person_says_so(front: Sit, cast: Cast) -> None:
    client, _, decision, _ = to_employer(cast)
    to = recipients.keep(cast.dana, Said("Alpine Freight, people office", "employer", phone="970-555-0170", how="called them"))
    packet, _ = planned(client, decision, to)
    path = f"/clients/{client.record}/packets/{packet}/send"
    page = front("dana").open(path).send(path, read="yes", checked="yes")
    assert page.status == 422 and 'name="same"' in page.text and nothing_left()
    assert page.send(path, read="yes", checked="yes", same="yes").status == 200 and Outgoing.objects.count() == 1


# --- Part 2 and psychotherapy notes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("against", [{"part2.against_patient": True}, {}])
def test_a_consent_for_care_and_payment_sends_nothing_into_a_case_against_the_client(cast: Cast, against: dict[str, Any]) -> None:
    client = ada(cast)
    tpo = paper_of("payer", kind="treatment_payment_operations", signed_by="client", signer="Ada Lane", has=(*PART2, *PART2_TPO), purpose="treatment",
                   information=("sud_records", "whole_chart", "progress_notes"), by_class=True)  # fmt: skip
    record_authorization(cast.dana, client.record, tpo)
    record_authorization(cast.dana, client.record, replace(tpo, recipient_kind="opposing_attorney", by_class=False))
    for asked in ({"recipient.kind": "opposing_attorney", "purpose": "legal_process"}, {"recipient.kind": "court", "purpose": "legal_process"}):
        decision = decided(client, klasses=("progress_notes",), **{"part2.record": True, "process.kind": "attorney_subpoena", **asked, **against})
        made = access.sheet(cast.dana, BOOK, client.record, decision).made
        assert not [one for one in made.every if one.may_go]


# --- words taken out, and files -------------------------------------------------------------------------------------


def to_provider(client: Ada) -> UUID:
    facts = {"purpose": "treatment", "recipient.kind": "treating_provider", "recipient.treats_client": True, "client.agrees": True, "restriction.agreed": False}
    return decided(client, **facts)


def test_words_taken_out_are_gone_from_titles_and_text_of_an_attached_file(cast: Cast) -> None:
    client = ada(cast)
    paper = str(add_document(cast.dana, client.record, NewDocument("Letter of Beth Stone", "correspondence", b"Dear Dana, Beth Stone here.")))
    plan = Plan(chosen=frozenset({paper}), cuts=Cuts(words=("Beth Stone",)))
    made = access.sheet(cast.dana, BOOK, client.record, to_provider(client), planned=plan).made
    assert [leaf.one.piece.id for leaf in made.leaves] == [paper]
    prove.absent(composed(cast.dana, made, head()), ["Beth Stone"])


def hostile_pdf() -> bytes:
    """A page with white text, a layer that is off, a note, an attachment, a script, and an older revision that said more."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    font = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica))
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="canary-layer"))
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), Properties=pikepdf.Dictionary(L=layer))
    page.Contents = pdf.make_stream(b"BT /F 9 Tf 1 1 1 rg 9 9 Td (canary-white) Tj ET /OC /L BDC BT /F 9 Tf 9 50 Td (canary-off) Tj ET EMC")
    off = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=pikepdf.Array([1, 1, 9, 9]), Contents="canary-note")
    page.Annots = pikepdf.Array([pdf.make_indirect(note)])
    pdf.attachments["canary-attached.txt"] = b"canary-attachment"
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="canary-script")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue() + b"\n1 0 obj (canary-after) endobj\n%%EOF\n"


def test_nothing_hidden_in_a_foreign_file_leaves_with_it(cast: Cast) -> None:
    client = ada(cast)
    paper = str(add_document(cast.dana, client.record, NewDocument("A letter", "correspondence", hostile_pdf())))
    made = access.sheet(cast.dana, BOOK, client.record, to_provider(client), planned=Plan(chosen=frozenset({paper}))).made
    prove.absent(composed(cast.dana, made, head()), ["canary"])


def test_a_foreign_file_is_opened_in_a_process_of_its_own(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client, asked = ada(cast), []
    burn = apart.burn
    monkeypatch.setattr(apart, "burn", lambda pdf, marks: asked.append(1) or burn(pdf, marks))
    paper = str(add_document(cast.dana, client.record, NewDocument("A file", "correspondence", hostile_pdf())))
    made = access.sheet(cast.dana, BOOK, client.record, to_provider(client), planned=Plan(chosen=frozenset({paper}))).made
    assert composed(cast.dana, made, head()) and asked


# --- roles -------------------------------------------------------------------------------------------------------------


def test_the_front_desk_does_not_read_the_words_that_are_taken_out_and_does_not_put_them_back(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    to, decision, note = health_plan(cast), decided(client, **PAYER), client.item("progress_notes")
    cuts = Cuts({note: frozenset({1})}, ("breathing plan",))
    packet, _ = planned(client, decision, to, chosen=frozenset({note}), cuts=cuts, why="They review it")
    path = f"/clients/{client.record}/decisions/{decision}/packet"
    page = front("rita").open(path)
    assert "breathing plan" not in page.text
    page.send(path, "keep", go=[note], recipient=str(to), way="link", why="They review it", words="arrested")
    kept = services.plan_of(cast.dana, Packet.objects.get(id=packet))
    assert kept.cuts.lines == cuts.lines and set(kept.cuts.words) == {"breathing plan", "arrested"}


@pytest.mark.parametrize("who", ["rita", "bill", "petra", "carl", "omar", "vera"])
def test_nobody_but_who_treats_gets_a_byte(front: Sit, cast: Cast, who: str) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    outbox.hand_out(cast.dana, BOOK, client.record, out)
    other, version = planned(client, decision, to)
    me, record = front(who), f"/clients/{client.record}"
    for path in (f"{record}/packets/{other}/send", f"{record}/releases/{out}/copy", f"{record}/releases/{out}/hand", f"{record}/releases/{out}/shut"):
        page = me.post(path, read="yes", checked="yes", after=version)
        assert page.status in (403, 404) and "%PDF" not in page.text, path
    assert Outgoing.objects.count() == 1


def test_barred_supervisor_shared_or_by_broken_glass_sends_nothing(cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    packet, version = planned(client, decision, to)
    out = sent(client, decision, to)
    tie(cast.actor("petra"), client.record, cast.omar.account, "barred")
    with pytest.raises(NotThere):
        send(cast.omar, BOOK, client.record, packet, confirmed(version))
    carl = cast.accounts["carl"]
    Account.objects.filter(id=carl.id).update(roles=["supervisor"])
    Supervision.objects.create(practice=cast.practice, supervisor=carl, trainee=cast.accounts["dana"], began=NOW)
    for act in (lambda who: send(who, BOOK, client.record, packet, confirmed(version)), lambda who: outbox.hand_out(who, BOOK, client.record, out)):
        with pytest.raises(NotAllowed):
            act(cast.actor("carl"))


def test_the_sender_reads_everything_that_was_typed_for_the_cover(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    packet, _ = planned(client, decision, to, asked=Asked(date(2026, 11, 1), date(2026, 11, 12), "member-canary-7"))
    assert "member-canary-7" in front("dana").open(f"/clients/{client.record}/packets/{packet}/send").words


@pytest.mark.parametrize("act", ["answer", "extend", "review", "rebuttal"])
def test_the_front_desk_speaks_for_nobody_in_a_request(act: str) -> None:
    verb = requests.NEEDS.get(act, "change")
    assert not may(["front_desk"], verb, "request", ["practice"])


def test_the_files_own_particulars_name_nobody(cast: Cast) -> None:
    client = ada(cast)
    made = access.sheet(cast.dana, BOOK, client.record, decided(client, **PAYER), planned=Plan(chosen=frozenset({"identity"}))).made
    with pikepdf.open(io.BytesIO(composed(cast.dana, made, head()))) as pdf:
        said = str(dict(pdf.docinfo)) + str(pdf.Root.get("/Metadata").read_bytes() if "/Metadata" in pdf.Root else "")
    assert "Lane" not in said


def test_no_address_of_a_link_stands_in_the_servers_own_log() -> None:
    told = settings.LOGGING["loggers"]
    assert all(told[name]["level"] in ("ERROR", "CRITICAL") for name in ("django.request", "django.security.csrf"))


# --- by link, by headers, by words in addresses -------------------------------------------------------------------------


def test_no_page_is_indexed_or_kept_and_looking_ahead_counts_nothing(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    made = outbox.hand_out(cast.dana, BOOK, client.record, sent(client, decision, to)).link
    assert made
    nobody = Front(None)
    path = f"/l/{made.token}"
    opened = nobody.client.post(path, {"csrfmiddlewaretoken": TOKEN, "code": made.code})
    for answer in (nobody.client.get(path), nobody.client.head(path), opened):
        assert answer["X-Robots-Tag"] == "noindex, nofollow" and answer["Cache-Control"] == "no-store"
    assert nobody.client.get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 403
    assert links.of(cast.dana, client.record, Outgoing.objects.get().id)[0].opens == 1


def test_a_code_is_not_tried_by_a_form_from_elsewhere(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    made = outbox.hand_out(cast.dana, BOOK, client.record, sent(client, decision, to)).link
    assert made and Front(None).client.post(f"/l/{made.token}", {"code": made.code}).status_code == 403
    assert not Event.objects.filter(act__in=("link.open", "link.try")).exists()


def test_no_event_of_what_leaves_bears_a_name_or_a_word_of_the_record(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    made = outbox.hand_out(cast.dana, BOOK, client.record, sent(client, decision, to)).link
    assert made
    links.opened(cast.keys, cast.practice, BOOK, made.token, made.code, NOW)
    accounting.add(cast.dana, client.record, accounting.Told(date(2026, 11, 18), "County police", "A threat", "To prevent harm"))
    for line in Event.objects.filter(practice=cast.practice.uid).values_list("line", flat=True):
        assert not [word for word in (b"Lane", b"Alpine", b"police", b"Panic", b"F41", made.token.encode(), made.code.encode()) if word in bytes(line)]


EVIL = '<script>alert(1)</script>"\'><b>#eval("1")'


def test_what_is_typed_is_nowhere_read_as_a_page_or_as_a_program(front: Sit, cast: Cast) -> None:
    client = ada(cast)
    to = health_plan(cast, name=EVIL, address=EVIL, how=EVIL)
    decision = decided(client, **PAYER)
    packet, version = planned(client, decision, to, why=EVIL, cuts=Cuts(words=(EVIL,)))
    out = send(cast.dana, BOOK, client.record, packet, confirmed(version))
    accounting.add(cast.dana, client.record, accounting.Told(date(2026, 11, 18), EVIL, EVIL, EVIL, EVIL, EVIL, EVIL))
    planned(client, decision, to, why=EVIL, cuts=Cuts(words=(EVIL,)))
    record = f"/clients/{client.record}"
    me = front("dana")
    for path in (f"{record}/decisions/{decision}/packet", f"{record}/releases/{out}", f"{record}/accounting", "/recipients", f"/recipients/{to}", "/releases"):
        page = me.get(path)
        assert page.status == 200 and "<script>alert" not in page.text, path
        assert "Lane" not in page.text.split("</title>")[0] and "Lane" not in path


# --- signing ---------------------------------------------------------------------------------------------------------


def offered(cast: Cast) -> tuple[UUID, UUID]:
    client = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    return offer(cast.dana, cast.cleo, Offer("consent", "CO", ("en", "es"), (client,), {}, {})), client


def test_what_was_read_in_spanish_is_not_signed_in_english(front: Sit, cast: Cast) -> None:
    paper, client = offered(cast)
    tablet = handed(front("dana"), cast.cleo, paper, client)
    tablet.press("", language="es")
    tablet.to_the_end()
    assert 'lang="es"' in tablet.page.text
    tablet.press("sign", name="Cleo Marsh", language="en")
    done = paper_access.one(cast.dana, cast.cleo, paper)
    assert done.signers[0].evidence["language"] == "es" and done.signers[0].evidence["digest"] == done.sheets["es"].digest


def test_a_browser_that_was_handed_over_reaches_nothing_else(front: Sit, cast: Cast) -> None:
    paper, client = offered(cast)
    me = front("dana").open(f"/clients/{cast.cleo}/papers/{paper}")
    before = me.client.cookies["privity"].value
    me.send(f"/clients/{cast.cleo}/papers/{paper}/hand-over", person=str(client))
    for path in (f"/clients/{cast.cleo}", "/clients", "/today", f"/clients/{cast.cleo}/papers/{paper}", "/releases"):
        assert me.get(path).where().startswith("/sign-in")
    me.client.cookies["privity"] = before
    assert me.get("/clients").where().startswith("/sign-in")


# --- a case told to a colleague -----------------------------------------------------------------------------------------


def test_a_case_that_still_has_the_clients_name_is_not_kept_as_free_of_names(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/consult"
    page = front("dana").open(path).send(path, "look", case=CASE)
    page.send(path, "keep", **{**JUDGED, "case": CASE, "name": ["name marcus"], "choice": ["person"], "shown": ["person 0"], "out": []})
    assert page.status == 422 and not Consultation.objects.exists()


# --- in and out by files ------------------------------------------------------------------------------------------------


def test_an_export_says_what_it_leaves_out() -> None:
    for word in ("drafts", "packets that were not let go", "shredded", "recipients", "nobody has read", "sealed to their author"):
        assert word in exporting.ABOUT.split("Not here:")[1], word


def test_vera_finds_nothing_by_ids_of_another_practice(front: Sit, cast: Cast) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    packet, _ = planned(client, decision, to)
    record, me = f"/clients/{client.record}", front("vera")
    for path in (
        f"{record}/decisions/{decision}/packet",
        f"{record}/packets/{packet}/send",
        f"{record}/releases/{out}",
        f"{record}/accounting",
        f"/recipients/{to}",
    ):
        assert me.get(path).status == 404, path
    for path in (f"{record}/accounting/list", f"{record}/accounting/add", f"{record}/releases/{out}/settle"):
        assert me.post(path, how="sent").status == 404, path
    assert me.post(f"/recipients/{to}", end="1").status == 404 and me.get(f"/clients/{client.record}/requests/{uuid4()}").status == 404


@pytest.mark.parametrize("tail", ["hand", "copy", "settle", "shut"])
def test_looking_changes_nothing(front: Sit, cast: Cast, tail: str) -> None:
    client, _, decision, to = to_employer(cast)
    out = sent(client, decision, to)
    me, path = front("dana"), f"/clients/{client.record}/releases/{out}/{tail}"
    assert me.get(path).status in (302, 405) and me.client.post(path, {"how": "sent"}).status_code == 403
    assert Outgoing.objects.get().state == "authorized"
