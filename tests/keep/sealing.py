"""A person at a browser with sealed notes: signed in, with a virtual authenticator on the keys' origin."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Browser, Page

from privity.practice.people import session
from privity.practice.people.models import Account

AUTHENTICATOR = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True, "hasPrf": True,
}  # fmt: skip


def signed_in(account: Account, now: datetime | None = None) -> str:
    """Return the number of a session for an account, as the sign-in would begin it."""
    store = SessionStore()
    session.begin(SimpleNamespace(session=store, META={}, headers={}), account, now or datetime.now().astimezone())  # type: ignore[arg-type]
    store.save()
    return str(store.session_key)


def client_of(account: Account) -> Client:
    """Return a client signed in as somebody, with CSRF on."""
    client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    client.cookies["privity"] = signed_in(Account.objects.get(id=account.id))
    return client


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, browser: Browser, site: str, account: Account, *, prf: bool = True, width: int = 1280) -> None:
        self.site, self.keys, self.account = site, site.replace("//localhost", "//keys.localhost"), account
        self.context = browser.new_context(viewport={"width": width, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.bodies: list[tuple[str, str]] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.bodies.append((request.url, request.post_data or "")))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "hasPrf": prf}})
        self.devtools: Any = devtools
        self.rows: list[str] = []
        self.sign_in()

    def sign_in(self) -> None:
        number = signed_in(Account.objects.get(id=self.account.id))
        self.context.add_cookies([{"name": "privity", "value": number, "url": self.site, "httpOnly": True, "sameSite": "Strict"}])

    def open(self, path: str) -> Page:
        self.page.goto(self.site + path)
        return self.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def print_a_code(self) -> list[str]:
        """Print a recovery code, and type back the row that is asked for."""
        self.press("Print a recovery code")
        self.page.locator("#sheet .code li").first.wait_for()
        rows = self.page.locator("#sheet .code li").all_inner_texts()
        self.press("I have it on paper")
        asked = self.page.get_by_label("from the paper")
        label = self.page.locator("label", has_text="from the paper").inner_text()
        asked.fill(rows[int(label.split("row ")[1][0]) - 1].lower())
        self.press("This is what it says")
        return rows

    def make_keys(self) -> None:
        """Make keys with a passkey and a recovery code."""
        self.open("/sealed-setup")
        self.press("Make my keys")
        self.page.wait_for_url(f"{self.keys}/keys/pages/setup.html*")
        self.press("Make a passkey")
        self.sees("Ways in so far: 1 of 2")
        self.rows = self.print_a_code()
        self.sees("Ways in so far: 2 of 2")
        self.press("Keep these ways in")
        self.sees("Your keys are made")

    def open_notes(self, record: Any) -> None:
        self.open(f"/records/{record}/sealed")
        self.page.locator(f'form[action$="{record}/sealed/open"] button').click()
        self.page.wait_for_url(f"{self.keys}/keys/pages/notes.html*")
        self.page.locator("h1", has_text="Sealed notes:").wait_for()

    def write(self, text: str) -> None:
        self.page.get_by_label("Write a sealed note").fill(text)
        self.press("Seal this note")
        self.sees("The note is sealed and kept")

    def with_code(self) -> None:
        if not self.page.locator("details[open]").count():
            self.page.locator("summary").click()
        self.page.get_by_label("Your recovery code").fill("\n".join(self.rows))
        self.press("Open with this code")
