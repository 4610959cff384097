"""Pages about the practice and its clients, a file for each."""

from .client import change, client, close, hold, lift, quiet, reopen, tie, untie
from .clients import clients, new
from .profile import profile

__all__ = ["change", "client", "clients", "close", "hold", "lift", "new", "profile", "quiet", "reopen", "tie", "untie"]
