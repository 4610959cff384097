"""A sealed note: it opens for its author in its place, and nowhere else, for nobody else, with nothing changed."""

from __future__ import annotations

import os
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
TEXT = "The dream of the locked garden again.\n– Ünïcode, 梦, 🗝, and a BOM: \ufeff."
AT = {"practice": "p-1", "author": "dana", "record": "r-7", "note": "n-3", "version": 2}
# Dana seals TEXT; `dana`, `key` and `sealed` stand ready.
READY = """const dana = await author.authorFrom(unhex(secret)); const { key, wrapped } = await note.newKey(dana, at);
const sealed = await note.seal(dana, key, text, at);"""
# What becomes of other bytes: "opened", or the refusal's name.
TRIES = """const said = [];
const tryNote = async (bytes) => said.push(await note.open(dana.open.verify, key, bytes, at).then(() => "opened", (fault) => fault.name));
const tryKey = async (bytes) => said.push(await note.openKey(dana, bytes, at).then(() => "opened", (fault) => fault.name));
"""


@pytest.fixture
def given() -> dict[str, Any]:
    return {"secret": os.urandom(32), "text": TEXT, "at": AT}


def test_a_note_opens_for_its_author(keys: Keys, given: dict[str, Any]) -> None:
    for text in ("", "x", "y" * 255, "z" * 256, "\ufeffafter a mark", "zero \0", TEXT):
        again = READY + "return await note.open(dana.open.verify, await note.openKey(dana, wrapped, at), sealed, at);"
        assert keys.run(again, **{**given, "text": text}) == text


def test_what_is_stored_holds_nothing_readable_and_shows_length_in_steps(keys: Keys, given: dict[str, Any]) -> None:
    made = [bytes.fromhex(one) for one in keys.run(READY + "return [hex(wrapped), hex(sealed)];", **given)]
    assert [len(one) for one in made] == [162, 2 + 16 + 12 + 256 + 16 + 64]
    assert not any(word in one for one in made for word in (b"garden", b"dana", b"r-7", given["secret"]))
    longer = keys.run(READY + "return sealed.length;", **{**given, "text": "w" * 256})
    assert longer == len(made[1]) + 256


def test_every_single_flipped_byte_of_a_note_or_its_key_is_refused(keys: Keys, given: dict[str, Any]) -> None:
    said = keys.run(
        READY
        + TRIES
        + """const flipped = (bytes, at, bit) => bytes.map((byte, here) => (here === at ? byte ^ bit : byte));
        for (const bit of [0x01, 0x80]) {
            for (let here = 0; here < sealed.length; here++) await tryNote(flipped(sealed, here, bit));
            for (let here = 0; here < wrapped.length; here++) await tryKey(flipped(wrapped, here, bit));
        }
        return said;""",
        **given,
    )
    assert len(said) == 2 * (366 + 162)
    assert set(said) == {"WillNotOpen"}


def test_every_cut_is_refused(keys: Keys, given: dict[str, Any]) -> None:
    said = keys.run(
        READY
        + TRIES
        + """for (let end = 0; end < sealed.length; end++) await tryNote(sealed.slice(0, end));
        for (let end = 0; end < wrapped.length; end++) await tryKey(wrapped.slice(0, end));
        return said;""",
        **given,
    )
    assert set(said) == {"WillNotOpen"}


@pytest.mark.parametrize("moved", [{"practice": "p-2"}, {"author": "omar"}, {"record": "r-8"}, {"note": "n-4"}, {"version": 1}, {"version": 3}], ids=str)
def test_a_moved_note_is_refused_with_one_sentence(keys: Keys, given: dict[str, Any], moved: dict[str, Any]) -> None:
    said = keys.refusal(READY + "await note.open(dana.open.verify, key, sealed, { ...at, ...moved });", moved=moved, **given)
    assert said.startswith("WillNotOpen: this note was altered, moved, or is not its author's; nothing of it is shown;")
    if not moved.keys() & {"note", "version"}:
        assert keys.refusal(READY + "await note.openKey(dana, wrapped, { ...at, ...moved });", moved=moved, **given).startswith("WillNotOpen: the key of these")


def test_another_author_opens_neither_note_nor_key(keys: Keys, given: dict[str, Any]) -> None:
    omar = "const omar = await author.authorFrom(unhex(other));"
    others = {**given, "other": os.urandom(32)}
    assert keys.refusal(READY + omar + "await note.openKey(omar, wrapped, at);", **others).startswith("WillNotOpen: the key of these notes")
    assert keys.refusal(READY + omar + "await note.open(omar.open.verify, key, sealed, at);", **others).startswith("WillNotOpen: this note was altered")
    own = "const own = (await note.newKey(omar, at)).key; await note.open(omar.open.verify, own, sealed, at);"
    assert keys.refusal(READY + omar + own, **others).startswith("WillNotOpen: this note was sealed with another key")


def test_a_key_the_server_made_is_refused_though_it_is_wrapped_to_the_author(keys: Keys, given: dict[str, Any]) -> None:
    """Anyone who knows the public key can seal to it. Without the author's signature a lying server would read the next note."""
    public = bytes.fromhex(keys.run(READY + "return hex(dana.open.agree);", **given))
    planted = os.urandom(32)
    head = b"\x4b\x01" + _derive(planted, "note/key id")[:16]
    sealed = SUITE.encrypt(planted, X25519PublicKey.from_public_bytes(public), _place("note-key", "p-1", "dana", "r-7") + head)
    unsigned = head + sealed
    signed = unsigned + Ed25519PrivateKey.generate().sign(_lengthed(b"privity/browser/v1/note-key", _place("note-key", "p-1", "dana", "r-7") + unsigned))
    assert keys.refusal(READY + "await note.openKey(dana, unhex(forged), at);", forged=signed, **given).startswith("WillNotOpen: the key of these notes")


def test_a_key_under_another_id_is_refused_though_its_author_signed_it(keys: Keys, given: dict[str, Any]) -> None:
    public = bytes.fromhex(keys.run(READY + "return hex(dana.open.agree);", **given))
    place, planted, said = _place("note-key", "p-1", "dana", "r-7"), os.urandom(32), {}
    signer = Ed25519PrivateKey.from_private_bytes(_derive(given["secret"], "author/sign"))
    for name, key_id in {"its own": _derive(planted, "note/key id")[:16], "another": os.urandom(16)}.items():
        unsigned = b"\x4b\x01" + key_id + SUITE.encrypt(planted, X25519PublicKey.from_public_bytes(public), place + b"\x4b\x01" + key_id)
        made = unsigned + signer.sign(_lengthed(b"privity/browser/v1/note-key", place + unsigned))
        said[name] = keys.refusal(READY + "await note.openKey(dana, unhex(made), at);", made=made, **given)
    assert said["its own"] == ""
    assert said["another"].startswith("WillNotOpen: the key of these notes")


def test_a_reader_written_from_the_format_page_opens_a_note(keys: Keys, given: dict[str, Any]) -> None:
    """Python, with nothing of ours: FORMAT-BROWSER.md is enough."""
    wrapped, sealed, verify = (bytes.fromhex(one) for one in keys.run(READY + "return [hex(wrapped), hex(sealed), hex(dana.open.verify)];", **given))
    agree, seed = _derive(given["secret"], "author/agree"), _derive(given["secret"], "author/sign")
    assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw() == verify
    key_place, note_place = _place("note-key", "p-1", "dana", "r-7"), _place("note", "p-1", "dana", "r-7", "n-3", (2).to_bytes(8, "big"))
    signer = Ed25519PublicKey.from_public_bytes(verify)
    signer.verify(wrapped[-64:], _lengthed(b"privity/browser/v1/note-key", key_place + wrapped[:-64]))
    secret = SUITE.decrypt(wrapped[18:-64], X25519PrivateKey.from_private_bytes(agree), key_place + wrapped[:18])
    assert _derive(secret, "note/key id")[:16] == wrapped[2:18] == sealed[2:18]
    signer.verify(sealed[-64:], _lengthed(b"privity/browser/v1/note", note_place + sealed[:-64]))
    plain = AESGCM(_derive(secret, "note/seal")).decrypt(sealed[18:30], sealed[30:-64], sealed[:18] + note_place)
    assert plain.rstrip(b"\0") == TEXT.encode() + b"\x80"


def test_what_cannot_be_sealed_is_said_and_not_changed(keys: Keys, given: dict[str, Any]) -> None:
    half = "await note.seal(dana, key, 'a' + String.fromCharCode(0xd83d), at);"
    assert keys.refusal(READY + half, **given).startswith("CannotSeal: the text holds half a sign")
    assert keys.refusal(READY + "await note.seal(dana, key, 'x'.repeat(2 ** 20 + 1), at);", **given).startswith("CannotSeal: the text is longer")
    for wrong in ({"record": ""}, {"record": "a b"}, {"note": None}, {"version": -1}, {"version": 1.5}, {"version": "2"}):
        assert keys.refusal(READY + "await note.seal(dana, key, text, { ...at, ...wrong });", wrong=wrong, **given).startswith("CannotSeal: "), wrong


def test_another_version_mark_is_refused_as_newer(keys: Keys, given: dict[str, Any]) -> None:
    said = keys.refusal(READY + "sealed[1] = 2; await note.open(dana.open.verify, key, sealed, at);", **given)
    assert said.startswith("WillNotOpen: this was sealed by a newer Privity")


def _derive(secret: bytes, label: str) -> bytes:
    return HKDFExpand(SHA256(), 32, b"privity/browser/v1/" + label.encode()).derive(secret)


def _lengthed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _place(kind: str, *ids: str | bytes) -> bytes:
    return _lengthed(b"privity/browser/v1/" + kind.encode(), *(one if isinstance(one, bytes) else one.encode() for one in ids))
