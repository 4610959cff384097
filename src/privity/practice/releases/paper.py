"""A packet as bytes: typeset anew where the words are ours, drawn as pictures where a file came from elsewhere, and proven to hold nothing that was taken out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pikepdf

from privity.practice.people.actor import Actor
from privity.practice.people.times import day_said
from privity.practice.records.telling import content

from .making import Made
from .packet import IDENTITY, VISIT
from .pdf import prove, redact, typeset

# 42 CFR 2.32(a)(1) and (2), as amended February 16, 2024 (89 FR 12472).
PART2_LONG = (
    "This record which has been disclosed to you is protected by Federal confidentiality rules (42 CFR part 2). These rules prohibit you from using or "
    "disclosing this record, or testimony that describes the information contained in this record, in any civil, criminal, administrative, or legislative "
    "proceedings by any Federal, State, or local authority, against the patient, unless authorized by the consent of the patient, except as provided at "
    "42 CFR 2.12(c)(5) or as otherwise authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules prohibit you from making "
    "any other use or disclosure of this record unless at least one of the following applies: further use or disclosure is expressly permitted by the written "
    "consent of the individual whose information is being disclosed in this record or as otherwise permitted by 42 CFR part 2; you are a covered entity or "
    "business associate and have received the record for treatment, payment, or health care operations; or you have received the record from a covered entity "
    "or business associate as permitted by 45 CFR part 164, subparts A and E. A general authorization for the release of medical or other information is NOT "
    "sufficient to meet the required elements of written consent to further use or redisclose the record (see 42 CFR 2.31)."
)
PART2_SHORT = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
IF_WRONG = "If this reached you by mistake, call the sender, do not read on, and destroy it."


def composed(actor: Actor, made: Made, *, number: str, sender: str, to: Mapping[str, str], on: date, purpose: str, part2: str) -> bytes:
    """Return the packet's exact bytes. Raises StillThere when a word that was taken out can still be found, CannotRead and CannotPrint."""
    data = sheet(made, number=number, sender=sender, to=to, on=on, purpose=purpose, part2=part2)
    parts = [typeset.packet(data)]
    for leaf in made.leaves:
        if leaf.one.piece.is_document:
            raw = content(actor, made.who.id, UUID(leaf.one.piece.id))
            parts.append(redact.burn(raw, ()) if leaf.one.piece.ending == "pdf" else typeset.packet(_text(data, leaf.name, raw)))
    whole = _joined(parts)
    stays = _plain(" ".join(_words(data)))
    gone = [one for leaf in made.leaves for one in leaf.gone if not _plain(one) or _plain(one) not in stays]
    prove.absent(whole, gone)
    return whole


def sheet(made: Made, *, number: str, sender: str, to: Mapping[str, str], on: date, purpose: str, part2: str) -> dict[str, Any]:
    """Return what the packet says, as the typesetter takes it. Words that are taken out are not in it."""
    visits = [leaf.one.piece for leaf in made.leaves if leaf.one.piece.id.startswith(VISIT)]
    notes = [leaf for leaf in made.leaves if leaf.stretches]
    named = next((leaf.one.piece.text for leaf in made.leaves if leaf.one.piece.id == IDENTITY), "")
    return {
        "number": number, "date": on, "sender": {"name": sender}, "to": dict(to), "client": named or made.who.called, "purpose": purpose,
        "asked": made.plan.asked.words, "allowed_by": list(made.cites),
        "enclosed": [{"what": leaf.name, "allowed_by": ", ".join(leaf.one.cites)} for leaf in made.leaves],
        "visits": [_visit(piece.title, piece.klass, piece.codes) for piece in visits],
        "notes": [{"title": leaf.name, "date": leaf.one.piece.on, "text": [None if one.out else one.text for one in leaf.stretches]} for leaf in notes],
        "held_back": [{"what": one.what, "why": one.why, "cite": ", ".join(one.cites)} for one in made.held],
        "notice": {"long": PART2_LONG, "short": PART2_SHORT}.get(part2, ""), "if_wrong": IF_WRONG,
    }  # fmt: skip


def _visit(title: str, klass: str, codes: tuple[str, ...]) -> dict[str, str]:
    code, minutes, place = codes or ("", "", "")
    return {"when": title, **({"code": code, "minutes": minutes, "place": place} if klass == "billing" else {})}


def _text(data: Mapping[str, Any], name: str, raw: bytes) -> dict[str, Any]:
    text = raw.decode("utf-8", "replace")
    return {**data, "notes": [{"title": name, "date": data["date"], "text": [text]}], "visits": [], "held_back": [], "enclosed": []}


def _joined(parts: Iterable[bytes]) -> bytes:
    every = list(parts)
    if len(every) == 1:
        return every[0]
    with pikepdf.open(io.BytesIO(every[0])) as first:
        for part in every[1:]:
            with pikepdf.open(io.BytesIO(part)) as other:
                first.pages.extend(other.pages)
        out = io.BytesIO()
        first.save(out, deterministic_id=True)
    return out.getvalue()


def pages_of(pdf: bytes) -> int:
    """Return how many pages it has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def _words(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, date):
        yield day_said(value)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _words(each)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()
