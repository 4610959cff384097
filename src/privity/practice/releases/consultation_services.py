"""Verbs on consultations: keep a case as a colleague will get it, once the law allows it; write down what the colleague said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from privity.law import Book, Question, decide
from privity.practice.decisions.dialogue import Asked
from privity.practice.decisions.services import freeze_put, put
from privity.practice.people.access import NotThere, require
from privity.practice.people.actor import Actor
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from .consultation_access import place_of
from .consultation_models import Consultation, ConsultationReply

MAY = ("permitted", "required")


@dataclass(frozen=True)
class Judged:
    """What the named person judges of the text as it would go out (45 CFR 164.514(b)(2))."""

    removed: bool  # all eighteen kinds are gone
    recognizable: bool  # somebody could still tell who it is

    @property
    def free(self) -> bool:
        """Tell whether it identifies nobody, on this word."""
        return self.removed and not self.recognizable


class NotFree(ValueError):
    """The case may not be told so. `answer` is what the law says."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        super().__init__("this text still tells who it is, or the law does not let it be told")
        self.answer = answer


def asked(actor: Actor, record: UUID, recipient: str, judged: Judged) -> tuple[Question, Asked]:
    """Return the question to the law, as a question in the chart is put. For gates alone: it asks nobody and writes no event."""
    said = {"purpose": "consultation", "recipient.kind": recipient, "information": ["deidentified"]}
    judgments = {"deidentified.identifiers_removed": judged.removed, "deidentified.recognizable": judged.recognizable}
    return put(actor, record, {**said, **judgments})


def keep(actor: Actor, book: Book, record: UUID, judged: Judged, recipient: str, body: Mapping[str, Any]) -> UUID:
    """Return the id of a consultation now kept. Raises NotThere, NotAllowed, and NotFree when the text is not free to be told."""
    require(actor, record, "write", "consultation")
    question, told = asked(actor, record, recipient, judged)
    answer = decide(book, question).to_dict()
    if not judged.free or answer["outcome"] not in MAY:
        raise NotFree(answer)
    with transaction.atomic():
        decision, id = freeze_put(actor, book, record, question, told), uuid4()
        key = actor.keys.key(record, Use.RECORD)
        sealed = seal(json.dumps(body), with_=key, bound_to=place_of(actor, record, id, "consultation.body"))
        require(actor, record, "write", "consultation")
        Consultation.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, made=actor.now, decision=decision, body=sealed,
        )  # fmt: skip
        trail.write(actor.practice, actor.account, "consult.keep", at=actor.now, about=[(key, record)], row=(key, id))
    return id


def reply(actor: Actor, record: UUID, consultation: UUID, who: str, on: date, said: str) -> UUID:
    """Return the id of what a colleague said, now kept. Raises NotThere and NotAllowed."""
    require(actor, record, "write", "consultation")
    if not Consultation.objects.filter(id=consultation, record_id=record, practice_id=actor.practice_row).exists():
        raise NotThere(f"consultation {consultation}")
    key, id = actor.keys.key(record, Use.RECORD), uuid4()
    told = json.dumps({"who": who, "on": on.isoformat(), "said": said})
    sealed = seal(told, with_=key, bound_to=place_of(actor, record, id, "consultation_reply.body"))
    with transaction.atomic():
        require(actor, record, "write", "consultation")
        ConsultationReply.objects.create(
            id=id, practice_id=actor.practice_row, consultation_id=consultation, by_id=actor.account, made=actor.now, body=sealed,
        )  # fmt: skip
        trail.write(actor.practice, actor.account, "consult.reply", at=actor.now, about=[(key, record)], row=(key, consultation))
    return id
