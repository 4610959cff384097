"""Clocks drawn as lines on days, wide and narrow; the table below them says the same. Pure: days in, places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_NAME = 34


@dataclass(frozen=True)
class Row:
    """What one line is drawn from. `due` is the day that counts; `ours` says that it is our suggestion and no law's."""

    name: str
    begins: date
    due: date
    says: str
    ours: bool = False
    late: bool = False


@dataclass(frozen=True)
class Tick:
    """A day on the scale."""

    x: str
    says: str
    anchor: str


@dataclass(frozen=True)
class Bar:
    """One line with its name and its end."""

    name: str
    y_name: float
    y: float
    x1: str
    x2: str
    x_end: str
    y_end: float
    x_says: str
    y_says: float
    anchor: str
    says: str
    ours: bool
    late: bool


@dataclass(frozen=True)
class Chart:
    """A drawing: its size, its scale, today, and its lines."""

    width: int
    height: int
    ticks: tuple[Tick, ...]
    today: str
    today_anchor: str
    bars: tuple[Bar, ...]
    foot: int


def drawn(rows: Sequence[Row], today: date, *, wide: bool) -> Chart:
    """Return the drawing of these lines."""
    first = min([today, *(row.begins for row in rows), *(row.due for row in rows)]) - timedelta(2)
    last = max([today, *(row.due for row in rows)]) + timedelta(2)
    width, left, right = (980, 240, 860) if wide else (328, 0, 300)
    per_row, top = (34, 69) if wide else (46, 66)
    days = max(1, (last - first).days)

    def x(on: date) -> float:
        return left + (right - left) * max(0, (on - first).days) / days

    bars = []
    for at, row in enumerate(rows):
        y = top + per_row * at + (0 if wide else 14)
        end = x(row.due)
        room = LONGEST_NAME if wide else 45 - len(row.says)  # on a phone both stand on one line
        name = row.name if len(row.name) <= room else f"{row.name[: room - 1]}…"
        bars.append(
            Bar(
                name, y + 4 if wide else y - 14, y, f"{x(row.begins):.1f}", f"{end:.1f}", f"{end - 3.5:.1f}", y - 6, f"{end + 10:.1f}" if wide else "328",
                y + 4 if wide else y - 14, "start" if wide else "end", row.says, row.ours, row.late,
            )
        )  # fmt: skip
    step = max(7, -(-days // (6 if wide else 3) // 7) * 7)
    marks = [first + timedelta(n) for n in range(0, days, step)]
    ticks = tuple(Tick(f"{x(on):.1f}", f"{on:%b} {on.day}", "start" if at == 0 else "middle") for at, on in enumerate(marks) if x(on) < right - 20)
    height = int(bars[-1].y + 25) if bars else 60
    anchor = "middle" if wide else "start" if x(today) < width - 44 else "end"
    return Chart(width, height, ticks, f"{x(today):.1f}", anchor, tuple(bars), height - 8)
