"""Verbs on packets: keep, hand to who treats, look a second time, send. Each one transaction, its event last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from privity.law import Book
from privity.practice.agreements import access as agreements
from privity.practice.agreements.validity import State, same_name
from privity.practice.decisions import access as decisions
from privity.practice.decisions import services as asking
from privity.practice.decisions.frozen import From, Frozen
from privity.practice.pdf import lock, typeset
from privity.practice.people import matrix
from privity.practice.people.access import NotAllowed, NotThere, letterhead, relations, require, require_at_practice, staff, the_practice
from privity.practice.people.actor import Actor
from privity.practice.people.models import SUBJECTS
from privity.practice.people.restored import require_looked
from privity.practice.people.services import make_missing
from privity.practice.people.spoken import label, listed, question_of, state
from privity.practice.trail import services as trail
from privity.vault import Binding, Use, factors, seal

from . import accounting, claims, naming, paying, recipients
from .making import Made, made, place_of, plan_of, row_of
from .models import Choice, Outgoing, Packet
from .packet import NOTES, OPEN, VISIT, Plan
from .paper import Head, composed, pages_of
from .recipients import Listed, Said, dialed, digits

MOST_DAYS = 30
A_DAY, A_MONTH = timedelta(hours=24), timedelta(days=30)  # judgments age: of a threat within a day, all else within 30 days
CHECK = "45 CFR 164.514(h)"


class Refused(ValueError):
    """Nothing leaves. What, why with its citation, and what now, each one sentence for whoever pressed send; `to` names the field."""

    def __init__(self, what: str, why: str, now: str, *, cite: str = "", to: str = "") -> None:
        super().__init__(what)
        self.what, self.why, self.now, self.cite, self.to = what, why, now, cite, to


class PacketMoved(ValueError):
    """The packet was changed in another window, or has gone to the outbox."""


@dataclass(frozen=True)
class Confirmed:
    """What whoever sends asserts: that they read every page of this version, and how the recipient was checked."""

    version: int
    read: bool
    last_four: str = ""
    checked: bool = False
    same: bool = False  # the recipient is the very one a signed paper names, though the list calls it otherwise
    along: str = ""  # the marks of what can change between reading and sending, as the page that was read bore them (`Made.along`, `Made.named`)
    named: str = ""


# --- making one ------------------------------------------------------------------------------------------------


def keep(actor: Actor, record: UUID, decision: UUID, plan: Plan, *, packet: UUID | None = None, after: int = 0) -> tuple[UUID, int]:
    """Return a packet's id and version, kept as it is planned. Raises NotThere, NotAllowed and PacketMoved."""
    require(actor, record, "prepare", "release")
    key = actor.keys.key(record, Use.RECORD)
    with transaction.atomic():
        require(actor, record, "prepare", "release")
        decisions.for_gates(actor, record, decision)
        paying.only_payment(actor, record, decision)
        if packet is None:
            number = (Packet.objects.filter(practice_id=actor.practice_row).aggregate(most=Max("number"))["most"] or 0) + 1
            row = Packet(
                id=uuid4(),
                practice_id=actor.practice_row,
                record_id=record,
                decision_id=decision,
                number=number,
                by_id=actor.account,
                began=actor.now,
                version=0,
            )
        else:
            row = _to_change(actor, record, packet, after)
        row.version, row.saved, row.state = row.version + 1, actor.now, Packet.State.DRAFT
        plan = replace(plan, listed=next((one.version for one in recipients.for_gates(actor) if str(one.id) == plan.recipient), 0))
        row.body = seal(json.dumps(plan.as_dict()), with_=key, bound_to=place_of(actor, record, row.id, row.version))
        row.save()
        _write(actor, record, "packet.keep", row.id)
    return row.id, row.version


def hand_on(actor: Actor, record: UUID, packet: UUID, version: int) -> None:
    """Put a packet before whoever treats. Raises NotThere, NotAllowed and PacketMoved."""
    with transaction.atomic():
        require(actor, record, "prepare", "release")
        row = _to_change(actor, record, packet, version)
        _theirs(actor, row)
        row.state = Packet.State.READY
        row.save(update_fields=["state"])
        _write(actor, record, "packet.ready", packet)


def look(actor: Actor, record: UUID, packet: UUID, version: int) -> None:
    """Note that a second person looked at this very version, and agrees. Raises NotThere, NotAllowed, PacketMoved, and Refused for whoever prepared it."""
    with transaction.atomic():
        require(actor, record, "send", "release")
        require(actor, record, "see", "chart")
        row = _to_change(actor, record, packet, version)
        if row.by_id == actor.account:
            raise Refused("You made this packet yourself.", "The practice asks that another person look at it.", "Ask a colleague on the care team to look.")
        row.seen_by_id, row.seen, row.seen_version = actor.account, actor.now, version
        row.save(update_fields=["seen_by", "seen", "seen_version"])
        _write(actor, record, "packet.look", packet)


def disposes(actor: Actor, row: Packet, standing: frozenset[str]) -> bool:
    """Tell whether the actor hands a packet on or throws it away: who made it, who sends, and who answers for the practice."""
    return row.by_id == actor.account or matrix.may(actor.roles, "send", "release", standing) or bool(actor.roles & {matrix.OWNER, matrix.OFFICER})


def _theirs(actor: Actor, row: Packet) -> None:
    if not disposes(actor, row, relations(actor, [row.record_id])[row.record_id]):
        raise NotAllowed(f"hand on or drop packet {row.id}, which somebody else made")


def drop(actor: Actor, record: UUID, packet: UUID) -> None:
    """Throw a packet away before anything left. Raises NotThere, NotAllowed and PacketMoved."""
    with transaction.atomic():
        require(actor, record, "prepare", "release")
        row = _to_change(actor, record, packet, None)
        _theirs(actor, row)
        row.state = Packet.State.DROPPED
        row.save(update_fields=["state"])
        _write(actor, record, "packet.drop", packet)


def choose(actor: Actor, *, second_person: bool, count_tpo: bool) -> None:
    """Keep what the practice chose about releases. Raises NotAllowed."""
    require_at_practice(actor, "change", "practice")
    with transaction.atomic():
        Choice.objects.update_or_create(practice_id=actor.practice_row, defaults={"second_person": second_person, "count_tpo": count_tpo})
        trail.write(actor.practice, actor.account, "releases.choose", at=actor.now)


def _to_change(actor: Actor, record: UUID, packet: UUID, version: int | None) -> Packet:
    row = row_of(actor, record, packet)
    paying.only_payment(actor, record, row.decision_id)
    if row.state in (Packet.State.GONE, Packet.State.DROPPED) or version not in (None, row.version):
        raise PacketMoved("this packet was changed in another window, or has gone")
    return row


# --- sending -----------------------------------------------------------------------------------------------------


def may_send(actor: Actor, record: UUID) -> None:
    """Raise NotThere or NotAllowed unless the actor may send what leaves of a record."""
    require(actor, record, "send", "release")


def may_mark(actor: Actor, record: UUID) -> None:
    """Raise NotThere or NotAllowed unless the actor may take words out of what leaves: whoever reads notes, and sends."""
    may_send(actor, record)
    require(actor, record, "see", "chart")


def send(actor: Actor, book: Book, record: UUID, packet: UUID, said: Confirmed) -> UUID:
    """Return the id of what may leave now: the decision asked again, copy, accounting and event in one transaction. Pressed twice it is sent once.

    INVARIANT: nothing is handed out here; the outbox hands out, and only what stands here. Raises NotThere, NotAllowed, PacketMoved, Refused, and what the
    proof raises when a word that was taken out can still be found.
    """
    standing = require(actor, record, "send", "release")
    require(actor, record, "see", "chart")
    if left := gone(packet, record):
        return left
    require_looked(actor.practice)
    try:
        return _send(actor, book, record, packet, said, standing)
    except Refused:
        with transaction.atomic():
            _write(actor, record, "release.refuse", packet)
        raise


def _send(actor: Actor, book: Book, record: UUID, packet: UUID, said: Confirmed, standing: frozenset[str]) -> UUID:
    with transaction.atomic():
        row = _to_change(actor, record, packet, said.version)
        plan, decision = plan_of(actor, row), row.decision_id
        frozen = decisions.for_gates(actor, record, decision)
        whole = made(actor, book, record, frozen.answer, frozen.question["facts"], plan, standing)
        to = _recipient(actor, plan)
        _the_one_looked_at(row, plan, to)
        _the_one_named(actor, frozen, to, said)
        _the_one_of_the_record(frozen, whole, to, said)
    _as_read(said, whole)
    _confirmed(said, whole, plan, to)
    head = head_of(actor, book, frozen, row, whole, to)
    pdf = composed(actor, whole, head)
    pages, phrase = pages_of(pdf), ""
    if plan.way == Outgoing.Way.FILE:
        phrase = passphrase()
        pdf = lock.with_passphrase(pdf, phrase)
    id = uuid4()
    keys = make_missing(actor, [(record, Use.RELEASES), (record, Use.ACCOUNTING)])
    copy = seal(pdf, with_=keys[record, Use.RELEASES], bound_to=place_of_copy(actor, record, id, "copy"))
    about = {"to": to.said.name, "fax": to.said.fax, "mail": to.said.mail, "address": to.said.address, "pages": pages, "phrase": phrase, "days": plan.days}
    sealed = seal(json.dumps(about), with_=keys[record, Use.RELEASES], bound_to=place_of_copy(actor, record, id, "about"))
    with transaction.atomic():
        require(actor, record, "send", "release")
        if left := gone(packet, record):
            return left
        row = _to_change(actor, record, packet, said.version)
        _second(actor, row)
        stands(actor, book, record, decision)
        _as_read(said, _still_open(actor, book, record, decision, plan, standing))
        out = Outgoing.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, packet=row, version=row.version, by_id=actor.account, way=plan.way, authorized=actor.now,
            keep_until=accounting.kept_until(actor.now), copy=copy, about=sealed, claim=claims.server(), claimed_until=actor.now + claims.LEASE,
        )  # fmt: skip
        row.state = Packet.State.GONE
        row.save(update_fields=["state"])
        accounting.write(actor, record, keys[record, Use.ACCOUNTING], _told(book, frozen, whole, plan, to, actor.now), out)
        _write(actor, record, "release.send", id)
    return id


def gone(packet: UUID, record: UUID) -> UUID | None:
    """Return the id of what a packet became once it was let go, or None. For gates and verbs alone."""
    return Outgoing.objects.filter(packet_id=packet, record_id=record).values_list("id", flat=True).first()


def _recipient(actor: Actor, plan: Plan) -> Listed:
    try:
        return recipients.one(actor, UUID(plan.recipient))
    except (ValueError, NotThere):
        raise Refused(
            "Nobody on your list is chosen to receive it.", "The law asks you to check who receives it.",
            "Choose who receives it, or add them to the list first.",
            cite=CHECK, to="recipient",
        ) from None  # fmt: skip


def _the_one_looked_at(row: Packet, plan: Plan, to: Listed) -> None:
    if to.checked > row.saved or to.version != plan.listed:  # by its version too: a clock may have been moved back
        raise Refused(
            "This recipient on your list was changed since the packet was kept.", "What one person looked at must be what leaves, and where it goes.",
            "Look who receives it, then keep the packet again.", cite=CHECK, to="recipient",
        )  # fmt: skip


def _the_one_named(actor: Actor, frozen: Frozen, to: Listed, said: Confirmed) -> None:
    """Refuse another recipient than the signed paper names. Where the list calls the same one otherwise, a person says so."""
    consented = any(rule["id"].startswith("us.part2.") for rule in frozen.answer["because"] if rule["says"] in OPEN)
    if said.same or not (consented or _by_paper(frozen)):
        return
    rows = {fact.row for fact in frozen.facts if fact.source is From.PAPER}
    for one in agreements.for_gates(actor, frozen.record):
        if one.id in rows and one.terms.recipient_kind == to.said.kind and not one.terms.by_class and not same_name(one.terms.recipient, to.said.name):
            raise Refused(
                f"The signed paper names {one.terms.recipient}. {to.said.name} is chosen.", "What a paper lets go, it lets go to whom it names alone.",
                "Choose whom it names; or tick below that they are the same.", cite="45 CFR 164.508(c)(1)(iii)", to="same",
            )  # fmt: skip


def _the_one_of_the_record(frozen: Frozen, whole: Made, to: Listed, said: Confirmed) -> None:
    """Refuse another client, parent or guardian than the record's own, and in a shared record another than who asked; or a person says they are the same."""
    parts = {"client": SUBJECTS, "parent": ("parent",), "guardian": ("guardian",)}.get(to.said.kind)
    if said.same or parts is None:
        return
    people = [person for part, person in whole.who.people if part in parts]
    people = [one for one in people if to.said.kind == "client" and str(one.id) == frozen.who] or people
    if not any(same_name(to.said.name, name) for one in people for name in (one.name, one.chosen)):
        raise Refused(
            f"{to.said.name} is chosen, and is called otherwise than whom this record names.",
            "What is one person’s goes to that person, and to nobody of a like kind.",
            "Choose who asked; or tick below that they are the same.", cite=CHECK, to="same",
        )  # fmt: skip


def _as_read(said: Confirmed, whole: Made) -> None:
    """Refuse where a statement, a name or a birth date goes that whoever sends has not seen: beside a packet's version these alone can change."""
    why = "What leaves cannot be called back, so what was read must be what leaves."
    if said.along != whole.along:
        what = "A statement of the client came meanwhile and goes along."
        raise Refused(what, why, "Read it, then send.", cite="45 CFR 164.526(d)(5)")
    if said.named != whole.named:
        raise Refused("The name or the birth date was changed meanwhile.", why, "Read it as it is now, then send.", cite=CHECK)


def _confirmed(said: Confirmed, whole: Made, plan: Plan, to: Listed) -> None:
    if not whole.leaves:
        raise Refused(
            "Nothing is chosen.", "An empty packet tells nobody anything but that there is a client.", "Tick what goes, then keep the packet.", to="goes"
        )
    if whole.shut:
        one = whole.shut[0]
        raise Refused(f"{one.piece.title} may not go.", one.held, "Take it out of the packet.", cite=", ".join(one.cites), to="goes")
    if to.said.kind != whole.recipient_kind:
        raise Refused(
            "Whoever is chosen is not of the kind the decision is about.", "The decision lets this go to one recipient, and to nobody else.",
            "Choose another recipient, or ask the question anew.", cite=CHECK, to="recipient",
        )  # fmt: skip
    if any(leaf.one.needs_why for leaf in whole.leaves) and not plan.why.strip():
        raise Refused(
            "Notes go to the plan, and nobody wrote why its review needs them.",
            "A plan gets codes, dates and what a bill needs; notes only where its review needs them.",
            "Write why, or take the notes out.", cite="45 CFR 164.502(b)", to="why",
        )  # fmt: skip
    if any(leaf.one.piece.klass == NOTES for leaf in whole.leaves) and len({leaf.one.piece.klass for leaf in whole.leaves} - {"identifying_details"}) > 1:
        raise Refused(
            "Psychotherapy notes stand beside other things.",
            "They go alone, on a form for them alone.",
            "Make a packet of their own.",
            cite="45 CFR 164.508(b)(3)(ii)",
        )
    if plan.way not in Outgoing.Way.values:
        raise Refused("Nobody said how it leaves.", "A link, a locked file, a fax or paper: each is checked otherwise.", "Choose how it leaves.", to="way")
    if plan.way == Outgoing.Way.FAX:
        _fax(said, plan, to)
    elif not said.checked:
        raise Refused(
            "Nobody said that the recipient was checked.",
            "The law asks you to check who receives it.",
            "Call them at a number you know, then tick that you did.",
            cite=CHECK,
            to="checked",
        )
    if not said.read:
        raise Refused("Nobody said that every page was read.", "What leaves cannot be called back.", "Read what leaves, then tick that you did.", to="read")


def _fax(said: Confirmed, plan: Plan, to: Listed) -> None:
    ours, theirs, four = dialed(to.said.fax), dialed(plan.number), digits(said.last_four)
    why = "Most wrong faxes are two swapped digits. The law asks you to check who receives it."
    if len(ours) < 10:
        raise Refused(
            "No fax number of this recipient is on your list.", why, "Add it to the list, or send a link in place of a fax.", cite=CHECK, to="recipient"
        )
    if ours != theirs:
        beside = f" Before that they differ: {to.said.fax} and {plan.number}." if ours[-4:] == theirs[-4:] else ""
        what = (
            f"The fax number on your list ends in {ours[-4:]}. The number on the request ends in {theirs[-4:]}.{beside}"
            if theirs
            else "Nobody wrote the number that stands on the request."
        )
        write = "" if theirs else "Write the number from the request into the packet. "
        now = f"{write}Call the recipient’s main line and have the last four digits read back, or send a link that ends in place of a fax."
        raise Refused(what, why, now, cite=CHECK, to="number")
    if four != ours[-4:]:
        what = (
            f"The digits read back end in {four}. The number on your list and on the request ends in {ours[-4:]}."
            if four
            else "Nobody wrote the last four digits as they were read back."
        )
        raise Refused(
            what, why, "Call the recipient’s main line, not the number on the request, and have the last four digits read back.", cite=CHECK, to="last_four"
        )


def _second(actor: Actor, row: Packet) -> None:
    if not accounting.choice(actor).second_person:
        return
    if row.seen_version != row.version or row.seen_by_id is None:
        raise Refused(
            "No second person has looked at this packet as it is now.",
            "The practice asks that two people look at what leaves.",
            "Ask a colleague on the care team to look at it.",
        )
    if row.seen_by_id == actor.account:
        raise Refused("You are the one who looked a second time.", "Two people look: one sends, another has looked.", "Let a colleague send it.")


def stands(actor: Actor, book: Book, record: UUID, decision: UUID) -> Mapping[str, Any]:
    """Return what the law says at this moment. Raises Refused where that is not what it said, or its paper is over, and Unlooked. Within a transaction."""
    require_looked(actor.practice)
    agreements.hold_still(actor, record)
    found = asking.again(actor, book, record, decision)
    frozen = found.frozen
    relied = {fact.row for fact in frozen.facts if fact.source is From.PAPER and fact.row and fact.name == "authorization.valid" and fact.value is True}
    over = next((one for one in agreements.for_gates(actor, record) if one.id in relied and one.state is not State.LIVE), None)
    if over is not None and (not found.stands or _by_paper(frozen)):
        said = {State.REVOKED: "was taken back", State.EXPIRED: "has ended"}.get(over.state, "is not valid")
        raise Refused(
            f"The authorization for {over.terms.recipient} {said}.", "What rests on it may not leave from that moment on.",
            "Ask for a new authorization, or ask the question anew: another reason may hold.", cite="45 CFR 164.508(b)(2), (b)(5)",
        )  # fmt: skip
    if any(fact.source is From.JUDGED and abs(actor.now - (fact.at or frozen.made)) > _lasts(fact.name) for fact in frozen.facts):
        raise Refused(
            "A judgment this rests on is too old.",
            "What somebody judged of a threat counts for a day, all else for 30 days.",
            "Look again, and ask the question anew.",
        )
    if not found.stands:
        changed = f" Changed since: {' '.join(question_of(book, one) for one in found.changed[:3])}" if found.changed else ""
        raise Refused(
            "The decision does not stand any more.",
            f"Asked again just now, the law answers otherwise.{changed}",
            "Ask the question anew, then make the packet from that answer.",
        )
    return found.answer


def _by_paper(frozen: Frozen) -> bool:
    """Tell whether a signed paper is among what lets it go."""
    return any("authorization" in rule["id"] or "authorization" in rule["plain"] for rule in frozen.answer["because"] if rule["says"] in OPEN)


def _lasts(fact: str) -> timedelta:
    return A_DAY if fact.startswith("threat.") else A_MONTH


def _still_open(actor: Actor, book: Book, record: UUID, decision: UUID, plan: Plan, standing: frozenset[str]) -> Made:
    """Return the packet, each piece looked at once more with today's restrictions and people. Raises Refused."""
    frozen = decisions.for_gates(actor, record, decision)
    now = made(actor, book, record, frozen.answer, frozen.question["facts"], plan, standing)
    if now.shut:
        one = now.shut[0]
        raise Refused(f"{one.piece.title} may not go any more.", one.held, "Take it out of the packet.", cite=", ".join(one.cites), to="goes")
    return now


def still(actor: Actor, book: Book, record: UUID, row: Outgoing, about: Mapping[str, Any] | None = None) -> None:
    """Raise Refused unless each piece let go may leave now, to somebody still on the list; with `about`, who stands there as it was. Within a transaction.

    Between letting go and handing out a visit may have been restricted, or a number found wrong: what `stands` asks of the whole does not see it.
    """
    plan = plan_of(actor, row.packet)
    _still_open(actor, book, record, row.packet.decision_id, plan, require(actor, record, "send", "release"))
    to = _recipient(actor, plan).said
    if about is not None and any(about[name] != now for name, now in (("to", to.name), ("fax", to.fax), ("mail", to.mail), ("address", to.address))):
        raise Refused(
            f"{about['to']} was changed on your list since this was let go.", "What goes out must go to whom the list names now.",
            "Make the packet again for the recipient as it is on the list.", cite=CHECK, to="recipient",
        )  # fmt: skip


def head_of(actor: Actor, book: Book, frozen: Frozen, row: Packet, whole: Made, to: Listed) -> Head:
    """Return what stands on the cover."""
    practice, sender = the_practice(actor), sender_of(actor)
    assert practice is not None
    if sender is None:
        raise Refused(
            "Nobody wrote down what stands above your letters.", "Whoever receives this must see who sends it, and whom to call if it went wrong.",
            "The owner or the privacy officer writes it, under Practice.", to="letterhead",
        )  # fmt: skip
    me = next((one for one in staff(actor) if one.id == actor.account), None)
    facts = frozen.question["facts"]
    part2 = facts.get("part2.record") is True or (practice.part2_program and facts.get("part2.record") is not False)
    lines = [one for one in (to.said.address, to.said.phone) if one]
    address = {"name": to.said.name, "lines": lines, **({"fax": to.said.fax} if whole.plan.way == Outgoing.Way.FAX else {})}
    return Head(
        number_of(row), str(frozen.id)[:8], sender, me.name if me else "",
        me.roles_in_words if me else "", address, actor.now.astimezone().date(), label(book, "purpose", whole.purpose), part2,
        _scope(actor, frozen) if part2 else "", named_on_cover(actor, whole, to.said),
    )  # fmt: skip


def named_on_cover(actor: Actor, whole: Made, to: Said) -> bool:
    """Tell whether a recipient's lines would name somebody of the record on the cover of a fax: they stand on the second page then."""
    return whole.plan.way == Outgoing.Way.FAX and naming.names(actor, whole.who, " \n ".join((to.name, to.address, to.phone)))


def sender_of(actor: Actor) -> dict[str, Any] | None:
    """Return what stands above the practice's letters, as the typesetter takes it; None where nobody wrote it."""
    head = letterhead(actor)
    return {"name": head.name, "lines": head.address.splitlines(), "phone": head.phone} if head else None


def _scope(actor: Actor, frozen: Frozen) -> str:
    """Return how far the consent goes, in the paper's own words (42 CFR 2.32(b))."""
    rows = {fact.row for fact in frozen.facts if fact.source is From.PAPER}
    paper = next((one for one in agreements.for_gates(actor, frozen.record) if one.id in rows), None)
    if paper is None:
        return ""
    said = paper.terms
    end = f"until {said.ends.isoformat()}" if said.ends else (f"until: {said.ends_with}" if said.ends_with else "with no end")
    what = said.description or ", ".join(one.replace("_", " ") for one in said.information)
    return f"The patient’s written consent of {said.signed.isoformat()} lets {said.recipient} have: {what}. It runs {end}."


def number_of(row: Packet) -> str:
    """Return a packet's number as people compare it."""
    return f"P-{row.began.astimezone().year}-{row.number:03}"


def _told(book: Book, frozen: Frozen, whole: Made, plan: Plan, to: Listed, now: datetime) -> accounting.Told:
    facts = frozen.question["facts"]
    by_paper = _by_paper(frozen) and any("164.508" in cite or "2.31" in cite or "2.33" in cite for cite in whole.cites)
    visits = sum(leaf.one.piece.id.startswith(VISIT) for leaf in whole.leaves)
    what = [leaf.name for leaf in whole.leaves if not leaf.one.piece.id.startswith(VISIT)] + (
        [f"{visits} visits"] if visits > 1 else ["1 visit"] if visits else []
    )
    where = to.said.address or (f"fax {to.said.fax}" if to.said.fax else to.said.mail)
    return accounting.Told(
        now.astimezone().date(), to.said.name, "; ".join(what), label(book, "purpose", whole.purpose), ", ".join(whole.cites), where,
        str(Outgoing.Way(plan.way).label), accounting.exempt(whole.purpose, whole.recipient_kind, by_authorization=by_paper),
        facts.get("part2.record") is True, whole.purpose, whole.whose,
    )  # fmt: skip


def passphrase() -> str:
    """Return a new passphrase to tell another way: 80 random bits, such as `04PB-2X7K-QH5N-8V3D`."""
    return factors.new_code()[:19]


def place_of_copy(actor: Actor, record: UUID, outgoing: UUID, column: str) -> Binding:
    """Return where a sealed column of what left may open."""
    return Binding(str(actor.practice), str(record), f"outgoing.{column}", str(outgoing))


def again(actor: Actor, record: UUID, outgoing: UUID) -> UUID:
    """Return the decision from which a packet is made again as one that did not leave. Raises NotThere, NotAllowed and PacketMoved."""
    require(actor, record, "prepare", "release")
    row = Outgoing.objects.select_related("packet").defer("copy").filter(id=outgoing, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"outgoing {outgoing}")
    if row.state != Outgoing.State.FAILED:
        raise PacketMoved("only what did not leave is made again")
    keep(actor, record, row.packet.decision_id, plan_of(actor, row.packet))
    return row.packet.decision_id


def _write(actor: Actor, record: UUID, act: str, row: UUID) -> None:
    key = actor.keys.key(record, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, record)], row=(key, row))


def chosen(actor: Actor) -> Choice:
    """Return what the practice chose about releases. Raises NotAllowed."""
    require_at_practice(actor, "change", "practice")
    return accounting.choice(actor)


def list_for_client(actor: Actor, record: UUID, person: UUID | None = None) -> bytes:
    """Return the list of who got a record, as the client is given it (45 CFR 164.528); in a shared record one person's. Raises NotThere and NotAllowed."""
    found = accounting.for_client(actor, record, person)
    practice = the_practice(actor)
    assert practice is not None
    people = accounting.subjects_of(found.who)
    place = listed((state(code) for code in practice.states), "and")
    rows = [
        {"date": one.told.on, "to": one.told.who, "address": [one.told.address] if one.told.address else [], "what": one.told.what,
         "why": f"{one.told.purpose}{f' ({one.told.basis})' if one.told.basis else ''}"}
        for one in found.entries
    ]  # fmt: skip
    today = actor.now.astimezone().date()
    born = people[0].born if len(people) == 1 and people[0].born else ""
    client = {"name": " and ".join(one.name for one in people), "born": born}
    return typeset.letter(
        "accounting", {"date": today, "sender": sender_of(actor) or {"name": place}, "client": client, "from": found.since, "until": today, "rows": rows}
    )
