"""The blind index finds what is equal to a person's eye, and tells a thief nothing but equality."""

from __future__ import annotations

from datetime import date

import pytest

from privity.vault.blind import BlindIndex, normal_name, normal_phone
from privity.vault.faults import CannotSeal
from privity.vault.seal import Key

INDEX = BlindIndex(Key(bytes(range(32))))
BORN = date(1991, 4, 2)


@pytest.mark.parametrize(
    "number", ["(970) 555-0142", "970.555.0142", "1-970-555-0142", "+1 970 555 0142", "001 970 555 0142", "9705550142 ext. 12", "٩٧٠٥٥٥٠١٤٢"]
)
def test_one_number_written_in_many_ways_has_one_mark(number: str) -> None:
    assert normal_phone(number) == "+19705550142"
    assert INDEX.phone(number) == INDEX.phone("970-555-0142")


def test_a_number_from_abroad_keeps_its_country() -> None:
    assert normal_phone("+49 30 1234567") == "+49301234567" == normal_phone("0049 30 1234567")


@pytest.mark.parametrize("number", ["", "555-0142", "911", "call her", "+1", "12345678901234567890"])
def test_what_is_no_whole_number_is_refused(number: str) -> None:
    with pytest.raises(CannotSeal):
        INDEX.phone(number)


@pytest.mark.parametrize("name", ["Cleo O’Brien-García", "CLEO OBRIENGARCIA", "OBrien-Garcia, Cleo", " cleo  o'briengarcía "])
def test_one_name_written_in_many_ways_has_one_mark(name: str) -> None:
    assert INDEX.person(name, BORN) == INDEX.person("Cleo O'Brien-Garcia", BORN)


def test_another_day_name_practice_or_kind_has_another_mark() -> None:
    marks = {
        INDEX.person("Cleo Marsh", BORN), INDEX.person("Cleo Marsh", date(1991, 4, 3)), INDEX.person("Clea Marsh", BORN),
        BlindIndex(Key.random()).person("Cleo Marsh", BORN), INDEX.phone("970-555-0142"),
    }  # fmt: skip
    assert len(marks) == 5
    assert {len(mark) for mark in marks} == {16}


def test_a_name_without_letters_is_refused_and_one_in_other_letters_is_not() -> None:
    with pytest.raises(CannotSeal):
        normal_name(" - ")
    assert normal_name("李 小龍") == "小龍 李"
