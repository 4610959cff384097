"""The book of law: every section with its dates, checked as a whole, named by the hash of its files."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from .expression import facts_of
from .facts import Fact, Value, read_value
from .reading import FOREVER, FileReader, Lined, load, read_vocabulary
from .rules import BadLaw, Definition, Precedence, Rule, Section, Version

LIBRARY = Path(__file__).parent / "library"
MANIFEST = "MANIFEST.json"
ENGINE = "1"
POLICY = "practice."


class Book:
    """Law as data: opened once, then only read. `hash` names exactly these files."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        groups: Mapping[str, frozenset[str]],
        words: Mapping[str, object],
        sections: list[Section],
        precedence: list[Precedence],
        name: str,
        root: Path | None = None,
        whole: bool = True,
    ) -> None:
        self.facts, self.groups, self.words = dict(facts), dict(groups), dict(words)
        self.sections = sorted(sections, key=lambda s: (s.law, s.key))
        self.precedence = sorted(precedence, key=lambda p: p.id)
        self.hash, self.root = name, root
        self.rules: dict[str, Rule] = {}
        self.definitions: dict[str, list[Definition]] = {}
        for section in self.sections:
            for version in reversed(section.versions):
                self.rules.update({rule.id: rule for rule in version.rules})
                for definition in version.definitions:
                    self.definitions.setdefault(definition.defines, []).append(definition)
        self.states = sorted({s.law.split(".")[0].upper() for s in self.sections} - {"US", "PRACTICE"})
        self.clocks = sorted({s.clock for s in self.sections if s.clock})
        self.boundaries = _boundaries(self.sections)  # of sections with a clock as well: while their clock is not known, the question's day chooses
        self.clock_boundaries = {c: _boundaries(s for s in self.sections if s.clock == c) for c in self.clocks}
        self.presumed = {name: fact for name, fact in self.facts.items() if fact.presume is not None}
        self.taken = self._taken()
        follows = self.words.get("follows")
        rows = follows.items() if isinstance(follows, dict) else ()
        self.follows = {str(name): str(first) for first, names in rows for name in names}
        back = self.words.get("asked_back")
        self.asked_back = {str(purpose): frozenset(map(str, kinds)) for purpose, kinds in back.items()} if isinstance(back, dict) else {}
        self.plans: dict[object, object] = {}
        self.alone: dict[str, Book] = {}
        if whole:
            self._check()

    @classmethod
    def open(cls, root: Path = LIBRARY, policies: Path | None = None) -> Book:
        """Return the book of a library folder, after comparing every file with its hashed manifest.

        Raises BadLaw when a file is missing, added, changed or cannot be evaluated. `policies` is a practice's own folder of
        the same files; it may only forbid, ask for authorization, shrink or add steps.
        """
        check_manifest(root)
        return cls.read(root, policies)

    @classmethod
    def read(cls, root: Path = LIBRARY, policies: Path | None = None) -> Book:
        """Return the book of a folder as it stands, without its manifest: for those who are writing law."""
        vocabulary_extra = sorted((policies / "vocabulary").glob("*.yaml")) if policies else []
        facts, groups, words = read_vocabulary(root / "vocabulary", vocabulary_extra)
        sections: list[Section] = []
        precedence: list[Precedence] = []
        for folder in (root, *([policies] if policies else [])):
            for path in law_files(folder):
                where = path.relative_to(folder).as_posix()
                reader = FileReader(where, facts, groups)
                top = reader.mapping(load(path.read_text("utf-8"), where), None, "file")
                if "precedence" in top:
                    precedence += reader.precedence(top)
                    continue
                section = reader.section(top)
                _check_place(section, folder is policies, where)
                sections.append(section)
        return cls(facts, groups, words, sections, precedence, library_hash(root, policies), root)

    def _taken(self) -> dict[str, Value]:
        raw = self.words.get("taken")
        rows = raw.items() if isinstance(raw, dict) else ()
        read = {name: read_value(self.facts[name], value) for name, value in rows if name in self.facts}
        return {name: value for name, value in read.items() if value is not None}

    def only(self, law: str) -> Book:
        """Return the book with the rules of one law alone; definitions of all laws stay."""
        if law not in self.alone:
            sections = [
                s if s.law == law or s.law.startswith(law + ".")
                else replace(s, versions=tuple(replace(v, rules=(), privileges=(), meanwhile=()) for v in s.versions))
                for s in self.sections
            ]  # fmt: skip
            self.alone[law] = Book(self.facts, self.groups, self.words, sections, self.precedence, self.hash, self.root, whole=False)
        return self.alone[law]

    def epoch(self, on: date) -> int:
        """Return the number of the span of days within which no section changes."""
        return bisect_right(self.boundaries, on)

    def in_force(self, on: date, clocks: Mapping[str, date]) -> Iterator[tuple[Section, Version]]:
        """Yield every section with its version for a day; sections with their own clock by that fact's day."""
        for section in self.sections:
            day = clocks.get(section.clock, on) if section.clock else on
            for version in section.versions:
                if version.from_ <= day <= version.until:
                    yield section, version
                    break

    def _check(self) -> None:
        """Refuse a book with an exception to nothing, a circle, or a definition that eats itself."""
        seen: set[tuple[str, str]] = set()
        for section in self.sections:
            if (section.law, section.key) in seen:
                raise BadLaw(f"{section.path}: {section.law}.{section.key} stands in two files")
            seen.add((section.law, section.key))
        self._check_exceptions()
        uses = {name: sorted({f for d in ds for f in facts_of(d.means)}) for name, ds in self.definitions.items()}
        for name, used in uses.items():
            if "law.compels" in used:
                raise BadLaw(f"{name}: a definition may not turn on law.compels")
        _refuse_circles(uses, "definitions")

    def _check_exceptions(self) -> None:
        """Refuse an exception, in whatever version, to nothing, and exceptions that run in a circle."""
        standing: dict[str, list[tuple[str, Section, Version]]] = {}
        rules: list[tuple[str, Rule, Section, Version]] = []
        for section in self.sections:
            for version in section.versions:
                for rule in version.rules:
                    name = rule.id if version is section.versions[0] else f"{rule.id} (until {version.until})"
                    standing.setdefault(rule.id, []).append((name, section, version))
                    rules.append((name, rule, section, version))
        arrows: dict[str, list[str]] = {}
        for name, rule, section, version in rules:
            arrows[name] = []
            for target in (*rule.excepts, *([rule.parent] if rule.parent else [])):
                if target not in standing:
                    raise BadLaw(f"{section.path}: {name}: excepts {target}, and there is no such rule")
                arrows[name] += [n for n, other, held in standing[target] if together(section, version, other, held)]
        _refuse_circles(arrows, "exceptions")

    def checked_marks(self) -> dict[str, int]:
        """Return how many rules rest on the official text, a secondary source, or memory."""
        marks = {"official": 0, "secondary": 0, "memory": 0}
        for rule in self.rules.values():
            marks[rule.checked.against] += 1
        return marks


def _check_place(section: Section, is_policy: bool, where: str) -> None:
    if is_policy != section.law.startswith(POLICY):
        raise BadLaw(f"{where}: a practice's own rules, and only they, have a law that begins with {POLICY}")
    if not is_policy:
        return
    for version in section.versions:
        for rule in version.rules:
            if rule.says in ("required", "permitted") or rule.excepts:
                raise BadLaw(f"{where}: {rule.id} says {rule.says}; a practice's own rule may only forbid, ask for authorization, shrink or add steps")
        if version.definitions or version.meanwhile or version.privileges:
            raise BadLaw(f"{where}: a practice's own rules may not define facts or privileges")


def together(one: Section, version: Version, other: Section, held: Version) -> bool:
    """Tell whether two versions can be in force in one question: their days overlap, or another clock chooses one of them."""
    if one is other:
        return version is held
    return one.clock != other.clock or (version.from_ <= held.until and held.from_ <= version.until)


def _boundaries(sections: Iterable[Section]) -> list[date]:
    days = set()
    for section in sections:
        for version in section.versions:
            days.add(version.from_)
            if version.until != FOREVER:
                days.add(date.fromordinal(version.until.toordinal() + 1))
    return sorted(days)


def _refuse_circles(arrows: Mapping[str, list[str]], what: str) -> None:
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise BadLaw(f"{what} run in a circle: {' -> '.join([*path[path.index(name) :], name])}")
        if name not in done:
            for target in arrows.get(name, ()):
                walk(target, (*path, name))
            done.add(name)

    for name in arrows:
        walk(name, ())


def law_files(folder: Path) -> list[Path]:
    """Return the law files of a folder, in a fixed order; cases and vocabulary are not law."""
    return sorted(
        path for path in folder.rglob("*.yaml")
        if not path.name.endswith(".cases.yaml") and "vocabulary" not in path.relative_to(folder).parts[:-1]
    )  # fmt: skip


def _hashed_files(folder: Path) -> dict[str, str]:
    """Return every file that can change an answer, with its SHA-256."""
    files = [*law_files(folder), *sorted((folder / "vocabulary").glob("*.yaml"))]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def library_hash(root: Path, policies: Path | None = None) -> str:
    """Return the SHA-256 that names a library with a practice's own rules."""
    listed = {"engine": ENGINE, "library": _hashed_files(root), "policies": _hashed_files(policies) if policies else {}}
    return hashlib.sha256(json.dumps(listed, sort_keys=True).encode()).hexdigest()


def write_manifest(root: Path = LIBRARY) -> None:
    """Write the hashed list of files that must all be there for the book to open."""
    text = json.dumps({"files": _hashed_files(root)}, indent=1, sort_keys=True)
    (root / MANIFEST).write_text(text + "\n", "utf-8")


def check_manifest(root: Path) -> None:
    """Raise BadLaw unless the folder holds exactly the files of its manifest."""
    try:
        listed = json.loads((root / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BadLaw(f"{MANIFEST} is missing or unreadable; the book does not open without it") from None
    found = _hashed_files(root)
    for name in sorted(set(listed) | set(found)):
        if name not in found:
            raise BadLaw(f"{name} is missing from the library; the book does not open without it")
        if name not in listed:
            raise BadLaw(f"{name} is not in the manifest; write the manifest anew if it belongs")
        if listed[name] != found[name]:
            raise BadLaw(f"{name} differs from the manifest; write the manifest anew if the change is meant")


__all__ = ["Book", "Lined", "check_manifest", "law_files", "write_manifest"]
