"""A practice on a disk, set up and run by the commands, each in a process of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Adds an account for Dana (clinician), Carl (custodian), Bill; then clients and notes of Dana's. Prints what the tests need.
FILL = """
import os, sys, django
django.setup()
from datetime import datetime, timedelta
from pathlib import Path
from django.conf import settings
from privity.practice.people.models import Account, Practice
from privity.practice.people.services import NewPerson, NewRecord, add_account, add_record
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.people.actor import Actor
from privity.practice.site.keeping import Keeping
practice = Practice.objects.get(pk=1)
keys = Keeping.of(settings.CONFIG, Path(settings.DATA)).opened(practice)
now = datetime.now().astimezone()
def actor(row): return Actor(row.id, practice.uid, practice.pk, frozenset(row.roles), now, keys)
olga = actor(Account.objects.get())
for who, roles in (("dana", ["clinician"]), ("carl", ["custodian"]), ("bill", ["biller"])):
    row = add_account(olga, who.title(), roles)
    print(who, row.user_name)
    if who == "dana": dana = actor(row)
for name in ("Cleo Marsh", "Henry Oduya"):
    phone = {"how": "phone", "to": "970 555 0142", "voicemail": False}
    record = add_record(dana, NewRecord("individual", (NewPerson(name, born=now.date(), contacts=(phone,)),)))
    sign_entry(dana, record, NewEntry("session", now, {"progress_notes": f"{name} slept better."}))
    print(name.split()[0].lower(), record)
"""


@dataclass
class OnDisk:
    """A practice's folder with its key beside it."""

    folder: Path
    said: dict[str, str]
    database: str = ""  # a PostgreSQL address, where it does not lie in SQLite's files

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def key(self) -> Path:
        return self.folder / "key" / "root.json"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def run(self, command: str, *words: str, typed: str = "", key: Path | None = None) -> tuple[int, str]:
        """Run a command and return its status and everything it said."""
        key = key or (self.key if command == "restore" else None)  # where the data is lost, so is what says where the key lies
        line = [sys.executable, "-m", "privity", command, "--data", str(self.data), *(["--key", str(key)] if key else []), *words]
        done = subprocess.run(line, input=typed, capture_output=True, text=True, env=self.env(self.database), timeout=120)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    def python(self, code: str) -> str:
        """Run code in the practice and return what it prints."""
        env = {**self.env(self.database), "PRIVITY_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "privity.practice.site.settings"}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def copy(self, folder: Path) -> OnDisk:
        """Return the same practice in another folder."""
        shutil.copytree(self.folder, folder / "again")
        again = OnDisk(folder / "again", dict(self.said))
        config = again.data / "privity.toml"
        config.write_text(config.read_text().replace(str(self.folder), str(again.folder)))
        return again

    @staticmethod
    def env(database: str = "") -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PRIVITY", "DJANGO"))}
        return {**kept, "PYTHONPATH": str(ROOT / "src"), **({"PRIVITY_DATABASE": database} if database else {})}


def set_up(folder: Path, *words: str, database: str = "") -> tuple[int, str, OnDisk]:
    """Run `privity init`, typing the row it asks for; return its status, what it said, and the practice."""
    new = OnDisk(folder, {}, database)
    line = [
        sys.executable, "-m", "privity", "init", "--data", str(new.data), "--key", str(new.key), "--backups", str(new.backups),
        "--state", "CO", "--profession", "psychologist", "--setting", "group_practice", "--hipaa", "yes", "--part2", "no",
        "--owner", "Olga Orr", "--owner-sees-clients", "no", *(words or ("--desk",)),
    ]  # fmt: skip
    going = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=new.env(database))
    assert going.stdin is not None
    assert going.stdout is not None
    said = ""
    while letter := going.stdout.read(1):
        said += letter
        if asked := re.search(r"Type row (\d) from your paper: $", said):
            rows = dict(re.findall(r"^   (\d)   (\S+)$", said, re.M))
            going.stdin.write(rows[asked[1]] + "\n")
            going.stdin.flush()
            said += "\n"
        elif said.endswith(("drawn by lot are good: ", "same again: ")):
            going.stdin.write("five words drawn by lot\n")
            going.stdin.flush()
    status = going.wait(60)
    if found := re.search(r"Your user name: (\S+)", said):
        new.said["olga"] = found[1]
    if found := re.search(r"how you sign in: (\S+)", said):
        new.said["code"] = found[1]
    new.said["sheet"] = "\n".join(re.findall(r"^   \d   (\S+)$", said, re.M))
    return status, said, new


def end_of_pieces(whole: bytearray) -> int:
    """Return where the last sealed value of a backup begins: what stands before it is the end of a piece."""
    at = whole.index(b"\n") + 1
    last = at
    while at < len(whole):
        last, at = at, at + 4 + int.from_bytes(whole[at : at + 4], "big")
    return last
