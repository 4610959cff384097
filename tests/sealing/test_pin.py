"""Others' keys: compared by six words, pinned in this browser, blocked when they change."""

from __future__ import annotations

import hashlib
import os
import re

import pytest
from tests.sealing.conftest import MODULES, Keys

pytestmark = pytest.mark.browser
WHOM = {"practice": "p-1", "person": "omar"}
WORDS = re.search(r"`([^`]*)`", (MODULES / "words.js").read_text("utf-8"))[1].split()
READY = """const omar = (await author.authorFrom(unhex(secret))).open; const other = (await author.authorFrom(unhex(second))).open;
const pinned = pin.pins(localStorage);"""


def given() -> dict[str, object]:
    return {"secret": os.urandom(32), "second": os.urandom(32), "whom": WHOM}


def test_the_list_is_fixed_and_fit_to_be_read_out() -> None:
    assert len(WORDS) == len(set(WORDS)) == 2048
    assert sorted(WORDS) == WORDS
    assert all(re.fullmatch("[a-z]{3,7}", word) for word in WORDS)
    # INVARIANT: the list never changes; a phrase read out years ago must still match.
    assert hashlib.sha256(" ".join(WORDS).encode()).hexdigest() == "c9687ad9c1b18a151ee305370ed3de079fe90d5e89c56cecd817527cf412de8c"


def test_the_phrase_is_that_of_the_format_page(keys: Keys) -> None:
    said = given()
    phrase, agree, verify = keys.run(READY + "return [await pin.phraseOf(omar, whom), hex(omar.agree), hex(omar.verify)];", **said)
    fingerprint = hashlib.sha256(b"privity/browser/v1/fingerprint" + bytes.fromhex(agree + verify)).digest()
    salt = b"".join(len(one).to_bytes(4, "big") + one for one in (b"privity/browser/v1/phrase", b"p-1", b"omar"))
    value = int.from_bytes(hashlib.pbkdf2_hmac("sha256", fingerprint, salt, 200_000)[:9], "big") >> 6
    assert phrase == [WORDS[value >> shift & 2047] for shift in range(55, -1, -11)]
    others = keys.run(READY + "return [await pin.phraseOf(other, whom), await pin.phraseOf(omar, { ...whom, person: 'rita' })];", **said)
    assert phrase not in others


def test_a_key_not_compared_blocks_and_a_compared_one_passes(keys: Keys) -> None:
    said = given()
    block = "await pinned.require(omar, whom);"
    assert keys.refusal(READY + block, **said).startswith("NotCompared: this person's key has not been compared in this browser")
    told = keys.run(READY + "return await pinned.compared(omar, whom, (await pin.phraseOf(omar, whom)).join(' - ').toUpperCase());", **said)
    assert (told["person"], told["before"], len(told["fingerprint"])) == ("omar", None, 64)
    assert keys.refusal(READY + block, **said) == ""
    keys.page.reload()
    keys.page.wait_for_function("document.title === 'loaded'")
    assert keys.refusal(READY + block, **said) == ""
    assert keys.refusal(READY + "await pinned.require(omar, { ...whom, practice: 'p-2' });", **said).startswith("NotCompared: this person's key has not")


def test_a_changed_key_blocks_until_it_was_compared(keys: Keys) -> None:
    said = given()
    keys.run(READY + "await pinned.compared(omar, whom, (await pin.phraseOf(omar, whom)).join(' '));", **said)
    block = "await pinned.require(other, whom);"
    assert keys.refusal(READY + block, **said).startswith("NotCompared: this person's key is not the one compared before")
    old = "await pinned.compared(other, whom, (await pin.phraseOf(omar, whom)).join(' '));"
    assert keys.refusal(READY + old, **said).startswith("NotCompared: the six words are not those of this key")
    for typed in ("", "acorn", "able able able able able able"):
        assert keys.refusal(READY + "await pinned.compared(other, whom, typed);", typed=typed, **said).startswith("NotCompared: the six words")
    assert keys.refusal(READY + block, **said)
    told = keys.run(READY + "return await pinned.compared(other, whom, (await pin.phraseOf(other, whom)).join(' '));", **said)
    assert told["before"] and told["before"] != told["fingerprint"]
    assert keys.refusal(READY + block, **said) == ""
    assert keys.run(READY + "return await pinned.state(omar, whom);", **said) == "changed"


def test_one_changed_half_is_a_changed_key(keys: Keys) -> None:
    said = given()
    keys.run(READY + "await pinned.compared(omar, whom, (await pin.phraseOf(omar, whom)).join(' '));", **said)
    for half in ("agree", "verify"):
        assert keys.run(READY + "return await pinned.state({ ...omar, [half]: other[half] }, whom);", half=half, **said) == "changed"
