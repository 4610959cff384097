"""The pages of releases in Chromium: accessible and whole at 360 and 1280, with nothing for the console to complain of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from privity.practice.releases import accounting, outbox
from privity.practice.releases.packet import Cuts

from .conftest import Cast
from .releasing import BOOK, PAYER, ada, decided, health_plan, planned, sent, visit_ids
from .test_chart_in_a_browser import AXE, browser, dana

__all__ = ["browser", "dana"]
pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("width", [360, 1280])
def test_each_page_fits_and_can_be_read_by_everybody(dana: Callable[..., Page], cast: Cast, width: int) -> None:
    client = ada(cast)
    decision, to, note = decided(client, **PAYER), health_plan(cast), client.item("progress_notes")
    chosen = frozenset({"identity", note, client.item("diagnosis"), *(f"visit:{one}" for one in visit_ids(client))})
    gone = sent(client, decision, to)
    outbox.hand_out(cast.dana, BOOK, client.record, gone)
    accounting.add(cast.dana, client.record, accounting.Told(date(2026, 11, 18), "County police", "A threat", "To prevent harm", "45 CFR 164.512(j)"))
    cuts = Cuts({note: frozenset({1})}, ("breathing plan",))
    packet, _ = planned(client, decision, to, chosen=chosen, cuts=cuts, way="fax", number="970-555-0188", why="They review November 11")
    record = f"/clients/{client.record}"
    paths = (
        f"{record}/decisions/{decision}/packet", f"{record}/packets/{packet}/send", f"{record}/releases/{gone}", f"{record}/accounting", "/releases",
        "/recipients", f"/recipients/{to}", "/l/none",
    )  # fmt: skip
    for number, path in enumerate(paths):
        page = dana(path, width)
        if path.endswith("/send"):
            page.click("text=Let it leave")
            assert "The fax number on your list ends in 0118" in page.inner_text("main")
        looked_at(page, f"{number}-{width}")
        found = Axe().run(page, options=AXE)
        assert not found.response["violations"], (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        wrong = [line for line in page.complaints if "422" not in line]  # type: ignore[attr-defined]
        assert not wrong, (path, wrong)
        page.context.close()


def looked_at(page: Page, name: str) -> None:
    """Keep a picture where somebody asked for it."""
    import os

    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
