"""Whether a recipient's own lines, which others read on a fax before the addressee does, name somebody of the record that goes there.

Nothing else that somebody typed stands on the cover of a fax. So this finds rather too much: what it finds stands on the second page.
"""

from __future__ import annotations

import re

from privity.practice.people.access import Opened
from privity.practice.people.actor import Actor

from .consultation_known import STAFF, Told, known_of
from .deidentify import Known, dates
from .deidentify.names import Names, plain

LONG = 4  # letters from which a name is looked for within a word too
BORN = ("%Y%m%d", "%m%d%Y", "%d%m%Y", "%m%d%y")
SINGLE = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[\W_]{0,2}[^\W\d_](?![^\W\d_]))+")  # A. L., a-l


def names(actor: Actor, who: Opened, text: str) -> bool:
    """Tell whether a text names anybody the record knows: by name, short form or initials, in whatever case or accents, by birth date, telephone or record
    number. For gates alone."""
    known = known_of(actor, who, Told())
    people = Names(Known(tuple(one for one in known.people if one.part != STAFF)))
    words = [plain(word) for word in re.findall(r"[^\W\d_]+", text)]
    if any(word in people.owners or any(len(name) >= LONG and name in word for name in people.owners) for word in words) or any(people.hits(text)):
        return True
    letters = {plain(one) for every in people.letters for one in every}
    if not letters.isdisjoint(words) or any(one in plain(run) for run in SINGLE.findall(text) for one in letters):
        return True
    digits = re.sub(r"\D", "", text)
    numbers = [re.sub(r"\D", "", one)[-10:] for one in known.phones] + [born.strftime(form) for born in known.dates for form in BORN]
    return any(one and one in digits for one in numbers) or any(dates.hits(text, known)) or str(who.id)[:8] in text.casefold()
