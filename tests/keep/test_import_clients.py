"""Clients from a file: mapped, tried out, and brought in together or not at all; nobody twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError

from privity.practice.people import access, clients, importing, services
from privity.practice.people.models import ImportFile, Participant, Person, Record, Tie
from privity.practice.trail.models import About, Event
from privity.vault.log import MemoryLog

from .conftest import NOW, Cast
from .front import Front, Page, open_doors

At = Callable[[str], Front]
GOOD = """First Name,Last Name,Preferred Name,DOB,Mobile Phone,OK to leave voicemail,Therapist,Balance
Ada,Lane,,1984-03-14,(303) 555-0101,yes,Dana Test,12.00
Ben,Moss,Benny,3/9/1990,,no,,0
"Cruz, María",Pine,,12/31/2001,+44 20 7946 0958,,dana test,0
"""


@pytest.fixture
def at(cast: Cast) -> Iterator[At]:
    with open_doors(NOW, cast.keys, cast.vera.keys):
        yield lambda who: Front(cast.vera.account if who == "vera" else cast.accounts[who].id, NOW)


def upload(front: Front, text: str | bytes) -> Page:
    return front.post("/import", file=SimpleUploadedFile("clients.csv", text if isinstance(text, bytes) else text.encode()))


def chosen(page: Page) -> dict[str, str]:
    """What the page's selects say."""
    found = {}
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)">(.*?)</select>', page.text, re.S):
        mark = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = mark[1] if mark else ""
    return found


def carried(page: Page) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text[page.text.find("/run") :]))


def tried(front: Front, text: str, **said: str) -> tuple[str, Page]:
    """The file's address, and the page that says what would come in."""
    where = upload(front, text).where()
    return where, front.post(where, **{**chosen(front.get(where)), **said})


def names(cast: Cast) -> list[str]:
    return [one.called for one in clients.find(cast.rita).records]


def test_a_list_comes_in_with_one_event_each_for_the_clinician_it_names(cast: Cast, at: At) -> None:
    where, page = tried(at("rita"), GOOD, clinician=str(cast.accounts["omar"].id))
    assert "3 of 3 would come in" in page.words
    assert Record.objects.filter(practice=cast.practice).count() == 1, "nothing has been brought in yet"
    before = Event.objects.filter(practice=cast.practice.uid).count()
    done = at("rita").post(f"{where}/run", **carried(page))
    assert "3 clients are here now." in done.words
    assert names(cast) == ["Ada Lane", "Benny", "Cleo Marsh", "Cruz, María Pine"]
    rows = list(Event.objects.filter(practice=cast.practice.uid, n__gte=before).order_by("n"))
    assert [row.act for row in rows[:4]] == ["client.import"] * 3 + ["import.done"]
    assert [About.objects.filter(n=row.n).count() for row in rows[:4]] == [1, 1, 1, 0]
    assert [one.called for one in clients.find(cast.dana).records] == ["Ada Lane", "Cleo Marsh", "Cruz, María Pine"]
    assert [one.called for one in clients.find(cast.omar).records] == ["Benny"]
    ada = next(one for one in clients.find(cast.dana).records if one.called == "Ada Lane").people[0][1]
    assert (ada.born, ada.contacts) == (date(1984, 3, 14), ({"how": "phone", "to": "+13035550101", "voicemail": True},))
    every = list(Event.objects.filter(practice=cast.practice.uid).order_by("n"))
    again = MemoryLog(bytes(row.line) for row in every)
    assert [again.hashes(row.n) for row in every] == [bytes(row.hashes) for row in every], "the log's tree holds"


def test_the_columns_are_guessed_and_what_is_not_known_is_left_out(cast: Cast, at: At) -> None:
    page = at("rita").get(upload(at("rita"), GOOD).where())
    assert list(chosen(page).values()) == ["first", "last", "chosen", "born", "phone", "voicemail", "clinician", "", ""]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (",1984-03-14,,,", "There is no name."), ("...,1984-03-14,,,", "There is no name."), ("Ada Lane,,,,", "There is no birth date"),
        ("Ada Lane,31/31/1984,,,", "The birth date is none"), ("Ada Lane,14.03.1984,,,", "The birth date is none"), ("Ada Lane,3/14/84,,,", "is none"),
        ("Ada Lane,2030-01-01,,,", "in the future or before 1900"), ("Ada Lane,1884-03-14,,,", "in the future or before 1900"),
        ("Ada Lane,1984-03-14,555-0101,,", "no whole telephone number"), ("Ada Lane,1984-03-14,,maybe,", "must be yes, no or empty"),
        ("Ada Lane,1984-03-14,,,Nobody Here", "Nobody of this clinician’s name"), ("Ada Lane,1984-03-14,,,Rita Test", "Nobody of this clinician’s name"),
        (f"{'A' * 201},1984-03-14,,,", "longer than 200 signs"), ('"Ada\nLane",1984-03-14,,,', "holds a line break"),
        ("cleo MARSH,3/4/2012,,,", "This person is a client here already."), ("Moss Ben,1990-03-09,,,", "This is the same person as in row 2."),
    ],
)  # fmt: skip
def test_each_row_that_cannot_come_in_gets_one_sentence(cast: Cast, at: At, row: str, told: str) -> None:
    where, page = tried(at("rita"), f"Name,Birth date,Phone,Voicemail,Clinician\nBen Moss,1990-03-09,,,\n{row}\n")
    assert "1 of 2 would come in" in page.words
    assert re.search(rf"Row 3 [^.;]*{re.escape(told)}", page.words), page.words
    at("rita").post(f"{where}/run", **carried(page))
    assert names(cast) == ["Ben Moss", "Cleo Marsh"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "The file is empty"), (b"Name,Born\n", "holds no row"), (b'Name,Born\n"Ada,1\n', "never closed"), (b"PK\x03\x04\x00\x00", "This is no CSV file"),
        (b"\xff\xfeN", "letters cannot be read"), (b"a,b\n" + b"x,y\n" * 10_001, "at most 10,000"), (b"x" * (8 * 1024 * 1024 + 1), "larger than 8 MB"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_one_sentence(cast: Cast, at: At, raw: bytes, told: str) -> None:
    page = upload(at("rita"), raw)
    assert page.status == 422
    assert told in page.words
    assert not ImportFile.objects.exists()


def test_a_file_far_too_large_is_not_even_read(cast: Cast, at: At) -> None:
    page = upload(at("rita"), b"x" * (10 << 20))
    assert page.status == 422
    assert "larger than 8 MB" in page.words


@pytest.mark.parametrize("text", [GOOD.replace(",", ";").replace('"Cruz; María"', "María"), GOOD.replace('"Cruz, María"', "María").replace(",", "\t")])
def test_semicolons_and_tabs_are_read_as_well(cast: Cast, at: At, text: str) -> None:
    assert "3 of 3 would come in" in tried(at("rita"), text)[1].words


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_with_accents_come_through_from_any_spreadsheet(cast: Cast, at: At, code: str) -> None:
    where = upload(at("rita"), GOOD.encode(code)).where()
    page = at("rita").post(where, **chosen(at("rita").get(where)))
    at("rita").post(f"{where}/run", **carried(page))
    assert "Cruz, María Pine" in names(cast)


def test_what_must_be_mapped_is_said(cast: Cast, at: At) -> None:
    where = upload(at("rita"), "a,b,c\nAda,Lane,1984-03-14\n").where()
    for said, told in (
        ({}, "which column holds the name"), ({"column-0": "first", "column-1": "last"}, "which column holds the birth date"),
        ({"column-0": "name", "column-1": "name", "column-2": "born"}, "Two columns are the same"),
        ({"column-0": "first", "column-2": "born"}, "holds the name"),
    ):  # fmt: skip
        page = at("rita").post(where, **said)
        assert page.status == 422
        assert told in page.words
    assert "1 of 1 would come in" in at("rita").post(where, **{"column-0": "first", "column-1": "last", "column-2": "born"}).words


def test_sent_twice_a_list_comes_in_once(cast: Cast, at: At) -> None:
    where, page = tried(at("rita"), GOOD)
    said = carried(page)
    at("rita").post(f"{where}/run", **said)
    assert at("rita").post(f"{where}/run", **said).status == 404
    again, page = tried(at("rita"), GOOD)
    assert "0 of 3 would come in" in page.words
    at("rita").post(f"{again}/run", **{**said, "expected": "3"})
    assert Person.objects.filter(practice=cast.practice).count() == 5


def test_where_somebody_came_in_meanwhile_nothing_is_brought_in(cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    where, page = tried(at("rita"), GOOD)
    real, calls = importing._here, []

    def here(actor: object, marks: list[bytes]) -> dict[bytes, object]:
        calls.append(1)
        return real(actor, marks) if len(calls) < 2 else {marks[0]: cast.cleo}  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(importing, "_here", here)
    assert "Nothing was brought in" in at("rita").post(f"{where}/run", **carried(page)).words
    assert names(cast) == ["Cleo Marsh"]


@pytest.mark.parametrize("broken", ["trail.write_many", "Tie.objects.bulk_create"])
def test_where_it_breaks_off_nothing_is_half_here_and_it_may_be_tried_again(cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    where, page = tried(at("rita"), GOOD, clinician=str(cast.accounts["omar"].id))

    def full(*_: object, **__: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(f"privity.practice.people.importing.{broken}", full)
    assert "Nothing was brought in" in at("rita").post(f"{where}/run", **carried(page)).words
    monkeypatch.undo()
    assert (Record.objects.filter(practice=cast.practice).count(), Person.objects.filter(practice=cast.practice).count()) == (1, 2)
    assert not Tie.objects.filter(account=cast.accounts["omar"]).exists()
    with open_doors(NOW, cast.keys):
        assert "3 clients are here now." in at("rita").post(f"{where}/run", **carried(page)).words


def test_progress_is_shown_on_the_way(cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    where, page = tried(at("rita"), GOOD)
    done = at("rita").post(f"{where}/run", **carried(page))
    assert "1 of 3 clients sealed 2 of 3 clients sealed 3 of 3 clients sealed 3 clients are here now." in done.words


def test_the_owner_brings_clients_in_and_does_not_see_them(cast: Cast, at: At) -> None:
    where, page = tried(at("olga"), GOOD)
    assert "3 clients are here now." in at("olga").post(f"{where}/run", **carried(page)).words
    with pytest.raises(access.NotThere):
        access.client(cast.olga, Record.objects.filter(practice=cast.practice).exclude(id=cast.cleo)[0].id)


ONE = "Name,Birth date\n{},2012-03-04\n"


def walk(front: Front, cast: Cast, name: str) -> list[str]:
    """What somebody sees who tries out and brings in a file of one name, without the name and what differs anyhow."""
    where, page = tried(front, ONE.format(name))
    done = front.post(f"{where}/run", **carried(page))
    after = front.get("/import")
    return [re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}", "ID", one.text) for one in (page, done, after)]


def test_the_owner_learns_from_no_page_whether_somebody_is_a_client(cast: Cast, at: At) -> None:
    known, unknown = walk(at("olga"), cast, "Cleo Marsh"), walk(at("olga"), cast, "Kleo Marsh")
    assert known == unknown
    assert "1 of 1 would come in" in known[0] and "1 client is here now" in known[1]
    assert "left out without a word" in known[0] and "left out without a word" not in tried(at("rita"), ONE.format("X Y"))[1].text
    assert Person.objects.filter(practice=cast.practice).count() == 3, "Kleo came in, and Cleo not twice"
    assert "Olga Orr brought in a file that named the client, who was here already Cleo Marsh" in at("dana").get("/trail").words


def test_who_is_barred_from_a_client_learns_it_no_more_than_the_owner(cast: Cast, at: At) -> None:
    services.tie(cast.petra, cast.cleo, cast.accounts["rita"].id, "barred")
    assert walk(at("rita"), cast, "Cleo Marsh") == walk(at("rita"), cast, "Kleo Marsh")
    assert Person.objects.filter(practice=cast.practice).count() == 3


def test_with_two_records_the_one_that_may_be_known_counts(cast: Cast, at: At) -> None:
    cleo = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    people = (services.NewPerson("Cleo", part="partner", known=cleo), services.NewPerson("Ed Vane", part="partner"))
    couple = services.add_record(cast.dana, services.NewRecord("couple", people))
    for barred in (couple, cast.cleo):
        tie = services.tie(cast.petra, barred, cast.accounts["rita"].id, "barred")
        assert "This person is a client here already" in tried(at("rita"), ONE.format("Cleo Marsh"))[1].words
        services.Tie.objects.filter(id=tie).delete()


def test_where_a_client_whom_one_may_not_know_came_in_meanwhile_all_looks_as_before(cast: Cast, at: At) -> None:
    where, page = tried(at("olga"), ONE.format("Ada Lane"))
    services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson("Ada Lane", born=date(2012, 3, 4)),)))
    assert "1 client is here now" in at("olga").post(f"{where}/run", **carried(page)).text.replace("<b>", "")
    assert names(cast) == ["Ada Lane", "Cleo Marsh"]


def test_the_same_where_it_happened_while_the_file_was_sealed(cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    where, page = tried(at("olga"), GOOD)
    real, calls = importing._here, []

    def here(actor: object, marks: list[bytes]) -> dict[bytes, object]:
        calls.append(1)
        return real(actor, marks) if len(calls) < 2 else {marks[0]: cast.cleo}  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(importing, "_here", here)
    assert "3 clients are here now" in at("olga").post(f"{where}/run", **carried(page)).words
    assert names(cast) == ["Benny", "Cleo Marsh", "Cruz, María Pine"]


def test_trying_out_whether_somebody_is_a_client_here_stands_in_her_trail(cast: Cast, at: At) -> None:
    tried(at("olga"), "Name,Birth date\nCleo Marsh,2012-03-04\n")
    assert "Olga Orr tried a file of clients out Cleo Marsh" in at("dana").get("/trail").words


@pytest.mark.parametrize("who", ["dana", "omar", "petra", "bill", "carl"])
def test_nobody_else_brings_clients_in(cast: Cast, at: At, who: str) -> None:
    where = upload(at("rita"), GOOD).where()
    for page in (at(who).get("/import"), upload(at(who), GOOD), at(who).get(where), at(who).post(f"{where}/run"), at(who).post(f"{where}/drop")):
        assert page.status == 403
        assert "Lane" not in page.text


@pytest.mark.parametrize("who", ["olga", "vera"])
def test_a_file_opens_for_whoever_uploaded_it_alone(cast: Cast, at: At, who: str) -> None:
    where = upload(at("rita"), GOOD).where()
    for page in (at(who).get(where), at(who).post(where), at(who).post(f"{where}/run"), at(who).post(f"{where}/drop")):
        assert page.status == 404
    assert ImportFile.objects.count() == 1


def test_the_file_lies_sealed_and_goes_with_the_import_with_a_new_one_when_dropped_and_after_a_day(cast: Cast, at: At) -> None:
    where = upload(at("rita"), GOOD).where()
    assert b"Lane" not in bytes(ImportFile.objects.get().body)
    other = upload(at("rita"), GOOD).where()
    assert at("rita").get(where).status == 404
    assert at("rita").post(f"{other}/drop").where() == "/import"
    assert not ImportFile.objects.exists()
    where = upload(at("rita"), GOOD).where()
    with open_doors(NOW + timedelta(hours=25), cast.keys):
        assert Front(cast.accounts["rita"].id, NOW + timedelta(hours=25)).get(where).status == 404
