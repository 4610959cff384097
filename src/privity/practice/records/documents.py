"""What kind of file a document is, by its bytes alone: what a browser or a name says of it is not trusted."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO

TAIL = 2048
MOST_UNPACKED = 200 << 20


class CannotKeep(ValueError):
    """The file is not kept; the message is one sentence for whoever attached it."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its ending, and what it is called to a browser."""

    ending: str
    media: str


PDF, PNG, JPEG = Kind("pdf", "application/pdf"), Kind("png", "image/png"), Kind("jpg", "image/jpeg")
DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
TEXT = Kind("txt", "text/plain; charset=utf-8")
KINDS = {kind.ending: kind for kind in (PDF, PNG, JPEG, DOCX, TEXT)}
BROKEN = "The file arrived broken or cut off, and nothing of it was kept. Open it on your computer to see whether it is whole, then attach it again."


def sniffed(content: bytes) -> Kind:
    """Return what kind of file this is. Raises CannotKeep when it is empty, broken, or of no kind a chart takes."""
    if not content:
        raise CannotKeep("The file is empty, and nothing was kept. Look whether it is the right one, then attach it again.")
    if content.startswith(b"%PDF-"):
        return _whole(PDF, b"%%EOF" in content[-TAIL:])
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(PNG, b"IEND" in content[-64:])
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(JPEG, b"\xff\xd9" in content[-TAIL:])
    if content.startswith(b"PK\x03\x04"):
        return _word(content)
    if _is_text(content):
        return TEXT
    raise CannotKeep("This is no PDF, picture (PNG or JPEG), Word file or plain text, and nothing was kept. Save it as a PDF, then attach that.")


def _whole(kind: Kind, ends: bool) -> Kind:
    if not ends:
        raise CannotKeep(BROKEN)
    return kind


def _word(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise CannotKeep("This file unpacks to far more than it shows, and nothing was kept. Save it as a PDF, then attach that.")
            if packed.testzip() is not None:
                raise CannotKeep(BROKEN)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise CannotKeep(BROKEN) from None
    if "word/document.xml" not in names:
        raise CannotKeep("This is a packed folder and no Word file, and nothing was kept. Unpack it and attach its files one by one.")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise CannotKeep("This Word file carries a program (macros), and nothing was kept. Save it as a PDF, then attach that.")
    return DOCX


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\f" for sign in text)


def safe_name(name: str, kind: Kind) -> str:
    """Return a file name that any computer takes: no folders, no signs that do not show, and the ending the bytes call for."""
    stem = re.split(r"[\\/]", name)[-1].rsplit(".", 1)[0]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", stem) if sign.isalnum() or sign in " -_().,").strip(" .")[:80]
    return f"{plain or 'document'}.{kind.ending}"
