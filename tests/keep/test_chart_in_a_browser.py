"""Clients and chart in Chromium: drafts keep themselves, marks wrap, nothing is lost; accessible, narrow, and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, expect, sync_playwright
from tests.conftest import chromium

from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.records.access import draft
from privity.practice.records.models import Entry
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.visits.services import NewVisit, add_visit

from . import urls_with_sealed
from .conftest import NOW, Cast
from .front import Front, open_doors

pytestmark = [pytest.mark.browser]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}
KEEP = 30_000  # milliseconds to wait for what the page does by itself; it is over much sooner, except on a busy machine


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def dana(transactional_db: None, cast: Cast, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Dana at her browser, signed in; gives pages that remember what the console complained of."""
    # Asked for here: a server begun before the tests' databases are made does not share them, and then two threads lock each other out.
    site = str(request.getfixturevalue("live_server").url).replace("127.0.0.1", "localhost")
    key = Front(cast.accounts["dana"].id).client.cookies["privity"].value
    contexts: list[BrowserContext] = []
    sent: list[Request] = []

    def at(path: str, width: int = 1280, script: bool = True) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        contexts.append(context)
        context.add_cookies([{"name": "privity", "value": str(key), "url": site}])
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("request", lambda each: sent.append(each))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type in ("error", "warning") else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.goto(site + path)
        return page

    with open_doors(NOW, cast.keys):
        yield at
        for context in contexts:  # nothing more is sent, and what was sent is answered, before the database goes
            with suppress(Error):  # the test closed it
                context.route("**", lambda route: route.abort())
        for each in sent:
            with suppress(Error):
                each.response()
        for context in contexts:
            context.close()


def test_a_draft_keeps_itself_and_is_there_in_a_new_browser(dana: Callable[..., Page], cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/chart/entry"
    page = dana(path)
    page.get_by_label("Progress note").press_sequentially("She slept better.")
    expect(page.locator("#state")).to_contain_text("Draft kept at", timeout=KEEP)
    page.get_by_label("Plan").fill("Weekly.")
    expect(page.locator("[name=after]")).to_have_value("2", timeout=KEEP)
    page.context.close()
    again = dana(path)
    expect(again.get_by_label("Progress note")).to_have_value("She slept better.")
    expect(again.get_by_label("Plan")).to_have_value("Weekly.")
    assert again.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not again.complaints  # type: ignore[attr-defined]


def test_a_lost_line_and_a_sign_out_lose_nothing_typed(dana: Callable[..., Page], cast: Cast, settings: Any) -> None:
    settings.ROOT_URLCONF = urls_with_sealed.__name__
    page = dana(f"/clients/{cast.cleo}/chart/entry")
    page.context.set_offline(True)
    page.get_by_label("Progress note").fill("Typed without a line.")
    expect(page.locator("#state")).to_contain_text("does not answer", timeout=KEEP)
    page.context.set_offline(False)
    expect(page.locator("#state")).to_contain_text("Draft kept at", timeout=2 * KEEP)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="privity")
    page.get_by_label("Plan").fill("Typed after a sign-out.")
    page.get_by_role("button", name="Sign it into the record").click()
    expect(page.locator("#state")).to_contain_text("You are signed out", timeout=KEEP)
    expect(page.get_by_label("Plan")).to_have_value("Typed after a sign-out.")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.get_by_role("button", name="Keep draft").click()
    page.wait_for_url(re.compile("entry$"))
    expect(page.get_by_label("Plan")).to_have_value("Typed after a sign-out.")
    assert not Entry.objects.exists()


def test_a_paste_too_long_is_told_at_once_and_nothing_typed_is_lost(dana: Callable[..., Page], cast: Cast) -> None:
    page = dana(f"/clients/{cast.cleo}/chart/entry")
    page.get_by_label("Plan").fill("Weekly.")
    area = page.locator("#id_progress_notes")
    area.fill("Mine.")
    paste = """area => !area.dispatchEvent(new InputEvent('beforeinput',
        {data: 'a'.repeat(100000000), inputType: 'insertFromPaste', bubbles: true, cancelable: true}))"""
    assert area.evaluate(paste)
    expect(page.locator("#state")).to_contain_text("That is 100,000,000 characters")
    area.evaluate("area => { area.value = 'a'.repeat(100001); area.dispatchEvent(new Event('input', {bubbles: true})) }")
    expect(page.locator("#state")).to_contain_text("Progress note has 100,001 characters", timeout=KEEP)
    page.get_by_role("button", name="Sign it into the record").click()
    assert area.evaluate("area => area.value.length") == 100_001
    expect(page.get_by_label("Plan")).to_have_value("Weekly.")
    area.fill("Short.")
    expect(page.locator("#state")).to_contain_text("Draft kept at", timeout=KEEP)


def test_a_selection_is_marked_and_signed_by_a_press_each(dana: Callable[..., Page], cast: Cast) -> None:
    page = dana(f"/clients/{cast.cleo}/chart/entry")
    page.get_by_label("Start", exact=True).fill("08:00")
    page.get_by_label("Stop", exact=True).fill("08:50")
    area = page.locator("#id_progress_notes")
    area.fill("Her sister Mia drinks.")
    area.evaluate("area => area.setSelectionRange(0, 21)")
    page.locator("[data-wrap=id_progress_notes]").click()
    expect(area).to_have_value("[[Her sister Mia drinks]].")
    page.get_by_role("button", name="Sign it into the record").click()
    page.wait_for_url(re.compile("chart$"))
    assert "Her sister Mia drinks" in page.locator("mark.held").inner_text()
    assert Entry.objects.count() == 1 and draft(cast.dana, cast.cleo, "session") == {}


def test_without_script_a_draft_is_kept_by_its_button(dana: Callable[..., Page], cast: Cast) -> None:
    page = dana(f"/clients/{cast.cleo}/chart/entry", script=False)
    page.get_by_label("Progress note").fill("By hand.")
    page.get_by_role("button", name="Keep draft").click()
    assert "Draft kept" in page.locator("#state").inner_text()
    assert page.locator("#id_progress_notes").input_value() == "By hand."


def full(cast: Cast) -> None:
    """Fill the practice with what pages show."""
    parts = {"progress_notes": "Slept six hours.\nPlan holds. [[Her father Max was at the school.]]", "diagnosis": "F41.1", "treatment_plan": "Weekly."}
    first = sign_entry(cast.dana, cast.cleo, NewEntry("session", NOW, parts, NOW, "video"))
    sign_entry(cast.dana, cast.cleo, NewEntry("amendment", NOW, {"progress_notes": "It was five hours."}, amends=first))
    add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW, NOW, "office", "Blue room", "90834"))
    contact = {"how": "phone", "to": "303 555 0101", "call": True, "text": False, "when": "after 6 pm"}
    people = tuple(NewPerson(name, "group_member", contacts=(contact,)) for name in ("Ada Bloom", "Will Stone"))
    add_record(cast.dana, NewRecord("group", people, title="Tuesday"))


def test_pages_are_accessible_and_fit_a_phone(dana: Callable[..., Page], cast: Cast, settings: Any) -> None:
    full(cast)
    settings.ROOT_URLCONF = urls_with_sealed.__name__
    client = f"/clients/{cast.cleo}"
    entry = Entry.objects.filter(kind="session").get()
    pages = {
        "today": "/today", "clients": "/clients", "kind": "/clients/new", "new": "/clients/new?kind=individual", "family": "/clients/new?kind=family",
        "client": client, "quiet": f"{client}/quiet", "visit": f"{client}/visits/new", "chart": f"{client}/chart", "entry": f"{client}/chart/entry",
        "amend": f"{client}/chart/entries/{entry.id}/amend", "document": f"{client}/chart/documents/new",
    }  # fmt: skip
    for name, path in pages.items():
        page = dana(path)
        for width in (1280, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if width != 320:
                found = Axe().run(page, options=AXE).response["violations"]
                assert not found, (name, width, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert not page.complaints, (name, page.complaints)  # type: ignore[attr-defined]
        page.context.close()
