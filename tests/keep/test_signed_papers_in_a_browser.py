"""Authorizations and restrictions in Chromium: accessible, narrow, without script, and the paper beside its form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from privity.practice.agreements import scans
from privity.practice.agreements.models import Authorization
from privity.practice.agreements.restrictions import BY_PRACTICE, NewRestriction, agree, end
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.visits.services import NewVisit, add_visit

from .conftest import NOW, Cast, paper_of
from .test_chart_in_a_browser import AXE, browser, dana  # noqa: F401  (fixtures)
from .test_signed_papers import consent, fax

pytestmark = [pytest.mark.browser]


def test_every_page_is_accessible_and_fits_a_telephone(dana: Callable[..., Page], cast: Cast) -> None:  # noqa: F811
    good = record_authorization(cast.dana, cast.cleo, paper_of("employer", ends=date(2026, 11, 27)))
    bad = record_authorization(cast.dana, cast.cleo, paper_of("school", has=("recipient",), together="other_document"))
    gone = record_authorization(cast.dana, cast.cleo, consent("treatment_payment_operations", purpose="treatment"))
    revoke(cast.dana, cast.cleo, gone, "On the phone", by_word=True)
    scans.add(cast.dana, cast.cleo, fax(2), good)
    scan = scans.add(cast.dana, cast.cleo, fax())
    add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW, NOW + timedelta(minutes=50), "office"))
    agree(cast.dana, cast.cleo, NewRestriction((), ("payer",), self_pay=True, began=date(2026, 11, 1)))
    end(cast.dana, cast.cleo, agree(cast.dana, cast.cleo, NewRestriction(("hiv",), ("parent",), False, date(2026, 11, 2), note="Not to him.")), BY_PRACTICE)
    path = f"/clients/{cast.cleo}/authorizations"
    pages = {
        "list": path, "begin": f"{path}/begin", "new": f"{path}/new", "read": f"{path}/new?kind=single_purpose&paper={scan}", "good": f"{path}/{good}",
        "bad": f"{path}/{bad}", "gone": f"{path}/{gone}", "letter": f"{path}/{bad}/letter", "restrictions": f"/clients/{cast.cleo}/restrictions",
        "client": f"/clients/{cast.cleo}", "today": "/today",
    }  # fmt: skip
    for name, at in pages.items():
        page = dana(at)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            if name not in ("client", "today"):
                found = Axe().run(page, options=AXE).response["violations"]
                assert not found, (name, width, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert not page.complaints, (name, page.complaints)  # type: ignore[attr-defined]
        page.context.close()


def test_without_script_a_paper_is_attached_read_and_written_down(dana: Callable[..., Page], cast: Cast) -> None:  # noqa: F811
    page = dana(f"/clients/{cast.cleo}/authorizations/begin", script=False)
    page.get_by_label("An authorization The client").check()
    page.get_by_label("The file, if you have one").set_input_files({"name": "fax.pdf", "mimeType": "application/pdf", "buffer": fax()})
    page.get_by_role("button", name="Read the paper").click()
    drawn = page.get_by_alt_text("Page 1 of the paper")
    drawn.wait_for()
    page.wait_for_load_state("load")
    assert drawn.evaluate("image => image.naturalWidth") > 600
    page.get_by_label("Who gets it", exact=True).select_option("employer")
    page.get_by_label("Name or office").fill("Alpine Freight")
    page.get_by_label("What for", exact=True).select_option("client_request")
    page.get_by_label("Dates of visits").check()
    page.get_by_label("Who signed", exact=True).select_option("parent")
    page.get_by_label("Name of whoever signed").fill("Max Marsh")
    page.get_by_label("Day of the signature").fill("2026-11-02")
    page.get_by_label("Last day").fill("2027-03-01")
    page.get_by_label("It is signed").check()
    page.get_by_role("button", name="Keep what it says").click()
    page.get_by_text("Not valid.").wait_for()
    assert Authorization.objects.count() == 1
