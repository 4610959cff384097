"""Looking over the whole library: what no case proves, what nobody uses, what cannot happen, what asks too much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .book import Book, together
from .cases import case_files, question_of
from .combine import governs
from .decide import Part, decide
from .explain import duties, how_much
from .explore import explore
from .expression import Bare, Compare, Node, atoms_of, facts_of, fold, kleene, many, negate
from .facts import FALSE, NOT, TRUE, UNKNOWN, BadQuestion, Fact
from .plan import COMPELS, representatives
from .question import Question
from .reading import Lined, load
from .rules import Rule, Section, Version

PROFILE: Mapping[str, object] = {
    "practice.hipaa_covered": True, "practice.part2_program": False, "practice.setting": "private_practice",
    "practice.licensed_facility": False, "provider.profession": "psychologist", "provider.treats_client": True,
}  # fmt: skip
MOST_QUESTIONS = 12
Placed = tuple[Section, Version, Rule]
AGES = (40, 15, 9)  # a grown client, one old enough to consent to some care, and a child
COMPELS_OPEN = UNKNOWN
CONTRARY = (("client.agrees", "client.objects"),)  # the reader takes the one from the other; nobody means both


@dataclass
class Findings:
    """What a look over the library found."""

    undecided: list[str] = field(default_factory=list)  # rules no case makes live
    indecisive: list[str] = field(default_factory=list)  # rules that live in cases, and whose absence would change the answer of none
    unused: list[str] = field(default_factory=list)  # facts no rule reads
    impossible: list[str] = field(default_factory=list)  # rules and exceptions, of every version, that can never live
    contradictions: list[str] = field(default_factory=list)  # two rules of one section that can both live, disagree, and nothing settles it
    between_sections: list[str] = field(default_factory=list)  # the same between sections of one law: a `conflict`, for counsel
    longest: list[tuple[int, str, str, str]] = field(default_factory=list)  # questions, place and age, purpose, recipient

    def failed(self) -> bool:
        """Tell whether anything found is an error rather than a note."""
        too_long = [row for row in self.longest if row[0] > MOST_QUESTIONS]
        return bool(self.undecided or self.impossible or self.contradictions or too_long)


def rules_cases_prove(book: Book, root: Path) -> tuple[set[str], set[str]]:
    """Return the rules that live in at least one case, and those that are decisive in one: without them its answer would be another."""
    live: set[str] = set()
    decisive: set[str] = set()
    for path in case_files(root):
        top = load(path.read_text("utf-8"), path.name)
        if not isinstance(top, Lined):
            continue
        for row in top.get("cases") or []:  # type: ignore[attr-defined]
            try:
                only = row.get("only", top.get("only"))
                decision = decide(book.only(str(only)) if only else book, question_of(path, top, row), budget=0)
            except BadQuestion:
                continue
            for part in decision.parts:
                live |= {rule.id for rule in part.living}
                decisive |= {rule.id for rule in part.living if rule.id not in decisive and is_decisive(part, rule)}
    return live, decisive


def is_decisive(part: Part, rule: Rule) -> bool:
    """Tell whether the answer would be another without a living rule: its outcome, its ground, its limit or what it asks to be done."""
    if rule in part.deciding:
        return True
    without = _without(part, rule.id)
    return (part.possible, how_much([part]), duties([part]), {r.id for r in part.deciding}) != (
        without.possible, how_much([without]), duties([without]), {r.id for r in without.deciding}
    )  # fmt: skip


def _without(part: Part, gone: str) -> Part:
    """Return the part as it would be if one of its rules never lived."""
    plan, memo = part.plan, {gone: FALSE}
    compels = [COMPELS_OPEN]

    def value_of(name: str) -> object:
        return compels[0] if name == COMPELS else plan.value_of(part.values, part.strict, name)

    def life(name: str) -> int:
        if name not in memo:
            memo[name] = kleene(plan.conditions[name], value_of) & NOT[_any(life(other) for other in plan.withdrawers[name])]
        return memo[name]

    mandates = [life(name) for name in sorted(plan.mandates)]
    compels[0] = _any(mandates)
    lives = tuple(life(rule.id) for rule in plan.rules)
    flags = tuple(_any(lives[n] for n, r in enumerate(plan.rules) if (r.says, r.law) == effect) for effect in plan.effects)
    outcomes = plan.outcomes(flags, part.values)
    outcome = next(iter(outcomes)) if len(outcomes) == 1 else "unknown"
    return Part(part.of, plan, part.values, part.strict, flags, lives, outcome, outcomes, None)


def _any(lives: Iterable[int]) -> int:
    result = FALSE
    for life in lives:
        result |= life
    return result


def used_facts(book: Book) -> set[str]:
    """Return the facts that some rule, definition, duty, privilege or clock reads."""
    used = {"purpose", "recipient.kind", "information", "client.born", "client.died", "subject.role", "law.compels", "item.day"}
    for section in book.sections:
        used.add(section.clock)
        for version in section.versions:
            for rule in version.rules:
                used |= set(facts_of(rule.when))
                for duty in [d for top in rule.must for d in (top, *top.any_of)]:
                    used |= {*facts_of(duty.when), duty.due.from_}
            for definition in version.definitions:
                used |= {definition.defines, *facts_of(definition.means)}
            for meanwhile in version.meanwhile:
                used |= set(facts_of(meanwhile.when))
            for privilege in version.privileges:
                used |= set(facts_of(privilege.when)) | {name for e in privilege.exceptions for name in facts_of(e.when)}
    return used


def satisfiable(node: Node, facts: Mapping[str, Fact], budget: int = 2000, *, given_up: bool = True) -> bool:
    """Tell whether some facts make a tree true. Gives up, and says `given_up`, when the budget of tries is spent."""
    atoms: dict[str, list[object]] = {}
    for atom in atoms_of(node):
        atoms.setdefault(atom.fact, []).append(atom)
    choices = {name: representatives(facts[name], found) for name, found in atoms.items()}  # type: ignore[arg-type]
    left = [budget]

    def search(known: dict[str, object], names: list[str]) -> bool:
        left[0] -= 1
        value = kleene(node, lambda name: known.get(name, 1 if facts[name].kind == "yes_no" else None))
        if value == TRUE:
            return True
        if left[0] <= 0:
            return given_up
        if value == FALSE or not names:
            return False
        return any(search({**known, names[0]: choice}, names[1:]) for choice in choices[names[0]])

    return search({}, sorted(choices))


INDEXES = (("about", "purpose"), ("to", "recipient.kind"), ("of", "information"))


def conditions_of(version: Version, rule: Rule) -> Node:
    """Return a rule's own terms with its index, and those of its parents."""
    parts: list[Node] = [Compare(fact, "in", values) for name, fact in INDEXES if (values := getattr(rule, name)) is not None]
    parent = next((r for r in version.rules if r.id == rule.parent), None)
    return many("and", [*parts, rule.when, *([conditions_of(version, parent)] if parent else [])])


def unreachable(book: Book) -> Iterator[str]:
    """Yield rules of every version that can never live: terms and index that cannot be met, or exceptions that always take them back."""
    beside: dict[str, list[Placed]] = {}
    against: dict[str, list[Placed]] = {}
    for section in book.sections:
        for version in section.versions:
            for rule in version.rules:
                beside.setdefault(rule.id, []).append((section, version, rule))
                for target in (*rule.excepts, *([rule.parent] if rule.parent else [])):
                    against.setdefault(target, []).append((section, version, rule))
    for rows in beside.values():
        for section, version, rule in rows:
            name = rule.id if version is section.versions[0] else f"{rule.id} (until {version.until})"
            own = conditions_of(version, rule)
            if not satisfiable(own, book.facts):
                yield name
                continue
            targets = [row for target in rule.excepts for row in beside.get(target, ()) if together(section, version, row[0], row[1])]
            if rule.excepts and not any(satisfiable(many("and", [own, conditions_of(v, r)]), book.facts) for _, v, r in targets):
                yield f"{name}: nothing it excepts can be met beside it"
                continue
            # Only what always stands beside it can always take it back: children, and exceptions of the same section's version.
            backs = [r for s, v, r in against.get(rule.id, ()) if s is section and v is version and not any(row[1] is v for row in against.get(r.id, ()))]
            if backs and not satisfiable(many("and", [own, *(negate(conditions_of(version, r)) for r in backs)]), book.facts):
                yield f"{name}: its exceptions always take it back"


def disagreeing(book: Book) -> Iterator[tuple[bool, str]]:
    """Yield (in one section, pair) for rules of one law that can live together and that nothing settles: a mandate against a restriction, or siblings.

    Within one section that is a mistake of the writer; between sections it may be the law's own, and the answer is then `conflict`.

    A permission beside a restriction that neither excepts is no contradiction: the strictest wins, and that is how gates are written.
    """
    by_law: dict[str, list[Placed]] = {}
    against: dict[str, list[Placed]] = {}
    for section in book.sections:
        for version in section.versions:
            for rule in version.rules:
                by_law.setdefault(rule.law, []).append((section, version, rule))
                for target in (*rule.excepts, *([rule.parent] if rule.parent else [])):
                    against.setdefault(target, []).append((section, version, rule))
    for rows in by_law.values():
        for one in rows:
            if one[2].says not in ("required", "permitted"):
                continue
            for other in rows:
                if _clash(book, one, other) and _meet(book, one, other, against):
                    yield one[0] is other[0], f"{one[2].id} and {other[2].id}"


def _clash(book: Book, one: Placed, other: Placed) -> bool:
    """Tell whether two rules say what cannot both stand: a mandate and a restriction, or two children of one rule, one opening and one forbidding."""
    a, b = one[2], other[2]
    siblings = bool(a.parent) and a.parent == b.parent
    restricts = ("prohibited", "with_authorization") if a.says == "required" else ("prohibited",) if siblings else ()
    settled = any(governs(book.precedence, b.law, a.law))
    return b.says in restricts and not settled and together(one[0], one[1], other[0], other[1]) and _overlap(a, b) and a.attaches_to == b.attaches_to


def _meet(book: Book, one: Placed, other: Placed, against: Mapping[str, list[Placed]]) -> bool:
    """Tell whether two rules can live together: their terms met, no exception's, a mandate in force, and the client's own access aside."""
    tree = [conditions_of(one[1], one[2]), conditions_of(other[1], other[2])]
    for section, version, rule in (one, other):
        backs = [row for row in against.get(rule.id, ()) if together(section, version, row[0], row[1])]
        tree += [negate(conditions_of(v, r)) for _, v, r in backs]
    rights = book.groups.get("CLIENT_RIGHTS", frozenset()) | book.groups.get("NO_TELLING", frozenset())
    telling = [negate(Compare("purpose", "in", rights))] if rights else []
    compelled = one[2].says == "required" or other[2].says == "required"
    contrary = [negate(many("and", [Bare(a), Bare(b)])) for a, b in CONTRARY if a in book.facts and b in book.facts]
    whole = many("and", [*tree, *telling, *contrary])
    whole = fold(whole, {COMPELS: TRUE}) if compelled else whole
    return satisfiable(whole, book.facts, 4000, given_up=False)


def _overlap(one: Rule, two: Rule) -> bool:
    pairs = ((one.about, two.about), (one.to, two.to), (one.of, two.of))
    return all(x is None or y is None or x & y for x, y in pairs)


def longest_dialogue(book: Book, question: Question, most: int = 20, width: int = 4) -> tuple[int, list[str]]:
    """Return how many questions the most tedious course of answers takes, and which, following what `ask` names first."""
    frontier: list[tuple[list[str], Question]] = [([], question)]
    for count in range(most):
        following: list[tuple[int, list[str], Question]] = []
        for asked, current in frontier:
            part = next((p for p in decide(book, current, budget=64).parts if p.outcome == "unknown"), None)
            if part is None or part.explored is None or not part.explored.facts:
                continue
            name = part.explored.facts[0]
            for value in part.plan.classes[name]:
                changed = current.with_facts({name: plain_value(book.facts[name], value)})
                try:
                    open_ = decide(book, changed, budget=64)
                except BadQuestion:
                    continue
                left = sum(len(p.explored.facts) for p in open_.parts if p.explored is not None and p.outcome == "unknown")
                following.append((left, [*asked, name], changed))
        if not following:
            return count, max((asked for asked, _ in frontier), key=len, default=[])
        following.sort(key=lambda row: -row[0])
        frontier = [(asked, changed) for _, asked, changed in following[:width]]
    return most, frontier[0][0]


def plain_value(fact: Fact, value: object) -> object:
    """Return an engine value as a question writes it."""
    if fact.is_ == "yes_no":
        return value == TRUE
    if fact.name == "information":
        return [value]
    return sorted(value) if isinstance(value, frozenset) else value


def dialogues(book: Book, on: date, places: list[str]) -> Iterator[tuple[int, str, str, str, list[str]]]:
    """Yield (questions, place, purpose, recipient, facts) for every purpose and each recipient a rule names for it."""
    named = recipients_by_purpose(book)
    for place in places:
        for purpose in book.facts["purpose"].of:
            for recipient in sorted(named.get(purpose, {"anyone_else"})):
                for age in AGES:
                    facts = {**PROFILE, "purpose": purpose, "recipient.kind": recipient, "client.age": age}
                    question = Question.from_dict({"on": on, "places": [place], "facts": facts})
                    count, asked = longest_dialogue(book, question)
                    yield count, f"{place}, {age} years", purpose, recipient, asked


def recipients_by_purpose(book: Book) -> dict[str, set[str]]:
    """Return the recipients that rules with an effect name, by purpose."""
    named: dict[str, set[str]] = {}
    for rule in book.rules.values():
        for purpose in rule.about or ():
            if rule.to and rule.says in ("required", "permitted", "prohibited"):
                named.setdefault(purpose, set()).update(rule.to)
    return named


def look_over(book: Book, root: Path, on: date, *, talk: bool = True) -> Findings:
    """Return everything `privity law check` reports."""
    found = Findings()
    live, decisive = rules_cases_prove(book, root)
    found.undecided = sorted(set(book.rules) - live)
    found.indecisive = sorted((set(book.rules) & live) - decisive)
    used = used_facts(book)
    found.unused = sorted(name for name in book.facts if name not in used)
    found.impossible = sorted(unreachable(book))
    pairs = set(disagreeing(book))
    found.contradictions = sorted(pair for within, pair in pairs if within)
    found.between_sections = sorted(pair for within, pair in pairs if not within)
    if talk:
        rows = [row[:4] for row in dialogues(book, on, book.states)]
        found.longest = sorted(rows, reverse=True)
    return found


__all__ = ["Findings", "dialogues", "explore", "look_over"]
