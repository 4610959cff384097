"""What can go wrong with a paper, by name. Sentences for people carry page numbers and places, never what the paper says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class CannotRead(ValueError):
    """The file is no PDF that can be opened here; the sentence says why."""


class CannotRedact(CannotRead):
    """Nothing was burned; the sentence says why."""


class CannotPrint(ValueError):
    """A letter holds characters for which there is no glyph; `characters` names them by their code points."""

    def __init__(self, characters: Sequence[str] = ()) -> None:
        """Keep the code points beside the sentence."""
        self.characters = tuple(characters)
        super().__init__("some characters in this letter cannot be printed here; write that name or word in Latin, Greek, Cyrillic, Hebrew or Arabic letters")


class LetterLacks(ValueError):
    """A letter was asked for without what it must say; `fields` names them."""

    def __init__(self, template: str, fields: Sequence[str]) -> None:
        """Keep the fields beside the sentence."""
        self.template, self.fields = template, tuple(fields)
        super().__init__(f"the letter {template} is not whole without: {', '.join(fields)}")


@dataclass(frozen=True)
class Still:
    """Where a string was found: its number in what was asked for (from 0), the place in words, the page where there is one."""

    which: int
    place: str
    page: int | None = None


class StillThere(AssertionError):
    """Words that must be gone are in the file; `found` says which and where, without repeating them."""

    def __init__(self, found: Sequence[Still]) -> None:
        """Keep the places beside the sentence."""
        self.found = tuple(found)
        places = sorted({one.place + (f" on page {one.page}" if one.page else "") for one in found})
        super().__init__(f"words that were to be taken out are still in the file: {'; '.join(places)}; nothing may be sent until they are gone")
