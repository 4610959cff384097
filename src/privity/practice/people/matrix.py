"""Who may do what: one declared table of role, action, kind and relation. What no row allows is refused, and does not exist for whoever asks.

The rows follow 45 CFR 164.502(b) and 164.514(d)(2) (people see what their work needs), 164.501 and 164.508(a)(2) (psychotherapy notes),
42 CFR 2.12(c)(3) (within a program, those with a need), and the practice's own ties.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .models import Role

OWNER, OFFICER, CLINICIAN, SUPERVISOR, TRAINEE = Role.OWNER, Role.PRIVACY_OFFICER, Role.CLINICIAN, Role.SUPERVISOR, Role.TRAINEE
DESK, BILLER, CUSTODIAN = Role.FRONT_DESK, Role.BILLER, Role.CUSTODIAN
TREATING = (CLINICIAN, SUPERVISOR, TRAINEE)
EVERYONE = tuple(Role)

# What somebody is to a record at this moment. `practice` is what every member of staff is; `barred` takes all other relations away.
TEAM, CASE, SHARED, SUPERVISES, GLASS, AUTHOR, AT_PRACTICE = "team", "case", "shared", "supervises", "glass", "author", "practice"
NAMED = "named"  # one of the two colleagues an author named, after the author's recorded death or incapacity and 72 hours of notice
CARE = (TEAM, CASE)
PAYMENT = "payment"  # the purpose to which whoever bills is held; a plan's audit and what is owed are payment too (45 CFR 164.501)


@dataclass(frozen=True)
class Allowed:
    """One row: these roles, in one of these relations, may do this to this kind."""

    action: str
    kind: str
    roles: tuple[str, ...]
    relations: tuple[str, ...]


MATRIX: tuple[Allowed, ...] = (
    # Who somebody is, and that the record is there.
    Allowed("see", "identity", TREATING, (*CARE, SHARED, SUPERVISES, GLASS)),
    Allowed("see", "identity", (DESK, BILLER, CUSTODIAN), (AT_PRACTICE,)),
    Allowed("change", "identity", TREATING, CARE),
    Allowed("change", "identity", (DESK,), (AT_PRACTICE,)),
    Allowed("create", "record", (*TREATING, DESK), (AT_PRACTICE,)),
    Allowed("close", "record", TREATING, (TEAM,)),
    # Visits: when, how long, with whom, which code.
    Allowed("see", "visit", TREATING, (*CARE, SUPERVISES, GLASS)),
    Allowed("see", "visit", (DESK, BILLER), (AT_PRACTICE,)),
    Allowed("change", "visit", TREATING, CARE),
    Allowed("change", "visit", (DESK,), (AT_PRACTICE,)),
    # The chart. Front desk and biller never see a note.
    Allowed("see", "chart", TREATING, (*CARE, SHARED, SUPERVISES, GLASS)),
    Allowed("see", "chart", (CUSTODIAN,), (AT_PRACTICE,)),
    Allowed("write", "chart", TREATING, CARE),
    Allowed("see", "diagnosis", (BILLER,), (AT_PRACTICE,)),
    # What was agreed: who may be told what. The front desk writes signed papers down.
    Allowed("see", "authorization", TREATING, (*CARE, SUPERVISES, GLASS)),
    Allowed("see", "authorization", (DESK, CUSTODIAN), (AT_PRACTICE,)),
    Allowed("change", "authorization", TREATING, CARE),
    Allowed("change", "authorization", (DESK,), (AT_PRACTICE,)),
    # What the client asked to have kept back is let go again by whoever treats; the front desk writes such a wish down, and ends none.
    Allowed("end", "restriction", TREATING, CARE),
    # Decisions and what leaves under them. The front desk prepares; whoever treats sends.
    Allowed("ask", "decision", TREATING, (*CARE, SUPERVISES)),
    Allowed("ask", "decision", (DESK, BILLER, OFFICER), (AT_PRACTICE,)),
    Allowed("see", "release", TREATING, (*CARE, SUPERVISES)),
    Allowed("see", "release", (DESK, BILLER, OFFICER, CUSTODIAN), (AT_PRACTICE,)),
    Allowed("prepare", "release", TREATING, CARE),
    Allowed("prepare", "release", (DESK, BILLER), (AT_PRACTICE,)),
    Allowed("send", "release", TREATING, CARE),
    Allowed("see", "recipient", (*TREATING, DESK, BILLER, OFFICER, OWNER), (AT_PRACTICE,)),
    Allowed("change", "recipient", (*TREATING, DESK, OFFICER, OWNER), (AT_PRACTICE,)),
    # That a message from the telephone waits, for whom and since when; its words are for whom it was taken.
    Allowed("see", "message", (DESK,), (AT_PRACTICE,)),
    Allowed("see", "request", TREATING, (*CARE, SUPERVISES)),
    Allowed("see", "request", (DESK, OFFICER, CUSTODIAN), (AT_PRACTICE,)),
    Allowed("change", "request", TREATING, CARE),
    Allowed("change", "request", (DESK, OFFICER), (AT_PRACTICE,)),
    # Answering is for whoever treats, or the privacy officer; looking at a refusal again also for a colleague with a shared view (164.524(a)(4)).
    Allowed("decide", "request", TREATING, CARE),
    Allowed("decide", "request", (OFFICER,), (AT_PRACTICE,)),
    Allowed("review", "request", TREATING, (*CARE, SHARED)),
    Allowed("review", "request", (OFFICER,), (AT_PRACTICE,)),
    # Keeping entries from the client's own list (164.528(a)(2)) is weighed by who answers for privacy; the front desk notes that a letter came in.
    Allowed("suspend", "accounting", (OFFICER, OWNER), (AT_PRACTICE,)),
    Allowed("take", "accounting", TREATING, (*CARE, SUPERVISES)),
    Allowed("take", "accounting", (DESK, OFFICER, CUSTODIAN), (AT_PRACTICE,)),
    # A case told to a colleague without saying whose.
    Allowed("see", "consultation", TREATING, (*CARE, SUPERVISES)),
    Allowed("write", "consultation", TREATING, (*CARE, SUPERVISES)),
    Allowed("change", "papers", (OWNER, OFFICER), (AT_PRACTICE,)),
    # A sealed note: its author alone (45 CFR 164.501). Sharing and broken glass never carry it.
    Allowed("see", "sealed_note", TREATING, (AUTHOR,)),
    Allowed("write", "sealed_note", TREATING, CARE),
    Allowed("open", "custody", EVERYONE, (NAMED,)),
    Allowed("record", "absence", (OWNER, OFFICER, CUSTODIAN), (AT_PRACTICE,)),
    Allowed("write", "draft", TREATING, CARE),
    # Ties.
    Allowed("change", "team", (OFFICER,), (AT_PRACTICE,)),
    Allowed("change", "team", TREATING, (TEAM,)),
    Allowed("share", "record", TREATING, (TEAM,)),
    Allowed("bar", "record", (OFFICER,), (AT_PRACTICE,)),
    Allowed("break", "glass", TREATING, (AT_PRACTICE,)),
    Allowed("review", "glass", (OFFICER,), (AT_PRACTICE,)),
    # The trail of a record: those who care for the client, and whoever answers for privacy.
    Allowed("see", "trail", TREATING, (*CARE, SUPERVISES)),
    Allowed("see", "trail", (OFFICER,), (AT_PRACTICE,)),
    # The practice.
    Allowed("see", "staff", EVERYONE, (AT_PRACTICE,)),
    Allowed("change", "staff", (OWNER, OFFICER), (AT_PRACTICE,)),
    Allowed("change", "practice", (OWNER, OFFICER), (AT_PRACTICE,)),
    Allowed("import", "clients", (OWNER, DESK), (AT_PRACTICE,)),
    Allowed("hold", "record", (OFFICER, CUSTODIAN), (AT_PRACTICE,)),
    Allowed("shred", "record", (OFFICER,), (AT_PRACTICE,)),
    Allowed("export", "record", (CUSTODIAN,), (AT_PRACTICE,)),
    Allowed("export", "practice", (OWNER,), (AT_PRACTICE,)),
    Allowed("import", "record", (OWNER,), (AT_PRACTICE,)),
)


def may(roles: Iterable[str], action: str, kind: str, relations: Iterable[str]) -> bool:
    """Tell whether somebody with these roles, in these relations, may do this to this kind. No row, no leave."""
    held, standing = set(roles), set(relations)
    return any(row.action == action and row.kind == kind and held & set(row.roles) and standing & set(row.relations) for row in MATRIX)


def bills_alone(roles: Iterable[str], action: str, kind: str, relations: Iterable[str]) -> bool:
    """Tell whether somebody may do this by the work of billing and by nothing else, and so only what is for payment (45 CFR 164.502(b))."""
    held = set(roles)
    return BILLER in held and not held & {OWNER, OFFICER} and not may(held - {BILLER}, action, kind, relations)


def relations_for(roles: Iterable[str], action: str, kind: str) -> frozenset[str]:
    """Return the relations in which somebody with these roles may do this to this kind."""
    held = set(roles)
    return frozenset(one for row in MATRIX if row.action == action and row.kind == kind and held & set(row.roles) for one in row.relations)
