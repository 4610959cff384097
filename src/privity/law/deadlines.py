"""Due dates: spans of time as the law names them, counted on the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_UNITS = "hour|day|business_day|week|month|year"
_SPAN = re.compile(rf"(\d+) (?:({_UNITS})s?)( after year end)?")


class BadSpan(ValueError):
    """A span of time nobody can count."""


@dataclass(frozen=True, slots=True)
class Span:
    """A number of units; with `after_year_end` counted from the last day of the starting day's year."""

    number: int
    unit: str
    after_year_end: bool = False


def read_span(text: str) -> Span:
    """Return the span written as `24 hours`, `2 business_days`, `60 days after year end`. Raises BadSpan."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise BadSpan(f"within: {text} is not a number of hours, days, business_days, weeks, months or years")
    return Span(int(found[1]), found[2], bool(found[3]))


def due_at(start: date | datetime, text: str) -> date | datetime:
    """Return the last day, or moment, that is still in time.

    Hours from a day without a time are counted from its first minute, and business days leave out Saturdays and Sundays
    only, so that a computed time is never later than the law's. Nor is the calendar's last day, where the time lies beyond it.
    """
    span = read_span(text)
    try:
        return _counted(start, span)
    except OverflowError:
        return datetime.max.replace(second=0, microsecond=0, tzinfo=getattr(start, "tzinfo", None)) if span.unit == "hour" else date.max


def _counted(start: date | datetime, span: Span) -> date | datetime:
    if span.after_year_end:
        start = date(start.year, 12, 31)
    if span.unit == "hour":
        moment = start if isinstance(start, datetime) else datetime(start.year, start.month, start.day)
        return moment + timedelta(hours=span.number)
    day = start.date() if isinstance(start, datetime) else start
    if span.unit in ("day", "week"):
        return day + timedelta(days=span.number * (7 if span.unit == "week" else 1))
    if span.unit == "business_day":
        return _business_days(day, span.number)
    months = span.number * (12 if span.unit == "year" else 1)
    return _months(day, months)


def _business_days(day: date, number: int) -> date:
    if number > (date.max - day).days:
        raise OverflowError
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5
    return day


def _months(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if year > date.max.year:
        raise OverflowError
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise BadSpan(f"no such day: {day} and {number} months")
