"""A packet worked out: the record's pieces under a decision's answer, and what of them leaves. For releases' gates alone: no event."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from privity.law import Book
from privity.practice.agreements import restrictions
from privity.practice.people import matrix
from privity.practice.people.access import NotThere, Opened, opened
from privity.practice.people.actor import Actor
from privity.practice.people.models import SUBJECTS
from privity.practice.people.spoken import label
from privity.practice.people.times import clock_said, day_said, local
from privity.practice.records import disagreements
from privity.practice.records.classes import GUARDED, words
from privity.practice.records.disagreements import Dispute
from privity.practice.records.telling import told
from privity.practice.visits.access import CODES
from privity.practice.visits.models import Visit
from privity.practice.visits.moving import told as visits_of
from privity.vault import Binding, Use, open_text

from . import restricting
from .models import Outgoing, Packet
from .packet import IDENTITY, VISIT, Held, Offered, Piece, Plan, Stretch, base, cut, held_back, offered, taken_out, verdict, without

QUIET = frozenset({part.klass for part in GUARDED} | {"psychotherapy_notes", "sud_counseling_notes", "session_content", "recordings"})


@dataclass(frozen=True)
class Leaf:
    """One piece that leaves, as it leaves."""

    one: Offered
    name: str
    stretches: tuple[Stretch, ...] = ()
    gone: tuple[str, ...] = ()
    base: str = ""  # the note without what its writer marked as about somebody else


@dataclass(frozen=True)
class Made:
    """A packet worked out."""

    who: Opened
    plan: Plan
    every: tuple[Offered, ...]
    leaves: tuple[Leaf, ...]
    held: tuple[Held, ...]
    recipient_kind: str
    purpose: str
    texts: bool
    disputes: tuple[Dispute, ...] = ()  # what the client disputes of what leaves: it goes along (45 CFR 164.526(d)(5))
    others: bool = False  # what is marked as about somebody else may go too

    @property
    def cites(self) -> tuple[str, ...]:
        """What lets it go."""
        return tuple(dict.fromkeys(cite for leaf in self.leaves for cite in leaf.one.cites))

    @property
    def whose(self) -> tuple[str, ...]:
        """Of whom alone all that leaves is, by id; nobody where something is everybody's."""
        of = [leaf.one.piece.about for leaf in self.leaves]
        return tuple(sorted(frozenset().union(*of))) if all(of) else ()

    @property
    def along(self) -> str:
        """A keyed mark of the papers that go along with what the client disputes; empty where none does. It says nothing of them."""
        return _mark(f"{one.request} {kind}" for one in self.disputes for kind in sorted(one.papers))

    @property
    def named(self) -> str:
        """A keyed mark of the names and birth dates that go; empty where they are not chosen."""
        return _mark(leaf.one.piece.text for leaf in self.leaves if leaf.one.piece.id == IDENTITY)

    @property
    def shut(self) -> tuple[Offered, ...]:
        """What is chosen and may not go."""
        return tuple(one for one in self.every if one.held and one.piece.id in self.plan.chosen)


def _mark(rows: Iterable[str]) -> str:
    every = list(rows)
    return salted_hmac("privity.releases.made", json.dumps(every), algorithm="sha256").hexdigest() if every else ""


def place_of(actor: Actor, record: UUID, packet: UUID, version: int) -> Binding:
    """Return where a packet's plan may open."""
    return Binding(str(actor.practice), str(record), "packet.body", str(packet), version)


def row_of(actor: Actor, record: UUID, packet: UUID) -> Packet:
    """Return a packet's row, locked where the database locks rows. Raises NotThere."""
    row = Packet.objects.select_for_update(of=("self",)).filter(id=packet, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"packet {packet}")
    return row


def plan_of(actor: Actor, row: Packet) -> Plan:
    """Return what a packet holds."""
    key = actor.keys.key(row.record_id, Use.RECORD)
    return Plan.of(json.loads(open_text(row.body, with_=key, bound_to=place_of(actor, row.record_id, row.id, row.version))))


def may_read(actor: Actor, standing: frozenset[str]) -> bool:
    """Tell whether whoever makes the packet may read notes: front desk and biller prepare it unread."""
    return matrix.may(actor.roles, "see", "chart", standing)


def made(actor: Actor, book: Book, record: UUID, answer: Mapping[str, Any], facts: Mapping[str, Any], plan: Plan | None, standing: frozenset[str]) -> Made:
    """Return a packet worked out from an answer. Without a plan it holds what was asked and nothing else."""
    (who,) = opened(actor, {record: standing})
    texts = may_read(actor, standing)
    subjects = frozenset(str(person.id) for part, person in who.people if part in SUBJECTS)
    recipient, purpose = str(facts.get("recipient.kind") or ""), str(facts.get("purpose") or "")
    kept = restricting.of(actor, record)

    pieces = _pieces(actor, who, texts=texts)
    days = restrictions.days_of(actor, record, kept)

    def stop(piece: Piece) -> tuple[str, str] | None:
        visit = UUID(piece.item) if piece.id.startswith(VISIT) else None
        return restricting.against(kept, recipient=recipient, purpose=purpose, klass=piece.klass, visit=visit, on=piece.on, days=days)

    def name(klass: str) -> str:
        return label(book, "information", klass)

    asked = (plan or Plan()).asked
    every = offered(answer, facts, pieces, subjects, asked, book.facts["information"].of, stop)
    plan = plan or Plan(frozenset(one.piece.id for one in every if one.asked))
    open_to_others = verdict(answer, Piece("", "third_party_information", ""), subjects).outcome in ("required", "permitted")
    leaves, marked = [], 0
    for one in every:
        if one.may_go and one.piece.id in plan.chosen:
            stretches = cut(one.piece, plan.cuts, third_party=open_to_others) if one.piece.text and one.piece.id != IDENTITY else ()
            gone = tuple(taken_out(one.piece, stretches, third_party=open_to_others))
            marked += len(gone) - sum(len(each.text.strip()) > 2 for each in stretches if each.out)
            leaves.append(
                Leaf(one, without(_called(one, name), plan.cuts.words), stretches, gone, base(one.piece, third_party=open_to_others) if stretches else "")
            )
    cuts = sum(each.out for leaf in leaves for each in leaf.stretches)
    boxes = sum(len(plan.cuts.boxes.get(leaf.one.piece.id, ())) for leaf in leaves)
    held = held_back(every, plan.chosen, name, sealed=True, cut_words=cuts, marked=marked, boxes=boxes, fax=plan.way == Outgoing.Way.FAX)
    along = tuple(
        replace(one, papers={kind: without(text, plan.cuts.words) for kind, text in one.papers.items()})
        for one in disagreements.for_gates(actor, record) if one.travels and _disputed(one, leaves, shared=len(subjects) > 1)
    )  # fmt: skip
    return Made(who, plan, every, tuple(leaves), held, recipient, purpose, texts, along, open_to_others)


def _disputed(one: Dispute, leaves: Iterable[Leaf], *, shared: bool) -> bool:
    """Tell whether a dispute is of something that leaves. What one of several disputes of the record as a whole goes with their own part, or with all's."""
    if one.entry is not None:
        return any(leaf.one.piece.entry == one.entry for leaf in leaves)
    return any(not shared or not leaf.one.piece.about or str(one.person) in leaf.one.piece.about for leaf in leaves)


def _called(one: Offered, name: Any) -> str:
    piece = one.piece
    return piece.title or f"{words(piece.klass) if piece.klass else name(piece.klass)} of {day_said(piece.on)}"


def _pieces(actor: Actor, who: Opened, *, texts: bool) -> list[Piece]:
    subjects = [person for part, person in who.people if part in SUBJECTS]
    names = "; ".join(f"{one.name}{f', born {day_said(one.born)}' if one.born else ''}" for one in subjects)
    found = [Piece(IDENTITY, "identifying_details", "Name and birth date", text=names)]
    codes = bool(actor.roles & set(CODES))
    for row in visits_of(actor, who.id):
        if row["starts"] > actor.now or row["missed"]:
            continue
        minutes = round((row["ends"] - row["starts"]).total_seconds() / 60)
        bill = (row["code"] if codes else "", f"{minutes} minutes", str(Visit.Modality(row["modality"]).label))
        when = local(row["starts"])
        found.append(Piece(f"{VISIT}:{row['id']}", "billing", f"Visit of {day_said(when)}, {clock_said(when)}", when.date(), codes=bill))
    for item in told(actor, who.id, texts=texts):
        if item.klass in QUIET and not texts:
            continue  # that there is such a part would already tell
        about = frozenset({str(item.person)}) if item.person else frozenset()
        on = local(item.began).date()
        title = item.title if item.is_document and item.title else f"{words(item.klass)} of {day_said(on)}"
        found.append(Piece(str(item.id), item.klass, title, on, item.text, about, ending=item.ending, entry=item.entry))
    return found
