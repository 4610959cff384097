"""The staff page: everybody sees who works here; only the owner and the privacy officer change it, and each change is logged."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from privity.practice.people import access, services
from privity.practice.people.models import Account, Role, Supervision
from privity.practice.records import access as records
from privity.practice.trail.models import Event

from .conftest import NOW, Cast
from .door import Door

ROLES = {"olga": 200, "petra": 200, "dana": 403, "omar": 403}


def test_everybody_sees_colleagues_and_nobody_of_another_practice(door: Door) -> None:
    door.sign_in("omar").open("/staff")
    assert "Dana Test" in door.words and "Vera Vance" not in door.words and "Add somebody" not in door.words


@pytest.mark.parametrize(("who", "status"), ROLES.items())
def test_who_may_change_staff(door: Door, who: str, status: int) -> None:
    rita = door.cast.accounts["rita"].id
    door.sign_in(who)
    assert door.open("/staff/add").page.status_code == status
    assert door.open(f"/staff/{rita}").page.status_code == status
    door.open("/me")
    for act in ({"act": "code"}, {"act": "roles", "roles": ["biller"]}, {"act": "end", "sure": "yes"}):
        assert door.send(f"/staff/{rita}", **act).page.status_code == status
    assert (Account.objects.get(id=rita).ended is None) is (status == 403)


def test_somebody_of_another_practice_does_not_exist(door: Door) -> None:
    door.sign_in("olga")
    for id in (door.cast.vera.account, uuid4()):
        assert door.open(f"/staff/{id}").page.status_code == 404
    for verb in (services.end_account, access.colleague):
        with pytest.raises(access.NotThere):
            verb(door.cast.olga, door.cast.vera.account)


def test_olga_adds_tess_who_gets_a_code_shown_once(door: Door) -> None:
    door.sign_in("olga").open("/staff/add").send("/staff/add", name="Tess Young", roles=["trainee"])
    path = door.at
    assert "Tess Young" in door.words and "Not set up yet" in door.words
    door.send(path, act="code")
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){5}", door.words)
    assert code and "Give these two to Tess Young now" in door.words
    assert code[0] not in door.open(path).text
    name = Account.objects.get(id=path.split("/")[-1]).user_name
    begun = Door(door.cast, door.clock)
    assert begun.open("/sign-in/begin").send("/sign-in/begin", user_name=name, code=code[0]).at == "/sign-in/set-up"
    assert list(Event.objects.order_by("-n").values_list("act", flat=True)[:2]) == ["account.set_up_code", "account.add"]


@pytest.mark.parametrize("said", [{"name": "", "roles": ["trainee"]}, {"name": "Tess"}, {"name": "Tess", "roles": ["king"]}])
def test_a_name_and_a_role_are_needed(door: Door, said: dict[str, Any]) -> None:
    door.sign_in("olga").open("/staff/add").send("/staff/add", **said)
    assert door.page.status_code == 422 and "Not added yet" in door.words


def test_a_privacy_officer_makes_no_owner_and_unmakes_none(cast: Cast) -> None:
    for act in (
        lambda: services.change_roles(cast.petra, cast.accounts["petra"].id, ["owner"]),
        lambda: services.change_roles(cast.petra, cast.accounts["olga"].id, ["biller"]),
        lambda: services.end_account(cast.petra, cast.accounts["olga"].id),
        lambda: services.add_account(cast.petra, "New Owner", ["owner"]),
    ):
        with pytest.raises(access.NotAllowed):
            act()
    from privity.practice.people import factors

    with pytest.raises(access.NotAllowed):
        factors.new_set_up_code(cast.petra, cast.accounts["olga"].id)


def test_the_last_owner_stays(door: Door) -> None:
    olga = door.cast.accounts["olga"].id
    path = f"/staff/{olga}"
    door.sign_in("olga").open(path).send(path, act="end", sure="yes")
    assert door.page.status_code == 403 and "keeps at least one owner" in door.words
    door.send(path, act="roles", roles=["clinician"])
    assert "keeps at least one owner" in door.words
    services.add_account(door.cast.olga, "Otto Second", ["owner"])
    door.send(path, act="end", sure="yes")
    assert not door.inside


def test_leaving_asks_once_more_and_then_takes_everything(door: Door) -> None:
    dana = door.cast.accounts["dana"].id
    services.tie(door.cast.dana, door.cast.cleo, dana, "shared", ends=NOW + timedelta(days=30))
    actor, path = door.cast.dana, f"/staff/{dana}"
    door.sign_in("olga").open(path).send(path, act="end")
    assert door.page.status_code == 422 and "Tick the box" in door.words
    assert records.chart(actor, door.cast.cleo)
    door.send(path, act="end", sure="yes")
    assert "Has left" in door.words
    with pytest.raises(access.NotThere):
        records.chart(door.cast.actor("dana", NOW + timedelta(days=1)), door.cast.cleo)
    assert door.send(path, act="code").page.status_code == 404


def test_what_a_leaver_left_is_asked_of_the_rooms_above(door: Door) -> None:
    def sealed(sender: object, account: object, **_: object) -> list[str]:
        return ["3 sealed notes are hers alone."] if account == door.cast.accounts["dana"].id else []

    services.leaving.connect(sealed)
    try:
        assert "3 sealed notes are hers alone." in door.sign_in("olga").open(f"/staff/{door.cast.accounts['dana'].id}").words
        assert "sealed notes are hers" not in door.open(f"/staff/{door.cast.accounts['omar'].id}").words
    finally:
        services.leaving.disconnect(sealed)


def test_a_supervisor_sees_a_trainees_clients_while_it_lasts(door: Door) -> None:
    cast, omar, dana = door.cast, door.cast.accounts["omar"].id, door.cast.accounts["dana"].id
    services.change_roles(cast.olga, omar, ["supervisor"])
    services.change_roles(cast.olga, dana, ["trainee"])
    door.sign_in("petra").open(f"/staff/{dana}")
    door.send(f"/staff/{dana}", **{"act": "supervise", "as": "trainee", "with": str(omar), "until": "2026-12-01"})
    assert "Is supervised by Omar Test, until Dec 1, 2026" in door.words
    now = door.clock.now
    assert records.chart(cast.actor("omar", now), cast.cleo)
    number = re.search(r'name="supervision" value="(\d+)"', door.text)
    door.send(f"/staff/{dana}", act="end_supervision", supervision=number[1] if number else "")
    with pytest.raises(access.NotThere):
        records.chart(cast.actor("omar", door.clock.now + timedelta(seconds=1)), cast.cleo)
    assert door.send(f"/staff/{dana}", act="end_supervision", supervision="99999").page.status_code == 404


def test_a_role_that_goes_takes_its_supervision_along(cast: Cast) -> None:
    omar, dana = cast.accounts["omar"].id, cast.accounts["dana"].id
    services.change_roles(cast.olga, omar, ["supervisor", "clinician"])
    services.change_roles(cast.olga, dana, ["trainee"])
    services.supervise(cast.petra, omar, dana)
    assert records.chart(cast.omar, cast.cleo)
    services.change_roles(cast.olga, omar, ["clinician"])
    with pytest.raises(access.NotThere):
        records.chart(cast.actor("omar", NOW + timedelta(seconds=1)), cast.cleo)
    assert Supervision.objects.filter(ends=None).count() == 0


def test_only_a_supervisor_supervises_only_a_trainee(cast: Cast) -> None:
    with pytest.raises(access.NotAllowed):
        services.supervise(cast.petra, cast.accounts["omar"].id, cast.accounts["dana"].id)
    services.change_roles(cast.olga, cast.accounts["omar"].id, [Role.SUPERVISOR, Role.TRAINEE])
    with pytest.raises(access.NotAllowed):
        services.supervise(cast.petra, cast.accounts["omar"].id, cast.accounts["omar"].id)
