"""How long a record is kept after treatment ends: the rules of the states that were read, as data, and the clock worked out from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

ADULT = 18


@dataclass(frozen=True)
class Rule:
    """One rule. `read` is how the law sheet knows it: official text, second hand, or memory."""

    state: str
    cite: str
    read: str
    source: str
    years: int = 7  # after the end of treatment or the last contact, whichever is later
    minor_years: int = 7  # the same for a minor, counted from the later of that day and the 18th birthday
    minor_age: int = 0  # instead: until the client is so old
    never_more: int = 0  # years after the end past which the rule does not reach
    professions: tuple[str, ...] = ()  # empty: all
    settings: tuple[str, ...] = ()  # empty: all that no other rule names
    unit: bool = False  # for records of an inpatient unit

    @property
    def known(self) -> str:
        """How the rule is known, in words."""
        return {"text": "read in the text", "secondary": "second hand", "memory": "from memory: have it checked"}[self.read]


SHEET = "https://law.cornell.edu/regulations/colorado/4-CCR-737-1.16"
FACILITY = "https://colorado.public.law/statutes/crs_27-65-123"
CALIFORNIA = "https://harp.org/og/inforite.htm"
RULES = (
    Rule("CO", "3 CCR 721-1.16", "text", SHEET, professions=("psychologist",)),
    Rule("CO", "4 CCR 736-1.16", "text", SHEET, professions=("marriage_family_therapist",)),
    Rule("CO", "4 CCR 737-1.16", "text", SHEET, professions=("professional_counselor",), never_more=12),
    Rule("CO", "4 CCR 744-1.17", "text", SHEET, professions=("addiction_counselor",)),
    Rule("CO", "C.R.S. 27-65-123", "text", FACILITY, minor_age=25, settings=("clinic",)),
    Rule("CO", "C.R.S. 27-65-123", "text", FACILITY, years=10, minor_age=28, settings=("inpatient",), unit=True),
    Rule("CA", "Bus. & Prof. Code 4980.49", "text", CALIFORNIA, professions=("marriage_family_therapist",)),
    Rule("CA", "Bus. & Prof. Code 2919", "memory", CALIFORNIA, professions=("psychologist",)),
    Rule("CA", "the twins of Bus. & Prof. Code 4980.49", "memory", CALIFORNIA, professions=("clinical_social_worker", "professional_counselor")),
)


@dataclass(frozen=True)
class Clock:
    """What a page says of how long a record is kept. `until` is None while treatment goes on, or where no rule was read."""

    until: date | None
    rules: tuple[Rule, ...]
    ended: date | None
    minors: bool  # a client was a minor when treatment ended
    unread: tuple[str, ...]  # states of the practice without a rule that fits
    no_birth_date: bool


def fitting(states: Iterable[str], profession: str, setting: str, on_unit: bool) -> tuple[Rule, ...]:
    """Return the rules that bind a practice for one of its records."""
    found = []
    for rule in RULES:
        if rule.state not in states or (rule.professions and profession not in rule.professions):
            continue
        if rule.settings and setting not in rule.settings and not (rule.unit and on_unit):
            continue
        found.append(rule)
    return tuple(found)


def clock(rules: Iterable[Rule], states: Iterable[str], ended: date | None, births: Iterable[date | None]) -> Clock:
    """Return the clock of a record: the longest that any rule asks for any of its clients."""
    bound, born = tuple(rules), tuple(births)
    unread = tuple(sorted(set(states) - {rule.state for rule in bound}))
    minors = ended is not None and any(_older(birth, ADULT) > ended for birth in born if birth)
    until = max((_until(rule, ended, birth) for rule in bound for birth in (born or (None,))), default=None) if ended else None
    return Clock(until, bound, ended, minors, unread, None in born)


def _until(rule: Rule, ended: date, born: date | None) -> date:
    last = _older(ended, rule.years)
    if born and _older(born, ADULT) > ended:
        last = max(last, _older(born, rule.minor_age) if rule.minor_age else _older(_older(born, ADULT), rule.minor_years))
    return min(last, _older(ended, rule.never_more)) if rule.never_more else last


def _older(day: date, years: int) -> date:
    """Return the same day so many years on; March 1 for a February 29 that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
