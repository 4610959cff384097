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
    subject: UUID | None = None  # whose fact it is, where several people share the record
    item: str = ""  # the class of information it is of, where classes differ
    against: Any = None  # what the record has instead, where somebody said otherwise
    against_where: str = ""

    @property
    def of_a_person(self) -> bool:
        """Whether somebody said it, for this decision."""
        return self.source in (From.SAID, From.JUDGED)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "name": self.name, "value": self.value, "source": self.source.value, "where": self.where, "by": str(self.by) if self.by else None,
            "at": self.at.isoformat() if self.at else None, "row": str(self.row) if self.row else None,
            "subject": str(self.subject) if self.subject else None, "item": self.item, "against": self.against, "against_where": self.against_where,
        }  # fmt: skip

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Gathered:
        """Return it from JSON."""
        by, row, subject = (UUID(raw[name]) if raw[name] else None for name in ("by", "row", "subject"))
        at = datetime.fromisoformat(raw["at"]) if raw["at"] else None
        return cls(
            raw["name"], raw["value"], From(raw["source"]), raw["where"], by, at, row, subject, raw["item"], raw["against"], raw["against_where"],
        )  # fmt: skip


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
    place: str = ""  # where the client was said to be, by the dialogue's word
    who: str = ""  # which person of the record, or which colleague, asked
    chart: bool = False  # it was asked by somebody who may see the chart

    @property
    def outcome(self) -> str:
        """The outcome, by the engine's word."""
        return str(self.answer["outcome"])


def body_of(question: Mapping[str, Any], answer: Mapping[str, Any], facts: Iterable[Gathered], **more: Any) -> str:
    """Return the text that is sealed. `more` are place, who and chart, as a frozen decision has them."""
    return json.dumps({"question": question, "answer": answer, "facts": [one.as_dict() for one in facts], **more}, default=str)
