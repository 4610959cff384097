"""A reference key service: wraps and unwraps root keys with AES key wrap (RFC 3394) under a key in a file of its own.

`python key_service.py KEYFILE [--fail | --sleep | --garble | --lie]`. One JSON line in, one out; the name is bound by an HMAC beside the wrap.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap


def answer(kek: bytes, asked: dict) -> dict:
    """Return the answer to a question; an `error` for what is not wrapped here, or under another name."""

    def seal_of(body: bytes) -> bytes:
        return hmac.new(hashlib.sha256(b"name" + kek).digest(), asked["name"].encode() + b"\0" + body, "sha256").digest()[:16]

    if asked["verb"] == "wrap":
        body = aes_key_wrap(kek, base64.b64decode(asked["key"]))
        return {"wrapped": base64.b64encode(seal_of(body) + body).decode()}
    raw = base64.b64decode(asked["wrapped"])
    if not hmac.compare_digest(raw[:16], seal_of(raw[16:])):
        return {"error": "not wrapped here under this name"}
    try:
        return {"key": base64.b64encode(aes_key_unwrap(kek, raw[16:])).decode()}
    except InvalidUnwrap:
        return {"error": "not wrapped here"}


def main() -> int:
    """Answer one line."""
    mode = sys.argv[2] if len(sys.argv) > 2 else ""
    asked = json.loads(sys.stdin.readline())
    if mode == "--fail":
        return 3
    if mode == "--sleep":
        time.sleep(30)
    if mode == "--garble":
        print("<html>sign in</html>")
        return 0
    if mode == "--lie":
        print(json.dumps({"wrapped": base64.b64encode(bytes(40)).decode(), "key": base64.b64encode(bytes(32)).decode()}))
        return 0
    found = answer(bytes.fromhex(Path(sys.argv[1]).read_text()), asked)
    print(json.dumps(found))
    return 1 if "error" in found else 0


if __name__ == "__main__":
    sys.exit(main())
