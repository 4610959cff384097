"""The one lock on PDFium, for whatever room draws a page: it has one state for the whole process and is not made for threads."""

from __future__ import annotations

from threading import RLock

ONE_AT_A_TIME = RLock()
