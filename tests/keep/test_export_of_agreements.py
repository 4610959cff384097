"""What was agreed, decided, sent and asked for goes out with an export in open formats; what an import does not bring in is said, and refuses nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from privity.cli.main import main
from privity.practice.agreements.paper_services import Offer, offer
from privity.practice.people.access import NotAllowed
from privity.practice.releases import accounting
from privity.practice.site.exporting import export
from privity.practice.site.exporting_rooms import STAYS
from privity.practice.site.importing import bring_in, try_out

from .agreed import LETTER, PDF, Held, everything
from .conftest import Cast
from .releasing import decided
from .test_import_export import renamed, user_name


@pytest.fixture
def held(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Held:
    return everything(cast, monkeypatch)


@pytest.fixture
def out(cast: Cast, held: Held, tmp_path: Path) -> Path:
    export(cast.actor("carl"), tmp_path / "export", held.record)
    return tmp_path / "export"


def read(out: Path, held: Held, name: str) -> Any:
    return json.loads((out / "records" / str(held.record) / name).read_bytes())


def test_a_signed_paper_goes_out_with_its_exact_words_its_hash_who_signed_and_when(out: Path, held: Held) -> None:
    (paper,) = read(out, held, "papers.json")["papers"]
    english = paper["sheets"]["en"]
    assert "What you tell me" in english["words"] and sha256(english["words"].encode()).hexdigest() == english["sha256"]
    (signature,) = paper["signatures"]
    assert (signature["person"], signature["at"], signature["evidence"]["name"]) == (str(held.person), "2026-11-20T17:00:00+00:00", "Ada Lane")
    assert signature["evidence"]["digest"] == english["sha256"] != paper["sheets"]["es"]["sha256"]
    assert paper["whole"] and paper["talks"][0]["said"] == {"safety": "No mail to the house"}


def test_a_kept_decision_is_worked_out_anew_from_the_folder_alone(
    out: Path, held: Held, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {one["id"]: one for one in read(out, held, "decisions.json")["decisions"]}
    one = told[str(held.decision)]
    assert {"authorization.valid"} <= {fact["name"] for fact in one["facts"]} and all(fact["source"] and fact["where"] for fact in one["facts"])
    answer = out / "records" / str(held.record) / one["answer"]
    assert [path.name for path in (out / "books").iterdir()] == [f"{one['book']}.zip"]
    monkeypatch.setenv("PRIVITY_HOME", str(out))
    monkeypatch.setenv("PRIVITY_DATA", str(tmp_path / "nowhere"))
    monkeypatch.setattr("privity.cli.law.library_hash", lambda *args: "another law by now")
    assert main(["replay", str(answer)]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(answer.read_bytes())["core"]


def test_what_left_goes_out_byte_for_byte_with_its_rows(out: Path, held: Held, cast: Cast) -> None:
    (packet,) = read(out, held, "releases.json")["packets"]
    assert (packet["to"], packet["state"], packet["decision"]) == ("Alpine Freight", "authorized", str(held.decision))
    assert (out / "records" / str(held.record) / packet["document"]).read_bytes() == PDF
    told = read(out, held, "accounting.json")
    call, left = told["disclosures"]
    assert (call["who"], call["client_not_told_until"]) == ("County police", "2027-02-01") and told["suspensions"][0]["agency"] == "County police"
    assert (left["who"], left["packet"], left["client_not_told_until"]) == ("Alpine Freight", str(held.packet), None)
    accounting.lift(cast.petra, held.record, held.suspension)
    export(cast.actor("carl"), out.parent / "lifted", held.record)
    assert {one["client_not_told_until"] for one in read(out.parent / "lifted", held, "accounting.json")["disclosures"]} == {None}


def test_requests_with_letters_consultations_and_disputes_go_out(out: Path, held: Held) -> None:
    (request,) = read(out, held, "requests.json")["requests"]
    assert (request["kind"], request["what"], [step["act"] for step in request["steps"]]) == ("access", "Everything since June", ["extend"])
    (letter,) = request["letters"]
    assert (out / "records" / str(held.record) / letter["document"]).read_bytes() == LETTER
    (case,) = read(out, held, "consultations.json")["consultations"]
    assert (case["text"], case["replies"][0]["said"], case["decision"]) == ("[Client], in her forties", "Go slowly.", case["decision"])
    (dispute,) = read(out, held, "disagreements.json")["disagreements"]
    assert dispute["papers"]["statement"] == "I never said it" and dispute["travels"] is True


def test_every_file_is_its_owners_alone_and_named_in_the_readme(out: Path, held: Held) -> None:
    files = [path for path in out.rglob("*") if path.is_file() and path.parent.name != "books"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in out.rglob("*") if path.is_dir()} == {0o700}
    said = (out / "README.txt").read_text()
    folder = out / "records" / str(held.record)
    for name in (*STAYS, "decisions/ID.json", "packets/ID.pdf", "letters/ID.pdf"):
        assert f"records/ID/{name}" in said
        assert "ID" in name or (folder / name).is_file()
    assert "It does NOT bring in what stands below" in said


def test_a_record_that_holds_nothing_of_it_has_no_such_file(cast: Cast, tmp_path: Path) -> None:
    export(cast.actor("carl"), tmp_path / "export", cast.cleo)
    assert {path.name for path in (tmp_path / "export").rglob("*") if path.is_file()} == {"README.txt", "practice.json", "record.json"}


def test_omar_rita_and_vera_write_nothing_out(cast: Cast, held: Held, tmp_path: Path) -> None:
    for who in (cast.omar, cast.rita, cast.dana, cast.vera):
        with pytest.raises((NotAllowed, LookupError)):
            export(who, tmp_path / "export", held.record)
    assert not (tmp_path / "export").exists()


def test_an_import_says_what_it_does_not_bring_and_refuses_nothing_for_it(cast: Cast, held: Held, tmp_path: Path) -> None:
    offer(cast.dana, held.record, Offer("consent", "CO", ("en",), (held.person,), {}, {}))
    decided(held.ada)
    export(cast.olga, tmp_path / "export", None)
    folder = renamed(tmp_path / "export", tmp_path / "renamed", keep=cast)
    tried = try_out(cast.vera, folder, {}, user_name(cast.vera))
    assert tried.wrong == []
    assert tried.stays_in_words == (
        "Not brought in: 2 papers laid out to be signed or on file, 3 kept decisions, 1 packet that left, 2 rows of the accounting, 1 request of a client, "
        "1 consultation, 1 disagreement. They stay in the export, readable as they are: keep that folder as long as the law asks for"
    )
    assert bring_in(cast.vera, folder, tried) == 2


@pytest.mark.parametrize("harm", [b"", b"{", b"[]", b'{"papers": 7}', b"\xff\xfe", b'{"decisions": []}'])
def test_a_broken_file_of_what_is_not_brought_refuses_nothing_either(cast: Cast, out: Path, held: Held, harm: bytes) -> None:
    folder = renamed(out, out.parent / "renamed", keep=cast)
    (record,) = (folder / "records").iterdir()
    (record / "papers.json").write_bytes(harm)
    tried = try_out(cast.vera, folder, {}, user_name(cast.vera))
    assert (tried.wrong, tried.stays["papers.json"]) == ([], 1)


def test_an_export_without_any_of_it_says_nothing_of_it(cast: Cast, tmp_path: Path) -> None:
    export(cast.olga, tmp_path / "export", None)
    folder = renamed(tmp_path / "export", tmp_path / "renamed", keep=cast)
    tried = try_out(cast.vera, folder, {}, user_name(cast.vera))
    assert (tried.wrong, tried.stays, tried.stays_in_words) == ([], {}, "")
    assert UUID(str(cast.cleo))
