// Every algorithm of the browser's half, chosen here and in hpke.js alone; all of them are WebCrypto's. There is no choice among
// them: SHA-256, HMAC (RFC 2104), HKDF (RFC 5869), AES-256-GCM (NIST SP 800-38D), X25519 (RFC 7748), Ed25519 (RFC 8032).

import { CannotSeal } from "./faults.js";

export const KEY_BYTES = 32;
export const ID_BYTES = 16;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const LABEL = "privity/browser/v1/";

const HMAC = { name: "HMAC", hash: "SHA-256" };
const PKCS8 = { X25519: "302e020100300506032b656e04220420", Ed25519: "302e020100300506032b657004220420" }; // RFC 8410 section 7
const AN_ID = /^[A-Za-z0-9._:-]{1,200}$/;

export const random = (count) => crypto.getRandomValues(new Uint8Array(count));
export const utf8 = (text) => new TextEncoder().encode(text);

/** Return the parts one after the other; a text stands for its UTF-8. */
export function join(...parts) {
  const whole = parts.map((part) => (typeof part === "string" ? utf8(part) : part));
  const out = new Uint8Array(whole.reduce((sum, part) => sum + part.length, 0));
  whole.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}

/** Return a number as so many big-endian bytes. */
export function number(value, bytes) {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new CannotSeal("a version is no whole number, so nothing was sealed or opened; this is a fault of the page, so report it");
  }
  return Uint8Array.from({ length: bytes }, (_, at) => Number((BigInt(value) >> BigInt(8 * (bytes - 1 - at))) & 255n));
}

/** Return the parts joined, each after its length in four bytes, so that no two lists give the same bytes. */
export const lengthed = (...parts) => join(...parts.map((part) => join(part)).flatMap((part) => [number(part.length, 4), part]));

/** Return where bytes may open: a label, ids, and what else belongs to the place, as bytes. */
export function place(kind, ids, ...more) {
  if (!ids.every((id) => typeof id === "string" && AN_ID.test(id))) {
    throw new CannotSeal("an id is missing or malformed, so nothing was sealed or opened; this is a fault of the page, so report it");
  }
  return lengthed(LABEL + kind, ...ids, ...more);
}

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
export const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

export const unbase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

/** Return whether two texts of bytes are equal. What is compared here is public: ids, marks and fingerprints. */
export const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

export async function mac(key, message) {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await crypto.subtle.importKey("raw", key, HMAC, false, ["sign"]), message));
}

/** HKDF-Extract (RFC 5869 section 2.2); an empty salt is 32 zeros, as it says there. */
export const extract = (salt, secret) => mac(salt.length ? salt : new Uint8Array(KEY_BYTES), secret);

/** HKDF-Expand (RFC 5869 section 2.3) to at most one block, which is all that is ever needed here. */
export async function expand(secret, info, length = KEY_BYTES) {
  if (length > KEY_BYTES) throw new RangeError("more than one block");
  return (await mac(secret, join(info, Uint8Array.of(1)))).slice(0, length);
}

/** Return 32 bytes for one purpose, from a secret that is already random. */
export const derive = (secret, label) => expand(secret, utf8(LABEL + label));

/** AES-256-GCM under one key; `head` is authenticated with the text. */
export async function cipher(key) {
  const held = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
  const how = (nonce, head) => ({ name: "AES-GCM", iv: nonce, additionalData: head, tagLength: 8 * TAG_BYTES });
  return {
    encrypt: async (nonce, plain, head) => new Uint8Array(await crypto.subtle.encrypt(how(nonce, head), held, plain)),
    decrypt: async (nonce, sealed, head) => new Uint8Array(await crypto.subtle.decrypt(how(nonce, head), held, sealed)),
  };
}

/** Return a private key of RFC 8410's two algorithms from its 32 bytes; unless said otherwise it cannot be read out again. */
export function privateKey(algorithm, raw, uses, readable = false) {
  return crypto.subtle.importKey("pkcs8", join(unhex(PKCS8[algorithm]), raw), algorithm, readable, uses);
}

export const publicKey = (algorithm, raw, uses) => crypto.subtle.importKey("raw", raw, algorithm, true, uses);
