"""The trail: who opened whose record, for those who care for the client and for the privacy officer."""

from __future__ import annotations

import ast
import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of
from itertools import product
from pathlib import Path

import pytest
from django.db import connection

from privity.practice.people import access, clients, services, trail
from privity.practice.people.acts import ACTS
from privity.practice.records import access as records
from privity.practice.trail.guards import unguard
from privity.practice.trail.models import About, Event

from .conftest import NOW, Cast
from .front import Front, Page, open_doors

LATER = NOW + timedelta(days=7)
At = Callable[[str], Front]


@pytest.fixture
def at(cast: Cast) -> Iterator[At]:
    """Somebody of the cast at the front door, a week later."""
    with open_doors(LATER, cast.keys, cast.vera.keys):
        yield lambda who: Front(cast.vera.account if who == "vera" else cast.accounts[who].id, LATER)


def rows(page: Page) -> list[list[str]]:
    """The table's rows, as words."""
    body = re.search(r"<tbody>(.*?)</tbody>", page.text, re.S)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", body[1] if body else "", re.S)]
    return [[re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in cells]


def test_dana_sees_who_opened_her_clients_record(cast: Cast, at: At) -> None:
    access.client(cast.rita, cast.cleo)
    page = at("dana").get("/trail")
    assert page.status == 200
    assert [row[1:4] for row in rows(page)] == [["Rita Test", "opened the client’s page", "Cleo Marsh"], ["Dana Test", "opened a record", "Cleo Marsh"]]


def test_omar_who_does_not_care_for_her_sees_nothing_of_it(cast: Cast, at: At) -> None:
    access.client(cast.rita, cast.cleo)
    page = at("omar").get("/trail")
    assert rows(page) == []
    assert "Cleo" not in page.text
    asked = at("omar").get("/trail", record=str(cast.cleo))
    assert (asked.status, rows(asked)) == (422, [])
    assert "Cleo" not in asked.text
    assert str(cast.cleo)[:8] not in page.text


def test_with_very_many_clients_the_form_names_those_on_the_page_and_the_event_is_about_no_others(cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    other = services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson("Noor Haddad"),)))
    monkeypatch.setattr(trail, "OFFERED", 1)
    access.client(cast.rita, cast.cleo)
    page = at("dana").get("/trail", record=str(cast.cleo))
    assert f'<option value="{cast.cleo}" selected>Cleo Marsh</option>' in page.text
    assert "Noor" not in page.text and "For another, open the client’s page" in page.text
    last = Event.objects.filter(practice=cast.practice.uid, act="trail.read").order_by("-n").values_list("n", flat=True)[0]
    assert set(About.objects.filter(practice=cast.practice.uid, n=last).values_list("record", flat=True)) == {cast.cleo}
    monkeypatch.undo()
    page = at("dana").get("/trail", record=str(cast.cleo))
    assert f'<option value="{other}">Noor Haddad</option>' in page.text and "For another" not in page.text


def test_the_officer_sees_everything_and_no_clients_name(cast: Cast, at: At) -> None:
    access.client(cast.rita, cast.cleo)
    page = at("petra").get("/trail")
    short = str(cast.cleo)[:8]
    assert [row[1:4] for row in rows(page)][:2] == [["Rita Test", "opened the client’s page", short], ["Dana Test", "opened a record", short]]
    assert ["Olga Orr", "added Omar Test to the staff", "no record"] in [row[1:4] for row in rows(page)]
    assert "Cleo" not in page.text


def test_an_officer_who_also_treats_reads_the_names_of_her_own_clients(cast: Cast, at: At) -> None:
    services.Account.objects.filter(id=cast.accounts["dana"].id).update(roles=["clinician", "privacy_officer"])
    page = at("dana").get("/trail")
    assert ["Dana Test", "opened a record", "Cleo Marsh"] in [row[1:4] for row in rows(page)]
    assert ["Olga Orr", "added Omar Test to the staff", "no record"] in [row[1:4] for row in rows(page)]


def test_an_officer_barred_from_a_record_is_not_told_which_it_is(cast: Cast, at: At) -> None:
    access.client(cast.rita, cast.cleo)
    services.tie(cast.petra, cast.cleo, cast.accounts["petra"].id, "barred")
    page = at("petra").get("/trail")
    assert str(cast.cleo) not in page.text
    assert "no record here begins so" in at("petra").get("/trail", record=str(cast.cleo)).text.casefold()
    assert at("petra").get("/trail", by="client").text.count(str(cast.cleo)[:8]) == 0


@pytest.mark.parametrize("by", ["when", "who", "act"])
def test_what_was_about_a_barred_record_alone_does_not_show_and_a_list_of_many_does(cast: Cast, at: At, by: str) -> None:
    other = services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson("Noor Haddad"),)))
    access.client(cast.rita, cast.cleo)
    clients.find(cast.rita)
    services.tie(cast.petra, cast.cleo, cast.accounts["petra"].id, "barred")
    page = rows(at("petra").get("/trail", by=by))
    assert [row[3] for row in page if row[2] == "looked at the list of clients"] == [str(other)[:8]]
    assert not [row for row in page if row[2] in ("opened the client’s page", "barred Petra Test from the record")]
    taken = b"".join(at("petra").post("/trail/take", by=by).response.streaming_content) if by == "when" else b""
    assert b"client\xe2\x80\x99s page" not in taken


@pytest.mark.parametrize("who", ["rita", "bill", "carl", "olga"])
def test_the_trail_is_not_theirs(cast: Cast, at: At, who: str) -> None:
    for page in (at(who).get("/trail"), at(who).post("/trail/take"), at(who).post("/trail/sign")):
        assert page.status == 403
        assert "Cleo" not in page.text


def test_vera_of_another_practice_sees_her_own_alone(cast: Cast, at: At) -> None:
    assert rows(at("vera").get("/trail")) == []
    services.Account.objects.filter(id=cast.vera.account).update(roles=["privacy_officer"])
    page = at("vera").get("/trail", record=str(cast.cleo))
    assert page.status == 422
    assert "Dana" not in at("vera").get("/trail").text


def test_looking_is_an_event_about_what_was_shown_and_without_it_nothing_is_shown(cast: Cast, at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    at("dana").get("/trail")
    last = Event.objects.filter(practice=cast.practice.uid).order_by("-n")[0]
    assert (last.act, last.actor) == ("trail.read", cast.accounts["dana"].id)
    assert list(About.objects.filter(n=last.n).values_list("record", flat=True)) == [cast.cleo]

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("privity.practice.trail.services.append", full)
    for page in (at("dana").get("/trail"), at("dana").post("/trail/take")):
        assert page.status == 503
        assert "Cleo" not in page.text


def many(cast: Cast) -> None:
    """Sixty looks by three people on six days."""
    services.tie(cast.dana, cast.cleo, cast.accounts["omar"].id, "team")
    for number in range(60):
        who = ("dana", "omar", "rita")[number % 3]
        actor = cast.actor(who, NOW + timedelta(days=number // 10, minutes=number))
        (access.client if who == "rita" or number % 2 else records.chart)(actor, cast.cleo)  # type: ignore[operator]


def test_every_column_sorts_both_ways_and_the_pages_hold_each_event_once(cast: Cast, at: At) -> None:
    many(cast)
    fixed = Event.objects.filter(practice=cast.practice.uid).count()
    for who, by, way in product(("dana", "petra"), ("when", "who", "act", "client"), ("up", "down")):
        first = at(who).get("/trail", by=by, way=way)
        link = re.search(r'<a href="(\?[^"]*after=[^"]*)">Next fifty', first.text)
        assert link
        second = at(who).get("/trail" + link[1].replace("&amp;", "&"))
        found = [row for row in rows(first) + rows(second) if int(row[4]) < fixed]  # the looks themselves come on top
        numbers = [int(row[4]) for row in found]
        assert len(rows(first)) == 50
        assert len(set(numbers)) == len(numbers)
        if (who, by) != ("petra", "when"):
            wanted = set(About.objects.filter(record=cast.cleo, n__lt=fixed).values_list("n", flat=True))
            assert wanted - set(numbers) == set() or (by, way) == ("client", "up") or len(numbers) > 60
        values = [int(row[4]) if by == "when" else value(row, by) for row in found]
        assert values == sorted(values, reverse=way == "down"), (who, by, way)  # type: ignore[type-var]
        assert f'aria-sort="{"ascending" if way == "up" else "descending"}"' in first.text


def value(row: list[str], by: str) -> str:
    """What a column sorts by; an act is sorted by its words before a colleague is named in them."""
    text = row[{"who": 1, "act": 2, "client": 3}[by]].casefold()
    return re.sub(r"\w+ (test|orr)", "a colleague", text) if by == "act" else text


def test_a_filter_by_day_person_act_and_client_leaves_only_what_fits(cast: Cast, at: At) -> None:
    many(cast)
    day = (NOW + timedelta(days=3)).date().isoformat()
    assert {row[0][:11] for row in rows(at("dana").get("/trail", since=day, until=day))} == {"Mon, Nov 23"}
    assert {row[1] for row in rows(at("dana").get("/trail", who=str(cast.accounts["omar"].id)))} == {"Omar Test"}
    assert {row[2] for row in rows(at("dana").get("/trail", act="chart.read"))} == {"opened the chart"}
    both = rows(at("petra").get("/trail", short=str(cast.cleo)[:6], who=str(cast.accounts["rita"].id), act="client.open", since=day))
    assert {tuple(row[1:4]) for row in both} == {("Rita Test", "opened the client’s page", str(cast.cleo)[:8])}
    assert len(both) > 5
    assert rows(at("dana").get("/trail", until="2020-01-01")) == []


@pytest.mark.parametrize("zone", ["UTC", "America/Denver", "Pacific/Auckland"])
@pytest.mark.parametrize(("who", "by"), [("dana", "when"), ("petra", "when"), ("petra", "who"), ("petra", "client")])
def test_a_period_begins_at_midnight_and_ends_before_the_next(cast: Cast, monkeypatch: pytest.MonkeyPatch, zone: str, who: str, by: str) -> None:
    """The clock is put back on November 1, 2026 in Denver: that day has 25 hours."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for first, last in ((date(2026, 10, 31), date(2026, 11, 2)), (date(2026, 11, 1), date(2026, 11, 1))):
            edges = [datetime.combine(day, clock).astimezone() for day in (first, last) for clock in (time_of(0), time_of(23, 59, 59, 900_000))]
            outside = [edges[0] - timedelta(microseconds=100_000), edges[-1] + timedelta(microseconds=100_000)]
            for at in sorted({outside[0], *edges, outside[1]}):
                access.client(cast.actor("rita", at), cast.cleo)
            wanted = {"since": first.isoformat(), "until": last.isoformat(), "act": "client.open", "who": str(cast.accounts["rita"].id)}
            with open_doors(LATER, cast.keys):
                page = Front(cast.accounts[who].id, LATER).get("/trail", by=by, **wanted)
                begun = Front(cast.accounts[who].id, LATER).get("/trail", by=by, **{**wanted, "until": ""})
                over = Front(cast.accounts[who].id, LATER).get("/trail", by=by, **{**wanted, "since": ""})
            found, here = stamps(page), set(edges)
            assert set(found) == here, (found, here)
            assert outside[0] not in stamps(begun) and outside[1] in stamps(begun)
            assert outside[1] not in stamps(over) and outside[0] in stamps(over)
            unguard(connection)
            Event.objects.filter(act="client.open").delete()
            About.objects.filter(practice=cast.practice.uid).exclude(n__in=Event.objects.values("n")).delete()
    finally:
        monkeypatch.undo()
        time.tzset()


def stamps(page: Page) -> list[datetime]:
    """The moments on a page."""
    return [datetime.fromisoformat(one) for one in re.findall(r'<time datetime="([^"]*)"', page.text)]


def test_what_cannot_be_read_is_said_at_its_field(cast: Cast, at: At) -> None:
    page = at("petra").get("/trail", since="yesterday", short="zz zz", after="!!", by="name", who="omar")
    assert page.status == 422
    assert "Write a day as 2026-11-20" in page.words
    assert at("petra").get("/trail", short="ffff").status == 422


def test_the_list_taken_along_holds_what_was_filtered_and_is_an_event_of_its_own(cast: Cast, at: At) -> None:
    many(cast)
    page = at("dana").post("/trail/take", who=str(cast.accounts["omar"].id))
    found = list(csv.reader(io.StringIO(page.text.lstrip("\ufeff"))))
    assert found[0] == ["Event", "When", "Who", "Did what", "Whose record"]
    assert {(row[2], row[4]) for row in found[1:]} == {("Omar Test", "Cleo Marsh")}
    assert len(found) == 21
    assert Event.objects.order_by("-n").values_list("act", flat=True)[0] == "trail.export"
    assert "Cleo" not in at("petra").post("/trail/take").text
    services.untie(cast.petra, services.Tie.objects.get(account=cast.accounts["omar"], kind="team").id)
    refused = at("omar").post("/trail/take", record=str(cast.cleo))
    assert refused.status == 404
    assert "Cleo" not in refused.text
    assert str(cast.cleo)[:8] not in at("omar").post("/trail/take").text


def test_no_cell_of_the_list_is_taken_for_a_formula(cast: Cast, at: At) -> None:
    services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson("=HYPERLINK(x)"),)))
    assert "'=HYPERLINK(x)" in at("dana").post("/trail/take").text


def test_a_list_is_not_taken_along_by_get(cast: Cast, at: At) -> None:
    assert at("dana").get("/trail/take").status == 405


def test_every_act_the_source_writes_has_its_words() -> None:
    found = set()
    for path in Path(services.__file__).parents[1].rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and str(getattr(node.func, "attr", getattr(node.func, "id", ""))).lstrip("_") in ("write", "Happened"):
                words = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                found |= {word for word in words if re.fullmatch(r"[a-z_]+\.(?!json)[a-z_]+", word)}
    assert len(found) > 50
    assert sorted(found - set(ACTS)) == []


def test_a_list_is_taken_along_only_by_whoever_was_proved_just_now(cast: Cast, at: At) -> None:
    stale = Front(cast.accounts["dana"].id, LATER, proved=False)
    assert stale.post("/trail/take").where() == "/sign-in/prove"
    assert stale.get("/trail").status == 200


def test_a_look_at_hundreds_of_records_names_their_number_alone(cast: Cast, at: At) -> None:
    for number in range(5):
        services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson(f"Client {number}"),)))
    clients.find(cast.rita)
    assert ["Rita Test", "looked at the list of clients", "6 records"] in [row[1:4] for row in rows(at("dana").get("/trail"))]
