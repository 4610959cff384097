"""HPKE in the browser: the published vector, and both directions against `cryptography`."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
# RFC 9180's own vector file (github.com/cfrg/draft-irtf-cfrg-hpke, tag of the RFC) holds this suite, which the RFC's appendix does not print. Taken
# from the copy in the package cryptography_vectors 50.0.2, HPKE/test-vectors.json; of its 257 messages the first, the only one of a single-shot seal.
VECTOR = json.loads((Path(__file__).parent / "rfc9180-x25519-aes256gcm.json").read_text("utf-8"))
FIRST = VECTOR["encryptions"][0]
LOW_ORDER = [bytes(32), bytes([1]) + bytes(31), bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]


def test_the_published_vector_seals(keys: Keys) -> None:
    assert (
        keys.run(
            "return hex(await hpke.sealWith(await hpke.privateFrom(unhex(v.skEm)), unhex(v.pkRm), unhex(m.pt), { info: unhex(v.info), aad: unhex(m.aad) }));",
            v=VECTOR,
            m=FIRST,
        )
        == VECTOR["enc"] + FIRST["ct"]
    )


def test_the_published_vector_opens(keys: Keys) -> None:
    assert (
        keys.run(
            "return hex(await hpke.open(await hpke.privateFrom(unhex(v.skRm)), unhex(v.enc + m.ct), { info: unhex(v.info), aad: unhex(m.aad) }));",
            v=VECTOR,
            m=FIRST,
        )
        == FIRST["pt"]
    )


def test_the_published_vectors_steps(keys: Keys) -> None:
    got = keys.run("const { key, nonce } = await hpke.schedule(unhex(v.shared_secret), unhex(v.info)); return [hex(key), hex(nonce)];", v=VECTOR)
    assert got == [VECTOR["key"], VECTOR["base_nonce"]]
    assert keys.run("return hex(await hpke.publicOf(await hpke.privateFrom(unhex(v.skRm))));", v=VECTOR) == VECTOR["pkRm"]


@pytest.mark.parametrize("length", [0, 1, 32, 5000])
def test_what_the_browser_seals_opens_in_python(keys: Keys, length: int) -> None:
    reader, plain, info = X25519PrivateKey.generate(), os.urandom(length), os.urandom(20)
    to = reader.public_key().public_bytes_raw()
    sealed = bytes.fromhex(keys.run("return hex(await hpke.seal(unhex(to), unhex(plain), { info: unhex(info) }));", to=to, plain=plain, info=info))
    assert len(sealed) == 32 + length + 16
    assert SUITE.decrypt(sealed, reader, info) == plain
    with pytest.raises(InvalidTag):
        SUITE.decrypt(sealed, reader, info + b"x")


@pytest.mark.parametrize("length", [0, 1, 32, 5000])
def test_what_python_seals_opens_in_the_browser(keys: Keys, length: int) -> None:
    reader, plain, info = os.urandom(32), os.urandom(length), os.urandom(20)
    to = keys.run("return hex(await hpke.publicOf(await hpke.privateFrom(unhex(reader))));", reader=reader)
    assert to == X25519PrivateKey.from_private_bytes(reader).public_key().public_bytes_raw().hex()
    sealed = SUITE.encrypt(plain, X25519PublicKey.from_public_bytes(bytes.fromhex(to)), info)
    opening = "return hex(await hpke.open(await hpke.privateFrom(unhex(reader)), unhex(sealed), { info: unhex(info) }));"
    assert keys.run(opening, reader=reader, sealed=sealed, info=info) == plain.hex()
    assert keys.refusal(opening, reader=reader, sealed=sealed, info=info + b"x")
    assert keys.refusal(opening, reader=os.urandom(32), sealed=sealed, info=info)
    assert keys.refusal(opening, reader=reader, sealed=sealed[:47], info=info)


def test_another_aad_and_every_flipped_byte_is_refused(keys: Keys) -> None:
    opened = keys.run(
        """const held = (await crypto.subtle.generateKey("X25519", false, ["deriveBits"])).privateKey;
        const given = { info: unhex("01"), aad: unhex("02") };
        const sealed = await hpke.seal(await hpke.publicOf(held), unhex("00112233"), given);
        const opens = (bytes, how) => hpke.open(held, bytes, how).then(() => true, () => false);
        const flips = Array.from(sealed, (_, at) => opens(sealed.map((byte, here) => byte ^ (here === at)), given));
        const others = [opens(sealed, { ...given, aad: unhex("03") }), opens(sealed, { info: unhex("01") })];
        return [await opens(sealed, given), ...await Promise.all([...others, ...flips])];"""
    )
    assert opened == [True] + [False] * (2 + 32 + 4 + 16)


def test_two_seals_of_one_text_differ(keys: Keys) -> None:
    script = "const once = async () => hex(await hpke.seal(unhex(to), unhex('aa'))); return [await once(), await once()];"
    assert len(set(keys.run(script, to=X25519PrivateKey.generate().public_key().public_bytes_raw()))) == 2


@pytest.mark.parametrize("point", LOW_ORDER, ids=["zero", "one", "order-eight"])
def test_a_key_of_low_order_is_refused(keys: Keys, point: bytes) -> None:
    assert keys.refusal("await hpke.seal(unhex(point), unhex('aa'));", point=point)
    assert keys.refusal("await hpke.open(await hpke.privateFrom(unhex(raw)), unhex(sealed));", raw=os.urandom(32), sealed=point + bytes(20))


def test_a_private_key_cannot_be_read_out(keys: Keys) -> None:
    script = "const held = await hpke.privateFrom(unhex(raw)); await crypto.subtle.exportKey('pkcs8', held);"
    assert keys.refusal(script, raw=os.urandom(32)).startswith("InvalidAccessError")
