"""Passkeys in Chromium, with its virtual authenticator: verified users alone, this origin alone, each question once, and no secret in a request."""

from __future__ import annotations

import base64
import io
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import chromium

from privity.practice.people import factors
from privity.practice.people.models import Account, Passkey
from privity.practice.trail.models import Event

from .conftest import Cast
from .door import Door, keep_keys, with_factors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}, "resultTypes": ["violations"]}
# Whatever the page asks for, the PRF output is asked for too; what the authenticator answers is written down on this side alone.
PRF = """globalThis.seen = [];
for (const verb of ["get", "create"]) {
  const real = navigator.credentials[verb].bind(navigator.credentials);
  navigator.credentials[verb] = async (options) => {
    options.publicKey.extensions = { prf: { eval: { first: new Uint8Array(32).fill(7) } } };
    const found = await real(options);
    const first = found.getClientExtensionResults().prf?.results?.first;
    if (first) sessionStorage.setItem("seen", Array.from(new Uint8Array(first), (byte) => byte.toString(16).padStart(2, "0")).join(""));
    return found;
  };
}"""
# Answers a question as the page's own script would, under conditions it would never ask for.
ANSWER = """async (how) => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "");
  const allowCredentials = (how.known ?? []).map((id) => ({ type: "public-key", id: bytes(id) }));
  const publicKey = { challenge: bytes(how.challenge), rpId: "localhost", userVerification: how.verify, allowCredentials };
  const got = await navigator.credentials.get({ publicKey });
  const { clientDataJSON, authenticatorData, signature, userHandle } = got.response;
  return { id: got.id, clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature),
           userHandle: userHandle ? text(userHandle) : "" };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


class Screen:
    """One person's browser with a device that holds passkeys."""

    def __init__(self, browser: Browser, site: str, cast: Cast) -> None:
        self.site, self.cast = site, cast
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.page: Page = self.context.new_page()
        self.sent: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.sent.append(f"{request.url}\n{request.post_data or ''}"))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda line: self.complaints.append(line.text) if "Content Security" in line.text else None)
        self.device = self.context.new_cdp_session(self.page)
        self.device.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": True}
        self.id = self.device.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def open(self, path: str) -> Screen:
        self.page.goto(self.site + path)
        return self

    def verified(self, is_so: bool) -> None:
        """Whether the device recognizes the finger from now on."""
        self.device.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": is_so})

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).click()

    def begin(self, who: str = "rita") -> None:
        """Go with a set-up code to where the way in is chosen."""
        account = self.cast.accounts[who]
        code = factors.set_up_code(account, self.cast.keys, self.now())[0]
        self.open("/sign-in/begin")
        self.page.fill("#user_name", account.user_name)
        self.page.fill("#code", code)
        self.press("Go on")

    def set_up(self, who: str = "rita") -> None:
        """Set the account up with a passkey, as its holder does."""
        self.begin(who)
        self.press("Make my passkey")
        self.press("Show my codes")
        printed = self.page.locator(".codes li").first.inner_text()
        self.page.fill("#code", printed)
        self.press("Finish and sign in")

    def now(self) -> Any:
        from datetime import datetime

        return datetime.now().astimezone()

    def question(self) -> str:
        told = re.search(r'"challenge": "([^"]+)"', str(self.page.locator("[data-passkey]").get_attribute("data-options")))
        assert told
        return told[1]

    def post(self, fields: dict[str, str], path: str = "/sign-in/passkey") -> str:
        """Send an answer, from wherever it came, to this server with this session; return what the page then says."""
        token = self.page.locator("[data-passkey] [name=csrfmiddlewaretoken]").get_attribute("value")
        form = {**fields, "csrfmiddlewaretoken": str(token)}
        return self.context.request.post(self.site + path, form=form, headers={"Origin": self.site}).text()

    @property
    def inside(self) -> bool:
        return self.context.request.get(self.site + "/me", max_redirects=0).status == 200


@pytest.fixture
def screen(browser: Browser, live_server: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Screen:
    keep_keys(monkeypatch, {cast.practice.pk: cast.keys})
    return Screen(browser, str(live_server.url).replace("127.0.0.1", "localhost"), cast)


def test_rita_sets_up_with_a_passkey_and_comes_in_with_it_alone(screen: Screen) -> None:
    screen.set_up()
    assert screen.inside
    assert not Account.objects.get(id=screen.cast.accounts["rita"].id).has_usable_password()
    screen.open("/me").press("Sign out")
    assert not screen.inside
    screen.open("/sign-in").press("Use my passkey")
    assert screen.inside and screen.complaints == []
    assert b'"how":"passkey"' in bytes(Event.objects.filter(act="sign.in").order_by("-n")[0].line)


def test_no_request_of_a_sign_in_holds_the_prf_secret(screen: Screen) -> None:
    screen.context.add_init_script(PRF)
    screen.set_up()
    screen.open("/me").press("Sign out")
    screen.open("/sign-in").page.evaluate("sessionStorage.clear()")
    screen.press("Use my passkey")
    assert screen.inside
    secret = bytes.fromhex(screen.page.evaluate("sessionStorage.getItem('seen')"))
    assert len(secret) == 32
    plain, url = base64.b64encode(secret).decode(), base64.urlsafe_b64encode(secret).decode()
    forms = [secret.hex(), plain, plain.rstrip("="), url.rstrip("="), ",".join(map(str, secret)), secret.decode("latin-1")]
    everything = "\n".join(screen.sent)
    assert "/sign-in/passkey" in everything and "authenticatorData=" in everything and '"prf"' not in unquote(everything)
    assert not [form for form in forms if form in everything]
    (answer,) = [body for body in screen.sent if "/sign-in/passkey\n" in body]
    assert re.findall(r"(?:^|&)(\w+)=", answer.split("\n")[1]) == [
        "csrfmiddlewaretoken", "way", "id", "clientDataJSON", "authenticatorData", "signature", "userHandle",
    ]  # fmt: skip


def test_a_device_that_did_not_verify_its_user_is_refused_by_the_browser_and_by_the_server(screen: Screen) -> None:
    screen.set_up()
    screen.open("/me").press("Sign out")
    screen.verified(False)
    screen.open("/sign-in").page.get_by_role("button", name="Use my passkey").click()
    screen.page.get_by_text("No passkey was used, and nothing was sent").wait_for()
    known = [base64.urlsafe_b64encode(bytes(row.credential)).decode().rstrip("=") for row in Passkey.objects.all()]
    fields = screen.page.evaluate(ANSWER, {"challenge": screen.question(), "verify": "discouraged", "known": known})
    flags = base64.urlsafe_b64decode(fields["authenticatorData"] + "==")[32]
    assert flags & 1 and not flags & 4  # present, not verified
    assert "That passkey did not prove who you are" in screen.post(fields) and not screen.inside


def test_the_same_answer_lets_in_when_the_user_was_verified_and_never_twice(screen: Screen) -> None:
    screen.set_up()
    screen.open("/me").press("Sign out")
    screen.open("/sign-in")
    fields = screen.page.evaluate(ANSWER, {"challenge": screen.question(), "verify": "required"})
    screen.post(fields)
    assert screen.inside
    screen.open("/me").press("Sign out")
    screen.open("/sign-in")
    assert "did not prove" in screen.post(fields) and not screen.inside
    assert "did not prove" in screen.post({**fields, "userHandle": ""}) and not screen.inside  # no question is open now


def test_a_false_page_on_another_origin_gets_nothing_that_lets_in(screen: Screen) -> None:
    screen.set_up()
    screen.open("/me").press("Sign out")
    screen.open("/sign-in")
    question = screen.question()
    with another_origin() as elsewhere:
        false = screen.page
        token = false.locator("[data-passkey] [name=csrfmiddlewaretoken]").get_attribute("value")
        false.goto(elsewhere)
        fields = false.evaluate(ANSWER, {"challenge": question, "verify": "required"})
    assert elsewhere.rsplit(":", 1)[1].rstrip("/").encode() in base64.urlsafe_b64decode(fields["clientDataJSON"] + "==")
    form = {**fields, "csrfmiddlewaretoken": str(token)}
    said = screen.context.request.post(screen.site + "/sign-in/passkey", form=form, headers={"Origin": screen.site}).text()
    assert "did not prove" in said and not screen.inside


@pytest.mark.parametrize(
    "change", [{"signature": "AAAA"}, {"id": "AAAA"}, {"authenticatorData": ""}, {"clientDataJSON": "x" * 9000}, {"userHandle": "AAAA"}, {"id": "ü"}]
)
def test_an_altered_answer_is_refused_in_one_sentence(screen: Screen, change: dict[str, str]) -> None:
    screen.set_up()
    screen.open("/me").press("Sign out")
    screen.open("/sign-in")
    fields = screen.page.evaluate(ANSWER, {"challenge": screen.question(), "verify": "required"})
    assert "did not prove" in screen.post({**fields, **change}) and not screen.inside


def test_a_copied_passkey_shows_by_its_counter(screen: Screen) -> None:
    screen.set_up()
    Passkey.objects.update(uses=1000)
    screen.open("/me").press("Sign out")
    screen.open("/sign-in").press("Use my passkey")
    assert "did not prove" in screen.page.content() and not screen.inside


def test_an_ended_account_has_no_passkey(screen: Screen) -> None:
    screen.set_up()
    screen.open("/me").press("Sign out")
    Account.objects.filter(id=screen.cast.accounts["rita"].id).update(ended=screen.now())
    screen.open("/sign-in").press("Use my passkey")
    assert "did not prove" in screen.page.content() and not screen.inside


def test_a_passkey_is_fresh_proof_for_its_holder_alone(screen: Screen) -> None:
    screen.set_up("dana")
    screen.open("/me").press("Sign out")
    screen.set_up("olga")
    for who, says in (("dana", "did not prove"), ("olga", "Privity")):
        screen.open("/sign-in/prove")
        row = Passkey.objects.get(account=screen.cast.accounts[who])
        known = [base64.urlsafe_b64encode(bytes(row.credential)).decode().rstrip("=")]
        fields = screen.page.evaluate(ANSWER, {"challenge": screen.question(), "verify": "required", "known": known})
        said = screen.post({**fields, "way": "passkey"}, "/sign-in/prove")
        assert says in said
        assert Event.objects.filter(act="sign.prove").count() == (who == "olga")


def test_a_minute_before_the_end_the_page_says_so_and_any_key_stays(screen: Screen) -> None:
    screen.set_up()
    left = iter([{"left": 58}])
    screen.page.route("**/session/left", lambda route: route.fulfill(json=next(left, {"left": 900})))
    screen.open("/me").page.get_by_text("Still there?").wait_for()
    assert not Axe().run(screen.page, options=AXE).response["violations"]
    with screen.page.expect_response("**/session/stay") as answer:
        screen.page.keyboard.press("Shift")
    assert answer.value.status == 200 and answer.value.json()["left"] > 800
    screen.page.get_by_text("Still there?").wait_for(state="detached")


def test_when_the_session_is_over_the_page_empties_itself(screen: Screen) -> None:
    screen.set_up()
    screen.open("/me")
    screen.context.clear_cookies(name="privity")
    screen.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    screen.page.wait_for_url("**/sign-in")
    assert "Olga" not in screen.page.content()


def test_pages_are_accessible_and_narrow(screen: Screen) -> None:
    screen.set_up("olga")
    staff = f"/staff/{screen.cast.accounts['dana'].id}"
    for path in ("/me", "/me/codes", "/me/password", "/me/passkey", "/sign-in/prove", "/staff", "/staff/add", staff):
        look(screen, path)
    screen.open("/me").press("Sign out")
    for path in ("/sign-in", "/sign-in/recovery", "/sign-in/begin"):
        look(screen, path)


def look(screen: Screen, path: str) -> None:
    page = screen.open(path).page
    assert page.url == screen.site + path
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
        found = Axe().run(page, options=AXE).response["violations"]
        assert not found, f"{path} {width}: {[one['id'] for one in found]}"


def test_without_script_a_password_and_a_code_let_in(browser: Browser, screen: Screen) -> None:
    with_factors(screen.cast, "dana")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(screen.site + "/sign-in")
    assert not page.get_by_role("button", name="Use my passkey").is_visible()
    page.fill("#user_name", screen.cast.accounts["dana"].user_name)
    page.fill("#password", "violet harbor seven lamps")
    page.get_by_role("button", name="Go on to the code").click()
    door = Door(screen.cast, type("Now", (), {"now": screen.now()})())
    page.fill("#code", door.code())
    page.get_by_role("button", name="Sign in").click()
    page.goto(screen.site + "/me")
    assert "Dana Test" in page.content()


class another_origin:
    """A page on localhost, on another port."""

    def __enter__(self) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                self.wfile.write(b"<!doctype html><title>false</title>")

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://localhost:{self.server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_square_for_the_app_can_be_scanned_from_the_screen(screen: Screen, width: int) -> None:
    screen.page.set_viewport_size({"width": width, "height": 900})
    screen.begin()
    picture = Image.open(io.BytesIO(screen.page.locator("svg.qr").screenshot()))
    (found,) = zxingcpp.read_barcodes(picture)
    assert found.text == screen.page.get_by_text("open it in the app").get_attribute("href")
    assert screen.complaints == []
