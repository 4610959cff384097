"""The night's sweep of what the rooms of "Agree and release" were bound to keep and need keep no longer."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.agreements import paper_sweeping
from privity.practice.decisions import sweeping as decisions
from privity.practice.incidents import sweeping as requests
from privity.practice.keys.models import LegalHold
from privity.practice.keys.store import DATABASE
from privity.practice.people.models import Practice
from privity.practice.releases import sweeping as releases
from privity.practice.trail import services as trail

ACT = "kept.sweep"


def sweep(practice: Practice, now: datetime) -> dict[str, int]:
    """Destroy what was kept long enough and return how many of each; one event for all. What a legal hold or an open request of the client stands on stays.

    No key is needed: days and ids lie open, what is sealed is not read.
    """
    today = now.astimezone().date()
    with transaction.atomic():
        held = _held(practice) | requests.open_on(practice)
        gone = {"requests": requests.sweep(practice, today, held), **releases.sweep(practice, today, held)}
        gone["decisions"] = decisions.sweep(practice, today, held, releases.needed(practice))
        gone["papers"] = paper_sweeping.sweep(practice, today, held)
        found = {name: many for name, many in gone.items() if many}
        if found:
            facts: dict[str, Any] = found
            trail.write(practice.uid, practice.uid, ACT, at=now, count=sum(found.values()), **facts)
    return found


def _held(practice: Practice) -> set[UUID]:
    rows = LegalHold.objects.using(DATABASE).filter(practice=str(practice.uid), lifted=None)
    return {UUID(record) for record in rows.values_list("record", flat=True)}
