"""Verbs on papers: word one anew, offer it, hand it over, sign it, put it off, take it away, and write the talk down. Each one transaction, its event last."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from privity.practice.people import links
from privity.practice.people.access import NotAllowed, NotThere, Opened, opened, require, require_at_practice
from privity.practice.people.actor import Actor
from privity.practice.people.links import Gone, Held, Made
from privity.practice.people.services import make_missing
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from . import paper_access, papers, scans
from .forms import BY_CLASS
from .paper_access import LINK, Offered, OnFile, Person, Signer, bound, moment_of, place_of, wording
from .paper_models import EVERYBODY, Paper, PaperVersion, Signature, Talk
from .papers import Content
from .services import record_authorization
from .validity import AUTHORIZATION, KINDS, Terms

HANDED = timedelta(minutes=30)  # how long a paper stays open on a tablet that was handed over
MOST_MARK = 40_000  # characters of a drawn name


class CannotSign(ValueError):
    """The paper was signed, withdrawn or finished in between."""


class StillToFill(ValueError):
    """Something a paper must name is not filled in yet."""


class CannotBe(ValueError):
    """What is said of a paper from outside cannot be so."""


# --- the practice's own words ------------------------------------------------------------------------------------


def keep_version(actor: Actor, template: str, content: Content) -> int:
    """Return the number of a practice's new wording. What was signed before stays as it was. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "change", "papers")
    with transaction.atomic():
        kind = wording(actor, template)
        if kind.now.content.digest == content.digest:
            return kind.now.number
        number = paper_access.next_number(actor, template)
        PaperVersion.objects.create(practice_id=actor.practice_row, paper=template, number=number, made=actor.now, by_id=actor.account, body=content.as_text())
        trail.write(actor.practice, actor.account, "papers.change", at=actor.now, paper=template, number=number, digest=content.digest.hex())
    return number


# --- in a record -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """What is to be laid before the client."""

    template: str
    state: str
    languages: tuple[str, ...]
    signers: tuple[UUID, ...]
    values: Mapping[str, str]  # what stands in the blanks
    terms: Mapping[str, Any]  # what an authorization made of it says; empty where it is none


def offer(actor: Actor, record: UUID, new: Offer) -> UUID:
    """Return the id of a paper laid before the client: its exact words, sealed. Raises NotThere, NotAllowed and StillToFill."""
    require(actor, record, "change", "authorization")
    key, id = make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING], uuid4()
    with transaction.atomic():
        standing = require(actor, record, "change", "authorization")
        (who,) = opened(actor, {record: standing})
        people = paper_access._people(who, actor.now.astimezone().date())
        kind = wording(actor, new.template)
        if who.kind not in kind.template.records:
            raise NotThere(f"paper {new.template} for such a record")
        chosen = [one for one in people if one.id in {*new.signers, *bound(kind.template, people)}]
        if not chosen or set(new.signers) - {one.id for one in people}:
            raise NotThere("somebody who signs")
        if blanks := [one for one in (*kind.template.asks, *kind.template.fills) if not {**kind.now.content.fills, **new.values}.get(one, "").strip()]:
            raise StillToFill(", ".join(blanks))
        body = _body(kind, new, [{"person": str(one.id), "name": one.name, "part": one.part} for one in chosen])
        sealed = seal(json.dumps(body), with_=key, bound_to=place_of(actor, record, id, "paper.body"))
        plain = kind.template.kind if kind.template.kind in EVERYBODY else ""
        Paper.objects.create(id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, offered=actor.now, kind=plain, body=sealed)
        _write(actor, record, "paper.offer", id)
    return id


def _body(kind: paper_access.Kind, new: Offer, signers: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    template, version, law = kind.template, kind.now, papers.lines(new.state)
    lacking = {element.id for element, language in papers.missing(template, version.content, [new.state]) if language in new.languages}
    switched = {block.switch for block in template.blocks if block.switch}
    return {
        "template": template.id, "kind": template.kind, "variant": template.variant, "name": template.name, "version": version.number,
        "wording": version.content.digest.hex(), "state": new.state, "signers": list(signers), "terms": dict(new.terms),
        "sheets": {one: papers.sheet(template, version.content, one, new.state, new.values).as_dict() for one in new.languages},
        "elements": [one.id for one in template.elements if one.id not in lacking], "cites": [law.cites[one] for one in sorted(switched)],
    }  # fmt: skip


@dataclass(frozen=True)
class FromOutside:
    """What somebody enters of a paper that was signed outside Privity, or of a privacy notice that was given and not signed."""

    template: str
    days: Mapping[UUID, date]  # who signed, and the day that stands there; of a notice nobody signed, who got it and when
    on_file: OnFile

    def id(self, record: UUID, press: UUID) -> UUID:
        """Return the id it gets: the same words sent twice in one press are one paper."""
        said = [str(press), self.template, {str(one): day.isoformat() for one, day in self.days.items()}, self.on_file.__dict__]
        return uuid5(record, json.dumps(said, sort_keys=True))

    def why_not(self, who: Opened, people: Mapping[UUID, Person], today: date) -> str:
        """Return why it cannot be put on file, or nothing."""
        template = papers.library().get(self.template)
        if template is None or template.authorization or who.kind not in template.records:
            return "it is no agreement for such a record: a release is read on its own page, and what it has is ticked there"
        if not self.days or set(self.days) - set(people):
            return "somebody of the record signed it"
        if self.on_file.unsigned and (template.kind != "privacy_notice" or not self.on_file.why):
            return "a privacy notice alone counts unsigned, and with a reason"
        return next((why for one, day in self.days.items() if (why := people[one].cannot_have_signed(day, today))), "")

    def body(self, people: Mapping[UUID, Person], beside: UUID | None) -> dict[str, Any]:
        """Return it as it is sealed: no words, and no evidence of a signature."""
        template = papers.library()[self.template]
        signers = [
            {"person": str(one), "name": people[one].name, "part": people[one].part, "day": day.isoformat(), "minor": people[one].was_minor(day)}
            for one, day in self.days.items()
        ]  # fmt: skip
        return {
            "template": template.id, "kind": template.kind, "variant": template.variant, "name": template.name, "version": 0, "wording": "", "state": "",
            "signers": signers, "terms": {}, "sheets": {}, "elements": [], "cites": [],
            "on_file": {**self.on_file.__dict__, "beside": str(beside) if beside else ""},
        }  # fmt: skip


def put_on_file(
    actor: Actor, record: UUID, several: Sequence[FromOutside], *, press: UUID, content: bytes | None = None, scan: UUID | None = None
) -> tuple[UUID, ...]:
    """Return the ids of papers from outside that are now on file, sealed. Sent twice in one `press` they are there once.

    `content` is a scan of all of them, kept with the first; `scan` one that came in before. Raises NotThere, NotAllowed, CannotBe, CannotKeep and AlreadyRead.
    """
    ids = tuple(one.id(record, press) for one in several)
    if content is not None and not Paper.objects.filter(id=ids[0], practice_id=actor.practice_row).exists():
        scan = scans.add(actor, record, content)  # drawn before anything is locked, and left unread if what follows fails
    with transaction.atomic():
        standing = require(actor, record, "change", "authorization")
        (who,) = opened(actor, {record: standing})
        today, key = actor.now.astimezone().date(), make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING]
        people = {one.id: one for one in paper_access._people(who, today)}
        for id, one in zip(ids, several, strict=True):
            if why := one.why_not(who, people, today):
                raise CannotBe(why)
            body = json.dumps(one.body(people, ids[0] if id != ids[0] else None))
            row = {
                "practice_id": actor.practice_row, "record_id": record, "by_id": actor.account, "offered": actor.now,
                "body": seal(body, with_=key, bound_to=place_of(actor, record, id, "paper.body")),
                "kind": paper_access.counts(papers.library()[one.template], people.values(), one.days),
                "whole": min(moment_of(max(one.days.values())), actor.now),
            }  # fmt: skip
            if Paper.objects.get_or_create(id=id, defaults=row)[1]:
                if scan is not None and id == ids[0]:
                    scans.belongs(actor, record, scan, paper=id)
                _write(actor, record, "paper.file", id)
    return ids


def withdraw(actor: Actor, record: UUID, paper: UUID) -> None:
    """Take a paper away: nobody can sign it any more, and links to it end. What was signed stays on file, as withdrawn.

    Raises NotThere, NotAllowed and CannotSign.
    """
    with transaction.atomic():
        row = _row(actor, record, paper)
        if row.withdrawn is not None:
            raise CannotSign("it was taken away before")
        row.withdrawn = actor.now
        row.save(update_fields=["withdrawn"])
        links.close_all(actor, LINK, paper)
        _write(actor, record, "paper.withdraw", paper)


def hand_over(actor: Actor, record: UUID, paper: UUID, person: UUID) -> Made:
    """Return what opens one paper for one signer on this device, for half an hour. Raises NotThere, NotAllowed and CannotSign."""
    return _link(actor, record, paper, person, "paper.hand", lasts=HANDED, with_code=False)


def send_home(actor: Actor, record: UUID, paper: UUID, person: UUID) -> Made:
    """Return a link to one paper for one signer, and the code to be told by another way. Older links for the same signer end. Raises as hand_over does."""
    return _link(actor, record, paper, person, "paper.link", lasts=links.LASTS, with_code=True)


def _link(actor: Actor, record: UUID, paper: UUID, person: UUID, act: str, *, lasts: timedelta, with_code: bool) -> Made:
    with transaction.atomic():
        _row(actor, record, paper)
        kept = paper_access.one(actor, record, paper)
        if not kept.open or person not in {one.person for one in kept.missing}:
            raise CannotSign("nothing is left for this person to sign")
        links.close_all(actor, LINK, paper, person)
        made = links.make(actor, record, LINK, paper, who=person, lasts=lasts, with_code=with_code)
        _write(actor, record, act, paper)
    return made


def write_talk(actor: Actor, record: UUID, paper: UUID, body: Mapping[str, Any]) -> None:
    """Keep what was talked about beside a paper: part of the record. Raises NotThere and NotAllowed."""
    require(actor, record, "write", "chart")
    id = uuid4()
    sealed = seal(json.dumps(body), with_=actor.keys.key(record, Use.RECORD), bound_to=place_of(actor, record, id, "talk.body"))
    with transaction.atomic():
        require(actor, record, "write", "chart")
        if not Paper.objects.filter(id=paper, record_id=record, practice_id=actor.practice_row).exists():
            raise NotThere(f"paper {paper}")
        Talk.objects.create(id=id, practice_id=actor.practice_row, paper_id=paper, by_id=actor.account, at=actor.now, body=sealed)
        _write(actor, record, "paper.talk", paper)


def _row(actor: Actor, record: UUID, paper: UUID) -> Paper:
    require(actor, record, "change", "authorization")
    row = Paper.objects.select_for_update().filter(id=paper, record_id=record, practice_id=actor.practice_row).first()
    if row is None:
        raise NotThere(f"paper {paper}")
    return row


def _write(actor: Actor, record: UUID, act: str, paper: UUID, **facts: str | int) -> None:
    key = actor.keys.key(record, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, record)], row=(key, paper), **facts)


# --- by whoever signs --------------------------------------------------------------------------------------------


def laid_before(actor: Actor, link: Held) -> tuple[Offered, Signer]:
    """Return the paper a link leads to and who is to sign it; the event is written first. Raises Gone once nothing is left to sign."""
    with transaction.atomic():
        found = _before(actor, link)
        _write(actor, link.record, "paper.shown", link.thing)
    return found


def _before(actor: Actor, link: Held) -> tuple[Offered, Signer]:
    try:
        require(actor, link.record, "change", "authorization")
        kept = paper_access.one(actor, link.record, link.thing)
    except (NotThere, NotAllowed) as why:
        raise Gone("whoever handed it over may not any more") from why
    signer = next((one for one in kept.missing if one.person == link.who), None)
    if link.kind != LINK or not kept.open or signer is None:
        raise Gone("nothing is left to sign")
    return kept, signer


def own_name(actor: Actor, link: Held, name: str) -> bool:
    """Tell whether a name is that of whoever a link's paper is laid before. Raises Gone."""
    _, signer = _before(actor, link)
    (who,) = opened(actor, {link.record: frozenset()})
    return signer.bears(name, who)


@dataclass(frozen=True)
class Mark:
    """What somebody did on the signing page."""

    language: str
    name: str
    right: str  # by what right, where it is for somebody else
    drawn: str  # the drawn name, as lines of points; empty where it was typed alone
    answers: Mapping[str, Sequence[int]]  # each answer given to a question, in order; 0 is the right one
    device: str
    device_time: str


def sign(actor: Actor, link: Held, mark: Mark) -> Offered:
    """Return the paper with this signature under it. With the last one it is whole, and a release becomes an authorization. Raises Gone."""
    id = uuid4()
    with transaction.atomic():
        row = Paper.objects.select_for_update().filter(id=link.thing).first()
        kept, signer = _before(actor, link)
        links.close(link.id, actor.now)
        sheet = kept.sheets[mark.language]
        evidence = {
            "name": mark.name.strip(), "right": mark.right.strip(), "drawn": mark.drawn[:MOST_MARK], "language": mark.language, "digest": sheet.digest,
            "answers": {one["id"]: list(mark.answers.get(one["id"], ())) for one in sheet.questions}, "device": mark.device, "device_time": mark.device_time,
            "handed_over_by": paper_access.maker(actor), "how": "home" if link.with_code else "here", "link": str(link.id),
        }  # fmt: skip
        key = actor.keys.key(link.record, Use.ACCOUNTING)
        sealed = seal(json.dumps(evidence), with_=key, bound_to=place_of(actor, link.record, id, "signature.evidence"))
        Signature.objects.create(id=id, practice_id=actor.practice_row, paper_id=link.thing, person=signer.person, at=actor.now, evidence=sealed)
        if len(kept.missing) == 1 and row is not None:
            done = paper_access.one(actor, link.record, link.thing)
            row.whole, row.authorization = actor.now, _becomes(actor, link.record, done)
            row.save(update_fields=["whole", "authorization"])
            links.close_all(actor, LINK, link.thing)
        _write(actor, link.record, "paper.sign", link.thing, digest=sheet.digest, how=str(evidence["how"]), signature=str(id))
        return paper_access.one(actor, link.record, link.thing)


def not_now(actor: Actor, link: Held) -> None:
    """Note that somebody did not want to sign now: nothing is signed. A link sent home stays open until its day; one on a tablet ends. Raises Gone."""
    with transaction.atomic():
        _before(actor, link)
        if not link.with_code:
            links.close(link.id, actor.now)
        _write(actor, link.record, "paper.not_now", link.thing)


def _becomes(actor: Actor, record: UUID, paper: Offered) -> UUID | None:
    """Return the authorization a signed release is, or None for any other paper."""
    if not paper.terms or paper.terms.get("kind", AUTHORIZATION) not in KINDS:
        return None
    return record_authorization(actor, record, terms_of(paper))


def terms_of(paper: Offered) -> Terms:
    """Return what a signed release says. It has the elements its own words carry, a signature and its day: of several the first, so that nobody counts as
    grown up who was not when they signed."""
    raw, beside = paper.terms, [one for one in paper.signers if one.stands_for]
    first, *others = [*beside, *(one for one in paper.signers if not one.stands_for)]  # whom the paper was laid before, whatever was typed under it
    also = tuple((one.part if one.stands_for else "client", one.name) for one in others)
    rights = {"authority_of_signer"} if beside and all(one.evidence.get("right") for one in beside) else set()
    has: Collection[str] = {*paper.elements, *raw.get("has", ()), "signature", "date", *rights}
    ends = date.fromisoformat(raw["ends"]) if raw.get("ends") else None
    signed = min(one.at.astimezone().date() for one in paper.signers if one.at)
    by_class = raw["recipient_kind"] == BY_CLASS
    return Terms(
        "treating_provider" if by_class else raw["recipient_kind"], raw["recipient"], tuple(raw["information"]), raw["description"], raw["purpose"],
        first.part if first.stands_for else "client", first.name, signed, tuple(sorted(has)), ends,
        raw.get("ends_with", ""), bool(raw.get("longer_by_wish")),
        kind=raw.get("kind", AUTHORIZATION), by_class=by_class, also=also,
    )  # fmt: skip
