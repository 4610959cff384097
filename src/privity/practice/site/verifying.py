"""Whether everything still stands: the databases, the log against its checkpoints, the keys, the backups, the clock."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import DatabaseError, connections, transaction

from privity.law.book import LIBRARY, library_hash
from privity.practice.decisions.models import FrozenDecision
from privity.practice.keys.held import HeldKeys
from privity.practice.keys.models import Shredded
from privity.practice.people import restored
from privity.practice.people.access import identities, opened
from privity.practice.people.actor import Actor
from privity.practice.people.models import Participant, Person, Practice, Record
from privity.practice.releases import outbox
from privity.practice.trail import checkpoints, marks
from privity.practice.trail import services as trail
from privity.practice.trail.storage import PracticeLog
from privity.vault import Use, VaultFault, check
from privity.vault.faults import NoSuchKey
from privity.vault.log import root

from . import rows, told_rows
from .alone import ClockSetBack, refuse_old_clock
from .backup import BOOKS, DATA, FILES, KEYS, backups, kept_notes, lacking, newest_moment, open_backup
from .config import Config
from .keeping import Keeping
from .shredding import unlink

Said = Callable[[str], None]
LATE = timedelta(minutes=15)
BATCH = 200
SHOWN = 20  # of a long list of like faults


@dataclass
class Found:
    """What a check found. `wrong` is empty when everything stands."""

    good: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    shredded: list[UUID] = field(default_factory=list)  # in a restored practice: shredded after its backup was made


class Nowhere(io.RawIOBase):
    """A file that forgets what is written to it."""

    def write(self, content: Any) -> int:
        """Take the content."""
        return len(content)


def verify(keeping: Keeping, config: Config, now: datetime, *, made: datetime | None = None, said: Said = lambda line: None) -> Found:
    """Return what stands and what does not, each in one sentence.

    With `made`, what was just taken out of the backup of that moment: its log may be shorter than a checkpoint kept elsewhere.
    """
    found = Found()
    for part, name in FILES.items():
        if rows.on_server():
            said(f"reading every row of the {part}")
            _on_server("keys" if part == KEYS else "default", part, found)
            continue
        said(f"reading {name}")
        _database(keeping.data / name, part, found)
    if found.wrong:
        return found
    for practice in Practice.objects.filter(uid__in=checkpoints.sizes()):
        said(f"checking the log of practice {practice.uid}")
        held = keeping.keys(practice)
        if keeping.why_locked:
            found.wrong.append(f"the keys cannot be had, so neither log nor records were checked: {keeping.why_locked}")
            continue
        size = checkpoints.sizes()[practice.uid]
        _log(practice, held, kept_notes(config, str(practice.uid), size if made else None), found)
        said(f"opening the records of practice {practice.uid}")
        _records(practice, held, now, made, found)
        said(f"comparing the trail of each record with the log of practice {practice.uid}")
        _marks(held, found)
        said(f"looking for what practice {practice.uid} told and agreed by its log")
        _told(held, now, found)
    said("looking for the law books that decisions were read from")
    _books(keeping.data / BOOKS, found)
    try:
        refuse_old_clock(now)
    except ClockSetBack as fault:
        found.wrong.append(str(fault))
    if made is None:
        said("opening the newest backup")
        _backups(keeping, config, now, found)
    return found


def _database(path: Path, part: str, found: Found) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
            told = [row[0] for row in base.execute("PRAGMA quick_check(5)")]
    except sqlite3.Error as fault:
        told = [str(fault)]
    if told == ["ok"]:
        found.good.append(f"{path.name} is whole")
    else:
        found.wrong.append(f"{path.name} is damaged or cut off ({told[0]}); stop the server and bring the newest backup of the {part} back: privity restore")


def _on_server(database: str, part: str, found: Found) -> None:
    name = connections[database].settings_dict["NAME"]
    try:
        rows.refuse_other_version(database)
        tables, count = rows.read_all(database)
        with connections[database].cursor() as cursor:
            cursor.execute("SHOW data_checksums")
            (sums,) = cursor.fetchone()
    except rows.NotUpToDate as fault:
        found.wrong.append(str(fault))
    except DatabaseError as fault:
        told = " ".join(str(fault).split())
        found.wrong.append(f"database {name} cannot be read whole ({told}); stop the server and bring the newest backup of the {part} back: privity restore")
    else:
        found.good.append(f"database {name} reads whole: {count:,} rows in {tables} tables")
        if sums != "on" and part == DATA:
            found.good.append("notice: the server keeps no checksums of its pages, so a damaged one may read as good; stop it and call pg_checksums --enable")


def _log(practice: Practice, held: HeldKeys, kept: list[str], found: Found) -> None:
    key, odd = checkpoints.signer(held).verifier.text, list[str]()
    log = check.Log(checkpoints.lines(practice.uid, odd), checkpoints.hashes(practice.uid), checkpoints.notes(practice.uid))
    verdict = check.check(log, key, kept=kept)
    found.wrong += odd[:SHOWN]
    if len(odd) > SHOWN:
        found.wrong.append(f"and {len(odd) - SHOWN} more events are shown on pages otherwise than the log has them")
    if verdict.faults:
        found.wrong += [f"the log was tampered with: {fault.kind.value}: {fault.words}" for fault in verdict.faults[:20]]
    else:
        found.good.append(f"the log is unbroken: {verdict.sealed} of {verdict.events} events fit a signed checkpoint; root {verdict.root.hex()}")
    found.good += [f"notice: {notice}" for notice in verdict.notices]


def _marks(held: HeldKeys, found: Found) -> None:
    """Compare which record each event is shown under with what its entry says, as far as records have keys."""
    wrong = list(marks.wrong(held, found.shredded))
    found.wrong += wrong[:SHOWN]
    if len(wrong) > SHOWN:
        found.wrong.append(f"and {len(wrong) - SHOWN} more marks of records are not those of the log")
    if not wrong:
        found.good.append("each record's trail shows the events that the log has about it")


def _told(held: HeldKeys, now: datetime, found: Found) -> None:
    """Look for the rows of what was told, let go, taken back and agreed, as far as records have keys."""
    wrong = list(told_rows.wrong(held, now))
    found.wrong += wrong[:SHOWN]
    if len(wrong) > SHOWN:
        found.wrong.append(f"and {len(wrong) - SHOWN} more things that were told or agreed are not as the log says")
    if not wrong:
        found.good.append("what was told, taken back and agreed by the log stands in its tables")


def _records(practice: Practice, held: HeldKeys, now: datetime, since: datetime | None, found: Found) -> None:
    """Open who every record and person is: a wrong key, a moved row or a lost key shows at once."""
    actor = Actor(practice.uid, practice.uid, practice.pk, frozenset(), now, held)
    rows = list(Record.objects.filter(practice=practice, shredded=None).values_list("id", flat=True))
    people = list(Person.objects.filter(practice=practice).exclude(name_mark=b"").values_list("id", flat=True))
    keyless, wrong = [], []
    for record in rows:
        try:
            opened(actor, {record: frozenset()})
        except NoSuchKey as fault:
            keyless.append(record)
            wrong.append(f"record {record} does not open: {fault}")
        except VaultFault as fault:
            wrong.append(f"record {record} does not open: {fault}")
    gone = _shredded_since(practice, keyless, since)
    if gone:
        found.shredded += gone
        found.good.append(f"{len(gone)} records were shredded after this backup and stay closed")
        wrong = wrong[:0] if len(wrong) == len(gone) else wrong
    with_them = set(Participant.objects.filter(record_id__in=gone).values_list("person_id", flat=True))
    wrong += [line for start in range(0, len(people), BATCH) for line in _people(actor, [one for one in people[start : start + BATCH] if one not in with_them])]
    for record in Record.objects.filter(practice=practice).exclude(shredded=None).values_list("id", flat=True):
        try:
            held.key(record, Use.RECORD)
        except NoSuchKey:
            continue
        wrong.append(f"record {record} is marked as shredded and its key still stands; run privity shred {record} again")
    found.wrong += wrong
    if not wrong:
        found.good.append(f"{len(rows) - len(gone)} records and {len(people) - len(with_them & set(people))} people open")


def _books(folder: Path, found: Found) -> None:
    """Look for each law book that a kept decision was read from. One that is gone takes no decision with it: that is a notice."""
    used = set(FrozenDecision.objects.values_list("book", flat=True).distinct())
    gone = sorted(book for book in used if not (folder / f"{book}.zip").is_file() and library_hash(LIBRARY) != book)
    found.good += [f"notice: the law book {book[:12]} is not kept here any more; decisions read from it open, and cannot be worked out anew" for book in gone]
    if used and not gone:
        found.good.append(f"{len(used)} law {'book is' if len(used) == 1 else 'books are'} kept, from which decisions can be worked out anew")


def _people(actor: Actor, people: list[UUID]) -> list[str]:
    """Return a sentence for each person who does not open."""
    try:
        identities(actor, people)
    except VaultFault as fault:
        if len(people) == 1:
            return [f"person {people[0]} does not open: {fault}"]
        half = len(people) // 2
        return _people(actor, people[:half]) + _people(actor, people[half:])
    return []


def _shredded_since(practice: Practice, keyless: list[UUID], since: datetime | None) -> list[UUID]:
    """Return the records without a key, if so many at least were shredded after the backup was made; none of them where keys are lost for another reason."""
    if since is None or not keyless:
        return []
    shreds = Shredded.objects.using("keys").filter(practice=str(practice.uid), removed__gt=since).count()
    return keyless if len(keyless) <= shreds else []


def _backups(keeping: Keeping, config: Config, now: datetime, found: Found) -> None:
    newest = newest_moment(config)
    if newest is None:
        found.wrong.append(f"there is no whole backup in {config.backups}; make one with privity backup")
        return
    for part in (DATA, KEYS):
        path = backups(config, part)[-1][1]
        try:
            open_backup(path, Nowhere(), keeping.roots())
            found.good.append(f"the backup {part}/{path.name} opens, and its checksum is right")
        except (VaultFault, OSError) as fault:
            found.wrong.append(f"the backup {part}/{path.name} does not open: {fault}")
    if now - newest > LATE:
        day = f"{newest.astimezone(now.tzinfo):%B %-d, %Y, %H:%M}"
        found.good.append(f"notice: the newest backup is of {day}; while privity serve runs one is made every ten minutes")


def note_restore(keeping: Keeping, config: Config, shredded: list[UUID], now: datetime, made: datetime) -> tuple[list[str], dict[str, int]]:
    """Shred again what was shredded, write into each log from which backup it was restored, which shuts what leaves (people.restored).

    Return a sentence for each log that is shorter than it once was, and each's size.
    """
    for record in shredded:
        unlink(record, now)
    said, sizes = [], {}
    for practice in Practice.objects.filter(uid__in=checkpoints.sizes()):
        size = checkpoints.sizes()[practice.uid]
        sizes[str(practice.uid)] = size
        if lacks := lacking(config, str(practice.uid), size):
            said.append(f"{lacks} events came after this backup and are not in it; their checkpoints are kept in a folder of their own")
        with transaction.atomic():
            trail.write(practice.uid, practice.uid, restored.RESTORE, at=now, events=size, lacks=lacks, made=int(made.timestamp()))
            outbox.brought_back(practice, now)
        checkpoints.sign(keeping.opened(practice), now)
    return said, sizes


def same_logs(facts: Mapping[str, object]) -> list[str]:
    """Return what a restored log and the one that was backed up do not have in common."""
    wrong = []
    for practice, told in cast("Mapping[str, list[object]]", facts.get("logs") or {}).items():
        with transaction.atomic():
            log = PracticeLog(UUID(practice))
            if [log.size(), root(log).hex()] != told:
                wrong.append(f"the restored log of practice {practice} is not the one that was backed up")
    return wrong
