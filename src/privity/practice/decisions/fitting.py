"""Which purposes fit who asks, most fitting first; and matters nobody asks about, each with the facts it states.

Nothing here decides anything: every purpose stays within reach under "Another reason", and the engine judges the one that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privity.law import Book

MOST_FITTING = 7  # with "Another reason" and "I don't know" that makes nine


@dataclass(frozen=True)
class Matter:
    """Something a practice has on its hands though nobody asks, and the facts that go with it."""

    label: str
    facts: Mapping[str, object]


MATTERS: Mapping[str, Matter] = {
    "lost": Matter("Something was lost or went to the wrong place", {"recipient.kind": "client", "purpose": "breach_notice"}),
    "child": Matter(
        "Abuse or neglect of a child I must perhaps report", {"recipient.kind": "child_protection", "purpose": "report_child_abuse", "abuse.victim": "child"}
    ),
    "adult": Matter("Abuse or neglect of an adult I must perhaps report", {"recipient.kind": "adult_protection", "purpose": "report_adult_abuse"}),
    "keep": Matter("How long do I keep the record?", {"recipient.kind": "client", "purpose": "retention"}),
    "minor": Matter("May a minor begin care?", {"recipient.kind": "client", "purpose": "consent_to_care"}),
    "review": Matter("An online review of me", {"recipient.kind": "media_or_public", "purpose": "public_reply", "information": ["fact_of_treatment"]}),
}

_POLICE = ("law_enforcement_request", "avert_threat", "locate_person", "crime_victim", "crime_on_premises", "identify_or_apprehend", "legal_process")
_CASE = ("legal_process", "client_request")
FITTING: Mapping[str, tuple[str, ...]] = {
    "client": ("client_access", "client_request", "client_amendment", "client_accounting", "client_restriction", "confidential_channel", "inform_client"),
    "spouse_or_partner": ("involve_family", "directory", "notify_family", "avert_threat", "legal_process", "curiosity"),
    "family_or_friend": ("involve_family", "directory", "notify_family", "avert_threat", "curiosity"),
    "other_participant": ("client_access", "involve_family", "legal_process", "curiosity"),
    "disaster_relief": ("disaster_relief", "notify_family"),
    "parent": ("client_access", "involve_family", "consent_to_care", "notify_family", "avert_threat", "legal_process"),
    "guardian": ("client_access", "involve_family", "consent_to_care", "notify_family", "avert_threat", "legal_process"),
    "personal_representative": ("client_access", "client_request", "client_amendment", "legal_process", "payment"),
    "treating_provider": ("treatment", "emergency_treatment", "emergency_hold", "client_request", "consultation"),
    "practice_staff": ("treatment", "operations", "payment", "quality_review", "training", "curiosity"),
    "supervisor": ("supervision", "training", "quality_review", "operations"),
    "consultant": ("consultation", "supervision", "treatment", "casual_talk"),
    "trainee": ("training", "supervision", "treatment"),
    "business_associate": ("business_service", "payment", "operations", "practice_transfer"),
    "payer": ("payment", "operations", "quality_review", "oversight"),
    "other_insurer": ("underwriting", "benefits_eligibility", "payment", "legal_process"),
    "workers_compensation": ("workers_compensation", "payment", "legal_process"),
    "benefits_agency": ("benefits_eligibility", "client_request", "payment"),
    "liability_insurer": ("legal_defense", "operations", "licensing_complaint"),
    "client_attorney": ("client_request", "legal_process", "client_access", "workers_compensation"),
    "opposing_attorney": _CASE,
    "other_attorney": _CASE,
    "practice_attorney": ("legal_defense", "licensing_complaint", "operations"),
    "court": ("legal_process", "emergency_hold"),
    "party_to_case": _CASE,
    "law_enforcement": _POLICE,
    "threatened_person": ("avert_threat",),
    "responsible_for_place": ("avert_threat",),
    "child_protection": ("report_child_abuse", "legal_process", "client_request"),
    "adult_protection": ("report_adult_abuse", "legal_process", "client_request"),
    "probation_or_parole": ("law_enforcement_request", "correctional_custody", "client_request", "avert_threat"),
    "correctional_institution": ("correctional_custody", "treatment"),
    "immigration_authority": ("immigration_enforcement", "legal_process"),
    "coroner": ("death_investigation", "legal_process"),
    "licensing_board": ("licensing_complaint", "oversight", "legal_process"),
    "oversight_agency": ("oversight", "legal_process"),
    "hhs": ("oversight",),
    "attorney_general": ("oversight", "legal_process"),
    "state_authority": ("report_firearm_threat", "oversight", "legal_process"),
    "public_health_authority": ("public_health", "oversight"),
    "military_command": ("military", "avert_threat"),
    "national_security_official": ("national_security",),
    "school": ("school_matter", "avert_threat", "client_request"),
    "employer": ("employment", "workers_compensation", "client_request", "avert_threat", "curiosity"),
    "researcher": ("research", "limited_data_set"),
    "funeral_director": ("funeral",),
    "organ_bank": ("organ_donation",),
    "marketer": ("marketing", "sale"),
    "media_or_public": ("public_reply", "publication", "curiosity"),
    "friend_of_provider": ("casual_talk", "curiosity", "rate_provider"),
    "anyone_else": ("directory", "avert_threat", "curiosity"),
}


def fitting(book: Book, recipient: object) -> tuple[str, ...]:
    """Return the purposes that fit who asks, most fitting first; empty where that is not known."""
    offered = FITTING.get(str(recipient), ())
    return tuple(purpose for purpose in offered if not is_asked_back(book, purpose, recipient))[:MOST_FITTING]


def is_asked_back(book: Book, purpose: str, recipient: object) -> bool:
    """Return whether this purpose is never taken on its word from this asker: it is then not offered."""
    return recipient in book.asked_back.get(purpose, ())
