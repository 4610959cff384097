"""The custodians' layers, one's own keys and signed comparisons: both custodians together read, neither alone, nobody else, and neither signs."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
B = b"privity/browser/v1/"
AT = {"practice": "p-1", "author": "dana", "first": "omar", "second": "petra"}
KEPT = json.loads((Path(__file__).parent / "browser-custody-1.json").read_text("utf-8"))
# Three people; `wrapped` is Dana's wrap for Omar and Petra, `inner` what Omar finds.
READY = """const [dana, omar, petra] = await Promise.all([d, o, p].map((one) => author.authorFrom(unhex(one))));
const wrapped = await custody.entrust(unhex(d), omar.open, petra.open, at);
const inner = await custody.openOuter(omar, wrapped, dana.open, at);
const how = (act) => act().then(() => "opened", (fault) => fault.name);
"""


@pytest.fixture
def given() -> dict[str, Any]:
    return {"d": os.urandom(32), "o": os.urandom(32), "p": os.urandom(32), "at": AT}


def lengthed(*parts: bytes) -> bytes:
    return b"".join(len(one).to_bytes(4, "big") + one for one in parts)


def place(kind: str) -> bytes:
    return lengthed(B + kind.encode(), *(AT[name].encode() for name in ("practice", "author", "first", "second")))


def derived(secret: bytes, label: str) -> bytes:
    return HKDFExpand(SHA256(), 32, B + label.encode()).derive(secret)


def public(secret: bytes) -> tuple[bytes, bytes]:
    agree = X25519PrivateKey.from_private_bytes(derived(secret, "author/agree")).public_key().public_bytes_raw()
    return agree, Ed25519PrivateKey.from_private_bytes(derived(secret, "author/sign")).public_key().public_bytes_raw()


def fingerprint(secret: bytes) -> bytes:
    return hashlib.sha256(B + b"fingerprint" + b"".join(public(secret))).digest()


def test_both_together_read_the_authors_notes(keys: Keys, given: dict[str, Any]) -> None:
    script = """const here = { practice: "p-1", author: "dana", record: "r-7", note: "n-3", version: 1 };
    const made = await note.newKey(dana, here);
    const sealed = await note.seal(dana, made.key, "the locked garden", here);
    const reader = await custody.openInner(petra, inner, wrapped, dana.open, at);
    const text = await note.open(reader.open.verify, await note.openKey(reader, made.wrapped, here), sealed, here);
    return [text, Object.keys(reader).sort(), inner.length, wrapped.length, reader.held.extractable];"""
    assert keys.run(READY + script, **given) == ["the locked garden", ["held", "open"], 80, 290, False]


def test_neither_alone_and_not_in_the_other_order(keys: Keys, given: dict[str, Any]) -> None:
    script = """return [await how(() => custody.openOuter(petra, wrapped, dana.open, at)), await how(() => custody.openOuter(dana, wrapped, dana.open, at)),
      await how(() => custody.openInner(omar, inner, wrapped, dana.open, at)),
      await how(() => custody.openInner(petra, wrapped.slice(98, 178), wrapped, dana.open, at)),
      await how(() => custody.openInner(dana, inner, wrapped, dana.open, at))];"""
    assert set(keys.run(READY + script, **given)) == {"WillNotOpen"}


def test_every_flipped_byte_every_cut_and_every_other_place_is_refused(keys: Keys, given: dict[str, Any]) -> None:
    script = """const said = [];
    const flipped = (bytes, at) => bytes.map((byte, here) => (here === at ? byte ^ 1 : byte));
    for (let here = 0; here < wrapped.length; here++) {
      said.push(await how(() => custody.openOuter(omar, flipped(wrapped, here), dana.open, at)));
      said.push(await how(() => custody.openOuter(omar, wrapped.slice(0, here), dana.open, at)));
    }
    for (let here = 0; here < inner.length; here++) said.push(await how(() => custody.openInner(petra, flipped(inner, here), wrapped, dana.open, at)));
    for (const name of Object.keys(at)) {
      const moved = { ...at, [name]: "other" };
      said.push(await how(() => custody.openOuter(omar, wrapped, dana.open, moved)));
      said.push(await how(() => custody.openInner(petra, inner, wrapped, dana.open, moved)));
    }
    return said;"""
    said = keys.run(READY + script, **given)
    assert (len(said), set(said)) == (2 * 290 + 80 + 8, {"WillNotOpen"})


def test_a_server_that_lays_a_key_of_its_own_under_the_layer_is_refused(keys: Keys, given: dict[str, Any]) -> None:
    script = """const evil = await custody.entrust(unhex(o), petra.open, omar.open, at);
    const theirs = author.newSecret();
    const head = wrapped.slice(0, 98);
    const info = primitives.join(primitives.place("custody-inner", ["p-1", "dana", "omar", "petra"]), head);
    const laid = await hpke.seal(petra.open.agree, theirs, { info });
    return [await how(() => custody.openInner(petra, laid, wrapped, dana.open, at)), await how(() => custody.openOuter(omar, evil, dana.open, at))];"""
    assert keys.run(READY + script, **given) == ["WillNotOpen", "WillNotOpen"]


def test_the_bytes_are_those_of_the_format_page(keys: Keys, given: dict[str, Any]) -> None:
    wrapped = bytes.fromhex(keys.run(READY + "return hex(wrapped);", **given))
    head, body, signature = wrapped[:98], wrapped[98:-64], wrapped[-64:]
    assert head == b"C\x01" + fingerprint(given["d"]) + fingerprint(given["o"]) + fingerprint(given["p"])
    Ed25519PublicKey.from_public_bytes(public(given["d"])[1]).verify(signature, lengthed(B + b"custody", place("custody") + wrapped[:-64]))
    omar, petra = (X25519PrivateKey.from_private_bytes(derived(given[who], "author/agree")) for who in ("o", "p"))
    inner = SUITE.decrypt(body, omar, info=place("custody-outer") + head)
    assert SUITE.decrypt(inner, petra, info=place("custody-inner") + head) == derived(given["d"], "author/agree")


def test_kept_bytes_open(keys: Keys) -> None:
    script = """const [dana, omar, petra] = await Promise.all([k.d, k.o, k.p].map((one) => author.authorFrom(unhex(one))));
    const inner = await custody.openOuter(omar, unhex(k.wrapped), dana.open, at);
    await custody.openInner(petra, inner, unhex(k.wrapped), dana.open, at);
    const one = { practice: "p-1", by: "dana", person: "omar" };
    return await compared.isCompared(dana, omar.fingerprint, unhex(k.compared), one);"""
    assert keys.run(script, k=KEPT, at=AT) is True


def test_a_comparison_is_believed_only_from_its_signer_about_its_person(keys: Keys, given: dict[str, Any]) -> None:
    script = """const said = { practice: "p-1", by: "dana", person: "omar" };
    const signed = await compared.signCompared(dana, omar.fingerprint, said);
    return [await compared.isCompared(dana, omar.fingerprint, signed, said), await compared.isCompared(petra, omar.fingerprint, signed, said),
      await compared.isCompared(dana, petra.fingerprint, signed, said),
      await compared.isCompared(dana, omar.fingerprint, signed, { ...said, person: "petra" })];"""
    assert keys.run(READY + script, **given) == [True, False, False, False]


def test_a_remembered_comparison_never_replaces_a_pin_that_is_here(keys: Keys, given: dict[str, Any]) -> None:
    script = """const whom = { practice: "p-1", person: "omar" };
    const pinned = pin.pins(localStorage);
    pinned.remember(hex(omar.fingerprint), whom);
    pinned.remember(hex(petra.fingerprint), whom);
    return [await pinned.state(omar.open, whom), await pinned.state(petra.open, whom)];"""
    assert keys.run(READY, **given) is None
    assert keys.run(READY + script, **given) == ["same", "changed"]


def test_ones_own_keys_are_compared_with_what_the_server_and_this_browser_know(keys: Keys, given: dict[str, Any]) -> None:
    script = """const where = { practice: "p-1", author: "dana" };
    const mine = own.own(localStorage);
    const said = [await how(async () => mine.requireNone(where)), await how(() => mine.require(dana, omar.open, where)),
      await how(() => mine.require(dana, null, where)),
      await how(() => mine.require(dana, dana.open, where)),
      await how(async () => mine.requireNone(where)),
      await how(() => mine.require(omar, omar.open, where))];
    return said;"""
    assert keys.run(READY + script, **given) == ["opened", "WillNotOpen", "WillNotOpen", "opened", "WillNotOpen", "WillNotOpen"]
