"""decide, advise, replay and the law commands. No Django here."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from privity.law import BadLaw, BadQuestion, Book, Question, advise, decide, write_manifest
from privity.law.book import LIBRARY
from privity.law.cases import run_cases
from privity.law.reading import FileReader, Lined, load, read_vocabulary

BAD_INPUT = (BadQuestion, BadLaw, OSError, UnicodeDecodeError)
EXIT = {"required": 0, "permitted": 0, "with_authorization": 10, "prohibited": 11, "unknown": 12, "conflict": 13, "in_part": 14}


def one_line(error: BaseException) -> str:
    """Return an error as one line, without a machine's details."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8 text"
    return " ".join(str(error).split())


def read_question(name: str) -> Question:
    """Return the question of a YAML or JSON file, or of standard input for `-`. Raises BadQuestion or OSError."""
    text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    shown = "standard input" if name == "-" else Path(name).name
    try:
        raw = json.loads(text) if text.lstrip().startswith("{") and name.endswith(".json") else load(text, shown)
    except (BadLaw, json.JSONDecodeError, RecursionError) as error:
        raise BadQuestion(str(error) or f"{shown}: cannot be read") from None
    return Question.from_dict(_typed(raw), today=date.today())


def _typed(raw: object) -> object:
    if isinstance(raw, Lined):
        return {name: _typed(value) for name, value in raw.items()}
    return [_typed(value) for value in raw] if isinstance(raw, list) else raw


def add_commands(commands: Any) -> None:
    """Add the law commands to the parser's subcommands."""
    for name, run in (("decide", run_decide), ("advise", run_advise)):
        sub = commands.add_parser(name, help="answer a question (YAML or JSON; - for standard input)")
        sub.add_argument("question")
        sub.add_argument("--json", action="store_true")
        sub.add_argument("--no-assumptions", action="store_true")
        sub.add_argument("--policies", type=Path, help="a folder of the practice's own rules")
        if name == "decide":
            sub.add_argument("--change", action="store_true", help="also what would change the answer")
        sub.set_defaults(run=run)
    sub = commands.add_parser("law", help="look at, test and check the law")
    verbs = sub.add_subparsers(dest="verb", required=True, metavar="VERB")
    test = verbs.add_parser("test", help="run the cases")
    test.add_argument("path", nargs="?", type=Path, default=LIBRARY)
    test.set_defaults(run=run_test)
    files = verbs.add_parser("check-files", help="read and type-check law files, one by one")
    files.add_argument("path", nargs="?", type=Path, default=LIBRARY)
    files.set_defaults(run=run_check_files)
    manifest = verbs.add_parser("manifest", help="write the manifest anew")
    manifest.set_defaults(run=run_manifest)


def run_decide(args: argparse.Namespace) -> int:
    decision = decide(Book.read(policies=args.policies), read_question(args.question), assume=not args.no_assumptions)
    data = decision.to_dict(change=args.change)
    print(json.dumps(data, indent=1, ensure_ascii=False) if args.json else json.dumps(data, indent=1)[:3000])
    return EXIT[decision.outcome]


def run_advise(args: argparse.Namespace) -> int:
    data = advise(Book.read(policies=args.policies), read_question(args.question), assume=not args.no_assumptions).to_dict()
    print(json.dumps(data, indent=1, ensure_ascii=False))
    return 0


def run_test(args: argparse.Namespace) -> int:
    book = Book.read()
    passed = failed = 0
    for result in run_cases(book, args.path):
        if result.failures:
            failed += 1
            print(f"FAILED {result.path}: {result.name}")
            for failure in result.failures:
                print(f"    {failure}")
        else:
            passed += 1
    print(f"law: {passed} passed, {failed} failed")
    return 1 if failed else 0


def run_check_files(args: argparse.Namespace) -> int:
    facts, groups, _ = read_vocabulary(LIBRARY / "vocabulary")
    wrong = 0
    paths = [args.path] if args.path.is_file() else sorted(args.path.rglob("*.yaml"))
    for path in paths:
        if path.name.endswith(".cases.yaml") or path.parent.name == "vocabulary":
            continue
        try:
            top = load(path.read_text("utf-8"), path.name)
            reader = FileReader(path.name, facts, groups)
            reader.precedence(top) if isinstance(top, Lined) and "precedence" in top else reader.section(reader.mapping(top, None, "file"))
        except BadLaw as error:
            wrong += 1
            print(error)
    print(f"{len(paths)} files looked at, {wrong} wrong")
    return 1 if wrong else 0


def run_manifest(args: argparse.Namespace) -> int:
    write_manifest()
    return 0
