"""The chart's pages, a file for each."""

from .chart import chart
from .document import document, new
from .draft import draft
from .entry import amend, entry

__all__ = ["amend", "chart", "document", "draft", "entry", "new"]
