"""Foreign files opened in a process of their own, with a limit on memory and time: a file made to crash or fill this program ends that process alone.

The verbs are those of `redact`, `prove` and `sight`, with the same results and faults. What came from outside goes through here; what was
typeset here need not.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .faults import CannotRead, CannotRedact, Still, StillThere

if TYPE_CHECKING:
    from .prove import Hidden
    from .redact import Mark
    from .sight import Box, Seen

MEMORY = 2 * 1024**3  # bytes of address space
SECONDS = 120  # of work, and twice that by the clock on the wall
TOO_MUCH = "the file asks for more memory or time than a page should, or breaks whatever reads it; print and scan it"
ROOT = Path(__file__).parents[3]


def burn(pdf: bytes, marks: Sequence[Mark]) -> bytes:
    """Return what redact.burn returns, once prove.burnt has found nothing in it; raises CannotRedact where it did."""
    return base64.b64decode(_asked("burn", pdf, _plain(marks), fault=CannotRedact))


def burned(pdf: bytes, page: int, marks: Sequence[Mark]) -> bytes:
    """Return what redact.picture returns: a page as it leaves."""
    return base64.b64decode(_asked("burned", pdf, [page, _plain(marks)], fault=CannotRedact))


def paged(content: bytes) -> bytes:
    """Return what redact.paged returns: a picture as a PDF of one page."""
    return base64.b64decode(_asked("paged", content, [], fault=CannotRedact))


def texts(pdf: bytes) -> list[tuple[Seen, list[tuple[str, Box]]]]:
    """Return what sight.texts returns."""
    from .sight import Seen

    return [(Seen(*seen), [(word, (x0, y0, x1, y1)) for word, (x0, y0, x1, y1) in words]) for seen, words in _asked("texts", pdf, [])]


def _plain(marks: Sequence[Mark]) -> list[list[float]]:
    return [[mark.page, *mark.box] for mark in marks]


def picture(pdf: bytes, page: int, width: int) -> bytes:
    """Return what prove.picture returns."""
    return base64.b64decode(_asked("picture", pdf, [page, width]))


def words(pdf: bytes, page: int) -> list[tuple[str, Box]]:
    """Return what prove.words returns."""
    return [(word, (x0, y0, x1, y1)) for word, (x0, y0, x1, y1) in _asked("words", pdf, [page])]


def pages(pdf: bytes) -> list[Seen]:
    """Return what prove.pages returns."""
    from .sight import Seen

    return [Seen(*each) for each in _asked("pages", pdf, [])]


def clean(pdf: bytes) -> list[Hidden]:
    """Return what prove.clean returns."""
    from .prove import Hidden

    return [Hidden(*each) for each in _asked("clean", pdf, [])]


def absent(pdf: bytes, strings: Sequence[str]) -> None:
    """Raise and return what prove.absent does."""
    found = [Still(*each) for each in _asked("absent", pdf, list(strings))]
    if found:
        raise StillThere(found)


def _asked(verb: str, pdf: bytes, given: Sequence[Any], fault: type[CannotRead] = CannotRead) -> Any:
    """Have one thing done in another process, and return what it said; it gets no setting, key or address of this one."""
    from . import limits

    if len(pdf) > limits.BYTES:
        raise fault(f"the file has more than {limits.BYTES // 1024 // 1024} MB; split it, or ask for a smaller one")
    head = json.dumps({"verb": verb, "given": given, "memory": MEMORY, "seconds": SECONDS}).encode() + b"\n"
    try:
        ran = subprocess.run(  # noqa: S603  (this Python, this module, nothing of the file in the command)
            [sys.executable, "-m", __name__], input=head + pdf, capture_output=True, timeout=2 * SECONDS, check=False, env=_bare(), cwd=Path(__file__).anchor
        )  # fmt: skip
        answer: Mapping[str, Any] = json.loads(ran.stdout) if ran.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {}
    if "said" in answer:
        return answer["said"]
    raise fault(str(answer.get("fault", TOO_MUCH)))


def _bare() -> dict[str, str]:
    """Return an environment in which this package is found, and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}


def _bounded(memory: int, seconds: int) -> None:
    """Take from this process what it does not need; a system that knows no such limit goes without."""
    with suppress(ImportError):
        import resource

        for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):
                resource.setrlimit(what, (most, most))


def _done(verb: str, pdf: bytes, given: Sequence[Any]) -> Any:
    if verb in ("burn", "burned", "paged"):
        from . import redact
        from .prove import burnt

        marks = [redact.Mark(each[0], tuple(each[1:])) for each in (given[1] if verb == "burned" else given)]
        if verb != "burn":
            return base64.b64encode(redact.paged(pdf) if verb == "paged" else redact.picture(pdf, given[0], marks)).decode()
        made = redact.burn(pdf, marks)
        burnt(made, marks)
        return base64.b64encode(made).decode()
    if verb == "clean":
        from .prove import clean

        return [[one.kind, one.words, one.page] for one in clean(pdf)]
    if verb == "absent":
        from .prove import absent

        try:
            absent(pdf, given)
        except StillThere as fault:
            return [[one.which, one.place, one.page] for one in fault.found]
        return []
    from . import sight

    if verb == "picture":
        return base64.b64encode(sight.picture(pdf, *given)).decode()
    if verb == "texts":
        return [[[seen.page, seen.width, seen.height], words] for seen, words in sight.texts(pdf)]
    return sight.words(pdf, *given) if verb == "words" else [[one.page, one.width, one.height] for one in sight.pages(pdf)]


def main() -> None:
    """Read one question, answer it, end."""
    head, _, pdf = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(head)
    _bounded(asked["memory"], asked["seconds"])
    try:
        answer = {"said": _done(asked["verb"], pdf, asked["given"])}
    except (CannotRead, StillThere) as fault:
        answer = {"fault": str(fault)}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # libraries that a hostile file has upset get no last word


if __name__ == "__main__":
    main()
