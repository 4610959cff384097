"""Today's list: what the front desk needs, and not one word of why."""

from __future__ import annotations

from collections.abc import Callable

from privity.practice.people.services import tie
from privity.practice.records.services import NewEntry, sign_entry
from privity.practice.trail.models import Event
from privity.practice.visits.models import Visit

from .conftest import NOW, Cast
from .front import Front

Sit = Callable[[str], Front]


def add(front: Front, cast: Cast, **more: str) -> Front:
    path = f"/clients/{cast.cleo}/visits/new"
    when = {"on": "2026-11-20", "start": "09:00", "stop": "09:50"}
    said = {**when, "clinician": str(cast.accounts["dana"].id), "modality": "office", "room": "Blue room", "code": "90834"}
    return front.open(path).send(path, **{**said, **more})


def test_rita_adds_a_visit_and_sees_name_time_room_clinician_and_what_not_to_do(front: Sit, cast: Cast) -> None:
    sign_entry(cast.dana, cast.cleo, NewEntry("session", NOW, {"diagnosis": "F41.1", "progress_notes": "Panic."}))
    words = add(front("rita"), cast).words
    for said in ("Cleo Marsh", "9:00 am to 9:50 am", "In the office, Blue room", "Dana Test", "Do not leave voicemail"):
        assert said in words
    for hidden in ("F41.1", "Panic", "90834", "Write the note"):
        assert hidden not in words
    row = Visit.objects.get()
    assert b"90834" not in bytes(row.code) and b"Blue" not in bytes(row.room)


def test_dana_sees_her_visit_with_its_code_and_omar_and_vera_none(front: Sit, cast: Cast) -> None:
    add(front("rita"), cast)
    words = front("dana").open("/today").words
    assert "Cleo Marsh" in words and "90834" in words and "Write the note" in words
    for who in ("omar", "vera", "olga", "petra"):
        page = front(who).open("/today")
        assert page.status == 200 and "Cleo" not in page.text
    assert "90834" in front("bill").open("/today").words
    assert "Cleo" not in front("dana").open("/today?day=2026-11-21").text


def test_check_in_can_be_undone_and_is_not_omars(front: Sit, cast: Cast) -> None:
    page = add(front("rita"), cast)
    path = f"/visits/{Visit.objects.get().id}/mark"
    assert "Came at" in page.send(path, how="came").words
    assert "Missed" in page.send(path, how="expected").send(path, how="missed").words
    for who, status in (("omar", 404), ("vera", 404), ("bill", 403)):
        there = front(who).open("/clients")
        assert there.send(path, how="came").status == status
    assert Visit.objects.get().missed


def test_the_note_begins_with_the_visits_times(front: Sit, cast: Cast) -> None:
    add(front("dana"), cast)
    page = front("dana").open(f"/clients/{cast.cleo}/chart/entry?visit={Visit.objects.get().id}")
    assert 'value="09:00"' in page.text and 'value="09:50"' in page.text


def test_no_visit_with_turned_times_a_desk_as_clinician_or_after_treatment_ended(front: Sit, cast: Cast) -> None:
    assert "stop time is not after" in add(front("rita"), cast, stop="09:00").words
    assert add(front("rita"), cast, clinician=str(cast.accounts["rita"].id)).status == 422
    front("dana").open(f"/clients/{cast.cleo}").send(f"/clients/{cast.cleo}/close")
    assert "Treatment ended" in add(front("rita"), cast).words
    assert not Visit.objects.exists()


def test_one_barred_sees_no_visit(front: Sit, cast: Cast) -> None:
    add(front("rita"), cast)
    tie(cast.petra, cast.cleo, cast.rita.account, "barred")
    page = front("rita").open("/today")
    assert "Cleo" not in page.text and str(cast.cleo) not in page.text
    before = Event.objects.filter(practice=cast.practice.uid).count()
    page.open("/today")
    assert Event.objects.filter(practice=cast.practice.uid).count() == before + 1
