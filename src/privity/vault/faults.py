"""What can go wrong in the vault, each named after its situation. Messages carry ids, never what was sealed."""

from __future__ import annotations


class VaultFault(Exception):
    """Anything the vault refuses or cannot do."""


class Locked(VaultFault):
    """The practice's keys are not open; nothing sealed can be read or written until somebody unlocks them."""

    def __init__(self, practice: str) -> None:
        super().__init__(f"the keys of practice {practice} are locked; unlock them with the key file, the passphrase or the key service, then try again")


# --- sealed bytes that do not open ---------------------------------------------------------------------------


class WillNotOpen(VaultFault):
    """Sealed bytes were not opened. Nothing of their content was shown."""


class WrongKey(WillNotOpen):
    """The bytes name another key than the one given."""


class MovedRow(WillNotOpen):
    """The bytes are whole and the key is right, but they were sealed for another place."""


class SealBroken(WillNotOpen):
    """The bytes were altered after they were sealed."""


class Truncated(WillNotOpen):
    """The bytes end before they should."""


class UnknownFormat(WillNotOpen):
    """The version mark is none this program knows."""


class NotText(WillNotOpen):
    """The content is whole, but it is no text."""


# --- what is not sealed in the first place -------------------------------------------------------------------


class CannotSeal(VaultFault):
    """The content or its place cannot be sealed as given."""


# --- keys ----------------------------------------------------------------------------------------------------


class NoSuchKey(VaultFault):
    """There is no wrapped key for this record: it never had one, or it was shredded."""


class StillInUse(VaultFault):
    """A key cannot be destroyed while other keys are wrapped under it."""


class RootKeyRefused(VaultFault):
    """The root key's file is missing, unreadable, in the wrong folder or open to others."""


class WrongPassphrase(VaultFault):
    """The passphrase does not open the root key."""


class SheetMistyped(VaultFault):
    """A row of the recovery sheet was not typed as it was printed."""


class SheetOfAnotherKey(VaultFault):
    """The recovery sheet is whole, but it belongs to another root key."""


class ServiceFailed(VaultFault):
    """The outside key service did not answer, or refused."""


class HeldForLaw(VaultFault):
    """A legal hold stands on the record, so it may not be destroyed."""

    def __init__(self, record: str, holds: tuple[str, ...]) -> None:
        self.record, self.holds = record, holds
        super().__init__(f"record {record} is held for law by {', '.join(holds)}; end the hold first, or keep the record")


# --- the log -------------------------------------------------------------------------------------------------


class NotAnEntry(VaultFault):
    """The event cannot be written as a log entry."""


class NotProvable(VaultFault):
    """No proof exists for these numbers."""


class ProofFails(VaultFault):
    """A proof does not lead to the root it should."""


class BadNote(VaultFault):
    """A signed note or key is not in its format."""


class BadSignature(VaultFault):
    """No signature of the expected key stands under the note, or it is false."""
