"""Columns that several rooms share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Days = models.DateTimeField[Any, Any]
else:
    Days = models.DateTimeField


class Moment(Days):
    """A moment in time: aware in Python, kept as UTC. Pages say it in this computer's own time."""

    def from_db_value(self, value: datetime | None, expression: Any, connection: Any) -> datetime | None:
        """Return what was kept, as UTC."""
        return value.replace(tzinfo=UTC) if value is not None else None

    def get_prep_value(self, value: Any) -> Any:
        """Return a moment as it is kept. Raises ValueError for one without a time zone."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a moment has a time zone")
            return value.astimezone(UTC).replace(tzinfo=None)
        return super().get_prep_value(value)

    def to_python(self, value: Any) -> Any:
        """Return a moment as it is."""
        return value if isinstance(value, datetime) else super().to_python(value)
