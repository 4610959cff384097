"""The letter that sends a paper back: what is missing, and where the law asks for it. It names no client and says of nobody that they come here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from privity.practice.people.times import day_said

from .access import Kept
from .elements import KIND_SAID, missing


def return_letter(kept: Kept) -> Mapping[str, Any]:
    """Return what the letter says: to whom, of which paper, and each defect with its paragraph.

    Whoever sent the paper may be asking whether somebody is a client. So the letter speaks of the paper alone, by its day and our number.
    """
    return {
        "to": kept.terms.recipient,
        "reference": str(kept.id)[:8],
        "kind": KIND_SAID[kept.terms.kind],
        "signed": day_said(kept.terms.signed),
        "lines": [(one.words or f"{missing(one.element)} is missing.", one.cite) for one in kept.wrong],
        "whole": not kept.wrong,
    }
