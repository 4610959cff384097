"""The browser's half of the seal, in Chromium: a static server as the keys' own origin will be, and calls into its modules."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests.conftest import chromium

MODULES = Path(__file__).parents[2] / "src/privity/practice/site/static/keys"
POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'"
PAGE = b'<!doctype html><html lang="en"><title>keys</title><script type="module" src="/all.js"></script><body>keys</body></html>'


class Origin:
    """A tiny static server on keys.localhost. It serves the modules and one page, and writes down every body it was sent."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        origin = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.lstrip("/")
                known = {"": (PAGE, "text/html"), "all.js": (_all(), "text/javascript")}
                if name.startswith("keys/") and name.removeprefix("keys/") in {path.name for path in MODULES.glob("*.js")}:
                    known[name] = ((MODULES / name.removeprefix("keys/")).read_bytes(), "text/javascript")
                body, kind = known.get(name, (b"", ""))
                self._send(200 if kind else 404, body, kind or "text/plain")

            def do_POST(self) -> None:
                origin.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self._send(200, PAGE, "text/html")

            def _send(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                for header, value in {"Content-Type": kind, "Content-Length": len(body), "Content-Security-Policy": POLICY}.items():
                    self.send_header(header, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://keys.localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _all() -> bytes:
    """A module that loads every module there is, as a page would, with nothing evaluated from text."""
    return "".join(f'import "/keys/{path.name}";\n' for path in sorted(MODULES.glob("*.js"))).encode() + b'document.title = "loaded";\n'


class Keys:
    """The page on the keys' origin. `run` gives a piece of script the modules by name and bytes as hex."""

    def __init__(self, page: Page, origin: Origin) -> None:
        self.page, self.origin = page, origin
        self.complaints: list[str] = []
        page.on("console", lambda line: self.complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(origin.url)
        page.wait_for_function("document.title === 'loaded'")

    def run(self, script: str, **given: Any) -> Any:
        """Return what the script returns. In it stand the modules (`hpke.seal`), what was given, and `hex` and `unhex`."""
        names = [path.stem for path in sorted(MODULES.glob("*.js"))]
        imports = ", ".join(f"import('/keys/{name}.js')" for name in names)
        return self.page.evaluate(
            f"async (told) => {{ const [{', '.join(names)}] = await Promise.all([{imports}]); const {{ hex, unhex }} = primitives;"
            f"const {{ {', '.join(given) or 'nothing'} }} = told; {script} }}",
            json.loads(json.dumps(given, default=bytes.hex)),
        )

    def refusal(self, script: str, **given: Any) -> str:
        """Return the sentence with which the script is refused, after the name of the refusal."""
        return str(self.run(f"try {{ {script} }} catch (fault) {{ return `${{fault.name}}: ${{fault.message}}`; }} return '';", **given))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        running = player.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield running
        running.close()


@pytest.fixture
def origin() -> Iterator[Origin]:
    serving = Origin()
    yield serving
    serving.close()


@pytest.fixture
def keys(browser: Browser, origin: Origin) -> Iterator[Keys]:
    context = browser.new_context()
    yield Keys(context.new_page(), origin)
    context.close()
