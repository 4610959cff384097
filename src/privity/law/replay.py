"""The canonical core of an answer: what the law said, apart from how it was put, so that it can be worked out again years later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

Data = dict[str, object]
CORE = 1  # the form of the core; an older form stays here beside the newer one, so that old answers can be compared
PART = ("purpose", "recipient", "about", "item", "information", "outcome", "how_much", "because", "possible")
DUTY = ("do", "whom", "what", "timing", "cite", "rule", "if", "closed_by")


def sealed(answer: Data, asked: str) -> Data:
    """Return an answer with its core and, last, the SHA-256 of everything else in it. `asked` is decide or advise."""
    answer["core"] = core_of(answer, asked)
    answer["hash"] = own_hash(answer)
    return answer


def core_of(answer: Mapping[str, Any], asked: str) -> Data:
    """Return what the law said: outcome, parts, ids of the rules, how much, duties, and which law governed."""
    core: Data = {"core": CORE, "asked": asked, **_only(answer, ("book", "on", "assume", "outcome", "possible", "how_much"))}
    core["parts"] = [_only(part, PART) for part in answer["parts"]]
    core["because"] = [rule["id"] for rule in answer["because"]]
    core["duties"] = [_duty(duty) for duty in answer["duties"]]
    core["precedence"] = [rule["id"] for rule in answer["precedence"]]
    return core


def _duty(duty: Mapping[str, Any]) -> Data:
    return {**_only(duty, DUTY), "due": _only(duty["due"], ("words", "at")), "any_of": [_duty(inner) for inner in duty["any_of"]]}


def _only(data: Mapping[str, Any], keys: Iterable[str]) -> Data:
    return {key: data[key] for key in keys if key in data}


def own_hash(answer: Mapping[str, object]) -> str:
    """Return the SHA-256 of an answer without its `hash`. It shows that a file is as it was written; it is no signature."""
    text = canonical({key: value for key, value in answer.items() if key != "hash"})
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def canonical(data: object) -> str:
    """Return data as JSON in ASCII with sorted keys and no spaces to choose: the same bytes on every machine."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"))
