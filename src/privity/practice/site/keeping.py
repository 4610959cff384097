"""The practice's keys while the server runs: unlocked by the root key when it starts, or locked."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest

from privity.practice.keys.held import HeldKeys
from privity.practice.keys.opening import locked, unlock
from privity.practice.keys.store import PracticeKeys
from privity.practice.people.models import Practice
from privity.vault import Key, Locked, VaultFault
from privity.vault.faults import RootKeyRefused, ServiceFailed
from privity.vault.providers import KeyFile, RootFile, keeper

from .config import PASSPHRASE, Config

PAUSE = 10.0  # seconds until a key service that failed is asked again by a page
IN_USE = "privity.keeping"  # where the server's request carries the keeping that its schedule and `privity unlock` share


@dataclass
class Keeping:
    """Unlocks a practice's keys once and holds them; `why_locked` says what stands in the way."""

    data: Path
    key_file: Path
    kept: str = KeyFile.kept
    service: str = ""  # the command that reaches a key service, as the set-up file has it
    why_locked: str = ""
    _roots: tuple[Key, ...] = ()
    _held: dict[UUID, HeldKeys] = field(default_factory=dict)
    _shut: bool = False
    _again: float = 0.0

    @classmethod
    def of(cls, config: Config, data: Path) -> Keeping:
        """Return the keeping of a practice as it is set up, not unlocked yet."""
        return cls(data, Path(config.key_file), config.root, config.key_service)

    def provider(self, passphrase: str = "") -> RootFile:
        """Return the keeper of the root key."""
        return keeper(self.kept, self.key_file, data=self.data, passphrase=passphrase, service=self.service)

    def roots(self) -> tuple[Key, ...]:
        """Return the root keys. Raises VaultFault when they cannot be had without somebody's act."""
        if self._shut:
            raise RootKeyRefused("somebody locked the practice; whoever runs this computer unlocks it with privity unlock")
        if not self._roots and self.kept == PASSPHRASE:
            raise RootKeyRefused("the root key opens with a passphrase, typed after each start; run privity unlock and type it")
        if not self._roots:
            if time.monotonic() < self._again:
                raise RootKeyRefused(self.why_locked or "the key service did not answer; it is asked again in a moment")
            try:
                self._roots = self.provider().unlock()
            except ServiceFailed as fault:
                self._again, self.why_locked = time.monotonic() + PAUSE, str(fault)
                raise
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
            if held is None or PracticeKeys(str(practice.uid)).newest() != held.keyring.current().id:
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
