"""Sealed notes from end to end, in Chromium: written, left, come back to, opened with a passkey and with a code; and nobody else holds a word of them."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright
from tests.conftest import chromium

from privity.practice.people import services as people
from privity.practice.records import access as charts
from privity.practice.records import sealed_services as verbs
from privity.practice.records.sealed_models import AuthorKey, Opening, SealedNote, Unlocker
from privity.practice.site.keeping import Keeping
from privity.practice.trail.models import Event

from .conftest import Cast
from .sealing import Person

pytestmark = pytest.mark.browser
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}
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


def database() -> bytes:
    """Everything both databases hold, as it would lie on the disk."""
    from django.db import connections

    return b"".join(connections[name].connection.serialize() for name in ("default", "keys"))


def forms(secret: str) -> list[bytes]:
    """The ways a text would look in a file or a request."""
    raw = secret.encode()
    whole = base64.b64encode(raw).rstrip(b"=")[:-2]
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), whole, base64.urlsafe_b64encode(raw).rstrip(b"=")[:-2], secret.encode("utf-16-le")]


def test_neither_the_database_nor_any_request_nor_a_colleague_ever_holds_the_text_or_a_code(dana: Person, cast: Cast, browser: Browser) -> None:
    dana.make_keys()
    dana.open_notes(cast.cleo)
    dana.with_code()
    dana.write(CANARY)
    dana.press("Read it")
    dana.sees(CANARY)
    dana.press("Hand this text to the record")
    dana.press("Keep it sealed")
    held = database()
    assert cast.practice.uid.hex.encode() in held, "the databases were really read"
    sent = "\n".join(f"{url} {body}" for url, body in dana.bodies).encode()
    assert b"/sealed-api/keep" in sent and b'"sealed":"4e01' in sent
    for secret in (CANARY, *dana.rows, *(row.replace("-", "") for row in dana.rows)):
        for form in forms(secret):
            assert form not in held and form not in sent, secret
    people.tie(cast.dana, cast.cleo, cast.omar.account, "team")
    for who in ("omar", "rita", "olga", "petra"):
        other = Person(browser, dana.site, cast.accounts[who])
        page = other.open(f"/records/{cast.cleo}/sealed")
        assert CANARY not in page.content()
        assert ("There is no such page" in page.content()) == (who != "omar")
        if who == "omar":
            assert "Make my keys" in page.content() and "2026</h3>" not in page.content()
        other.context.close()


def test_without_prf_the_passkey_is_refused_and_two_codes_do(browser: Browser, site: str, cast: Cast) -> None:
    dana = Person(browser, site, cast.accounts["dana"], prf=False)
    dana.open("/sealed-setup")
    dana.press("Make my keys")
    dana.press("Make a passkey")
    dana.sees("This passkey or this browser cannot unlock sealed notes")
    first = dana.print_a_code()
    dana.sees("Ways in so far: 1 of 2")
    assert not dana.page.get_by_role("button", name="Keep these ways in").count()
    dana.rows = dana.print_a_code()
    dana.press("Keep these ways in")
    dana.sees("Your keys are made")
    dana.open_notes(cast.cleo)
    dana.with_code()
    dana.write(CANARY)
    dana.open_notes(cast.cleo)
    dana.page.get_by_label("Your recovery code").fill(first[0])
    dana.press("Open with this code")
    dana.sees("A code has 4 rows of 9 letters")
    dana.rows = first
    dana.with_code()
    dana.press("Read it")
    dana.sees(CANARY)
    dana.context.close()


def test_a_sheet_that_was_not_printed_is_no_way_in(dana: Person) -> None:
    dana.open("/sealed-setup")
    dana.press("Make my keys")
    dana.press("Print a recovery code")
    dana.press("I have it on paper")
    assert not dana.page.locator("#sheet").is_visible()
    dana.page.get_by_label("from the paper").fill("0000-0000-0")
    dana.press("This is what it says")
    dana.sees("This is not row")
    dana.sees("Ways in so far: 0 of 2")


def test_a_lost_passkey_is_replaced_with_the_code(dana: Person, cast: Cast) -> None:
    dana.make_keys()
    dana.with_code()
    dana.press("Make a passkey")
    dana.sees("There is one more way in")
    assert dana.page.get_by_role("button", name="Take it back").count() == 3
    dana.page.get_by_role("button", name="Take it back").first.click()
    dana.sees("That way in is gone")
    dana.page.get_by_role("button", name="Take it back").first.click()
    dana.sees("Two ways in must stay")


def test_a_draft_is_kept_sealed_and_is_there_again(dana: Person, cast: Cast) -> None:
    dana.make_keys()
    dana.open_notes(cast.cleo)
    dana.page.clock.install()
    dana.press("Open with your passkey")
    dana.page.get_by_label("Write a sealed note").fill(CANARY)
    dana.page.clock.run_for(5000)
    dana.sees("Draft sealed and kept")
    assert not [form for form in forms(CANARY) if form in database()]
    dana.page.clock.run_for(16 * 60 * 1000)
    dana.page.get_by_role("button", name="Open with your passkey").wait_for()
    assert CANARY not in dana.page.content(), "after 15 quiet minutes the page locked itself"
    dana.sign_in()
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    assert dana.page.get_by_label("Write a sealed note").input_value() == CANARY
    dana.press("Seal this note")
    dana.sees("The note is sealed and kept")
    assert dana.page.get_by_label("Write a sealed note").input_value() == ""
    assert not SealedNote.objects.filter(draft=True).exists()


def test_only_the_authors_own_act_brings_a_text_into_the_record(dana: Person, cast: Cast) -> None:
    dana.make_keys()
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.write(CANARY)
    assert charts.chart(cast.dana, cast.cleo).entries == ()
    dana.press("Read it")
    dana.press("Hand this text to the record")
    dana.page.get_by_label("The text as the record will have it").fill("Only this much.")
    dana.press("Sign it into the record")
    dana.sees("It stands in the record now")
    (entry,) = charts.chart(cast.dana, cast.cleo).entries
    assert entry.parts == {"progress_notes": "Only this much."}


def test_a_lying_server_that_swaps_keys_is_refused(dana: Person, cast: Cast, browser: Browser) -> None:
    dana.make_keys()
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.write(CANARY)
    # One's own public key, as others would get it.
    true = bytes(AuthorKey.objects.get(account_id=cast.dana.account).agree)
    AuthorKey.objects.filter(account_id=cast.dana.account).update(agree=os.urandom(32))
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.sees("The server names other keys as yours")
    assert not dana.page.get_by_label("Write a sealed note").count()
    AuthorKey.objects.filter(account_id=cast.dana.account).update(agree=true)
    # The key of the notes: another of the right form.
    dana.page.route("**/sealed-api/record", lambda route: route.fulfill(response=(got := route.fetch()), json={**got.json(), "note_key": "4b01" + "00" * 160}))
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.sees("The key of these notes was altered, moved, or is not yours")
    dana.page.unroute("**/sealed-api/record")
    # A draft, or any other version, laid in a note's place.
    dana.page.route("**/sealed-api/note", lambda route: route.fulfill(response=(got := route.fetch()), json={"sealed": flipped(got.json()["sealed"])}))
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.press("Read it")
    dana.sees("This note was altered, moved, or is not its author's")
    assert CANARY not in dana.page.content()
    # And one that says that there are no keys yet.
    Unlocker.objects.filter(account_id=cast.dana.account).delete()
    AuthorKey.objects.filter(account_id=cast.dana.account).delete()
    dana.open("/sealed-setup")
    dana.press("Make my keys")
    dana.sees("This browser knows keys of yours, and the server says there are none")


def flipped(text: str) -> str:
    return text[:-2] + f"{int(text[-2:], 16) ^ 1:02x}"


def words_of(person: Person) -> str:
    person.open("/custody")
    person.press("Name my two custodians")
    person.press("Open with your passkey")
    return str(person.page.locator("#my-words").inner_text())


def test_custodians_from_naming_to_reading(dana: Person, cast: Cast, browser: Browser) -> None:
    omar, petra = (Person(browser, dana.site, cast.accounts[who]) for who in ("omar", "petra"))
    for person in (dana, omar, petra):
        person.make_keys()
    dana.open_notes(cast.cleo)
    dana.press("Open with your passkey")
    dana.write(CANARY)
    said = {"Omar Test": words_of(omar), "Petra Test": words_of(petra)}
    for_dana = words_of(dana)
    # Not before the words were compared, and not with other words.
    first, second = dana.page.get_by_label("First"), dana.page.get_by_label("Second")
    first.select_option(label="Omar Test")
    second.select_option(label="Petra Test")
    dana.press("Name these two")
    dana.sees("This person's key has not been compared in this browser")
    dana.page.get_by_label("The six words Omar Test reads to you").fill(said["Petra Test"])
    dana.press("Compare Omar Test’s words")
    dana.sees("The six words are not those of this key")
    for name, words in said.items():
        dana.page.get_by_label(f"The six words {name} reads to you").fill(words)
        dana.press(f"Compare {name}’s words")
        dana.page.locator(".entry", has_text=name).get_by_text("Compared.", exact=True).wait_for()
    dana.press("Name these two")
    dana.sees("They are your custodians now")
    # A server that hands out another key for Omar afterwards is seen through.
    true = bytes(AuthorKey.objects.get(account_id=cast.omar.account).agree)
    AuthorKey.objects.filter(account_id=cast.omar.account).update(agree=os.urandom(32))
    words_of(dana)
    dana.sees("The key changed since you compared it")
    dana.page.get_by_label("First").select_option(label="Omar Test")
    dana.page.get_by_label("Second").select_option(label="Petra Test")
    dana.press("Name these two")
    dana.sees("This person's key is not the one compared before")
    AuthorKey.objects.filter(account_id=cast.omar.account).update(agree=true)
    # Petra compares Dana's words while Dana lives; Omar never does.
    words_of(petra)
    petra.page.get_by_label("The six words Dana Test reads to you").fill(for_dana)
    petra.press("Compare Dana Test’s words")
    petra.page.locator(".entry", has_text="Dana Test").get_by_text("Compared.", exact=True).wait_for()
    # Dana dies. Olga records it; Omar asks; the 72 hours run.
    olga = Person(browser, dana.site, cast.accounts["olga"])
    olga.open("/custody")
    olga.page.get_by_label("Who", exact=True).select_option(label="Dana Test")
    olga.page.get_by_label("Has died").check()
    olga.page.get_by_label("A death certificate").check()
    olga.press("Record this")
    olga.sees("Recorded: has died")
    omar.open("/custody")
    omar.press("Ask to open, and begin the 72 hours")
    omar.sees("The notice ends")
    assert not omar.page.get_by_role("button", name="Open on the keys’ page").count()
    dana.open("/who-can-read")
    dana.sees("It is recorded that you died or cannot act")
    Opening.objects.update(asked=Opening.objects.get().asked - timedelta(hours=73))
    omar.open("/custody")
    omar.press("Open on the keys’ page")
    omar.press("Open with your passkey")
    omar.sees("You never compared this author’s words")
    omar.press("Open my layer")
    omar.sees("Your layer is off")
    petra.open("/custody")
    petra.press("Open on the keys’ page")
    petra.press("Open with your passkey")
    petra.press("Open my layer and list the notes")
    petra.press("Read it")
    petra.sees(CANARY)
    assert not petra.page.get_by_text("You never compared").count()
    held = database() + "\n".join(f"{url} {body}" for one in (dana, omar, petra, olga) for url, body in one.bodies).encode()
    assert not [form for form in forms(CANARY) if form in held]
    acts = [row.act for row in Event.objects.order_by("n") if row.act.split(".")[0] in ("custody", "absence")]
    assert acts == ["custody.name", "absence.record", "custody.ask", "custody.outer", "custody.first", "custody.second", "custody.list", "custody.read"]
    for one in (omar, petra, olga):
        one.context.close()


def test_the_pages_are_accessible_and_fit(dana: Person, cast: Cast) -> None:
    def fits(name: str) -> None:
        for width in (320, 360, 1280):
            dana.page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(dana.page, options=AXE)
            assert found.violations_count == 0, f"{name} {width} {found.generate_report()}"
            assert dana.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (name, width)
            if os.environ.get("PRIVITY_PICTURES"):
                dana.page.screenshot(path=f"{os.environ['PRIVITY_PICTURES']}/{name}-{width}.png", full_page=True)

    dana.open("/sealed-setup")
    fits("setup")
    dana.press("Make my keys")
    dana.sees("Ways in so far")
    dana.press("Print a recovery code")
    dana.sees("Recovery code for sealed notes")
    fits("keys-sheet")
    dana.make_keys()
    fits("keys-ways")
    dana.open_notes(cast.cleo)
    fits("keys-locked")
    dana.press("Open with your passkey")
    dana.write("Transference, again. Ask about the brother, gently.")
    dana.press("Read it")
    dana.press("Hand this text to the record")
    fits("keys-notes")
    words_of(dana)
    fits("keys-custody")
    for path, name in ((f"/records/{cast.cleo}/sealed", "sealed"), ("/custody", "custody"), ("/who-can-read", "who-can-read"), ("/sealed-setup", "setup-2")):
        dana.open(path)
        fits(name)
    verbs.record_absence(cast.olga, cast.dana.account, "incapacity", "physician")
    dana.open("/custody")
    fits("custody-notice")
    assert dana.complaints == []
