"""That the practice was brought back from a backup, and nobody has gone through yet what was taken back or ended after that backup was made.

The log says so: a restore writes its event before anybody can come in. INVARIANT: from then on nothing leaves until the privacy officer or the owner wrote that
they looked. A backup of a practice in which nobody has looked brings that back with it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from django.urls import reverse

from privity.practice.trail import access as events

from .access import NotAllowed
from .times import moment_said

RESTORE, LOOK = "practice.restore", "restore.look"


class Unlooked(NotAllowed):
    """Nothing leaves: the practice was brought back, and nobody has looked yet."""

    title = "Nothing leaves just now"
    why = "An authorization, a restriction or an account may have ended since, and it would count here again. 45 CFR 164.508(b)(5), 164.522(a), 164.308(a)(7)"
    now = "Ask the privacy officer or the owner. They go through it from their page Today, and then this goes on."

    def __init__(self, since: str) -> None:
        super().__init__(since)
        self.what, self.to = f"{told(since)} So nothing leaves.", reverse("today")


def told(since: str) -> str:
    """Return what everybody is told."""
    return f"This practice was brought back from a backup of {since}. What was taken back since then is not known here."


def unlooked(practice: UUID) -> str:
    """Return of which moment the oldest backup is behind which nobody has looked, in words; nothing where all is looked through. One short look at the log."""
    made: list[int] = []
    for one in events.newest(practice, (RESTORE, LOOK)):
        if one.act == LOOK:
            break
        made.append(int(one.facts.get("made", 0)))
    if not made:
        return ""
    return moment_said(datetime.fromtimestamp(min(made), UTC)) if all(made) else "a moment that nobody wrote down"


def require_looked(practice: UUID) -> None:
    """Raise Unlooked while nobody has looked behind the backup from which the practice was brought back."""
    if since := unlooked(practice):
        raise Unlooked(since)
