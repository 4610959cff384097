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
from privity.practice.people.forms import dialled, number_kept
from privity.practice.people.models import Practice
from privity.practice.people.spoken import label, listed, question_of, state

from .dialogue import ELSEWHERE, NOT_KNOWN, PLACES_APART
from .duties import Duty, duty_of, in_order, once
from .topics import NO_STATE_LINE, STATE_LINES, TOPICS, UNSURE, Option, Tap, Telling, Topic
from .wording import Row, reason_of, sentence

MOST_TAPS = 8
MOST_OPTIONS = 9
MORE_TAPS = 2

# What a desk that nobody described takes as so: stated on the page, and denied in the profile.
TAKEN: Mapping[str, object] = {
    "provider.profession": "psychologist",
    "practice.hipaa_covered": True,
    "practice.part2_program": False,
    "practice.setting": "private_practice",
}
TAKEN_IN_WORDS = (
    "This is your client, and you are a psychologist in private practice.",
    "HIPAA covers your practice. Without it fewer laws limit what you may tell.",
    "Your practice is not a substance-use program. If it is, 42 CFR Part 2 may bar even naming the client.",
)
WEIGHT = ("required", "permitted", "conflict", "unknown", "with_authorization", "prohibited")
PART2_DOORS = (
    "The client signs a consent (42 CFR 2.31).",
    "A medical emergency: tell medical staff what they need (2.51).",
    "A report of child abuse or neglect that state law asks for (2.12(c)(6)).",
    "A crime here, or against your staff, or a threat of one: tell the police (2.12(c)(5)).",
    "A court’s order made under Part 2 (2.61 to 2.67).",
    "A report that does not say or show that the client is, or was, in treatment for substance use (2.12(a)(1)).",
)
PART2_PROGRAM = "This is a substance-use program. Federal law (42 CFR Part 2) may bar you from saying even that the client is a client. These doors are open:"
PART2_UNSETTLED = (
    "It is not settled whether yours is a substance-use program. Below it is taken not to be one. If it is, federal law (42 CFR Part 2) leaves these doors:"
)
VERDICT = {
    "must": ("MUST act", "is-required", "required"),
    "may": ("MAY tell", "is-permitted", "permitted"),
    "open": ("NOT enough yet", "is-unknown", "unknown"),
}
SPOKEN = {"must": "Privity says that I must act", "may": "Privity says that I may tell", "open": "Privity says that this is not enough yet"}
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
    """What was tapped so far. `place` is a state the book holds, `elsewhere`, `unknown`, or not yet said."""

    topic: str = ""
    by_sorting: bool = False
    place: str = ""
    place_tapped: bool = False
    taps: tuple[tuple[str, str], ...] = ()

    @property
    def count(self) -> int:
        """How many taps that took."""
        return bool(self.topic) + self.by_sorting + self.place_tapped + len(self.taps)


@dataclass(frozen=True)
class Line:
    """A telephone line that reaches someone. `dialled` is empty where there is no number, only a word about it."""

    whose: str
    number: str = ""
    dialled: str = ""
    note: str = ""


@dataclass(frozen=True)
class ToldRow:
    """One person who might be told: the answer for them, what to say and not to say, and how to reach them."""

    who: str
    outcome: str
    word: str
    line: str
    speaks: str
    cite: str
    rule: str
    say: tuple[str, ...]
    leave_out: tuple[str, ...]
    script: str = ""
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()
    enough: str = ""
    key: str = ""
    recipient: str = ""  # in the vocabulary's words, as `purpose`
    purpose: str = ""


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
    place_note: str
    assumed: tuple[str, ...]
    most: int

    @property
    def doors(self) -> tuple[str, ...]:
        """The ways 42 CFR Part 2 leaves open, where it is in question."""
        return PART2_DOORS if self.part2 else ()


def facts_of(topic: Topic, heard: Heard, asked_also: Iterable[Tap] = ()) -> dict[str, object]:
    """Return the facts that were tapped."""
    facts: dict[str, object] = dict(topic.facts)
    for _, option in taken_of((*topic.taps, *asked_also), heard):
        facts.update(option.facts)
    return facts


def taken_of(taps: Iterable[Tap], heard: Heard) -> list[tuple[Tap, Option]]:
    """Return the lines that were tapped, in the page's order, each with what was taken."""
    taken = dict(heard.taps)
    return [(tap, option) for tap in taps for option in tap.options if option.key == taken.get(tap.key)]


def purpose_here(telling: Telling, facts: Mapping[str, object]) -> str:
    """Return the purpose of telling someone: a report to police is of a child or of an adult."""
    if telling.purpose:
        return telling.purpose
    return "report_child_abuse" if facts.get("abuse.victim") == "child" else "report_adult_abuse"


def of_practice(practice: Practice | None) -> Mapping[str, object]:
    """Return the practice as facts; what nobody settled is taken as the page says under "Taken as so"."""
    if practice is None:
        return TAKEN
    return {**practice.facts(), **({"practice.part2_program": False} if practice.part2_unsettled else {})}


def decide_each(
    book: Book, practice: Practice | None, topic: Topic, heard: Heard, facts: Mapping[str, object], on: date, budget: int = 512
) -> list[tuple[Telling, Decision]]:
    """Return the engine's decision for everyone who might be told. Raises BadQuestion."""
    base = of_practice(practice)
    found = []
    for telling in topic.tellings:
        said = {"provider.treats_client": True, **facts, "purpose": purpose_here(telling, facts), "recipient.kind": telling.recipient, **telling.also, **base}
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
    """Return the question's places: the law of the place where the client is now speaks for every row.

    A license of another state binds as well only where the practice is not at home in the client's state.
    """
    home = list(practice.states) if practice else []
    if heard.place == ELSEWHERE:
        return []
    if heard.place in ("", NOT_KNOWN):
        return home
    if heard.place in home or not home:
        return [heard.place]
    return {"client_now": [heard.place], "client_home": [heard.place], "clinician_licence": home, "practice": home}


def further_taps(book: Book, heard: Heard, topic: Topic, decisions: list[tuple[Telling, Decision]], facts: Mapping[str, object]) -> list[Tap]:
    """Return what else the engine would ask, as taps, once the topic's own are tapped and while taps are left.

    Only yes/no and short choices are asked here. When the answer is a must already, only what its duties turn on is asked. What
    finds no room is named where it is missing; the topic's own lines always find room.
    """
    taken = {key for key, _ in heard.taps}
    found: dict[str, Tap] = {key: _as_tap(book, key) for key in taken if key in book.facts}
    if any(tap.key not in taken for tap in topic.taps):
        return list(found.values())
    weight: dict[str, int] = {}
    must = verdict_of(decisions) == "must"
    for telling, decision in decisions:
        if must and decision.outcome == "required":
            for name in (name for row in mandated(book, decision) for name in cast(list[str], row["if"])):
                weight[name] = weight.get(name, 0) + 1
        elif not must and decision.outcome == "unknown" and not telling.care:
            gain = 10 if could_be(decision, "required") else 1
            for row in decision.ask:
                weight[str(row["fact"])] = weight.get(str(row["fact"]), 0) + gain
    open_ = [name for name in sorted(weight, key=lambda n: -weight[n]) if name not in found and name not in facts and _tappable(book, name)]
    for name in open_[: max(0, min(MORE_TAPS, MOST_TAPS - heard.count))]:
        found[name] = _as_tap(book, name)
    return list(found.values())


def mandated(book: Book, decision: Decision) -> list[Row]:
    """Return the duties of the mandates themselves."""
    return [row for row in cast(list[Row], duties(decision.parts)) if book.rules[str(row["rule"])].says == "required"]


def _tappable(book: Book, name: str) -> bool:
    fact = book.facts[name]
    return bool(fact.ask) and name not in TAKEN and (fact.is_ == "yes_no" or (fact.is_ == "one_of" and len(fact.of) < MOST_OPTIONS))


def could_be(decision: Decision, outcome: str) -> bool:
    """Return whether an open answer can still become this one."""
    return any(outcome in part.possible for part in decision.parts)


def _as_tap(book: Book, name: str) -> Tap:
    fact = book.facts[name]
    question = question_of(book, name)
    choices = [("yes", "Yes", True), ("no", "No", False)] if fact.is_ == "yes_no" else [(value, label(book, name, value), value) for value in fact.of]
    answers = [*choices, ("unknown", "Don’t know", "unknown")]
    options = tuple(Option(key, said, {name: value}, f"to the question “{question}” I say: {said.lower()}") for key, said, value in answers)
    return Tap(name, question, fact.help, options, fact.judgment)


def read_heard(book: Book, topic: str, by_sorting: bool, place: str, place_tapped: bool, taps: Iterable[str]) -> Heard:
    """Return what a form says was tapped; what it says wrongly is dropped, and nobody in a hurry is stopped by it."""
    topic = topic if topic in TOPICS or topic == UNSURE else ""
    place = place if place in book.states or place in PLACES_APART else ""
    known = {tap.key: {option.key for option in tap.options} for tap in (TOPICS[topic].taps if topic in TOPICS else ())}
    found: dict[str, str] = {}
    for row in taps:
        key, _, taken = row.partition("=")
        if taken in known.get(key, ()) or (key in book.facts and _is_reply(book, key, taken)):
            found[key] = taken
    return Heard(topic, by_sorting, place, place_tapped, tuple(found.items()))


def _is_reply(book: Book, name: str, taken: str) -> bool:
    return _tappable(book, name) and taken in {option.key for option in _as_tap(book, name).options}


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
    owed = [
        row
        for decision in deciding
        for row in cast(list[Row], duties(decision.parts))
        if book.rules[str(row["rule"])].says == "required" or (row["timing"] == "after" and not row["if"])
    ]
    taken = dict(heard.taps)
    shown = [*topic.taps, *more]
    left = [tap for tap in shown if tap.key not in taken]
    return Danger(
        verdict,
        word,
        style,
        box,
        _line(book, topic, verdict, list(because.values()), decisions, len(left)),
        rows=told_rows(book, practice, topic, heard, decisions),
        duties=[duty_of(book, row) for row in in_order(once(owed))],
        because=list(because.values())[:4],
        meanwhile=list({row["id"]: row for _, decision in decisions for row in cast(list[Row], meanwhile(decision.parts))}.values()),
        change=would_change(book, practice, topic, heard, on, verdict),
        asking=[Asking(tap, taken.get(tap.key, "")) for tap in shown],
        brief=brief_of(topic, heard, shown, verdict, list(because.values())),
        part2=_part2(practice),
        places=_places_line(practice, heard),
        place_note=_place_note(book, practice, heard),
        assumed=(*(() if practice else TAKEN_IN_WORDS), *topic.taken),
        most=max(MOST_TAPS, heard.count + len(left)),
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


def _line(book: Book, topic: Topic, verdict: str, because: list[Row], decisions: list[tuple[Telling, Decision]], left: int) -> str:
    """Return the sentence under the verdict: what decides, or what is still missing, by name."""
    open_ = [decision for telling, decision in decisions if decision.outcome == "unknown" and not telling.care]
    must = [decision for decision in open_ if could_be(decision, "required")]
    if verdict == "may" and must:
        return f"{because[0]['plain']} It may still turn out that you must act. {_find_out(book, topic, must, left)}"
    if verdict != "open":
        return str(because[0]["plain"]) if because else ""
    may = [decision for decision in open_ if could_be(decision, "permitted")]
    could = listed(said for said, so in (("must act", must), ("may tell", may)) if so)
    if left and could:
        return f"{'One line is' if left == 1 else f'{left} lines are'} left to tap. It may still turn out that you {could}."
    if could:
        return f"It may still turn out that you {could}. {_find_out(book, topic, must or may, left)}"
    return "What you tapped does not open telling anyone outside. Keep the client safe, ask more, and look at what would change this."


def _find_out(book: Book, topic: Topic, decisions: list[Decision], left: int) -> str:
    if left:
        return "Tap what is left."
    questions = dict.fromkeys(question for decision in decisions for question in missing_of(book, topic, decision))
    return f"Find this out today, and tap again: {' '.join(list(questions)[:2])}"


def missing_of(book: Book, topic: Topic, decision: Decision) -> tuple[str, ...]:
    """Return what an open answer still turns on, as the questions the page asks: at most three."""
    asked = {name: tap.question for tap in topic.taps for option in tap.options for name in option.facts}
    names = [str(row["fact"]) for row in decision.ask if row["fact"] not in ("information", "purpose", "recipient.kind")]
    return tuple(dict.fromkeys(asked.get(name) or question_of(book, name) for name in names))[:3]


def told_rows(book: Book, practice: Practice | None, topic: Topic, heard: Heard, decisions: list[tuple[Telling, Decision]]) -> list[ToldRow]:
    """Return everyone who might be told, those who must be told first."""
    enough = one_is_enough(decisions)
    rows = []
    for telling, decision in sorted(decisions, key=_weight):
        outcome = _weighed(decision)
        because = reasons(decision)
        told = outcome in ("required", "permitted")
        first = next((row for row in because if row["says"] == outcome), because[0] if because else None)
        if outcome == "prohibited":
            first = None
        rows.append(
            ToldRow(
                telling.who,
                outcome,
                ROW_WORD[outcome],
                sentence(first["plain"]) if first else "",
                speaker(first["law"]) if first else "",
                first["cite"] if first else "",
                first["id"] if first else "",
                telling.say if told else (),
                telling.leave_out if told else (),
                telling.script if told else "",
                lines_of(telling, practice, heard) if told else (),
                missing_of(book, topic, decision) if outcome == "unknown" else (),
                enough.get(telling.key, ""),
                telling.key,
                telling.recipient,
                purpose_here(telling, facts_of(topic, heard)),
            )
        )
    return rows


def speaker(law: str) -> str:
    """Return whose law speaks: `Colorado law`, `Federal law`."""
    code = law.split(".")[0].upper()
    return "Federal law" if code == "US" else f"{state(code)} law"


def one_is_enough(decisions: list[tuple[Telling, Decision]]) -> dict[str, str]:
    """Return, for those whom one and the same mandate names side by side with a single report to make, that one of them is enough."""
    by_mandate: dict[str, list[Telling]] = {}
    for telling, decision in decisions:
        for rule in {rule.id: rule for part in decision.parts for rule in part.deciding if rule.says == "required"}.values():
            reports = {duty.whom for duty in rule.must if duty.do in ("notify", "report", "report_orally", "report_in_writing")}
            if decision.outcome == "required" and len(reports) == 1 and rule.to and len(rule.to) > 1:
                by_mandate.setdefault(rule.id, []).append(telling)
    return {
        telling.key: f"One of these is enough: {listed(one.who[:1].lower() + one.who[1:] for one in together)}."
        for together in by_mandate.values()
        if len(together) > 1
        for telling in together
    }


def lines_of(telling: Telling, practice: Practice | None, heard: Heard) -> tuple[Line, ...]:
    """Return the telephone lines that reach someone: the state's own, and what the practice keeps."""
    found = []
    for name in telling.lines:
        kept = number_kept(practice, name)
        if kept:
            found.append(Line(kept[0], kept[1], dialled(kept[1])))
        public = STATE_LINES.get((heard.place, name))
        if public:
            found.append(Line(public[0], public[1], dialled(public[1]), public[2]))
        elif not kept and (heard.place, name) in NO_STATE_LINE:
            found.append(Line("", note=NO_STATE_LINE[heard.place, name]))
    return tuple(found)


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


def brief_of(topic: Topic, heard: Heard, shown: Iterable[Tap], verdict: str, because: list[Row]) -> str:
    """Return a paragraph to read to a colleague, made from the taps: no name, town or job."""
    clauses = [option.clause for _, option in taken_of(shown, heard)]
    where = {
        ELSEWHERE: "I have a client who is now in a state whose law Privity does not hold.",
        NOT_KNOWN: "I have a client, and I do not know where they are now.",
        "": "I have a client.",
    }.get(heard.place, f"I have a client in {state(heard.place)} now.")
    told = sentence("; ".join(clauses)) if clauses else "I have not sorted it out yet."
    law = f" ({because[0]['cite']})" if because else ""
    return f"{where} I am worried that {topic.worry}. {told} {SPOKEN[verdict]}{law}. What do you see that I do not?"


def _part2(practice: Practice | None) -> str:
    if practice is None:
        return ""
    return PART2_UNSETTLED if practice.part2_unsettled else PART2_PROGRAM if practice.part2_program else ""


def _places_line(practice: Practice | None, heard: Heard) -> str:
    if heard.place == ELSEWHERE:
        return "federal law only"
    codes = [heard.place] if heard.place not in ("", NOT_KNOWN) else (practice.states if practice else [])
    return listed((state(code) for code in codes), "and") or "federal law only"


def _place_note(book: Book, practice: Practice | None, heard: Heard) -> str:
    """Return what the page says of a place whose law it cannot name, or of a license from elsewhere."""
    call = "Call its hotline, your insurer or a lawyer."
    home = practice.states if practice else []
    if heard.place == ELSEWHERE:
        return f"Privity does not hold that state’s law yet. Below is federal law alone. The state may ask more of you, or allow less. {call}"
    if heard.place == NOT_KNOWN and home:
        return (
            f"Where the client is decides which state’s law counts. Until you know, the law of {listed(map(state, home), 'and')} is taken together "
            "with federal law: do what any of them asks. Find out where the client is."
        )
    if heard.place == NOT_KNOWN:
        return (
            "Where the client is decides which state’s law counts. Below is federal law alone. A state may ask more of you, or allow less. Find "
            "out where the client is."
        )
    if heard.place and home and heard.place not in home:
        return (
            f"Your practice is in {listed(map(state, home), 'and')}. Its law on confidentiality is taken together with the law of "
            f"{state(heard.place)}, where the client is."
        )
    return ""
