"""Moments as people here say and write them: in this computer's own time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

OVER_MIDNIGHT = timedelta(hours=8)  # a stop before its start is taken for the next morning up to this length


class TimesTurned(ValueError):
    """The stop does not come after the start."""


def local(moment: datetime) -> datetime:
    """Return a moment in this computer's time."""
    return moment.astimezone()


def day_said(on: date | datetime | None) -> str:
    """Return a day as `Nov 24, 2026`; nothing for none."""
    if on is None:
        return ""
    there = local(on) if isinstance(on, datetime) else on
    return f"{there:%b} {there.day}, {there.year}"


def clock_said(moment: datetime) -> str:
    """Return a time of day as `5:06 pm`."""
    at = local(moment)
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def moment_said(moment: datetime) -> str:
    """Return a moment as `Nov 24, 2026, 5:06 pm`."""
    return f"{day_said(moment)}, {clock_said(moment)}"


def span(on: date, start: time, stop: time) -> tuple[datetime, datetime]:
    """Return when a session began and ended. Raises TimesTurned."""
    began, ended = (datetime.combine(on, at).astimezone() for at in (start, stop))
    if ended < began:
        ended = datetime.combine(on + timedelta(days=1), stop).astimezone()
    if ended == began or ended - began > OVER_MIDNIGHT:
        raise TimesTurned("The stop time is not after the start time. Write both as on the clock.")
    return began, ended


def end_of(on: date) -> datetime:
    """Return the moment at which a day ends here."""
    return datetime.combine(on + timedelta(days=1), time()).astimezone()


def start_of(on: date) -> datetime:
    """Return the moment at which a day begins here."""
    return datetime.combine(on, time()).astimezone()
