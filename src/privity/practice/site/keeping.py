"""The practice's keys while the server runs: unlocked by the root key when it starts, or locked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from privity.practice.keys.held import HeldKeys
from privity.practice.keys.opening import locked, unlock
from privity.practice.people.models import Practice
from privity.vault import Key, VaultFault
from privity.vault.providers import KeyFile


@dataclass
class Keeping:
    """Unlocks a practice's keys once and holds them; `why_locked` says what stands in the way."""

    data: Path
    key_file: Path
    why_locked: str = ""
    _roots: tuple[Key, ...] = ()
    _held: dict[int, HeldKeys] = field(default_factory=dict)

    def provider(self) -> KeyFile:
        """Return the keeper of the root key."""
        return KeyFile(self.key_file, data=self.data)

    def keys(self, practice: Practice) -> HeldKeys:
        """Return a practice's keys, locked where the root key cannot be had."""
        held = self._held.get(practice.pk)
        if held is None:
            try:
                self._roots = self._roots or self.provider().unlock()
                held = self._held[practice.pk] = unlock(practice.uid, self._roots)
                self.why_locked = ""
            except (VaultFault, OSError) as fault:
                self.why_locked = str(fault)
                return locked(practice.uid)
        return held

    def lock(self) -> None:
        """Forget every key."""
        for held in self._held.values():
            held.keyring.lock()
        self._held, self._roots = {}, ()
