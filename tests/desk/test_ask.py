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
    assert "Question 1" in desk.words
    assert "at most" not in desk.words  # nobody can tell yet


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


@pytest.mark.parametrize(("recipient", "purpose"), [("opposing_attorney", "legal_process"), ("adult_protection", "report_adult_abuse")])
def test_nobody_is_asked_more_than_fourteen_things_whatever_they_do_not_know(desk, practice, recipient: str, purpose: str) -> None:
    begin(desk, recipient, purpose, "whole_chart")
    replies = 0
    while desk.asking:
        desk.choose("unknown")
        replies += 1
    assert replies <= 14
    assert "authorization.lacks=unknown" not in desk.text or "authorization.on_file=unknown" not in desk.text


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
    views = [(top, value) for value in shown if value.startswith("group:")]
    for before, group in views:
        desk.text = before
        members = re.findall(r'<input[^>]*name="reply" value="([^"]*)"', desk.reply(group).text)
        assert len(members) <= MOST_CHOICES, group
        seen |= {value for value in members if not value.startswith("group:")}
        views += [(desk.text, value) for value in members if value.startswith("group:")]
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
        tables = {name for (name,) in cursor.fetchall()} - {"people_practice", "django_migrations", "sqlite_sequence"}
        for table in sorted(tables):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,), table
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
    from privity.practice.decisions.wording import possible_of

    assert possible_of(one for one in ("with_authorization", "required", "permitted")) == "must, may or only with a signature"


def test_a_parent_is_first_asked_how_old_the_client_is(desk, practice) -> None:
    begin(desk, "parent", "client_access", "whole_chart")
    assert desk.asking == "client.age"
    assert "It depends on how old the client is" in desk.words
    assert "An adult, 18 or older" in desk.words


def test_an_adult_is_said_at_one_touch(desk, practice) -> None:
    begin(desk, "parent", "client_access", "whole_chart").reply("adult")
    assert "client.adult=true" in desk.given
    assert desk.asking != "client.age"


def test_an_age_is_no_answer_beside_i_do_not_know(desk, practice) -> None:
    begin(desk, "guardian", "client_access", "whole_chart").reply("15", "unknown")
    assert desk.page.status_code == 422
    assert "not both" in desk.words
    assert "client.age" not in " ".join(desk.given)


@pytest.mark.parametrize("age", ["121", "900"])
def test_nobody_is_older_than_a_hundred_and_twenty(desk, practice, age: str) -> None:
    begin(desk, "parent", "client_access", "whole_chart").reply(age)
    assert desk.page.status_code == 422
    assert "Nobody is that old" in desk.words


def test_a_partner_is_asked_whether_the_record_is_shared_and_each_must_sign(desk, practice) -> None:
    begin(desk, "other_participant", "client_access", "session_content")
    assert desk.asking == "care.modality"
    assert desk.reply("couple").asking == "participants.all_authorize"
    words = finish(desk.reply("false")).words
    assert "This record is shared. Each person who took part signs for themself" in words
    assert "12-245-220" in words


def test_what_another_said_asks_whether_the_record_is_shared(desk, practice) -> None:
    assert begin(desk, "payer", "payment", "other_participant_information").asking == "care.modality"
    assert desk.reply("individual").asking != "participants.all_authorize"


@pytest.mark.parametrize(
    ("matter", "purpose", "words"),
    [
        ("lost", "breach_notice", "unsecured"),
        ("child", "report_child_abuse", "abuse"),
        ("adult", "report_adult_abuse", "abuse"),
        ("keep", "retention", "You must"),
        ("minor", "consent_to_care", "How old is the client?"),
        ("review", "public_reply", "A reply shows that the writer is a client"),
    ],
)
def test_a_matter_nobody_asks_about_has_its_own_way_in(desk, practice, matter: str, purpose: str, words: str) -> None:
    assert f'name="matter" value="{matter}"' in desk.open("/ask").text
    desk.send("/ask", matter=matter)
    assert f"purpose={purpose}" in desk.given
    assert desk.asking not in ("recipient.kind", "purpose")
    assert words.lower() in desk.words.lower() or purpose == "breach_notice"


def test_a_lost_laptop_is_never_answered_with_tell_nothing(desk, practice) -> None:
    desk.open("/ask").send("/ask", matter="lost").send("/answer")
    assert "It may turn out that you must. Find this out today." in desk.words
    assert "tell nothing" not in desk.words
    assert "treat it as a no" not in desk.words


def test_an_open_answer_that_may_be_a_must_is_to_be_found_out_today(desk, practice) -> None:
    desk.open("/ask").send("/answer", given=["recipient.kind=law_enforcement", "purpose=avert_threat", "provider.treats_client=true"])
    assert "It may turn out that you must. Find this out today." in desk.words
    assert "Meanwhile, no law forbids" in desk.words


def test_an_open_answer_without_a_must_says_to_tell_nothing_yet_and_is_no_bare_no(desk, practice) -> None:
    begin(desk, "payer", "payment", "diagnosis").send("/answer")
    if "What to find out" in desk.words:
        assert "Until this is known, keep it as it is and tell nothing." in desk.words
    assert "treat it as a no" not in desk.words


def test_purposes_that_fit_come_first_and_another_reason_is_always_there(desk, practice) -> None:
    desk.open("/ask").choose("employer")
    assert 'value="employment"' in desk.text
    assert "Another reason" in desk.words
    assert 'value="payment"' not in desk.text
    desk.reply("group:all")
    group = next(one for one in re.findall(r'value="(group:[^"]*)"', desk.text) if "payment" in one)
    assert 'value="payment"' not in desk.reply(group).text


def test_what_is_changed_shows_its_old_answer_and_can_be_left(desk, practice) -> None:
    begin(desk, "payer", "payment", "diagnosis")
    before = desk.given
    desk.send("/ask", change="purpose")
    assert re.search(r'value="payment" checked', desk.text)
    assert "Question 2" in desk.words
    assert "Leave it as it is" in desk.words
    desk.send("/ask", leave="1")
    assert desk.given == before


def test_where_the_client_is_may_be_another_state_or_not_known(desk, practice) -> None:
    practice.states = ["CA", "CO"]
    practice.save()
    assert "Another state" in desk.open("/ask").words
    desk.reply("unknown")
    assert "the law of California and Colorado is taken together with federal law" in desk.words
    desk.send("/ask", change="place").reply("elsewhere")
    assert "Privity does not hold the law of the state where the client is" in desk.words
    begin_here = finish(desk.choose("law_enforcement").choose("curiosity"))
    assert "Privity does not hold the law of the state" in begin_here.words


def test_no_form_overrides_what_the_profile_says(desk, practice) -> None:
    said = ["recipient.kind=payer", "purpose=payment", "information=diagnosis", "practice.hipaa_covered=false", "provider.profession=clergy"]
    desk.open("/ask").send("/answer", given=said)
    assert not [row for row in desk.given if row.startswith(("practice.", "provider.profession"))]
    assert "Clergy" not in desk.words


def test_who_could_know_is_said_in_words(desk, practice) -> None:
    raw = re.compile(r"front_desk|privacy_officer|requester")
    for given in (
        ["recipient.kind=client", "purpose=client_access", "information=whole_chart"],
        ["recipient.kind=payer", "purpose=payment", "information=psychotherapy_notes"],
    ):
        assert not raw.search(desk.open("/ask").send("/answer", given=given).words)


@pytest.mark.parametrize("who", ["spouse_or_partner", "law_enforcement", "employer"])
def test_a_caller_who_may_not_be_told_gets_a_sentence_at_once(desk, practice, who: str) -> None:
    desk.open("/ask").send("/answer", given=[f"recipient.kind={who}", "purpose=curiosity", "information=diagnosis", "care.modality=individual"])
    assert "Say this now" in desk.words
    assert "I can’t say if any person is or is not a client here" in desk.words


def test_the_weakest_link_is_named_beside_what_is_known_better() -> None:
    from privity.practice.decisions.answer import rests_line

    def row(says: str, against: str, cite: str) -> dict:
        return {"says": says, "cite": cite, "checked": {"against": against, "on": "", "source": ""}}

    because = [row("required", "official", "A 1"), row("permitted", "memory", "B 2")]
    said = rests_line({"outcome": "required", "because": because, "rests_on": "memory"})
    assert said == "The duty itself was read in the law’s text. The weakest link, B 2, is from memory, not yet checked."
    assert rests_line({"outcome": "required", "because": because[:1], "rests_on": "official"}) == "This rests on law read in the law’s text."


def test_beside_a_must_from_memory_stands_what_to_have_checked() -> None:
    from privity.practice.decisions.answer import unread_line

    def row(says: str, against: str, cite: str) -> dict:
        return {"says": says, "cite": cite, "checked": {"against": against, "on": "", "source": ""}}

    memory, read, may = row("required", "memory", "B 2"), row("required", "official", "A 1"), row("permitted", "memory", "C 3")
    only = "Known from memory only. B 2 is from memory, not yet checked: have it checked before you act on it."
    assert unread_line([memory], "required", "client_request") == only
    assert unread_line([read, may], "required", "client_request") == "C 3 is from memory, not yet checked: have it checked before you act on it."
    assert "do not let it hold up help" in unread_line([memory], "required", "report_child_abuse")
    assert not unread_line([read], "required", "client_request") and not unread_line([may], "permitted", "treatment")
