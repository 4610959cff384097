// A sealed psychotherapy note. Its text is encrypted here, and what leaves the browser is sealed bytes; the server seals them once
// more under the record's key. Bytes: FORMAT-BROWSER.md, "Note key" and "Sealed note".
//
// One key per author and record. It is wrapped to the author by HPKE, and author and key are both signed: HPKE alone would let a
// server that lies hand over a key of its own and read what is written next, or lay a note of its own under the author's name.

import { CannotSeal, WillNotOpen } from "./faults.js";
import { open as openHpke, seal as sealHpke } from "./hpke.js";
import { ID_BYTES, KEY_BYTES, NONCE_BYTES, TAG_BYTES, cipher, derive, join, number, place, random, same, utf8 } from "./primitives.js";
import { SIGNATURE_BYTES, sign, verifies } from "./sign.js";

const KEY_MARK = Uint8Array.of(0x4b, 0x01);
const NOTE_MARK = Uint8Array.of(0x4e, 0x01);
const HEAD = NOTE_MARK.length + ID_BYTES;
const BLOCK = 256; // the length of a note shows in steps of this many bytes
const MOST = 2 ** 20;

const NEWER = "this was sealed by a newer Privity; nothing of it is shown; load this page anew, and if it stays so, update Privity";
const SHORT = "these sealed bytes end too early; nothing of them is shown; ask for the note again, and if it stays so, restore it from the backup";
const OTHER_KEY = "this note was sealed with another key than the one at hand; nothing of it is shown; open it from its own record, as its author";
const BROKEN = "this note was altered, moved, or is not its author's; nothing of it is shown; tell the privacy officer, who can compare the log";
const BAD_KEY = "the key of these notes was altered, moved, or is not yours; nothing was opened; tell the privacy officer, who can compare the log";
const HALF = "the text holds half a sign, which would be lost; nothing was sealed; delete the last sign typed or pasted, then try again";
const LONG = "the text is longer than a note can be, which is one million signs; nothing was sealed; split it into several notes";

/** Return a new key for an author's notes on one record, and the wrapped bytes to store. */
export async function newKey(author, { practice, author: who, record }) {
  const secret = random(KEY_BYTES);
  const head = join(KEY_MARK, await idOf(secret));
  const where = place("note-key", [practice, who, record]);
  const wrapped = join(head, await sealHpke(author.open.agree, secret, { info: join(where, head) }));
  return { key: await noteKey(secret), wrapped: join(wrapped, await sign(author.signer, "note-key", join(where, wrapped))) };
}

/** Return the key from its wrapped bytes, if this author made it for this record. */
export async function openKey(author, wrapped, { practice, author: who, record }) {
  begins(wrapped, KEY_MARK, HEAD + KEY_BYTES + KEY_BYTES + TAG_BYTES + SIGNATURE_BYTES);
  const [head, body, unsigned, signature] = parts(wrapped);
  const where = place("note-key", [practice, who, record]);
  const signed = await verifies(author.open.verify, signature, "note-key", join(where, unsigned));
  const secret = signed && (await openHpke(author.held, body, { info: join(where, head) }).catch(() => null));
  if (!secret || !same(await idOf(secret), head.slice(KEY_MARK.length))) throw new WillNotOpen(BAD_KEY);
  return noteKey(secret);
}

/** Return the sealed bytes of one version of a note. */
export async function seal(author, key, text, at) {
  if (text.length > MOST) throw new CannotSeal(LONG);
  if (!text.isWellFormed()) throw new CannotSeal(HALF);
  const plain = utf8(text);
  if (plain.length > MOST) throw new CannotSeal(LONG);
  const where = placeOf(at);
  const head = join(NOTE_MARK, key.id);
  const nonce = random(NONCE_BYTES);
  const sealed = join(head, nonce, await key.cipher.encrypt(nonce, padded(plain), join(head, where)));
  return join(sealed, await sign(author.signer, "note", join(where, sealed)));
}

/** Return the text, if `verify`'s holder sealed it with this key for this very place and version. */
export async function open(verify, key, sealed, at) {
  begins(sealed, NOTE_MARK, HEAD + NONCE_BYTES + BLOCK + TAG_BYTES + SIGNATURE_BYTES);
  const [head, body, unsigned, signature] = parts(sealed);
  const where = placeOf(at);
  if (!same(head.slice(NOTE_MARK.length), key.id)) throw new WillNotOpen(OTHER_KEY);
  if (!(await verifies(verify, signature, "note", join(where, unsigned)))) throw new WillNotOpen(BROKEN);
  const plain = await key.cipher.decrypt(body.slice(0, NONCE_BYTES), body.slice(NONCE_BYTES), join(head, where)).catch(() => null);
  if (!plain) throw new WillNotOpen(BROKEN);
  return textOf(plain);
}

const placeOf = ({ practice, author, record, note, version }) => place("note", [practice, author, record, note], number(version, 8));
const idOf = async (secret) => (await derive(secret, "note/key id")).slice(0, ID_BYTES);

async function noteKey(secret) {
  return Object.freeze({ id: await idOf(secret), cipher: await cipher(await derive(secret, "note/seal")) });
}

function begins(bytes, mark, least) {
  if (bytes.length >= mark.length && !same(bytes.slice(0, mark.length), mark)) throw new WillNotOpen(NEWER);
  if (bytes.length < least) throw new WillNotOpen(SHORT);
}

function parts(bytes) {
  const unsigned = bytes.slice(0, -SIGNATURE_BYTES);
  return [unsigned.slice(0, HEAD), unsigned.slice(HEAD), unsigned, bytes.slice(-SIGNATURE_BYTES)];
}

/** Return the content, then 80, then zeros up to a multiple of BLOCK (ISO/IEC 7816-4). */
function padded(plain) {
  const out = new Uint8Array(Math.ceil((plain.length + 1) / BLOCK) * BLOCK);
  out.set(plain);
  out[plain.length] = 0x80;
  return out;
}

function textOf(plain) {
  const end = plain.findLastIndex((byte) => byte !== 0);
  if (plain[end] !== 0x80) throw new WillNotOpen(BROKEN);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain.slice(0, end));
  } catch {
    throw new WillNotOpen(BROKEN);
  }
}
