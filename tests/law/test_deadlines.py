"""Due dates, counted once more by walking day by day."""

from __future__ import annotations

import calendar
import random
from datetime import date, datetime, timedelta

import pytest

from privity.law.deadlines import BadSpan, due_at, read_span


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        (date(2026, 3, 1), "30 days", date(2026, 3, 31)),
        (date(2024, 2, 29), "1 year", date(2025, 2, 28)),
        (date(2024, 2, 29), "4 years", date(2028, 2, 29)),
        (date(2026, 1, 31), "1 month", date(2026, 2, 28)),
        (date(2023, 12, 31), "1 day", date(2024, 1, 1)),
        (date(2026, 11, 27), "2 business_days", date(2026, 12, 1)),
        (date(2026, 11, 28), "1 business_day", date(2026, 11, 30)),
        (date(2023, 6, 1), "60 days after year end", date(2024, 2, 29)),
        (date(2026, 6, 1), "60 days after year end", date(2027, 3, 1)),
        (datetime(2026, 11, 20, 17, 5), "24 hours", datetime(2026, 11, 21, 17, 5)),
        (datetime(2026, 3, 8, 1, 30), "36 hours", datetime(2026, 3, 9, 13, 30)),
        (date(2026, 11, 20), "24 hours", datetime(2026, 11, 21, 0, 0)),
    ],
)
def test_a_due_date(start: date, span: str, due: date) -> None:
    assert due_at(start, span) == due


def test_a_thousand_spans_counted_by_walking() -> None:
    chance = random.Random(5)
    for _ in range(500):
        start = date(2019, 1, 1) + timedelta(days=chance.randrange(4000))
        number = chance.randrange(0, 90)
        walked, left = start, number
        while left:
            walked += timedelta(days=1)
            left -= calendar.day_name[walked.weekday()] not in ("Saturday", "Sunday")
        assert due_at(start, f"{number} business_days") == walked
        day = start
        for _ in range(number):
            day += timedelta(days=1)
        assert due_at(start, f"{number} days") == day


@pytest.mark.parametrize("text", ["soon", "30", "days", "-3 days", "3 fortnights", "3 days after lunch", ""])
def test_a_span_nobody_can_count_is_refused(text: str) -> None:
    with pytest.raises(BadSpan):
        read_span(text)


@pytest.mark.parametrize("span", ["24 hours", "2 business_days", "60 days", "9 weeks", "1 month", "10 years", "60 days after year end", "99999999999 days"])
@pytest.mark.parametrize("start", [date(9999, 12, 31), datetime(9999, 12, 31, 23, 59)])
def test_a_time_beyond_the_calendar_is_its_last_day_never_an_error(start: date, span: str) -> None:
    assert due_at(start, span).isoformat() >= "9999-12-31"


@pytest.mark.parametrize("span", ["18 months", "60 days"])
def test_a_time_just_within_the_calendar_is_counted(span: str) -> None:
    assert due_at(date(9998, 1, 1), span).isoformat() < "9999-12-31"
