// Other people's public keys. They come from the server, which could hand out its own; so two people compare six words, once, in a
// way that does not pass through Privity (in person, by telephone), and this browser remembers the key. Another key blocks until it
// has been compared as well. Bytes: FORMAT-BROWSER.md, "Comparison phrase".

import { fingerprintOf } from "./author.js";
import { NotCompared } from "./faults.js";
import { KEY_BYTES, hex, place } from "./primitives.js";
import { WORDS } from "./words.js";

const WORDS_SHOWN = 6;
const BITS = 11;
const ROUNDS = 200_000; // six words are 66 bits, and each key tried for the same words costs so many HMACs

const FIRST = "this person's key has not been compared in this browser; nothing was sealed to it; compare its six words with them";
const CHANGED = "this person's key is not the one compared before; nothing was sealed to it; ask them about it, and compare the six words again";
const DIFFERENT = "the six words are not those of this key; nothing was changed; read them once more, and if they differ, tell the privacy officer";

/** Return the six words of a person's public keys. Both people see the same words if both see the same keys. */
export async function phraseOf(keys, { practice, person }) {
  const held = await crypto.subtle.importKey("raw", await fingerprintOf(keys), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: place("phrase", [practice, person]), iterations: ROUNDS }; // RFC 8018 section 5.2
  const bits = new Uint8Array(await crypto.subtle.deriveBits(how, held, 8 * KEY_BYTES));
  const value = bits.slice(0, 9).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 6n; // the first 66 of 72 bits
  return Array.from({ length: WORDS_SHOWN }, (_, at) => WORDS[Number((value >> BigInt(BITS * (WORDS_SHOWN - 1 - at))) & 2047n)]);
}

/** Return the pins kept in a store such as localStorage, which is this origin's own: no server writes there without sending other code. */
export function pins(store) {
  const name = ({ practice, person }) => `privity/pin/${hex(place("pin", [practice, person]))}`;

  /** Return "same", "first" or "changed". */
  async function state(keys, whom) {
    const known = store.getItem(name(whom));
    return known === null ? "first" : known === hex(await fingerprintOf(keys)) ? "same" : "changed";
  }

  /** Let nothing pass that was not compared. Call it before each sealing to somebody else, and each reading of their signature. */
  async function require(keys, whom) {
    const now = await state(keys, whom);
    if (now !== "same") throw new NotCompared(now === "first" ? FIRST : CHANGED);
  }

  /** Pin a key once its words have been typed as the other person read them; return what the log is told. */
  async function compared(keys, whom, typed) {
    const words = typed.toLowerCase().split(/[^a-z]+/).filter(Boolean);
    if (words.join(" ") !== (await phraseOf(keys, whom)).join(" ")) throw new NotCompared(DIFFERENT);
    const before = store.getItem(name(whom));
    const fingerprint = hex(await fingerprintOf(keys));
    store.setItem(name(whom), fingerprint);
    return { person: whom.person, fingerprint, before };
  }

  /** Pin what the person's own signature says was compared in another browser (compared.js). A pin that is here stays. */
  function remember(fingerprint, whom) {
    if (store.getItem(name(whom)) === null) store.setItem(name(whom), fingerprint);
  }

  return Object.freeze({ state, require, compared, remember });
}
