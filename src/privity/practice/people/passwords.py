"""Passwords: what may be one, and the slow hash that is kept of it."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

FLOOR, BETTER, MOST = 8, 15, 256  # letters; the floor holds because there is always a second factor (NIST SP 800-63B-4, 3.1.1.2)

WHY = "Length is what helps. Digits and signs are not asked for, and you need not change it from time to time."


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 46 MiB and two passes (RFC 9106; the OWASP floor is 19 MiB): about a tenth of a second."""

    memory_cost = 46 * 1024
    time_cost = 2
    parallelism = 1


class NotAPassword(ValueError):
    """What was chosen cannot be a password; its text says why and what to choose."""


def as_typed(text: str) -> str:
    """Return a password as it is hashed: the same letters from any keyboard give the same bytes."""
    return unicodedata.normalize("NFKC", text)


def hash_of(chosen: str, *, user_name: str) -> str:
    """Return the hash to keep. Raises NotAPassword. No rule asks for digits or signs, and none asks to change it after some months."""
    password = as_typed(chosen)
    if len(password) < FLOOR:
        raise NotAPassword(f"This is too short. Use at least {FLOOR} letters; {BETTER} or more are better, such as four words.")
    if len(password) > MOST:
        raise NotAPassword(f"This is too long. Use at most {MOST} letters.")
    if user_name.casefold() in password.casefold() or len(set(password)) < 4:
        raise NotAPassword("This is easy to guess from your user name, or is one letter many times. Choose another.")
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        raise NotAPassword("This is on the list of passwords that thieves try first. Choose another; four words of your own are good.") from None
    return make_password(password)


def fits(typed: str, kept: str | None) -> bool:
    """Tell whether a password is the kept one. Where none is kept the same time goes by."""
    password = as_typed(typed)[: MOST + 1]
    if not kept or kept.startswith("!"):
        make_password(password)
        return False
    return check_password(password, kept)
