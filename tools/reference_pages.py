"""Part of `make golden`: writes docs/reference/facts.md, commands.md and law.md from what the program itself knows."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from privity.cli.main import build_parser  # noqa: E402
from privity.law import Book  # noqa: E402

FOLDER = ROOT / "docs" / "reference"


def facts_page(book: Book) -> str:
    """Return every fact with its type, its spoken question and what is taken while nobody has said."""
    rows = ["# Facts", "", "Written by `make golden` from the vocabulary. A fact left out is not known; it is never false.", ""]
    for fact in sorted(book.facts.values(), key=lambda f: f.name):
        kind = fact.is_ + (": " + ", ".join(fact.of) if fact.of else "")
        marks = ["asserted by a professional"] if fact.judgment else []
        marks += ["worked out from others"] if fact.name in book.definitions else []
        marks += [f"presumed {'yes' if fact.presume else 'no'}: {fact.reason}"] if fact.presume is not None else []
        rows += [f"**`{fact.name}`** ({kind}){'; ' + '; '.join(marks) if marks else ''}  ", f"{fact.ask} {fact.help}", ""]
    return "\n".join(rows)


def law_page(book: Book) -> str:
    """Return every section the book holds, with its days and how its rules are known."""
    rows = ["# The law in the book", "", "Written by `make golden` from the library.", ""]
    rows += ["| section | title | in force | rules | text / second hand / memory |", "|---|---|---|---|---|"]
    for section in book.sections:
        marks = Counter(rule.checked.against for version in section.versions for rule in version.rules)
        days = "; ".join(f"{v.from_}{'' if v.until == date.max else f' to {v.until}'}" for v in section.versions)
        known = f"{marks['official']} / {marks['secondary']} / {marks['memory']}"
        rows.append(f"| {section.citation} | {section.title} | {days} | {sum(marks.values())} | {known} |")
    return "\n".join(rows) + "\n"


def commands_page() -> str:
    """Return the help of every command."""
    rows = ["# Commands", "", "Written by `make golden` from the program's own help.", ""]
    rows += ["Exit status of `decide`: 0 required or permitted, 10 with authorization, 11 prohibited, 12 unknown, 13 conflict, 14 in part, 2 bad input.", ""]
    rows += ["Settings: `PRIVITY_HOME` (where used books are kept; `.privity` in the user's home if unset), `PRIVITY_DATA` (a practice's folder),"]
    rows += ["`PRIVITY_KEY` (its root key's file, where it does not lie where the practice's `privity.toml` says). `privity init` writes that file.", ""]

    def add(parser: argparse.ArgumentParser) -> None:
        parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=100)
        rows.extend([f"## `{parser.prog}`", "", "```text", parser.format_help().rstrip(), "```", ""])
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for sub in action.choices.values():
                    add(sub)

    add(build_parser())
    return "\n".join(rows)


def pages() -> dict[str, str]:
    """Return every generated page by its name."""
    book = Book.open()
    return {"facts.md": facts_page(book), "law.md": law_page(book), "commands.md": commands_page()}


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
    print("reference written")


if __name__ == "__main__":
    main()
