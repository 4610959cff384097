"""Pages about what was agreed."""

from .authorizations import begin, confirm, ended, ending, letter, listed, new, one, take_back
from .restrictions import ended as restriction_ended
from .restrictions import listed as restrictions
from .scans import add as scan_add
from .scans import drop as scan_drop
from .scans import picture as scan_picture
from .scans import whole as scan

__all__ = [
    "begin", "confirm", "ended", "ending", "letter", "listed", "new", "one", "restriction_ended", "restrictions", "scan", "scan_add", "scan_drop",
    "scan_picture", "take_back",
]  # fmt: skip
