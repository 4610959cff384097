"""Bringing a practice back from its backups: into a folder beside, checked there, and only then put in its place."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privity.law.keep import open_kept
from privity.law.rules import BadLaw
from privity.vault import Key
from privity.vault.archive import Progress, open_archive, read_head

from .config import NAME, Config

BOOKS = "books"
DATA, KEYS = ("data", "privity.sqlite3"), ("keys", "keys.sqlite3")


class CannotRestore(Exception):
    """The backups at hand do not make a practice. Its text is one sentence."""


@dataclass(frozen=True)
class Staged:
    """What was taken out of the backups, in a folder beside its place."""

    folder: Path
    place: Path
    facts: Mapping[str, Any]


def newest(folder: Path, part: str) -> Path:
    """Return the newest backup of the data or the keys in a folder of backups. Raises CannotRestore."""
    found = sorted((folder / part).glob("*.backup"))
    if not found:
        raise CannotRestore(f"there is no backup of the {part} in {folder}; name the folder that holds data/ and keys/")
    return found[-1]


def stage(data: Path, keys: Path, place: Path, roots: tuple[Key, ...], progress: Progress) -> Staged:
    """Open both backups into a folder beside the place. Raises CannotRestore, VaultFault and OSError; the place is as it was."""
    if (place / DATA[1]).exists() or (place / KEYS[1]).exists():
        raise CannotRestore(f"{place} holds a practice; nothing is ever restored over one: move that folder away, or name another with --data")
    if place.exists() and any(place.iterdir()):
        raise CannotRestore(f"{place} is not empty, and a practice is restored into an empty folder: move it away, or name another with --data")
    folder = place.with_name(f"{place.name}.restoring")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    facts: Mapping[str, Any] = {}
    for path, (part, name) in ((keys, KEYS), (data, DATA)):
        with path.open("rb") as source:
            if (of := read_head(source).of) != part:
                raise CannotRestore(f"{path.name} is a backup of the {of}, not of the {part}; give the other file there")
            source.seek(0)
            with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                facts = open_archive(source, target, roots=roots, progress=progress)
                target.flush()
                os.fsync(target.fileno())
    (folder / NAME).write_text(str(facts.get("config", "")), "utf-8")
    return Staged(folder, place, facts)


def take_books(staged: Staged, folders: Iterable[Path]) -> list[str]:
    """Take the law books along that lie beside the backups, each only where it is what its hash says; return a sentence for each that is not."""
    said: list[str] = []
    for path in sorted({path.name: path for folder in folders for path in (folder / BOOKS).glob("*.zip")}.values()):
        try:
            open_kept(path.parent, path.stem)
        except (BadLaw, OSError) as fault:
            said.append(f"notice: {fault}; decisions read from it open, and cannot be worked out anew")
            continue
        (staged.folder / BOOKS).mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(path, staged.folder / BOOKS / path.name)
    return said


def put_in_place(staged: Staged) -> None:
    """Give the checked folder its name."""
    if staged.place.exists():
        staged.place.rmdir()  # empty, or refused
    staged.folder.rename(staged.place)


def told_address(staged: Staged) -> str:
    """Return the PostgreSQL database in which the backed-up practice lived by its set-up file, or nothing. Raises BadConfig."""
    return Config.of(staged.folder).database


def forget_files(staged: Staged) -> None:
    """Remove the two SQLite files whose rows now lie on a server; the keys' bytes are overwritten first."""
    for _, name in (KEYS, DATA):
        path = staged.folder / name
        if name == KEYS[1]:
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
        for one in (path, *staged.folder.glob(f"{name}-*")):
            one.unlink(missing_ok=True)


def drop(staged: Staged) -> None:
    """Remove what was taken out, because it does not stand."""
    shutil.rmtree(staged.folder, ignore_errors=True)
