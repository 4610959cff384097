"""Signed checkpoints of a practice's log, and the log as `privity log check` reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from privity.practice.keys.held import HeldKeys
from privity.vault import Use
from privity.vault.checkpoints import checkpoint, log_signer
from privity.vault.notes import Signer

from .models import Event, Head, SignedCheckpoint
from .storage import PracticeLog


def signer(keys: HeldKeys) -> Signer:
    """Return who signs the checkpoints of a practice's log."""
    return log_signer(keys.key(keys.practice, Use.SIGNING), f"privity/{keys.practice}")


def sign(keys: HeldKeys, now: datetime) -> str:
    """Return the signed checkpoint of the log as it stands; a new one only when the log has grown. Raises Locked."""
    by = signer(keys)
    with transaction.atomic():
        log = PracticeLog(keys.practice)
        newest = SignedCheckpoint.objects.filter(practice=keys.practice, size=log.size()).first()
        if newest is not None:
            return newest.note
        note = checkpoint(log, by)
        SignedCheckpoint.objects.create(practice=keys.practice, size=log.size(), at=now, note=note)
    return note


def lines(practice: UUID) -> Iterator[bytes]:
    """Yield the entries' exact bytes in order."""
    for line in Event.objects.filter(practice=practice).order_by("n").values_list("line", flat=True).iterator(2000):
        yield _raw(line)


def hashes(practice: UUID) -> list[bytes]:
    """Return the hashes kept with the entries, in order."""
    return [_raw(row) for row in Event.objects.filter(practice=practice).order_by("n").values_list("hashes", flat=True).iterator(2000)]


def notes(practice: UUID) -> list[str]:
    """Return the checkpoints that were signed, oldest first."""
    return list(SignedCheckpoint.objects.filter(practice=practice).order_by("size").values_list("note", flat=True))


def sizes() -> dict[UUID, int]:
    """Return the number of entries of each practice's log."""
    return dict(Head.objects.filter(size__gt=0).values_list("practice", "size"))


def _raw(value: bytes | memoryview | str) -> bytes:
    """Return a column's bytes: whoever edits a row by hand may leave text in it, and that is for the check to name."""
    return value.encode() if isinstance(value, str) else bytes(value)
