"""What came from outside is opened in a process of its own, and says the same there."""

from __future__ import annotations

import pytest

from privity.practice.pdf import CannotRead, CannotRedact, Mark, StillThere, apart, prove, redact

from .foreign import HIDING, PLAIN, SECRET, drawn, made, written


def test_the_same_is_said_apart() -> None:
    pdf = HIDING["hidden_layer"]()
    marks = [Mark(1, (72.5, 690, 100, 720))]
    assert apart.burn(pdf, marks) == redact.burn(pdf, marks)
    assert apart.pages(pdf) == prove.pages(pdf)
    assert apart.words(pdf, 1) == prove.words(pdf, 1)
    with pytest.raises(StillThere) as caught:
        apart.absent(pdf, ["nobody", SECRET])
    assert {one.which for one in caught.value.found} == {1}
    assert apart.clean(pdf) == prove.clean(pdf) != []
    assert apart.picture(pdf, 1, 50) == prove.picture(pdf, 1, 50)


def test_the_same_is_refused_apart() -> None:
    with pytest.raises(CannotRedact, match="broken"):
        apart.burn(b"%PDF-1.7 nothing", [])
    with pytest.raises(CannotRead, match="no page 7"):
        apart.words(written(made(drawn(PLAIN))), 7)


def test_a_file_that_takes_too_much_ends_the_other_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 20 * 1024**2)
    with pytest.raises(CannotRedact, match=r"more memory or time|cannot be drawn"):
        apart.burn(written(made(drawn(PLAIN))), [])


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0)
    with pytest.raises(CannotRead, match="more memory or time"):
        apart.pages(written(made(drawn(PLAIN))))


def test_no_setting_of_this_program_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRIVITY_DATA", "/somewhere")
    assert not [name for name in apart._bare() if name.startswith(("PRIVITY", "DJANGO"))]
