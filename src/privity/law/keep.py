"""Every book ever used, kept by its hash, so that an old decision can be replayed exactly."""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from pathlib import Path

from .book import Book, law_files, library_hash
from .rules import BadLaw


def keep_book(folder: Path, root: Path, policies: Path | None, name: str) -> Path:
    """Return the kept copy of a book's files, writing it if it is not there yet."""
    kept = folder / f"{name}.zip"
    if kept.exists():
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        try:
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
                for prefix, base in (("library", root), ("policies", policies)):
                    if base is not None:
                        for path in [*law_files(base), *sorted((base / "vocabulary").glob("*.yaml"))]:
                            entry = zipfile.ZipInfo(f"{prefix}/{path.relative_to(base).as_posix()}")
                            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
            Path(part.name).replace(kept)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise
    return kept


def open_kept(folder: Path, name: str) -> Book:
    """Return the kept book of a hash. Raises BadLaw if it is not kept, or its files are no longer those of the hash."""
    kept = folder / f"{name}.zip"
    if not re.fullmatch("[0-9a-f]{64}", name) or not kept.exists():
        raise BadLaw(f"no book {name[:12]} is kept here; it was used on another machine or its copy is gone")
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        try:
            with zipfile.ZipFile(kept) as archive:
                for entry in archive.namelist():
                    target = (base / entry).resolve()
                    if base.resolve() not in target.parents:
                        raise BadLaw(f"the kept copy of book {name[:12]} names a file outside itself")
                archive.extractall(base)
        except (zipfile.BadZipFile, zlib.error):
            raise BadLaw(f"the kept copy of book {name[:12]} is damaged") from None
        policies = base / "policies" if (base / "policies").exists() else None
        if library_hash(base / "library", policies) != name:
            raise BadLaw(f"the kept copy of book {name[:12]} is not what its hash says")
        return Book.read(base / "library", policies)
