"""The tree is RFC 9162's, its proofs hold and no others do; notes and checkpoints are C2SP's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from attacks import SIGNER, whole_log
from hypothesis import given, settings
from hypothesis import strategies as st
from stores import NOW, SqliteLog, entry

from privity.vault import Entry, Key, append
from privity.vault.checkpoints import Checkpoint, believed, checkpoint, log_signer, witnessed
from privity.vault.faults import BadNote, BadSignature, NotAnEntry, NotProvable, ProofFails
from privity.vault.log import MemoryLog, commit, consistency, event, inclusion, is_about, leaf_hash, root, verify_consistency, verify_inclusion
from privity.vault.notes import WITNESS, Note, Signer, Verifier, add_signature, sign_note

# The test tree of Certificate Transparency: its leaves and the roots of its first 0 to 8 leaves.
LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def defined_root(lines: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, word for word and slow."""
    if not lines:
        return hashlib.sha256().digest()
    if len(lines) == 1:
        return hashlib.sha256(b"\0" + lines[0]).digest()
    split = 1
    while split * 2 < len(lines):
        split *= 2
    return hashlib.sha256(b"\1" + defined_root(lines[:split]) + defined_root(lines[split:])).digest()


def test_the_published_test_tree_has_its_roots() -> None:
    for size in range(9):
        log = MemoryLog(LEAVES[:size])
        assert root(log).hex() == ROOTS[size] == root(MemoryLog(LEAVES), size).hex() == defined_root(LEAVES[:size]).hex()


def test_published_proofs_of_the_test_tree() -> None:
    """The proofs that go with the Certificate Transparency test tree (leaf 0 and 5 of 8; 1 to 8, 6 to 8)."""
    log = MemoryLog(LEAVES)
    assert [step.hex()[:8] for step in inclusion(log, 0, 8)] == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert [step.hex()[:8] for step in inclusion(log, 5, 8)] == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert [step.hex()[:8] for step in consistency(log, 1, 8)] == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert [step.hex()[:8] for step in consistency(log, 6, 8)] == ["0ebc5d34", "ca854ea1", "d37ee418"]


def test_every_inclusion_proof_up_to_40_holds_and_no_other_place_or_leaf_does() -> None:
    log = MemoryLog([bytes([number]) for number in range(40)])
    for size in range(1, 41):
        for index in range(size):
            path, leaf = inclusion(log, index, size), log.hashes(index)[:32]
            verify_inclusion(leaf, index, size, path, root(log, size))
            assert len(path) <= (size - 1).bit_length()
            for wrong in [
                (leaf_hash(b"x"), index, size, path),
                (leaf, index + 1, size, path),
                (leaf, index, size, path[:-1]),
                (leaf, index, size, [*path, leaf]),
            ]:
                if wrong[3] == path and (wrong[0], wrong[1]) == (leaf, index):
                    continue
                with pytest.raises(ProofFails):
                    verify_inclusion(*wrong, root(log, size))


def test_every_consistency_proof_up_to_40_holds_and_no_altered_one_does() -> None:
    log = MemoryLog([bytes([number]) for number in range(40)])
    for new in range(1, 41):
        for old in range(1, new + 1):
            path = consistency(log, old, new)
            verify_consistency(old, new, path, root(log, old), root(log, new))
            for number in range(len(path)):
                with pytest.raises(ProofFails):
                    verify_consistency(old, new, [*path[:number], bytes(32), *path[number + 1 :]], root(log, old), root(log, new))
            for wrong in (path[:-1] if path else [bytes(32)], [*path, bytes(32)]):
                with pytest.raises(ProofFails):
                    verify_consistency(old, new, wrong, root(log, old), root(log, new))
            with pytest.raises(ProofFails):
                verify_consistency(old, new, path, bytes(32), root(log, new))
            with pytest.raises(ProofFails):
                verify_consistency(old, new, path, root(log, old), bytes(32))


def test_a_root_is_not_taken_for_a_leaf_or_for_an_earlier_root() -> None:
    whole = root(MemoryLog(LEAVES))
    with pytest.raises(ProofFails):
        verify_inclusion(whole, 0, 8, [], whole)
    with pytest.raises(ProofFails):
        verify_consistency(4, 8, [], whole, whole)


def test_a_log_that_begins_empty_is_consistent_with_nothing_but_the_empty_root() -> None:
    verify_consistency(0, 3, [], root(MemoryLog()), bytes(32))
    with pytest.raises(ProofFails):
        verify_consistency(0, 3, [], bytes(32), bytes(32))


@given(st.lists(st.binary(max_size=8), max_size=70))
@settings(max_examples=60)
def test_the_root_is_the_defined_one(lines: list[bytes]) -> None:
    assert root(MemoryLog(lines)) == defined_root(lines)


@pytest.mark.parametrize(
    ("verb", "given_"), [(inclusion, (5, 5)), (inclusion, (-1, 3)), (inclusion, (0, 6)), (consistency, (0, 3)), (consistency, (4, 3)), (root, (6,))]
)
def test_what_cannot_be_proved_is_refused(verb, given_) -> None:
    with pytest.raises(NotProvable):
        verb(MemoryLog(LEAVES[:5]), *given_)


def test_an_append_reads_few_rows_and_a_root_at_most_twice_the_height() -> None:
    log = MemoryLog(whole_log(1000).lines)
    reads: list[int] = []
    kept = log.hashes
    log.hashes = lambda index: reads.append(index) or kept(index)  # type: ignore[method-assign]
    append(log, entry(1000))
    assert len(reads) <= 10
    reads.clear()
    root(log)
    assert len(reads) <= 10
    assert len(inclusion(log, 77, 1001)) <= 10


def test_on_sqlite_an_act_that_is_undone_leaves_no_event(tmp_path) -> None:
    log = SqliteLog(tmp_path / "log.sqlite3")
    for number in range(9):
        log.base.execute("BEGIN IMMEDIATE")
        append(log, entry(number))
        log.base.execute("COMMIT" if number != 5 else "ROLLBACK")
    assert log.size() == 8
    lines = [row[0] for row in log.base.execute("SELECT line FROM log ORDER BY n")]
    assert root(log) == defined_root(lines)
    assert [json.loads(line)["n"] for line in lines] == list(range(8))


# --- entries -------------------------------------------------------------------------------------------------------------


def test_an_entrys_bytes_are_canonical() -> None:
    line = Entry(NOW, "staff-1", "note.read", bytes(16), ("ab" * 32,), "cd" * 32, {"request": "q1", "pages": 2}).line(7)
    assert line == (
        b'{"act":"note.read","actor":"staff-1","at":"2026-11-24T09:00:00.000000Z","facts":{"pages":2,"request":"q1"},"n":7,"row":"'
        + b"cd" * 32 + b'","salt":"' + b"0" * 32 + b'","subjects":["' + b"ab" * 32 + b'"],"v":1}'
    )  # fmt: skip


def test_an_entry_tells_only_the_holder_of_the_records_key_whom_it_is_about() -> None:
    key, other = Key.random(), Key.random()
    line = event(NOW, "staff-1", "note.read", about=[(key, "r-1")], row=(key, "n-9"), reason="treatment").line(0)
    assert b"r-1" not in line
    assert b"n-9" not in line
    assert is_about(line, key, "r-1")
    assert not is_about(line, key, "r-2")
    assert not is_about(line, other, "r-1")


def test_two_events_about_one_record_cannot_be_linked_without_its_key() -> None:
    key = Key.random()
    told = [json.loads(event(NOW, "s", "note.read", about=[(key, "r-1")]).line(n))["subjects"] for n in (0, 1)]
    assert told[0] != told[1]
    assert commit(key, bytes(16), "subject", "a") != commit(key, bytes(16), "row", "a")


@pytest.mark.parametrize(
    "change",
    [
        {"at": datetime(2026, 1, 1)},
        {"act": "Read a note"}, {"act": "note.read\n"}, {"actor": "Dana Whitlock"}, {"subjects": ("r-1",)}, {"row": "n-9"},
        {"facts": {"said": "she was afraid"}}, {"facts": {"Said": "x"}}, {"facts": {"said": True}},
    ],
)  # fmt: skip
def test_what_could_hold_words_or_names_is_no_entry(change: dict[str, object]) -> None:
    with pytest.raises(NotAnEntry) as refused:
        replace(entry(1), **change)
    assert "Dana" not in str(refused.value)
    assert "afraid" not in str(refused.value)


# --- notes and checkpoints --------------------------------------------------------------------------------------------------

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PETERS_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
C2SP_CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)


def test_the_published_note_is_believed_and_made_again() -> None:
    """The example of golang.org/x/mod/sumdb/note, whose format C2SP's signed-note is."""
    assert Note.read(PETERS_NOTE).believe(Verifier.read(PETER)) is None
    text = PETERS_NOTE.partition("\n\n")[0] + "\n"
    assert sign_note(text, [Signer.read(PETERS_SECRET)]) == PETERS_NOTE
    assert Signer.read(PETERS_SECRET).verifier.text == PETER
    assert Signer.read(PETERS_SECRET).text == PETERS_SECRET


def test_the_published_checkpoint_is_read() -> None:
    """The example of c2sp.org/tlog-cosignature: its parts, and the moment its witness signed. Its keys are not published."""
    note = Note.read(C2SP_CHECKPOINT)
    found = Checkpoint.read(note.text)
    assert (found.origin, found.size, found.root.hex()[:8]) == ("example.com/behind-the-sofa", 20852163, "0ac5186a")
    assert found.text == note.text
    name, _, signature = note.signatures[1]
    assert name == "witness.example.com/w1"
    assert int.from_bytes(signature[:8], "big") == 1679315147


@pytest.mark.parametrize("place", range(0, len(PETERS_NOTE), 7))
def test_an_altered_note_is_not_believed(place: int) -> None:
    altered = PETERS_NOTE[:place] + ("x" if PETERS_NOTE[place] != "x" else "y") + PETERS_NOTE[place + 1 :]
    with pytest.raises((BadNote, BadSignature)):
        Note.read(altered).believe(Verifier.read(PETER))


@pytest.mark.parametrize("text", ["", "a+b+c", PETER.replace("c74f", "c74e"), PETER[:-1], "\n", PETER.replace("Neumann", "Newman")])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.read(text)
    with pytest.raises(BadNote):
        Signer.read(text)


def test_a_checkpoint_speaks_for_its_own_log_alone() -> None:
    note = checkpoint(MemoryLog(LEAVES), SIGNER)
    assert believed(note, SIGNER.verifier) == Checkpoint(SIGNER.name, 8, bytes.fromhex(ROOTS[8]))
    other = Signer("log.birch.example", SIGNER.seed)
    with pytest.raises(BadSignature):
        believed(note, other.verifier)
    with pytest.raises(BadNote, match="not of"):
        believed(add_signature(sign_note(Note.read(note).text, [other]), SIGNER), replace(other.verifier))


# --- the witness --------------------------------------------------------------------------------------------------------------

WITNESS_KEY = Signer("witness.example/w1", bytes(range(1, 33)), WITNESS)


def test_a_witness_signs_what_continues_what_it_has_seen() -> None:
    log = MemoryLog(LEAVES)
    seen = believed(checkpoint(MemoryLog(LEAVES[:3]), SIGNER), SIGNER.verifier)
    signed = witnessed(checkpoint(log, SIGNER), log=SIGNER.verifier, seen=seen, proof=consistency(log, 3, 8), witness=WITNESS_KEY, now=NOW)
    assert Note.read(signed).believe(WITNESS_KEY.verifier) == NOW.astimezone(UTC)
    assert believed(signed, SIGNER.verifier).size == 8


def test_a_witness_does_not_sign_a_log_that_went_back_or_another_way() -> None:
    log, other = MemoryLog(LEAVES), MemoryLog([b"other", *LEAVES[1:]])
    seen = believed(checkpoint(log, SIGNER), SIGNER.verifier)
    for note, says in [(checkpoint(MemoryLog(LEAVES[:5]), SIGNER), "went back"), (checkpoint(other, SIGNER), "does not continue")]:
        with pytest.raises(ProofFails, match=says):
            witnessed(note, log=SIGNER.verifier, seen=seen, proof=[], witness=WITNESS_KEY, now=NOW)
    early = believed(checkpoint(MemoryLog(LEAVES[:3]), SIGNER), SIGNER.verifier)
    with pytest.raises(ProofFails):
        witnessed(checkpoint(other, SIGNER), log=SIGNER.verifier, seen=early, proof=consistency(other, 3, 8), witness=WITNESS_KEY, now=NOW)
    with pytest.raises(BadSignature):
        forged = checkpoint(log, Signer(SIGNER.name, bytes(32)))
        witnessed(forged, log=SIGNER.verifier, seen=None, proof=[], witness=WITNESS_KEY, now=NOW)


def test_a_practices_signing_key_gives_one_signer() -> None:
    key = Key(bytes(range(32)))
    assert log_signer(key, "log.alder.example/1") == log_signer(Key(key.secret), "log.alder.example/1")
    assert log_signer(key, "log.alder.example/1").seed not in (key.secret, log_signer(Key.random(), "log.alder.example/1").seed)
