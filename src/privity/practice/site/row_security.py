"""On PostgreSQL every row is guarded by its practice: a request sees the rows of its actor's practice, whatever a query forgot to say.

A guard against our own mistakes, beside the gates and not in their place. A new connection sees all practices (commands, the way in);
a request narrows its own as soon as it knows whose it is. The log takes new rows and no others.
"""

from __future__ import annotations

import re
from typing import Any

from django.apps import apps
from django.db import connections, models

SETTING = "privity.practice"
EVERY = "*"


def guard(**said: Any) -> None:
    """Put the guard on every table that has a practice. Called after each migration, so that a new table has it at once."""
    connection = connections[said.get("using", "default")]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table, column, uid in guarded():
            if table in there:
                for sql in statements(table, column, uid=uid):
                    cursor.execute(sql)


def guarded() -> list[tuple[str, str, bool]]:
    """Return each table of the data with the column that names its practice, and whether it holds the practice's uid."""
    found = []
    for model in apps.get_models():
        names = {field.name: field for field in model._meta.concrete_fields}
        if "practice" in names and model._meta.app_label != "keys":
            field = names["practice"]
            found.append((model._meta.db_table, str(field.column), isinstance(field, models.UUIDField)))
    return found


def statements(table: str, column: str, *, uid: bool) -> list[str]:
    """Return the SQL that puts the guard on a table; run again it changes nothing."""
    # Names come from the models alone.
    mine = f"{column}::text = split_part(current_setting('{SETTING}', true), '/', {2 if uid else 1})"
    test = f"current_setting('{SETTING}', true) = '{EVERY}' OR {mine}"
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS its_practice ON {table}",
        f"CREATE POLICY its_practice ON {table} USING ({test}) WITH CHECK ({test})",
    ]


def open_to_all(connection: Any, **said: Any) -> None:
    """Let a new connection see all practices. Django's signal for each new connection."""
    _set(connection, EVERY)


def narrow(practice: int, uid: object) -> None:
    """Let this request's connection see one practice's rows, and no other's."""
    _set(connections["default"], f"{practice}/{uid}")


def _set(connection: Any, value: str) -> None:
    if connection.vendor == "postgresql" and connection.alias.partition(".")[0] == "default":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, false)", [SETTING, value])


def app_role(role: str, *, keys: bool = False) -> list[str]:
    """Return the SQL that gives a role what the running application needs: rows, no tables; of the log, reading and adding only.

    With `keys` it is that for the database of the wrapped keys. Raises ValueError for what is no role's name.
    """
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
        raise ValueError(f"{role} is no name of a role: small letters, digits and _ alone")
    log = [f"REVOKE UPDATE, DELETE, TRUNCATE ON trail_event, trail_signedcheckpoint FROM {role}"]
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *([] if keys else log),
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
