"""What the law asked to keep goes when its time is over, no day sooner, never under a hold or an open request, and the log tells it once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from privity.practice.agreements import paper_moving, sweeping
from privity.practice.agreements.paper_models import Paper, Signature, Talk
from privity.practice.decisions import moving as decisions
from privity.practice.decisions.models import FrozenDecision
from privity.practice.incidents import moving as requests
from privity.practice.incidents.models import ClientRequest, RequestLetter, RequestStep
from privity.practice.people import care
from privity.practice.people.models import Practice, Record
from privity.practice.records import disagreements
from privity.practice.releases import moving as releases
from privity.practice.releases.models import Consultation, ConsultationReply, Disclosure, Link, Outgoing, Packet, Suspension
from privity.practice.site import schedule
from privity.practice.site.config import Config
from privity.practice.site.kept_long_enough import sweep
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import Event
from privity.vault import Use
from privity.vault.faults import NoSuchKey

from .agreed import LETTER, PDF, Held, everything, years_on
from .conftest import NOW, Cast

COPY_DAY = date(2032, 11, 24)  # 2,196 days after Nov 20, 2026: six years even if each had 366 days


@pytest.fixture
def held(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Held:
    """The record with everything; the packet arrived, the request is over."""
    whole = everything(cast, monkeypatch)
    Outgoing.objects.update(state="sent")
    ClientRequest.objects.update(ended=NOW.date())
    return whole


def at(day: date) -> Any:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


def left() -> dict[str, int]:
    models = (Paper, Signature, Talk, FrozenDecision, Packet, Outgoing, Disclosure, Suspension, ClientRequest, RequestStep, RequestLetter, Consultation)
    return {model.__name__: model.objects.count() for model in models}


def test_each_goes_when_its_time_is_over_and_no_day_sooner(cast: Cast, held: Held) -> None:
    before = left()
    assert sweep(cast.practice, years_on(NOW, 6)) == {} and left() == before
    # The day after: what was told and written that day, the answered request. The call's suspension ended in 2027, and stays until six years from then.
    assert sweep(cast.practice, years_on(NOW, 6, 1)) == {"disclosures": 2, "requests": 1}
    after = left()
    assert (after["ClientRequest"], after["RequestStep"], after["RequestLetter"], after["Disclosure"]) == (0, 0, 0, 0)
    assert (after["Outgoing"], after["FrozenDecision"], after["Suspension"]) == (1, 2, 1)  # the copy has its own day, and holds its decision
    assert sweep(cast.practice, at(COPY_DAY)) == {}
    assert sweep(cast.practice, years_on(at(COPY_DAY), 0, 1)) == {"copies": 1, "decisions": 1}
    assert sweep(cast.practice, years_on(NOW, 7)) == {"suspensions": 1}
    # The consultation is part of the record, and so is the decision it rests on; so are the agreement and its talk.
    assert {name: many for name, many in left().items() if many} == {"Paper": 1, "Signature": 1, "Talk": 1, "FrozenDecision": 1, "Consultation": 1}
    assert sweep(cast.practice, years_on(NOW, 50)) == {}
    assert not Link.objects.exists()


def test_the_log_tells_each_sweep_once_with_its_counts_and_nothing_else(cast: Cast, held: Held) -> None:
    before = Event.objects.count()
    sweep(cast.practice, years_on(NOW, 6))
    assert Event.objects.count() == before
    sweep(cast.practice, years_on(NOW, 7))
    event = Event.objects.order_by("-n").first()
    assert Event.objects.count() == before + 1 and event.act == "kept.sweep"
    assert b'"count":6' in bytes(event.line).replace(b" ", b"") and str(held.record).encode() not in bytes(event.line)


def test_a_hold_keeps_all_of_it(cast: Cast, held: Held) -> None:
    before, hold = left(), care.hold(cast.actor("carl"), held.record, "A suit")
    assert sweep(cast.practice, years_on(NOW, 9)) == {} and left() == before
    care.lift(cast.actor("carl"), held.record, hold)
    assert set(sweep(cast.practice, years_on(NOW, 9))) == {"requests", "disclosures", "suspensions", "copies", "decisions"}


def test_an_open_request_keeps_what_answers_it(cast: Cast, held: Held) -> None:
    ClientRequest.objects.update(ended=None)
    before = left()
    assert sweep(cast.practice, years_on(NOW, 9)) == {} and left() == before


def test_what_the_client_must_not_be_told_yet_stays(cast: Cast, held: Held) -> None:
    Suspension.objects.update(ends=date(2040, 1, 1))
    sweep(cast.practice, at(date(2039, 12, 31)))
    assert [one.id for one in Disclosure.objects.all()] == [held.call]
    assert sweep(cast.practice, at(date(2040, 1, 2))) == {"disclosures": 1}


@pytest.mark.parametrize("state", ["authorized", "sending"])
def test_a_copy_of_which_nobody_knows_whether_it_left_stays(cast: Cast, held: Held, state: str) -> None:
    Outgoing.objects.update(state=state)
    sweep(cast.practice, years_on(NOW, 20))
    assert Outgoing.objects.count() == Packet.objects.count() == 1


def test_a_decision_opened_again_counts_from_that_day(cast: Cast, held: Held) -> None:
    for model in (Disclosure, Outgoing):
        model.objects.all().delete()
    Packet.objects.all().delete()
    FrozenDecision.objects.filter(id=held.decision).update(reopened=years_on(NOW, 2))
    assert "decisions" not in sweep(cast.practice, years_on(NOW, 8))
    assert sweep(cast.practice, years_on(NOW, 8, 1))["decisions"] == 1


def test_a_signed_release_goes_after_the_authorization_it_became(cast: Cast, held: Held) -> None:
    Talk.objects.all().delete()
    from privity.practice.agreements.models import Authorization

    Paper.objects.update(authorization=Authorization.objects.get().id)  # it ends on March 1, 2027
    for day in (at(date(2033, 3, 1)), at(date(2033, 3, 2))):
        sweeping.sweep(cast.practice, day)
        assert ("papers" in sweep(cast.practice, day)) is (day.day == 2)
    assert not Signature.objects.exists()


def test_another_practices_things_are_not_touched(cast: Cast, held: Held) -> None:
    before = left()
    assert sweep(Practice.objects.get(pk=cast.vera.practice_row), years_on(NOW, 20)) == {} and left() == before


def test_the_night_sweeps_it_after_the_authorizations(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(schedule, "sweep_all", lambda *given: [])
    monkeypatch.setattr(schedule.rows, "look_through", lambda: None)
    monkeypatch.setattr(schedule.Schedule, "_ask_again", lambda self, now: None)
    monkeypatch.setattr(schedule.sweeping, "sweep", lambda practice, now, asked: seen.append("authorizations"))
    monkeypatch.setattr(schedule.kept_long_enough, "sweep", lambda practice, now: seen.append("the rest"))
    schedule.Schedule(None, None)._sweep(NOW.replace(hour=schedule.NIGHT))  # type: ignore[arg-type]
    assert seen == ["authorizations", "the rest"] * Practice.objects.count()


# --- after a shred -----------------------------------------------------------------------------------------------


def test_after_a_shred_what_the_models_say_still_opens_and_nothing_else(cast: Cast, held: Held, tmp_path: Path) -> None:
    shred_record(cast.petra, held.record, Config.of(tmp_path))
    cast.keys.forget()
    uses = {use for model in (Paper, Signature, FrozenDecision, Outgoing, Disclosure, Suspension, ClientRequest, RequestStep, RequestLetter)
            for column in model.lies.values() for use in [column.use] if use}  # fmt: skip
    assert uses == {"accounting", "releases"}
    petra = cast.petra
    Talk.objects.all().delete()
    assert paper_moving.told(petra, held.record)[0]["signatures"][0]["evidence"]["name"] == "Ada Lane"
    assert [copy for _, copy in releases.packets(petra, held.record)] == [PDF]
    assert [one["who"] for one in releases.disclosures(petra, held.record)] == ["County police", "Alpine Freight"]
    assert releases.suspensions(petra, held.record)[0]["agency"] == "County police"
    assert len(list(decisions.told(petra, held.record))) == 2
    ((request, [(_, letter)]),) = requests.told(petra, held.record)
    assert (request["what"], letter) == ("Everything since June", LETTER)
    for gone in (releases.consultations, disagreements.for_gates):
        with pytest.raises(NoSuchKey):
            gone(petra, held.record)
    for use in (Use.RECORD, Use.MESSAGES):
        with pytest.raises(NoSuchKey):
            cast.keys.key(held.record, use)
    assert {column.use for model in (Packet, Talk, Consultation, ConsultationReply) for column in model.lies.values()} == {"", "record"}


def test_six_years_after_a_shred_nothing_is_left_that_could_be_read(cast: Cast, held: Held, tmp_path: Path) -> None:
    ClientRequest.objects.update(ended=None)  # nobody answered it any more
    shred_record(cast.petra, held.record, Config.of(tmp_path))
    Record.objects.filter(id=held.record).update(shredded=NOW, closed=NOW)
    assert sweep(cast.practice, years_on(NOW, 6)) == {}
    gone = sweep(cast.practice, years_on(NOW, 6, 1)), sweep(cast.practice, years_on(NOW, 7))
    assert gone == ({"requests": 1, "disclosures": 2, "decisions": 1, "papers": 1}, {"suspensions": 1, "copies": 1, "decisions": 1})
    assert {name for name, many in left().items() if many} == {"Consultation"}  # sealed under a key that is no more
    assert UUID(str(held.record))
