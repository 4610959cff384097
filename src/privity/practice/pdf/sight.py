"""What a page looks like and where its words stand, for a person who marks."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from . import limits
from .faults import CannotRead

Box = tuple[float, float, float, float]
NO_PAGES = "the file has no pages"
FINE = 100  # steps in a point when places are worked out


@dataclass(frozen=True)
class Seen:
    """A page as it is seen: its number from 1, its width and height in points."""

    page: int
    width: float
    height: float


@contextmanager
def opened(pdf: bytes, fault: type[CannotRead] = CannotRead) -> Iterator[pdfium.PdfDocument]:
    """Hand out the file opened by PDFium, alone; say in one sentence why it does not open."""
    if len(pdf) > limits.BYTES:
        raise fault(f"the file has more than {limits.BYTES // 1024 // 1024} MB; split it, or ask for a smaller one")
    with limits.ONE_AT_A_TIME:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError as error:
            if _empty(pdf):  # PDFium calls that a wrong password
                raise fault(NO_PAGES) from error
            if "password" in str(error).lower():
                raise fault("the file is locked with a password; open it and save a copy without one, then try again") from error
            raise fault("the file is broken, or no PDF; ask for it again, or print and scan it") from error
        try:
            if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
                raise fault("the file is locked against changes; print it to a new PDF, then try again")
            if not len(document):
                raise fault(NO_PAGES)
            if len(document) > limits.PAGES:
                raise fault(f"the file has more than {limits.PAGES} pages; split it")
            yield document
        finally:
            document.close()


def _empty(pdf: bytes) -> bool:
    """Say whether a file PDFium does not open is whole but has no page."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as parsed:
            return not len(parsed.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return False


def page_of(document: pdfium.PdfDocument, page: int, fault: type[CannotRead] = CannotRead) -> pdfium.PdfPage:
    """Return a page by its number from 1."""
    if not 1 <= page <= len(document):
        raise fault(f"there is no page {page}; the file has {len(document)}")
    try:
        return document[page - 1]
    except pdfium.PdfiumError as error:
        raise fault(f"page {page} is broken; ask for the file again, or print and scan it") from error


def size_of(seen: pdfium.PdfPage, page: int, scale: float, fault: type[CannotRead] = CannotRead) -> tuple[float, float]:
    """Return width and height in points; a page that is empty or too large for so many pixels a point is refused."""
    width, height = seen.get_size()
    if not (width > 0 and height > 0):
        raise fault(f"page {page} has no size")
    if width * scale * height * scale > limits.PAGE_PIXELS:
        raise fault(f"page {page} is too large ({width / 72:.0f} by {height / 72:.0f} inches); print it smaller, then try again")
    return width, height


def pages(pdf: bytes) -> list[Seen]:
    """Return every page with its size."""
    with opened(pdf) as document:
        return [Seen(number, *size_of(page_of(document, number), number, 1)) for number in range(1, len(document) + 1)]


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """Return a page as a PNG so many pixels wide."""
    with opened(pdf) as document:
        seen = page_of(document, page)
        points, _ = seen.get_size()
        if not 1 <= width <= 4000 or points <= 0:
            raise CannotRead("a picture is 1 to 4000 pixels wide")
        size_of(seen, page, width / points)
        document.init_forms()
        image = seen.render(scale=width / points).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def words(pdf: bytes, page: int) -> list[tuple[str, Box]]:
    """Return the words of a page in the order of the file, each with its box."""
    with opened(pdf) as document:
        return words_of(page_of(document, page))


def texts(pdf: bytes) -> list[tuple[Seen, list[tuple[str, Box]]]]:
    """Return every page with its size and its words."""
    with opened(pdf) as document:
        every = ((number, page_of(document, number)) for number in range(1, len(document) + 1))
        return [(Seen(number, *size_of(page, number, 1)), words_of(page)) for number, page in every]


def words_of(seen: pdfium.PdfPage) -> list[tuple[str, Box]]:
    """Return the words of an open page."""
    text = seen.get_textpage()
    width, height = seen.get_size()
    found: list[tuple[str, Box]] = []
    letters: list[str] = []
    boxes: list[Box] = []

    def close() -> None:
        if letters and boxes:
            left, bottom, right, top = zip(*boxes, strict=True)
            found.append(("".join(letters), (min(left), min(bottom), max(right), max(top))))
        letters.clear()
        boxes.clear()

    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace() or letter == "\x00":
            close()
            continue
        box = _shown(seen, text.get_charbox(index, loose=True), width, height)
        if boxes and _elsewhere(boxes[-1], box):
            close()
        letters.append(letter)
        boxes.append(box)
    close()
    return found


def _elsewhere(last: Box, this: Box) -> bool:
    """Say whether a letter stands in another line or column than the one before."""
    high = max(last[3] - last[1], this[3] - this[1], last[2] - last[0], 1.0)
    across = max(last[0] - this[2], this[0] - last[2])
    along = max(last[1] - this[3], this[1] - last[3])
    return across > high or along > high


def _shown(seen: pdfium.PdfPage, box: Box, width: float, height: float) -> Box:
    """Return a box of the page's own coordinates in those of the page as it is seen."""
    corners = [_device(seen, x, y, width, height) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    (x0, y0), (x1, y1) = corners
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _device(seen: pdfium.PdfPage, x: float, y: float, width: float, height: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    wide, high = round(width * FINE), round(height * FINE)
    raw.FPDF_PageToDevice(seen, 0, 0, wide, high, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value * width / wide, height - down.value * height / high
