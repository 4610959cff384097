"""What a note says about somebody outside the therapy: marked within the text as [[ ... ]], shown as marked, and a class of its own when told."""

from __future__ import annotations

import re
from dataclasses import dataclass

OPENS, CLOSES = "[[", "]]"
SIGNS = re.compile(r"(\[\[|\]\])")
KLASS = "third_party_information"


@dataclass(frozen=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Unpaired:
    """A mark that opens and does not close, closes and does not open, or holds another: the line it stands on."""

    line: int


def pieces(text: str) -> tuple[Piece, ...]:
    """Return the text in pieces, in order, without the signs of the marks. INVARIANT: a mark that never closes reaches to the end; one too many hides more."""
    found, depth, now = [], 0, ""
    for word in SIGNS.split(text):
        if word == OPENS or (word == CLOSES and depth):
            if depth == (0 if word == OPENS else 1):
                found.append(Piece(now, depth > 0))
                now = ""
            depth += 1 if word == OPENS else -1
        else:
            now += word
    found.append(Piece(now, depth > 0))
    return tuple(piece for piece in found if piece.text)


def split(text: str) -> tuple[str, str]:
    """Return the text without what is marked, and what is marked, a line for each mark. What was left out leaves no sign of its length."""
    parts = pieces(text)
    return "".join(" " if one.marked else one.text for one in parts), "\n".join(one.text.strip() for one in parts if one.marked)


def unpaired(text: str) -> Unpaired | None:
    """Return the first mark that stands alone or within another, or None when all are pairs."""
    opened_on = 0
    for line, words in enumerate(text.split("\n"), 1):
        at = 0
        while at < len(words):
            sign = words[at : at + 2]
            if sign == OPENS:
                if opened_on:
                    return Unpaired(opened_on)
                opened_on = line
            elif sign == CLOSES:
                if not opened_on:
                    return Unpaired(line)
                opened_on = 0
            at += 2 if sign in (OPENS, CLOSES) else 1
    return Unpaired(opened_on) if opened_on else None
