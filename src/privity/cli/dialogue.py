"""Asking at the terminal, and saying how far a long work is."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Sequence


class NotSaid(Exception):
    """Something has to be said and nobody is there to say it. Its text is one sentence."""


def asked(given: str | None, question: str, flag: str, *, default: str = "", of: Sequence[str] = ()) -> str:
    """Return what the flag gave, or what is typed; asked again until it is one of the choices. Raises NotSaid."""
    while True:
        said = given if given is not None else _line(f"{question}{f' [{default}]' if default else ''}: ", flag) or default
        if said and (not of or said in of):
            return said
        wrong = f"{said or 'nothing'} is none of: {', '.join(of)}" if of else "something has to be said here"
        if given is not None:
            raise NotSaid(f"{flag}: {wrong}")
        print(wrong, file=sys.stderr)


def secret(question: str, flag: str) -> str:
    """Return what is typed unseen; a line of standard input where there is no terminal. Raises NotSaid."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{question}: ")
    return _line(f"{question}: ", flag)


def _line(prompt: str, flag: str) -> str:
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not line:
        raise NotSaid(f"this has to be said: type it, or give it with {flag}")
    return line.strip()


class Progress:
    """Says how far a work is, once it has taken two seconds, and every two seconds after that."""

    def __init__(self, unit: str = "") -> None:
        self.unit, self.began, self.said = unit, time.monotonic(), time.monotonic()

    def __call__(self, what: str, done: int) -> None:
        """Take note of how much is done."""
        now = time.monotonic()
        if now - self.said > 2:
            self.said = now
            number = f"{done / 1e6:,.0f} MB" if self.unit == "MB" else f"{done:,} {self.unit}".strip()
            print(f"{what}: {number}", file=sys.stderr, flush=True)
