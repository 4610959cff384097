"""A decision once it is made: finished values, as its row holds them sealed. Reads no clock and no database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID


class From(Enum):
    """Where a fact is from."""

    PROFILE = "profile"  # what was said once about the practice
    RECORD = "record"  # the record's people, visits and parts
    PAPER = "paper"  # a signed authorization, consent, agreement or restriction
    SAID = "said"  # somebody answered the question, for this decision
    JUDGED = "judged"  # somebody asserted a professional conclusion, for this decision


@dataclass(frozen=True)
class Gathered:
    """A fact and its source. `where` says in plain words where it stands; `by` and `at` who said it and when, where a person did."""

    name: str
    value: Any
    source: From
    where: str
    by: UUID | None = None
    at: datetime | None = None
    row: UUID | None = None  # the authorization, person or visit it is read from

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "name": self.name, "value": self.value, "source": self.source.value, "where": self.where, "by": str(self.by) if self.by else None,
            "at": self.at.isoformat() if self.at else None, "row": str(self.row) if self.row else None,
        }  # fmt: skip

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Gathered:
        """Return it from JSON."""
        by, row = (UUID(raw[name]) if raw[name] else None for name in ("by", "row"))
        return cls(raw["name"], raw["value"], From(raw["source"]), raw["where"], by, datetime.fromisoformat(raw["at"]) if raw["at"] else None, row)


@dataclass(frozen=True)
class Frozen:
    """A decision as it was made. `question` and `answer` are the engine's own JSON forms (DESIGN section 2); `facts` are the facts that were given."""

    id: UUID
    record: UUID
    by: UUID
    made: datetime
    book: str
    question: Mapping[str, Any]
    answer: Mapping[str, Any]
    facts: tuple[Gathered, ...]
    reopened: datetime | None = None

    @property
    def outcome(self) -> str:
        """The outcome, by the engine's word."""
        return str(self.answer["outcome"])


def body_of(question: Mapping[str, Any], answer: Mapping[str, Any], facts: Iterable[Gathered]) -> str:
    """Return the text that is sealed."""
    return json.dumps({"question": question, "answer": answer, "facts": [one.as_dict() for one in facts]}, default=str)
