"""Whether a signed paper stands: what it lacks, and whether it still runs. Reads no clock and no database.

45 CFR 164.508(b)-(c); for a practice in California Cal. Civ. Code 56.11(b), which asks for more; 42 CFR 2.31 for consents to tell of care for substance use;
Cal. Civ. Code 56.104(a) for the written request of whoever asks about outpatient psychotherapy. Colorado asks for the client's consent
(C.R.S. 12-245-220(1)) and for nothing more on the paper. What a paper opens is for the law's own rules to say; this names defects to whoever holds it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from privity.vault.blind import normal_name
from privity.vault.faults import CannotSeal

NOTES, COUNSELING_NOTES = "psychotherapy_notes", "sud_counseling_notes"
ADULT = 18
TREATMENT = re.compile(r"treatment|therap|discharge|counsel?ling|tratamiento|terapia|\balta\b", re.IGNORECASE)  # an event that says when treatment ends
WARN = (30, 7, 0)  # days before the end at which its page and the day's list speak of it

# What kind of paper it is: an authorization, a Part 2 consent by the vocabulary's own word (part2.consent), or California's written request.
AUTHORIZATION, REQUEST, TPO = "authorization", "written_request", "treatment_payment_operations"
CONSENTS = (TPO, "single_purpose", "counseling_notes", "legal_proceedings", "criminal_justice")
KINDS = (AUTHORIZATION, *CONSENTS, REQUEST)
# Whom one consent for treatment, payment and operations names when it says "my treating providers, health plans, ..." (42 CFR 2.31(a)(4)(i)).
NAMED_BY_CLASS = frozenset({"treating_provider", "payer", "practice_staff", "supervisor", "consultant", "trainee", "business_associate"})
TPO_PURPOSES = frozenset(
    {"treatment", "emergency_treatment", "payment", "operations", "quality_review", "supervision", "training", "consultation", "business_service"}
)

# With what else the paper stands on one sheet, and what depended on signing it (the vocabulary's authorization.conditioned).
ALONE, WITH_AUTHORIZATION, WITH_RESEARCH, WITH_OTHER = "alone", "other_authorization", "research", "other_document"
TOGETHER = (ALONE, WITH_AUTHORIZATION, WITH_RESEARCH, WITH_OTHER)
NO_CONDITION, ON_TREATMENT, ON_RESEARCH, ON_SERVICE = "no_condition", "on_treatment", "on_research", "on_service_for_third_party"
CONDITIONED = (NO_CONDITION, ON_TREATMENT, ON_RESEARCH, ON_SERVICE)

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
CALIFORNIA: Mapping[str, str] = {
    "type_size": "Cal. Civ. Code 56.11(b)(1)",
    "separate_form": "Cal. Civ. Code 56.11(b)(2)",
    "own_signature": "Cal. Civ. Code 56.11(b)(2)",
    "use_limits": "Cal. Civ. Code 56.11(b)(7)",
    "right_to_copy": "Cal. Civ. Code 56.11(b)(9)",
}
PART2: Mapping[str, str] = {
    "patient_name": "42 CFR 2.31(a)(1)",
    "discloser": "42 CFR 2.31(a)(2)",
    "description": "42 CFR 2.31(a)(3)",
    "recipient": "42 CFR 2.31(a)(4)(i)",
    "purpose": "42 CFR 2.31(a)(5)",
    "right_to_revoke": "42 CFR 2.31(a)(6)",
    "expiry": "42 CFR 2.31(a)(7)",
    "signature": "42 CFR 2.31(a)(8)",
    "date": "42 CFR 2.31(a)(9)",
}
PART2_TPO: Mapping[str, str] = {  # where it is for treatment, payment or operations
    "hipaa_redisclosure": "42 CFR 2.31(a)(4)(iii)",
    "redisclosure_statement": "42 CFR 2.31(a)(10)(i)",
    "refusal_statement": "42 CFR 2.31(a)(10)(ii)",
}
WRITTEN_REQUEST: Mapping[str, str] = {
    "description": "Cal. Civ. Code 56.104(a)(1)",
    "purpose": "Cal. Civ. Code 56.104(a)(1)",
    "how_long_kept": "Cal. Civ. Code 56.104(a)(2)",
    "no_other_use": "Cal. Civ. Code 56.104(a)(3)",
    "destroyed": "Cal. Civ. Code 56.104(a)(4)",
    "signature": "Cal. Civ. Code 56.104(a)",
}
SIGNERS = ("client", "parent", "guardian", "personal_representative")  # who can sign
OTHER_NAME = "other_name"  # what is wrong with a paper that was brought in, until somebody here has looked whose it is
YEAR_CITE = "Cal. Civ. Code 56.11(b)(8)"
LAWS_OWN = frozenset((*FEDERAL, REPRESENTATIVE[0], "type_size", "separate_form", "own_signature", "right_to_copy", "known_false"))  # of authorization.lacks


Signature = tuple[str, str]  # as what somebody signed (authorization.signed_by), and their name


class State(Enum):
    """How an authorization stands on a day."""

    LIVE = "live"
    DEFECTIVE = "defective"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Terms:
    """What the paper says. `has` are the elements somebody saw on it; they, purpose and kind of recipient are the vocabulary's words.

    A consent for treatment, payment and operations has `treatment` for its purpose: `covers` knows the others.
    """

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
    kind: str = AUTHORIZATION
    with_treatment: bool = False  # it ends when treatment ends
    together: str = ALONE
    conditioned: str = NO_CONDITION
    known_false: bool = False  # somebody here knows that something on it is not so
    by_class: bool = False  # it names its recipients by the class that 42 CFR 2.31(a)(4)(i) lets one consent for all care name
    also: tuple[Signature, ...] = ()  # who signed it beside the first
    other_name: bool = False  # brought in, it bears another name than the client's, and nobody here has looked yet whether it is the client's

    @property
    def ends_at_close(self) -> bool:
        """Whether it ends on the day treatment ends: ticked so, or worded so where nobody ticked it."""
        return self.with_treatment or bool(TREATMENT.search(self.ends_with))

    @property
    def signatures(self) -> tuple[Signature, ...]:
        """Every signature on it: as what, and the name."""
        return ((self.signed_by, self.signer), *self.also)

    @property
    def signed_as(self) -> list[str]:
        """As what it was signed, each once."""
        return sorted({kind for kind, _ in self.signatures})

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return {**self.__dict__, "signed": self.signed.isoformat(), "ends": self.ends.isoformat() if self.ends else None}

    def bears_other(self, names: Collection[str]) -> bool:
        """Tell whether somebody signed it as the client by a name that is none of the record's clients'."""
        return any(kind == "client" and not any(same_name(name, known) for known in names) for kind, name in self.signatures)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Terms:
        """Return what was sealed."""
        days = {"signed": date.fromisoformat(raw["signed"]), "ends": date.fromisoformat(raw["ends"]) if raw["ends"] else None}
        also = tuple((str(kind), str(name)) for kind, name in raw.get("also", ()))
        return cls(**{**raw, **days, "information": tuple(raw["information"]), "has": tuple(raw["has"]), "also": also})  # what came later has its default


@dataclass(frozen=True)
class Defect:
    """What makes a paper no authorization: the element by the vocabulary's word, what is wrong, and where it is asked for."""

    element: str
    words: str
    cite: str


def needed(states: Collection[str], *, by_representative: bool, kind: str = AUTHORIZATION, purpose: str = "") -> dict[str, str]:
    """Return every element the paper must have, with its citation, for a practice in these states."""
    if kind == REQUEST:
        return dict(WRITTEN_REQUEST)
    if kind in CONSENTS:
        return {**PART2, **PART2_TPO} if kind == TPO or purpose in TPO_PURPOSES else dict(PART2)
    found = dict(FEDERAL)
    if by_representative:
        found[REPRESENTATIVE[0]] = REPRESENTATIVE[1]
    return {**found, **CALIFORNIA} if "CA" in states else found


def defects(terms: Terms, states: Collection[str]) -> list[Defect]:
    """Return what is wrong with a paper; nothing is wrong with one that may be relied on."""
    wanted = needed(states, by_representative=terms.signed_as != ["client"], kind=terms.kind, purpose=terms.purpose)
    found = [Defect(element, "", cite) for element, cite in wanted.items() if element not in terms.has]
    part2 = terms.kind in CONSENTS
    if terms.known_false:
        found.append(Defect("known_false", "Something on it is known not to be so.", "42 CFR 2.31(c)(4)" if part2 else "45 CFR 164.508(b)(2)(v)"))
    if terms.kind == REQUEST:
        return found
    if terms.other_name:
        cite = "42 CFR 2.31(a)(1)" if part2 else "45 CFR 164.508(c)(1)(vi)"
        found.append(Defect(OTHER_NAME, "Another name stands on it than the client’s, and nobody has looked whether it lies in the right record.", cite))
    if "someone_else" in terms.signed_as:
        cite = "42 CFR 2.31(a)(8)" if part2 else "45 CFR 164.508(c)(1)(vi)"
        found.append(Defect("signer", "Only the client, or whoever may decide for the client, can sign.", cite))
    found += _consent_wrong(terms) if part2 else _compound(terms, states)
    if not part2 and "CA" in states and terms.ends and terms.ends > years_on(terms.signed, 1) and not terms.longer_by_wish:
        found.append(Defect("too_long", "It runs for more than a year, and the signer did not ask for that.", YEAR_CITE))
    return found


def last_day(terms: Terms, states: Collection[str]) -> date | None:
    """Return the last day a paper is good: the one that stands on it; in California a year after it was signed where it waits for an event alone."""
    a_year = "CA" in states and terms.kind == AUTHORIZATION and terms.purpose != "research"  # Cal. Civ. Code 56.11(b)(8)
    return terms.ends or (years_on(terms.signed, 1) if a_year else None)


def years_on(day: date, years: int) -> date:
    """Return the same day so many years on; March 1 for a February 29 that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _compound(terms: Terms, states: Collection[str]) -> list[Defect]:
    """Return what 164.508(b)(3)-(4) has against what the paper stands with and what depended on it."""
    found, research = [], terms.purpose == "research"
    if NOTES in terms.information and (set(terms.information) != {NOTES} or terms.together != ALONE):
        found.append(Defect("compound", "Psychotherapy notes need a paper of their own, with nothing else on it.", "45 CFR 164.508(b)(3)(ii)"))
    elif terms.together == WITH_OTHER:
        words = "It stands on one sheet with something that is no authorization, such as a consent to care."
        found.append(Defect("compound", words, "45 CFR 164.508(b)(3)"))
    elif terms.together == WITH_RESEARCH and not research:
        found.append(Defect("compound", "Only an authorization for research may stand with a consent to research.", "45 CFR 164.508(b)(3)(i)"))
    elif terms.together == WITH_AUTHORIZATION and terms.conditioned != NO_CONDITION:
        words = "Something depended on signing one of the authorizations that stand together on it."
        found.append(Defect("compound", words, "45 CFR 164.508(b)(3)(iii)"))
    if terms.conditioned == ON_TREATMENT:
        cite = "45 CFR 164.508(b)(4)" + ("; Cal. Civ. Code 56.37" if "CA" in states else "")
        found.append(Defect("conditioned", "Care or payment was made to depend on signing it.", cite))
    if terms.conditioned == ON_RESEARCH and not research:
        words = "Only care within a study may depend on signing, and this paper is not for research."
        found.append(Defect("conditioned", words, "45 CFR 164.508(b)(4)(i)"))
    if terms.kind == AUTHORIZATION and COUNSELING_NOTES in terms.information:
        words = "Counseling notes of care for substance use need a Part 2 consent of their own."
        found.append(Defect("compound", words, "42 CFR 2.31(b)(1)"))
    return found


def _consent_wrong(terms: Terms) -> list[Defect]:
    """Return what 2.31(b) and (d) have against what a Part 2 consent stands with, and what depended on it."""
    found, notes = [], terms.kind == "counseling_notes"
    if notes and (set(terms.information) != {COUNSELING_NOTES} or terms.together != ALONE):
        found.append(Defect("compound", "Counseling notes need a consent of their own, with nothing else on it.", "42 CFR 2.31(b)"))
    if not notes and COUNSELING_NOTES in terms.information:
        found.append(Defect("compound", "Counseling notes need a consent of their own. This one is for more.", "42 CFR 2.31(b)"))
    if notes and terms.conditioned != NO_CONDITION:
        found.append(Defect("conditioned", "Nothing may depend on a consent for counseling notes.", "42 CFR 2.31(b)"))
    if terms.kind == "legal_proceedings" and terms.together != ALONE:
        found.append(Defect("compound", "A consent for a case against the client stands alone.", "42 CFR 2.31(d)"))
    if NOTES in terms.information and set(terms.information) != {NOTES}:
        found.append(Defect("compound", "Psychotherapy notes need a paper of their own, with nothing else on it.", "45 CFR 164.508(b)(3)(ii)"))
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


def covers(terms: Terms, *, recipient_kind: str, purpose: str, information: Collection[str]) -> dict[str, bool]:
    """Return whether a paper reaches this recipient, this information and this purpose, each by the vocabulary's own name."""
    by_class = terms.kind == TPO and terms.by_class and recipient_kind in NAMED_BY_CLASS
    for_it = purpose in TPO_PURPOSES if terms.kind == TPO else terms.purpose in (purpose, "client_request")
    return {
        "authorization.covers_recipient": by_class or terms.recipient_kind == recipient_kind,
        "authorization.covers_information": set(information) <= set(terms.information),
        "authorization.covers_purpose": for_it,
    }


def lacks_for_hipaa(terms: Terms, wrong: Iterable[Defect]) -> list[str]:
    """Return the elements an authorization asks for that this paper has not; a Part 2 consent is looked at as one too."""
    if terms.kind not in CONSENTS:
        return [one.element for one in wrong if one.element in LAWS_OWN]
    wanted = needed((), by_representative=terms.signed_as != ["client"])
    return [element for element in wanted if element not in terms.has] + (["known_false"] if terms.known_false else [])


def is_whole(terms: Terms, wrong: Iterable[Defect], stands: State) -> bool:
    """Tell whether the paper itself stands as an authorization under HIPAA, whoever signed it."""
    if stands is not State.LIVE or terms.kind == REQUEST:
        return False
    return terms.kind not in CONSENTS or not (lacks_for_hipaa(terms, wrong) or _compound(terms, ()))


def fits_california(terms: Terms) -> bool:
    """Tell whether a paper has what Cal. Civ. Code 56.11(b) asks for beside the federal elements: a Part 2 consent need not, and then it is no authorization
    there."""
    short = terms.ends is not None and (terms.ends <= years_on(terms.signed, 1) or terms.longer_by_wish)
    return short and set(CALIFORNIA) <= set(terms.has)


def facts(
    terms: Terms, wrong: Iterable[Defect], stands: State, whose: Whose, *, recipient_kind: str, purpose: str, information: Collection[str],
    states: Collection[str] = (),
) -> dict[str, object]:  # fmt: skip
    """Return what the law may know of this paper for one telling about one person, by the vocabulary's names. A named person ticked what it has.

    `terms` are that person's part (`Whose.part`). Whether the recipient is the very one named is for a person to check; a recipient of another kind is not
    covered. That it is valid, or a consent under Part 2, is said only where the right person plainly signed (`Whose.right`, `.consents`): elsewhere
    nothing is said, and the law weighs who signed, or asks. A Part 2 consent is an authorization as well where it has all that HIPAA asks for.
    California's written request is no authorization: it states itself alone.
    """
    reaches, live, wrong = covers(terms, recipient_kind=recipient_kind, purpose=purpose, information=information), stands is State.LIVE, list(wrong)
    if terms.kind == REQUEST:
        no: dict[str, object] = dict.fromkeys(("authorization.on_file", "authorization.valid", *reaches), False)
        return {**no, "payer.written_request": live and all(reaches.values())}
    right = is_whole(terms, wrong, stands) and whose.right(terms)
    said: dict[str, object] = {
        "authorization.on_file": True,
        "authorization.lacks": lacks_for_hipaa(terms, wrong),
        **({} if right is None else {"authorization.valid": right}),
        "authorization.signed_by": terms.signed_as,
        "authorization.conditioned": terms.conditioned,
        **reaches,
        "authorization.psychotherapy_notes_only": set(terms.information) == {NOTES},
        "authorization.revoked": stands is State.REVOKED,
        "authorization.expired": stands is State.EXPIRED,
    }
    if terms.kind in CONSENTS:
        consents = live and all(reaches.values()) and whose.consents(terms)
        said |= {} if consents is None else {"part2.consent": [terms.kind] if consents else []}
        said |= {"authorization.valid_for_cmia": False} if "CA" in states and not fits_california(terms) else {}
    return said


# --- who signed --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signer:
    """Somebody a record is about, by every name they go by."""

    id: UUID
    names: tuple[str, ...]
    born: date | None


@dataclass(frozen=True)
class Whose:
    """One person of all a record is about, for whom a paper is weighed. INVARIANT: nowhere else is it said whether the right person signed."""

    person: Signer
    among: tuple[Signer, ...]
    on: date

    def part(self, terms: Terms) -> Terms | None:
        """Return the paper with the signatures that are this person's, or whoever's decides for them; None where none is.

        In a record of several, a client's signature is theirs whose name alone it is; of whoever decides for somebody it counts for the one who was the
        only minor on its day, and still is one. Whose birth nobody knows may have been one, save whoever signed for another.
        """
        if len(self.among) == 1:
            return terms
        mine = tuple(one for one in terms.signatures if self._signed(*one, terms.signed))
        return replace(terms, signed_by=mine[0][0], signer=mine[0][1], also=mine[1:]) if mine else None

    def _signed(self, kind: str, name: str, day: date) -> bool:
        named = [one.id for one in self.among if any(same_name(name, known) for known in one.names)]
        if kind == "client":
            return named == [self.person.id]
        born = self.person.born
        minors = [one.id for one in self.among if (not adult(one.born, day) if one.born else one.id not in named)]
        return born is not None and not adult(born, self.on) and minors == [self.person.id]

    def right(self, terms: Terms) -> bool | None:
        """Tell whether the right person signed an authorization, where that is plain: an adult for themself. None: it is weighed, or asked."""
        if self._outgrown(terms):
            return False
        born = self.person.born
        return (terms.signed_as == ["client"] and born is not None and adult(born, terms.signed)) or None

    def consents(self, terms: Terms) -> bool | None:
        """Tell the same of a Part 2 consent, where a minor signs together with whoever decides for them (42 CFR 2.14(b)(1), 2.31(a)(8))."""
        born = self.person.born
        both = "client" in terms.signed_as and bool({"parent", "guardian"} & set(terms.signed_as))
        return (both and born is not None and not adult(born, self.on)) or self.right(terms)

    def _outgrown(self, terms: Terms) -> bool:
        """Tell whether a minor signed it, or a parent or guardian for one, who is grown up since: it opens nothing more, and the client can sign anew."""
        born = self.person.born
        since = born is not None and not adult(born, terms.signed) and adult(born, self.on)
        return since and set(terms.signed_as) <= {"client", "parent", "guardian"}


def adult(born: date, on: date) -> bool:
    """Tell whether somebody born then is grown up on a day."""
    return age(born, on) >= ADULT


def age(born: date, on: date) -> int:
    """Return how old somebody born then is on a day, in whole years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same, however they are spaced, written large or accented."""
    try:
        return bool(one.strip()) and normal_name(one) == normal_name(other)
    except CannotSeal:
        return False
