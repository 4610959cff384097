"""Verbs that change the practice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .models import Practice


def describe_practice(said: Mapping[str, Any], on: date) -> Practice:
    """Keep what was said about the practice; what was said before is replaced."""
    practice, _ = Practice.objects.update_or_create(pk=Practice.THE_ONE, defaults={**said, "said_on": on})
    return practice
