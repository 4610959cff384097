"""Decisions kept long enough go: six years after they were made, or after they last stood (45 CFR 164.530(j))."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from privity.practice.agreements.sweeping import later
from privity.practice.people.models import Practice

from .models import FrozenDecision


def sweep(practice: Practice, today: date, held: Collection[UUID], needed: Collection[UUID]) -> int:
    """Destroy frozen decisions and return how many. Those of held records stay, those that something kept still `needs`, and those a packet rests on.

    Within the caller's transaction and event.
    """
    rows = FrozenDecision.objects.filter(practice=practice).exclude(record_id__in=held).defer("body")
    return sum(_destroy(row.id) for row in rows if row.id not in needed and kept_until(row) < today)


def kept_until(row: FrozenDecision) -> date:
    """Return the day until which a decision is kept."""
    return later(max(moment.astimezone().date() for moment in (row.made, row.reopened) if moment))


def _destroy(id: UUID) -> int:
    try:
        with transaction.atomic():
            FrozenDecision.objects.filter(id=id).delete()
    except ProtectedError:  # a packet rests on it, and is kept longer
        return 0
    return 1
