"""An export: a client's record, or everything, as JSON and documents that need no Privity to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.agreements.moving import File, restrictions, told_with_files
from privity.practice.people import units
from privity.practice.people.access import NotThere, Opened, barred, live, opened, relations, require_at_practice, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import CARE
from privity.practice.people.models import Participant, Practice, Record, Tie
from privity.practice.records.exporting import Exported, exported
from privity.practice.trail import services as trail
from privity.practice.visits.moving import told as visits
from privity.vault import Use

from .exporting_rooms import json_bytes as _json
from .exporting_rooms import rooms
from .exporting_rooms import write as _write

FORMAT = 3
DOCUMENTS = "documents"
ABOUT = """An export of Privity.

practice.json          the practice, its staff and its units
records/ID/record.json who the record is about, its visits, its entries, each part with its class of information, and what was signed and agreed
records/ID/documents   documents as they were kept; record.json names them

Where there are any:

records/ID/papers.json         papers laid out to be signed: their exact words, the SHA-256 of these, who signed, when and how, and the talk beside each;
                               and papers signed elsewhere ("on_file"): who signed, the day that stands there, who entered it
records/ID/papers/ID           scans of those signed elsewhere, as they came
records/ID/decisions.json      kept decisions: what was asked, each fact with its source, the answer's file
records/ID/decisions/ID.json   an answer; "privity replay" takes it. With PRIVITY_HOME naming this folder it finds the law book in books/
records/ID/releases.json       packets that were let go: to whom, by which way, how it went
records/ID/packets/ID.pdf      the exact bytes of each; a locked one opens with the "phrase" in releases.json
records/ID/accounting.json     the accounting of disclosures; tell the client nothing of a row before its "client_not_told_until"
records/ID/requests.json       what clients asked for under their rights, each step, and the files of the letters
records/ID/letters/ID.pdf      the letters, byte for byte
records/ID/consultations.json  cases told to a colleague without saying whose, and what the colleague said
records/ID/disagreements.json  what the client disputes, with the statements that go along with a release
books/HASH.zip                 the law books that the decisions were read from; nothing of a client is in them

"privity import" brings practice.json, record.json and documents into another practice. It does NOT bring in what stands below "Where there are any": papers,
decisions, packets, accounting, requests, letters, consultations and disagreements stay in this folder, readable as they are. Keep the folder as long as the law
asks you to keep them: six years (45 CFR 164.528, 164.530(j)), or your state's time for records where that is longer.

Days and times are ISO 8601. Ids are random and the same as in the practice's log.
Not here: drafts, and packets that were not let go; what a shredded record left behind; the list of recipients and the practice's own wordings of papers;
scans of signed papers that nobody has read; and private working notes, which are sealed to their author: only the author can hand them over.
This folder is not sealed any more. Whoever has it can read it: keep it, hand it over and destroy it as a record on paper.
"""


class ShutOut(PermissionError):
    """Whoever exports everything may not know all of it. Its text is one sentence."""


def export(actor: Actor, to: Path, record: UUID | None, progress: Callable[[int], None] = lambda done: None) -> int:
    """Write one record, or all of them, and return how many; the event is written first. Raises NotThere, NotAllowed, ShutOut, OSError and VaultFault."""
    if to.exists() and any(to.iterdir()):
        raise FileExistsError(f"{to} holds something already; name a folder that is empty or not there")
    require_at_practice(actor, "export", "record" if record else "practice")
    if record is None and barred(actor):  # left out, a record would be missing from an export of everything, and nobody would know
        raise ShutOut("this owner is shut out of a record here, so another owner exports everything; or the privacy officer ends that first")
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
    (to / "records").mkdir(mode=0o700)
    for done, id in enumerate(wanted, 1):
        _record(actor, to / "records" / str(id), id)
        rooms(actor, to / "records" / str(id), to, id)
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
