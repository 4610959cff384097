"""What is marked is gone, and so is whatever a foreign PDF hid; what cannot be done is said in one sentence."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pypdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name

from privity.practice.pdf import CannotRead, CannotRedact, Mark, StillThere, limits, lock, prove, redact

from . import foreign
from .foreign import HIDING, PLAIN, SECRET, drawn, made, written

KINDS = {
    "under_a_rectangle": "unseen_words",
    "white_text": "unseen_words",
    "invisible_text": "unseen_words",
    "beyond_the_edge": "unseen_words",
    "hidden_layer": "layers",
    "attachment": "attachments",
    "metadata": "metadata",
    "xmp": "metadata",
    "form_field": "forms",
    "comment": "annotations",
    "script": "javascript",
    "earlier_revision": "revisions",
    "loose_object": "after_the_end",
}


def box_of(pdf: bytes, wanted: str, page: int = 1) -> tuple[float, float, float, float]:
    return next(box for word, box in prove.words(pdf, page) if word == wanted)


def dark(pdf: bytes, box: tuple[float, float, float, float], page: int = 1) -> bool:
    """Say whether every pixel under a box is black."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[page - 1].render(scale=2).to_pil().convert("L")
    height = document[page - 1].get_height()
    part = image.crop((round(box[0] * 2), round((height - box[3]) * 2), round(box[2] * 2), round((height - box[1]) * 2)))
    return bool(part.getextrema() == (0, 0))


@pytest.mark.parametrize("name", HIDING)
def test_what_is_hidden_is_found(name: str) -> None:
    with pytest.raises(StillThere) as caught:
        prove.absent(HIDING[name](), ["nobody of that name", SECRET])
    assert {one.which for one in caught.value.found} == {1}
    assert "Beth" not in str(caught.value)


@pytest.mark.parametrize("name", KINDS)
def test_what_is_hidden_is_named(name: str) -> None:
    found = prove.clean(HIDING[name]())
    assert KINDS[name] in [one.kind for one in found]
    assert not any("Beth" in one.words for one in found)


@pytest.mark.parametrize("name", HIDING)
def test_what_is_hidden_does_not_come_along(name: str) -> None:
    before = HIDING[name]()
    after = redact.burn(before, [])
    prove.absent(after, [SECRET, "Beth", PLAIN, "notes.txt", "remarks", "second draft"])
    assert prove.clean(after) == []


def test_a_file_that_hides_nothing_is_clean() -> None:
    assert prove.clean(written(made(drawn(PLAIN)))) == []


def test_only_the_marked_words_are_black() -> None:
    before = written(made(drawn("Her sister Beth drinks")))
    beth, sister = box_of(before, "Beth"), box_of(before, "sister")
    after = redact.burn(before, [Mark(1, beth)])
    assert dark(after, beth)
    assert not dark(after, sister)
    assert not dark(before, beth)


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("crop", [None, [50, 400, 560, 780]])
@pytest.mark.parametrize("media", [[0, 0, 612, 792], [-100, -50, 700, 900]])
def test_marks_hold_on_turned_and_cropped_pages(turn: int, crop: list[int] | None, media: list[int]) -> None:
    page = {"Rotate": turn, "MediaBox": Array(media)} | ({"CropBox": Array(crop)} if crop else {})
    before = written(made(drawn("Her sister Beth drinks"), **page))
    beth, sister = box_of(before, "Beth"), box_of(before, "sister")
    after = redact.burn(before, [Mark(1, beth)])
    assert prove.pages(after)[0].width == pytest.approx(prove.pages(before)[0].width, abs=0.01)
    assert dark(after, beth)
    assert not dark(after, sister)


def test_the_new_file_holds_pictures_and_nothing_else() -> None:
    before = written(made(drawn(SECRET), pages=3))
    with pikepdf.open(io.BytesIO(redact.burn(before, [Mark(2, (72, 690, 300, 720))]))) as after:
        assert len(after.pages) == 3
        assert set(after.Root.keys()) <= {"/Type", "/Pages"}
        assert "/Info" not in after.trailer
        assert all(set(page.obj.Resources.keys()) == {"/XObject"} for page in after.pages)


def test_the_same_file_and_marks_give_the_same_bytes() -> None:
    before = written(made(drawn(SECRET)))
    assert redact.burn(before, [Mark(1, (72, 690, 100, 720))]) == redact.burn(before, [Mark(1, (72, 690, 100, 720))])


def test_what_is_typed_in_a_form_is_burned_in_as_it_is_seen() -> None:
    pdf = made(drawn(PLAIN))
    drawing = pdf.make_stream(b"0 0 0 rg 0 0 50 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 20]))
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([100, 100, 150, 120]), AP=Dictionary(N=drawing), F=4)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])
    assert dark(redact.burn(written(pdf), []), (102, 102, 148, 118))


@pytest.mark.parametrize("box", [(700, 10, 800, 20), (10, 10, 10, 20), (30, 10, 20, 20), (float("nan"), 1, 2, 3), (-9, -9, -1, -1)])
def test_a_mark_that_would_burn_nothing_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(CannotRedact, match="beside page 1"):
        redact.burn(written(made(drawn(PLAIN))), [Mark(1, box)])


def test_a_mark_on_no_page_is_refused() -> None:
    with pytest.raises(CannotRedact, match="no page 2"):
        redact.burn(written(made(drawn(PLAIN))), [Mark(2, (1, 1, 9, 9))])


def locked() -> bytes:
    return lock.with_passphrase(written(made(drawn(SECRET))), "correct horse battery")


def owner_locked() -> bytes:
    return written(made(drawn(SECRET)), encryption=pikepdf.Encryption(owner="somebody", user="", R=6))


def no_pages() -> bytes:
    return written(made(pages=0))


def huge_page() -> bytes:
    return written(made(drawn(SECRET), MediaBox=Array([0, 0, 14400, 14400])))


def many_pages() -> bytes:
    return written(made(drawn(PLAIN), pages=limits.PAGES + 1))


def flat_page() -> bytes:
    return written(made(drawn(PLAIN), MediaBox=Array([0, 0, 100000, 100000]), CropBox=Array([0, 0, 90000, 1])))


def broken() -> bytes:
    return b"%PDF-1.7\n" + bytes(range(256)) * 40


def cut_short() -> bytes:
    return written(made(drawn(PLAIN)))[:180]


BAD = {
    "locked": "password",
    "owner_locked": "locked",
    "no_pages": "no pages",
    "huge_page": "too large",
    "many_pages": "more than",
    "broken": "broken",
    "cut_short": "broken",
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_burned_is_said_in_one_sentence(name: str) -> None:
    with pytest.raises(CannotRedact, match=BAD[name]) as caught:
        redact.burn(globals()[name](), [])
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 140


@pytest.mark.parametrize("pdf", [b"", b"hello", b"\x00" * 1000])
def test_what_is_no_pdf_proves_nothing(pdf: bytes) -> None:
    with pytest.raises(CannotRead):
        prove.absent(pdf, ["Beth"])
    with pytest.raises(CannotRead):
        prove.clean(pdf)


def test_a_page_cropped_to_a_long_strip_is_drawn_or_refused_but_not_held_in_memory() -> None:
    after = redact.burn(flat_page(), [])
    assert len(after) < 1_000_000


def test_a_stream_that_unpacks_without_end_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = made(drawn(PLAIN))
    pdf.Root.PieceInfo = pdf.make_stream(b"\x00" * 5_000_000)
    packed = written(pdf)
    monkeypatch.setattr(limits, "UNPACKED", 1_000_000)
    with pytest.raises(CannotRead, match="unpacks"):
        prove.absent(packed, ["Beth"])


def test_a_stream_packed_twice_is_not_held_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf = made(drawn(PLAIN))
    twice = zlib.compress(zlib.compress(b" " * 5_000_000))
    pdf.Root.PieceInfo = pikepdf.Stream(pdf, twice, Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    packed = written(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    monkeypatch.setattr(limits, "UNPACKED", 1_000_000)
    with pytest.raises(CannotRead, match="unpacks"):
        prove.absent(packed, ["Beth"])


def test_short_words_are_found_as_words_and_not_within_others() -> None:
    pdf = written(made(drawn("Maybe that is medical")))
    prove.absent(pdf, ["Beth", "Al", "hat i"])
    with pytest.raises(StillThere):
        prove.absent(pdf, ["THAT"])


def test_accents_case_and_hyphens_hide_nothing() -> None:
    pdf = written(made(drawn("Se\\361ora Mu\\361oz-Garc\\355a", "brought her daugh-", "ter along")))
    for words in ("muñoz garcía", "SENORA MUNOZ", "Mun\u0303oz", "daughter along"):
        with pytest.raises(StillThere):
            prove.absent(pdf, [words])


def test_nothing_asked_is_nothing_found() -> None:
    prove.absent(written(made(drawn(PLAIN))), ["", " \u200b", "?"])


def test_a_passphrase_opens_and_nothing_else_does() -> None:
    closed = locked()
    assert SECRET.encode() not in closed
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(closed))
    with pikepdf.open(io.BytesIO(closed), password="correct horse battery") as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256
    assert pypdf.PdfReader(io.BytesIO(closed), password="correct horse battery").pages[0].extract_text().strip() == SECRET
    with pytest.raises(ValueError, match="passphrase"):
        lock.with_passphrase(closed, "short")
    with pytest.raises(CannotRead):
        lock.with_passphrase(closed, "another passphrase")


def test_a_picture_is_as_wide_as_asked() -> None:
    from PIL import Image

    assert Image.open(io.BytesIO(prove.picture(foreign.under_a_rectangle(), 1, 333))).width == 333
    with pytest.raises(CannotRead):
        prove.picture(foreign.under_a_rectangle(), 1, 100_000)
    with pytest.raises(CannotRead, match="no page 0"):
        prove.picture(foreign.under_a_rectangle(), 0, 100)


def test_words_come_with_their_boxes() -> None:
    places = prove.words(written(made(drawn("Her sister Beth", "drinks"))), 1)
    assert [word for word, _ in places] == ["Her", "sister", "Beth", "drinks"]
    (left, bottom, right, top) = places[0][1]
    assert 71 < left < right < 100
    assert 695 < bottom < 701 < top < 715
