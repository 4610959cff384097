"""Papers laid out in a record, out into an export. For its gate alone: it asks nobody and writes no event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.vault import Use, open_text

from . import scans
from .moving import File, files_of
from .paper_access import place_of
from .paper_models import Paper, Signature, Talk
from .papers import Sheet


def told_with_files(actor: Actor, record: UUID) -> Iterator[tuple[dict[str, Any], tuple[File, ...]]]:
    """Yield a record's papers as `told` has them, each with its scans: of those from outside, that have `on_file`."""
    papers = told(actor, record)
    files = scans.papers(actor, record) if papers else {}
    for one in papers:
        yield one, files_of(actor, record, files.get(one["id"], ()))


def told(actor: Actor, record: UUID) -> list[dict[str, Any]]:
    """Return a record's papers, the oldest first: the exact words in each language with their SHA-256, who signed and when, and the talk beside it.

    Of a paper from outside there are no words and no signatures made here: `on_file` has what was entered, `signers` the day that stands there of each.
    """
    rows = list(Paper.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("offered", "id"))
    if not rows:
        return []
    key = actor.keys.key(record, Use.ACCOUNTING)
    signed: dict[UUID, list[dict[str, Any]]] = {}
    for row in Signature.objects.filter(paper__in=rows).order_by("at", "id"):
        evidence = json.loads(open_text(bytes(row.evidence), with_=key, bound_to=place_of(actor, record, row.id, "signature.evidence")))
        signed.setdefault(row.paper_id, []).append({"person": row.person, "at": row.at, "evidence": evidence})
    talks = _talks(actor, record, rows)
    return [
        {
            "id": row.id, "by": row.by_id, "offered": row.offered, "whole": row.whole, "withdrawn": row.withdrawn, "authorization": row.authorization,
            **_words(json.loads(open_text(bytes(row.body), with_=key, bound_to=place_of(actor, record, row.id, "paper.body")))),
            "signatures": signed.get(row.id, []), "talks": talks.get(row.id, []),
        }
        for row in rows
    ]  # fmt: skip


def _words(body: dict[str, Any]) -> dict[str, Any]:
    """Return what was sealed of a paper, each sheet with its words as they are hashed beside its parts."""
    sheets = {language: Sheet.of(raw) for language, raw in body["sheets"].items()}
    return {**body, "sheets": {language: {**one.as_dict(), "words": one.text, "sha256": one.digest} for language, one in sheets.items()}}


def _talks(actor: Actor, record: UUID, rows: list[Paper]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in Talk.objects.filter(paper__in=rows).order_by("at", "id"):
        key = actor.keys.key(record, Use.RECORD)
        raw = json.loads(open_text(bytes(row.body), with_=key, bound_to=place_of(actor, record, row.id, "talk.body")))
        found.setdefault(row.paper_id, []).append({"by": row.by_id, "at": row.at, **raw})
    return found
