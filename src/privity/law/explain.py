"""A decision in words and data: why, how much, what to do and by when, what to ask, what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from .assumptions import assumptions
from .book import ENGINE
from .combine import STRICTEST
from .deadlines import due_at
from .expression import ALWAYS, Bare, Compare, Many, Node, Not, kleene
from .facts import FALSE, TRUE, UNKNOWN, Fact
from .plan import plan_for
from .replay import Data, canonical, sealed
from .rules import AGAINST, Duty, Rule

if TYPE_CHECKING:
    from .decide import Decision, Part

MUCH = ("whole", "minimum_necessary")
CONSENTS = ("get_authorization", "get_consent", "get_order", "get_written_request")
ANSWER = (
    *("outcome", "parts", "how_much", "because", "considered", "duties", "privilege", "ask", "possible", "meanwhile", "assumptions"),
    *("can_do", "rests_on", "precedence", "book", "engine", "on", "places", "question", "assume"),
)
NOTHING_PERMITS = "No law in the book permits this telling, and what no law permits stays private"


def decision_dict(decision: Decision, *, change: bool = False) -> Data:
    """Return the JSON form of a decision (DESIGN section 2). `change` adds the acts that would change the answer.

    The duties take in what a mandate demands towards others than the one the question names.
    """
    parts = decision.parts
    own: Data = {
        "outcome": decision.outcome,
        "parts": [part_dict(part) for part in parts],
        "how_much": how_much(parts),
        "duties": duties([*parts, *elsewhere(decision)]),
        "ask": asked(decision),
        "can_do": can_do(decision) if change else [],
    }
    return sealed(answer(decision, own), "decide")


def answer(decision: Decision, own: Data) -> Data:
    """Return what a decision or advice says of `own`, with what both say alike, in the order of an answer."""
    said = {**own, **_grounds(decision)}
    return {key: said[key] for key in ANSWER if key in said}


def _grounds(decision: Decision) -> Data:
    parts = decision.parts
    rules = _united(rule for part in parts for rule in part.deciding)
    return {
        "because": because(parts),
        "considered": considered(parts),
        "privilege": privileges(parts),
        "possible": possible(parts),
        "meanwhile": meanwhile(parts),
        "assumptions": assumptions(decision),
        "rests_on": rests_on(rules),
        "precedence": precedence(decision),
        "book": decision.book.hash,
        "engine": ENGINE,
        "on": decision.question.on.isoformat(),
        "places": {role: list(states) for role, states in decision.question.places.items()},
        "question": decision.question.to_dict(),
        "assume": decision.assume,
    }


def short_dict(decision: Decision) -> Data:
    """Return outcome, reasons, duties and questions alone, each as the whole form has them: what the cases of the law look at."""
    parts = decision.parts
    return {
        "outcome": decision.outcome,
        "because": because(parts),
        "duties": duties([*parts, *elsewhere(decision)]),
        "ask": asked(decision),
        "possible": possible(parts),
    }


def because(parts: Iterable[Part]) -> list[Data]:
    """Return the rules that decide, or that nothing permits."""
    parts = list(parts)
    return [reason(rule) for rule in _united(rule for part in parts for rule in part.deciding)] or _no_reason(parts)


def possible(parts: Iterable[Part]) -> list[str]:
    """Return the outcomes that are open in the parts that are."""
    return sorted(frozenset().union(*(part.possible for part in parts if part.outcome == "unknown")))


def part_dict(part: Part) -> Data:
    """Return one part: whose, which item, outcome, how much, and the ids of the rules that decide."""
    return {
        "about": part.of.about,
        "item": part.of.item,
        "information": part.of.information,
        "outcome": part.outcome,
        "how_much": how_much([part]),
        "because": [rule.id for rule in part.deciding],
        "possible": sorted(part.possible) if part.outcome == "unknown" else [],
    }


def reason(rule: Rule) -> Data:
    """Return one reason: the rule, its citation, its sentence, and how well its text is known."""
    return {
        "id": rule.id, "law": rule.law, "cite": rule.cite, "says": rule.says, "plain": rule.plain, "reading": rule.reading,
        "checked": {"on": rule.checked.on.isoformat(), "against": rule.checked.against, "source": rule.checked.source},
    }  # fmt: skip


def _united(rules: Iterable[Rule]) -> list[Rule]:
    return list({rule.id: rule for rule in rules}.values())


def _no_reason(parts: Iterable[Part]) -> list[Data]:
    if not any(part.outcome == "prohibited" for part in parts):
        return []
    return [{
        "id": "engine.nothing_permits", "law": "", "cite": "", "says": "prohibited", "plain": NOTHING_PERMITS, "reading": "",
        "checked": {"on": "", "against": "memory", "source": ""},
    }]  # fmt: skip


def rests_on(rules: Iterable[Rule]) -> str:
    """Return the weakest ground among deciding rules; memory where none is there."""
    marks = [AGAINST.index(rule.checked.against) for rule in rules]
    return AGAINST[max(marks)] if marks else "memory"


def how_much(parts: Iterable[Part]) -> Data | None:
    """Return the limit on what may be told: within one law the widest ground that opens it, across laws what all allow."""
    limits: list[tuple[str | tuple[str, ...], str]] = []
    for part in parts:
        if part.outcome not in ("required", "permitted", "with_authorization"):
            continue
        own_rules = shrinks(part)
        by_law: dict[str, list[Rule]] = {}
        for rule in part.deciding:
            by_law.setdefault(rule.law, []).append(rule)
        for rules in by_law.values():
            # What the law says of the outcome itself counts before what its other paragraphs would open.
            own = [r for r in rules if r.says == part.outcome and r.how_much] or [r for r in rules if r.how_much]
            if own:
                widest = min(own, key=lambda r: _narrowness(r.how_much))
                limits.append((widest.how_much, widest.cite))
        limits += [(r.how_much, r.cite) for r in part.living if r.says == "silent" and r.how_much and (own_rules or not r.is_policy)]
    limits = [(much, cite) for much, cite in limits if much]
    if not limits:
        return None
    lists = [much for much, _ in limits if isinstance(much, tuple)]
    narrowest = max(_narrowness(much) for much, _ in limits)
    cites = list(dict.fromkeys(cite for much, cite in limits if _narrowness(much) == narrowest))
    if not lists:
        return {"limit": MUCH[narrowest - 1], "only": [], "cite": cites}
    common = [word for word in lists[0] if all(word in other for other in lists[1:])]
    each = [{"only": list(much), "cite": cite} for much, cite in dict.fromkeys(limits) if isinstance(much, tuple)]
    return {"limit": "only", "only": common, "cite": cites, **({"each": each} if len({tuple(sorted(one)) for one in lists}) > 1 else {})}


def shrinks(part: Part) -> bool:
    """Tell whether a practice's own rule may shrink or delay a part: never what law requires or what the client may have."""
    return part.outcome != "required" and part.plan.axis != "access"


def _narrowness(much: str | tuple[str, ...]) -> int:
    return 3 if isinstance(much, tuple) else (MUCH.index(much) + 1 if much in MUCH else 0)


def value_reader(part: Part) -> Callable[[str], object]:
    """Return a function that gives a fact's three-valued or typed value in a part, definitions worked out."""

    def value_of(name: str) -> object:
        if name == "law.compels":
            return TRUE if any(r.says == "required" and r.id in part.plan.mandates for r in part.living) else FALSE
        if name == "purpose":
            return part.of.purpose
        return part.plan.value_of(part.values, part.strict, name)

    return value_of


# --- duties -------------------------------------------------------------------------------------------------


def duties(parts: Iterable[Part]) -> list[Data]:
    """Return what is owed, united over parts, the earliest first; duties that hang on an open fact name it."""
    found: dict[str, Data] = {}
    for part in parts:
        aside = part.of.aside
        telling = part.outcome in ("required", "permitted", "with_authorization", "unknown", "conflict")
        value_of = value_reader(part)
        for rule, life in zip(part.plan.rules, part.lives, strict=True):
            if life == FALSE or not rule.must or (life == UNKNOWN and not may_bind(part, rule)):
                continue
            cone = part.plan.cone(rule.id) if life == UNKNOWN else ()  # what can still withdraw the rule counts as well
            open_ = sorted({name for below in cone for name in _unknown_facts(part, part.plan.conditions[below], value_of)})
            if aside and rule.says != "required":
                continue
            for duty in rule.must:
                if duty.timing and (aside or not telling):
                    continue
                if rule.is_policy and duty.do in CONSENTS and not shrinks(part):
                    continue
                row = duty_dict(part, duty, rule, open_, value_of)
                if row is not None and rule.says == "required" and part.outcome in STRICTEST:
                    row = closed(row, part)
                if row is not None:
                    found.setdefault(canonical({k: v for k, v in row.items() if k not in ("rule", "cite")}), row)
    return sorted(found.values(), key=_urgency)


def elsewhere(decision: Decision) -> list[Part]:
    """Return what would be answered for those whom a mandate of the same purpose names, where the question names somebody else.

    Who asks whether the county may be told must still hear that the police have to be.
    """
    from .decide import judge

    book = decision.book
    found = []
    for part in decision.parts:
        of = part.of
        if of.purpose not in book.groups.get("OWED_WHOEVER_ASKS", ()) or of.recipient is None:
            continue
        anyone = plan_for(book, of.footing, of.purpose, None, of.information, of.role)
        here = {rule.id for rule in part.plan.rules}
        named = {min(rule.to) for rule in anyone.rules if rule.says == "required" and rule.to and rule.id not in here}
        for kind in sorted(named):
            values = {**part.values, "recipient.kind": kind}
            plan = plan_for(book, of.footing, of.purpose, kind, of.information, of.role)
            found.append(judge(plan, replace(of, recipient=kind, values=values, aside=True), values, part.strict, budget=0))
    return found


def may_bind(part: Part, rule: Rule) -> bool:
    """Tell whether the duties of a rule that only may live are listed: with what they turn on.

    A mandate's always are. Another rule's are where nothing of its law certainly speaks to a settled answer, as HIPAA's while nobody said
    whether HIPAA covers the practice; where something does, the duties of its other paragraphs would be noise.
    """
    if rule.says == "required" or rule in part.either:
        return True
    if part.outcome == "unknown":
        return False
    return not any(other.law == rule.law and (rule.says == "silent" or other.says != "silent") for other in part.living)


def closed(row: Data, part: Part) -> Data:
    """Return a mandate's duty that a stricter law closes: it stands, but may not be met in the way that was asked about."""
    cites = list(dict.fromkeys(rule.cite for rule in part.deciding if rule.says in STRICTEST))
    way = f"Only in a way {' and '.join(cites)} leaves open, such as with consent, an order, or without showing who the client is"
    plain = str(row["plain"] or "one of these")
    return {**row, "plain": f"{way}: {plain[:1].lower()}{plain[1:]}", "closed_by": cites}


def duty_dict(part: Part, duty: Duty, rule: Rule, open_: list[str], value_of: Callable[[str], object]) -> Data | None:
    """Return one duty as data, or None where its own condition fails."""
    holds = kleene(duty.when, value_of)
    if holds == FALSE:
        return None
    if holds == UNKNOWN:
        open_ = sorted({*open_, *_unknown_facts(part, duty.when, value_of)})
    inner = [duty_dict(part, d, rule, [], value_of) for d in duty.any_of]
    due: Data = {"words": duty.due.words, "at": None, "suggest": duty.due.suggest, "suggest_at": None}
    start = _moment_of(part, duty.due.from_)
    if start is not None and duty.due.within:
        due["at"] = due_at(start, duty.due.within).isoformat()
    if start is not None and duty.due.suggest:
        due["suggest_at"] = due_at(start, duty.due.suggest).isoformat()
    return {
        "do": duty.do or "any_of", "whom": duty.whom, "what": duty.what, "plain": duty.plain, "timing": duty.timing or None,
        "due": due, "cite": duty.cite, "rule": rule.id, "if": open_, "any_of": [row for row in inner if row is not None],
    }  # fmt: skip


def _moment_of(part: Part, name: str) -> date | datetime | None:
    """Return a clock's start with its time of day where the question gave one."""
    return part.of.moments.get(name)


def _urgency(row: Data) -> tuple[int, str, int, str, str]:
    due = row["due"]
    assert isinstance(due, dict)
    at = str(due["at"] or "9999")
    timing = {"before": 0, None: 1, "after": 2}[row["timing"]]  # type: ignore[index]
    return (bool(row["if"]), at, timing, str(row["do"]), str(row["cite"]))


def _unknown_facts(part: Part, node: Node, value_of: Callable[[str], object]) -> list[str]:
    return sorted(n for n in part.plan.leaf_facts(node, part.strict) if value_of(n) in (None, UNKNOWN))


# --- what was tried, what to ask, what would change it ------------------------------------------------------


def considered(parts: Iterable[Part]) -> list[Data]:
    """Return the rules that were tried and stopped, each with the facts that stopped it or the exception that did."""
    found: dict[str, Data] = {}
    for part in parts:
        value_of = value_reader(part)
        living = {rule.id for rule in part.living}
        for rule, life in zip(part.plan.rules, part.lives, strict=True):
            if life != FALSE or rule.id in found:
                continue
            by = [name for name in part.plan.withdrawers[rule.id] if name in living]
            stopped = [] if by else sorted(set(_stoppers(part.plan.conditions[rule.id], value_of)))
            found[rule.id] = {"id": rule.id, "cite": rule.cite, "says": rule.says, "plain": rule.plain, "stopped_by": stopped, "withdrawn_by": by}  # fmt: skip
    return sorted(found.values(), key=lambda row: str(row["id"]))


def _stoppers(node: Node, value_of: Callable[[str], object]) -> list[str]:
    """Return the facts that make a false tree false."""
    if isinstance(node, (Bare, Compare)):
        return [node.fact]
    if isinstance(node, Not):
        return _supporters(node.of, value_of)
    if isinstance(node, Many):
        false = [p for p in node.parts if kleene(p, value_of) == FALSE]
        chosen = false[:1] if node.op == "and" else false
        return [name for part in chosen for name in _stoppers(part, value_of)]
    return []


def _supporters(node: Node, value_of: Callable[[str], object]) -> list[str]:
    """Return the facts that make a true tree true."""
    if isinstance(node, (Bare, Compare)):
        return [node.fact]
    if isinstance(node, Not):
        return _stoppers(node.of, value_of)
    if isinstance(node, Many):
        true = [p for p in node.parts if kleene(p, value_of) == TRUE]
        chosen = true[:1] if node.op == "or" else true
        return [name for part in chosen for name in _supporters(part, value_of)]
    return []


def asked(decision: Decision) -> list[Data]:
    """Return the facts that would settle the open parts, best question first."""
    names: dict[str, None] = {}
    for part in decision.parts:
        if part.outcome == "unknown" and part.explored is not None:
            names.update(dict.fromkeys(part.explored.facts))
    return [fact_dict(decision.book.facts[name]) for name in names]


def fact_dict(fact: Fact) -> Data:
    """Return a fact as it is asked."""
    return {
        "fact": fact.name, "question": fact.ask, "help": fact.help, "who": list(fact.who), "judgment": fact.judgment,
        "is": fact.is_, "of": list(fact.of),
    }  # fmt: skip


def meanwhile(parts: Iterable[Part]) -> list[Data]:
    """Return what no law forbids now, while an answer is open."""
    found: dict[str, Data] = {}
    for part in parts:
        if part.outcome == "unknown":
            value_of = value_reader(part)
            for row in part.plan.meanwhile:
                if kleene(row.when, value_of) != FALSE:
                    found.setdefault(row.id, {"id": row.id, "cite": row.cite, "plain": row.plain})
    return list(found.values())


def privileges(parts: Iterable[Part]) -> list[Data]:
    """Return the courtroom privileges that bear on the purpose, with the exceptions that apply or may apply."""
    found: dict[str, Data] = {}
    for part in parts:
        value_of = value_reader(part)
        for row in part.plan.privileges:
            if row.id in found or kleene(row.when, value_of) == FALSE:
                continue
            exceptions = [
                {"id": e.id, "cite": e.cite, "plain": e.plain, "applies": "yes" if e.when != ALWAYS and kleene(e.when, value_of) == TRUE else "perhaps"}
                for e in row.exceptions
                if kleene(e.when, value_of) != FALSE
            ]
            found[row.id] = {
                "id": row.id, "law": row.law, "cite": row.cite, "plain": row.plain, "holder": row.holder,
                "waived_by": row.waived_by, "exceptions": exceptions,
                "checked": {"on": row.checked.on.isoformat(), "against": row.checked.against, "source": row.checked.source},
            }  # fmt: skip
    return list(found.values())


def precedence(decision: Decision) -> list[Data]:
    """Return the cited rules on which law governed: what settled a clash, and the rule of the axis."""
    used = {name for part in decision.parts for name in part.settled.precedence}
    axes = {part.plan.axis or part.plan.axis_for(part.values) for part in decision.parts} - {""}
    if decision.question.facts and any(_about_minor(part) for part in decision.parts):
        axes.add("minors")
    rows = [p for p in decision.book.precedence if p.id in used or p.axis in axes]
    out: list[Data] = [{"id": p.id, "cite": p.cite, "plain": p.plain, "governs": p.governs or p.restricts or p.mandate} for p in rows]
    if any(part.settled.policy_overruled or (not shrinks(part) and _policy_held_back(part)) for part in decision.parts):
        out.append({"id": "engine.policy", "cite": "", "plain": "Your policy says otherwise; the law governs", "governs": "law"})
    return out


def _policy_held_back(part: Part) -> bool:
    return any(rule.is_policy and (rule.how_much or any(duty.do in CONSENTS for duty in rule.must)) for rule in part.living)


def _about_minor(part: Part) -> bool:
    age = part.values.get("client.age")
    adult = part.values.get("client.adult")
    return adult == FALSE or (isinstance(age, (int, float)) and age < 18)


def can_do(decision: Decision) -> list[Data]:
    """Return the acts that would change the answer, with the answer they lead to."""
    from .decide import decide

    rank = ("prohibited", "conflict", "unknown", "in_part", "with_authorization", "permitted", "required")
    found: list[Data] = []
    acts = decision.book.words.get("acts")
    enough: list[set[object]] = []
    if not isinstance(acts, list) or decision.outcome in ("required", "permitted"):
        return found
    now = [p.outcome for p in decision.parts]
    for act in acts:
        if any(less <= set(map(str, act["sets"].items())) for less in enough):
            continue  # a smaller act does it already
        sets = {name: _typed(value) for name, value in act["sets"].items()}
        changed = decide(decision.book, decision.question.with_facts(sets), assume=decision.assume, budget=256)
        after = [p.outcome for p in changed.parts]
        better = any(rank.index(a) > rank.index(b) and a in ("permitted", "required") for a, b in zip(sorted(after), sorted(now), strict=False))
        if better and rank.index(changed.outcome) >= rank.index(decision.outcome):
            enough.append(set(map(str, act["sets"].items())))
            found.append({"act": act["act"], "plain": act["plain"], "cite": act.get("cite", ""), "outcome": changed.outcome})
    return found


def _typed(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
