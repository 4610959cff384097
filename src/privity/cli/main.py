"""`privity`: the commands, each in one line of help. Law commands start without Django."""

from __future__ import annotations

import argparse
import sys

from . import law, log


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    parser = argparse.ArgumentParser(prog="privity", description="May I tell? Law as data, with its citation and its day. Not legal advice.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    law.add_commands(commands)
    log.add_commands(commands)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit status; 2 with one line on bad input."""
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
    except (*law.BAD_INPUT, *log.BAD_INPUT) as error:
        print(f"privity: {law.one_line(error)}", file=sys.stderr)
        return 2
