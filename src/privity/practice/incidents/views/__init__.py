"""The room's pages, a file for each."""

from .listed import new, of_client, requests
from .one import decide, letter, look_again, one, step

__all__ = ["decide", "letter", "look_again", "new", "of_client", "one", "requests", "step"]
