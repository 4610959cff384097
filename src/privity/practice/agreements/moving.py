"""What was signed and agreed, out into an export and in from one. For the gates of both alone: it asks nobody and writes no event."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.practice.records.documents import CannotKeep, sniffed
from privity.vault import Use, seal

from . import restrictions as restricted
from .access import end_of_it, how_revoked, place_of, terms_of_row
from .models import Authorization, Restriction, Scan
from .pictures import pages
from .restrictions import HOW, NewRestriction, ending_sealed, terms_sealed
from .scans import TAKEN, Paper, body_for_gates, papers, place_of_scan
from .validity import CONDITIONED, KINDS, SIGNERS, TOGETHER, Terms

__all__ = [
    "HOW", "File", "Moved", "MovedRestriction", "bring", "here", "restrictions", "terms_of", "told_with_files", "why_not_ended", "why_not_paper",
    "why_not_terms",
]  # fmt: skip
SHORT = 400


@dataclass(frozen=True)
class File:
    """The paper itself, opened."""

    id: UUID
    by: UUID
    added: datetime
    ending: str
    content: bytes


@dataclass(frozen=True)
class Moved:
    """An authorization as an export tells it."""

    id: UUID
    by: UUID
    recorded: datetime
    terms: Terms
    ended: date | None = None
    revoked: datetime | None = None
    how_revoked: str = ""
    by_word: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class MovedRestriction:
    """A restriction as an export tells it."""

    id: UUID
    by: UUID
    recorded: datetime
    classes: tuple[str, ...]
    recipient_kinds: tuple[str, ...]
    self_pay: bool
    visits: tuple[UUID, ...]
    note: str
    began: date
    ended: date | None = None
    how_ended: str = ""
    later_only: bool = False


# --- out ---------------------------------------------------------------------------------------------------------


def told_with_files(actor: Actor, record: UUID) -> Iterator[tuple[dict[str, Any], tuple[File, ...]]]:
    """Yield a record's authorizations, opened, in their order, those that were taken back too; each with its papers. Unread papers stay behind."""
    rows = Authorization.objects.filter(record_id=record, practice_id=actor.practice_row).select_related("record").order_by("recorded", "id")
    by_row = papers(actor, record) if rows else {}
    for row in rows:
        told = {
            "id": row.id, "by": row.by_id, "recorded": row.recorded, "terms": terms_of_row(actor, row).as_dict(), "ended": end_of_it(row),
            "revoked": row.revoked, "how_revoked": how_revoked(actor, row), "by_word": row.by_word,
        }  # fmt: skip
        yield told, files_of(actor, record, by_row.get(row.id, ()))


def files_of(actor: Actor, record: UUID, scans: Iterable[Paper]) -> tuple[File, ...]:
    """Return scans with their bytes."""
    found = []
    for one in scans:
        row = Scan.objects.only("by_id").get(id=one.id)
        found.append(File(one.id, row.by_id, one.added, one.ending, body_for_gates(actor, record, one.id)[1]))
    return tuple(found)


def restrictions(actor: Actor, record: UUID) -> list[dict[str, Any]]:
    """Return a record's restrictions, opened, those that ended too."""
    return [
        {
            "id": one.id, "by": one.by, "recorded": one.recorded, "classes": list(one.classes), "recipient_kinds": list(one.recipient_kinds),
            "self_pay": one.self_pay, "visits": [str(visit) for visit in one.visits], "note": one.note, "began": one.began, "ended": one.ended,
            "how_ended": one.how_ended, "later_only": one.later_only,
        }
        for one in reversed(restricted.every(actor, record))
    ]  # fmt: skip


# --- in ----------------------------------------------------------------------------------------------------------


def why_not_terms(raw: object) -> str:
    """Return why what a paper says is not kept, in one sentence, or nothing."""
    if not isinstance(raw, dict):
        return "terms must be a row of fields"
    texts = ("recipient_kind", "recipient", "description", "purpose", "signed_by", "signer", "ends_with")
    if any(not isinstance(raw.get(name), str) or len(raw[name]) > SHORT or "\0" in raw[name] for name in texts):
        return f"terms need {', '.join(texts)}, each a text of at most {SHORT} characters"
    if any(not isinstance(raw.get(name), list) or any(not isinstance(one, str) or len(one) > SHORT for one in raw[name]) for name in ("information", "has")):
        return "terms need information and has, each a list of words"
    also = raw.get("also", [])
    if not isinstance(also, list) or any(
        not isinstance(one, list) or len(one) != 2 or one[0] not in SIGNERS or not isinstance(one[1], str) or len(one[1]) > SHORT or "\0" in one[1]
        for one in also
    ):  # fmt: skip
        return f"also is a list of pairs: {', '.join(SIGNERS)}, and a name"
    for name, of in (("kind", KINDS), ("together", TOGETHER), ("conditioned", CONDITIONED)):
        if raw.get(name, of[0]) not in of:
            return f"{name} is none of {', '.join(of)}"
    if any(not isinstance(raw.get(name, False), bool) for name in ("longer_by_wish", "with_treatment", "known_false", "by_class", "other_name")):
        return "longer_by_wish, with_treatment, known_false, by_class and other_name are yes or no"
    try:
        Terms.of(raw)
    except (ValueError, TypeError, KeyError):
        return "terms hold a day that is none, or a field that no paper has; days are written as 2026-11-26"
    return ""


def terms_of(raw: Mapping[str, Any]) -> Terms:
    """Return what a paper says, where why_not_terms had nothing against it."""
    return Terms.of(raw)


def why_not_paper(content: bytes, ending: str) -> str:
    """Return why a scan is not kept, in one sentence, or nothing."""
    try:
        kind = sniffed(content)
        if kind not in TAKEN or kind.ending != ending:
            return "a signed paper is a PDF, PNG or JPEG, and its name says which"
        pages(content, ending)
    except CannotKeep as why:
        return str(why)
    return ""


def why_not_ended(ended: date | None, how: str, *, self_pay: bool, later_only: bool) -> Iterator[str]:
    """Yield what a restriction's end says against itself, or against the law, each in one sentence."""
    if ended is None and (how or later_only):
        yield "it says how it ended and not on which day"
    if how == restricted.BY_PRACTICE and not later_only:
        yield "what the practice ended holds on for what is older, so later_only is true (45 CFR 164.522(a)(2)(iii)(B))"
    if self_pay and how == restricted.BY_PRACTICE:
        yield "what was paid in full only the client ends (45 CFR 164.522(a)(2)(iii)(A))"


def bring(
    actor: Actor, record: UUID, signed: Iterable[Moved], limits: Iterable[MovedRestriction], stands_for: Mapping[UUID, UUID], names: Collection[str]
) -> None:
    """Keep authorizations with their papers, and restrictions, sealed, under the ids they had. Within the transaction of the import.

    One that somebody signed as the client by none of the clients' `names` opens nothing until somebody here has looked, whatever the file says.
    """
    mine = {"practice_id": actor.practice_row, "record_id": record}
    for one in signed:
        key = actor.keys.key(record, Use.ACCOUNTING)
        how = seal(one.how_revoked, with_=key, bound_to=place_of(actor, record, one.id, "how_revoked")) if one.how_revoked else b""
        said = replace(one.terms, other_name=one.terms.bears_other(names))
        terms = seal(json.dumps(said.as_dict()), with_=key, bound_to=place_of(actor, record, one.id, "terms"))
        row = Authorization.objects.create(
            **mine, id=one.id, by_id=stands_for[one.by], recorded=one.recorded, terms=terms, ends=one.terms.ends, ended=one.ended, revoked=one.revoked,
            how_revoked=how, by_word=one.by_word, with_treatment=one.terms.ends_at_close,
        )  # fmt: skip
        for file in one.files:
            raw = json.dumps({"ending": file.ending, "size": len(file.content), "pages": pages(file.content, file.ending)})
            about = seal(raw, with_=key, bound_to=place_of_scan(actor, record, file.id, "about"))
            body = seal(file.content, with_=key, bound_to=place_of_scan(actor, record, file.id, "body"))
            Scan.objects.create(**mine, id=file.id, authorization=row, by_id=stands_for[file.by], added=file.added, about=about, body=body)
    for limit in limits:
        new = NewRestriction(limit.classes, limit.recipient_kinds, limit.self_pay, limit.began, limit.visits, limit.note)
        ending = ending_sealed(actor, record, limit.id, limit.how_ended, later_only=limit.later_only) if limit.ended else b""
        Restriction.objects.create(
            **mine, id=limit.id, by_id=stands_for[limit.by], recorded=limit.recorded, terms=terms_sealed(actor, record, limit.id, new), began=limit.began,
            ended=limit.ended, ending=ending,
        )  # fmt: skip


def here(signed: Iterable[Moved], limits: Iterable[MovedRestriction]) -> set[UUID]:
    """Return which of their ids are taken."""
    moved = list(signed)
    taken = set(Authorization.objects.filter(id__in=[one.id for one in moved]).values_list("id", flat=True))
    taken |= set(Scan.objects.filter(id__in=[file.id for one in moved for file in one.files]).values_list("id", flat=True))
    return taken | set(Restriction.objects.filter(id__in=[one.id for one in limits]).values_list("id", flat=True))
