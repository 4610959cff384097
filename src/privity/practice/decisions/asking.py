"""A question in a chart, as its pages put it: what the record states beside what was said, who of the record or the staff asks, and what is kept at the end.

Pure: reads no clock and no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from privity.law import BadQuestion, Book
from privity.law.replay import canonical
from privity.practice.agreements.paper_access import Signed
from privity.practice.agreements.validity import REQUEST, State
from privity.practice.people.spoken import label, listed, question_of
from privity.practice.people.times import day_said

from .access import Asking
from .dialogue import AGES, CONFIRM, UNKNOWN, Asked, read_asked
from .frozen import From, Frozen, Gathered
from .gather import CLIENTS_PAGE, SAYABLE, SIGNED_BY, STAFF, Material, ages_on_record, held, on_paper, read_out
from .wording import Row, moment

# Agreements of those who share a record: the law's vocabulary has no word for them, so they are told beside the facts.
AGREED = {"couple_agreement": "Agreed by the couple", "family_agreement": "Agreed in the family", "group_agreement": "Promised by each in the group"}
SECRETS = {
    "no_secrets": ": no secrets between the two",
    "some_secrets": ": what one tells you alone, you may keep for a time",
    "full_secrets": ": what one tells you alone, you keep",
}
WHO = "who"  # which person of a shared record asks, or which colleague: no fact of the law, and asked like one


def read(book: Book, asking: Asking, place: str, given: Iterable[str], who: str) -> Asked:
    """Return what a chart's form says was said, beside what the record states. Raises BadQuestion."""
    of = asking.of
    states = of.practice.states
    asked = read_out(read_asked(book, place or (states[0] if len(states) == 1 else ""), given))
    return beside(of, replace(asked, who=who if who in (*choices_of_who(of, asked), UNKNOWN) else ""))


def beside(of: Material, asked: Asked) -> Asked:
    """Return what was said, beside what the record states for it."""
    if asked.who and asked.who != UNKNOWN and asked.who not in choices_of_who(of, asked):
        asked = replace(asked, who="")
    asked = read_out(asked)
    return replace(asked, held=held(of, asked))


def choices_of_who(of: Material, asked: Asked) -> Mapping[str, str]:
    """Return who could be asking, by id, where that matters: one of those who share the record, or a colleague."""
    kind = dict(asked.facts).get("recipient.kind")
    if kind == "client":
        return of.names
    return {str(id): name for id, name in of.staff.items()} if kind in STAFF else {}


def needs_who(of: Material, asked: Asked) -> bool:
    """Tell whether it has still to be said who asks."""
    return not asked.who and bool(choices_of_who(of, asked))


def facts_to_keep(book: Book, asked: Asked, by: UUID, at: datetime) -> tuple[Gathered, ...]:
    """Return every fact with its source, as it is kept: what was said instead of what the record has bears the difference."""
    said = {name: value for name, value in asked.facts if name not in asked.held.fixed}
    of_age = bool(AGES & set(said))
    own = {one.name: one for one in asked.held.gathered if one.subject is None and not one.item}
    kept = [one for one in asked.held.gathered if own.get(one.name) is not one or not (one.name in said or (of_age and one.name in AGES))]
    for name, value in said.items():
        against = _against(own, name, value)
        where = f"the question; the paper names {asked.held.named}" if name == CONFIRM and asked.held.named else "the question"
        kept.append(
            Gathered(
                name, value, From.JUDGED if book.facts[name].judgment else From.SAID, where, by, at, asked.held.paper if name in SAYABLE else None,
                against=against.value if against else None, against_where=against.where if against else "",
            )
        )  # fmt: skip
    return tuple(kept)


def _against(own: Mapping[str, Gathered], name: str, value: object) -> Gathered | None:
    there = own.get(name) or next((own[one] for one in sorted(AGES) if name in AGES and one in own), None)
    return there if there is not None and (there.name != name or there.value != value) else None


def told(book: Book, one: Gathered, asking: Asking, names: Mapping[UUID, str] | None = None) -> Row:
    """Return a fact as a page shows it: its question, its value, its source; whose it is where the record has several people."""
    of = asking.of
    where = one.where if asking.papers else "an authorization on file" if one.source is From.PAPER and one.row else one.where.partition(SIGNED_BY)[0]
    whose = of.names.get(str(one.subject), "") if one.subject else ""
    against = one.against_where if asking.papers else one.against_where.partition(SIGNED_BY)[0]
    fact = book.facts.get(one.name)
    by = f"Said by {(names or {}).get(one.by, 'somebody who left')}" if one.by else ""
    judged = one.source is From.JUDGED
    may_say = one.source is From.RECORD and one.subject is None and not one.item and fact is not None and one.name not in ages_on_record(of)
    source = f"{'Judged' if judged else 'Said'} {by[5:] if by else ''}".strip() if one.of_a_person else f"From {where}"
    return {
        "fact": one.name, "question": question_of(book, one.name), "said": value_said(book, one.name, one.value), "source": source, "judgment": judged,
        "at": moment(one.at.astimezone().isoformat()) if one.at else "", "whose": whose,
        "item": label(book, "information", one.item) if one.item else "",
        "against": f"{value_said(book, one.name, one.against)}, in {against}" if against else "",
        "of_a_person": one.of_a_person, "may_say": may_say,
        "link": one.row if one.source is From.PAPER and asking.papers else None,
    }  # fmt: skip


def value_said(book: Book, name: str, value: Any) -> str:
    """Return a fact's value in words."""
    fact = book.facts.get(name)
    if fact is not None and fact.is_ in ("day", "moment") and isinstance(value, str) and value[:1].isdigit():
        return moment(value)
    return label(book, name, value)


@dataclass(frozen=True)
class Shown:
    """Facts as a page shows them: what was said, what the record states, each paper with its own, and the profile's, the same for every client."""

    said: list[Row]
    record: list[Row]
    papers: list[tuple[str, list[Row]]]
    profile: list[Row]


def shown_of(book: Book, facts: Iterable[Gathered], asking: Asking, names: Mapping[UUID, str] | None = None) -> Shown:
    """Return facts as a page shows them."""
    found = Shown([], [], [], [])
    papers: dict[tuple[str, str], list[Row]] = {}
    for one in facts:
        row = told(book, one, asking, names)
        if one.source is From.PAPER:
            papers.setdefault((row["source"][5:], row["whose"]), []).append(row)
        else:
            (found.said if one.of_a_person else found.profile if one.source is From.PROFILE else found.record).append(row)
    found.papers.extend((f"{where[:1].upper()}{where[1:]}{f', of {whose}' if whose else ''}", rows) for (where, whose), rows in papers.items())
    return found


def notes_of(book: Book, asking: Asking, asked: Asked) -> list[str]:
    """Return what the record says besides, that no word of the law's own fits: what is kept quiet, what parents may see, legal holds."""
    of, found = asking.of, []
    information, kind = dict(asked.facts).get("information"), dict(asked.facts).get("recipient.kind")
    classes = set(information) if isinstance(information, (list, tuple)) else set()
    if of.chart and of.record.quiet:
        quiet = listed((label(book, "information", one).lower() for one in of.record.quiet), "and")
        mine = " Some of it is asked for here." if classes & set(of.record.quiet) else ""
        found.append(f"Kept especially quiet, by the client’s wish: {quiet}.{mine}")
    for part, person in of.record.people:
        if part in ("parent", "guardian"):
            may = listed((label(book, "information", one).lower() for one in of.may_see.get(person.id, ())), "and")
            found.append(f"{person.called} may see, as {CLIENTS_PAGE} has it: {may or 'nothing of this record'}. The law still decides each telling.")
    found += _agreed(of)
    if asking.papers:
        who = [one.terms.recipient for one in of.kept if one.terms.kind == REQUEST and one.state is State.LIVE and one.terms.recipient_kind == kind]
        found += [f"A written request of {one} is on file (Cal. Civ. Code 56.104). It counts where {one} is the very one who asks." for one in who]
        found += [f"On file on paper: {one}. Nobody here kept its words, so it answers no question: look at it." for one in on_paper(of)]
    if of.holds:
        found.append("A legal hold stands on this record: nothing of it may be destroyed. That alone opens nothing.")
    if any(one.name.startswith("restriction.") and one.value is False and one.source is From.PAPER for one in asked.held.gathered):
        found.append("A restriction stands on some visits or parts of the record. Hold these back, whatever is told of the rest; a packet does so by itself.")
    if asked.held.paper and not asking.papers:
        found.append("An authorization is on file. The front desk or whoever treats can open it.")
    return found


def _agreed(of: Material) -> Iterable[str]:
    """Yield what those who share a record agreed, since when, and who of them did not sign it: such as somebody who came later.

    A couple's newer rule takes the place of the older; in a family or a group each may have signed a paper of their own.
    """
    for kind, words in AGREED.items():
        mine = sorted((one for one in (*of.signed, *of.on_file) if one.kind == kind), key=lambda one: one.since, reverse=True)
        for rule in _rules(mine) if kind == "couple_agreement" else [mine] * bool(mine):
            signed = {each.person for one in rule for each in one.signers}
            without = listed([person.called for _, person in of.subjects if person.id not in signed], "and")
            missing = f" Not signed by {without}, whom it does not bind." if without else ""
            unseen = " Signed on paper: nobody here kept its words." if any(one.on_file for one in rule) else ""
            yield f"{words}{SECRETS.get(rule[0].variant, '')}, signed {day_said(rule[0].since)}.{unseen}{missing} It opens nothing by itself."


def _rules(mine: list[Signed]) -> list[list[Signed]]:
    """Return a couple's newest rule; where that is on paper from outside, the newest signed here as well."""
    return [[one] for one in (*(one for one in mine[:1] if one.on_file), *[one for one in mine if not one.on_file][:1])]


def again_from(book: Book, frozen: Frozen, gone: Iterable[Gathered]) -> tuple[str, list[str], str]:
    """Return place, facts and who asks, as a chart's form carries them, to ask a frozen decision anew; what aged is left out. Raises BadQuestion."""
    said = tuple((one.name, one.value) for one in frozen.facts if one.of_a_person and one not in tuple(gone) and one.name not in SAYABLE)
    for name, _ in said:
        if name not in book.facts:
            raise BadQuestion(f"there is no fact {name}")
    return frozen.place, Asked(frozen.place, said).hidden(), frozen.who


def seal_of(answer: Mapping[str, Any]) -> str:
    """Return a short mark of what an answer says: a page carries it, so that nothing else is kept than what was seen."""
    return sha256(canonical(answer["core"]).encode("ascii")).hexdigest()[:24]
