// HPKE, RFC 9180: base mode (section 5.1.1), single-shot (section 6.1), in one suite and no other: DHKEM(X25519, HKDF-SHA256)
// 0x0020, HKDF-SHA256 0x0001, AES-256-GCM 0x0002. Output is enc | ciphertext, as the Python library `cryptography` writes it.
// Base mode says nothing about who sealed: whoever knows the public key can. What must come from an author is signed (sign.js).

import { KEY_BYTES, NONCE_BYTES, TAG_BYTES, cipher, expand, extract, join, number, privateKey, publicKey, utf8 } from "./primitives.js";

const X25519 = "X25519";
const EMPTY = new Uint8Array();
const KEM = join("KEM", number(0x0020, 2)); // suite_id of section 4.1
const SUITE = join("HPKE", number(0x0020, 2), number(0x0001, 2), number(0x0002, 2)); // suite_id of section 5.1
const BASE_POINT = Uint8Array.of(9, ...new Uint8Array(31)); // RFC 7748 section 6.1: X25519(private, 9) is the public key

export const privateFrom = (raw) => privateKey(X25519, raw, ["deriveBits"]);

/** Return the 32 bytes of the public key that belongs to a private one, which itself stays unreadable. */
export const publicOf = (held) => agree(held, BASE_POINT);

/** Return enc | ciphertext, which only the holder of `to`'s private key opens, and only with the same info and aad. */
export async function seal(to, plain, { info = EMPTY, aad = EMPTY } = {}) {
  const fresh = await crypto.subtle.generateKey(X25519, false, ["deriveBits"]);
  return sealWith(fresh.privateKey, to, plain, { info, aad });
}

/** The same with a given ephemeral key. Only the published vectors may give one: used twice, it betrays both texts. */
export async function sealWith(ephemeral, to, plain, { info = EMPTY, aad = EMPTY } = {}) {
  const enc = await publicOf(ephemeral);
  const { key, nonce } = await schedule(await secretOf(await agree(ephemeral, to), enc, to), info);
  return join(enc, await (await cipher(key)).encrypt(nonce, plain, aad));
}

/** Return the text. Throws, whatever is wrong: the caller says what that means where it stands. */
export async function open(held, sealed, { info = EMPTY, aad = EMPTY } = {}) {
  if (sealed.length < KEY_BYTES + TAG_BYTES) throw new RangeError("too short for HPKE");
  const enc = sealed.slice(0, KEY_BYTES);
  const { key, nonce } = await schedule(await secretOf(await agree(held, enc), enc, await publicOf(held)), info);
  return (await cipher(key)).decrypt(nonce, sealed.slice(KEY_BYTES), aad);
}

/** Return the key and nonce of the one message (section 5.1, KeySchedule, with mode 0 and no pre-shared key). */
export async function schedule(sharedSecret, info) {
  const context = join(Uint8Array.of(0), await labeledExtract(SUITE, EMPTY, "psk_id_hash", EMPTY), await labeledExtract(SUITE, EMPTY, "info_hash", info));
  const secret = await labeledExtract(SUITE, sharedSecret, "secret", EMPTY);
  return {
    key: await labeledExpand(SUITE, secret, "key", context, KEY_BYTES),
    nonce: await labeledExpand(SUITE, secret, "base_nonce", context, NONCE_BYTES),
  };
}

/** Return the KEM's shared secret (section 4.1, ExtractAndExpand). */
export async function secretOf(dh, enc, to) {
  return labeledExpand(KEM, await labeledExtract(KEM, EMPTY, "eae_prk", dh), "shared_secret", join(enc, to), KEY_BYTES);
}

/** X25519. A result of zeros, which a key of low order would give, must be refused (section 7.1.4). */
async function agree(held, other) {
  const dh = new Uint8Array(await crypto.subtle.deriveBits({ name: X25519, public: await publicKey(X25519, other, []) }, held, 8 * KEY_BYTES));
  if (!dh.some((byte) => byte)) throw new RangeError("a key of low order");
  return dh;
}

// Section 4, LabeledExtract and LabeledExpand.
const labeledExtract = (suite, salt, label, secret) => extract(salt, join("HPKE-v1", suite, label, secret));
const labeledExpand = (suite, secret, label, info, length) => expand(secret, join(number(length, 2), utf8("HPKE-v1"), suite, label, info), length);
