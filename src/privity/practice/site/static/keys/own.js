// One's own public keys. They are computed from one's own secret and never fetched; what the server says they are is only compared
// with them, and with the fingerprint this browser kept. Bytes: FORMAT-BROWSER.md, "A person's keys".

import { fingerprintOf } from "./author.js";
import { WillNotOpen } from "./faults.js";
import { hex, place } from "./primitives.js";

const OTHER = "the server names other keys as yours than the ones you hold; nothing was opened or sealed; tell the privacy officer, and do not write here";
const GONE = "this browser knows keys of yours, and the server says there are none; nothing was made; tell the privacy officer before you make new ones";

/** Return what is kept of one's own keys in a store such as localStorage, which is this origin's own. */
export function own(store) {
  const name = ({ practice, author }) => `privity/own/${hex(place("own", [practice, author]))}`;

  /** Let nothing go on unless the keys in hand, those the server tells others, and those kept here are the same; then keep them. */
  async function require(author, told, where) {
    const mine = hex(author.fingerprint);
    const kept = store.getItem(name(where));
    if (!told || hex(await fingerprintOf(told)) !== mine || (kept !== null && kept !== mine)) throw new WillNotOpen(OTHER);
    store.setItem(name(where), mine);
  }

  /** Let no second pair be made where this browser knows a first. */
  function requireNone(where) {
    if (store.getItem(name(where)) !== null) throw new WillNotOpen(GONE);
  }

  const keep = (author, where) => store.setItem(name(where), hex(author.fingerprint));

  return Object.freeze({ require, requireNone, keep });
}
