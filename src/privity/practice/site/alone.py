"""One server on one data folder, with a clock that goes forward."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from privity.practice.trail.models import Event, Head

NAME = "server.lock"
AHEAD = timedelta(minutes=2)  # so far apart two good clocks may stand


class TakenByAnother(Exception):
    """Another server works on this data folder. Its text is one sentence."""


class ClockSetBack(Exception):
    """The clock shows a time before the newest event. Its text is one sentence."""


@contextmanager
def only_server(data: Path) -> Iterator[None]:
    """Hold the data folder; it is free again when this process and those it made have ended. Raises TakenByAnother."""
    handle = os.open(data / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            other = os.read(handle, 20).decode("ascii", "replace").strip() or "unknown"
            raise TakenByAnother(f"Another Privity (process {other}) works on {data}: use that one, or stop it first. Nothing was changed.") from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)


def refuse_old_clock(now: datetime) -> None:
    """Raise ClockSetBack when an event of any practice bears a later moment: what has ended would be open again."""
    for head in Head.objects.filter(size__gt=0):
        newest = Event.objects.get(practice=head.practice, n=head.size - 1).at
        if newest > now + AHEAD:
            there, here = (moment.astimezone(now.tzinfo).strftime("%B %-d, %Y, %H:%M") for moment in (newest, now))
            raise ClockSetBack(
                f"This computer's clock shows {here}, and the newest event on the trail is of {there}: set the clock right and start again; "
                "if the clock is right now and was wrong then, start with --clock-is-right."
            )
