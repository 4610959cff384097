"""Attached files as they leave: drawn page by page, with what is blacked on them worked out from boxes somebody set and words somebody named. No event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from privity.practice.pdf import CannotRedact, Mark, apart, prove
from privity.practice.people.access import NotThere
from privity.practice.people.actor import Actor
from privity.practice.records.telling import content

from .making import Leaf, Made
from .packet import Cuts, Spot, base, pattern, without

MOST = 2000  # boxes of one file
Box = tuple[float, float, float, float]
Word = tuple[str, Box]


@dataclass(frozen=True)
class Paged:
    """A page of a file: its size in points, its words, and the boxes on it, first those somebody set, then those of words named for the whole packet."""

    page: int
    width: float
    height: float
    words: tuple[Word, ...]
    spots: tuple[Spot, ...]
    named: tuple[Spot, ...]

    @property
    def stays(self) -> str:
        """The words that stay to be read."""
        return " ".join(word for word, box in self.words if not any(_meets(box, spot) for spot in (*self.spots, *self.named)))

    def over(self, spot: Spot) -> str:
        """Return the words under a box."""
        return " ".join(word for word, box in self.words if _meets(box, spot))


@dataclass(frozen=True)
class File:
    """A file as it leaves."""

    name: str
    pdf: bytes
    pages: tuple[Paged, ...]

    @property
    def marks(self) -> list[Mark]:
        """What is burned in."""
        return [Mark(page, (x0, y0, x1, y1)) for one in self.pages for page, x0, y0, x1, y1 in (*one.spots, *one.named)]

    def burned(self, words: Sequence[str]) -> bytes:
        """Return the file's bytes as they leave. Raises CannotRedact where a word that was named can still be read on a page, and what apart.burn raises."""
        for one in self.pages:
            if prove.told(one.stays, words):
                raise CannotRedact(f"a word you named still stands on page {one.page} of an attached file; set a black box there")
        return apart.burn(self.pdf, self.marks)


def leaf_of(made: Made, document: UUID) -> Leaf:
    """Return a file that is chosen to leave as pictures. Raises NotThere."""
    found = next((leaf for leaf in made.leaves if leaf.one.piece.is_drawn and leaf.one.piece.id == str(document)), None)
    if found is None:
        raise NotThere(f"document {document}")
    return found


def file_of(actor: Actor, made: Made, leaf: Leaf) -> File:
    """Return a file with what is blacked on it. Raises CannotRead."""
    piece, raw = leaf.one.piece, content(actor, made.who.id, UUID(leaf.one.piece.id))
    pdf = raw if piece.ending == "pdf" else apart.paged(raw)
    spots, words = made.plan.cuts.boxes.get(piece.id, ()), made.plan.cuts.words
    pages = []
    for seen, told in apart.texts(pdf):
        mine = tuple(spot for spot in spots if spot[0] == seen.page)
        pages.append(Paged(seen.page, seen.width, seen.height, tuple(told), mine, _inside(named(seen.page, told, words), seen.width, seen.height)))
    return File(leaf.name, pdf, tuple(pages))


def text_of(actor: Actor, made: Made, leaf: Leaf) -> str:
    """Return a file of plain text as it leaves: marked words about somebody else and named words taken out."""
    piece = replace(leaf.one.piece, text=content(actor, made.who.id, UUID(leaf.one.piece.id)).decode("utf-8", "replace"))
    return without(base(piece, third_party=made.others), made.plan.cuts.words)


def named(page: int, told: Sequence[Word], words: Sequence[str]) -> list[Spot]:
    """Return the boxes of named words on a page, each whole word they touch; also where one is broken by a hyphen at the end of a line."""
    asked = pattern(words)
    found: set[int] = set()
    for joined in (False, True) if asked else ():
        text, owners = "", []
        for at, (word, _) in enumerate(told):
            bare = word[:-1] if joined and word[-1:] in "-‐\xad" else f"{word} "
            text += bare
            owners += [at] * len(bare)
        for match in re.finditer(asked, text, re.IGNORECASE):
            found |= set(owners[match.start() : match.end()])
    return together(page, told, found)


def together(page: int, told: Sequence[Word], chosen: Iterable[int]) -> list[Spot]:
    """Return one box for each run of chosen words on a line, so that it does not show how many they are."""
    found: list[Spot] = []
    last = -2
    for at in sorted(set(chosen)):
        x0, y0, x1, y1 = told[at][1]
        if at == last + 1 and _one_line(told[last][1], told[at][1]):
            _, a, b, c, d = found.pop()
            x0, y0, x1, y1 = min(a, x0), min(b, y0), max(c, x1), max(d, y1)
        found.append((page, x0, y0, x1, y1))
        last = at
    return found


def lines(told: Sequence[Word]) -> list[list[int]]:
    """Return a page's words in lines, by their numbers."""
    found: list[list[int]] = []
    for at, (_, box) in enumerate(told):
        if found and _one_line(told[at - 1][1], box):
            found[-1].append(at)
        else:
            found.append([at])
    return found


def _one_line(before: Box, this: Box) -> bool:
    return this[0] >= before[0] and min(before[3], this[3]) - max(before[1], this[1]) > 0.4 * min(before[3] - before[1], this[3] - this[1])


def _meets(box: Box, spot: Spot) -> bool:
    """Tell whether a box is covered at its middle."""
    return spot[1] <= (box[0] + box[2]) / 2 <= spot[3] and spot[2] <= (box[1] + box[3]) / 2 <= spot[4]


def _inside(spots: Iterable[Spot], width: float, height: float) -> tuple[Spot, ...]:
    """Return boxes as far as they lie on the page, to a tenth of a point; what is thinner than that is none."""
    cut = ((page, round(max(0, x0), 1), round(max(0, y0), 1), round(min(width, x1), 1), round(min(height, y1), 1)) for page, x0, y0, x1, y1 in spots)
    return tuple(dict.fromkeys(spot for spot in cut if spot[3] > spot[1] and spot[4] > spot[2]))


@dataclass(frozen=True)
class Said:
    """What somebody did on a page: words and lines ticked by their numbers, boxes drawn in shares of the page from its upper left, a word for all pages."""

    page: int
    words: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()
    drawn: tuple[Box, ...] = ()
    everywhere: str = ""
    away: frozenset[int] = frozenset()


def boxed(file: File, said: Said) -> tuple[tuple[Spot, ...], int]:
    """Return a file's boxes after what was done, and in how many places a word for all pages was found."""
    found: list[Spot] = []
    everywhere = 0
    for one in file.pages:
        new = named(one.page, one.words, [said.everywhere] if said.everywhere.strip() else [])
        everywhere += len(new)
        kept = list(one.spots)
        if one.page == said.page:
            kept = [spot for at, spot in enumerate(kept) if at not in said.away]
            ticked = set(said.words).union(*(line for at, line in enumerate(lines(one.words)) if at in said.lines))
            new += together(one.page, one.words, (at for at in ticked if at < len(one.words)))
            new += [(one.page, x0 * one.width, (1 - y1) * one.height, x1 * one.width, (1 - y0) * one.height) for x0, y0, x1, y1 in said.drawn]
        found += _inside([*kept, *new], one.width, one.height)
    return tuple(found[:MOST]), everywhere


def with_boxes(cuts: Cuts, document: UUID, spots: tuple[Spot, ...]) -> Cuts:
    """Return what is taken out, with a file's boxes."""
    return replace(cuts, boxes={**cuts.boxes, str(document): spots})
