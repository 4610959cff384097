"""The proof that words are gone, by two libraries that share no code, and a look at what a file holds without showing it."""

from __future__ import annotations

import io
import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdf
import pypdfium2 as pdfium
from pypdf.errors import PyPdfError

from . import limits, sight
from .faults import CannotRead, Still, StillThere
from .sight import Seen, pages, picture, words

if TYPE_CHECKING:
    from PIL.Image import Image

    from .redact import Mark

__all__ = ["Hidden", "Seen", "absent", "burnt", "clean", "pages", "picture", "told", "words"]

LONG = 8  # letters from which a string is looked for with all spaces taken away as well, as it may be set letter by letter or broken over lines
CHANCE = 5  # letters below which a string would be found by chance in what is packed or no text
ENDLESS = "the file unpacks to more than can be looked through, so nothing is proven; print and scan it"
GREY = 64  # of 255: what black may come to at its rim in a photograph
REVISIONS = 20
DEEP = 40  # objects within objects
PRINTED = bytes([9, 10, 13, *range(32, 127)])
CONTROLS = {code: None for code in [*range(32), 127] if chr(code) not in "\n\r\t"}


@dataclass(frozen=True)
class Hidden:
    """Something the file holds and does not show, or does: its kind, a sentence, the page where there is one."""

    kind: str  # attachments, layers, revisions, forms, javascript, annotations, metadata, unseen_words, beyond_the_page, after_the_end, encrypted
    words: str
    page: int | None = None


def absent(pdf: bytes, strings: Sequence[str]) -> None:
    """Raise StillThere where one of the strings can be found by any way this knows; return nothing where all are gone.

    Looked at: the text as PDFium and as pypdf read it, every string and stream of every object (metadata, XMP, attachments, forms, notes, scripts, names),
    streams that no object points at any more, the bytes themselves, and all of it once more for each earlier revision. Strings below five letters are
    looked for as whole words, and not in pictures, fonts or packed bytes, where they would be found by chance. Case, accents' writing, spaces and hyphens
    make no difference.
    """
    asked = [_Asked(number, text) for number, text in enumerate(strings) if _folded(text)]
    found = list(dict.fromkeys(_everywhere(pdf, asked))) if asked else []
    if found:
        raise StillThere(found)


def burnt(pdf: bytes, marks: Sequence[Mark]) -> None:
    """Raise StillThere unless no page holds a word and every mark is black, both as PDFium and as pypdf read the file."""
    found = [
        Still(0, f"the text as {how} reads it", page)
        for how, texts in (("PDFium", _by_pdfium(pdf)), ("pypdf", _by_pypdf(pdf)))
        for page, text in enumerate(texts, 1)
        if text.strip()
    ]
    drawn = pypdf.PdfReader(io.BytesIO(pdf))
    with sight.opened(pdf) as document:
        for number in sorted({mark.page for mark in marks}):
            page = sight.page_of(document, number)
            size = page.get_size()
            seen = {"PDFium": page.render(scale=limits.DPI / 72).to_pil(), "pypdf": drawn.pages[number - 1].images[0].image}
            boxes = [mark.box for mark in marks if mark.page == number]
            found += [Still(0, f"the picture as {how} shows it", number) for how, image in seen.items() if image and not _black(image, size, boxes)]
    if found:
        raise StillThere(found)


def _black(image: Image, size: tuple[float, float], boxes: Iterable[sight.Box]) -> bool:
    """Say whether every box is black in a page's picture; a photograph may be a little grey where black meets white."""
    grey = image.convert("L")
    across, down = grey.width / size[0], grey.height / size[1]
    for x0, y0, x1, y1 in boxes:
        left, right = max(0, math.floor(x0 * across)), min(grey.width, math.ceil(x1 * across))
        top, bottom = max(0, math.floor((size[1] - y1) * down)), min(grey.height, math.ceil((size[1] - y0) * down))
        if right > left and bottom > top and any(grey.crop((left, top, right, bottom)).histogram()[GREY:]):
            return False
    return True


def told(text: str, strings: Sequence[str]) -> list[int]:
    """Return which of the strings a text holds in any form `absent` looks for, by their numbers."""
    looked = _Text(text)
    return [number for number, one in enumerate(strings) if _folded(one) and _Asked(number, one).in_text(looked)]


class _Asked:
    """A string in the forms it is looked for."""

    def __init__(self, which: int, text: str) -> None:
        self.which, self.folded = which, _folded(text)
        self.squashed = _squashed(self.folded)
        apart = r"[\W_]+".join(re.escape(word) for word in re.findall(r"\w+", self.folded)) or re.escape(self.folded)
        self.word = re.compile(rf"(?<!\w){apart}(?!\w)")
        self.bytes = [text.encode(code) for code in ("utf-8", "utf-16-be", "utf-16-le", "latin-1", "cp1252") if _can(text, code)]
        self.bytes += [each.hex().encode() for each in self.bytes[:2]]
        self.bytes = list({each.lower() for each in self.bytes})

    def in_text(self, text: _Text) -> bool:
        return bool(self.word.search(text.folded)) or (len(self.squashed) >= LONG and self.squashed in text.squashed)

    def in_bytes(self, lower: bytes) -> bool:
        return len(self.squashed) >= CHANCE and any(each in lower for each in self.bytes)


class _Text:
    """What is looked through, in the forms it is looked through."""

    def __init__(self, text: str) -> None:
        self.folded = _folded(text)

    @cached_property
    def squashed(self) -> str:
        return _squashed(self.folded)


def _can(text: str, code: str) -> bool:
    try:
        return bool(text.encode(code))
    except UnicodeEncodeError:
        return False


def _folded(text: str) -> str:
    if text.isascii():
        flat = text.lower().translate(CONTROLS)
    else:
        flat = unicodedata.normalize("NFKD", text).casefold()
        flat = "".join(one for one in flat if one in "\n\r\t" or not (unicodedata.combining(one) or unicodedata.category(one) in ("Cc", "Cf")))
    return " ".join(re.sub(r"[-‐‑‒–]\s*[\r\n]+\s*", "", flat).split())


def _squashed(folded: str) -> str:
    return re.sub(r"[\W_]+", "", folded)


def _everywhere(pdf: bytes, asked: Sequence[_Asked]) -> Iterator[Still]:
    yield from _in_bytes(pdf, asked, "the file's bytes")
    seen: set[bytes] = set()
    for content in _loose_streams(pdf):
        seen.add(sha256(content).digest())
        yield from _in_content(content, asked, "a stream of the file")
    for number, revision in enumerate(reversed(_revisions(pdf))):
        where = " of an earlier revision" if number else ""
        try:
            yield from _in_objects(revision, asked, where, seen)  # first, as it stops at a file that unpacks without end
            yield from _in_pages(revision, asked, where)
        except CannotRead:
            if not number:  # a file that does not open proves nothing
                raise


def _in_text(text: str, asked: Iterable[_Asked], place: str, page: int | None = None) -> Iterator[Still]:
    if text:
        looked = _Text(text)
        for one in asked:
            if one.in_text(looked):
                yield Still(one.which, place, page)


def _in_pages(pdf: bytes, asked: Sequence[_Asked], where: str) -> Iterator[Still]:
    for how, texts in (("PDFium", _by_pdfium(pdf)), ("pypdf", _by_pypdf(pdf))):
        place = f"the text{where} as {how} reads it"
        for page, text in enumerate(texts, 1):
            yield from _in_text(text, asked, place, page)
        yield from _in_text("\n".join(texts), [one for one in asked if len(one.squashed) >= LONG], place)


def _by_pdfium(pdf: bytes) -> list[str]:
    with sight.opened(pdf) as document:
        return [_page_text(sight.page_of(document, number)) for number in range(1, len(document) + 1)]


def _page_text(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    return str(text.get_text_range()) + "\n" + " ".join(word for word, _ in sight.words_of(page))


def _by_pypdf(pdf: bytes) -> list[str]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        return [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, zlib.error) as error:
        raise CannotRead("the file cannot be read by the second library, so nothing is proven; print and scan it") from error


def _in_objects(pdf: bytes, asked: Sequence[_Asked], where: str, seen: set[bytes]) -> Iterator[Still]:
    """Look into every object, pointed at or not, and every stream unpacked that was not looked through before."""
    with _Parsed(pdf) as document:
        spent = 0
        for thing in [*document.objects, document.trailer]:
            place = _place(thing) + where
            yield from _in_text("\n".join(_strings(thing)), asked, place)
            if isinstance(thing, pikepdf.Stream):
                content = _unpacked(thing)
                spent += len(content)
                if spent > limits.UNPACKED:
                    raise CannotRead(ENDLESS)
                mark = sha256(content).digest()
                if mark not in seen or place.startswith(("an attachment", "the XMP")):  # where these were found says more
                    seen.add(mark)
                    yield from _in_content(content, asked, place)


def _place(thing: Any) -> str:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return "an object"
    kind, sub = str(thing.get("/Type", "")), str(thing.get("/Subtype", ""))
    if kind == "/Metadata" or sub == "/XML":
        return "the XMP metadata"
    if kind in ("/EmbeddedFile", "/Filespec"):
        return "an attachment"
    if "/FT" in thing or ("/V" in thing and "/T" in thing):
        return "a form field"
    if kind == "/Annot" or sub in ("/Text", "/FreeText", "/Highlight", "/Link", "/Popup"):
        return "an annotation"
    if "/JS" in thing or "/JavaScript" in thing:
        return "a script"
    if kind == "/OCG":
        return "a layer"
    if "/Producer" in thing or "/Creator" in thing or "/Author" in thing:
        return "the metadata"
    return "a stream" if isinstance(thing, pikepdf.Stream) else "an object"


def _strings(thing: Any, deep: int = 0) -> Iterator[str]:
    """Return the strings and names of one object; those it points at stand for themselves."""
    if deep > DEEP or (deep and getattr(thing, "is_indirect", False)):
        return
    if isinstance(thing, pikepdf.String):
        yield str(thing)
        yield bytes(thing).decode("latin-1")
        with suppress(UnicodeDecodeError):
            yield bytes(thing).decode("utf-8")
    elif isinstance(thing, pikepdf.Name):
        yield str(thing)[1:]
    elif isinstance(thing, pikepdf.Array):
        for each in list(thing):
            yield from _strings(each, deep + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, each in dict(thing).items() if isinstance(thing, pikepdf.Dictionary) else dict(thing.stream_dict).items():
            yield str(key)[1:]
            yield from _strings(each, deep + 1)


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """Return a stream's content, or as much of it as can be unpacked; one that grows without end is refused before it is held."""
    raw = stream.read_raw_bytes()
    names: Any = stream.get("/Filter", [])
    for name in [names] if isinstance(names, pikepdf.Name) else list(names):
        if str(name) not in ("/FlateDecode", "/Fl"):
            break
        packer = zlib.decompressobj()
        try:
            raw = packer.decompress(raw, limits.UNPACKED + 1)
        except zlib.error:
            break
        if len(raw) > limits.UNPACKED:
            raise CannotRead(ENDLESS)
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, ValueError, MemoryError):
        return raw


def _in_content(content: bytes, asked: Sequence[_Asked], place: str) -> Iterator[Still]:
    """Look through a stream: its bytes always, and as text where it may be text in some encoding, or a page's drawing with strings in it."""
    yield from _in_bytes(content, asked, place)
    if not _like_text(content):
        return
    yield from _in_text(content.decode("latin-1"), asked, place)
    yield from _in_text(_shown_strings(content), asked, place)
    if not content.isascii():
        yield from _in_text(content.decode("utf-8", "ignore"), asked, place)
    if b"\x00" in content:
        yield from _in_text(content.decode("utf-16-be", "ignore"), asked, place)
        yield from _in_text(content.decode("utf-16-le", "ignore"), asked, place)


def _like_text(content: bytes) -> bool:
    """Say whether at least half of it are letters, marks and spaces of some plain text; a picture or a font is not."""
    bare = content.replace(b"\x00", b"")
    return len(bare.translate(None, PRINTED)) <= len(bare) / 2 and len(bare) >= len(content) / 8


def _in_bytes(content: bytes, asked: Iterable[_Asked], place: str) -> Iterator[Still]:
    lower = content.lower()
    for one in asked:
        if one.in_bytes(lower):
            yield Still(one.which, place)


def _shown_strings(content: bytes) -> str:
    """Return the strings of a drawing put together, as `[(Be) -20 (th)] TJ` shows them."""
    found = []
    for literal, hexed in re.findall(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>", content[: limits.UNPACKED]):
        if hexed:
            digits = re.sub(rb"\s", b"", hexed)
            found.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()).decode("latin-1"))
        else:
            found.append(re.sub(rb"\\([0-7]{1,3}|.)", _escape, literal).decode("latin-1"))
    return "".join(found).replace("\x00", "")


def _escape(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8) & 255]) if code[:1].isdigit() else {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b""}.get(code, code)


def _loose_streams(pdf: bytes) -> Iterator[bytes]:
    """Return what zlib can unpack from between `stream` and `endstream`, wherever it stands: an object of an earlier revision, or of none."""
    spent = 0
    for match in re.finditer(rb"stream\r?\n", pdf):
        packer = zlib.decompressobj()
        with suppress(zlib.error):
            content = packer.decompress(pdf[match.end() :], limits.UNPACKED - spent)
            spent += len(content)
            yield content
        if spent >= limits.UNPACKED:
            raise CannotRead(ENDLESS)


def _revisions(pdf: bytes) -> list[bytes]:
    """Return the file as it stood at each of its ends, the last being the whole."""
    ends = [match.end() for match in re.finditer(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?", pdf)]
    return [*(pdf[:end] for end in ends[:-1][-REVISIONS:]), pdf]


class _Parsed:
    """The file opened by qpdf, or one sentence."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf

    def __enter__(self) -> pikepdf.Pdf:
        try:
            self.document = pikepdf.open(io.BytesIO(self.pdf))
        except pikepdf.PasswordError as error:
            raise CannotRead("the file is locked with a password; open it and save a copy without one, then try again") from error
        except (pikepdf.PdfError, ValueError) as error:
            raise CannotRead("the file is broken, or no PDF; ask for it again, or print and scan it") from error
        return self.document

    def __exit__(self, *_: object) -> None:
        self.document.close()


def clean(pdf: bytes) -> list[Hidden]:
    """Return what the file holds beside what its pages show; an empty list where there is nothing. It never repeats what it found."""
    found: list[Hidden] = []
    with _Parsed(pdf) as document:
        root = document.Root
        if document.is_encrypted:
            found.append(Hidden("encrypted", "The file is locked against changes."))
        found += _things(document)
        if "/OCProperties" in root:
            layers = len(list(root.OCProperties.get("/OCGs", [])))
            found.append(Hidden("layers", f"The file has {layers} layers that can be shown or hidden."))
        if "/AcroForm" in root:
            found.append(Hidden("forms", "The file is a form: its fields hold what somebody typed."))
        if "/XFA" in root.get("/AcroForm", {}):
            found.append(Hidden("forms", "The file carries a second form beside the one that is seen (XFA)."))
        if "/Metadata" in root or len(dict(document.docinfo)):
            found.append(Hidden("metadata", "The file says who made it, when, or with what."))
        for number, page in enumerate(document.pages, 1):
            notes = len(list(page.obj.get("/Annots", [])))
            if notes:
                found.append(Hidden("annotations", f"Page {number} has {notes} comments, links or form fields laid over it.", number))
            box = [float(each) for each in page.mediabox], [float(each) for each in page.cropbox]
            if box[0] != box[1]:
                found.append(Hidden("beyond_the_page", f"Page {number} goes on beyond what is shown of it.", number))
    earlier = len(_revisions(pdf)) - 1
    if earlier and not _linear(pdf):
        found.append(Hidden("revisions", f"The file still holds {earlier} earlier state{'s' if earlier > 1 else ''} of itself."))
    tail = pdf[pdf.rfind(b"%%EOF") + 5 :] if b"%%EOF" in pdf else b""
    if tail.strip():
        found.append(Hidden("after_the_end", "There are bytes after the file's end."))
    return found + _unseen(pdf)


def _linear(pdf: bytes) -> bool:
    """Say whether the file is one written for the web, which has two ends and one state."""
    return b"/Linearized" in pdf[:2048] and len(_revisions(pdf)) == 2


def _things(document: pikepdf.Pdf) -> list[Hidden]:
    files = scripts = other = False
    for thing in (inner for each in [*document.objects, document.trailer] for inner in _dictionaries(each)):
        files |= str(thing.get("/Type", "")) == "/EmbeddedFile" or "/EF" in thing or "/EmbeddedFiles" in thing
        scripts |= "/JS" in thing or "/JavaScript" in thing
        other |= str(thing.get("/S", "")) in ("/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/URI")
    found = [Hidden("attachments", "The file carries other files inside.")] if files else []
    found += [Hidden("javascript", "The file holds a script.")] if scripts else []
    return found + ([Hidden("actions", "The file opens addresses or other files when it is touched.")] if other else [])


def _dictionaries(thing: Any, deep: int = 0) -> Iterator[pikepdf.Dictionary]:
    """Return an object and what lies directly in it, where these are dictionaries; those it points at stand for themselves."""
    if deep > DEEP or (deep and getattr(thing, "is_indirect", False)):
        return
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
    for each in dict(thing).values() if isinstance(thing, pikepdf.Dictionary) else list(thing) if isinstance(thing, pikepdf.Array) else ():
        yield from _dictionaries(each, deep + 1)


def _unseen(pdf: bytes) -> list[Hidden]:
    """Return for each page how many of its words cannot be seen: covered, in the paper's colour, invisible, or beyond the edge."""
    found = []
    with sight.opened(pdf) as document:
        document.init_forms()
        for number in range(1, len(document) + 1):
            page = sight.page_of(document, number)
            _, height = sight.size_of(page, number, 2)
            places = sight.words_of(page)
            if not places:
                continue
            image = page.render(scale=2).to_pil().convert("RGB")
            blind = 0
            for _, (x0, y0, x1, y1) in places:
                part = (max(0, round(x0 * 2)), max(0, round((height - y1) * 2)), min(image.width, round(x1 * 2)), min(image.height, round((height - y0) * 2)))
                seen = part[2] > part[0] and part[3] > part[1] and any(low != high for low, high in image.crop(part).getextrema())
                blind += not seen and x1 > x0 and y1 > y0
            if blind:
                found.append(Hidden("unseen_words", f"{blind} words on page {number} are in the file but cannot be seen.", number))
    return found
