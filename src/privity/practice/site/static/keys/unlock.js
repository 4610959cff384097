// What opens a person's secret again: a recovery code, or the output of a passkey's PRF. Each wraps the secret by itself; the server
// stores the wraps and can open none. Bytes: FORMAT-BROWSER.md, "Unlocker".

import { authorFrom } from "./author.js";
import { WillNotOpen } from "./faults.js";
import { ID_BYTES, KEY_BYTES, NONCE_BYTES, TAG_BYTES, cipher, hex, join, place, random, same } from "./primitives.js";

export const CODE = 1;
export const PASSKEY = 2;
const MARK = Uint8Array.of(0x55, 0x01);
const ID = 3; // offsets
const FINGERPRINT = ID + ID_BYTES;
const HEAD = FINGERPRINT + KEY_BYTES;
const LENGTH = HEAD + NONCE_BYTES + KEY_BYTES + TAG_BYTES;
const LEAST = 2;

const REFUSED = "this does not open your keys: it is another sheet or passkey, or the stored bytes were altered; nothing was opened; try your other way in";
const NEWER = "your keys were stored by a newer Privity; nothing was opened; load this page anew, then try again";

/** Return an unlocker's own secret as something that can be derived from and not read: from here on it reaches no request. */
export async function unlocker(kind, secret) {
  return Object.freeze({ kind, held: await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]) });
}

/** Return a person's secret wrapped under an unlocker, as the server may store it. */
export async function wrap(secret, by, { practice, author }) {
  const id = random(ID_BYTES);
  const head = join(MARK, Uint8Array.of(by.kind), id, (await authorFrom(secret)).fingerprint);
  const where = place("unlock", [practice, author]);
  const nonce = random(NONCE_BYTES);
  return join(head, nonce, await (await keyOf(by, id, where)).encrypt(nonce, secret, join(head, where)));
}

/** Return the secret, checked to be that of the keys the wrap names. The caller makes it keys (authorFrom) and overwrites it. */
export async function unwrap(wrapped, by, { practice, author }) {
  if (wrapped.length >= MARK.length && !same(wrapped.slice(0, MARK.length), MARK)) throw new WillNotOpen(NEWER);
  if (wrapped.length !== LENGTH) throw new WillNotOpen(REFUSED);
  const [head, nonce, sealed] = [wrapped.slice(0, HEAD), wrapped.slice(HEAD, HEAD + NONCE_BYTES), wrapped.slice(HEAD + NONCE_BYTES)];
  const where = place("unlock", [practice, author]);
  const key = await keyOf(by, head.slice(ID, FINGERPRINT), where);
  const secret = await key.decrypt(nonce, sealed, join(head, where)).catch(() => null);
  if (!secret || !same((await authorFrom(secret)).fingerprint, head.slice(FINGERPRINT))) throw new WillNotOpen(REFUSED);
  return secret;
}

/** Return whether so many ways in exist that the first note may be sealed: two at least, all of them to these keys. */
export function enough(wraps, fingerprint) {
  const own = wraps.filter((one) => one.length === LENGTH && same(one.slice(FINGERPRINT, HEAD), fingerprint));
  return new Set(own.map((one) => hex(one.slice(ID, FINGERPRINT)))).size >= LEAST;
}

/** HKDF (RFC 5869) of the unlocker's secret; the salt is the wrap's own id, the info its kind, practice and author. */
async function keyOf({ kind, held }, id, where) {
  const how = { name: "HKDF", hash: "SHA-256", salt: id, info: join(Uint8Array.of(kind), where) };
  return cipher(new Uint8Array(await crypto.subtle.deriveBits(how, held, 8 * KEY_BYTES)));
}
