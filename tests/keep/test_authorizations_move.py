"""What was signed and agreed goes out with an export and comes in with it: whole, under its ids, those that were taken back too."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.practice.agreements import access, restrictions, scans
from privity.practice.agreements.models import Authorization, Restriction, Scan
from privity.practice.agreements.restrictions import BY_PRACTICE, NewRestriction, agree, end
from privity.practice.agreements.services import record_authorization, revoke
from privity.practice.agreements.validity import State
from privity.practice.people import care
from privity.practice.people.access import NotThere
from privity.practice.people.models import Record
from privity.practice.site.exporting import export
from privity.practice.site.importing import CannotImport, bring_in, try_out
from privity.practice.visits.services import NewVisit, add_visit

from .conftest import NOW, Cast, paper_of
from .test_import_export import change, renamed, sheet_of, user_name
from .test_signed_papers import consent, fax

PICTURE = fax(2)


@pytest.fixture
def exported(cast: Cast, tmp_path: Path) -> Path:
    """Cleo's record with four papers and two restrictions, under other ids: as if it came from another server."""
    one = record_authorization(cast.rita, cast.cleo, paper_of("employer"))
    scans.add(cast.rita, cast.cleo, PICTURE, one)
    revoke(cast.dana, cast.cleo, record_authorization(cast.dana, cast.cleo, paper_of("school")), "On the phone", by_word=True)
    record_authorization(cast.dana, cast.cleo, consent(signer="Cleo Marsh"))
    record_authorization(cast.dana, cast.cleo, paper_of("client_attorney", ends=None, with_treatment=True, has=()))
    scans.add(cast.rita, cast.cleo, fax())  # nobody has read it: it stays behind
    visit = add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW, NOW + timedelta(minutes=50), "office"))
    agree(cast.dana, cast.cleo, NewRestriction((), ("payer",), self_pay=True, began=date(2026, 11, 1), visits=(visit,), note="She paid in cash."))
    end(cast.dana, cast.cleo, agree(cast.dana, cast.cleo, NewRestriction(("hiv",), ("parent",), self_pay=False, began=date(2026, 11, 2))), BY_PRACTICE)
    care.close(cast.dana, cast.cleo)
    export(cast.olga, tmp_path / "export", None)
    return renamed(tmp_path / "export", tmp_path / "renamed", keep=cast)


def bring(cast: Cast, exported: Path) -> UUID:
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert tried.wrong == []
    assert bring_in(cast.vera, exported, tried) == 1
    return UUID(sheet_of(exported, "Cleo Marsh")[1]["id"])


def test_they_come_into_another_practice_and_read_there_as_they_did(cast: Cast, exported: Path, tmp_path: Path) -> None:
    cleo = bring(cast, exported)
    kept = {one.terms.recipient_kind + one.terms.kind: one for one in access.for_gates(cast.vera, cleo)}
    here = {one.terms.recipient_kind + one.terms.kind: one for one in access.for_gates(cast.dana, cast.cleo)}
    assert {name: one.terms for name, one in kept.items()} == {name: one.terms for name, one in here.items()}
    back = kept["schoolauthorization"]
    assert (back.state, back.by_word, back.how_revoked, back.revoked) == (State.REVOKED, True, "On the phone", NOW)
    assert kept["client_attorneyauthorization"].ended == date(2026, 11, 20)
    (paper,) = kept["employerauthorization"].scans
    assert scans.body_for_gates(cast.vera, cleo, paper.id)[1] == PICTURE and paper.pages == 2
    paid, agreed = sorted(restrictions.for_gates(cast.vera, cleo), key=lambda one: not one.self_pay)
    assert (paid.note, len(paid.visits), agreed.ended, agreed.later_only) == ("She paid in cash.", 1, date(2026, 11, 20), True)
    _, raw = sheet_of(exported, "Cleo Marsh")
    assert {one["id"] for one in raw["authorizations"]} == {str(one.id) for one in kept.values()}
    assert raw["visits"][0]["id"] == str(paid.visits[0])
    again = tmp_path / "again"
    export(cast.vera, again, None)
    _, after = sheet_of(again, "Cleo Marsh")
    for name in ("authorizations", "restrictions"):
        assert sorted(map(str, after[name])) == sorted(map(str, raw[name]))


def test_taking_treatment_up_again_there_revives_none(cast: Cast, exported: Path) -> None:
    cleo = bring(cast, exported)
    Record.objects.filter(id=cleo).update(closed=None)
    assert next(one for one in access.for_gates(cast.vera, cleo) if one.terms.with_treatment).state is State.EXPIRED


def test_they_lie_sealed_there_and_those_of_the_other_practice_cannot_open_them(cast: Cast, exported: Path) -> None:
    cleo = bring(cast, exported)
    for row in Authorization.objects.filter(record_id=cleo):
        assert b"Alpine" not in bytes(row.terms)
    assert b"cash" not in b"".join(bytes(row.terms) for row in Restriction.objects.filter(record_id=cleo))
    for who in (cast.dana, cast.omar):
        with pytest.raises(NotThere):
            access.page(who, cleo)
        with pytest.raises(NotThere):
            restrictions.page(who, cleo)


def paper(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the authorization that has a scan."""
    return next(one for one in raw["authorizations"] if one["papers"])


def revoked(raw: dict[str, Any]) -> dict[str, Any]:
    """Return the authorization that was taken back."""
    return next(one for one in raw["authorizations"] if one["revoked"])


def limit(raw: dict[str, Any], *, paid: bool) -> dict[str, Any]:
    """Return a restriction."""
    return next(one for one in raw["restrictions"] if one["self_pay"] is paid)


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], Any], str, str]] = {
    "a kind": (lambda raw: paper(raw)["terms"].update(kind="promise"), "authorizations ", "kind is none of"),
    "a field": (lambda raw: paper(raw)["terms"].update(color="red"), "authorizations ", "a field that no paper has"),
    "a day": (lambda raw: paper(raw)["terms"].update(signed="soon"), "authorizations ", "a day that is none"),
    "words": (lambda raw: paper(raw)["terms"].update(recipient=7), "authorizations ", "each a text"),
    "no terms": (lambda raw: paper(raw).pop("terms"), "authorizations ", "terms must be"),
    "a path out": (lambda raw: paper(raw)["papers"][0].update(document="../../../etc/passwd"), ", paper 1", "document must be"),
    "who read it": (lambda raw: paper(raw).update(by=str(uuid4())), "staff", "does not stand here"),
    "an id twice": (lambda raw: raw["authorizations"].append(raw["authorizations"][0]), "", "stands in records/"),
    "how a restriction ended": (lambda raw: limit(raw, paid=False).update(how_ended="somehow"), "restrictions ", "how_ended is none"),
    "a visit": (lambda raw: limit(raw, paid=True).update(visits=["Monday"]), "restrictions ", "a list of ids"),
    "taken back on no day": (lambda raw: revoked(raw).update(revoked=None), "authorizations ", "not when"),
    "ended on no day": (lambda raw: limit(raw, paid=False).update(ended=None), "restrictions ", "not on which day"),
    "ended for what is older too": (lambda raw: limit(raw, paid=False).update(later_only=False), "restrictions ", "holds on"),
    "paid in full, ended by the practice": (
        lambda raw: limit(raw, paid=True).update(ended="2026-11-03", how_ended=BY_PRACTICE, later_only=True),
        "restrictions ",
        "only the client ends",
    ),
    "no first day": (lambda raw: limit(raw, paid=True).update(began=None), "restrictions ", "began is no day"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_with_one_is_named_and_nothing_comes_in(cast: Cast, exported: Path, what: str) -> None:
    harm, place, words = BROKEN[what]
    change(exported, "Cleo Marsh", harm)
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert any(place in one.place and words in one.words for one in tried.wrong), tried.wrong
    with pytest.raises(CannotImport):
        bring_in(cast.vera, exported, tried)
    assert not Authorization.objects.filter(practice_id=cast.vera.practice_row).exists()


def test_a_scan_that_is_cut_off_is_named(cast: Cast, exported: Path) -> None:
    (file,) = exported.rglob("*.pdf")
    file.write_bytes(PICTURE[:-20])
    assert any("broken or cut off" in one.words for one in try_out(cast.vera, exported, {}, user_name(cast.vera)).wrong)


def test_an_export_of_before_has_none_and_comes_in(cast: Cast, exported: Path) -> None:
    def older(raw: dict[str, Any]) -> None:
        raw.pop("authorizations"), raw.pop("restrictions")

    change(exported, "Cleo Marsh", older)
    practice = json.loads((exported / "practice.json").read_text())
    (exported / "practice.json").write_text(json.dumps({**practice, "privity_export": 2}))
    cleo = bring(cast, exported)
    assert access.for_gates(cast.vera, cleo) == () and not Scan.objects.filter(record_id=cleo).exists()


@pytest.mark.parametrize("name", ["authorizations", "restrictions"])
def test_an_id_that_something_here_bears_does_not_come_in(cast: Cast, exported: Path, name: str) -> None:
    model: Any = Authorization if name == "authorizations" else Restriction
    taken = str(model.objects.filter(record_id=cast.cleo).first().id)
    change(exported, "Cleo Marsh", lambda raw: raw[name][0].update(id=taken))
    tried = try_out(cast.vera, exported, {}, user_name(cast.vera))
    assert [(one.place, one.words) for one in tried.wrong] == [(taken, "something here bears this id already")]
