"""Every attack on the log is found, and named as exactly as the evidence allows."""

from __future__ import annotations

import base64

import pytest
from attacks import ATTACKS, KEY, SIGNER, attack, whole_log
from hypothesis import given
from hypothesis import strategies as st

from privity.vault.check import Kind, Log, check, read
from privity.vault.checkpoints import checkpoint, export
from privity.vault.log import MemoryLog, leaf_hash
from privity.vault.notes import Verifier, sign_note


@pytest.mark.parametrize("kind", range(len(ATTACKS)), ids=[one.__name__.strip("_") for one in ATTACKS])
def test_no_attack_is_missed(kind: int) -> None:
    missed = [found for turn in range(25) if (found := attack(217, kind + turn * len(ATTACKS)).missed())]
    assert not missed, missed[:3]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8, 9, 16, 100])
def test_an_honest_log_has_no_fault(size: int) -> None:
    found = check(whole_log(size), KEY, kept=whole_log(size).notes)
    assert (found.faults, found.notices, found.events, found.sealed) == ((), (), size, size)


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_small_logs_are_guarded_as_well(size: int) -> None:
    whole = whole_log(size)
    for place in range(size):
        lines = list(whole.lines)
        lines[place] += b" "
        assert [(fault.kind, fault.first) for fault in check(Log(lines, whole.hashes, whole.notes), KEY).faults] == [(Kind.EDITED, place)]
        assert check(Log(lines, (), whole.notes), KEY).faults


@given(st.lists(st.integers(0, 40), min_size=0, max_size=45))
def test_whatever_order_and_choice_of_events_only_the_true_one_passes(picks: list[int]) -> None:
    whole = whole_log(40)
    lines = [whole.lines[pick] if pick < 40 else b'{"n":0}' for pick in picks]
    for hashes in (whole.hashes, ()):
        assert check(Log(lines, hashes, whole.notes), KEY).faults


@given(
    st.lists(
        st.binary(max_size=30) | st.sampled_from([b"{}", b"[]", b'{"n":true,"at":"0001-01-01"}', b'{"n":1e999}', b"[" * 5000, b'{"n":0,"at":1}']), max_size=6
    ),
    st.lists(st.binary(max_size=70), max_size=6),
    st.lists(st.text(max_size=40) | st.sampled_from(whole_log(9).notes), max_size=3),
)
def test_no_input_breaks_the_checker(lines: list[bytes], hashes: list[bytes], notes: list[str]) -> None:
    found = check(Log(lines, hashes, notes), KEY, kept=notes)
    assert found.events == len(lines)
    assert found.faults or not notes


def test_events_after_the_last_checkpoint_are_counted_and_guarded_by_their_kept_hashes() -> None:
    whole = whole_log(100)
    log = Log(whole.lines, whole.hashes, whole.notes[:1], KEY)
    assert (check(log, KEY).sealed, check(log, KEY).events, check(log, KEY).faults) == (25, 100, ())
    lines = list(whole.lines)
    lines[80] += b" "
    assert [(fault.kind, fault.first) for fault in check(Log(lines, whole.hashes, whole.notes[:1]), KEY).faults] == [(Kind.EDITED, 80)]
    del lines[80]
    assert [(fault.kind, fault.first) for fault in check(Log(lines, (), whole.notes[:1]), KEY).faults] == [(Kind.DELETED, 80)]


def test_a_clock_set_back_is_a_notice_and_no_fault() -> None:
    lines = [line.replace(b"T09:00:30.", b"T08:00:30.") for line in whole_log(100).lines]
    found = check(Log(lines, (), [checkpoint(MemoryLog(lines), SIGNER)]), KEY)
    assert found.faults == ()
    assert "event 30" in found.notices[0]


def test_checkpoints_count_only_with_their_witness() -> None:
    other = Verifier("witness.example", bytes(32), 4).text
    found = check(whole_log(9), KEY, witnesses=[other])
    assert (found.faults, found.sealed) == ((), 0)
    assert "not every witness" in found.notices[0]
    line = "— witness.example " + base64.b64encode(Verifier.read(other).id + bytes(72)).decode() + "\n"
    forged = Log(whole_log(9).lines, (), [note + line for note in whole_log(9).notes])
    assert {fault.kind for fault in check(forged, KEY, witnesses=[other]).faults} == {Kind.FALSE_NOTE}


def test_a_checkpoint_of_another_log_under_the_same_key_does_not_count() -> None:
    text = checkpoint(MemoryLog(whole_log(9).lines), SIGNER).partition("\n\n")[0].replace(SIGNER.name, "log.alder.example/2", 1) + "\n"
    found = check(Log(whole_log(9).lines, (), [sign_note(text, [SIGNER])]), KEY)
    assert [fault.kind for fault in found.faults] == [Kind.FALSE_NOTE]


@pytest.mark.parametrize("place", [0, 1, 37, 38, 98, 99])
def test_an_edit_whose_kept_hash_was_altered_too_is_known_to_the_pair(place: int) -> None:
    whole = whole_log(100)
    lines, hashes = list(whole.lines), list(whole.hashes)
    lines[place] += b" "
    hashes[place] = leaf_hash(lines[place]) + hashes[place][32:]
    faults = check(Log(lines, hashes, whole.notes), KEY).faults
    assert {fault.kind for fault in faults} == {Kind.ALTERED}
    assert {fault.first for fault in faults} | {fault.last for fault in faults} == {place & ~1, place | 1}


def test_an_edit_before_a_cut_does_not_hide_the_cut() -> None:
    whole = whole_log(100)
    lines = [*whole.lines[:30], whole.lines[30] + b" ", *whole.lines[31:90]]
    faults = check(Log(lines, whole.hashes[:90], whole.notes), KEY).faults
    assert [(fault.kind, fault.first, fault.last) for fault in faults] == [(Kind.EDITED, 30, 30), (Kind.CUT_OFF, 90, 99)]


def test_a_copy_is_slipped_in_and_not_moved() -> None:
    whole = whole_log(100)
    lines = [*whole.lines[:20], whole.lines[70], *whole.lines[20:90], *whole.lines[91:]]
    found = [(fault.kind, fault.first) for fault in check(Log(lines, whole.hashes, whole.notes), KEY).faults]
    assert found == [(Kind.INSERTED, 20), (Kind.DELETED, 90)]


def test_several_things_done_at_once_are_each_named() -> None:
    whole = whole_log(100)
    lines = list(whole.lines)
    lines[70] += b" "
    del lines[50]
    lines.insert(20, lines[5][:-1] + b' ,"x":1}')
    found = {(fault.kind, fault.first) for fault in check(Log(lines[:-3], whole.hashes, whole.notes), KEY).faults}
    assert found == {(Kind.INSERTED, 20), (Kind.DELETED, 50), (Kind.EDITED, 70), (Kind.CUT_OFF, 97)}


def test_a_folder_that_was_exported_is_read_as_it_was(tmp_path) -> None:
    whole = whole_log(33)
    export(tmp_path, MemoryLog(whole.lines), whole.lines, whole.notes, SIGNER.verifier)
    found = read(tmp_path)
    assert (list(found.lines), list(found.hashes), found.notes, found.key) == (whole.lines, whole.hashes, whole.notes, KEY)
