"""Broken glass: a reason first, the alert before the answer, four hours, the same answer for everybody, and a review."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from privity.practice.people import access, glass, services
from privity.practice.people.models import GlassBreak, Tie
from privity.practice.records import access as records
from privity.practice.trail.models import About, Event

from .conftest import NOW, Cast
from .front import Front, Page, open_doors

WHY = {"category": "danger", "reason": "She called from a bridge and hung up."}
CLEO = {"name": "marsh, CLEO", "born": "2012-03-04"}
NOBODY = {"name": "Clio Marsh", "born": "2012-03-04"}


def breaks(cast: Cast, who: str, now: datetime = NOW, **said: str) -> Page:
    with open_doors(now, cast.keys, cast.vera.keys):
        return Front(cast.vera.account if who == "vera" else cast.accounts[who].id, now).post("/break-glass", **said)


def last(cast: Cast) -> Event:
    return Event.objects.filter(practice=cast.practice.uid).order_by("-n")[0]


def test_omar_breaks_the_glass_and_reads_the_chart_for_four_hours(cast: Cast) -> None:
    with pytest.raises(access.NotThere):
        records.chart(cast.omar, cast.cleo)
    page = breaks(cast, "omar", **WHY, **CLEO)
    assert page.status == 200
    assert records.chart(cast.omar, cast.cleo).may_write is False
    assert records.chart(cast.actor("omar", NOW + timedelta(hours=3, minutes=59)), cast.cleo)
    with pytest.raises(access.NotThere):
        records.chart(cast.actor("omar", NOW + timedelta(hours=4)), cast.cleo)


def test_the_event_names_the_record_and_the_team_sees_it(cast: Cast) -> None:
    breaks(cast, "omar", **WHY, **CLEO)
    assert last(cast).act == "glass.break"
    assert list(About.objects.filter(n=last(cast).n).values_list("record", flat=True)) == [cast.cleo]
    with open_doors(NOW, cast.keys):
        page = Front(cast.accounts["dana"].id, NOW).get("/trail")
    assert "Omar Test broke the glass Cleo Marsh" in page.words
    assert b"bridge" not in bytes(last(cast).line)


def test_reason_first_then_the_name(cast: Cast) -> None:
    first = breaks(cast, "omar", **WHY)
    assert first.status == 200
    assert 'name="name"' in first.text
    assert not GlassBreak.objects.exists()
    with open_doors(NOW, cast.keys):
        assert 'name="name"' not in Front(cast.accounts["omar"].id, NOW).get("/break-glass").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reason": "x"}, "at least 20 characters"), ({"reason": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, "at least 20 characters"),
        ({"reason": " " * 40}, "at least 20"), ({"category": ""}, "Choose what this is about"), ({"category": "curious"}, "not one of the available choices"),
        ({"name": " - "}, "Write the whole name"),
        ({"born": "yesterday"}, "Write the birth date"), ({"born": "0012-03-04"}, "whole year"),
    ],
)  # fmt: skip
def test_without_a_reason_a_name_and_a_birth_date_nothing_opens(cast: Cast, said: dict[str, str], told: str) -> None:
    page = breaks(cast, "omar", **{**WHY, **CLEO, **said})
    assert page.status == 422
    assert told in page.words
    assert not GlassBreak.objects.exists()
    assert not Tie.objects.filter(kind="glass").exists()


@pytest.mark.parametrize("who", ["rita", "bill", "carl", "olga", "petra"])
def test_whoever_does_not_treat_cannot(cast: Cast, who: str) -> None:
    assert breaks(cast, who, **WHY, **CLEO).status == 403
    assert not GlassBreak.objects.exists()


def test_vera_of_another_practice_finds_nobody(cast: Cast) -> None:
    assert breaks(cast, "vera", **WHY, **CLEO).status == 200
    assert not Tie.objects.filter(kind="glass").exists()
    assert GlassBreak.objects.get().practice_id == cast.vera.practice_row


def shape(page: Page) -> str:
    return re.sub(r'value="[A-Za-z0-9]{32,}"', "", page.text)


def counted(queries: list[str]) -> list[str]:
    """The steps, but for taking the tie back, and for how much of the tree an entry closes, which its place alone decides."""
    return [query for query in queries if "SAVEPOINT" not in query and "SELECT n, hashes FROM trail_event" not in query]


def test_a_name_that_is_no_clients_gets_the_same_answer_by_the_same_steps(cast: Cast) -> None:
    def steps(said: dict[str, str]) -> tuple[str, list[str]]:
        with CaptureQueriesContext(connection) as data, CaptureQueriesContext(connections["keys"]) as keys:
            page = breaks(cast, "omar", **WHY, **said)
        return shape(page), [re.sub(r"'[^']*'|X'[0-9A-F]*'|\b\d+\b|\bs\d+_x\d+\b", "?", query["sql"]) for query in [*data, *keys]]

    steps(NOBODY)
    (known, one), (unknown, other) = steps(CLEO), steps(NOBODY)
    assert known == unknown
    assert counted(one) == counted(other)
    assert GlassBreak.objects.count() == 3
    assert Tie.objects.filter(kind="glass").count() == 1
    lines = [bytes(row.line) for row in Event.objects.filter(act="glass.break")]
    assert len({len(re.sub(rb'"n":\d+', b"", line)) for line in lines}) == 1


def test_the_alert_is_there_before_the_answer_and_without_it_nothing_opens(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("privity.practice.trail.services.append", full)
    assert breaks(cast, "omar", **WHY, **CLEO).status == 503
    monkeypatch.undo()
    assert not Tie.objects.filter(kind="glass").exists()
    with pytest.raises(access.NotThere):
        records.chart(cast.omar, cast.cleo)


def test_a_barred_officer_is_shown_no_glass_of_the_record_and_reviews_none(cast: Cast) -> None:
    glass.break_glass(cast.omar, "crisis", "She called the desk and nobody answers.", "Cleo Marsh", date(2012, 3, 4))
    (row,) = GlassBreak.objects.all()
    assert [one.id for one in glass.broken(cast.petra)] == [row.id] and glass.waiting(cast.petra) == 1
    services.tie(cast.petra, cast.cleo, cast.accounts["petra"].id, "barred")
    assert glass.broken(cast.petra) == [] and glass.waiting(cast.petra) == 0
    with pytest.raises(access.NotThere):
        glass.review(cast.petra, row.id, "right")


def test_a_barred_colleague_gets_the_same_words_and_no_record(cast: Cast) -> None:
    services.tie(cast.petra, cast.cleo, cast.accounts["omar"].id, "barred")
    assert shape(breaks(cast, "omar", **WHY, **CLEO)) == shape(breaks(cast, "omar", **WHY, **NOBODY))
    with pytest.raises(access.NotThere):
        records.chart(cast.omar, cast.cleo)


def test_a_father_is_no_client(cast: Cast) -> None:
    father = services.NewPerson("Tom Reed", part="parent", born=date(1980, 1, 1))
    services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson("Ann Reed", born=date(2010, 1, 1)), father)))
    breaks(cast, "omar", **WHY, name="Tom Reed", born="1980-01-01")
    assert not Tie.objects.filter(kind="glass").exists()
    breaks(cast, "omar", **WHY, name="Ann Reed", born="2010-01-01")
    assert Tie.objects.filter(kind="glass").exists()


def test_whoever_was_not_proved_within_five_minutes_proves_it_first(cast: Cast) -> None:
    with open_doors(NOW, cast.keys):
        stale = Front(cast.accounts["omar"].id, NOW, proved=False)
        for page in (stale.get("/break-glass"), stale.post("/break-glass", **WHY, **CLEO)):
            assert page.where() == "/sign-in/prove"
        assert Front(cast.accounts["omar"].id, NOW).get("/break-glass").status == 200
    assert not GlassBreak.objects.exists()


# --- the review --------------------------------------------------------------------------------------------------


def reviewing(cast: Cast, who: str, now: datetime, path: str = "/break-glass/reviews", **said: Any) -> Page:
    with open_doors(now, cast.keys):
        front = Front(cast.accounts[who].id, now)
        return front.post(path, **said) if said else front.get(path)


def test_the_officer_sees_who_why_which_record_and_what_was_done_and_no_name(cast: Cast) -> None:
    breaks(cast, "omar", **WHY, **CLEO)
    records.chart(cast.omar, cast.cleo)
    records.chart(cast.omar, cast.cleo)
    page = reviewing(cast, "petra", NOW)
    told = ("Omar Test", "She called from a bridge and hung up.", "Somebody may be in danger", "opened the chart 2 times", "Review by Mon, Nov 23, 2026")
    for words in (*told, str(cast.cleo)[:8]):
        assert words in page.words
    assert "Cleo" not in page.text
    assert last(cast).act == "glass.list"


def test_a_name_that_was_nobodys_is_reviewed_too(cast: Cast) -> None:
    breaks(cast, "omar", **WHY, **NOBODY)
    assert "Nobody of that name is a client here" in reviewing(cast, "petra", NOW).words


def test_the_reason_lies_sealed(cast: Cast) -> None:
    breaks(cast, "omar", **WHY, **CLEO)
    assert b"bridge" not in bytes(GlassBreak.objects.get().reason)


@pytest.mark.parametrize(("day", "overdue"), [(20, False), (21, False), (22, False), (23, False), (24, True)])
def test_a_review_is_overdue_after_one_business_day(cast: Cast, day: int, overdue: bool) -> None:
    breaks(cast, "omar", **WHY, **CLEO)  # a Friday
    page = reviewing(cast, "petra", datetime(2026, 11, day, 18, 0, tzinfo=UTC))
    assert ("Review overdue" in page.words) is overdue


def test_not_right_closes_the_record_at_once(cast: Cast) -> None:
    breaks(cast, "omar", **WHY, **CLEO)
    path = f"/break-glass/reviews/{GlassBreak.objects.get().id}"
    assert reviewing(cast, "petra", NOW + timedelta(minutes=5), path, finding="not_right").where() == "/break-glass/reviews"
    with pytest.raises(access.NotThere):
        records.chart(cast.actor("omar", NOW + timedelta(minutes=5)), cast.cleo)
    page = reviewing(cast, "petra", NOW + timedelta(minutes=6))
    assert "It was not right (Petra Test, Nov 20, 2026)" in page.words
    assert reviewing(cast, "petra", NOW, path, finding="right").status == 404, "what was found stands"


@pytest.mark.parametrize("who", ["omar", "dana", "rita", "olga", "carl"])
def test_the_review_is_the_officers_alone(cast: Cast, who: str) -> None:
    breaks(cast, "omar", **WHY, **CLEO)
    assert reviewing(cast, who, NOW).status == 403
    assert reviewing(cast, who, NOW, f"/break-glass/reviews/{GlassBreak.objects.get().id}", finding="right").status == 403
    assert GlassBreak.objects.get().reviewed is None


def test_an_officer_who_treats_does_not_review_a_glass_of_her_own_while_somebody_else_can(cast: Cast) -> None:
    services.Account.objects.filter(id=cast.accounts["omar"].id).update(roles=["clinician", "privacy_officer"])
    breaks(cast, "omar", **WHY, **CLEO)
    path = f"/break-glass/reviews/{GlassBreak.objects.get().id}"
    assert reviewing(cast, "omar", NOW, path, finding="right").status == 403
    services.Account.objects.filter(id=cast.accounts["petra"].id).update(ended=NOW)
    assert reviewing(cast, "omar", NOW, path, finding="right").status == 302


def test_how_many_wait_is_told_to_the_officer_alone(cast: Cast) -> None:
    breaks(cast, "omar", **WHY, **CLEO)
    assert (glass.waiting(cast.petra), glass.waiting(cast.dana)) == (1, 0)
