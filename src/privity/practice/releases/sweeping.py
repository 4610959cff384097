"""What left and was kept long enough goes: rows of the accounting, copies past their own day, packets nobody sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from privity.practice.agreements.sweeping import later
from privity.practice.people.models import Practice

from .accounting import live
from .consultation_models import Consultation
from .models import Disclosure, Link, Outgoing, Packet, Suspension

ON_ITS_WAY = (Outgoing.State.AUTHORIZED, Outgoing.State.SENDING)  # nobody said yet whether it left


def sweep(practice: Practice, today: date, held: Collection[UUID]) -> dict[str, int]:
    """Destroy what was kept long enough, and return how many of each. What a held record has stays. Within the caller's transaction and event.

    A row of the accounting is kept six years from the day it was told, or written down, whichever is later (45 CFR 164.528(a)(1), (d); 164.530(j)), and as
    long as a suspension keeps it from the client. A copy has a day of its own, and goes after its row.
    """
    rows = Disclosure.objects.filter(practice=practice).exclude(record_id__in=held).select_related("suspension").defer("body")
    told = [one.id for one in rows if later(max(one.on, one.written.astimezone().date())) < today and not _paused(one.suspension, today)]
    Disclosure.objects.filter(id__in=told).delete()
    pauses = Suspension.objects.filter(practice=practice).exclude(record_id__in=held).defer("body")
    free = pauses.filter(~Exists(Disclosure.objects.filter(suspension=OuterRef("pk"))))
    over = [one.id for one in free if later(max(one.ends, one.placed.astimezone().date())) < today]
    Suspension.objects.filter(id__in=over).delete()
    gone = _copies(practice, today, held)
    return {"disclosures": len(told), "suspensions": len(over), "copies": gone, "packets": _unsent(practice, today, held)}


def needed(practice: Practice) -> set[UUID]:
    """Return the decisions on which consultations of records that are kept rest."""
    return set(Consultation.objects.filter(practice=practice, record__shredded=None).values_list("decision", flat=True))


def _paused(pause: Suspension | None, today: date) -> bool:
    return pause is not None and live(pause, today)


def _copies(practice: Practice, today: date, held: Collection[UUID]) -> int:
    rows = Outgoing.objects.filter(practice=practice, keep_until__lt=today).exclude(record_id__in=held).exclude(state__in=ON_ITS_WAY)
    free = rows.filter(~Exists(Disclosure.objects.filter(outgoing=OuterRef("pk"))))
    gone = dict(free.values_list("id", "packet_id"))
    Link.objects.filter(outgoing_id__in=gone).delete()
    Outgoing.objects.filter(id__in=gone).delete()
    Packet.objects.filter(id__in=gone.values()).delete()
    return len(gone)


def _unsent(practice: Practice, today: date, held: Collection[UUID]) -> int:
    """Destroy packets that never left and that nobody touched for as long, and return how many."""
    rows = Packet.objects.filter(practice=practice).exclude(record_id__in=held).exclude(state=Packet.State.GONE).defer("body")
    old = [one.id for one in rows if later(one.saved.astimezone().date()) < today]
    Packet.objects.filter(id__in=old).delete()
    return len(old)
