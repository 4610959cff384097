"""`privity verify-pages URL`: are the keys' pages that a server gives out those of this release? Asked from another machine, without Django."""

from __future__ import annotations

import argparse
import hashlib
import json
import urllib.parse
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).with_name("pages.json")
OK, DIFFERENT = 0, 1
PREFIX = "keys."
MOST = 4 << 20  # bytes of one file


class NotAnswered(ValueError):
    """The server could not be asked. Its text is one sentence."""


BAD_INPUT = (NotAnswered,)


def add_commands(commands: Any) -> None:
    """Add `verify-pages` to the parser's subcommands."""
    text = "compare the keys' pages of a server with those of this release"
    one = commands.add_parser("verify-pages", help=text, description=text)
    one.add_argument("url", help="the practice's address, such as https://privity.example.org or http://localhost:8471")
    one.add_argument("--json", action="store_true", help="the whole answer as JSON")
    one.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Compare every file and its headers; 1 when one differs."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    main, keys = origins(args.url)
    wrong = [line for name, told in manifest["files"].items() for line in _file(keys, name, told, manifest["headers"], main)]
    wrong += [f"{name}: the app's own origin serves it too" for name in sorted(manifest["files"]) if _get(main, name)[0] == 200][:1]
    if args.json:
        print(json.dumps({"origin": keys, "release": manifest["release"], "files": len(manifest["files"]), "wrong": wrong}, indent=1))
        return DIFFERENT if wrong else OK
    if wrong:
        print("\n".join(wrong))
        print(f"DIFFERENT: {len(wrong)} faults at {keys}. Write no sealed note there. Keep this answer, and ask whoever runs the server.")
        return DIFFERENT
    print(f"the same: {len(manifest['files'])} files at {keys} are those of release {manifest['release']}, under its policy")
    print("This tells what the server gave to this machine now. It may give others something else: ask from several places, and at other times.")
    return OK


def origins(url: str) -> tuple[str, str]:
    """Return the app's origin and the keys' origin of an address. Raises NotAnswered."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotAnswered(f"{url[:80]} is no address: write the practice's own, such as https://privity.example.org")
    host = parts.netloc.removeprefix(PREFIX)
    return f"{parts.scheme}://{host}", f"{parts.scheme}://{PREFIX}{host}"


def _file(keys: str, name: str, told: str, headers: Mapping[str, str], main: str) -> list[str]:
    status, body, given = _get(keys, name)
    if status != 200:
        return [f"{name}: not there (status {status})"]
    wrong = [] if hashlib.sha384(body).hexdigest() == told else [f"{name}: not the file of this release"]
    for header, value in headers.items():
        if given.get(header.lower()) != value.replace("{main}", main):
            wrong.append(f"{name}: its header {header} is not the release's")
    return wrong


def _get(origin: str, path: str) -> tuple[int, bytes, Mapping[str, str]]:
    parts = urllib.parse.urlsplit(origin)
    # Not every system knows that all names under .localhost are this machine (RFC 6761, section 6.3).
    name = "127.0.0.1" if (parts.hostname or "").endswith("localhost") else parts.hostname or ""
    connection = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)(name, parts.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": parts.netloc, "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return answer.status, answer.read(MOST), {key.lower(): value for key, value in answer.getheaders()}
    except (OSError, HTTPException) as fault:
        raise NotAnswered(f"{origin} did not answer ({type(fault).__name__}); look at the address, and whether the server runs") from None
    finally:
        connection.close()
