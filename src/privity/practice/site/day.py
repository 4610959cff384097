"""What happens once a day, at the first request of somebody signed in: the log is signed."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from privity.practice.keys.held import HeldKeys
from privity.practice.trail import checkpoints
from privity.vault import Locked
from privity.vault.faults import NotProvable, ProofFails

logger = logging.getLogger(__name__)


@dataclass
class Day:
    """Remembers for which day each practice's log was signed, so that the other requests of the day ask nothing."""

    _signed: dict[UUID, date] = field(default_factory=dict)

    def begins(self, keys: HeldKeys, now: datetime) -> None:
        """See that the log is signed for the day. Where the practice is locked, the next request tries again; a log that does not fit is reported."""
        if self._signed.get(keys.practice) == now.date():
            return
        try:
            checkpoints.of_the_day(keys, now)
        except Locked:
            return
        except (ProofFails, NotProvable) as fault:
            logger.error("the log was not signed today: %s", fault)
        self._signed[keys.practice] = now.date()
