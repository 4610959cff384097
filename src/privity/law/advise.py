"""advise: here is what I know; what must I do, what may I do, whom may I tell?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .book import Book
from .decide import Decision, Part, decide
from .explain import answer, duties, part_dict
from .plan import plan_for
from .question import Question
from .replay import Data, sealed

BUDGET = 32  # completions tried for one pair of purpose and recipient
TOLD = ("required", "conflict", "permitted")
ORDER = ("required", "conflict", "unknown", "permitted", "with_authorization", "prohibited")
# Which purposes come into question when facts of a kind are stated. Facts of the practice and the client raise none.
RAISED: dict[str, tuple[str, ...]] = {
    "threat": ("avert_threat", "report_firearm_threat", "emergency_hold", "treatment", "notify_family"),
    "protection": ("avert_threat", "report_firearm_threat"),
    "abuse": ("report_child_abuse", "report_adult_abuse", "report_injury"),
    "admission": ("identify_or_apprehend",),
    "process": ("legal_process", "law_enforcement_request"),
    "breach": ("breach_notice",),
    "access": ("client_access",),
    "minor": ("consent_to_care", "client_access", "involve_family"),
    "parent": ("consent_to_care", "client_access", "involve_family"),
    "payer": ("payment",),
    "research": ("research",),
    "deidentified": ("consultation", "research", "publication"),
}
OTHERWISE = ("treatment", "payment", "operations", "supervision", "consultation", "involve_family", "client_access", "emergency_treatment")


@dataclass(frozen=True, eq=False)
class Advice:
    """What follows from what is known, for every recipient and purpose that it raises."""

    book: Book
    question: Question
    parts: tuple[tuple[str, str, Part], ...]
    assume: bool

    def to_dict(self) -> Data:
        """Return the advice in the form of a decision, with purpose and recipient in each part, and no single outcome."""
        parts = [part for _, _, part in self.parts]
        told = [part if part.outcome in TOLD else replace(part, of=replace(part.of, aside=True)) for part in parts]
        rows = [{"purpose": p, "recipient": r, **part_dict(part)} for p, r, part in self.parts]
        # How much may go differs from part to part; each says its own.
        asked = self._asked([part for part in parts if part.outcome == "unknown"])
        own: Data = {"parts": rows, "how_much": None, "duties": duties(told), "ask": asked, "can_do": []}
        return sealed(answer(Decision(self.book, self.question, "", tuple(parts), self.assume), own), "advise")

    def _asked(self, parts: list[Part]) -> list[Data]:
        from .explain import fact_dict
        from .explore import open_facts

        weight: dict[str, int] = {}
        for part in parts:
            gain = 10 if "required" in part.possible else 1
            for place, name in enumerate(open_facts(part.plan, part.values, part.lives)[:6]):
                if name not in ("purpose", "recipient.kind"):
                    weight[name] = weight.get(name, 0) + gain * (6 - place)
        names = sorted(weight, key=lambda name: -weight[name])
        return [fact_dict(self.book.facts[name]) for name in names[:12]]


def purposes_of(book: Book, question: Question) -> tuple[str, ...]:
    """Return the purposes that what is known brings into question."""
    prepared = question.prepared(book)
    given = prepared.facts.get("purpose")
    if isinstance(given, str):
        return (given,)
    found: dict[str, None] = {}
    for name, value in prepared.facts.items():
        if value is not None:
            found.update(dict.fromkeys(RAISED.get(name.split(".")[0], ())))
    return tuple(found) or OTHERWISE


def advise(book: Book, question: Question, *, assume: bool = True) -> Advice:
    """Return what must and may be done, tried for every kind of recipient and every purpose the facts raise.

    Raises BadQuestion. A recipient or purpose that is given narrows what is tried. Each pair is answered as `decide` answers it.
    """
    prepared = question.prepared(book)
    recipient = prepared.facts.get("recipient.kind")
    recipients = (str(recipient),) if recipient else book.facts["recipient.kind"].of
    found: list[tuple[str, str, Part]] = []
    for purpose in purposes_of(book, question):
        if purpose in book.groups["NO_TELLING"]:
            kinds = recipients if recipient else ("client",)
        else:
            named = _named(plan_for(book, prepared.footing, purpose, None, None, "client").rules)
            kinds = recipients if recipient else tuple(kind for kind in recipients if kind in named)
        for kind in kinds:
            tried = decide(book, question.with_facts({"purpose": purpose, "recipient.kind": kind}), assume=assume, budget=BUDGET)
            found += [(purpose, kind, part) for part in tried.parts if part.outcome != "prohibited" or recipient]
    found.sort(key=lambda row: (ORDER.index(row[2].outcome), row[0], row[1]))
    return Advice(book, question, tuple(found), assume)


def _named(rules: tuple[object, ...]) -> frozenset[str]:
    """Return the recipients that some rule which opens or requires names."""
    kinds: set[str] = set()
    for rule in rules:
        says, to = getattr(rule, "says", ""), getattr(rule, "to", None)
        if says in ("required", "permitted") and to:
            kinds |= to
    return frozenset(kinds)


__all__ = ["Advice", "advise", "purposes_of"]
