"""What the client restricted (45 CFR 164.522), as a packet must keep to it, piece by piece: what the decision leaves to a visit or a day is settled here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from privity.practice.agreements import restrictions
from privity.practice.agreements.restrictions import Restriction
from privity.practice.people.actor import Actor

# Who may know for payment of what was paid in full: the client's side, and who works here. Whoever else gets it for payment may be, or bill, the plan.
OURS = frozenset({"client", "personal_representative", "parent", "guardian", "practice_staff", "supervisor", "trainee"})
PAID_IN_FULL = "45 CFR 164.522(a)(1)(vi)"
AGREED = "45 CFR 164.522(a)(1)(iii)"


def of(actor: Actor, record: UUID) -> tuple[Restriction, ...]:
    """Return the restrictions that stand on a record. For gates alone."""
    return restrictions.for_gates(actor, record)


def against(
    kept: Collection[Restriction], *, recipient: str, purpose: str, klass: str, visit: UUID | None = None, on: date | None = None,
    days: Mapping[UUID, date] | None = None,
) -> tuple[str, str] | None:  # fmt: skip
    """Return why something must not go to this recipient for this purpose, with its citation; None where nothing stands against it.

    A restriction on some visits keeps back these, and everything of their days; a visit whose day is not known keeps back all of its classes.
    """
    for one in kept:
        to = "payer" if one.self_pay and purpose == "payment" and recipient not in OURS else recipient
        if one.binds(to, purpose) and restrictions.reaching((one,), to, (klass,), _visits(one, visit, on, days or {}), on):
            if one.paid_to(to):
                return "The client paid for this in full and asked that the plan not be told.", PAID_IN_FULL
            return "We agreed with the client not to tell this.", AGREED
    return None


def _visits(one: Restriction, visit: UUID | None, on: date | None, days: Mapping[UUID, date]) -> frozenset[UUID]:
    """Return which of a restriction's visits a piece is of: the visit itself, or what was written on its day. What has no day is of no visit."""
    if visit is not None:
        return frozenset({visit})
    return frozenset(each for each in one.visits if on is not None and days.get(each, on) == on)
