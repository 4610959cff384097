"""The verbs of the trail: write an event, as the last statement of the act's transaction; sign what stands; hand a copy out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from privity.practice.keys.held import HeldKeys
from privity.vault import Key, Use
from privity.vault.checkpoints import Checkpoint, export_rows, log_signer
from privity.vault.checkpoints import checkpoint as signed
from privity.vault.faults import NotProvable, ProofFails
from privity.vault.log import Appended, append, event, root
from privity.vault.notes import Note, Signer

from .models import About, Event, SignedCheckpoint
from .storage import AT_ONCE, ManyAtOnce, PracticeLog, rows


class NotInTransaction(RuntimeError):
    """An event was to be written outside the transaction of its act."""


def write(
    practice: UUID, actor: UUID, act: str, *, at: datetime, about: Sequence[tuple[Key, UUID]] = (), row: tuple[Key, UUID] | None = None, **facts: str | int
) -> Appended:
    """Write an event and return where it stands. Raises NotInTransaction.

    INVARIANT: nothing of what the event is about leaves the machine unless the transaction it stands in was committed.
    """
    _within_the_act()
    entry = event(at, str(actor), act, about=[(key, str(record)) for key, record in about], row=(row[0], str(row[1])) if row else None, **facts)
    done = append(PracticeLog(practice), entry)
    _remember(practice, done.index, {record for _, record in about})
    return done


@dataclass(frozen=True)
class Happened:
    """One of many events of one act."""

    act: str
    about: Sequence[tuple[Key, UUID]] = ()
    facts: Mapping[str, str | int] = field(default_factory=dict)


def write_many(practice: UUID, actor: UUID, events: Iterable[Happened], *, at: datetime) -> int:
    """Write the events of one act in their order and return how many. Raises NotInTransaction."""
    _within_the_act()
    log = ManyAtOnce(practice)
    told: list[About] = []
    for one in events:
        facts: dict[str, Any] = dict(one.facts)
        done = append(log, event(at, str(actor), one.act, about=[(key, str(record)) for key, record in one.about], **facts))
        told += [About(practice=practice, record=record, n=done.index) for record in sorted({record for _, record in one.about})]
    About.objects.bulk_create(told, batch_size=AT_ONCE)
    return log.keep()


def _within_the_act() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction("an event is written within the transaction of its act")


def _remember(practice: UUID, n: int, records: Iterable[UUID]) -> None:
    About.objects.bulk_create([About(practice=practice, record=record, n=n) for record in sorted(records)])


# --- checkpoints -----------------------------------------------------------------------------------------------


def signer(keys: HeldKeys) -> Signer:
    """Return who signs a practice's checkpoints. Raises Locked."""
    return log_signer(keys.key(keys.practice, Use.SIGNING), f"privity/{keys.practice}")


def checkpoint(keys: HeldKeys, now: datetime, *, lines: Sequence[str] = ()) -> SignedCheckpoint:
    """Sign the log as it stands and return the checkpoint, which is kept; where nothing came since the newest, that one.

    Raises Locked, and ProofFails for a log that does not continue its newest checkpoint: signing it would cover that up.
    """
    by = signer(keys)
    with transaction.atomic():
        log = PracticeLog(keys.practice)
        newest = SignedCheckpoint.objects.filter(practice=keys.practice).order_by("-size", "-id").first()
        if newest is not None:
            _continues(log, newest)
            if newest.size == log.size() and not lines:
                return newest
        note = signed(log, by, lines=lines)
        return SignedCheckpoint.objects.create(practice=keys.practice, size=log.size(), at=now, note=note)


def _continues(log: PracticeLog, newest: SignedCheckpoint) -> None:
    told = Checkpoint.read(Note.read(newest.note).text)
    try:
        if root(log, told.size) == told.root:
            return
    except (NotProvable, Event.DoesNotExist):
        pass
    raise ProofFails(f"the log does not continue its checkpoint of {told.size} events; write it out with privity log export, and check it")


def checkpoint_of_the_day(keys: HeldKeys, now: datetime) -> bool:
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
    except (ProofFails, Event.DoesNotExist) as fault:
        done.odd.append(str(fault))
    with transaction.atomic():
        notes = list(SignedCheckpoint.objects.filter(practice=keys.practice).order_by("size", "id").values_list("note", flat=True))
        for done.events, odd in export_rows(folder, rows(keys.practice), notes, by.verifier):
            done.odd += [odd] if odd else []
            if done.events % 10_000 == 0:
                yield done
    done.checkpoints = len(notes)
    yield done
