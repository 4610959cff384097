"""An export brought into a practice: read and tried out whole first, then one record after the other, each whole with its own event.

Ids stay as they are in the export, so a record that is here is never brought in twice, and an import that was stopped goes on where it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from privity.practice.agreements import moving as agreed
from privity.practice.people import units
from privity.practice.people.access import NotThere, identities, require_at_practice, staff
from privity.practice.people.access import place_of_about as about_place
from privity.practice.people.actor import Actor
from privity.practice.people.matrix import TREATING
from privity.practice.people.models import SUBJECTS, Account, Participant, Person, Record, Tie
from privity.practice.people.services import NewPerson, add_former, identity_row, make_missing
from privity.practice.records import importing as chart
from privity.practice.trail import services as trail
from privity.practice.trail.models import About, Event
from privity.practice.visits import moving as visits
from privity.vault import Use, seal
from privity.vault.blind import normal_phone
from privity.vault.faults import CannotSeal

from .exporting import FORMAT
from .exporting_rooms import in_words, staying
from .reading import Look, Sheet, Wrong, json_of, sheet_of

ACT = "record.import"


class CannotImport(ValueError):
    """The folder is no export, or is not brought in as it is. Its text is one sentence."""


@dataclass
class Tried:
    """What would come in, what is here from before, who stands for whom, and what is wrong."""

    files: list[Path] = field(default_factory=list)
    here: list[UUID] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    names: dict[UUID, str] = field(default_factory=dict)  # the staff of the export
    stands_for: dict[UUID, UUID] = field(default_factory=dict)  # their account there, and here
    former: set[UUID] = field(default_factory=set)  # of whom nobody here is one, and who wrote or saw somebody
    units: dict[UUID, str] = field(default_factory=dict)  # the units of the export, by their names
    caring: set[UUID] = field(default_factory=set)  # who treats clients here
    team: UUID | None = None
    stays: dict[str, int] = field(default_factory=dict)  # what of the export is not brought in: how many of each kind
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def stays_in_words(self) -> str:
        """What of the export is not brought in, as a sentence, or nothing."""
        told = in_words(self.stays)
        return f"Not brought in: {', '.join(told)}. They stay in the export, readable as they are: keep that folder as long as the law asks for" if told else ""


# --- trying out --------------------------------------------------------------------------------------------------


def try_out(actor: Actor, folder: Path, same: Mapping[str, str], team: str = "", progress: Callable[[int], None] = lambda done: None) -> Tried:
    """Return what would come in and what is wrong with it; nothing is written. Raises CannotImport and NotAllowed.

    `same` says by user names who of the export is who here; `team` is the user name of whoever cares for records that nobody here cares for.
    """
    require_at_practice(actor, "import", "record")
    found, raw = Tried(), json_of(folder / "practice.json", folder)
    if isinstance(raw, Wrong) or not isinstance(raw, dict) or not isinstance(raw.get("staff"), list):
        raise CannotImport(f"{folder} is no export of Privity (it needs a practice.json with its staff): name the folder that privity export wrote")
    if not isinstance(raw.get("privity_export", 1), int) or raw.get("privity_export", 1) > FORMAT:
        raise CannotImport("this export was written by a newer Privity than this one: install that one, and call this again")
    _who(actor, found, raw["staff"], same, team)
    look = Look("practice.json", found.wrong).at("", raw)
    for number, row in enumerate(look.rows("units"), 1):
        look.at(f"units {number}", row)
        if (id := look.id("id")) and (name := look.text("name", longest=60).strip()):
            found.units[id] = name
    paths = sorted(folder.glob("records/*/record.json"))
    if not paths:
        raise CannotImport(f"{folder} holds no record (records/ID/record.json): name the folder that privity export wrote")
    seen = _Seen(actor)
    for done, path in enumerate(paths, 1):
        sheet = sheet_of(path, folder, found.wrong)
        progress(done)
        if sheet is None:
            continue
        if (place := seen.here(sheet)) == ACT:
            found.here.append(sheet.id)
            continue
        found.wrong += seen.wrong(sheet) if not place else [Wrong(sheet.file, "", place)]
        if not _team(sheet, found):
            found.wrong.append(Wrong(sheet.file, "team", "nobody here cares for this client: say who with --team USER_NAME"))
        found.former |= sheet.accounts() - set(found.stands_for)
        found.held += [sheet.id] if sheet.held else []
        for name, many in staying(path.parent).items():
            found.stays[name] = found.stays.get(name, 0) + many
        found.files.append(path)
    for id in sorted(found.former):
        if id not in found.names:
            found.wrong.append(Wrong("practice.json", "staff", f"{id} wrote or saw somebody in these records and does not stand here: say who it is"))
        elif Account.objects.filter(id=id).exists():
            found.wrong.append(Wrong("practice.json", "staff", f"{id} is the account of another practice on this server: say who it is here with --staff"))
    return found


def _who(actor: Actor, found: Tried, rows: list[Any], same: Mapping[str, str], team: str) -> None:
    here = {one.user_name: one for one in staff(actor)}
    ids, by_name = {one.id: one for one in here.values()}, {}
    for number, raw in enumerate(rows, 1):
        look = Look("practice.json", found.wrong).at(f"staff {number}", raw)
        id, name = look.id("id"), look.text("name")
        if id is not None:
            found.names[id], by_name[look.text("user_name", needed=False)] = name, id
            if id in ids:
                found.stands_for[id] = id
    for there, one in same.items():
        if there not in by_name:
            raise CannotImport(f"nobody in the export has the user name {there}: look into its practice.json")
        if one not in here:
            raise CannotImport(f"nobody here has the user name {one}: look at the staff page")
        found.stands_for[by_name[there]] = here[one].id
    if team:
        if team not in here or not here[team].active or not set(here[team].roles) & set(TREATING):
            raise CannotImport(f"{team} treats nobody here: name with --team a clinician, supervisor or trainee")
        found.team = here[team].id
    found.caring = {one.id for one in here.values() if one.active and set(one.roles) & set(TREATING)}


def _team(sheet: Sheet, found: Tried) -> dict[UUID, str]:
    """Return who here will be on the record's team, and as what."""
    known = {found.stands_for[id]: kind for id, kind in sheet.team if id in found.stands_for}
    kept = {id: kind for id, kind in known.items() if id in found.caring}
    return kept or ({found.team: Tie.Kind.CASE if sheet.unit else Tie.Kind.TEAM} if found.team else {})


class _Seen:
    """What stands here, and what earlier files of this export told."""

    def __init__(self, actor: Actor) -> None:
        self.actor, self.index = actor, actor.keys.index()
        self.people: dict[UUID, tuple[str, NewPerson]] = {}
        self.marks: dict[bytes, tuple[str, UUID]] = {}
        self.ids: dict[UUID, str] = {}

    def here(self, sheet: Sheet) -> str:
        """Return ACT for a record that an import brought in before, why another that is here does not come in, or nothing."""
        row = Record.objects.filter(id=sheet.id).first()
        if row is None:
            return ""
        if row.practice_id != self.actor.practice_row:
            return "another practice on this server holds this record"
        if row.shredded is not None:
            return "this record was here and was shredded: it does not come back by an import"
        events = About.objects.filter(practice=self.actor.practice, record=sheet.id).values_list("n", flat=True)
        came = Event.objects.filter(practice=self.actor.practice, n__in=list(events), act=ACT).exists()
        return ACT if came else "this record is here already, and not by an import: nothing is put over it"

    def wrong(self, sheet: Sheet) -> Iterator[Wrong]:
        """Yield what of a record cannot come in beside what is here and what came before."""
        taken = visits.here(one.id for one in sheet.visits) | chart.here(
            (one.id for one in sheet.entries), (file.id for one in sheet.entries for file in one.files)
        )
        taken |= agreed.here(sheet.signed, sheet.restricted)
        for id in sheet.ids():
            if id in taken:
                yield Wrong(sheet.file, str(id), "something here bears this id already")
            if id in self.ids:
                yield Wrong(sheet.file, str(id), f"this id stands in {self.ids[id]} too")
            self.ids[id] = sheet.file
        for number, (id, person, _) in enumerate(sheet.people, 1):
            yield from self._person(sheet, f"people {number}", id, person)

    def _person(self, sheet: Sheet, place: str, id: UUID, person: NewPerson) -> Iterator[Wrong]:
        told = replace(person, part="", may_see=())
        if id in self.people and self.people[id][1] != told:
            yield Wrong(sheet.file, place, f"{self.people[id][0]} tells of the same person otherwise")
        self.people.setdefault(id, (sheet.file, told))
        try:
            mark = self.index.person(person.name, person.born or date.min)
            for contact in person.contacts:
                if contact.get("how") == "phone":
                    normal_phone(str(contact.get("to", "")))
        except CannotSeal as fault:
            yield Wrong(sheet.file, place, str(fault))
            return
        row = Person.objects.filter(id=id).first()
        if row is not None and (row.practice_id != self.actor.practice_row or not _same(self.actor, id, person)):
            yield Wrong(sheet.file, place, "this person is here already, with other particulars: make both alike, or take the person out of the file")
        if row is None and person.born and person.part in SUBJECTS:
            one = Participant.objects.filter(
                practice_id=self.actor.practice_row, person__name_mark=mark, part__in=SUBJECTS, record__shredded=None
            ).exclude(person_id=id).exists()  # fmt: skip
            if one:
                yield Wrong(sheet.file, place, "a person of this name and birth date is a client here already")
            if self.marks.setdefault(mark, (sheet.file, id))[1] != id:
                yield Wrong(sheet.file, place, f"{self.marks[mark][0]} tells of somebody with this name and birth date under another id")


def _same(actor: Actor, id: UUID, person: NewPerson) -> bool:
    found = identities(actor, [id]).get(id)
    told = (person.name, person.chosen, person.pronouns, person.born, [dict(one) for one in person.contacts])
    return found is not None and (found.name, found.chosen, found.pronouns, found.born, [dict(one) for one in found.contacts]) == told


# --- bringing in -------------------------------------------------------------------------------------------------


def bring_in(actor: Actor, folder: Path, tried: Tried, progress: Callable[[int], None] = lambda done: None) -> int:
    """Bring in what was tried out, record by record, each with its event, and return how many. Raises CannotImport and NotAllowed.

    Stopped in between, each record is here whole or not at all; called again, it goes on.
    """
    require_at_practice(actor, "import", "record")
    if tried.wrong:
        raise CannotImport("something in the export is wrong; nothing was brought in")
    for id in sorted(tried.former):
        add_former(actor, id, tried.names[id])
        tried.stands_for[id] = id
    done = 0
    for path in tried.files:
        sheet = sheet_of(path, folder, tried.wrong)
        if sheet is None or not sheet.accounts() <= set(tried.stands_for):
            raise CannotImport(f"{path.relative_to(folder)} was changed since it was tried out; what came in before it stays: call this again")
        _bring(actor, sheet, tried)
        done += 1
        progress(done)
    return done


def _bring(actor: Actor, sheet: Sheet, tried: Tried) -> None:
    people = {id: person for id, person, _ in sheet.people}
    fresh = [id for id in people if not Person.objects.filter(id=id).exists()]
    accounting = [(sheet.id, Use.ACCOUNTING)] if sheet.signed or sheet.restricted else []
    keys = make_missing(actor, [(sheet.id, Use.RECORD), *accounting, *((id, Use.IDENTITY) for id in fresh)])
    key = keys[sheet.id, Use.RECORD]
    about = json.dumps({"title": sheet.title, "quiet": sorted(set(sheet.quiet))})
    mine = {"practice_id": actor.practice_row, "record_id": sheet.id}
    entries = [replace(one, author=tried.stands_for[one.author]) for one in sheet.entries]
    moved = [replace(one, clinician=tried.stands_for[one.clinician]) for one in sheet.visits]
    with transaction.atomic():
        if Record.objects.filter(id=sheet.id).exists():
            raise NotThere(f"record {sheet.id} came in meanwhile; call this again")
        unit, told = units.brought(actor, sheet.unit, tried.units.get(sheet.unit, "")) if sheet.unit else (None, [])
        Record.objects.create(
            id=sheet.id, practice_id=actor.practice_row, kind=sheet.kind, opened=sheet.opened, closed=sheet.ended, unit=unit,
            about=seal(about, with_=key, bound_to=about_place(actor, sheet.id, 1)),
        )  # fmt: skip
        Person.objects.bulk_create([identity_row(actor, id, people[id], keys[id, Use.IDENTITY]) for id in fresh])
        Participant.objects.bulk_create(
            [Participant(**mine, person_id=id, part=person.part, may_see=list(person.may_see), began=began) for id, person, began in sheet.people]
        )
        Tie.objects.bulk_create([Tie(**mine, account_id=one, kind=kind, began=actor.now, by=actor.account) for one, kind in _team(sheet, tried).items()])
        visits.bring(actor, sheet.id, key, moved)
        chart.bring(actor, sheet.id, key, entries)
        names = [name for person in people.values() if person.part in SUBJECTS for name in (person.name, person.chosen) if name]
        agreed.bring(actor, sheet.id, sheet.signed, sheet.restricted, tried.stands_for, names)
        told.append(trail.Happened(ACT, [(key, sheet.id)], {"entries": len(entries), "visits": len(moved)}))
        trail.write_many(actor.practice, actor.account, told, at=actor.now)
