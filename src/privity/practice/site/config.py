"""How a practice is set up on its machine: one small file in the data folder, written by `privity init`. No secret stands in it."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

NAME = "privity.toml"
DESK, HOUSE = "desk", "house"
KEY_FILE, PASSPHRASE, KEY_SERVICE = "key file", "passphrase", "key service"


class BadConfig(ValueError):
    """The set-up file cannot be read. Its text is one sentence: what is wrong, and what to do."""


@dataclass(frozen=True)
class Config:
    """Where things lie, under which name it is served, and how long backups live. Without a file it is a desk with a key file."""

    runs_as: str
    host: str
    root: str  # who keeps the root key: a key file, a passphrase or a key service
    key_file: str
    backups: str
    certificate: str = ""
    certificate_key: str = ""
    behind_proxy: bool = False
    data_backups_days: int = 30
    key_backups_days: int = 7  # short: a shredded record is gone for good when the last of them is
    key_service: str = ""  # the command that reaches the key service, as one would type it; it is run without a shell
    database: str = ""  # the address of a PostgreSQL database, without a password; empty: SQLite's files in the data folder

    @classmethod
    def of(cls, data: Path) -> Config:
        """Return how the practice in a folder is set up. Raises BadConfig."""
        found = cls._default(data)
        path = data / NAME
        if path.exists():
            try:
                said = tomllib.loads(path.read_text("utf-8"))
            except (OSError, ValueError) as error:
                raise BadConfig(f"{NAME} in the data folder cannot be read ({error}): correct it, or bring a copy back.") from None
            known = {field.name: type(getattr(found, field.name)) for field in fields(cls)}
            for name, value in said.items():
                if type(value) is not known.get(name):
                    raise BadConfig(f"{NAME} says {name}, which is no setting or not of its kind: correct that line.")
            found = replace(found, **said)
            if urlsplit(found.database).password:
                raise BadConfig(f"{NAME} holds a password in database: take it out, and put it into ~/.pgpass or the whole address into PRIVITY_DATABASE.")
        key = os.environ.get("PRIVITY_KEY")
        return replace(found, key_file=str(Path(key).absolute())) if key else found

    @classmethod
    def _default(cls, data: Path) -> Config:
        """The root key and the backups lie outside the data folder: whoever takes the folder has no key, and whoever loses it has a copy."""
        return cls(DESK, "localhost", KEY_FILE, str(data.parent / f"{data.name}-key" / "root.json"), str(data.parent / f"{data.name}-backups"))

    def as_dict(self) -> dict[str, str | int | bool]:
        """Return every setting by its name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def text(self) -> str:
        """Return the file's text."""
        return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in self.as_dict().items())

    def write(self, data: Path) -> None:
        """Keep it in the data folder."""
        (data / NAME).write_text(self.text(), "utf-8")

    @property
    def secure(self) -> bool:
        """Tell whether pages are reached by https."""
        return self.runs_as == HOUSE
