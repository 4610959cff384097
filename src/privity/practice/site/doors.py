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
    by_number: bool = False  # whoever answers for teams or holds gets here as well, and sees the record's number in place of names


def _at_practice(*both: str, act: Need = None) -> Door:
    return Door(To.PRACTICE, (both[0], both[1]), act or (both[0], both[1]))


def _at_record(look: Need, act: Need = None) -> Door:
    return Door(To.RECORD, look, act or look)


BY_NUMBER = (("change", "team"), ("hold", "record"))
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
    "today": Door(To.SOME),
    "visit-new": _at_record(("change", "visit")),
    "visit-mark": _at_record(("change", "visit")),
    "clients": Door(To.SOME, SEE, SEE, by_number=True),
    "client-new": _at_practice("create", "record"),
    "client": Door(To.RECORD, SEE, SEE, by_number=True),
    "client-change": _at_record(CHANGE),
    "client-quiet": _at_record(WRITE),
    "client-tie": Door(To.RECORD, ("change", "team"), ("change", "team"), by_number=True),
    "client-untie": Door(To.RECORD, ("change", "team"), ("change", "team"), by_number=True),
    "client-close": _at_record(("close", "record")),
    "client-reopen": _at_record(("close", "record")),
    "client-hold": Door(To.RECORD, ("hold", "record"), ("hold", "record"), by_number=True),
    "client-lift": Door(To.RECORD, ("hold", "record"), ("hold", "record"), by_number=True),
    **dict.fromkeys(("chart", "document"), _at_record(CHART)),
    **dict.fromkeys(("entry", "entry-amend", "draft", "document-new"), _at_record(WRITE)),
    **dict.fromkeys(("import", "import-map", "import-run", "import-drop"), _at_practice("import", "clients")),
}
