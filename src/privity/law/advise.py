"""advise: here is what I know; what must I do, what may I do, whom may I tell?"""

from __future__ import annotations

from dataclasses import dataclass

from .book import ENGINE, Book
from .decide import Decision, Part, decide, judge
from .explain import Data, assumptions, considered, duties, meanwhile, part_dict, precedence, privileges, reason, rests_on
from .facts import FALSE, TRUE, UNKNOWN
from .plan import plan_for
from .question import PartOf, Question

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
        """Return the advice as plain data: the form of a decision, with purpose and recipient in each part."""
        parts = [part for _, _, part in self.parts]
        open_ = [part for part in parts if part.outcome == "unknown"]
        decision = Decision(self.book, self.question, "", tuple(parts), self.assume)
        rules = list({r.id: r for part in parts for r in part.deciding if part.outcome in ("required", "permitted")}.values())
        return {
            "parts": [{"purpose": p, "recipient": r, **part_dict(part)} for p, r, part in self.parts],
            "because": [reason(rule) for rule in rules],
            "considered": considered(parts[:1]),
            "duties": duties([part for part in parts if part.outcome in ("required", "conflict")]),
            "privilege": privileges(parts),
            "ask": self._asked(open_),
            "meanwhile": meanwhile(parts),
            "assumptions": assumptions(decision) if len(parts) <= 40 else [],
            "rests_on": rests_on(rules),
            "precedence": precedence(decision),
            "book": self.book.hash,
            "engine": ENGINE,
            "on": self.question.on.isoformat(),
            "places": {role: list(states) for role, states in self.question.places.items()},
            "question": self.question.to_dict(),
        }

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

    Raises BadQuestion. A recipient or purpose that is given narrows what is tried.
    """
    prepared = question.prepared(book)
    recipient = prepared.facts.get("recipient.kind")
    recipients = (str(recipient),) if recipient else book.facts["recipient.kind"].of
    found: list[tuple[str, str, Part]] = []
    matter = book.words.get("matter")
    for purpose in purposes_of(book, question):
        telling = purpose not in book.groups["NO_TELLING"]
        for of in prepared.parts:
            klass = of.information if telling else ""
            if "information" not in prepared.facts and not question.items and isinstance(matter, dict):
                klass = matter.get(purpose, klass)
            plan = plan_for(book, prepared, purpose, None, klass, of.role)
            named = _named(plan.rules)
            for kind in recipients if telling else (recipients if recipient else ("client",)):
                if not recipient and telling and kind not in named:
                    continue
                values = {**(of.presumed if assume else {}), **of.values, "recipient.kind": kind}
                here = PartOf(of.about, of.item, of.role, purpose, kind, klass, values, of.moments, of.presumed, asked_back=kind in book.asked_back.get(purpose, ()))
                strict: frozenset[str] = frozenset() if assume else frozenset(book.definitions)
                part = judge(plan, here, values, strict, budget=0)
                if part.outcome != "prohibited" or recipient:
                    found.append((purpose, kind, part))
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


__all__ = ["FALSE", "TRUE", "UNKNOWN", "Advice", "advise", "decide", "purposes_of"]
