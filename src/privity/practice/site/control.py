"""How a command beside the server speaks with it: one line each way, over a socket in the data folder that only this user can reach."""

from __future__ import annotations

import json
import os
import socket
import threading
from pathlib import Path

from privity.vault import VaultFault

from .keeping import Keeping

NAME = "control"
MOST = 4096
SECONDS = 30.0


class NoServer(Exception):
    """No server answers in this data folder. Its text is one sentence."""


def listen(keeping: Keeping) -> threading.Thread:
    """Return a running thread that takes `unlock` and `lock`."""
    door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with _Folder(keeping.data) as place:
        (keeping.data / NAME).unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            door.bind(f"{place}/{NAME}")
        finally:
            os.umask(before)
    door.listen(4)
    thread = threading.Thread(target=_take, args=(door, keeping), daemon=True, name="control")
    thread.start()
    return thread


def ask(data: Path, verb: str, **said: str) -> tuple[bool, str]:
    """Return whether the server did it, and its sentence. Raises NoServer."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS)
        try:
            with _Folder(data) as place:
                line.connect(f"{place}/{NAME}")
            line.sendall(json.dumps({"verb": verb, **said}).encode() + b"\n")
            answer = json.loads(line.makefile("rb").readline(MOST) or b"{}")
            return bool(answer["done"]), str(answer["said"])
        except (OSError, ValueError, KeyError):
            raise NoServer("no Privity runs on this data folder: start it with privity serve") from None


def _take(door: socket.socket, keeping: Keeping) -> None:
    while True:
        line, _ = door.accept()
        with line:
            line.settimeout(SECONDS)
            try:
                done, said = _do(keeping, json.loads(line.makefile("rb").readline(MOST)))
                line.sendall(json.dumps({"done": done, "said": said}).encode() + b"\n")
            except (OSError, ValueError):
                continue


def _do(keeping: Keeping, asked: dict[str, str]) -> tuple[bool, str]:
    """Return whether it was done, and one sentence."""
    if asked.get("verb") == "lock":
        keeping.lock()
        return True, "locked: no key is in memory"
    if asked.get("verb") == "unlock":
        try:
            keeping.unlock(asked.get("passphrase", ""))
        except (VaultFault, OSError) as fault:
            return False, str(fault)
        return True, "unlocked"
    return False, "the server knows unlock and lock"


class _Folder:
    """The data folder under a name short enough for a socket: an address has room for about a hundred signs."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> str:
        self._handle = os.open(self.path, os.O_RDONLY)
        return str(self.path) if len(str(self.path)) < 90 else f"/proc/self/fd/{self._handle}"

    def __exit__(self, *_: object) -> None:
        os.close(self._handle)
