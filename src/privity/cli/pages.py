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

from privity.vault.checkpoints import Checkpoint, believed
from privity.vault.faults import VaultFault
from privity.vault.notes import Note, Verifier

MANIFEST = Path(__file__).with_name("pages.json")
OK, DIFFERENT = 0, 1
PREFIX = "keys."
MOST = 4 << 20  # bytes of one file


class NotAnswered(ValueError):
    """The server could not be asked. Its text is one sentence."""


BAD_INPUT = (NotAnswered, VaultFault, OSError)


def add_commands(commands: Any) -> None:
    """Add `verify-pages` to the parser's subcommands."""
    text = "compare the keys' pages of a server with those of this release"
    one = commands.add_parser("verify-pages", help=text, description=text)
    one.add_argument("url", help="the practice's address, such as https://privity.example.org or http://localhost:8471")
    one.add_argument("--checkpoint", type=Path, metavar="NOTE", help="a signed checkpoint of the practice's log: are these the pages it says?")
    one.add_argument("--key", help="the log's verifier key as it was handed to you, or a file that holds it")
    one.add_argument("--json", action="store_true", help="the whole answer as JSON")
    one.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Compare every file and its headers; 1 when one differs."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    main, keys = origins(args.url)
    signed = _signed(args.checkpoint, args.key) if args.checkpoint else None
    bodies: dict[str, bytes] = {}
    wrong = [line for name, told in manifest["files"].items() for line in _file(keys, name, told, manifest["headers"], main, bodies)]
    if signed is not None and signed != _pages_hash(bodies):
        wrong.append("the pages are not those that the checkpoint of the log says the server gave out")
    wrong += [f"{name}: the app's own origin serves it too" for name in sorted(manifest["files"]) if _get(main, name)[0] == 200][:1]
    if args.json:
        print(json.dumps({"origin": keys, "release": manifest["release"], "files": len(manifest["files"]), "wrong": wrong}, indent=1))
        return DIFFERENT if wrong else OK
    if wrong:
        print("\n".join(wrong))
        print(f"DIFFERENT: {len(wrong)} faults at {keys}. Write no sealed note there. Keep this answer, and ask whoever runs the server.")
        return DIFFERENT
    print(f"the same: {len(manifest['files'])} files at {keys} are those of release {manifest['release']}, under its policy")
    if signed is not None:
        print("and those that the checkpoint of the log says it gave out" + ("" if args.key else "; its signature was not checked: give the log's --key"))
    print("This tells what the server gave to this machine now. It may give others something else: ask from several places, and at other times.")
    return OK


def origins(url: str) -> tuple[str, str]:
    """Return the app's origin and the keys' origin of an address. Raises NotAnswered."""
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise NotAnswered(f"{url[:80]} is no address: write the practice's own, such as https://privity.example.org")
    host = parts.netloc.removeprefix(PREFIX)
    return f"{parts.scheme}://{host}", f"{parts.scheme}://{PREFIX}{host}"


def _signed(path: Path, key: str | None) -> str:
    """Return the hash of the pages as a checkpoint says it. Raises NotAnswered, OSError, and VaultFault for a note that is none or not the key's."""
    note = path.read_text("utf-8")
    by = Verifier.read(key if "+" in key else Path(key).read_text("utf-8").strip()) if key else None
    read = believed(note, by) if by else Checkpoint.read(Note.read(note).text)
    found = next((line.removeprefix("pages ") for line in read.lines if line.startswith("pages ")), "")
    if not found:
        raise NotAnswered(f"{path.name} does not say which pages the server gave out; take a newer checkpoint")
    return found


def _pages_hash(bodies: Mapping[str, bytes]) -> str:
    """Return one hash of all files, as the server writes it into its log (FORMAT.md, "Log")."""
    return hashlib.sha256("".join(f"{name} {hashlib.sha256(body).hexdigest()}\n" for name, body in sorted(bodies.items())).encode()).hexdigest()


def _file(keys: str, name: str, told: str, headers: Mapping[str, str], main: str, bodies: dict[str, bytes]) -> list[str]:
    status, body, given = _get(keys, name)
    bodies[name] = body
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
