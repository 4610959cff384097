"""The law engine: pure Python over dated, cited law. No Django, no clock, no network, no settings."""

from .advise import Advice, advise
from .book import Book, write_manifest
from .columns import Columns, decide_many
from .decide import Decision, decide
from .facts import BadQuestion
from .question import Question
from .rules import BadLaw

__all__ = ["Advice", "BadLaw", "BadQuestion", "Book", "Columns", "Decision", "Question", "advise", "decide", "decide_many", "write_manifest"]
