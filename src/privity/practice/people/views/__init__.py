"""Pages about the practice, its people and what was done with their records."""

from .profile import profile

__all__ = ["profile"]
