"""Every address of the house, opened by everybody: signed out, from another practice, in every role and every relation, looking and acting with junk.

The list of addresses is the resolver's own, so that a new page is here at once; what each must refuse follows from the matrix by way of site/doors.py.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, islice
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.template.base import Template
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from privity.law import Book
from privity.law.explore import Explored, explore
from privity.practice.agreements import scans
from privity.practice.agreements.paper_services import Offer, offer
from privity.practice.agreements.restrictions import NewRestriction, agree
from privity.practice.agreements.services import record_authorization
from privity.practice.incidents.models import RequestLetter
from privity.practice.incidents.requests import Said
from privity.practice.incidents.services import take, write_down
from privity.practice.people import importing, matrix
from privity.practice.people.models import Account, Participant, Role, Supervision, Tie
from privity.practice.people.services import add_account, keep_letterhead, make_missing
from privity.practice.records.services import NewDocument, NewEntry, add_document, sign_entry
from privity.practice.releases import recipients
from privity.practice.releases.consultation_services import Judged
from privity.practice.releases.consultation_services import keep as keep_case
from privity.practice.releases.models import Outgoing, Packet
from privity.practice.releases.packet import Plan
from privity.practice.releases.services import keep, place_of_copy
from privity.practice.site.doors import DOORS, Door, To
from privity.practice.site.signed_in import FIRST, OPEN
from privity.practice.visits.services import NewVisit, add_visit
from privity.vault import Use, seal

from .conftest import NOW, Cast, paper_of
from .front import Front, Page, open_doors
from .releasing import frozen

RELATIONS = ("none", "team", "case", "shared", "supervises", "barred", "glass")
NAME, NOTE = "Marsh", "canary-of-the-note-7f3a"
JUNK = {
    "category": "zz", "reason": "x", "name": "<b>", "born": "0", "finding": "maybe", "expected": "1e9", "kind": "\u202e", "account": "x", "record": "x",
    "ends": "never", "parts": "", "password": "x", "code": "1", "roles": "zz", "next": "//evil.example",
}  # fmt: skip
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND"  # as far as a look at its bytes goes
# So that the gate is asked, and not only the form.
JUNK_FOR = {"draft": {"kind": "session", "after": "0"}, "request-decide": {"act": "answer"}, "request-step": {"act": "withdraw"}}
CELLS = 5000
SEEN = NOW + timedelta(minutes=1)  # when the doors open: a session seen long before would be written anew at each of them


def addresses(patterns: Sequence[URLPattern | URLResolver] | None = None, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every address the resolver knows: its name, with its namespaces, and its pattern."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, (*spaces, *([one.namespace] if one.namespace else [])))
        else:
            yield ":".join((*spaces, str(one.name))), one


GATED = [(name, pattern) for name, pattern in addresses() if name in DOORS and DOORS[name].to is not To.NOBODY]
OF_CLIENTS = [(name, pattern) for name, pattern in GATED if DOORS[name].to not in (To.SELF, To.TICKET)]


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    names = [name for name, _ in addresses()]
    assert sorted(set(names) - set(DOORS)) == [], "add a row to site/doors.py: what must the matrix allow whoever opens this page?"
    assert sorted(set(DOORS) - set(names)) == []


def test_only_the_desk_and_the_way_in_are_open_to_nobody_in_particular() -> None:
    assert {name for name, door in DOORS.items() if door.to is To.NOBODY} <= OPEN | FIRST


def test_what_the_rows_ask_for_stands_in_the_matrix() -> None:
    rows = {(row.action, row.kind) for row in matrix.MATRIX}
    assert {need for door in DOORS.values() for need in (door.look, door.act) if need} <= rows


# --- the house ---------------------------------------------------------------------------------------------------


@dataclass
class House:
    """The cast, somebody who walks, and what stands in addresses."""

    cast: Cast
    walker: UUID
    things: dict[str, object]

    def path(self, name: str, pattern: URLPattern) -> str:
        """An address that exists, about Cleo wherever it is about somebody."""
        given = {key: self.things.get(f"{name}.{key}", self.things.get(key, uuid4())) for key in pattern.pattern.converters}
        return reverse(name, kwargs=given)

    def stand(self, roles: Sequence[str], relation: str) -> None:
        """Give the walker these roles and this relation to Cleo's record, and no other."""
        Account.objects.filter(id=self.walker).update(roles=sorted(roles))
        Tie.objects.filter(account_id=self.walker).delete()
        Supervision.objects.filter(supervisor_id=self.walker).delete()
        mine = {"practice": self.cast.practice, "began": NOW}
        if relation == "supervises":
            Supervision.objects.create(supervisor_id=self.walker, trainee=self.cast.accounts["dana"], **mine)
        elif relation != "none":
            kinds = [relation, "team"] if relation == "barred" else [relation]
            Tie.objects.bulk_create(Tie(record_id=self.cast.cleo, account_id=self.walker, kind=kind, by=self.walker, **mine) for kind in kinds)


@pytest.fixture
def house(cast: Cast) -> Iterator[House]:
    entry = sign_entry(cast.dana, cast.cleo, NewEntry("session", NOW, {"progress_notes": NOTE, "diagnosis": "F41.1"}))
    person = Participant.objects.filter(record_id=cast.cleo, part="client").values_list("person_id", flat=True)[0]
    tie = Tie.objects.filter(record_id=cast.cleo).values_list("id", flat=True)[0]
    walker = add_account(cast.olga, "Will Walker", ["clinician"]).id
    file = importing.keep_file(cast.rita, b"Name,Birth date\nCleo Marsh,2012-03-04\n")
    starts = NOW + timedelta(hours=1)
    visit = add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, starts, starts + timedelta(minutes=50), "office"))
    paper = add_document(cast.dana, cast.cleo, NewDocument("A letter", "progress_notes", NOTE.encode()))
    signed = record_authorization(cast.dana, cast.cleo, paper_of("employer"))
    laid = offer(cast.dana, cast.cleo, Offer("consent", "CO", ("en", "es"), (person,), {}, {}))
    fax = scans.add(cast.dana, cast.cleo, PICTURE)
    asked = Said("access", NOW.date(), "parent", None, f"Max {NAME}", "known", "", "All of it", in_writing=True, wants="copy", form="paper")
    request = write_down(cast.dana, cast.cleo, asked)
    keep_letterhead(cast.olga, "Alder Counseling", "12 Pine Street", "Petra Test", "970 555 0100")
    take(cast.dana, Book.open(), cast.cleo, request, "extend", {"reason": "The archive", "until": None})
    letter = RequestLetter.objects.values_list("id", flat=True).get()
    limit = agree(cast.dana, cast.cleo, NewRestriction(("hiv",), (), self_pay=False, began=NOW.date()))
    judged, body = (
        Judged(removed=True, recognizable=False),
        {"text": NOTE, "taken": [], "left": [], "risks": {}, "why": "", "asked": NOTE, "asked_kind": "consultant"},
    )
    told = keep_case(cast.dana, Book.open(), cast.cleo, judged, "consultant", body)
    things: dict[str, object] = {
        "request_id": request, "letter_id": letter, "authorization": signed, "consultation": told, **_leaving(cast), "restriction": limit,
        "scan": fax, "page": 1,
        "paper": laid, "template": "consent", "token": "nobody-made-it",
        "visit": visit, "document_id": paper, "hold_id": "h-1", "verb": "mine", "record": cast.cleo, "entry_id": entry, "person_id": person, "tie_id": tie,
        "rule_id": "co.statutes.13-21-117.2a", "file": file, "id": walker,
    }  # fmt: skip
    with open_doors(SEEN, cast.keys, cast.vera.keys), each_question_explored_once(), pages_rendered_unwatched():
        yield House(cast, walker, things)


def _leaving(cast: Cast) -> dict[str, object]:
    """A decision of Dana's, a packet made from it, something that left, a recipient, a suspension: what stands in the addresses of releases."""
    decision = frozen(cast)
    to = recipients.keep(cast.dana, recipients.Said("The plan", "payer", phone="1", how="called"))
    packet, _ = keep(cast.dana, cast.cleo, decision, Plan(recipient=str(to)))
    mine = {"practice": cast.practice, "record_id": cast.cleo, "by": cast.accounts["dana"]}
    gone = Packet.objects.create(**mine, decision_id=decision, number=9, began=NOW, saved=NOW, state="gone", body=b"")
    out = Outgoing(**mine, packet=gone, version=1, way="print", state="sending", authorized=NOW, keep_until=NOW.date(), copy=b"")
    key = make_missing(cast.dana, [(cast.cleo, Use.RELEASES)])[cast.cleo, Use.RELEASES]
    about = {"to": "x", "fax": "", "mail": "", "address": "", "pages": 1, "phrase": "", "days": 1}
    out.about = seal(json.dumps(about), with_=key, bound_to=place_of_copy(cast.dana, cast.cleo, out.id, "about"))
    out.copy = seal(b"%PDF", with_=key, bound_to=place_of_copy(cast.dana, cast.cleo, out.id, "copy"))
    out.save()
    return {"decision": decision, "recipient": to, "packet": packet, "outgoing": out.id, "token": "none"}


@contextmanager
def each_question_explored_once() -> Iterator[None]:
    """Keep what the law makes of the same open facts: it reads nothing but its book, and the walk puts the same question in hundreds of cells."""
    known: dict[object, tuple[Any, Explored]] = {}

    def once(plan: Any, values: dict[str, object], strict: frozenset[str], budget: int) -> Explored:
        key = (id(plan), repr(sorted(values.items())), strict, budget)
        if key not in known:
            known[key] = plan, explore(plan, values, strict, budget)  # the plan is kept, so that its id is nobody else's
        return known[key][1]

    with patch.object(sys.modules["privity.law.decide"], "explore", once):
        yield


@contextmanager
def pages_rendered_unwatched() -> Iterator[None]:
    """Render as the server does: the test client's copy of each template's context is looked at by nobody here."""
    with patch.object(Template, "_render", lambda template, context: template.nodelist.render(context)):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever a request did."""
    with transaction.atomic("keys"), transaction.atomic():
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, "keys")


def opened(front: Front, house: House, name: str, pattern: URLPattern, method: str) -> Page:
    cookies, path = front.client.cookies.copy(), house.path(name, pattern)
    with undone():
        page = front.get(path) if method == "GET" else front.post_plain(path, **{**JUNK, **JUNK_FOR.get(name, {})})
    front.client.cookies = cookies
    return page


def standing(relation: str) -> set[str]:
    return set() if relation == "barred" else {matrix.AT_PRACTICE} | ({relation} - {"none"})


def may_open(door: Door, method: str, roles: Sequence[str], relation: str) -> bool:
    need = door.look if method == "GET" else door.act
    if any(matrix.may(roles, *one, standing(relation) & {matrix.AT_PRACTICE}) for one in door.numbered) or need is None:
        return True
    if door.to is To.PRACTICE:
        return matrix.may(roles, *need, [matrix.AT_PRACTICE])
    if door.to is To.SOME:
        return bool(matrix.relations_for(roles, *need))
    return matrix.may(roles, "see", "identity", standing(relation)) and matrix.may(roles, *need, standing(relation))


def leaks(page: Page, roles: Sequence[str], relation: str) -> list[str]:
    """What stands on a page that the matrix keeps from whoever opened it, refused or not."""
    held = standing(relation)
    found = [] if matrix.may(roles, "see", "identity", held) or NAME not in page.text else ["her name"]
    return found + ([] if matrix.may(roles, "see", "chart", held) or NOTE not in page.text else ["her note"])


# --- the walk ----------------------------------------------------------------------------------------------------


def test_signed_out_every_address_but_the_desks_leads_to_the_way_in(house: House) -> None:
    for name, pattern in GATED:
        for method in ("GET", "POST"):
            page = opened(Front(None, NOW), house, name, pattern, method)
            if DOORS[name].to is To.TICKET:
                assert page.status in (401, 403)
            else:
                assert (page.status, page.where().split("?")[0]) == (302, "/sign-in"), (name, method)
            assert NAME not in page.text


@pytest.mark.parametrize("roles", [["owner", "clinician"], list(Role)])
def test_from_another_practice_nothing_of_this_one_is_there(house: House, roles: list[str]) -> None:
    Account.objects.filter(id=house.cast.vera.account).update(roles=roles)
    for name, pattern in GATED:
        for method in ("GET", "POST"):
            page = opened(Front(house.cast.vera.account, NOW), house, name, pattern, method)
            assert page.status < 500, (name, method, page.words)
            shown = page.text.replace(str(house.cast.cleo), "")  # the address itself may be said back
            assert not [word for word in (NAME, NOTE, str(house.cast.cleo)[:8]) if word in shown], (name, method)
            if DOORS[name].to is To.RECORD:
                assert page.status in (404, 405), (name, method, page.status)


@pytest.mark.slow
def test_every_role_in_every_relation_opens_what_the_matrix_allows_and_nothing_else(house: House) -> None:
    singles = [(str(role),) for role in Role]
    per_role = len(OF_CLIENTS) * 2 * len(RELATIONS)
    pairs = islice(combinations([str(role) for role in Role], 2), max(0, -(-CELLS // per_role) - len(singles)))
    front, wrong, cells, alike = Front(house.walker, SEEN), [], 0, set()
    for roles in [*singles, *pairs]:
        for relation in RELATIONS:
            house.stand(roles, relation)
            sees = [matrix.may(roles, "see", kind, standing(relation)) for kind in ("identity", "chart")]
            for name, pattern in GATED if relation == "none" else OF_CLIENTS:
                for method in ("GET", "POST"):
                    allowed = may_open(DOORS[name], method, roles, relation)
                    if allowed and (name, method, roles, *sees) in alike:  # let in before, by a relation that shows the same of her
                        continue
                    if allowed:
                        alike.add((name, method, roles, *sees))
                    cells += 1
                    page, cell = opened(front, house, name, pattern, method), (name, method, "+".join(roles), relation)
                    wrong += [(*cell, "shows", word) for word in leaks(page, roles, relation)]
                    if page.status >= 500 or (allowed and page.status == 403 and DOORS[name].to is not To.TICKET):
                        wrong.append((*cell, "answers", str(page.status)))
                    if not allowed and page.status not in (403, 404, 405):
                        wrong.append((*cell, "lets in with", str(page.status)))
    assert wrong == []
    assert cells >= CELLS


def test_each_row_lets_somebody_in(house: House) -> None:
    """A page that refuses everybody would pass the walk; so somebody the matrix allows must get past each door."""
    house.stand([str(role) for role in Role], "team")
    house.things["id"] = house.walker
    for name, pattern in OF_CLIENTS:
        assert opened(Front(house.walker, NOW), house, name, pattern, "GET").status != 403, name
