"""Verbs that write into the chart: each seals first, then one short transaction with its event as the last statement."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.people.access import NotThere, identities, opened, require
from privity.practice.people.actor import Actor
from privity.practice.people.clients import other_members
from privity.practice.people.models import SUBJECTS, Participant, Record
from privity.practice.trail import services as trail
from privity.vault import Key, Use, open_text, seal

from . import marks, members
from .access import Begun, place_of_document, place_of_draft, place_of_part
from .classes import LONGEST, words
from .documents import CannotKeep, safe_name, sniffed
from .models import Document, Draft, Entry, Part
from .uploads import MOST

TOO_LARGE = "The file is larger than 10 MB, and nothing of it was kept. Make it smaller or cut it in parts, then attach them."


class CannotSign(ValueError):
    """An entry that is not signed as it is. Its message is one sentence for whoever wrote it; `klass` names the part it is about."""

    def __init__(self, message: str, klass: str = "") -> None:
        super().__init__(message)
        self.klass = klass


class NothingWritten(CannotSign):
    """An entry without a word cannot be signed."""


class TooLong(CannotSign):
    """A part is longer than a note may be."""


class MarkNotPaired(CannotSign):
    """A mark for what is about somebody else opens and does not close, or closes and does not open."""


class OtherMemberNamed(CannotSign):
    """A note on one member of a group holds another member's name."""


class TreatmentEnded(CannotSign):
    """Nothing but amendments is written after treatment ended."""


class DraftMoved(ValueError):
    """The draft was changed in another window since this one was opened: kept there, and not overwritten."""


@dataclass(frozen=True)
class NewEntry:
    """What is to be signed into the chart. `parts` are texts by class of information; `on` is the member of a group it is on.

    `id` is the sheet it was written on, so that a form sent twice is signed once.
    """

    kind: str
    began: datetime
    parts: Mapping[str, str]
    ended: datetime | None = None
    modality: str = ""
    amends: UUID | None = field(default=None)
    on: UUID | None = None
    id: UUID | None = None


def sign_entry(actor: Actor, record: UUID, new: NewEntry) -> UUID:
    """Return the id of a signed entry; the writer's draft of its kind is gone. Raises NotThere, NotAllowed and CannotSign."""
    parts = {klass: text for klass, text in new.parts.items() if text.strip()}
    if not parts:
        raise NothingWritten("Write something before you sign.")
    require(actor, record, "write", "chart")
    check_parts(actor, record, parts, new.on)
    key, id = actor.keys.key(record, Use.RECORD), new.id or uuid4()
    rows = []
    for klass, text in parts.items():
        part = uuid4()
        body = seal(text, with_=key, bound_to=place_of_part(actor, record, part))
        rows.append(Part(id=part, practice_id=actor.practice_row, entry_id=id, record_id=record, klass=klass, body=body))
    with transaction.atomic():
        require(actor, record, "write", "chart")
        if _signed_already(actor, record, id, parts, key):
            return id
        if new.on is not None and not Participant.objects.filter(record_id=record, person_id=new.on, part__in=SUBJECTS).exists():
            raise NotThere(f"person {new.on}")
        if new.amends is not None and not Entry.objects.filter(id=new.amends, record_id=record).exists():
            raise NotThere(f"entry {new.amends}")
        if new.amends is None:
            _still_treated(record)
        Entry.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, kind=Entry.Kind(new.kind), author_id=actor.account, began=new.began,
            ended=new.ended, modality=new.modality, signed=actor.now, amends_id=new.amends, person_id=new.on,
        )  # fmt: skip
        Part.objects.bulk_create(rows)
        Draft.objects.filter(record_id=record, author_id=actor.account, kind=new.kind).delete()
        trail.write(actor.practice, actor.account, "entry.sign", at=actor.now, about=[(key, record)], row=(key, id))
    return id


def check_parts(actor: Actor, record: UUID, parts: Mapping[str, str], on: UUID | None) -> None:
    """Raise CannotSign, naming the place, for what may not be signed as it is. Nothing is ever altered."""
    for klass, text in parts.items():
        if len(text) > LONGEST:
            raise TooLong(f"{words(klass)} has {len(text):,} characters, and a part holds {LONGEST:,}. Cut it, or attach it as a document.", klass)
        if alone := marks.unpaired(text):
            raise MarkNotPaired(f"{words(klass)}, line {alone.line}: a mark for somebody else needs [[ before and ]] after, and none within another.", klass)
    others = other_members(actor, record, on)
    if others and (place := members.named(parts, others, [] if on is None else identities(actor, [on]).values())):
        what = f"{words(place.klass)}, line {place.line}: “{place.word}” is the name of another member of the group"
        raise OtherMemberNamed(f"{what}. Write “another member” instead; nothing was signed.", place.klass)


def _signed_already(actor: Actor, record: UUID, id: UUID, parts: Mapping[str, str], key: Key) -> bool:
    """Tell whether this very sheet was signed before: a form sent twice. Raises CannotSign when another text was."""
    row = Entry.objects.filter(id=id).first()
    if row is None:
        return False
    if (row.record_id, row.author_id) != (record, actor.account):
        raise NotThere(f"entry {id}")
    there = {part.klass: open_text(part.body, with_=key, bound_to=place_of_part(actor, record, part.id)) for part in Part.objects.filter(entry=row)}
    if there != dict(parts):
        raise CannotSign("This sheet was already signed in another window, and stays as it was. Write what is new as an amendment.")
    return True


def _still_treated(record: UUID) -> None:
    if Record.objects.filter(id=record).exclude(closed=None).exists():
        raise TreatmentEnded("Treatment ended, so only amendments are signed. Take treatment up again on the client’s page first.")


# --- drafts --------------------------------------------------------------------------------------------------------


def keep_draft(actor: Actor, record: UUID, kind: str, fields: Mapping[str, str], *, after: int | None = None) -> int:
    """Keep what is being written and return its version. Raises NotThere, NotAllowed, and DraftMoved when `after` is not the version that stands."""
    require(actor, record, "write", "draft")
    key = actor.keys.key(record, Use.RECORD)
    with transaction.atomic():
        require(actor, record, "write", "draft")
        row = _keep(actor, record, kind, fields, after)
        trail.write(actor.practice, actor.account, "draft.keep", at=actor.now, about=[(key, record)], row=(key, row.id))
    return row.version


def keep_and_show(actor: Actor, record: UUID, kind: str, fields: Mapping[str, str]) -> Begun:
    """Keep what was written, and return it with its record, to be shown again: one act, one event. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        standing = require(actor, record, "write", "draft")
        key = actor.keys.key(record, Use.RECORD)
        row = _keep(actor, record, kind, fields, None)
        (found,) = opened(actor, {record: standing})
        trail.write(actor.practice, actor.account, "draft.keep", at=actor.now, about=[(key, record)], row=(key, row.id))
    return Begun(found, dict(fields), row.version, row.saved)


def drop_draft(actor: Actor, record: UUID, kind: str) -> None:
    """Throw the actor's draft away. Raises NotThere and NotAllowed."""
    with transaction.atomic():
        require(actor, record, "write", "draft")
        Draft.objects.filter(record_id=record, author_id=actor.account, kind=kind).delete()
        trail.write(actor.practice, actor.account, "draft.drop", at=actor.now, about=[(actor.keys.key(record, Use.RECORD), record)])


def _keep(actor: Actor, record: UUID, kind: str, fields: Mapping[str, str], after: int | None) -> Draft:
    row = Draft.objects.select_for_update().filter(record_id=record, author_id=actor.account, kind=kind).first()
    if after is not None and after != (row.version if row else 0):
        raise DraftMoved("this draft was changed in another window")
    row = row or Draft(practice_id=actor.practice_row, record_id=record, author_id=actor.account, kind=kind, version=0)
    row.version, row.saved = row.version + 1, actor.now
    key = actor.keys.key(record, Use.RECORD)
    row.body = seal(json.dumps(dict(fields)), with_=key, bound_to=place_of_draft(actor, record, row.id, row.version))
    row.save()
    return row


# --- documents -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class NewDocument:
    """A file to be kept: its title, its class of information, its bytes."""

    title: str
    klass: str
    content: bytes


def add_document(actor: Actor, record: UUID, new: NewDocument) -> UUID:
    """Return the id of a document, kept sealed. Raises NotThere, NotAllowed, CannotKeep and CannotSign."""
    require(actor, record, "write", "chart")
    if len(new.content) > MOST:
        raise CannotKeep(TOO_LARGE)
    kind = sniffed(new.content)
    check_parts(actor, record, {new.klass: new.title}, None)
    key, entry, id = actor.keys.key(record, Use.RECORD), uuid4(), uuid4()
    title = marks.split(new.title)[0]  # what is marked as about somebody else stands in no title
    raw = json.dumps({"title": safe_name(title, kind).rsplit(".", 1)[0], "ending": kind.ending, "size": len(new.content)})
    about = seal(raw, with_=key, bound_to=place_of_document(actor, record, id, "about"))
    body = seal(new.content, with_=key, bound_to=place_of_document(actor, record, id, "body"))
    with transaction.atomic():
        require(actor, record, "write", "chart")
        row = Entry.objects.create(
            id=entry, practice_id=actor.practice_row, record_id=record, kind=Entry.Kind.DOCUMENT, author_id=actor.account, began=actor.now, signed=actor.now
        )
        Document.objects.create(id=id, practice_id=actor.practice_row, entry=row, record_id=record, klass=new.klass, about=about, body=body)
        trail.write(actor.practice, actor.account, "document.add", at=actor.now, about=[(key, record)], row=(key, id))
    return id
