"""What a question's silence means: what is presumed, and what follows from other words of it. Each is listed where an answer leans on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .facts import FALSE, TRUE, Value

if TYPE_CHECKING:
    from .book import Book

Values = dict[str, object]


def presumptions(book: Book, facts: Mapping[str, Value | None], *, alone: bool = True) -> Values:
    """Return what is presumed of nobody in particular: living, adult, with capacity, not in custody.

    `alone`: the question is about one person, and then the care is taken to be that person's alone, while nobody speaks of others.
    An age that is given is never overruled, and facts that speak of a minor take the presumption of adulthood away.
    """
    presumed: Values = {}
    speaks_of_minor = any(name.startswith(("minor.", "parent.")) for name in facts)
    for name, fact in book.presumed.items():
        if name in facts:
            continue
        if name == "client.adult" and ("client.age" in facts or "client.born" in facts or speaks_of_minor):
            continue
        if name == "client.deceased" and "client.died" in facts:
            continue
        presumed[name] = TRUE if fact.presume else FALSE
    presumed.update({name: value for name, value in book.taken.items() if name not in facts})
    presumed.update({name: value for name, value in _circumstances(book, facts).items() if name in book.facts and name not in facts})
    if alone and "care.modality" in book.facts and not _speaks_of_others(facts):
        presumed["care.modality"] = "individual"
    presumed.update({name: value for name, value in _authorization(facts).items() if name in book.facts and name not in facts})
    return presumed


def _speaks_of_others(facts: Mapping[str, Value | None]) -> bool:
    told = facts.get("information")
    return (
        "care.modality" in facts or "participants.all_authorize" in facts
        or facts.get("recipient.kind") in ("other_participant", "spouse_or_partner")
        or (isinstance(told, frozenset) and "other_participant_information" in told)
    )  # fmt: skip


PRESUMED_HERE = {
    "care.modality": "nobody spoke of a couple, a family or a group",
    "abuse.kind": "no kind was named",
    "practice.licensed_facility": "a private practice is not a licensed facility unless somebody says so",
    "process.forum": "no court was named, and most cases are in a state's court",
    "care.level": "nothing was said of a hospital or a residence",
    "client.objects": "who agrees does not object, and who is away or cannot decide has not objected now",
    "client.agrees": "who objects, or cannot decide, does not agree, and the dead no longer can",
    "process.kind": "no court's or lawyer's paper was spoken of",
    "client.asks_in_writing": "nobody has spoken of a signed direction to send it",
    "discloser.kind": "nobody else was named as the one who tells",
    "other_law.says": "no law outside this book was named",
    "authorization.on_file": "nobody has spoken of a signed authorization",
    "authorization.lacks": "whoever says that it is valid has looked for what it must have",
    "authorization.revoked": "whoever says that it is valid has looked whether it was taken back",
    "authorization.expired": "whoever says that it is valid has looked at its end",
}


def _circumstances(book: Book, facts: Mapping[str, Value | None]) -> Values:
    """Return what follows from other words of the question: who agrees does not object, who objects does not agree, care outside hospitals."""
    made: Values = {}
    parent_shut_out = facts.get("minor.objects_to_parent_access") is True and facts.get("recipient.kind") in ("parent", "guardian")
    if parent_shut_out:
        made["client.objects"] = TRUE
    if parent_shut_out or facts.get("client.objects") is True or facts.get("abuse.client_agrees_to_report") is False or is_dead(facts):
        made["client.agrees"] = FALSE
    if facts.get("client.has_capacity") is False:
        made["client.agrees"] = FALSE
    if facts.get("purpose") in book.groups.get("NO_PAPER", frozenset()):
        made["process.kind"] = "none"
    if facts.get("practice.setting") in ("private_practice", "telehealth_only"):
        made["practice.licensed_facility"] = FALSE
    if facts.get("purpose") == "client_request":
        made["client.asks_in_writing"] = FALSE
    if facts.get("client.agrees") is True or facts.get("client.present") is False or facts.get("client.has_capacity") is False:
        made["client.objects"] = FALSE
    if facts.get("practice.setting") not in ("inpatient", "correctional"):
        made["care.level"] = "outpatient"
    return made


def is_dead(facts: Mapping[str, Value | None]) -> bool:
    """Tell whether the client is said to be dead, in so many words or by a day of death."""
    return facts.get("client.deceased") is True or (facts.get("client.deceased") is None and facts.get("client.died") is not None)


def _authorization(facts: Mapping[str, Value | None]) -> Values:
    """Return what silence about an authorization means: there is none; and one that was found valid lacks nothing.

    An authorization is never presumed to be there (the answer then says: only with a signature).
    """
    if facts.get("authorization.valid") is True:
        return {"authorization.on_file": TRUE, "authorization.lacks": frozenset(), "authorization.revoked": FALSE, "authorization.expired": FALSE}
    if not any(name.startswith("authorization.") for name in facts):
        return {"authorization.on_file": FALSE}
    return {}
