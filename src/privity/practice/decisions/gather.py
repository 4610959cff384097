"""What the record already shows for a question, each fact with its source. For gates alone: it asks nobody and writes no event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from privity.practice.agreements import access as agreements
from privity.practice.agreements import validity
from privity.practice.people.access import Opened
from privity.practice.people.actor import Actor
from privity.practice.people.models import Practice

from .frozen import From, Gathered


def gathered(actor: Actor, record: Opened, practice: Practice, asked: Mapping[str, Any]) -> tuple[Gathered, ...]:
    """Return the facts that profile, record and papers state for this question. `asked` holds what was said: recipient.kind, purpose, information."""
    found = [Gathered(name, value, From.PROFILE, "the practice’s profile") for name, value in practice.facts().items()]
    clients = [person for part, person in record.people if part == "client"]
    if len(clients) == 1 and clients[0].born:
        found.append(Gathered("client.born", clients[0].born.isoformat(), From.RECORD, "the client’s page", row=clients[0].id))
    found.append(Gathered("care.modality", record.kind, From.RECORD, "the record’s kind"))
    return (*found, *_papers(actor, record.id, asked))


def _papers(actor: Actor, record: UUID, asked: Mapping[str, Any]) -> list[Gathered]:
    who, purpose, told = asked.get("recipient.kind"), asked.get("purpose"), asked.get("information")
    if not (isinstance(who, str) and isinstance(purpose, str) and isinstance(told, (list, tuple))):
        return []
    kept = agreements.for_gates(actor, record)
    if not kept:
        return [Gathered("authorization.on_file", False, From.PAPER, "no authorization is on file")]
    stated = [(validity.facts(one.terms, one.wrong, one.state, recipient_kind=who, purpose=purpose, information=told), one) for one in kept]
    best, paper = max(stated, key=lambda pair: (_fit(pair[0]), pair[1].recorded))
    return [Gathered(name, value, From.PAPER, f"the authorization for {paper.terms.recipient}", row=paper.id) for name, value in best.items()]


def _fit(facts: Mapping[str, object]) -> int:
    wanted = ("authorization.covers_recipient", "authorization.covers_information", "authorization.covers_purpose", "authorization.valid")
    return sum(2 ** (len(wanted) - at) for at, name in enumerate(wanted) if facts[name] is True)
