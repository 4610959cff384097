"""Ed25519 in the browser: RFC 8032's keys, and both directions against `cryptography`."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
# RFC 8032 section 7.1, tests 1 and 2: seed, public key, message, signature.
PUBLISHED = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), PUBLISHED)
def test_the_published_keys_and_signatures(keys: Keys, seed: str, public: str, message: str, signature: str) -> None:
    assert keys.run("return hex(await sign.verifierOf(unhex(seed)));", seed=seed) == public
    plain = "return hex(new Uint8Array(await crypto.subtle.sign('Ed25519', await sign.signerFrom(unhex(seed)), unhex(message))));"
    assert keys.run(plain, seed=seed, message=message) == signature


def test_both_directions_and_only_for_the_purpose(keys: Keys) -> None:
    seed, message = os.urandom(32), os.urandom(50)
    signed = b"".join(len(one).to_bytes(4, "big") + one for one in (b"privity/browser/v1/some-purpose", message))
    ours = Ed25519PrivateKey.from_private_bytes(seed)
    signing = "return hex(await sign.sign(await sign.signerFrom(unhex(seed)), 'some-purpose', unhex(message)));"
    made = bytes.fromhex(keys.run(signing, seed=seed, message=message))
    Ed25519PublicKey.from_public_bytes(ours.public_key().public_bytes_raw()).verify(made, signed)
    ask = "return await sign.verifies(unhex(public), unhex(signature), purpose, unhex(message));"
    given = {"public": ours.public_key().public_bytes_raw(), "signature": ours.sign(signed), "message": message}
    assert keys.run(ask, purpose="some-purpose", **given) is True
    assert keys.run(ask, purpose="another", **given) is False
    assert keys.run(ask, purpose="some-purpose", **{**given, "message": message + b"x"}) is False
