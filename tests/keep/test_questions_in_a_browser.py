"""The chart's question, a kept decision and the call guide in Chromium: asked with a thumb, accessible, and narrow."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.records.services import NewEntry, sign_entry

from .conftest import NOW, Cast
from .test_chart_in_a_browser import AXE, browser, dana  # noqa: F401
from .test_questions import OWN, paper

pytestmark = [pytest.mark.browser]


def looked_at(page: Page, name: str, width: int) -> None:
    """Nothing scrolls sideways, nothing stands in the way of anybody; and a picture where one is wanted."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, (name, found.generate_report())


@pytest.mark.parametrize("width", [360, 1280])
def test_asked_kept_and_open_again(dana: Callable[..., Page], cast: Cast, width: int) -> None:  # noqa: F811
    ada = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),)))
    signed = record_authorization(cast.dana, ada, paper(**OWN, information=("attendance", "progress_notes")))
    sign_entry(cast.dana, ada, NewEntry("session", NOW, {"progress_notes": "words", "hiv": "words"}))
    page = dana(f"/clients/{ada}", width=width)
    looked_at(page, "client", width)
    page.get_by_role("link", name="Someone is asking about Ada Birch").click()
    looked_at(page, "ask", width)

    # The dialogue itself is the desk's, and tried there: what was said comes with the form.
    page.evaluate(
        """given => { const form = document.querySelector('form[action$="/ask"]');
          for (const value of given) form.append(Object.assign(document.createElement('input'), {type: 'hidden', name: 'given', value}));
          form.querySelector('[name=asking]').remove(); HTMLFormElement.prototype.submit.call(form) }""",
        ["recipient.kind=employer", "purpose=client_request", "information=attendance,progress_notes,hiv"],
    )
    page.wait_for_selector("text=the very one the paper names")
    looked_at(page, "confirm", width)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Next question").click()
    page.wait_for_selector("text=Keep this decision")
    looked_at(page, "answer", width)
    page.get_by_role("button", name="Keep this decision").click()
    page.wait_for_selector("text=It stands.")
    looked_at(page, "kept", width)
    revoke(cast.dana, ada, signed, "")
    page.reload()
    page.wait_for_selector("text=Open again since")
    looked_at(page, "open", width)
    looked_at(dana(f"/clients/{ada}/decisions", width=width), "list", width)


@pytest.mark.parametrize("width", [360, 1280])
def test_on_the_phone(dana: Callable[..., Page], cast: Cast, width: int) -> None:  # noqa: F811
    ada = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Birch", born=date(1986, 2, 3)),)))
    record_authorization(cast.dana, ada, paper(**OWN))
    looked_at(dana("/call?caller=spouse_or_partner", width=width), "call", width)
    page = dana(f"/clients/{ada}/call", width=width)
    page.get_by_label("Who is calling?").select_option("employer")
    page.get_by_role("button", name="Is there a paper for this caller?").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    looked_at(page, "checks", width)
    page.get_by_role("button", name="Show what may be said").click()
    page.wait_for_selector("text=these topics, and no others")
    looked_at(page, "topics", width)
