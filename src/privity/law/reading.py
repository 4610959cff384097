"""Reading law files: YAML as plain text, typed by the vocabulary, every error with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import yaml

from .deadlines import BadSpan, read_span
from .expression import ALWAYS, BadExpression, Node, parse
from .facts import Fact, Way, nearest, shown, type_names
from .rules import (
    AGAINST,
    ROLES,
    SAYS,
    BadLaw,
    Checked,
    Definition,
    Due,
    Duty,
    Meanwhile,
    Precedence,
    Privilege,
    PrivilegeException,
    Rule,
    Section,
    Version,
)

Groups = Mapping[str, frozenset[str]]
FOREVER = date.max
MOST_LEVELS = 40
MOST_NODES = 200_000
ITEM_DAY = "item.day"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lined(dict[str, object]):
    """A mapping that remembers the line it began on."""

    line: int = 0


def load(text: str, where: str) -> object:
    """Return plain texts, lists and Lined mappings. Raises BadLaw on bad YAML or a repeated key."""
    return Plain(where).read(text)


class Plain:
    """Turns YAML into plain values; `lines` then holds the line of each. An anchor may stand for a text again, not burst the file."""

    def __init__(self, where: str, *, anchors: bool = True) -> None:
        self.where, self.anchors = where, anchors
        self.lines: dict[Way, int] = {(): 1}
        self.count, self.seen = 0, set[int]()

    def read(self, text: str) -> object:
        """Return the values of a text. Raises BadLaw."""
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            problem = getattr(error, "problem", None) or getattr(error, "reason", None) or error
            raise BadLaw(f"{self.where}:{_line_of(error, text)}: this is not YAML: {problem}") from None
        except RecursionError:
            raise BadLaw(f"{self.where}:1: nested too deeply") from None
        return self.plain(node, (), 0) if node is not None else Lined()

    def wrong(self, node: yaml.Node, message: str) -> BadLaw:
        return BadLaw(f"{self.where}:{node.start_mark.line + 1}: {message}")

    def plain(self, node: yaml.Node, way: Way, level: int) -> object:
        self.count += 1
        if level > MOST_LEVELS:
            raise self.wrong(node, f"nested deeper than {MOST_LEVELS} levels, or an anchor holds itself")
        if self.count > MOST_NODES:
            raise self.wrong(node, f"more than {MOST_NODES} values once its anchors are filled in")
        if not self.anchors:
            if id(node) in self.seen:
                raise self.wrong(node, "an anchor (&) may not be used again (*) here; write the value out")
            self.seen.add(id(node))
        self.lines.setdefault(way, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            if node.tag == "tag:yaml.org,2002:null" and node.value in ("", "~", "null"):
                return None
            return str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, (*way, place), level + 1) for place, item in enumerate(node.value)]
        return self.mapping(node, way, level)

    def mapping(self, node: yaml.Node, way: Way, level: int) -> Lined:
        made = Lined()
        made.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.wrong(key_node, "a name is a plain text, not a list or mapping")
            key = str(key_node.value)
            if key in made:
                raise self.wrong(key_node, f"{shown(key)} stands here twice")
            self.lines[(*way, key)] = key_node.start_mark.line + 1
            made[key] = self.plain(value_node, (*way, key), level + 1)
        merged = made.pop("<<", None)
        for source in merged if isinstance(merged, list) else [merged]:
            if isinstance(source, Lined):
                for key, value in source.items():
                    made.setdefault(key, value)
        return made


def _line_of(error: yaml.YAMLError, text: str) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(error, "position", None)
    return text.encode("utf-8", "surrogatepass")[: int(position)].count(b"\n") + 1 if position is not None else 1


class FileReader:
    """Reads one file into sections; knows the vocabulary and the groups."""

    def __init__(self, where: str, vocabulary: Mapping[str, Fact], groups: Groups) -> None:
        self.where, self.vocabulary, self.groups = where, vocabulary, groups

    def wrong(self, at: Lined | None, message: str) -> BadLaw:
        return BadLaw(f"{self.where}:{at.line if at is not None else 1}: {message}")

    def mapping(self, raw: object, at: Lined | None, what: str) -> Lined:
        if not isinstance(raw, Lined):
            raise self.wrong(at, f"{what}: expected names with values")
        return raw

    def only(self, at: Lined, allowed: str) -> None:
        for key in at:
            if key not in allowed.split():
                raise self.wrong(at, f"{key} is not known here{nearest(key, allowed.split())}")

    def text(self, at: Lined, key: str, *, needed: bool = False) -> str:
        value = at.get(key)
        if value is None or value == "":
            if needed:
                raise self.wrong(at, f"{key} is missing")
            return ""
        if isinstance(value, list):
            value = "; ".join(str(item) for item in value)
        if not isinstance(value, str):
            raise self.wrong(at, f"{key}: expected a text")
        return " ".join(value.split())

    def rows(self, at: Lined, key: str) -> list[Lined]:
        raw = at.get(key)
        if raw is None:
            return []
        if not isinstance(raw, list):
            raise self.wrong(at, f"{key}: expected a list")
        return [self.mapping(item, at, key) for item in raw]

    def day(self, at: Lined, key: str, default: date | None = None) -> date:
        text = self.text(at, key, needed=default is None)
        if not text and default is not None:
            return default
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.wrong(at, f"{key}: {text} is not a day like 2026-03-31") from None

    def expression(self, at: Lined, key: str) -> Node:
        text = self.text(at, key)
        if not text:
            return ALWAYS
        try:
            return parse(text, self.vocabulary, self.groups)
        except BadExpression as error:
            raise self.wrong(at, f"{key}: {error}") from None

    def values(self, at: Lined, key: str, fact: str) -> frozenset[str] | None:
        """Return the choices an index names, or None for any."""
        raw = at.get(key)
        if raw is None or raw == "ANY":
            return None
        names = [raw] if isinstance(raw, str) else raw
        if not isinstance(names, list):
            raise self.wrong(at, f"{key}: expected a list")
        found: set[str] = set()
        for name in names:
            if isinstance(name, str) and name.isupper() and name in self.groups:
                found |= self.groups[name]
            elif isinstance(name, str) and name in self.vocabulary[fact].of:
                found.add(name)
            else:
                known = [*self.vocabulary[fact].of, *self.groups]
                raise self.wrong(at, f"{key}: {fact} has no choice {name}{nearest(str(name), known)}")
        return frozenset(found)

    def checked(self, at: Lined, outer: Checked | None) -> Checked:
        against = self.text(at, "against") or (outer.against if outer else "")
        if against not in AGAINST:
            raise self.wrong(at, f"against: expected one of {', '.join(AGAINST)}")
        on = self.day(at, "checked", outer.on if outer else None)
        return Checked(on, against, self.text(at, "source") or (outer.source if outer else ""))

    def role(self, at: Lined, outer: str) -> str:
        role = self.text(at, "attaches_to") or outer
        if role not in ROLES:
            raise self.wrong(at, f"attaches_to: {role} is no role of places{nearest(role, ROLES)}")
        return role

    def due(self, at: Lined) -> Due:
        raw = at.get("due")
        if raw is None:
            return Due()
        if isinstance(raw, str):
            return Due(words=raw)
        row = self.mapping(raw, at, "due")
        self.only(row, "words from within suggest")
        due = Due(self.text(row, "words"), self.text(row, "from"), self.text(row, "within"), self.text(row, "suggest"))
        if due.from_ and due.from_ not in self.vocabulary:
            raise self.wrong(row, f"from: there is no fact {due.from_}{nearest(due.from_, self.vocabulary)}")
        for span in (due.within, due.suggest):
            try:
                if span:
                    read_span(span)
            except BadSpan as error:
                raise self.wrong(row, str(error)) from None
        return due

    def duties(self, at: Lined, cite: str) -> tuple[Duty, ...]:
        return tuple(self.duty(row, cite) for row in self.rows(at, "must"))

    def duty(self, row: Lined, cite: str) -> Duty:
        self.only(row, "do whom what plain before after due when cite any_of such_as")
        cite = self.text(row, "cite") or cite
        any_of = tuple(self.duty(inner, cite) for inner in self.rows(row, "any_of"))
        if not any_of and not self.text(row, "do"):
            raise self.wrong(row, "a duty needs do or any_of")
        timing = "before" if "before" in row else "after" if "after" in row else ""
        return Duty(
            self.text(row, "do"), self.text(row, "whom"), self.text(row, "what") or self.text(row, "such_as"),
            self.text(row, "plain"), timing, self.due(row), self.expression(row, "when"), cite, any_of,
        )  # fmt: skip

    def section(self, top: Lined) -> Section:
        self.only(top, "section law key title text clock attaches_to in_force")
        law, key = self.text(top, "law", needed=True), self.text(top, "key", needed=True)
        clock = self.text(top, "clock")
        if clock and (clock not in self.vocabulary or self.vocabulary[clock].is_ not in ("day", "moment")):
            raise self.wrong(top, f"clock: {clock} is not a day of the vocabulary")
        default_role = self.role(top, "practice")
        versions = []
        for row in self.rows(top, "in_force"):
            self.only(row, "from until checked against source note rules privilege meanwhile attaches_to")
            versions.append(self.version(row, law, key, default_role, self.text(top, "title")))
        if not versions:
            raise self.wrong(top, "in_force is empty")
        for newer, older in pairwise(versions):
            if older.until >= newer.from_:
                raise self.wrong(top, f"two versions are in force on {newer.from_}; newest first, and close the old one")
        return Section(
            self.text(top, "section", needed=True), law, key, self.text(top, "title"), self.text(top, "text"),
            clock, self.where, tuple(versions),
        )  # fmt: skip

    def version(self, row: Lined, law: str, key: str, role: str, title: str) -> Version:
        checked, role = self.checked(row, None), self.role(row, role)
        rules: list[Rule] = []
        definitions: list[Definition] = []
        for item in self.rows(row, "rules"):
            if "defines" in item:
                definitions.append(self.definition(item, law, key, role, checked))
            else:
                self.rule(item, law, key, role, checked, title, None, rules)
        if len({rule.id for rule in rules}) < len(rules):
            raise self.wrong(row, "two rules have the same id")
        privileges = tuple(self.privilege(item, law, key, role, checked) for item in self.rows(row, "privilege"))
        meanwhile = tuple(self.meanwhile(item, law, key) for item in self.rows(row, "meanwhile"))
        until = self.day(row, "until", FOREVER)
        return Version(self.day(row, "from"), until, tuple(rules), tuple(definitions), privileges, meanwhile)

    def definition(self, item: Lined, law: str, key: str, role: str, outer: Checked) -> Definition:
        self.only(item, "id cite plain defines means attaches_to assumed checked against source reading note")
        name = self.text(item, "defines")
        if name not in self.vocabulary or self.vocabulary[name].is_ != "yes_no":
            raise self.wrong(item, f"defines: {name} is not a yes/no fact of the vocabulary{nearest(name, self.vocabulary)}")
        if not self.text(item, "means"):
            raise self.wrong(item, "means is missing")
        return Definition(
            f"{law}.{key}.{self.text(item, 'id', needed=True)}", law, self.text(item, "cite", needed=True),
            self.text(item, "plain"), name, self.expression(item, "means"), self.role(item, role),
            self.text(item, "assumed") == "true" or self.text(item, "means") == "false", self.checked(item, outer),
        )  # fmt: skip

    def rule(self, item: Lined, law: str, key: str, role: str, outer: Checked, title: str, parent: Rule | None, into: list[Rule]) -> None:
        self.only(
            item,
            "id cite plain about to of attaches_to says when excepts except must how_much reading note checked against source",
        )
        says = self.text(item, "says", needed=True)
        if says not in SAYS:
            raise self.wrong(item, f"says: {says} is not one of {', '.join(SAYS)}{nearest(says, SAYS)}")
        if parent is None and "about" not in item:
            raise self.wrong(item, "about is missing; name the purposes, a group, or ANY")
        checked, cite = self.checked(item, outer), self.text(item, "cite", needed=True)
        excepts = item.get("excepts") or []
        raw_much = item.get("how_much") or ""
        made = Rule(
            id=f"{law}.{key}.{self.text(item, 'id', needed=True)}",
            law=law,
            cite=cite,
            says=says,
            plain=self.text(item, "plain", needed=True),
            about=self.values(item, "about", "purpose") if "about" in item else parent.about if parent else None,
            to=self.values(item, "to", "recipient.kind"),
            of=self.values(item, "of", "information"),
            attaches_to=self.role(item, parent.attaches_to if parent else role),
            when=self.expression(item, "when"),
            parent=parent.id if parent else "",
            excepts=tuple(str(x) for x in (excepts if isinstance(excepts, list) else [excepts])),
            must=self.duties(item, cite),
            how_much=self.how_much(item, raw_much),
            reading=self.text(item, "reading"),
            note=self.text(item, "note"),
            checked=checked,
            title=title,
        )
        into.append(made)
        for child in self.rows(item, "except"):
            self.rule(child, law, key, made.attaches_to, checked, title, made, into)

    def how_much(self, item: Lined, raw: object) -> str | tuple[str, ...]:
        if isinstance(raw, Lined) and isinstance(raw.get("only"), list):
            return tuple(str(x) for x in raw["only"])  # type: ignore[attr-defined]
        if raw in ("", "minimum_necessary", "whole"):
            return str(raw)
        raise self.wrong(item, "how_much: expected minimum_necessary, whole or {only: [...]}")

    def privilege(self, item: Lined, law: str, key: str, role: str, outer: Checked) -> Privilege:
        self.only(item, "id cite plain about attaches_to holder waived_by when exceptions note checked against source")
        exceptions = tuple(
            PrivilegeException(
                self.text(row, "id", needed=True), self.text(row, "cite", needed=True),
                self.text(row, "plain", needed=True), self.expression(row, "when"),
            )
            for row in self.rows(item, "exceptions")
        )  # fmt: skip
        return Privilege(
            f"{law}.{key}.{self.text(item, 'id', needed=True)}", law, self.text(item, "cite", needed=True),
            self.text(item, "plain", needed=True), self.values(item, "about", "purpose"), self.role(item, role),
            self.text(item, "holder", needed=True), self.text(item, "waived_by"), self.expression(item, "when"),
            exceptions, self.checked(item, outer),
        )  # fmt: skip

    def meanwhile(self, item: Lined, law: str, key: str) -> Meanwhile:
        self.only(item, "id cite plain about when do note checked against source")
        return Meanwhile(
            f"{law}.{key}.{self.text(item, 'id', needed=True)}", law, self.text(item, "cite", needed=True),
            self.text(item, "plain", needed=True), self.values(item, "about", "purpose"), self.expression(item, "when"),
        )  # fmt: skip

    def precedence(self, top: Lined) -> list[Precedence]:
        rows = []
        for row in self.rows(top, "precedence"):
            self.only(row, "id axis governs restricts over mandate over_restriction cite plain checked against source note")
            words = {k: self.text(row, k) for k in ("axis", "governs", "restricts", "over", "mandate", "over_restriction")}
            rows.append(
                Precedence(
                    f"precedence.{self.text(row, 'id', needed=True)}", self.text(row, "cite", needed=True),
                    self.text(row, "plain", needed=True), self.checked(row, None), **words,
                )
            )  # fmt: skip
        return rows


def read_vocabulary(folder: Path, extra: list[Path] | None = None) -> tuple[dict[str, Fact], dict[str, frozenset[str]], dict[str, object]]:
    """Return (facts, groups, words) of a vocabulary folder. Raises BadLaw."""
    facts: dict[str, Fact] = dict(_BUILT_IN)
    raw_groups: dict[str, list[object]] = {}
    words: dict[str, object] = {}
    for path in [*sorted(folder.glob("*.yaml")), *(extra or [])]:
        top = load(path.read_text("utf-8"), path.name)
        if not isinstance(top, Lined):
            raise BadLaw(f"{path.name}:1: expected facts, groups or words")
        for name, row in _items(top, "facts", path.name):
            if name in facts:
                raise BadLaw(f"{path.name}:{row.line}: {name} is defined twice")
            facts[name] = _fact(name, row, path.name)
        groups = top.get("groups") or {}
        if not isinstance(groups, dict):
            raise BadLaw(f"{path.name}: groups: expected names with lists")
        for name, members in groups.items():
            if name in raw_groups or not isinstance(members, list):
                raise BadLaw(f"{path.name}: group {name} stands twice or is no list")
            raw_groups[name] = members
        for key in top:
            if key not in ("facts", "groups"):
                words[key] = top[key]
    resolved: dict[str, frozenset[str]] = {}

    def members_of(name: str, seen: tuple[str, ...]) -> frozenset[str]:
        if name in seen:
            raise BadLaw(f"group {name} contains itself")
        found: set[str] = set()
        for member in raw_groups[name]:
            found |= members_of(str(member), (*seen, name)) if str(member) in raw_groups else {str(member)}
        return frozenset(found)

    for name in raw_groups:
        resolved[name] = members_of(name, ())
    return facts, resolved, words


def _items(top: Lined, key: str, where: str) -> list[tuple[str, Lined]]:
    raw = top.get(key)
    if raw is None:
        return []
    if not isinstance(raw, Lined) or not all(isinstance(row, Lined) for row in raw.values()):
        raise BadLaw(f"{where}: {key}: expected names with values")
    return [(name, row) for name, row in raw.items() if isinstance(row, Lined)]


def _fact(name: str, row: Lined, where: str) -> Fact:
    def text(key: str) -> str:
        return " ".join(str(row.get(key) or "").split())

    def texts(key: str) -> tuple[str, ...]:
        raw = row.get(key) or []
        return tuple(str(x) for x in raw) if isinstance(raw, list) else (str(raw),)

    if text("is") not in type_names:
        raise BadLaw(f"{where}:{row.line}: {name}: is: expected one of {', '.join(type_names)}")
    presume = text("presume")
    return Fact(
        name, text("is"), texts("of"), text("source") or "request", text("ask"), text("help"), text("judgment") == "true",
        None if not presume else presume == "true", text("reason"), texts("who"), text("hl7"),
    )  # fmt: skip


_BUILT_IN = {
    "law.compels": Fact("law.compels", "yes_no", source="derived"),
    ITEM_DAY: Fact(ITEM_DAY, "day", source="record", ask="From which day is what is asked about?", help="Each item of a question has its own."),
    "subject.role": Fact("subject.role", "one_of", ("client", "partner", "family_member", "group_member", "third_party"), source="record"),
}
