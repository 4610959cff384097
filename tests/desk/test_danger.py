"""Someone may be in danger: at most eight taps, and never a bare no."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest

from privity.law import Book
from privity.practice.decisions.danger import MOST_TAPS, VERDICT, Heard, look
from privity.practice.decisions.topics import TOPICS

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def test_the_emergency_text_comes_first(desk) -> None:
    words = desk.open("/danger").words
    assert words.index("call 911") < words.index("Stay with the client") < words.index("What did you hear?")
    assert "988" in words
    assert desk.text.count('name="heard"') == 4


def test_it_opens_without_a_profile_and_asks_the_state(desk) -> None:
    desk.open("/danger").tap(heard="other")
    assert "Where is the client now?" in desk.words
    assert "Did the client tell you" not in desk.words
    desk.tap(is_in="CO")
    assert "Who told you?" in desk.words
    assert "Set the practice profile" in desk.words


def test_with_a_profile_the_state_is_shown_and_can_be_changed(desk, practice) -> None:
    desk.open("/danger").tap(heard="other")
    assert "The client is in Colorado now" in desk.words
    desk.tap(where="1").tap(is_in="CA")
    assert "The client is in California now" in desk.words


def test_another_state_gets_federal_law_alone_and_says_so(desk, practice) -> None:
    desk.open("/danger").tap(heard="other").tap(where="1").tap(is_in="elsewhere")
    assert "does not hold that state’s law yet" in desk.words
    assert "federal law only" in desk.words


MUST_TAPS = ("told_by=client", "violence=yes", "target=named_person", "serious=yes", "imminent=yes", "helps=yes")


def tap_all(desk, *taps: str):
    for tap in taps:
        desk.tap(tap=tap)
    return desk


@pytest.mark.parametrize("state", ["CO", "CA"])
def test_without_a_profile_a_must_is_still_a_must_and_says_what_it_takes_as_so(desk, state: str) -> None:
    tap_all(desk.open("/danger").tap(heard="other").tap(is_in=state), *MUST_TAPS)
    assert "MUST act" in desk.words
    assert "Taken as so" in desk.words
    assert "Your practice is not a substance-use program" in desk.words
    assert "HIPAA covers your practice" in desk.words
    assert "Set the practice profile" in desk.words


def test_without_a_profile_another_state_gets_what_federal_law_allows(desk) -> None:
    tap_all(desk.open("/danger").tap(heard="other").tap(is_in="elsewhere"), *MUST_TAPS)
    assert "MAY tell" in desk.words
    assert "Federal law:" in desk.words


def test_not_knowing_where_the_client_is_takes_the_law_of_all_the_practices_states(desk, practice) -> None:
    practice.states = ["CA", "CO"]
    practice.save()
    tap_all(desk.open("/danger").tap(heard="other").tap(is_in="unknown"), *MUST_TAPS)
    assert "MUST act" in desk.words
    assert "the law of California and Colorado is taken together" in desk.words
    assert "You do not know where the client is now" in desk.words


def test_with_both_states_only_the_law_where_the_client_is_speaks(desk, practice) -> None:
    practice.states = ["CA", "CO"]
    practice.save()
    for topic, taps in (("other", MUST_TAPS), ("hurt", ("victim=child", "suspected=yes", "kind=physical", "from=client_as_witness"))):
        tap_all(desk.open("/danger").tap(heard=topic).tap(is_in="CO"), *taps)
        assert "MUST act" in desk.words
        assert "Colorado law:" in desk.words
        assert "Cal. " not in desk.words


def test_a_row_that_is_not_known_names_what_is_missing(desk, practice) -> None:
    tap_all(desk.open("/danger").tap(heard="other"), *MUST_TAPS[:4], "imminent=unknown", "helps=unknown")
    assert "Missing: Do you judge it imminent?" in desk.words
    for _ in range(4):
        for key in {row.split("=")[0] for row in re.findall(r'name="tap" value="([^"]+)"', desk.text)}:
            if not _pressed(desk.text, key):
                desk.tap(tap=f"{key}=unknown")
    assert "Find this out today, and tap again: Do you judge it imminent?" in desk.words
    assert "What is not known decides" not in desk.words


def test_whoever_must_be_told_can_be_called_and_has_words_to_read(desk, practice) -> None:
    practice.phones = {"police": "303 555 0100", "hospital": "303 555 0111"}
    practice.save()
    tap_all(desk.open("/danger").tap(heard="other"), *MUST_TAPS)
    rows = desk.text[desk.text.index("To whom, and how much") :]
    assert 'href="tel:3035550100"' in rows
    assert 'href="tel:3035550111"' in rows
    assert "I am calling about a threat of violence" in rows


def test_the_states_hotline_stands_with_who_it_reaches(desk, practice) -> None:
    taps = ("victim=child", "suspected=yes", "kind=physical", "from=client_as_witness")
    tap_all(desk.open("/danger").tap(heard="hurt"), *taps)
    assert 'href="tel:8442645437"' in desk.text
    tap_all(desk.open("/danger").tap(heard="hurt").tap(where="1").tap(is_in="CA"), *taps)
    assert "each county has its own line" in desk.words


def test_words_to_read_hold_no_more_than_may_be_said() -> None:
    for topic in TOPICS.values():
        for telling in topic.tellings:
            for word in ("diagnos", "history", "session", "notes", "treat"):
                assert word not in telling.script


def test_duties_stand_in_the_order_of_their_times_and_once(desk, californian) -> None:
    tap_all(desk.open("/danger").tap(heard="hurt"), "victim=child", "suspected=yes", "kind=physical", "from=client_as_witness")
    words = desk.words
    assert words.index("Telephone police") < words.index("Send the state's form")
    assert words.count("Send the state's form") == 1


def test_what_the_duties_of_a_must_turn_on_is_asked(desk, californian) -> None:
    tap_all(desk.open("/danger").tap(heard="hurt"), "victim=older", "suspected=yes", "kind=neglect", "from=observation")
    assert "MUST act" in desk.words
    assert re.search(r"<legend>Where does the victim live\?", desk.text)
    assert desk.words.index("Telephone adult protective services") < desk.words.index("Keep the report")
    desk.tap(tap="abuse.victim_residence=own_home")
    assert "It turns on this: Where does the victim live?" not in desk.words
    assert "Telephone adult protective services" in desk.words


def test_nothing_done_yet_is_taken_as_so_and_said(desk, practice) -> None:
    tap_all(desk.open("/danger").tap(heard="other"), *MUST_TAPS)
    assert "Nobody has been told yet" in desk.words
    assert "Done: " not in desk.words
    assert "Set the practice profile" not in desk.words


def test_where_one_mandate_names_two_one_of_them_is_enough(desk, practice) -> None:
    tap_all(desk.open("/danger").tap(heard="hurt"), "victim=child", "suspected=yes", "kind=physical", "from=client_as_witness")
    assert "One of these is enough: child protection (the county) or the police." in desk.words
    tap_all(desk.open("/danger").tap(heard="other"), *MUST_TAPS)
    assert "One of these is enough: the person" not in desk.words


def test_a_substance_use_program_is_told_its_doors(desk, practice) -> None:
    practice.part2_program = True
    practice.save()
    words = desk.open("/danger").tap(heard="other").words
    for door in ("signs a consent", "medical emergency", "child abuse", "court’s order", "does not say or show that the client is"):
        assert door in words


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_the_brief_is_whole_sentences_whatever_was_tapped(book: Book, topic: str, practice) -> None:
    taps = TOPICS[topic].taps
    assert all(option.clause for tap in taps for option in tap.options)
    for number in range(max(len(tap.options) for tap in taps)):
        taken = tuple((tap.key, tap.options[min(number, len(tap.options) - 1)].key) for tap in taps)
        brief = look(book, practice, Heard(topic, place="CO", taps=taken), ON).brief
        first, worry, told, *_ = re.split(r"(?<=[.?]) (?=[A-Z])", brief)
        assert first == "I have a client in Colorado now."
        assert worry == f"I am worried that {TOPICS[topic].worry}."
        assert len(re.split("; ", told)) == len(taps)
        assert brief.endswith("What do you see that I do not?")
        assert not re.search(r"\b(him|her|he|she)\b|is being hurt:|about a child", brief)
    assert BRIEFS[topic] in look(book, practice, Heard(topic, place="CO", taps=tuple((tap.key, tap.options[0].key) for tap in taps)), ON).brief


BRIEFS = {
    "other": "The client told me; it is physical violence; it is meant for a person with a name; I judge it serious; I judge it imminent; "
    "I judge that telling someone would help prevent it. Privity says that I must act (C.R.S. 13-21-117(2)",
    "self": (
        "The client told me; I judge it serious; I judge it imminent; there is a plan or a means; I judge that telling someone would help prevent "
        "it. Privity says that"
    ),
    "hurt": (
        "The one who may be hurt is a child; I know it or have reason to suspect it; it is about hitting or injury; the person hurt told me. "
        "Privity says that I must act"
    ),
}


def test_no_page_of_it_says_he_or_she(desk, practice) -> None:
    for topic in TOPICS:
        assert not re.search(r"\b(him|her|he|she)\b", desk.open("/danger").tap(heard=topic).words)


def test_a_tap_cannot_override_what_the_profile_says(desk, practice) -> None:
    desk.open("/danger").tap(heard="other")
    desk.send("/danger", given=["told_by=client", "practice.part2_program=yes", "practice.hipaa_covered=no"])
    assert "practice." not in " ".join(desk.given)


def test_shooting_a_named_person_tonight_must_be_acted_on(desk, practice) -> None:
    desk.open("/danger").tap(heard="other")
    for tap in ("told_by=client", "violence=yes", "target=named_person", "serious=yes"):
        desk.tap(tap=tap)
        assert "NOT enough yet" in desk.words
    desk.tap(tap="imminent=yes")
    assert "MUST act" in desk.words
    assert "What counts as done" in desk.words
    assert "13-21-117" in desk.words
    assert "Don’t say" in desk.words


def test_california_asks_the_same_of_a_familys_report(desk, californian) -> None:
    desk.open("/danger").tap(heard="other")
    for tap in ("told_by=family_of_client", "violence=yes", "target=named_person", "serious=yes", "imminent=yes"):
        desk.tap(tap=tap)
    assert "MUST act" in desk.words
    assert "43.92" in desk.words


def test_not_sure_leads_to_one_of_the_three(desk, practice) -> None:
    desk.open("/danger").tap(heard="unsure")
    assert "Who could come to harm?" in desk.words
    desk.tap(sorted="self")
    assert "Harm to self" in desk.words


@pytest.mark.parametrize("state", ["CO", "CA"])
@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_no_taps_ever_add_up_to_a_bare_no(book: Book, topic: str, state: str, practice) -> None:
    practice.states = [state]
    taps = TOPICS[topic].taps
    combinations = itertools.product(*[[(tap.key, option.key) for option in tap.options] for tap in taps])
    for taken in itertools.islice(combinations, 0, None, 17):
        seen = look(book, practice, Heard(topic, place=state, taps=taken), ON)
        assert seen.verdict in VERDICT
        assert all(row.word != "No" for row in seen.rows)
        if seen.verdict == "open":
            assert seen.line


@pytest.mark.parametrize("state", ["CO", "CA"])
@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_an_untapped_line_never_reads_as_definitely_closed_when_it_could_open(book: Book, topic: str, state: str, practice) -> None:
    practice.states = [state]
    first = look(book, practice, Heard(topic, place=state), ON)
    assert first.verdict == "open"
    assert "may still turn out" in first.line or "left to tap" in first.line


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_every_line_of_a_topic_is_asked_also_on_the_longest_way(desk, topic: str, known: bool, request) -> None:
    if known:
        request.getfixturevalue("practice")
    taps = 2
    desk.open("/danger").tap(heard="unsure").tap(sorted=topic)
    if not known:
        desk.tap(is_in="CO")
        taps += 1
    asked = set()
    for _ in range(20):
        open_ = [row for row in re.findall(r'name="tap" value="([^"]+)" aria-pressed', desk.text) if not _pressed(desk.text, row.split("=")[0])]
        assert f"of at most {max(MOST_TAPS, taps + len({row.split('=')[0] for row in open_}))}" in desk.words
        if not open_:
            break
        desk.tap(tap=open_[0])
        asked.add(open_[0].split("=")[0])
        taps += 1
    assert asked >= {tap.key for tap in TOPICS[topic].taps}
    assert taps <= max(MOST_TAPS, 2 + (not known) + len(TOPICS[topic].taps))
    assert "ap what is left" not in desk.words


def test_a_must_is_reached_in_eight_taps_on_the_longest_way(desk) -> None:
    desk.open("/danger").tap(heard="unsure").tap(sorted="other").tap(is_in="CO")
    for tap in ("told_by=client", "violence=yes", "target=named_person", "serious=yes", "imminent=yes"):
        desk.tap(tap=tap)
    assert "Tap 8 of at most" in desk.words
    assert "MUST act" in desk.words


def _pressed(text: str, key: str) -> bool:
    return bool(re.search(rf'value="{re.escape(key)}=[^"]*" aria-pressed="true"', text))


def test_every_tap_states_facts_the_vocabulary_has(book: Book) -> None:
    for topic in TOPICS.values():
        stated = [topic.facts, *(option.facts for tap in topic.taps for option in tap.options), *(telling.also for telling in topic.tellings)]
        assert {name for facts in stated for name in facts} <= set(book.facts)
        for facts in stated:
            for name, value in facts.items():
                assert not isinstance(value, str) or value == "unknown" or value in book.facts[name].of, (name, value)


def test_a_garbled_form_still_shows_the_emergency_text(desk, practice) -> None:
    desk.open("/danger").tap(heard="other").send("/danger", given=["told_by=nobody", "x=y", "client.age=old"], tap="=")
    assert desk.page.status_code == 200
    assert "call 911" in desk.words


def test_the_brief_names_nobody(desk, practice) -> None:
    desk.open("/danger").tap(heard="other").tap(tap="told_by=client").tap(tap="target=named_person")
    brief = re.search(r'class="script">([^<]*)', desk.text)[1]
    assert "I have a client in Colorado now" in brief
    assert "it is meant for a person with a name" in brief
