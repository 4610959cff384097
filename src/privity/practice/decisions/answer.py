"""An answer as a page shows it: one word, one sentence, and finished values for everything below them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from privity.law import Book, Decision
from privity.law.explain import NOTHING_PERMITS
from privity.law.expression import facts_of
from privity.practice.people.spoken import claim_of, entry, label, listed, question_of, who_knows

from .dialogue import JOINT, Asked, left_to_ask
from .duties import Duty, duty_of, in_order, once
from .wording import KNOWN, READ_AS, SHORT, STYLE, THEN, Known, Row, day, known_of, moment, places_of, possible_of, reason_of, sentence, word_of


@dataclass(frozen=True)
class Answer:
    """Everything an answer page shows."""

    outcome: str
    style: str
    word: str
    line: str
    purpose: str
    on: str
    places: str
    rests_on: Known
    book: str
    parts: list[Row] = field(default_factory=list)
    because: list[Row] = field(default_factory=list)
    before: list[Duty] = field(default_factory=list)
    standing: list[Duty] = field(default_factory=list)
    after: list[Duty] = field(default_factory=list)
    may_say: list[str] = field(default_factory=list)
    leave_out: list[str] = field(default_factory=list)
    much_cite: list[str] = field(default_factory=list)
    much_line: str = ""
    never: list[str] = field(default_factory=list)
    can_do: list[Row] = field(default_factory=list)
    precedence: list[Row] = field(default_factory=list)
    considered: list[Row] = field(default_factory=list)
    privilege: list[Row] = field(default_factory=list)
    meanwhile: list[Row] = field(default_factory=list)
    to_find_out: list[Row] = field(default_factory=list)
    possible: str = ""
    rests_line: str = ""
    unread: str = ""  # what stands beside a must that rests on law from memory
    until: str = ""
    script: tuple[str, ...] = ()
    joint: Row = field(default_factory=dict)
    doubted: list[Row] = field(default_factory=list)
    routine: list[Row] = field(default_factory=list)

    @property
    def has_duties(self) -> bool:
        """True when there is something to do."""
        return bool(self.before or self.standing or self.after)


def answer_of(book: Book, decision: Decision, asked: Asked, *, change: bool = True) -> Answer:
    """Return a decision as the answer page shows it."""
    return answer_from(book, cast(Row, decision.to_dict(change=change)), asked)


def answer_from(book: Book, data: Row, asked: Asked, names: Mapping[str, str] | None = None) -> Answer:
    """Return an answer in the engine's own JSON form as the answer page shows it; `names` are those of its subjects, where the record has several."""
    purpose = str(asked.known.get("purpose") or "")
    owed = in_order(once(data["duties"]))
    duties = [duty_of(book, row) for row in owed]
    timing = [row["timing"] for row in owed]
    much = much_of(book, data, asked)
    taken = taken_as_so(book, data["assumptions"])
    doubts = min(MOST_DOUBTED, sum(bool(DOUBTED.match(row["fact"])) for row in taken))
    return Answer(
        outcome=data["outcome"],
        style=STYLE[data["outcome"]],
        word=word_of(book, data["outcome"], purpose),
        line=line_of(book, data, asked),
        purpose=purpose,
        on=day(data["on"]),
        places=places_of(data["places"]),
        rests_on=Known(data["rests_on"], KNOWN[data["rests_on"]]),
        book=" ".join(_fours(str(data["book"])[:16])),
        parts=parts_of(book, data, purpose, names),
        because=[reason_of(row) for row in data["because"]],
        before=[d for d, t in zip(duties, timing, strict=True) if t == "before"],
        standing=[d for d, t in zip(duties, timing, strict=True) if t is None],
        after=[d for d, t in zip(duties, timing, strict=True) if t == "after"],
        may_say=much[0],
        leave_out=much[1],
        much_cite=much[2],
        much_line=much[3],
        never=[] if purpose in book.groups.get("NO_TELLING", frozenset()) else never_grounds(book, purpose),
        can_do=[{**row, "word": THEN.get(row["outcome"], SHORT[row["outcome"]]), "style": STYLE[row["outcome"]]} for row in data["can_do"]],
        precedence=data["precedence"],
        considered=considered_of(book, data["considered"]),
        privilege=[privilege_of(row) for row in data["privilege"]],
        meanwhile=data["meanwhile"],
        to_find_out=[{"question": row["question"] or question_of(book, row["fact"]), "who": who_knows(row["who"])} for row in data["ask"]],
        possible=possible_of(data["possible"]),
        rests_line=rests_line(data),
        unread=unread_line(data["because"], data["outcome"], purpose),
        until=until_of(book, data, purpose),
        script=script_of(book, data, asked),
        joint=joint_of(book, data, asked),
        doubted=taken[:doubts],
        routine=taken[doubts:],
    )


def line_of(book: Book, data: Row, asked: Asked) -> str:
    """Return the one sentence of an answer."""
    outcome = data["outcome"]
    if outcome == "unknown":
        return open_line(book, data["ask"], data["parts"], asked)
    if outcome == "in_part":
        if asked.held.items:
            return "Not one answer for all of it. Each part is told apart below."
        return f"{len(data['parts'])} kinds of information, and not one answer. Each is told apart below."
    if outcome == "conflict":
        return "No rule says which one wins. Hold it, and call your lawyer: both are cited below."
    purpose = str(asked.known.get("purpose") or "")
    never = entry(book, "purpose", purpose).get("never")
    if outcome == "prohibited" and purpose in book.groups.get("NEVER_GROUNDS", frozenset()):
        return sentence(str(never) if isinstance(never, str) and len(never) > 8 else f"{label(book, 'purpose', purpose)} is not a reason the law knows")
    said = [row for row in data["because"] if row["says"] == outcome] or data["because"]
    return sentence(said[0]["plain"]) if said else ""


def open_line(book: Book, ask: Iterable[Row], parts: Iterable[Any], asked: Asked) -> str:
    """Return how much is still open, and between what."""
    rows = list(ask)
    unsaid = [row for row in rows if row["fact"] not in asked.known]
    left = len(left_to_ask(book, rows, asked))
    if not left:
        many = "No more is asked here; find out what is listed below" if unsaid else "You do not know yet what this turns on"
    elif left < len(unsaid):
        many = "One more question follows" if left == 1 else f"At most {left} more questions follow"
    else:
        many = "One more answer decides" if left == 1 else f"At most {left} more answers decide"
    between = possible_of(one for part in parts if part["outcome"] == "unknown" for one in part["possible"])
    return f"{many}. It can still come out as: {between}." if between else f"{many}."


def first_reason(decision: Decision) -> str:
    """Return the sentence of the first rule that decides."""
    rules = [rule for part in decision.parts for rule in part.deciding]
    said = [rule for rule in rules if rule.says == decision.outcome] or rules
    return sentence(said[0].plain) if said else NOTHING_PERMITS + "." if decision.outcome == "prohibited" else ""


def parts_of(book: Book, data: Row, purpose: str, names: Mapping[str, str] | None) -> list[Row]:
    """Return the parts: those of a chart that are alike are one row with their number."""
    alike: dict[tuple[Any, ...], list[Row]] = {}
    for row in data["parts"]:
        key = (row["item"], row["about"]) if names is None else (row["information"], row["about"], row["outcome"], tuple(row["because"]))
        alike.setdefault(key, []).append(row)
    if len(alike) < 2:
        return []
    return [part_of(book, rows[0], data, purpose, len(rows), names) for rows in alike.values()]


def part_of(book: Book, row: Row, data: Row, purpose: str, many: int = 1, names: Mapping[str, str] | None = None) -> Row:
    """Return one of several parts; `many` of the chart are alike."""
    told = label(book, "information", row["information"]) if row["information"] else "Everything else"
    told = f"{told} ({many} entries)" if many > 1 else told
    who = row["about"] if names is None else names.get(row["about"], "")
    about = "" if row["about"] == "client" or not who else f", about {who}"
    reasons = [reason_of(one) for one in data["because"] if one["id"] in row["because"]]
    return {
        "style": STYLE[row["outcome"]],
        "outcome": row["outcome"],
        "title": f"{word_of(book, row['outcome'], purpose)}: {told[:1].lower() + told[1:]}{about}",
        "line": sentence(reasons[0]["plain"]) if reasons else "",
        "reasons": reasons[:2],
        "unread": unread_line([one for one in data["because"] if one["id"] in row["because"]], row["outcome"], purpose),
        "possible": possible_of(row["possible"]),
    }


def much_of(book: Book, data: Row, asked: Asked) -> tuple[list[str], list[str], list[str], str]:
    """Return what may be said, what to leave out, the citations of the limit, and its line; nothing while telling is not open."""
    open_ = ("required", "permitted", "with_authorization") if data["outcome"] == "with_authorization" else ("required", "permitted")
    told = list(dict.fromkeys(row["information"] for row in data["parts"] if row["outcome"] in open_))
    if asked.known.get("purpose") in book.groups.get("NO_TELLING", frozenset()):
        return [], [], [], ""
    shut = dict.fromkeys(row["information"] for row in data["parts"] if row["outcome"] not in open_ and row["information"])
    held = [label(book, "information", one) for one in shut]
    if not told:
        return [], [], [], ""
    much = data["how_much"] or {"limit": "", "only": [], "cite": []}
    chosen = [label(book, "information", one) for one in told if one]
    out = [*held, "Anything this purpose does not need", "What others said or did, unless it is the point"]
    if "psychotherapy_notes" not in told and "psychotherapy_notes" not in (asked.known.get("information") or ()):  # type: ignore[operator]
        out.append("Your private psychotherapy notes")
    if much["limit"] == "only":
        return (
            [label(book, "information", one) for one in much["only"]],
            [*held, "Diagnosis and history", "What else was said in session"],
            much["cite"],
            "Only this, and nothing beside it.",
        )
    if much["limit"] == "minimum_necessary":
        return chosen or ["What this purpose needs"], out, much["cite"], "Only what this purpose needs."
    if much["limit"] == "whole":
        line = "All of what was asked for." if data["outcome"] == "required" else "All of what was asked for, if it helps."
        return chosen or ["What was asked for"], held or ["What was not asked for"], much["cite"], line
    return chosen or ["What this purpose needs"], out, [], "The rules that decide set no limit of their own. Tell what was asked for and no more."


TELL_NOTHING = "Until this is known, keep it as it is and tell nothing."
IN_DANGER = frozenset({"avert_threat", "emergency_hold", "emergency_treatment"})
CALL_911 = "If anyone is in danger this minute, call 911."
TELL_MEANWHILE = "Otherwise, until this is known, tell no more than what stands under “Meanwhile”."
FIND_OUT_TODAY = "It may turn out that you must. Find this out today."


def until_of(book: Book, data: Row, purpose: str) -> str:
    """Return what to do while an answer is open: never a bare no, and nothing where nobody would be told anything."""
    if purpose in IN_DANGER:
        return f"{CALL_911} {FIND_OUT_TODAY if 'required' in data['possible'] else TELL_MEANWHILE if data['meanwhile'] else TELL_NOTHING}"
    if "required" in data["possible"]:
        return FIND_OUT_TODAY
    return "" if purpose in book.groups.get("NO_TELLING", frozenset()) else TELL_NOTHING


BEST_KNOWN = ("official", "secondary", "memory")


def rests_line(data: Row) -> str:
    """Return how the law under the answer is known: the weakest link by name, and what is known better."""
    if not data["because"]:
        return ""
    own = [row for row in data["because"] if row["says"] == data["outcome"]]
    best = min((BEST_KNOWN.index(row["checked"]["against"]) for row in own), default=None)
    weakest = next((row for row in data["because"] if row["checked"]["against"] == data["rests_on"] and row["cite"]), None)
    if best is None or weakest is None or BEST_KNOWN[best] == data["rests_on"]:
        return f"This rests on law {KNOWN[data['rests_on']]}."
    what = "The duty itself" if data["outcome"] == "required" else "The rule that decides"
    return f"{what} was {READ_AS[BEST_KNOWN[best]]}. The weakest link, {weakest['cite']}, is {KNOWN[data['rests_on']]}."


def unread_line(because: Iterable[Row], outcome: str, purpose: str) -> str:
    """Return what stands beside a must that rests on a text known from memory, or nothing. Help in danger does not wait for it."""
    rows = list(because) if outcome == "required" else []
    cites = list(dict.fromkeys(row["cite"] for row in rows if row["checked"]["against"] == "memory" and row["cite"]))
    if not cites:
        return ""
    only = "" if any(row["says"] == outcome and row["checked"]["against"] != "memory" for row in rows) else "Known from memory only. "
    when = "today, and do not let it hold up help" if purpose in IN_DANGER or purpose.startswith("report_") else "before you act on it"
    is_, it = ("is", "it") if len(cites) == 1 else ("are", "them")
    return f"{only}{listed(cites, 'and')} {is_} {KNOWN['memory']}: have {it} checked {when}."


CANNOT_SAY = "I can’t say if any person is or is not a client here. I can take a message and pass it on if there is someone to pass it to."
CALLERS: Mapping[str, str] = {
    "spouse_or_partner": "If the person you ask about wants me to talk with you, they can tell me so, and sign for it.",
    "family_or_friend": "If the person you ask about wants me to talk with you, they can tell me so, and sign for it.",
    "employer": "I give employers information only with a form that the person signed. You are free to send me such a form.",
    "law_enforcement": (
        "If you have a paper signed by a judge, I will read it and have our lawyer answer it today. If someone is in danger this minute, tell me that now."
    ),
    "immigration_authority": "If you have a paper signed by a judge, leave me a copy. Our lawyer answers it. I do not agree to a search.",
    "school": "I talk with schools only with a form signed by the person, or by the parent where the law gives the parent that right.",
    "opposing_attorney": "Send what you have in writing. Our lawyer answers it.",
    "other_attorney": "Send what you have in writing, with a form that the person signed. Our lawyer answers it.",
    "party_to_case": "Send what you have in writing. Our lawyer answers it.",
    "other_insurer": "I answer insurers only with a form that the person signed.",
    "media_or_public": "I never speak about any person, and this is no answer about anyone.",
    "marketer": "I never give out names or addresses of any person.",
    "anyone_else": "If the person you ask about wants me to talk with you, they can tell me so, and sign for it.",
    "probation_or_parole": "I answer with a form that the person signed, or with a judge’s order.",
    "military_command": "I answer with a form that the person signed, or when the law is shown to me in writing.",
}


def script_of(book: Book, data: Row, asked: Asked) -> tuple[str, ...]:
    """Return what to say now to a caller who may not be told, or not without a signature; true for every caller, so it tells nothing."""
    who = str(asked.known.get("recipient.kind") or "")
    if data["outcome"] not in ("prohibited", "with_authorization", "unknown", "conflict") or who not in CALLERS:
        return ()
    matter = book.words.get("matter")
    mine = asked.known.get("purpose") in book.groups.get("NO_TELLING", frozenset()) or (isinstance(matter, Mapping) and asked.known.get("purpose") in matter)
    return () if mine else (CANNOT_SAY, CALLERS[who])


def joint_of(book: Book, data: Row, asked: Asked) -> Row:
    """Return, where several people share the record, that each signs for themself, with the law that says so; else nothing."""
    if asked.known.get("care.modality") not in JOINT or asked.known.get("participants.all_authorize") is True:
        return {}
    here = {code.lower() for codes in data["places"].values() for code in codes}
    found = [rule for rule in book.rules.values() if rule.law.split(".")[0] in here and "participants.all_authorize" in set(facts_of(rule.when))]
    return {"cites": [{"id": rule.id, "cite": rule.cite} for rule in {rule.cite: rule for rule in found}.values()]}


MOST_DOUBTED = 4
# What a clinician may well doubt stands first; the rest, which hardly anyone would, is folded below it.
DOUBTED = re.compile(
    r"^(client|authorization|participants|minor|parent|abuse|threat|breach|process|restriction|recipient\.(is|involved)|care\.(level|modality)|places)"
)


def taken_as_so(book: Book, rows: list[Row]) -> list[Row]:
    """Return what was taken as so, each once, what a clinician would doubt first."""
    found: dict[str, Row] = {}
    for row in rows:
        shown = assumption_of(book, row)
        found.setdefault(shown["plain"], shown)
    return sorted(found.values(), key=lambda row: not DOUBTED.match(row["fact"]))


def never_grounds(book: Book, purpose: str) -> list[str]:
    """Return purposes that are never a reason to tell, in words."""
    return [label(book, "purpose", one) for one in book.facts["purpose"].of if one in book.groups.get("NEVER_GROUNDS", frozenset()) and one != purpose]


def considered_of(book: Book, rows: list[Row]) -> list[Row]:
    """Return the rules that were tried and did not decide, those that would open or require first."""
    order = {"required": 0, "permitted": 1, "prohibited": 2, "with_authorization": 3, "silent": 4}
    found = []
    for row in sorted(rows, key=lambda r: order[r["says"]]):
        why = [question_of(book, name) for name in row["stopped_by"]]
        found.append({**row, "plain": sentence(row["plain"]), "why": " ".join(why), "says": SHORT.get(row["says"], row["says"])})
    return found


def privilege_of(row: Row) -> Row:
    """Return a courtroom privilege."""
    return {
        **row,
        "plain": sentence(row["plain"]),
        "exceptions": [{**one, "plain": sentence(one["plain"])} for one in row["exceptions"]],
        "known": known_of(row["checked"]),
    }


def assumption_of(book: Book, row: Row) -> Row:
    """Return an assumption, and whether the page can deny it."""
    value, fact = row["value"], book.facts.get(row["fact"])
    said = label(book, row["fact"], value) if isinstance(value, bool) or (fact and fact.is_ in ("one_of", "some_of")) else ""
    plain = row["plain"] or claim_of(row["fact"])
    why = "; ".join(dict.fromkeys(one.strip() for one in str(row["reason"]).split("; ")))
    return {**row, "plain": plain, "said": said, "deniable": isinstance(row["value"], bool), "reason": sentence(why)}


def facts_given(book: Book, asked: Asked) -> list[Row]:
    """Return what was said, each with its question, so that each can be changed."""
    rows = []
    for name, value in asked.facts:
        fact = book.facts[name]
        shown = moment(str(value)) if fact.is_ in ("day", "moment") and value != "unknown" else label(book, name, value)
        rows.append({"fact": name, "question": question_of(book, name), "said": shown, "judgment": fact.judgment})
    return rows


def _fours(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(0, len(text), 4)]
