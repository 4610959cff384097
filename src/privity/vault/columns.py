"""The data map: every column of every table says whether it lies clear, sealed or blind, and why; a test fails on one that does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from .faults import VaultFault
from .keys import Use


class Lies(Enum):
    """How a column lies in the database."""

    CLEAR = "clear"  # readable by whoever has the database
    SEALED = "sealed"  # bytes of seal(); opens only with its record's key
    BLIND = "blind"  # a mark of the blind index; shows which rows are equal


@dataclass(frozen=True)
class Column:
    """What a table says about one of its columns: how it lies, and the reason; for a sealed one also the use of its key."""

    lies: Lies
    reason: str
    use: str = ""


Declared = Mapping[str, Mapping[str, Column]]  # table -> column -> what it says


class NotDeclared(VaultFault):
    """The data map and the tables do not agree."""


def clear(reason: str) -> Column:
    """Return the word for a column readable by whoever has the database."""
    return Column(Lies.CLEAR, reason)


def sealed(reason: str, use: str) -> Column:
    """Return the word for a sealed column; `use` is the Use of its key, such as record or identity."""
    return Column(Lies.SEALED, reason, use)


def blind(reason: str) -> Column:
    """Return the word for a column of blind marks."""
    return Column(Lies.BLIND, reason, "index")


def compare(declared: Declared, tables: Mapping[str, Iterable[str]]) -> list[str]:
    """Return one line for each column undeclared, declared and not there, or without a reason; nothing when map and tables agree."""
    wrong = [f"{table} is declared, and there is no such table" for table in declared if table not in tables]
    for table, columns in tables.items():
        said, there = declared.get(table, {}), set(columns)
        wrong += [f"{table}.{name} is not declared: say clear, sealed or blind, and why" for name in sorted(there - set(said))]
        wrong += [f"{table}.{name} is declared, and there is no such column" for name in sorted(set(said) - there)]
        wrong += [f"{table}.{name} gives no reason" for name, column in said.items() if len(column.reason.split()) < 2]
        wrong += [f"{table}.{name}: {column.use or 'nothing'} is no use of a key" for name, column in said.items() if _keyless(column)]
    return wrong


def _keyless(column: Column) -> bool:
    return column.lies is Lies.SEALED and column.use not in {use.value for use in Use}


def refuse_undeclared(declared: Declared, tables: Mapping[str, Iterable[str]]) -> None:
    """Raise NotDeclared, naming every column on which map and tables do not agree."""
    if wrong := compare(declared, tables):
        raise NotDeclared("; ".join(wrong))


def as_table(declared: Declared) -> str:
    """Return the data map as a Markdown table, for the reference pages."""
    rows = ["| table | column | lies | key | reason |", "|---|---|---|---|---|"]
    for table, columns in sorted(declared.items()):
        rows += [f"| {table} | {name} | {column.lies.value} | {column.use or '-'} | {column.reason} |" for name, column in sorted(columns.items())]
    return "\n".join(rows) + "\n"
