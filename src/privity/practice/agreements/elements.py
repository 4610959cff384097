"""What a signed paper must have, in words: as a person ticks it, and as a letter asks for it."""

from __future__ import annotations

from collections.abc import Mapping

from . import validity

SEEN: Mapping[str, str] = {
    "patient_name": "It names the client",
    "description": "It says what would be told",
    "discloser": "It names who tells: this practice",
    "recipient": "It names who gets it",
    "purpose": "It says what it is for",
    "expiry": "It says when it ends",
    "how_long_kept": "It says how long they keep it",
    "signature": "It is signed",
    "date": "The signature has its date",
    "authority_of_signer": "It says by what right another signed",
    "right_to_revoke": "It says that it can be taken back, and how",
    "conditioning_statement": "It says that care does not depend on signing",
    "redisclosure_statement": "It says that who gets it may pass it on",
    "hipaa_redisclosure": "It says that it may be passed on as HIPAA allows, but not used in a case against the client",
    "refusal_statement": "It says what follows if the client does not sign",
    "no_other_use": "It says that they use it for nothing else",
    "destroyed": "It says that they destroy it or send it back by then",
    "type_size": "It is printed in 14-point type or larger, or written by hand",
    "separate_form": "It stands apart from everything else on the page",
    "own_signature": "The signature is for this alone",
    "use_limits": "It says what who gets it may do with it, and what not",
    "right_to_copy": "It says that the signer may have a copy",
}
MISSING: Mapping[str, str] = {
    "patient_name": "The client’s name",
    "description": "What would be told",
    "discloser": "Who tells",
    "recipient": "Who gets it",
    "purpose": "What it is for",
    "expiry": "When it ends",
    "how_long_kept": "How long it is kept",
    "signature": "A signature",
    "date": "The date of signing",
    "authority_of_signer": "By what right another signed",
    "right_to_revoke": "That it can be taken back, and how",
    "conditioning_statement": "That care does not depend on signing",
    "redisclosure_statement": "That who gets it may pass it on",
    "hipaa_redisclosure": "That it may be passed on as HIPAA allows, but not used in a case against the client",
    "refusal_statement": "What follows if the client does not sign",
    "no_other_use": "That it is used for nothing else",
    "destroyed": "That it is destroyed or sent back by then",
    "type_size": "Type that is large enough: 14 points, or handwriting",
    "separate_form": "A place of its own on the page",
    "own_signature": "A signature for this alone",
    "use_limits": "What who gets it may do with it, and what not",
    "right_to_copy": "That the signer may have a copy",
}
# How the form puts them, and how each group is called. What is asked for by California alone comes last.
GROUPS = (
    ("What it says", ("patient_name", "description", "discloser", "recipient", "purpose", "expiry", "how_long_kept")),
    ("The signature", ("signature", "date", "authority_of_signer")),
    (
        "What it tells whoever signs",
        ("right_to_revoke", "conditioning_statement", "redisclosure_statement", "hipaa_redisclosure", "refusal_statement", "no_other_use", "destroyed"),
    ),
    ("What California asks for besides", ("type_size", "separate_form", "own_signature", "use_limits", "right_to_copy")),
)
KIND_SAID: Mapping[str, str] = {
    validity.AUTHORIZATION: "Authorization",
    validity.TPO: "Part 2 consent for all care, payment and running of the practice",
    "single_purpose": "Part 2 consent for one purpose",
    "counseling_notes": "Part 2 consent for counseling notes alone",
    "legal_proceedings": "Part 2 consent for a case against the client",
    "criminal_justice": "Part 2 consent for a court or officer who ordered the care",
    validity.REQUEST: "Written request (California)",
}
TOGETHER_SAID: Mapping[str, str] = {
    validity.ALONE: "It stands alone",
    validity.WITH_AUTHORIZATION: "With another authorization",
    validity.WITH_RESEARCH: "With a consent to take part in research",
    validity.WITH_OTHER: "With something else, such as a consent to care",
}


def missing(element: str) -> str:
    """Return what is missing, in words."""
    return MISSING.get(element, element.replace("_", " ").capitalize())
