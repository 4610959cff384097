"""Passkeys for signing in (W3C Web Authentication Level 3), checked by `webauthn`. The user is always verified by the device: finger, face or PIN.

These passkeys sign; they unlock nothing. What opens sealed notes lives on its own origin and never comes here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import webauthn
from django.http import HttpRequest
from webauthn.helpers import bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    CredentialDeviceType,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

REQUIRED = UserVerificationRequirement.REQUIRED
MOST = 8192  # letters in one posted field


class NotThisPasskey(ValueError):
    """What the browser sent proves nothing here: another site, another passkey, an old question, or a user nobody verified."""


@dataclass(frozen=True)
class Place:
    """Where a passkey works: the host name it was made for, and the origin that may ask."""

    host: str
    origin: str


@dataclass(frozen=True)
class Made:
    """A new passkey's public half."""

    credential: bytes
    public: bytes
    uses: int
    synced: bool


def place_of(request: HttpRequest) -> Place:
    """Return this server's place, by the host name Django has let through."""
    host = request.get_host()
    return Place(host.rpartition(":")[0] if host.rsplit(":", 1)[-1].isdigit() else host, f"{request.scheme}://{host}")


def to_make(place: Place, account: UUID, name: str, there: Iterable[bytes], challenge: bytes) -> dict[str, Any]:
    """Return what a browser needs to make a passkey."""
    options = webauthn.generate_registration_options(
        rp_id=place.host, rp_name="Privity", user_id=account.bytes, user_name=name, user_display_name=name, challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in there],
    )  # fmt: skip
    return _plain(options_to_json(options))


def to_use(place: Place, challenge: bytes) -> dict[str, Any]:
    """Return what a browser needs to use one; which passkeys there are is not told, so that nobody learns who has an account."""
    return _plain(options_to_json(webauthn.generate_authentication_options(rp_id=place.host, challenge=challenge, user_verification=REQUIRED)))


def made(post: Mapping[str, str], challenge: bytes, place: Place) -> Made:
    """Return a new passkey. Raises NotThisPasskey."""
    response = {name: _field(post, name) for name in ("clientDataJSON", "attestationObject")}
    try:
        done = webauthn.verify_registration_response(
            credential=_credential(post, response), expected_challenge=challenge, expected_rp_id=place.host, expected_origin=place.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError) as fault:
        raise NotThisPasskey(type(fault).__name__) from None
    synced = done.credential_device_type == CredentialDeviceType.MULTI_DEVICE
    return Made(done.credential_id, done.credential_public_key, done.sign_count, synced)


def used(post: Mapping[str, str], challenge: bytes, place: Place, kept: Made, account: UUID) -> int:
    """Return the passkey's counter after a use that proves its holder. Raises NotThisPasskey."""
    response = {name: _field(post, name) for name in ("clientDataJSON", "authenticatorData", "signature")}
    if _field(post, "userHandle") not in ("", bytes_to_base64url(account.bytes)):
        raise NotThisPasskey("another account's")
    try:
        done = webauthn.verify_authentication_response(
            credential=_credential(post, response), expected_challenge=challenge, expected_rp_id=place.host, expected_origin=place.origin,
            credential_public_key=kept.public, credential_current_sign_count=kept.uses, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError) as fault:
        raise NotThisPasskey(type(fault).__name__) from None
    return done.new_sign_count


def credential_of(post: Mapping[str, str]) -> bytes:
    """Return which passkey was used, as the browser says. Raises NotThisPasskey."""
    try:
        return webauthn.base64url_to_bytes(_field(post, "id"))
    except ValueError:
        raise NotThisPasskey("no id") from None


def _credential(post: Mapping[str, str], response: Mapping[str, str]) -> dict[str, Any]:
    return {"id": _field(post, "id"), "rawId": _field(post, "id"), "type": "public-key", "response": dict(response)}


def _field(post: Mapping[str, str], name: str) -> str:
    text = post.get(name, "")
    if len(text) > MOST:
        raise NotThisPasskey("too long")
    return text


def _plain(text: str) -> dict[str, Any]:
    options: dict[str, Any] = json.loads(text)
    return options
