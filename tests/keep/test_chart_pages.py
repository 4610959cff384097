"""The chart as pages: signed once, amended with a date, drafts that survive, no other member's name, documents by their bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile, StopFutureHandlers
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest

from privity.practice.people import services as people
from privity.practice.people.models import Participant
from privity.practice.people.services import NewPerson, NewRecord, add_record
from privity.practice.records.marks import pieces, split, unpaired
from privity.practice.records.models import Document, Draft, Entry, Part
from privity.practice.records.uploads import MOST, InMemory
from privity.practice.site.data_map import declared
from privity.practice.trail.models import Event

from . import urls_with_sealed
from .conftest import NOW, Cast
from .front import Clock, Front

Sit = Callable[[str], Front]
CANARY = "qzxv canary heron"
SESSION = {"day": "2026-11-20", "start": "08:00", "stop": "08:50", "modality": "office"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def chart(cast: Cast) -> str:
    return f"/clients/{cast.cleo}/chart"


def write(front: Front, cast: Cast, act: str = "sign", **said: Any) -> Front:
    path = f"{chart(cast)}/entry"
    return front.open(path).send(path, act, **{**SESSION, **said})


# --- entries ---------------------------------------------------------------------------------------------------------


def test_dana_signs_a_session_and_each_part_is_a_class_of_its_own(front: Sit, cast: Cast) -> None:
    page = write(front("dana"), cast, progress_notes="Slept better.", diagnosis="F41.1", treatment_plan="Weekly.", hiv="Tested, negative.")
    assert "Nov 20, 2026, 8:00 am to 8:50 am" in page.words and "In the office" in page.words and "by Dana Test" in page.words
    assert set(Part.objects.values_list("klass", flat=True)) == {"progress_notes", "diagnosis", "treatment_plan", "hiv"}
    entry = Entry.objects.get()
    assert entry.ended is not None and entry.ended - entry.began == timedelta(minutes=50)


def test_nobody_off_the_team_reads_or_writes(front: Sit, cast: Cast) -> None:
    write(front("dana"), cast, progress_notes=CANARY)
    for who, status in (("omar", 404), ("rita", 403), ("vera", 404), ("bill", 403), ("olga", 404), ("petra", 404)):
        for path in (chart(cast), f"{chart(cast)}/entry", f"{chart(cast)}/documents/new", f"{chart(cast)}/entries/{Entry.objects.get().id}/amend"):
            page = front(who).open(path)
            assert page.status == status and CANARY not in page.text, (who, path)
        there = front(who).open("/clients")
        there.send(f"{chart(cast)}/entry", "sign", **SESSION, progress_notes="x", sheet=str(UUID(int=1)))
        assert there.status in (403, 404)
        assert there.send(f"{chart(cast)}/draft", kind="session", after="0", progress_notes="x").status in (403, 404)
    assert Entry.objects.count() == 1


def test_both_sheets_say_who_could_ever_read_them_and_the_sealed_one_waits_for_its_page(front: Sit, cast: Cast, settings: Any) -> None:
    page = front("dana").open(chart(cast))
    assert page.words.count("Who could ever read it:") == 1 + ("Sealed note" in page.words)
    settings.ROOT_URLCONF = urls_with_sealed.__name__
    page = front("dana").open(chart(cast))
    assert "Sealed note" in page.words and page.words.count("Who could ever read it:") == 2
    assert f"/sealed/{cast.cleo}" in page.text


def test_a_signed_entry_cannot_be_changed_and_a_form_sent_twice_is_signed_once(front: Sit, cast: Cast) -> None:
    page = front("dana").open(f"{chart(cast)}/entry")
    sheet = page.text.split('name="sheet" value="')[1].split('"')[0]
    said = {**SESSION, "progress_notes": "First.", "sheet": sheet}
    page.send(f"{chart(cast)}/entry", "sign", **said)
    page.open(f"{chart(cast)}/entry").send(f"{chart(cast)}/entry", "sign", **said)
    assert Entry.objects.count() == 1
    page.open(f"{chart(cast)}/entry").send(f"{chart(cast)}/entry", "sign", **{**said, "progress_notes": "Another."})
    assert page.status == 422 and "already signed in another window" in page.words
    assert "First." in page.open(chart(cast)).words and "Another." not in page.words
    for table in (Entry, Part):
        with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
            table.objects.update(practice=cast.practice)


def test_an_amendment_stands_beneath_with_its_own_date(front: Sit, cast: Cast) -> None:
    write(front("dana"), cast, progress_notes="Met at eight.")
    path = f"{chart(cast)}/entries/{Entry.objects.get().id}/amend"
    page = front("dana").open(path)
    assert "Met at eight." in page.words
    page.send(path, "sign", progress_notes="It was nine.")
    assert "Amended Nov 20, 2026" in page.words and "Met at eight." in page.words and "It was nine." in page.words
    other = write(front("dana"), cast, progress_notes="Second.")
    assert "Second." in other.words


def test_one_amendments_draft_never_overwrites_anothers(front: Sit, cast: Cast) -> None:
    for text in ("One.", "Two."):
        write(front("dana"), cast, progress_notes=text)
    first, second = (f"{chart(cast)}/entries/{id}/amend" for id in Entry.objects.values_list("id", flat=True))
    page = front("dana").open(first)
    page.send(first, "draft", progress_notes="half")
    page.open(second)
    assert page.at == first and ">half<" in page.text.replace("\n", "")


def test_times_that_cannot_be_are_refused_in_one_sentence_and_the_text_stays(front: Sit, cast: Cast) -> None:
    for said, why in (({"stop": "08:00"}, "stop time is not after"), ({"day": "2026-12-01"}, "lies in the future")):
        page = write(front("dana"), cast, progress_notes=CANARY, **said)
        assert page.status == 422 and why in page.words and CANARY in page.text
    assert CANARY in front("dana").open(f"{chart(cast)}/entry").text  # and kept as a draft


def test_after_treatment_ended_only_amendments_are_signed(front: Sit, cast: Cast) -> None:
    write(front("dana"), cast, progress_notes="Last.")
    front("dana").open(f"/clients/{cast.cleo}").send(f"/clients/{cast.cleo}/close")
    page = write(front("dana"), cast, progress_notes="More.")
    assert page.status == 422 and "Treatment ended" in page.words
    path = f"{chart(cast)}/entries/{Entry.objects.get(kind='session').id}/amend"
    assert "Corrected." in front("dana").open(path).send(path, "sign", progress_notes="Corrected.").words


# --- drafts ------------------------------------------------------------------------------------------------------------


def test_a_draft_survives_sign_out_and_is_its_writers_alone(front: Sit, cast: Cast) -> None:
    people.tie(cast.dana, cast.cleo, cast.omar.account, "team")
    page = write(front("dana"), cast, "draft", progress_notes=CANARY, start="")
    assert "Draft kept Nov 20, 2026" in page.words
    page.client.session.flush()
    again = front("dana").open(f"{chart(cast)}/entry")
    assert CANARY in again.text and 'value="2026-11-20"' in again.text
    assert CANARY not in front("omar").open(f"{chart(cast)}/entry").text
    again.send(f"{chart(cast)}/entry", "drop")
    assert not Draft.objects.exists()


def test_a_draft_changed_in_another_window_is_not_overwritten(front: Sit, cast: Cast) -> None:
    page = front("dana").open(f"{chart(cast)}/entry")
    path = f"{chart(cast)}/draft"
    token = {"csrfmiddlewaretoken": page.text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]}
    first = page.client.post(path, {**token, "kind": "session", "after": "0", "progress_notes": "one"})
    assert first.json()["version"] == 1 and "Draft kept at" in first.json()["said"]
    second = page.client.post(path, {**token, "kind": "session", "after": "0", "progress_notes": "two"})
    assert second.status_code == 409 and "another window" in second.json()["why"]
    assert "one" in front("dana").open(f"{chart(cast)}/entry").text
    assert page.client.post(path, {**token, "kind": "session", "after": "x"}).status_code == 400


def test_a_draft_sent_by_the_page_keeps_nobody_signed_in(front: Sit, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = urls_with_sealed.__name__
    page = front("dana").open(f"{chart(cast)}/entry")
    token = {"csrfmiddlewaretoken": page.text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]}
    for minutes, after, status in ((10, 0, 200), (14, 1, 200), (16, 2, 302)):
        monkeypatch.setattr(Clock, "at", NOW + timedelta(minutes=minutes))
        assert page.client.post(f"{chart(cast)}/draft", {**token, "kind": "session", "after": str(after), "plan": "x"}).status_code == status


def test_nothing_written_lies_readable_in_any_table(front: Sit, cast: Cast) -> None:
    write(front("dana"), cast, "draft", progress_notes=CANARY)
    write(front("dana"), cast, progress_notes=CANARY, diagnosis=CANARY)
    upload(front("dana"), cast, CANARY.encode(), title=CANARY)
    for table, columns in declared().items():
        if table.startswith("keys_"):
            continue
        with connection.cursor() as cursor:
            shown = '"{}"::text' if connection.vendor == "postgresql" else 'hex("{}")'  # PostgreSQL shows bytes as hex by itself
            cursor.execute(f'SELECT {", ".join(shown.format(name) for name in columns)} FROM "{table}"')
            there = str(cursor.fetchall())
            assert CANARY not in there and CANARY.encode().hex() not in there.lower(), table


# --- too much ------------------------------------------------------------------------------------------------------------


def test_a_part_too_long_is_refused_by_name_and_stays_in_the_page(front: Sit, cast: Cast) -> None:
    page = write(front("dana"), cast, progress_notes="a" * 100_001, treatment_plan=CANARY)
    assert page.status == 422 and "Progress note has 100,001 characters, and a part holds 100,000." in page.words and CANARY in page.text


def test_a_paste_of_a_hundred_megabytes_gets_one_sentence_and_the_draft_stays(front: Sit, cast: Cast) -> None:
    write(front("dana"), cast, "draft", progress_notes=CANARY)
    page = write(front("dana"), cast, progress_notes="a" * 100_000_000)
    assert page.status == 413 and "Go back with your browser’s Back" in page.words and len(page.text) < 10_000
    assert CANARY in front("dana").open(f"{chart(cast)}/entry").text


# --- groups ----------------------------------------------------------------------------------------------------------------


def group(cast: Cast) -> tuple[UUID, dict[str, UUID]]:
    """Return a group of three; Ada also has a record of her own."""
    own = add_record(cast.dana, NewRecord("individual", (NewPerson("Ada Bloom"),)))
    ada = Participant.objects.get(record_id=own).person_id
    jose = NewPerson("José Núñez-Ortiz", "group_member", chosen="Pepe")
    three = (NewPerson("Ada Bloom", "group_member", known=ada), jose, NewPerson("Will Stone", "group_member"))
    both = add_record(cast.dana, NewRecord("group", three, title="Tuesday"))
    return both, {"ada": ada, "own": own}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quiet today.\nShe answered Jose twice.", "Progress note, line 2: “Jose”"),
        ("It was NUNEZ's turn.", "line 1: “NUNEZ's”"),
        ("She likes pepe’s jokes.", "“pepe’s”"),
        ("Talked with Jo\u200bsé.", "line 1: “José”"),
        ("She will come back. Will we see? Stone-faced again; a stone fell.", ""),
        ("She argued with Will about it.", "“Will”"),
        ("Ada listened more than before. Adam was named.", ""),
    ],
)
def test_a_note_on_one_member_names_no_other(front: Sit, cast: Cast, text: str, found: str) -> None:
    both, ids = group(cast)
    for record, member in ((both, ids["ada"]), (ids["own"], "")):
        path = f"/clients/{record}/chart/entry"
        page = front("dana").open(path).send(path, "sign", **SESSION, progress_notes=text, member=str(member))
        if found:
            assert page.status == 422 and found in page.words and "the name of another member of the group" in page.words
            assert "nothing was signed" in page.words and text.split("\n")[0][:8] in page.text
        else:
            assert page.status == 200 and Entry.objects.filter(record_id=record).count() == 1


def test_a_note_on_the_whole_group_names_nobody_and_couples_are_named(front: Sit, cast: Cast) -> None:
    both, _ = group(cast)
    path = f"/clients/{both}/chart/entry"
    assert "“Ada” is the name" in front("dana").open(path).send(path, "sign", **SESSION, progress_notes="Ada spoke.", member="").words
    pair = add_record(cast.dana, NewRecord("couple", (NewPerson("Ira Fox", "partner"), NewPerson("Bea Fox", "partner"))))
    path = f"/clients/{pair}/chart/entry"
    assert front("dana").open(path).send(path, "sign", **SESSION, progress_notes="Ira and Bea agreed.").status == 200


# --- what is about somebody else ---------------------------------------------------------------------------------------------


def test_marks_split_a_text_and_hide_rather_than_show() -> None:
    assert split("He said [[his sister Mia drinks]], and slept.") == ("He said  , and slept.", "his sister Mia drinks")
    assert split("a [[b]] c [[d]]") == ("a   c  ", "b\nd")
    assert split("no marks ]] here") == ("no marks ]] here", "")
    assert split("open [[to the end") == ("open  ", "to the end")
    assert split("x [[a [[b]] c]] y") == ("x   y", "a b c")
    assert [piece.marked for piece in pieces("a[[b]]")] == [False, True]
    assert unpaired("a\n[[b") and unpaired("a\n[[b").line == 2 and unpaired("]]") and unpaired("[[a [[b]]]]") and unpaired("[[a]] [[b]]") is None


def test_what_is_about_somebody_else_is_shown_as_marked_and_kept_as_typed(front: Sit, cast: Cast) -> None:
    page = write(front("dana"), cast, progress_notes="Mood low. [[Her sister Mia uses.]] Plan holds.")
    assert '<mark class="held">' in page.text and "[[" not in page.words
    page = write(front("dana"), cast, progress_notes="One.\nTwo [[three.")
    assert page.status == 422 and "Progress note, line 2" in page.words and "Two [[three." in page.text


# --- documents -----------------------------------------------------------------------------------------------------------------


def upload(front: Front, cast: Cast, content: bytes, name: str = "letter.pdf", title: str = "") -> Front:
    path = f"{chart(cast)}/documents/new"
    return front.open(path).send(path, file=SimpleUploadedFile(name, content, "application/pdf"), klass="correspondence", title=title)


def word(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "<w/>")
    return out.getvalue()


def test_a_document_is_kept_sealed_and_comes_back_as_a_download_alone(front: Sit, cast: Cast) -> None:
    page = upload(front("dana"), cast, PDF, name="../../Letter <b>.exe")
    assert "Letter b.pdf" in page.words
    row = Document.objects.get()
    assert PDF not in bytes(row.body)
    path = f"{chart(cast)}/documents/{row.id}"
    answer = front("dana").client.get(path)
    assert answer.content == PDF and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="Letter b.pdf"') and answer["X-Content-Type-Options"] == "nosniff"
    assert Event.objects.order_by("-n").values_list("act", flat=True)[0] == "document.open"
    for who, status in (("omar", 404), ("rita", 403), ("vera", 404)):
        assert front(who).client.get(path).status_code == status


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty"),
        (PDF[:20], "broken or cut off"),
        (b"\x89PNG\r\n\x1a\n0000", "broken or cut off"),
        (b"PK\x03\x04 not whole", "broken or cut off"),
        (word("a.exe"), "packed folder"),
        (word("word/document.xml", "word/vbaProject.bin"), "carries a program"),
        (b"MZ\x90\x00\x03", "no PDF, picture"),
        (b"a" * (10 * 2**20 + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_gets_one_sentence_and_the_title_stays(front: Sit, cast: Cast, content: bytes, why: str) -> None:
    page = upload(front("dana"), cast, content, title="From the school")
    assert page.status == 422 and why in page.words and 'value="From the school"' in page.text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("content", "ending"), [(PDF, "pdf"), (b"plain words\n", "txt"), (word("word/document.xml"), "docx"), (b"\xff\xd8\xff..\xff\xd9", "jpg")]
)
def test_the_bytes_say_what_a_file_is_and_not_its_name(front: Sit, cast: Cast, content: bytes, ending: str) -> None:
    assert f"note.{ending}" in upload(front("dana"), cast, content, name="note.html").words


def test_a_file_too_large_is_let_go_while_it_comes_and_none_ever_lies_on_the_disk() -> None:
    assert [f"{InMemory.__module__}.InMemory"] == settings.FILE_UPLOAD_HANDLERS
    handler = InMemory(HttpRequest())
    with pytest.raises(StopFutureHandlers):
        handler.new_file("file", "big.pdf", "application/pdf", None)
    handler.receive_data_chunk(b"a" * MOST, 0)
    with pytest.raises(SkipFile):
        handler.receive_data_chunk(b"a", MOST)
    assert not handler.held.getvalue() and handler.request.META["privity.too_large"]


def test_a_broken_upload_is_answered_in_one_sentence(front: Sit, cast: Cast) -> None:
    client = front("dana").open(f"{chart(cast)}/documents/new").client
    answer = client.generic("POST", f"{chart(cast)}/documents/new", b"--x\r\nnonsense", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400 and "could not be read" in answer.content.decode()
