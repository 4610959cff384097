"""Every address of the house, and what the matrix must allow whoever opens it. A page without a row here fails the walk of tests/keep/test_doors.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

Need = tuple[str, str] | None  # an action and a kind of the matrix; None where anybody who gets this far may


class To(Enum):
    """To what somebody must stand in a relation."""

    NOBODY = "the desk and the way in: nothing about a client is there"
    TICKET = "the keys' origin: a ticket, and no session, opens it"
    SELF = "whoever is signed in: what is theirs, and of clients only those they may know"
    PRACTICE = "the practice"
    RECORD = "the record in the address"
    SOME = "any record at all: the page holds those one may see"


@dataclass(frozen=True)
class Door:
    """What a page asks of whoever looks (GET) and of whoever acts (POST). `numbered` lets in by the record's number, without knowing whose it is."""

    to: To
    look: Need = None
    act: Need = None
    numbered: tuple[tuple[str, str], ...] = ()


def _same(names: str, door: Door) -> dict[str, Door]:
    return dict.fromkeys(names.split(), door)


def _practice(action: str, kind: str) -> Door:
    return Door(To.PRACTICE, (action, kind), (action, kind))


def _record(action: str, kind: str, *numbered: tuple[str, str]) -> Door:
    return Door(To.RECORD, (action, kind), (action, kind), numbered)


TEAM, HOLD, SUSPEND = ("change", "team"), ("hold", "record"), ("suspend", "accounting")
DOORS: Mapping[str, Door] = {
    **_same("start ask answer danger law rule demo locked", Door(To.NOBODY)),
    **_same("sign-in sign-in-code sign-in-passkey sign-in-recovery set-up-begin set-up set-up-codes", Door(To.NOBODY)),
    **_same("paper-sign paper-link", Door(To.NOBODY)),  # by a link alone, and of clients only the one paper it leads to
    "link": Door(To.NOBODY),  # whoever has the address still needs the code; nobody is named before
    "profile": Door(To.PRACTICE, None, ("change", "practice")),
    "letterhead": _practice("change", "papers"),
    # One's own account, keys and sealed notes' custody.
    **_same("prove sign-out session-left session-stay me me-passkey me-password me-codes", Door(To.SELF)),
    **_same("sealed-setup sealed-setup-open custody custody-open custody-here custody-ask custody-stop who-can-read", Door(To.SELF)),
    "custody-absence": _practice("record", "absence"),
    "sealed-api": Door(To.TICKET),
    # The practice and its staff.
    "staff": _practice("see", "staff"),
    "units": _practice("change", "practice"),
    **_same("staff-add account", _practice("change", "staff")),
    **_same("import import-map import-run import-drop", _practice("import", "clients")),
    # Clients.
    "clients": Door(To.SELF),
    "client-new": _practice("create", "record"),
    "client": _record("see", "identity", TEAM, HOLD),
    "client-change": _record("change", "identity"),
    "client-quiet": _record("write", "chart"),
    **_same("client-tie client-untie client-unit client-unit-off", _record(*TEAM, TEAM)),
    **_same("client-close client-reopen", _record("close", "record")),
    **_same("client-hold client-lift", _record(*HOLD, HOLD)),
    # Visits and the chart.
    "today": Door(To.SELF),
    **_same("visit-new visit-mark", _record("change", "visit")),
    **_same("visit-codes visit-diagnosis", _record("see", "diagnosis")),
    **_same("chart document", _record("see", "chart")),
    **_same("entry entry-amend document-new", _record("write", "chart")),
    "draft": _record("write", "draft"),
    # What was agreed.
    "authorizations-ending": Door(To.SOME, ("see", "authorization"), ("see", "authorization")),
    **_same("authorizations authorization authorization-letter authorization-scan authorization-picture", _record("see", "authorization")),
    **_same("authorization-begin authorization-new authorization-revoke authorization-ended authorization-confirm", _record("change", "authorization")),
    **_same("authorization-scan-add authorization-scan-drop", _record("change", "authorization")),
    "restriction-end": _record("end", "restriction"),
    "restrictions": Door(To.RECORD, ("see", "authorization"), ("change", "authorization")),
    # What was asked about a client, and decided.
    **_same("question question-answer question-keep decisions decision decision-replay decision-file", _record("ask", "decision")),
    "client-call": _record("see", "authorization"),
    **_same("call call-done", Door(To.SELF)),
    **_same("papers paper-kind paper-edit paper-reading", _practice("change", "papers")),
    **_same("record-papers record-paper", _record("see", "authorization")),
    **_same("paper-offer paper-file paper-hand paper-send paper-withdraw", _record("change", "authorization")),
    "paper-talk": _record("write", "chart"),
    # A colleague is asked.
    "consult": Door(To.RECORD, ("see", "consultation"), ("write", "consultation")),
    "consultation": Door(To.RECORD, ("see", "consultation"), ("write", "consultation")),
    **_same("sealed sealed-open", _record("write", "sealed_note")),
    # Requests of clients. The privacy officer answers them by the record's number, without knowing whose it is.
    "requests": Door(To.SOME, ("see", "request"), ("see", "request")),
    **_same("client-requests request", _record("see", "request", ("decide", "request"))),
    "request-letter": _record("see", "request"),
    **_same("request-new request-step", _record("change", "request", ("decide", "request"))),
    "request-decide": _record("decide", "request", ("decide", "request")),
    "request-review": _record("review", "request", ("decide", "request")),
    # What leaves.
    "releases": Door(To.SOME, ("see", "release"), ("see", "release")),
    **_same("release-choices restored", _practice("change", "practice")),
    "recipients": _practice("see", "recipient"),
    **_same("recipient-new recipient", _practice("change", "recipient")),
    "packet": _record("prepare", "release"),
    **_same("packet-send packet-file packet-file-page release-hand release-copy release-settle release-shut", _record("send", "release")),
    "release": _record("see", "release"),
    "accounting-take": _record("take", "accounting"),
    "told": Door(To.SOME, ("prepare", "release"), ("prepare", "release")),
    "accounting": _record("see", "release", SUSPEND),
    "accounting-add": _record("prepare", "release"),
    "accounting-note": _record("change", "request"),
    **_same("accounting-suspend accounting-follow accounting-lift", _record(*SUSPEND, SUSPEND)),
    # The trail and broken glass.
    **_same("trail trail-take", Door(To.SOME, ("see", "trail"), ("see", "trail"))),
    "trail-sign": _practice("see", "trail"),
    "break-glass": _practice("break", "glass"),
    **_same("glass-reviews glass-review", _practice("review", "glass")),
}
