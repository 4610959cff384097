"""What is held in memory of names never makes the list older than the tables: not by another process, another person, or an act undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from privity.practice.keys.held import HeldKeys
from privity.practice.people import access, care, clients, roll
from privity.practice.people.access import NotThere
from privity.practice.people.actor import Actor
from privity.practice.people.acts import ACTS
from privity.practice.people.models import Participant, Record, Tie
from privity.practice.people.services import NewPerson, NewRecord, add_record, tie, untie
from privity.practice.site.config import Config
from privity.practice.site.keeping import Keeping
from privity.practice.site.rows import look_through
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import About, Event
from privity.vault import Locked, Use
from privity.vault.faults import NoSuchKey

from .conftest import NOW, Cast


@dataclass
class Two:
    """The server, and another process on the same tables with a memory of its own."""

    cast: Cast

    def here(self, who: str, now: datetime = NOW) -> Actor:
        return self.cast.actor(who, now)

    def there(self, who: str, now: datetime = NOW) -> Actor:
        keys = self.cast.keys
        return replace(self.cast.actor(who, now), keys=HeldKeys(keys.practice, keys.keyring, keys.store))

    def listed(self, who: str = "rita", words: str = "", now: datetime = NOW) -> list[str]:
        return [one.called for one in clients.find(self.here(who, now), words).records]


@pytest.fixture
def two(cast: Cast) -> Two:
    found = Two(cast)
    assert found.listed() == found.listed("dana") == ["Cleo Marsh"]  # from here on names are in memory
    return found


def new(actor: Actor, name: str, kind: str = "individual", **more: Any) -> UUID:
    return add_record(actor, NewRecord(kind, (NewPerson(name, born=date(1980, 5, 6)),), **more))


def test_a_name_changed_elsewhere_shows_in_the_next_list_and_the_old_one_finds_nobody(two: Two) -> None:
    (cleo,) = clients.find(two.here("dana")).records
    who = next(one.id for part, one in cleo.people if part == "client")
    care.change_person(two.there("dana"), two.cast.cleo, who, NewPerson("Zoe Quill", born=date(2012, 3, 4)))
    assert two.listed() == two.listed("dana") == ["Zoe Quill"]
    assert two.listed(words="cleo") == [] and two.listed(words="qu zoe") == ["Zoe Quill"]


def test_a_client_added_elsewhere_is_there_in_the_order_of_names(two: Two) -> None:
    new(two.there("dana"), "Ben Ash")
    assert two.listed() == two.listed("dana") == ["Ben Ash", "Cleo Marsh"]
    new(two.there("dana"), "Dora Elm")
    assert two.listed() == ["Ben Ash", "Cleo Marsh", "Dora Elm"]


def test_a_record_closed_elsewhere_goes_to_the_end_and_comes_back_when_it_is_taken_up_again(two: Two) -> None:
    new(two.there("dana"), "Dora Elm")
    care.close(two.there("dana"), two.cast.cleo)
    assert two.listed() == ["Dora Elm", "Cleo Marsh"]
    assert [one.closed for one in clients.find(two.here("rita")).records] == [False, True]
    care.reopen(two.there("dana"), two.cast.cleo)
    assert two.listed() == ["Cleo Marsh", "Dora Elm"]


def test_a_record_shredded_elsewhere_is_gone_from_the_list_and_from_memory(two: Two, tmp_path: Path) -> None:
    new(two.there("dana"), "Dora Elm")
    assert two.listed() == ["Cleo Marsh", "Dora Elm"]
    shred_record(two.there("petra"), two.cast.cleo, Config.of(tmp_path))
    assert two.listed() == two.listed("dana") == ["Dora Elm"]
    assert two.listed(words="cleo") == []
    held: roll.Roll = two.cast.keys.beside["roll"]
    assert two.cast.cleo not in held.lines and two.cast.cleo not in held.there


def test_who_shreds_forgets_at_once_what_was_in_memory(two: Two, tmp_path: Path) -> None:
    shred_record(two.here("petra"), two.cast.cleo, Config.of(tmp_path))
    assert two.cast.keys.beside == {}


def test_whoever_is_barred_elsewhere_sees_the_client_no_more_and_others_do(two: Two) -> None:
    bar = tie(two.there("petra"), two.cast.cleo, two.cast.accounts["rita"].id, Tie.Kind.BARRED)
    assert (two.listed(), two.listed("bill"), two.listed(words="cleo")) == ([], ["Cleo Marsh"], [])
    untie(two.there("petra", NOW + timedelta(minutes=1)), bar)
    assert two.listed(now=NOW + timedelta(minutes=2)) == ["Cleo Marsh"]


def test_a_bar_shuts_out_whoever_is_on_the_team(two: Two) -> None:
    tie(two.there("petra"), two.cast.cleo, two.cast.accounts["dana"].id, Tie.Kind.BARRED)
    assert two.listed("dana") == []


def test_a_relation_that_ended_by_an_act_or_by_its_day_is_in_nobodys_list(two: Two) -> None:
    assert two.listed("omar") == []
    tie(two.there("dana"), two.cast.cleo, two.cast.accounts["omar"].id, Tie.Kind.SHARED, ends=NOW + timedelta(days=2))
    assert two.listed("omar") == ["Cleo Marsh"]
    assert two.listed("omar", now=NOW + timedelta(days=3)) == []
    team = tie(two.there("dana"), two.cast.cleo, two.cast.accounts["omar"].id, Tie.Kind.TEAM)
    assert two.listed("omar", now=NOW + timedelta(days=3)) == ["Cleo Marsh"]
    untie(two.there("dana", NOW + timedelta(days=3)), team)
    assert two.listed("omar", now=NOW + timedelta(days=3)) == []


def test_on_a_unit_the_desk_sees_nobody_and_nobody_who_was_moved_there(two: Two) -> None:
    """The unit is set by the demo's act alone, about the record."""
    from privity.practice.trail import services as trail

    dana = two.there("dana")
    with transaction.atomic():
        Record.objects.filter(id=two.cast.cleo).update(unit=two.cast.cleo)
        trail.write(dana.practice, dana.account, "record.unit", at=NOW, about=[(dana.keys.key(two.cast.cleo, Use.RECORD), two.cast.cleo)])
    assert two.listed() == two.listed("dana") == []


def test_somebody_in_two_records_changes_in_both(two: Two) -> None:
    (cleo,) = clients.find(two.here("dana")).records
    who = next(one.id for part, one in cleo.people if part == "client")
    people = (NewPerson("", part="partner", known=who), NewPerson("Ida Fern", part="partner", born=date(1981, 1, 1)))
    add_record(two.there("dana"), NewRecord("couple", people))
    assert two.listed() == ["Cleo Marsh", "Cleo Marsh and Ida Fern"]
    care.change_person(two.there("dana"), two.cast.cleo, who, NewPerson("Zoe Quill", born=date(2012, 3, 4)))
    assert two.listed() == ["Zoe Quill", "Zoe Quill and Ida Fern"]
    assert two.listed(words="zoe ida") == ["Zoe Quill and Ida Fern"] and two.listed(words="cleo") == []


def test_what_was_undone_stays_in_nobodys_memory(two: Two) -> None:
    with transaction.atomic():
        new(two.here("dana"), "Undone Ulm")
        assert two.listed() == ["Cleo Marsh", "Undone Ulm"]
        transaction.set_rollback(True)
    new(two.there("dana"), "Ben Ash")  # the log is as long again as it was
    assert two.listed() == ["Ben Ash", "Cleo Marsh"]
    assert two.listed(words="undone") == []


def test_an_act_nobody_knows_yet_counts_as_a_change(two: Two) -> None:
    from privity.practice.trail import services as trail

    with transaction.atomic():
        Participant.objects.filter(record_id=two.cast.cleo, part="client").update(ended=NOW)
        trail.write(two.cast.practice.uid, two.cast.accounts["dana"].id, "new.act", at=NOW)
    assert two.listed() == ["No name yet"] and two.listed(words="cleo") == []


def test_the_acts_that_change_names_records_or_who_stands_in_them_are_these() -> None:
    """One that is new stands here, or in roll.STILL when it leaves all of that as it was."""
    changing = {"account.import", "client.import", "identity.change", "practice.restore"}
    changing |= {f"record.{act}" for act in ("add", "close", "import", "off_unit", "reopen", "shred", "unit")}
    assert set(ACTS) - roll.STILL == changing
    assert set(ACTS) >= roll.STILL


# --- what is opened, and what is kept --------------------------------------------------------------------------


def test_what_is_shown_is_opened_afresh_and_nothing_else_is(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(roll.AT_ONCE + 10):
        new(two.there("dana"), f"Ada Number{number:03}")
    page = clients.find(two.here("rita"))
    assert (page.all, len(page.records), page.more) == (roll.AT_ONCE + 11, clients.PAGE, clients.PAGE)
    assert [one.called for one in page.records] == [f"Ada Number{number:03}" for number in range(clients.PAGE)]
    assert two.listed(words="number209") == ["Ada Number209"]
    assert [one.called for one in clients.find(two.here("rita"), start=200).records][-1] == "Cleo Marsh"
    opened: list[str] = []
    real = access.open_text
    monkeypatch.setattr(access, "open_text", lambda sealed, **how: opened.append(how["bound_to"].row) or real(sealed, **how))
    page = clients.find(two.here("rita"), "number1", start=clients.PAGE)
    shown = {str(id) for one in page.records for id in (one.id, *(person.id for _, person in one.people))}
    assert len(page.records) == clients.PAGE and set(opened) == shown
    last = Event.objects.filter(practice=two.cast.practice.uid).order_by("-n").values_list("n", "act").first()
    assert last and last[1] == "clients.find"
    assert set(About.objects.filter(practice=two.cast.practice.uid, n=last[0]).values_list("record", flat=True)) == {one.id for one in page.records}


def test_dana_opens_no_name_but_those_of_her_own_clients(cast: Cast) -> None:
    other = new(cast.omar, "Omars Own")
    clients.find(cast.dana)
    assert set(cast.keys.beside["roll"].lines) == {cast.cleo}
    clients.find(cast.rita)
    assert set(cast.keys.beside["roll"].lines) == {cast.cleo, other}
    assert [one.called for one in clients.find(cast.dana, "omars").records] == []


def test_names_are_opened_ahead_and_each_look_writes_its_event_all_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    new(cast.dana, "Ada Number")
    size = Event.objects.filter(practice=cast.practice.uid).count()
    roll.warm(cast.practice, cast.keys, NOW)
    assert len(cast.keys.beside["roll"].lines) == 2
    assert Event.objects.filter(practice=cast.practice.uid).count() == size  # nobody was shown anything
    monkeypatch.setattr(roll, "AT_ONCE", 0)
    assert clients.find(cast.rita).all == 2  # not cold: nothing is left to open
    assert Event.objects.filter(practice=cast.practice.uid).count() == size + 1


def test_a_sealed_row_that_was_altered_is_not_shown_from_memory(two: Two) -> None:
    from privity.practice.people.models import Person
    from privity.vault import VaultFault

    row = Person.objects.filter(id__in=Participant.objects.filter(record_id=two.cast.cleo).values("person_id")).first()
    assert row is not None
    Person.objects.filter(id=row.id).update(identity=bytes(row.identity)[:-1] + bytes([bytes(row.identity)[-1] ^ 1]))
    with pytest.raises(VaultFault):
        clients.find(two.here("rita"))


def test_a_lock_forgets_the_names_with_the_keys(two: Two, tmp_path: Path) -> None:
    keeping = Keeping(tmp_path / "data", tmp_path / "key")
    keeping._held[two.cast.practice.uid] = two.cast.keys
    assert two.cast.keys.beside["roll"].lines
    keeping.lock()
    assert two.cast.keys.beside == {}
    with pytest.raises(Locked):
        clients.find(two.here("rita"))
    assert two.cast.keys.beside == {} and "Cleo" not in repr(two.cast.keys)


def test_a_key_that_left_the_store_elsewhere_is_not_used_from_memory(two: Two, tmp_path: Path) -> None:
    held = two.cast.keys
    first = held.key(two.cast.cleo, Use.RECORD)
    assert held.key(two.cast.cleo, Use.RECORD) is first  # held open
    shred_record(two.there("petra"), two.cast.cleo, Config.of(tmp_path))
    with pytest.raises(NoSuchKey):
        held.key(two.cast.cleo, Use.RECORD)


def test_another_practices_names_are_in_no_roll_but_its_own(cast: Cast) -> None:
    theirs = new(cast.vera, "Verity Vale")
    clients.find(cast.vera)
    clients.find(cast.rita)
    assert set(cast.keys.beside["roll"].there) == {cast.cleo}
    with pytest.raises(NotThere):
        clients.page(cast.rita, theirs)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL learns by itself how its rows are spread")
def test_once_sqlite_knows_how_many_there_are_fifty_records_are_found_by_their_ids(cast: Cast) -> None:
    Record.objects.bulk_create(Record(practice_id=cast.practice.pk, kind="individual", about=b"", opened=NOW) for _ in range(2000))
    some = Record.objects.filter(practice_id=cast.practice.pk, id__in=[uuid4() for _ in range(50)]).values_list("kind")
    assert "practice_id" in some.explain()
    look_through()
    assert "autoindex_people_record" in some.explain() and "practice_id" not in some.explain()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL learns by itself how its rows are spread")
def test_where_nothing_can_be_written_pages_are_slower_and_nothing_else(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            look_through()
        finally:
            cursor.execute("PRAGMA query_only = OFF")
    assert clients.find(cast.rita).all == 1
