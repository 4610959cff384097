"""Bytes once written are read forever. `browser-1.json` was sealed by the first release of these modules and is never made anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
KEPT = json.loads((Path(__file__).parent / "browser-1.json").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "raw", "wrapped"), [(1, "code", "under_code"), (2, "prf_output", "under_passkey")])
def test_a_kept_wrap_opens(keys: Keys, kind: int, raw: str, wrapped: str) -> None:
    script = "const by = await unlock.unlocker(kind, unhex(k[raw])); return hex(await unlock.unwrap(unhex(k[wrapped]), by, k.at));"
    assert keys.run(script, k=KEPT, kind=kind, raw=raw, wrapped=wrapped) == KEPT["secret"]


def test_a_kept_note_opens(keys: Keys) -> None:
    script = """const dana = await author.authorFrom(unhex(k.secret));
    return await note.open(dana.open.verify, await note.openKey(dana, unhex(k.note_key), k.at), unhex(k.sealed), k.at);"""
    assert keys.run(script, k=KEPT) == KEPT["text"]


def test_what_has_one_right_answer(keys: Keys) -> None:
    script = """const dana = await author.authorFrom(unhex(k.secret));
    const phrase = await pin.phraseOf(dana.open, { practice: k.at.practice, person: k.at.author });
    const [rows, code] = [await codes.rowsOf(unhex(k.code)), hex(await codes.secretOf(k.code_rows.join(" ")))];
    return [hex(dana.open.agree), hex(dana.open.verify), hex(dana.fingerprint), phrase, rows, code];"""
    assert keys.run(script, k=KEPT) == [KEPT[name] for name in ("agree", "verify", "fingerprint", "phrase", "code_rows", "code")]
