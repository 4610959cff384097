"""The printed recovery sheet: a root key as seven rows to type by hand. Bytes: FORMAT.md, "Recovery sheet"."""

from __future__ import annotations

import hashlib

from .faults import SheetMistyped
from .seal import Key

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
ROWS = 7
ROW_BYTES = 5
VERSION = b"\x01"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def rows_of(key: Key) -> tuple[str, ...]:
    """Return the seven rows to print, such as `04PB-2X7K-Q`: eight letters and one to check them."""
    whole = VERSION + key.secret
    whole += hashlib.sha256(b"privity/v1/sheet" + whole).digest()[:2]
    return tuple(_row(number, whole[number * ROW_BYTES : (number + 1) * ROW_BYTES]) for number in range(ROWS))


def key_from(rows: str) -> Key:
    """Return the key of a typed sheet; case, spaces, hyphens, O for 0 and I or L for 1 do not matter.

    Raises SheetMistyped, naming the row.
    """
    typed = rows.upper().translate(_READ_AS).replace("\n", "").replace("\r", "").replace("\t", "")
    if len(typed) != ROWS * 9:
        raise SheetMistyped(f"the sheet has {ROWS} rows of 9 letters, {ROWS * 9} in all, and {len(typed)} were typed; count the rows")
    whole = b"".join(_read_row(number, typed[number * 9 : number * 9 + 9]) for number in range(ROWS))
    if whole[:1] != VERSION:
        raise SheetMistyped("this sheet was printed by a newer Privity; update this one")
    if hashlib.sha256(b"privity/v1/sheet" + whole[:-2]).digest()[:2] != whole[-2:]:
        raise SheetMistyped("each row looks right and the sheet as a whole does not: two letters of a row may be wrong; compare all rows again")
    return Key(whole[1:-2])


def _row(number: int, part: bytes) -> str:
    value = int.from_bytes(part, "big")
    letters = "".join(LETTERS[value >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}-{_check(number, part)}"


def _read_row(number: int, letters: str) -> bytes:
    if any(letter not in LETTERS for letter in letters):
        raise SheetMistyped(f"row {number + 1} holds a sign that no sheet has; type that row again")
    value = 0
    for letter in letters[:8]:
        value = value << 5 | LETTERS.index(letter)
    part = value.to_bytes(ROW_BYTES, "big")
    if letters[8] != _check(number, part):
        raise SheetMistyped(f"row {number + 1} does not check; type that row again, and see that the rows stand in their order")
    return part


def _check(number: int, part: bytes) -> str:
    return LETTERS[hashlib.sha256(b"privity/v1/row" + bytes([number]) + part).digest()[0] & 31]
