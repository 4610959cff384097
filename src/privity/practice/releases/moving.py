"""What left, the accounting, and consultations, out into an export. For its gate alone: it asks nobody and writes no event."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from privity.practice.people.actor import Actor
from privity.vault import Use, open_sealed, open_text

from . import accounting
from .consultation_access import place_of as place_of_consultation
from .consultation_models import Consultation, ConsultationReply
from .models import Disclosure, Link, Outgoing, Suspension
from .services import number_of, place_of_copy


def packets(actor: Actor, record: UUID) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the packets that were let go, the oldest first, each with its exact bytes. A locked file comes with what opens it."""
    rows = Outgoing.objects.filter(record_id=record, practice_id=actor.practice_row).select_related("packet").order_by("authorized", "id")
    for row in rows.iterator(chunk_size=4):
        key = actor.keys.key(record, Use.RELEASES)
        about = json.loads(open_text(row.about, with_=key, bound_to=place_of_copy(actor, record, row.id, "about")))
        links = Link.objects.filter(outgoing=row).order_by("made")
        told = {
            "id": row.id, "number": number_of(row.packet), "decision": row.packet.decision_id, "prepared_by": row.packet.by_id, "sent_by": row.by_id,
            "looked_a_second_time": row.packet.seen_by_id, "way": row.way, "state": row.state, "authorized": row.authorized, "began": row.began,
            "settled": row.settled, "kept_until": row.keep_until, **about,
            "links": [{"made": one.made, "ends": one.ends, "opens": one.opens, "last_opened": one.last, "closed": one.closed} for one in links],
        }  # fmt: skip
        yield told, open_sealed(row.copy, with_=key, bound_to=place_of_copy(actor, record, row.id, "copy"))


def disclosures(actor: Actor, record: UUID) -> list[dict[str, Any]]:
    """Return the rows of the accounting, the oldest first; one that must not be told to the client yet says until when."""
    found = []
    rows = Disclosure.objects.filter(record_id=record, practice_id=actor.practice_row).select_related("suspension")
    for row in rows.order_by("on", "written", "id"):
        key, pause = actor.keys.key(record, Use.ACCOUNTING), row.suspension
        raw = json.loads(open_text(row.body, with_=key, bound_to=accounting.place_of(actor, record, row.id)))
        until = pause.ends if pause is not None and pause.decided is not None and pause.lifted is None else None
        mine = {"id": row.id, "by": row.by_id, "written": row.written, "packet": row.outgoing_id, "suspension": row.suspension_id}
        found.append({**mine, **raw, "client_not_told_until": until})
    return found


def suspensions(actor: Actor, record: UUID) -> list[dict[str, Any]]:
    """Return for how long an agency asked that the client not be told, the oldest first."""
    found = []
    for row in Suspension.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("placed", "id"):
        key = actor.keys.key(record, Use.ACCOUNTING)
        raw = json.loads(open_text(row.body, with_=key, bound_to=accounting.place_of(actor, record, row.id, "suspension")))
        mine = {"id": row.id, "by": row.by_id, "placed": row.placed, "ends": row.ends, "oral": row.oral, "decided": row.decided, "lifted": row.lifted}
        found.append({**mine, **raw})
    return found


def consultations(actor: Actor, record: UUID) -> list[dict[str, Any]]:
    """Return a record's consultations with what colleagues said, the oldest first."""
    found = []
    for row in Consultation.objects.filter(record_id=record, practice_id=actor.practice_row).order_by("made", "id"):
        key, replies = actor.keys.key(record, Use.RECORD), []
        for one in ConsultationReply.objects.filter(consultation=row).order_by("made", "id"):
            raw = json.loads(open_text(one.body, with_=key, bound_to=place_of_consultation(actor, record, one.id, "consultation_reply.body")))
            replies.append({"id": one.id, "by": one.by_id, "made": one.made, **raw})
        body = json.loads(open_text(row.body, with_=key, bound_to=place_of_consultation(actor, record, row.id, "consultation.body")))
        found.append({"id": row.id, "by": row.by_id, "made": row.made, "decision": row.decision, **body, "replies": replies})
    return found
