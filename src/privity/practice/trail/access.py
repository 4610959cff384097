"""The gate to the log's rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .models import About, Event, SignedCheckpoint

PAGE = 50
SORTS = {"newest": "-n", "oldest": "n", "who": "actor", "act": "act"}


@dataclass(frozen=True)
class Seen:
    """One event as a page shows it; `records` only those the reader may know of."""

    n: int
    at: datetime
    actor: UUID
    act: str
    records: tuple[UUID, ...]


def events(
    practice: UUID, *, records: Iterable[UUID] | None = None, actor: UUID | None = None, act: str = "", since: datetime | None = None,
    until: datetime | None = None, sort: str = "newest", before: int | None = None, limit: int = PAGE,
) -> list[Seen]:  # fmt: skip
    """Return events of a practice, at most `limit`. With `records`, only those about one of them, and each names only these.

    `before` is the place (n) of the last event of the page before, for the orders by time.
    """
    rows = Event.objects.filter(practice=practice)
    allowed = None if records is None else set(records)
    if allowed is not None:
        rows = rows.filter(n__in=About.objects.filter(practice=practice, record__in=allowed).values("n"))
    if actor is not None:
        rows = rows.filter(actor=actor)
    if act:
        rows = rows.filter(act__startswith=act)
    if since is not None:
        rows = rows.filter(at__gte=since)
    if until is not None:
        rows = rows.filter(at__lt=until)
    if before is not None and sort in ("newest", "oldest"):
        rows = rows.filter(n__lt=before) if sort == "newest" else rows.filter(n__gt=before)
    order = SORTS[sort]
    found = list(rows.order_by(*([order] if order.endswith("n") else [order, "-n"])).values_list("n", "at", "actor", "act")[:limit])
    told = _records(practice, [row[0] for row in found], allowed)
    return [Seen(n, at, who, what, told.get(n, ())) for n, at, who, what in found]


def _records(practice: UUID, places: Sequence[int], allowed: set[UUID] | None) -> dict[int, tuple[UUID, ...]]:
    told: dict[int, tuple[UUID, ...]] = {}
    for n, record in About.objects.filter(practice=practice, n__in=places).values_list("n", "record"):
        if allowed is None or record in allowed:
            told[n] = (*told.get(n, ()), record)
    return told


def latest_checkpoint(practice: UUID) -> SignedCheckpoint | None:
    """Return the newest signed checkpoint."""
    return SignedCheckpoint.objects.filter(practice=practice).order_by("-size").first()
