"""Letters: whole, tagged, the same bytes twice, and nothing a person typed is ever read as typst's own language."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from privity.practice.pdf import CannotPrint, LetterLacks, Mark, StillThere, binding, prove, redact, typeset

from .letters import DENIED, EVERY, GRANTED, LETTERS, PACKET, PART2
from .said import said

GOLDEN = Path(__file__).parent / "golden"
CLIENTS = ("access_", "amendment_", "accounting_", "restriction_", "channel_")


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_reads_as_it_did(name: str) -> None:
    """`make golden` writes these anew; the diff is then read line by line."""
    assert said(typeset.letter(*LETTERS[name])) == (GOLDEN / f"{name}.txt").read_text("utf-8")


def test_every_golden_letter_is_of_a_letter_that_is() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(LETTERS)
    assert {template for template, _ in LETTERS.values()} == set(typeset.letters())


@pytest.mark.parametrize("name", LETTERS)
def test_each_letter_is_tagged_and_the_same_bytes_twice(name: str) -> None:
    made = typeset.letter(*LETTERS[name])
    assert made == typeset.letter(*LETTERS[name])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == ("es-US" if LETTERS[name][1].get("lang") == "es" else "en-US")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/CreationDate" not in pdf.docinfo
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == len(pypdfium2.PdfDocument(made))
    assert {one.kind for one in prove.clean(made)} <= {"metadata"}


@pytest.mark.parametrize("template", [name for name in typeset.letters() if name.startswith(CLIENTS)])
def test_whatever_a_client_gets_is_there_in_both_languages(template: str) -> None:
    assert {data.get("lang", "en") for name, data in LETTERS.values() if name == template} == {"en", "es"}


HOSTILE = (
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#include "x.typ"',
    "[ ] ( ) { }",
    "$x^2$",
    "*bold* _it_ `raw`",
    "= Head",
    "- item",
    "<label> @ref",
    "// gone",
    "/* gone */",
    "\\u{41} \\n",
    "#{1+1}",
    "https://x.example/#a",
    "'straight' \"quotes\" -- ---",
    "~",
)


def test_what_a_person_typed_is_printed_as_typed() -> None:
    words = [f"{number}: {text} :{number}" for number, text in enumerate(HOSTILE)]
    note = {"date": "2026-11-04", "class": "progress_notes", "author": words[0], "text": "\n".join(words)}
    made = typeset.packet(
        {**PACKET, "notes": [note], "purpose": words[1], "enclosed": [{"what": each} for each in words], "notices": words[:4], "consent_scope": words[5]}
    )
    text = " ".join(said(made).split())
    for each in words:
        assert text.count(each) >= 2, each


@pytest.mark.parametrize("sly", ["\u202e", "\u2066", "\x00", "\x1b", "\ue000", "\ud800", "\u200f"])
def test_what_cannot_be_seen_is_written_out(sly: str) -> None:
    text = said(typeset.letter("access_extension", {**LETTERS["access_extension"][1], "why": f"before{sly}after"}))
    assert f"before[U+{ord(sly):04X}]after" in text
    assert sly not in text


def test_what_is_only_in_the_way_is_dropped() -> None:
    assert typeset.visible("Be\u00adth\u200b\ufeff \r\nA\tB") == "Beth \nA B"


def test_letters_of_many_peoples_are_printed_and_others_refused() -> None:
    for name in ("Łukasz Źróbik", "Ναταλία", "Наталія", "דנה", "Nguyễn Thị Ánh", "Þórður"):
        assert name.split()[0] in said(typeset.letter("access_granted", {**GRANTED, "to": {"name": name}}))
    with pytest.raises(CannotPrint) as caught:
        typeset.letter("access_granted", {**GRANTED, "to": {"name": "李"}})
    assert caught.value.characters == ("U+674E",)
    assert "李" not in str(caught.value)


def test_words_taken_out_leave_a_bar_that_says_nothing_of_them() -> None:
    one = typeset.packet({**PACKET, "notes": [{"date": "2026-11-11", "text": ["Before.", {}, "After."]}]})
    assert "Before. held back After." in " ".join(said(one).split())
    prove.absent(one, ["sister Beth told her", "Beth"])
    with pytest.raises(StillThere):
        prove.absent(typeset.packet(PACKET), ["Homework done"])


def test_what_is_held_back_is_told_only_when_the_packet_says_so() -> None:
    assert "Sealed notes" not in said(typeset.packet(PACKET))
    assert "Sealed notes" in said(typeset.packet({**PACKET, "tell_held_back": True}))


def test_the_cover_counts_what_is_bound_in_behind() -> None:
    cover = typeset.packet(PACKET)
    foreign = redact.burn(typeset.letter(*LETTERS["access_denied"]), [Mark(1, (72, 600, 200, 640))])
    whole = binding.bound(cover, [foreign])
    assert whole == binding.bound(cover, [foreign])
    pages = len(prove.pages(whole))
    assert pages == 4
    assert f"{pages}, this one included" in said(whole)
    assert prove.clean(whole) == prove.clean(cover)
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_the_notice_is_the_regulations_own_words() -> None:
    long = " ".join(said(typeset.letter("part2_notice", PART2)).split())
    assert "These rules prohibit you from using or disclosing this record, or testimony that describes the information contained in this record" in long
    assert "A general authorization for the release of medical or other information is NOT sufficient to meet the required elements of written consent" in long
    short = said(typeset.letter("part2_notice", {**PART2, "form": "short"}))
    assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in short
    assert "These rules prohibit" not in short
    with pytest.raises(LetterLacks, match="consent_scope"):
        typeset.letter("part2_notice", {**PART2, "consent_scope": ""})


@pytest.mark.parametrize("template", ["access_denied", "amendment_denied"])
def test_a_denial_says_how_to_complain_or_is_not_made(template: str) -> None:
    data = LETTERS[template][1]
    text = said(typeset.letter(template, data))
    for words in ("Petra Lind", "970-555-0100", "Office for Civil Rights", "180 days", "164.52"):
        assert words in text
    for contact in (None, {"name": "Petra"}, {"phone": "1"}):
        with pytest.raises(LetterLacks, match="contact"):
            typeset.letter(template, {**data, "contact": contact})


def test_a_second_look_is_offered_for_what_the_law_says_and_nothing_else() -> None:
    for basis, offered in (
        ("danger", True),
        ("harm_to_other", True),
        ("representative", True),
        ("psychotherapy_notes", False),
        ("promised_source", False),
        ("legal_case", False),
    ):
        text = said(typeset.letter("access_denied", {**DENIED, "kept": [{"what": "A page", "basis": basis}]}))
        assert ("Another licensed health professional" in text) is offered, basis


def test_the_envelope_says_nothing_when_it_must_not() -> None:
    for template, data in LETTERS.values():
        text = said(typeset.letter(template, {**data, "neutral": True}))
        assert not re.search(r"Counseling|Psychotherapy\b|Counselor", text.replace("Psychotherapy notes need", "")), template


def test_a_return_letter_neither_says_nor_denies() -> None:
    text = " ".join(said(typeset.letter(*LETTERS["authorization_return"])).split())
    assert "does not say whether we have, or ever had, any information about anybody" in text
    assert "client" not in text


def test_a_list_of_who_got_the_record_has_every_field() -> None:
    text = " ".join(said(typeset.letter(*LETTERS["accounting"])).split())
    for words in (
        "March 4, 2025",
        "Larimer County Human Services",
        "2555 Midpoint Drive",
        "A report about a child",
        "C.R.S. 19-3-304",
        "and 3 more, the last on April 6, 2026",
    ):
        assert words in text


def test_days_may_be_days() -> None:
    assert "November 20, 2026" in said(typeset.letter("access_granted", {**GRANTED, "date": date(2026, 11, 20)}))


def test_what_is_no_letter_is_said() -> None:
    for name in ("look", "notices", "../look", "nothing"):
        with pytest.raises(LookupError):
            typeset.letter(name, EVERY)
    with pytest.raises(LookupError, match="language"):
        typeset.letter("access_granted", {**GRANTED, "lang": "fr"})
    with pytest.raises(LetterLacks, match=r"to\.name"):
        typeset.letter("access_granted", {**GRANTED, "to": {}})
    with pytest.raises(TypeError):
        typeset.letter("access_granted", {**GRANTED, "how": object()})


def test_no_letter_reads_a_file_or_fetches_a_package() -> None:
    for path in (Path(typeset.__file__).parent / "templates").glob("*.typ"):
        text = path.read_text("utf-8")
        assert not re.search(r"\b(eval|read|image|plugin|include|csv|yaml|toml|xml|cbor|bibliography)\(|@preview", text), path.name
        assert set(re.findall(r'#import "([^"]+)"', text)) <= {"look.typ", "notices.typ"}
        assert json.dumps(re.findall(r"json\(.{8}", text)) in ("[]", '["json(bytes(sy"]')
