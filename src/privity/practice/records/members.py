"""Finding another member's name in a note on one member of a group, so that it is never signed into the chart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from privity.practice.people.access import Identity
from privity.vault.blind import normal_name

WORD = re.compile(r"[^\W\d_]+(?:['’‘`´-][^\W\d_]+)*")
# First names that are English words too: they count only where they are written like a name, within a sentence.
WORDS_TOO = frozenset(
    (  # noqa: SIM905  (a list to read, not to type)
        "am amber an angel april art as at august autumn baker ball banks be bell best bill bird bishop black bliss brook brown buddy bush by carol case "
        "chance chase christian church clay cliff cook cross crystal daisy dale dawn day dean dear destiny do drew earl eve fair faith field fields fisher "
        "flowers fox frank free frost full gay gene ginger glen go gold good grace grant green guy ha hall hand harmony hazel he head heath heaven hi hill "
        "honey hope house hunt if in iris is it ivy jack jasmine jewel jo joy june justice key king knight lake lamb lance lane lay lily little long love "
        "low major man mark max may me mean melody mercy merry mike miles miller mills misty moody moon my new nick no noble of oh ok old on or page park "
        "parks pat patience pearl penny pierce poor pope power powers price pride prince rain ray read rice rich river rob robin rock rocky rose ruby "
        "rusty sandy say sea see self serenity sharp short sky small snow so star stone stormy street strong sue summer sunny sweet swift terry to trinity "
        "up us violet wade walls ward waters we wells white will winter wise wolf wood woods words worth young"
    ).split()
)


@dataclass(frozen=True)
class Place:
    """Where a name stands: which part of the entry, on which line, as it is written there."""

    klass: str
    line: int
    word: str


def named(parts: Mapping[str, str], others: Iterable[Identity], own: Iterable[Identity] = ()) -> Place | None:
    """Return the first place where a part holds the name of one of the others, or None. A name the note's own people bear too is not counted."""
    theirs = {word for one in own for word in _words(one)}
    wanted = {word for one in others for word in _words(one)} - theirs
    for klass, text in parts.items():
        for line, words in enumerate(_plain(text).split("\n"), 1):
            for found in WORD.finditer(words):
                if any(form in wanted and _is_name(form, words, found) for form in _forms(found[0])):
                    return Place(klass, line, found[0])
    return None


def _words(one: Identity) -> set[str]:
    names = [normal_name(name) for name in (one.name, one.chosen) if any(sign.isalpha() for sign in name)]
    pieces = {piece for name in (one.name, one.chosen) for word in WORD.findall(name) for piece in _forms(word)}
    return {word for name in names for word in name.split() if len(word) > 1} | {piece for piece in pieces if len(piece) > 1}


def _forms(word: str) -> set[str]:
    """Return a word as it may stand in a name: whole, without an ending 's, and each side of a hyphen."""
    bare = re.sub(r"['’‘`´][sS]$", "", word)
    return {_folded(one) for one in (word, bare, *bare.split("-")) if len(_folded(one)) > 1}


def _folded(word: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _plain(text: str) -> str:
    """Return the text with signs that do not show taken away, so that they hide no name."""
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf").replace("\r\n", "\n").replace("\r", "\n")


def _is_name(form: str, line: str, found: re.Match[str]) -> bool:
    if form not in WORDS_TOO:
        return True
    begins = not line[: found.start()].strip() or line[: found.start()].rstrip().endswith((".", "!", "?", ":"))
    return found[0][0].isupper() and not begins
