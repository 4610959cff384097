"""A practice in a folder that is thrown away, for drills and benches: set up in this process, with Django on it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


class Throwaway:
    """The practice: its keeping, its configuration, and actors by name."""

    def __init__(self, folder: Path) -> None:
        """Set it up. One to a process: Django is started on its folder."""
        self.folder, self.data = folder, folder / "data"
        self.data.mkdir(mode=0o700)
        os.environ["PRIVITY_DATA"] = str(self.data)
        os.environ["PRIVITY_KEY"] = str(folder / "key" / "root.json")
        os.environ["DJANGO_SETTINGS_MODULE"] = "privity.practice.site.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        from privity.practice.people.models import Practice
        from privity.practice.people.services import add_account
        from privity.practice.site.keeping import Keeping
        from privity.practice.site.setting_up import set_up

        for database in ("keys", "default"):
            call_command("migrate", database=database, interactive=False, verbosity=0)
        self.config: Any = settings.CONFIG
        self.config.write(self.data)
        self.keeping = Keeping.of(settings.CONFIG, self.data)
        self.keeping.key_file.parent.mkdir(mode=0o700)
        said = {"states": ["CO"], "profession": "psychologist", "hipaa_covered": True, "part2_program": False, "setting": "group_practice"}
        owner = set_up(self.keeping.provider().create(), said, "Olga", ["owner", "privacy_officer"], self.now())
        self.practice = Practice.objects.get()
        self.owner = self.actor(owner)
        self.dana = self.actor(add_account(self.owner, "Dana", ["clinician"]))
        self.carl = self.actor(add_account(self.owner, "Carl", ["custodian"]))
        self.carl_signs_in_as = self._user_name(self.carl.account)
        self.owner_signs_in_as = owner.user_name

    @staticmethod
    def now() -> datetime:
        """Return this moment."""
        return datetime.now().astimezone()

    def actor(self, account: Any) -> Any:
        """Return an account as an actor."""
        from privity.practice.people.actor import Actor

        return Actor(account.id, self.practice.uid, self.practice.pk, frozenset(account.roles), self.now(), self.keeping.opened(self.practice))

    def client(self, name: str, contacts: Sequence[dict[str, Any]] = ()) -> UUID:
        """Return a new client of Dana's."""
        from privity.practice.people.services import NewPerson, NewRecord, add_record

        return add_record(self.dana, NewRecord("individual", (NewPerson(name, born=date(1990, 1, 1), contacts=tuple(contacts)),)))

    def note(self, record: UUID, text: str) -> UUID:
        """Return a new signed entry of Dana's."""
        from privity.practice.records.services import NewEntry, sign_entry

        return sign_entry(self.dana, record, NewEntry("session", self.now(), {"progress_notes": text}))

    def close(self) -> None:
        """Close the databases."""
        from django.db import connections

        connections.close_all()

    @staticmethod
    def _user_name(account: UUID) -> str:
        from privity.practice.people.models import Account

        return Account.objects.get(id=account).user_name
