"""Backups: both databases, each into a sealed file of its own; the keys' files live a shorter life than the data's. Beside them the law books, as they are."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any, cast

from privity.practice.people.models import Practice
from privity.practice.trail import checkpoints
from privity.vault import Key
from privity.vault.archive import open_archive, seal_archive
from privity.vault.log import root as root_of
from privity.vault.primitives import random_bytes

from . import rows
from .config import Config
from .keeping import Keeping

DATA, KEYS, NOTES, BOOKS = "data", "keys", "checkpoints", "books"
FILES = {DATA: "privity.sqlite3", KEYS: "keys.sqlite3"}
STAMP = "%Y%m%dT%H%M%SZ"
ENDING = ".backup"
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Made:
    """The two files of one backup."""

    data: Path
    keys: Path


def quiet(what: str, done: int) -> None:
    """Show no progress."""


def back_up(keeping: Keeping, config: Config, now: datetime, progress: Progress = quiet) -> Made:
    """Return a new backup, whole on the disk. Raises VaultFault when locked, and OSError or sqlite3.Error when it cannot be written; then nothing is there.

    Data first, keys second: every key is made before the row that needs it, so the keys are never older than the rows they open.
    """
    root, folder = keeping.roots()[0], Path(config.backups)
    for part in (DATA, KEYS, NOTES):
        (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    for practice in Practice.objects.filter(uid__in=checkpoints.sizes()):
        _keep_note(folder / NOTES, checkpoints.sign(keeping.opened(practice), now))
    facts = {"config": config.text(), "made": now.isoformat()}
    copy = folder / DATA / ".copy"  # as sealed as the database itself; it holds no key
    try:
        with rows.snapshot() if rows.on_server() else nullcontext():
            _copy(keeping.data / FILES[DATA], copy, progress)
            # The copy of the keys never touches a disk: a deleted file's bytes can be found again, and this one may hold a key shredded tomorrow.
            held = rows.copy_keys(progress) if rows.on_server() else None
        with copy.open("rb") as source:
            data = _seal(source, folder, DATA, root, now, {**facts, "logs": _logs(copy)}, progress)
    finally:
        copy.unlink(missing_ok=True)
    keep_books(keeping.data / BOOKS, folder / BOOKS)  # after the rows: a book is kept before the decision that was read from it
    keys = _seal(io.BytesIO(held or _in_memory(keeping.data / FILES[KEYS])), folder, KEYS, root, now, facts, progress)
    prune(config, now)
    return Made(data, keys)


def open_backup(path: Path, target: IO[bytes] | io.RawIOBase, roots: tuple[Key, ...], progress: Progress = quiet) -> Mapping[str, Any]:
    """Write a backup's database into `target` and return what was sealed with it. Raises VaultFault and OSError."""
    with path.open("rb") as source:
        return open_archive(source, cast(IO[bytes], target), roots=roots, progress=lambda done: progress(path.name, done))


def backups(config: Config, part: str) -> list[tuple[datetime, Path]]:
    """Return the backups of the data or of the keys, oldest first."""
    found = []
    for path in (Path(config.backups) / part).glob(f"*{ENDING}"):
        try:
            found.append((datetime.strptime(path.name[: len("20261126T201500Z")], STAMP).replace(tzinfo=UTC), path))
        except ValueError:
            continue
    return sorted(found)


def prune(config: Config, now: datetime) -> list[Path]:
    """Remove the backups whose life is over, and thin the rest: all of the last two hours, one an hour for two days, then one a day. Return the removed."""
    removed = []
    for part, days in ((DATA, config.data_backups_days), (KEYS, config.key_backups_days)):
        kept: set[str] = set()
        for made, path in reversed(backups(config, part)):
            age = now - made
            span = made.strftime("%Y%m%d%H%M%S" if age < timedelta(hours=2) else "%Y%m%d%H" if age < timedelta(days=2) else "%Y%m%d")
            if age > timedelta(days=days) or span in kept:
                path.unlink(missing_ok=True)
                removed.append(path)
            kept.add(span)
    return removed


def keep_books(source: Path, target: Path) -> list[str]:
    """Copy each law book that is not there yet, whole or not at all, and return their hashes.

    A book is the law's own text, called by its hash, which whoever opens it compares: it needs no seal, and it has no end.
    """
    came = []
    for path in sorted(source.glob("*.zip")):
        if not (target / path.name).exists():
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            beside = target / f"{path.name}.part"
            shutil.copyfile(path, beside)
            with beside.open("rb") as written:
                os.fsync(written.fileno())
            beside.rename(target / path.name)
            came.append(path.stem)
    if came:
        _durable(target)
    return came


def newest_moment(config: Config) -> datetime | None:
    """Return when the newest whole backup was made."""
    both = [found[-1][0] for part in (DATA, KEYS) if (found := backups(config, part))]
    return min(both) if len(both) == 2 else None


def refuse_inside_data(config: Config, data: Path) -> None:
    """Raise ValueError when the backups would be lost together with the data."""
    if Path(config.backups).resolve().is_relative_to(data.resolve()):
        raise ValueError("the folder of backups lies in the data folder and would be lost with it; name one elsewhere, best on another disk")


def _seal(source: IO[bytes], folder: Path, part: str, root: Key, now: datetime, facts: Mapping[str, object], progress: Progress) -> Path:
    """Return a sealed file, whole or not at all: written beside, made durable, then named."""
    id = random_bytes(4).hex()
    path = folder / part / f"{now.astimezone(UTC).strftime(STAMP)}-{id}{ENDING}"
    beside = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            seal_archive(source, target, root=root, id=id, of=part, made=now.isoformat(), facts=facts, progress=lambda done: progress(part, done))
            target.flush()
            os.fsync(target.fileno())
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    _durable(path.parent)
    return path


def _durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _copy(source: Path, target: Path, progress: Progress) -> None:
    """Copy a database as of one moment, while others write; one of PostgreSQL row by row into the same tables."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if rows.on_server():
        rows.copy_data(target, progress)
        return
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
        here.execute("PRAGMA journal_mode=DELETE")


def _in_memory(source: Path) -> bytes:
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(":memory:")) as here:
        there.backup(here)
        return here.serialize()


def _keep_note(folder: Path, note: str) -> None:
    """Keep a checkpoint beside the backups: a log that shrinks or forks later is found out by it."""
    name, size = note.split("\n", 2)[:2]
    path = folder / f"{name.rsplit('/', 1)[-1]}-{int(size):012}.note"
    if not path.exists():
        path.write_text(note, "utf-8")


def kept_notes(config: Config, practice: str, up_to: int | None = None) -> list[str]:
    """Return the checkpoints kept beside the backups; of those of a longer log than `up_to`, none."""
    return [path.read_text("utf-8") for size, path in _note_files(config, practice) if up_to is None or size <= up_to]


def lacking(config: Config, practice: str, size: int) -> int:
    """Return how many events the checkpoints beside the backups speak of that a log of this size lacks."""
    return max([size, *(told for told, _ in _note_files(config, practice))]) - size


def set_aside_later_notes(config: Config, practice: str, size: int, now: datetime) -> None:
    """Move the checkpoints of a longer log than was restored into a folder of their own: they are kept, and no check holds them against this log."""
    later = [(told, path) for told, path in _note_files(config, practice) if told > size]
    aside = Path(config.backups) / NOTES / f"before-{now.astimezone(UTC).strftime(STAMP)}"
    for _, path in later:
        aside.mkdir(mode=0o700, exist_ok=True)
        path.rename(aside / path.name)


def _note_files(config: Config, practice: str) -> list[tuple[int, Path]]:
    found = sorted((Path(config.backups) / NOTES).glob(f"{practice}-*.note"))
    return [(int(path.stem.rsplit("-", 1)[-1]), path) for path in found]


def _logs(copy: Path) -> dict[str, list[object]]:
    """Return size and root of each log in a copy."""
    with closing(sqlite3.connect(copy)) as base:
        found: dict[str, list[object]] = {}
        for practice, size in base.execute("SELECT practice, size FROM trail_head WHERE size > 0").fetchall():
            found[practice] = [size, root_of(_Copied(base, practice, size)).hex()]
        return found


@dataclass(frozen=True)
class _Copied:
    """A log in a copy: privity.vault.log.Storage, to be read alone."""

    base: sqlite3.Connection
    practice: str
    entries: int

    def size(self) -> int:
        """Return the number of entries."""
        return self.entries

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry."""
        row = self.base.execute("SELECT hashes FROM trail_event WHERE practice = ? AND n = ?", (self.practice, index)).fetchone()
        return bytes(row[0])

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Refuse: a copy is only read."""
        raise NotImplementedError
