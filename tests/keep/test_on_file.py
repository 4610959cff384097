"""A paper signed outside Privity is on file as what it is: it ends the asking, it is told beside a question, and it opens nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from privity.law import Book
from privity.practice.agreements import paper_sweeping, scans
from privity.practice.agreements.access import for_gates as authorizations
from privity.practice.agreements.models import Scan
from privity.practice.agreements.paper_access import OnFile, every_for_gates, for_gates, lacking
from privity.practice.agreements.paper_models import Paper, Signature
from privity.practice.agreements.paper_services import CannotBe, FromOutside, put_on_file, withdraw
from privity.practice.decisions import access as decisions
from privity.practice.decisions.asking import beside, notes_of
from privity.practice.decisions.dialogue import Asked
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.people.actor import Actor
from privity.practice.people.models import Participant, Record
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.site.exporting import export
from privity.practice.trail.models import Event
from privity.practice.visits.services import NewVisit, add_visit

from .conftest import NOW, Cast, signed_here
from .front import Front

Sit = Callable[[str], Front]
BOOK = Book.open()
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND"
HERE = OnFile("", "en", "In the paper chart")
MISSING, SAYS = "A paper is missing", "Entered by Rita Test"


def person(record: UUID, part: str = "client") -> UUID:
    return Participant.objects.filter(record_id=record, part=part).values_list("person_id", flat=True)[0]


def flags(actor: Actor, record: UUID) -> list[str]:
    return [str(one) for one in lacking(None, actor=actor, records=[record]).get(record, ())]


def filed(actor: Actor, record: UUID, template: str, on: date, *people: UUID, about: OnFile = HERE) -> UUID:
    (id,) = put_on_file(actor, record, [FromOutside(template, dict.fromkeys(people, on), about)], press=uuid4())
    return id


def notes(actor: Actor, record: UUID) -> str:
    found = decisions.asking(actor, record, "decision.ask")
    return " ".join(notes_of(BOOK, found, beside(found.of, Asked("CO", ()))))


def test_the_front_desk_puts_a_consent_and_a_notice_on_file_and_nobody_asks_for_them_again(front: Sit, cast: Cast) -> None:
    client, father = person(cast.cleo), person(cast.cleo, "parent")
    add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW + timedelta(days=1), NOW + timedelta(days=1, minutes=50), "office"))
    rita, here = front("rita"), f"/clients/{cast.cleo}/papers/on-file"
    page = rita.open(f"/clients/{cast.cleo}/papers")
    assert f'href="{here}?paper=consent"' in page.text and flags(cast.rita, cast.cleo) == [MISSING]
    page.open(f"{here}?paper=consent")
    assert re.search(r'value="consent"[^>]* checked', page.text) and 'value="release' not in page.text
    for said, wrong in (
        ({f"day-{client}": "2026-11-21"}, ("still to come", "where the paper lies", "Tick that you saw them")),
        ({f"day-{client}": "2012-03-03", "templates": "release", "lies": "x", "seen": "on"}, ("before Cleo Marsh was born", "Select a valid choice")),
        ({"why": "No", "lies": "x", "seen": "on"}, ("at least one day", "for a notice nobody signed")),
    ):  # fmt: skip
        page.send(here, **{"templates": "consent", "language": "es", **said})
        assert page.status == 422 and all(why in page.words for why in wrong), page.words
        assert page.text.count('class="field-error"') == len(wrong)
    assert not Paper.objects.exists()
    sent = {"templates": "consent", "language": "es", "lies": "Front of the chart", "seen": "on", f"day-{client}": "2025-03-03", f"day-{father}": "2025-03-04"}
    carried = page.page
    assert SAYS in page.send(here, **sent, words="Our form of 2024").words
    for said in ("Cleo Marsh Client Mar 3, 2025, a minor then", "Max Marsh Parent Mar 4, 2025", "Our form of 2024", "Front of the chart", "Español"):
        assert said in page.words, said
    page.page = carried
    page.send(here, **sent, words="Our form of 2024")  # pressed twice
    (consent,) = Paper.objects.all()
    assert b"Cleo" not in bytes(consent.body) and not Signature.objects.exists() and page.at.endswith(str(consent.id))
    event = Event.objects.filter(practice=cast.practice.uid, act="paper.file")
    assert event.count() == 1 and b"Cleo" not in bytes(event[0].line)
    # The notice: given, and nobody signed for it; the reason is the effort the rule asks to be written down.
    page.open(f"{here}?paper=notice")
    notice = {"templates": ["notice:refused", "notice"], "language": "en", "seen": "on", "lies": "x", f"day-{client}": "2025-03-03"}
    assert flags(cast.rita, cast.cleo) == [MISSING]
    page.send(here, **notice)
    assert "what you did to get a signature" in page.words and "Tick one line for the privacy notice" in page.words
    page.send(here, **{**notice, "templates": "notice:refused"}, why="Asked twice. She signs nothing.")
    for said in ("Given, not signed", "They did not want to sign for it", "Asked twice", "164.520(c)(2)(ii)"):
        assert said in page.words, said
    assert flags(cast.rita, cast.cleo) == [] and [one.kind for one in every_for_gates(cast.dana, cast.cleo)] == ["informed_consent"]
    page.open(f"/clients/{cast.cleo}/papers")
    for said in ("On paper, entered by Rita Test, Nov 20, 2026", "Given, entered by Rita Test", "Cleo Marsh, Mar 3, 2025, a minor then"):
        assert said in page.words, said
    assert "Due:" not in page.words and "Nobody yet" not in page.words
    page.open(f"/clients/{cast.cleo}/papers/{consent.id}").send(f"/clients/{cast.cleo}/papers/{consent.id}/away")
    assert "Withdrawn" in page.words and "Front of the chart" in page.words and flags(cast.rita, cast.cleo) == [MISSING]
    assert "Withdrawn" in page.open(f"/clients/{cast.cleo}/papers").words and "Due: Consent" in page.words
    assert front("dana").get(f"/clients/{cast.cleo}/papers/{consent.id}/talk").status == 404  # of what somebody signed elsewhere there was no talk here
    assert page.get(f"{here}?paper=release_part2").where() == f"/clients/{cast.cleo}/authorizations/begin"
    for who, status in (("omar", 404), ("petra", 404), ("bill", 403)):
        assert front(who).get(here).status == status
    for stranger in (cast.omar, cast.vera, cast.actor("bill")):
        with pytest.raises((NotThere, NotAllowed)):
            filed(stranger, cast.cleo, "consent", date(2025, 3, 3), client)


def test_its_scan_is_sealed_with_it_goes_out_with_it_and_goes_with_it(front: Sit, cast: Cast, tmp_path: Path) -> None:
    client, came = person(cast.cleo), scans.add(cast.rita, cast.cleo, PICTURE)
    rita, here = front("rita").open(f"/clients/{cast.cleo}/authorizations"), f"/clients/{cast.cleo}/papers/on-file?scan={came}"
    assert f'href="{here}"' in rita.text  # an unread fax that is no authorization
    sent = {"templates": ["consent", "minors"], "language": "en", "seen": "on", f"day-{client}": "2026-11-20"}
    carried = rita.open(here).page
    assert f"/authorizations/scans/{came}/1" in rita.text and rita.send(here, **sent).at.endswith("/papers")
    both = [one.paper for one in every_for_gates(cast.dana, cast.cleo)]
    assert len(both) == 2 and all(f"/authorizations/scans/{came}/1" in rita.open(f"/clients/{cast.cleo}/papers/{one}").text for one in both)
    rita.page = carried
    assert rita.send(here, **sent).at.endswith(str(Scan.objects.get().paper_id)) and Paper.objects.count() == 2
    assert "nobody has read" not in rita.open(f"/clients/{cast.cleo}/authorizations").words and authorizations(cast.dana, cast.cleo) == ()
    with pytest.raises(scans.AlreadyRead):
        scans.drop(cast.rita, cast.cleo, came)
    new = [FromOutside("telehealth", {client: date(2026, 11, 1)}, HERE)]
    press = uuid4()
    two = [put_on_file(cast.rita, cast.cleo, new, press=press, content=PICTURE)[0] for _ in range(2)]
    assert two[0] == two[1] and Scan.objects.count() == 2 and b"IEND" not in b"".join(bytes(row.body) for row in Scan.objects.all())
    withdraw(cast.rita, cast.cleo, two[0])
    assert put_on_file(cast.rita, cast.cleo, new, press=uuid4())[0] != two[0]  # corrected: entered anew, the withdrawn one stays
    export(cast.actor("carl"), tmp_path / "out", cast.cleo)
    folder = tmp_path / "out" / "records" / str(cast.cleo)
    told = sorted(json.loads((folder / "papers.json").read_bytes())["papers"], key=lambda one: (one["kind"], one["withdrawn"] is None))
    assert [(each["kind"], bool(each["withdrawn"])) for each in told] == [
        ("informed_consent", False), ("minor_assent", False), ("telehealth", True), ("telehealth", False),
    ]  # fmt: skip
    assert (told[0]["on_file"]["lies"], told[0]["signers"][0]["day"], told[0]["sheets"], told[0]["signatures"]) == ("", "2026-11-20", {}, [])
    assert (folder / told[0]["scans"][0]["document"]).read_bytes() == PICTURE
    # It stays with its record, and goes six years after that was shredded, its scans with it.
    sweep = lambda years: paper_sweeping.sweep(cast.practice, NOW.date() + timedelta(days=366 * years), ())  # noqa: E731
    assert sweep(20) == 0
    Record.objects.filter(id=cast.cleo).update(shredded=NOW, closed=NOW)
    assert (sweep(5), sweep(7), Scan.objects.count()) == (0, 4, 0)


def test_what_stands_on_it_is_told_beside_a_question_and_answers_none(cast: Cast) -> None:
    dana, child, father = cast.dana, person(cast.cleo), person(cast.cleo, "parent")
    filed(cast.rita, cast.cleo, "minors", date(2025, 3, 3), child, father)
    paper = filed(cast.rita, cast.cleo, "consent", date(2025, 3, 4), father)
    assert for_gates(dana, cast.cleo) == () and len(every_for_gates(dana, cast.cleo)) == 2
    said = (("recipient.kind", "parent"), ("purpose", "client_access"), ("information", ("progress_notes",)))
    found = beside(decisions.asking(dana, cast.cleo, "decision.ask").of, Asked("CO", said)).held.gathered
    assert [one.name for one in found if one.value and one.name.startswith(("parent.", "minor.", "authorization."))] == []
    assert "On file on paper: the consent to care, signed by Max Marsh, Mar 4, 2025. Nobody here kept its words" in notes(dana, cast.cleo)
    withdraw(cast.rita, cast.cleo, paper)
    assert "the consent to care" not in notes(dana, cast.cleo) and "the young person’s paper, signed by Cleo Marsh and Max Marsh" in notes(dana, cast.cleo)
    # A couple's rule stays a note; what was signed here stays beside a newer one from outside.
    both = (NewPerson("Ada Quill", part="partner", born=date(1990, 1, 1)), NewPerson("Ben Quill", part="partner", born=date(1991, 1, 1)))
    couple = add_record(dana, NewRecord("couple", both))
    ada, ben = Participant.objects.filter(record_id=couple).order_by("id").values_list("person_id", flat=True)
    filed(dana, couple, "couple_no_secrets", date(2026, 11, 1), ada, ben)
    assert "no secrets between the two, signed Nov 1, 2026. Signed on paper: nobody here kept its words. It opens nothing" in notes(dana, couple)
    signed_here(dana, couple, "couple_full_secrets", ada, ben)
    assert notes(dana, couple).count("Agreed by the couple") == 1 and "you keep, signed Nov 20, 2026. It opens" in notes(dana, couple)
    dana = replace(dana, now=NOW + timedelta(days=2))
    filed(dana, couple, "couple_some_secrets", date(2026, 11, 22), ada)
    assert "signed Nov 22, 2026. Signed on paper: nobody here kept its words. Not signed by Ben Quill" in notes(dana, couple)
    assert "you keep, signed Nov 20, 2026. It opens" in notes(dana, couple)
    # A consent that bears one of their names ends no asking; one with both does.
    add_visit(dana, couple, NewVisit(cast.accounts["dana"].id, dana.now, dana.now + timedelta(minutes=50), "office"))
    filed(dana, couple, "notice", date(2026, 11, 1), ada, ben)
    filed(dana, couple, "consent", date(2026, 11, 1), ada)
    assert flags(dana, couple) == [MISSING]
    filed(dana, couple, "consent", date(2026, 11, 1), ada, ben)
    assert flags(dana, couple) == []
    unsigned = replace(HERE, unsigned="refused")
    for template, day, about in (("release", 1, HERE), ("consent", 23, HERE), ("consent", 1, replace(unsigned, why="No")), ("notice", 1, unsigned)):
        with pytest.raises(CannotBe):
            filed(dana, couple, template, date(2026, 11, day), ada, ben, about=about)
    with pytest.raises(CannotBe):
        filed(dana, couple, "consent", date(2026, 11, 1), child)
