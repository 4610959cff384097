"""A PDF under a passphrase."""

from __future__ import annotations

import io
import secrets
import unicodedata

import pikepdf

from .faults import CannotRead

LONGEST = 127  # bytes of UTF-8 that AES-256 of PDF 2.0 (R 6) hears
SHORTEST = 8


def with_passphrase(pdf: bytes, passphrase: str) -> bytes:
    """Return the PDF encrypted whole (AES-256, revision 6, its metadata too), to be opened with the passphrase alone."""
    words = unicodedata.normalize("NFKC", passphrase)
    if len(words) < SHORTEST or len(words.encode()) > LONGEST:
        raise ValueError(f"a passphrase has {SHORTEST} characters at least and {LONGEST} bytes at most")
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if opened.is_encrypted:
                raise CannotRead("the file is encrypted already; take its own password away first")
            out = io.BytesIO()
            # the owner's password would open it as well: nobody has it
            opened.save(out, encryption=pikepdf.Encryption(owner=secrets.token_hex(32), user=words, R=6, aes=True, metadata=True))
    except pikepdf.PasswordError as error:
        raise CannotRead("the file is encrypted already; take its own password away first") from error
    except pikepdf.PdfError as error:
        raise CannotRead("the file is no PDF that can be opened") from error
    return out.getvalue()
