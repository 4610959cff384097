"""Rows from one database into another: a backup of PostgreSQL is an SQLite file like any other, and a restore pours such a file back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, router, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from privity.practice.trail.guards import guard, unguard

from .postgres import KEYS, settings_of
from .row_security import open_to_all

AT_ONCE = 500
Progress = Callable[[str, int], None]
PRAGMAS = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON"


class NotTheSame(Exception):
    """What was written is not what was read. Its text is one sentence."""


class NotUpToDate(Exception):
    """The tables are of another version of Privity. Its text is one sentence."""


def on_server() -> bool:
    """Tell whether the practice lives on PostgreSQL."""
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def look_through() -> None:
    """Let SQLite learn how its rows are spread, from a sample of each index; PostgreSQL does so by itself.

    Without it SQLite takes a practice's thousands of rows for few, and reads all of them to find fifty by their ids. Where it cannot be done, as on
    a full disk, pages are slower and nothing else.
    """
    for database in (DEFAULT_DB_ALIAS, "keys"):
        if connections[database].vendor == "sqlite":
            with suppress(DatabaseError), connections[database].cursor() as cursor:
                cursor.execute("PRAGMA analysis_limit = 1000")
                cursor.execute("ANALYZE")


def make_tables(database: str) -> None:
    """Make the tables of a database, or bring them up to this release."""
    app = _app(database)
    call_command("migrate", *([app] if app else []), database=database, interactive=False, verbosity=0)


def _app(database: str) -> str | None:
    """Return the one app whose tables a database holds: the keys have theirs apart, and the changes of all others need not be worked out there."""
    return "keys" if database.partition(".")[0] == "keys" else None


def models(database: str) -> list[type[Model]]:
    """Return the tables of a database, in the order of the models."""
    return [model for model in apps.get_models() if router.allow_migrate_model(database, model)]


@contextmanager
def beside(alias: str, settings: dict[str, Any]) -> Iterator[Any]:
    """Hold a connection to one more database, under a name such as `keys.copy`."""
    connections.settings[alias] = connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: settings})[alias]
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias], connections.settings[alias]


def sqlite_at(name: str) -> dict[str, Any]:
    """Return settings of an SQLite file that may be lost with the power: it is made anew then."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": {"init_command": PRAGMAS}}


@cache
def _empty(part: str) -> bytes:
    """Return an SQLite database with the tables of `default` or `keys`, and no row."""
    with beside(f"{part}.empty", sqlite_at(":memory:")) as there:
        make_tables(there.alias)
        return bytes(there.connection.serialize())


# --- out of PostgreSQL -------------------------------------------------------------------------------------------


@contextmanager
def snapshot() -> Iterator[None]:
    """See both databases as of one moment each, while others write: the data's first, the keys' right after it."""
    refuse_other_version("default")
    refuse_other_version("keys")
    with transaction.atomic("default"), transaction.atomic("keys"):
        for database in ("default", "keys"):
            with connections[database].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT 1")  # here the snapshot is taken
        open_to_all(connections["default"])  # a guarded table would hide rows and say nothing
        yield


def copy_data(target: Path, progress: Progress) -> None:
    """Write the data into an SQLite file."""
    target.write_bytes(_empty("default"))
    with beside("default.copy", sqlite_at(str(target))) as there:
        unguard(there)  # the log's guards look at every row again as it comes; they stand when it is whole
        pour("default", there.alias, progress)
        guard(there)


def copy_keys(progress: Progress) -> bytes:
    """Return the keys as an SQLite database; they never touch a disk."""
    with beside("keys.copy", sqlite_at(":memory:")) as there:
        there.ensure_connection()
        there.connection.deserialize(_empty("keys"))
        pour("keys", there.alias, progress)
        return bytes(there.connection.serialize())


def refuse_other_version(database: str) -> None:
    """Raise NotUpToDate when a database's tables are not those of this Privity."""
    refuse_newer(database)
    executor = MigrationExecutor(connections[database])
    if executor.migration_plan(executor.loader.graph.leaf_nodes(_app(database))):
        name = connections[database].settings_dict["NAME"]
        raise NotUpToDate(f"the tables in {name} were made by an older Privity: start it once with privity serve, which brings them up to date")


def refuse_newer(database: str) -> None:
    """Raise NotUpToDate when a database knows changes of tables that this Privity does not."""
    loader = MigrationExecutor(connections[database]).loader
    known: dict[str, str] = {}
    for app, name in loader.disk_migrations or {}:
        known[app] = max(known.get(app, ""), name[:4])
    if any(name[:4] > known.get(app, "9999") for app, name in loader.applied_migrations or {}):
        raise NotUpToDate("the tables were made by a newer Privity than this one: install that one and call this again; nothing was changed")


# --- from one into the other -------------------------------------------------------------------------------------


def pour(source: str, target: str, progress: Progress = lambda what, done: None) -> int:
    """Write every row of one database into another that has the same tables and no row, all or none; return how many."""
    done = 0
    with transaction.atomic(target):
        for model in models(target):
            write = _into_sqlite(model, target) if connections[target].vendor == "sqlite" else model._base_manager.using(target).bulk_create
            for rows in _batches(model, source):
                write(rows)
                done += len(rows)
                progress(f"rows of {source}", done)
            wanted, there = (model._base_manager.using(one).count() for one in (source, target))
            if wanted != there:
                raise NotTheSame(f"{model._meta.db_table} has {wanted} rows and {there} were written; nothing was kept, call the command again")
        statements = connections[target].ops.sequence_reset_sql(no_style(), models(target))
        with connections[target].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    return done


def _into_sqlite(model: type[Model], target: str) -> Callable[[list[Model]], object]:
    """Return what writes rows of a table faster than Django's own way does: a backup comes every ten minutes."""
    connection = connections[target]
    fields = [(field.attname, field.get_db_prep_save) for field in model._meta.concrete_fields]
    name = connection.ops.quote_name
    columns = ", ".join(name(str(field.column)) for field in model._meta.concrete_fields)
    sql = f"INSERT INTO {name(model._meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608  (names of the models)

    def write(rows: list[Model]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(sql, [[prepared(getattr(row, one), connection) for one, prepared in fields] for row in rows])

    return write


def refuse_difference(one: str, other: str, progress: Progress) -> None:
    """Raise NotTheSame unless every row of two databases is the same, column by column."""
    done = 0
    for model in models(one):
        names = [field.attname for field in model._meta.concrete_fields]
        if model._base_manager.using(one).count() != model._base_manager.using(other).count():
            raise NotTheSame(f"{model._meta.db_table} has not as many rows in both databases")
        for rows in _batches(model, one):
            there = model._base_manager.using(other).in_bulk([row.pk for row in rows])
            for row in rows:
                if row.pk not in there or any(getattr(row, name) != getattr(there[row.pk], name) for name in names):
                    raise NotTheSame(f"a row of {model._meta.db_table} is not the same in both databases")
            done += len(rows)
            progress("rows compared", done)


def _batches(model: type[Model], database: str) -> Iterator[list[Model]]:
    rows = iter(model._base_manager.using(database).order_by("pk").iterator(chunk_size=AT_ONCE))
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


# --- into PostgreSQL ---------------------------------------------------------------------------------------------


@contextmanager
def poured_into(address: str, progress: Progress) -> Iterator[None]:
    """Write the data and the keys at hand into empty databases of a server; kept once what stands within is done, the keys first. Raises NotTheSame."""
    with beside("default.there", settings_of(address, pool=False)), beside("keys.there", settings_of(address, KEYS, pool=False)):
        for database in ("keys.there", "default.there"):
            make_tables(database)
        if taken("default.there"):
            raise NotTheSame("the database holds rows already; nothing is ever restored over a practice: make an empty one and name it")
        with transaction.atomic("default.there"), transaction.atomic("keys.there"):
            if not taken("keys.there"):  # else a restore was stopped between its two last breaths: they are compared like all others
                pour("keys", "keys.there", progress)
            pour("default", "default.there", progress)
            try:
                refuse_difference("keys", "keys.there", progress)
                refuse_difference("default", "default.there", progress)
            except NotTheSame as fault:
                raise NotTheSame(f"{fault}; nothing was kept. Empty both databases (drop and make them again), then restore again") from None
            yield


def taken(database: str) -> bool:
    """Tell whether any table of a database holds a row."""
    return any(model._base_manager.using(database).exists() for model in models(database))


def read_all(database: str) -> tuple[int, int]:
    """Return how many tables and rows a database has, once each was read to its last byte."""
    found = models(database)
    return len(found), sum(len(rows) for model in found for rows in _batches(model, database))


def written() -> tuple[tuple[int, int], ...]:
    """Return what changes whenever something is written on the server."""
    found = []
    for database in ("default", "keys"):
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)::bigint, count(*) FROM pg_stat_user_tables")
            found.append(tuple(cursor.fetchone()))
    return tuple(found)
