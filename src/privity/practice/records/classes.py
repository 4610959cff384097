"""The parts of an entry, each a class of information by the law's own name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PartOf:
    """A part as the form asks for it."""

    klass: str
    label: str
    help: str = ""
    long: bool = False


PARTS = (
    PartOf("progress_notes", "Progress note", "What others who treat need to know. It is not the place for your own thoughts.", long=True),
    PartOf("diagnosis", "Diagnosis"),
    PartOf("treatment_plan", "Plan"),
)
MORE = (PartOf("medication", "Medicines"), PartOf("test_results", "Test results"))
GUARDED = (
    PartOf("sud_records", "Substance use"), PartOf("hiv", "HIV"), PartOf("reproductive_health", "Reproductive health"),
    PartOf("gender_affirming_care", "Gender-affirming care"), PartOf("sexual_orientation_or_gender_identity", "Sexual orientation or gender identity"),
    PartOf("genetic", "Genetic information"), PartOf("immigration_status", "Immigration status or place of birth"),
    PartOf("threat_facts", "A threat"), PartOf("abuse_facts", "Abuse"), PartOf("admission_of_crime", "A crime the client admitted"),
)  # fmt: skip
ALL = {part.klass: part for part in (*PARTS, *MORE, *GUARDED)}
DOCUMENTS = (
    "correspondence", "test_results", "summary", "chart_part", "billing", "sud_records", "hiv", "reproductive_health", "gender_affirming_care", "genetic",
)  # fmt: skip
LONGEST = 100_000  # characters in one part


def words(klass: str) -> str:
    """Return what a part is called on a page."""
    return ALL[klass].label if klass in ALL else klass.replace("_", " ").capitalize()
