"""Recovery codes and the wraps that they and passkeys make."""

from __future__ import annotations

import hashlib
import os
import re

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WHERE = {"practice": "p-1", "author": "dana"}
READ = "return hex(await codes.secretOf(typed));"
# `by` is a code's unlocker, `wrapped` the secret under it.
READY = "const by = await unlock.unlocker(unlock.CODE, unhex(code)); const wrapped = await unlock.wrap(unhex(secret), by, where);"


def test_a_code_is_typed_back_however_it_is_written(keys: Keys) -> None:
    secret, rows = keys.run("const { secret, rows } = await codes.newCode(); return [hex(secret), rows];")
    assert len(bytes.fromhex(secret)) * 8 >= 128
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]", row) for row in rows)
    whole = "\n".join(rows)
    for typed in (whole, whole.lower(), whole.replace("-", " "), "".join(rows).replace("-", ""), whole.replace("0", "o").replace("1", "l"), f"\t{whole}\r\n"):
        assert keys.run(READ, typed=typed) == secret


def test_the_bytes_are_those_of_the_format_page(keys: Keys) -> None:
    secret = os.urandom(17)
    body = b"\x01" + secret
    whole = body + hashlib.sha256(b"privity/browser/v1/code" + body).digest()[:2]
    rows = []
    for row in range(4):
        part = whole[row * 5 : row * 5 + 5]
        letters = "".join(LETTERS[int.from_bytes(part, "big") >> shift & 31] for shift in range(35, -1, -5))
        rows.append(f"{letters[:4]}-{letters[4:]}-{LETTERS[hashlib.sha256(b'privity/browser/v1/row' + bytes([row]) + part).digest()[0] & 31]}")
    assert keys.run("return await codes.rowsOf(unhex(secret));", secret=secret) == rows


def test_a_wrong_letter_is_refused_with_a_sentence_that_names_its_row(keys: Keys) -> None:
    """A check letter finds 31 of 32 wrong letters; the two bytes at the end find the others."""
    rows = keys.run("return (await codes.newCode()).rows;")
    said = keys.run(
        """const said = [];
        for (let row = 0; row < 4; row++) for (const at of [0, 1, 2, 3, 5, 6, 7, 8, 10]) {
            const wrong = rows[row][at] === "7" ? "8" : "7";
            const typed = rows.with(row, rows[row].slice(0, at) + wrong + rows[row].slice(at + 1));
            said.push([row + 1, await codes.secretOf(typed.join(" ")).then(() => "opened", (fault) => `${fault.name}: ${fault.message}`)]);
        }
        return said;""",
        rows=rows,
    )
    assert len(said) == 36
    assert all(sentence.startswith("CodeMistyped: ") and sentence.count("\n") == 0 for _, sentence in said)
    named = [f"row {row} does not check; type that row again" in sentence for row, sentence in said]
    assert sum(named) >= 30


def test_other_slips_have_their_own_sentence(keys: Keys) -> None:
    one, other = (keys.run("return (await codes.newCode()).rows;") for _ in range(2))
    assert "4 rows of 9 letters, 36 in all, and 27 were typed" in keys.refusal("await codes.secretOf(typed);", typed=" ".join(one[:3]))
    assert "holds a sign that no code has" in keys.refusal("await codes.secretOf(typed);", typed=" ".join(["U" + one[0][1:], *one[1:]]))
    assert "each row looks right" in keys.refusal("await codes.secretOf(typed);", typed=" ".join([*one[:2], *other[2:]]))
    swapped = keys.refusal("await codes.secretOf(typed);", typed=" ".join([one[1], one[0], *one[2:]]))
    assert "CodeMistyped" in swapped


def test_the_printed_sheet_is_shown_by_typing_a_row(keys: Keys) -> None:
    rows = keys.run("return (await codes.newCode()).rows;")
    ask = "return codes.typedFromSheet(rows, 2, typed);"
    assert keys.run(ask, rows=rows, typed=rows[2].lower().replace("-", " ")) is True
    assert keys.run(ask, rows=rows, typed=rows[1]) is False
    assert keys.run(ask, rows=rows, typed="") is False


def test_a_code_opens_the_secret_and_another_does_not(keys: Keys) -> None:
    given = {"code": os.urandom(17), "secret": os.urandom(32), "where": WHERE}
    assert keys.run(READY + "return hex(await unlock.unwrap(wrapped, by, where));", **given) == given["secret"].hex()
    other = "const other = await unlock.unlocker(kind, unhex(raw)); await unlock.unwrap(wrapped, other, where);"
    assert keys.refusal(READY + other, kind=1, raw=os.urandom(17), **given).startswith("WillNotOpen: this does not open your keys")
    assert keys.refusal(READY + other, kind=2, raw=given["code"], **given).startswith("WillNotOpen: this does not open your keys")
    for moved in ({"practice": "p-2"}, {"author": "omar"}):
        assert keys.refusal(READY + "await unlock.unwrap(wrapped, by, { ...where, ...moved });", moved=moved, **given).startswith("WillNotOpen")


def test_every_flipped_byte_of_a_wrap_is_refused(keys: Keys) -> None:
    said = keys.run(
        READY
        + """const said = [];
        for (let at = 0; at < wrapped.length; at++) {
            const flipped = wrapped.map((byte, here) => byte ^ (here === at));
            said.push(await unlock.unwrap(flipped, by, where).then(() => "opened", (fault) => fault.name));
        }
        return said;""",
        code=os.urandom(17),
        secret=os.urandom(32),
        where=WHERE,
    )
    assert said == ["WillNotOpen"] * 111


def test_a_reader_written_from_the_format_page_opens_a_wrap(keys: Keys) -> None:
    given = {"code": os.urandom(17), "secret": os.urandom(32), "where": WHERE}
    wrapped = bytes.fromhex(keys.run(READY + "return hex(wrapped);", **given))
    where = b"".join(len(one).to_bytes(4, "big") + one for one in (b"privity/browser/v1/unlock", b"p-1", b"dana"))
    key = HKDF(SHA256(), 32, salt=wrapped[3:19], info=b"\x01" + where).derive(given["code"])
    assert AESGCM(key).decrypt(wrapped[51:63], wrapped[63:], wrapped[:51] + where) == given["secret"]


def test_a_wrap_that_names_other_keys_than_it_holds_is_refused(keys: Keys) -> None:
    given = {"code": os.urandom(17), "secret": os.urandom(32), "where": WHERE}
    fingerprint = bytes.fromhex(keys.run("return hex((await author.authorFrom(unhex(secret))).fingerprint);", secret=given["secret"]))
    where = b"".join(len(one).to_bytes(4, "big") + one for one in (b"privity/browser/v1/unlock", b"p-1", b"dana"))
    said = []
    for named in (fingerprint, os.urandom(32)):
        head, nonce = b"\x55\x01\x01" + os.urandom(16) + named, os.urandom(12)
        key = HKDF(SHA256(), 32, salt=head[3:19], info=b"\x01" + where).derive(given["code"])
        made = head + nonce + AESGCM(key).encrypt(nonce, given["secret"], head + where)
        said.append(keys.refusal(READY + "await unlock.unwrap(unhex(made), by, where);", made=made, **given))
    assert said[0] == "" and said[1].startswith("WillNotOpen: this does not open your keys")


def test_an_unlocker_cannot_be_read_out(keys: Keys) -> None:
    script = "const { held } = await unlock.unlocker(unlock.CODE, unhex(code)); await crypto.subtle.exportKey('raw', held);"
    assert keys.refusal(script, code=os.urandom(17)).startswith(("InvalidAccessError", "NotSupportedError"))


def test_two_ways_in_are_needed_before_the_first_note(keys: Keys) -> None:
    script = (
        READY
        + """const { fingerprint } = await author.authorFrom(unhex(secret));
        const second = await unlock.wrap(unhex(secret), by, where);
        const foreign = await unlock.wrap(author.newSecret(), by, where);
        return [[], [wrapped], [wrapped, wrapped], [wrapped, foreign], [wrapped, second]].map((wraps) => unlock.enough(wraps, fingerprint));"""
    )
    assert keys.run(script, code=os.urandom(17), secret=os.urandom(32), where=WHERE) == [False, False, False, False, True]
