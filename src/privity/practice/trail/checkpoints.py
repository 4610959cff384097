"""Signed checkpoints of a practice's log, and the log as `privity log check` reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from privity.practice.keys.held import HeldKeys
from privity.vault import Use
from privity.vault.checkpoints import Checkpoint, export_rows, log_signer
from privity.vault.checkpoints import checkpoint as signed
from privity.vault.faults import NotProvable, ProofFails
from privity.vault.log import root
from privity.vault.notes import Note, Signer

from . import marks
from .models import Event, Head, SignedCheckpoint
from .storage import AT_ONCE, PracticeLog, as_bytes, rows

# What every checkpoint says besides, a line each: the house adds the hash of the pages it gives out.
SAID: list[Callable[[], str]] = []


def signer(keys: HeldKeys) -> Signer:
    """Return who signs a practice's checkpoints. Raises Locked."""
    return log_signer(keys.key(keys.practice, Use.SIGNING), f"privity/{keys.practice}")


def checkpoint(keys: HeldKeys, now: datetime) -> SignedCheckpoint:
    """Sign the log as it stands and return the checkpoint, which is kept; where nothing is new since the newest, that one.

    Raises Locked, and ProofFails for a log that does not continue its newest checkpoint: signing it would cover that up.
    """
    by, lines = signer(keys), tuple(said() for said in SAID)
    with transaction.atomic():
        log = PracticeLog(keys.practice)
        newest = SignedCheckpoint.objects.filter(practice=keys.practice).order_by("-size", "-id").first()
        if newest is not None:
            _continues(log, newest)
            if newest.size == log.size() and _read(newest).lines == lines:
                return newest
        note = signed(log, by, lines=lines)
        return SignedCheckpoint.objects.create(practice=keys.practice, size=log.size(), at=now, note=note)


def _read(row: SignedCheckpoint) -> Checkpoint:
    return Checkpoint.read(Note.read(row.note).text)


def _continues(log: PracticeLog, newest: SignedCheckpoint) -> None:
    told = _read(newest)
    try:
        if root(log, told.size) == told.root:
            return
    except NotProvable:
        pass
    raise ProofFails(f"the log does not continue its checkpoint of {told.size} events; write it out with privity log export, and check it")


def sign(keys: HeldKeys, now: datetime) -> str:
    """Return the signed checkpoint of the log as it stands. Raises as checkpoint does."""
    return checkpoint(keys, now).note


def of_the_day(keys: HeldKeys, now: datetime) -> bool:
    """Sign the log unless that was done today already, and tell whether it was signed now. Raises as checkpoint does."""
    newest = SignedCheckpoint.objects.filter(practice=keys.practice).order_by("-at").values_list("at", flat=True).first()
    if newest is not None and newest.astimezone(now.tzinfo).date() >= now.date():
        return False
    checkpoint(keys, now)
    return True


# --- a copy to be checked elsewhere ----------------------------------------------------------------------------


@dataclass
class Copied:
    """What an export wrote, and what it found odd in the tables."""

    events: int = 0
    checkpoints: int = 0
    odd: list[str] = field(default_factory=list)


def export(keys: HeldKeys, folder: Path, now: datetime) -> Iterator[Copied]:
    """Sign the log and write it to a folder that `privity log check` reads, yielding now and then how far it is. Raises Locked and OSError."""
    by, done = signer(keys), Copied()
    try:
        checkpoint(keys, now)
    except (ProofFails, NotProvable) as fault:
        done.odd.append(str(fault))
    with transaction.atomic():
        told = notes(keys.practice)
        for done.events, odd in export_rows(folder, rows(keys.practice), told, by.verifier):
            done.odd += [odd] if odd else []
            if done.events % 10_000 == 0:
                yield done
    done.odd += marks.wrong(keys)
    done.checkpoints = len(told)
    yield done


def lines(practice: UUID, odd: list[str] | None = None) -> Iterator[bytes]:
    """Yield the entries' exact bytes in order; a sentence for each whose columns, which pages show and ask, say otherwise goes into `odd`."""
    for line, _, said in rows(practice):
        if said and odd is not None:
            odd.append(said)
        yield line


def hashes(practice: UUID) -> list[bytes]:
    """Return the hashes kept with the entries, in order."""
    kept = Event.objects.filter(practice=practice).order_by("n", "id").values_list("hashes", flat=True)
    return [as_bytes(one) for one in kept.iterator(chunk_size=AT_ONCE)]


def notes(practice: UUID) -> list[str]:
    """Return the checkpoints that were signed, oldest first."""
    return list(SignedCheckpoint.objects.filter(practice=practice).order_by("size", "id").values_list("note", flat=True))


def sizes() -> dict[UUID, int]:
    """Return the number of entries of each practice's log."""
    return dict(Head.objects.filter(size__gt=0).values_list("practice", "size"))
