"""A passkey's PRF as an unlocker, with Chromium's virtual authenticator: it opens the keys, and its output is in no request."""

from __future__ import annotations

import base64
import os
from typing import Any
from urllib.parse import quote

import pytest
from tests.sealing.conftest import Keys

pytestmark = pytest.mark.browser
WHERE = {"practice": "p-1", "author": "dana"}
OPTIONS = {
    "challenge": base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("="),
    "rp": {"name": "Privity"},
    "user": {"id": base64.urlsafe_b64encode(b"user-1").decode().rstrip("="), "name": "dana", "displayName": "dana"},
    "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
}
# Watches what the authenticator answers before our code has it: the output as it would look in a request.
WATCH = """globalThis.seen = []; globalThis.told = [];
const read = PublicKeyCredential.prototype.getClientExtensionResults;
PublicKeyCredential.prototype.getClientExtensionResults = function () {
    const results = read.call(this);
    if (results.prf?.results?.first) { globalThis.seen.push(hex(new Uint8Array(results.prf.results.first.slice(0)))); }
    globalThis.told.push(JSON.stringify(this.toJSON()));
    return results;
};"""
# The page's policy allows no fetch at all; a form is how it sends.
SEND = """const form = Object.assign(document.createElement("form"), { method: "post", action: "/" });
for (const [name, value] of Object.entries(sent)) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
document.body.append(form); form.submit();"""


def authenticator(keys: Keys, prf: bool = True) -> Any:
    session = keys.page.context.new_cdp_session(keys.page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True, "hasPrf": prf}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_a_passkey_opens_the_keys_and_its_output_is_in_no_request(keys: Keys) -> None:
    authenticator(keys)
    sent: list[bytes] = []
    keys.page.on("request", lambda request: sent.append((request.url + str(request.post_data or "")).encode()))
    result = keys.run(
        WATCH
        + """const secret = author.newSecret();
        const made = await passkey.make(options, where);
        const allowCredentials = [{ id: made.post.id }];
        const first = await passkey.use({ challenge: options.challenge, allowCredentials }, where);
        const wrapped = await unlock.wrap(secret, made.by ?? first.by, where);
        const second = await passkey.use({ challenge: options.challenge, allowCredentials }, where);
        const opened = hex(await unlock.unwrap(wrapped, second.by, where)) === hex(secret);
        const moved = await passkey.use({ challenge: options.challenge, allowCredentials }, { ...where, author: "omar" });
        const other = await unlock.unwrap(wrapped, moved.by, where).then(() => "opened", (fault) => fault.name);
        const sent = { ...second.post, wrapped: hex(wrapped) };
        return { opened, other, seen: globalThis.seen, told: globalThis.told, posts: [made.post, first.post, second.post], secret: hex(secret), sent,
                 capable: await passkey.capable() };""",
        options=OPTIONS,
        where=WHERE,
    )
    assert result["opened"] is True and result["other"] == "WillNotOpen"
    assert result["capable"] == "yes"
    outputs = [bytes.fromhex(one) for one in set(result["seen"])]
    assert outputs and all(len(one) == 32 and any(one) for one in outputs)
    assert [sorted(post) for post in result["posts"]] == [
        ["attestationObject", "clientDataJSON", "id", "type"],
        ["authenticatorData", "clientDataJSON", "id", "signature", "type"],
        ["authenticatorData", "clientDataJSON", "id", "signature", "type"],
    ]
    with keys.page.expect_navigation():
        keys.run(SEND, sent=result["sent"])
    assert keys.origin.bodies
    bodies = b"\n".join([*keys.origin.bodies, *sent])
    for output in [*outputs, bytes.fromhex(result["secret"])]:
        assert not [form for form in _forms(output) if form in bodies]
        for post in result["posts"]:
            raw = b"".join(base64.urlsafe_b64decode(value + "==") for name, value in post.items() if name != "type")
            assert output not in raw
    # The danger is real: the browser's own toJSON holds the output, which is why what is posted is built field by field.
    assert any(form.decode() in told for told in result["told"] for output in outputs for form in _forms(output)[1:])


def test_a_passkey_without_prf_is_refused_with_one_sentence(keys: Keys) -> None:
    authenticator(keys, prf=False)
    said = keys.refusal("await passkey.make(options, where);", options=OPTIONS, where=WHERE)
    assert said == ("CannotUnlock: this passkey or this browser cannot unlock sealed notes; nothing was changed; use a recovery code, or a passkey that can")


def test_the_servers_extensions_and_host_are_not_used(keys: Keys) -> None:
    authenticator(keys)
    asked = keys.run(
        """let asked;
        const create = navigator.credentials.create.bind(navigator.credentials);
        navigator.credentials.create = (all) => { asked = all.publicKey; return create(all); };
        await passkey.make(options, where);
        const { rp, extensions, authenticatorSelection } = asked;
        return { rp: rp.id, input: hex(extensions.prf.eval.first), names: Object.keys(extensions), verify: authenticatorSelection.userVerification };""",
        options={**OPTIONS, "rp": {"name": "Privity", "id": "localhost"}, "extensions": {"prf": {"eval": {"first": "AAAA"}}, "largeBlob": {}}},
        where=WHERE,
    )
    assert asked["rp"] == "keys.localhost"
    assert asked["names"] == ["prf"] and len(asked["input"]) == 64
    assert asked["verify"] == "required"


def test_a_browser_without_passkeys_says_no(keys: Keys) -> None:
    assert keys.run("delete globalThis.PublicKeyCredential; return await passkey.capable();") == "no"


def _forms(secret: bytes) -> list[bytes]:
    """The ways 32 bytes would look in a request."""
    url = base64.urlsafe_b64encode(secret).rstrip(b"=")
    plain = base64.b64encode(secret).rstrip(b"=")
    return [secret, url, plain, quote(plain).encode(), secret.hex().encode(), secret.hex().upper().encode(), ",".join(map(str, secret)).encode()]
