"""What the frame of every page shows."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from privity.practice.decisions.answer import day, moment
from privity.practice.people.access import the_practice
from privity.practice.people.desk import DeskRequest
from privity.practice.people.spoken import label, listed, state
from privity.practice.records.sealed_access import absence_of

# Where a signed-in member of staff goes, and which pages stand under each word. A page that is not there yet has no word.
STAFF = (
    ("today", "Today", ("today", "visit")), ("clients", "Clients", ("clients", "client", "chart", "entry")), ("trail", "Trail", ("trail",)),
    ("staff", "Staff", ("staff", "account")),
)  # fmt: skip
DESK = (("ask", "Ask", ("ask", "answer")), ("law", "Law", ("law", "rule")), ("profile", "Practice", ("profile",)))


def _nav(signed_in: bool) -> list[tuple[str, str, tuple[str, ...]]]:
    found = []
    for name, word, at in (*STAFF, *DESK) if signed_in else DESK:
        try:
            found.append((reverse(name), word, at))
        except NoReverseMatch:
            continue
    return found


def frame(request: DeskRequest) -> dict[str, object]:
    """Return the practice line, and the moment for the printed line."""
    book = getattr(request, "book", None)
    if book is None:
        return {}
    practice = the_practice()
    where = who = ""
    if practice is not None:
        where = listed((state(code) for code in practice.states), "and")
        who = label(book, "provider.profession", practice.profession)
    actor = getattr(request, "actor", None)
    here = getattr(request.resolver_match, "url_name", "") if request.resolver_match else ""
    return {
        "frame": {
            "where": where,
            "who": who,
            "now": moment(request.now.isoformat()),
            "today": day(request.now.date().isoformat()),
            "here": here,
            "book": book.hash,
            "signed_in": actor is not None,
            "absent": actor is not None and absence_of(actor),
            "nav": [{"address": address, "word": word, "current": here in at} for address, word, at in _nav(actor is not None)],
        }
    }
