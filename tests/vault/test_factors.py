"""Codes from an app and codes on paper."""

from __future__ import annotations

import pytest

from privity.vault import Key
from privity.vault.factors import code_at, code_mark, new_code, new_secret, secret_typed, step_of, typed_secret
from privity.vault.primitives import time_code

RFC = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "digits"),
    [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"), (2000000000, "69279037"), (20000000000, "65353130")],
)
def test_totp_rfc_6238_appendix_b(seconds: int, digits: str) -> None:
    assert time_code(RFC, seconds, digits=8, step=30) == digits
    assert code_at(RFC, seconds) == digits[-6:]


@pytest.mark.parametrize(("late", "step"), [(-31, None), (-30, 40), (0, 40), (29, 40), (59, 40), (60, None)])
def test_a_code_counts_in_its_half_minute_and_the_ones_beside_it(late: int, step: int | None) -> None:
    assert step_of(RFC, code_at(RFC, 1200), 1200 + late) == step


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "١٢٣٤٥٦", "abcdef", "-12345", "1" * 10_000])
def test_what_is_no_code_fits_nowhere(typed: str) -> None:
    assert step_of(RFC, typed, 59) is None


def test_spaces_in_a_code_do_not_matter() -> None:
    assert step_of(RFC, " 287 082 ", 59) == 1


def test_a_secret_is_typed_as_base_32() -> None:
    secret = new_secret()
    assert len(secret) == 20 and secret_typed(typed_secret(secret).lower()) == secret
    assert typed_secret(RFC) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_codes_on_paper_are_read_however_they_are_typed_and_marked_under_their_key() -> None:
    code, key = new_code(), Key.random()
    assert len(code) == 29 and len({new_code() for _ in range(100)}) == 100
    mark = code_mark(key, "recovery", code)
    assert code_mark(key, "recovery", f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ") == mark
    assert code_mark(key, "set_up", code) != mark != code_mark(Key.random(), "recovery", code)
