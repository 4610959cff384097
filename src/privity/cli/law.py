"""decide, advise, replay and the law commands. No Django here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from privity.law import BadLaw, BadQuestion, Book, Question, advise, decide, write_manifest
from privity.law.book import ENGINE, LIBRARY, library_hash
from privity.law.cases import run_cases
from privity.law.check import MOST_QUESTIONS, look_over
from privity.law.compare import changes, in_force, whole
from privity.law.keep import keep_book, open_kept
from privity.law.reading import FileReader, load, read_vocabulary
from privity.law.replay import CORE, canonical, core_of, own_hash
from privity.law.written import MOST_BYTES, read_written

from .show import shown
from .words import advice_text, decision_text

BAD_INPUT = (BadQuestion, BadLaw, OSError, UnicodeDecodeError)
EXIT = {"required": 0, "permitted": 0, "with_authorization": 10, "prohibited": 11, "unknown": 12, "conflict": 13, "in_part": 14}


def one_line(error: BaseException) -> str:
    """Return an error as one line, without a machine's details."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)
    if isinstance(error, UnicodeDecodeError):
        return "a file is not UTF-8 text"
    line = " ".join(str(error).split())
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in line)


def keep(book: Book, policies: Path | None) -> None:
    """Keep the book an answer used, so that it can be replayed; an answer is given also where that fails, with a warning."""
    try:
        keep_book(books_folder(), LIBRARY, policies, book.hash)
    except (OSError, RuntimeError) as error:
        print(f"privity: book {book.hash[:12]} could not be kept, so this answer may not replay once the library changes: {one_line(error)}", file=sys.stderr)


def as_json(data: object) -> str:
    """Return data as JSON that standard output can hold, with letters as they are where it can."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    return json.dumps(data, indent=1, ensure_ascii=not utf8)


def books_folder() -> Path:
    """Return where used books are kept: PRIVITY_HOME, or .privity in the user's home."""
    return Path(os.environ.get("PRIVITY_HOME") or Path.home() / ".privity") / "books"


def read_question(name: str, book: Book) -> Question:
    """Return the question of a YAML or JSON file, or of standard input for `-`. Raises OSError, or BadQuestion with file and line."""
    if name == "-":
        text, where = sys.stdin.buffer.read(MOST_BYTES + 1), "standard input"
    else:
        with Path(name).open("rb") as file:
            text, where = file.read(MOST_BYTES + 1), Path(name).name
    return read_written(text, where).question(book, date.today())


def add_commands(commands: Any) -> None:
    """Add the law commands to the parser's subcommands."""
    for name, run in (("decide", run_decide), ("advise", run_advise)):
        sub = commands.add_parser(name, help="answer a question (YAML or JSON; - for standard input)")
        sub.add_argument("question")
        sub.add_argument("--json", action="store_true", help="the whole answer as JSON")
        sub.add_argument("--no-assumptions", action="store_true", help="presume nothing of anybody")
        sub.add_argument("--policies", type=Path, help="a folder of the practice's own rules")
        if name == "decide":
            sub.add_argument("--change", action="store_true", help="also what would change the answer")
        sub.set_defaults(run=run)
    sub = commands.add_parser("replay", help="decide a kept decision again and compare it byte for byte")
    sub.add_argument("decision")
    sub.set_defaults(run=run_replay)
    law = commands.add_parser("law", help="look at, test and check the law")
    verbs = law.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verb(verbs, "facts", run_facts, "the facts a question may state").add_argument("--json", action="store_true")
    _verb(verbs, "list", run_list, "the sections the book holds")
    _verb(verbs, "show", run_show, "one rule, definition or privilege whole, in every version").add_argument("rule")
    test = _verb(verbs, "test", run_test, "run the cases that stand beside the sections")
    test.add_argument("path", nargs="?", type=Path, default=LIBRARY)
    check = _verb(verbs, "check", run_check, "find what no case proves, nobody uses, cannot happen, or asks too much")
    check.add_argument("--no-dialogues", action="store_true")
    _verb(verbs, "coverage", run_coverage, "how much law of each place is held, and how well it is known")
    diff = _verb(verbs, "diff", run_diff, "what changed between two days, or two books")
    diff.add_argument("old")
    diff.add_argument("new")
    diff.add_argument("--place", default="")
    diff.add_argument("--book", action="store_true", help="OLD and NEW are folders or hashes of books")
    files = _verb(verbs, "check-files", run_check_files, "read and type-check law files one by one")
    files.add_argument("path", nargs="?", type=Path, default=LIBRARY)
    _verb(verbs, "manifest", run_manifest, "write the library's hashed manifest anew")


def _verb(verbs: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = verbs.add_parser(name, help=text)
    sub.set_defaults(run=run)
    return sub


def run_decide(args: argparse.Namespace) -> int:
    """Answer a question, keep the book that was used, and exit with the outcome's status."""
    book = Book.open(policies=args.policies)
    question = read_question(args.question, book)
    decision = decide(book, question, assume=not args.no_assumptions)
    data = decision.to_dict(change=args.change)
    keep(book, args.policies)
    print(as_json(data) if args.json else decision_text(data))
    return EXIT[decision.outcome]


def run_advise(args: argparse.Namespace) -> int:
    """Say what must and may be done with what is known."""
    book = Book.open(policies=args.policies)
    data = advise(book, read_question(args.question, book), assume=not args.no_assumptions).to_dict()
    keep(book, args.policies)
    print(as_json(data) if args.json else advice_text(data))
    return 0


def run_replay(args: argparse.Namespace) -> int:
    """Print the canonical core of a kept answer, worked out again with the very book it used; 0 when it is the same bytes."""
    stored = _stored(args.decision)
    if own_hash(stored) != stored["hash"]:
        return _differs("this file is not what its own hash says: it was changed after it was written")
    engines = f"written by engine {stored['engine']}; this is engine {ENGINE}"
    core = stored["core"]
    if core["core"] != CORE:
        return _differs(f"the core has form {core['core']}, and this engine compares form {CORE}: {engines}")
    book = _book_used(str(core["book"]), engines)
    if altered := _beside(stored, core):
        return _differs(f"what this file shows is not what its core says, in {', '.join(altered)}: it was changed after it was written")
    try:
        question = Question.from_dict(stored["question"])
        answer = advise if core["asked"] == "advise" else decide
        again: Any = answer(book, question, assume=core["assume"] is not False).to_dict()["core"]
    except BadQuestion as error:
        return _differs(f"the question is refused now ({error}): {engines}")
    print(canonical(again))
    differing = sorted(key for key in {*again, *core} if canonical(again.get(key)) != canonical(core.get(key)))
    if differing and stored["engine"] == ENGINE:
        return _differs(f"the core differs in {', '.join(differing)}: this program says engine {ENGINE}, as the writer's did, but works otherwise")
    if differing:
        return _differs(f"the core differs in {', '.join(differing)}: {engines}")
    if stored["engine"] != ENGINE:
        print(f"privity: the same core, byte for byte: {engines}", file=sys.stderr)
    return 0


def _beside(stored: dict[str, Any], core: dict[str, Any]) -> list[str]:
    """Return in what an answer, as people read it, and its core do not say the same."""
    try:
        shown: Any = core_of(stored, str(core["asked"]))
    except (KeyError, TypeError, AttributeError):
        return ["what it is made of"]
    return sorted(key for key in {*shown, *core} if canonical(shown.get(key)) != canonical(core.get(key)))


def _differs(why: str) -> int:
    print(f"privity: {one_line(ValueError(why))}", file=sys.stderr)
    return 1


def _stored(name: str) -> dict[str, Any]:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        stored = json.loads(raw)
        core = stored["core"]
        _ = stored["hash"], stored["engine"], stored["question"], core["core"], core["asked"], core["book"], core["assume"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadQuestion("this is not an answer made by privity decide --json or privity advise --json") from None
    return dict(stored)


def _book_used(name: str, engines: str) -> Book:
    """Return the book of a hash: the library as it is, or the kept copy, a practice's own among them. Raises BadLaw."""
    try:
        if library_hash(LIBRARY) == name:
            return Book.open()
        of_practice = Path(os.environ.get("PRIVITY_DATA") or Path.cwd() / ".data") / "books"
        return open_kept(of_practice if (of_practice / f"{name}.zip").exists() else books_folder(), name)
    except BadLaw as error:
        raise BadLaw(f"{error} ({engines})") from None


def run_facts(args: argparse.Namespace) -> int:
    """List the vocabulary."""
    facts, _, _ = read_vocabulary(LIBRARY / "vocabulary")
    if args.json:
        rows = {f.name: {"is": f.is_, "of": list(f.of), "source": f.source, "ask": f.ask, "help": f.help, "judgment": f.judgment,
            "presume": f.presume, "reason": f.reason, "who": list(f.who), "hl7": f.hl7} for f in facts.values()}  # fmt: skip
        print(as_json(rows))
        return 0
    for fact in facts.values():
        print(f"{fact.name}  ({fact.is_}{': ' + ', '.join(fact.of) if fact.of else ''})\n    {fact.ask}")
    return 0


def run_list(args: argparse.Namespace) -> int:
    """List the sections with their dates and how they were checked."""
    for section in Book.open().sections:
        versions = "; ".join(f"from {v.from_}{'' if v.until == date.max else f' to {v.until}'}" for v in section.versions)
        marks = Counter(rule.checked.against for version in section.versions for rule in version.rules)
        print(f"{section.law}.{section.key}  {section.citation}  {section.title}  [{versions}] {dict(marks)}")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Show a rule, definition, privilege or precedence whole, in every version; or a fact's definitions."""
    print(shown(Book.open(), args.rule))
    return 0


def run_test(args: argparse.Namespace) -> int:
    """Run the cases below a path."""
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
    return 1 if failed or not passed else 0


def run_check(args: argparse.Namespace) -> int:
    """Look over the whole library; 1 when something must be mended."""
    found = look_over(Book.open(), LIBRARY, date.today(), talk=not args.no_dialogues)
    for title, rows in (
        ("rules no case makes live", found.undecided), ("rules whose absence would change no case", found.indecisive),
        ("rules that can never live", found.impossible), ("rules of one section that can disagree", found.contradictions),
        ("rules of different sections that can disagree, which is then a conflict for counsel", found.between_sections), ("facts no rule reads", found.unused),
    ):  # fmt: skip
        print(f"{title}: {len(rows)}")
        for row in rows:
            print(f"    {row}")
    if found.longest:
        counts = sorted(row[0] for row in found.longest)
        print(f"dialogues: {len(counts)}, median {counts[len(counts) // 2]} questions, longest {counts[-1]} (at most {MOST_QUESTIONS})")
        for questions, place, purpose, recipient in found.longest[:5]:
            print(f"    {questions} questions: {place} {purpose} {recipient}")
    return 1 if found.failed() else 0


def run_coverage(args: argparse.Namespace) -> int:
    """Count what the book holds, from the files."""
    book = Book.open()
    for place in ("us", *(state.lower() for state in book.states)):
        rules = [rule for rule in book.rules.values() if rule.place == place]
        sections = [section for section in book.sections if section.law.split(".")[0] == place]
        marks = Counter(rule.checked.against for rule in rules)
        known = f"read in the text {marks['official']}, second hand {marks['secondary']}, from memory {marks['memory']}"
        print(f"{place.upper()}: {len(sections)} sections, {len(rules)} rules; {known}")
    return 0


def run_diff(args: argparse.Namespace) -> int:
    """Show what changed between two days, or between two books."""
    if args.book:
        books = [_book_of(name) for name in (args.old, args.new)]
        _known_place(args.place, *books)
        before, after = (whole(book, args.place) for book in books)
    else:
        book = Book.open()
        _known_place(args.place, book)
        before, after = (in_force(book, _day(text), args.place) for text in (args.old, args.new))
    count = 0
    for change in changes(before, after):
        count += 1
        print(f"{change.kind:8} {change.id}  [{change.cite}] {change.plain}")
    print(f"{count} changes")
    return 0


def _known_place(place: str, *books: Book) -> None:
    """Raise BadQuestion where a place is named that none of the books holds."""
    held = sorted({state for book in books for state in book.states})
    if place and place.upper() not in ("US", *held):
        raise BadQuestion(f"--place: the book holds no law of {place[:20]}; it holds US, {', '.join(held)}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(f"{text} is not a day written like 2026-03-31") from None


def _book_of(name: str) -> Book:
    return Book.read(Path(name)) if Path(name).is_dir() else open_kept(books_folder(), name)


def run_check_files(args: argparse.Namespace) -> int:
    """Read and type-check law files, each by itself."""
    facts, groups, _ = read_vocabulary(LIBRARY / "vocabulary")
    wrong = 0
    paths = [args.path] if args.path.is_file() else sorted(args.path.rglob("*.yaml"))
    for path in paths:
        if path.name.endswith(".cases.yaml") or path.parent.name == "vocabulary":
            continue
        try:
            top = load(path.read_text("utf-8"), path.name)
            reader = FileReader(path.name, facts, groups)
            mapping = reader.mapping(top, None, "file")
            if "precedence" in mapping:
                reader.precedence(mapping)
            else:
                reader.section(mapping)
        except BadLaw as error:
            wrong += 1
            print(error)
    print(f"{len(paths)} files looked at, {wrong} wrong")
    return 1 if wrong else 0


def run_manifest(args: argparse.Namespace) -> int:
    """Write the manifest anew."""
    write_manifest()
    print("manifest written")
    return 0
