"""A paper as pictures, page by page, so that a person can tick its elements beside it. What stands in a PDF is drawn here and never run in a browser."""

from __future__ import annotations

import struct
import zlib

import pypdfium2

from privity.practice.pdfium import ONE_AT_A_TIME as DRAWN_BY_ONE
from privity.practice.records.documents import JPEG, PDF, PNG, CannotKeep

WIDE = 1100  # points of the picture, enough to read a fax
MOST_POINTS = 4_000_000
MOST_PAGES = 40
UNREADABLE = "This PDF does not open: it is broken, or it asks for a password. Nothing was kept. Print it or take a picture of it, then attach that."


def pages(content: bytes, ending: str) -> int:
    """Return how many pages a paper has. Raises CannotKeep for a PDF that cannot be drawn, or is no paper at all."""
    if ending in (PNG.ending, JPEG.ending):
        return 1
    with DRAWN_BY_ONE:
        try:
            paper = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as fault:
            raise CannotKeep(UNREADABLE) from fault
        count = len(paper)
        paper.close()
    if not 0 < count <= MOST_PAGES:
        raise CannotKeep(
            f"This PDF has {count} pages, and a signed paper here has 1 to {MOST_PAGES}. Nothing was kept. Cut out the signed pages, then attach them."
        )
    return count


def picture(content: bytes, ending: str, page: int) -> tuple[str, bytes]:
    """Return a page as a picture with its media type; pages count from 1. Raises IndexError for a page that is not there."""
    if ending == PNG.ending:
        return PNG.media, content
    if ending == JPEG.ending:
        return JPEG.media, content
    if ending != PDF.ending:
        raise IndexError(page)
    with DRAWN_BY_ONE:
        paper = pypdfium2.PdfDocument(content)
        try:
            if not 1 <= page <= len(paper):
                raise IndexError(page)
            wide, high = paper[page - 1].get_size()
            scale = min(WIDE / max(wide, 1), (MOST_POINTS / max(wide * high, 1)) ** 0.5)
            drawn = paper[page - 1].render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
            lines = bytes(drawn.buffer)
            return PNG.media, _png(drawn.width, drawn.height, drawn.stride, drawn.n_channels, lines)
        finally:
            paper.close()


def _png(wide: int, high: int, stride: int, channels: int, lines: bytes) -> bytes:
    """Return a PNG of rows of one (grey), three or four bytes a point."""
    kind = {1: 0, 3: 2, 4: 6}[channels]
    rows = b"".join(b"\0" + lines[at * stride : at * stride + wide * channels] for at in range(high))

    def piece(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", wide, high, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(rows, 6)) + piece(b"IEND", b"")
