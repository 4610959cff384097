"""Papers kept long enough go: one that became an authorization after it; any other with its record, six years after it held (45 CFR 164.530(j))."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from privity.practice.people.models import Practice

from .models import Authorization, Scan
from .paper_models import Paper, Signature, Talk
from .sweeping import later


def sweep(practice: Practice, today: date, held: Collection[UUID]) -> int:
    """Destroy papers with their signatures and talks, and return how many; those of held records stay. Within the caller's transaction and event.

    An agreement, a consent and a talk are part of the record: while the record is kept they stay, however old.
    """
    rows = Paper.objects.filter(practice=practice).exclude(record_id__in=held).select_related("record").defer("body")
    talked = set(Talk.objects.filter(practice=practice, paper__record__shredded=None).values_list("paper_id", flat=True))
    gone = [row.id for row in rows if row.id not in talked and (until := _kept_until(row)) is not None and until < today]
    Signature.objects.filter(paper_id__in=gone).delete()
    Talk.objects.filter(paper_id__in=gone).delete()
    Scan.objects.filter(paper_id__in=gone).delete()
    Paper.objects.filter(id__in=gone).delete()
    return len(gone)


def _kept_until(row: Paper) -> date | None:
    """Return the day until which a paper is kept, or None while nothing ends it."""
    written = max(moment.astimezone().date() for moment in (row.offered, row.whole) if moment)
    if row.authorization is not None:  # its row has the clock, and goes first
        return None if Authorization.objects.filter(id=row.authorization).exists() else later(written)
    if row.record.shredded is None:
        return None
    ended = min(moment.astimezone().date() for moment in (row.withdrawn, row.record.closed, row.record.shredded) if moment)
    return later(max(ended, written))
