"""The whole way in Chromium, with no shortcut: somebody asks, the decision is kept, the packet made, handed on, read, sent, opened and accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page
from pytest_django.live_server_helper import LiveServer

from privity.practice.site import demo
from privity.practice.site.demo_people import DEMO
from privity.practice.site.keeping import Keeping

from .test_chart_in_a_browser import AXE, browser

__all__ = ["browser"]
pytestmark = [pytest.mark.browser]
GoIn = Callable[..., Page]


@pytest.fixture
def go_in(transactional_db: None, settings: Any, tmp_path: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoIn]:
    """The demo practice, served; gives the browser of one of its cast after they went in, or of somebody outside."""
    settings.CONFIG = replace(settings.CONFIG, key_file=str(tmp_path / "root.json"))
    few = ("iris", "joan", "amir")  # whom the way needs, and whom the demo's own shared view and bar are about
    monkeypatch.setattr(demo, "SHEETS", tuple(one for one in demo.SHEETS if one.key in few))
    monkeypatch.setattr(demo, "TODAY", tuple(one for one in demo.TODAY if one[3] == "iris"))
    monkeypatch.setattr(demo.Agreed, "acts", lambda _: [])  # what was signed and asked before is of others
    keeping = Keeping.of(settings.CONFIG, Path(settings.DATA))
    assert demo.make_demo(keeping.provider().create(), datetime.now().astimezone())
    server = LiveServer("localhost")  # of its own: the one that others share began with another key file
    site = str(server.url).replace("127.0.0.1", "localhost")
    contexts: list[BrowserContext] = []
    sent: list[Any] = []

    def at(who: str, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda each: sent.append(each))
        if who:
            page.goto(f"{site}/demo")
            page.get_by_role("button", name=f"Go in as {who}").click()
            page.wait_for_url("**/today")
        return page

    yield at
    for context in contexts:  # nothing more is sent, and what was sent is answered, before the database goes
        with suppress(Error):
            context.route("**", lambda route: route.abort())
    for each in sent:
        with suppress(Error):
            each.response()
    for context in contexts:
        context.close()
    server.thread.terminate()  # the connection stays shared: a thread that is just ending may still close its own


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()


def client(page: Page, name: str) -> None:
    follow(page, "Clients")
    follow(page, name)


def authorized(page: Page) -> None:
    """Write down the paper that Iris signed for her employer."""
    client(page, "Iris Calloway")
    follow(page, "Authorizations")
    follow(page, "Write down a signed paper")
    page.locator("[name=kind][value=authorization]").check()
    press(page, "Read the paper")
    signed = datetime.now().astimezone().date()
    for name, value in (("recipient_kind", "employer"), ("purpose", "client_request"), ("signed_by", "client")):
        page.select_option(f"[name={name}]", value)
    told = {"recipient": "Alpine Freight", "signer": "Iris Calloway", "signed": signed.isoformat(), "ends": (signed + timedelta(90)).isoformat()}
    for name, value in told.items():
        page.fill(f"[name={name}]", value)
    page.locator("[name=information][value=attendance]").check()
    for box in page.locator("[name=has]").all():
        if box.get_attribute("value") != "authority_of_signer":
            box.check()
    press(page, "Keep what it says")
    page.wait_for_selector("text=The law still decides each telling")


def ask(page: Page, *said: tuple[str, str]) -> None:
    """Answer one question after another, by the words that stand there, then keep the decision."""
    follow(page, "Someone is asking")
    for fact, words in said:
        page.wait_for_selector(f"input[name=asking][value='{fact}']", state="attached")
        page.locator("label.choice", has_text=re.compile(rf"^\s*{words}")).first.click()
        press(page, "Next question")
    press(page, "Keep this decision")
    page.wait_for_selector("text=It stands.")
    page.wait_for_url("**/decisions/*")


def looked_at(page: Page, *, by_axe: bool = False) -> None:
    """At both widths nothing stands outside of the page; where it is asked, nothing stands in anybody's way either."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    if not by_axe:
        return
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, (page.url, found.generate_report())


def proved_long_ago(page: Page, settings: Any) -> None:
    """Let the proof with which somebody came in be older than five minutes."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "privity")
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    session["proved"] = (datetime.now().astimezone() - timedelta(minutes=6)).isoformat()
    session.save()


def prove(page: Page) -> None:
    dana = next(one for one in DEMO if one.who == "dana")
    page.fill("[name=password]", dana.password)
    page.fill("[name=code]", page.locator("dd.code").last.inner_text())
    press(page, "Go on")


def test_from_the_question_to_the_accounting_and_no_further_once_taken_back(go_in: GoIn, settings: Any) -> None:
    rita = go_in("Rita")
    authorized(rita)
    client(rita, "Iris Calloway")
    employer = (("recipient.kind", "A school, an employer"), ("recipient.kind", "An employer"), ("purpose", "The client wants it sent"))
    ask(rita, *employer, ("information", "Visits and bills"), ("information", "Dates of visits"), ("authorization.covers_recipient", "Yes"))
    looked_at(rita)
    follow(rita, "Make the packet")
    press(rita, "Keep this, and add somebody to the list")
    for name, value in (("name", "Alpine Freight"), ("phone", "970-555-0170"), ("how", "Called the main line")):
        rita.fill(f"[name={name}]", value)
    press(rita, "Put them on the list")
    rita.locator("[name=way][value=link]").check()
    press(rita, "Keep as draft")
    looked_at(rita, by_axe=True)
    press(rita, "Hand it to who treats")
    assert "Waits for who treats" in rita.inner_text("main")

    dana = go_in("Dana")
    follow(dana, "A packet waits for you")
    dana.locator("main table a").first.click()
    proved_long_ago(dana, settings)
    follow(dana, "Read what leaves")
    prove(dana)
    dana.wait_for_url("**/send")
    looked_at(dana)
    dana.locator("[name=checked]").check()
    dana.locator("[name=read]").check()
    press(dana, "Let it leave")
    press(dana, "Show the link and its code")
    link, code = (dana.locator(f"dt:has-text('{words}') + dd").inner_text() for words in ("The link", "The code"))

    outside = go_in("", 360)
    outside.goto(link)
    looked_at(outside)
    outside.fill("#code", code)
    with outside.expect_download() as got:
        press(outside, "Open it")
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF")
    follow(dana, "Who was told about Iris Calloway")
    assert "Alpine Freight" in dana.inner_text("table") and "By the client’s authorization" in dana.inner_text("table")
    looked_at(dana)

    client(dana, "Iris Calloway")
    follow(dana, "Decisions")
    follow(dana, "An employer")
    follow(dana, "Make the packet")
    dana.select_option("[name=recipient]", label="Alpine Freight")
    dana.locator("[name=way][value=link]").check()
    press(dana, "Keep as draft")
    follow(dana, "Read what leaves")
    client(rita, "Iris Calloway")
    follow(rita, "Authorizations")
    follow(rita, "Alpine Freight")
    rita.fill("[name=how]", "On the telephone, to Rita")
    press(rita, "Taken back by word")
    rita.wait_for_selector("text=nothing may leave under it")
    dana.locator("[name=checked]").check()
    dana.locator("[name=read]").check()
    press(dana, "Let it leave")
    assert "The authorization for Alpine Freight was taken back" in dana.inner_text("[role=alert] >> nth=0")
    looked_at(dana, by_axe=True)
    follow(dana, "See what changed, and ask anew")
    assert "Open again since" in dana.inner_text("main")
    outside.goto(link)
    outside.fill("#code", code)
    press(outside, "Open it")
    outside.wait_for_selector("text=This link opens nothing any more")
