"""Papers in Chromium: the grade while one writes, a name drawn with a pen, and every page accessible and narrow."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, expect, sync_playwright
from tests.conftest import chromium

from privity.practice.agreements.paper_access import one
from privity.practice.agreements.paper_services import Offer, offer, send_home
from privity.practice.people.models import Participant

from .conftest import NOW, Cast
from .front import Front, open_doors

pytestmark = [pytest.mark.browser]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}
WAIT = 30_000
PICTURES = os.environ.get("PRIVITY_PICTURES", "")  # a folder, for whoever wants to look


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def at(transactional_db: None, cast: Cast, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """A page at somebody's browser; nobody is signed in where `who` is empty."""
    site = str(request.getfixturevalue("live_server").url).replace("127.0.0.1", "localhost")
    contexts: list[BrowserContext] = []
    sent: list[Request] = []

    def open_at(who: str, path: str, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        if who:
            key = Front(cast.accounts[who].id).client.cookies["privity"].value
            context.add_cookies([{"name": "privity", "value": str(key), "url": site}])
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("request", lambda each: sent.append(each))
        page.on("console", lambda line: page.complaints.append(line.text) if line.type in ("error", "warning") else None)  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.goto(site + path)
        return page

    with open_doors(NOW, cast.keys):
        yield open_at
        for context in contexts:
            with suppress(Error):
                context.route("**", lambda route: route.abort())
        for each in sent:
            with suppress(Error):
                each.response()
        for context in contexts:
            context.close()


def laid(cast: Cast, template: str = "consent") -> tuple[UUID, UUID]:
    person = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    return offer(cast.dana, cast.cleo, Offer(template, "CO", ("en", "es"), (person,), {}, {})), person


def looked_at(page: Page, name: str) -> None:
    """Nothing for axe to complain of, nothing to scroll to the side, nothing in the console."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{page.viewport_size['width'] if page.viewport_size else 0}.png"), full_page=True)
    found = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in Axe().run(page, options=AXE).response["violations"]]
    assert found == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    assert page.complaints == [], name  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "names"), [(1280, "edit paper"), (320, "list kind edit record offer paper talk code")])
def test_the_pages_are_accessible_and_narrow(at: Callable[..., Page], cast: Cast, width: int, names: str) -> None:
    paper, person = laid(cast)
    for name, who, path in (
        ("list", "petra", "/papers"),
        ("kind", "petra", "/papers/consent"),
        ("edit", "petra", "/papers/notice/edit"),
        ("record", "dana", f"/clients/{cast.cleo}/papers"),
        ("offer", "dana", f"/clients/{cast.cleo}/papers/new/release"),
        ("paper", "dana", f"/clients/{cast.cleo}/papers/{paper}"),
        ("talk", "dana", f"/clients/{cast.cleo}/papers/{paper}/talk"),
        ("code", "", f"/sign/{send_home(cast.dana, cast.cleo, paper, person).token}"),
    ):
        if name not in names.split():
            continue
        page = at(who, path, width)
        looked_at(page, name)
        page.context.close()


def test_the_grade_is_told_while_one_writes(at: Callable[..., Page]) -> None:
    page = at("petra", "/papers/release/edit")
    line = page.locator('[data-grade="en"]')
    before = line.text_content()
    page.locator('[name="text-again-en"]').fill("Notwithstanding anticipated contingencies, institutional considerations necessitate documentation.")
    expect(line).not_to_have_text(before or "", timeout=WAIT)
    page.locator('[name="text-stop-en"]').fill("")
    expect(page.locator("[data-missing]")).to_contain_text("That it can be taken back", timeout=WAIT)
    assert page.complaints == []  # type: ignore[attr-defined]


def test_a_name_is_drawn_on_a_tablet_that_opens_nothing_else(at: Callable[..., Page], cast: Cast) -> None:
    paper, _ = laid(cast, "individual")
    page = at("dana", f"/clients/{cast.cleo}/papers/{paper}", 320)
    page.get_by_role("button", name="Hand over this device").click()
    expect(page).to_have_url(re.compile("/sign$"))
    looked_at(page, "sign-read")
    for _ in range(8):
        if page.locator('button[value="sign"]').count():
            break
        if page.locator('button[value="answer"]').count():
            looked_at(page, "sign-question")
            page.locator('input[value="1"]').check()
            page.locator('button[value="answer"]').click()
            expect(page.get_by_text("Let us look at it once more")).to_be_visible()
            looked_at(page, "sign-again")
            page.locator('input[value="0"]').check()
            page.locator('button[value="answer"]').click()
        else:
            page.locator('button[value="next"]').click()
    page.get_by_role("textbox", name="Your name").fill("Cleo Marsh")
    canvas = page.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    looked_at(page, "sign-name")
    sizes = [page.locator(f'button[value="{value}"]').bounding_box() for value in ("sign", "no")]
    assert sizes[0] and sizes[1] and (sizes[0]["width"], sizes[0]["height"]) == (sizes[1]["width"], sizes[1]["height"])
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.signing .voice')).fontSize)") >= 18.66  # 14 points
    page.locator('button[value="sign"]').click()
    expect(page.get_by_text("You signed")).to_be_visible()
    looked_at(page, "sign-end")
    evidence = one(cast.dana, cast.cleo, paper).signers[0].evidence
    assert re.match(r"\d+,\d+ \d+,\d+", evidence["drawn"]) and evidence["device_time"].endswith("Z")
    page.goto(re.sub(r"/sign$", f"/clients/{cast.cleo}", page.url))
    expect(page).to_have_url(re.compile("/sign-in"))
