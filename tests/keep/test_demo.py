"""The demo: a whole practice of invented people that anybody at this computer may walk into, and a real one that nobody may."""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from privity.practice.agreements.access import for_gates as authorizations
from privity.practice.agreements.paper_access import for_gates as signed_papers
from privity.practice.agreements.paper_access import lacking
from privity.practice.agreements.validity import State
from privity.practice.decisions.moving import told as decisions
from privity.practice.incidents.access import of_record
from privity.practice.people import access, clients
from privity.practice.people.actor import Actor
from privity.practice.people.models import Account, Practice, Record, Tie
from privity.practice.people.services import add_first_account
from privity.practice.records import access as records
from privity.practice.releases import recipients
from privity.practice.releases.moving import packets
from privity.practice.site.demo import account_in_demo, make_demo, plan_today, the_demo, to_type
from privity.practice.site.demo_people import DEMO, SHEETS
from privity.practice.site.keeping import Keeping
from privity.practice.trail.models import Event
from privity.practice.visits.models import Visit
from privity.vault import check

from .conftest import Cast, practice_with_keys
from .on_disk import OnDisk

NOW = datetime.now().astimezone()


def test_a_real_account_is_never_told_what_to_type(cast: Cast) -> None:
    Account.objects.filter(id=cast.accounts["dana"].id).update(user_name=DEMO[0].user_name)
    assert to_type(cast.accounts["dana"].id, NOW) is None
    assert to_type(None, NOW) is None


def test_in_a_real_practice_there_is_no_such_page_and_nobody_goes_in(cast: Cast) -> None:
    client = browser()
    assert client.get("/demo").status_code == 404
    Account.objects.filter(id=cast.accounts["dana"].id).update(user_name=DEMO[0].user_name)  # even under the very name
    client.get("/danger")
    answer = client.post("/demo", {"who": "dana", "csrfmiddlewaretoken": client.cookies["csrftoken"].value})
    assert answer.status_code == 404
    assert "privity" not in client.cookies


def test_where_somebody_works_no_demo_is_made(db: Any) -> None:
    practice, keys = practice_with_keys()
    add_first_account(practice, keys, "Olga Orr", ["owner"], NOW)
    from privity.vault import Key

    assert make_demo(Key.random(), NOW) is False
    assert the_demo() is None


def test_the_way_in_is_well_formed() -> None:
    for member in DEMO:
        assert len(base64.b32decode(member.secret)) == 20
        assert len(member.password) >= 15
    assert len({member.user_name for member in DEMO}) == len(DEMO) == 8


def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": "localhost"})


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demo, made once for all tests below, and where its key lies; each test begins where it was just made. Tests without it stand above."""
    place = tmp_path_factory.mktemp("demo") / "root.json"
    with django_db_blocker.unblock(), transaction.atomic(), transaction.atomic("keys"):
        keeping = Keeping.of(replace(settings.CONFIG, key_file=str(place)), Path(settings.DATA))
        assert make_demo(keeping.provider().create(), NOW)
        yield place
        for alias in ("default", "keys"):
            transaction.set_rollback(True, alias)


@pytest.fixture
def demo(made: Path, db: Any, settings: Any) -> Keeping:
    settings.CONFIG = replace(settings.CONFIG, key_file=str(made))
    return Keeping.of(settings.CONFIG, Path(settings.DATA))


def one(keeping: Keeping, who: str) -> Actor:
    account, practice = account_in_demo(who), the_demo()
    assert account is not None
    assert practice is not None
    return Actor(account.id, practice.uid, practice.pk, frozenset(account.roles), NOW, keeping.keys(practice))


def go_in(client: Client, who: str) -> Any:
    page = client.get("/demo")
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return client.post("/demo", {"csrfmiddlewaretoken": token, "who": who})


def test_the_first_page_says_that_everybody_is_invented_and_how_one_gets_in(demo: Keeping) -> None:
    text = browser().get("/demo").content.decode()
    assert "Everybody in it is invented" in text
    for member in DEMO:
        assert all(word in text for word in (member.name, member.user_name, member.password, f"Go in as {member.name.split()[0]}"))


def test_going_in_as_dana_begins_her_session_and_every_page_says_demo(demo: Keeping) -> None:
    client = browser()
    assert go_in(client, "dana").status_code == 302
    page = client.get("/ask")
    assert page.wsgi_request.actor.account == account_in_demo("dana").id
    assert "Everybody here is invented" in page.content.decode()
    assert "Colorado" in page.content.decode()


def token(client: Client, address: str) -> str:
    return client.get(address).content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def test_the_real_way_in_takes_the_casts_password_and_the_digits_shown(demo: Keeping) -> None:
    client = browser()
    omar = next(one for one in DEMO if one.who == "omar")
    sent = {"csrfmiddlewaretoken": token(client, "/sign-in"), "user_name": omar.user_name, "password": omar.password}
    assert client.post("/sign-in", sent).url == "/sign-in/code"
    page = client.get("/sign-in/code").content.decode()
    digits = page.split('Six digits, now</dt><dd class="code">')[1].split("<")[0]
    assert client.post("/sign-in/code", {"csrfmiddlewaretoken": token(client, "/sign-in/code"), "code": digits}).status_code == 302
    assert client.get("/ask").wsgi_request.actor.account == account_in_demo("omar").id


def test_who_proves_anew_in_the_demo_is_told_what_to_type(demo: Keeping) -> None:
    client = browser()
    go_in(client, "olga")
    page = client.get("/sign-in/prove").content.decode()
    olga = next(one for one in DEMO if one.who == "olga")
    digits = page.split('Six digits, now</dt><dd class="code">')[1].split("<")[0]
    sent = {"csrfmiddlewaretoken": token(client, "/sign-in/prove"), "password": olga.password, "code": digits}
    assert client.post("/sign-in/prove", sent).status_code == 302
    assert client.get("/staff").status_code == 200


def test_the_desk_is_as_it_was_for_whoever_does_not_go_in(demo: Keeping) -> None:
    client = browser()
    assert client.get("/").url == "/profile"
    assert client.get("/profile").status_code == 200
    assert client.get("/danger").status_code == 200
    assert client.get("/law").status_code == 200
    assert b"Everybody here is invented" not in client.get("/profile").content


def test_each_of_the_cast_sees_what_their_work_needs(demo: Keeping) -> None:
    called = {who: {record.called for record in clients.find(one(demo, who)).records} for who in ("dana", "omar", "tess", "rita", "olga", "petra")}
    assert len(called["rita"]) == len([sheet for sheet in SHEETS if not sheet.unit])
    assert "Cleo Marsh" in called["dana"] - called["omar"]
    assert "Joan Mercer" in called["omar"]  # shared one way
    assert {"Grace Kimani", "Theo Brandt"} <= called["tess"] & called["dana"]  # supervised
    assert not called["olga"] | called["petra"]
    with pytest.raises(access.NotAllowed):
        records.chart(one(demo, "rita"), Record.objects.filter(kind="couple").first().id)


def test_the_cousin_is_barred_and_the_unit_opens_to_its_case_alone(demo: Keeping) -> None:
    bar = Tie.objects.get(kind="barred")
    assert bar.account_id == account_in_demo("omar").id
    with pytest.raises(access.NotThere):
        access.client(one(demo, "omar"), bar.record_id)
    for record in Record.objects.exclude(unit=None):
        case = Tie.objects.get(record=record, kind="case").account_id
        other = "omar" if case == account_in_demo("dana").id else "dana"
        with pytest.raises(access.NotThere):
            access.client(one(demo, other), record.id)


def test_everything_that_was_written_opens(demo: Keeping) -> None:
    carl = one(demo, "carl")
    said = 0
    for record in Record.objects.filter(unit=None):
        said += len(records.chart(carl, record.id).entries)
    assert said == sum(len(sheet.sessions) for sheet in SHEETS if not sheet.unit)


def test_something_of_each_room_is_there_and_reads_as_it_should(demo: Keeping) -> None:
    dana, there = one(demo, "dana"), {row.called: row.id for row in clients.find(one(demo, "dana")).records}
    henry, mara, joan = (authorizations(dana, there[who])[0] for who in ("Henry Oduya", "Mara Lindholm", "Joan Mercer"))
    assert (henry.state, henry.terms.ends, joan.state) == (State.LIVE, (NOW + timedelta(days=6)).date(), State.LIVE)
    assert [wrong.element for wrong in mara.wrong] == ["expiry"]
    (consent,) = signed_papers(dana, there["Iris Calloway"])
    assert consent.kind == "informed_consent" and [signer.name for signer in consent.signers] == ["Iris Calloway"]
    missing = set[str]()
    for who in ("dana", "omar", "tess", "rita"):
        names = {row.id: row.called for row in clients.find(one(demo, who)).records}
        missing |= {names[record] for record in lacking(None, actor=one(demo, who), records=list(names))}
    assert missing == {"George Pappas", "Nadia Kovacs", "Theo Brandt"}  # of all others who come today both lie on paper, or were signed here
    assert len(recipients.for_gates(dana)) == 2
    ((packet, copy),) = packets(dana, there["Henry Oduya"])
    assert (packet["state"], copy[:5]) == ("sent", b"%PDF-")
    (decision,) = decisions(dana, there["Henry Oduya"])
    assert decision[0]["outcome"] == "required" and decision[0]["reopened"] is None  # C.R.S. 25-1-802: with the client’s own authorization they must
    (asked,) = of_record(dana, there["Elena Voss"])
    assert asked.standing.ended is None and asked.said.received == (NOW - timedelta(days=12)).date()


def test_its_pages_show_them(demo: Keeping) -> None:
    client = browser()
    go_in(client, "dana")
    henry = next(row.id for row in clients.find(one(demo, "dana")).records if row.called == "Henry Oduya")
    for path, words in (
        (f"/clients/{henry}/authorizations", "Lakeside Family Medicine"), (f"/clients/{henry}/accounting", "Lakeside Family Medicine"),
        ("/requests", "Elena Voss"), ("/releases", "Henry Oduya"), ("/recipients", "Front Range Health Plan"),
    ):  # fmt: skip
        page = client.get(path)
        assert page.status_code == 200 and words in page.content.decode(), path


def test_the_demos_log_goes_forward_and_its_hashes_hold(demo: Keeping) -> None:
    rows = list(Event.objects.filter(practice=the_demo().uid).order_by("n"))
    found = check.check(check.Log([bytes(row.line) for row in rows], [bytes(row.hashes) for row in rows]), _key())
    assert (found.faults, found.notices, found.events) == ((), (), len(rows))


def test_there_are_visits_for_today_and_tomorrow_there_are_again(demo: Keeping) -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    every, today = Visit.objects.count(), Visit.objects.filter(starts__gte=midnight).count()
    assert today >= 10
    plan_today(demo.keys(the_demo()), NOW)
    assert Visit.objects.count() == every
    plan_today(demo.keys(the_demo()), NOW + timedelta(days=1))
    assert Visit.objects.count() == every + today


def test_a_demo_that_is_no_longer_marked_lets_nobody_in(demo: Keeping) -> None:
    Practice.objects.filter(pk=Practice.THE_DEMO).update(demo=False)
    assert browser().get("/demo").status_code == 404
    assert account_in_demo("dana") is None


def test_nobody_goes_in_as_somebody_who_is_not_in_the_cast(demo: Keeping) -> None:
    client = browser()
    assert go_in(client, "vera").status_code == 404
    assert client.get("/ask").wsgi_request.actor is None


def _key() -> str:
    from privity.vault.notes import Signer

    return Signer("any", bytes(32)).verifier.text


def test_a_demo_that_was_made_just_now_gives_a_letter(tmp_path: Path) -> None:
    """What makes letters has threads: they do not come along when a server makes its worker."""
    line = [sys.executable, "-m", "privity.practice.site.serve", "--port", "18471"]
    env = {**OnDisk.env(), "PRIVITY_DATA": str(tmp_path / "data")}
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env, start_new_session=True) as going:
        assert going.stdout is not None
        try:
            address = next((found[1] for said in going.stdout if (found := re.search(r"Privity is at http://(\S+)", said))), "")
            assert address
            for _ in range(600):  # the port opens a moment after the address was said
                with socket.socket() as probe, contextlib.suppress(subprocess.TimeoutExpired):
                    if probe.connect_ex(("localhost", int(address.rsplit(":", 1)[1]))) == 0:
                        break
                    going.wait(0.05)
            browser = Browser(address)
            browser.send("/demo", who="dana")
            record = re.findall(r'href="/clients/([0-9a-f-]{36})"', browser.get("/clients"))[0]
            browser.get(f"/clients/{record}/accounting")
            assert browser.send(f"/clients/{record}/accounting/list").startswith("%PDF")
        finally:
            os.killpg(going.pid, signal.SIGKILL)


class Browser:
    """Somebody at a server on this machine: what it sets as cookies is sent back."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies, self.token = address, dict[str, str](), ""

    def get(self, path: str) -> str:
        return self._ask("GET", path)

    def send(self, path: str, **said: str) -> str:
        if not self.token:
            self.get(path)
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": self.token, **said}))

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        line = http.client.HTTPConnection(self.address, timeout=30)
        about = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Origin": f"http://{self.address}"}
        line.request(method, path, body, {**about, **({"Content-Type": "application/x-www-form-urlencoded"} if body else {})})
        answer = line.getresponse()
        for each in answer.headers.get_all("Set-Cookie", []):
            name, _, rest = each.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        text = answer.read().decode("latin-1")
        assert answer.status < 400, (path, answer.status, text[:400])
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text):
            self.token = found[1]
        return text
