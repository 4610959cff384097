"""Verbs on clients' requests: write one down, and each step to its end. Each one transaction, its event last; a letter is made before and kept within."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from privity.law import Book
from privity.practice.agreements import restrictions
from privity.practice.agreements.restrictions import NewRestriction
from privity.practice.decisions.services import freeze_put, put
from privity.practice.pdf import CannotPrint, LetterLacks
from privity.practice.people import care
from privity.practice.people.access import NotAllowed, NotThere, Opened, letterhead, opened, require, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import TREATING
from privity.practice.people.models import SUBJECTS, Practice
from privity.practice.people.services import NewPerson, make_missing
from privity.practice.people.spoken import label
from privity.practice.records.access import entries_listed, parts_for_gates
from privity.practice.records.disagreements import link, send_along
from privity.practice.trail import services as trail
from privity.vault import Use, seal

from . import access, letters
from .access import Asked, Law, law_of, place_of, reach
from .models import ClientRequest, RequestLetter, RequestStep
from .requests import (
    ACCESS,
    ACCESS_GROUNDS,
    ACCOUNTING,
    AMENDMENT,
    AMENDMENT_GROUNDS,
    CHANNEL,
    CHANNEL_GROUNDS,
    DECIDED,
    EXTENDED_ONCE,
    RESTRICTION,
    Fee,
    Ground,
    Said,
    Step,
    extended_on,
    standing,
    too_much,
)  # fmt: skip


class CannotDo(ValueError):
    """A step that cannot be taken as it is. The message is one sentence for whoever tried; `cite` says where the law stands."""

    def __init__(self, message: str, cite: str = "") -> None:
        super().__init__(message)
        self.cite = cite


class NotItsTurn(CannotDo):
    """The request stands elsewhere by now: pressed twice, or in another window."""


# --- write one down ------------------------------------------------------------------------------------------------


def write_down(actor: Actor, record: UUID, said: Said) -> UUID:
    """Return the id of a request now kept. Raises NotThere and NotAllowed."""
    reach(actor, record, "change")
    (whole,) = opened(actor, {record: frozenset()})
    if said.person is not None and said.person not in {person.id for _, person in whole.people}:
        raise NotThere(f"person {said.person}")
    key, id = make_missing(actor, [(record, Use.ACCOUNTING)])[record, Use.ACCOUNTING], uuid4()
    body = seal(json.dumps(said.as_dict()), with_=key, bound_to=place_of(actor, record, id, "request.body"))
    with transaction.atomic():
        reach(actor, record, "change")
        ClientRequest.objects.create(
            id=id, practice_id=actor.practice_row, record_id=record, by_id=actor.account, written=actor.now, kind=said.kind, received=said.received, body=body,
        )  # fmt: skip
        _write(actor, record, "request.write", id)
    return id


# --- steps ---------------------------------------------------------------------------------------------------------


@dataclass
class Doing:
    """A step being taken: the request as it stood, and what the law said of it."""

    actor: Actor
    book: Book
    whole: Opened
    one: Asked
    law: Law
    states: tuple[str, ...]
    known: bool

    @property
    def today(self) -> date:
        """The day of the step."""
        return self.actor.now.astimezone().date()


@dataclass(frozen=True)
class Done:
    """What a step comes to: what is kept of it, the letter that goes with it, and what else happens in its transaction."""

    said: Mapping[str, Any]
    letters: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    also: Any = None
    on: date | None = None


NEEDS: Mapping[str, str] = {**dict.fromkeys(DECIDED, "decide"), "review": "review"}
FOR_LISTS = frozenset({"facts"})  # may be taken at any time before the answer


def take(actor: Actor, book: Book, record: UUID, request: UUID, act: str, given: Mapping[str, Any]) -> None:
    """Take a step. Raises NotThere, NotAllowed, and CannotDo in one sentence."""
    if act not in STEPS:
        raise NotThere(f"step {act}")
    there, known = reach(actor, record, NEEDS.get(act, "change"))
    one = access.for_gates(actor, record, request)
    (whole,) = opened(actor, {record: there})
    practice = Practice.objects.get(pk=actor.practice_row)
    doing = Doing(actor, book, whole, one, law_of(actor, book, whole, one), tuple(practice.states), known)
    if not _its_turn(one, act):
        raise NotItsTurn("This was done before, perhaps in another window. The page shows how it stands.")
    done = STEPS[act](doing, given)
    sealed = [_made(doing, *letter) for letter in done.letters]
    with transaction.atomic():
        reach(actor, record, NEEDS.get(act, "change"))
        row = ClientRequest.objects.select_for_update().get(id=request, practice_id=actor.practice_row)
        if RequestStep.objects.filter(request=row).count() != len(one.steps):
            raise NotItsTurn("Somebody took another step meanwhile. The page shows how it stands.")
        said = dict(done.said)
        if done.also:
            said |= done.also() or {}
        step = Step(act, actor.now, actor.account, done.on or doing.today, said)
        _keep(actor, row, step, len(one.steps))
        row.ended = standing(one.said, (*one.steps, step)).ended
        row.save(update_fields=["ended"])
        for letter in sealed:
            RequestLetter.objects.create(practice_id=actor.practice_row, record_id=record, request=row, by_id=actor.account, made=actor.now, **letter)
        _write(actor, record, f"request.{act}", request)


def _its_turn(one: Asked, act: str) -> bool:
    stands = one.standing
    return act in stands.next or (act in FOR_LISTS and not stands.answer and not stands.ended)


def _keep(actor: Actor, row: ClientRequest, step: Step, number: int) -> None:
    id, key = uuid4(), actor.keys.key(row.record_id, Use.ACCOUNTING)
    text = json.dumps({"act": step.act, "on": step.on.isoformat(), "said": dict(step.said)}, default=str)
    body = seal(text, with_=key, bound_to=place_of(actor, row.record_id, id, "request.step"))
    RequestStep.objects.create(
        id=id, practice_id=actor.practice_row, record_id=row.record_id, request=row, number=number, by_id=actor.account, at=actor.now, body=body,
    )  # fmt: skip


def _made(doing: Doing, kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    head = letterhead(doing.actor)
    if head is None:
        raise CannotDo(
            "No letter can go out yet: nobody wrote down what stands above the practice’s letters, and whom to complain to.", "45 CFR 164.530(a)(1)(ii)"
        )
    actor, record, id = doing.actor, doing.one.record, uuid4()
    name, data = letters.framed(kind, doing.one, doing.whole, head, doing.today, said)
    try:
        made = letters.made(name, data)
    except (CannotPrint, LetterLacks) as why:
        raise CannotDo(f"The letter was not made: {why}.") from None
    key = actor.keys.key(record, Use.ACCOUNTING)
    return {
        "id": id, "language": doing.one.said.language, "about": seal(name, with_=key, bound_to=place_of(actor, record, id, "letter.about")),
        "body": seal(made, with_=key, bound_to=place_of(actor, record, id, "letter.body")),
    }  # fmt: skip


def _write(actor: Actor, record: UUID, act: str, request: UUID) -> None:
    key = actor.keys.key(record, Use.RECORD)
    trail.write(actor.practice, actor.account, act, at=actor.now, about=[(key, record)], row=(key, request))


# --- what the law still asks, more time, withdrawal ----------------------------------------------------------------


def _facts(doing: Doing, given: Mapping[str, Any]) -> Done:
    """Answers to the law's own questions. Professional conclusions are judged anew for each request."""
    facts = {name: value for name, value in given["facts"].items() if name in doing.book.facts}
    if not facts:
        raise CannotDo("Nothing was answered.")
    return Done({"facts": facts})


def _extend(doing: Doing, given: Mapping[str, Any]) -> Done:
    """More time, once, by a letter within the first days (164.524(b)(2)(ii), 164.526(b)(2)(ii), 164.528(c)(1)(ii))."""
    one, today = doing.one, doing.today
    if one.said.kind not in EXTENDED_ONCE or extended_on(one.steps):
        raise NotItsTurn("There is one extension, and it was used.")
    theirs = [due for due in doing.law.clock.dues if due.on and due.rule.startswith("us.")]
    if not theirs:
        raise CannotDo("The federal rule that gives more time does not bind this practice, and no other law read here gives it.")
    if theirs[0].on and theirs[0].on < today:
        raise CannotDo("The letter had to go within the first days. They are over; answer the request now.", theirs[0].cite)
    longer = law_of(doing.actor, doing.book, doing.whole, one, extended=today)
    until = max(due.on for due in longer.clock.dues if due.on and due.rule.startswith("us."))
    said = given["until"] or until
    if said > until:
        raise CannotDo(f"No later than {until:%b} {until.day}, {until.year}: 30 days more, once.", theirs[0].cite)
    return Done({"reason": given["reason"], "until": said.isoformat()}, (("extension", {"reason": given["reason"], "until": said}),))


def _done(doing: Doing, given: Mapping[str, Any]) -> Done:
    """How a request from outside ended, on its day."""
    return Done({"how": given["words"]}, on=_day(doing, given))


def _withdraw(doing: Doing, given: Mapping[str, Any]) -> Done:
    return Done({"how": given["words"]})


# --- answers -------------------------------------------------------------------------------------------------------


def _answer(doing: Doing, given: Mapping[str, Any]) -> Done:
    return {ACCESS: _answer_access, AMENDMENT: _answer_amendment, RESTRICTION: _answer_restriction, CHANNEL: _answer_channel}[doing.one.said.kind](doing, given)


REFUSED = "The law does not let you give this as it stands"


def _answer_access(doing: Doing, given: Mapping[str, Any]) -> Done:
    """Give the whole, a part, or nothing; whether a ground holds is the law's to say."""
    gave, said = given["gave"], doing.one.said
    if gave in ("whole", "part"):
        _may_give(doing, gave)
        fee: Fee = given["fee"]
        if why := too_much(fee, doing.states, on_paper=said.form == "paper", agreed_summary=given["summary_agreed"]):
            raise CannotDo(*why)
        if fee.total and said.third == "" and said.wants == "look":
            raise CannotDo("Looking at the record costs nothing; a fee is for copies.", "45 CFR 164.524(c)(4)")
    kept: dict[str, Any] = {"gave": gave, "fee": given["fee"].as_dict()}
    if gave == "whole":
        return Done(kept, (("access_granted", {"fee": given["fee"]}),))
    ground = ACCESS_GROUNDS[given["ground"]]
    held = tuple(given["held"]) if gave == "part" else (said.information or ("whole_chart",))
    _holds(doing, ground, held)
    reviewer = _reviewer(doing, given) if ground.reviewable else ""
    kept |= {"ground": given["ground"], "held": list(held), "why": given["why"], "reviewable": ground.reviewable, "reviewer": reviewer,
             "reviewer_account": given["reviewer"] if ground.reviewable else ""}  # fmt: skip
    return Done(kept, (("access_denied", {"gave": gave, "key": given["ground"], "held": held, "why": given["why"], "fee": given["fee"]}),))


def _called(doing: Doing, klass: str) -> str:
    return label(doing.book, "information", klass)


def _may_give(doing: Doing, gave: str) -> None:
    """Raise CannotDo unless the law opens all of it, or for a part some of it."""
    outcomes = {part["outcome"] for part in doing.law.answer["parts"]}
    if "unknown" in outcomes:
        raise CannotDo("The law needs to know more first. Answer what it asks, above; then give the answer.")
    open_ones = outcomes & {"required", "permitted"}
    if not open_ones or (gave == "whole" and outcomes - open_ones):
        row = next((row for row in doing.law.answer["because"]), None)
        raise CannotDo(f"{REFUSED}. {row['plain'] if row else ''}", row["cite"] if row else "")


def _holds(doing: Doing, ground: Ground, held: Sequence[str]) -> None:
    """Raise CannotDo where the law gives the client these classes in spite of the ground."""
    if not held:
        raise CannotDo("Tick what is held back.")
    if ground.only and (wrong := [one for one in held if one not in ground.only]):
        raise CannotDo(
            f"This ground covers only {_called(doing, ground.only[0]).lower()}, and you also ticked {_called(doing, wrong[0]).lower()}.", ground.cite
        )
    facts = {name: value for name, value in ground.facts.items() if not name.startswith("minor.") or doing.one.said.asker in ("parent", "guardian")}
    law = law_of(doing.actor, doing.book, doing.whole, doing.one, more={**facts, "information": list(held)})
    for part in law.answer["parts"]:
        if part["outcome"] == "required":
            because = {row["id"]: row for row in law.answer["because"]}
            row = next((because[id] for id in part["because"] if id in because), None) or next(iter(law.answer["because"]), None)
            raise CannotDo(
                f"This ground does not hold for {_called(doing, part['information']).lower()}. {row['plain'] if row else ''}", row["cite"] if row else ""
            )
    if law.outcome == "unknown":
        raise CannotDo("The law needs to know more before it can say whether this ground holds. Answer what it asks, above.")


def _reviewer(doing: Doing, given: Mapping[str, Any]) -> str:
    """Return the name of another licensed professional who took no part (164.524(a)(4))."""
    cite = "45 CFR 164.524(a)(4)"
    outside: str = given["reviewer_outside"].strip()
    if outside:
        return outside
    if not given["reviewer"]:
        raise CannotDo("Choose who looks at the refusal again, if the client asks: another licensed professional who took no part.", cite)
    account = UUID(given["reviewer"])
    took_part = {doing.actor.account, *(step.by for step in doing.one.steps if step.act in DECIDED)}
    if account in took_part:
        raise CannotDo("Who took part in the refusal cannot look at it again. Choose another licensed professional.", cite)
    found = next((one for one in staff(doing.actor) if one.id == account and one.active and set(one.roles) & set(TREATING)), None)
    if found is None:
        raise NotThere(f"account {account}")
    return found.name


def _answer_amendment(doing: Doing, given: Mapping[str, Any]) -> Done:
    entry = given["entry"]
    known = {str(one.id) for one in entries_listed(doing.actor, doing.one.record)}
    if entry and entry not in known:
        raise NotThere(f"entry {entry}")
    if given["gave"] == "whole":
        if not entry:
            raise CannotDo("Choose the entry that is amended.", "45 CFR 164.526(c)(1)")
        return Done({"gave": "whole", "entry": entry, "what": given["why"]}, (("amendment_accepted", {"what": given["why"]}),))
    ground = AMENDMENT_GROUNDS[given["ground"]]
    papers = {"request": doing.one.said.what, "refusal": f"{ground.words} ({ground.cite}). {given['why']}"}
    at = UUID(entry) if entry else None

    def also() -> None:
        link(doing.actor, doing.one.record, doing.one.id, at, papers, person=doing.one.said.person)

    kept = {"gave": "none", "ground": given["ground"], "why": given["why"], "entry": entry}
    return Done(kept, (("amendment_denied", {"key": given["ground"], "why": given["why"]}),), also)


def _answer_restriction(doing: Doing, given: Mapping[str, Any]) -> Done:
    said, agree = doing.one.said, given["gave"] == "whole"
    must = doing.law.outcome == "required"
    if must and not agree:
        row = next(iter(doing.law.answer["because"]), {"cite": "45 CFR 164.522(a)(1)(vi)"})
        raise CannotDo("It was paid in full and is to be kept from the health plan: you must agree.", row["cite"])
    also = None
    if agree:
        _knows(doing)
        note = ". ".join(words for words in (said.what, said.visits) if words)
        visits = tuple(UUID(one) for one in given["visits"])
        new = NewRestriction(said.information, said.toward, said.self_pay, doing.today, visits, note)

        def also() -> dict[str, str]:
            return {"restriction": str(restrictions.agree(doing.actor, doing.one.record, new))}

    return Done(
        {"gave": given["gave"], "why": given["why"], "must": must}, (("restriction_answer", {"agree": agree, "must": must, "why": given["why"]}),), also
    )


def _answer_channel(doing: Doing, given: Mapping[str, Any]) -> Done:
    """Go along with a reasonable wish; why is never asked (164.522(b)(1)(i), (b)(2)(iii))."""
    said, record = doing.one.said, doing.one.record
    if given["gave"] == "none":
        if not given["ground"]:
            raise CannotDo("Say what stands in the way. A reasonable wish is followed, and nobody asks why.", "45 CFR 164.522(b)")
        if given["ground"] == "not_reasonable" and not given["why"]:
            raise CannotDo("Write why it cannot be done in practice. The letter must say it.", CHANNEL_GROUNDS["not_reasonable"].cite)
        kept = {"gave": "none", "ground": given["ground"], "why": given["why"]}
        return Done(kept, (("channel_answer", {"agree": False, "key": given["ground"], "why": given["why"]}),))
    who = next((person for _, person in doing.whole.people if person.id == said.person), None)
    if who is None:
        raise CannotDo("Nobody of this record stands on the request. Write it down anew, for the one who is to be reached another way.")
    _knows(doing)
    require(doing.actor, doing.one.record, "change", "identity")
    way = dict(said.way)
    others = [{**contact, **dict.fromkeys(("call", "voicemail", "text", "mail"), False)} for contact in who.contacts if contact.get("to") != way["to"]]
    contacts = (way, *(others if given["only"] else [contact for contact in who.contacts if contact.get("to") != way["to"]]))
    may_see = care.may_see(doing.actor, record, who.id)
    new = NewPerson(who.name, chosen=who.chosen, pronouns=who.pronouns, born=who.born, contacts=contacts, may_see=may_see)

    def also() -> None:
        care.change_person(doing.actor, record, who.id, new)

    return Done({"gave": "whole", "only": given["only"]}, (("channel_answer", {"agree": True, "only": given["only"]}),), also)


def _knows(doing: Doing) -> None:
    """Raise CannotDo where only the record's number is known: these steps change or read what stands under the client's name."""
    if not doing.known:
        raise CannotDo("You see this record by its number alone. This step is for whoever treats the client.")


# --- after the answer ----------------------------------------------------------------------------------------------


def _packet(doing: Doing, given: Mapping[str, Any]) -> Done:
    """Freeze the law's answer over the parts of the chart, as a question in the chart is: for the packet the copy goes out as."""
    actor, record, one = doing.actor, doing.one.record, doing.one
    back = set(one.standing.at["answer"].said.get("held", ()))
    if one.standing.at.get("review") and one.standing.at["review"].said["found"] == "give":
        back = set()
    everybody = [str(person.id) for part, person in doing.whole.people if part in SUBJECTS]
    rows = [
        {"id": str(part.id), "class": part.klass, "about": everybody, "day": part.began.astimezone().date().isoformat()}
        for part in parts_for_gates(actor, record) if part.klass not in back
    ]  # fmt: skip
    own = {fact.name for fact in doing.law.facts}
    said = {name: value for name, value in doing.law.question["facts"].items() if name not in own}
    if rows:
        said["information"] = sorted({row["class"] for row in rows})
    question, asked = put(actor, record, said, who=str(one.said.person or ""), items=rows or None)
    decision = freeze_put(actor, doing.book, record, question, asked)
    return Done({"decision": str(decision), "items": len(rows)})


def _handed(doing: Doing, given: Mapping[str, Any]) -> Done:
    return Done({"how": given["words"]}, on=_day(doing, given))


def _review_ask(doing: Doing, given: Mapping[str, Any]) -> Done:
    return Done({"how": given["words"]}, on=_day(doing, given))


def may_review(actor: Actor, one: Asked) -> bool:
    """Tell whether somebody may write down what a second look found: never whoever refused, where a colleague was chosen."""
    answer = one.standing.at["answer"]
    chosen = answer.said.get("reviewer_account")
    return not chosen or (answer.by != actor.account and (str(actor.account) == chosen or "privacy_officer" in actor.roles))


def _review(doing: Doing, given: Mapping[str, Any]) -> Done:
    """What the reviewer found. A colleague who was chosen writes it, or the privacy officer; an outside reviewer's word is written down by whoever may."""
    if not may_review(doing.actor, doing.one):
        raise NotAllowed("review of another")
    said = {"found": given["gave"], "why": given["why"], "reviewer": doing.one.standing.reviewer}
    return Done(said, (("access_review", said),))


def _amended(doing: Doing, given: Mapping[str, Any]) -> Done:
    """The amendment was signed in the chart and so is linked to what it corrects."""
    answer = doing.one.standing.at["answer"]
    there = next((one for one in entries_listed(doing.actor, doing.one.record) if str(one.id) == answer.said["entry"]), None)
    if there is None or there.amended is None or there.amended < doing.one.written:
        raise CannotDo("No amendment of this entry was signed since the request came. Write and sign it in the chart first.", "45 CFR 164.526(c)(1)")
    return Done({})


def _told(doing: Doing, given: Mapping[str, Any]) -> Done:
    return Done({"whom": given["words"]}, on=_day(doing, given))


def _statement(doing: Doing, given: Mapping[str, Any]) -> Done:
    return _linked(doing, "statement", given["words"], {})


def _rebuttal(doing: Doing, given: Mapping[str, Any]) -> Done:
    return _linked(doing, "reply", given["words"], {}, ("amendment_rebuttal", {"words": given["words"]}))


def _linked(doing: Doing, kind: str, words: str, said: Mapping[str, Any], *made: tuple[str, Mapping[str, Any]]) -> Done:
    entry = doing.one.standing.at["answer"].said["entry"]

    def also() -> None:
        link(doing.actor, doing.one.record, doing.one.id, UUID(entry) if entry else None, {kind: words}, person=doing.one.said.person)

    return Done(said, made, also)


def _along(doing: Doing, given: Mapping[str, Any]) -> Done:
    def also() -> None:
        send_along(doing.actor, doing.one.record, doing.one.id)

    return Done({}, (), also)


def _list(doing: Doing, given: Mapping[str, Any]) -> Done:
    """The list itself is what `releases` counted; the first in twelve months is free (164.528(c)(2))."""
    fee = int(given["cents"])
    if fee and first_in_a_year(doing.actor, doing.one):
        raise CannotDo("The first list in twelve months is free.", "45 CFR 164.528(c)(2)")
    if fee and not given["told_before"]:
        raise CannotDo("Name the cost before you make the list, so that the client can take the request back or change it.", "45 CFR 164.528(c)(2)")
    _knows(doing)
    people = [person.id for part, person in doing.whole.people if part in SUBJECTS]
    whose = doing.one.said.person if len(people) > 1 else None
    if len(people) > 1 and whose not in people:
        raise CannotDo("Several share this record, and each has a list of their own. Write the request down anew, for the one whose list it is.")
    told = letters.accounting_of(doing.actor, doing.one.record, whose)
    said = {"told": told, "cents": fee}
    return Done({"rows": len(told.rows), "cents": fee}, (("accounting_cover", said), ("accounting", said)))


def first_in_a_year(actor: Actor, one: Asked) -> bool:
    """Tell whether no other list was given in the twelve months before this request."""
    since = one.said.received - timedelta(days=365)
    others = [other for other in access.of_record(actor, one.record) if other.said.kind == ACCOUNTING and other.id != one.id]
    return not any(step.on >= since for other in others for step in other.steps if step.act == "list")


def _day(doing: Doing, given: Mapping[str, Any]) -> date:
    day: date = given.get("day") or doing.today
    if day > doing.today or day < doing.one.said.received:
        raise CannotDo("That day does not fit: it lies before the request, or is still to come.")
    return day


STEPS = {
    "facts": _facts, "extend": _extend, "withdraw": _withdraw, "answer": _answer, "packet": _packet, "handed": _handed, "review_ask": _review_ask,
    "review": _review, "amended": _amended, "told": _told, "statement": _statement, "rebuttal": _rebuttal, "along": _along, "list": _list,
    "done": _done,
}  # fmt: skip
