"""What clients may ask for, as finished values: what was written down, its clock by the law's duties, and what comes next. Reads no clock, no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

ACCESS, AMENDMENT, RESTRICTION, CHANNEL, ACCOUNTING = "access", "amendment", "restriction", "channel", "accounting"
KINDS: Mapping[str, str] = {
    ACCESS: "See or get a copy of the record", AMENDMENT: "Correct the record", RESTRICTION: "Keep something from somebody",
    CHANNEL: "Be reached another way", ACCOUNTING: "A list of who was told",
}  # fmt: skip
CITES: Mapping[str, str] = {
    ACCESS: "45 CFR 164.524", AMENDMENT: "45 CFR 164.526", RESTRICTION: "45 CFR 164.522(a)", CHANNEL: "45 CFR 164.522(b)", ACCOUNTING: "45 CFR 164.528",
}  # fmt: skip
PURPOSES: Mapping[str, str] = {
    ACCESS: "client_access", AMENDMENT: "client_amendment", RESTRICTION: "client_restriction", CHANNEL: "confidential_channel",
    ACCOUNTING: "client_accounting",
}  # fmt: skip
OUTSIDE = "outside"  # a doctor, a lawyer, a school, another practice asks for the record: no right of the client's, and few clocks
OUTSIDE_WORDS = "Somebody outside asks for the record"
EXTENDED_ONCE = (ACCESS, AMENDMENT, ACCOUNTING)  # 164.524(b)(2)(ii), 164.526(b)(2)(ii), 164.528(c)(1)(ii)
ASKERS = ("client", "parent", "guardian", "personal_representative")
SUGGESTED_DAYS = 30  # where no law names a day: as long as access has


# --- what was written down -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What was asked, as somebody wrote it down. `person` is whose right it is or who asks, where that is somebody of the record."""

    kind: str
    received: date
    asker: str
    person: UUID | None
    name: str
    identity: str
    authority: str
    what: str
    in_writing: bool
    information: tuple[str, ...] = ()
    wants: str = ""  # access: look, copy or both
    form: str = ""  # access: paper, pdf, other
    form_words: str = ""
    third: str = ""  # access: the person named in writing to whom a copy goes
    third_kind: str = ""
    third_address: str = ""
    toward: tuple[str, ...] = ()  # restriction: from whom
    self_pay: bool = False
    visits: str = ""
    way: Mapping[str, Any] = field(default_factory=dict)  # channel: a contact as people.contact has it
    language: str = "en"
    why: str = ""  # outside: what they say it is for
    reason: str = ""  # outside: the purpose by the law's word
    by_when: str = ""  # outside: the day by which they want it; it binds nobody

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**self.__dict__, "received": self.received.isoformat(), "person": str(self.person) if self.person else None,
                "information": list(self.information), "toward": list(self.toward), "way": dict(self.way)}  # fmt: skip

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Said:
        """Return it from JSON."""
        person = UUID(raw["person"]) if raw["person"] else None
        lists = {name: tuple(raw[name]) for name in ("information", "toward")}
        return cls(**{**raw, **lists, "received": date.fromisoformat(raw["received"]), "person": person})

    @property
    def purpose(self) -> str:
        """The purpose by the law's word."""
        return "client_request" if self.third else self.reason or PURPOSES[self.kind]

    @property
    def called(self) -> str:
        """What kind of request it is, in words."""
        return OUTSIDE_WORDS if self.kind == OUTSIDE else KINDS[self.kind]

    @property
    def recipient(self) -> str:
        """Who would receive, by the law's word."""
        return self.third_kind if self.third else self.asker


@dataclass(frozen=True)
class Step:
    """One thing done about a request. `said` is what goes with it."""

    act: str
    at: datetime
    by: UUID
    on: date
    said: Mapping[str, Any] = field(default_factory=dict)


# --- the question for the law --------------------------------------------------------------------------------------


def asked(said: Said, *, extended: date | None = None, more: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the facts that the request itself states."""
    facts: dict[str, Any] = {"purpose": said.purpose, "recipient.kind": said.recipient, "request.received": said.received.isoformat()}
    if said.kind in (ACCESS, OUTSIDE):
        facts["information"] = list(said.information) or ["whole_chart"]
        facts["client.asks_in_writing"] = said.in_writing
    if said.kind == RESTRICTION:
        facts["restriction.paid_in_full"] = said.self_pay and "payer" in said.toward
    if said.asker == "personal_representative" and said.authority and not said.third:
        facts["recipient.is_personal_representative"] = True
    if extended:
        facts["request.extension_sent"] = extended.isoformat()
    return {**facts, **(more or {})}


def said_since(steps: Iterable[Step]) -> dict[str, Any]:
    """Return what was answered to the law's questions; the latest answer counts."""
    return {name: value for step in steps if step.act == "facts" for name, value in step.said["facts"].items()}


def extended_on(steps: Iterable[Step]) -> date | None:
    """Return the day the letter of extension went, if one did."""
    return next((step.on for step in steps if step.act == "extend"), None)


# --- the clock -----------------------------------------------------------------------------------------------------

DAYS = re.compile(r"(\d+) days?")
ANSWERS = frozenset({"give_access", "give_copy", "deny_in_writing", "amend", "give_list", "accommodate", "restrict", "inform_client"})
LETTER = "respond_in_writing"


@dataclass(frozen=True)
class Due:
    """One clock: the law's words and its computed day; or our suggestion, apart."""

    plain: str
    words: str
    cite: str
    rule: str
    on: date | None = None
    suggested: date | None = None
    suggestion: str = ""
    do: str = ""

    @property
    def day(self) -> date:
        """The day it is drawn at."""
        found = self.on or self.suggested
        assert found
        return found

    def left(self, today: date) -> int:
        """Days left; below zero it is late."""
        return (self.day - today).days


@dataclass(frozen=True)
class Clock:
    """All clocks of a request, the earliest first; the law's days go before what we suggest."""

    dues: tuple[Due, ...]

    @property
    def first(self) -> Due:
        """The one that counts: the earliest of the law's days; where no law names one, our suggestion."""
        return next((due for due in self.dues if due.on), self.dues[0])

    @property
    def next(self) -> Due:
        """The earliest of all, our suggestion among them: by it the list is sorted."""
        return self.dues[0]

    def late(self, today: date) -> bool:
        """Whether a day of the law has passed. Our own suggestion makes nobody late."""
        return self.first.on is not None and self.first.left(today) < 0


def clock(said: Said, duties: Iterable[Mapping[str, Any]]) -> Clock:
    """Return the clocks of a request from the law's duties."""
    counts = ANSWERS | {LETTER} if said.kind == OUTSIDE else ANSWERS
    rows = [row for row in duties if row["do"] in counts and (row["due"]["at"] or row["due"]["suggest"])]
    rows = [row for row in rows if not _other_wish(said, row, rows)]
    dues: dict[tuple[date, str], Due] = {}
    for row in rows:
        due = _due(said, row)
        if due and (due.day, due.rule.rpartition(".")[0]) not in dues:
            dues[due.day, due.rule.rpartition(".")[0]] = due
    found = sorted(dues.values(), key=lambda due: (due.day, due.on is None))
    if not found and said.kind == OUTSIDE:
        on = date.fromisoformat(said.by_when) if said.by_when else said.received + timedelta(SUGGESTED_DAYS)
        found = [Due("Answer whoever asks", "", "", "", None, on, "the day they named" if said.by_when else f"{SUGGESTED_DAYS} days")]
    if not found:
        on = said.received + timedelta(SUGGESTED_DAYS)
        found = [Due("Answer the request", "", CITES[said.kind], "", None, on, f"{SUGGESTED_DAYS} days")]
    return Clock(tuple(found))


REVIEW_DAYS = 10  # our suggestion; the rule says "within a reasonable period of time"


def review_clock(asked: date) -> Clock:
    """Return the clock of a second look: the rule names no day (164.524(d)(4))."""
    words = "promptly … within a reasonable period of time"
    on = asked + timedelta(REVIEW_DAYS)
    return Clock((Due("Have the refusal looked at again, and write to the client", words, "45 CFR 164.524(d)(4)", "", None, on, f"{REVIEW_DAYS} days"),))


def _due(said: Said, row: Mapping[str, Any]) -> Due | None:
    due = row["due"]
    if due["at"]:
        return Due(row["plain"], due["words"], row["cite"], row["rule"], date.fromisoformat(due["at"][:10]), do=row["do"])
    if days := DAYS.fullmatch(due["suggest"]):
        return Due(row["plain"], due["words"], row["cite"], row["rule"], None, said.received + timedelta(int(days[1])), due["suggest"], row["do"])
    return None


def _other_wish(said: Said, row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a rule that times looking and copies apart speaks here of the one that was not asked for."""
    other = {"copy": "give_access", "look": "give_copy"}.get(said.wants, "")
    pair = {"give_access": "give_copy", "give_copy": "give_access"}.get(row["do"], "")
    return row["do"] == other and any(one["rule"] == row["rule"] and one["do"] == pair and one["due"]["at"] for one in rows)


# --- grounds -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ground:
    """A ground for refusing: its paragraph, whether it can be looked at again, and the fact by which the law is asked whether it holds."""

    words: str
    cite: str
    reviewable: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    only: tuple[str, ...] = ()  # the classes it can be about; empty for any


NOTES = ("psychotherapy_notes", "sud_counseling_notes")
ACCESS_GROUNDS: Mapping[str, Ground] = {
    "notes": Ground("Psychotherapy notes, kept apart from the rest of the record, are outside the right of access", "45 CFR 164.524(a)(1)(i)", only=NOTES),
    "counsel": Ground("It was put together for a lawsuit or a hearing", "45 CFR 164.524(a)(1)(ii)", only=("for_counsel",)),
    "source": Ground(
        "Somebody else told it to us under a promise to keep it, and it would show who", "45 CFR 164.524(a)(2)(v)",
        facts={"access.reveals_confidential_source": True},
    ),
    "custody": Ground(
        "In a prison: a copy would put health, safety or custody there at risk", "45 CFR 164.524(a)(2)(ii)", facts={"access.would_endanger_custody": True},
    ),
    "research": Ground("Research with treatment is under way, and the client agreed to wait", "45 CFR 164.524(a)(2)(iii)",
    facts={"access.research_under_way": True}),
    "privacy_act": Ground("It is a federal agency’s record that the Privacy Act lets us refuse", "45 CFR 164.524(a)(2)(iv)",
    facts={"access.privacy_act_denies": True}),
    "danger": Ground(
        "A licensed professional judges that it would likely endanger somebody’s life or physical safety", "45 CFR 164.524(a)(3)(i)", True,
        {"access.would_endanger": True},
    ),
    "other": Ground(
        "It speaks of another person, and a licensed professional judges that it would likely do that person substantial harm", "45 CFR 164.524(a)(3)(ii)",
        True,
        {"access.would_harm_other": True},
    ),
    "representative": Ground(
        "Somebody asks in the client’s place, and a licensed professional judges that it would likely do the client or another substantial harm",
        "45 CFR 164.524(a)(3)(iii)", True, {"access.would_harm": True, "minor.parent_access_would_harm": True},
    ),
}  # fmt: skip
AMENDMENT_GROUNDS: Mapping[str, Ground] = {
    "accurate": Ground("It is accurate and complete", "45 CFR 164.526(a)(2)(iv)"),
    "not_ours": Ground("We did not make it, and who made it can still be asked", "45 CFR 164.526(a)(2)(i)"),
    "not_in_set": Ground("It is not part of the record we decide by", "45 CFR 164.526(a)(2)(ii)"),
    "not_open": Ground("It is not open to the client’s access, such as psychotherapy notes", "45 CFR 164.526(a)(2)(iii)"),
}
CHANNEL_GROUNDS: Mapping[str, Ground] = {
    "no_address": Ground("No other address or way was named", "45 CFR 164.522(b)(2)(ii)(B)"),
    "no_payment": Ground("It is not said how bills get paid", "45 CFR 164.522(b)(2)(ii)(A)"),
    "not_reasonable": Ground("We cannot do it in practice", "45 CFR 164.522(b)(1)(i)"),
}


# --- where it stands -----------------------------------------------------------------------------------------------

DECIDED = frozenset({"answer", "extend", "facts", "list", "rebuttal"})  # acts for whoever treats, or the privacy officer


@dataclass(frozen=True)
class Standing:
    """Where a request stands: its answer, its last day, and what may come next."""

    answer: str = ""
    ended: date | None = None
    next: tuple[str, ...] = ()
    reviewable: bool = False
    reviewer: str = ""
    at: Mapping[str, Step] = field(default_factory=dict)  # the latest step of each act


def standing(said: Said, steps: Sequence[Step]) -> Standing:
    """Return where a request stands after its steps."""
    at = {step.act: step for step in steps}
    if gone := at.get("withdraw"):
        return Standing("withdrawn", gone.on, (), at=at)
    if said.kind == OUTSIDE and "done" not in at:
        return Standing(next=("done",), at=at)
    if not {"answer", "list", "done"} & set(at):
        more = ("extend",) if said.kind in EXTENDED_ONCE and "extend" not in at else ()
        return Standing(next=("list" if said.kind == ACCOUNTING else "answer", *more, "withdraw"), at=at)
    if said.kind == OUTSIDE:
        return Standing("done", at["done"].on, at=at)
    if said.kind == ACCESS:
        return _access(at, [step.act for step in steps])
    return {AMENDMENT: _amendment, ACCOUNTING: _accounting}.get(said.kind, _at_once)(at)


def _last(order: Sequence[str], act: str) -> int:
    return max(n for n, one in enumerate(order) if one == act)


def _access(at: Mapping[str, Step], order: Sequence[str]) -> Standing:
    answer, handed, review = at["answer"], at.get("handed"), at.get("review")
    gave, reviewable = answer.said["gave"], bool(answer.said.get("reviewable"))
    reviewer = str(answer.said.get("reviewer", ""))
    gives = gave in ("whole", "part") or bool(review and review.said["found"] == "give")
    handed_after = handed if handed and (review is None or _last(order, "handed") > _last(order, "review")) else None
    open_review = reviewable and "review_ask" in at and review is None
    todo = (("packet", "handed") if gives and not handed_after else ()) + (("review",) if open_review else ())
    todo += ("review_ask",) if reviewable and "review_ask" not in at else ()
    if gives:
        return Standing(gave, None if open_review or not handed_after else handed_after.on, todo, reviewable, reviewer, at)
    return Standing(gave, None if open_review else (review or answer).on, todo, reviewable, reviewer, at)


def _amendment(at: Mapping[str, Step]) -> Standing:
    answer = at["answer"]
    if answer.said["gave"] == "whole":
        left = tuple(act for act in ("amended", "told") if act not in at)
        return Standing("whole", None if left else max(at["amended"].on, at["told"].on), left, at=at)
    after = ("rebuttal",) if "statement" in at and "rebuttal" not in at else ("statement",) if "statement" not in at else ()
    along = ("along",) if "along" not in at and "statement" not in at else ()
    return Standing("none", answer.on, after + along, at=at)


def _accounting(at: Mapping[str, Step]) -> Standing:
    handed = at.get("handed")
    return Standing("whole", handed.on if handed else None, () if handed else ("handed",), at=at)


def _at_once(at: Mapping[str, Step]) -> Standing:
    return Standing(at["answer"].said["gave"], at["answer"].on, (), at=at)


# --- what a copy may cost ------------------------------------------------------------------------------------------

FEE_CITE = "45 CFR 164.524(c)(4)"
CA_PAGE_CENTS, CA_FEE_CITE = 25, "Cal. Health & Safety Code 123110"


@dataclass(frozen=True)
class Fee:
    """What a copy costs, in cents: copying, supplies, postage, a summary agreed before. Searching costs nothing, ever."""

    labor: int = 0
    supplies: int = 0
    postage: int = 0
    summary: int = 0
    pages: int = 0

    @property
    def total(self) -> int:
        """The sum in cents."""
        return self.labor + self.supplies + self.postage + self.summary

    def as_dict(self) -> dict[str, int]:
        """Return it as JSON has it."""
        return dict(self.__dict__)


def too_much(fee: Fee, states: Iterable[str], *, on_paper: bool, agreed_summary: bool) -> tuple[str, str] | None:
    """Return why a fee may not be asked, and where that stands; None where it may."""
    if fee.summary and not agreed_summary:
        return "A summary may cost something only if the client agreed to it and to its price before.", "45 CFR 164.524(c)(2)(iii), (c)(4)(iv)"
    copying = fee.labor + fee.supplies
    if "CA" in states and on_paper and copying > fee.pages * CA_PAGE_CENTS:
        return f"In California a paper copy costs no more than 25 cents a page: ${fee.pages * CA_PAGE_CENTS / 100:.2f} for {fee.pages} pages.", CA_FEE_CITE
    return None
