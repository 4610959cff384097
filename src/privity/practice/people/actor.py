"""Who acts, as every gate and verb gets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from privity.practice.keys.held import HeldKeys


@dataclass(frozen=True)
class Actor:
    """A member of staff in one request: who, with which roles, when, with the practice's keys."""

    account: UUID
    practice: UUID  # Practice.uid
    practice_row: int  # Practice.pk
    roles: frozenset[str]
    now: datetime
    keys: HeldKeys
    request: str = ""  # an id of the request, for the log
