"""What the server does by itself."""

from __future__ import annotations

from .config import Config
from .keeping import Keeping


def begin(keeping: Keeping, config: Config) -> None:
    """Placeholder."""
