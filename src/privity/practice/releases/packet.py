"""What may go into a packet, worked out from a decision's parts: each piece with whether it may go, and why not. No clock, no database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from privity.practice.records import marks

OPEN = frozenset({"required", "permitted"})
NEED = "45 CFR 164.502(b)"
NOTES_CITE = "45 CFR 164.508(a)(2)"
DRAWN = ("pdf", "png", "jpg")  # kinds of file that leave as pictures of their pages
VISIT, IDENTITY = "visit", "identity"
NOTES = "psychotherapy_notes"
BILLS = frozenset({"billing", "attendance"})
# To a plan that pays, these go only where its review needs them and a person says why; codes, dates and the diagnosis billed are enough for a bill.
REVIEW_ALONE = frozenset(
    {"progress_notes", "session_content", "treatment_plan", "summary", "test_results", "test_materials", "recordings", "chart_part", "whole_chart"}
)
STANDS = {
    "with_authorization": "It needs a signed authorization that covers it.", "prohibited": "The law forbids it.",
    "unknown": "The decision is not made: a fact is missing.",
    "conflict": "Two laws disagree. Ask your lawyer first.",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A piece of the record that could go. `about` are the people it is about; empty means all the record is about."""

    id: str
    klass: str
    title: str
    on: date | None = None
    text: str = ""
    about: frozenset[str] = frozenset()
    amount: str = ""
    ending: str = ""
    codes: tuple[str, ...] = ()  # of a visit: what is billed, minutes, place
    entry: UUID | None = None  # in which entry of the chart it stands

    @property
    def item(self) -> str:
        """The id by which a decision may speak of it."""
        return self.id.rpartition(":")[2]

    @property
    def is_document(self) -> bool:
        """Whether it is a file of its own."""
        return bool(self.ending)

    @property
    def is_drawn(self) -> bool:
        """Whether it is a file that leaves as pictures of its pages."""
        return self.ending in DRAWN


@dataclass(frozen=True)
class Offered:
    """A piece as the builder offers it. `held` says why it may not go; `asked` whether it belongs to what was asked."""

    piece: Piece
    held: str = ""
    cites: tuple[str, ...] = ()
    asked: bool = False
    needs_why: bool = False
    only: tuple[str, ...] = ()

    @property
    def may_go(self) -> bool:
        """Whether the decision lets it go."""
        return not self.held


@dataclass(frozen=True)
class Held:
    """One line of what is held back."""

    what: str
    why: str
    cites: tuple[str, ...]
    outcome: str = "prohibited"


@dataclass(frozen=True)
class Asked:
    """What the request says: its days, how it names what it wants, the number it came from."""

    since: date | None = None
    until: date | None = None
    words: str = ""

    def covers(self, on: date | None) -> bool:
        """Tell whether a day lies within what was asked. Without any day nothing is covered: nobody said how much."""
        if on is None or (self.since is None and self.until is None):
            return False
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class Verdict:
    """What the decision's parts say of a piece, all of them taken together."""

    outcome: str
    why: str
    cites: tuple[str, ...]
    limit: str = ""
    only: tuple[str, ...] = ()


def verdict(answer: Mapping[str, Any], piece: Piece, subjects: frozenset[str], klass: str = "") -> Verdict:
    """Return whether a piece may go. INVARIANT: every part that speaks of it must open, for each person it is about; what no part speaks of stays."""
    wanted = klass or piece.klass
    rows = [row for row in answer["parts"] if row["item"] in (piece.id, piece.item) and row["information"] in (wanted, None)]
    rows = rows or [row for row in answer["parts"] if wanted in (row["information"], row["item"]) and not _is_anothers(row["item"], wanted)]
    if not rows:
        return Verdict("prohibited", "Nobody asked for it.", (NEED,))
    rules = {rule["id"]: rule for rule in answer["because"]}
    for row in rows:
        if row["outcome"] not in OPEN:
            said = [rules[one] for one in row["because"] if one in rules]
            why = " ".join(f"{rule['plain']}." for rule in said if rule["says"] == row["outcome"]) or STANDS.get(
                row["outcome"], "The decision does not open it."
            )
            return Verdict(row["outcome"], why, tuple(dict.fromkeys(rule["cite"] for rule in said)))
    needed, told = piece.about or subjects, {str(row["about"]) for row in rows}
    missing = needed - told if len(subjects) > 1 else frozenset()
    if missing:
        who = "another person" if len(missing) == 1 else f"{len(missing)} other people"
        why = f"It is also about {who}, of whom the decision says nothing. Each signs for themself."
        return Verdict("with_authorization", why, ("45 CFR 164.508(c)(1)(vi)",))
    cites = tuple(dict.fromkeys(rules[one]["cite"] for row in rows for one in row["because"] if one in rules and rules[one]["says"] in OPEN))
    much = [row["how_much"] for row in rows if row["how_much"]]
    limit = next((one["limit"] for one in much if one["limit"] != "whole"), "whole" if much else "")
    return Verdict(rows[0]["outcome"], "", cites, limit, tuple(dict.fromkeys(word for one in much for word in one["only"])))


def _is_anothers(item: str, klass: str) -> bool:
    """Tell whether a part of the decision speaks of one item by its own id, and so of no other of the same class."""
    return item != klass and bool(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(item)))


def offered(
    answer: Mapping[str, Any], facts: Mapping[str, Any], pieces: Iterable[Piece], subjects: frozenset[str], asked: Asked, vocabulary: Collection[str],
    restricted: Callable[[Piece], tuple[str, str] | None] = lambda piece: None,
) -> tuple[Offered, ...]:  # fmt: skip
    """Return every piece with whether it may go. Nothing beyond what was asked is `asked`, and so nothing else is ticked beforehand."""
    paying = facts.get("recipient.kind") == "payer" and facts.get("purpose") == "payment"
    every = list(pieces)
    newest = max((one.on for one in every if one.klass == "diagnosis" and one.on), default=None)
    billed = max((one.on for one in every if one.klass == "diagnosis" and one.on and asked.until and one.on <= asked.until), default=newest)
    found = []
    for piece in every:
        said, klasses = None, ("billing", "attendance") if piece.id.startswith(VISIT) else (piece.klass,)
        for klass in klasses:
            said = verdict(answer, piece, subjects, klass)
            if said.outcome in OPEN:
                piece = replace(piece, klass=klass)
                break
        assert said is not None
        stop = restricted(piece)
        listed = [one for one in said.only if one in vocabulary]
        if said.outcome not in OPEN:
            found.append(Offered(piece, said.why, said.cites))
        elif stop:
            found.append(Offered(piece, stop[0], (stop[1],)))
        elif said.limit == "only" and listed and len(listed) == len(said.only) and piece.klass not in listed:
            found.append(Offered(piece, "The law that opens this lets only some things go, and this is not one of them.", said.cites))
        elif piece.ending not in ("", "txt", *DRAWN):
            found.append(Offered(piece, "Its kind of file cannot be checked for hidden words. Print it to a PDF, and attach that.", (NEED,)))
        else:
            whole = said.limit in ("", "whole")
            needs_why = paying and (piece.klass in REVIEW_ALONE or piece.is_document)
            near = asked.covers(piece.on) or (whole and asked.since is None and asked.until is None)
            due = piece.id == IDENTITY or (paying and piece.klass == "diagnosis" and piece.on == billed and asked.until is not None) or near
            wanted = due and not needs_why and not (paying and piece.klass == "diagnosis" and piece.on != billed)
            found.append(Offered(piece, "", said.cites, wanted and not said.only, needs_why, said.only))
    return tuple(found)


# --- words taken out -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """A stretch of a note: what stands there, and whether it is taken out. What is taken out never leaves, not even its length."""

    text: str
    out: bool = False


def sentences(text: str) -> tuple[str, ...]:
    """Return a note's text in sentences, as a person ticks them."""
    return tuple(one for one in re.split(r"(?<=[.!?])(?<!\b[A-Z]\.)\s+(?=\S)|(?<=\n)", text) if one.strip())


Spot = tuple[int, float, float, float, float]  # a page from 1, and left, bottom, right and top in points, from the lower left corner as it is seen


@dataclass(frozen=True)
class Cuts:
    """What a person takes out: of one note, its sentences by number; of all notes and files, words as they stand; of one file, places on its pages."""

    lines: Mapping[str, frozenset[int]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    boxes: Mapping[str, tuple[Spot, ...]] = field(default_factory=dict)  # of an attached file, what is blacked on its pages


@dataclass(frozen=True)
class Plan:
    """A packet as somebody makes it: what is chosen, what is taken out of it, who receives it and how."""

    chosen: frozenset[str] = frozenset()
    asked: Asked = Asked()
    why: str = ""
    cuts: Cuts = Cuts()
    recipient: str = ""
    number: str = ""
    way: str = ""
    days: int = 14
    listed: int = 0  # which version of the recipient on the list it was kept with

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        days = {name: one.isoformat() if one else None for name, one in (("since", self.asked.since), ("until", self.asked.until))}
        return {
            "chosen": sorted(self.chosen), "asked": {**days, "words": self.asked.words}, "why": self.why, "words": list(self.cuts.words),
            "lines": {id: sorted(numbers) for id, numbers in self.cuts.lines.items() if numbers},
            "boxes": {id: [list(spot) for spot in spots] for id, spots in self.cuts.boxes.items() if spots}, "recipient": self.recipient, "number": self.number,
            "way": self.way, "days": self.days, "listed": self.listed,
        }  # fmt: skip

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Plan:
        """Return what was sealed."""
        since, until = (date.fromisoformat(raw["asked"][name]) if raw["asked"][name] else None for name in ("since", "until"))
        boxes = {id: tuple((int(page), *box) for page, *box in spots) for id, spots in raw.get("boxes", {}).items()}
        cuts = Cuts({id: frozenset(numbers) for id, numbers in raw["lines"].items()}, tuple(raw["words"]), boxes)
        asked = Asked(since, until, raw["asked"]["words"])
        return cls(frozenset(raw["chosen"]), asked, raw["why"], cuts, raw["recipient"], raw["number"], raw["way"], raw["days"], raw.get("listed", 0))


def base(piece: Piece, *, third_party: bool) -> str:
    """Return a note's text without the signs of its marks, and without what is marked unless that may go."""
    return "".join(one.text for one in marks.pieces(piece.text)) if third_party else marks.split(piece.text)[0]


def cut(piece: Piece, cuts: Cuts, *, third_party: bool) -> tuple[Stretch, ...]:
    """Return a note's text in stretches, as it leaves: marked words about somebody else, ticked sentences and named words taken out."""
    bare = base(piece, third_party=third_party)
    ticked = cuts.lines.get(piece.id, frozenset())
    found: list[Stretch] = []
    for number, sentence in enumerate(sentences(bare)):
        if number in ticked:
            found.append(Stretch(sentence, out=True))
        else:
            found += _without(sentence, cuts.words)
        found.append(Stretch("\n" if sentence.endswith("\n") else " "))
    return tuple(found)


def pattern(words: Iterable[str]) -> str:
    """Return what finds the words in a text, whatever spaces stand in them."""
    asked = sorted((one for one in words if one.strip()), key=len, reverse=True)
    return "|".join(r"(?<!\w)" + r"\s+".join(map(re.escape, one.split())) + r"(?!\w)" for one in asked)


def _without(sentence: str, words: Sequence[str]) -> list[Stretch]:
    asked = pattern(_plain(one)[0] for one in words)
    if not asked:
        return [Stretch(sentence)]
    plain, owners = _plain(sentence)
    found, at = [], 0
    for match in re.finditer(asked, plain):
        start, end = owners[match.start()], owners[match.end()] if match.end() < len(owners) else len(sentence)
        found += [Stretch(sentence[at:start]), Stretch(sentence[start:end], out=True)]
        at = end
    return [one for one in (*found, Stretch(sentence[at:])) if one.text]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text as `pdf.prove` looks at it, without accents and signs that do not show, and of each sign where it stood."""
    found, owners = [], []
    for at, sign in enumerate(text):
        for one in unicodedata.normalize("NFKD", sign).casefold():
            if one in "\n\r\t" or not (unicodedata.combining(one) or unicodedata.category(one) in ("Cc", "Cf")):
                found.append(one)
                owners.append(at)
    return "".join(found), owners


def without(text: str, words: Sequence[str]) -> str:
    """Return a title or a file's text with the named words gone, each place shown by one sign."""
    return "".join("…" if one.out else one.text for one in _without(text, words)) if words else text


def taken_out(piece: Piece, stretches: Iterable[Stretch], *, third_party: bool) -> list[str]:
    """Return the words that must not be found in what leaves."""
    told = [one.text.strip() for one in stretches if one.out]
    if not third_party:
        told += [one for one in marks.split(piece.text)[1].split("\n") if one]
    return [one for one in told if len(one) > 2]


# --- what is held back -----------------------------------------------------------------------------------------


NAMED = "The name stands on the first page, so that they know whose it is. Birth date and numbers are held back."
NAMED_ON_FAX = (
    "The name stands on the second page, so that they know whose it is; the cover sheet of a fax names no client. Birth date and numbers are held back."
)


def held_back(
    every: Iterable[Offered],
    chosen: Collection[str],
    name: Callable[[str], str],
    *,
    sealed: bool,
    cut_words: int,
    marked: int,
    boxes: int = 0,
    fax: bool = False,
) -> tuple[Held, ...]:
    """Return what does not go, each kind with its reason and citation: sealed notes first, they are always among it."""
    found = []
    if sealed:
        found.append(
            Held(
                "Sealed notes",
                "They go to no one without a signature on a form for these notes alone, and only their author can open them.",
                (NOTES_CITE,),
                "with_authorization",
            )
        )
    shut: dict[tuple[str, str, tuple[str, ...]], int] = {}
    left: dict[tuple[str, str, tuple[str, ...]], int] = {}
    for one in every:
        what = "visits" if one.piece.id.startswith(VISIT) else name(one.piece.klass)
        if one.piece.id == IDENTITY and one.piece.id not in chosen:
            found.append(Held("Birth date and numbers", NAMED_ON_FAX if fax else NAMED, one.cites if one.held else (NEED,), "prohibited"))
        elif one.held:
            shut[what, one.held, one.cites] = shut.get((what, one.held, one.cites), 0) + 1
        elif one.piece.id not in chosen:
            why = "The review does not need it, as far as anybody wrote." if one.needs_why else "It may go, and is not needed for what was asked."
            left[what, why, (NEED,)] = left.get((what, why, (NEED,)), 0) + 1
    for (what, why, cites), count in (*shut.items(), *left.items()):
        signature = "sign" in why or "authorization" in why
        found.append(
            Held(f"{what[:1].upper()}{what[1:]}" + (f", {count} of them" if count > 1 else ""), why, cites, "with_authorization" if signature else "prohibited")
        )
    if marked:
        found.append(Held("What is said about somebody else", "Whoever wrote the note marked it. It is about a person outside the therapy.", (NEED,)))
    if boxes:
        found.append(
            Held(
                f"Places blacked in attached files, {boxes} of them" if boxes > 1 else "A place blacked in an attached file",
                "Whoever made this packet set black boxes there.",
                (NEED,),
            )
        )
    if cut_words:
        found.append(
            Held(
                f"Words taken out of notes, {cut_words} places" if cut_words > 1 else "Words taken out of a note",
                "Whoever made this packet took them out.",
                (NEED,),
            )
        )
    return tuple(found)
