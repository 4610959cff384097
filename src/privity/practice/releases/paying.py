"""Whoever bills and does nothing else here has to do with packets for payment, and with no other (45 CFR 164.502(b), 164.514(d)(2))."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from privity.practice.decisions import access as decisions
from privity.practice.people import matrix
from privity.practice.people.access import NotAllowed, relations
from privity.practice.people.actor import Actor

from .models import Packet


class BeyondPayment(NotAllowed):
    """The packet is not for payment, and whoever asks bills alone."""

    what = "This packet is not for payment, and your work here is billing: you make, open, change and hand on packets for payment alone."
    why = "Whoever bills sees and tells what payment needs, and no more. 45 CFR 164.502(b)"
    now = "Ask the front desk, or whoever treats the client."


def only_payment(actor: Actor, record: UUID, decision: UUID, action: str = "prepare") -> None:
    """Raise BeyondPayment where somebody who bills alone would have to do with a packet of another purpose. For gates and verbs that asked the matrix."""
    if matrix.BILLER not in actor.roles:
        return
    alone = matrix.bills_alone(actor.roles, action, "release", relations(actor, [record]).get(record, frozenset()))
    if alone and decisions.purpose_of(decisions.for_gates(actor, record, decision)) != matrix.PAYMENT:
        raise BeyondPayment(f"packet of decision {decision}")


def theirs(actor: Actor, rows: Iterable[Packet]) -> list[Packet]:
    """Return those of these packets that somebody may see on a list: whoever bills alone, those for payment. For gates alone."""
    every = list(rows)
    if matrix.BILLER not in actor.roles:
        return every
    held = relations(actor, {row.record_id for row in every})
    asked = [row for row in every if matrix.bills_alone(actor.roles, "see", "release", held.get(row.record_id, frozenset()))]
    purposes = decisions.purposes(actor, {row.decision_id for row in asked})
    hidden = {row.id for row in asked if purposes.get(row.decision_id) != matrix.PAYMENT}
    return [row for row in every if row.id not in hidden]
