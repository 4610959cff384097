"""What the record already shows for a question, each fact with its source.

`material` reads the record; for gates alone, it asks nobody and writes no event. `held` makes facts of it and reads nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from privity.practice.agreements import access as agreements
from privity.practice.agreements import paper_access, restrictions, validity
from privity.practice.agreements.access import Kept
from privity.practice.agreements.paper_access import Signed
from privity.practice.agreements.restrictions import Restriction
from privity.practice.agreements.validity import State, Whose, adult, same_name
from privity.practice.people import care
from privity.practice.people.access import Identity, Opened, live, opened, staff
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import CARE
from privity.practice.people.models import SUBJECTS, Participant, Practice, Record, Tie
from privity.practice.people.times import day_said
from privity.practice.records.access import Listed, parts_for_gates
from privity.practice.records.classes import GUARDED
from privity.practice.visits.access import came_for_gates

from .dialogue import AGE, AGES, CONFIRM, UNKNOWN, Asked, Held
from .frozen import From, Gathered

CLIENTS_PAGE = "the client’s page"
GUARDED_CLASSES = frozenset(
    {part.klass for part in GUARDED} | {"psychotherapy_notes", "sud_counseling_notes", "session_content", "recordings", "other_participant_information"}
)
WHOLE = frozenset({"whole_chart", "chart_part"})
OWN_PAPER = frozenset({"psychotherapy_notes", *GUARDED_CLASSES})  # a paper for the whole chart does not name these
STAFF = ("practice_staff", "supervisor", "trainee")
PURPOSE, VALID = "authorization.covers_purpose", "authorization.valid"
OBJECTED = "client.prior_objection"  # stated of an item, it tells what the client wants kept especially quiet
ASSENT, PROMISE = "minor_assent", "minor.parent_agreed_to_confidentiality"
CARE_PAPERS = {ASSENT: "the young person’s paper", "informed_consent": "the consent to care"}  # by which somebody consents to care
SIGNED_BY = ", signed by "
# What may be said of a paper that is on file: nothing else about it, since the paper itself is there.
SAYABLE = frozenset({CONFIRM, "authorization.conditioned", VALID})


@dataclass(frozen=True)
class Material:
    """A record, read for a question. `chart` tells whether the reader may know what its guarded parts are."""

    record: Opened
    practice: Practice
    on: date
    kept: tuple[Kept, ...]
    parts: tuple[Listed, ...]
    came: tuple[date, ...]
    closed: date | None
    on_unit: bool
    team: frozenset[UUID]
    staff: Mapping[UUID, str]
    may_see: Mapping[UUID, tuple[str, ...]]
    holds: int
    chart: bool
    restricted: tuple[Restriction, ...] = ()
    visit_days: Mapping[UUID, date] = field(default_factory=dict)  # of the visits that restrictions name
    signed: tuple[Signed, ...] = ()  # papers signed here by all who must sign; facts are stated of these alone
    on_file: tuple[Signed, ...] = ()  # papers signed outside Privity, whose words nobody kept: told beside a question, and no more

    @property
    def subjects(self) -> tuple[tuple[str, Identity], ...]:
        """Whom the record is about, each with the part; parents and guardians stand beside them."""
        return tuple((part, person) for part, person in self.record.people if part in SUBJECTS)

    @property
    def shared(self) -> bool:
        """Whether several people share the record."""
        return len(self.subjects) > 1

    @property
    def names(self) -> dict[str, str]:
        """What the people of the record are called, by id; nothing where the record is one person's."""
        return {str(person.id): person.called for _, person in self.subjects} if self.shared else {}


def material(actor: Actor, record: UUID, *, chart: bool) -> Material:
    """Return a record, read for a question."""
    (whole,) = opened(actor, {record: frozenset()})
    restricted = restrictions.for_gates(actor, record)
    row = Record.objects.get(id=record, practice_id=actor.practice_row)
    ties = Tie.objects.filter(live(actor), record_id=record, practice_id=actor.practice_row, kind__in=CARE)
    papers = paper_access.every_for_gates(actor, record)
    parents = Participant.objects.filter(record_id=record, ended=None, part__in=("parent", "guardian"))
    return Material(
        whole, Practice.objects.get(pk=actor.practice_row), actor.now.astimezone().date(), agreements.every(actor, record),
        parts_for_gates(actor, record), tuple(at.astimezone().date() for at in came_for_gates(actor, record)),
        row.closed.astimezone().date() if row.closed else None, row.unit is not None, frozenset(ties.values_list("account_id", flat=True)),
        {one.id: one.name for one in staff(actor) if one.active}, {one.person_id: tuple(one.may_see) for one in parents},
        len(care.holds(actor, record, with_reason=False)), chart,
        restricted, restrictions.days_of(actor, record, restricted),
        tuple(one for one in papers if not one.on_file), tuple(one for one in papers if one.on_file),
    )  # fmt: skip


def held(of: Material, asked: Asked, items: Sequence[Mapping[str, Any]] | None = None) -> Held:
    """Return what the record states for what was said so far. `items` are those of an earlier decision, asked about again."""
    said = {name: value for name, value in asked.facts if name not in ages_on_record(of)}
    found = [Gathered(name, value, From.PROFILE, "the practice’s profile") for name, value in of.practice.facts().items()]
    found += [*_care(of), *_people(of), *_asker(of, asked), *_consented(of, said), *_restricted(of, said), *_unrequested(of, asked)]
    who, purpose, told = said.get("recipient.kind"), said.get("purpose"), said.get("information")
    if not (isinstance(who, str) and isinstance(purpose, str) and isinstance(told, (list, tuple)) and told):
        return Held(tuple(found), _subjects(of, asked, {}), settled=_settled(of), fixed=_fixed(found) | ages_on_record(of))
    rows = [dict(row) for row in items] if items is not None else _items(of, told)
    stops = _stops(of, said)
    papers = _Papers(of, str(who), str(purpose), sorted({str(row["class"]) for row in rows}), said, stops)
    found += papers.gathered
    shut: dict[tuple[str, str], Gathered] = {}
    for row in rows:
        row["facts"] = {
            **papers.of_item(str(row["class"])),
            **_stopped(of, stops, str(who), row, shut, papers),
            **_wished(of, str(who), row, shut),
            **_promised(found, row, shut),
        }
    found += shut.values()
    best, fixed = papers.best.id if papers.best else None, _fixed(found) | ages_on_record(of) | papers.unsayable
    return Held(
        tuple(found), _subjects(of, asked, papers.of_subject), tuple(rows), fixed, _settled(of), best, papers.named, confirm_first=papers.everybody,
    )  # fmt: skip


def _unrequested(of: Material, asked: Asked) -> Iterable[Gathered]:
    """Return that no written request is on file, where California's law may ask for one (Cal. Civ. Code 56.104(a)): none on file is none, whatever is said."""
    asks = "CA" in (asked.place, *of.practice.states) and {"recipient.kind", "purpose"} <= dict(asked.facts).keys()
    if asks and not any(one.terms.kind == validity.REQUEST for one in of.kept):
        yield Gathered("payer.written_request", False, From.PAPER, "no written request is on file")


def read_out(asked: Asked) -> Asked:
    """Return what was said, without what nobody may say of papers on file: those speak for themselves."""
    kept = tuple((name, value) for name, value in asked.facts if not name.startswith("authorization.") or name in SAYABLE)
    return Asked(asked.place, kept, asked.who, asked.held)


# --- the record itself -------------------------------------------------------------------------------------------


def _care(of: Material) -> Iterable[Gathered]:
    yield Gathered("care.modality", of.record.kind, From.RECORD, "the record’s kind")
    if of.came:
        yield Gathered("care.first_visit", of.came[0].isoformat(), From.RECORD, "the visits")
        yield Gathered("care.sessions_so_far", len(of.came), From.RECORD, "the visits")
    if of.closed:
        yield Gathered("care.ended", of.closed.isoformat(), From.RECORD, CLIENTS_PAGE)
    elif of.team:
        yield Gathered("provider.treats_client", True, From.RECORD, "the care team")
    if of.on_unit:
        yield Gathered("care.level", "inpatient", From.RECORD, "the record’s unit")
    yield Gathered("information.kept_separate", True, From.RECORD, "sealed notes, which lie apart from every chart")


def _people(of: Material) -> Iterable[Gathered]:
    for _, person in of.subjects:
        if person.born:
            whose = person.id if of.shared else None
            yield Gathered("client.born", person.born.isoformat(), From.RECORD, CLIENTS_PAGE, row=person.id, subject=whose)


def _asker(of: Material, asked: Asked) -> Iterable[Gathered]:
    if dict(asked.facts).get("recipient.kind") in STAFF and asked.who not in ("", UNKNOWN):
        on_team = any(str(one) == asked.who for one in of.team)
        yield Gathered("recipient.on_care_team", on_team, From.RECORD, "the care team")


def _consented(of: Material, said: Mapping[str, object]) -> Iterable[Gathered]:
    """Return who consented to the care of a minor, as the papers signed here have it; each may be said otherwise, since a consent can be given by word.

    Of a paper on file from outside nobody knows the words: it states nothing here, and is told beside the question (`on_paper`).

    A parent's signature does not say that the minor did not consent alone (45 CFR 164.502(g)(3)(i)(A): "regardless of whether the consent of another
    person has also been obtained"), so that is never stated. What a paper says of the minor's own right is stated to a parent or guardian alone, for
    whom it closes; where it would open what a minor signed, it is asked.
    """
    if of.shared or not of.subjects or AGES & set(said) or not (born := of.subjects[0][1].born) or adult(born, of.on):
        return
    minor, beside = of.subjects[0][1].id, {person.id for part, person in of.record.people if part in paper_access.STANDS_FOR}
    cares = [one for one in of.signed if one.kind in CARE_PAPERS]
    theirs = [one for one in cares if any(each.stands_for and each.person in beside for each in one.signers)]
    if theirs:
        for name in ("parent.consents_to_care", "parent.told_of_care"):
            yield Gathered(name, True, From.RECORD, _paper_said(theirs[0]), row=theirs[0].paper)
    if said.get("recipient.kind") not in paper_access.STANDS_FOR or said.get("purpose") == "consent_to_care":
        return
    for one in theirs:
        if one.kind == ASSENT:
            yield Gathered(PROMISE, True, From.RECORD, _paper_said(one), row=one.paper)
            break
    alone = next((one for one in cares if [each.person for each in one.signers] == [minor]), None)
    if alone is not None and not any(each.stands_for for one in cares for each in one.signers):
        yield Gathered("minor.consented_to_own_care", True, From.RECORD, _paper_said(alone), row=alone.paper)


def on_paper(of: Material) -> Iterable[str]:
    """Yield which papers from outside may tell who consented to a minor's care: whoever answers looks at them."""
    if not of.shared and of.subjects and (born := of.subjects[0][1].born) and not adult(born, of.on):
        yield from (_paper_said(one) for one in of.on_file if one.kind in CARE_PAPERS)


def _promised(found: Iterable[Gathered], row: Mapping[str, Any], shut: dict[tuple[str, str], Gathered]) -> dict[str, object]:
    """Return that the young person's paper keeps the bill and the dates from no parent: "Your parent may see the bill and the dates"."""
    agreed = next((one for one in found if one.name == PROMISE), None)
    if agreed is None or row["class"] not in ("billing", "attendance"):
        return {}
    shut[PROMISE, row["class"]] = replace(agreed, value=False, item=row["class"])
    return {PROMISE: False}


def _paper_said(one: Signed) -> str:
    who = " and ".join(each.name for each in one.signers)
    return f"{CARE_PAPERS[one.kind]}{SIGNED_BY}{who}, {day_said(one.since)}"


def _wished(of: Material, who: str, row: Mapping[str, Any], shut: dict[tuple[str, str], Gathered]) -> dict[str, object]:
    """Return that the client said no earlier, of what is kept especially quiet: it closes what may be told without asking the client anew, and no more.

    It counts for every asker; that it is so is noted in `shut` only for whoever may see the chart.
    """
    if who == "client" or row["class"] not in of.record.quiet:
        return {}
    name, klass = OBJECTED, str(row["class"])
    if of.chart:
        shut[name, klass] = Gathered(name, True, From.RECORD, "what the client wants kept especially quiet", item=klass)
    return {name: True}


def _stops(of: Material, said: Mapping[str, object]) -> tuple[Restriction, ...]:
    """Return the restrictions that reach something of this telling."""
    who, told = said.get("recipient.kind"), said.get("information")
    classes = [one for one in told if isinstance(one, str)] if isinstance(told, (list, tuple)) else []
    return restrictions.reaching(of.restricted, who, classes) if isinstance(who, str) else ()


def _restricted(of: Material, said: Mapping[str, object]) -> Iterable[Gathered]:
    """Restrictions under 45 CFR 164.522 that reach this telling. Where none does nothing is stated: the law asks, or lists what it takes as so.

    One on some classes, visits or days closes these and no more (`_stopped`): for all else it is stated that none stands. Which visit a bill is of
    nobody knows here, so a packet looks at each visit anew (`releases.restricting`).
    """
    for name, fits in _by_name(_stops(of, said), str(said.get("recipient.kind"))):
        whole = [one for one in fits if not _is_part(of, one)]
        if fits:
            where = "a restriction that stands" if whole else "a restriction on a part of it, which is held back by itself"
            yield Gathered(name, bool(whole), From.PAPER, where, row=(whole or fits)[0].id)


def _by_name(mine: Iterable[Restriction], who: str) -> tuple[tuple[str, list[Restriction]], ...]:
    every = list(mine)
    return ("restriction.paid_in_full", [one for one in every if one.paid_to(who)]), ("restriction.agreed", [one for one in every if not one.paid_to(who)])


def _is_part(of: Material, one: Restriction) -> bool:
    """Tell whether a restriction is on some classes, visits or days alone, each of them known."""
    known = all(visit in of.visit_days for visit in one.visits)
    return known and bool(one.visits or one.later_only or (one.classes and not WHOLE & set(one.classes)))


def _stopped(
    of: Material, stops: Iterable[Restriction], who: str, row: Mapping[str, Any], shut: dict[tuple[str, str], Gathered], papers: _Papers,
) -> dict[str, object]:  # fmt: skip
    """Return what restrictions on a part say of one item, and note it in `shut`. An item without a day is of no visit that is known here.

    A paper that is older than the restriction does not lift it: only "the client's later signature" does.
    """
    klass, on = str(row["class"]), date.fromisoformat(row["day"]) if row.get("day") else None
    found: dict[str, object] = {}
    for name, fits in _by_name((one for one in stops if _is_part(of, one)), who):
        for one in fits:
            visits = [visit for visit in one.visits if of.visit_days[visit] == on]
            undated = on is None and (one.visits or one.later_only)
            if not undated and restrictions.reaching((one,), who, (klass,), visits, on):
                found |= {name: True, **({PURPOSE: False} if papers.is_older(papers.for_class(klass), one) else {})}
                shut[name, klass] = Gathered(name, True, From.PAPER, "a restriction that stands", row=one.id, item=klass)
    return found


def _fixed(found: Iterable[Gathered]) -> frozenset[str]:
    return frozenset(one.name for one in found if one.source in (From.PAPER, From.PROFILE) and one.subject is None and not one.item)


def ages_on_record(of: Material) -> frozenset[str]:
    """Return the facts of age that nobody who asks may say: whoever is a minor by the birth date on the client's page is one until that is mended there."""
    born = of.subjects[0][1].born if of.subjects and not of.shared else None
    return AGES if born and not adult(born, of.on) else frozenset()


def _settled(of: Material) -> frozenset[str]:
    if not of.shared:
        return frozenset()
    return frozenset({"participants.all_authorize"} | ({AGE} if all(person.born for _, person in of.subjects) else set()))


def _subjects(of: Material, asked: Asked, papers: Mapping[UUID, Mapping[str, object]]) -> tuple[dict[str, Any], ...]:
    mine = asked.who if dict(asked.facts).get("recipient.kind") == "client" else ""
    found = []
    for part, person in of.subjects:
        born = {"client.born": person.born.isoformat()} if of.shared and person.born else {}
        role = "client" if of.shared and str(person.id) == mine else str(part)
        found.append({"id": str(person.id), "role": role, "facts": {**born, **papers.get(person.id, {})}})
    return tuple(found)


# --- what would be told ------------------------------------------------------------------------------------------


def _items(of: Material, told: Sequence[str]) -> list[dict[str, Any]]:
    """Return the parts of the chart that were asked for, and what was asked for and is no part of it.

    Whoever may not see the chart gets no guarded part: that there is one would already tell.
    """
    everybody = [str(person.id) for _, person in of.subjects]
    wanted = set(told)
    within = [one for one in of.parts if (one.klass in wanted or wanted & WHOLE) and (of.chart or one.klass not in GUARDED_CLASSES)]
    rows = [
        {"id": str(one.id), "class": one.klass, "about": [str(one.on)] if one.on and str(one.on) in everybody else everybody,
         "day": one.began.astimezone().date().isoformat()}
        for one in within
    ]  # fmt: skip
    there = {one.klass for one in within} | (WHOLE if within else set())
    return rows + [{"id": klass, "class": klass, "about": everybody} for klass in told if klass not in there]


# --- papers ------------------------------------------------------------------------------------------------------


def covers(terms: validity.Terms, klass: str) -> bool:
    """Tell whether a paper names a class of information; one for the whole chart names no guarded class, and one for a part of it no other class."""
    return klass in terms.information or ("whole_chart" in terms.information and klass not in OWN_PAPER and klass != "fact_of_treatment")


class _Papers:
    """The papers that fit a telling best: of the client for each class, or of each person who shares the record."""

    def __init__(self, of: Material, who: str, purpose: str, classes: Sequence[str], said: Mapping[str, object], stops: Collection[Restriction]) -> None:
        confirmed = said.get(CONFIRM)
        self._stops = [one for one in stops if of.shared or not _is_part(of, one)]  # in a shared record one on a part as well, for each person's paper
        self._of, self._who, self._purpose, self._classes, self._confirmed = of, who, purpose, classes, confirmed
        self._whose = agreements.each_of(of.record.people, of.record.id, of.on, births=of.shared or not AGES & set(said))
        self.gathered: list[Gathered] = []
        self.of_subject: dict[UUID, dict[str, object]] = {}
        self.everybody = False  # everybody who shares the record signed for this, if the recipient is the very one their papers name
        self.unsayable: frozenset[str] = frozenset()
        self.named = ""
        self.gathered += self._requested()
        if of.shared:
            self._of_each()
            return
        self.best = self._fitting(of.kept, classes)
        facts = self._stated(self.best, self._whose[0])
        facts.pop("authorization.covers_information", None)  # each class says it
        self.named = self.best.terms.recipient if self.best and CONFIRM not in facts else ""
        self.everybody = self._asks_first(of.kept, confirmed)
        if self.best and self.best.terms.signed_as == ["parent"] and self._grown_up:
            self.unsayable = frozenset({VALID})  # since the client is grown up, a parent's signature is for the law to weigh
        self._gather(facts, self.best)
        for klass in classes:
            best = self.for_class(klass)
            if best is not None or said.get("part2.record") is True:
                self._gather({name: value for name, value in self.of_item(klass).items() if value != UNKNOWN}, best, item=klass)

    def of_item(self, klass: str) -> dict[str, object]:
        """Return the facts of an item of this class."""
        if self._of.shared:
            signed = [paper for paper in self._by.values() if paper is not None]
            return {"authorization.covers_information": bool(signed) and all(covers(paper.terms, klass) for paper in signed)}
        best = self.for_class(klass)
        if best is None:
            return self._consents(self._whose[0], self._of.kept, [klass])
        apart = {} if best is self.best else self._apart(best)
        return {**apart, "authorization.covers_information": covers(best.terms, klass), **self._consents(self._whose[0], self._of.kept, [klass])}

    def for_class(self, klass: str) -> Kept | None:
        """Return the paper that fits best for a class; none in a shared record, where each person has their own."""
        return None if self._of.shared else self._fitting(self._of.kept, [klass])

    def is_older(self, paper: Kept | None, one: Restriction) -> bool:
        """Tell whether a paper was signed before the client asked for a restriction that binds for this purpose: it does not lift it (164.522(a)(2)(i))."""
        return paper is not None and paper.terms.signed < one.asked and one.binds(self._who, self._purpose)

    def _asks_first(self, papers: Iterable[Kept], confirmed: object) -> bool:
        """Tell whether it has to be said first that who asks is the one a Part 2 consent names: no rule of the law asks for it."""
        mine = [one for one in papers if one.terms.kind in validity.CONSENTS and self._reaches(one) and one.state is State.LIVE]
        return confirmed is None and bool(self.named) and any(same_name(one.terms.recipient, self.named) and not self._by_class(one) for one in mine)

    def _reaches(self, paper: Kept) -> bool:
        told = validity.covers(paper.terms, recipient_kind=self._who, purpose=self._purpose, information=self._classes)
        return told["authorization.covers_recipient"] and told["authorization.covers_purpose"]

    def _by_class(self, paper: Kept) -> bool:
        """Tell whether a consent names whoever treats or pays by their class alone (42 CFR 2.31(a)(4)(i)): nobody has to be the very one."""
        return paper.terms.kind == validity.TPO and paper.terms.by_class and self._who in validity.NAMED_BY_CLASS

    def _consents(self, whose: Whose, papers: Iterable[Kept], classes: Collection[str]) -> dict[str, object]:
        """Return part2.consent: every live consent that reaches this telling. One that names somebody counts once it is said that it is them.

        None on file is none, whatever is said: the consent is in writing (42 CFR 2.31(a)). Where it is not plain that the right person signed, nothing is
        stated: it is asked.
        """
        signed = [one for one in papers if one.terms.kind in validity.CONSENTS]
        mine = [one for one in signed if one.state is State.LIVE and self._reaches(one) and all(covers(one.terms, klass) for klass in classes)]
        sure = [one for one in mine if self._by_class(one) or (self._confirmed is True and same_name(one.terms.recipient, self.named))]
        right = [(one.terms.kind, whose.consents(one.terms)) for one in sure]
        plain = sorted({kind for kind, is_ in right if is_})
        return {"part2.consent": plain} if plain or all(is_ is not None for _, is_ in right) else {}

    def _requested(self) -> Iterable[Gathered]:
        """Return that no written request on file reaches this (Cal. Civ. Code 56.104(a)). Where one does, a person says whether it is the asker's own."""
        for one in agreements.stated(self._of.kept, self._whose[0], recipient_kind=self._who, purpose=self._purpose, information=self._classes):
            if one.name == "payer.written_request" and one.paper and not one.value:
                yield Gathered(one.name, one.value, From.PAPER, f"the written request of {one.paper.terms.recipient}", row=one.paper.id)

    def _apart(self, paper: Kept) -> dict[str, object]:
        """Return the facts of another paper than the one the question is about: what was said of that one's recipient counts where both name the same.

        Whether that one is valid says nothing of this: where nobody knows, the law weighs who signed it.
        """
        facts = {VALID: UNKNOWN, **self._stated(paper, self._whose[0])}
        if CONFIRM not in facts and self.best is not None and not same_name(paper.terms.recipient, self.named or self.best.terms.recipient):
            facts[CONFIRM] = False
        return facts

    def _of_each(self) -> None:
        parts = {one.person.id: agreements.parts_of(self._of.kept, one) for one in self._whose}
        self._by = {id: self._fitting(mine, self._classes) for id, mine in parts.items()}
        stated = {one.person.id: self._stated(self._by[one.person.id], one) for one in self._whose}
        open_ = [paper for id, paper in self._by.items() if paper is not None and CONFIRM not in stated[id]]
        self.best = open_[0] if open_ else None
        self.named = self.best.terms.recipient if self.best else ""
        for id, paper in self._by.items():
            if paper is not None and CONFIRM not in stated[id]:
                if not same_name(paper.terms.recipient, self.named):
                    stated[id][CONFIRM] = False
                elif self._confirmed in (True, False):
                    stated[id][CONFIRM] = self._confirmed
            self._gather({name: value for name, value in stated[id].items() if name != CONFIRM or value is False}, paper, subject=id)
        for one in self._whose:
            own = self._consents(one, parts[one.person.id], self._classes)
            self._gather(own, self._by[one.person.id], subject=one.person.id)
            stated[one.person.id] |= own
        self.of_subject = stated
        whole = all(
            paper is not None and paper.state is State.LIVE and facts.get(CONFIRM) is not False and facts.get(PURPOSE) is True
            and facts.get(VALID) is not False and all(covers(paper.terms, klass) for klass in self._classes)
            for paper, facts in ((self._by[id], stated[id]) for id in self._by)
        )  # fmt: skip
        self.everybody = whole and self._confirmed is None
        done = whole and self._confirmed is True
        where = "everybody who shares it signed" if done else "not everybody who shares it signed for this"
        self.gathered.append(Gathered("participants.all_authorize", done, From.PAPER, where))

    def _fitting(self, papers: Iterable[Kept], classes: Collection[str]) -> Kept | None:
        def fit(one: Kept) -> tuple[Any, ...]:
            told = validity.covers(one.terms, recipient_kind=self._who, purpose=self._purpose, information=classes)
            whole, some = all(covers(one.terms, klass) for klass in classes), sum(covers(one.terms, klass) for klass in classes)
            live = one.state is State.LIVE
            return (told["authorization.covers_recipient"], whole, told["authorization.covers_purpose"], live, some, one.recorded)

        return max((one for one in papers if one.terms.kind != validity.REQUEST), key=fit, default=None)

    @property
    def _grown_up(self) -> bool:
        return any(one.person.born and adult(one.person.born, one.on) for one in self._whose)

    def _stated(self, paper: Kept | None, whose: Whose) -> dict[str, object]:
        """Return what the law may know of a paper, without what only a person can say: whether it names the very recipient."""
        if paper is None:
            return {"authorization.on_file": False}
        asked: dict[str, Any] = {"recipient_kind": self._who, "purpose": self._purpose, "information": self._classes}
        facts = validity.facts(paper.terms, paper.wrong, paper.state, whose, **asked, states=paper.states)
        facts["authorization.covers_information"] = all(covers(paper.terms, klass) for klass in self._classes)
        facts.pop("part2.consent", None)  # each class says it
        if facts[CONFIRM] is True and not self._by_class(paper):
            del facts[CONFIRM]
        if any(self.is_older(paper, one) for one in self._stops):
            facts[PURPOSE] = False
        if self._of.shared:
            del facts["authorization.covers_information"]  # each item says it
        return facts

    def _gather(self, facts: Mapping[str, object], paper: Kept | None, *, subject: UUID | None = None, item: str = "") -> None:
        where = f"the authorization for {paper.terms.recipient}" if paper else "no authorization is on file"
        row = paper.id if paper else None
        old = f"{where}, signed before a restriction that stands" if paper and any(self.is_older(paper, one) for one in self._stops) else where
        self.gathered += [
            Gathered(name, value, From.PAPER, old if name == PURPOSE else where, row=row, subject=subject, item=item) for name, value in facts.items()
        ]
