"""What a law file holds: sections, versions, rules, duties, definitions, privileges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .expression import ALWAYS, Node

SAYS = ("required", "prohibited", "with_authorization", "permitted", "silent")
AGAINST = ("official", "secondary", "memory")
ROLES = ("client_now", "client_home", "clinician_licence", "practice", "court", "recipient")


class BadLaw(ValueError):
    """A law file that cannot be used; the text names file and line. The book does not open."""


@dataclass(frozen=True, slots=True)
class Checked:
    """When somebody last laid a rule beside its text, and what was read."""

    on: date
    against: str
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """The law's words for a time, where its clock starts, how long it runs, and our own suggestion."""

    words: str = ""
    from_: str = ""
    within: str = ""
    suggest: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do. `timing` is before or after (a release), or empty: it stands by itself."""

    do: str = ""
    whom: str = ""
    what: str = ""
    plain: str = ""
    timing: str = ""
    due: Due = Due()
    when: Node = ALWAYS
    cite: str = ""
    any_of: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with an effect: what it says, where it applies, and what it is an exception to."""

    id: str
    law: str
    cite: str
    says: str
    plain: str
    about: frozenset[str] | None
    to: frozenset[str] | None
    of: frozenset[str] | None
    attaches_to: str
    when: Node
    parent: str
    excepts: tuple[str, ...]
    must: tuple[Duty, ...]
    how_much: str | tuple[str, ...]
    reading: str
    note: str
    checked: Checked
    title: str = ""

    @property
    def place(self) -> str:
        """The first word of the law: us, a state, or practice."""
        return self.law.split(".")[0]

    @property
    def is_policy(self) -> bool:
        """True for a practice's own rule."""
        return self.law.startswith("practice.")


@dataclass(frozen=True, slots=True)
class Definition:
    """A fact the law defines by others. `assumed` definitions are listed as assumptions where an answer leans on them."""

    id: str
    law: str
    cite: str
    plain: str
    defines: str
    means: Node
    attaches_to: str
    assumed: bool
    checked: Checked

    @property
    def place(self) -> str:
        """The first word of the law."""
        return self.law.split(".")[0]


@dataclass(frozen=True, slots=True)
class PrivilegeException:
    """A reason why a courtroom privilege gives way."""

    id: str
    cite: str
    plain: str
    when: Node


@dataclass(frozen=True, slots=True)
class Privilege:
    """Courtroom privilege, apart from confidentiality: whose it is, and who may waive it."""

    id: str
    law: str
    cite: str
    plain: str
    about: frozenset[str] | None
    attaches_to: str
    holder: str
    waived_by: str
    when: Node
    exceptions: tuple[PrivilegeException, ...]
    checked: Checked


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What no law forbids while an answer about danger is still open."""

    id: str
    law: str
    cite: str
    plain: str
    about: frozenset[str] | None
    when: Node


@dataclass(frozen=True, slots=True)
class Version:
    """A section's content between two days, both inclusive."""

    from_: date
    until: date
    rules: tuple[Rule, ...]
    definitions: tuple[Definition, ...]
    privileges: tuple[Privilege, ...]
    meanwhile: tuple[Meanwhile, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of law, with every version the library holds, newest first."""

    citation: str
    law: str
    key: str
    title: str
    text: str
    clock: str
    path: str
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Precedence:
    """A cited rule on which law governs: for an axis, or one law's restriction against another's mandate."""

    id: str
    cite: str
    plain: str
    checked: Checked
    axis: str = ""
    governs: str = ""
    restricts: str = ""
    over: str = ""
    mandate: str = ""
    over_restriction: str = ""
