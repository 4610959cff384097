"""The outsider's exam: questions written from statutes, agencies' answers and decided cases by somebody who never saw the rules.

`expected` is what an answer is held to: the outsider's own words, or, where tests/exam/contested.yaml names the question, what
stands there instead, with the reason. `differences` says in what an answer falls short of that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privity.law import Question
from privity.law.reading import load

FOLDER = Path(__file__).parents[1] / "exam"
CONTESTED = "contested.yaml"
STRICTEST_FIRST = ("prohibited", "conflict", "unknown", "with_authorization", "required", "permitted")  # an item told whole is as closed as its closest part
HELD_TO = ("outcome", "acceptable", "never", "must", "due", "ask", "parts")


@dataclass(frozen=True)
class Asked:
    """One question of the exam, and what its author expects."""

    id: str
    story: str
    question: Question
    expect: Mapping[str, Any]


def exam() -> list[Asked]:
    """Return every question of the exam, file by file; an id that stands in two files is written FILE/ID."""
    rows: list[tuple[str, dict[str, Any]]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.name != CONTESTED:
            read: Any = load(path.read_text("utf-8"), path.name)
            rows += [(path.stem, row) for row in read]
    times = Counter(row["id"] for _, row in rows)
    return [
        Asked(row["id"] if times[row["id"]] == 1 else f"{stem}/{row['id']}", row["story"], Question.from_dict(row["question"]), row["expect"])
        for stem, row in rows
    ]  # fmt: skip


def contested() -> dict[str, dict[str, Any]]:
    """Return what is held against the outsider's expectation, by question."""
    rows: Any = load((FOLDER / CONTESTED).read_text("utf-8"), CONTESTED)
    return dict(rows or {})


def expected(asked: Asked, rows: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return what the answer is held to. A contested outcome takes the place of all that was said of the outcome."""
    if asked.id not in rows:
        return asked.expect
    row = {name: value for name, value in rows[asked.id].items() if name != "why"}
    left = {name: value for name, value in asked.expect.items() if "outcome" not in row or name not in ("outcome", "acceptable", "never")}
    return {**left, **row}


def differences(expect: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, str]:
    """Return in what an answer falls short, by what was expected: outcome, never, must, due, ask, parts."""
    found = {}
    duties = [inner for row in answer["duties"] for inner in (row, *row["any_of"])]
    outcome, parts = answer["outcome"], answer["parts"]
    wanted = {expect["outcome"], *expect.get("acceptable", ())}
    if outcome not in wanted:
        found["outcome"] = f"{outcome}, expected {' or '.join(sorted(wanted))}"
    told = {outcome} if "parts" in expect or "in_part" in wanted else {outcome, *(part["outcome"] for part in parts)}
    if told & set(expect.get("never", ())):
        found["never"] = f"{outcome} is never the answer here"
    done = {row["do"] for row in duties}
    missing = [verb for verb in expect.get("must", ()) if verb not in done]
    if missing:
        found["must"] = f"{', '.join(missing)} is not among the duties"
    late = list(_late(expect.get("due", {}), duties))
    if late:
        found["due"] = "; ".join(late)
    asks = {row["fact"] for row in answer["ask"]}
    if outcome == "unknown" and expect.get("ask") and not asks & set(expect["ask"]):
        found["ask"] = f"asks {', '.join(sorted(asks))}, expected {' or '.join(expect['ask'])}"
    wrong = list(_wrong_parts(expect.get("parts", {}), parts)) if outcome == expect["outcome"] else []
    if wrong:
        found["parts"] = "; ".join(wrong)
    return found


def _late(due: Mapping[str, str], duties: list[Mapping[str, Any]]) -> Iterator[str]:
    for verb, day in due.items():
        days = {str(row["due"]["at"])[:10] for row in duties if row["do"] == verb and row["due"]["at"]}
        if day[:10] not in days:
            yield f"{verb} is due {', '.join(sorted(days)) or 'on no computed day'}, expected {day}"


def _wrong_parts(expect: Mapping[str, str], parts: list[Mapping[str, Any]]) -> Iterator[str]:
    for name, outcome in expect.items():
        got = [part["outcome"] for part in parts if name in (part["item"], part["about"])]
        if not got or min(got, key=STRICTEST_FIRST.index) != outcome:
            yield f"{name} is {', '.join(sorted(set(got))) or 'no part'}, expected {outcome}"
