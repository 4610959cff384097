"""The letter that sends a paper back: what is missing, and where the law asks for it. It names no client and says of nobody that they come here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privity.practice.people.times import day_said

from .access import Kept
from .elements import KIND_SAID, missing
from .validity import OTHER_NAME


def return_letter(kept: Kept) -> Mapping[str, Any]:
    """Return what the letter says: to whom, of which paper, what it does not have, and what stands against it, each with its paragraph.

    Whoever sent the paper may be asking whether somebody is a client. So the letter speaks of the paper alone, by its day and our number, and says nothing
    of another name on it than the client's.
    """
    wrong = [one for one in kept.wrong if one.element != OTHER_NAME]
    return {
        "to": kept.terms.recipient,
        "reference": str(kept.id)[:8],
        "kind": KIND_SAID[kept.terms.kind],
        "signed": day_said(kept.terms.signed),
        "lacks": [(missing(one.element), one.cite) for one in wrong if not one.words],
        "against": [(one.words, one.cite) for one in wrong if one.words],
        "whole": not wrong,
    }
