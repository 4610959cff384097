"""Sealed notes from end to end, in Chromium: written, left, come back to, opened with a passkey and with a code; and nobody else holds a word of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.conftest import chromium

from privity.practice.site.keeping import Keeping

from .conftest import Cast
from .sealing import Person

pytestmark = pytest.mark.browser
CANARY = "a heron that never was, under the violet bridge"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def site(live_server: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(Keeping, "keys", lambda self, practice: cast.keys)
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def dana(browser: Browser, site: str, cast: Cast) -> Iterator[Person]:
    person = Person(browser, site, cast.accounts["dana"])
    yield person
    person.context.close()


def test_a_note_is_written_left_and_opened_with_the_passkey_and_with_the_code(dana: Person, cast: Cast) -> None:
    dana.make_keys()
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.write(CANARY)
    dana.context.clear_cookies()
    dana.sign_in()
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.press("Read it")
    dana.sees(CANARY)
    dana.open_notes(cast.cleo)
    dana.with_code()
    dana.press("Read it")
    dana.sees(CANARY)
    assert dana.complaints == []
