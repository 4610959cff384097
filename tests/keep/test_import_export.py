"""What one practice exported comes into another whole: tried out first, one event a record, nothing twice, nothing half done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.practice.keys.models import WrappedKey
from privity.practice.people import access, units
from privity.practice.people.matrix import may
from privity.practice.people.models import Account, Participant, Person, Record, Tie
from privity.practice.people.services import NewPerson, NewRecord, add_account, add_record
from privity.practice.people.services import tie as tie_to
from privity.practice.records import access as records
from privity.practice.records.models import Document, Entry, Part
from privity.practice.records.services import NewDocument, NewEntry, add_document, sign_entry
from privity.practice.site import importing
from privity.practice.site.exporting import FORMAT, export
from privity.practice.site.importing import CannotImport, bring_in, try_out
from privity.practice.site.shredding import unlink
from privity.practice.trail.models import About, Event
from privity.practice.visits.models import Visit
from privity.practice.visits.moving import told
from privity.practice.visits.services import NewVisit, add_visit, mark

from .conftest import NOW, Cast

PDF = b"%PDF-1.7\nall of it\n%%EOF\n"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@pytest.fixture
def exported(cast: Cast, tmp_path: Path) -> Path:
    """Everything of the cast's practice, with other ids: as if it came from another server."""
    entry = sign_entry(cast.dana, cast.cleo, NewEntry("session", NOW - timedelta(days=3), {"progress_notes": "She slept better.", "diagnosis": "F41.1"}, NOW))
    sign_entry(cast.dana, cast.cleo, NewEntry("amendment", NOW, {"progress_notes": "It was Tuesday."}, amends=entry))
    add_document(cast.dana, cast.cleo, NewDocument("A letter", "correspondence", PDF))
    visit = NewVisit(cast.dana.account, NOW, NOW + timedelta(minutes=50), "office", "Room 4", "90834")
    mark(cast.dana, add_visit(cast.dana, cast.cleo, visit), "came")
    max_ = Participant.objects.get(record_id=cast.cleo, part="parent").person_id
    tie_to(cast.dana, cast.cleo, cast.omar.account, "shared", ends=NOW + timedelta(days=9))
    own = add_record(cast.dana, NewRecord("couple", (NewPerson("Max Marsh", "partner", known=max_), NewPerson("Ada Lind", "partner")), "The Marshes", ("hiv",)))
    sign_entry(cast.dana, own, NewEntry("note", NOW, {"progress_notes": "They came together."}))
    to = tmp_path / "export"
    assert export(cast.olga, to, None) == 2
    return renamed(to, tmp_path / "renamed", keep=cast)


def renamed(folder: Path, to: Path, keep: Cast) -> Path:
    """Return the export with every id another, so that it can come into the same databases."""
    new: dict[str, str] = {}

    def other(text: str) -> str:
        return ID.sub(lambda found: new.setdefault(found[0], str(uuid4())), text)

    for path in sorted(folder.rglob("*")):
        if path.is_file():
            target = to / other(str(path.relative_to(folder)))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes() if path.suffix in (".pdf", ".zip") else other(path.read_text()).encode())
    return to


def sheet_of(folder: Path, name: str) -> tuple[Path, dict[str, Any]]:
    """Return the record file that tells of somebody."""
    (path,) = [path for path in folder.glob("records/*/record.json") if name in path.read_text()]
    return path, json.loads(path.read_text())


def change(folder: Path, name: str, by: Callable[[dict[str, Any]], Any]) -> None:
    path, raw = sheet_of(folder, name)
    by(raw)
    path.write_text(json.dumps(raw))


def user_name(actor: Any) -> str:
    return Account.objects.get(id=actor.account).user_name


def counts() -> list[int]:
    return [model.objects.count() for model in (Record, Person, Participant, Tie, Visit, Entry, Part, Document, Account, Event)]


def test_everything_comes_into_another_practice_and_reads_there_as_it_did(cast: Cast, exported: Path, tmp_path: Path) -> None:
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert tried.wrong == []
    assert sorted(tried.names[id] for id in tried.former) == ["Dana Test"]
    assert bring_in(cast.vera, exported, tried) == 2
    _, raw = sheet_of(exported, "Cleo Marsh")
    cleo = UUID(raw["id"])
    chart = records.chart(cast.vera, cleo)
    assert {"progress_notes": "She slept better.", "diagnosis": "F41.1"} in [entry.parts for entry in chart.entries]
    again = tmp_path / "again"
    assert export(cast.vera, again, None) == 2
    for name in ("Cleo Marsh", "Ada Lind"):
        (_, before), (_, after) = sheet_of(exported, name), sheet_of(again, name)
        assert [one["account"] for one in after.pop("team")] == [str(cast.vera.account)]
        before.pop("team")
        for sheet in (before, after):
            sheet["entries"].sort(key=lambda one: one["id"])  # those of one moment stand in the order of their ids, which are others now
        assert before == after
    assert [path.read_bytes() for path in again.rglob("*.pdf")] == [PDF]
    assert raw["visits"][0]["code"] == "90834"
    assert raw["visits"][0]["room"] == "Room 4"
    assert told(cast.vera, cleo)[0]["code"] == "90834"
    assert Event.objects.filter(practice=cast.vera.practice, act="record.import").count() == 2
    assert About.objects.filter(practice=cast.vera.practice, record=cleo).exists()


def test_those_of_the_other_practice_cannot_open_what_came_in(cast: Cast, exported: Path) -> None:
    bring_in(cast.vera, exported, try_out(cast.vera, exported, {}, user_name(cast.vera)))
    cleo = UUID(sheet_of(exported, "Cleo Marsh")[1]["id"])
    for who in (cast.dana, cast.omar):
        with pytest.raises(access.NotThere):
            records.chart(who, cleo)


def test_a_former_colleague_keeps_what_they_wrote_and_cannot_sign_in(cast: Cast, exported: Path) -> None:
    bring_in(cast.vera, exported, try_out(cast.vera, exported, {}, user_name(cast.vera)))
    former = Account.objects.get(id=UUID(sheet_of(exported, "Cleo Marsh")[1]["entries"][0]["author"]))
    assert (former.is_active, former.roles, former.has_usable_password()) == (False, [], False)
    assert [one.name for one in access.staff(cast.vera) if one.id == former.id] == ["Dana Test"]


def test_whoever_works_in_both_is_the_same_person_here(cast: Cast, exported: Path) -> None:
    there = next(one["user_name"] for one in json.loads((exported / "practice.json").read_text())["staff"] if one["name"] == "Dana Test")
    tried = try_out(cast.vera, exported, {there: user_name(cast.vera)})
    assert (tried.wrong, tried.former) == ([], set())  # and as Dana cared for both, so does Vera
    bring_in(cast.vera, exported, tried)
    assert {row.author_id for row in Entry.objects.filter(practice_id=cast.vera.practice_row)} == {cast.vera.account}


def test_only_an_owner_imports(cast: Cast, exported: Path) -> None:
    for who in (cast.dana, cast.omar, cast.rita, cast.petra, cast.actor("carl"), cast.actor("bill")):
        with pytest.raises(access.NotAllowed):
            try_out(who, exported, {})
        with pytest.raises(access.NotAllowed):
            bring_in(who, exported, importing.Tried())
    assert may(["owner"], "import", "record", ["practice"])


def test_without_anybody_to_care_for_them_nothing_comes_in(cast: Cast, exported: Path) -> None:
    before = counts()
    tried = try_out(cast.vera, exported, {})
    assert {(one.place, one.words[:11]) for one in tried.wrong} == {("team", "nobody here")}
    with pytest.raises(CannotImport):
        bring_in(cast.vera, exported, tried)
    assert counts() == before


def letter(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the part that is a document."""
    return next(one for one in raw["entries"] if one["kind"] == "document")["parts"][0]


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], Any], str, str]] = {
    "a day": (lambda raw: raw["people"][0].update(born="March 4"), "people 1", "born is no day"),
    "a name": (lambda raw: raw["people"][1].update(name=" "), "people 2", "name must be text"),
    "a moment": (lambda raw: raw["visits"][0].update(starts="soon"), "visits 1", "starts is no moment"),
    "a class": (lambda raw: raw["entries"][0]["parts"][1].update({"class": "gossip"}), "entries 1, part 2", "class is none of"),
    "an amendment of nothing": (lambda raw: next(one for one in raw["entries"] if one["amends"]).update(amends=str(uuid4())), "", "amends one that is not"),
    "a stranger": (lambda raw: raw["entries"][0].update(person=str(uuid4())), "", "is on somebody who is not in this file"),
    "an entry twice": (lambda raw: raw["entries"].append(raw["entries"][0]), "", "stands in records/"),
    "no client": (lambda raw: raw.update(people=raw["people"][1:]), "", "nobody in it is the client"),
    "a list that is none": (lambda raw: raw.update(visits="none"), "", "visits must be a list"),
    "a phone": (lambda raw: raw["people"][0]["contacts"][0].update(to="call her"), "people 1", ""),
    "a path out": (lambda raw: letter(raw).update(document="../../../etc/passwd"), "entries", "document must be"),
    "an author nobody knows": (lambda raw: raw["entries"][0].update(author=str(uuid4())), "staff", "does not stand here"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_is_named_by_file_and_row_and_nothing_comes_in(cast: Cast, exported: Path, what: str) -> None:
    harm, place, words = BROKEN[what]
    file = str(sheet_of(exported, "Cleo Marsh")[0].relative_to(exported))
    change(exported, "Cleo Marsh", harm)
    before = counts()
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert any(place in one.place and words in one.words for one in tried.wrong), tried.wrong
    assert all(one.file in ("practice.json", file) for one in tried.wrong)
    with pytest.raises(CannotImport):
        bring_in(cast.vera, exported, tried)
    assert counts() == before


def test_a_file_cut_off_and_a_document_that_is_gone_or_altered_are_named(cast: Cast, exported: Path) -> None:
    (document,) = exported.rglob("*.pdf")
    document.write_bytes(PDF[:-8])
    assert any("broken or cut off" in one.words for one in try_out(cast.vera, exported, {}, user_name(cast.vera)).wrong)
    document.unlink()
    assert any("is missing" in one.words for one in try_out(cast.vera, exported, {}, user_name(cast.vera)).wrong)
    path, _ = sheet_of(exported, "Ada Lind")
    path.write_text(path.read_text()[:-30])
    wrong = try_out(cast.vera, exported, {}, user_name(cast.vera)).wrong
    assert any(one.file == str(path.relative_to(exported)) and one.place.startswith("line ") for one in wrong)


def test_a_folder_that_is_no_export_or_of_a_newer_privity_is_one_sentence(cast: Cast, exported: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(CannotImport, match="is no export of Privity"):
        try_out(cast.vera, tmp_path / "empty", {})
    raw = json.loads((exported / "practice.json").read_text())
    (exported / "practice.json").write_text(json.dumps({**raw, "privity_export": FORMAT + 1}))
    with pytest.raises(CannotImport, match="by a newer Privity"):
        try_out(cast.vera, exported, {})


def test_what_an_import_brought_in_is_not_brought_in_again(cast: Cast, exported: Path) -> None:
    bring_in(cast.vera, exported, try_out(cast.vera, exported, {}, user_name(cast.vera)))
    before = counts()
    again = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert (len(again.here), again.files, again.wrong) == (2, [], [])
    assert bring_in(cast.vera, exported, again) == 0
    assert counts() == before


def test_what_is_here_otherwise_is_refused(cast: Cast, exported: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    export(cast.olga, home, None)
    both = add_account(cast.olga, "Olga Two", ["owner", "clinician"])
    owner = replace(cast.olga, account=both.id, roles=frozenset({"owner", "clinician"}))
    assert {one.words[:27] for one in try_out(owner, home, {}).wrong} == {"this record is here already"}  # its own export, into itself
    assert {one.words[:24] for one in try_out(cast.vera, home, {}).wrong if not one.place} == {"another practice on this"}
    tried = try_out(owner, exported, {}, both.user_name)
    assert [one.words for one in tried.wrong] == ["a person of this name and birth date is a client here already"]
    unlink(cast.cleo, NOW)
    assert any("was shredded: it does not come back" in one.words for one in try_out(owner, home, {}).wrong)


def test_stopped_in_between_each_record_is_whole_or_not_there_and_it_goes_on(cast: Cast, exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    before, write, seen = counts(), importing.trail.write_many, []

    def stop_at_second(*given: Any, **said: Any) -> Any:
        seen.extend(one.act for one in given[2])
        if seen.count("record.import") == 2:
            raise KeyboardInterrupt
        return write(*given, **said)

    monkeypatch.setattr(importing.trail, "write_many", stop_at_second)
    with pytest.raises(KeyboardInterrupt):
        bring_in(cast.vera, exported, tried)
    monkeypatch.undo()
    assert Record.objects.filter(practice_id=cast.vera.practice_row).count() == 1
    half = UUID(tried.files[1].parent.name)
    assert not any(model.objects.filter(record_id=half).exists() for model in (Participant, Tie, Visit, Entry, Part, Document))
    again = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert (again.wrong, len(again.here), len(again.files)) == ([], 1, 1)
    assert bring_in(cast.vera, exported, again) == 1  # under the keys the stopped one left, and they open
    assert len(records.chart(cast.vera, half).entries) >= 1
    assert WrappedKey.objects.using("keys").filter(record=str(half)).count() == 1
    assert Record.objects.filter(practice_id=cast.vera.practice_row).count() == 2
    assert before != counts()


@pytest.mark.parametrize("named", ["WARD 3", "Another ward"])
def test_a_record_on_a_unit_comes_to_the_unit_of_its_name_or_to_a_new_one(named: str, cast: Cast, exported: Path, tmp_path: Path) -> None:
    there = uuid4()

    def on_it(raw: dict[str, Any]) -> None:
        raw["unit"] = str(there)

    change(exported, "Cleo Marsh", on_it)
    practice = json.loads((exported / "practice.json").read_text())
    assert practice["units"] == []
    practice["units"] = [{"id": str(there), "name": "Ward 3"}]
    (exported / "practice.json").write_text(json.dumps(practice))
    here = units.add(replace(cast.vera, roles=frozenset({"owner"})), named)
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert tried.wrong == []
    assert bring_in(cast.vera, exported, tried) == 2
    row = Record.objects.exclude(unit=None).get(practice_id=cast.vera.practice_row)
    assert (row.unit == here) is (named == "WARD 3")
    assert units.names(cast.vera)[row.unit].casefold() == "ward 3"
    again = tmp_path / "again"
    export(cast.vera, again, None)
    assert {"id": str(row.unit), "name": units.names(cast.vera)[row.unit]} in json.loads((again / "practice.json").read_text())["units"]


def test_an_export_of_before_without_what_was_added_comes_in_too(cast: Cast, exported: Path) -> None:
    def older(raw: dict[str, Any]) -> None:
        for name in ("opened", "ended", "unit", "team", "held_for_law"):
            raw.pop(name)
        for person in raw["people"]:
            person.pop("may_see"), person.pop("began")
        for visit in raw["visits"]:
            visit.pop("room"), visit.pop("code")
        for entry in raw["entries"]:
            entry.pop("person")

    change(exported, "Cleo Marsh", older)
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert tried.wrong == []
    assert bring_in(cast.vera, exported, tried) == 2
