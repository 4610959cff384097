"""Questions as people type them: wrong ones get one line that names the place, and no text can hang or break the reader."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest

from privity.law import BadQuestion, Book
from privity.law.reading import load
from privity.law.rules import BadLaw
from privity.law.written import MOST_BYTES, read_written

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def book() -> Book:
    return Book.open()


def refusal(book: Book, text: str | bytes) -> str:
    with pytest.raises(BadQuestion) as caught:
        read_written(text, "q").question(book, DAY)
    line = str(caught.value)
    assert "\n" not in line
    return line


TWO = """places: [CO]
subjects:
  - id: anna
    facts:
      client.age: 30
      threat.imminent: true
  - id: bert
    role: partner
    facts:
      client.age: 31
      threat.imminent: perhaps
"""


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (TWO, 11, "threat.imminent: 'perhaps' is not true, false or unknown"),
        (TWO.replace("perhaps", "true").replace("31", "old"), 10, "client.age: 'old' is not a number"),
        ("facts:\n  threat:\n    serious: true\n    imminnt: true\n", 4, "did you mean threat.imminent?"),
        ("facts:\n  care.modality: pair\n", 2, "individual, couple, family, group"),
        ("facts:\n  information:\n    - summary\n    - chart_prt\n", 4, "did you mean chart_part?"),
        ("facts: {purpose: treatment}\nitems:\n  - id: a\n    class: summary\n  - id: b\n    class: sumary\n", 6, "did you mean summary?"),
        ("items:\n  - id: a\n    about:\n      - anna\n", 4, "anna"),
        ("subjects:\n  - id: a\n  - id: a\n", 3, "its own id"),
        ("subjects:\n  - id: a\n    role: client\n  - id: b\n    role: freind\n", 5, "client, partner, family_member"),
        ("facts: {}\non: 2026-02-30\n", 2, "2026-02-30"),
        ("facts: {}\nplaces:\n  client_now: CO\n  court: Texas\n", 4, "Texas"),
        ("facts: {}\nplaces:\n  client_now: CO\n  clinic: CO\n", 4, "clinic"),
        ("facts:\n  purpose: treatment\n  purpose: payment\n", 3, "purpose"),
        ("facts:\n  ? [a, b]\n  : true\n", 2, "a name"),
        ("facts:\n  purpose: *nobody\n", 2, "YAML"),
        ("facts: {}\n\n\0", 3, "YAML"),
        ('{\n "facts": {\n  "purpose": "treatment",\n  "purpose": "payment"}}', 4, "purpose"),
        ('{"places": ["CO"],\n "facts": {\n  "threat": {"imminent": true,\n   "serious": 7}}}', 4, "threat.serious"),
        ('{"facts": {\n "information": ["summary",\n  "sumary"]}}', 3, "did you mean summary?"),
        ('{"facts": {\n "purpose": ', 2, "JSON"),
        ('{"subjects": [{"id": "\\ud800"}]}', 1, "character"),
        ('{"facts": {"\\udfff": true}}', 1, "character"),
        (b"\xff\xfe\x00", 1, "UTF-8"),
        (b"facts:\n  purpose: \xff\n", 2, "UTF-8"),
        ("facts: {client.age: " + "9" * 5000 + "}", 1, "client.age"),
        ('{"facts": {"client.age": ' + "9" * 5000 + "}}", 1, "client.age"),
        ("facts: {" + "x" * 900 + ": true}", 1, "there is no fact"),
        ('{"facts": {"' + "x" * 100_000 + '": true}}', 1, "there is no fact"),
    ],
)  # fmt: skip
def test_a_wrong_question_gets_its_line_its_name_and_what_was_expected(book: Book, text: str | bytes, line: int, says: str) -> None:
    refused = refusal(book, text)
    assert refused.startswith(f"q:{line}: "), refused
    assert says in refused
    assert len(refused) < 600


def test_a_file_named_json_is_json(book: Book) -> None:
    with pytest.raises(BadQuestion, match=r"^q\.json:2: this is not JSON"):
        read_written('{"facts": {\n "purpose": }}', "q.json")


def test_what_was_expected_is_listed_up_to_eight(book: Book) -> None:
    refused = refusal(book, "facts: {purpose: treatmnt}")
    assert "did you mean treatment?" in refused
    assert refused.count(", ") == 7
    assert "more" in refused


BOMB = "facts:\n  a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"  {n}: &{n} [{', '.join([f'*{m}'] * 9)}]\n" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "text",
    [BOMB, "facts: &a\n  purpose: *a\n", "&a [*a]", "facts: {purpose: &p treatment, recipient.kind: *p}"],
    ids=["bomb", "own", "top", "word"],
)
def test_a_question_uses_no_anchor_twice(book: Book, text: str) -> None:
    begun = time.monotonic()
    assert "anchor" in refusal(book, text)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("text", [BOMB, "a: &a\n  b: *a\n"], ids=["bomb", "own"])
def test_a_law_file_may_use_anchors_but_not_to_burst(text: str) -> None:
    with pytest.raises(BadLaw, match="file:"):
        load(text, "file")
    assert load("a: &a [x]\nb: *a\n", "file") == {"a": ["x"], "b": ["x"]}


@pytest.mark.parametrize("text", ["[" * 900 + "]" * 900, '{"facts": ' + '{"a": ' * 900 + "1" + "}" * 901, "[" * 900_000, "{" * 900_000, "- " * 900_000])
def test_deep_nesting_is_refused_in_one_line(book: Book, text: str) -> None:
    begun = time.monotonic()
    assert "q:" in refusal(book, text)
    assert time.monotonic() - begun < 2


def test_a_question_has_at_most_two_million_bytes(book: Book) -> None:
    assert "2 MB" in refusal(book, "#" * (MOST_BYTES + 1))
    read_written("#" * MOST_BYTES, "q").question(book, DAY)


def test_fifty_thousand_unknown_names_are_refused_at_once(book: Book) -> None:
    text = "facts: {" + ", ".join(f"n{i}: 1" for i in range(50_000)) + "}"
    begun = time.monotonic()
    assert "there is no fact n0" in refusal(book, text)
    assert time.monotonic() - begun < 8


def test_json_is_read_as_json(book: Book) -> None:
    import json

    chance = random.Random(1)

    def value(depth: int) -> object:
        kind = chance.randrange(8 if depth < 4 else 6)
        if kind == 6:
            return [value(depth + 1) for _ in range(chance.randrange(4))]
        if kind == 7:
            return {f"k{n}": value(depth + 1) for n in range(chance.randrange(4))}
        return (None, True, chance.randrange(-9, 9), chance.random(), 1e300, 'é"\\\n\t😀/')[kind]

    for _ in range(300):
        raw = {"a": value(0)}
        for text in (json.dumps(raw, indent=chance.choice([None, 2])), json.dumps(raw, ensure_ascii=False)):
            assert read_written(text, "q").raw == raw


def test_noise_is_refused_and_never_breaks_the_reader(book: Book) -> None:
    chance = random.Random(2)
    good = ["on: 2026-01-01\nplaces: [CO]\nfacts: {purpose: treatment, client.age: 4}\n" + TWO[13:], '{"places": ["CO"], "facts": {"purpose": "treatment"}}']
    for _ in range(1500):
        text = list(chance.choice(good))
        for _ in range(chance.randrange(1, 4)):
            text[chance.randrange(len(text))] = chance.choice("{}[]:,&*?-!|>'\"%@`#\\\n\t 0\u2028\x85é<=~")
        try:
            read_written("".join(text), "q").question(book, DAY)
        except BadQuestion as error:
            assert str(error).startswith("q:"), error
