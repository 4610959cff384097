"""A rule of law, whole, for a terminal: what the book holds of it in every version."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from datetime import date

from privity.law import BadQuestion, Book
from privity.law.expression import ALWAYS, Node, written
from privity.law.facts import nearest
from privity.law.facts import shown as said
from privity.law.rules import Checked, Definition, Duty, Meanwhile, Precedence, Privilege, Rule, Section, Version

Entry = Rule | Definition | Privilege | Meanwhile


def shown(book: Book, name: str) -> str:
    """Return everything the book holds under an id, or of a fact's definitions. Raises BadQuestion."""
    entries = list(_entries(book))
    found = [row for row in entries if row[2].id == name] or [row for row in entries if isinstance(row[2], Definition) and row[2].defines == name]
    governing = [rule for rule in book.precedence if rule.id == name]
    if not found and not governing:
        known = [*{entry.id for _, _, entry in entries}, *(rule.id for rule in book.precedence), *book.definitions]
        raise BadQuestion(f"there is no rule, definition, privilege or precedence {said(name)}{nearest(name, sorted(known))}")
    blocks = [[*_heading(section, entry), *_dates(version), *_lines(book, version, entry)] for section, version, entry in found]
    blocks += [_governing(rule) for rule in governing]
    return "\n\n".join("\n".join(block) for block in blocks)


def _entries(book: Book) -> Iterator[tuple[Section, Version, Entry]]:
    for section in book.sections:
        for version in section.versions:
            entries: list[Entry] = [*version.rules, *version.definitions, *version.privileges, *version.meanwhile]
            yield from ((section, version, entry) for entry in entries)


def _heading(section: Section, entry: Entry) -> list[str]:
    return [entry.id, *_field("section", f"{section.citation}: {section.title}"), *_field("file", section.path), *_field("text", section.text)]


def _dates(version: Version) -> list[str]:
    return [f"In force from {version.from_}{'' if version.until == date.max else f' to {version.until}'}"]


def _lines(book: Book, version: Version, entry: Entry) -> list[str]:
    if isinstance(entry, Rule):
        return _rule(book, version, entry)
    if isinstance(entry, Definition):
        return [
            *_field(entry.cite, f"defines {entry.defines}{' (assumed)' if entry.assumed else ''}. {entry.plain}"), *_field("means", written(entry.means)),
            *_field("attaches to", entry.attaches_to), *_checked(entry.checked),
        ]  # fmt: skip
    if isinstance(entry, Privilege):
        rows = [f"{e.id} [{e.cite}] {e.plain}{'' if e.when == ALWAYS else f', when {written(e.when)}'}" for e in entry.exceptions]
        return [
            *_field(entry.cite, f"privilege. {entry.plain}"), *_index("about", entry.about), *_field("attaches to", entry.attaches_to),
            *_field("holder", entry.holder), *_field("waived by", entry.waived_by), *_when(entry.when), *_list("exceptions", rows), *_checked(entry.checked),
        ]  # fmt: skip
    return [*_field(entry.cite, f"meanwhile. {entry.plain}"), *_index("about", entry.about), *_when(entry.when)]


def _rule(book: Book, version: Version, rule: Rule) -> list[str]:
    much = f"only {', '.join(rule.how_much)}" if isinstance(rule.how_much, tuple) else rule.how_much.replace("_", " ")
    inside = [other for other in version.rules if other.parent == rule.id]
    across = [other for other in book.rules.values() if rule.id in other.excepts]
    above = [book.rules[name] for name in (*([rule.parent] if rule.parent else []), *rule.excepts) if name in book.rules]
    return [
        *_field(rule.cite, f"{rule.says}. {rule.plain}"),
        *_index("about", rule.about), *_index("to", rule.to), *_index("of", rule.of), *_field("attaches to", rule.attaches_to),
        *_when(rule.when), *_field("how much", much), *_list("duties", [_duty(duty) for duty in rule.must]),
        *_list("an exception to", [_named(other) for other in above]), *_list("exceptions", [_named(other) for other in (*inside, *across)]),
        *_field("reading", rule.reading), *_field("note", rule.note), *_checked(rule.checked),
    ]  # fmt: skip


def _named(rule: Rule) -> str:
    return f"{rule.id} ({rule.says}) {rule.plain}"


def _duty(duty: Duty) -> str:
    what = " ".join(word.replace("_", " ") for word in (duty.do, duty.whom, duty.what) if word)
    if duty.any_of:
        what = "one of: " + "; or ".join(_duty(inner) for inner in duty.any_of)
    due = duty.due
    clock = f"within {due.within}{f' from {due.from_}' if due.from_ else ''}" if due.within else f"from {due.from_}" if due.from_ else ""
    words = [f'"{due.words}"' if due.words else "", clock, f"we suggest {due.suggest}" if due.suggest else ""]
    when = "" if duty.when == ALWAYS else f"when {written(duty.when)}"
    extra = "; ".join(word for word in (f"{duty.timing} telling" if duty.timing else "", *words, when) if word)
    return f"{what}{f': {duty.plain}' if duty.plain else ''}{f' ({extra})' if extra else ''} [{duty.cite}]"


def _governing(rule: Precedence) -> list[str]:
    words = {"axis": rule.axis, "governs": rule.governs, "restricts": rule.restricts, "over": rule.over, "mandate": rule.mandate}
    words["over the restriction of"] = rule.over_restriction
    return [rule.id, *_field(rule.cite, rule.plain), *(line for name, word in words.items() for line in _field(name, word)), *_checked(rule.checked)]


def _when(node: Node) -> list[str]:
    return _field("when", "always" if node == ALWAYS else written(node))


def _index(name: str, values: Iterable[str] | None) -> list[str]:
    return _field(name, "any" if values is None else ", ".join(sorted(values)))


def _checked(checked: Checked) -> list[str]:
    return _field("checked", f"{checked.on} against {checked.against}: {checked.source}")


def _list(name: str, rows: list[str]) -> list[str]:
    if not rows:
        return []
    return [f"  {name}:", *(textwrap.fill(row, 110, initial_indent="    - ", subsequent_indent="      ", break_on_hyphens=False) for row in rows)]


def _field(name: str, text: str) -> list[str]:
    if not text:
        return []
    return [textwrap.fill(f"{name}: {text}", 110, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False, break_long_words=False)]
