"""Each committed vector has its outcome, and the committed script still makes the very same files."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from pathlib import Path

import pytest

from privity.vault import Binding, Key, KeyFor, MovedRow, SealBroken, Truncated, UnknownFormat, Use, WrongKey, open_sealed
from privity.vault.blind import BlindIndex
from privity.vault.check import Log, check
from privity.vault.keys import unwrap
from privity.vault.log import MemoryLog, commit, leaf_hash, root, verify_consistency, verify_inclusion
from privity.vault.recovery import key_from

FOLDER = Path(__file__).parents[1] / "vectors"
REFUSALS = {"wrong key": WrongKey, "moved row": MovedRow, "seal broken": SealBroken, "truncated": Truncated, "unknown format": UnknownFormat}


def vectors(name: str):
    return json.loads((FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("one", vectors("sealed-1.json"), ids=lambda one: one["name"])
def test_sealed(one: dict) -> None:
    given = {"with_": Key(bytes.fromhex(one["key"])), "bound_to": Binding(**one["place"])}
    if one["outcome"] == "opens":
        assert open_sealed(bytes.fromhex(one["sealed"]), **given).hex() == one["plain"]
        return
    with pytest.raises(REFUSALS[one["outcome"]]) as refused:
        open_sealed(bytes.fromhex(one["sealed"]), **given)
    assert refused.type is REFUSALS[one["outcome"]]


@pytest.mark.parametrize("one", vectors("wrapped-1.json"), ids=lambda one: one["name"])
def test_wrapped(one: dict) -> None:
    given = {"under": Key(bytes.fromhex(one["under"])), "for_": KeyFor(one["for"]["practice"], one["for"]["record"], Use(one["for"]["use"]))}
    if one["outcome"] == "opens":
        assert unwrap(bytes.fromhex(one["wrapped"]), **given).secret.hex() == one["key"]
        return
    with pytest.raises(REFUSALS[one["outcome"]]):
        unwrap(bytes.fromhex(one["wrapped"]), **given)


def test_what_has_one_right_answer() -> None:
    told = vectors("small-1.json")
    key, place = Key(bytes.fromhex(told["key"])), Binding(**told["place"])
    assert (key.id.hex(), place.canonical.hex(), place.tag(key).hex()) == (told["key_id"], told["place_bytes"], told["binding_tag"])
    assert key_from("".join(told["sheet"]["rows"])).secret.hex() == told["sheet"]["key"]
    index = BlindIndex(Key(bytes.fromhex(told["blind"]["key"])))
    assert {number: index.phone(number).hex() for number in told["blind"]["phone"]} == told["blind"]["phone"]
    for words, mark in told["blind"]["person"].items():
        name, _, born = words.rpartition(", ")
        assert index.person(name, date.fromisoformat(born)).hex() == mark
    one = told["commitment"]
    assert commit(key, bytes.fromhex(one["salt"]), one["field"], one["value"]) == one["is"]


LOG = vectors("log-1.json")


@pytest.mark.parametrize("one", LOG["logs"], ids=lambda one: one["name"])
def test_logs(one: dict) -> None:
    log = Log([line.encode() for line in one["lines"]], [bytes.fromhex(row) for row in one["hashes"]], one["checkpoints"], LOG["key"])
    found = check(log, LOG["key"], kept=one["kept"])
    assert ("altered log" if found.faults else "unbroken") == one["outcome"]
    assert [[fault.kind.value, fault.first] for fault in found.faults] == one["faults"]


def test_roots_and_proofs() -> None:
    lines = [line.encode() for line in LOG["logs"][0]["lines"]]
    roots = [bytes.fromhex(text) for text in LOG["roots"]]
    assert [root(MemoryLog(lines), size) for size in range(12)] == roots
    for index, size, path in LOG["inclusion"]:
        verify_inclusion(leaf_hash(lines[index]), index, size, [bytes.fromhex(step) for step in path], roots[size])
    for old, new, path in LOG["consistency"]:
        verify_consistency(old, new, [bytes.fromhex(step) for step in path], roots[old], roots[new])


def test_the_cosigned_checkpoint_counts_with_its_witness() -> None:
    lines = [line.encode() for line in LOG["logs"][0]["lines"]]
    found = check(Log(lines, (), [LOG["cosigned"]]), LOG["key"], witnesses=[LOG["witness"]])
    assert (found.faults, found.sealed) == ((), 11)
    assert check(Log(lines, (), [LOG["logs"][0]["checkpoints"][1]]), LOG["key"], witnesses=[LOG["witness"]]).sealed == 0


def test_the_script_still_makes_the_same_files() -> None:
    found = importlib.util.spec_from_file_location("vault_vectors", FOLDER / "make.py")
    made = importlib.util.module_from_spec(found)
    found.loader.exec_module(made)
    for name, text in made.files().items():
        assert (FOLDER / name).read_text("utf-8") == text, f"{name} differs: version 1 is written and stays; give a new version files of its own"
