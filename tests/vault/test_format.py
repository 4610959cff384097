"""FORMAT.md is enough: a reader written from it alone, without the vault's code, opens the vectors and refuses as it says."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "src/privity/vault/FORMAT.md").read_text("utf-8")


def vectors(name: str):
    return json.loads((ROOT / "tests/vectors" / name).read_text("utf-8"))


def derived(key: bytes, label: str) -> bytes:
    return hmac.digest(key, b"privity/v1/" + label.encode() + b"\x01", "sha256")  # one block of HKDF-Expand


def lengthed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def binding_tag(key: bytes, place: dict) -> bytes:
    ids = [place[name].encode() for name in ("practice", "record", "kind", "row")]
    return hmac.digest(derived(key, "bind"), lengthed(b"privity/v1/place", *ids, place["version"].to_bytes(8, "big")), "sha256")[:16]


def opened(sealed: bytes, key: bytes, place: dict) -> tuple[str, bytes]:
    if len(sealed) < 2:
        return "truncated", b""
    if sealed[:2] != b"\x53\x01":
        return "unknown format", b""
    if len(sealed) < 66 or len(sealed) - 50 < int.from_bytes(sealed[34:38], "big"):
        return "truncated", b""
    if sealed[2:18] != derived(key, "key id")[:16]:
        return "wrong key", b""
    try:
        plain = AESGCM(derived(key, "seal")).decrypt(sealed[38:50], sealed[50:], sealed[:38])
    except InvalidTag:
        return "seal broken", b""
    if sealed[18:34] != binding_tag(key, place):
        return "moved row", b""
    return "opens", plain.rstrip(b"\0")[:-1]


@pytest.mark.parametrize("one", vectors("sealed-1.json"), ids=lambda one: one["name"])
def test_sealed_values(one: dict) -> None:
    outcome, plain = opened(bytes.fromhex(one["sealed"]), bytes.fromhex(one["key"]), one["place"])
    assert (outcome, plain.hex()) == (one["outcome"], one.get("plain", ""))


def test_wrapped_keys() -> None:
    one = vectors("wrapped-1.json")[0]
    under, wrapped = bytes.fromhex(one["under"]), bytes.fromhex(one["wrapped"])
    assert len(wrapped) == 110
    assert wrapped[:2] == b"\x57\x01"
    assert wrapped[2:18] == derived(under, "key id")[:16]
    place = {"practice": "alder", "record": "r-1", "kind": "key.record", "row": "r-1", "version": 1}
    assert wrapped[34:50] == binding_tag(under, place)
    key = AESGCM(derived(under, "wrap")).decrypt(wrapped[50:62], wrapped[62:], wrapped[:50])
    assert key.hex() == one["key"]
    assert wrapped[18:34] == derived(key, "key id")[:16]


def test_the_recovery_sheet_the_marks_and_a_commitment() -> None:
    told = vectors("small-1.json")
    whole = b"\x01" + bytes.fromhex(told["sheet"]["key"])
    whole += hashlib.sha256(b"privity/v1/sheet" + whole).digest()[:2]
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    for number, row in enumerate(told["sheet"]["rows"]):
        part = whole[number * 5 : number * 5 + 5]
        bits = f"{int.from_bytes(part, 'big'):040b}"
        plain = "".join(letters[int(bits[at : at + 5], 2)] for at in range(0, 40, 5))
        check = letters[hashlib.sha256(b"privity/v1/row" + bytes([number]) + part).digest()[0] % 32]
        assert row == f"{plain[:4]}-{plain[4:]}-{check}"
    index = derived(bytes.fromhex(told["blind"]["key"]), "for/blind-index")
    assert told["blind"]["phone"]["(970) 555-0142"] == hmac.digest(index, lengthed(b"phone", b"+19705550142"), "sha256")[:16].hex()
    person = lengthed(b"person", b"cleo obriengarcia", b"1991-04-02")
    assert next(iter(told["blind"]["person"].values())) == hmac.digest(index, person, "sha256")[:16].hex()
    one, key = told["commitment"], derived(bytes.fromhex(told["key"]), "commit")
    message = lengthed(b"privity/v1/commit", bytes.fromhex(one["salt"]), one["field"].encode(), one["value"].encode())
    assert one["is"] == hmac.digest(key, message, "sha256").hex()


def test_kept_hashes_stand_where_the_page_says() -> None:
    whole = vectors("log-1.json")["logs"][0]
    lines, rows = [line.encode() for line in whole["lines"]], [bytes.fromhex(row) for row in whole["hashes"]]

    def subtree(level: int, number: int) -> bytes:
        if level == 0:
            return hashlib.sha256(b"\0" + lines[number]).digest()
        return hashlib.sha256(b"\1" + subtree(level - 1, 2 * number) + subtree(level - 1, 2 * number + 1)).digest()

    for level in range(4):
        for number in range(len(lines) >> level):
            assert rows[((number + 1) << level) - 1][32 * level :][:32] == subtree(level, number)
    for number, line in enumerate(lines):
        raw = json.loads(line)
        assert raw["n"] == number
        assert json.dumps(raw, sort_keys=True, separators=(",", ":")).encode() == line


def test_the_page_names_every_label_mark_and_use_the_code_has() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "src/privity/vault").glob("*.py") if path.name != "check.py")
    for label in set(re.findall(r'"(privity/v1/[a-z]+)"', code)) | set(re.findall(r'derive\(self\.secret, b"([a-z ]+)"\)', code)):
        assert f'"{label}"' in PAGE or f"`{label}`" in PAGE, label
    for use in re.findall(r'^    [A-Z]+ = "([a-z]+)"  #', code, re.M):
        assert f"`{use}`" in PAGE, use
