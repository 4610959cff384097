"""The blind index: finding an exact phone number, or a name with a birth date, without a readable column.

Equal values give equal marks, so a thief of the database sees which rows share one, and nothing else. It is only for values hard to guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from .faults import CannotSeal
from .primitives import lengthed, mac
from .seal import Key

MARK_BYTES = 16
_EXTENSION = re.compile(r"(?:ext\.?|x|#).*$", re.IGNORECASE)


@dataclass(frozen=True)
class BlindIndex:
    """The index of one practice, under its own index key: it stays as it is when the practice key is replaced."""

    key: Key

    def phone(self, number: str) -> bytes:
        """Return the 16-byte mark of a telephone number; without a country it is one of North America. Raises CannotSeal when it is none."""
        return self._mark(b"phone", normal_phone(number).encode())

    def person(self, name: str, born: date) -> bytes:
        """Return the 16-byte mark of a name with a birth date; case, accents, punctuation and the order of names do not matter."""
        return self._mark(b"person", normal_name(name).encode(), born.isoformat().encode())

    def _mark(self, kind: bytes, *parts: bytes) -> bytes:
        return mac(self.key.for_("blind-index"), lengthed(kind, *parts))[:MARK_BYTES]


def normal_phone(number: str) -> str:
    """Return a telephone number as + and digits (E.164), without an extension. Raises CannotSeal when it is none."""
    text = _EXTENSION.sub("", number.strip())
    digits = "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())
    if not text.startswith("+") and not text.startswith("00"):
        digits = digits if len(digits) == 11 and digits[0] == "1" else "1" + digits if len(digits) == 10 else ""
    elif not text.startswith("+"):
        digits = digits[2:]
    if not 7 <= len(digits) <= 15:
        raise CannotSeal("this is no whole telephone number; type it with its area code, or with + and the country")
    return "+" + digits


def normal_name(name: str) -> str:
    """Return a name without case, accents or punctuation, its parts in alphabetical order. Raises CannotSeal when nothing is left."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()
    # Apostrophes and hyphens within a name are often left out: O'Brien, OBrien.
    parts = "".join(sign if sign.isalnum() else " " if sign.isspace() or sign in ",;/" else "" for sign in plain).split()
    if not parts:
        raise CannotSeal("this is no name; type at least one letter")
    return " ".join(sorted(parts))
