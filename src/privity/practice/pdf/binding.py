"""Several PDFs bound into one."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf

from .faults import CannotRead


def bound(first: bytes, behind: Sequence[bytes]) -> bytes:
    """Return the first file with the pages of the others behind it; the first one's tags and title stay, of the others only the pages come along.

    What is bound in behind has been burned: nothing is taken out here.
    """
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(first)) as whole:
            for each in behind:
                with pikepdf.open(io.BytesIO(each)) as more:
                    whole.pages.extend(more.pages)
            whole.save(out, deterministic_id=True)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise CannotRead("one of the files cannot be opened, so they were not bound together") from error
    return out.getvalue()
