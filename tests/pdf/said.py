"""What a letter says, page by page."""

from __future__ import annotations

import pypdfium2


def said(pdf: bytes) -> str:
    """Return the text of a PDF, a line between pages."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range().replace("\r\n", "\n").strip() for page in document]
    return "\n\n----\n\n".join(pages) + "\n"
