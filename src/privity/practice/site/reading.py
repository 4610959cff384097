"""The files of an export, read field by field: what they tell, or what is wrong with them, by file and row."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from privity.practice.agreements import moving as agreed
from privity.practice.people.matrix import CARE
from privity.practice.people.models import SUBJECTS, Participant, Record
from privity.practice.people.services import NewPerson
from privity.practice.records import importing as chart
from privity.practice.visits import moving as visits

from .exporting import DOCUMENTS

SHORT = 400
MOST_FILE = 64 << 20


@dataclass(frozen=True)
class Wrong:
    """What is wrong, in one sentence: in which file, and in which row of it."""

    file: str
    place: str
    words: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.file, self.place, self.words)))


@dataclass(frozen=True)
class Sheet:
    """A record as its file tells it, checked."""

    file: str
    id: UUID
    kind: str
    title: str
    quiet: tuple[str, ...]
    opened: datetime
    ended: datetime | None
    unit: UUID | None
    held: bool
    people: tuple[tuple[UUID, NewPerson, datetime], ...]
    team: tuple[tuple[UUID, str], ...]
    visits: tuple[visits.Moved, ...]
    entries: tuple[chart.Exported, ...]
    signed: tuple[agreed.Moved, ...] = ()
    restricted: tuple[agreed.MovedRestriction, ...] = ()

    def ids(self) -> list[UUID]:
        """Return the id of everything in it that is not a person."""
        files = [file.id for entry in self.entries for file in entry.files] + [file.id for paper in self.signed for file in paper.files]
        return [
            *(one.id for one in self.visits),
            *(one.id for one in self.entries),
            *(one.id for one in self.signed),
            *(one.id for one in self.restricted),
            *files,
        ]

    def accounts(self) -> set[UUID]:
        """Return who wrote in it or saw the client."""
        papers = {one.by for one in self.signed} | {file.by for one in self.signed for file in one.files} | {one.by for one in self.restricted}
        return {one.author for one in self.entries} | {one.clinician for one in self.visits} | papers


def json_of(path: Path, folder: Path) -> Any:
    """Return what a JSON file of an export holds, or what is wrong with it."""
    name = str(path.relative_to(folder))
    try:
        if path.stat().st_size > MOST_FILE:
            return Wrong(name, "", "this file is larger than 64 MB, which no record is")
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Wrong(name, "", "this file is missing")
    except json.JSONDecodeError as fault:
        return Wrong(name, f"line {fault.lineno}", "this is no JSON: the file was cut off or changed; export again")
    except (UnicodeDecodeError, RecursionError):
        return Wrong(name, "", "this is no JSON: the file was cut off or changed; export again")


class Look:
    """Reads fields of one row after the other, and notes what is wrong with each."""

    def __init__(self, file: str, wrong: list[Wrong]) -> None:
        self.file, self.found, self.place, self.raw = file, wrong, "", {}  # type: ignore[var-annotated]

    def at(self, place: str, raw: object) -> Look:
        """Look at a row."""
        self.place, self.raw = place, raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            self.wrong("this is no row of fields")
        return self

    def wrong(self, words: str) -> None:
        """Note what is wrong here."""
        self.found.append(Wrong(self.file, self.place, words))

    def text(self, name: str, *, longest: int = SHORT, needed: bool = True) -> str:
        """Return a text."""
        value = self.raw.get(name, "")
        if not isinstance(value, str) or len(value) > longest or "\0" in value or (needed and not value.strip()):
            self.wrong(f"{name} must be text of {'1' if needed else '0'} to {longest:,} characters")
            return ""
        return value

    def one_of(self, name: str, of: Collection[str]) -> str:
        """Return a word of several."""
        value = self.raw.get(name)
        if not isinstance(value, str) or value not in of:
            self.wrong(f"{name} is none of {', '.join(sorted(of))}")
            return ""
        return value

    def some_of(self, name: str, of: Collection[str] = ()) -> tuple[str, ...]:
        """Return a list of words."""
        value = self.raw.get(name, [])
        if not isinstance(value, list) or any(not isinstance(one, str) or len(one) > SHORT or (of and one not in of) for one in value):
            self.wrong(f"{name} must be a list of words")
            return ()
        return tuple(value)

    def id(self, name: str, *, needed: bool = True) -> UUID | None:
        """Return an id."""
        value = self.raw.get(name)
        if value is None and not needed:
            return None
        try:
            return UUID(str(value))
        except ValueError:
            self.wrong(f"{name} is no id")
            return None

    def moment(self, name: str, *, needed: bool = True) -> datetime | None:
        """Return a moment; one without a zone is UTC."""
        value = self.raw.get(name)
        if value is None and not needed:
            return None
        try:
            found = datetime.fromisoformat(value)  # type: ignore[arg-type]
            return found if found.tzinfo else found.replace(tzinfo=UTC)
        except (ValueError, TypeError):
            self.wrong(f"{name} is no moment; write it as 2026-11-26T14:00:00+00:00")
            return None

    def day(self, name: str) -> date | None:
        """Return a day, or none."""
        value = self.raw.get(name)
        try:
            return date.fromisoformat(value) if value else None
        except (ValueError, TypeError):
            self.wrong(f"{name} is no day; write it as 1984-03-14")
            return None

    def rows(self, name: str) -> list[Any]:
        """Return a list of rows."""
        value = self.raw.get(name, [])
        if not isinstance(value, list):
            self.wrong(f"{name} must be a list")
            return []
        return value


def sheet_of(path: Path, folder: Path, wrong: list[Wrong]) -> Sheet | None:
    """Return a record's file, or None when something in it is wrong, which is noted."""
    before, raw = len(wrong), json_of(path, folder)
    name = str(path.relative_to(folder))
    if isinstance(raw, Wrong):
        wrong.append(raw)
        return None
    look = Look(name, wrong).at("", raw)
    id, kind, title, quiet = look.id("id"), look.one_of("kind", tuple(Record.Kind)), look.text("title", needed=False), look.some_of("kept_quiet")
    unit, held, ended = look.id("unit", needed=False), look.raw.get("held_for_law") is True, look.moment("ended", needed=False)
    began = look.moment("opened", needed="opened" in look.raw)
    if look.raw.get("closed") and ended is None:
        look.wrong("it says that treatment ended and not when; export again with this Privity")
    if id is not None and path.parent.name != str(id):
        look.wrong(f"the folder is called {path.parent.name} and the record {id}")
    lists = {one: look.rows(one) for one in ("people", "team", "visits", "entries", "authorizations", "restrictions")}
    entries = [one for number, row in enumerate(lists["entries"], 1) if (one := _entry(look.at(f"entries {number}", row), path.parent))]
    moved = [seen for number, row in enumerate(lists["visits"], 1) if (seen := _visit(look.at(f"visits {number}", row)))]
    signed = [paper for number, row in enumerate(lists["authorizations"], 1) if (paper := _signed(look.at(f"authorizations {number}", row), path.parent))]
    restricted = [kept for number, row in enumerate(lists["restrictions"], 1) if (kept := _restricted(look.at(f"restrictions {number}", row)))]
    began = began or min([one.signed for one in entries] + [one.starts for one in moved], default=datetime.now(UTC))
    people = [who for number, row in enumerate(lists["people"], 1) if (who := _person(look.at(f"people {number}", row), began))]
    team = []
    for number, row in enumerate(lists["team"], 1):
        if account := look.at(f"team {number}", row).id("account"):
            team.append((account, look.one_of("as", CARE)))
    look.at("", raw)
    if not any(person.part in SUBJECTS for _, person, _ in people):
        look.wrong("nobody in it is the client")
    inside, ids = {one for one, _, _ in people}, {one.id for one in entries}
    for one in entries:
        if one.amends and one.amends not in ids:
            look.wrong(f"entry {one.id} amends one that is not in this file")
        if one.person and one.person not in inside:
            look.wrong(f"entry {one.id} is on somebody who is not in this file")
    if len(wrong) > before or id is None:
        return None
    return Sheet(
        name, id, kind, title, quiet, began, ended, unit, held, tuple(people), tuple(team), tuple(moved), tuple(entries), tuple(signed), tuple(restricted)
    )


def _person(look: Look, began: datetime) -> tuple[UUID, NewPerson, datetime] | None:
    id, contacts = look.id("id"), look.rows("contacts")
    if any(not isinstance(one, dict) or not isinstance(one.get("how"), str) or not isinstance(one.get("to"), str) for one in contacts):
        look.wrong("a contact needs how and to")
        return None
    person = NewPerson(
        look.text("name").strip(), look.one_of("part", tuple(Participant.Part)), look.text("chosen_name", needed=False).strip(),
        look.text("pronouns", needed=False).strip(), look.day("born"), tuple(contacts), look.some_of("may_see"),
    )  # fmt: skip
    since = look.moment("began", needed=False)
    return (id, person, since or began) if id else None


def _visit(look: Look) -> visits.Moved | None:
    id, clinician, starts, ends = look.id("id"), look.id("clinician"), look.moment("starts"), look.moment("ends")
    modality, came = look.one_of("modality", visits.MODALITIES), look.moment("came", needed=False)
    room, code = look.text("room", needed=False), look.text("code", needed=False)
    if id is None or clinician is None or starts is None or ends is None:
        return None
    return visits.Moved(id, clinician, starts, ends, modality, room, code, came, look.raw.get("missed") is True)


def _entry(look: Look, folder: Path) -> chart.Exported | None:
    id, author, began, signed = look.id("id"), look.id("author"), look.moment("began"), look.moment("signed")
    kind, ended = look.one_of("kind", chart.KINDS), look.moment("ended", needed=False)
    modality = look.text("modality", longest=10, needed=False)
    amends, person = look.id("amends", needed=False), look.id("person", needed=False)
    parts: dict[str, str] = {}
    files: list[chart.File] = []
    place = look.place
    for number, row in enumerate(look.rows("parts"), 1):
        look.at(f"{place}, part {number}", row)
        klass = look.one_of("class", chart.CLASSES)
        if "document" in look.raw:
            files += [file] if (file := _file(look, folder, klass)) else []
        elif klass in parts:
            look.wrong(f"the entry has {klass} twice")
        else:
            parts[klass] = look.text("text", longest=chart.LONGEST)
    look.place = place
    if not parts and not files:
        look.wrong("the entry says nothing")
    if id is None or author is None or began is None or signed is None:
        return None
    return chart.Exported(id, kind, author, began, ended, modality, signed, amends, person, parts, tuple(files))


def _signed(look: Look, folder: Path) -> agreed.Moved | None:
    id, by, recorded = look.id("id"), look.id("by"), look.moment("recorded")
    ended, revoked = look.day("ended"), look.moment("revoked", needed=False)
    how, by_word = look.text("how_revoked", needed=False), look.raw.get("by_word") is True
    place, papers, files = look.place, look.rows("papers"), []
    if revoked is None and (how or by_word):
        look.wrong("it says how it was taken back and not when")
    if why := agreed.why_not_terms(look.raw.get("terms")):
        look.wrong(why)
        return None
    terms = agreed.terms_of(look.raw["terms"])
    for number, row in enumerate(papers, 1):
        file = _paper(look.at(f"{place}, paper {number}", row), folder)
        files += [file] if file else []
    look.place = place
    if id is None or by is None or recorded is None:
        return None
    return agreed.Moved(id, by, recorded, terms, ended, revoked, how, by_word, tuple(files))


def _paper(look: Look, folder: Path) -> agreed.File | None:
    by, added, found = look.id("by"), look.moment("added"), _content(look, folder)
    if by is None or added is None or found is None:
        return None
    id, ending, content = found
    if why := agreed.why_not_paper(content, ending):
        look.wrong(why)
        return None
    return agreed.File(id, by, added, ending, content)


def _restricted(look: Look) -> agreed.MovedRestriction | None:
    id, by, recorded, began, ended = look.id("id"), look.id("by"), look.moment("recorded"), look.day("began"), look.day("ended")
    classes, kinds, note = look.some_of("classes"), look.some_of("recipient_kinds"), look.text("note", longest=1000, needed=False)
    how, visits_said = look.text("how_ended", needed=False), look.some_of("visits")
    try:
        of = tuple(UUID(one) for one in visits_said)
    except ValueError:
        look.wrong("visits must be a list of ids")
        return None
    if ended and how not in agreed.HOW:
        look.wrong(f"how_ended is none of {', '.join(agreed.HOW)}")
    for why in agreed.why_not_ended(ended, how, self_pay=look.raw.get("self_pay") is True, later_only=look.raw.get("later_only") is True):
        look.wrong(why)
    if id is None or by is None or recorded is None or began is None:
        if began is None:
            look.wrong("began is no day; write it as 2026-11-26")
        return None
    paid, later = look.raw.get("self_pay") is True, look.raw.get("later_only") is True
    return agreed.MovedRestriction(id, by, recorded, classes, kinds, paid, of, note, began, ended, how, later)


def _file(look: Look, folder: Path, klass: str) -> chart.File | None:
    title, found = look.text("title"), _content(look, folder)
    return chart.File(found[0], klass, title, found[1], found[2]) if found else None


def _content(look: Look, folder: Path) -> tuple[UUID, str, bytes] | None:
    """Return a document's id, ending and bytes, or None when something is wrong with it, which is noted."""
    id, name = look.id("id"), look.text("document")
    if id is None or not name.startswith(f"{DOCUMENTS}/{id}."):
        look.wrong(f"document must be {DOCUMENTS}/ID.ending, with the document's id")
        return None
    ending, path = name.rsplit(".", 1)[1], folder / name
    if not ending.isalnum() or path.is_symlink() or not path.is_file():
        look.wrong(f"the file {name} is missing")
        return None
    if path.stat().st_size > chart.MOST:
        look.wrong(f"{name} is larger than 10 MB")
        return None
    content = path.read_bytes()
    if why := chart.why_not(content, ending):
        look.wrong(f"{name}: {why}")
        return None
    return id, ending, content
