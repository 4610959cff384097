"""Who keeps the root key: a key file, a passphrase, or an outside key service; the same verbs for each. Bytes: FORMAT.md, "Root file".

A root file is small and lies outside the data folder. While a root key is being replaced it holds two keys, the newer first.
"""

from __future__ import annotations

import base64
import json
import os
import shlex
import stat
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from .faults import RootKeyRefused, ServiceFailed, SheetOfAnotherKey, WrongKey, WrongPassphrase
from .keys import KeyFor, Use, unwrap, wrap
from .primitives import random_bytes, stretch
from .recovery import key_from, rows_of
from .seal import Key

Rewrap = Callable[[Key, Key], None]
ROOT = KeyFor("root", "root", Use.PRACTICE)
MEMORY, PASSES, LANES = 64 * 1024, 3, 4  # Argon2id: 64 MiB, as RFC 9106 section 4 recommends where memory is scarce
SHORTEST = 15
SECONDS = 20.0


@dataclass(frozen=True)
class Description:
    """What a page may show about a root key: how it is kept, its id, whether its sheet was tried, whether a replacement is unfinished."""

    kept: str
    key: str
    sheet_tried: bool
    unfinished: bool


class KeyProvider(Protocol):
    """The verbs of every keeper of a root key."""

    def create(self) -> Key:
        """Return a new root key, kept from now on. Raises RootKeyRefused when there is one already."""

    def unlock(self) -> tuple[Key, ...]:
        """Return the root keys, the one to wrap under first; a second one only while a replacement is unfinished."""

    def rotate(self, rewrap: Rewrap) -> Key:
        """Replace the root key and return the new one. `rewrap(old, new)` must bear being called again after a kill."""

    def rewrap(self, to: KeyProvider) -> None:
        """Keep the same root keys with another provider from now on (another passphrase, another service)."""

    def describe(self) -> Description:
        """Return how the root key is kept, without opening it."""


class RootFile(ABC):
    """What the three providers share: the file, its permissions, the sheet, and a replacement that survives a kill."""

    kept: ClassVar[str]

    def __init__(self, path: Path, *, data: Path) -> None:
        self.path, self.data = path, data

    @abstractmethod
    def _keep(self, key: Key) -> dict[str, object]:
        """Return what the file holds for a key."""

    @abstractmethod
    def _give(self, row: dict[str, object]) -> Key:
        """Return the key of a row."""

    def create(self) -> Key:
        """Return a new root key, kept from now on. Raises RootKeyRefused when there is one already."""
        key = Key.random()
        self.hold([key], new=True)
        return key

    def unlock(self) -> tuple[Key, ...]:
        """Return the root keys, the one to wrap under first. Raises RootKeyRefused, WrongPassphrase or ServiceFailed."""
        return tuple(self._opened(row) for row in self._read())

    def rotate(self, rewrap: Rewrap) -> Key:
        """Replace the root key and return the new one; called again after a kill, it goes on where it stopped."""
        keys = self.unlock()
        if len(keys) == 1:
            keys = (Key.random(), keys[0])
            self.hold(keys)
        new, old = keys
        rewrap(old, new)
        self.hold([new])
        return new

    def rewrap(self, to: KeyProvider) -> None:
        """Keep the same root keys with another provider from now on; this one's file goes when the other has opened them."""
        if not isinstance(to, RootFile):
            raise RootKeyRefused("a root key moves only between a key file, a passphrase and a key service")
        keys = self.unlock()
        tried = [bool(row.get("sheet_tried")) for row in self._read()]
        to.hold(keys, new=to.path != self.path, tried=tried)
        if [key.id for key in to.unlock()] != [key.id for key in keys]:
            raise RootKeyRefused(f"{to.path.name} does not open to the same root key; nothing was removed, go on with {self.path.name}")
        if to.path != self.path:
            self.path.unlink()

    def describe(self) -> Description:
        """Return how the root key is kept, without opening it."""
        rows = self._read()
        return Description(self.kept, str(rows[0]["id"]), bool(rows[0].get("sheet_tried")), len(rows) > 1)

    def sheet(self) -> tuple[str, ...]:
        """Return the rows of the recovery sheet to print. After rotate() there is a new one."""
        return rows_of(self.unlock()[0])

    def try_sheet(self, typed: str) -> None:
        """Note that the printed sheet was typed back and opens this root key.

        Raises SheetMistyped, or SheetOfAnotherKey for the sheet of an earlier root key.
        """
        key, rows = key_from(typed), self._read()
        if key.id.hex() != rows[0]["id"]:
            raise SheetOfAnotherKey("this sheet is whole, but it belongs to another root key; print the sheet anew and destroy this one")
        opened = self._opened(rows[0])
        if unwrap(wrap(Key.random(), under=opened, for_=ROOT), under=opened, for_=ROOT):
            self._write([{**rows[0], "sheet_tried": True}, *rows[1:]])

    def restore(self, typed: str) -> Key:
        """Return the root key of a typed sheet, kept from now on. Raises SheetMistyped, and RootKeyRefused when a root file is still there."""
        key = key_from(typed)
        self.hold([key], new=True, tried=[True])
        return key

    def hold(self, keys: Sequence[Key], *, new: bool = False, tried: Sequence[bool] = ()) -> None:
        """Write the root file; with `new`, raise RootKeyRefused if there is one."""
        if new and self.path.exists():
            raise RootKeyRefused(f"{self.path.name} is there already; a root key is never written over: move the file away first, or unlock with it")
        marks = [*tried, *[False] * len(keys)]
        self._write([{"id": key.id.hex(), "sheet_tried": mark, **self._keep(key)} for key, mark in zip(keys, marks, strict=False)], new=new)

    def _opened(self, row: dict[str, object]) -> Key:
        key = self._give(row)
        if key.id.hex() != row.get("id"):
            raise RootKeyRefused(f"{self.path.name} was altered: the key within is not the one it names; type the recovery sheet")
        return key

    def _read(self) -> list[dict[str, object]]:
        self._refuse_inside_data()
        try:
            with self.path.open("rb") as file:
                _refuse_open_to_others(os.fstat(file.fileno()), self.path.name)
                held = json.loads(file.read(1 << 20))
            rows = held["keys"]
            if held["privity_root"] != 1 or not 1 <= len(rows) <= 2 or not all(isinstance(row, dict) and "id" in row for row in rows):
                raise ValueError
        except FileNotFoundError:
            raise RootKeyRefused(f"there is no {self.path.name}; bring the root file back, or type the recovery sheet") from None
        except OSError as error:
            raise RootKeyRefused(f"{self.path.name} cannot be read ({error.strerror}); ask whoever runs this machine") from None
        except (ValueError, KeyError, TypeError):
            raise RootKeyRefused(f"{self.path.name} is no root file of this version, or is damaged; bring a copy back, or type the recovery sheet") from None
        if held.get("kind") != self.kept:
            raise RootKeyRefused(f"{self.path.name} is kept by {held.get('kind')}, not by {self.kept}; unlock it that way")
        return list(rows)

    def _write(self, rows: list[dict[str, object]], *, new: bool = False) -> None:
        """Replace the file whole or not at all: a new one beside it, made durable, then renamed."""
        self._refuse_inside_data()
        beside = self.path.with_name(self.path.name + ".new")
        beside.unlink(missing_ok=True)
        text = json.dumps({"privity_root": 1, "kind": self.kept, "keys": rows}, indent=1) + "\n"
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if new:
            self._link(beside)
        else:
            beside.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def _link(self, beside: Path) -> None:
        """Give a new file its name; refused if another has taken it meanwhile."""
        try:
            os.link(beside, self.path)
        except FileExistsError:
            raise RootKeyRefused(f"{self.path.name} was made by somebody else just now; unlock with it, or move it away") from None
        finally:
            beside.unlink()

    def _refuse_inside_data(self) -> None:
        if self.path.resolve().is_relative_to(self.data.resolve()):
            raise RootKeyRefused(f"{self.path.name} lies in the data folder, so every backup would carry the key; move it elsewhere and say where")


def _refuse_open_to_others(found: os.stat_result, name: str) -> None:
    if found.st_mode & 0o077 or not stat.S_ISREG(found.st_mode):
        raise RootKeyRefused(f"{name} can be read by others on this machine; run chmod 600 on it, and rotate the root key if somebody may have read it")
    if found.st_uid not in (os.geteuid(), 0):
        raise RootKeyRefused(f"{name} belongs to another user of this machine; it must be Privity's own")


def _text(row: dict[str, object], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise RootKeyRefused(f"the root file lacks {name}; bring a copy back, or type the recovery sheet")
    return value


def _bytes(row: dict[str, object], name: str) -> bytes:
    try:
        return base64.b64decode(_text(row, name), validate=True)
    except ValueError:
        raise RootKeyRefused(f"{name} in the root file is damaged; bring a copy back, or type the recovery sheet") from None


class KeyFile(RootFile):
    """The root key lies in a file that only this user can read: unlocked whenever the server starts."""

    kept = "key file"

    def _keep(self, key: Key) -> dict[str, object]:
        return {"secret": base64.b64encode(key.secret).decode()}

    def _give(self, row: dict[str, object]) -> Key:
        secret = _bytes(row, "secret")
        if len(secret) != 32:
            raise RootKeyRefused(f"{self.path.name} is damaged; bring a copy back, or type the recovery sheet")
        return Key(secret)


class Passphrase(RootFile):
    """The root key is wrapped under a passphrase (Argon2id): somebody types it whenever the server starts."""

    kept = "passphrase"

    def __init__(self, path: Path, *, data: Path, passphrase: str) -> None:
        super().__init__(path, data=data)
        self._passphrase = " ".join(passphrase.split())

    def _keep(self, key: Key) -> dict[str, object]:
        if len(self._passphrase) < SHORTEST:
            raise WrongPassphrase(f"a passphrase for the root key has {SHORTEST} characters at least; five words drawn by lot are good")
        salt = random_bytes(16)
        under = Key(stretch(self._passphrase, salt, memory=MEMORY, passes=PASSES, lanes=LANES))
        wrapped = wrap(key, under=under, for_=ROOT)
        numbers = {"memory_kib": MEMORY, "passes": PASSES, "lanes": LANES}
        return {"salt": base64.b64encode(salt).decode(), **numbers, "wrapped": base64.b64encode(wrapped).decode()}

    def _give(self, row: dict[str, object]) -> Key:
        numbers = [row.get(name) for name in ("memory_kib", "passes", "lanes")]
        # A root file from elsewhere must not make this machine spend a gigabyte or an hour.
        if not all(isinstance(number, int) and 1 <= number <= most for number, most in zip(numbers, (1 << 20, 64, 64), strict=True)):
            raise RootKeyRefused(f"{self.path.name} asks for Argon2id numbers that are none; bring a copy back, or type the recovery sheet")
        memory, passes, lanes = (int(str(number)) for number in numbers)
        try:
            under = Key(stretch(self._passphrase, _bytes(row, "salt"), memory=memory, passes=passes, lanes=lanes))
        except ValueError:
            raise RootKeyRefused(f"{self.path.name} is damaged; bring a copy back, or type the recovery sheet") from None
        try:
            return unwrap(_bytes(row, "wrapped"), under=under, for_=ROOT)
        except WrongKey:
            raise WrongPassphrase("this passphrase does not open the root key; try again, or type the recovery sheet") from None


class KeyService(RootFile):
    """The root key is wrapped by an outside service, reached through a command: whoever runs the service can stop it.

    The command is run without a shell and gets one JSON line; it prints one. `{"privity": 1, "verb": "wrap", "name": ID, "key": BASE64}`
    is answered by `{"wrapped": BASE64}`; `{"privity": 1, "verb": "unwrap", "name": ID, "wrapped": BASE64}` by `{"key": BASE64}`.
    """

    kept = "key service"

    def __init__(self, path: Path, *, data: Path, command: Sequence[str], seconds: float = SECONDS) -> None:
        super().__init__(path, data=data)
        self.command, self.seconds = tuple(command), seconds

    def _keep(self, key: Key) -> dict[str, object]:
        return {"wrapped": self._ask("wrap", key.id.hex(), "key", key.secret, "wrapped")}

    def _give(self, row: dict[str, object]) -> Key:
        answer = self._ask("unwrap", str(row["id"]), "wrapped", _bytes(row, "wrapped"), "key")
        secret = base64.b64decode(answer)
        if len(secret) != 32:
            raise ServiceFailed("the key service gave back something that is no key; look at the service's own log")
        return Key(secret)

    def _ask(self, verb: str, name: str, sent: str, what: bytes, wanted: str) -> str:
        line = json.dumps({"privity": 1, "verb": verb, "name": name, sent: base64.b64encode(what).decode()}) + "\n"
        try:
            # A fixed list, no shell, no environment but a path: nothing of a request reaches it.
            done = subprocess.run(self.command, input=line.encode(), capture_output=True, timeout=self.seconds, env={"PATH": os.defpath}, check=False)  # noqa: S603
        except subprocess.TimeoutExpired:
            raise ServiceFailed(f"the key service did not answer within {self.seconds:g} seconds; see that it runs, then unlock again") from None
        except OSError as error:
            raise ServiceFailed(f"the key service's command cannot be run ({error.strerror}); correct the command") from None
        try:
            answer = json.loads(done.stdout)[wanted]
            base64.b64decode(answer, validate=True)
        except (ValueError, KeyError, TypeError):
            raise ServiceFailed(f"the key service refused to {verb} (status {done.returncode}); look at the service's own log") from None
        if done.returncode != 0:
            raise ServiceFailed(f"the key service answered with status {done.returncode}; look at the service's own log")
        return str(answer)


def keeper(kept: str, path: Path, *, data: Path, passphrase: str = "", service: str = "") -> RootFile:
    """Return the keeper of a root file of this kind; `service` is a key service's command, as one would type it.

    Raises RootKeyRefused for a kind that nobody knows, and for a command that cannot be read.
    """
    if kept == KeyFile.kept:
        return KeyFile(path, data=data)
    if kept == Passphrase.kept:
        return Passphrase(path, data=data, passphrase=passphrase)
    if kept == KeyService.kept:
        return KeyService(path, data=data, command=_words(service))
    raise RootKeyRefused(f"a root key kept by {kept!r} is not known here; it is kept by a key file, a passphrase or a key service")


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as fault:
        raise RootKeyRefused(f"the key service's command cannot be read ({fault}); write it as you would type it") from None
    if not words:
        raise RootKeyRefused("no command says how the key service is reached; write it as you would type it")
    return words
