"""The gate to the log's rows. Pages go by keyset, never by offset, so that the thousandth costs what the first does."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from privity.vault.log import HASH_BYTES

from .models import About, Event, SignedCheckpoint
from .storage import as_kept

PAGE = 50
WINDOW = 2000  # places at the end of the log that are looked through before all of it
NEAR = 1000  # events that are looked at one by one to learn what was done since
FEW = 10_000  # events that are sorted at once
READ = 100  # records of one event that are read to find those wanted
NAMED = 3  # records named on a row; of a list of hundreds only the number is told
ORDERS = ("when", "who", "act", "client")
Cursor = tuple[str, int]  # where a page ended: the sorted value, and the event's place


@dataclass(frozen=True)
class Wanted:
    """Which events. With `records` only those about one of them; `hidden` are records of which nothing is shown."""

    practice: UUID
    records: frozenset[UUID] | None = None
    hidden: frozenset[UUID] = frozenset()
    actor: UUID | None = None
    acts: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    reader: UUID | None = None  # who reads, where only the reader's own acts about what is private are to be seen


PRIVATE = ("sealed.", "custody.")  # acts that tell that sealed notes exist; a colleague does not learn it from the trail


@dataclass(frozen=True)
class Order:
    """In which order. `ranks` are the values of the column in the order a reader expects: accounts by name, acts by their words, records by name."""

    by: str = "when"
    reverse: bool = True
    ranks: Sequence[UUID | str] | None = ()


@dataclass(frozen=True)
class Seen:
    """One event as a page shows it; `records` only those the reader may know of, at most NAMED, and `more` how many besides."""

    n: int
    at: datetime
    actor: UUID
    act: str
    records: tuple[UUID, ...] = ()
    more: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Some events, and where the next page begins."""

    events: tuple[Seen, ...]
    next: Cursor | None


Row = tuple[str, int, datetime, UUID, str]  # the sorted value, then n, at, actor, act


def page(wanted: Wanted, order: Order, after: Cursor | None = None, limit: int = PAGE) -> Page:
    """Return a page of events: the first, or the one after a place."""
    rows = list(_rows(wanted, order, after, limit + 1))
    shown = rows[:limit]
    places = [row[1] for row in shown]
    told, facts = _records(wanted, places), _facts(wanted.practice, places)
    about = [(UUID(row[0]),) if order.by == "client" else () for row in shown]
    events = (
        Seen(n, at, actor, act, first or told.get(n, ((), 0))[0], 0 if first else told.get(n, ((), 0))[1], facts.get(n, {}))
        for first, (_, n, at, actor, act) in zip(about, shown, strict=True)
    )
    return Page(tuple(events), (shown[-1][0], shown[-1][1]) if len(rows) > limit else None)


def _rows(wanted: Wanted, order: Order, after: Cursor | None, limit: int) -> Iterator[Row]:
    if order.by == "when":
        return (("", *row) for row in (_newest(wanted, after, limit) if order.reverse else _in_order(wanted, after, limit)))
    rows = _matching(wanted)
    if order.ranks is None:
        return _by_record(wanted, order, after, limit)
    return _group_by_group(rows, wanted, order, after, limit)


SHOWN = ("n", "at", "actor", "act")
Shown = tuple[int, datetime, UUID, str]


def _in_order(wanted: Wanted, after: Cursor | None, limit: int) -> Iterable[Shown]:
    rows = _matching(wanted)
    return (rows.filter(n__gt=after[1]) if after else rows).order_by("n").values_list(*SHOWN)[:limit]


def _newest(wanted: Wanted, after: Cursor | None, limit: int) -> Iterable[Shown]:
    """Return the newest events wanted, below a place if one is given. What is asked for most lies near the end of the log: that is looked through first."""
    top = after[1] if after else upto(wanted.practice).size
    for least in (top - WINDOW, 0):
        rows = list(_matching(wanted, least).filter(n__lt=top).order_by("-n").values_list(*SHOWN)[:limit])
        if len(rows) == limit or least <= 0:
            break
    return rows


def _matching(wanted: Wanted, least: int = 0) -> QuerySet[Event]:
    """Return the events wanted, from a place on. A period is looked for along the places: a clock that was set back moves nothing out of it."""
    rows = Event.objects.filter(practice=wanted.practice)
    if least > 0:
        rows = rows.filter(n__gte=least)
    if wanted.since is not None:
        rows = rows.filter(at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(at__lt=wanted.until)
    if wanted.actor is not None:
        rows = rows.filter(actor=wanted.actor)
    if wanted.acts:
        rows = rows.filter(act__in=wanted.acts) if len(wanted.acts) > 1 else rows.filter(act=wanted.acts[0])
    if wanted.reader is not None:
        for beginning in PRIVATE:
            rows = rows.exclude(~Q(actor=wanted.reader), act__startswith=beginning)
    about = About.objects.filter(practice=wanted.practice)
    if least > 0:
        about = about.filter(n__gte=least)
    if wanted.records is not None:
        rows = rows.filter(n__in=about.filter(record__in=wanted.records).values("n"))
    if wanted.hidden:  # what was about nothing else does not show; a list of many shows without them
        rows = rows.exclude(Q(n__in=about.filter(record__in=wanted.hidden).values("n")) & ~Q(n__in=about.exclude(record__in=wanted.hidden).values("n")))
    return rows


def _group_by_group(rows: QuerySet[Event], wanted: Wanted, order: Order, after: Cursor | None, limit: int) -> Iterator[Row]:
    """Yield events one value of the sorted column after the other, within each the newest first; where few are wanted, they are sorted here."""
    column = {"who": "actor", "act": "act"}.get(order.by, "")
    ranks = [str(value) for value in (reversed(order.ranks or ()) if order.reverse else order.ranks or ())]
    if after and after[0] in ranks:
        ranks = ranks[ranks.index(after[0]) :]
    if column and _are_few(rows):
        yield from _sorted(rows.order_by().values_list(*SHOWN), SHOWN.index(column), ranks, after)[:limit]
        return
    rows = rows if column else _matching(replace(wanted, records=None))  # each record below is one of those wanted
    for value in ranks:
        if limit <= 0:
            return
        group = rows.filter(**{column: value}) if column else rows.filter(n__in=About.objects.filter(practice=wanted.practice, record=value).values("n"))
        if after and value == after[0]:
            group = group.filter(n__lt=after[1])
        for row in group.order_by("-n").values_list(*SHOWN)[:limit]:
            limit -= 1
            yield value, *row


def _are_few(rows: QuerySet[Event]) -> bool:
    return rows.order_by().values("n")[: FEW + 1].count() <= FEW


def _sorted(rows: Iterable[tuple[int, datetime, UUID, str]], column: int, ranks: Sequence[str], after: Cursor | None) -> list[Row]:
    place = {value: number for number, value in enumerate(ranks)}
    found: list[Row] = [(str(row[column]), *row) for row in rows if str(row[column]) in place]
    found.sort(key=lambda row: (place[row[0]], -row[1]))
    return [row for row in found if after is None or (place[row[0]], -row[1]) > (place.get(after[0], -1), -after[1])]


def _by_record(wanted: Wanted, order: Order, after: Cursor | None, limit: int) -> Iterator[Row]:
    """Yield events by their record's id, as whoever may know no names sorts them.

    Where few events are wanted they are taken and sorted; where many are, the table's own order leads to the first of them soon.
    """
    sign, way = ("<", "DESC") if order.reverse else (">", "ASC")
    tests: list[tuple[str, list[Any]]] = [("a.practice = %s", [as_kept(wanted.practice)])]
    if after:
        tests.append((f"(a.record, a.n) {sign} (%s, %s)", [as_kept(UUID(after[0])), after[1]]))
    for test, value in (("e.at >= %s", wanted.since), ("e.at < %s", wanted.until)):
        tests += [(test, [Event._meta.get_field("at").get_db_prep_value(value, connection)])] if value else []
    if wanted.actor:
        tests.append(("e.actor = %s", [as_kept(wanted.actor)]))
    if wanted.acts:
        tests.append((f"e.act IN ({', '.join(['%s'] * len(wanted.acts))})", list(wanted.acts)))
    for hidden in wanted.hidden:
        tests.append(("a.record <> %s", [as_kept(hidden)]))
    given = [value for _, values in tests for value in values]
    where = " AND ".join(test for test, _ in tests)
    tables = ("trail_event e", "trail_about a") if _are_few(_matching(wanted)) else ("trail_about a", "trail_event e")
    query = (
        f"SELECT a.record, e.n FROM {' CROSS JOIN '.join(tables)} "  # noqa: S608  (only names and signs from above)
        f"WHERE e.practice = a.practice AND e.n = a.n AND {where} ORDER BY a.record {way}, a.n {way} LIMIT {int(limit)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found = [(str(UUID(str(record))), n) for record, n in cursor.fetchall()]
    rows = {row[0]: row for row in Event.objects.filter(practice=wanted.practice, n__in={n for _, n in found}).values_list(*SHOWN)}
    return ((record, *rows[n]) for record, n in found)


def _records(wanted: Wanted, places: Sequence[int]) -> dict[int, tuple[tuple[UUID, ...], int]]:
    """Return for each event the records to be named on its row, and how many besides."""
    about = About.objects.filter(practice=wanted.practice, n__in=places).exclude(record__in=wanted.hidden)
    counts = dict(about.values_list("n").annotate(Count("record")).order_by())
    if wanted.records is None:
        rows = about.filter(n__in=[n for n, count in counts.items() if count <= NAMED]).values_list("n", "record")
        return {**{n: ((), count) for n, count in counts.items()}, **_named(rows)}
    # Of an event about not too many, every record is read and those wanted kept: to name a reader's hundreds to the database costs more.
    short = [n for n, count in counts.items() if count <= READ]
    wide = about.filter(n__in=set(counts) - set(short), record__in=wanted.records) if len(short) < len(counts) else about.none()
    mine = [row for row in about.filter(n__in=short).values_list("n", "record") if row[1] in wanted.records]
    return _named([*mine, *wide.values_list("n", "record")])


def _named(rows: Iterable[tuple[int, UUID]]) -> dict[int, tuple[tuple[UUID, ...], int]]:
    """Return for each event its records where they are few, else how many they are."""
    found: dict[int, list[UUID]] = {}
    for n, record in rows:
        found.setdefault(n, []).append(record)
    return {n: (tuple(sorted(records, key=str)), 0) if len(records) <= NAMED else ((), len(records)) for n, records in found.items()}


def _facts(practice: UUID, places: Sequence[int]) -> dict[int, Mapping[str, str | int]]:
    rows = Event.objects.filter(practice=practice, n__in=places).values_list("n", "line")
    return {n: json.loads(bytes(line)).get("facts", {}) for n, line in rows}


def newest(practice: UUID, acts: Collection[str], limit: int = PAGE) -> tuple[Seen, ...]:
    """Return the newest events of a few rare acts, with their facts. For gates and verbs alone: it asks nobody."""
    rows = Event.objects.filter(practice=practice, act__in=acts).order_by("-n").values_list("n", "at", "actor", "act", "line")[:limit]
    return tuple(Seen(n, at, actor, act, facts=json.loads(bytes(line)).get("facts", {})) for n, at, actor, act, line in rows)


# --- what there is to choose from ------------------------------------------------------------------------------


def acts(practice: UUID) -> list[str]:
    """Return the acts that stand in a log: one short look each, however long it is."""
    return _distinct(practice, "act")


def actors(practice: UUID) -> list[UUID]:
    """Return who stands in a log."""
    return [UUID(str(actor)) for actor in _distinct(practice, "actor")]


def _distinct(practice: UUID, column: str) -> list[Any]:
    """Return a column's values, stepping from one to the next along its index, in one statement."""
    one = f"SELECT {column} FROM trail_event WHERE practice = %s"  # noqa: S608  (a column named above)
    first, later = f"{one} ORDER BY {column} LIMIT 1", f"{one} AND {column} > each.it ORDER BY {column} LIMIT 1"
    query = f"WITH RECURSIVE each(it) AS (SELECT ({first}) UNION ALL SELECT ({later}) FROM each WHERE each.it IS NOT NULL) SELECT it FROM each"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, [as_kept(practice), as_kept(practice)])
        return [it for (it,) in cursor.fetchall() if it is not None]


# --- what was done since ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Upto:
    """How far somebody has read a log: its size, and the last entry's leaf hash, which another entry at that place does not have."""

    size: int
    leaf: bytes


@dataclass(frozen=True)
class Since:
    """What was done since: the records those events were about, and the acts among them that tell of no record."""

    upto: Upto
    changed: frozenset[UUID]
    untold: frozenset[str]


def upto(practice: UUID) -> Upto:
    """Return how far a log goes, as far as is committed; within a transaction that writes, with what it wrote."""
    last = Event.objects.filter(practice=practice).order_by("-n").values_list("n", "hashes").first()
    return Upto(last[0] + 1, bytes(last[1])[:HASH_BYTES]) if last else Upto(0, b"")


def since(practice: UUID, then: Upto, but: Collection[str]) -> Since | None:
    """Return what was done since, but for some acts; None when the log is not the one that was read: it was rolled back or put back.

    Nothing is missed: appends never run side by side, so an entry is never seen before the ones below it.
    """
    later = Event.objects.filter(practice=practice, n__gte=max(then.size - 1, 0)).order_by("n")
    near = list(later.values_list("n", "act", "hashes")[:NEAR])  # the last entry read before, and those after it
    if then.size and (not near or near[0][0] != then.size - 1 or bytes(near[0][2])[:HASH_BYTES] != then.leaf):
        return None
    now = upto(practice) if len(near) == NEAR else Upto(near[-1][0] + 1, bytes(near[-1][2])[:HASH_BYTES]) if near else Upto(0, b"")
    if len(near) < NEAR:
        acts = {n: act for n, act, _ in near if n >= then.size and act not in but}
    else:
        acts = dict(later.filter(n__gte=then.size, n__lt=now.size).exclude(act__in=but).order_by().values_list("n", "act"))
    if not acts:
        return Since(now, frozenset(), frozenset())
    about = About.objects.filter(practice=practice, n__gte=min(acts, default=0), n__lte=max(acts, default=-1))
    told = list((about.filter(n__in=list(acts)) if len(acts) <= FEW // 10 else about).values_list("n", "record"))
    named = {n for n, _ in told}
    return Since(now, frozenset(record for n, record in told if n in acts), frozenset(act for n, act in acts.items() if n not in named))


# --- checkpoints -----------------------------------------------------------------------------------------------


def latest_checkpoint(practice: UUID) -> SignedCheckpoint | None:
    """Return the newest signed checkpoint."""
    return SignedCheckpoint.objects.filter(practice=practice).order_by("-size", "-id").first()
