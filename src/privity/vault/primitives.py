"""Every algorithm the vault uses, chosen here and nowhere else. All of them are `cryptography`'s or the standard library's.

AES-256-GCM (NIST SP 800-38D), HKDF-SHA256 (RFC 5869), HMAC-SHA256 (RFC 2104), Ed25519 (RFC 8032), Argon2id (RFC 9106), TOTP (RFC 6238).
"""

from __future__ import annotations

import hmac
import os

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from .faults import BadSignature, SealBroken

KEY_BYTES = 32
ID_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
LABEL = b"privity/v1/"


def random_bytes(count: int) -> bytes:
    """Return bytes from the operating system's generator."""
    return os.urandom(count)


def lengthed(*parts: bytes) -> bytes:
    """Return the parts joined, each after its length in four big-endian bytes, so that no two lists give the same bytes."""
    return b"".join([len(part).to_bytes(4, "big") + part for part in parts])


def derive(secret: bytes, label: bytes) -> bytes:
    """Return 32 bytes for one purpose, from a secret that is already random (HKDF-Expand; RFC 5869 section 3.3)."""
    return HKDFExpand(SHA256(), KEY_BYTES, LABEL + label).derive(secret)


def mac(key: bytes, message: bytes) -> bytes:
    """Return the 32 bytes of HMAC-SHA256."""
    return hmac.digest(key, message, "sha256")


def same(one: bytes, other: bytes) -> bool:
    """Return whether two texts are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


class Cipher:
    """AES-256-GCM under one key."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, plain: bytes, head: bytes) -> bytes:
        """Return ciphertext and tag; `head` is authenticated with them."""
        return self._cipher.encrypt(nonce, plain, head)

    def decrypt(self, nonce: bytes, body: bytes, head: bytes) -> bytes:
        """Return the plaintext. Raises SealBroken when any byte of body, nonce or head was altered."""
        try:
            return self._cipher.decrypt(nonce, body, head)
        except InvalidTag:
            raise SealBroken("these bytes were altered after they were sealed; restore this row from a backup, and look for the cause in the log") from None


def stretch(passphrase: str, salt: bytes, *, memory: int, passes: int, lanes: int) -> bytes:
    """Return 32 bytes from a passphrase by Argon2id; `memory` in KiB (RFC 9106)."""
    return Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory).derive(passphrase.encode("utf-8"))


def public_key(seed: bytes) -> bytes:
    """Return the 32-byte Ed25519 public key of a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature of a message."""
    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Raise BadSignature unless the signature is this key's for this message."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise BadSignature("the signature is not this key's for this text; do not rely on the text") from None


def time_code(secret: bytes, seconds: int, *, digits: int, step: int) -> str:
    """Return the code an authenticator app shows at a moment (RFC 6238; HMAC-SHA1, the one that every app knows)."""
    return TOTP(secret, digits, SHA1(), step, enforce_key_length=False).generate(seconds).decode("ascii")  # noqa: S303
