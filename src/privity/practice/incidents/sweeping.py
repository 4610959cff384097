"""Clients' requests kept long enough go, with their steps and letters: six years after they ended (45 CFR 164.524(e), 164.526(f), 164.528(d), 164.530(j))."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max

from privity.practice.agreements.sweeping import later
from privity.practice.people.models import Practice

from .models import ClientRequest, RequestLetter, RequestStep


def sweep(practice: Practice, today: date, held: Collection[UUID]) -> int:
    """Destroy requests and return how many; an open one stays, unless its record was shredded so long ago. Within the caller's transaction and event."""
    rows = ClientRequest.objects.filter(practice=practice).exclude(record_id__in=held).select_related("record").defer("body")
    last = dict(RequestStep.objects.filter(practice=practice).values_list("request_id").annotate(Max("at")))
    gone = []
    for row in rows:
        shredded = row.record.shredded.astimezone().date() if row.record.shredded else None
        ended = row.ended or shredded
        touched = (last.get(row.id) or row.written).astimezone().date()
        if ended is not None and later(max(ended, touched)) < today:
            gone.append(row.id)
    RequestLetter.objects.filter(request_id__in=gone).delete()
    RequestStep.objects.filter(request_id__in=gone).delete()
    ClientRequest.objects.filter(id__in=gone).delete()
    return len(gone)


def open_on(practice: Practice) -> set[UUID]:
    """Return the records, not shredded, on which a request still runs: what answers it is not destroyed under it."""
    return set(ClientRequest.objects.filter(practice=practice, ended=None, record__shredded=None).values_list("record_id", flat=True))
