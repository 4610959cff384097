"""What every test may lean on: the Chromium that Debian installs. Where the data lies is settled in tests/place.py."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROWSERS = (os.environ.get("PRIVITY_CHROMIUM", ""), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


def chromium() -> str:
    """Return the path of a Chromium, or nothing."""
    return next((path for path in BROWSERS if path and Path(path).exists()), "")


# The files that take longest begin first, so that no worker is left alone with one of them at the end.
LONGEST = (
    "tests/properties/test_library.py", "tests/law/test_exam.py", "tests/keep/test_doors.py", "tests/keep/test_backup_on_postgresql.py",
    "tests/properties", "tests/desk/test_in_a_browser.py", "tests/keep/test_sealed_browser.py", "tests/keep/test_commands.py",
    "tests/keep/test_chart_in_a_browser.py",
)  # fmt: skip


def _turn(item: pytest.Item) -> int:
    path = item.path.relative_to(ROOT).as_posix()
    return next((turn for turn, name in enumerate(LONGEST) if path.startswith(name)), len(LONGEST))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, and say which tests are left out, and why; with CI set nothing may be."""
    items.sort(key=_turn)
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            if os.environ.get("CI"):
                item.add_marker(pytest.mark.xfail(run=False, strict=True, reason="no Chromium, and with CI set nothing is left out"))
            else:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Leave the database settings as they are: the tests' database is in memory."""


@pytest.fixture(scope="session", autouse=True)
def _the_log_may_be_emptied_between_tests(pytestconfig: pytest.Config) -> Iterator[None]:
    """Tests that commit empty the tables when they end; the database's own refusal to empty the log steps aside for that alone."""
    if not pytestconfig.pluginmanager.hasplugin("django"):  # the quick tests of `make mutants` know no database
        yield
        return
    from django.db.backends.base.operations import BaseDatabaseOperations

    from privity.practice.trail.guards import guard, unguard

    flush = BaseDatabaseOperations.execute_sql_flush

    def aside(self: BaseDatabaseOperations, statements: list[str]) -> None:
        if self.connection.alias != "default":
            flush(self, statements)
            return
        unguard(self.connection)
        flush(self, statements)
        guard(self.connection)

    BaseDatabaseOperations.execute_sql_flush = aside  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
