"""A case is told to a colleague without saying whose: every name looked at, what is left judged by somebody with a name, the law asked, and all of it kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from privity.law import Book
from privity.practice.agreements.services import record_authorization
from privity.practice.decisions.access import for_gates
from privity.practice.decisions.models import FrozenDecision
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.models import Account, Supervision
from privity.practice.people.services import tie
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.releases import consultation_access as access
from privity.practice.releases.consultation_known import Told
from privity.practice.releases.consultation_models import Consultation, ConsultationReply
from privity.practice.releases.consultation_services import Judged, NotFree, keep, reply
from privity.practice.trail.models import Event

from .conftest import NOW, Cast, paper_of
from .front import Front

Sit = Callable[[str], Front]
CASE = "Cleo Marsh, 14, said that her father Max hits the wall. She lives in Salida. Marcus from the team knows. Call 303-555-0142 after March 3."
RISKS = {"small_place": "no", "rare_work": "no", "news": "no", "unusual": "no", "may_know": "no"}
JUDGED = {**RISKS, "removed": "yes", "recognizable": "no", "recipient": "consultant", "asked": "Dr. Ines Roth"}
FREE = Judged(removed=True, recognizable=False)
BODY: dict[str, Any] = {"text": "[Client], 14", "taken": [], "left": [], "risks": {}, "why": "", "asked": "Dr. Ines Roth", "asked_kind": "consultant"}


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def look(front: Front, cast: Cast, **said: Any) -> Front:
    path = f"/clients/{cast.cleo}/consult"
    return front.open(path).send(path, "look", **{"case": CASE, **said})


def supervised(cast: Cast) -> None:
    Account.objects.filter(id=cast.accounts["omar"].id).update(roles=["supervisor"])
    Supervision.objects.create(practice=cast.practice, supervisor=cast.accounts["omar"], trainee=cast.accounts["dana"], began=NOW)


# --- who may ----------------------------------------------------------------------------------------------------


def test_omar_cannot_open_it_and_vera_does_not_know_it_is_there(cast: Cast, book: Book) -> None:
    id = keep(cast.dana, book, cast.cleo, FREE, "consultant", BODY)
    for who in (cast.omar, cast.vera):
        for act in (
            lambda who=who: access.page(who, cast.cleo), lambda who=who: access.one(who, cast.cleo, id), lambda who=who: access.known(who, cast.cleo, Told()),
            lambda who=who: access.written(who, cast.cleo, []), lambda who=who: keep(who, book, cast.cleo, FREE, "consultant", BODY),
            lambda who=who: reply(who, cast.cleo, id, "x", NOW.date(), "x"),
        ):  # fmt: skip
            with pytest.raises(NotThere):
                act()
    assert Consultation.objects.count() == 1 and not ConsultationReply.objects.exists()


def test_rita_knows_the_client_and_not_the_case(front: Sit, cast: Cast, book: Book) -> None:
    id = keep(cast.dana, book, cast.cleo, FREE, "consultant", BODY)
    with pytest.raises(NotAllowed):
        access.one(cast.rita, cast.cleo, id)
    for path in (f"/clients/{cast.cleo}/consult", f"/clients/{cast.cleo}/consult/{id}"):
        assert front("rita").get(path).status == 403 and front("omar").get(path).status == front("vera").get(path).status == 404
    assert "Ask a colleague" not in front("rita").open(f"/clients/{cast.cleo}").words


def test_a_shared_view_does_not_tell_the_case_on(cast: Cast, book: Book) -> None:
    tie(cast.dana, cast.cleo, cast.omar.account, "shared", ends=NOW + timedelta(days=3))
    with pytest.raises(NotAllowed):
        keep(cast.omar, book, cast.cleo, FREE, "consultant", BODY)


def test_a_supervisor_reads_it_and_may_ask_too(front: Sit, cast: Cast, book: Book) -> None:
    id = keep(cast.dana, book, cast.cleo, FREE, "supervisor", BODY)
    supervised(cast)
    assert "[Client], 14" in front("omar").open(f"/clients/{cast.cleo}/consult/{id}").words
    page = look(front("omar"), cast)
    assert "[Client]" in page.words
    page.send(f"/clients/{cast.cleo}/consult", "keep", **{**JUDGED, "case": CASE, "name": ["name marcus"], "choice": ["person"]})
    assert Consultation.objects.count() == 2 and "Omar Test judged" in page.words


# --- what is found ----------------------------------------------------------------------------------------------


def test_what_the_record_knows_is_found_with_its_papers_and_the_staff(cast: Cast) -> None:
    record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    _, known = access.known(cast.dana, cast.cleo, Told.of("Lena", "Salida, CO", "", ""))
    assert {name for one in known.people for name in one.names} >= {"Cleo Marsh", "Max Marsh", "Lena", "Dana Test"}
    assert (known.employers, known.places, known.phones) == (("Alpine Freight",), ("Salida, CO",), ("303 555 0142",))


def test_dana_sees_both_texts_side_by_side_and_what_nobody_knows_apart(front: Sit, cast: Cast) -> None:
    page = look(front("dana"), cast)
    assert page.status == 200
    assert "[Client] , 14, said that her father [Parent] hits the wall. She lives in [Town A]" in page.words.replace("  ", " ")
    assert CASE.split(".")[0] in page.words  # as it was written
    assert "Names nobody knows" in page.words and 'value="name marcus"' in page.text and "Not known: Marcus" in page.words
    assert "303-555-0142" in page.words and "[Phone number]" in page.words


def test_a_number_a_date_and_a_picture_are_asked_in_their_own_words_and_cannot_be_passed_over(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/consult"
    case = "Cleo came on the first day of autumn with a selfie of both at the lake. She held medal no. 55 and said so on the first day of autumn."
    page = look(front("dana"), cast, case=case)
    for heading in ("Perhaps a date, or an age over 89", "Pictures spoken of", "Numbers and codes"):
        assert heading in page.words
    assert page.text.count('value="date the first day of autumn"') == 1  # one word holds for both places
    page.send(path, "keep", **{**JUDGED, "case": case})
    assert page.status == 422 and "1 date or great age, perhaps: say what each is." in page.words and "1 picture spoken of" in page.words
    page.send(path, "look", case=case, name=["date the first day of autumn"], choice=["date"], rest=["number"])
    assert (
        "came on [a date]" in page.words
        and page.words.count("[a date]") == 2
        and "held medal [Number]" in page.words
        and "with a selfie of both at the lake" in page.words
    )
    assert not Consultation.objects.exists()


def test_a_tick_taken_away_leaves_in_what_stood_there(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/consult"
    shown = ["person 0", "person 1", "salida"]
    page = front("dana").open(path).send(path, "look", case=CASE, shown=shown, out=["person 1", "salida"])
    assert "Cleo Marsh , 14, said that her father [Parent]" in page.words or "Cleo Marsh, 14, said that her father [Parent]" in page.words


def test_notes_of_the_chart_come_into_the_case(front: Sit, cast: Cast) -> None:
    note = sign_entry(cast.dana, cast.cleo, NewEntry("session", NOW, {"progress_notes": "Cleo slept badly."}))
    path = f"/clients/{cast.cleo}/consult"
    page = front("dana").open(path).send(path, "notes", note=[str(note)], case="What now?")
    assert "What now?" in page.text and "Cleo slept badly." in page.text
    assert Event.objects.filter(act="consult.notes").count() == Event.objects.filter(act="chart.read").count() - 2 == 1


# --- what is judged, and what the law says ------------------------------------------------------------------------


def kept(front: Front, cast: Cast, **said: Any) -> Front:
    path = f"/clients/{cast.cleo}/consult"
    return look(front, cast).send(path, "keep", **{**JUDGED, "case": CASE, "name": ["name marcus"], "choice": ["person"], **said})


def test_it_is_kept_with_who_judged_what_the_law_said_and_whom_it_is_for(front: Sit, cast: Cast) -> None:
    page = kept(front("dana"), cast)
    assert page.status == 200 and "A case for Dr. Ines Roth" in page.words
    assert "Dana Test judged on" in page.words and "C.R.S. 12-245-220(1)" in page.words and "45 CFR 164.502(d)(2)" in page.words
    assert "[Person A] from the team knows" in page.words
    row = Consultation.objects.get()
    assert b"Client" not in bytes(row.body) and b"Roth" not in bytes(row.body)
    facts = {one.name: one for one in for_gates(cast.dana, cast.cleo, row.decision).facts}
    assert (facts["deidentified.recognizable"].value, facts["deidentified.recognizable"].source.value) == (False, "judged")
    assert facts["deidentified.identifiers_removed"].by == cast.dana.account
    acts = Event.objects.filter(practice=cast.practice.uid).order_by("-n").values_list("act", flat=True)[:3]
    assert list(acts) == ["consult.read", "consult.keep", "decision.freeze"]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"choice": [""]}, "1 name nobody knows"),
        ({"name": [], "choice": []}, "1 name nobody knows"),
        ({"small_place": ""}, "Say yes or no"),
        ({"news": "yes"}, "You said yes above"),
        ({"removed": ""}, "Say yes or no"),
        ({"asked": ""}, "Write whom you will ask"),
        ({"recognizable": "yes"}, "It may not go out so"),
        ({"removed": "no"}, "It may not go out so"),
    ],
)  # fmt: skip
def test_nothing_is_kept_while_something_is_open_or_it_still_tells(front: Sit, cast: Cast, said: dict[str, Any], says: str) -> None:
    page = kept(front("dana"), cast, **said)
    assert page.status == 422 and says in page.words and "Max hits the wall" in page.text
    assert not Consultation.objects.exists() and not FrozenDecision.objects.exists()


def test_a_yes_that_is_explained_is_kept_with_its_reason(front: Sit, cast: Cast) -> None:
    page = kept(front("dana"), cast, small_place="yes", why="The town is one of a hundred.")
    assert "The town is one of a hundred." in page.words and Consultation.objects.count() == 1


def test_what_is_not_free_is_not_kept_by_any_other_way_in(cast: Cast, book: Book) -> None:
    for judged in (Judged(removed=False, recognizable=False), Judged(removed=True, recognizable=True)):
        with pytest.raises(NotFree) as no:
            keep(cast.dana, book, cast.cleo, judged, "consultant", BODY)
        assert no.value.answer["outcome"] != "permitted"
    assert not Consultation.objects.exists()


# --- what came back -----------------------------------------------------------------------------------------------


def test_what_the_colleague_said_stands_beneath_it(front: Sit, cast: Cast, book: Book) -> None:
    id = keep(cast.dana, book, cast.cleo, FREE, "consultant", BODY)
    path = f"/clients/{cast.cleo}/consult/{id}"
    page = front("dana").open(path).send(path, who="Dr. Ines Roth", on="2026-11-19", said="Ask about the belt.")
    assert "Ask about the belt." in page.words and "Nov 19, 2026" in page.words
    assert b"belt" not in bytes(ConsultationReply.objects.get().body)
    assert Event.objects.filter(act="consult.reply").count() == 1
    late = front("dana").open(path).send(path, who="Dr. Ines Roth", on="2026-12-19", said="Later")
    assert late.status == 422 and "still to come" in late.words and ConsultationReply.objects.count() == 1


def test_it_is_found_again_from_the_clients_page(front: Sit, cast: Cast, book: Book) -> None:
    keep(cast.dana, book, cast.cleo, FREE, "consultant", BODY)
    assert "Ask a colleague" in front("dana").open(f"/clients/{cast.cleo}").words
    assert "Dr. Ines Roth" in front("dana").open(f"/clients/{cast.cleo}/consult").words
