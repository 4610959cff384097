"""Who may open a record: the care team, and nobody who is not somehow tied to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from privity.practice.people import access, clients, services, units
from privity.practice.records import access as records
from privity.practice.records.services import NewEntry, keep_draft, sign_entry
from privity.practice.trail.models import About, Event
from privity.vault.log import MemoryLog, root

from .conftest import NOW, Cast


def test_dana_on_the_team_reads_what_she_wrote(cast: Cast) -> None:
    sign_entry(cast.dana, cast.cleo, NewEntry("session", NOW, {"progress_notes": "She slept better.", "diagnosis": "F41.1", "treatment_plan": ""}))
    chart = records.chart(cast.dana, cast.cleo)
    assert chart.record.called == "Cleo Marsh"
    assert [entry.parts for entry in chart.entries] == [{"progress_notes": "She slept better.", "diagnosis": "F41.1"}]


def test_omar_in_the_same_practice_cannot_even_know_of_her(cast: Cast) -> None:
    with pytest.raises(access.NotThere):
        records.chart(cast.omar, cast.cleo)
    assert clients.find(cast.omar).records == ()


def test_vera_of_another_practice_cannot(cast: Cast) -> None:
    with pytest.raises(access.NotThere):
        records.chart(cast.vera, cast.cleo)


def test_rita_at_the_front_desk_sees_the_name_and_no_note(cast: Cast) -> None:
    assert [one.called for one in clients.find(cast.rita).records] == ["Cleo Marsh"]
    with pytest.raises(access.NotAllowed):
        records.chart(cast.rita, cast.cleo)


def test_the_owner_sees_no_client(cast: Cast) -> None:
    with pytest.raises(access.NotThere):
        access.client(cast.olga, cast.cleo)


def test_a_shared_view_ends_on_its_day(cast: Cast) -> None:
    ends = NOW + timedelta(days=7)
    services.tie(cast.dana, cast.cleo, cast.omar.account, "shared", ends=ends)
    assert records.chart(cast.omar, cast.cleo).may_write is False
    with pytest.raises(access.NotThere):
        records.chart(replace(cast.omar, now=ends), cast.cleo)


def test_a_bar_shuts_out_a_colleague_and_the_front_desk_at_once(cast: Cast) -> None:
    for who in ("dana", "rita"):
        services.tie(cast.petra, cast.cleo, cast.actor(who).account, "barred")
        with pytest.raises(access.NotThere):
            access.client(cast.actor(who), cast.cleo)


def test_on_a_unit_only_who_is_assigned_to_the_case_opens(cast: Cast) -> None:
    with pytest.raises(access.NotAllowed):
        services.tie(cast.petra, cast.cleo, cast.omar.account, "case")
    units.move(cast.petra, cast.cleo, units.add(cast.petra, "3 West"), [cast.omar.account])
    for who in ("dana", "rita", "carl"):
        with pytest.raises(access.NotThere):
            access.client(cast.actor(who), cast.cleo)
    assert records.chart(cast.omar, cast.cleo).entries == ()


def test_whoever_has_left_is_shut_out_with_everything_tied_to_them(cast: Cast) -> None:
    services.end_account(cast.olga, cast.dana.account)
    with pytest.raises(access.NotThere):
        records.chart(cast.dana, cast.cleo)


def test_a_draft_is_its_writers_alone(cast: Cast) -> None:
    services.tie(cast.dana, cast.cleo, cast.omar.account, "team")
    keep_draft(cast.dana, cast.cleo, "session", {"progress_notes": "half a sent"})
    assert records.draft(cast.dana, cast.cleo, "session") == {"progress_notes": "half a sent"}
    assert records.draft(cast.omar, cast.cleo, "session") == {}


def test_each_look_is_one_event_about_its_record_and_the_hashes_hold(cast: Cast) -> None:
    before = Event.objects.filter(practice=cast.practice.uid).count()
    records.chart(cast.dana, cast.cleo)
    clients.find(cast.rita)
    rows = list(Event.objects.filter(practice=cast.practice.uid).order_by("n"))
    assert [row.act for row in rows[before:]] == ["chart.read", "clients.list"]
    assert [About.objects.filter(n=row.n, record=cast.cleo).count() for row in rows[before:]] == [1, 1]
    assert [row.n for row in rows] == list(range(len(rows)))
    again = MemoryLog(bytes(row.line) for row in rows)
    assert [again.hashes(row.n) for row in rows] == [bytes(row.hashes) for row in rows]
    assert len(root(again)) == 32


def test_where_the_log_cannot_be_written_nothing_is_shown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("privity.practice.trail.services.append", full)
    with pytest.raises(OSError, match="no space"):
        records.chart(cast.dana, cast.cleo)
    with pytest.raises(OSError, match="no space"):
        sign_entry(cast.dana, cast.cleo, NewEntry("note", NOW, {"progress_notes": "x"}))
    monkeypatch.undo()
    assert records.chart(cast.dana, cast.cleo).entries == ()
