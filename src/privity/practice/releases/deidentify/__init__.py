"""A case made shareable with a colleague: pure, on this machine alone, by the standard library. What it finds a person looks at; it never says that all is gone."""

from .find import CHOICES, CHOSEN, GROUPS, LEAVE, Found, Group, Piece, Replaced, Unknown, read
from .kinds import RULE, Kind
from .known import Known, KnownPerson

__all__ = ["CHOICES", "CHOSEN", "GROUPS", "LEAVE", "RULE", "Found", "Group", "Kind", "Known", "KnownPerson", "Piece", "Replaced", "Unknown", "read"]
