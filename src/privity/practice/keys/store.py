"""The key store on this practice's database: privity.vault.rotate.KeyStore. Each verb is one transaction, durable when it returns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connections, transaction
from django.db.models import QuerySet

from privity.vault import HeldForLaw, KeyFor, Use, Wrap
from privity.vault.faults import NoSuchKey, StillInUse
from privity.vault.rotate import Rotation, Shred, ShredCertificate

from .models import LegalHold, Replacement, Shredded, WrappedKey

DATABASE = "keys"
AT_ONCE = 500  # records asked for in one statement


class PracticeKeys:
    """The wrapped keys of one practice."""

    def __init__(self, practice: str) -> None:
        self.practice = practice

    def practice_keys(self) -> list[Wrap]:
        """Return the practice keys' wraps, oldest first."""
        return [_wrap(row) for row in self._own().order_by("made")]

    def wraps_under(self, parent: bytes, limit: int) -> list[Wrap]:
        """Return at most `limit` wraps under a key."""
        return [_wrap(row) for row in self._rows().filter(parent=parent)[:limit]]

    def wraps_of(self, for_: Sequence[KeyFor]) -> list[Wrap]:
        """Return the wraps that stand for these."""
        wanted = set(for_)
        rows = self._rows().filter(record__in={one.record for one in wanted})
        return [found for row in rows if (found := _wrap(row)).for_ in wanted]

    def wraps_of_use(self, use: Use) -> list[Wrap]:
        """Return every wrap of a use."""
        return [_wrap(row) for row in self._rows().filter(use=use.value)]

    def wraps_for(self, records: Sequence[str], use: Use) -> list[tuple[str, bytes]]:
        """Return the records' wraps for a use, each with its record."""
        found: list[tuple[str, bytes]] = []
        for at in range(0, len(records), AT_ONCE):  # by hand: every page asks this several times, and building the statement costs more than the answer
            some = records[at : at + AT_ONCE]
            signs = ", ".join(["%s"] * len(some))
            query = f"SELECT record, wrapped FROM keys_wrappedkey WHERE practice = %s AND use = %s AND record IN ({signs})"  # noqa: S608  (signs alone)
            with connections[DATABASE].cursor() as cursor:
                cursor.execute(query, [self.practice, use.value, *some])
                found += [(record, bytes(wrapped)) for record, wrapped in cursor.fetchall()]
        return found

    def newest(self) -> bytes:
        """Return the id of the newest practice key, or nothing where there is none."""
        query = "SELECT child FROM keys_wrappedkey WHERE practice = %s AND record = %s AND use = %s ORDER BY made DESC LIMIT 1"
        with connections[DATABASE].cursor() as cursor:
            cursor.execute(query, [self.practice, self.practice, Use.PRACTICE.value])
            row = cursor.fetchone()
        return bytes(row[0]) if row else b""

    def begin_practice(self, first: bytes) -> None:
        """Keep a new practice's first key."""
        row = Wrap(f"practice-{self.practice}", KeyFor(self.practice, self.practice, Use.PRACTICE), first)
        self._keep(row, made=1)

    def add(self, row: Wrap) -> None:
        """Keep a new wrap; raises StillInUse unless its parent is the newest practice key."""
        with transaction.atomic(DATABASE):
            if row.parent != self._newest().child:
                raise StillInUse("the practice key has changed; take the new keyring")
            self._keep(row)

    def add_all(self, rows: Sequence[Wrap]) -> None:
        """Keep several new wraps, all or none; raises StillInUse as add does."""
        with transaction.atomic(DATABASE):
            newest = self._newest().child
            if any(row.parent != newest for row in rows):
                raise StillInUse("the practice key has changed; take the new keyring")
            WrappedKey.objects.using(DATABASE).bulk_create([_row(row, 0) for row in rows])

    def replace(self, rows: Sequence[tuple[Wrap, Wrap]]) -> None:
        """Put each second wrap where the first still stands unchanged."""
        query = "UPDATE keys_wrappedkey SET wrapped = %s, parent = %s, child = %s WHERE practice = %s AND id = %s AND wrapped = %s"
        with transaction.atomic(DATABASE), connections[DATABASE].cursor() as cursor:  # by hand: a practice has tens of thousands of them
            cursor.executemany(query, [(new.wrapped, new.parent, new.child, self.practice, old.id, old.wrapped) for old, new in rows])

    def rotation(self) -> Rotation | None:
        """Return the rotation under way."""
        row = Replacement.objects.using(DATABASE).filter(practice=self.practice).first()
        return Rotation(bytes(row.old), bytes(row.new), tuple(row.shreds)) if row else None

    def begin(self, rotation: Rotation, new: Wrap) -> None:
        """Keep the new practice key as the newest, and the rotation's note."""
        with transaction.atomic(DATABASE):
            newest = self._newest()
            if new.parent != bytes(newest.parent):
                raise StillInUse("the root key has changed; unlock again")
            self._keep(new, made=newest.made + 1)
            Replacement.objects.using(DATABASE).create(practice=self.practice, old=rotation.old, new=rotation.new, shreds=list(rotation.shreds))

    def end(self, rotation: Rotation, certificates: Sequence[ShredCertificate]) -> None:
        """Destroy the old practice key's wrap and the note, keep the certificates."""
        with transaction.atomic(DATABASE):
            if self._rows().filter(parent=rotation.old).exists():
                raise StillInUse("keys stand under the old practice key")
            self._own().filter(child=rotation.old).delete()
            Replacement.objects.using(DATABASE).filter(practice=self.practice).delete()
            for certificate in certificates:
                Shredded.objects.using(DATABASE).filter(id=certificate.id).update(certificate=certificate.text())

    def holds(self, record: str) -> tuple[str, ...]:
        """Return the ids of the legal holds that stand on a record."""
        rows = LegalHold.objects.using(DATABASE).filter(practice=self.practice, record=record, lifted=None)
        return tuple(rows.order_by("id").values_list("id", flat=True))

    def holds_told(self, record: str) -> list[tuple[str, datetime, str, bytes]]:
        """Return the legal holds that stand on a record: id, since when, by whom, and the sealed reason."""
        rows = LegalHold.objects.using(DATABASE).filter(practice=self.practice, record=record, lifted=None).order_by("id")
        return [(row.id, row.placed, row.by, bytes(row.reason)) for row in rows]

    def hold(self, id: str, record: str, by: str, now: datetime, reason: bytes) -> None:
        """Place a legal hold on a record; the reason is sealed."""
        LegalHold.objects.using(DATABASE).create(id=id, practice=self.practice, record=record, placed=now, by=by, reason=reason)

    def lift(self, id: str, now: datetime) -> None:
        """End a legal hold."""
        LegalHold.objects.using(DATABASE).filter(practice=self.practice, id=id, lifted=None).update(lifted=now)

    def destroy(self, rows: Sequence[Wrap], shred: Shred) -> None:
        """Destroy wraps and keep the shred's note; raises HeldForLaw when a hold has come in between."""
        with transaction.atomic(DATABASE):
            for row in rows:
                if holds := self.holds(row.for_.record):
                    raise HeldForLaw(row.for_.record, holds)
            self._rows().filter(id__in=[row.id for row in rows]).delete()
            Shredded.objects.using(DATABASE).create(
                id=shred.id, practice=self.practice, record=shred.record, uses=list(shred.uses), requested=shred.requested, removed=shred.removed
            )

    def shreds(self) -> list[Shred]:
        """Return the shreds whose practice key still lives."""
        rows = Shredded.objects.using(DATABASE).filter(practice=self.practice, certificate="")
        return [Shred(row.id, bytes(row.record), tuple(row.uses), row.requested, row.removed) for row in rows]

    def _rows(self) -> QuerySet[WrappedKey]:
        return WrappedKey.objects.using(DATABASE).filter(practice=self.practice)

    def _own(self) -> QuerySet[WrappedKey]:
        """Return the practice's own keys: they stand for the practice as for a record, which is what the table finds at once."""
        return self._rows().filter(record=self.practice, use=Use.PRACTICE.value)

    def _newest(self) -> WrappedKey:
        row = self._own().select_for_update().order_by("-made").first()
        if row is None:
            raise NoSuchKey(f"practice {self.practice} has no practice key; restore the key store from its backup")
        return row

    def _keep(self, row: Wrap, made: int = 0) -> None:
        _row(row, made).save(using=DATABASE, force_insert=True)


def _row(row: Wrap, made: int) -> WrappedKey:
    for_ = row.for_
    return WrappedKey(
        id=row.id, practice=for_.practice, record=for_.record, use=for_.use.value, parent=row.parent, child=row.child, wrapped=row.wrapped, made=made
    )


def _wrap(row: WrappedKey) -> Wrap:
    return Wrap(row.id, KeyFor(row.practice, row.record, Use(row.use)), bytes(row.wrapped))
