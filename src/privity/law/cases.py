"""Running the cases that stand beside each section of law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .book import Book
from .decide import decide
from .explain import short_dict
from .facts import BadQuestion
from .question import Question
from .reading import Lined, load
from .rules import BadLaw

EXPECTATIONS = ("outcome", "because", "must", "ask", "not", "possible", "duty_due", "must_not")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: where it stands, what it claims, and what did not hold (empty when it passed)."""

    path: str
    name: str
    failures: tuple[str, ...]
    deciding: tuple[str, ...] = ()


def case_files(root: Path) -> list[Path]:
    """Return the case files of a folder, or the one file itself."""
    if root.is_file():
        beside = root if root.name.endswith(".cases.yaml") else root.with_name(root.stem + ".cases.yaml")
        return [beside] if beside.exists() else []
    return sorted(root.rglob("*.cases.yaml"))


def run_cases(book: Book, root: Path) -> Iterator[CaseResult]:
    """Yield the result of every case below a folder. Raises BadLaw for a case file that cannot be read."""
    for path in case_files(root):
        top = load(path.read_text("utf-8"), path.name)
        if not isinstance(top, Lined):
            raise BadLaw(f"{path.name}: expected section, given and cases")
        for row in top.get("cases") or []:  # type: ignore[attr-defined]
            if not isinstance(row, Lined) or "name" not in row:
                raise BadLaw(f"{path.name}: each case needs a name")
            yield _run(book, path, top, row)


def question_of(path: Path, top: Lined, row: Lined) -> Question:
    """Return the question of a case: what is given to all cases, with its own facts over it."""
    given, own = dict(top.get("given") or {}), dict(row.get("facts") or {})  # type: ignore[call-overload]
    default = [path.parent.name.upper()] if path.parent.parent.name == "states" else []
    facts = {name: value for name, value in {**given, **own}.items() if value != "unstated"}
    return Question.from_dict({
        "on": row.get("on") or top.get("on"), "places": row.get("places", top.get("places", default)), "facts": facts,
        "subjects": row.get("subjects", top.get("subjects")), "items": row.get("items", top.get("items")),
    })  # fmt: skip


def _run(book: Book, path: Path, top: Lined, row: Lined) -> CaseResult:
    name, expect = str(row["name"]), row.get("expect")
    where = f"{path.name}:{row.line}"
    if not isinstance(expect, Lined) or not expect or any(key not in EXPECTATIONS for key in expect):
        return CaseResult(where, name, (f"expect: use {', '.join(EXPECTATIONS)}",))
    only = row.get("only", top.get("only"))
    try:
        answer = short_dict(decide(book.only(str(only)) if only else book, question_of(path, top, row)))
    except BadQuestion as error:
        return CaseResult(where, name, (str(error),))
    deciding = tuple(str(r["id"]) for r in answer["because"])  # type: ignore[attr-defined]
    return CaseResult(where, name, tuple(_compare(expect, answer)), deciding)


def _compare(expect: Lined, answer: dict[str, object]) -> Iterator[str]:
    duties = [d for row in answer["duties"] for d in (row, *row["any_of"])]  # type: ignore[attr-defined]
    verbs = [str(d["do"]) for d in duties]
    asks = [str(a["fact"]) for a in answer["ask"]]  # type: ignore[attr-defined]
    because = [str(r["id"]) for r in answer["because"]]  # type: ignore[attr-defined]
    if "outcome" in expect and answer["outcome"] != expect["outcome"]:
        yield f"expected {expect['outcome']}, got {answer['outcome']} (because {because}, ask {asks})"
    if answer["outcome"] == expect.get("not", object()):
        yield f"must not be {expect['not']} (because {because})"
    for key, have in (("because", because), ("must", verbs), ("ask", asks), ("possible", answer["possible"])):
        for wanted in _texts(expect.get(key)):
            if wanted not in have:  # type: ignore[operator]
                yield f"{key}: {wanted} is not among {have}"
    for unwanted in _texts(expect.get("must_not")):
        if unwanted in verbs:
            yield f"must_not: {unwanted} is a duty here"
    for verb, day in (expect.get("duty_due") or {}).items():  # type: ignore[attr-defined]
        found = [str(d["due"]["at"]) for d in duties if d["do"] == verb]
        if not any(at.startswith(str(day)) for at in found):
            yield f"duty_due: {verb} by {day}, got {found}"


def _texts(raw: object) -> list[str]:
    return [str(x) for x in raw] if isinstance(raw, list) else [] if raw is None else [str(raw)]
