"""Letters and packets as tagged PDF, the same bytes for the same words."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import typst

from .faults import CannotPrint, LetterLacks

LANGUAGES = ("en", "es")
EVERY = ("date", "sender.name", "to.name")
# What each letter is not whole without. For those the law gives contents, these are its elements.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "access_denied": (*EVERY, "asked", "kept", "contact.phone", "contact.name|contact.title"),
    "access_extension": (*EVERY, "asked", "until", "why"),
    "access_granted": (*EVERY, "asked", "what", "how"),
    "access_review": (*EVERY, "asked", "found", "why", "reviewer"),
    "accounting": ("date", "sender.name", "client.name", "from", "until"),
    "accounting_cover": (*EVERY, "asked", "from", "until", "count"),
    "accounting_extension": (*EVERY, "asked", "until", "why"),
    "amendment_accepted": (*EVERY, "asked", "what"),
    "amendment_denied": (*EVERY, "asked", "what", "basis", "contact.phone", "contact.name|contact.title"),
    "amendment_extension": (*EVERY, "asked", "until", "why"),
    "amendment_rebuttal": (*EVERY, "asked", "words"),
    "authorization_return": (*EVERY, "received", "missing"),
    "channel_answer": (*EVERY, "asked", "answer"),
    "fax_cover": (*EVERY, "to.fax", "pages"),
    "packet": (*EVERY, "number"),
    "part2_notice": (*EVERY, "consent_scope|consent_enclosed"),
    "restriction_answer": (*EVERY, "asked", "answer", "what", "whom"),
}
SHARED = ("look.typ", "notices.typ")


def letter(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the letter as tagged PDF/UA. The words in `data` are printed as they stand and never read as typst's own language."""
    if template not in letters():
        raise LookupError(f"there is no letter called {template!r}")
    lacks = [fields for fields in NEEDS.get(template, EVERY) if all(_lacking(data, field) for field in fields.split("|"))]
    if lacks:
        raise LetterLacks(template, lacks)
    if data.get("lang", "en") not in LANGUAGES:
        raise LookupError(f"there is no letter in the language {data['lang']!r}")
    return _compiled(template, _plain(data))


def packet(data: Mapping[str, Any]) -> bytes:
    """Return a packet: cover sheet, what is enclosed, each note set anew with bars where words were taken out, the notice against telling it on."""
    return letter("packet", data)


@cache
def letters() -> tuple[str, ...]:
    """Return the names of all letters."""
    return tuple(sorted(name[:-4] for name in _sources() if name.endswith(".typ") and name not in SHARED))


@cache
def _sources() -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in _folder().iterdir() if one.name.endswith(".typ")}


def _folder() -> Traversable:
    return files(__package__) / "templates"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _compiled(template: str, data: Mapping[str, Any]) -> bytes:
    held = {"main": _sources()[f"{template}.typ"], **_sources()}
    given: Any = held  # typst takes a whole set of files in memory; its stubs do not say so
    nowhere = "/nonexistent"  # no package is ever fetched
    try:
        compiler = typst.Compiler(given, root=str(_folder()), font_paths=_fonts(), ignore_system_fonts=True, package_path=nowhere, package_cache_path=nowhere)
        made = compiler.compile(format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, pdf_standards="ua-1", timestamp=0)
    except typst.TypstError as error:
        if "could not be displayed" in error.message:
            raise CannotPrint([f"U+{ord(one):04X}" for one in re.findall(r"`\"(.*?)\"`", error.message)[0]]) from None
        raise
    assert isinstance(made, bytes)
    return made


def _lacking(data: Any, field: str) -> bool:
    for part in field.split("."):
        if not isinstance(data, Mapping) or part not in data:
            return True
        data = data[part]
    return data is None or data == "" or data == []


def _plain(value: Any) -> Any:
    """Return it as JSON can carry it, what cannot be seen made visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [_plain(each) for each in value]
    raise TypeError(f"a letter cannot carry a {type(value).__name__}")


def visible(text: str) -> str:
    """Return the text with every character that would steer the print and not be seen in it written out, as [U+202E].

    Such a character can turn a name around, or hide a word between others.
    """
    kept = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(one if one == "\n" or one in "\u200c\u200d" or unicodedata.category(one)[0] != "C" else _named(one) for one in kept)


def _named(one: str) -> str:
    return "" if one in "\u00ad\ufeff\u200b\u2060" else f"[U+{ord(one):04X}]"
