"""Asking: one question a view, nothing kept, the answer always in sight."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from privity.law import Book
from privity.practice.people.spoken import MOST_CHOICES


def begin(desk, recipient: str, purpose: str, *information: str):
    desk.open("/ask").choose(recipient)
    desk.choose(purpose)
    if desk.asking == "information":
        desk.choose(information[0] if information else "unknown")
    return desk


def finish(desk, replies: dict[str, str] | None = None):
    """Answer what is asked, `unknown` where the test does not say, until there is an answer."""
    for _ in range(30):
        if not desk.asking:
            return desk
        desk.choose((replies or {}).get(desk.asking, "unknown"))
    raise AssertionError("the dialogue does not end")


def test_the_first_question_is_who(desk, practice) -> None:
    assert "Who is asking?" in desk.open("/ask").words
    assert desk.asking == "recipient.kind"
    assert re.search(r"Question 1 of at most \d+", desk.words)


def test_then_what_for_then_about_what(desk, practice) -> None:
    assert desk.open("/ask").choose("payer").asking == "purpose"
    assert desk.choose("payment").asking == "information"


def test_a_purpose_that_does_not_fit_who_asks_is_asked_again(desk, practice) -> None:
    desk.open("/ask").choose("friend_of_provider")
    assert desk.choose("treatment").asking == "purpose"
    assert "does not fit" in desk.words
    assert desk.choose("treatment").asking == "purpose"
    desk.choose("casual_talk")
    assert "a story without a name still tells" in finish(desk).words


@pytest.mark.parametrize("fact", ["recipient.kind", "purpose", "information"])
def test_no_view_shows_more_than_nine_choices(desk, practice, fact: str) -> None:
    desk.open("/ask")
    for name, value in (("recipient.kind", "payer"), ("purpose", "payment")):
        if fact == name:
            break
        desk.choose(value)
    top = desk.text
    shown = re.findall(r'<input[^>]*name="reply" value="([^"]*)"', top)
    assert 2 <= len(shown) <= MOST_CHOICES
    seen = {value for value in shown if not value.startswith("group:")}
    for group in [value for value in shown if value.startswith("group:")]:
        desk.text = top
        members = re.findall(r'<input[^>]*name="reply" value="([^"]*)"', desk.reply(group).text)
        assert len(members) <= MOST_CHOICES, group
        seen |= set(members)
    assert seen >= set(Book.open().facts[fact].of)


def test_the_number_of_questions_only_shrinks(desk, practice) -> None:
    begin(desk, "payer", "payment", "psychotherapy_notes")
    most = 99
    while desk.asking:
        number, now = map(int, re.search(r"Question (\d+) of at most (\d+)", desk.words).groups())
        assert number <= now <= most
        most = now
        desk.choose("unknown")


def test_kinds_of_information_from_two_groups_are_asked_together(desk, practice) -> None:
    desk.open("/ask").choose("payer")
    desk.choose("payment")
    group = next(one for one in re.findall(r'value="(group:[^"]*)"', desk.text) if "visit" in one)
    desk.reply(group)
    desk.send("/ask", reply=["attendance"], more="1")
    assert "Ticked so far: Dates of visits" in desk.words
    group = next(one for one in re.findall(r'value="(group:[^"]*)"', desk.text) if "diagnosis" in one)
    desk.reply(group)
    desk.reply("diagnosis")
    assert "information=attendance,diagnosis" in desk.given


def test_what_may_not_be_told_never_stands_under_you_may_say(desk, practice) -> None:
    desk.open("/ask").send("/answer", given=["recipient.kind=payer", "purpose=payment", "information=diagnosis,psychotherapy_notes"])
    said = re.search(r"you may say</h3><ul>(.*?)</ul>", desk.text, re.S | re.I)
    assert said is None or "sychotherapy" not in said[1]


def test_an_answer_comes_with_its_law_and_its_day(desk, practice) -> None:
    words = finish(begin(desk, "friend_of_provider", "casual_talk", "session_content")).words
    assert re.search(r"Law of \w{3} \d+, \d{4}", words)
    assert "United States, Colorado" in words
    assert " No " in words
    assert "Facts you gave" in words


def test_i_do_not_know_never_opens_a_door(desk, practice) -> None:
    words = finish(begin(desk, "spouse_or_partner", "involve_family", "diagnosis")).words
    assert "You may tell" not in words
    assert "You must" not in words


def test_every_fact_can_be_changed(desk, practice) -> None:
    begin(desk, "payer", "payment", "diagnosis")
    assert desk.send("/ask", change="purpose").asking == "purpose"
    assert "recipient.kind=payer" in desk.given
    desk.choose("treatment")
    assert "purpose=treatment" in desk.given


def test_back_takes_the_last_reply_back(desk, practice) -> None:
    begin(desk, "payer", "payment", "diagnosis")
    assert desk.send("/ask", back="1").given[:2] == ["recipient.kind=payer", "purpose=payment"]
    assert desk.asking == "information"


def test_no_reply_is_asked_again_with_a_word(desk, practice) -> None:
    desk.open("/ask").reply()
    assert desk.page.status_code == 422
    assert "say that you do not know" in desk.words


def test_nothing_said_reaches_database_address_cookie_or_session(desk, practice) -> None:
    finish(begin(desk, "spouse_or_partner", "involve_family", "diagnosis"))
    with connection.cursor() as cursor:
        cursor.execute("select name from sqlite_master where type = 'table'")
        tables = {name for (name,) in cursor.fetchall()}
        assert tables == {"people_practice", "django_migrations", "sqlite_sequence"} or tables == {"people_practice", "django_migrations"}
    assert set(desk.client.cookies) == {"csrftoken"}
    assert "spouse" not in str(desk.client.cookies["csrftoken"])
    assert not re.search(r'(?:action|href)="[^"]*(spouse|diagnosis)', desk.text)


def test_a_made_up_fact_or_value_is_refused_in_words(desk, practice) -> None:
    desk.open("/ask").client.get("/ask")
    for given in ("practice.secret=true", "purpose=gossip", "client.age=old"):
        desk.open("/ask").send("/ask", given=[given])
        assert desk.page.status_code == 400
        assert "This could not be read" in desk.words


def test_a_practice_in_two_states_is_asked_where_the_client_is(desk, practice) -> None:
    practice.states = ["CA", "CO"]
    practice.save()
    assert desk.open("/ask").asking == "place"
    assert desk.reply("CA").asking == "recipient.kind"
    assert "Client in California" in desk.words
    assert desk.send("/ask", change="place").asking == "place"


def test_a_judgment_is_marked_as_the_clinicians_own(desk, practice) -> None:
    begin(desk, "law_enforcement", "avert_threat")
    desk.send("/ask", change="threat.imminent")
    marked = Book.open().facts["threat.imminent"].judgment
    assert ("Your own judgment" in desk.words) is marked


def test_an_assumption_can_be_denied(desk, practice) -> None:
    begin(desk, "payer", "payment", "diagnosis")
    desk.send("/ask", deny="client.adult=false")
    assert "client.adult=false" in desk.given


def test_the_answer_as_it_stands_says_what_to_find_out(desk, practice) -> None:
    begin(desk, "payer", "payment", "psychotherapy_notes")
    if desk.asking:
        assert "What to find out" in desk.send("/answer").words


def test_answer_without_a_question_leads_to_the_question(desk, practice) -> None:
    assert "Who is asking?" in desk.open("/answer").words


def test_a_form_without_its_token_is_refused(desk, practice) -> None:
    page = desk.client.post("/ask", {"asking": "purpose", "reply": "payment"})
    assert page.status_code == 403
    assert "too old to send" in page.content.decode()


def test_every_outcome_still_possible_is_named() -> None:
    from privity.practice.decisions.answer import possible_of

    assert possible_of(one for one in ("with_authorization", "required", "permitted")) == "must, may or only with a signature"
