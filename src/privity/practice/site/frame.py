"""What the frame of every page shows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from django.urls import reverse

from privity.practice.decisions.wording import day, moment
from privity.practice.people import matrix
from privity.practice.people.access import roles_in_words, staffed, the_practice
from privity.practice.people.desk import DeskRequest
from privity.practice.people.session import half_done
from privity.practice.people.spoken import label, listed, state
from privity.practice.records.sealed_access import absence_of

from .demo import the_demo, to_type
from .doors import DOORS

# Where a signed-in member of staff goes, and which pages stand under each word. Shown is what the matrix lets somebody open.
QUESTIONS = ("question", "decisions", "decision")
BILLED = ("visit-codes", "visit-diagnosis")
AGREED = ("authorizations", "authorization", "restrictions", "restriction", "record-papers", "record-paper", "paper-offer", "paper-file", "paper-talk",
          "paper-send")  # fmt: skip
STAFF = (
    ("today", "Today", ("today", "visit")),
    ("clients", "Clients", ("clients", "client", "chart", *AGREED, *BILLED, "entry", "document", "sealed", "consult", "consultation", *QUESTIONS)),
    ("call", "Call", ("call",)),
    ("papers", "Papers", ("papers", "paper-kind", "paper-edit")),
    ("requests", "Requests", ("requests", "request", "client-requests")),
    ("releases", "Packets", ("releases", "release", "packet", "recipients", "recipient", "accounting")),
    ("trail", "Trail", ("trail", "glass")), ("staff", "Staff", ("staff", "account", "units")),
    ("sealed-setup", "My keys", ("sealed-setup", "custody", "who-can-read")),
)  # fmt: skip
DESK = (("ask", "Ask", ("ask", "answer")), ("law", "Law", ("law", "rule")), ("profile", "Practice", ("profile", "letterhead")))
DEMO = ("demo", "Demo", ("demo",))
# What a word needs where its page's own door asks another thing, or nothing: who has keys or records an absence, and who describes the practice.
NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = {"sealed-setup": (("write", "sealed_note"), ("record", "absence")), "profile": (("change", "practice"),)}


def first_page() -> str:
    """Return the address of the first page after the way in."""
    return reverse(STAFF[0][0])


@cache
def _nav(roles: frozenset[str] | None, demo: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the words for somebody with these roles, or for whoever did not sign in."""
    every = (*(STAFF if roles is not None else ()), *DESK, *((DEMO,) if demo else ()))
    return [(reverse(name), word, at) for name, word, at in every if roles is None or _theirs(roles, name)]


def _theirs(roles: frozenset[str], name: str) -> bool:
    look = DOORS[name].look
    needs = NEEDS.get(name, (look,) if look else ())
    return not needs or any(matrix.relations_for(roles, *need) for need in needs)


def _word(nav: list[tuple[str, str, tuple[str, ...]]], here: str) -> str:
    """Return the word under which a page stands: the one that names it, else the one that names what its name begins with."""
    for name in (here, here.split("-")[0]):
        if found := [word for _, word, at in nav if name in at]:
            return found[0]
    return ""


def _proving(request: DeskRequest) -> UUID | None:
    """Return whose proof a page asks for: the signed-in account's, or that of a sign-in which stands half done."""
    if request.actor is not None:
        return request.actor.account
    told = half_done(request, "code", request.now)
    return UUID(told["account"]) if told else None


def frame(request: DeskRequest) -> dict[str, object]:
    """Return the practice line, and the moment for the printed line."""
    book = getattr(request, "book", None)
    if book is None:
        return {}
    actor = getattr(request, "actor", None)
    practice = getattr(request, "practice", None) or the_practice()
    where = who = ""
    if practice is not None:
        where = listed((state(code) for code in practice.states), "and")
        who = label(book, "provider.profession", practice.profession)
    doing = roles_in_words(actor.roles) if actor is not None else ""
    here = getattr(request.resolver_match, "url_name", "") if request.resolver_match else ""
    in_demo = practice is not None and practice.demo
    demo_here = in_demo if actor is not None else the_demo() is not None
    nav = _nav(actor.roles if actor is not None else None, demo=demo_here)
    standing = _word(nav, here)
    return {
        "frame": {
            "where": where,
            "who": who,
            "doing": doing,
            "now": moment(request.now.isoformat()),
            "today": day(request.now.date().isoformat()),
            "here": here,
            "book": book.hash,
            "signed_in": actor is not None,
            "absent": actor is not None and absence_of(actor),
            "may_sign_in": actor is None and (demo_here or staffed()),
            "called": getattr(request, "called", ""),
            "to_type": lambda: to_type(_proving(request), request.now) if here in ("prove", "sign-in-code") else None,
            "in_demo": in_demo,
            "nav": [{"address": address, "word": word, "current": word == standing} for address, word, _ in nav],
        }
    }
