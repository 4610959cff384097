"""The data map: how each column of each table lies, and why."""

from __future__ import annotations

from django.apps import apps

from privity.vault.columns import Column, Declared, clear

OF_LIBRARIES: dict[str, dict[str, Column]] = {
    "django_session": {
        "session_key": clear("a random number that a browser shows"), "session_data": clear("an account's id, the times it was seen and proved; signed"),
        "expire_date": clear("when it ends"),
    },
}  # fmt: skip


def declared() -> Declared:
    """Return what the tables say of their columns."""
    found: dict[str, dict[str, Column]] = {}
    for model in apps.get_models():
        if said := getattr(model, "lies", None):
            columns = {field.name: field.column or field.name for field in model._meta.concrete_fields}
            found[model._meta.db_table] = {columns.get(name, name): column for name, column in said.items()}
    return {**found, **OF_LIBRARIES}


def tables() -> dict[str, list[str]]:
    """Return the columns of every table."""
    return {model._meta.db_table: [field.column or field.name for field in model._meta.concrete_fields] for model in apps.get_models()}
