"""Measure what de-identification finds, on a corpus by other hands: `python tools/measure_deid.py a` (or b); --missed prints what it did not find."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from privity.practice.releases.deidentify import Found, Kind, Known, KnownPerson, read  # noqa: E402

ON = date(2026, 11, 20)
SMALL = frozenset(
    [
        "on",
        "in",
        "at",
        "the",
        "of",
        "by",
        "and",
        "or",
        "to",
        "a",
        "an",
        "due",
        "his",
        "her",
        "their",
        "my",
        "its",
        "with",
        "as",
        "for",
        "from",
        "about",
        "after",
        "before",
        "since",
        "until",
        "late",
        "early",
        "yesterday",
        "today",
        "noon",
        "pm",
        "am",
        "age",
        "last",
        "next",
        "this",
        "around",
        "no",
        "v",
    ]
)


def _list(said: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in (said if isinstance(said, list) else [said]) if one)


def known_of(said: dict[str, Any]) -> Known:
    """Return what a case's record knows."""
    people = [KnownPerson("Client", _list(said.get("names")))] + [KnownPerson("Relative", (one,)) for one in _list(said.get("kin"))]
    return Known(
        people=tuple(one for one in people if one.names), places=_list(said.get("places")), employers=_list(said.get("employer")),
        schools=_list(said.get("school")), phones=_list(said.get("phones")), numbers=_list(said.get("numbers")), on=ON,
    )  # fmt: skip


def spans(text: str, told: str) -> list[tuple[int, int]]:
    """Return where a stretch stands as a whole."""
    found, at = [], text.find(told)
    while at >= 0:
        end = at + len(told)
        if not (told[:1].isalnum() and _word(text[at - 1 : at])) and not (told[-1:].isalnum() and _word(text[end : end + 1])):
            found.append((at, end))
            at = text.find(told, end)
        else:
            at = text.find(told, at + 1)
    return found


def _word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


@dataclass
class Seen:
    """What became of each place of a text."""

    out: list[bool]
    shown: list[bool]

    @classmethod
    def of(cls, text: str, found: Found) -> Seen:
        """Return it for a text read through."""
        out, shown, at = [False] * len(text), [False] * len(text), 0
        for piece in found.pieces:
            for place in range(at, at + len(piece.was)):
                out[place], shown[place] = bool(piece.key) and not piece.unknown, bool(piece.key)
            at += len(piece.was)
        return cls(out, shown)

    @staticmethod
    def whole(text: str, marks: list[bool], span: tuple[int, int]) -> bool:
        """Tell whether every word of a span is marked, but for small words that tell nothing by themselves (on *the* 3rd; Havana *and* Iliff)."""
        words = [(span[0] + one.start(), span[0] + one.end()) for one in re.finditer(r"\w+", text[slice(*span)])]
        told = [one for one in words if text[slice(*one)].casefold() not in SMALL] or words
        return all(marks[place] for one in told for place in range(*one))


@dataclass
class Tally:
    """Counts of a corpus."""

    cases: int = 0
    all: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)
    shown: Counter[str] = field(default_factory=Counter)
    keep: int = 0
    false: int = 0
    asked: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    unknown: int = 0
    most: int = 0


def cases(corpus: str) -> list[dict[str, Any]]:
    """Return a corpus's cases."""
    read_by = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, quicker
    return list(yaml.load((ROOT / f"tests/deidentify/corpus_{corpus}.yaml").read_text("utf-8"), Loader=read_by))


def measure(cases: list[dict[str, Any]]) -> Tally:
    """Return the counts of a corpus."""
    tally = Tally(cases=len(cases))
    for number, case in enumerate(cases, 1):
        text = case["text"]
        found = read(text, known_of(case.get("known") or {}))
        seen = Seen.of(text, found)
        tally.unknown += len(found.unknown)
        tally.most = max(tally.most, len(found.unknown))
        for one in case.get("identifiers") or []:
            told, kind, known = str(one["text"]), str(one["kind"]), bool(one.get("known"))
            where = spans(text, told)
            if not where:
                tally.absent.append(f"{number}: {told}")
                continue
            out, shown = (all(seen.whole(text, marks, span) for span in where) for marks in (seen.out, seen.shown))
            bar = () if kind == "A" and not known else ("bar",)  # the bar speaks of the eighteen kinds and of names the record knows
            for row in (kind, "all", *bar, *(["names known"] if kind == "A" and known else ["names unknown"] if kind == "A" else [])):
                tally.all[row] += 1
                tally.out[row] += out
                tally.shown[row] += shown
            if not out:
                around = where[0]
                context = text[max(0, around[0] - 40) : around[1] + 30].replace("\n", " ")
                tally.missed.append(f"{number} {kind}{' known' if known else ''}{' (asked)' if shown else ''}: {told!r} in …{context}…")
        for told in case.get("keep") or []:
            where = spans(text, str(told))  # where the same figures stand in an identifier as well, one that stays is enough
            if where:
                tally.keep += 1
                touched = all(any(seen.out[place] for place in range(*span)) for span in where)
                asked = not touched and all(any(seen.shown[place] for place in range(*span)) for span in where)
                tally.false += touched
                tally.asked += asked
                span = where[0]
                if touched or asked:
                    tally.wrong.append(f"{number}{' (asked)' if asked else ''}: {told!r} in …{text[max(0, span[0] - 40) : span[1] + 30]!r}…")
    return tally


def percent(part: int, whole: int) -> str:
    """Return a share in words."""
    return f"{100 * part / whole:.1f} %" if whole else "none in it"


def table(tally: Tally) -> str:
    """Return the counts as a table."""
    rows = ["| kind | in the corpus | taken out at once | taken out or shown to a person |", "|---|---|---|---|"]
    for name, label in [
        *((one.value, f"({one.value}) {one.words}") for one in Kind),
        ("all", "**all eighteen kinds**"),
        ("bar", "all eighteen kinds without names the record does not know"),
        ("names known", "names the record knows"),
        ("names unknown", "names it does not"),
    ]:
        whole = tally.all[name]
        rows.append(f"| {label} | {whole} | {percent(tally.out[name], whole)} | {percent(tally.shown[name], whole)} |")
    rows.append("")
    rows.append(
        f"{tally.cases} cases. Words that must stay: {tally.keep}, of which "
        f"{tally.false} were taken out ({percent(tally.false, tally.keep)}) and {tally.asked} asked about. "
        f"Questions to a person: {tally.unknown} ({tally.unknown / max(tally.cases, 1):.1f} a case, at most {tally.most})."
    )
    return "\n".join(rows)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", choices=["a", "b", "c", "d", "e", "f", "g", "h", "i"])
    parser.add_argument("--missed", action="store_true", help="print what was missed and what was taken out wrongly")
    said = parser.parse_args()
    tally = measure(cases(said.corpus))
    print(table(tally))
    if said.missed:
        print("\nmissed:", *tally.missed, "\nwrong:", *tally.wrong, "\nnot in their text:", *tally.absent, sep="\n")


if __name__ == "__main__":
    main()
