"""A signed paper is what somebody saw on it: every element it lacks is named, and its end and its revocation count at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from privity.law import Book, Question, decide
from privity.practice.agreements import access
from privity.practice.agreements.models import Authorization
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.agreements.validity import CALIFORNIA, FEDERAL, PART2, PART2_TPO, State, Terms, days_left, defects, facts, needed, state
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.matrix import may
from privity.practice.people.services import tie
from privity.practice.site.config import Config
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import Event

from .conftest import NOW, Cast, paper_of, whose
from .front import Front

Sit = Callable[[str], Front]
ON = date(2026, 11, 20)


# --- what a paper must have --------------------------------------------------------------------------------------


@pytest.mark.parametrize("element", [*FEDERAL, "authority_of_signer"])
def test_each_element_that_nobody_saw_is_named_with_its_paragraph(element: str) -> None:
    paper = paper_of("employer")
    (wrong,) = defects(replace(paper, has=tuple(one for one in paper.has if one != element)), ["CO"])
    assert (wrong.element, wrong.cite.startswith("45 CFR 164.508(c)")) == (element, True)


def test_a_whole_paper_has_nothing_wrong() -> None:
    assert defects(paper_of("employer"), ["CO"]) == []


def test_a_client_who_signs_needs_no_word_of_the_right_to_sign() -> None:
    assert defects(paper_of("employer", signed_by="client", has=tuple(FEDERAL)), ["CO"]) == []


@pytest.mark.parametrize("element", CALIFORNIA)
def test_california_asks_for_more(element: str) -> None:
    assert element in needed(["CA", "CO"], by_representative=False) and element not in needed(["CO"], by_representative=False)


@pytest.mark.parametrize(
    ("information", "compound"), [(("psychotherapy_notes",), False), (("psychotherapy_notes", "diagnosis"), True), (("diagnosis",), False)]
)
def test_psychotherapy_notes_stand_alone_or_not_at_all(information: tuple[str, ...], compound: bool) -> None:
    wrong = defects(paper_of("employer", information=information), ["CO"])
    assert [one.element for one in wrong] == (["compound"] if compound else [])


@pytest.mark.parametrize(("days", "asked", "wrong"), [(365, False, []), (400, False, ["too_long"]), (400, True, [])])
def test_in_california_more_than_a_year_needs_the_signers_wish(days: int, asked: bool, wrong: list[str]) -> None:
    paper = paper_of("employer", has=(*FEDERAL, "authority_of_signer", *CALIFORNIA), ends=date(2026, 11, 2) + timedelta(days), longer_by_wish=asked)
    assert [one.element for one in defects(paper, ["CA"])] == wrong
    assert defects(paper, ["CO"]) == []


def test_somebody_elses_signature_is_none() -> None:
    assert [one.element for one in defects(paper_of("employer", signed_by="someone_else"), ["CO"])] == ["signer"]


# --- how long it stands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("on", "stands"), [(date(2027, 3, 1), State.LIVE), (date(2027, 3, 2), State.EXPIRED)])
def test_the_last_day_still_counts(on: date, stands: State) -> None:
    assert state([], date(2027, 3, 1), None, None, on) is stands


def test_an_event_that_came_ends_it_and_a_revocation_goes_before_all() -> None:
    assert state([], None, ON, None, ON) is State.EXPIRED
    assert state([], None, ON, NOW, ON) is State.REVOKED


@pytest.mark.parametrize(("left", "said"), [(31, None), (30, 30), (7, 7), (0, 0), (-1, None)])
def test_its_end_is_spoken_of_from_thirty_days_before(left: int, said: int | None) -> None:
    assert days_left(ON + timedelta(left), ON) == said


# --- what it opens is the law's to say ---------------------------------------------------------------------------


def answer(paper: Terms, stands: State, **more: object) -> str:
    told = facts(paper, defects(paper, ["CO"]), stands, whose(40), recipient_kind="employer", purpose="employment", information=["attendance"])
    known = {"practice.hipaa_covered": True, "practice.part2_program": False, "part2.record": False, "provider.profession": "psychologist"}
    asked = {**known, "practice.setting": "group_practice", "client.age": 40, "purpose": "employment", "recipient.kind": "employer", **told, **more}
    return decide(Book.open(), Question.from_dict({"on": ON, "places": ["CO"], "facts": {**asked, "information": "attendance"}})).outcome


def test_a_good_paper_of_the_client_opens_what_it_names_and_nothing_once_it_is_over() -> None:
    paper = paper_of("employer", signed_by="client", has=tuple(FEDERAL))
    assert answer(paper, State.LIVE) == "permitted"
    assert answer(paper, State.REVOKED) == answer(paper, State.EXPIRED) == "with_authorization"
    assert answer(replace(paper, recipient_kind="payer"), State.LIVE) == "with_authorization"
    assert answer(replace(paper, has=tuple(one for one in paper.has if one != "expiry")), State.DEFECTIVE) == "with_authorization"


AS = {"client": "client", "parent": "parent", "guardian": "guardian", "representative": "personal_representative", "both": "client"}


def test_valid_is_said_only_where_the_right_person_plainly_signed() -> None:
    """In one place, for every caller: for all else the law weighs who signed, or it is asked."""

    def told(by: str, years: int | None, **more: Any) -> tuple[object, object]:
        also = (("parent", "Max Marsh"),) if by == "both" else ()
        paper = paper_of("employer", signed_by=AS[by], also=also, kind="single_purpose", has=(*PART2, *PART2_TPO, *FEDERAL, "authority_of_signer"), **more)
        wrong = defects(paper, ["CO"])
        said = facts(
            paper, wrong, State.DEFECTIVE if wrong else State.LIVE, whose(years), recipient_kind="employer", purpose="employment", information=["attendance"]
        )
        assert said["authorization.signed_by"] == sorted({AS[by], *(kind for kind, _ in also)})
        return said.get("authorization.valid", "asked"), said.get("part2.consent", "asked")

    asked, yes = "asked", (True, ["single_purpose"])
    assert told("client", 40) == told("client", 18) == yes
    for by, years in (("client", 17), ("client", None), ("parent", 14), ("parent", 40), ("guardian", 40), ("representative", 40)):
        assert told(by, years) == (asked, asked), (by, years)
    assert told("both", 14) == (asked, ["single_purpose"])  # 42 CFR 2.14(b)(1): the minor and a parent
    assert told("both", 40) == told("both", None) == (asked, asked)
    assert told("client", 18, signed=date(2024, 11, 2)) == told("both", 18, signed=date(2024, 11, 2)) == (False, [])  # a minor signed, who grew up since
    assert told("parent", 14, known_false=True) == (False, [])  # what is wrong is said, whoever signed
    assert answer(paper_of("employer", signed_by="client", has=tuple(FEDERAL)), State.LIVE) == "permitted"


# --- as it is kept -----------------------------------------------------------------------------------------------


def test_what_it_says_is_sealed_under_a_key_that_outlives_the_record(cast: Cast, tmp_path: object) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    row = Authorization.objects.get(id=id)
    assert b"Alpine" not in bytes(row.terms) and b"employer" not in bytes(row.terms)
    page = access.page(cast.dana, cast.cleo)
    assert page.kept[0].terms == paper_of("employer") and page.kept[0].state is State.LIVE
    shred_record(cast.petra, cast.cleo, Config.of(tmp_path))  # type: ignore[arg-type]
    from privity.vault import Use

    assert cast.keys.key(cast.cleo, Use.ACCOUNTING)


def test_omar_cannot_open_it_and_vera_does_not_know_it_is_there(cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    for who in (cast.omar, cast.vera):
        with pytest.raises(NotThere):
            access.page(who, cast.cleo)
        with pytest.raises(NotThere):
            revoke(who, cast.cleo, id, "")
    with pytest.raises(NotAllowed):
        record_authorization(cast.actor("bill"), cast.cleo, paper_of("employer"))
    assert Authorization.objects.get(id=id).revoked is None


def test_a_shared_view_does_not_show_who_may_be_told_what(cast: Cast) -> None:
    tie(cast.dana, cast.cleo, cast.omar.account, "shared", ends=NOW + timedelta(days=3))
    with pytest.raises(NotAllowed):
        access.page(cast.omar, cast.cleo)
    assert not may(["biller"], "see", "authorization", ["practice"])


def test_a_revocation_counts_at_once_and_stands_in_the_log(cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    revoke(cast.rita, cast.cleo, id, "Letter of November 19")
    assert access.page(cast.dana, cast.cleo).kept[0].state is State.REVOKED
    acts = Event.objects.filter(practice=cast.practice.uid).order_by("-n").values_list("act", flat=True)[:2]
    assert list(acts) == ["authorizations.list", "authorization.revoke"]


# --- in the browser ----------------------------------------------------------------------------------------------

SAID = {
    "recipient_kind": "employer", "recipient": "Alpine Freight", "information": ["attendance"], "purpose": "client_request", "signed_by": "parent",
    "signer": "Max Marsh", "signed": "2026-11-02", "ends": "2026-11-25", "has": [*FEDERAL, "authority_of_signer"],
}  # fmt: skip


def test_rita_writes_a_paper_down_and_sees_how_it_stands(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations"
    page = front("rita").open(f"{path}/new").send(f"{path}/new", **SAID)
    assert "Good." in page.words and "Ends in 5 days" in page.words and "Alpine Freight" in page.words
    assert "Ends in 5 days" in front("dana").open(path).words


def test_a_paper_with_something_missing_is_kept_and_is_not_valid(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/authorizations/new"
    page = front("rita").open(path).send(path, **{**SAID, "has": [one for one in SAID["has"] if one != "right_to_revoke"]})
    assert "Not valid." in page.words and "That it can be taken back, and how" in page.words and "45 CFR 164.508(c)(2)(i)" in page.words
    assert "Good." not in page.words


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"signed": "2026-12-01"}, "That day is still to come"),
        ({"ends": "2026-01-01"}, "end before it was signed"),
        ({"ends": "", "ends_with": ""}, "Write the day or the event"),
        ({"recipient": ""}, "Write the name as the paper has it"),
        ({"information": []}, "Tick what the paper lets you tell"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_written_stays(front: Sit, cast: Cast, wrong: dict[str, object], says: str) -> None:
    path = f"/clients/{cast.cleo}/authorizations/new"
    page = front("rita").open(path).send(path, **{**SAID, **wrong})
    assert page.status == 422 and says in page.words and "Max Marsh" in page.text
    assert not Authorization.objects.exists()


def test_pressed_in_two_windows_it_is_taken_back_once(front: Sit, cast: Cast) -> None:
    id = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    path = f"/clients/{cast.cleo}/authorizations/{id}"
    one, two = front("dana").open(path), front("dana").open(path)
    assert "Taken back." in one.send(f"{path}/revoke", how="By letter").words
    assert "By letter" in two.send(f"{path}/revoke", how="Again").words
    assert Event.objects.filter(act="authorization.revoke").count() == 1
