"""Days that matter: an item's own, the clocks of a part, a birth after the day asked about, and days before the book begins."""

from __future__ import annotations

from datetime import date

import pytest

from privity.law import BadQuestion, Book, Question, advise, decide
from privity.law.columns import Columns, decide_many
from privity.law.written import read_written

TODAY = date(2026, 11, 24)
VOCABULARY = """
facts:
  purpose: {is: one_of, of: [treatment, breach_notice]}
  recipient.kind: {is: one_of, of: [client, payer]}
  information: {is: some_of, of: [summary, notes]}
  client.age: {is: number}
  client.born: {is: day}
  client.adult: {is: yes_no}
  breach.discovered: {is: day}
  a.one: {is: yes_no}
groups: {NO_TELLING: []}
"""
CLOCKED = """
section: {key}
law: us.{key}
key: one
clock: {clock}
in_force:
  - {{from: 2020-01-01, checked: 2026-01-01, against: memory, source: s, rules: [
      {{id: new, cite: c, plain: p, says: permitted, about: [{about}],
        must: [{{do: answer, due: {{from: {clock}, within: 10 days}}}}]}}]}}
  - {{from: 2000-01-01, until: 2019-12-31, checked: 2026-01-01, against: memory, source: s, rules: [
      {{id: old, cite: c, plain: p, says: prohibited, about: [{about}]}}]}}
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("days") / "library"
    (folder / "vocabulary").mkdir(parents=True)
    (folder / "vocabulary" / "words.yaml").write_text(VOCABULARY)
    for key, clock, about in (("items", "item.day", "treatment"), ("breach", "breach.discovered", "breach_notice")):
        (folder / f"{key}.yaml").write_text(CLOCKED.format(key=key, clock=clock, about=about))
    return Book.read(folder)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def ask(book: Book, facts: dict[str, object], **more: object) -> Question:
    question = Question.from_dict({"on": "2026-01-01", "facts": facts, **more})
    question.prepared(book)
    return question


def outcomes(book: Book, question: Question) -> dict[tuple[str, str], str]:
    return {(part.of.item, part.of.about): part.outcome for part in decide(book, question).parts}


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", True, ["2026-01-01"], 7])
def test_an_items_day_is_a_day(book: Book, day: object) -> None:
    with pytest.raises(BadQuestion, match="day written like") as caught:
        ask(book, {}, items=[{"id": "a"}, {"id": "b", "day": day}])
    assert caught.value.at == ("items", 1, "day")


def test_the_law_of_an_items_own_day_judges_it_and_its_clock_starts_there(small: Book) -> None:
    items = [{"id": "old", "class": "summary", "day": "2019-12-31"}, {"id": "new", "class": "summary", "day": date(2020, 1, 1)}]
    facts = {"purpose": "treatment", "recipient.kind": "payer"}
    answer = decide(small, ask(small, facts, items=items))
    assert {part.of.item: part.outcome for part in answer.parts} == {"old": "prohibited", "new": "permitted"}
    assert [duty["due"]["at"] for duty in answer.to_dict()["duties"]] == ["2020-01-11"]  # type: ignore[index]
    found = advise(small, ask(small, facts, items=items)).to_dict()["parts"]
    assert {(row["item"], row["outcome"]) for row in found} >= {("new", "permitted")}  # type: ignore[attr-defined, index]


def test_an_item_without_a_day_is_judged_by_the_day_asked_about(small: Book) -> None:
    for day in ({}, {"day": "unknown"}):
        question = ask(small, {"purpose": "treatment", "recipient.kind": "payer"}, items=[{"id": "a", "class": "summary", **day}])
        assert outcomes(small, question) == {("a", "client"): "permitted"}


def test_a_clock_among_the_facts_of_an_item_or_a_subject_counts_for_its_part(small: Book) -> None:
    facts = {"purpose": "breach_notice", "recipient.kind": "client"}
    old, new = {"breach.discovered": "2019-06-01"}, {"breach.discovered": "2021-06-01"}
    items = ask(small, facts, items=[{"id": "a", "class": "summary", "facts": old}, {"id": "b", "class": "summary", "facts": new}])
    assert outcomes(small, items) == {("a", "client"): "prohibited", ("b", "client"): "permitted"}
    subjects = ask(small, {**facts, **old}, subjects=[{"id": "x"}, {"id": "y", "facts": new}])
    assert outcomes(small, subjects) == {("", "x"): "prohibited", ("", "y"): "permitted"}


def test_columns_take_the_clock_of_their_part(small: Book) -> None:
    items = [{"id": "a", "class": "summary", "facts": {"breach.discovered": "2019-06-01"}}]
    question = ask(small, {"purpose": "breach_notice", "recipient.kind": "client"}, items=items)
    answers = decide_many(small, question, Columns.of(small, {"a.one": [True]}))
    assert answers.outcome_of(0) == decide(small, question).outcome == "prohibited"


BORN_LATER = """on: 2026-01-01
places: [CO]
facts:
  client.born: 2030-01-01
"""
TWO_AGES = """on: 2026-01-01
subjects:
  - id: a
    facts: {client.age: 12}
  - id: b
    facts:
      client.born: 1990-05-05
      client.age: 40
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BORN_LATER, "q:4: client.born: 2030-01-01 is after the day asked about, 2026-01-01"),
        (TWO_AGES, "q:8: client.age: 40 is not the age of somebody born on 1990-05-05, who is 35 on 2026-01-01"),
        ("on: 2026-01-01\nitems:\n  - id: a\n    facts:\n      client.born: 2027-01-01\n", "q:5: client.born"),
    ],
)
def test_a_birth_day_fits_the_day_and_the_age(book: Book, text: str, says: str) -> None:
    with pytest.raises(BadQuestion) as caught:
        read_written(text, "q").question(book, TODAY)
    assert str(caught.value).startswith(says)


@pytest.mark.parametrize(
    "facts",
    [
        {"client.born": "1990-05-05", "client.age": 35}, {"client.born": "1990-05-05", "client.age": "unknown"},
        {"client.born": "unknown", "client.age": 35}, {"client.born": "2026-01-01", "client.age": 0.5},
        {"client.born": "1990-05-05", "client.age": 30, "client.deceased": True}, {"client.born": "1990-05-05", "client.age": 30, "client.died": "2021-01-01"},
    ],
)  # fmt: skip
def test_a_birth_day_that_fits_is_taken(book: Book, facts: dict[str, object]) -> None:
    ask(book, facts)


def test_a_subjects_own_age_stands_against_the_clients_birth_day(book: Book) -> None:
    """What the question says of the client is not said of everybody in it."""
    subjects = [{"id": "a"}, {"id": "b", "role": "partner", "facts": {"client.age": 12}}]
    question = ask(book, {"client.born": "1980-01-01", "client.adult": True}, subjects=subjects)
    ages = {part.about: (part.values.get("client.age"), part.values.get("client.adult")) for part in question.prepared(book).parts}
    assert ages == {"a": (46, 3), "b": (12, None)}


BEFORE = {"places": ["CO"], "on": "1985-01-01", "facts": {"purpose": "treatment", "recipient.kind": "treating_provider", "information": ["summary"]}}


@pytest.mark.parametrize("assume", [True, False])
def test_before_the_book_begins_nothing_is_forbidden_or_allowed_by_its_silence(book: Book, assume: bool) -> None:
    decision = decide(book, Question.from_dict(BEFORE), assume=assume)
    data = decision.to_dict()
    assert decision.outcome == "unknown"
    assert set(data["possible"]) == {"required", "permitted", "with_authorization", "prohibited", "conflict"}  # type: ignore[call-overload]
    (row,) = [a for a in data["assumptions"] if a["fact"] == "on"]  # type: ignore[attr-defined]
    assert row["value"] == "1985-01-01"
    assert row["plain"] == "The book holds no law of CO before 1986-07-01"
    columns = Columns.of(book, {"client.objects": [True, False, None]})
    assert set(decide_many(book, Question.from_dict(BEFORE), columns).outcomes) == {"unknown"}
    assert all(part["outcome"] == "unknown" for part in advise(book, Question.from_dict(BEFORE), assume=assume).to_dict()["parts"])  # type: ignore[attr-defined]


def test_before_the_book_begins_also_where_it_holds_no_rule_at_all(small: Book) -> None:
    for item in ({"id": "a", "class": "summary", "day": "1990-01-01"}, {"id": "a", "class": "summary"}):
        question = Question.from_dict({"on": "1990-01-01", "facts": {"purpose": "treatment", "recipient.kind": "payer"}, "items": [item]})
        assert decide(small, question).outcome == "unknown"


def test_what_a_held_rule_forbids_stays_forbidden_before_the_book_begins(book: Book) -> None:
    curious = {**BEFORE, "facts": {"purpose": "curiosity", "recipient.kind": "media_or_public", "information": ["summary"]}}
    assert decide(book, Question.from_dict(curious)).outcome == "prohibited"


@pytest.mark.parametrize("places", [["CO"], {"client_now": "CO", "court": "TX"}, []])
def test_from_its_first_day_on_the_book_answers(book: Book, places: object) -> None:
    data = decide(book, Question.from_dict({**BEFORE, "places": places, "on": "1986-07-01"})).to_dict()
    assert not [a for a in data["assumptions"] if a["fact"] == "on"]  # type: ignore[attr-defined]


def test_the_command_says_that_no_law_of_the_day_is_held(book: Book) -> None:
    from privity.cli.words import advice_text, decision_text

    question = Question.from_dict(BEFORE)
    for text in (decision_text(decide(book, question).to_dict()), advice_text(advise(book, question).to_dict())):
        assert "The book holds no law of CO before 1986-07-01. (" in text
