"""Someone may be in danger: few taps, an answer after each, and never a bare no from something unknown.

Every tap states facts in the vocabulary's own names; the engine decides for each person who might be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from privity.law import Book, Decision, Question, decide
from privity.law.explain import duties, meanwhile, reason
from privity.practice.people.models import Practice
from privity.practice.people.spoken import label, listed, question_of, state

from .answer import Duty, Row, duty_of, in_order, reason_of, sentence
from .topics import TOPICS, UNSURE, Tap, Telling, Topic, chosen, yes_no

MOST_TAPS = 8
ELSEWHERE = "elsewhere"
MOST_OPTIONS = 6
MORE_TAPS = 2


WEIGHT = ("required", "permitted", "conflict", "unknown", "with_authorization", "prohibited")
PART2_PROGRAM = (
    "This is a substance-use program: 42 CFR Part 2 may bar naming the client even now. Medical emergencies and child abuse reports have doors of their own."
)
PART2_PERHAPS = "If these are records of a substance-use program, federal law (42 CFR Part 2) may bar even this. Say so in your profile."
VERDICT = {
    "must": ("MUST act", "is-required", "required"),
    "may": ("MAY tell", "is-permitted", "permitted"),
    "open": ("NOT enough yet", "is-unknown", "unknown"),
}
ROW_WORD = {
    "required": "Must",
    "permitted": "May",
    "unknown": "Not enough yet",
    "conflict": "Laws disagree: ask a lawyer",
    "with_authorization": "With the client’s yes",
    "prohibited": "Not on what you tapped",
}


@dataclass(frozen=True)
class Heard:
    """What was tapped so far. `place` is a state the book holds, `elsewhere`, or not yet said."""

    topic: str = ""
    by_sorting: bool = False
    place: str = ""
    place_tapped: bool = False
    taps: tuple[tuple[str, str], ...] = ()

    @property
    def count(self) -> int:
        """How many taps that took."""
        return bool(self.topic) + self.by_sorting + self.place_tapped + len(self.taps)

    @property
    def left(self) -> int:
        """How many taps are left."""
        return MOST_TAPS - self.count


@dataclass(frozen=True)
class ToldRow:
    """One person who might be told: the answer for them, and what to say and not to say."""

    who: str
    outcome: str
    word: str
    line: str
    cite: str
    rule: str
    say: tuple[str, ...]
    leave_out: tuple[str, ...]


@dataclass(frozen=True)
class Asking:
    """A tap on the page: its options, and which was taken."""

    tap: Tap
    taken: str


@dataclass(frozen=True)
class Danger:
    """Everything the page shows."""

    verdict: str
    word: str
    style: str
    box: str
    line: str
    rows: list[ToldRow]
    duties: list[Duty]
    because: list[Row]
    meanwhile: list[Row]
    change: list[str]
    asking: list[Asking]
    brief: str
    part2: str
    places: str
    assumed: list[str]


def facts_of(topic: Topic, heard: Heard, asked_also: Iterable[Tap] = ()) -> dict[str, object]:
    """Return the facts that were tapped."""
    facts: dict[str, object] = dict(topic.facts)
    taps = {tap.key: tap for tap in (*topic.taps, *asked_also)}
    for key, taken in heard.taps:
        if key in taps:
            for option in taps[key].options:
                if option.key == taken:
                    facts.update(option.facts)
    return facts


def purpose_here(telling: Telling, facts: Mapping[str, object]) -> str:
    """Return the purpose of telling someone: a report to police is of a child or of an adult."""
    if telling.purpose:
        return telling.purpose
    return "report_child_abuse" if facts.get("abuse.victim") == "child" else "report_adult_abuse"


def decide_each(
    book: Book, practice: Practice | None, topic: Topic, heard: Heard, facts: Mapping[str, object], on: date, budget: int = 512
) -> list[tuple[Telling, Decision]]:
    """Return the engine's decision for everyone who might be told. Raises BadQuestion."""
    base = practice.facts() if practice else {"provider.profession": "psychologist", "practice.hipaa_covered": True}
    found = []
    for telling in topic.tellings:
        said = {"provider.treats_client": True, **base, **facts, "purpose": purpose_here(telling, facts), "recipient.kind": telling.recipient, **telling.also}
        if not _fits(telling, facts):
            continue
        question = Question.from_dict({"on": on, "places": _places(practice, heard), "facts": said})
        found.append((telling, decide(book, question, budget=budget)))
    return found


def _fits(telling: Telling, facts: Mapping[str, object]) -> bool:
    """Return whether this person is in question at all: no school where the threat names a person."""
    against, victim = facts.get("threat.against"), facts.get("abuse.victim")
    unknown = (None, "unknown")
    if telling.key == "threatened":
        return against in (*unknown, "named_person", "identifiable_person")
    if telling.key == "place":
        return against in (*unknown, "people_at_place_or_entity")
    if telling.key == "school":
        return against == "school"
    if telling.key == "child_protection":
        return victim in (*unknown, "child")
    if telling.key == "adult_protection":
        return victim != "child"
    return True


def _places(practice: Practice | None, heard: Heard) -> object:
    if heard.place == ELSEWHERE or not heard.place:
        return list(practice.states) if practice and not heard.place else []
    home = practice.states if practice else [heard.place]
    everywhere = sorted({heard.place, *home})
    return {"client_now": [heard.place], "client_home": everywhere, "clinician_licence": everywhere, "practice": home}


def further_taps(book: Book, heard: Heard, topic: Topic, decisions: list[tuple[Telling, Decision]], facts: Mapping[str, object]) -> list[Tap]:
    """Return what else the engine would ask, as taps, once the topic's own are tapped and while taps are left.

    Only yes/no and short choices are asked here, and none when the answer is a must already.
    """
    taken = {key for key, _ in heard.taps}
    found: dict[str, Tap] = {key: _as_tap(book, key) for key in taken if key in book.facts}
    if any(tap.key not in taken for tap in topic.taps) or verdict_of(decisions) == "must":
        return list(found.values())
    weight: dict[str, int] = {}
    for telling, decision in decisions:
        if decision.outcome == "unknown" and not telling.care:
            gain = 10 if could_be(decision, "required") else 1
            for row in decision.ask:
                weight[str(row["fact"])] = weight.get(str(row["fact"]), 0) + gain
    for name in sorted(weight, key=lambda n: -weight[n])[:MORE_TAPS]:
        fact = book.facts[name]
        short = fact.is_ == "yes_no" or (fact.is_ == "one_of" and len(fact.of) < MOST_OPTIONS)
        if len(found) + heard.count - len(taken & set(found)) < MOST_TAPS and short and name not in found and name not in facts and fact.ask:
            found[name] = _as_tap(book, name)
    return list(found.values())


def could_be(decision: Decision, outcome: str) -> bool:
    """Return whether an open answer can still become this one."""
    return any(outcome in part.possible for part in decision.parts)


def _as_tap(book: Book, name: str) -> Tap:
    fact = book.facts[name]
    options = yes_no(name) if fact.is_ == "yes_no" else chosen(name, *((value, label(book, name, value)) for value in fact.of))
    return Tap(name, question_of(book, name), fact.help, options, fact.judgment, brief=question_of(book, name).rstrip("?").lower() + ":")


def read_heard(book: Book, topic: str, by_sorting: bool, place: str, place_tapped: bool, taps: Iterable[str]) -> Heard:
    """Return what a form says was tapped; what it says wrongly is dropped, and nobody in a hurry is stopped by it."""
    topic = topic if topic in TOPICS or topic == UNSURE else ""
    place = place if place in book.states or place == ELSEWHERE else ""
    known = {tap.key: {option.key for option in tap.options} for tap in (TOPICS[topic].taps if topic in TOPICS else ())}
    found: dict[str, str] = {}
    for row in taps:
        key, _, taken = row.partition("=")
        if taken in known.get(key, ()) or (key in book.facts and _is_reply(book, key, taken)):
            found[key] = taken
    return Heard(topic, by_sorting, place, place_tapped, tuple(found.items())[:MOST_TAPS])


def _is_reply(book: Book, name: str, taken: str) -> bool:
    return book.facts[name].is_ in ("yes_no", "one_of") and taken in {option.key for option in _as_tap(book, name).options}


def look(book: Book, practice: Practice | None, heard: Heard, on: date) -> Danger:
    """Return what the page shows for what was tapped so far."""
    topic = TOPICS[heard.topic]
    facts = facts_of(topic, heard, [_as_tap(book, key) for key, _ in heard.taps if key in book.facts])
    decisions = decide_each(book, practice, topic, heard, facts, on)
    more = further_taps(book, heard, topic, decisions, facts)
    verdict = verdict_of(decisions)
    word, style, box = VERDICT[verdict]
    wanted = {"must": "required", "may": "permitted"}.get(verdict, "")
    deciding = [decision for telling, decision in decisions if decision.outcome == wanted and not (telling.care and wanted == "permitted")]
    because = {row["id"]: row for decision in deciding for row in reasons(decision) if row["says"] == wanted}
    owed = {
        (row["plain"], row["do"], row["whom"], str(row["any_of"])): row
        for decision in deciding
        for row in cast(list[Row], duties(decision.parts))
        if not row["if"] and (book.rules[str(row["rule"])].says == "required" or row["timing"] == "after")
    }
    taken = dict(heard.taps)
    left = [tap for tap in topic.taps if tap.key not in taken][: max(0, heard.left)]
    shown = [tap for tap in topic.taps if tap.key in taken or tap in left] + more
    return Danger(
        verdict,
        word,
        style,
        box,
        _line(verdict, list(because.values()), decisions, len([t for t in shown if t.key not in taken])),
        rows=[_told_row(telling, decision) for telling, decision in sorted(decisions, key=_weight)],
        duties=[duty_of(book, row) for row in in_order(list(owed.values()))],
        because=list(because.values())[:4],
        meanwhile=list({row["id"]: row for _, decision in decisions for row in cast(list[Row], meanwhile(decision.parts))}.values()),
        change=would_change(book, practice, topic, heard, on, verdict),
        asking=[Asking(tap, taken.get(tap.key, "")) for tap in shown],
        brief=brief_of(book, topic, heard, shown, word, list(because.values())),
        part2=_part2(practice),
        places=_places_line(practice, heard),
        assumed=_assumed(practice),
    )


def reasons(decision: Decision) -> list[Row]:
    """Return the rules that decide, as a page shows them."""
    return [reason_of(cast(Row, reason(rule))) for part in decision.parts for rule in part.deciding]


def _weight(row: tuple[Telling, Decision]) -> tuple[bool, int]:
    return row[0].key == "consultant", WEIGHT.index(_weighed(row[1]))


def _weighed(decision: Decision) -> str:
    return decision.outcome if decision.outcome in WEIGHT else "unknown"


def verdict_of(decisions: Iterable[tuple[Telling, Decision]]) -> str:
    """Return must, may, or not enough yet. There is no fourth: nothing tapped ever adds up to a bare no."""
    rows = list(decisions)
    if any(decision.outcome == "required" for _, decision in rows):
        return "must"
    return "may" if any(decision.outcome == "permitted" and not telling.care for telling, decision in rows) else "open"


def _line(verdict: str, because: list[Row], decisions: list[tuple[Telling, Decision]], left: int) -> str:
    open_ = [decision for telling, decision in decisions if decision.outcome == "unknown" and not telling.care]
    must = any(could_be(decision, "required") for decision in open_)
    if verdict == "may" and must:
        return f"{because[0]['plain']} It may still turn out that you must act: tap what is left."
    if verdict != "open":
        return str(because[0]["plain"]) if because else ""
    could = [said for said, so in (("must act", must), ("may tell", any(could_be(decision, "permitted") for decision in open_))) if so]
    if left and could:
        return f"{'One line is' if left == 1 else f'{left} lines are'} left to tap. It may still turn out that you {listed(could)}."
    if could:
        return f"What is not known decides. It may still turn out that you {listed(could)}. Ask more, and tap again."
    return "What you tapped does not open telling anyone outside. Keep the client safe, ask more, and look at what would change this."


def _told_row(telling: Telling, decision: Decision) -> ToldRow:
    outcome = _weighed(decision)
    because = reasons(decision)
    told = outcome in ("required", "permitted")
    first = next((row for row in because if row["says"] == outcome), because[0] if because else None)
    return ToldRow(
        telling.who,
        outcome,
        ROW_WORD[outcome],
        sentence(first["plain"]) if first and outcome != "prohibited" else "",
        first["cite"] if first and outcome != "prohibited" else "",
        first["id"] if first and outcome != "prohibited" else "",
        telling.say if told else (),
        telling.leave_out if told else (),
    )


def would_change(book: Book, practice: Practice | None, topic: Topic, heard: Heard, on: date, verdict: str) -> list[str]:
    """Return which other taps would give another answer: at most two, found by trying them."""
    found: list[str] = []
    taken = dict(heard.taps)
    for tap in topic.taps:
        for option in tap.options:
            if option.key == taken.get(tap.key) or option.key == "unknown" or len(found) == 2:
                continue
            other = Heard(heard.topic, False, heard.place, False, tuple({**taken, tap.key: option.key}.items()))
            facts = facts_of(topic, other, [_as_tap(book, key) for key, _ in heard.taps if key in book.facts])
            after = verdict_of(decide_each(book, practice, topic, other, facts, on, budget=0))
            if after != verdict:
                found.append(f"{tap.question} {option.label}: {VERDICT[after][0]}.")
                break
    return found


def brief_of(book: Book, topic: Topic, heard: Heard, shown: list[Tap], word: str, because: list[Row]) -> str:
    """Return a paragraph to read to a colleague, made from the taps: no name, town or job."""
    taken = dict(heard.taps)
    said = []
    for tap in shown:
        option = next((o for o in tap.options if o.key == taken.get(tap.key)), None)
        if option is None:
            continue
        if {o.key for o in tap.options} == {"yes", "no", "unknown"}:
            mine = "in my judgment " if tap.judgment else ""
            said.append(f"{mine}{ {'yes': '', 'no': 'not ', 'unknown': 'not known whether '}[option.key] }{tap.brief}")
        else:
            said.append(f"{tap.brief} {option.label[:1].lower() + option.label[1:]}" if option.key != "unknown" else f"{tap.brief} I do not know whom")
    where = state(heard.place) if heard.place and heard.place != ELSEWHERE else "our state"
    law = f" ({because[0]['cite']})" if because else ""
    about = topic.label[:1].lower() + topic.label[1:]
    told = "; ".join(said) or "I have not sorted it out yet"
    return f"I have a client in {where} now. It is about {about}: {told}. Privity says: {word}{law}. What do you see that I do not?"


def _part2(practice: Practice | None) -> str:
    if practice is None:
        return PART2_PERHAPS
    return PART2_PROGRAM if practice.part2_program else ""


def _places_line(practice: Practice | None, heard: Heard) -> str:
    if heard.place == ELSEWHERE:
        return "federal law only"
    codes = [heard.place] if heard.place else (practice.states if practice else [])
    return listed((state(code) for code in codes), "and") or "federal law only"


def _assumed(practice: Practice | None) -> list[str]:
    return [] if practice else ["you are a licensed mental-health professional and this is your client", "HIPAA covers your practice"]
