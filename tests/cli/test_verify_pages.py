"""`privity verify-pages`: the keys' pages of a server, compared from elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from privity.cli.main import main
from privity.practice.site.keys_origin import pages_line
from privity.vault.checkpoints import checkpoint
from privity.vault.log import MemoryLog
from privity.vault.notes import Signer

ROOT = Path(__file__).parents[2]


HANDLER = Client().handler  # one for all: each would open the book of law anew


class House:
    """A server that answers as the site does, unless it lies."""

    def __init__(self) -> None:
        self.lies: dict[str, bytes] = {}
        self.drops: str = ""
        house = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                client = Client()
                client.handler = HANDLER
                page = client.get(self.path, headers={"host": self.headers["Host"]})
                body = house.lies.get(self.path, page.content)
                self.send_response(page.status_code)
                for name, value in page.headers.items():
                    if name not in (house.drops, "Content-Length"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def house() -> Iterator[House]:
    made = House()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_the_pages_of_this_release_are_the_same(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-pages", house.url]) == 0
    assert capsys.readouterr().out.startswith("the same: ")
    assert main(["verify-pages", house.url.replace("//", "//keys."), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["wrong"] == []


def test_one_changed_letter_is_named(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.lies["/keys/note.js"] = (ROOT / "src/privity/practice/site/static/keys/note.js").read_bytes() + b"\n"
    assert main(["verify-pages", house.url]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "/keys/note.js: not the file of this release"


def test_a_weaker_policy_is_named(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    house.drops = "Content-Security-Policy"
    assert main(["verify-pages", house.url]) == 1
    assert "its header Content-Security-Policy is not the release's" in capsys.readouterr().out


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A checkpoint of a log, as a practice of this release signs it."""
    log, by = MemoryLog([b"{}"]), Signer("privity/test", b"\7" * 32)
    (tmp_path / "log.key").write_text(by.verifier.text)
    (tmp_path / "1.note").write_text(checkpoint(log, by, lines=[pages_line()]))
    return tmp_path / "1.note"


def test_the_pages_are_those_that_the_log_was_signed_with(house: House, note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-pages", house.url, "--checkpoint", str(note), "--key", str(note.with_name("log.key"))]) == 0
    said = capsys.readouterr().out
    assert "and those that the checkpoint of the log says it gave out\n" in said
    assert main(["verify-pages", house.url, "--checkpoint", str(note)]) == 0
    assert "its signature was not checked" in capsys.readouterr().out


def test_other_pages_than_the_log_was_signed_with_are_named(house: House, note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note.write_text(checkpoint(MemoryLog([b"{}"]), Signer("privity/test", b"\7" * 32), lines=["pages " + "0" * 64]))
    assert main(["verify-pages", house.url, "--checkpoint", str(note)]) == 1
    assert capsys.readouterr().out.startswith("the pages are not those that the checkpoint of the log says")


def test_a_checkpoint_without_pages_or_of_another_key_is_one_sentence(house: House, note: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = Signer("privity/test", b"\x08" * 32).verifier.text
    assert main(["verify-pages", house.url, "--checkpoint", str(note), "--key", other]) == 2
    note.write_text(checkpoint(MemoryLog([b"{}"]), Signer("privity/test", b"\7" * 32)))
    assert main(["verify-pages", house.url, "--checkpoint", str(note)]) == 2
    assert "does not say which pages" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["privity", "ftp://localhost", "http://localhost:1"])
def test_what_cannot_be_asked_is_said_in_one_line(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-pages", url]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_it_starts_without_django() -> None:
    text = "import sys; from privity.cli.main import build_parser; build_parser(); print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT / "src")})
    assert done.stdout.strip() == "False"


def test_the_manifest_is_as_the_program_would_write_it_now() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import keys_pages

    assert keys_pages.TARGET.read_text("utf-8") == keys_pages.manifest(), "src/privity/cli/pages.json is out of date: make golden"
