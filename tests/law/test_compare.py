"""What changed between two books: law, which law governs, and how silence is read."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from privity.law import Book
from privity.law.book import LIBRARY
from privity.law.compare import Row, changes, whole


@pytest.fixture(scope="module")
def before() -> dict[str, Row]:
    return whole(Book.read(LIBRARY))


@pytest.mark.parametrize(
    ("name", "old", "new", "changed"),
    [
        ("vocabulary/defaults.yaml", "process.forum: state_court", "process.forum: federal_court", "words taken"),
        ("vocabulary/core.yaml", "presume: true", "presume: false", "fact client.adult"),
        ("us/jaffee/fre_501.yaml", "holder: client", "holder: somebody", "us.privilege.fre-501.holder from 1996-06-13"),
    ],
)
def test_a_change_that_no_rule_shows_is_shown(before: dict[str, Row], tmp_path: Path, name: str, old: str, new: str, changed: str) -> None:
    folder = tmp_path / "library"
    shutil.copytree(LIBRARY, folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    assert changed in [change.id for change in changes(before, whole(Book.read(folder)))]


def test_the_same_book_shows_nothing(before: dict[str, Row]) -> None:
    assert not list(changes(before, whole(Book.read(LIBRARY))))


def test_a_place_the_book_does_not_hold_is_refused_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "privity", "law", "diff", "2020-01-01", "2026-01-01", "--place", "ZZ"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "holds no law of ZZ" in done.stderr
