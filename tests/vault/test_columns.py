"""The data map: a column nobody declared fails the build."""

from __future__ import annotations

import pytest

from privity.vault.columns import NotDeclared, as_table, blind, clear, compare, refuse_undeclared, sealed

MAP = {
    "people_person": {
        "id": clear("random, tells nothing"),
        "name": sealed("names a person", "identity"),
        "phone_mark": blind("finds a caller by number"),
    }
}


def test_a_map_that_fits_is_silent() -> None:
    refuse_undeclared(MAP, {"people_person": ["id", "name", "phone_mark"]})


@pytest.mark.parametrize(
    ("declared", "tables", "says"),
    [
        (MAP, {"people_person": ["id", "name", "phone_mark", "email"]}, "people_person.email is not declared"),
        (MAP, {"people_person": ["id", "name", "phone_mark"], "visits_visit": ["id"]}, "visits_visit.id is not declared"),
        (MAP, {"people_person": ["id", "name"]}, "people_person.phone_mark is declared, and there is no such column"),
        (MAP, {}, "no such table"),
        ({"t": {"id": clear("")}}, {"t": ["id"]}, "t.id gives no reason"),
        ({"t": {"id": sealed("names a person", "everything")}}, {"t": ["id"]}, "everything is no use of a key"),
    ],
)
def test_what_does_not_fit_is_named(declared, tables, says: str) -> None:
    assert any(says in line for line in compare(declared, tables))
    with pytest.raises(NotDeclared, match=r"declared|reason|use"):
        refuse_undeclared(declared, tables)


def test_the_map_prints_as_a_table() -> None:
    assert "| people_person | name | sealed | identity | names a person |" in as_table(MAP)
