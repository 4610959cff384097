"""The log on this practice's database: privity.vault.log.Storage."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from privity.vault.faults import NotProvable

from .models import Event, Head

AT_ONCE = 2000  # rows read or written in one statement


class PracticeLog:
    """A practice's log. Use it inside a transaction: the first look at its size locks it until the commit.

    Its statements are written by hand: every page appends, and Django builds each statement anew, for more than it takes to run.
    """

    def __init__(self, practice: UUID) -> None:
        self.practice = practice
        self._size: int | None = None
        self._near: dict[int, bytes] = {}

    def size(self) -> int:
        """Return the number of entries, as this transaction will leave it."""
        if self._size is None:
            lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
            query = f"SELECT size FROM trail_head WHERE practice = %s{lock}"  # noqa: S608  (our own words)
            found = self._ask(query)
            if not found:
                Head.objects.get_or_create(practice=self.practice)
                found = self._ask(query)
            self._size = int(found[0][0])
        return self._size

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry. Raises NotProvable when it is not there: somebody took it out."""
        if index not in self._near:
            # An append at the end asks for these one after the other: they are read at once.
            wanted, size = {index}, self._size or 0
            ones = (size ^ size + 1).bit_length() - 1 if index == size - 1 else 0  # how many complete subtrees the next entry closes
            wanted |= {(size >> level << level) - 1 for level in range(ones)}
            signs = ", ".join(["%s"] * len(wanted))
            found = self._ask(f"SELECT n, hashes FROM trail_event WHERE practice = %s AND n IN ({signs})", *wanted)  # noqa: S608  (signs alone)
            self._near |= {n: bytes(kept) for n, kept in found}
        if index not in self._near:
            raise NotProvable(f"the log lacks event {index}: somebody took it out; write the log out with privity log export, and check it")
        return self._near[index]

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Keep an entry with its hashes. INVARIANT: refused by the table when there is an entry with this index."""
        put_in([self._event(index, line, hashes)])
        self._grown(index + 1)

    def _event(self, index: int, line: bytes, hashes: bytes) -> Event:
        raw = json.loads(line)
        at = datetime.fromisoformat(raw["at"])
        return Event(practice=self.practice, n=index, at=at, actor=UUID(raw["actor"]), act=raw["act"], line=line, hashes=hashes)

    def _grown(self, size: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE trail_head SET size = %s WHERE practice = %s", [size, as_kept(self.practice)])
        self._size = size

    def _ask(self, query: str, *more: int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, [as_kept(self.practice), *more])
            return list(cursor.fetchall())


def as_kept(id: UUID) -> Any:
    """Return an id as the database holds it, for a statement written by hand."""
    return Event._meta.get_field("practice").get_db_prep_value(id, connection)


def put_in(rows: Sequence[Model]) -> None:
    """Put new rows of one of the log's tables in. Raises what the database raises."""
    if not rows:
        return
    fields = [field for field in rows[0]._meta.concrete_fields if not field.primary_key]
    signs, columns = ", ".join(["%s"] * len(fields)), ", ".join(str(field.column) for field in fields)
    query = f"INSERT INTO {rows[0]._meta.db_table} ({columns}) VALUES ({signs})"  # noqa: S608  (our own names)
    with connection.cursor() as cursor:
        cursor.executemany(query, [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows])


class ManyAtOnce(PracticeLog):
    """The same log for an act of many events: they are kept together, by `keep`, within the same transaction."""

    def __init__(self, practice: UUID) -> None:
        super().__init__(practice)
        self._first = self.size()
        self._waiting: list[Event] = []

    def hashes(self, index: int) -> bytes:
        """Return the hashes kept with an entry."""
        return bytes(self._waiting[index - self._first].hashes) if index >= self._first else super().hashes(index)

    def add(self, index: int, line: bytes, hashes: bytes) -> None:
        """Take an entry with its hashes; `keep` writes it."""
        self._waiting.append(self._event(index, line, hashes))
        self._size = index + 1

    def keep(self) -> int:
        """Write every entry taken, and return how many."""
        put_in(self._waiting)
        self._grown(self._first + len(self._waiting))
        return len(self._waiting)


def rows(practice: UUID) -> Iterator[tuple[bytes, bytes, str]]:
    """Yield (line, hashes, what is odd) of every entry as it lies in the table, by its place, a few thousand in memory at a time.

    Odd is an entry whose columns, which pages show, do not say what its line says.
    """
    found = Event.objects.filter(practice=practice).order_by("n", "id").values_list("line", "hashes", "n", "at", "actor", "act")
    for line, hashes, *shown in found.iterator(chunk_size=AT_ONCE):
        line, hashes = as_bytes(line), as_bytes(hashes)
        odd = "" if shown == _said(line) else f"event {shown[0]} is shown on pages otherwise than the log has it: its columns were edited"
        yield line, hashes, odd


def as_bytes(kept: object) -> bytes:
    """Return a column of bytes as bytes; an edit by hand may have left text there."""
    return kept.encode() if isinstance(kept, str) else bytes(kept)  # type: ignore[call-overload]


def _said(line: bytes) -> list[object]:
    try:
        raw = json.loads(line)
        return [raw["n"], datetime.fromisoformat(raw["at"]), UUID(raw["actor"]), raw["act"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return []
