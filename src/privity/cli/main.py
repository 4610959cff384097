"""`privity`: the commands, each in one line of help. Law and log commands start without Django, but for the one that reads the database."""

from __future__ import annotations

import argparse
import io
import sys
from typing import NoReturn

from . import law, log, pages, practice, trail


class OneLine(argparse.ArgumentParser):
    """A parser whose refusal is one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {law.one_line(ValueError(message))}; see {self.prog} --help\n")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = OneLine(prog="privity", description="May I tell? Law as data, with its citation and its day. Not legal advice.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    law.add_commands(commands)
    trail.add_commands(log.add_commands(commands))
    practice.add_commands(commands)
    pages.add_commands(commands)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit status; 2 with one line on bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still gets its answer
    parser = build_parser()
    try:
        args = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        return int(args.run(args))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (*law.BAD_INPUT, *log.BAD_INPUT, *pages.BAD_INPUT, trail.NotWritten) as error:
        print(f"privity: {law.one_line(error)}", file=sys.stderr)
        return 2
