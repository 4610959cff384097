// Ed25519 signatures, RFC 8032, over WebCrypto. What is signed always begins with what it is for, so that a signature made for
// one purpose says nothing for another.

import { LABEL, lengthed, privateKey, publicKey, unbase64url } from "./primitives.js";

const ED25519 = "Ed25519";
export const SIGNATURE_BYTES = 64;

export const signerFrom = (seed) => privateKey(ED25519, seed, ["sign"]);

/** Return the 32 bytes of the public key of a seed. WebCrypto computes it on import and tells it in the JSON form (RFC 8037). */
export async function verifierOf(seed) {
  const readable = await privateKey(ED25519, seed, ["sign"], true);
  return unbase64url((await crypto.subtle.exportKey("jwk", readable)).x);
}

export async function sign(signer, purpose, message) {
  return new Uint8Array(await crypto.subtle.sign(ED25519, signer, lengthed(LABEL + purpose, message)));
}

/** Return whether the signature is this verifier's, for this purpose and message. */
export async function verifies(verifier, signature, purpose, message) {
  return crypto.subtle.verify(ED25519, await publicKey(ED25519, verifier, ["verify"]), signature, lengthed(LABEL + purpose, message));
}
