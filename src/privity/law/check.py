"""Looking over the whole library: what no case proves, what nobody uses, what cannot happen, what asks too much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .book import Book
from .cases import case_files, question_of
from .decide import decide
from .explore import explore
from .expression import Node, atoms_of, facts_of, kleene, many
from .facts import FALSE, TRUE, BadQuestion, Fact
from .plan import representatives
from .question import Question
from .reading import Lined, load

PROFILE: Mapping[str, object] = {
    "practice.hipaa_covered": True, "practice.part2_program": False, "practice.setting": "private_practice",
    "practice.licensed_facility": False, "provider.profession": "psychologist", "provider.treats_client": True,
}  # fmt: skip
MOST_QUESTIONS = 12


@dataclass
class Findings:
    """What a look over the library found."""

    undecided: list[str] = field(default_factory=list)  # rules no case makes live
    unused: list[str] = field(default_factory=list)  # facts no rule reads
    impossible: list[str] = field(default_factory=list)  # rules and exceptions whose condition cannot be met
    contradictions: list[str] = field(default_factory=list)  # two exceptions of one rule that can both live and disagree
    longest: list[tuple[int, str, str, str]] = field(default_factory=list)  # questions, place, purpose, recipient

    def failed(self) -> bool:
        """Tell whether anything found is an error rather than a note."""
        too_long = [row for row in self.longest if row[0] > MOST_QUESTIONS]
        return bool(self.undecided or self.impossible or self.contradictions or too_long)


def rules_cases_prove(book: Book, root: Path) -> set[str]:
    """Return the rules that live in at least one case, and bear there on outcome, exception or duty."""
    proved: set[str] = set()
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
                proved |= {rule.id for rule in part.living}
    return proved


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


def satisfiable(node: Node, facts: Mapping[str, Fact], budget: int = 2000) -> bool:
    """Tell whether some facts make a tree true. Gives up, and says yes, when the budget of tries is spent."""
    atoms: dict[str, list[object]] = {}
    for atom in atoms_of(node):
        atoms.setdefault(atom.fact, []).append(atom)
    choices = {name: representatives(facts[name], found) for name, found in atoms.items()}  # type: ignore[arg-type]
    left = [budget]

    def search(known: dict[str, object], names: list[str]) -> bool:
        left[0] -= 1
        value = kleene(node, lambda name: known.get(name, 1 if facts[name].kind == "yes_no" else None))
        if value == TRUE or left[0] <= 0:
            return True
        if value == FALSE or not names:
            return False
        return any(search({**known, names[0]: choice}, names[1:]) for choice in choices[names[0]])

    return search({}, sorted(choices))


def conditions_of(book: Book, rule_id: str) -> Node:
    """Return a rule's own terms with its parents', without its index."""
    rule = book.rules[rule_id]
    return many("and", [rule.when, *([conditions_of(book, rule.parent)] if rule.parent else [])])


def disagreeing(book: Book) -> Iterator[str]:
    """Yield pairs of exceptions of one rule, one opening and one forbidding, that can live together."""
    children: dict[str, list[str]] = {}
    for rule in book.rules.values():
        if rule.parent:
            children.setdefault(rule.parent, []).append(rule.id)
    for ids in children.values():
        opening = [i for i in ids if book.rules[i].says in ("permitted", "required")]
        closing = [i for i in ids if book.rules[i].says == "prohibited"]
        for a in opening:
            for b in closing:
                if a in book.rules[b].excepts or b in book.rules[a].excepts or not _overlap(book, a, b):
                    continue
                if satisfiable(many("and", [conditions_of(book, a), conditions_of(book, b)]), book.facts):
                    yield f"{a} and {b}"


def _overlap(book: Book, a: str, b: str) -> bool:
    one, two = book.rules[a], book.rules[b]
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
                facts = {**PROFILE, "purpose": purpose, "recipient.kind": recipient, "client.age": 40}
                question = Question.from_dict({"on": on, "places": [place], "facts": facts})
                count, asked = longest_dialogue(book, question)
                yield count, place, purpose, recipient, asked


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
    proved = rules_cases_prove(book, root)
    found.undecided = sorted(set(book.rules) - proved)
    used = used_facts(book)
    found.unused = sorted(name for name in book.facts if name not in used)
    found.impossible = sorted(i for i in book.rules if not satisfiable(conditions_of(book, i), book.facts))
    found.contradictions = sorted(disagreeing(book))
    if talk:
        rows = [row[:4] for row in dialogues(book, on, book.states)]
        found.longest = sorted(rows, reverse=True)
    return found


__all__ = ["Findings", "dialogues", "explore", "look_over"]
