"""Every address of the house, and what the matrix must allow whoever opens it. A page without a row here fails the walk of tests/keep/test_doors.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

Need = tuple[str, str] | None  # an action and a kind of the matrix; None where anybody who gets this far may


class To(Enum):
    """To what somebody must stand in a relation."""

    NOBODY = "the desk and the way in: nothing about a client is there"
    SELF = "whoever is signed in, about nobody but themselves"
    PRACTICE = "the practice"
    RECORD = "the record in the address"
    SOME = "any record at all: the page holds those one may see"


@dataclass(frozen=True)
class Door:
    """What a page asks of whoever looks (GET) and of whoever acts (POST)."""

    to: To
    look: Need = None
    act: Need = None


def _at_practice(*both: str, act: Need = None) -> Door:
    return Door(To.PRACTICE, (both[0], both[1]), act or (both[0], both[1]))


def _at_record(look: Need, act: Need = None) -> Door:
    return Door(To.RECORD, look, act or look)


DESK, SELF = Door(To.NOBODY), Door(To.SELF)
SEE, CHANGE, CHART, WRITE = ("see", "identity"), ("change", "identity"), ("see", "chart"), ("write", "chart")
DOORS: Mapping[str, Door] = {
    **dict.fromkeys(("start", "ask", "answer", "danger", "law", "rule"), DESK),
    "profile": Door(To.PRACTICE, None, ("change", "practice")),
    "trail": Door(To.SOME, ("see", "trail"), ("see", "trail")),
    "trail-take": Door(To.SOME, ("see", "trail"), ("see", "trail")),
    "trail-sign": _at_practice("see", "trail"),
    "break-glass": _at_practice("break", "glass"),
    "glass-reviews": _at_practice("review", "glass"),
    "glass-review": _at_practice("review", "glass"),
    **dict.fromkeys(("import", "import-map", "import-run", "import-drop"), _at_practice("import", "clients")),
}
