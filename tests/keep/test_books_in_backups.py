"""The law books that decisions were read from go with a backup and come back with it; a damaged one is named and stops nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from privity.law import Book
from privity.law.book import LIBRARY
from privity.law.keep import keep_book
from privity.practice.site.backup import keep_books
from privity.practice.site.restoring import Staged, take_books
from privity.practice.site.verifying import Found, _books

from .conftest import Cast
from .on_disk import OnDisk, set_up
from .releasing import frozen

HASH = Book.open().hash


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A data folder with one book."""
    keep_book(tmp_path / "data" / "books", LIBRARY, None, HASH)
    return tmp_path


def test_a_book_is_copied_once_and_whole(kept: Path) -> None:
    there = kept / "backups" / "books"
    assert keep_books(kept / "data" / "books", there) == [HASH]
    assert (there / f"{HASH}.zip").read_bytes() == (kept / "data" / "books" / f"{HASH}.zip").read_bytes()
    assert keep_books(kept / "data" / "books", there) == [] == keep_books(kept / "none", there)
    assert [path.name for path in there.iterdir()] == [f"{HASH}.zip"]


def test_what_comes_back_is_what_its_hash_says_or_does_not_come(kept: Path) -> None:
    there = kept / "data" / "books"
    shutil.copyfile(there / f"{HASH}.zip", there / f"{'0' * 64}.zip")
    (there / f"{'1' * 64}.zip").write_bytes(b"PK no more")
    (kept / "staged").mkdir()
    said = take_books(Staged(kept / "staged", kept / "place", {}), {kept / "data", kept / "nowhere"})
    assert [path.name for path in (kept / "staged" / "books").iterdir()] == [f"{HASH}.zip"]
    assert len(said) == 2 and "not what its hash says" in said[0] and "damaged" in said[1]


def test_verify_names_a_book_that_is_gone_and_calls_nothing_wrong(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen(cast)
    monkeypatch.setattr("privity.practice.site.verifying.library_hash", lambda root: "another law by now")
    found = Found()
    _books(tmp_path, found)
    assert found.wrong == [] and HASH[:12] in found.good[0] and "cannot be worked out anew" in found.good[0]
    keep_book(tmp_path, LIBRARY, None, HASH)
    again = Found()
    _books(tmp_path, again)
    assert again.good == ["1 law book is kept, from which decisions can be worked out anew"]


def test_backup_and_restore_carry_the_folder(tmp_path: Path) -> None:
    status, said, one = set_up(tmp_path / "one", "--desk")
    assert status == 0, said
    keep_book(one.data / "books", LIBRARY, None, HASH)
    assert one.run("backup")[0] == 0
    assert (one.backups / "books" / f"{HASH}.zip").is_file()
    before = (one.data / "books" / f"{HASH}.zip").read_bytes()
    shutil.rmtree(one.data)
    status, said = one.run("restore", "--backups", str(one.backups))
    assert status == 0, said
    assert (one.data / "books" / f"{HASH}.zip").read_bytes() == before
    assert isinstance(one, OnDisk)
