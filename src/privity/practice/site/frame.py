"""What the frame of every page shows."""

from __future__ import annotations

from privity.practice.decisions.wording import day, moment
from privity.practice.people.access import the_practice
from privity.practice.people.desk import DeskRequest
from privity.practice.people.spoken import label, listed, state


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
    here = getattr(request.resolver_match, "url_name", "") if request.resolver_match else ""
    return {
        "frame": {
            "where": where,
            "who": who,
            "now": moment(request.now.isoformat()),
            "today": day(request.now.date().isoformat()),
            "here": here,
            "book": book.hash,
        }
    }
