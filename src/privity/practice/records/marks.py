"""What a note says about somebody outside the therapy: marked within the text as [[ ... ]], shown as marked, and a class of its own when told."""

from __future__ import annotations

from dataclasses import dataclass

OPENS, CLOSES = "[[", "]]"
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
    found, depth, at = [], 0, 0
    now = ""
    while at < len(text):
        sign = text[at : at + 2]
        if sign == OPENS or (sign == CLOSES and depth):
            if (sign == OPENS and not depth) or (sign == CLOSES and depth == 1):
                found.append(Piece(now, depth > 0))
                now = ""
            depth += 1 if sign == OPENS else -1
            at += 2
        else:
            now += text[at]
            at += 1
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
