"""A paper as pictures, page by page, so that a person can tick its elements beside it. A PDF is drawn in a process of its own, never here nor in a browser."""

from __future__ import annotations

from privity.practice.pdf import CannotRead, apart
from privity.practice.records.documents import JPEG, PDF, PNG, CannotKeep

WIDE = 1100  # points of the picture, enough to read a fax
MOST_PAGES = 40


def pages(content: bytes, ending: str) -> int:
    """Return how many pages a paper has. Raises CannotKeep for a PDF that cannot be drawn, or is no paper at all."""
    if ending in (PNG.ending, JPEG.ending):
        return 1
    try:
        count = len(apart.pages(content))
    except CannotRead as fault:
        raise CannotKeep(f"This PDF does not open, and nothing was kept: {fault}.") from fault
    if count > MOST_PAGES:
        raise CannotKeep(
            f"This PDF has {count} pages, and a signed paper here has 1 to {MOST_PAGES}. Nothing was kept. Cut out the signed pages, then attach them."
        )
    return count


def picture(content: bytes, ending: str, page: int) -> tuple[str, bytes]:
    """Return a page as a picture with its media type; pages count from 1. Raises IndexError for a page that is not there, or cannot be drawn."""
    if ending == PNG.ending:
        return PNG.media, content
    if ending == JPEG.ending:
        return JPEG.media, content
    if ending != PDF.ending:
        raise IndexError(page)
    try:
        return PNG.media, apart.picture(content, page, WIDE)
    except CannotRead as fault:
        raise IndexError(page) from fault
