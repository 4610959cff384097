"""The vault: sealing, keys, the log and its checker. Standard library and `cryptography`; no Django, no clock, no settings.

What the bytes mean stands in FORMAT.md, exactly enough for somebody else to write a reader.
"""

from .faults import HeldForLaw, Locked, MovedRow, SealBroken, Truncated, UnknownFormat, VaultFault, WillNotOpen, WrongKey
from .keys import KeyFor, Keyring, LockedKeyring, OpenKeyring, Use, Wrap
from .log import Entry, append
from .seal import Binding, Key, open_sealed, open_text, seal

__all__ = [
    "Binding",
    "Entry",
    "HeldForLaw",
    "Key",
    "KeyFor",
    "Keyring",
    "Locked",
    "LockedKeyring",
    "MovedRow",
    "OpenKeyring",
    "SealBroken",
    "Truncated",
    "UnknownFormat",
    "Use",
    "VaultFault",
    "WillNotOpen",
    "Wrap",
    "WrongKey",
    "append",
    "open_sealed",
    "open_text",
    "seal",
]
