"""Verbs on authorizations: write one down, take it back, note that its event came. Each one transaction, its event last."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people.access import NotThere, require
from privity.practice.people.actor import Actor
from privity.practice.people.models import Record
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from . import scans
from .access import place_of, terms_of_row
from .models import Authorization
from .validity import Terms


class NothingToTakeBack(ValueError):
    """The authorization was taken back before, or its event came."""


def record_authorization(actor: Actor, record: UUID, terms: Terms, scan: UUID | None = None) -> UUID:
    """Return the id of an authorization now on file, whole or with defects; only the law decides what it opens. `scan` is the paper it was read from.

    Raises NotThere, NotAllowed, and AlreadyRead for a paper that somebody else wrote down.
    """
    require(actor, record, "change", "authorization")
    key, id = make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING], uuid4()
    body = seal(json.dumps(terms.as_dict()), with_=key, bound_to=place_of(actor, record, id, "terms"))
    with transaction.atomic():
        require(actor, record, "change", "authorization")
        closed = Record.objects.get(id=record, practice_id=actor.practice_row).closed
        over = closed.astimezone().date() if closed and terms.ends_at_close else None  # it ended then, and taking treatment up again does not revive it
        Authorization.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, recorded=actor.now, terms=body, ends=terms.ends,
            with_treatment=terms.ends_at_close, ended=over if over and terms.signed <= over else None,
        )  # fmt: skip
        if scan is not None:
            scans.belongs(actor, record, scan, authorization=id)
        _write(actor, record, "authorization.record", id)
    return id


def revoke(actor: Actor, record: UUID, authorization: UUID, how: str, *, by_word: bool = False) -> None:
    """Take an authorization back: from this moment nothing leaves under it, by word as in writing. Raises NotThere, NotAllowed and NothingToTakeBack.

    45 CFR 164.508(b)(5) owes this to a writing alone. An authorization only permits, so nothing stands against heeding the client's word.
    """
    key = actor.keys.key(record, Use.ACCOUNTING) if _exists(actor, record, authorization) else None
    sealed = seal(how.strip(), with_=key, bound_to=place_of(actor, record, authorization, "how_revoked")) if key and how.strip() else b""
    with transaction.atomic():
        row = _row(actor, record, authorization)
        if row.revoked is not None:
            raise NothingToTakeBack("it was taken back before")
        row.revoked, row.how_revoked, row.by_word = actor.now, sealed, by_word
        row.save(update_fields=["revoked", "how_revoked", "by_word"])
        _write(actor, record, "authorization.revoke", authorization)


def confirm_name(actor: Actor, record: UUID, authorization: UUID) -> None:
    """Note that the other name on a paper that was brought in is the client's own: somebody looked. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        row = _row(actor, record, authorization)
        terms = terms_of_row(actor, row)
        if terms.other_name:
            key, place = actor.keys.key(record, Use.ACCOUNTING), place_of(actor, record, authorization, "terms")
            row.terms = seal(json.dumps(replace(terms, other_name=False).as_dict()), with_=key, bound_to=place)
            row.save(update_fields=["terms"])
            _write(actor, record, "authorization.confirm", authorization)


def event_came(actor: Actor, record: UUID, authorization: UUID) -> None:
    """Note that the event which ends an authorization has come. Raises NotThere, NotAllowed and NothingToTakeBack."""
    with transaction.atomic():
        row = _row(actor, record, authorization)
        if row.ends is not None or row.ended is not None or row.revoked is not None:
            raise NothingToTakeBack("it ends on a day, or has ended")
        row.ended = actor.now.astimezone().date()
        row.save(update_fields=["ended"])
        _write(actor, record, "authorization.end", authorization)


def _exists(actor: Actor, record: UUID, authorization: UUID) -> bool:
    return Authorization.objects.filter(id=authorization, record_id=record, practice_id=actor.practice_row).exists()


def _row(actor: Actor, record: UUID, authorization: UUID) -> Authorization:
    require(actor, record, "change", "authorization")
    row = Authorization.objects.select_for_update().filter(id=authorization, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"authorization {authorization}")
    return row


def _write(actor: Actor, record: UUID, act: str, authorization: UUID) -> None:
    about = [(actor.keys.key(record, Use.RECORD), record)]
    trail.write(actor.practice, actor.account, act, at=actor.now, about=about, row=(actor.keys.key(record, Use.RECORD), authorization))
