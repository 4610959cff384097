"""What the pages of the keys' origin ask: one address, a short table of verbs, bytes as hex. No cookie counts here; a ticket stands for the session."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.actor import Actor
from privity.practice.people.desk import DeskRequest

from .. import sealed_access as gate
from .. import sealed_services as verbs
from ..services import NothingWritten

MOST = 3 * (1 << 20)  # a note of one million signs, as hex
Said = Mapping[str, Any]


@csrf_exempt  # no cookie is read: without a ticket, which no other page can have, nothing is answered
@require_POST
def answer(request: DeskRequest, verb: str) -> HttpResponse:
    """Answer one verb as JSON; whatever is refused is refused in one sentence."""
    if int(request.headers.get("Content-Length") or 0) > MOST:
        return _refused("this is more than a note can be; nothing was kept; split it into several notes", 413)
    try:
        said = json.loads(request.read(MOST) or b"{}")
        ask, with_record = VERBS[verb]
        if with_record == (request.ticket_record is None):  # type: ignore[attr-defined]
            raise NotThere(verb)
        given = (request.actor, request.ticket_record) if with_record else (request.actor,)  # type: ignore[attr-defined]
        return JsonResponse(ask(*given, said))
    except (verbs.SealRefused, gate.TooEarly, NothingWritten) as refused:
        return _refused(str(refused), 409)
    except NotAllowed:
        return _refused("your role does not include this; nothing was changed; ask the privacy officer", 403)
    except (NotThere, KeyError):
        return _refused("there is no such thing, or not for you; nothing was changed; go back and open it anew", 404)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return _refused("what was sent could not be read; nothing was changed; load the page anew", 400)


def _refused(why: str, status: int) -> HttpResponse:
    return JsonResponse({"why": why}, status=status)


def mine(actor: Actor, said: Said) -> dict[str, Any]:
    """Return one's own wraps and what one compared."""
    own = gate.own_keys(actor)
    return {
        "practice": str(actor.practice),
        "author": str(own.account),
        "user_name": own.user_name,
        "public": _public(own.public),
        "ways": [{"id": str(id), "kind": kind, "made": _day(made), "wrapped": wrapped.hex()} for id, kind, made, wrapped in own.unlockers],
        "compared": [{"person": str(whom), "fingerprint": fingerprint.hex(), "signature": signature.hex()} for whom, fingerprint, signature in own.compared],
    }


def begin(actor: Actor, said: Said) -> dict[str, Any]:
    """Keep new keys with their first ways in."""
    verbs.begin_keys(actor, _hex(said["agree"]), _hex(said["verify"]), [_hex(one) for one in said["ways"]])
    return {}


def add(actor: Actor, said: Said) -> dict[str, Any]:
    """Keep one more way in."""
    verbs.add_unlocker(actor, _hex(said["way"]))
    return {}


def drop(actor: Actor, said: Said) -> dict[str, Any]:
    """Take a way in back."""
    verbs.drop_unlocker(actor, UUID(said["way"]))
    return {}


def record(actor: Actor, record: UUID, said: Said) -> dict[str, Any]:
    """Return one record's sealed notes as a list, with the wrapped key of the author's own notes."""
    sheet, key = gate.sheet(actor, record), gate.note_key(actor, record)
    notes = [_listed(one) for one in sheet.notes]
    told = {"record": str(record), "called": sheet.called, "may_write": sheet.may_write, "notes": notes, "note_key": key.hex() if key else None}
    return told | mine(actor, said)


def note(actor: Actor, record: UUID, said: Said) -> dict[str, Any]:
    """Return one note as it was sealed."""
    version, sealed = gate.note(actor, record, UUID(said["note"]))
    return {"version": version, "sealed": sealed.hex()}


def keep(actor: Actor, record: UUID, said: Said) -> dict[str, Any]:
    """Keep a note or a draft as it was sealed."""
    key = _hex(said["note_key"]) if said.get("note_key") else None
    verbs.keep_note(actor, record, UUID(said["note"]), int(said["version"]), _hex(said["sealed"]), key_wrap=key)
    return {}


def hand(actor: Actor, record: UUID, said: Said) -> dict[str, Any]:
    """Sign a text, opened by its author and handed over, into the chart. This is the one verb that carries a text."""
    return {"entry": str(verbs.hand_over(actor, record, UUID(said["note"]), str(said["text"])))}


def people(actor: Actor, said: Said) -> dict[str, Any]:
    """Return the colleagues who have keys, and whom the actor named."""
    keys, called = gate.public_keys(actor), gate.names(actor)
    named = [[str(one.first), str(one.second)] for one in gate.custody(actor) if one.mine == "author"]
    return {"people": [_person(one, called[one], keys[one]) for one in keys if one != actor.account], "named": named} | mine(actor, said)


def compare(actor: Actor, said: Said) -> dict[str, Any]:
    """Keep a signed comparison."""
    verbs.keep_compared(actor, UUID(said["person"]), _hex(said["fingerprint"]), _hex(said["signature"]))
    return {}


def name(actor: Actor, said: Said) -> dict[str, Any]:
    """Keep whom the author names as custodians."""
    verbs.name_custodians(actor, [(UUID(one["first"]), UUID(one["second"]), _hex(one["wrapped"])) for one in said["pairs"]])
    return {}


def steps(actor: Actor, said: Said) -> dict[str, Any]:
    """Return the openings in which the actor is a custodian, with the author's public keys."""
    keys = gate.public_keys(actor)
    rows = [one for one in gate.custody(actor) if one.mine in ("first", "second") and one.opening]
    return {
        "steps": [
            {
                "opening": str(one.opening), "part": one.mine, "author": _person(one.author, one.author_name, keys[one.author]),
                "first": str(one.first), "second": str(one.second), "over": one.over, "opens": _day(one.opens), "opened": bool(one.first_at),
            }
            for one in rows
        ]
    } | mine(actor, said)  # fmt: skip


def outer(actor: Actor, said: Said) -> dict[str, Any]:
    """Return what the first custodian opens."""
    return {"wrapped": gate.outer(actor, UUID(said["opening"])).hex()}


def inner(actor: Actor, said: Said) -> dict[str, Any]:
    """Keep what the first custodian opened."""
    verbs.give_inner(actor, UUID(said["opening"]), _hex(said["inner"]))
    return {}


def second(actor: Actor, said: Said) -> dict[str, Any]:
    """Return what the second custodian opens, and the notes' list."""
    opening = UUID(said["opening"])
    inner, wrapped = verbs.take_inner(actor, opening), gate.custody_bytes(actor, opening)
    records = [
        {"record": str(one.record), "called": one.called, "note_key": one.note_key.hex(), "notes": [_listed(two) for two in one.notes]}
        for one in gate.entrusted(actor, opening)
    ]
    return {"inner": inner.hex(), "wrapped": wrapped.hex(), "records": records}


def entrusted(actor: Actor, said: Said) -> dict[str, Any]:
    """Return one note of an author who is gone, as it was sealed."""
    record, version, sealed = gate.entrusted_note(actor, UUID(said["opening"]), UUID(said["note"]))
    return {"record": str(record), "version": version, "sealed": sealed.hex()}


# Each verb, and whether it is about the one record of its ticket.
VERBS: dict[str, tuple[Callable[..., dict[str, Any]], bool]] = {
    "mine": (mine, False), "begin": (begin, False), "add": (add, False), "drop": (drop, False), "people": (people, False), "compare": (compare, False),
    "name": (name, False), "steps": (steps, False), "outer": (outer, False), "inner": (inner, False), "second": (second, False),
    "entrusted": (entrusted, False), "record": (record, True), "note": (note, True), "keep": (keep, True), "hand": (hand, True),
}  # fmt: skip


def _hex(text: str) -> bytes:
    return bytes.fromhex(text)


def _day(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _public(keys: tuple[bytes, bytes] | None) -> dict[str, str] | None:
    return {"agree": keys[0].hex(), "verify": keys[1].hex()} if keys else None


def _person(id: UUID, name: str, keys: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"id": str(id), "name": name, "public": _public(keys)}


def _listed(one: gate.Listed) -> dict[str, Any]:
    return {"id": str(one.id), "at": _day(one.at), "version": one.version, "draft": one.draft, "handed": one.handed}
