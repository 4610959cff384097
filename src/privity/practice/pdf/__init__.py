"""Papers as bytes: letters and packets typeset, words burned out of foreign PDFs, and the proof that they are gone. No Django, no database, no clock.

INVARIANT: pages count from 1. A box is (left, bottom, right, top) in points, measured from the lower left corner of the page as it is seen (turned and
cropped as the file says); for a page that is neither, these are the PDF's own coordinates.
"""

from .faults import CannotPrint, CannotRead, CannotRedact, LetterLacks, Still, StillThere
from .redact import Mark

__all__ = ["CannotPrint", "CannotRead", "CannotRedact", "LetterLacks", "Mark", "Still", "StillThere"]
