"""The practice's keys while the server runs: unlocked by the root key when it starts, or locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest

from privity.practice.keys.held import HeldKeys
from privity.practice.keys.opening import locked, unlock
from privity.practice.keys.store import PracticeKeys
from privity.practice.people.models import Practice
from privity.vault import Key, Locked, VaultFault
from privity.vault.faults import RootKeyRefused
from privity.vault.providers import KeyFile, Passphrase

from .config import PASSPHRASE

IN_USE = "privity.keeping"  # where the server's request carries the keeping that its schedule and `privity unlock` share


@dataclass
class Keeping:
    """Unlocks a practice's keys once and holds them; `why_locked` says what stands in the way."""

    data: Path
    key_file: Path
    kept: str = KeyFile.kept
    why_locked: str = ""
    _roots: tuple[Key, ...] = ()
    _held: dict[UUID, HeldKeys] = field(default_factory=dict)
    _shut: bool = False

    def provider(self, passphrase: str = "") -> KeyFile | Passphrase:
        """Return the keeper of the root key."""
        if self.kept == PASSPHRASE:
            return Passphrase(self.key_file, data=self.data, passphrase=passphrase)
        return KeyFile(self.key_file, data=self.data)

    def roots(self) -> tuple[Key, ...]:
        """Return the root keys. Raises VaultFault when they cannot be had without somebody's act."""
        if self._shut:
            raise RootKeyRefused("somebody locked the practice; whoever runs this computer unlocks it with privity unlock")
        if not self._roots and self.kept == PASSPHRASE:
            raise RootKeyRefused("the root key opens with a passphrase, typed after each start; run privity unlock and type it")
        self._roots = self._roots or self.provider().unlock()
        return self._roots

    def unlock(self, passphrase: str = "") -> None:
        """Hold the root keys from now on. Raises VaultFault."""
        self.take(self.provider(passphrase).unlock())

    def take(self, roots: tuple[Key, ...]) -> None:
        """Hold these root keys from now on."""
        self._roots, self._shut, self.why_locked = roots, False, ""

    def keys(self, practice: Practice) -> HeldKeys:
        """Return a practice's keys, locked where the root key cannot be had."""
        try:
            self.roots()
            held = self._held.get(practice.uid)
            # The practice key may have been replaced, by tonight's sweep or by a command beside this server.
            if held is None or [wrap.child for wrap in PracticeKeys(str(practice.uid)).practice_keys()][-1:] != [held.keyring.current().id]:
                if held is not None:
                    held.forget()
                held = self._held[practice.uid] = unlock(practice.uid, self.roots())
            self.why_locked = ""
        except (VaultFault, OSError) as fault:
            self.why_locked = str(fault)
            return locked(practice.uid)
        return held

    def opened(self, practice: Practice) -> HeldKeys:
        """Return a practice's keys. Raises Locked, which says why."""
        held = self.keys(practice)
        if self.why_locked:
            fault = Locked(str(practice.uid))
            fault.args = (self.why_locked,)
            raise fault
        return held

    def lock(self) -> None:
        """Forget every key, and what was opened with it."""
        for held in self._held.values():
            held.keyring.lock()
            held.forget()
        self._held, self._roots, self._shut = {}, (), True


def why_locked(request: HttpRequest) -> str:
    """Return what stands in the way of the keys, or nothing."""
    keeping: Keeping = request.keeping  # type: ignore[attr-defined]
    try:
        keeping.roots()
    except (VaultFault, OSError) as fault:
        return str(fault)
    return keeping.why_locked
