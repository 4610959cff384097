"""The papers Privity comes with: their words in English and Spanish, what each must hold, and which lines a state's law switches. Pure: files alone are read.

One file, one paper. A block is one thought on the screen; it names the elements it carries, so that whoever empties it hears what is missing.
A block with a `switch` stands there in several wordings, and the law of the client's state chooses one (states.yaml).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from ..reading import ANNEX, CORE, LANGUAGES, Reading, measure

HERE = Path(__file__).parent
BLANK = re.compile(r"\{(\w+)\}")
SCREEN = 120  # words on one screen of a tablet, about; a block is never cut
Words = Mapping[str, str]  # by language
# What stands in a blank while a paper nobody is named in is measured or shown.
SAMPLES: Mapping[str, Words] = {
    "recipient": {"en": "Dr. Lee", "es": "la Dra. Lee"},
    "description": {"en": "the dates you came and your list of drugs", "es": "las fechas de sus citas y la lista de sus pastillas"},
    "purpose": {"en": "so your doctor can plan your care", "es": "para que su doctora cuide mejor de usted"},
    "ends": {"en": "June 1, 2027", "es": "1 de junio de 2027"},
    "contact": {"en": "Ana Ruiz, 303 555 0100", "es": "Ana Ruiz, 303 555 0100"},
    "starts": {"en": "June 1, 2026", "es": "1 de junio de 2026"},
    "client": {"en": "Jo Marsh", "es": "Jo Marsh"},
    "who": {"en": "our clinic", "es": "nuestra clínica"},
    "minor_age": {"en": "12", "es": "12"},
    "elder_age": {"en": "65", "es": "65"},
}


@dataclass(frozen=True)
class Element:
    """Something the paper must hold, in words for the practice, and where it is asked for."""

    id: str
    says: str
    cite: str


@dataclass(frozen=True)
class Block:
    """One thought. `texts` is by wording ("" where the law switches nothing) and language."""

    id: str
    has: tuple[str, ...]
    switch: str
    texts: Mapping[str, Words]


@dataclass(frozen=True)
class Question:
    """What is asked back. The first answer is the right one; the page mixes them."""

    id: str
    block: str
    wording: str  # only where this wording of its block is shown; "" always
    ask: Words
    answers: tuple[Words, ...]


@dataclass(frozen=True)
class Template:
    """A paper as Privity has it."""

    id: str
    kind: str
    variant: str
    version: int
    name: str  # as staff call it
    title: Words
    records: tuple[str, ...]  # kinds of record it is for
    signers: str  # everyone | client | client_and_guardian
    elements: tuple[Element, ...]
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...]
    annex: Words
    asks: tuple[str, ...]  # blanks filled in when it is offered
    fills: tuple[str, ...]  # blanks the practice fills in once
    authorization: Mapping[str, Any]  # what an authorization made of it holds by itself; empty where it is none
    only: tuple[str, ...]  # states it is for; empty: all


@dataclass(frozen=True)
class Lines:
    """What a state's law makes of the lines that switch, each with its citation."""

    state: str
    wording: Mapping[str, str]
    ages: Mapping[str, str]
    cites: Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """The words of a paper in one version: Privity's own, or as a practice keeps them."""

    title: Words
    texts: Mapping[str, Words]  # by key: a block's id, with its wording where it has several
    annex: Words
    fills: Words

    def as_text(self) -> str:
        """Return it as it is kept."""
        return json.dumps(
            {"title": dict(self.title), "texts": {key: dict(one) for key, one in self.texts.items()}, "annex": dict(self.annex), "fills": dict(self.fills)},
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def of(cls, text: str) -> Content:
        """Return what was kept."""
        return cls(**json.loads(text))

    @property
    def digest(self) -> bytes:
        """The SHA-256 of its words."""
        return sha256(self.as_text().encode("utf-8")).digest()


@dataclass(frozen=True)
class Sheet:
    """A paper as it stands on a screen in one language: nothing is left to fill in or to choose."""

    language: str
    title: str
    blocks: tuple[tuple[str, str], ...]
    annex: str
    questions: tuple[Mapping[str, Any], ...]  # id, block, ask, answers
    means: str  # what a signature says, as it stands above the name

    @property
    def text(self) -> str:
        """The exact words, as they are hashed."""
        return "\n\n".join(one for one in (self.title, *(text for _, text in self.blocks), self.annex, self.means) if one)

    @property
    def digest(self) -> str:
        """The SHA-256 of the exact words."""
        return sha256(self.text.encode("utf-8")).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is sealed."""
        return {**self.__dict__, "blocks": [list(one) for one in self.blocks], "questions": [dict(one) for one in self.questions]}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Sheet:
        """Return what was sealed."""
        return cls(raw["language"], raw["title"], tuple((id, text) for id, text in raw["blocks"]), raw["annex"], tuple(raw["questions"]), raw["means"])

    @property
    def screens(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The blocks, as many to a screen as one reads at once."""
        found: list[list[tuple[str, str]]] = [[]]
        for id, text in self.blocks:
            if found[-1] and sum(len(one.split()) for _, one in found[-1]) + len(text.split()) > SCREEN:
                found.append([])
            found[-1].append((id, text))
        return tuple(tuple(one) for one in found)


# --- reading the files -------------------------------------------------------------------------------------------


@cache
def library() -> Mapping[str, Template]:
    """Return every paper by its id, in the order of the list."""
    order = _file("order.yaml")["papers"]
    return {id: _template(_file(f"{id}.yaml")) for id in order}


@cache
def words() -> Mapping[str, Words]:
    """Return the words around a paper on the signing page, by language."""
    return {key: {language: one[language] for language in LANGUAGES} for key, one in _file("words.yaml").items()}


@cache
def lines(state: str) -> Lines:
    """Return what a state's law makes of the switched lines. A state nobody has read yet gets the careful wording: may."""
    raw = _file("states.yaml")
    told = {**raw["others"], **raw.get(state, {})}
    ages = {f"{switch}_age"[: -len("s_age")] + "_age": str(one["age"]) for switch, one in told.items() if one.get("age")}
    return Lines(state, {switch: one["says"] for switch, one in told.items()}, ages, {switch: one["cite"] for switch, one in told.items()})


def _file(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text("utf-8"))


def _template(raw: Mapping[str, Any]) -> Template:
    blocks = tuple(_block(one) for one in raw["blocks"])
    questions = tuple(
        Question(one["id"], one["block"], one.get("wording", ""), {language: one[language]["ask"] for language in LANGUAGES}, tuple(
            {language: one[language]["answers"][at] for language in LANGUAGES} for at in range(len(one["en"]["answers"]))
        )) for one in raw.get("questions", ())
    )  # fmt: skip
    return Template(
        raw["id"], raw["kind"], raw.get("variant", ""), raw["version"], raw["name"], _words(raw["title"]), tuple(raw["records"]), raw["signers"],
        tuple(Element(one["id"], one["says"], one["cite"]) for one in raw["elements"]), blocks, questions, _words(raw.get("annex", {})),
        tuple(raw.get("asks", ())), tuple(raw.get("fills", ())), raw.get("authorization", {}), tuple(raw.get("only", ())),
    )  # fmt: skip


def _block(raw: Mapping[str, Any]) -> Block:
    switch = raw.get("switch", "")
    texts = {wording: _words(raw[wording]) for wording in raw if wording not in ("id", "has", "switch")} if switch else {"": _words(raw)}
    return Block(raw["id"], tuple(raw.get("has", ())), switch, texts)


def _words(raw: Mapping[str, Any]) -> Words:
    return {language: _tidy(raw.get(language, "")) for language in LANGUAGES}


def _tidy(text: str) -> str:
    """Return a text without the file's own line breaks: an empty line parts paragraphs, a line that begins with a dash is one of a list."""
    paragraphs = re.split(r"\n\s*\n|\n(?=- )", str(text).strip())
    return "\n".join(" ".join(one.split()) for one in paragraphs)


# --- a paper's words ---------------------------------------------------------------------------------------------


def key_of(block: Block, wording: str) -> str:
    """Return under what a block's words are kept."""
    return f"{block.id}.{wording}" if wording else block.id


def own_words(template: Template) -> Content:
    """Return Privity's own words of a paper."""
    texts = {key_of(block, wording): said for block in template.blocks for wording, said in block.texts.items()}
    return Content(template.title, texts, template.annex, {})


def keys_for(template: Template, states: Iterable[str]) -> list[tuple[str, Block, str]]:
    """Return what a practice in these states may show of a paper: key, block and wording, in order."""
    known = [lines(state) for state in states] or [lines("")]
    found = []
    for block in template.blocks:
        wanted = dict.fromkeys(one.wording[block.switch] for one in known) if block.switch else {"": None}
        found += [(key_of(block, wording), block, wording) for wording in wanted]
    return found


def missing(template: Template, content: Content, states: Iterable[str]) -> tuple[tuple[Element, str], ...]:
    """Return the elements a version lacks, each with the language: no words are left where it stood, or a blank it needs is gone."""
    here, found = keys_for(template, states), []
    for language in LANGUAGES:
        for element in template.elements:
            carriers = [(key, block, wording) for key, block, wording in here if element.id in block.has]
            if not carriers or not all(
                _carries(content.texts.get(key, {}).get(language, ""), block.texts[wording][language]) for key, block, wording in carriers
            ):
                found.append((element, language))
    return tuple(found)


def _carries(said: str, own: str) -> bool:
    return bool(said.strip()) and set(BLANK.findall(own)) <= set(BLANK.findall(said))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its blanks filled in; one nobody filled stays a line to write on."""
    return BLANK.sub(lambda found: values.get(found[1]) or "________", text)


def sheet(template: Template, content: Content, language: str, state: str, values: Mapping[str, str]) -> Sheet:
    """Return a paper as it stands on a screen: the wording of the state's law, the blanks filled in."""
    law = lines(state)
    told = {**law.ages, **content.fills, **values}
    blocks, shown = [], {}
    for block in template.blocks:
        wording = law.wording[block.switch] if block.switch else ""
        if said := content.texts.get(key_of(block, wording), {}).get(language, "").strip():
            blocks.append((block.id, filled(said, told)))
            shown[block.id] = wording
    asked = [
        {"id": one.id, "block": one.block, "ask": filled(one.ask[language], told), "answers": [filled(answer[language], told) for answer in one.answers]}
        for one in template.questions if one.block in shown and one.wording in ("", shown[one.block])
    ]  # fmt: skip
    means = "means_notice" if template.kind == "privacy_notice" else "means"  # whoever signs for a notice says that it came, and agrees to nothing
    return Sheet(language, content.title[language], tuple(blocks), filled(content.annex[language], told), tuple(asked), words()[means][language])


@dataclass(frozen=True)
class Grade:
    """How hard one version of a paper reads in one language: its core, its annex, and what is over the bars."""

    core: Reading
    annex: Reading
    over: tuple[str, ...]


def grade(title: str, texts: Iterable[str], annex: str, language: str) -> Grade:
    """Return how hard a paper reads. Blanks are measured with something in them."""
    samples = {name: one[language] for name, one in SAMPLES.items()}
    core = measure(filled("\n".join((title, *texts)), samples), language)
    legal = measure(filled(annex, samples), language)
    return Grade(core, legal, (*core.over(CORE[language]), *(f"Small print: {one}" for one in legal.over(ANNEX[language]))))


def grade_of(template: Template, content: Content, language: str, states: Iterable[str]) -> Grade:
    """Return how hard a version reads, in every wording that may be shown in these states."""
    texts = [content.texts.get(key, {}).get(language, "") for key, _, _ in keys_for(template, states)]
    return grade(content.title[language], texts, content.annex[language], language)
