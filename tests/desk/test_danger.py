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
def test_at_most_eight_taps_in_all(desk, topic: str, known: bool, request) -> None:
    if known:
        request.getfixturevalue("practice")
    taps = 2
    desk.open("/danger").tap(heard="unsure").tap(sorted=topic)
    if not known:
        desk.tap(is_in="CO")
        taps += 1
    for _ in range(20):
        open_ = [row for row in re.findall(r'name="tap" value="([^"]+)" aria-pressed', desk.text) if not _pressed(desk.text, row.split("=")[0])]
        if not open_:
            break
        desk.tap(tap=open_[0])
        taps += 1
    assert taps <= MOST_TAPS
    assert f"of at most {MOST_TAPS}" in desk.words


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
    assert "a person, by name" in brief
