"""The algorithms give the published vectors."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from privity.vault.faults import BadSignature, SealBroken
from privity.vault.primitives import LABEL, Cipher, derive, lengthed, mac, public_key, sign, stretch, verify


def test_aes_256_gcm_test_case_16() -> None:
    """McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B, test case 16; the same set NIST publishes."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39")
    head = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    body = Cipher(key).encrypt(nonce, plain, head)
    assert body.hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert Cipher(key).decrypt(nonce, body, head) == plain
    with pytest.raises(SealBroken):
        Cipher(key).decrypt(nonce, body, head[:-1] + b"\0")


def test_hkdf_sha256_rfc_5869_case_1() -> None:
    info = bytes.fromhex("f0f1f2f3f4f5f6f7f8f9")
    prk = mac(bytes.fromhex("000102030405060708090a0b0c"), b"\x0b" * 22)
    assert prk.hex() == "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"
    okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert HKDFExpand(SHA256(), 42, info).derive(prk).hex() == okm
    assert HKDF(SHA256(), 42, bytes.fromhex("000102030405060708090a0b0c"), info).derive(b"\x0b" * 22).hex() == okm


def test_derive_is_hkdf_expand_with_our_label() -> None:
    secret = bytes(range(32))
    assert derive(secret, b"seal") == mac(secret, LABEL + b"seal" + b"\x01")  # RFC 5869 section 2.3 with one block
    assert derive(secret, b"seal") != derive(secret, b"wrap")


def test_ed25519_rfc_8032_section_7_1() -> None:
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert public_key(seed) == public
    assert sign(seed, b"\x72") == signature
    verify(public, b"\x72", signature)
    with pytest.raises(BadSignature):
        verify(public, b"\x73", signature)


def test_argon2id_rfc_9106_section_5_3() -> None:
    found = Argon2id(salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8).derive(b"\x01" * 32)
    assert found.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_stretch_is_argon2id_with_no_secret() -> None:
    expected = Argon2id(salt=bytes(16), length=32, iterations=2, lanes=1, memory_cost=64).derive(b"passphrase")
    assert stretch("passphrase", bytes(16), memory=64, passes=2, lanes=1) == expected


def test_lengthed_tells_parts_apart() -> None:
    assert lengthed(b"a", b"bc") == b"\0\0\0\1a\0\0\0\2bc"
    assert lengthed(b"ab", b"c") != lengthed(b"a", b"bc") != lengthed(b"a", b"b", b"c")
