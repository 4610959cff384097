"""What the database itself refuses: events and checkpoints are never changed, replaced or taken out, whoever asks."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

SAYS = "the log is only ever added to"
TABLES = {"trail_event": ("practice", "n"), "trail_signedcheckpoint": ()}  # table -> what stands for its place, which may be taken once


def guard(database: BaseDatabaseWrapper) -> None:
    """Set the refusals up; where they stand already, nothing changes."""
    _run(database, _on_postgresql() if database.vendor == "postgresql" else _on_sqlite())


def unguard(database: BaseDatabaseWrapper) -> None:
    """Take the refusals away: for tests, and for the owner of the tables when they are rebuilt."""
    on = " ON {}" if database.vendor == "postgresql" else ""
    _run(database, [f"DROP TRIGGER IF EXISTS {table}_{name}{on.format(table)}" for table in TABLES for name in ("kept", "stays", "once")])


def _run(database: BaseDatabaseWrapper, statements: list[str]) -> None:
    with database.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _on_sqlite() -> list[str]:
    found = []
    for table, place in TABLES.items():
        for name, act in (("kept", "UPDATE"), ("stays", "DELETE")):
            found.append(f"CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{SAYS}'); END")
        # INSERT OR REPLACE would take the old row out without a DELETE.
        taken = " OR ".join(["id = NEW.id", *([" AND ".join(f"{one} = NEW.{one}" for one in place)] if place else [])])
        once = f"SELECT RAISE(ABORT, '{SAYS}') WHERE EXISTS (SELECT 1 FROM {table} WHERE {taken})"  # noqa: S608  (names from above)
        found.append(f"CREATE TRIGGER IF NOT EXISTS {table}_once BEFORE INSERT ON {table} BEGIN {once}; END")
    return found


def _on_postgresql() -> list[str]:
    says = f"BEGIN RAISE EXCEPTION '{SAYS}'; END"
    found = [f"CREATE OR REPLACE FUNCTION trail_refuses() RETURNS trigger LANGUAGE plpgsql AS $$ {says} $$"]
    for table in TABLES:
        for name, act in (("kept", "UPDATE OR DELETE"), ("stays", "TRUNCATE")):
            found.append(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
            found.append(f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION trail_refuses()")
    return found
