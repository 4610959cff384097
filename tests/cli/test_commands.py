"""The command line as its users type it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def privity(*args: str, given: str = "", home: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PRIVITY_HOME": str(home or ROOT / ".privity-test")}
    return subprocess.run([sys.executable, "-m", "privity", *args], input=given, capture_output=True, text=True, env=env)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("on: 2026-01-01\nplaces: [CO]\nfacts: {threat.imminnt: true}\n", "threat.imminent"),
        ("on: 2026-01-01\nplaces: [CO]\nfacts:\n  purpose: gossip\n", "purpose"),
        ("on: 2026-13-01\nplaces: [CO]\n", "2026-13-01"),
        ("on: 2026-01-01\nplaces: [TX]\n", "TX"),
        ("on: 2026-01-01\nplaces: {clinic: CO}\n", "clinic"),
        ("facts: {client.age: old}\n", "number"),
        ("facts: {client.age: 9, client.age: 10}\n", "twice"),
        ("fact: {}\n", "facts"),
        ("- a\n", "mapping"),
        ("facts: [\n", "YAML"),
        ('{"facts": {"purpose": ', "standard input"),
    ],
)
def test_bad_input_gets_one_clear_line_and_status_2(given: str, says: str) -> None:
    done = privity("decide", "-", given=given)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_input_names_the_line(tmp_path: Path) -> None:
    question = tmp_path / "q.yaml"
    question.write_text("on: 2026-01-01\nplaces: [CO]\nfacts:\n  purpose: treatment\n  threat.imminnt: true\n")
    assert "q.yaml:5:" in privity("decide", str(question)).stderr


@pytest.mark.parametrize(
    ("outcome", "status"),
    [("required", 0), ("permitted", 0), ("with_authorization", 10), ("prohibited", 11), ("unknown", 12), ("in_part", 14)],
)
def test_the_exit_status_tells_the_outcome(outcome: str, status: int, tmp_path: Path) -> None:
    golden = next(p for p in sorted(EXAMPLES.glob("*.golden.json")) if json.loads(p.read_text())["outcome"] == outcome)
    done = privity("decide", str(golden).replace(".golden.json", ".yaml"), "--json", home=tmp_path)
    assert done.returncode == status
    assert json.loads(done.stdout)["outcome"] == outcome


def test_a_conflict_has_its_own_status(tmp_path: Path) -> None:
    """No example is one: her lawyer brings her form to a psychologist in California, and her husband has not signed."""
    facts = {
        "practice.hipaa_covered": False, "practice.part2_program": False, "part2.record": False, "practice.setting": "private_practice",
        "provider.profession": "psychologist", "information.is_deidentified": False, "client.adult": True, "authorization.valid": True,
        "purpose": "client_request", "recipient.kind": "client_attorney", "information": ["session_content"], "care.modality": "couple",
        "participants.all_authorize": False, "authorization.lacks": [], "authorization.covers_recipient": True,
        "authorization.covers_information": True, "authorization.covers_purpose": True,
    }  # fmt: skip
    done = privity("decide", "-", "--json", given=json.dumps({"on": "2026-06-01", "places": ["CA"], "facts": facts}), home=tmp_path)
    assert done.returncode == 13
    assert json.loads(done.stdout)["outcome"] == "conflict"


def test_a_decision_replays_to_the_same_bytes_and_an_altered_one_does_not(tmp_path: Path) -> None:
    question = next(iter(sorted(EXAMPLES.glob("*-co.yaml"))))
    decision = privity("decide", str(question), "--json", home=tmp_path).stdout
    (tmp_path / "d.json").write_text(decision)
    done = privity("replay", str(tmp_path / "d.json"), home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    altered = json.loads(decision)
    altered["outcome"] = "permitted" if altered["outcome"] != "permitted" else "prohibited"
    (tmp_path / "d.json").write_text(json.dumps(altered))
    done = privity("replay", str(tmp_path / "d.json"), home=tmp_path)
    assert done.returncode == 1
    assert "outcome" in done.stdout


def test_a_decision_of_an_older_book_replays_with_that_book(tmp_path: Path) -> None:
    """The library changed since: the kept book still gives the old answer."""
    import shutil

    from privity.law import Book, Question, decide
    from privity.law.book import LIBRARY
    from privity.law.explain import decision_dict
    from privity.law.keep import keep_book

    older = tmp_path / "library"
    shutil.copytree(LIBRARY, older)
    path = next(p for p in sorted(older.rglob("*.yaml")) if p.parent.name == "hipaa" and not p.name.endswith(".cases.yaml"))
    path.write_text(path.read_text() + "# an older wording\n")
    book = Book.read(older)
    keep_book(tmp_path / "home" / "books", older, None, book.hash)
    raw = {"on": "2026-11-24", "places": ["CO"], "facts": {"purpose": "casual_talk", "recipient.kind": "friend_of_provider"}}
    decision = decision_dict(decide(book, Question.from_dict(raw)))
    (tmp_path / "d.json").write_text(json.dumps(decision))
    done = privity("replay", str(tmp_path / "d.json"), home=tmp_path / "home")
    assert done.returncode == 0, done.stdout + done.stderr
    assert book.hash[:12] in done.stdout
    kept = next((tmp_path / "home" / "books").glob("*.zip"))
    kept.unlink()
    assert privity("replay", str(tmp_path / "d.json"), home=tmp_path / "home").returncode == 2


def test_the_law_commands_start_without_django() -> None:
    code = "import sys, privity.cli.main as m; m.main(['law', 'list']); assert 'django' not in sys.modules"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    assert "us.hipaa.164-508" in done.stdout


def test_every_example_answers_as_its_golden_file(tmp_path: Path) -> None:
    """`make golden` rewrites them; the diff is then read line by line."""
    from privity.law import Book, Question, decide
    from privity.law.reading import load

    book = Book.open()
    names = sorted(p for p in EXAMPLES.glob("*.yaml") if p.stem != "EXPECTED")
    assert names
    for path in names:
        data = decide(book, Question.from_dict(load(path.read_text("utf-8"), path.name))).to_dict(change=True)
        for key in ("book", "considered"):
            data.pop(key)
        assert json.loads(path.with_suffix(".golden.json").read_text()) == data, path.name
