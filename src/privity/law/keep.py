"""Every book ever used, kept by its hash, so that an old decision can be replayed exactly."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from .book import ENGINE, Book, law_files, library_hash
from .rules import BadLaw


def keep_book(folder: Path, root: Path, policies: Path | None, name: str) -> Path:
    """Return the kept copy of a book's files, writing it if it is not there yet."""
    kept = folder / f"{name}.zip"
    if kept.exists():
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for prefix, base in (("library", root), ("policies", policies)):
            if base is not None:
                for path in [*law_files(base), *sorted((base / "vocabulary").glob("*.yaml"))]:
                    entry = zipfile.ZipInfo(f"{prefix}/{path.relative_to(base).as_posix()}")
                    archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    Path(part.name).replace(kept)
    return kept


def open_kept(folder: Path, name: str) -> Book:
    """Return the kept book of a hash. Raises BadLaw if it is not kept, or its files are no longer those of the hash."""
    kept = folder / f"{name}.zip"
    if not kept.exists():
        raise BadLaw(f"no book {name[:12]} is kept here; it was used on another machine or its copy is gone")
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        with zipfile.ZipFile(kept) as archive:
            for entry in archive.namelist():
                target = (base / entry).resolve()
                if base.resolve() not in target.parents:
                    raise BadLaw(f"the kept copy of book {name[:12]} names a file outside itself")
            archive.extractall(base)
        policies = base / "policies" if (base / "policies").exists() else None
        if library_hash(base / "library", policies) != name:
            raise BadLaw(f"the kept copy of book {name[:12]} is not what its hash says (engine {ENGINE})")
        return Book.read(base / "library", policies)
