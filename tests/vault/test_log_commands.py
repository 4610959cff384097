"""`privity log`, as an attorney or insurer with an exported folder uses it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from attacks import KEY, SIGNER, whole_log

from privity.cli.main import main
from privity.vault.checkpoints import checkpoint, export
from privity.vault.log import MemoryLog, verify_inclusion
from privity.vault.notes import WITNESS, Note, Signer

ROOT = Path(__file__).parents[2]
WITNESS_KEY = Signer("witness.example/w1", bytes(range(1, 33)), WITNESS)


def log(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `privity log` in this process: the first test below runs it as its users do."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["log", *map(str, words)])
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    whole = whole_log(60)
    export(tmp_path / "log", MemoryLog(whole.lines), whole.lines, whole.notes, SIGNER.verifier)
    (tmp_path / "log.secret").write_text(SIGNER.text)
    (tmp_path / "witness.secret").write_text(WITNESS_KEY.text)
    return tmp_path / "log"


def alter(folder: Path, number: int) -> None:
    lines = (folder / "entries.jsonl").read_bytes().split(b"\n")
    lines[number] = lines[number].replace(b"staff-", b"stuff-")
    (folder / "entries.jsonl").write_bytes(b"\n".join(lines))


def test_an_unbroken_log_is_status_0(folder: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-m", "privity", "log", "check", str(folder), "--key", KEY], capture_output=True, text=True, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("unbroken: 60 of 60 events")
    assert "taken from beside the log" not in done.stdout
    assert "taken from beside the log" in log("check", folder).stdout


def test_a_tampered_log_is_status_1_and_names_the_event(folder: Path) -> None:
    alter(folder, 41)
    done = log("check", folder, "--key", KEY)
    assert done.returncode == 1
    assert "edited: event 41 was edited" in done.stdout
    assert json.loads(log("check", folder, "--key", KEY, "--json").stdout)["faults"][0]["first"] == 41


def test_a_checkpoint_kept_elsewhere_betrays_a_roll_back(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept.note").write_text(whole_log(60).notes[-1])
    shorter = whole_log(15)
    export(tmp_path / "older", MemoryLog(shorter.lines), shorter.lines, [checkpoint(MemoryLog(shorter.lines), SIGNER)], SIGNER.verifier)
    assert log("check", tmp_path / "older", "--key", KEY).returncode == 0
    done = log("check", tmp_path / "older", "--key", KEY, "--kept", tmp_path / "kept.note")
    assert done.returncode == 1
    assert "rolled back" in done.stdout


def test_one_file_of_json_lines_is_checked_too(folder: Path, tmp_path: Path) -> None:
    whole = whole_log(60)
    rows = [*whole.lines, *(json.dumps({"checkpoint": note}).encode() for note in whole.notes), json.dumps({"key": KEY}).encode()]
    (tmp_path / "log.jsonl").write_bytes(b"\n".join(rows) + b"\n")
    assert log("check", tmp_path / "log.jsonl").returncode == 0
    (tmp_path / "log.jsonl").write_bytes(b"\n".join(rows[1:]))
    done = log("check", tmp_path / "log.jsonl")
    assert done.returncode == 1
    assert "event 0 was taken out" in done.stdout


def test_without_a_checkpoint_nothing_is_claimed(folder: Path) -> None:
    for note in (folder / "checkpoints").iterdir():
        note.unlink()
    done = log("check", folder, "--key", KEY)
    assert (done.returncode, done.stdout) == (2, "")
    assert "not proved" in done.stderr
    assert log("witness", folder, "--key", KEY, "--sign", folder.parent / "witness.secret", "--seen", folder.parent / "seen.note").returncode == 2


def test_a_proof_is_printed_and_holds(folder: Path) -> None:
    told = json.loads(log("prove", folder, "17", "--json").stdout)
    verify_inclusion(bytes.fromhex(told["leaf"]), 17, 60, [bytes.fromhex(step) for step in told["path"]], bytes.fromhex(told["root"]))
    import hashlib

    found, root = b"", ""
    for line in log("prove", folder, "17").stdout.splitlines():
        word, _, value = line.partition(" ")
        if word == "leaf:":
            found = bytes.fromhex(value)
        elif word == "root:":
            root = value
        elif word in ("left", "right"):
            step = bytes.fromhex(value.strip())
            found = hashlib.sha256(b"\1" + (step + found if word == "left" else found + step)).digest()
    assert found.hex() == root
    assert log("prove", folder, "60", "--since", "20").stdout.count("\n") > 5


def test_a_checkpoint_is_shown_or_made(folder: Path, tmp_path: Path) -> None:
    assert log("checkpoint", folder, "--key", KEY).stdout == whole_log(60).notes[-1]
    assert log("checkpoint", folder, "--key", KEY, "--sign", tmp_path / "log.secret").stdout == whole_log(60).notes[-1]
    assert log("checkpoint", folder, "--key", KEY, "--sign", tmp_path / "witness.secret").returncode == 2
    alter(folder, 3)
    assert log("checkpoint", folder, "--key", KEY, "--sign", tmp_path / "log.secret").returncode == 1


def test_a_witness_signs_once_and_not_a_log_that_went_back(folder: Path, tmp_path: Path) -> None:
    words = ("--key", KEY, "--sign", tmp_path / "witness.secret", "--seen", tmp_path / "seen.note")
    done = log("witness", folder, *words)
    assert done.returncode == 0
    assert Note.read(done.stdout).believe(WITNESS_KEY.verifier) is not None
    assert log("witness", folder, *words).returncode == 0
    (folder / "checkpoints" / "signed.note").write_text(done.stdout)
    (folder / "checkpoints" / "000000000060.note").unlink()
    (folder / "checkpoints" / "000000000040.note").unlink()
    (folder / "checkpoints" / "000000000015.note").unlink()
    assert log("check", folder, "--key", KEY, "--witness", WITNESS_KEY.verifier.text).returncode == 0
    shorter = whole_log(15)
    export(tmp_path / "older", MemoryLog(shorter.lines), shorter.lines, [checkpoint(MemoryLog(shorter.lines), SIGNER)], SIGNER.verifier)
    done = log("witness", tmp_path / "older", *words)
    assert done.returncode == 1
    assert "— witness" not in done.stdout


def test_a_witness_without_a_key_is_given_one_once(folder: Path, tmp_path: Path) -> None:
    words = ("--key", KEY, "--sign", tmp_path / "new.secret", "--seen", tmp_path / "seen.note", "--name", "witness.example/w2")
    first = log("witness", folder, *words)
    assert (first.returncode, (tmp_path / "new.secret").stat().st_mode & 0o777) == (0, 0o600)
    assert first.stderr.strip().split()[-1] == Signer.read((tmp_path / "new.secret").read_text()).verifier.text
    assert log("witness", folder, *words).stderr == ""


@pytest.mark.parametrize(
    "words",
    [
        ["check", "nowhere"], ["check", "LOG", "--key", "no key"], ["check", "LOG", "--key", "a+b+c"], ["check", "EMPTY"], ["prove", "LOG", "60"],
        ["prove", "LOG", "-1"], ["prove", "LOG", "61", "--since", "3"], ["check", "LOG", "--kept", "nowhere.note"], ["check", "BINARY"],
        ["checkpoint", "LOG", "--sign", "nowhere"], ["witness", "LOG"], ["prove", "LOG", "x"],
    ],
)  # fmt: skip
def test_bad_input_gets_one_line_and_status_2(words: list[str], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").write_bytes(bytes(range(256)))
    places = {"LOG": folder, "EMPTY": tmp_path / "empty", "BINARY": tmp_path / "binary"}
    done = log(*(places.get(word, word) for word in words))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert words[1:] in (["LOG"], ["LOG", "x"]) or len(done.stderr.strip().splitlines()) == 1 or done.stderr.startswith("usage")
