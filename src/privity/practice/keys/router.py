"""Where tables live: wrapped keys in the database `keys`, everything else in `default`."""

from __future__ import annotations

from typing import Any


class KeysApart:
    """Django's database router."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return the database of a table."""
        return "keys" if model._meta.app_label == "keys" else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Tell whether an app's tables belong in a database, or in a copy of it such as `keys.copy`."""
        return (db.partition(".")[0] == "keys") == (app_label == "keys")
