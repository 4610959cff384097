"""Safe ways to reach somebody: each is a rule that blocks. What nobody allowed is not done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .access import Identity

WAYS = {"call": ("phone", "Call"), "voicemail": ("phone", "Leave voicemail"), "text": ("phone", "Text"), "mail": ("mail", "Send letters")}
DO_NOT = {"call": "Do not call", "voicemail": "Do not leave voicemail", "text": "Do not text", "mail": "Do not send letters"}


class NotSafe(PermissionError):
    """Whoever is to be reached did not allow this way."""


@dataclass(frozen=True)
class Way:
    """One number or address as a page may show it: `to` is empty where nothing is allowed there."""

    to: str
    allowed: tuple[str, ...]
    blocked: tuple[str, ...]
    when: str = ""


def allows(contact: Mapping[str, Any], way: str) -> bool:
    """Tell whether a contact may be used in a way. A number somebody gave may be called unless they said no; all else needs a yes."""
    if contact.get("how") != WAYS[way][0]:
        return False
    return contact.get(way, way == "call") is True


def ways(who: Identity) -> tuple[Way, ...]:
    """Return each number and address with what may and what must not be done with it."""
    found = []
    for contact in who.contacts:
        fitting = [way for way, (how, _) in WAYS.items() if how == contact.get("how")]
        allowed = tuple(WAYS[way][1] for way in fitting if allows(contact, way))
        blocked = tuple(DO_NOT[way] for way in fitting if not allows(contact, way))
        found.append(Way(str(contact.get("to", "")) if allowed else "", allowed, blocked, str(contact.get("when", ""))))
    return tuple(found)


def flags(who: Identity) -> tuple[str, ...]:
    """Return what must not be done to reach somebody, in words: what no number or address of theirs allows."""
    return tuple(DO_NOT[way] for way in WAYS if not any(allows(contact, way) for contact in who.contacts))


def to_reach(who: Identity, way: str) -> tuple[str, ...]:
    """Return the numbers or addresses that may be used in a way. Raises NotSafe where there is none."""
    if found := tuple(str(contact["to"]) for contact in who.contacts if allows(contact, way)):
        return found
    raise NotSafe(DO_NOT[way].lower())
