"""Black boxes on attached files: set with and without a script, seen as they leave, burned in, and gone from the copy for two libraries."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import UUID

import pypdf
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from tests.pdf.foreign import drawn, made, written

from privity.practice.pdf import CannotRedact, Mark, StillThere, apart, prove, redact
from privity.practice.people.actor import Actor
from privity.practice.people.services import tie
from privity.practice.records.services import NewDocument, add_document
from privity.practice.releases.boxes import named
from privity.practice.releases.models import Outgoing, Packet
from privity.practice.releases.packet import Asked, Cuts
from privity.practice.releases.recipients import Said, keep
from privity.practice.releases.services import choose, place_of_copy
from privity.vault import Use, open_sealed

from .conftest import Cast
from .front import Front
from .releasing import Ada, ada, decided, planned
from .test_chart_in_a_browser import browser, dana

__all__ = ["browser", "dana"]
Sit = Callable[[str], Front]
DOCTOR = {"purpose": "treatment", "recipient.kind": "treating_provider", "recipient.treats_client": True, "client.agrees": True, "restriction.agreed": False}


def letter() -> bytes:
    """Two pages of text, and one without."""
    pdf = made(drawn("Beth Lane told her of the garden", "She takes her sleeping tablets"), pages=2)
    pdf.pages.extend(made(b"0 0 0 rg 72 600 200 60 re f", pages=1).pages)
    return written(pdf)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), (200, 40, 40, 255)).save(out, "PNG")
    return out.getvalue()


def with_files(cast: Cast, *files: bytes, words: tuple[str, ...] = ()) -> tuple[Ada, UUID, list[UUID], UUID]:
    client = ada(cast)
    ids = [add_document(cast.dana, client.record, NewDocument(f"Letter {at}", "correspondence", one)) for at, one in enumerate(files or (letter(),))]
    to = keep(cast.dana, Said("Dr. Fox", "treating_provider", phone="970-555-0144", how="called"))
    decision = decided(client, **DOCTOR)
    packet, _ = planned(client, decision, to, chosen=frozenset(map(str, ids)), asked=Asked(), cuts=Cuts(words=words))
    return client, packet, ids, decision


def copy_of(actor: Actor, record: UUID) -> bytes:
    out = Outgoing.objects.get()
    key = actor.keys.key(record, Use.RELEASES)
    return open_sealed(out.copy, with_=key, bound_to=place_of_copy(actor, record, out.id, "copy"))


def dark(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> bool:
    """Whether a place on a page is black, as PDFium and as pypdf show it."""
    size = pypdfium2.PdfDocument(pdf)[page].get_size()
    pictures = [pypdfium2.PdfDocument(pdf)[page].render(scale=2).to_pil(), pypdf.PdfReader(io.BytesIO(pdf)).pages[page].images[0].image]
    for one in pictures:
        assert one is not None
        across, down = one.width / size[0], one.height / size[1]
        part = one.convert("L").crop((int(box[0] * across), int((size[1] - box[3]) * down), int(box[2] * across), int((size[1] - box[1]) * down)))
        if part.getextrema()[1] > 0:
            return False
    return True


def test_boxes_are_chosen_from_the_words_seen_taken_away_burned_and_proven(front: Sit, cast: Cast) -> None:
    client, packet, (paper, _), _ = with_files(cast, letter(), photo(), words=("garden",))
    path = f"/clients/{client.record}/packets/{packet}/files/{paper}"
    for who, status in (("rita", 403), ("omar", 404), ("vera", 404)):
        for part in ("", "/pages/1", "/pages/1?as=leaves&v=1"):
            assert front(who).get(path + part).status == status, (who, part)
    page = front("dana").open(path)
    assert "Over: garden" in page.words and "Page 3 is a picture" in page.words
    told = apart.texts(letter())[0][1]
    assert [word for word, _ in told][:2] == ["Beth", "Lane"]
    page.send(path, page="1", line=["1"], word=["0", "1"], everywhere="told")
    assert "4 boxes in the file" not in page.words and "Over: Beth Lane told" not in page.words and "Over: Beth Lane" in page.words
    assert "Over: She takes her sleeping tablets" in page.words and Packet.objects.get().version == 2 and b"tablets" not in bytes(Packet.objects.get().body)
    page.send(path, page="3", left="10", top="15", right="50", bottom="25%")
    assert "Over a place without text, 15 % from the top" in page.words
    assert "The measures make no box" in page.post(path, page="3", after="3", left="60", right="50", top="1", bottom="2").words
    assert "stands nowhere" in page.post(path, page="2", after="3", everywhere="Zebra").words and Packet.objects.get().version == 3
    assert "changed in another window" in page.post(path, page="2", after="2", word="0").words
    page.open(f"{path}?page=2").send(path, page="2", away="0")
    assert "Over: told" not in page.words and Packet.objects.get().version == 4
    assert page.get(f"{path}/pages/1?as=leaves&v=3").status == 404, "a picture of another version than the page's"
    leaves = front("dana").get(f"{path}/pages/1?as=leaves&v=4").response.content
    beth = told[0][1]
    shown = Image.open(io.BytesIO(leaves)).convert("L").crop(tuple(int(one * 150 / 72) for one in (beth[0], 792 - beth[3], beth[2], 792 - beth[1])))
    assert shown.getextrema() == (0, 0)

    sheet = f"/clients/{client.record}/decisions/{Packet.objects.get().decision_id}/packet"
    assert "Set black boxes on it" in front("dana").open(sheet).words
    send = f"/clients/{client.record}/packets/{packet}/send"
    read = front("dana").open(send)
    assert "of the" in read.words and "tablets She" not in read.words and "pages/3?as=leaves&amp;v=4" in read.text
    stays = read.text.split("The words that stay on page 1")[1].split("</details>")[0]
    assert "her of the" in stays and not [one for one in ("Beth", "garden", "tablets") if one in stays]
    choose(cast.olga, second_person=True, count_tpo=False)
    tie(cast.dana, client.record, cast.omar.account, "team")
    assert "pages/3?as=leaves&amp;v=4" in front("omar").open(sheet).text and "pages/3" not in front("dana").open(sheet).text
    choose(cast.olga, second_person=False, count_tpo=False)
    read.send(send, read="yes", checked="yes")
    gone = copy_of(cast.dana, client.record)
    prove.absent(gone, ["Beth Lane", "garden", "sleeping tablets"])
    pages = pypdf.PdfReader(io.BytesIO(gone)).pages
    (seen,) = (at for at, one in enumerate(pages) if one.mediabox.width == 300)
    first, second, third = (at for at in range(len(pages) - 4, len(pages)) if at != seen)
    assert dark(gone, first, beth) and not dark(gone, second, beth) and dark(gone, third, (65, 600, 300, 670))
    assert pages[seen].images[0].image.convert("RGB").getpixel((100, 100)) == (200, 40, 40)  # type: ignore[union-attr]
    assert "Shortened" in pypdf.PdfReader(io.BytesIO(gone)).pages[0].extract_text()


def test_named_words_are_found_however_they_are_broken_and_what_is_left_stops_the_packet() -> None:
    at = (0.0, 0.0, 9.0, 9.0)
    told = [(word, at) for word in ("Beth's", "drink-", "ing", "gardener", "B", "e")]
    assert named(1, told, ["beth"]) and len(named(1, told, ["drinking"])) and not named(1, told, ["garden"])
    pdf = written(made(drawn("B e t h a n n y E l l i n o r")))
    assert prove.told("B e t h a n n y E", ["Bethanny"]) == [0] and not prove.told("Beth", ["Bethanny"])
    mark = Mark(1, (72, 690, 300, 715))
    whole = redact.burn(pdf, [mark])
    prove.burnt(whole, [mark])
    for wrong, marks in ((redact.burn(pdf, []), [mark]), (pdf, []), (whole, [Mark(1, (72, 500, 80, 520))])):
        with pytest.raises(StillThere):
            prove.burnt(wrong, marks)
    with pytest.raises(CannotRedact, match="broken"):
        apart.paged(b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"IEND")


@pytest.mark.browser
def test_a_box_is_drawn_moved_and_taken_away_by_mouse_and_keyboard(dana: Callable[..., Page], cast: Cast) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from .test_chart_in_a_browser import AXE
    from .test_packets_in_a_browser import looked_at

    client, packet, (paper,), _ = with_files(cast)
    at = f"/clients/{client.record}/packets/{packet}"
    page = dana("/me", 1280)
    sheet = io.BytesIO()
    Image.new("L", (612, 792), 255).save(sheet, "PNG")
    page.route("**/pages/**", lambda asked: asked.fulfill(body=sheet.getvalue(), content_type="image/png"))  # what they show is looked at above
    page.goto(page.url.replace("/me", f"{at}/files/{paper}?page=3"))
    stage = page.locator("[data-stage]").bounding_box()
    assert stage
    page.mouse.move(stage["x"] + 60, stage["y"] + 100)
    page.mouse.down()
    page.mouse.move(stage["x"] + 200, stage["y"] + 160)
    page.mouse.up()
    page.get_by_role("button", name="Add a box").click()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Add a box").press("Enter")
    for key in ("ArrowDown", "ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert page.locator("input[name=box]").count() == 2
    page.get_by_role("button", name="Keep these boxes").click()
    expect(page.get_by_text("Over a place without text")).to_have_count(2)
    page.locator("rect[data-away='0'][tabindex]").focus()
    page.keyboard.press("Delete")
    page.get_by_role("button", name="Keep these boxes").click()
    expect(page.get_by_text("Over a place without text")).to_have_count(1)
    for path in (f"{at}/files/{paper}?page=1", f"{at}/send"):
        page.goto(page.url.split("/clients")[0] + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
        page.set_viewport_size({"width": 360, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        looked_at(page, f"boxes-{path.split('/')[-1][:4]}")
        assert not Axe().run(page, options=AXE).response["violations"], path
    assert not page.complaints  # type: ignore[attr-defined]
