"""Clients from a file: read, mapped, tried out, and then brought in together or not at all. A client who is here already is never brought in twice."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from privity.practice.trail import services as trail
from privity.practice.trail.storage import PracticeLog
from privity.vault import Binding, Key, Use, open_sealed, seal
from privity.vault.blind import BlindIndex, normal_phone
from privity.vault.faults import CannotSeal

from .access import NotThere, place_of_about, place_of_identity, relations, require_at_practice, staff
from .actor import Actor
from .matrix import AT_PRACTICE, relations_for
from .models import SUBJECTS, ImportFile, Participant, Person, Record, Role, Tie

MOST_ROWS, MOST_BYTES, LONGEST = 10_000, 8 << 20, 200
KEPT_FOR = timedelta(days=1)
AT_ONCE = 500
# What a column may be, in words; and words of a heading it is known by.
FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "name": ("Whole name", ("name", "full name", "client", "client name", "patient", "patient name")),
    "first": ("First name", ("first", "first name", "given name", "legal first name")),
    "last": ("Last name", ("last", "last name", "family name", "surname", "legal last name")),
    "chosen": ("Chosen name", ("chosen name", "preferred name", "goes by", "nickname")),
    "pronouns": ("Pronouns", ("pronouns", "pronoun")),
    "born": ("Birth date", ("born", "birth date", "birthdate", "date of birth", "dob", "birthday")),
    "phone": ("Phone", ("phone", "phone number", "mobile", "mobile phone", "cell", "cell phone", "telephone")),
    "voicemail": ("May voicemail be left", ("voicemail", "voicemail ok", "ok to leave voicemail", "may leave voicemail")),
    "clinician": ("Clinician", ("clinician", "therapist", "provider", "primary clinician", "assigned clinician")),
}
YES, NO = ("yes", "y", "true", "1", "ok", "x"), ("", "no", "n", "false", "0")


class NotReadable(ValueError):
    """The file is no list of clients. Its text is one sentence: what is wrong, and what to do."""


@dataclass(frozen=True)
class Table:
    """A file as read: its headings, and its rows with the number each has in the file."""

    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Client:
    """One client of a file, ready to be brought in."""

    row: int
    name: str
    born: date
    mark: bytes
    chosen: str = ""
    pronouns: str = ""
    phone: str = ""
    voicemail: bool = False
    team: tuple[UUID, ...] = ()
    here: UUID | None = None  # a record of theirs, which whoever brings the file in may not know of: left out without a word


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a row, in one sentence; `record` is the one its client has here already."""

    row: int
    words: str
    record: UUID | None = None


@dataclass(frozen=True)
class Tried:
    """What would come in, and which rows would not."""

    clients: tuple[Client, ...]
    wrong: tuple[Wrong, ...]


# --- reading ---------------------------------------------------------------------------------------------------


def read(raw: bytes) -> Table:
    """Return a file's headings and rows. Raises NotReadable."""
    if len(raw) > MOST_BYTES:
        raise NotReadable("The file is larger than 8 MB; split it into smaller ones.")
    text = _text(raw)
    head = text.split("\n", 1)[0]
    try:
        found = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)]
    except csv.Error:
        raise NotReadable("A quote is opened in this file and never closed; save it as CSV (comma separated) again.") from None
    if not found or not any(found[0]):
        raise NotReadable("The file is empty; its first row must hold the columns’ names.")
    rows = tuple((number, tuple(row)) for number, row in enumerate(found[1:], 2) if any(row))
    if not rows:
        raise NotReadable("The file holds no row under its headings.")
    if len(rows) > MOST_ROWS:
        raise NotReadable(f"The file holds {len(rows):,} rows; at most {MOST_ROWS:,} come in at once, so split it.")
    return Table(tuple(name[:60] or f"Column {number}" for number, name in enumerate(found[0], 1)), rows)


def _text(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise NotReadable("The file’s letters cannot be read; save it as CSV UTF-8.") from None
    if b"\0" in raw or raw[:4] == b"PK\x03\x04":
        raise NotReadable("This is no CSV file; open it in your spreadsheet and save it as CSV UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def guess(table: Table) -> dict[int, str]:
    """Return which column is probably which field."""
    found: dict[int, str] = {}
    for number, head in enumerate(table.heads):
        plain = " ".join(re.sub(r"[^a-z]+", " ", head.casefold()).split())
        for field, (_, words) in FIELDS.items():
            if plain in words and field not in found.values():
                found[number] = field
    return found


# --- the file between two pages --------------------------------------------------------------------------------


def _place(actor: Actor, file: UUID) -> Binding:
    return Binding(str(actor.practice), str(actor.account), "import.body", str(file))


def keep_file(actor: Actor, raw: bytes) -> UUID:
    """Return the id of an uploaded file, kept sealed for whoever uploaded it. Raises NotAllowed and NotReadable."""
    require_at_practice(actor, "import", "clients")
    rows, file = len(read(raw).rows), uuid4()
    body = seal(raw, with_=actor.keys.key(actor.account, Use.ACCOUNT), bound_to=_place(actor, file))
    with transaction.atomic():
        ImportFile.objects.filter(practice_id=actor.practice_row, account_id=actor.account).delete()
        ImportFile.objects.filter(practice_id=actor.practice_row, made__lt=actor.now - KEPT_FOR).delete()
        ImportFile.objects.create(id=file, practice_id=actor.practice_row, account_id=actor.account, body=body, made=actor.now)
        trail.write(actor.practice, actor.account, "import.upload", at=actor.now, count=rows)
    return file


def table(actor: Actor, file: UUID) -> Table:
    """Return an uploaded file, opened for whoever uploaded it. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "import", "clients")
    row = ImportFile.objects.filter(id=file, practice_id=actor.practice_row, account_id=actor.account, made__gte=actor.now - KEPT_FOR).first()
    if row is None:
        raise NotThere(f"import file {file}")
    return read(open_sealed(row.body, with_=actor.keys.key(actor.account, Use.ACCOUNT), bound_to=_place(actor, file)))


def drop_file(actor: Actor, file: UUID) -> None:
    """Forget an uploaded file. Raises NotAllowed and NotThere."""
    require_at_practice(actor, "import", "clients")
    with transaction.atomic():
        if not ImportFile.objects.filter(id=file, practice_id=actor.practice_row, account_id=actor.account).delete()[0]:
            raise NotThere(f"import file {file}")
        trail.write(actor.practice, actor.account, "import.drop", at=actor.now)


def clinicians(actor: Actor) -> list[tuple[UUID, str, str]]:
    """Return (id, name, user name) of the staff who may care for a client."""
    treating = {Role.CLINICIAN, Role.SUPERVISOR, Role.TRAINEE}
    return [(one.id, one.name, one.user_name) for one in staff(actor) if one.active and treating & set(one.roles)]


# --- trying out ------------------------------------------------------------------------------------------------


def try_out(actor: Actor, file: UUID, mapping: Mapping[int, str], default: UUID | None) -> Tried:
    """Return what would come in; the event is written first, about those who are here already. Raises NotAllowed and NotThere."""
    given = table(actor, file)
    found = _plan(actor, given, mapping, default)
    here = sorted({one.record for one in found.wrong if one.record} | {one.here for one in found.clients if one.here})
    with transaction.atomic():
        keys = actor.keys.keys(here, Use.RECORD) if here else {}
        about = [(keys[record], record) for record in here]
        trail.write(actor.practice, actor.account, "import.try", at=actor.now, about=about, count=len(given.rows))
    return found


def _plan(actor: Actor, given: Table, mapping: Mapping[int, str], default: UUID | None) -> Tried:
    reader = _Rows(actor, mapping, default)
    read = [reader.read(number, cells) for number, cells in given.rows]
    here = _here(actor, [one.mark for one in read if isinstance(one, Client)])
    known = _known(actor, here.values())
    seen: dict[bytes, int] = {}
    clients: list[Client] = []
    wrong: list[Wrong] = []
    for one in read:
        if isinstance(one, Wrong):
            wrong.append(one)
        elif here.get(one.mark) in known:
            wrong.append(Wrong(one.row, "This person is a client here already.", here[one.mark]))
        elif one.mark in seen:
            wrong.append(Wrong(one.row, f"This is the same person as in row {seen[one.mark]}."))
        else:
            seen[one.mark] = one.row
            clients.append(replace(one, here=here.get(one.mark)))
    return Tried(tuple(clients), tuple(wrong))


def _here(actor: Actor, marks: Sequence[bytes]) -> dict[bytes, UUID]:
    """Return which of these people are clients here, and one record of each: one the actor may know of, where there is any."""
    found: dict[bytes, UUID] = {}
    for start in range(0, len(marks), AT_ONCE):
        rows = Participant.objects.filter(
            practice_id=actor.practice_row, person__name_mark__in=marks[start : start + AT_ONCE], part__in=SUBJECTS, record__shredded=None
        ).values_list("person__name_mark", "record_id")
        known = _known(actor, [record for _, record in rows])
        found |= {bytes(mark): record for mark, record in sorted(rows, key=lambda row: row[1] in known)}
    return found


def sees_names(actor: Actor) -> bool:
    """Tell whether the actor may know the practice's clients, some bars apart."""
    return AT_PRACTICE in relations_for(actor.roles, "see", "identity")


def _known(actor: Actor, records: Iterable[UUID]) -> set[UUID]:
    """Return of which records the actor may know whose they are."""
    wanted = relations_for(actor.roles, "see", "identity")
    return {record for record, standing in relations(actor, records).items() if standing & wanted}


class _Rows:
    """Reads one row after the other."""

    def __init__(self, actor: Actor, mapping: Mapping[int, str], default: UUID | None) -> None:
        self.today, self.default = actor.now.date(), default
        self.column = {field: number for number, field in mapping.items()}
        self.index: BlindIndex = actor.keys.index()
        self.caring: dict[str, UUID | None] = {}
        for id, name, user_name in clinicians(actor):
            for word in {name.casefold(), user_name.casefold()}:
                self.caring[word] = None if word in self.caring else id  # two of one name: neither is meant

    def read(self, number: int, cells: Sequence[str]) -> Client | Wrong:
        """Return the client of a row, or what is wrong with it."""
        said = {field: cells[column] if column < len(cells) else "" for field, column in self.column.items()}
        if any(len(text) > LONGEST or not text.isprintable() for text in said.values()):
            return Wrong(number, f"A cell is longer than {LONGEST} signs or holds a line break; shorten it.")
        name = said.get("name") or " ".join(filter(None, (said.get("first", ""), said.get("last", ""))))
        born = _day(said.get("born", ""))
        if not any(sign.isalpha() for sign in name):
            return Wrong(number, "There is no name.")
        if not said.get("born"):
            return Wrong(number, "There is no birth date, without which two clients of one name could not be told apart.")
        if born is None:
            return Wrong(number, "The birth date is none; write it as 1984-03-14 or 3/14/1984.")
        if not date(1900, 1, 1) <= born <= self.today:
            return Wrong(number, "The birth date lies in the future or before 1900.")
        return self._rest(number, said, name, born)

    def _rest(self, number: int, said: Mapping[str, str], name: str, born: date) -> Client | Wrong:
        phone, voicemail, clinician = (said.get(field, "") for field in ("phone", "voicemail", "clinician"))
        team = self.caring.get(clinician.casefold()) if clinician else self.default
        if clinician and clinician.casefold() not in self.caring:
            return Wrong(number, "Nobody of this clinician’s name treats clients here; write the name or user name as on the staff page.")
        if clinician and team is None:
            return Wrong(number, "Two clinicians bear this name; write the user name.")
        if voicemail.casefold() not in YES + NO:
            return Wrong(number, "Whether voicemail may be left must be yes, no or empty.")
        try:
            phone = phone and normal_phone(phone)
            mark = self.index.person(name, born)
        except CannotSeal as fault:
            return Wrong(number, f"{str(fault)[:1].upper()}{str(fault)[1:]}.")
        return Client(number, name, born, mark, said.get("chosen", ""), said.get("pronouns", ""), phone, voicemail.casefold() in YES, (team,) if team else ())


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%m-%d-%Y", "%Y/%m/%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


# --- bringing in -----------------------------------------------------------------------------------------------


class Changed(ValueError):
    """Since it was tried out, somebody of the file became a client here. Nothing was brought in."""


def bring_in(actor: Actor, file: UUID, mapping: Mapping[int, str], default: UUID | None, expected: int) -> Iterator[tuple[int, int]]:
    """Bring the clients of a file in, yielding how many of how many are sealed; all are here when it ends, or none.

    Who is here already, and the actor may not know it, is left out, and all looks as if they had come in; their own trail says it.

    Raises NotAllowed and NotThere; Changed when other clients than those tried out would come in.
    """
    found = _plan(actor, table(actor, file), mapping, default).clients
    if len(found) != expected or not found:
        raise Changed("try the file out again")
    rows: list[_Sealed] = []
    for start in range(0, len(found), AT_ONCE):
        some = found[start : start + AT_ONCE]
        rows += _sealed(actor, [one for one in some if one.here is None])
        yield start + len(some), len(found)
    with transaction.atomic():
        PracticeLog(actor.practice).size()  # from here on nobody else writes: who is no client now is none when we are done
        if not ImportFile.objects.select_for_update().filter(id=file, account_id=actor.account).exists():
            raise NotThere(f"import file {file}")
        came = _here(actor, [bytes(row.person.name_mark) for row in rows])
        if _known(actor, came.values()):
            raise Changed("try the file out again")
        rows = [row for row in rows if bytes(row.person.name_mark) not in came]
        left_out = sorted({one.here for one in found if one.here} | set(came.values()))
        Record.objects.bulk_create([row.record for row in rows], batch_size=AT_ONCE)
        Person.objects.bulk_create([row.person for row in rows], batch_size=AT_ONCE)
        Participant.objects.bulk_create([row.part for row in rows], batch_size=AT_ONCE)
        Tie.objects.bulk_create([tie for row in rows for tie in row.ties], batch_size=AT_ONCE)
        ImportFile.objects.filter(id=file).delete()
        told = [trail.Happened("client.import", [(row.key, row.record.id)]) for row in rows]
        keys = actor.keys.keys(left_out, Use.RECORD)
        told += [trail.Happened("import.left_out", [(keys[record], record)]) for record in left_out]
        trail.write_many(actor.practice, actor.account, [*told, trail.Happened("import.done", facts={"count": len(rows)})], at=actor.now)


@dataclass(frozen=True)
class _Sealed:
    """The rows of one client, sealed and not yet kept."""

    record: Record
    person: Person
    part: Participant
    ties: tuple[Tie, ...]
    key: Key


def _sealed(actor: Actor, clients: Sequence[Client]) -> list[_Sealed]:
    ids = [(uuid4(), uuid4()) for _ in clients]
    keys = actor.keys.make_all([pair for record, person in ids for pair in ((record, Use.RECORD), (person, Use.IDENTITY))])
    index = actor.keys.index()
    found = []
    for client, (record, person) in zip(clients, ids, strict=True):
        about = seal(json.dumps({"title": "", "quiet": []}), with_=keys[record][Use.RECORD], bound_to=place_of_about(actor, record, 1))
        contacts = [{"how": "phone", "to": client.phone, "voicemail": client.voicemail}] if client.phone else []
        raw = {"name": client.name, "chosen": client.chosen, "pronouns": client.pronouns, "born": client.born.isoformat(), "contacts": contacts}
        identity = seal(json.dumps(raw), with_=keys[person][Use.IDENTITY], bound_to=place_of_identity(actor, person, 1))
        marks = [index.phone(client.phone).hex()] if client.phone else []
        mine = {"practice_id": actor.practice_row, "record_id": record}
        ties = tuple(Tie(**mine, account_id=one, kind=Tie.Kind.TEAM, began=actor.now, by=actor.account) for one in client.team)
        found.append(
            _Sealed(
                Record(id=record, practice_id=actor.practice_row, kind=Record.Kind.INDIVIDUAL, about=about, opened=actor.now),
                Person(id=person, practice_id=actor.practice_row, identity=identity, name_mark=client.mark, phone_marks=marks),
                Participant(**mine, person_id=person, part=Participant.Part.CLIENT, began=actor.now), ties, keys[record][Use.RECORD],
            )
        )  # fmt: skip
    return found
