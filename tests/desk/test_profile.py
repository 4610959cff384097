"""The practice profile."""

from __future__ import annotations

import pytest

from privity.practice.people.access import the_practice

FILLED = {"states": ["CO"], "profession": "psychologist", "hipaa": "yes", "part2": "no", "setting": "private_practice"}


def test_a_desk_nobody_described_begins_with_the_profile(desk) -> None:
    assert "Five things about your practice" in desk.open("/").words
    assert "Five things about your practice" in desk.open("/ask").words


def test_what_is_said_once_is_kept_and_the_first_question_follows(desk) -> None:
    page = desk.open("/profile").send("/profile", **FILLED).page
    assert (page.status_code, page.headers["Location"]) == (302, "/ask")
    assert the_practice().facts()["practice.hipaa_covered"] is True
    assert "Who is asking?" in desk.open("/").words


@pytest.mark.parametrize(("bills", "other", "covered"), [("yes", "no", True), ("no", "yes", True), ("yes", "", True), ("no", "no", False)])
def test_two_questions_settle_hipaa_for_who_is_not_sure(desk, bills: str, other: str, covered: bool) -> None:
    desk.open("/profile").send("/profile", **{**FILLED, "hipaa": "unsure", "bills_electronically": bills, "other_electronic": other})
    assert the_practice().hipaa_covered is covered


def test_not_sure_without_the_two_answers_is_not_kept(desk) -> None:
    desk.open("/profile").send("/profile", **{**FILLED, "hipaa": "unsure", "bills_electronically": "no"})
    assert desk.page.status_code == 422
    assert "Answer the two questions below" in desk.words
    assert the_practice() is None


def test_numbers_to_call_stand_on_the_danger_page(desk) -> None:
    desk.open("/profile").send("/profile", **FILLED, phone_crisis="(303) 555-0142")
    assert 'href="tel:3035550142"' in desk.open("/danger").text
    assert "Crisis team: (303) 555-0142" in desk.words


def test_what_is_no_number_is_not_kept(desk) -> None:
    desk.open("/profile").send("/profile", **FILLED, phone_police="call Joe")
    assert desk.page.status_code == 422
    assert "Write a phone number with digits" in desk.words
    assert the_practice() is None


@pytest.mark.parametrize("missing", sorted(FILLED))
def test_each_of_the_five_is_needed(desk, missing: str) -> None:
    desk.open("/profile").send("/profile", **{name: value for name, value in FILLED.items() if name != missing})
    assert desk.page.status_code == 422
    assert f'href="#{missing}"' in desk.text


@pytest.mark.parametrize(
    ("holds_out", "federal", "program", "unsettled"),
    [("no", "", False, False), ("yes", "no", False, False), ("yes", "yes", True, False), ("unsure", "yes", True, True), ("unsure", "unsure", True, True)],
)
def test_two_questions_settle_whether_it_is_a_substance_use_program(desk, holds_out: str, federal: str, program: bool, unsettled: bool) -> None:
    desk.open("/profile").send("/profile", **{**FILLED, "part2": "unsure", "holds_out": holds_out, "federal_help": federal})
    kept = the_practice()
    assert (kept.part2_program, kept.part2_unsettled) == (program, unsettled)


def test_not_settled_is_said_aloud_on_an_answer_and_in_danger(desk) -> None:
    desk.open("/profile").send("/profile", **{**FILLED, "part2": "unsure", "holds_out": "unsure", "federal_help": "yes"})
    desk.open("/ask").send("/answer", given=["recipient.kind=payer", "purpose=payment", "information=diagnosis"])
    assert "Yours is taken to be a substance-use program" in desk.words
    assert "It is not settled whether yours is a substance-use program" in desk.open("/danger").tap(heard="other").words


def test_not_sure_about_substance_use_without_the_two_answers_is_not_kept(desk) -> None:
    desk.open("/profile").send("/profile", **{**FILLED, "part2": "unsure", "holds_out": "yes"})
    assert desk.page.status_code == 422
    assert the_practice() is None


@pytest.mark.parametrize("missing", sorted(FILLED))
def test_what_is_missing_is_said_at_its_field_as_well(desk, missing: str) -> None:
    desk.open("/profile").send("/profile", **{name: value for name, value in FILLED.items() if name != missing})
    assert f'id="{missing}-error"' in desk.text
    assert f'aria-describedby="{missing}-error"' in desk.text


def test_each_thing_missing_is_named_apart(desk) -> None:
    desk.open("/profile").send("/profile")
    assert "Say whether HIPAA covers your practice: yes, no or not sure." in desk.words
    assert "Say whether yours is a substance-use program: yes, no or not sure." in desk.words


def test_numbers_to_call_are_folded_until_one_is_written(desk) -> None:
    desk.open("/profile")
    assert "<details open>" not in desk.text
    desk.send("/profile", **FILLED, phone_police="call Joe")
    assert "<details open>" in desk.text
