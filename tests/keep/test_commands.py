"""The practice's commands, as whoever runs the machine meets them: each bad day is one sentence, and nothing that was saved is lost."""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from .on_disk import FILL, OnDisk, end_of_pieces, set_up


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> OnDisk:
    """A practice with two clients and one backup."""
    status, said, new = set_up(tmp_path_factory.mktemp("begun"))
    assert status == 0, said
    new.said |= dict(line.split() for line in new.python(FILL).splitlines())
    assert new.run("backup")[0] == 0
    return new


@pytest.fixture
def practice(begun: OnDisk, tmp_path: Path) -> OnDisk:
    return begun.copy(tmp_path)


def only_line(said: str) -> str:
    lines = [line for line in said.strip().splitlines() if not line.startswith("... ")]
    assert len(lines) == 1, said
    return lines[0]


# --- init --------------------------------------------------------------------------------------------------------


def test_init_has_a_row_of_the_sheet_typed_back_and_says_the_first_user_name(begun: OnDisk) -> None:
    assert len(begun.said["sheet"].splitlines()) == 7
    assert begun.said["olga"].count("-") == 2
    assert json.loads(begun.key.read_text())["keys"][0]["sheet_tried"] is True
    assert begun.key.stat().st_mode & 0o077 == 0
    assert begun.data.stat().st_mode & 0o077 == 0
    assert not [path for path in begun.data.iterdir() if path.stat().st_mode & 0o077]


SET_UP = """
import django
django.setup()
from django.test import Client
door = Client(headers={{"host": "localhost"}})
answer = door.post("/sign-in/begin", {{"user_name": "{olga}", "code": "{code}"}})
print(answer.status_code, answer.headers.get("Location"))
"""


LAST = """
import django
django.setup()
from privity.practice.trail.models import Event
last = Event.objects.order_by("-n")[0]
print(last.act, last.actor == last.practice)
"""


@pytest.mark.parametrize(("mend", "told"), [(str, "302 /sign-in/set-up"), (lambda code: code[:-1] + ("2" if code[-1] != "2" else "3"), "422 None")])
def test_the_code_that_init_shows_sets_the_owner_up(begun: OnDisk, mend: Callable[[str], str], told: str) -> None:
    assert begun.python(SET_UP.format(olga=begun.said["olga"], code=mend(begun.said["code"]))).strip() == told


def test_a_key_service_keeps_the_root_key_of_a_practice_and_of_its_restore(tmp_path: Path) -> None:
    (tmp_path / "kek").write_text("5a" * 32)
    program = Path(__file__).parents[1] / "vault" / "key_service.py"
    service = shlex.join([sys.executable, str(program), str(tmp_path / "kek")])
    status, said, one = set_up(tmp_path / "one", "--desk", "--key-service", service)
    assert status == 0, said
    row = json.loads(one.key.read_text())
    assert row["kind"] == "key service" and set(row["keys"][0]) == {"id", "sheet_tried", "wrapped"}
    assert one.run("verify")[0] == 0
    status, said = one.run("code", one.said["olga"])
    assert status == 0, said
    # a lost disk: the data comes back where the service is named, and not where it is not
    shutil.rmtree(one.data)
    status, said = one.run("restore", "--backups", str(one.backups))
    assert status == 2
    assert "say with --key-service which command reaches it" in only_line(said)
    status, said = one.run("restore", "--backups", str(one.backups), "--key-service", service)
    assert status == 0, said
    assert one.run("verify")[0] == 0
    # the service is stopped: nothing opens, in one sentence
    (tmp_path / "kek").write_text("5b" * 32)
    status, said = one.run("code", one.said["olga"])
    assert status == 2
    assert "the key service refused to unwrap (status 1); look at the service's own log" in only_line(said)


def test_only_one_keeps_the_root_key(tmp_path: Path) -> None:
    status, said, _ = set_up(tmp_path, "--desk", "--key-service", "wrap", "--passphrase")
    assert status == 2
    assert "one of them keeps the root key, so say one" in said and not (tmp_path / "data").exists()


def test_init_goes_no_further_while_no_row_was_typed_back(tmp_path: Path) -> None:
    words = ["--data", str(tmp_path / "data"), "--key", str(tmp_path / "key.json"), "--backups", str(tmp_path / "b"), "--desk", "--state", "CO"]
    words += ["--profession", "psychologist", "--setting", "clinic", "--hipaa", "yes", "--part2", "no", "--owner", "O", "--owner-sees-clients", "no"]
    done = subprocess.run([sys.executable, "-m", "privity", "init", *words], input="0000-0000-0\n" * 5, capture_output=True, text=True, env=OnDisk.env())
    assert done.returncode == 2
    assert "the sheet was not tried, so no practice was made" in done.stderr
    assert not (tmp_path / "data" / "privity.sqlite3").exists()


def test_init_refuses_a_folder_where_somebody_works_and_backups_inside_the_data(begun: OnDisk, tmp_path: Path) -> None:
    assert "something stands in" in begun.run("init", "--desk")[1]
    status, said, _ = set_up(tmp_path, "--desk", "--backups", str(tmp_path / "data" / "backups"))
    assert status == 2
    assert "would be lost with it" in said


def test_a_key_file_in_the_data_folder_is_refused(tmp_path: Path) -> None:
    status, said, _ = set_up(tmp_path, "--desk", "--key", str(tmp_path / "data" / "root.json"))
    assert status == 2
    assert "lies in the data folder" in said


def test_a_house_is_set_up_with_its_name_and_a_passphrase(tmp_path: Path) -> None:
    status, said, house = set_up(tmp_path, "--house", "--host", "notes.example.org", "--passphrase")
    assert status == 0, said
    assert "https://notes.example.org" in said
    assert json.loads(house.key.read_text())["kind"] == "passphrase"
    status, said = house.run("verify", typed="five words drawn by lot\n")
    assert (status, "everything stands" in said) == (0, True), said
    assert only_line(house.run("verify", typed="five words drawn by hand\n")[1]).endswith("try again, or type the recovery sheet")


# --- backup, restore, verify --------------------------------------------------------------------------------------


def test_a_lost_disk_comes_back_from_the_backup_whole(practice: OnDisk) -> None:
    before = practice.python(COUNT)
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 0, said
    assert "both checksums are right" in said
    assert "the log is unbroken" in said
    assert practice.python(COUNT) == before
    status, said = practice.run("verify")
    assert (status, "everything stands" in said) == (0, True), said


def test_with_the_machine_lost_the_sheet_and_a_backup_are_enough(practice: OnDisk) -> None:
    shutil.rmtree(practice.data)
    shutil.rmtree(practice.key.parent)
    status, said = practice.run("restore", "--backups", str(practice.backups), "--sheet", typed=practice.said["sheet"] + "\n", key=practice.key)
    assert status == 0, said
    assert practice.run("verify", key=practice.key)[0] == 0


def test_an_older_backup_comes_back_and_says_what_it_lacks(practice: OnDisk) -> None:
    practice.python(FILL.replace("Account.objects.get()", "Account.objects.get(user_name='{}')".format(practice.said["olga"])))
    practice.run("backup")
    old = sorted((practice.backups / "data").iterdir())[-2]
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups), "--from", str(old))
    assert status == 0, said
    assert "events came after this backup and are not in it" in said
    assert "nothing leaves it until the privacy officer or the owner has gone through what was taken back since that backup" in said
    with contextlib.closing(sqlite3.connect(practice.data / "privity.sqlite3")) as base:
        (line,) = base.execute("SELECT line FROM trail_event WHERE act = 'practice.restore'").fetchone()
    made = datetime.strptime(old.name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert json.loads(line)["facts"]["made"] == int(made.timestamp())  # whoever comes in is told the day (people.restored)
    status, said = practice.run("verify")
    assert status == 0, said


def test_what_was_shredded_after_a_backup_stays_closed_when_it_comes_back(practice: OnDisk) -> None:
    old = sorted((practice.backups / "data").iterdir())[-1]
    assert practice.run("shred", practice.said["cleo"], "--by", practice.said["olga"], "--yes")[0] == 0
    assert practice.run("backup")[0] == 0
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups), "--from", str(old))
    assert (status, "1 records were shredded after this backup and stay closed" in said) == (0, True), said
    status, said = practice.run("verify")
    assert (status, "1 records and 1 people open" in said) == (0, True), said


def test_nothing_is_restored_over_a_practice(practice: OnDisk) -> None:
    before = (practice.data / "privity.sqlite3").read_bytes()
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 2
    assert "nothing is ever restored over one" in said
    assert (practice.data / "privity.sqlite3").read_bytes() == before


@pytest.mark.parametrize(("harm", "says"), [("cut", "cut off"), ("piece", "cut off"), ("flip", "altered"), ("swap", "not of the data")])
def test_a_damaged_backup_is_refused_and_leaves_nothing(practice: OnDisk, harm: str, says: str) -> None:
    newest = sorted((practice.backups / "data").iterdir())[-1]
    whole = bytearray(newest.read_bytes())
    if harm == "cut":
        newest.write_bytes(whole[:-40])
    elif harm == "piece":
        newest.write_bytes(whole[: end_of_pieces(whole)])
    elif harm == "flip":
        whole[end_of_pieces(whole) - 1] ^= 1
        newest.write_bytes(whole)
    else:
        shutil.copy(sorted((practice.backups / "keys").iterdir())[-1], newest)
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 2
    assert says in said
    assert not practice.data.exists()


def test_another_practices_key_opens_neither_the_practice_nor_its_backup(practice: OnDisk, tmp_path: Path) -> None:
    _, _, other = set_up(tmp_path / "other")
    status, said = practice.run("verify", key=other.key)
    assert status == 1
    assert "which was not given; unlock that one" in said
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups), key=other.key)
    assert status == 2
    assert "bring that key file, or type its recovery sheet" in only_line(said.replace("\n\n", "\n").split("\n", 1)[1])
    assert not practice.data.exists()


def test_a_backup_made_over_an_altered_log_is_not_restored(practice: OnDisk) -> None:
    base = sqlite3.connect(practice.data / "privity.sqlite3")
    for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail_event'").fetchall():
        base.execute(f"DROP TRIGGER {trigger}")  # whoever has the file can take the guard away; the check still sees it
    last = "(SELECT max(n) FROM trail_event WHERE act = 'account.add')"
    base.execute(f"UPDATE trail_event SET line = replace(line, 'account.add', 'account.end') WHERE n = {last}")
    base.commit()
    base.close()
    status, said = practice.run("verify")
    assert status == 1
    assert "the log was tampered with: edited" in said
    practice.run("backup")
    shutil.rmtree(practice.data)
    status, said = practice.run("restore", "--backups", str(practice.backups))
    assert status == 1
    assert "not restored" in said
    assert not practice.data.exists()


def test_a_moved_row_and_a_lost_key_are_named(practice: OnDisk) -> None:
    base = sqlite3.connect(practice.data / "privity.sqlite3")
    (one, mine), (two, _) = base.execute("SELECT id, about FROM people_record ORDER BY id").fetchall()
    base.execute("UPDATE people_record SET about = ? WHERE id = ?", (mine, two))
    base.commit()
    base.close()
    status, said = practice.run("verify")
    assert status == 1
    assert "does not open" in said
    assert one[:8] not in said.split("WRONG", 1)[1] or two[:8] in said


def test_an_event_hidden_from_one_clients_trail_is_named(practice: OnDisk) -> None:
    status, said = practice.run("verify")
    assert (status, "each record's trail shows the events that the log has about it" in said) == (0, True), said
    base = sqlite3.connect(practice.data / "privity.sqlite3")
    cleo = practice.said["cleo"]
    (n,) = base.execute("SELECT max(n) FROM trail_about WHERE record = ?", (cleo.replace("-", ""),)).fetchone()
    base.execute("DELETE FROM trail_about WHERE n = ?", (n,))
    base.commit()
    base.close()
    status, said = practice.run("verify")
    assert (status, f"WRONG: event {n} is about record {cleo}, and pages do not show it there" in said) == (1, True), said


def test_an_owner_who_lost_every_way_in_gets_a_code_at_the_machine_and_nobody_else(practice: OnDisk) -> None:
    status, said = practice.run("code", practice.said["olga"])
    assert status == 0, said
    code = re.search(r"code to set it up   (\S+)", said)
    assert code
    assert practice.python(SET_UP.format(olga=practice.said["olga"], code=practice.said["code"])).strip() == "422 None"  # the older one is void
    assert practice.python(SET_UP.format(olga=practice.said["olga"], code=code[1])).strip() == "302 /sign-in/set-up"
    assert practice.python(LAST).split() == ["account.set_up_code", "True"]
    for who in (practice.said["dana"], "nobody-here-1234"):
        status, said = practice.run("code", who)
        assert status == 2 and "code to set it up" not in said
        assert only_line(said).startswith("privity code: ")


def test_a_cut_off_database_is_one_sentence_and_the_way_back(practice: OnDisk) -> None:
    path = practice.data / "privity.sqlite3"
    path.write_bytes(path.read_bytes()[:5000])
    for command in ("verify", "serve"):
        status, said = practice.run(command)
        assert status in (1, 2)
        assert "privity restore" in said
        assert "damaged or cut off" in said


def test_backups_are_sealed_thinned_and_the_keys_die_first(practice: OnDisk) -> None:
    for part in ("data", "keys"):
        (made,) = sorted((practice.backups / part).glob("*.backup"))[-1:]
        assert b"SQLite" not in made.read_bytes()
        for day in ("20260101T000000Z", "20261119T000000Z"):
            shutil.copy(made, made.with_name(f"{day}-00000000.backup"))
    practice.python("""
import django; django.setup()
from datetime import datetime, UTC
from django.conf import settings
from privity.practice.site.backup import prune
prune(settings.CONFIG, datetime(2026, 11, 27, tzinfo=UTC))
""")
    assert not list(practice.backups.rglob("20260101*"))
    assert len(list(practice.backups.rglob("20261119*"))) == 1  # the data's; the keys' lived seven days


# --- export and shred -----------------------------------------------------------------------------------------------


def test_the_custodian_exports_one_record_and_nobody_else_does(practice: OnDisk, tmp_path: Path) -> None:
    to = tmp_path / "out"
    assert practice.run("export", str(to), "--record", practice.said["cleo"], "--by", practice.said["bill"])[0] == 2
    assert not to.exists()
    status, said = practice.run("export", str(to), "--record", practice.said["cleo"], "--by", practice.said["carl"])
    assert status == 0, said
    (file,) = to.glob("records/*/record.json")
    told = json.loads(file.read_text())
    assert [person["name"] for person in told["people"]] == ["Cleo Marsh"]
    assert told["entries"][0]["parts"] == [{"class": "progress_notes", "text": "Cleo Marsh slept better."}]
    assert "Henry" not in "".join(path.read_text() for path in to.rglob("*") if path.is_file())
    assert "record.export" in practice.python(ACTS)


def test_the_owner_exports_everything_and_only_with_a_name(practice: OnDisk, tmp_path: Path) -> None:
    assert practice.run("export", str(tmp_path / "x"), "--by", "nobody-here-1000")[0] == 2
    assert practice.run("export", str(tmp_path / "y"), "--by", practice.said["carl"])[0] == 2
    status, said = practice.run("export", str(tmp_path / "z"), "--by", practice.said["olga"])
    assert status == 0, said
    assert len(list((tmp_path / "z").glob("records/*/record.json"))) == 2
    assert practice.run("export", str(tmp_path / "z"), "--by", practice.said["olga"])[0] == 2  # never over something


def test_an_export_is_tried_out_and_comes_into_another_practice(practice: OnDisk, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert practice.run("export", str(out), "--by", practice.said["olga"])[0] == 0
    _, _, other = set_up(tmp_path / "other")
    olga = other.said["olga"]
    dana = re.findall(r"dana (\S+)", other.python(FILL_NOBODY))[0]
    status, said = other.run("import", str(out), "--by", olga)
    assert (status, "--team USER_NAME" in said, "nothing was brought in" in said) == (1, True, True), said
    status, said = other.run("import", str(out), "--by", olga, "--team", dana, "--dry-run")
    assert (status, "2 records can come in" in said, "Dana has no account here" in said) == (0, True, True), said
    assert "private working notes (sealed to their author)" in said
    assert other.run("import", str(out), "--by", olga, "--team", dana, typed="no\n")[0] == 2
    assert other.python(COUNT).split()[2] == "0"
    code = KILLED.format(second=sorted(path.name for path in (out / "records").iterdir())[1])
    line = [sys.executable, "-c", code, "import", str(out), "--data", str(other.data), "--by", olga, "--team", dana, "--yes"]
    assert subprocess.run(line, capture_output=True, text=True, env=other.env(), timeout=120).returncode == -9
    assert other.python(COUNT).split()[2] == "1"
    status, said = other.run("import", str(out), "--by", olga, "--team", dana, typed="import\n")
    assert (status, "1 came in by an earlier import" in said, "1 record brought in" in said) == (0, True, True), said
    status, said = other.run("verify")
    assert "2 records and 2 people open" in said, said
    status, said = other.run("import", str(out), "--by", olga, "--team", dana, "--yes")
    assert (status, "everything in this export is here already" in said) == (2, True), said


def test_a_shredded_record_opens_nowhere_and_its_certificate_is_signed(practice: OnDisk) -> None:
    cleo = practice.said["cleo"]
    assert practice.run("shred", cleo, "--by", practice.said["dana"], "--yes")[0] == 2  # not hers to do
    status, said = practice.run("shred", cleo, "--by", practice.said["olga"], "--yes", "--sweep")
    assert status == 0, said
    assert "privity shred certificate 1" in said
    assert "— privity/" in said
    assert practice.python(ABOUT).split() == ["0", cleo.replace("-", "")[:0] + "0"]
    status, said = practice.run("verify")
    assert (status, "1 records and 1 people open" in said) == (0, True), said
    status, said = practice.run("shred", cleo, "--by", practice.said["olga"], "--yes")
    assert (status, "was shredded already" in said) == (2, True), said


def test_a_legal_hold_refuses_the_shred(practice: OnDisk) -> None:
    practice.python(f"""
import django; django.setup()
from datetime import datetime, UTC
from privity.practice.keys.models import LegalHold
from privity.practice.people.models import Practice
LegalHold.objects.using("keys").create(id="h1", practice=str(Practice.objects.get().uid), record="{practice.said["cleo"]}", placed=datetime.now(UTC), by="x")
""")
    status, said = practice.run("shred", practice.said["cleo"], "--by", practice.said["olga"], "--yes")
    assert status == 2
    assert "is held for law by h1" in only_line(said)
    assert practice.run("verify")[0] == 0


def test_a_shred_without_a_yes_does_nothing(practice: OnDisk) -> None:
    status, said = practice.run("shred", practice.said["cleo"], "--by", practice.said["olga"], typed="no\n")
    assert (status, "nothing was shredded" in said) == (2, True)
    assert "2 records and 2 people open" in practice.run("verify")[1]


# --- the server's bad days ------------------------------------------------------------------------------------------


@pytest.fixture
def served(practice: OnDisk) -> Iterator[OnDisk]:
    going, practice.said["address"] = serve(practice)
    yield practice
    stop(going)


def serve(practice: OnDisk, *words: str) -> tuple[subprocess.Popen[str], str]:
    """Return a running server and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    line = [sys.executable, "-m", "privity", "serve", "--data", str(practice.data), "--port", str(port), *words]
    going = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=practice.env())
    assert going.stdout is not None
    address = next((found[1] for said in going.stdout if (found := re.search(r"Privity is at (\S+)", said))), "")
    assert address, going.stderr and going.stderr.read()
    for _ in range(600):
        with socket.socket() as probe, contextlib.suppress(subprocess.TimeoutExpired):
            if probe.connect_ex(("127.0.0.1", int(address.rsplit(":", 1)[1]))) == 0:
                break
            going.wait(0.05)  # it has not ended: look again
    return going, address


def stop(going: subprocess.Popen[str]) -> None:
    going.terminate()
    going.wait(30)


def test_a_second_server_on_the_same_data_is_refused_in_one_sentence(served: OnDisk) -> None:
    status, said = served.run("serve")
    assert status == 2
    assert "use that one, or stop it first. Nothing was changed." in only_line(said)


def test_a_clock_set_back_is_refused_unless_said_to_be_right(practice: OnDisk) -> None:
    practice.python("""
import django; django.setup()
from datetime import datetime, timedelta, UTC
from django.db import transaction
from privity.practice.people.models import Practice
from privity.practice.trail import services as trail
practice = Practice.objects.get().uid
with transaction.atomic():
    trail.write(practice, practice, "clock.test", at=datetime.now(UTC) + timedelta(days=3))
""")
    status, said = practice.run("serve")
    assert status == 2
    assert "set the clock right and start again" in only_line(said)
    going, address = serve(practice, "--clock-is-right")
    stop(going)
    assert address.startswith("http://localhost:")


def test_a_server_is_locked_and_unlocked_from_beside(served: OnDisk) -> None:
    import urllib.error
    import urllib.request

    def status() -> int:
        try:
            return urllib.request.urlopen(served.said["address"] + "/locked").status
        except urllib.error.HTTPError as error:
            return error.code

    assert status() == 200
    assert served.run("lock") == (0, "locked: no key is in memory\n")
    assert status() == 503
    assert served.run("unlock") == (0, "unlocked\n")
    assert status() == 200


def test_without_a_server_there_is_nobody_to_unlock(practice: OnDisk) -> None:
    status, said = practice.run("unlock")
    assert (status, "start it with privity serve" in only_line(said)) == (2, True)


def test_a_folder_without_a_practice_is_said_to_be_one(tmp_path: Path) -> None:
    nowhere = OnDisk(tmp_path, {})
    for command in ("serve", "backup", "verify", "lock"):
        status, said = nowhere.run(command)
        assert status == 2
        assert "there is no practice in" in only_line(said)
    assert not nowhere.data.exists()


def test_a_full_disk_is_one_sentence_and_leaves_no_half_backup(practice: OnDisk) -> None:
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
    code += "from privity.cli.main import main; sys.exit(main(sys.argv[1:]))"
    before = sorted(practice.backups.glob("[dk]*/*"))
    done = subprocess.run(
        [sys.executable, "-c", code, "backup", "--data", str(practice.data)], capture_output=True, text=True, env=practice.env(), timeout=60
    )  # fmt: skip
    assert done.returncode == 2
    assert "Nothing that was saved is lost: make room" in only_line(done.stderr)
    assert sorted(practice.backups.glob("[dk]*/*")) == before


def test_law_and_log_commands_start_without_django() -> None:
    code = "import sys; from privity.cli.main import main; main(['law', 'list']); print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=OnDisk.env()).stdout.splitlines()[-1] == "False"


FILL_NOBODY = FILL.split("for name in (")[0]
# The machine dies while the second record is sealed and half of its rows are written.
KILLED = """
import os, signal, sys
from privity.cli import practice
before = practice.practice_at
def at(data):
    before(data)
    from privity.practice.site import importing
    bring = importing.chart.bring
    def killed(actor, record, key, entries):
        bring(actor, record, key, entries)
        if str(record) == "{second}":
            os.kill(os.getpid(), signal.SIGKILL)
    importing.chart.bring = killed
practice.practice_at = at
from privity.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
COUNT = """
import django; django.setup()
from privity.practice.people.models import Account, Person, Record
from privity.practice.trail.models import About
print(Account.objects.count(), Person.objects.count(), Record.objects.count(), About.objects.count())
"""
ACTS = """
import django; django.setup()
from privity.practice.trail.models import Event
print(*Event.objects.order_by("n").values_list("act", flat=True))
"""
ABOUT = """
import django; django.setup()
from privity.practice.people.models import Person, Record
from privity.practice.trail.models import About
gone = Record.objects.exclude(shredded=None).get().id
print(About.objects.filter(record=gone).count(), Person.objects.exclude(name_mark=b"").count() - 1)
"""
