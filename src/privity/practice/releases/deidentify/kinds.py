"""The eighteen kinds of identifiers of 45 CFR 164.514(b)(2)(i), by the letters the rule gives them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

RULE = "45 CFR 164.514(b)(2)(i)"


class Kind(StrEnum):
    """A kind of identifier: its letter in the rule."""

    NAME = "A"
    PLACE = "B"
    DATE = "C"
    PHONE = "D"
    FAX = "E"
    EMAIL = "F"
    SSN = "G"
    MEDICAL_RECORD = "H"
    PLAN = "I"
    ACCOUNT = "J"
    LICENCE = "K"
    VEHICLE = "L"
    DEVICE = "M"
    URL = "N"
    IP = "O"
    BIOMETRIC = "P"
    PICTURE = "Q"
    OTHER = "R"

    @property
    def cite(self) -> str:
        """Where the rule names it."""
        return f"{RULE}({self.value})"

    @property
    def words(self) -> str:
        """What it is called."""
        return WORDS[self]


WORDS: Mapping[Kind, str] = {
    Kind.NAME: "Name",
    Kind.PLACE: "Place",
    Kind.DATE: "Date, or age over 89",
    Kind.PHONE: "Telephone number",
    Kind.FAX: "Fax number",
    Kind.EMAIL: "E-mail address",
    Kind.SSN: "Social Security number",
    Kind.MEDICAL_RECORD: "Medical record number",
    Kind.PLAN: "Health plan number",
    Kind.ACCOUNT: "Account number",
    Kind.LICENCE: "Certificate or license number",
    Kind.VEHICLE: "Vehicle or plate number",
    Kind.DEVICE: "Device number",
    Kind.URL: "Web address",
    Kind.IP: "Internet address",
    Kind.BIOMETRIC: "Finger, voice or other body print",
    Kind.PICTURE: "Picture",
    Kind.OTHER: "Other number or code of one person",
}
