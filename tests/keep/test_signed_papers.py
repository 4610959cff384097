"""Papers of every kind: what each must have, the paper itself beside its form, and how it ends."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader, PdfWriter

from privity.law import Book, Question, decide
from privity.practice.agreements import access, scans
from privity.practice.agreements.letters import return_letter
from privity.practice.agreements.models import Authorization, Restriction, Scan
from privity.practice.agreements.moving import why_not_terms
from privity.practice.agreements.pictures import pages, picture
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.agreements.sweeping import sweep
from privity.practice.agreements.validity import CALIFORNIA, FEDERAL, PART2, PART2_TPO, WRITTEN_REQUEST, State, Terms, defects, facts
from privity.practice.decisions.services import again, freeze_put, put
from privity.practice.people import care
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.flagging import flags_of
from privity.practice.people.models import Practice, Record
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.records.documents import CannotKeep
from privity.practice.site import schedule
from privity.practice.site.config import Config
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import Event
from privity.practice.visits.services import NewVisit, add_visit
from privity.vault import Use
from privity.vault.faults import NoSuchKey

from .conftest import NOW, Cast, paper_of, whose
from .front import Front

Sit = Callable[[str], Front]
ON = date(2026, 11, 20)
LIVE = State.LIVE
SAID = {
    "recipient_kind": "employer", "recipient": "Alpine Freight", "information": ["attendance"], "purpose": "client_request", "signed_by": "parent",
    "signer": "Max Marsh", "signed": "2026-11-02", "ends": "2027-03-01", "has": [*FEDERAL, "authority_of_signer"],
}  # fmt: skip


def fax(pages: int = 1) -> bytes:
    """A PDF as it comes out of a scanner."""
    writer, held = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    writer.write(held)
    return held.getvalue()


def consent(kind: str = "single_purpose", **said: Any) -> Terms:
    told = {"kind": kind, "signed_by": "client", "has": (*PART2, *PART2_TPO), "information": ("sud_records",), "purpose": "employment", **said}
    return paper_of("employer", **told)


def wrong(paper: Terms, *states: str) -> list[tuple[str, str]]:
    return [(one.element, one.cite) for one in defects(paper, states or ("CO",))]


# --- Part 2 consents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("element", [*PART2, *PART2_TPO])
def test_each_element_a_tpo_consent_lacks_is_named_with_its_paragraph(element: str) -> None:
    paper = consent("treatment_payment_operations", purpose="treatment")
    assert wrong(paper) == []
    ((named, cite),) = wrong(replace(paper, has=tuple(one for one in paper.has if one != element)))
    assert (named, cite) == (element, {**PART2, **PART2_TPO}[element])
    assert cite.startswith("42 CFR 2.31(a)(")


def test_one_for_another_purpose_needs_no_word_of_treatment_payment_and_operations() -> None:
    assert wrong(consent(has=tuple(PART2))) == []
    assert [one for one, _ in wrong(consent(has=tuple(PART2), purpose="treatment"))] == [*PART2_TPO]


@pytest.mark.parametrize(
    ("paper", "cite"),
    [
        (consent("counseling_notes", information=("sud_counseling_notes", "sud_records")), "42 CFR 2.31(b)"),
        (consent("counseling_notes", information=("sud_counseling_notes",), together="other_authorization"), "42 CFR 2.31(b)"),
        (consent("counseling_notes", information=("sud_counseling_notes",), conditioned="on_treatment"), "42 CFR 2.31(b)"),
        (consent("treatment_payment_operations", purpose="treatment", information=("sud_counseling_notes", "sud_records")), "42 CFR 2.31(b)"),
        (consent("legal_proceedings", purpose="legal_process", together="other_authorization"), "42 CFR 2.31(d)"),
        (consent(signed_by="someone_else"), "42 CFR 2.31(a)(8)"),
        (consent(known_false=True), "42 CFR 2.31(c)(4)"),
        (paper_of("employer", information=("sud_counseling_notes",)), "42 CFR 2.31(b)(1)"),
    ],
)  # fmt: skip
def test_what_a_consent_may_not_be_mixed_with_is_named(paper: Terms, cite: str) -> None:
    assert [one for _, one in wrong(paper)] == [cite]


def test_counseling_notes_alone_are_whole() -> None:
    assert wrong(consent("counseling_notes", information=("sud_counseling_notes",))) == []


def told(paper: Terms, stands: State = LIVE, kind: str = "treating_provider", purpose: str = "treatment", what: str = "sud_records") -> dict[str, object]:
    return facts(paper, defects(paper, ["CO"]), stands, whose(40), recipient_kind=kind, purpose=purpose, information=[what])


def test_a_tpo_consent_names_whom_it_may_by_class_and_reaches_nobody_else() -> None:
    paper = consent("treatment_payment_operations", purpose="treatment", recipient_kind="treating_provider", by_class=True)
    assert told(paper)["part2.consent"] == told(paper, kind="payer", purpose="payment")["part2.consent"] == ["treatment_payment_operations"]
    for other in ({"kind": "employer"}, {"purpose": "employment"}, {"what": "sud_counseling_notes"}, {"stands": State.REVOKED}, {"stands": State.EXPIRED}):
        assert told(paper, **other)["part2.consent"] == []  # type: ignore[arg-type]


def test_the_law_opens_what_a_consent_names_and_nothing_once_it_is_taken_back() -> None:
    paper = consent("treatment_payment_operations", purpose="treatment", recipient_kind="treating_provider", by_class=True)
    known = {
        "practice.hipaa_covered": True, "practice.part2_program": True, "part2.record": True, "practice.setting": "clinic", "client.age": 40,
        "provider.profession": "addiction_counselor", "purpose": "payment", "recipient.kind": "payer", "part2.against_patient": False,
    }  # fmt: skip

    def outcome(stands: State) -> str:
        asked = {**known, **told(paper, stands, "payer", "payment"), "information": "sud_records"}
        return decide(Book.open(), Question.from_dict({"on": ON, "places": [], "facts": asked})).outcome

    assert (outcome(LIVE), outcome(State.REVOKED)) == ("permitted", "with_authorization")


def test_a_consent_is_an_authorization_too_only_with_all_that_hipaa_asks_for() -> None:
    paper = consent(has=(*PART2, *FEDERAL))
    assert told(paper, kind="employer", purpose="employment")["authorization.valid"] is True
    less = told(replace(paper, has=tuple(PART2)), kind="employer", purpose="employment")
    assert less["authorization.valid"] is False
    assert set(less["authorization.lacks"]) == {"conditioning_statement", "redisclosure_statement"}  # type: ignore[call-overload]
    assert less["part2.consent"] == ["single_purpose"]


# --- compound, conditioned, California ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "cites"),
    [
        ({"together": "other_document"}, ["45 CFR 164.508(b)(3)"]),
        ({"together": "other_authorization"}, []),
        ({"together": "other_authorization", "conditioned": "on_service_for_third_party"}, ["45 CFR 164.508(b)(3)(iii)"]),
        ({"together": "research"}, ["45 CFR 164.508(b)(3)(i)"]),
        ({"together": "research", "purpose": "research", "conditioned": "on_research"}, []),
        ({"conditioned": "on_treatment"}, ["45 CFR 164.508(b)(4)"]),
        ({"conditioned": "on_research"}, ["45 CFR 164.508(b)(4)(i)"]),
        ({"conditioned": "on_service_for_third_party"}, []),
        ({"information": ("psychotherapy_notes",), "together": "other_authorization"}, ["45 CFR 164.508(b)(3)(ii)"]),
        ({"known_false": True}, ["45 CFR 164.508(b)(2)(v)"]),
    ],
)  # fmt: skip
def test_what_stands_with_it_or_depended_on_it_can_spoil_a_paper(said: dict[str, Any], cites: list[str]) -> None:
    assert [cite for _, cite in wrong(paper_of("employer", **said))] == cites


@pytest.mark.parametrize("element", CALIFORNIA)
def test_what_california_asks_for_is_named_with_its_paragraph(element: str) -> None:
    has = (*FEDERAL, "authority_of_signer", *(one for one in CALIFORNIA if one != element))
    ((named, cite),) = wrong(paper_of("employer", has=has, ends=date(2027, 5, 1)), "CA")
    assert (named, cite) == (element, CALIFORNIA[element])
    assert wrong(paper_of("employer", has=has), "CO") == []


@pytest.mark.parametrize("element", WRITTEN_REQUEST)
def test_a_written_request_must_say_all_that_california_asks(element: str) -> None:
    paper = paper_of("payer", kind="written_request", signed_by="someone_else", has=tuple(WRITTEN_REQUEST), purpose="payment")
    assert wrong(paper, "CA") == []
    assert wrong(replace(paper, has=tuple(one for one in WRITTEN_REQUEST if one != element)), "CA") == [(element, WRITTEN_REQUEST[element])]


def test_a_written_request_states_itself_and_is_no_authorization(cast: Cast) -> None:
    paper = paper_of("payer", kind="written_request", signed_by="someone_else", has=tuple(WRITTEN_REQUEST), purpose="payment")
    record_authorization(cast.dana, cast.cleo, paper)
    asked = {"recipient_kind": "payer", "purpose": "payment", "information": ["attendance"]}
    stated = {one.name: one.value for one in access.stated(access.every(cast.dana, cast.cleo), whose(40), **asked)}  # type: ignore[arg-type]
    assert stated == {"authorization.on_file": False, "payer.written_request": True}
    assert access.for_gates(cast.dana, cast.cleo) == ()
    assert told(paper, kind="payer", purpose="payment", what="attendance")["authorization.valid"] is False


def test_all_papers_of_a_record_speak_together(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", signed_by="client"))
    record_authorization(cast.dana, cast.cleo, consent("treatment_payment_operations", purpose="treatment", recipient_kind="treating_provider", by_class=True))
    kept = access.for_gates(cast.dana, cast.cleo)
    stated = {one.name: one.value for one in access.stated(kept, whose(40), recipient_kind="payer", purpose="payment", information=["sud_records"])}
    assert stated["part2.consent"] == ["treatment_payment_operations"]
    employer: dict[str, Any] = {"recipient_kind": "employer", "purpose": "employment", "information": ["attendance"]}
    other = {one.name: one.value for one in access.stated(kept, whose(40), **employer)}
    assert (other["authorization.valid"], other["part2.consent"]) == (True, [])
    minors = {one.name: one.value for one in access.stated(kept, whose(14), **employer)}  # the child alone signed: nothing says that this is enough
    assert "authorization.valid" not in minors and minors["part2.consent"] == []
    assert "part2.consent" not in {one.name for one in access.stated(kept, whose(14), recipient_kind="payer", purpose="payment", information=["sud_records"])}


# --- the paper itself --------------------------------------------------------------------------------------------


def upload(content: bytes, name: str = "fax.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_fax_comes_in_first_and_is_read_beside_its_picture(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations"
    rita = front("rita").open(f"{path}/begin").send(f"{path}/begin", kind="authorization", file=upload(fax(2)))
    scan = Scan.objects.get()
    assert rita.at == f"{path}/new?kind=authorization&paper={scan.id}"
    assert rita.text.count(f"/scans/{scan.id}/") == 2
    shown = rita.get(f"{path}/scans/{scan.id}/2")
    assert (shown.status, shown.response.headers["Content-Type"], shown.response.content[:4]) == (200, "image/png", b"\x89PNG")
    assert Event.objects.filter(act="scan.open").count() == 1
    assert "nobody has read" in front("dana").open(path).words and not Authorization.objects.exists()
    done = rita.send(rita.at, **SAID)
    assert "Good." in done.words and "2 pages" in done.words
    assert Scan.objects.get().authorization_id == Authorization.objects.get().id
    assert "nobody has read" not in front("dana").open(path).words
    whole = rita.get(f"{path}/scans/{scan.id}")
    assert len(PdfReader(io.BytesIO(whole.response.content)).pages) == 2 and "attachment" in whole.response.headers["Content-Disposition"]


def test_a_paper_of_two_counts_for_each_whose_name_it_bears_and_its_page_says_for_whom(front: Sit, cast: Cast) -> None:
    two = NewRecord("couple", (NewPerson("Ann Ash", "partner", born=date(1980, 1, 1)), NewPerson("Ben Ash", "partner", born=date(1979, 1, 1))))
    path = f"/clients/{add_record(cast.dana, two)}/authorizations"
    said = {**SAID, "signed_by": "client", "signer": "Ann Ash"}
    rita = front("rita").open(f"{path}/new?kind=authorization")
    assert "Write both" in rita.send(rita.at, **said, also_as="client").words and not Authorization.objects.exists()
    one = rita.send(f"{path}/new?kind=authorization", **said)
    assert "It counts for Ann Ash, who signed it." in one.words and "It opens nothing about Ben Ash, who has not signed it." in one.words
    both = rita.send(f"{path}/new?kind=authorization", **said, also_as="client", also_signer=" Ben Ash ")
    assert "It counts for Ben Ash, who signed it." in both.words and "has not signed" not in both.words
    kept = next(each for each in access.for_gates(cast.dana, UUID(path.split("/")[2])) if each.terms.also)
    assert kept.terms.also == (("client", "Ben Ash"),) and Terms.of(kept.terms.as_dict()) == kept.terms
    parents = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    weighed = "Whether the right person signed for Cleo Marsh is weighed each time somebody asks."
    assert weighed in front("dana").open(f"/clients/{cast.cleo}/authorizations/{parents}").words
    assert why_not_terms(json.loads(json.dumps(kept.terms.as_dict()))) == ""
    for wrong_one in ("Ben", [["someone_else", "Ben"]], [["client"]], [["client", 3]]):
        assert "also is a list of pairs" in why_not_terms({**json.loads(json.dumps(kept.terms.as_dict())), "also": wrong_one})


def test_with_one_thing_missing_it_is_not_valid_and_a_letter_sends_it_back(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations"
    rita = front("rita").open(f"{path}/begin").send(f"{path}/begin", kind="authorization", file=upload(fax()))
    page = rita.send(rita.at, **{**SAID, "has": [one for one in SAID["has"] if one != "expiry"], "ends": ""})
    assert "Not valid." in page.words and "45 CFR 164.508(c)(1)(v)" in page.words
    letter = page.open(f"{path}/{Authorization.objects.get().id}/letter")
    assert "did not find it on the form: When it ends 45 CFR 164.508(c)(1)(v)" in letter.words and "Alpine Freight" in letter.words
    assert "Marsh" not in letter.text and "Cleo" not in letter.text
    assert Event.objects.order_by("-n").values_list("act", flat=True)[0] == "authorization.letter"


def test_the_letter_names_every_defect_and_no_client(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", has=(), together="other_document"))
    (kept,) = access.for_gates(cast.dana, cast.cleo)
    letter = return_letter(kept)
    assert [cite for _, cite in (*letter["lacks"], *letter["against"])] == [one.cite for one in kept.wrong]
    assert (len(letter["lacks"]), len(letter["against"])) == (len(FEDERAL) + 1, 1)
    assert "Max" not in str(letter) and "Marsh" not in str(letter)


def test_a_paper_lies_sealed_and_outlives_its_record(cast: Cast, tmp_path: object) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    body = fax()
    scan = scans.add(cast.dana, cast.cleo, body, id)
    assert b"%PDF" not in bytes(Scan.objects.get().body)
    shred_record(cast.petra, cast.cleo, Config.of(tmp_path))  # type: ignore[arg-type]
    cast.keys.forget()
    (kept,) = access.for_gates(cast.petra, cast.cleo)
    assert kept.terms == paper_of("employer") and scans.body_for_gates(cast.petra, cast.cleo, scan)[1] == body
    with pytest.raises(NoSuchKey):
        cast.keys.key(cast.cleo, Use.RECORD)
    with pytest.raises(NotThere):
        access.page(cast.dana, cast.cleo)


def test_omar_and_vera_cannot_open_a_paper_and_bill_may_not(front: Sit, cast: Cast) -> None:
    scan = scans.add(cast.rita, cast.cleo, fax())
    for who in (cast.omar, cast.vera):
        for act in (lambda one: scans.opened(one, cast.cleo, scan), lambda one: scans.add(one, cast.cleo, fax()), lambda one: scans.drop(one, cast.cleo, scan)):
            with pytest.raises(NotThere):
                act(who)
    with pytest.raises(NotAllowed):
        scans.opened(cast.actor("bill"), cast.cleo, scan)
    for who, status in (("omar", 404), ("vera", 404), ("bill", 403), ("rita", 200)):
        assert front(who).get(f"/clients/{cast.cleo}/authorizations/scans/{scan}/1").status == status
    assert Scan.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"%PDF-1.7\nbroken\n%%EOF", "does not open"), (b"just words", "no PDF and no picture"), (b"", "empty"), (fax(41), "41 pages")],
)  # fmt: skip
def test_what_is_no_paper_is_not_kept_and_the_page_says_why(front: Sit, cast: Cast, content: bytes, says: str) -> None:
    path = f"/clients/{cast.cleo}/authorizations/begin"
    page = front("rita").open(path).send(path, kind="authorization", file=upload(content))
    assert page.status == 422 and says in page.words and not Scan.objects.exists()


def test_one_too_large_is_refused_before_it_is_kept(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations/begin"
    page = front("rita").open(path).send(path, kind="authorization", file=upload(b"%PDF-1.7" + bytes(11 << 20)))
    assert page.status == 422 and "larger than 10 MB" in page.words
    with pytest.raises(CannotKeep):
        scans.add(cast.rita, cast.cleo, b"%PDF-1.7" + bytes(11 << 20))


def test_a_paper_that_is_none_is_thrown_away_and_one_that_was_read_stays(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations"
    scan = scans.add(cast.rita, cast.cleo, fax())
    front("rita").open(path).send(f"{path}/scans/{scan}/drop")
    assert not Scan.objects.exists()
    read = scans.add(cast.rita, cast.cleo, fax())
    record_authorization(cast.rita, cast.cleo, paper_of("employer"), read)
    front("rita").open(path).post(f"{path}/scans/{read}/drop")
    assert Scan.objects.get().id == read


def test_a_paper_read_in_two_windows_is_written_down_once(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations"
    scan = scans.add(cast.rita, cast.cleo, fax())
    at = f"{path}/new?kind=authorization&paper={scan}"
    one, two = front("rita").open(at), front("dana").open(at)
    one.send(at, **SAID)
    assert two.send(at, **SAID).status == 404
    assert Authorization.objects.count() == 1
    with pytest.raises(scans.AlreadyRead):
        record_authorization(cast.dana, cast.cleo, paper_of("employer"), scan)
    assert Authorization.objects.count() == 1


def test_the_records_custodian_looks_and_changes_nothing(front: Sit, cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    limit = agree(cast.dana, cast.cleo, NewRestriction(("hiv",), (), self_pay=False, began=ON))
    carl, path = front("carl"), f"/clients/{cast.cleo}"
    assert carl.get(f"{path}/authorizations/{id}").status == carl.get(f"{path}/restrictions").status == 200
    for at in ("begin", "new", f"{id}/scan", f"{id}/revoke", f"{id}/ended", f"scans/{id}/drop"):
        assert carl.post(f"{path}/authorizations/{at}").status == 403, at
    for at in ("restrictions", f"restrictions/{limit}/end"):
        assert carl.post(f"{path}/{at}").status == 403, at
    assert "Attach" not in carl.get(f"{path}/authorizations/{id}").words


def test_a_page_that_is_not_there_is_no_picture() -> None:
    assert pages(fax(3), "pdf") == 3
    assert picture(fax(3), "pdf", 3)[1].startswith(b"\x89PNG")
    for page in (0, 4):
        with pytest.raises(IndexError):
            picture(fax(3), "pdf", page)


# --- in the browser: kinds ---------------------------------------------------------------------------------------


def test_a_part_2_consent_is_written_down_on_a_form_of_its_own(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations/new?kind=treatment_payment_operations"
    dana = front("dana").open(path)
    assert 'name="purpose"' not in dana.text and "42 CFR 2.31(a)(10)(ii)" in dana.words
    said = {**SAID, "recipient_kind": "providers_and_plans", "information": ["sud_records"], "signed_by": "client", "signer": "Cleo Marsh", "ends": ""}
    page = dana.send(path, **{**said, "has": [*PART2, *PART2_TPO]})
    assert "Good." in page.words and "Without an end" in page.words
    less = dana.open(path).send(path, **{**said, "has": [*PART2, "hipaa_redisclosure", "redisclosure_statement"]})
    assert "Not valid." in less.words and "42 CFR 2.31(a)(10)(ii)" in less.words


def test_psychotherapy_notes_have_a_form_on_which_nothing_else_can_be_ticked(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations/new?kind=psychotherapy_notes"
    dana = front("dana").open(path)
    assert 'name="information"' not in dana.text
    dana.send(path, **{**SAID, "information": ["diagnosis"]})
    assert access.for_gates(cast.dana, cast.cleo)[0].terms.information == ("psychotherapy_notes",)


def test_the_written_request_is_offered_in_california_alone(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations/begin"
    assert "56.104" not in front("rita").open(path).words
    cast.practice.states = ["CA", "CO"]
    cast.practice.save(update_fields=["states"])
    assert "56.104" in front("rita").open(path).words
    new = f"/clients/{cast.cleo}/authorizations/new?kind=written_request"
    said = {**SAID, "recipient_kind": "payer", "recipient": "Peak Health Plan", "purpose": "payment", "has": list(WRITTEN_REQUEST)}
    assert "Good." in front("rita").open(new).send(new, **said).words


# --- how it ends -------------------------------------------------------------------------------------------------


def test_it_ends_with_treatment_and_does_not_live_again(front: Sit, cast: Cast, later: Any) -> None:
    path = f"/clients/{cast.cleo}/authorizations"
    page = front("dana").open(f"{path}/new").send(f"{path}/new", **{**SAID, "ends": "", "with_treatment": "on"})
    assert "Until treatment ends" in page.words and "Good." in page.words
    care.close(cast.dana, cast.cleo)
    assert "Ended, Nov 20, 2026." in page.open(page.at).words
    care.reopen(cast.dana, cast.cleo)
    assert access.for_gates(cast.dana, cast.cleo)[0].state is State.EXPIRED


def test_where_the_record_was_closed_in_another_way_it_has_ended_too(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=None, with_treatment=True))
    Record.objects.filter(id=cast.cleo).update(closed=NOW)
    assert access.for_gates(cast.dana, cast.cleo)[0].state is State.EXPIRED


def test_another_paper_is_not_ended_by_the_end_of_treatment(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    care.close(cast.dana, cast.cleo)
    assert access.for_gates(cast.dana, cast.cleo)[0].state is LIVE


@pytest.mark.parametrize(("left", "says"), [(31, ()), (30, ("A release ends in 30 days",)), (7, ("A release ends in 7 days",)), (0, ("A release ends today",))])
def test_its_end_is_told_on_the_clients_page_the_list_and_the_days_list(front: Sit, cast: Cast, left: int, says: tuple[str, ...]) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=ON + timedelta(left)))
    add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW, NOW + timedelta(minutes=50), "office"))
    assert flags_of(cast.rita, [cast.cleo]).get(cast.cleo, ()) == (*says, "A paper is missing")  # whoever comes today signed nothing yet
    for who in ("rita", "dana"):
        for path in ("/today", f"/clients/{cast.cleo}"):
            words = front(who).open(path).words
            assert ("A release ends" in words) is bool(says) and all(one in words for one in says)
            assert "Alpine" not in words and "employer" not in words.lower()
        assert (says[0].removeprefix("A release ").capitalize() if says else "Good") in front(who).open(f"/clients/{cast.cleo}/authorizations").words


def test_whoever_may_not_see_authorizations_is_told_nothing_of_their_end(front: Sit, cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=ON))
    add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW, NOW + timedelta(minutes=50), "office"))
    assert flags_of(cast.actor("bill"), [cast.cleo]) == flags_of(cast.omar, [cast.cleo]) == flags_of(cast.vera, [cast.cleo]) == {}
    page = front("bill").open("/today").words
    assert "Cleo" in page and "release" not in page


@pytest.mark.parametrize("spoiled", [{"has": ()}, {"revoke": True}])
def test_nobody_is_warned_of_the_end_of_what_is_worth_nothing(cast: Cast, spoiled: dict[str, Any]) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=ON, **({"has": ()} if "has" in spoiled else {})))
    if "revoke" in spoiled:
        revoke(cast.dana, cast.cleo, id, "")
    assert flags_of(cast.dana, [cast.cleo]) == {}


def test_taken_back_by_word_it_counts_at_once_and_stays_known_as_such(front: Sit, cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    path = f"/clients/{cast.cleo}/authorizations/{id}"
    page = front("rita").open(path).send(f"{path}/revoke", way="by_word", how="On the phone")
    assert "Taken back. By word." in page.words and "45 CFR 164.508(b)(5)" in page.words and "On the phone" in page.words
    assert access.for_gates(cast.dana, cast.cleo)[0].by_word


def test_a_revocation_in_one_window_counts_on_the_next_request_of_another(front: Sit, cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer", signed_by="client", has=tuple(FEDERAL)))
    asked = {
        "purpose": "employment",
        "recipient.kind": "employer",
        "information": ["attendance"],
        "part2.record": False,
        "client.age": 40,
        "authorization.covers_recipient": True,
        "authorization.valid": True,
    }
    path, book = f"/clients/{cast.cleo}/authorizations/{id}", Book.open()
    open_before = front("dana").open(path)

    question, put_so = put(cast.dana, cast.cleo, asked)
    decision = freeze_put(cast.dana, book, cast.cleo, question, put_so)
    assert again(cast.dana, book, cast.cleo, decision).frozen.outcome == "permitted"
    front("rita").open(path).send(f"{path}/revoke", way="in_writing", how="Letter")
    assert "Taken back." in open_before.open(path).words
    now = again(cast.dana, book, cast.cleo, decision)
    assert not now.stands and "authorization.revoked" in now.changed


# --- kept long enough --------------------------------------------------------------------------------------------


def at(cast: Cast, years: int, days: int = 0) -> Any:
    return NOW.replace(year=NOW.year + years) + timedelta(days)


def test_six_years_after_it_last_held_it_goes_and_no_day_sooner(cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=ON))
    scans.add(cast.dana, cast.cleo, fax(), id)
    record_authorization(cast.dana, cast.cleo, paper_of("school", ends=None, ends_with="when school ends"))
    assert sweep(cast.practice, at(cast, 6)) == 0
    assert sweep(cast.practice, at(cast, 6, 1)) == 1
    assert [one.ends for one in Authorization.objects.all()] == [None] and not Scan.objects.exists()
    assert Event.objects.order_by("-n").values_list("act", flat=True)[0] == "authorizations.sweep"
    assert sweep(cast.practice, at(cast, 6, 2)) == 0


def test_one_taken_back_counts_from_that_day_and_a_hold_keeps_it(cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=date(2029, 1, 1)))
    revoke(cast.dana, cast.cleo, id, "")
    hold = care.hold(cast.actor("carl"), cast.cleo, "A suit")
    assert sweep(cast.practice, at(cast, 6, 1)) == 0
    care.lift(cast.actor("carl"), cast.cleo, hold)
    assert sweep(cast.practice, at(cast, 6, 1)) == 1


def test_what_is_left_of_a_shredded_record_goes_six_years_after(cast: Cast, tmp_path: object) -> None:
    agree(cast.dana, cast.cleo, NewRestriction(("hiv",), (), self_pay=False, began=ON))
    scans.add(cast.dana, cast.cleo, fax())
    record_authorization(cast.dana, cast.cleo, paper_of("school", ends=None, ends_with="when school ends"))
    assert sweep(cast.practice, at(cast, 9)) == 0
    shred_record(cast.petra, cast.cleo, Config.of(tmp_path))  # type: ignore[arg-type]
    assert (sweep(cast.practice, at(cast, 6)), sweep(cast.practice, at(cast, 6, 1))) == (0, 3)
    assert not (Scan.objects.exists() or Restriction.objects.exists() or Authorization.objects.exists())


def test_another_practices_papers_are_not_touched(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=ON))

    assert sweep(Practice.objects.get(pk=cast.vera.practice_row), at(cast, 9)) == 0
    assert Authorization.objects.count() == 1


def test_the_night_sweeps_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[UUID] = []
    monkeypatch.setattr(schedule, "sweep_all", lambda *given: [])
    monkeypatch.setattr(schedule.rows, "look_through", lambda: None)
    monkeypatch.setattr(schedule.Schedule, "_ask_again", lambda self, now: None)
    monkeypatch.setattr(schedule.sweeping, "sweep", lambda practice, now, asked: seen.append(practice.uid) or 0)
    schedule.Schedule(None, None)._sweep(NOW.replace(hour=schedule.NIGHT))  # type: ignore[arg-type]
    assert cast.practice.uid in seen
