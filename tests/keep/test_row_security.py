"""On PostgreSQL a request's connection sees its own practice's rows, whatever a query forgot; and the application cannot change the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from privity.practice.people.models import Account, Practice, Record
from privity.practice.site.row_security import app_role, guarded, narrow, open_to_all
from privity.practice.trail.models import Event

from .conftest import Cast

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="row security is PostgreSQL's: run on it by make test")


@pytest.fixture
def application(cast: Cast) -> Iterator[Cast]:
    """The cast, seen by the role the application runs as: the owner of the tables is above every guard here."""
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS privity_app")
        cursor.execute("CREATE ROLE privity_app")
        for sql in app_role("privity_app"):
            cursor.execute(sql)
        cursor.execute("SET ROLE privity_app")
    yield cast
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    open_to_all(connection)


def test_every_table_of_a_practice_is_guarded(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'its_practice'")
        have = {name for (name,) in cursor.fetchall()}
    assert have == {table for table, _, _ in guarded()}
    nobodys = {"people_practice", "people_tries"}  # tries at the door belong to no practice yet
    assert {model._meta.db_table for model in apps.get_app_config("people").get_models()} - have == nobodys


def test_a_query_that_forgets_the_practice_finds_only_its_own(application: Cast) -> None:
    everyone = Account.objects.count()
    narrow(application.practice.pk, application.practice.uid)
    assert 0 < Account.objects.count() < everyone
    assert set(Event.objects.values_list("practice", flat=True)) == {application.practice.uid}
    assert set(Record.objects.values_list("practice_id", flat=True)) == {application.practice.pk}


def test_another_practices_row_cannot_be_written(application: Cast) -> None:
    other = Practice.objects.exclude(pk=application.practice.pk).get()
    narrow(application.practice.pk, application.practice.uid)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Record.objects.create(practice=other, kind="individual", about=b"", opened=application.dana.now)


@pytest.mark.parametrize("sql", ["UPDATE trail_event SET act = 'x'", "DELETE FROM trail_event", "TRUNCATE trail_event"])
def test_the_application_cannot_change_the_log(application: Cast, sql: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
