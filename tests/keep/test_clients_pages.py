"""Clients as pages: who sees whom, how to reach them safely, who may open a record, how long it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings

from privity.practice.keys.models import LegalHold
from privity.practice.people import access, clients, retention, services, units
from privity.practice.people.clients import page as page_of
from privity.practice.people.contact import NotSafe, flags, to_reach
from privity.practice.people.models import Participant, Person, Record, Tie
from privity.practice.site.config import Config
from privity.practice.site.shredding import shred_record
from privity.practice.trail.models import About, Event
from privity.vault import Binding, HeldForLaw, KeyFor, Use, open_text
from privity.vault.rotate import shred

from .conftest import NOW, Cast
from .front import Front

Sit = Callable[[str], Front]
WHY_HELD = "Subpoena of March 3, Denver District Court, 25 CV 123."
NEW = {"people": "1", "kind": "individual", "p0-part": "client", "p0-name": "Noor Haddad", "p0-born": "1990-05-06", "p0-phone": "(303) 555-0199"}


def record_of(name: str, cast: Cast) -> UUID:
    return next(one.id for one in clients.find(cast.rita).records if one.called == name)


def acts(cast: Cast) -> list[str]:
    return list(Event.objects.filter(practice=cast.practice.uid).order_by("n").values_list("act", flat=True))


# --- the list ----------------------------------------------------------------------------------------------------


def test_dana_and_rita_see_cleo_in_the_list_and_omar_and_vera_do_not(front: Sit) -> None:
    for who in ("dana", "rita"):
        assert "Cleo Marsh" in front(who).open("/clients").words
    for who in ("omar", "vera"):
        assert "Cleo" not in front(who).open("/clients").text


def test_a_name_is_found_among_those_one_may_see_and_stands_in_no_address(front: Sit, cast: Cast) -> None:
    page = front("dana").open("/clients").send("/clients", words="mar cle")
    assert "Cleo Marsh" in page.words and page.at == "/clients"
    assert "Nobody you may see fits" in front("dana").open("/clients").send("/clients", words="Nobody Else").words
    known, unknown = (front("omar").open("/clients").send("/clients", words=name).text for name in ("Cleo Marsh", "Kleo Barsh"))
    assert "Nobody you may see fits" in known
    assert known.count("<") == unknown.count("<")


def test_a_whole_number_finds_its_client_and_half_of_it_nobody(front: Sit) -> None:
    page = front("rita").open("/clients")
    assert "Cleo Marsh" in page.send("/clients", words="+1 (303) 555-0142").words
    assert "Cleo Marsh" not in page.send("/clients", words="555 0142").words
    assert "Cleo Marsh" not in front("omar").open("/clients").send("/clients", words="303 555 0142").words


def test_the_list_is_one_event_about_those_it_shows(front: Sit, cast: Cast) -> None:
    page = front("dana")
    before = len(acts(cast))
    page.open("/clients")
    assert acts(cast)[before:] == ["clients.list"]
    assert About.objects.filter(record=cast.cleo, n=before).count() == 1


# --- a new client ------------------------------------------------------------------------------------------------


def test_rita_adds_a_client_for_dana_and_does_not_see_what_is_kept_quiet(front: Sit, cast: Cast) -> None:
    page = front("rita").open("/clients/new?kind=individual")
    assert "Gender-affirming care" not in page.words
    assert "Choose who treats" in page.send("/clients/new", **NEW).words
    page.open("/clients/new?kind=individual").send("/clients/new", **NEW, **{"p0-call": "on", "team": str(cast.accounts["dana"].id)})
    assert page.status == 200 and "Noor Haddad" in page.words
    assert [one.called for one in clients.find(cast.dana).records] == ["Cleo Marsh", "Noor Haddad"]
    assert [one.called for one in clients.find(cast.omar).records] == []


def test_what_was_typed_stays_when_something_is_wrong(front: Sit) -> None:
    page = front("dana").open("/clients/new?kind=individual").send("/clients/new", **{**NEW, "p0-phone": "555", "p0-chosen": "Nour"})
    assert page.status == 422 and "whole number with its area code" in page.words
    assert 'value="Nour"' in page.text and 'value="1990-05-06"' in page.text


def test_each_way_to_reach_somebody_is_blocked_until_it_was_allowed(front: Sit, cast: Cast) -> None:
    page = front("dana").open("/clients/new?kind=individual").send("/clients/new", **NEW)
    assert "Do not call" in page.words and "Do not leave voicemail" in page.words and "555-0199" not in page.words
    who = next(one for one in clients.find(cast.dana).records if one.called == "Noor Haddad").people[0][1]
    for way in ("call", "voicemail", "text", "mail"):
        with pytest.raises(NotSafe):
            to_reach(who, way)
    page.open("/clients/new?kind=individual").send("/clients/new", **{**NEW, "p0-name": "Ada Bloom", "p0-born": "", "p0-call": "on", "p0-when": "after 6 pm"})
    assert "(303) 555-0199" in page.words and "after 6 pm" in page.words and "Do not text" in page.words
    who = next(one for one in clients.find(cast.dana).records if one.called == "Ada Bloom").people[0][1]
    assert to_reach(who, "call") == ("(303) 555-0199",) and flags(who) == ("Do not leave voicemail", "Do not text", "Do not send letters")


def test_a_parent_sees_only_the_items_ticked(front: Sit, cast: Cast) -> None:
    said = {**NEW, "people": "2", "p1-part": "guardian", "p1-name": "Sami Haddad", "p1-may_see": ["attendance", "billing"]}
    page = front("dana").open("/clients/new?kind=individual").send("/clients/new", **said)
    assert "Guardian" in page.words and "Dates of visits, Bills and codes" in page.words
    assert Participant.objects.get(part="guardian").may_see == ["attendance", "billing"]
    page.open("/clients/new?kind=individual").send("/clients/new", **{**said, "p0-name": "X Y", "p1-may_see": []})
    assert "Nothing of this record" in page.words


def test_a_couple_has_a_record_of_its_own_and_the_same_person_is_asked_for(front: Sit, cast: Cast) -> None:
    cleo_again = {"p0-part": "partner", "p0-name": "Marsh, Cleo", "p0-born": "2012-03-04"}
    said = {"kind": "couple", "people": "2", **cleo_again, "p1-part": "partner", "p1-name": "Ed Vane"}
    page = front("dana").open("/clients/new?kind=couple").send("/clients/new", **said)
    assert page.status == 422 and "already here" in page.words
    page.send("/clients/new", **said, **{"p0-same": "yes"})
    assert page.status == 200 and "Cleo Marsh and Ed Vane" in page.words
    cleo = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    couple = Record.objects.get(kind="couple")
    assert couple.id != cast.cleo and Participant.objects.filter(record=couple, person_id=cleo).exists()
    assert cast.keys.key(couple.id, Use.RECORD).id != cast.keys.key(cast.cleo, Use.RECORD).id


def test_omar_is_not_told_that_somebody_of_this_name_is_a_client(front: Sit, cast: Cast) -> None:
    said = {**NEW, "p0-name": "Cleo Marsh", "p0-born": "2012-03-04"}
    page = front("omar").open("/clients/new?kind=individual").send("/clients/new", **said)
    assert page.status == 200 and "already here" not in page.words
    with pytest.raises(access.NotThere):
        known = Participant.objects.get(record_id=cast.cleo, part="client").person_id
        services.add_record(cast.omar, services.NewRecord("individual", (services.NewPerson("x", known=known),)))


def test_an_account_of_another_practice_is_put_on_no_team(cast: Cast) -> None:
    with pytest.raises(access.NotThere):
        services.add_record(cast.dana, services.NewRecord("individual", (services.NewPerson("A B"),), team=(cast.vera.account,)))
    with pytest.raises(access.NotThere):
        services.tie(cast.dana, cast.cleo, cast.vera.account, "team")


# --- the page ------------------------------------------------------------------------------------------------------


def test_cleos_page_is_danas_and_the_desks_and_nobody_elses(front: Sit, cast: Cast) -> None:
    dana = front("dana").open(f"/clients/{cast.cleo}")
    assert "Cleo Marsh" in dana.words and "303 555 0142" in dana.words and "Who opened it lately" in dana.words
    rita = front("rita").open(f"/clients/{cast.cleo}")
    assert rita.status == 200 and "Who opened it lately" not in rita.words and "Kept especially quiet" not in rita.words
    assert "Open the chart" not in rita.words
    for who in ("omar", "vera", "olga"):
        page = front(who).open(f"/clients/{cast.cleo}")
        assert page.status == 404 and "Cleo" not in page.text


def test_dana_sees_who_opened_it(front: Sit, cast: Cast) -> None:
    front("rita").open(f"/clients/{cast.cleo}")
    words = front("dana").open(f"/clients/{cast.cleo}").words
    assert "Rita Test Opened the client’s page" in words


def test_the_privacy_officer_sees_the_record_by_its_number_and_no_name(front: Sit, cast: Cast) -> None:
    petra = front("petra")
    assert str(cast.cleo)[:8] in petra.open("/clients").words
    petra.open(f"/clients/{cast.cleo}")
    assert petra.status == 200 and "Dana Test" in petra.words
    assert "Cleo" not in petra.text and "Marsh" not in petra.text and "2012" not in petra.text


def test_who_it_is_can_be_changed_by_dana_and_rita_and_not_by_omar(front: Sit, cast: Cast) -> None:
    person = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    path = f"/clients/{cast.cleo}/people/{person}"
    before = bytes(Person.objects.get(id=person).identity)
    page = front("dana").open(path)
    assert 'value="Cleo Marsh"' in page.text
    page.send(path, part="client", name="Cleo Marsh", chosen="Clio", pronouns="they", born="2012-03-04", phone="303 555 0143", call="on")
    assert "Clio" in page.words and "303 555 0143" in page.words and "Do not leave voicemail" in page.words
    assert bytes(Person.objects.get(id=person).identity) != before
    assert "Clio" in front("rita").open("/clients").send("/clients", words="3035550143").words
    for who in ("omar", "vera"):
        assert front(who).open(path).status == 404
    assert front("carl").open(path).status == 403


def test_what_is_kept_quiet_is_the_teams_to_see_and_to_say(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/quiet"
    page = front("dana").open(path).send(path, quiet=["gender_affirming_care", "immigration_status"])
    assert "Gender-affirming care" in page.words and "Immigration status" in page.words
    for who, status in (("omar", 404), ("rita", 403), ("vera", 404)):
        assert front(who).open(path).status == status
    assert "Immigration status" not in front("rita").open(f"/clients/{cast.cleo}").words


# --- who may open it -------------------------------------------------------------------------------------------------


def test_dana_shares_one_way_with_a_last_day_and_omar_reads_until_then(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    omar = str(cast.accounts["omar"].id)
    page = front("dana").open(path)
    assert "needs its last day" in page.send(f"{path}/tie", account=omar, kind="shared").words
    page.send(f"{path}/tie", account=omar, kind="shared", until=(NOW.date() + timedelta(days=3)).isoformat())
    assert "Shared one way" in page.words
    assert front("omar").open(f"{path}/chart").status == 200
    assert front("omar").open(f"{path}/chart/entry").status == 403
    tie = Tie.objects.get(record_id=cast.cleo, kind="shared")
    front("dana").open(path).send(f"{path}/ties/{tie.id}/end")
    assert front("omar").open(f"{path}/chart").status == 404


def test_the_desk_is_put_on_no_team_and_the_last_of_the_team_stays(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    page = front("dana").open(path).send(f"{path}/tie", account=str(cast.accounts["rita"].id), kind="team")
    assert page.status == 422 and not Tie.objects.filter(record_id=cast.cleo, account_id=cast.accounts["rita"].id).exists()
    mine = Tie.objects.get(record_id=cast.cleo, kind="team")
    page.open(path).send(f"{path}/ties/{mine.id}/end")
    assert page.status == 409 and "Somebody stays on the team" in page.words
    for who in ("omar", "rita"):
        there = front(who).open("/clients")
        there.send(f"{path}/tie", account=str(cast.accounts["omar"].id), kind="team")
        assert there.status in (403, 404, 422)
    assert not Tie.objects.filter(record_id=cast.cleo, account_id=cast.accounts["omar"].id).exists()


def test_petra_bars_rita_and_cleo_is_gone_for_her(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    front("petra").open(path).send(f"{path}/tie", account=str(cast.accounts["rita"].id), kind="barred")
    assert front("rita").open(path).status == 404
    assert "Cleo" not in front("rita").open("/clients").text
    page = front("dana").open(path)
    assert "Barred from this record" in page.words
    page.send(f"{path}/tie", account=str(cast.accounts["rita"].id), kind="barred")
    assert page.status == 422  # a bar is the officer's


def test_a_barred_officer_does_not_open_it_by_its_number_and_does_nothing_to_it(front: Sit, cast: Cast) -> None:
    path, petra = f"/clients/{cast.cleo}", cast.accounts["petra"].id
    bar = services.tie(cast.petra, cast.cleo, petra, "barred")
    page = front("petra")
    assert page.open(path).status == 404
    assert str(cast.cleo)[:8] not in page.open("/clients").text
    account = str(cast.accounts["omar"].id)
    for where, said in (("/tie", {"account": account, "kind": "team"}), ("/hold", {}), (f"/ties/{bar}/end", {})):
        assert page.open("/clients").send(path + where, **said).status == 404, where
    with pytest.raises(access.NotThere):
        shred_record(cast.petra, cast.cleo, Config.of(Path(settings.DATA)))
    assert Tie.objects.get(id=bar).ends is None and not cast.keys.store.holds(str(cast.cleo))
    assert front("carl").open(path).status == 200  # the bar is hers alone


# --- how long it is kept ---------------------------------------------------------------------------------------------


def test_a_minors_record_is_kept_seven_years_past_eighteen_and_the_page_says_by_which_rule(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    page = front("dana").open(path)
    assert "The clock starts when treatment ends" in page.words and "3 CCR 721-1.16" in page.words
    page.send(f"{path}/close")
    assert "Until Mar 4, 2037" in page.words and "read in the text" in page.words
    page.send(f"{path}/reopen")
    assert "The clock starts when treatment ends" in page.words
    for who in ("omar", "rita", "vera"):
        there = front(who).open("/clients")
        there.send(f"{path}/close")
        assert there.status in (403, 404)
    assert Record.objects.get(id=cast.cleo).closed is None


def test_why_a_record_is_held_is_sealed_and_shown_to_those_who_may_hold(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    front("petra").open(path).send(f"{path}/hold", reason=WHY_HELD)
    for who in ("petra", "carl"):
        words = front(who).open(path).words
        assert WHY_HELD in words and "Since Nov 20, 2026, Petra Test" in words
    for who in ("dana", "rita"):
        there = front(who).open(path)
        assert "A legal hold stands" in there.words and "25 CV 123" not in there.text
    assert [one.reason for one in page_of(cast.dana, cast.cleo).holds] == [""]
    (row,) = LegalHold.objects.using("keys").all()
    assert b"25 CV 123" not in bytes(row.reason) and len(row.reason) > 32
    place = Binding(str(cast.practice.uid), str(cast.cleo), "hold.reason", row.id)
    assert open_text(bytes(row.reason), with_=cast.keys.key(cast.cleo, Use.RECORD), bound_to=place) == WHY_HELD


# --- units ---------------------------------------------------------------------------------------------------------


def on_unit(front: Sit, cast: Cast, who: str, *assigned: str) -> Front:
    path = f"/clients/{cast.cleo}/unit"
    unit = next(iter(units.names(cast.petra)), None) or units.add(cast.petra, "3 West")
    return front(who).open(path).send(path, unit=str(unit), assigned=[str(cast.accounts[one].id) for one in assigned])


def test_dana_puts_her_client_on_a_unit_and_only_those_assigned_open_it(front: Sit, cast: Cast) -> None:
    path, before = f"/clients/{cast.cleo}", len(acts(cast))
    page = on_unit(front, cast, "dana", "dana", "omar")
    assert page.status == 200 and "On 3 West. Only who is assigned to the case opens it." in page.words
    assert [one for one in acts(cast)[before:] if one.startswith(("record.", "tie."))] == ["record.unit", "tie.case", "tie.case"]
    assert "Cleo Marsh" in front("omar").open(path).words
    for who in ("rita", "vera"):
        assert front(who).open(path).status == 404
    for who in ("rita", "carl"):
        assert "Cleo" not in front(who).open("/clients").text and front(who).open(f"{path}/chart").status == 404
    assert "Cleo" not in front("carl").open(path).text  # who keeps holds knows it by its number
    assert "Cleo" not in front("petra").open(path).text


def test_who_does_not_assign_herself_sees_nothing_of_it_and_lands_on_the_list(front: Sit, cast: Cast) -> None:
    page = on_unit(front, cast, "dana", "omar")
    assert (page.status, page.at) == (200, "/clients") and "Cleo" not in page.text
    assert front("dana").open(f"/clients/{cast.cleo}").status == 404


def test_nobody_assigned_or_no_unit_is_refused_and_says_so(front: Sit, cast: Cast) -> None:
    assert "The owner or the privacy officer names the units" in front("dana").open(f"/clients/{cast.cleo}/unit").words
    page = on_unit(front, cast, "dana")
    assert page.status == 422 and "Choose who is assigned" in page.words
    page.send(f"/clients/{cast.cleo}/unit", unit="00000000-0000-0000-0000-000000000001", assigned=[str(cast.accounts["dana"].id)])
    assert page.status == 422 and Record.objects.get(id=cast.cleo).unit is None
    page = on_unit(front, cast, "dana", "rita")
    assert page.status == 422  # the desk treats nobody


def test_taken_off_the_team_opens_it_again_and_the_units_years_bind(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    on_unit(front, cast, "petra", "omar")
    page = front("petra").open(f"{path}/unit").send(f"{path}/unit/off")
    assert page.status == 200 and "On 3 West" not in page.words and "Put it on an inpatient unit" in page.words
    assert "Cleo Marsh" in front("dana").open(path).words and front("omar").open(path).status == 404
    assert "record.off_unit" in acts(cast)
    assert "C.R.S. 27-65-123" in front("dana").open(path).words  # once an inpatient, kept as one


def test_without_a_team_it_stays_on_its_unit_and_the_last_of_the_case_stays(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    on_unit(front, cast, "petra", "omar")
    case, team = (Tie.objects.get(record_id=cast.cleo, kind=kind) for kind in ("case", "team"))
    page = front("petra").open(path)
    assert page.send(f"{path}/ties/{case.id}/end").status == 409
    page.open(path).send(f"{path}/ties/{team.id}/end")
    assert page.open(f"{path}/unit").send(f"{path}/unit/off").status == 409
    assert Record.objects.get(id=cast.cleo).unit is not None
    page.open(path).send(f"{path}/tie", account=str(cast.accounts["dana"].id), kind="case")
    assert "Cleo Marsh" in front("dana").open(path).words


@pytest.mark.parametrize(("who", "status"), [("omar", 404), ("rita", 403), ("carl", 403), ("bill", 403), ("vera", 404), ("olga", 404)])
def test_the_unit_of_a_record_is_the_teams_and_the_officers(front: Sit, cast: Cast, who: str, status: int) -> None:
    unit = units.add(cast.petra, "3 West")
    page = front(who).open(f"/clients/{cast.cleo}/unit")
    assert page.status == status
    for where in ("/unit", "/unit/off"):
        page.open("/clients").send(f"/clients/{cast.cleo}{where}", unit=str(unit), assigned=[str(cast.accounts["omar"].id)])
        assert page.status in (403, 404)
    assert Record.objects.get(id=cast.cleo).unit is None


def test_the_owner_and_the_officer_name_units_and_strike_empty_ones(front: Sit, cast: Cast) -> None:
    page = front("olga").open("/staff/units").send("/staff/units", act="add", name="3 West")
    assert 'value="3 West"' in page.text
    assert "Another unit is called so" in page.send("/staff/units", act="add", name="3 west").words
    assert page.send("/staff/units", act="add", name=" ").status == 422
    (unit,) = units.names(cast.olga)
    on_unit(front, cast, "petra", "omar")
    assert "Records are on this unit" in page.send("/staff/units", act="remove", unit=str(unit)).words
    front("petra").open("/staff/units").send("/staff/units", act="rename", unit=str(unit), name="4 East")
    assert units.names(cast.olga) == {unit: "4 East"}
    units.take_off(cast.petra, cast.cleo)
    page.send("/staff/units", act="remove", unit=str(unit))
    assert units.names(cast.olga) == {}
    for who in ("dana", "omar", "rita"):
        assert front(who).open("/staff/units").status == 403
    unit = units.add(cast.petra, "3 West")
    for act in (lambda: units.add(cast.dana, "x"), lambda: units.rename(cast.dana, unit, "x"), lambda: units.remove(cast.dana, unit)):
        with pytest.raises(access.NotAllowed):
            act()
    assert units.names(cast.vera) == {}
    with pytest.raises(access.NotThere):
        units.rename(cast.vera, next(iter(units.names(cast.olga))), "x")


@pytest.mark.parametrize(
    ("states", "profession", "born", "until"),
    [
        (["CO"], "psychologist", date(1980, 1, 1), date(2027, 2, 1)),
        (["CO"], "psychologist", date(2001, 6, 1), date(2027, 2, 1)),
        (["CO"], "psychologist", date(2002, 2, 2), date(2027, 2, 2)),
        (["CO"], "professional_counselor", date(2010, 1, 1), date(2032, 2, 1)),
        (["CO"], "marriage_family_therapist", date(2010, 1, 1), date(2035, 1, 1)),
        (["CA"], "marriage_family_therapist", date(2004, 2, 29), date(2029, 3, 1)),
        (["WY"], "psychologist", date(1980, 1, 1), None),
    ],
)
def test_the_clock_by_state_profession_and_age(states: list[str], profession: str, born: date, until: date | None) -> None:
    ended = date(2020, 2, 1)
    assert retention.clock(retention.fitting(states, profession, "private_practice", False), states, ended, [born]).until == until


def test_on_a_unit_of_a_hospital_ten_years_and_until_twenty_eight() -> None:
    rules = retention.fitting(["CO"], "psychologist", "inpatient", True)
    assert retention.clock(rules, ["CO"], date(2020, 2, 1), [date(1980, 1, 1)]).until == date(2030, 2, 1)
    assert retention.clock(rules, ["CO"], date(2020, 2, 1), [date(2010, 5, 5)]).until == date(2038, 5, 5)


def test_under_a_legal_hold_a_record_may_be_closed_and_not_destroyed(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    for who, status in (("dana", 403), ("rita", 403), ("omar", 404), ("vera", 404)):
        there = front(who).open("/clients")
        there.send(f"{path}/hold")
        assert there.status == status, who
    page = front("petra").open(path).send(f"{path}/hold", reason=" ")
    assert page.status == 422 and "Write why" in page.words and not cast.keys.store.holds(str(cast.cleo))
    page.send(f"{path}/hold", reason=WHY_HELD)
    assert "A legal hold stands" in page.words and "A legal hold stands" in front("dana").open(path).words
    assert "Treatment ended" in front("dana").open(path).send(f"{path}/close").words
    store, keys = cast.keys.store, [KeyFor(str(cast.practice.uid), str(cast.cleo), Use.RECORD)]
    with pytest.raises(HeldForLaw):
        shred(store, str(cast.cleo), keys, id="s1", requested=NOW, now=NOW)
    (hold,) = store.holds(str(cast.cleo))
    assert "A legal hold stands" not in front("carl").open(path).send(f"{path}/holds/{hold}/lift").words
    shred(store, str(cast.cleo), keys, id="s1", requested=NOW, now=NOW)
    assert {"hold.place", "hold.lift"} <= set(acts(cast))


def test_each_page_leaves_exactly_one_event(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}"
    person = Participant.objects.get(record_id=cast.cleo, part="client").person_id
    page = front("dana")
    for where in ("", "/quiet", f"/people/{person}", "/chart", "/chart/entry", "/chart/documents/new", "/visits/new", "/unit"):
        before = len(acts(cast))
        assert page.open(path + where).status == 200
        assert len(acts(cast)) == before + 1, where


def test_where_the_log_cannot_be_written_no_page_shows_a_client(front: Sit, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("privity.practice.trail.services.append", full)
    for where in ("/clients", f"/clients/{cast.cleo}", f"/clients/{cast.cleo}/chart", "/today"):
        page = front("dana").open(where)
        assert page.status == 503 and "Cleo" not in page.text
