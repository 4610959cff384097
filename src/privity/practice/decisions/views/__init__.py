"""The desk's pages, a file for each."""

from .answer import answer
from .ask import ask
from .danger import danger
from .law import law, rule

__all__ = ["answer", "ask", "danger", "law", "rule"]
