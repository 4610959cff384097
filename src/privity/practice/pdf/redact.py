"""Words burned out of a foreign PDF: each page becomes a picture with the marks in it, and a new file is built from the pictures alone."""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, ImageOps

from . import limits, sight
from .faults import CannotRedact

LONG_SIDE = 792  # points of the longer side of a page made of a picture
HEAVY = 1_000_000  # bytes of one page beyond which a photograph is stored as a photograph


@dataclass(frozen=True)
class Mark:
    """A box on a page to be blackened: the page's number from 1, the box in points from the lower left corner of the page as it is seen."""

    page: int
    box: sight.Box


def burn(pdf: bytes, marks: Sequence[Mark], *, dpi: int = limits.DPI) -> bytes:
    """Return a PDF of pictures, marks burned in. Nothing of the old file but its pixels comes along: no text, metadata, attachments, layers, forms, scripts."""
    if dpi < limits.DPI:
        raise ValueError(f"{limits.DPI} dpi at least")
    with sight.opened(pdf, CannotRedact) as document:
        _sensible(document, marks)
        document.init_forms()
        out, spent = pikepdf.new(), 0.0
        for number in range(1, len(document) + 1):
            page = sight.page_of(document, number, CannotRedact)
            size = sight.size_of(page, number, dpi / 72, CannotRedact)
            spent += size[0] * size[1] * (dpi / 72) ** 2
            if spent > limits.ALL_PIXELS:
                raise CannotRedact("the file's pages are too large taken together; split it")
            _add(out, _burned(page, size, number, [mark.box for mark in marks if mark.page == number], dpi), size)
            page.close()
    return _written(out)


def picture(pdf: bytes, page: int, marks: Sequence[Mark]) -> bytes:
    """Return a page as `burn` draws it, as a PNG."""
    with sight.opened(pdf, CannotRedact) as document:
        _sensible(document, marks)
        document.init_forms()
        seen = sight.page_of(document, page, CannotRedact)
        size = sight.size_of(seen, page, limits.DPI / 72, CannotRedact)
        image = _burned(seen, size, page, [mark.box for mark in marks if mark.page == page], limits.DPI)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def paged(content: bytes) -> bytes:
    """Return a PDF of one page that shows a PNG or JPEG as it is seen; nothing but its pixels comes along, no place, day or name of a camera."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as kept:
            if kept.width * kept.height > limits.PAGE_PIXELS:
                raise CannotRedact("the picture is too large; make it smaller, then attach it again")
            clear = ImageOps.exif_transpose(kept).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise error if isinstance(error, CannotRedact) else CannotRedact("the picture is broken; ask for it again") from error
    image = Image.new("RGB", clear.size, "white")
    image.paste(clear, mask=clear.getchannel("A"))
    scale = min(1.0, LONG_SIDE / max(image.size))
    out = pikepdf.new()
    _add(out, image, (image.width * scale, image.height * scale))
    return _written(out)


def _written(out: pikepdf.Pdf) -> bytes:
    written = io.BytesIO()
    out.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def _sensible(document: pdfium.PdfDocument, marks: Iterable[Mark]) -> None:
    """Refuse a mark that would burn nothing: whoever set it believes that something is gone."""
    for mark in marks:
        width, height = sight.page_of(document, mark.page, CannotRedact).get_size()
        x0, y0, x1, y1 = mark.box
        if not all(math.isfinite(each) for each in mark.box) or x0 >= x1 or y0 >= y1 or x0 >= width or y0 >= height or x1 <= 0 or y1 <= 0:
            raise CannotRedact(f"a mark lies beside page {mark.page}; set it again")


def _burned(page: pdfium.PdfPage, size: tuple[float, float], number: int, boxes: Iterable[sight.Box], dpi: int) -> Image.Image:
    """Return a page's picture with its boxes black. A box grows outward to whole pixels and one beyond, so that no rim of a letter is left."""
    try:
        image: Image.Image = page.render(scale=dpi / 72).to_pil().convert("RGB")
    except (pdfium.PdfiumError, MemoryError) as error:
        raise CannotRedact(f"page {number} cannot be drawn; print and scan it") from error
    across, down = image.width / size[0], image.height / size[1]
    pen = ImageDraw.Draw(image)
    for x0, y0, x1, y1 in boxes:
        corners = (math.floor(x0 * across) - 1, math.floor((size[1] - y1) * down) - 1, math.ceil(x1 * across) + 1, math.ceil((size[1] - y0) * down) + 1)
        pen.rectangle(corners, fill=(0, 0, 0))
    return image


def _add(out: pikepdf.Pdf, image: Image.Image, size: tuple[float, float]) -> None:
    """Add a page that holds the picture and nothing else: grey where it is grey, as a photograph where that is much smaller."""
    bands = image.split()
    if bands[0].tobytes() == bands[1].tobytes() == bands[2].tobytes():
        image = bands[0]
    packed, how = zlib.compress(image.tobytes(), 6), Name.FlateDecode
    if len(packed) > HEAVY:
        photo = io.BytesIO()
        image.save(photo, "JPEG", quality=88, subsampling=0)
        if photo.tell() < len(packed):
            packed, how = photo.getvalue(), Name.DCTDecode
    stream = pikepdf.Stream(
        out, packed, Type=Name.XObject, Subtype=Name.Image, Width=image.width, Height=image.height, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray if image.mode == "L" else Name.DeviceRGB, Filter=how,
    )  # fmt: skip
    width, height = (round(each, 3) for each in size)
    draw = f"q {width} 0 0 {height} 0 0 cm /Page Do Q".encode()
    page = Dictionary(
        Type=Name.Page, MediaBox=Array([0, 0, width, height]), Resources=Dictionary(XObject=Dictionary(Page=out.make_indirect(stream))),
        Contents=out.make_stream(draw),
    )  # fmt: skip
    out.pages.append(pikepdf.Page(out.make_indirect(page)))
