"""Shredding a record: its keys go at once, the night's sweep destroys the key above them, and from the certificate's day on no backup brings it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.keys.models import Shredded
from privity.practice.keys.opening import locked
from privity.practice.people.access import NotThere, barred, require_at_practice
from privity.practice.people.actor import Actor
from privity.practice.people.models import Participant, Person, Practice, Record
from privity.practice.trail import checkpoints
from privity.practice.trail import services as trail
from privity.practice.trail.models import About
from privity.vault import HeldForLaw, KeyFor, OpenKeyring, Use
from privity.vault.notes import sign_note
from privity.vault.rotate import shred, sweep

from .config import Config
from .keeping import Keeping

ENDS = (Use.RECORD, Use.MESSAGES, Use.IDENTITY)  # not the accounting and the copies of what was sent: the law keeps these longer (45 CFR 164.528)
CERTIFICATES = "certificates"


@dataclass(frozen=True)
class Paper:
    """What is printed for whoever asked for a shred. `opening` is kept nowhere."""

    id: str
    opening: bytes
    effective_at_the_earliest: datetime


def shred_record(actor: Actor, record: UUID, config: Config) -> Paper:
    """Destroy a record's keys and every open sign of whom it was about. Raises NotThere, NotAllowed, HeldForLaw, NoSuchKey.

    Killed in between, it is called again and goes on: first the rows and the event, then the keys.
    """
    require_at_practice(actor, "shred", "record")
    row = Record.objects.filter(id=record, practice_id=actor.practice_row).exclude(id__in=barred(actor)).first()
    if row is None:
        raise NotThere(f"record {record}")
    if holds := actor.keys.store.holds(str(record)):
        raise HeldForLaw(str(record), holds)
    alone = _alone(record)
    if row.shredded is None:
        _mark(actor, record)
    actor.keys.forget()
    keys = [KeyFor(str(actor.practice), str(id), use) for id in (record, *alone) for use in ENDS]
    id = uuid4().hex
    _, opening = shred(actor.keys.store, str(record), keys, id=id, requested=actor.now, now=actor.now)
    return Paper(id, opening, actor.now + timedelta(days=config.key_backups_days + 1))


def _alone(record: UUID) -> list[UUID]:
    """Return the people who stand in this record and in no other that is kept."""
    inside = list(Participant.objects.filter(record_id=record).values_list("person_id", flat=True))
    elsewhere = Participant.objects.filter(person_id__in=inside, record__shredded=None).exclude(record_id=record)
    return sorted(set(inside) - set(elsewhere.values_list("person_id", flat=True)))


def _mark(actor: Actor, record: UUID) -> None:
    """Note that the record is no more, and write the event: its commitment remains, and tells nobody."""
    about = [(actor.keys.key(record, Use.RECORD), record)]
    with transaction.atomic():
        trail.write(actor.practice, actor.account, "record.shred", at=actor.now, about=about)
        unlink(record, actor.now)  # and with the rest the row that says whom this very event was about


def unlink(record: UUID, now: datetime) -> None:
    """Mark a record as shredded, and take away what could still point at its people."""
    with transaction.atomic():
        Person.objects.filter(id__in=_alone(record)).update(name_mark=b"", phone_marks=[])
        About.objects.filter(record=record).delete()
        Record.objects.filter(id=record).update(shredded=now, closed=now)


def sweep_all(keeping: Keeping, config: Config, now: datetime, progress: Callable[[int], None] = lambda done: None) -> list[Path]:
    """Complete every shred of every practice here and return the new certificates' files. Killed, it goes on when called again."""
    written = []
    for practice in Practice.objects.order_by("pk"):
        held = locked(practice.uid)
        if held.store.shreds() or held.store.rotation():
            keyring = keeping.opened(practice).keyring
            if isinstance(keyring, OpenKeyring):
                sweep(held.store, keyring, keeping.roots(), now=now, backups_live=timedelta(days=config.key_backups_days), progress=progress)
        written += _certificates(keeping, practice)
    return written


def _certificates(keeping: Keeping, practice: Practice) -> list[Path]:
    """Sign each certificate that has no file yet, and keep it where it can be printed."""
    folder, written = keeping.data / CERTIFICATES, []
    for row in Shredded.objects.using("keys").filter(practice=str(practice.uid)).exclude(certificate=""):
        path = folder / f"{row.id}.txt"
        if not path.exists():
            folder.mkdir(mode=0o700, exist_ok=True)
            path.write_text(sign_note(row.certificate, [checkpoints.signer(keeping.opened(practice))]), "utf-8")
            written.append(path)
    return written
