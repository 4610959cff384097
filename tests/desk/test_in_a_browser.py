"""The desk in Chromium: accessible, narrow, by keyboard, and alone with itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}
WIDTHS = (360, 1280)
NARROWEST = 320


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def site(live_server: Any) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")


class Visit:
    """One person at one screen; every request is written down."""

    def __init__(self, browser: Browser, site: str, width: int = 1280, script: bool = True) -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
        self.page: Page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def choose(self, value: str) -> None:
        """Answer the question with a value, through its group where groups are shown."""
        page = self.page
        if not page.locator(f'input[name=reply][value="{value}"]').count():
            groups = page.locator('input[name=reply][value^="group:"]')
            names = [groups.nth(number).get_attribute("value") for number in range(groups.count())]
            for name in names:
                self.reply(str(name))
                if page.locator(f'input[name=reply][value="{value}"]').count():
                    break
                self.after(page.go_back)
        self.reply(value)

    def reply(self, value: str) -> None:
        """Choose what the page shows, and go on."""
        self.page.locator(f'input[name=reply][value="{value}"]').check()
        self.after(self.page.get_by_role("button", name="Next question").click)

    def after(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the page has answered."""
        at = self.page.evaluate("history.state.at")
        act()
        self.page.wait_for_function("at => history.state && history.state.at !== at", arg=at)

    def ask(self, recipient: str, purpose: str, information: str = "") -> Page:
        page = self.open("/ask")
        self.direct({"recipient.kind": recipient, "purpose": purpose, **({"information": information} if information else {})})
        return page

    def direct(self, facts: dict[str, str]) -> None:
        """Send facts in the form the page already carries, as if they had been answered before."""
        with self.page.expect_navigation():
            self.page.evaluate(
                """facts => { const form = document.querySelector('form');
                for (const row of facts) form.append(Object.assign(document.createElement('input'), {type: 'hidden', name: 'given', value: row}));
                form.querySelector('[name=asking]').value = ''; setTimeout(() => HTMLFormElement.prototype.submit.call(form)); }""",
                [f"{name}={value}" for name, value in facts.items()],
            )

    def faults(self) -> list[str]:
        """Return what axe finds."""
        found = Axe().run(self.page, options=AXE).response["violations"]
        return [f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}" for one in found for node in one["nodes"]]

    def sideways(self) -> bool:
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def close(self) -> None:
        self.context.close()


def open_page(visit: Visit, name: str) -> Page:
    """Bring a visit to one of the desk's pages."""
    page = visit.page
    if name in ("profile", "danger", "law"):
        visit.open(f"/{name}")
    elif name == "profile-stopped":
        visit.open("/profile")
        page.get_by_role("button", name="Keep this").click()
    elif name == "law-search":
        visit.open("/law?q=subpoena")
    elif name == "answer-shared":
        visit.open("/ask")
        visit.direct(
            {
                "recipient.kind": "spouse_or_partner",
                "purpose": "involve_family",
                "information": "session_content",
                "care.modality": "couple",
                "participants.all_authorize": "false",
            }
        )
    elif name == "answer-must-parts":
        visit.open("/ask")
        visit.direct({"recipient.kind": "client", "purpose": "client_access", "information": "progress_notes,billing"})
    elif name == "answer-lost":
        visit.open("/ask")
        page.get_by_role("button", name="Something was lost").click()
        page.get_by_role("button", name="Show the answer as it stands").click()
        page.get_by_text("Answer of").wait_for()
    elif name == "rule":
        visit.open("/law/co.statutes.13-21-117.2a_threat")
    elif name == "ask":
        visit.open("/ask")
    elif name == "question":
        visit.ask("law_enforcement", "avert_threat")
    elif name == "answer-no":
        visit.ask("friend_of_provider", "casual_talk", "session_content")
    elif name == "answer-open":
        visit.ask("payer", "payment", "psychotherapy_notes,diagnosis")
        if page.get_by_role("button", name="Show the answer as it stands").count():
            page.get_by_role("button", name="Show the answer as it stands").click()
    elif name == "answer-must":
        visit.open("/ask")
        visit.direct(
            {
                "recipient.kind": "law_enforcement",
                "purpose": "avert_threat",
                "provider.treats_client": "true",
                "threat.told_by": "client",
                "threat.serious": "true",
                "threat.imminent": "true",
                "threat.of": "physical_violence",
                "threat.against": "named_person",
            }
        )
    elif name.startswith("danger-"):
        visit.open("/danger")
        for button in DANGER[name]:
            visit.page.locator(button).first.click()
            visit.page.locator("form[data-swap]:not([aria-busy])").wait_for()
    return page


DANGER = {
    "danger-open": ["[name=heard][value=other]", '[value="told_by=client"]'],
    "danger-must": [
        "[name=heard][value=other]",
        '[value="told_by=client"]',
        '[value="violence=yes"]',
        '[value="target=named_person"]',
        '[value="serious=yes"]',
        '[value="imminent=yes"]',
    ],
    "danger-unsure": ["[name=heard][value=unsure]"],
}
PAGES = (
    "answer-shared",
    "answer-must-parts",
    "answer-lost",
    "law-search",
    "profile",
    "profile-stopped",
    "ask",
    "question",
    "answer-no",
    "answer-open",
    "answer-must",
    "danger",
    *DANGER,
    "law",
    "rule",
)


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_comes_from_elsewhere(browser: Browser, site: str, practice: Any, name: str) -> None:
    visit = Visit(browser, site)
    open_page(visit, name)
    found = []
    for width in (*WIDTHS, NARROWEST):
        visit.page.set_viewport_size({"width": width, "height": 900})
        if visit.sideways():
            found.append(f"at {width} it scrolls sideways")
        for scheme in ("light", "dark") if width != NARROWEST else ():
            visit.page.emulate_media(color_scheme=scheme)
            found += [f"at {width}, {scheme}: {fault}" for fault in visit.faults()]
    found += [url for url in visit.requests if not url.startswith((site, "data:"))]
    found += [text for text in visit.complaints if "status of 422" not in text]
    visit.close()
    assert found == []


def test_targets_are_large_enough_for_a_thumb(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site, 360)
    open_page(visit, "danger-must")
    small = visit.page.evaluate(
        "[...document.querySelectorAll('button, .btn, .big')].map(e => [e.textContent.trim(), e.getBoundingClientRect()])"
        ".filter(([, r]) => r.width && r.height < 24).map(([t]) => t)"
    )
    assert small == []
    assert all(box["height"] >= 44 for box in (visit.page.locator(".tap-btn").nth(number).bounding_box() for number in range(3)))
    visit.close()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_danger_page_by_keyboard_alone_in_at_most_eight_taps(browser: Browser, site: str, practice: Any, script: bool) -> None:
    visit = Visit(browser, site, 360, script=script)
    page = visit.open("/danger")
    taps = 0
    for wanted in ("Harm to another person", "The client", "Yes", "A person, by name", "Yes", "Yes"):
        _tab_to(page, wanted)
        page.keyboard.press("Enter")
        taps += 1
        page.get_by_text(f"Tap {taps} of at most 8").first.wait_for()
    assert taps <= 8
    assert page.locator(".answer-word").first.inner_text() == "MUST act"
    assert page.get_by_text("What counts as done").is_visible()
    visit.close()


def _tab_to(page: Page, words: str) -> None:
    """Press Tab until an untapped button with these words has the focus, and its ring shows."""
    for _ in range(60):
        here = page.evaluate(
            "(() => { const e = document.activeElement; return {text: (e?.textContent || '').trim(), name: e?.name || '', "
            "row: !!e?.closest('fieldset')?.querySelector('[aria-pressed=true]'), ring: e ? getComputedStyle(e).outlineStyle : ''}; })()"
        )
        if here["text"] == words and here["name"] in ("heard", "tap") and not here["row"]:
            assert here["ring"] != "none"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {words}")


def test_the_answer_changes_after_each_tap_without_a_page_load(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site)
    page = visit.open("/danger")
    page.evaluate("window.stayed = true")
    said = []
    for button in DANGER["danger-must"]:
        page.locator(button).first.click()
        page.locator("form[data-swap]:not([aria-busy])").wait_for()
        said.append(page.locator(".answer-line").first.inner_text())
    assert page.evaluate("window.stayed") is True
    page.locator(".answer-word", has_text="MUST act").wait_for()
    assert len(set(said)) > 2
    visit.close()


def test_a_question_from_the_profile_to_the_answer_by_keyboard_alone(browser: Browser, site: str) -> None:
    visit = Visit(browser, site)
    page = visit.open("/")
    page.locator("[name=states][value=CO]").focus()
    page.keyboard.press("Space")
    page.locator("#id_profession").focus()
    page.keyboard.type("Psychologist")
    for name, value in (("hipaa", "yes"), ("part2", "no"), ("setting", "private_practice")):
        page.locator(f"[name={name}][value={value}]").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Keep this and ask").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Who is asking?").wait_for()
    visit.ask("friend_of_provider", "casual_talk", "session_content")
    assert page.locator(".answer-word").first.inner_text() in ("No", "Need to know more")
    visit.close()


def test_the_two_helping_questions_show_when_not_sure(browser: Browser, site: str) -> None:
    visit = Visit(browser, site)
    page = visit.open("/profile")
    assert not page.locator(".helping").is_visible()
    page.locator("[name=hipaa][value=unsure]").check()
    assert page.locator(".helping").is_visible()
    visit.close()


def test_the_printed_answer_has_its_line_and_no_buttons(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site)
    page = open_page(visit, "answer-must")
    assert page.get_by_role("button", name="Print this answer").is_visible()
    page.emulate_media(media="print")
    assert page.get_by_text("Printed by").first.is_visible()
    assert not page.get_by_text("Tried, did not decide").is_visible()
    assert page.locator("button:visible").count() == 0
    assert page.locator(".answer-word").first.is_visible()
    visit.close()


def test_what_is_folded_is_printed_open_and_the_print_button_needs_script(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site)
    page = open_page(visit, "answer-must-parts")
    assert page.locator("aside details[open]").count() == 0
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("aside details[open]").count() == 0
    visit.close()
    visit = Visit(browser, site, script=False)
    page = visit.open("/ask")
    page.get_by_role("button", name="Something was lost").click()
    page.get_by_role("button", name="Show the answer as it stands").click()
    assert not page.get_by_role("button", name="Print this answer").is_visible()
    visit.close()


def test_the_browsers_back_goes_one_reply_back_and_keeps_nothing_outside_the_page(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site)
    page = visit.open("/ask")
    visit.choose("payer")
    page.get_by_role("heading", name="What is it for?").wait_for()
    visit.choose("payment")
    page.get_by_role("heading", name="What would be told?").wait_for()
    visit.after(page.go_back)
    page.get_by_role("heading", name="What is it for?").wait_for()
    visit.after(page.go_forward)
    page.get_by_role("heading", name="What would be told?").wait_for()
    visit.after(page.go_back)
    page.locator('input[name=reply][value="operations"]').check()
    page.get_by_role("button", name="Next question").click()
    page.get_by_role("heading", name="What would be told?").wait_for()
    assert page.get_by_text("Running the practice").count() == 1
    assert page.url == f"{site}/ask"
    assert page.evaluate("[JSON.stringify(history.state), sessionStorage.length, localStorage.length]") == [
        page.evaluate("JSON.stringify({at: history.state.at})"),
        0,
        0,
    ]
    visit.close()


def test_back_takes_back_a_tap_in_danger(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site, 360)
    page = open_page(visit, "danger-must")
    page.go_back()
    page.locator(".answer-word", has_text="NOT enough yet").wait_for()
    assert page.locator('[value="imminent=yes"]').get_attribute("aria-pressed") == "false"
    page.locator('[value="imminent=yes"]').click()
    page.locator(".answer-word", has_text="MUST act").wait_for()
    visit.close()


@pytest.mark.parametrize("path", ["danger", "ask"])
def test_without_a_connection_the_page_stays_and_can_try_again(browser: Browser, site: str, practice: Any, path: str) -> None:
    visit = Visit(browser, site, 360)
    page = open_page(visit, "danger-open" if path == "danger" else "ask")
    page.evaluate("window.stayed = true")
    visit.context.set_offline(True)
    if path == "danger":
        page.locator('[value="violence=yes"]').click()
        page.get_by_text("No connection. Call 911.").wait_for()
        page.locator('[value="target=named_person"]').click()
        page.get_by_text("Your taps are kept on this page").wait_for()
    else:
        page.get_by_label("The client", exact=True).check()
        page.get_by_role("button", name="Next question").click()
        page.get_by_text("No connection. What you said is kept on this page.").wait_for()
    assert page.evaluate("window.stayed") is True
    visit.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    if path == "danger":
        page.locator('[value="violence=yes"][aria-pressed=true]').wait_for()
        page.get_by_text("Tap 4 of at most 8").wait_for()
    else:
        page.get_by_role("heading", name="What is it for?").wait_for()
    assert not page.locator("#no-answer").is_visible()
    visit.close()


def test_the_verdict_stays_in_view_on_a_wide_screen(browser: Browser, site: str, practice: Any) -> None:
    visit = Visit(browser, site)
    page = open_page(visit, "danger-must")
    page.evaluate("window.scrollTo(0, 900)")
    box = page.locator(".answer-word").bounding_box()
    assert 0 <= box["y"] < 800
    visit.close()
