"""Check the de-identification test corpora: python tools/check_corpus.py [file ...]

Each text has an id of its own; each identifier and each phrase to keep occurs in its
text; each kind is one of the letters A to R of 45 CFR 164.514(b)(2)(i), and each file
has at least twelve of every kind; no identifier lies inside a phrase to keep, whole
word for whole word. Prints the counts, and ends with 1 where something is wrong.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import yaml

KINDS = "ABCDEFGHIJKLMNOPQR"
LEAST = 12
KNOWN = ("names", "kin", "places", "employer", "school", "dates", "phones")
HERE = Path(__file__).resolve().parent.parent / "tests" / "deidentify"


def within(part: str, whole: str) -> bool:
    """Whether part stands in whole as a word or words of its own."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", whole) is not None


def faults_of(entry: dict) -> list[str]:
    """What is wrong with one entry."""
    found = []
    text = entry["text"]
    if set(entry) != {"id", "text", "known", "identifiers", "keep"}:
        found.append(f"has the keys {sorted(entry)}")
    if set(entry["known"]) != set(KNOWN):
        found.append(f"known has the keys {sorted(entry['known'])}")
    for field, values in entry["known"].items():
        found += [f"known {field}: not a text: {v!r}" for v in values if not isinstance(v, str)]
    if not entry["identifiers"]:
        found.append("no identifiers")
    for one in entry["identifiers"]:
        if set(one) != {"text", "kind", "known"} or not isinstance(one["known"], bool):
            found.append(f"malformed identifier {one!r}")
            continue
        if one["kind"] not in KINDS or len(one["kind"]) != 1:
            found.append(f"no such kind: {one!r}")
        if not isinstance(one["text"], str) or not within(one["text"], text):
            found.append(f"not in the text: {one['text']!r}")
            continue
        found += [f"{one['text']!r} lies inside the phrase to keep {phrase!r}" for phrase in entry["keep"] if within(one["text"], phrase)]
    found += [f"to keep, but not in the text: {phrase!r}" for phrase in entry["keep"] if not isinstance(phrase, str) or phrase not in text]
    return found


def main(paths: list[Path]) -> int:
    wrong = 0
    ids: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    for path in paths:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        kinds: Counter[str] = Counter()
        names: Counter[bool] = Counter()
        for entry in entries:
            ids[entry["id"]] += 1
            texts[entry["text"]] += 1
            for fault in faults_of(entry):
                wrong += 1
                print(f"{path.name} {entry['id']}: {fault}")
            for one in entry["identifiers"]:
                kinds[one["kind"]] += 1
                if one["kind"] == "A":
                    names[one["known"]] += 1
        for kind in KINDS:
            if kinds[kind] < LEAST:
                wrong += 1
                print(f"{path.name}: only {kinds[kind]} of kind {kind}")
        print(
            f"{path.name}: {len(entries)} texts, {sum(kinds.values())} identifiers "
            f"({', '.join(f'{k} {kinds[k]}' for k in KINDS)}); "
            f"names known {names[True]}, unknown {names[False]}; "
            f"phrases to keep {sum(len(e['keep']) for e in entries)}"
        )
    for what, seen in (("id", ids), ("text", texts)):
        for value, times in seen.items():
            if times > 1:
                wrong += 1
                print(f"the {what} {value[:40]!r} stands {times} times")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = [Path(p) for p in sys.argv[1:]]
    sys.exit(main(given or sorted(HERE.glob("corpus_*.yaml"))))
