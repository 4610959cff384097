"""An export: a client's record, or everything, as JSON and documents that need no Privity to be read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.agreements.moving import File, restrictions, told_with_files
from privity.practice.people import units
from privity.practice.people.access import NotThere, Opened, live, opened, relations, require_at_practice, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import CARE
from privity.practice.people.models import Participant, Practice, Record, Tie
from privity.practice.records.exporting import Exported, exported
from privity.practice.trail import services as trail
from privity.practice.visits.moving import told as visits
from privity.vault import Use

FORMAT = 3
DOCUMENTS = "documents"
ABOUT = """An export of Privity.

practice.json          the practice, its staff and its units
records/ID/record.json who the record is about, its visits, its entries, each part with its class of information, and what was signed and agreed
records/ID/documents   documents as they were kept; record.json names them

"privity import" brings this folder into another practice.

Days and times are ISO 8601. Ids are random and the same as in the practice's log.
Not here: drafts; scans of signed papers that nobody has read; packets, copies of what left and the accounting of disclosures (the page prints the client's
list); the list of recipients; kept decisions; clients' requests, their letters and what is disputed; consultations; papers signed here, with their signatures
and talks, but for the authorizations they became. "privity backup" holds all of these.
Nor private working notes, which are sealed to their author: only the author can hand them over.
This folder is not sealed any more. Whoever has it can read it: keep it, hand it over and destroy it as a record on paper.
"""


def export(actor: Actor, to: Path, record: UUID | None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Write one record, or all of them, and return how many; the event is written first. Raises NotThere, NotAllowed, OSError and VaultFault."""
    if to.exists() and any(to.iterdir()):
        raise FileExistsError(f"{to} holds something already; name a folder that is empty or not there")
    require_at_practice(actor, "export", "record" if record else "practice")
    wanted = _wanted(actor, record)
    keys = actor.keys.keys(wanted, Use.RECORD)
    with transaction.atomic():
        trail.write(
            actor.practice, actor.account, "record.export" if record else "practice.export", at=actor.now,
            about=[(key, id) for id, key in keys.items()], records=len(wanted),
        )  # fmt: skip
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(to / "README.txt", ABOUT.encode())
    _write(to / "practice.json", _json(_practice(actor)))
    for done, id in enumerate(wanted, 1):
        _record(actor, to / "records" / str(id), id)
        progress(done)
    return len(wanted)


def _wanted(actor: Actor, record: UUID | None) -> list[UUID]:
    rows = Record.objects.filter(practice_id=actor.practice_row, shredded=None)
    if record is None:
        return list(rows.order_by("opened", "id").values_list("id", flat=True))
    # A bar shuts out whoever exports one record as it does everybody else.
    if not rows.filter(id=record).exists() or not relations(actor, [record]).get(record):
        raise NotThere(f"there is no record {record} here")
    return [record]


def _practice(actor: Actor) -> dict[str, Any]:
    row = Practice.objects.get(pk=actor.practice_row)
    people = [{"id": one.id, "name": one.name, "user_name": one.user_name, "roles": one.roles, "active": one.active} for one in staff(actor)]
    places = [{"id": id, "name": name} for id, name in units.names(actor).items()]
    told = {"privity_export": FORMAT, "id": row.uid, "states": row.states, "profession": row.profession, "setting": row.setting}
    return {**told, "staff": people, "units": places}


def _record(actor: Actor, folder: Path, id: UUID) -> None:
    (found,) = opened(actor, {id: frozenset()})
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    entries = [_entry(folder, one) for one in exported(actor, id)]
    held = bool(actor.keys.store.holds(str(id)))
    signed = {"authorizations": [_signed(folder, *one) for one in told_with_files(actor, id)], "restrictions": restrictions(actor, id)}
    _write(folder / "record.json", _json({**_about(actor, found), "held_for_law": held, "visits": visits(actor, id), "entries": entries, **signed}))


def _signed(folder: Path, told: dict[str, Any], files: tuple[File, ...]) -> dict[str, Any]:
    papers = []
    for file in files:
        name = f"{DOCUMENTS}/{file.id}.{file.ending}"
        (folder / DOCUMENTS).mkdir(mode=0o700, exist_ok=True)
        _write(folder / name, file.content)
        papers.append({"document": name, "id": file.id, "by": file.by, "added": file.added})
    return {**told, "papers": papers}


def _entry(folder: Path, one: Exported) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [{"class": klass, "text": text} for klass, text in one.parts.items()]
    for file in one.files:
        name = f"{DOCUMENTS}/{file.id}.{file.ending}"
        (folder / DOCUMENTS).mkdir(mode=0o700, exist_ok=True)
        _write(folder / name, file.content)
        parts.append({"class": file.klass, "document": name, "id": file.id, "title": file.title})
    return {
        "id": one.id, "kind": one.kind, "author": one.author, "began": one.began, "ended": one.ended, "modality": one.modality, "signed": one.signed,
        "amends": one.amends, "person": one.person, "parts": parts,
    }  # fmt: skip


def _about(actor: Actor, found: Opened) -> dict[str, Any]:
    row = Record.objects.get(id=found.id)
    places = {(one.person_id, one.part): one for one in Participant.objects.filter(record_id=found.id, ended=None)}
    people = [
        {"id": person.id, "part": part, "name": person.name, "chosen_name": person.chosen, "pronouns": person.pronouns, "born": person.born,
         "contacts": list(person.contacts), "may_see": places[person.id, part].may_see, "began": places[person.id, part].began}
        for part, person in found.people
    ]  # fmt: skip
    ties = Tie.objects.filter(live(actor), record_id=found.id, kind__in=CARE).order_by("began", "id")
    return {
        "id": found.id, "kind": found.kind, "title": found.title, "opened": row.opened, "closed": found.closed, "ended": row.closed, "unit": row.unit,
        "kept_quiet": found.quiet, "people": people, "team": [{"account": one.account_id, "as": one.kind, "began": one.began} for one in ties],
    }  # fmt: skip


def _json(value: object) -> bytes:
    def plain(one: Any) -> Any:
        return one.isoformat() if hasattr(one, "isoformat") else list(one) if isinstance(one, (tuple, frozenset)) else str(one)

    return json.dumps(value, default=plain, indent=1, ensure_ascii=False).encode() + b"\n"


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
