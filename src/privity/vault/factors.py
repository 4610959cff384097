"""What proves who signs in, beside a passkey: six digits from an authenticator app, and machine-made codes on paper.

Bytes: FORMAT.md, "Sign-in".
"""

from __future__ import annotations

import base64

from .primitives import mac, random_bytes, same, time_code
from .recovery import LETTERS
from .seal import Key

SECRET_BYTES = 20  # RFC 4226 section 4, R6
DIGITS, STEP, DRIFT = 6, 30, 1
CODE_LETTERS, GROUP = 24, 4  # 120 random bits
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_secret() -> bytes:
    """Return a new secret for an authenticator app."""
    return random_bytes(SECRET_BYTES)


def typed_secret(secret: bytes) -> str:
    """Return a secret as an app takes it when it is typed: base 32."""
    return base64.b32encode(secret).decode("ascii").rstrip("=")


def secret_typed(text: str) -> bytes:
    """Return the secret that a base-32 text stands for."""
    letters = text.replace(" ", "").upper()
    return base64.b32decode(letters + "=" * (-len(letters) % 8))


def code_at(secret: bytes, seconds: float) -> str:
    """Return the six digits that an app shows at a moment."""
    return time_code(secret, int(seconds), digits=DIGITS, step=STEP)


def step_of(secret: bytes, typed: str, seconds: float) -> int | None:
    """Return the half minute whose code was typed: the present one, or the one before or after; None when it is none of these.

    INVARIANT: whoever asks refuses a half minute that is not later than the last one used, so that no code counts twice.
    """
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    now = int(seconds) // STEP
    near = range(now - DRIFT, now + DRIFT + 1)
    right = [step for step in near if same(code_at(secret, step * STEP).encode(), digits.encode())]
    return right[0] if right else None


def new_code() -> str:
    """Return a new code to print or read out, such as `04PB-2X7K-QH5N-8V3D-TM6R-9CWZ`."""
    letters = "".join(LETTERS[byte & 31] for byte in random_bytes(CODE_LETTERS))
    return "-".join(letters[at : at + GROUP] for at in range(0, CODE_LETTERS, GROUP))


def code_mark(key: Key, what: str, typed: str) -> bytes:
    """Return the 32 bytes kept in a code's place; without the key they tell nothing. Case, spaces, hyphens, O for 0 and I or L for 1 do not matter."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_READ_AS)
    return mac(key.for_(what), letters.encode("utf-8"))
