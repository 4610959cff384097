"""A packet as bytes: typeset anew where the words are ours, drawn as pictures where a file came from elsewhere, proven to hold nothing taken out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pikepdf

from privity.practice.pdf import prove, typeset
from privity.practice.people.actor import Actor
from privity.practice.people.models import SUBJECTS
from privity.practice.people.times import day_said
from privity.practice.records.classes import words
from privity.practice.records.disagreements import Disagreement, Dispute

from .boxes import file_of, text_of
from .making import Leaf, Made
from .models import Outgoing
from .packet import IDENTITY, VISIT, Piece, Stretch

LONG_FOR = frozenset({"legal_process", "law_enforcement_request", "oversight", "legal_defense"})  # who may use it against somebody reads the whole statement

DISPUTED = "What the client disputes in this record"  # 45 CFR 164.526(d)(5)


@dataclass(frozen=True)
class Head:
    """What stands on the cover beside what is enclosed."""

    number: str
    decision: str
    sender: Mapping[str, Any]
    by: str
    role: str
    to: Mapping[str, Any]
    on: date
    purpose: str
    part2: bool = False
    scope: str = ""  # how far the consent goes (42 CFR 2.32(b))
    to_inside: bool = False  # the recipient's own lines name somebody of the record


def composed(actor: Actor, made: Made, head: Head) -> bytes:
    """Return the packet's exact bytes. Raises StillThere when a word that was taken out can still be found, CannotRead and CannotPrint."""
    files = {leaf.one.piece.id: file_of(actor, made, leaf) for leaf in made.leaves if leaf.one.piece.is_drawn}
    blacked = frozenset(id for id, file in files.items() if file.marks)
    attached = [
        files[leaf.one.piece.id].burned(made.plan.cuts.words) if leaf.one.piece.is_drawn else _plain_text(actor, made, leaf, head)
        for leaf in made.leaves
        if leaf.one.piece.is_document
    ]
    data = sheet(made, head, attached_pages=sum(map(pages_of, attached)), blacked=blacked)
    whole = _joined([typeset.packet(data), *attached])
    stays = _plain(" ".join(_words(data)))
    prove.absent(whole, [one for leaf in made.leaves for one in leaf.gone if _plain(one) and _plain(one) not in stays])
    return whole


def sheet(made: Made, head: Head, *, attached_pages: int = 0, blacked: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return what the packet says, as the typesetter takes it. Words that are taken out are not in it."""
    notes = [
        {"title": words(leaf.one.piece.klass), "date": leaf.one.piece.on, "text": [{} if one.out else one.text for one in leaf.stretches]}
        for leaf in made.leaves
        if leaf.stretches
    ]
    visits = [leaf.one.piece for leaf in made.leaves if leaf.one.piece.id.startswith(VISIT)]
    if visits:
        notes.insert(0, {"title": "Visits", "text": "\n".join(_visit(one) for one in visits)})
    notes += [{"title": DISPUTED, "date": one.on.astimezone().date(), "text": _dispute(one)} for one in made.disputes]
    enclosed = [{"what": leaf.name, "how_much": _how_much(leaf, leaf.one.piece.id in blacked)} for leaf in made.leaves] + [
        {"what": DISPUTED, "how_much": "Whole"} for _ in made.disputes
    ]
    return {
        "number": head.number, "decision": head.decision, "date": head.on, "sender": dict(head.sender), "signed": {"name": head.by, "role": head.role},
        "to": dict(head.to), "client": _client(made), "purpose": _purpose(made, head), "attached_pages": attached_pages,
        **_cover(made, head),
        "enclosed": enclosed, "notes": notes,
        **_notices(made, head),
    }  # fmt: skip


def _dispute(one: Dispute) -> str:
    return "\n\n".join(f"{kind.label}: {one.papers[kind.value]}" for kind in Disagreement.Kind if one.papers.get(kind.value))


def _client(made: Made) -> dict[str, Any]:
    people = [person for part, person in made.who.people if part in SUBJECTS]
    people = [one for one in people if not made.whose or str(one.id) in made.whose]  # nobody is named of whom nothing goes
    told = any(leaf.one.piece.id == IDENTITY for leaf in made.leaves)
    born = [one.born for one in people if one.born] if told else []
    return {"name": " and ".join(one.name for one in people), "born": born[0] if len(people) == 1 and born else "", "reference": made.plan.asked.words}


def _cover(made: Made, head: Head) -> dict[str, Any]:
    """INVARIANT: a fax's cover lies open in somebody's tray. No word that somebody typed for this packet stands on it: all of those stand on the next page."""
    fax = made.plan.way == Outgoing.Way.FAX
    return {"name_inside": fax, "to_inside": fax and head.to_inside, "cover_purpose": head.purpose if fax else ""}


def _purpose(made: Made, head: Head) -> str:
    return f"{head.purpose}. {made.plan.why}" if made.plan.why else head.purpose


def _how_much(leaf: Leaf, blacked: bool) -> str:
    if blacked or any(one.out for one in leaf.stretches) or leaf.gone:
        return "Shortened"
    return "Date alone" if leaf.one.piece.id.startswith(VISIT) and leaf.one.piece.klass != "billing" else "Whole"


def _notices(made: Made, head: Head) -> dict[str, Any]:
    if not head.part2 or made.recipient_kind == "client":
        return {}
    return {"notices": ["part2_long" if made.purpose in LONG_FOR else "part2_short"], "consent_scope": head.scope}


def _visit(piece: Piece) -> str:
    told = [one for one in piece.codes if one] if piece.klass == "billing" else []
    return f"{piece.title.removeprefix('Visit of ')}{': ' + ', '.join(told) if told else ''}"


def _plain_text(actor: Actor, made: Made, leaf: Leaf, head: Head) -> bytes:
    alone = replace(made, disputes=(), leaves=(replace(leaf, stretches=(Stretch(text_of(actor, made, leaf)),)),))
    return typeset.packet(sheet(alone, head))


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
