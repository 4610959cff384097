"""Every column of every table says how it lies, and why."""

from __future__ import annotations

from django.apps import apps

from privity.practice.site.data_map import declared, tables
from privity.vault.columns import compare


def test_each_column_is_declared_clear_sealed_or_blind() -> None:
    assert not compare(declared(), tables())
    assert len(tables()) == len(apps.get_models())


def test_a_column_nobody_declared_is_found() -> None:
    there = tables()
    there["people_person"] = [*there["people_person"], "email"]
    assert compare(declared(), there) == ["people_person.email is not declared: say clear, sealed or blind, and why"]


def test_no_table_has_an_email_column() -> None:
    assert not [name for columns in tables().values() for name in columns if "mail" in name]
