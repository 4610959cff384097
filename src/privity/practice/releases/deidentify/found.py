"""A stretch of text that tells who it is about, and how stretches that touch become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .kinds import Kind


@dataclass(frozen=True)
class Hit:
    """A stretch found. `stands_for` is the same for every stretch that means the same; `label` is what takes its place, before it is numbered."""

    start: int
    end: int
    kind: Kind
    label: str
    stands_for: str
    known: bool = False
    numbered: bool = True  # whether several of the same label are told apart by a letter


def settled(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits that do not overlap. At an equal start the longest wins; whatever a later one covers beyond that is covered too, so nothing found is left."""
    found: list[Hit] = []
    for one in sorted(hits, key=lambda hit: (hit.start, -hit.end, not hit.known, hit.label == "Number")):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.end > found[-1].end:
            found[-1] = replace(found[-1], end=one.end)
    return found
