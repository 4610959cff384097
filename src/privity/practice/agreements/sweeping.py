"""What is kept long enough goes: an authorization six years after it last held (45 CFR 164.530(j)), what else a shredded record left six years on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from privity.practice.keys.store import PracticeKeys
from privity.practice.people.models import Practice
from privity.practice.trail import services as trail

from .models import Authorization, Restriction, Scan
from .validity import years_on

YEARS = 6


def sweep(practice: Practice, now: datetime, asked: Collection[UUID] = ()) -> int:
    """Destroy what was kept long enough and return how many papers went; one event for all. What a legal hold stands on stays, and what was `asked` for.

    No key is needed: days and ids lie open, what the papers say is not read.
    """
    today, store, gone = now.astimezone().date(), PracticeKeys(str(practice.uid)), 0
    held = dict.fromkeys(asked, True)
    with transaction.atomic():
        for row in Authorization.objects.filter(practice=practice).select_related("record").defer("terms"):
            if kept_until(row) >= today:
                continue
            if row.record_id not in held:
                held[row.record_id] = bool(store.holds(str(row.record_id)))
            gone += 0 if held[row.record_id] else _destroy(row.id)
        alone = Scan.objects.filter(authorization=None, paper=None).defer("about", "body")  # that nobody ever read
        for rows in (Restriction.objects.defer("terms"), alone):
            for one in rows.filter(practice=practice, record__shredded__isnull=False).select_related("record"):
                shredded = one.record.shredded
                if shredded is not None and later(shredded.astimezone().date()) < today:
                    one.delete()
                    gone += 1
        if gone:
            trail.write(practice.uid, practice.uid, "authorizations.sweep", at=now, count=gone)
    return gone


def kept_until(row: Authorization) -> date:
    """Return the day until which an authorization is kept: six years from the day it last held, or was written down, whichever is later."""
    ends = [row.ends, row.ended, *(moment.astimezone().date() for moment in (row.revoked, row.record.shredded) if moment)]
    if row.with_treatment and row.record.closed:
        ends.append(row.record.closed.astimezone().date())
    known = [day for day in ends if day]
    return later(max(min(known), row.recorded.astimezone().date())) if known else date.max


def _destroy(id: UUID) -> int:
    try:
        with transaction.atomic():
            Scan.objects.filter(authorization_id=id).delete()
            Authorization.objects.filter(id=id).delete()
    except ProtectedError:  # something in a room above rests on it, and is kept longer
        return 0
    return 1


def later(day: date) -> date:
    """Return the same day six years on."""
    return years_on(day, YEARS)
