"""How much of a foreign PDF is taken on, so that a hostile one cannot fill the memory."""

from __future__ import annotations

from threading import RLock

ONE_AT_A_TIME = RLock()  # PDFium has one state for the whole process and is not made for threads

BYTES = 64 * 1024 * 1024
PAGES = 1000
PAGE_PIXELS = 36_000_000  # a page of 40 by 40 inches at 150 dpi
ALL_PIXELS = 3_000_000_000
DPI = 150
UNPACKED = 256 * 1024 * 1024  # what all streams of one file may come to when they are looked through
