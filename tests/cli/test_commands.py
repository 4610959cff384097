"""The command line as its users type it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from privity.law import Book

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def privity(*args: str, given: str = "", home: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "privity", *args], input=given, capture_output=True, text=True, env=environment(home))


def environment(home: Path | None = None) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PRIVITY_HOME": str(home or ROOT / ".privity-test")}


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


def core_bytes(answer: str) -> str:
    return json.dumps(json.loads(answer)["core"], sort_keys=True, separators=(",", ":")) + "\n"


def resealed(answer: str, **changes: object) -> str:
    """Return an answer with other values, and a hash that fits them."""
    from privity.law.replay import own_hash

    data = {**json.loads(answer), **changes}
    return json.dumps({**data, "hash": own_hash(data)})


@pytest.mark.parametrize("extra", [("decide", "--json"), ("decide", "--json", "--change"), ("decide", "--json", "--no-assumptions"), ("advise", "--json")])
@pytest.mark.parametrize("example", sorted(p.name for p in EXAMPLES.glob("*-co.yaml"))[:3])
def test_an_answer_replays_to_the_bytes_of_its_core(extra: tuple[str, ...], example: str, tmp_path: Path) -> None:
    verb, *options = extra
    answer = privity(verb, str(EXAMPLES / example), *options, home=tmp_path).stdout
    done = privity("replay", "-", given=answer, home=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, core_bytes(answer), "")


def test_a_changed_file_is_blamed_only_where_its_own_hash_is_wrong(tmp_path: Path) -> None:
    answer = privity("decide", str(next(iter(sorted(EXAMPLES.glob("*-co.yaml"))))), "--json", home=tmp_path).stdout
    altered = {**json.loads(answer), "outcome": "conflict"}
    done = privity("replay", "-", given=json.dumps(altered), home=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "its own hash" in done.stderr
    same = privity("replay", "-", given=resealed(answer, engine="0"), home=tmp_path)
    assert (same.returncode, same.stdout) == (0, core_bytes(answer))
    assert "written by engine 0; this is engine 1" in same.stderr
    for shown in ({"outcome": "conflict"}, {"on": "2001-01-01"}, {"because": []}, {"duties": 7}):  # what people read, around a core left as it was
        done = privity("replay", "-", given=resealed(answer, **shown), home=tmp_path)
        assert (done.returncode, done.stdout) == (1, "") and "not what its core says" in done.stderr
    other = {**json.loads(answer)["core"], "outcome": "conflict"}
    for engine, says in (("0", "written by engine 0; this is engine 1"), ("1", "works otherwise")):
        done = privity("replay", "-", given=resealed(answer, engine=engine, core=other, outcome="conflict"), home=tmp_path)
        assert (done.returncode, done.stdout) == (1, core_bytes(answer))
        assert "differs in outcome" in done.stderr
        assert says in done.stderr
        assert "hash" not in done.stderr
    done = privity("replay", "-", given=resealed(answer, core={**other, "core": 9}), home=tmp_path)
    assert done.returncode == 1 and "form 9" in done.stderr
    question = {**json.loads(answer)["question"], "facts": {"no.more": True}}
    done = privity("replay", "-", given=resealed(answer, question=question, engine="0"), home=tmp_path)
    assert done.returncode == 1 and "no.more" in done.stderr and "engine 0" in done.stderr


@pytest.mark.parametrize("given", ["", "[]", "{}", "{", '{"core": {}}', "[" * 100_000, "\0"])
def test_what_is_no_answer_is_not_replayed(given: str) -> None:
    done = privity("replay", "-", given=given)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


@pytest.mark.parametrize("verb", ["decide", "advise"])
@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_every_answer_keeps_its_book_and_is_given_where_it_cannot(verb: str, json_: tuple[str, ...], tmp_path: Path) -> None:
    question = str(next(iter(sorted(EXAMPLES.glob("*-co.yaml")))))
    kept = privity(verb, question, *json_, home=tmp_path / "home")
    assert len(list((tmp_path / "home" / "books").glob("*.zip"))) == 1
    (tmp_path / "file").write_text("")
    done = privity(verb, question, *json_, home=tmp_path / "file")
    assert (done.returncode, done.stdout) == (kept.returncode, kept.stdout)
    assert len(done.stderr.splitlines()) == 1
    assert "could not be kept" in done.stderr


def test_a_damaged_copy_of_a_book_is_told_in_one_line(tmp_path: Path) -> None:
    answer = privity("decide", str(next(iter(sorted(EXAMPLES.glob("*-co.yaml"))))), "--json", home=tmp_path).stdout
    for name, says in (("f" * 64, "damaged"), ("../../x", "is kept here")):
        (tmp_path / "books" / f"{'f' * 64}.zip").write_text("no zip")
        core = {**json.loads(answer)["core"], "book": name}
        done = privity("replay", "-", given=resealed(answer, core=core), home=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr


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
    assert done.stdout == core_bytes(json.dumps(decision))
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
        for key in ("book", "considered", "core", "hash"):
            data.pop(key)
        assert json.loads(path.with_suffix(".golden.json").read_text()) == data, path.name


@pytest.mark.parametrize(
    "args",
    [
        (), ("decide",), ("decid", "q"), ("decide", "a", "b"), ("decide", "--jsn", "q"), ("law",), ("law", "shw"), ("law", "diff", "2020-01-01"),
        ("law", "diff", "x", "y"),
    ],
)  # fmt: skip
def test_a_wrong_command_gets_one_line(args: tuple[str, ...]) -> None:
    done = privity(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("privity")


@pytest.mark.parametrize("verb", ["decide", "advise"])
@pytest.mark.parametrize(
    "given",
    [
        b"\xff\xfe\x00", b'{"subjects": [{"id": "\\ud800"}]}', b"facts: {\"a\x1b[31m\": 1}", b"&a [*a]", b"facts: {on\n", b"", b"\0",
        b"facts: {request.received: 0000-00-00}", b"on: 99999-01-01", b"items: [{id: [1]}]", b"subjects: {a: b}",
    ],
)  # fmt: skip
def test_no_bytes_give_a_traceback(verb: str, given: bytes) -> None:
    done = subprocess.run([sys.executable, "-m", "privity", verb, "-"], input=given, capture_output=True, env=environment())
    assert b"Traceback" not in done.stderr
    if given:
        assert (done.returncode, done.stdout) == (2, b"")
        assert len(done.stderr.splitlines()) == 1
        assert b"\x1b" not in done.stderr


def test_the_last_day_of_the_calendar_has_its_answer() -> None:
    given = "on: 2026-01-01\nplaces: [CA, CO]\nfacts: {purpose: %s, recipient.kind: client, information: whole_chart, %s: 9999-12-31}\n"
    for purpose, clock in (("client_access", "request.received"), ("breach_notice", "breach.discovered"), ("breach_notice", "breach.determined")):
        done = privity("decide", "-", "--json", given=given % (purpose, clock))
        assert done.returncode != 2, done.stderr
        assert "9999-12-31" in json.dumps([duty["due"] for duty in json.loads(done.stdout)["duties"]]), purpose


@pytest.mark.parametrize("json_", [(), ("--json",)])
def test_a_name_with_an_accent_is_answered_on_any_terminal(json_: tuple[str, ...]) -> None:
    given = "on: 2026-01-01\nplaces: [CO]\nsubjects: [{id: Zoë}, {id: Ann, role: partner}]\nfacts: {purpose: curiosity, recipient.kind: media_or_public}\n"
    env = {**environment(), "PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([sys.executable, "-m", "privity", "decide", "-", *json_], input=given.encode(), capture_output=True, env=env)
    assert done.returncode == 11, done.stderr
    if json_:
        assert {part["about"] for part in json.loads(done.stdout)["parts"]} == {"Zoë", "Ann"}
    else:
        assert b"Zo\\xeb" in done.stdout


def test_law_show_prints_the_whole_rule() -> None:
    """Its condition, duties, how much, exceptions, what it excepts, its dates and its check, in every version."""
    from privity.law.expression import ALWAYS, written

    book = opened()
    for section in book.sections:
        for rule in [rule for version in section.versions for rule in version.rules][:2]:
            text = " ".join(whole(rule.id).split())
            versions = [(v, r) for v in section.versions for r in v.rules if r.id == rule.id]
            assert text.count("In force from") == len(versions)
            for version, shown in versions:
                assert f"In force from {version.from_}" in text
                for word in (shown.plain, shown.says, shown.cite, shown.attaches_to, str(shown.checked.on), shown.checked.against, shown.reading, shown.note):
                    assert " ".join(word.split()) in text, (rule.id, word)
                assert shown.when == ALWAYS or " ".join(written(shown.when).split()) in text
                for duty in [d for top in shown.must for d in (top, *top.any_of)]:
                    assert " ".join((duty.plain or duty.do.replace("_", " ")).split()) in text
                    assert duty.due.words in text and duty.due.within in text and duty.due.from_ in text
                for other in (*shown.excepts, shown.parent, *(r.id for r in version.rules if r.parent == shown.id)):
                    assert other in text


def whole(name: str) -> str:
    from privity.cli.show import shown

    return shown(opened(), name)


@cache
def opened() -> Book:
    from privity.law import Book

    return Book.open()


def test_law_show_knows_definitions_privileges_and_what_governs() -> None:
    book = opened()
    versions = [version for section in book.sections for version in section.versions]
    for row in (versions[i].definitions[0] for i in range(len(versions)) if versions[i].definitions):
        assert row.cite in " ".join(whole(row.id).split())
        assert row.id in whole(row.defines)
    privileges = [row for version in versions for row in version.privileges]
    assert privileges
    for row in privileges:
        text = " ".join(whole(row.id).split())
        assert row.holder in text
        assert all(exception.cite in text for exception in row.exceptions)
    for row in [*(m for version in versions for m in version.meanwhile), *book.precedence]:
        assert row.cite in " ".join(whole(row.id).split())


def test_law_show_prints_every_version_and_says_what_is_nearest() -> None:
    name = next(r.id for s in opened().sections if len(s.versions) > 1 for r in s.versions[0].rules if r.id in {x.id for x in s.versions[1].rules})
    done = privity("law", "show", name)
    assert done.returncode == 0
    assert done.stdout.count("In force from") > 1
    done = privity("law", "show", name[:-1] + "~")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "did you mean" in done.stderr
