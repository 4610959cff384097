"""What was agreed, decided, sent, asked for and talked over about one record, written out in open formats. For the gate of an export alone."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from privity.practice.agreements import paper_moving
from privity.practice.agreements.moving import File
from privity.practice.decisions import moving as decisions
from privity.practice.decisions.services import books
from privity.practice.incidents import moving as requests
from privity.practice.people.actor import Actor
from privity.practice.records import disagreements
from privity.practice.releases import moving as releases

# Each file of a record that an import does not bring in: its name, the list in it that is counted, and what one and several of it are called.
STAYS: Mapping[str, tuple[str, str, str]] = {
    "papers.json": ("papers", "paper laid out to be signed or on file", "papers laid out to be signed or on file"),
    "decisions.json": ("decisions", "kept decision", "kept decisions"),
    "releases.json": ("packets", "packet that left", "packets that left"),
    "accounting.json": ("disclosures", "row of the accounting", "rows of the accounting"),
    "requests.json": ("requests", "request of a client", "requests of clients"),
    "consultations.json": ("consultations", "consultation", "consultations"),
    "disagreements.json": ("disagreements", "disagreement", "disagreements"),
}
PAPERS, DECISIONS, PACKETS, LETTERS, BOOKS = "papers", "decisions", "packets", "letters", "books"


def write(path: Path, content: bytes) -> None:
    """Write a new file that its owner alone may read, and its folder where that is not there yet."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def json_bytes(value: object) -> bytes:
    """Return a value as JSON, days and moments as ISO 8601."""

    def plain(one: Any) -> Any:
        return one.isoformat() if hasattr(one, "isoformat") else list(one) if isinstance(one, (tuple, frozenset)) else str(one)

    return json.dumps(value, default=plain, indent=1, ensure_ascii=False).encode() + b"\n"


def rooms(actor: Actor, folder: Path, to: Path, id: UUID) -> None:
    """Write what the rooms hold of a record into its folder, a file for each that holds something; the law books its decisions were read from into `to`."""
    _list(folder, "papers.json", [_paper(folder, *one) for one in paper_moving.told_with_files(actor, id)])
    _list(folder, "decisions.json", [_decision(folder, to, *one) for one in decisions.told(actor, id)])
    _list(folder, "releases.json", [_packet(folder, *one) for one in releases.packets(actor, id)])
    _list(folder, "accounting.json", releases.disclosures(actor, id), suspensions=releases.suspensions(actor, id))
    _list(folder, "requests.json", [_request(folder, *one) for one in requests.told(actor, id)])
    _list(folder, "consultations.json", releases.consultations(actor, id))
    _list(folder, "disagreements.json", [one.__dict__ for one in disagreements.for_gates(actor, id)])


def _list(folder: Path, name: str, told: list[dict[str, Any]], **more: list[dict[str, Any]]) -> None:
    if told or any(more.values()):
        write(folder / name, json_bytes({STAYS[name][0]: told, **more}))


def _paper(folder: Path, told: dict[str, Any], files: tuple[File, ...]) -> dict[str, Any]:
    names = {one.id: f"{PAPERS}/{one.id}.{one.ending}" for one in files}
    for one in files:
        write(folder / names[one.id], one.content)
    return {**told, "scans": [{"document": names[one.id], "id": one.id, "by": one.by, "added": one.added} for one in files]}


def _decision(folder: Path, to: Path, told: dict[str, Any], answer: str) -> dict[str, Any]:
    name, book = f"{DECISIONS}/{told['id']}.json", f"{told['book']}.zip"
    write(folder / name, answer.encode())
    if (kept := books() / book).is_file() and not (to / BOOKS / book).exists():
        (to / BOOKS).mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(kept, to / BOOKS / book)
    return {**told, "answer": name}


def _packet(folder: Path, told: dict[str, Any], copy: bytes) -> dict[str, Any]:
    name = f"{PACKETS}/{told['id']}.pdf"
    write(folder / name, copy)
    return {**told, "document": name}


def _request(folder: Path, told: dict[str, Any], letters: list[tuple[UUID, bytes]]) -> dict[str, Any]:
    names = {id: f"{LETTERS}/{id}.pdf" for id, _ in letters}
    for id, body in letters:
        write(folder / names[id], body)
    return {**told, "letters": [{**one, "document": names[one["id"]]} for one in told["letters"]]}


def staying(folder: Path) -> dict[str, int]:
    """Return how many of each kind lie in a record's folder and are not brought in by an import. A file that cannot be read counts as one."""
    found = {}
    for name, (list_, _, _) in STAYS.items():
        try:
            held = json.loads((folder / name).read_bytes())[list_]
            found[name] = len(held) if isinstance(held, list) else 1
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            found[name] = 1
    return {name: many for name, many in found.items() if many}


def in_words(many: Mapping[str, int]) -> list[str]:
    """Return what stays in an export's folder, such as `2 packets that left`."""
    return [f"{many[name]} {one if many[name] == 1 else several}" for name, (_, one, several) in STAYS.items() if many.get(name)]
