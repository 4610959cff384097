"""What is sealed opens with its key, in its place, whole; and not otherwise."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privity.vault import Binding, Key, MovedRow, SealBroken, Truncated, UnknownFormat, WillNotOpen, WrongKey, open_sealed, open_text, seal
from privity.vault.faults import CannotSeal, NotText
from privity.vault.keys import KeyFor, Use, unwrap, wrap

KEY = Key(bytes(range(32)))
PLACE = Binding("alder", "r-1", "note.text", "n-7", 3)
IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-._:", min_size=1, max_size=12)
PLACES = st.builds(Binding, IDS, IDS, IDS, IDS, st.integers(0, 1 << 62))


@given(content=st.binary(max_size=300) | st.text(max_size=100), place=PLACES)
def test_what_is_sealed_opens_in_its_place(content: bytes | str, place: Binding) -> None:
    try:
        sealed = seal(content, with_=KEY, bound_to=place)
    except CannotSeal:
        assert isinstance(content, str)
        assert any(0xD800 <= ord(sign) < 0xE000 for sign in content)
        return
    opened = open_sealed(sealed, with_=KEY, bound_to=place)
    assert opened == (content.encode() if isinstance(content, str) else content)


def test_every_altered_byte_and_every_cut_is_refused() -> None:
    sealed = seal("She said it on Tuesday.", with_=KEY, bound_to=PLACE)
    for index in range(len(sealed)):
        for bit in range(8):
            altered = sealed[:index] + bytes([sealed[index] ^ 1 << bit]) + sealed[index + 1 :]
            with pytest.raises(WillNotOpen):
                open_sealed(altered, with_=KEY, bound_to=PLACE)
    for cut in range(len(sealed)):
        with pytest.raises(Truncated):
            open_sealed(sealed[:cut], with_=KEY, bound_to=PLACE)
    with pytest.raises(SealBroken):
        open_sealed(sealed + b"\0", with_=KEY, bound_to=PLACE)


@given(here=PLACES, there=PLACES)
@settings(max_examples=300)
def test_a_moved_row_is_refused_and_told_apart(here: Binding, there: Binding) -> None:
    sealed = seal("x", with_=KEY, bound_to=here)
    if here == there:
        assert open_text(sealed, with_=KEY, bound_to=there) == "x"
    else:
        with pytest.raises(MovedRow):
            open_sealed(sealed, with_=KEY, bound_to=there)


@pytest.mark.parametrize("change", [{"practice": "birch"}, {"record": "r-2"}, {"kind": "note.plan"}, {"row": "n-8"}, {"version": 4}, {"version": 2}])
def test_each_part_of_the_place_counts(change: dict[str, object]) -> None:
    sealed = seal("x", with_=KEY, bound_to=PLACE)
    with pytest.raises(MovedRow):
        open_sealed(sealed, with_=KEY, bound_to=replace(PLACE, **change))


def test_no_two_places_share_their_bytes() -> None:
    assert Binding("a", "bc", "d", "e").canonical != Binding("ab", "c", "d", "e").canonical


def test_another_key_is_named() -> None:
    other = Key.random()
    with pytest.raises(WrongKey, match=KEY.id.hex()) as told:
        open_sealed(seal("secret words", with_=KEY, bound_to=PLACE), with_=other, bound_to=PLACE)
    assert other.id.hex() in str(told.value)


def test_a_key_that_claims_anothers_id_does_not_open() -> None:
    sealed, other = seal("x", with_=KEY, bound_to=PLACE), Key.random()
    with pytest.raises(SealBroken):
        open_sealed(sealed[:2] + other.id + sealed[18:], with_=other, bound_to=PLACE)


def test_an_unknown_mark_says_so() -> None:
    sealed = seal("x", with_=KEY, bound_to=PLACE)
    with pytest.raises(UnknownFormat, match="update"):
        open_sealed(b"S\x02" + sealed[2:], with_=KEY, bound_to=PLACE)


def test_nonces_do_not_repeat() -> None:
    nonces = {seal("x", with_=KEY, bound_to=PLACE)[38:50] for _ in range(20_000)}
    assert len(nonces) == 20_000


def test_the_length_shows_in_steps_only() -> None:
    lengths = {len(seal("x" * count, with_=KEY, bound_to=PLACE)) for count in range(32)}
    assert len(lengths) == 1


def test_bytes_that_are_no_text_are_not_taken_for_text() -> None:
    with pytest.raises(NotText):
        open_text(seal(b"\xff\xfe", with_=KEY, bound_to=PLACE), with_=KEY, bound_to=PLACE)


def test_messages_and_reprs_hold_nothing_secret() -> None:
    sealed = seal("She said it on Tuesday.", with_=KEY, bound_to=PLACE)
    told = repr(KEY)
    for altered in (sealed[:-1], b"Q" + sealed[1:], sealed[:-1] + b"\0"):
        with pytest.raises(WillNotOpen) as refused:
            open_sealed(altered, with_=KEY, bound_to=PLACE)
        told += repr(refused.value)
        assert str(refused.value)[0].islower()
    assert KEY.secret.hex() not in told
    assert repr(KEY.secret) not in told
    assert "Tuesday" not in told


@pytest.mark.parametrize("row", ["Cleo Marsh", "", "a/b", "ü"])
def test_a_place_is_made_of_ids_and_a_name_is_not_repeated(row: str) -> None:
    with pytest.raises(CannotSeal) as refused:
        seal("x", with_=KEY, bound_to=Binding("alder", "r-1", "note.text", row))
    assert not row or row not in str(refused.value)


def test_half_a_character_is_refused_without_its_text() -> None:
    with pytest.raises(CannotSeal) as refused:
        seal("Tuesday \ud800", with_=KEY, bound_to=PLACE)
    assert "Tuesday" not in repr(refused.value)
    assert refused.value.__cause__ is None


def test_a_key_is_not_pickled() -> None:
    with pytest.raises(TypeError, match="wrap"):
        pickle.dumps(KEY)


# --- wrapped keys ---------------------------------------------------------------------------------------------------

FOR = KeyFor("alder", "r-1", Use.RECORD)
PARENT = Key(bytes(range(32, 64)))


def test_a_wrapped_key_opens_for_its_record_and_use_alone() -> None:
    wrapped = wrap(KEY, under=PARENT, for_=FOR)
    assert unwrap(wrapped, under=PARENT, for_=FOR).secret == KEY.secret
    for other in [KeyFor("birch", "r-1", Use.RECORD), KeyFor("alder", "r-2", Use.RECORD), *(KeyFor("alder", "r-1", use) for use in Use if use != Use.RECORD)]:
        with pytest.raises(MovedRow):
            unwrap(wrapped, under=PARENT, for_=other)
    with pytest.raises(WrongKey):
        unwrap(wrapped, under=Key.random(), for_=FOR)


def test_every_altered_byte_of_a_wrapped_key_is_refused() -> None:
    wrapped = wrap(KEY, under=PARENT, for_=FOR)
    for index in range(len(wrapped)):
        with pytest.raises(WillNotOpen):
            unwrap(wrapped[:index] + bytes([wrapped[index] ^ 1]) + wrapped[index + 1 :], under=PARENT, for_=FOR)
        with pytest.raises(Truncated):
            unwrap(wrapped[:index], under=PARENT, for_=FOR)
    with pytest.raises(SealBroken):
        unwrap(wrapped + b"\0", under=PARENT, for_=FOR)


def test_a_sealed_value_is_no_wrapped_key() -> None:
    with pytest.raises(UnknownFormat):
        unwrap(seal(KEY.secret, with_=PARENT, bound_to=FOR.place()), under=PARENT, for_=FOR)
