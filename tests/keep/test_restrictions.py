"""What the practice agreed not to tell, and what was paid in full: kept, asked of the law, and ended by whoever may end it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from privity.law import Book, Question, decide
from privity.practice.agreements import restrictions
from privity.practice.agreements.models import Restriction as Row
from privity.practice.agreements.restrictions import BY_PRACTICE, BY_WORD, IN_WRITING, MayNotEnd, NewRestriction, Restriction, agree, end, facts_of, for_gates
from privity.practice.people.access import NotAllowed, NotThere
from privity.practice.trail.models import Event
from privity.practice.visits.services import NewVisit, add_visit

from .conftest import NOW, Cast
from .front import Front

Sit = Callable[[str], Front]
ON = date(2026, 11, 20)
HIV = NewRestriction(("hiv",), ("parent", "treating_provider"), self_pay=False, began=date(2026, 11, 1), note="Not to my father.")
PAID = NewRestriction((), ("payer",), self_pay=True, began=date(2026, 11, 1))
VISIT = uuid4()
ONE = Restriction(uuid4(), ("hiv",), ("parent",), self_pay=False, visits=(), began=ON, ended=None)
CASH = Restriction(uuid4(), (), ("payer",), self_pay=True, visits=(VISIT,), began=ON, ended=None)


# --- what the law may know ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "kind", "information", "agreed", "paid"),
    [
        (ONE, "parent", ["hiv"], True, False),
        (ONE, "parent", ["attendance", "hiv"], True, False),
        (ONE, "parent", ["whole_chart"], True, False),
        (ONE, "parent", ["attendance"], False, False),
        (ONE, "payer", ["hiv"], False, False),
        (replace(ONE, classes=()), "parent", ["attendance"], True, False),
        (replace(ONE, recipient_kinds=()), "employer", ["hiv"], True, False),
        (replace(ONE, ended=ON), "parent", ["hiv"], False, False),
        (CASH, "payer", ["billing"], False, True),
        (CASH, "parent", ["billing"], False, False),
        (replace(CASH, recipient_kinds=()), "payer", ["billing"], False, True),
        (replace(CASH, recipient_kinds=()), "treating_provider", ["billing"], False, False),
    ],
)  # fmt: skip
def test_a_restriction_reaches_what_it_names_and_no_more(one: Restriction, kind: str, information: list[str], agreed: bool, paid: bool) -> None:
    assert facts_of([one], kind, "payment", information) == {"restriction.agreed": agreed, "restriction.paid_in_full": paid}


def test_what_is_not_known_keeps_back() -> None:
    paid = "restriction.paid_in_full"
    assert facts_of([CASH], "payer", "payment", ["billing"])[paid]
    assert facts_of([CASH], "payer", "payment", ["billing"], visits=[VISIT])[paid]
    assert not facts_of([CASH], "payer", "payment", ["billing"], visits=[uuid4()])[paid]


def test_one_that_the_practice_ended_holds_on_for_what_is_older() -> None:
    one = replace(ONE, ended=ON, later_only=True)
    told = [facts_of([one], "parent", "treatment", ["hiv"], written=day)["restriction.agreed"] for day in (None, ON, ON + timedelta(1))]
    assert told == [True, True, False]


def answer(restrictions: list[Restriction], kind: str, purpose: str, what: str, **more: object) -> str:
    known = {"practice.hipaa_covered": True, "practice.part2_program": False, "part2.record": False, "provider.profession": "psychologist", "client.age": 40}
    asked = {**known, "practice.setting": "group_practice", "purpose": purpose, "recipient.kind": kind, "information": what, **more}
    return decide(Book.open(), Question.from_dict({"on": ON, "places": [], "facts": {**asked, **facts_of(restrictions, kind, purpose, [what])}})).outcome


def test_the_law_keeps_from_the_plan_what_was_paid_in_full_and_lets_it_go_to_who_treats() -> None:
    assert (answer([], "payer", "payment", "billing"), answer([CASH], "payer", "payment", "billing")) == ("permitted", "prohibited")
    assert answer([CASH], "treating_provider", "treatment", "billing") == "permitted"


# --- kept --------------------------------------------------------------------------------------------------------


def test_it_lies_sealed_and_is_handed_to_the_gates_above(cast: Cast) -> None:
    id = agree(cast.dana, cast.cleo, HIV)
    assert not any(word in bytes(Row.objects.get().terms) for word in (b"hiv", b"father", b"parent"))
    (one,) = for_gates(cast.dana, cast.cleo)
    assert (one.id, one.classes, one.recipient_kinds, one.self_pay, one.visits, one.began, one.ended) == (
        id, ("hiv",), ("parent", "treating_provider"), False, (), date(2026, 11, 1), None,
    )  # fmt: skip
    assert Event.objects.order_by("-n").values_list("act", flat=True)[0] == "restriction.agree"


def test_omar_cannot_open_or_end_it_and_vera_does_not_know_it_is_there(cast: Cast) -> None:
    id = agree(cast.dana, cast.cleo, HIV)
    acts: list[Callable[[Any], Any]] = [
        lambda who: restrictions.page(who, cast.cleo), lambda who: agree(who, cast.cleo, HIV), lambda who: end(who, cast.cleo, id, IN_WRITING),
    ]  # fmt: skip
    for act in acts:
        for who in (cast.omar, cast.vera):
            with pytest.raises(NotThere):
                act(who)
        with pytest.raises(NotAllowed):
            act(cast.actor("bill"))
    with pytest.raises(NotThere):
        end(cast.vera, cast.cleo, id, IN_WRITING)
    assert Row.objects.get().ended is None


def test_only_the_client_ends_what_was_paid_in_full(cast: Cast) -> None:
    paid = agree(cast.dana, cast.cleo, PAID)
    with pytest.raises(MayNotEnd, match=r"164\.522"):
        end(cast.dana, cast.cleo, paid, BY_PRACTICE)
    assert for_gates(cast.dana, cast.cleo)[0].stands
    end(cast.dana, cast.cleo, paid, BY_WORD)
    assert for_gates(cast.dana, cast.cleo) == ()
    (one,) = restrictions.every(cast.dana, cast.cleo)
    assert (one.ended, one.how_ended, one.stands) == (ON, BY_WORD, False)
    with pytest.raises(MayNotEnd):
        end(cast.dana, cast.cleo, paid, IN_WRITING)


def test_what_the_practice_ended_the_client_can_still_lift(cast: Cast) -> None:
    id = agree(cast.dana, cast.cleo, HIV)
    end(cast.dana, cast.cleo, id, BY_PRACTICE)
    assert for_gates(cast.dana, cast.cleo)[0].stands
    with pytest.raises(MayNotEnd):
        end(cast.dana, cast.cleo, id, BY_PRACTICE)
    end(cast.dana, cast.cleo, id, IN_WRITING)
    assert for_gates(cast.dana, cast.cleo) == ()


def test_a_visit_of_another_record_is_refused(cast: Cast) -> None:
    with pytest.raises(NotThere):
        agree(cast.dana, cast.cleo, replace(PAID, visits=(uuid4(),)))
    assert not Row.objects.exists()


# --- in the browser ----------------------------------------------------------------------------------------------

SAID = {"self_pay": "no", "recipient_kinds": ["parent"], "classes": ["hiv"], "began": "2026-11-20", "note": "Not to my father."}


def test_rita_writes_one_down_and_dana_ends_it(front: Sit, cast: Cast) -> None:
    path = f"/clients/{cast.cleo}/restrictions"
    page = front("rita").open(path).send(path, **SAID)
    assert "Agreed with the client Stands" in page.words and "Not to my father." in page.words
    (one,) = for_gates(cast.dana, cast.cleo)
    page = front("dana").open(path).send(f"{path}/{one.id}/end", how="by_practice")
    assert "Holds for what is older" in page.words and "until that day" in page.words


def test_paid_in_full_is_kept_for_the_plan_alone_and_offers_the_practice_no_end(front: Sit, cast: Cast) -> None:
    visit = add_visit(cast.dana, cast.cleo, NewVisit(cast.accounts["dana"].id, NOW, NOW + timedelta(minutes=50), "office"))
    path = f"/clients/{cast.cleo}/restrictions"
    page = front("rita").open(path).send(path, self_pay="yes", recipient_kinds=["parent"], visits=[str(visit)], began="2026-11-20")
    (one,) = for_gates(cast.dana, cast.cleo)
    assert (one.self_pay, one.recipient_kinds, one.visits) == (True, ("payer",), (visit,))
    assert "End it" not in page.words and "tell whoever treats" in page.words
    page = front("dana").open(path)
    assert "by_practice" not in page.text and "Only the client can end it." in page.words
    refused = page.send(f"{path}/{one.id}/end", how="by_practice")
    assert refused.status == 422 and "only the client can end it" in refused.words
    assert for_gates(cast.dana, cast.cleo)[0].ended is None


@pytest.mark.parametrize(
    ("harm", "says"),
    [({"recipient_kinds": [], "classes": []}, "Tick who is not told"), ({"self_pay": ""}, "Choose one."), ({"began": ""}, "Write the first day.")],
)
def test_what_is_missing_is_said_and_what_was_written_stays(front: Sit, cast: Cast, harm: dict[str, Any], says: str) -> None:
    path = f"/clients/{cast.cleo}/restrictions"
    page = front("rita").open(path).send(path, **{**SAID, **harm})
    assert page.status == 422 and says in page.words and "Not to my father." in page.text and not Row.objects.exists()


def test_who_may_not_gets_no_page(front: Sit, cast: Cast) -> None:
    path, nobody = f"/clients/{cast.cleo}/restrictions", UUID(int=0)
    agree(cast.dana, cast.cleo, HIV)
    for who, status in (("omar", 404), ("vera", 404), ("bill", 403)):
        assert front(who).get(path).status == status and front(who).post(path, **SAID).status == status
        assert front(who).post(f"{path}/{nobody}/end", how="by_word").status == status
    assert Row.objects.count() == 1
