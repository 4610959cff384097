"""What the client restricted (45 CFR 164.522), as a packet must keep to it. The room that keeps restrictions may not be there yet: then there are none."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor

PLANS = frozenset({"payer", "other_insurer", "workers_compensation"})
PAYING = frozenset({"payment", "operations", "quality_review"})
CARE_AND_MONEY = frozenset({*PAYING, "treatment", "supervision", "consultation", "training", "business_service", "involve_family", "notify_family"})
PAID_IN_FULL = "45 CFR 164.522(a)(1)(vi)"
AGREED = "45 CFR 164.522(a)(1)(iii)"


def of(actor: Actor, record: UUID) -> tuple[Any, ...]:
    """Return the restrictions that stand on a record. For gates alone."""
    try:
        room = import_module("privity.practice.agreements.restrictions")
    except ModuleNotFoundError as missing:
        if missing.name != "privity.practice.agreements.restrictions":
            raise
        return ()
    return tuple(room.for_gates(actor, record))


def against(restrictions: Collection[Any], *, recipient: str, purpose: str, klass: str) -> tuple[str, str] | None:
    """Return why a class of information must not go to this recipient for this purpose, with its citation; None where nothing stands against it."""
    for one in restrictions:
        if one.classes and klass not in one.classes:
            continue
        if one.self_pay and recipient in PLANS and purpose in PAYING:
            return "The client paid for this in full and asked that the plan not be told.", PAID_IN_FULL
        if not one.self_pay and one.recipient_kind in ("", None, recipient) and purpose in CARE_AND_MONEY:
            return "We agreed with the client not to tell this.", AGREED
    return None
