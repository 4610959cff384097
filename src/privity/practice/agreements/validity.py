"""Whether an authorization stands: what the paper lacks, and whether it still runs. Reads no clock and no database.

45 CFR 164.508(b)-(c) and, for a practice in California, Cal. Civ. Code 56.11(b), which asks for more. What it opens is for the law's own rules to say;
this names defects to whoever holds the paper.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

NOTES = "psychotherapy_notes"
WARN = (30, 7, 0)  # days before the end at which its page and the day's list speak of it

# Each element by the vocabulary's own word (authorization.lacks), and where it is asked for.
FEDERAL: Mapping[str, str] = {
    "description": "45 CFR 164.508(c)(1)(i)",
    "discloser": "45 CFR 164.508(c)(1)(ii)",
    "recipient": "45 CFR 164.508(c)(1)(iii)",
    "purpose": "45 CFR 164.508(c)(1)(iv)",
    "expiry": "45 CFR 164.508(c)(1)(v)",
    "signature": "45 CFR 164.508(c)(1)(vi)",
    "date": "45 CFR 164.508(c)(1)(vi)",
    "right_to_revoke": "45 CFR 164.508(c)(2)(i)",
    "conditioning_statement": "45 CFR 164.508(c)(2)(ii)",
    "redisclosure_statement": "45 CFR 164.508(c)(2)(iii)",
}
REPRESENTATIVE = ("authority_of_signer", "45 CFR 164.508(c)(1)(vi)")
CALIFORNIA: Mapping[str, str] = dict.fromkeys(("type_size", "separate_form", "own_signature", "right_to_copy"), "Cal. Civ. Code 56.11(b)")
YEAR_CITE = "Cal. Civ. Code 56.11(b)(8)"


class State(Enum):
    """How an authorization stands on a day."""

    LIVE = "live"
    DEFECTIVE = "defective"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Terms:
    """What the paper says. `has` are the elements somebody saw on it, by the vocabulary's words."""

    recipient_kind: str
    recipient: str
    information: tuple[str, ...]
    description: str
    purpose: str
    signed_by: str
    signer: str
    signed: date
    has: tuple[str, ...]
    ends: date | None = None
    ends_with: str = ""  # an event, as the paper words it; empty where a day stands
    longer_by_wish: bool = False  # the signer asked for a day after more than a year

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return {**self.__dict__, "signed": self.signed.isoformat(), "ends": self.ends.isoformat() if self.ends else None}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Terms:
        """Return what was sealed."""
        days = {"signed": date.fromisoformat(raw["signed"]), "ends": date.fromisoformat(raw["ends"]) if raw["ends"] else None}
        return cls(**{**raw, **days, "information": tuple(raw["information"]), "has": tuple(raw["has"])})


@dataclass(frozen=True)
class Defect:
    """What makes a paper no authorization: the element by the vocabulary's word, what is wrong, and where it is asked for."""

    element: str
    words: str
    cite: str


def needed(states: Collection[str], *, by_representative: bool) -> dict[str, str]:
    """Return every element the paper must have, with its citation, for a practice in these states."""
    found = dict(FEDERAL)
    if by_representative:
        found[REPRESENTATIVE[0]] = REPRESENTATIVE[1]
    return {**found, **CALIFORNIA} if "CA" in states else found


def defects(terms: Terms, states: Collection[str]) -> list[Defect]:
    """Return what is wrong with a paper; nothing is wrong with one that may be relied on."""
    wanted = needed(states, by_representative=terms.signed_by != "client")
    found = [Defect(element, "", cite) for element, cite in wanted.items() if element not in terms.has]
    if NOTES in terms.information and set(terms.information) != {NOTES}:
        found.append(Defect("compound", "Psychotherapy notes need a paper of their own, with nothing else on it.", "45 CFR 164.508(b)(3)(ii)"))
    if terms.signed_by == "someone_else":
        found.append(Defect("signer", "Only the client, or whoever may decide for the client, can sign.", "45 CFR 164.508(c)(1)(vi)"))
    if "CA" in states and terms.ends and terms.ends > terms.signed + timedelta(days=366) and not terms.longer_by_wish:
        found.append(Defect("too_long", "It runs for more than a year, and the signer did not ask for that.", YEAR_CITE))
    return found


def state(wrong: Iterable[Defect], ends: date | None, ended: date | None, revoked: datetime | None, on: date) -> State:
    """Return how it stands on a day. The last day still counts; a revocation counts from its moment."""
    if revoked is not None:
        return State.REVOKED
    if (ends is not None and on > ends) or ended is not None:
        return State.EXPIRED
    return State.DEFECTIVE if list(wrong) else State.LIVE


def days_left(ends: date | None, on: date) -> int | None:
    """Return how many days are left, where the end is near enough to be spoken of."""
    left = (ends - on).days if ends is not None else None
    return left if left is not None and 0 <= left <= max(WARN) else None


def facts(terms: Terms, wrong: Iterable[Defect], stands: State, *, recipient_kind: str, purpose: str, information: Collection[str]) -> dict[str, object]:
    """Return what the law may know of this paper for one telling, by the vocabulary's names. A named person ticked what it has; nothing is guessed.

    Whether the recipient is the very one named is for a person to check; a recipient of another kind is not covered.
    """
    lacks = [one.element for one in wrong if one.element not in ("compound", "signer", "too_long")]
    return {
        "authorization.on_file": True,
        "authorization.lacks": lacks,
        "authorization.valid": stands is State.LIVE,
        "authorization.signed_by": [terms.signed_by],
        "authorization.covers_recipient": terms.recipient_kind == recipient_kind,
        "authorization.covers_information": set(information) <= set(terms.information),
        "authorization.covers_purpose": terms.purpose in (purpose, "client_request"),
        "authorization.psychotherapy_notes_only": set(terms.information) == {NOTES},
        "authorization.revoked": stands is State.REVOKED,
        "authorization.expired": stands is State.EXPIRED,
    }
