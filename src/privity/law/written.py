"""A question as people write it: YAML or JSON text, with the line of every value, so that a refusal can name the place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING

from .facts import BadQuestion, Way, shown
from .question import MOST_LEVELS, Question
from .reading import Plain
from .rules import BadLaw

if TYPE_CHECKING:
    from .book import Book

MOST_BYTES = 2_000_000
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Written:
    """A question's values as they were written, and where."""

    where: str
    raw: object
    lines: Mapping[Way, int]

    def question(self, book: Book, today: date) -> Question:
        """Return the question, typed by a book. Raises BadQuestion with file and line."""
        try:
            question = Question.from_dict(self.raw, today=today)
            question.prepared(book)
        except BadQuestion as error:
            raise BadQuestion(f"{self.where}:{self.line_of(error.at)}: {error}", error.at) from None
        return question

    def line_of(self, way: Way) -> int:
        """Return the line of a value, or of what holds it."""
        while way and way not in self.lines:
            way = way[:-1]
        return self.lines.get(way, 1)


def read_written(text: str | bytes, where: str) -> Written:
    """Return the question that a text writes down. Raises BadQuestion with file and line."""
    text = _decoded(text, where)
    json = _Json(text, where)
    try:
        raw, lines = json.whole(), json.lines
    except _NotJson as not_json:
        if where.endswith(".json"):
            raise BadQuestion(str(not_json)) from None
        plain = Plain(where, anchors=False)
        try:
            raw, lines = plain.read(text), plain.lines
        except BadLaw as not_yaml:
            raise BadQuestion(str(not_json if re.match(r'\s*[{[]\s*"', text) else not_yaml)) from None
    return Written(where, raw, lines)


def _decoded(text: str | bytes, where: str) -> str:
    size = len(text) if isinstance(text, bytes) or text.isascii() else len(text.encode("utf-8", "surrogatepass"))
    if size > MOST_BYTES:
        raise BadQuestion(f"{where}:1: a question has at most 2 MB of text")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = text[: error.start].count(b"\n") + 1
        raise BadQuestion(f"{where}:{line}: this is not UTF-8 text; save the file as UTF-8") from None


class _NotJson(ValueError):
    """A text that may still be YAML."""


class _Json:
    """Reads JSON; unlike the standard reader it remembers lines, and refuses a repeated name."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where
        self.lines: dict[Way, int] = {}
        self.starts = [match.end() for match in re.finditer("\n", text)]

    def line(self, at: int) -> int:
        return bisect_right(self.starts, at) + 1

    def fail(self, at: int, expected: str) -> _NotJson:
        return _NotJson(f"{self.where}:{self.line(at)}: this is not JSON: expected {expected}")

    def refuse(self, at: int, message: str) -> BadQuestion:
        return BadQuestion(f"{self.where}:{self.line(at)}: {message}")

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def whole(self) -> object:
        value, at = self.value(self.skip(0), ())
        if self.skip(at) < len(self.text):
            raise self.fail(self.skip(at), "nothing more after the question")
        return value

    def value(self, at: int, way: Way) -> tuple[object, int]:
        """Return the value that begins at a place, and the place after it."""
        self.lines.setdefault(way, self.line(at))
        if len(way) > MOST_LEVELS:
            raise self.refuse(at, f"nested deeper than {MOST_LEVELS} levels")
        first = self.text[at : at + 1]
        if first == '"':
            return self.string(at)
        if first == "{":
            return self.mapping(at, way)
        if first == "[":
            return self.list(at, way)
        for word, value in _WORDS.items():
            if self.text.startswith(word, at):
                return value, at + len(word)
        number = _NUMBER.match(self.text, at)
        if number is None:
            raise self.fail(at, "a value")
        whole = number[1] is None and number[2] is None and len(number[0]) < 400
        return (int(number[0]) if whole else float(number[0])), number.end()

    def string(self, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] != '"':
            raise self.fail(at, 'a text in "quotes"')
        try:
            value, after = scanstring(self.text, at + 1, True)
            return str(value), int(after)
        except JSONDecodeError as error:
            raise self.fail(error.pos, "the text to be JSON") from None

    def mapping(self, at: int, way: Way) -> tuple[dict[str, object], int]:
        made: dict[str, object] = {}
        at = self.skip(at + 1)
        if self.text[at : at + 1] == "}":
            return made, at + 1
        while True:
            key, after = self.string(at)
            if key in made:
                raise self.refuse(at, f"{shown(key)} stands here twice")
            self.lines[(*way, key)] = self.line(at)
            after = self.skip(after)
            if self.text[after : after + 1] != ":":
                raise self.fail(after, "a colon")
            made[key], at = self.value(self.skip(after + 1), (*way, key))
            at = self.skip(at)
            if self.text[at : at + 1] == "}":
                return made, at + 1
            if self.text[at : at + 1] != ",":
                raise self.fail(at, "a comma or }")
            at = self.skip(at + 1)

    def list(self, at: int, way: Way) -> tuple[list[object], int]:
        made: list[object] = []
        at = self.skip(at + 1)
        if self.text[at : at + 1] == "]":
            return made, at + 1
        while True:
            value, at = self.value(at, (*way, len(made)))
            made.append(value)
            at = self.skip(at)
            if self.text[at : at + 1] == "]":
                return made, at + 1
            if self.text[at : at + 1] != ",":
                raise self.fail(at, "a comma or ]")
            at = self.skip(at + 1)
