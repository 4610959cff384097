"""PostgreSQL in SQLite's place: its address, and whether it can be reached. Read before Django starts, so nothing here needs it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .config import Config

OLDEST = 15
SECONDS = 5
KEYS = "_keys"


class NotReached(Exception):
    """The server cannot be used as it is. Its text is one sentence: what is wrong, and what to do."""


def address_of(data: Path) -> str:
    """Return the server's address for a data folder, or nothing where SQLite's files lie in it. Raises BadConfig."""
    return os.environ.get("PRIVITY_DATABASE", "") or Config.of(data).database


def settings_of(address: str, suffix: str = "", *, pool: bool = True) -> dict[str, Any]:
    """Return Django's settings for `postgresql://USER:PASSWORD@HOST:PORT/NAME`; a host given as `?host=/folder` is a socket."""
    parts = urlsplit(address)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    who = {"USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""), "HOST": host, "PORT": str(parts.port or "")}
    # READ COMMITTED is the server's default; the pool keeps connections, so Django must not.
    options: dict[str, Any] = {"application_name": "privity", **({"pool": {"min_size": 1, "max_size": 8}} if pool else {"connect_timeout": SECONDS})}
    return {"ENGINE": "django.db.backends.postgresql", "NAME": parts.path.lstrip("/") + suffix, "CONN_MAX_AGE": 0, "OPTIONS": options, **who}


def reach(address: str) -> bool:
    """Tell whether somebody works in the database at an address. Raises NotReached when it, or the one of its keys beside it, cannot be used."""
    try:
        import psycopg
    except ImportError:
        raise NotReached("PostgreSQL needs the library psycopg, which is not installed: install Privity with its extra, privity[pg]") from None
    staffed = False
    for suffix in (KEYS, ""):
        name = settings_of(address, suffix)["NAME"]
        try:
            with psycopg.connect(_conninfo(address, suffix), autocommit=True) as there:
                if (version := there.info.server_version // 10000) < OLDEST:
                    raise NotReached(f"the server is PostgreSQL {version}, and Privity needs {OLDEST} or newer: name another server in PRIVITY_DATABASE")
                there.execute("SELECT set_config('privity.practice', '*', false)")
                known = there.execute("SELECT to_regclass('people_account')").fetchone()
                if known and known[0]:
                    staffed = there.execute("SELECT 1 FROM people_account LIMIT 1").fetchone() is not None
        except psycopg.Error as fault:
            said = " ".join(str(fault).split())
            if "does not exist" in said:
                raise NotReached(f"the server has no database {name} or no such role ({said}): make it there, or correct PRIVITY_DATABASE") from None
            raise NotReached(f"PostgreSQL cannot be reached at database {name} ({said}): start the server, or correct PRIVITY_DATABASE") from None
    return staffed


def _conninfo(address: str, suffix: str) -> str:
    from psycopg.conninfo import make_conninfo

    told = settings_of(address, suffix)
    words = {"dbname": told["NAME"], "user": told["USER"], "password": told["PASSWORD"], "host": told["HOST"], "port": told["PORT"]}
    return make_conninfo(**{name: value for name, value in words.items() if value}, connect_timeout=SECONDS)
