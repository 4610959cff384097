"""A slow reference evaluator of the law-file format. It shares no code with the engine.

Written from docs/reference/law-files.md alone: it reads the YAML itself, knows only true and false, and tries every
completion of the facts that are not known. What it gives is the set of outcomes that are still possible.
"""

from __future__ import annotations

import ast
import functools
import itertools
import math
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

ROLES = ("client_now", "client_home", "clinician_licence", "practice", "court", "recipient")


@functools.cache
def tree_of(text: str) -> ast.expr:
    return ast.parse(" ".join(text.split()).replace(".as ", ".as_ "), mode="eval").body


@functools.cache
def words_of(text: str) -> frozenset[str]:
    return frozenset(word(node) for node in ast.walk(tree_of(text)) if isinstance(node, (ast.Name, ast.Attribute)))


def word(node: ast.expr) -> str:
    found = getattr(node, "word", None)
    if found is None:
        found = node.word = ast.unparse(node).replace(".as_", ".as")  # type: ignore[attr-defined]
    return str(found)


def raw(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


class Reference:
    """A library read anew, for questions about one part."""

    def __init__(self, root: Path, policies: Path | None = None) -> None:
        self.facts: dict[str, dict[str, Any]] = {}
        self.groups: dict[str, list[str]] = {}
        self.sections: list[dict[str, Any]] = []
        self.precedence: list[dict[str, str]] = []
        self.taken: dict[str, Any] = {}
        for path in [*root.rglob("*.yaml"), *(policies.rglob("*.yaml") if policies else [])]:
            if path.name.endswith(".cases.yaml"):
                continue
            top = raw(path)
            if path.parent.name == "vocabulary":
                self.facts.update(top.get("facts") or {})
                self.groups.update(top.get("groups") or {})
                self.taken.update(top.get("taken") or {})
            elif "precedence" in top:
                self.precedence += top["precedence"]
            else:
                self.sections.append(top)
        self.facts.setdefault("subject.role", {"is": "one_of", "of": ["client", "partner", "family_member", "group_member", "third_party"]})
        self.facts.setdefault("law.compels", {"is": "yes_no"})
        self.precedence.sort(key=lambda row: "precedence." + row["id"])

    @functools.cache  # noqa: B019  (a test's own object)
    def group(self, name: str) -> set[str]:
        found: set[str] = set()
        for member in self.groups[name]:
            found |= self.group(member) if member in self.groups else {member}
        return found

    def members(self, value: Any) -> set[str] | None:
        if value is None or value == "ANY":
            return None
        names = [value] if isinstance(value, str) else value
        found: set[str] = set()
        for name in names:
            found |= self.group(name) if name in self.groups else {name}
        return found

    # --- rules in force ---------------------------------------------------------------------------------

    def in_force(
        self, on: str, places: dict[str, list[str]], known: dict[str, Any], assume: bool = True
    ) -> tuple[dict[str, dict[str, Any]], dict[str, list[str]]]:
        rules: dict[str, dict[str, Any]] = {}
        found: dict[str, list[tuple[str, bool]]] = {}
        for section in self.sections:
            clock = section.get("clock")
            day = str(known[clock])[:10] if clock and known.get(clock) is not None else on
            for version in section["in_force"]:
                if version["from"] <= day <= version.get("until", "9999-12-31"):
                    role = version.get("attaches_to") or section.get("attaches_to") or "practice"
                    for item in version.get("rules") or []:
                        self.gather(item, section, role, None, places, rules, found)
        # What is merely assumed counts only where no law in force works it out, and never without assumptions.
        definitions = {name: [text for text, assumed in rows if not assumed] for name, rows in found.items()}
        for name, rows in found.items():
            if not definitions[name]:
                definitions[name] = [text for text, _ in rows] if assume else []
        return rules, {name: texts for name, texts in definitions.items() if texts}

    def gather(self, item: dict[str, Any], section: dict[str, Any], role: str, parent: str | None, places: dict[str, list[str]],
               rules: dict[str, dict[str, Any]], definitions: dict[str, list[tuple[str, bool]]], about: Any = None) -> None:  # fmt: skip
        role = item.get("attaches_to") or role
        place = section["law"].split(".")[0]
        here = place in ("us", "practice") or place.upper() in places[role]
        if "defines" in item:
            if here:
                definitions.setdefault(item["defines"], []).append((item["means"], item["means"] == "false" or item.get("assumed") == "true"))
            return
        name = f"{section['law']}.{section['key']}.{item['id']}"
        about = item.get("about", about)
        excepts = item.get("excepts") or []
        if here:
            rules[name] = {
                "law": section["law"], "says": item["says"], "when": item.get("when", "true"), "parent": parent,
                "excepts": [excepts] if isinstance(excepts, str) else excepts,
                "must": item.get("must") or [], "about": self.members(about), "to": self.members(item.get("to")), "of": self.members(item.get("of")),
            }  # fmt: skip
        for child in item.get("except") or []:
            self.gather(child, section, role, name, places, rules, definitions, about)

    # --- two-valued evaluation --------------------------------------------------------------------------

    def true(self, text: str, facts: dict[str, Any]) -> bool:
        return bool(self.evaluate(tree_of(text), facts))

    def evaluate(self, tree: ast.expr, facts: dict[str, Any]) -> Any:
        if isinstance(tree, ast.BoolOp):
            values = [self.evaluate(v, facts) for v in tree.values]
            return all(values) if isinstance(tree.op, ast.And) else any(values)
        if isinstance(tree, ast.UnaryOp):
            return not self.evaluate(tree.operand, facts)
        if isinstance(tree, ast.Constant):
            return tree.value
        if isinstance(tree, (ast.Set, ast.List, ast.Tuple)):
            return {self.evaluate(v, facts) for v in tree.elts}
        if isinstance(tree, ast.Dict):
            return set()
        if isinstance(tree, ast.Compare):
            left, right = self.evaluate(tree.left, facts), self.evaluate(tree.comparators[0], facts)
            if isinstance(left, date):
                right = date.fromisoformat(right)
            op = tree.ops[0]
            if isinstance(op, ast.In):
                return left in right
            if isinstance(op, ast.NotIn):
                return left not in right
            return {ast.Eq: left == right, ast.NotEq: left != right}.get(type(op)) if isinstance(op, (ast.Eq, ast.NotEq)) else {
                ast.Lt: lambda: left < right, ast.LtE: lambda: left <= right, ast.Gt: lambda: left > right, ast.GtE: lambda: left >= right,
            }[type(op)]()  # fmt: skip
        name = word(tree)
        if name in ("true", "false"):
            return name == "true"
        if name in self.groups:
            return self.group(name)
        return facts[name]

    def names(self, text: str) -> set[str]:
        return {name for name in words_of(text) if name in self.facts}

    def outcome(self, rules: dict[str, dict[str, Any]], definitions: dict[str, list[str]], stated: dict[str, Any]) -> str:
        return self.answer(rules, definitions, stated)[0]

    def answer(self, rules: dict[str, dict[str, Any]], definitions: dict[str, list[str]], stated: dict[str, Any]) -> tuple[str, frozenset[str]]:
        """Return the outcome where every fact is known, and the duties that are owed."""
        facts = dict(stated)

        def define(name: str) -> None:
            if facts.get(name) is not None or name not in definitions:
                return
            for text in definitions[name]:
                for below in self.names(text):
                    define(below)
            facts[name] = any(self.true(text, facts) for text in definitions[name])

        for name in definitions:
            define(name)

        def own(name: str) -> bool:
            rule = rules[name]
            for key, fact in (("about", "purpose"), ("to", "recipient.kind"), ("of", "information")):
                if rule[key] is not None and facts[fact] not in rule[key]:
                    return False
            return self.true(rule["when"], facts)

        def condition(name: str) -> bool:
            rule = rules[name]
            if not own(name):
                return False
            if rule["parent"]:
                return rule["parent"] in rules and condition(rule["parent"])
            if rule["excepts"] and rule["says"] not in ("required", "prohibited"):
                return any(target in rules and condition(target) for target in rule["excepts"])
            return True

        def lives(name: str) -> bool:
            if not condition(name):
                return False
            against = [n for n, r in rules.items() if r["parent"] == name or name in r["excepts"]]
            return not any(lives(n) for n in against)

        def uses_compels(name: str, seen: tuple[str, ...] = ()) -> bool:
            rule = rules[name]
            if "law.compels" in self.names(rule["when"]):
                return True
            up = [rule["parent"]] if rule["parent"] else [] if rule["says"] in ("required", "prohibited") else rule["excepts"]
            if any(p in rules and condition_uses(p) for p in up):
                return True
            return any(uses_compels(n, (*seen, name)) for n, r in rules.items() if (r["parent"] == name or name in r["excepts"]) and n not in seen)

        def condition_uses(name: str) -> bool:
            rule = rules[name]
            up = [rule["parent"]] if rule["parent"] else [] if rule["says"] in ("required", "prohibited") else rule["excepts"]
            return "law.compels" in self.names(rule["when"]) or any(p in rules and condition_uses(p) for p in up)

        mandates = [n for n, r in rules.items() if r["says"] == "required" and not uses_compels(n)]
        facts["law.compels"] = False
        facts["law.compels"] = any(lives(n) for n in mandates)
        names = [n for n in rules if lives(n)]
        outcome = self.together({(rules[n]["says"], rules[n]["law"]) for n in names}, facts)
        owed = [
            duty["do"] for n in names for duty in rules[n]["must"]
            if self.true(duty.get("when", "true"), facts) and not (outcome == "prohibited" and ("before" in duty or "after" in duty))
        ]  # fmt: skip
        return outcome, frozenset(owed)

    def together(self, living: set[tuple[str, str]], facts: dict[str, Any]) -> str:
        said = {says for says, law in living if not law.startswith("practice.")}
        rights = facts["purpose"] in self.group("NO_TELLING") or (facts["purpose"] == "client_access" and facts["recipient.kind"] == "client")
        policy = {says for says, law in living if law.startswith("practice.")}
        if rights:
            return next((s for s in ("required", "permitted", "with_authorization") if s in said), "prohibited")
        mandates = [law for says, law in living if says == "required"]
        if not mandates:
            base = next((s for s in ("prohibited", "with_authorization", "permitted") if s in said), "prohibited")
            if base == "permitted" or base == "with_authorization":
                return "prohibited" if "prohibited" in policy else "with_authorization" if "with_authorization" in policy else base
            return base
        left: list[str] = []
        for says, law in living:
            if says not in ("prohibited", "with_authorization") or law.startswith("practice."):
                continue
            winners = [self.winner(law, mandate) for mandate in mandates]
            if "mandate" in winners:
                continue
            left.append(says if set(winners) == {"restriction"} else "conflict")
        for outcome in ("prohibited", "with_authorization", "conflict"):
            if outcome in left:
                return outcome
        return "required"

    def winner(self, restriction: str, mandate: str) -> str:
        def fits(pattern: str, law: str) -> bool:
            if pattern == "state":
                return law.split(".")[0] not in ("us", "practice")
            return (law + ".").startswith(pattern + ".")

        for row in self.precedence:
            if row.get("restricts") and fits(row["restricts"], restriction) and fits(row["over"], mandate):
                return "restriction"
            if row.get("mandate") and fits(row["mandate"], mandate) and fits(row["over_restriction"], restriction):
                return "mandate"
        return ""

    # --- every completion -------------------------------------------------------------------------------

    def domain(self, name: str, texts: list[str]) -> list[Any]:
        fact = self.facts[name]
        kind = "one_of" if name == "information" else fact["is"]
        if kind == "yes_no":
            return [True, False]
        if kind == "one_of":
            return list(fact["of"])
        if kind == "some_of":
            return [set(c) for size in range(len(fact["of"]) + 1) for c in itertools.combinations(fact["of"], size)]
        if kind in ("day", "moment"):
            written = {date.fromisoformat(n.value) for t in texts for n in ast.walk(tree_of(t))
                       if isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value[:2] in ("19", "20")}  # fmt: skip
            return sorted({day + timedelta(days=step) for day in written for step in (-1, 0, 1)}) or [date(2000, 1, 1)]
        numbers = {float(n.value) for t in texts for n in ast.walk(tree_of(t))
                   if isinstance(n, ast.Constant) and isinstance(n.value, (int, float)) and not isinstance(n.value, bool)}  # fmt: skip
        return sorted({0.0} | {x + step for x in numbers for step in (-1, 0, 1) if x + step >= 0})

    def possible(self, on: str, places: dict[str, list[str]], known: dict[str, Any], most: int = 20000) -> set[str] | None:
        """Return the outcomes all completions give, or None when there are too many to try."""
        rules, definitions = self.in_force(on, places, known)
        texts = [r["when"] for r in rules.values()] + [t for ts in definitions.values() for t in ts]
        read = {n for t in texts for n in self.names(t)} | {"purpose", "recipient.kind", "information"}
        open_ = sorted(n for n in read if known.get(n) is None and n not in definitions and n != "law.compels")
        domains = [self.domain(n, texts) for n in open_]
        size = 1
        for values in domains:
            size *= len(values)
        if size > most:
            return None
        found = set()
        for choice in itertools.product(*domains):
            found.add(self.outcome(rules, definitions, {**known, **dict(zip(open_, choice, strict=True))}))
        return found

    # --- whole questions --------------------------------------------------------------------------------

    def parts(self, question: dict[str, Any], assume: bool, most: int) -> dict[tuple[str, str], list[tuple[str, frozenset[str]]] | None]:
        """Return, for each person and paper, (outcome, duties) of every completion, or None where there are too many to try."""
        facts, subjects = question["facts"], question.get("subjects") or [{"id": "client"}]
        everybody = [row["id"] for row in subjects]
        items = [(i["id"], i.get("class"), i.get("about") or everybody, i.get("facts") or {}) for i in question.get("items") or []]
        if not items:
            silent = "" if facts.get("purpose") in self.group("NO_TELLING") else None
            items = [(c, c, everybody, {}) for c in facts.get("information") or []] or [("", silent, everybody, {})]
        found: dict[tuple[str, str], list[tuple[str, frozenset[str]]] | None] = {}
        for item, klass, about, more in items:
            for row in subjects:
                if row["id"] in about:
                    own = {**more, **(row.get("facts") or {})}
                    aged = "client.age" in own or "client.born" in own  # whoever has an age of their own has nothing of the client's
                    known = {n: v for n, v in facts.items() if not (aged and n in ("client.age", "client.born", "client.adult"))} | own
                    known |= {"information": klass, "subject.role": row.get("role", "client")}
                    known["recipient.kind"] = self.who_asks(known, row, subjects)
                    found[(row["id"], item)] = self.completions(question, {**self.presumed(known, assume), **known}, assume, most)
        return found

    def who_asks(self, known: dict[str, Any], row: dict[str, Any], subjects: list[dict[str, Any]]) -> Any:
        """The client who asks about somebody else is another participant to that person; the one other participant who asks is herself."""
        asks, role = known.get("recipient.kind"), row.get("role", "client")
        if asks == "client" and role != "client":
            return "other_participant"
        others = [other["id"] for other in subjects if other.get("role", "client") != "client"]
        herself = asks == "other_participant" and role in ("partner", "family_member") and others == [row["id"]] and len(subjects) > 1
        return "client" if herself else asks

    def presumed(self, stated: dict[str, Any], assume: bool) -> dict[str, Any]:
        """Return what is presumed where nobody has said anything, not even that it is not known."""
        if not assume:
            return {}
        made: dict[str, Any] = {name: fact["presume"] == "true" for name, fact in self.facts.items() if fact.get("presume")}
        if any(name in ("client.age", "client.born") or name.startswith(("minor.", "parent.")) for name in stated):
            made.pop("client.adult", None)
        made |= {name: {"yes": True, "no": False}.get(value, value) for name, value in self.taken.items()}
        return {name: value for name, value in made.items() if name not in stated}

    def completions(self, question: dict[str, Any], given: dict[str, Any], assume: bool, most: int) -> list[tuple[str, frozenset[str]]] | None:
        known = {name: self.typed(name, value) for name, value in given.items() if value is not None and value != "unknown"}
        clocks = {name: value for name, value in question["facts"].items() if value != "unknown"}
        rules, definitions = self.in_force(question["on"], dict.fromkeys(ROLES, question["places"]), clocks, assume)
        conditions = [r["when"] for r in rules.values()] + [d.get("when", "true") for r in rules.values() for d in r["must"]]
        texts = conditions + [t for ts in definitions.values() for t in ts]
        read = {n for t in texts for n in self.names(t)} | {"purpose", "recipient.kind", "information"}
        open_ = sorted(n for n in read if n not in known and n not in definitions and n != "law.compels")
        domains = [self.domain(n, texts) for n in open_]
        if math.prod(len(values) for values in domains) > most:
            return None
        return [self.answer(rules, definitions, {**known, **dict(zip(open_, choice, strict=True))}) for choice in itertools.product(*domains)]

    def typed(self, name: str, value: Any) -> Any:
        if self.facts[name]["is"] == "day":
            return date.fromisoformat(value)
        return set(value) if isinstance(value, list) else value
