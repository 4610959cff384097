// The custodians' way. An author seals the key that opens the author's sealed notes to two colleagues, one layer within the other: the
// first can take off the outer layer and sees only the inner, which the second alone opens. What they hold then reads notes; it signs
// none, because the signing key is not in it. Bytes: FORMAT-BROWSER.md, "Custody".

import { authorFrom, fingerprintOf } from "./author.js";
import { WillNotOpen } from "./faults.js";
import { open as openHpke, privateFrom, publicOf, seal as sealHpke } from "./hpke.js";
import { KEY_BYTES, derive, join, place, same } from "./primitives.js";
import { SIGNATURE_BYTES, sign, verifies } from "./sign.js";

const MARK = Uint8Array.of(0x43, 0x01);
const HEAD = MARK.length + 3 * KEY_BYTES;
const LENGTH = HEAD + 128 + SIGNATURE_BYTES;
const BROKEN = "this was altered, is not the author's, or is not for you; nothing was opened; tell the privacy officer, who can compare the log";
const EARLY = "the first custodian's layer is still on, or something else lies under it; nothing was opened; ask the first custodian to open theirs again";

const idsOf = ({ practice, author, first, second }) => [practice, author, first, second];

/** Return the wrap for a pair. `first` and `second` are public keys that were compared. */
export async function entrust(secret, first, second, at) {
  const owner = await authorFrom(secret);
  const held = await derive(secret, "author/agree");
  const head = join(MARK, owner.fingerprint, await fingerprintOf(first), await fingerprintOf(second));
  const inner = await sealHpke(second.agree, held, { info: join(place("custody-inner", idsOf(at)), head) });
  const outer = await sealHpke(first.agree, inner, { info: join(place("custody-outer", idsOf(at)), head) });
  held.fill(0);
  const wrapped = join(head, outer);
  return join(wrapped, await sign(owner.signer, "custody", join(place("custody", idsOf(at)), wrapped)));
}

/** Return what lies under the first's layer: bytes that only the second opens. `owner` are the author's public keys. */
export async function openOuter(first, wrapped, owner, at) {
  const head = await checked(wrapped, owner, at);
  if (!same(head.slice(34, 66), first.fingerprint)) throw new WillNotOpen(BROKEN);
  const inner = await openHpke(first.held, wrapped.slice(HEAD, -SIGNATURE_BYTES), { info: join(place("custody-outer", idsOf(at)), head) }).catch(() => null);
  if (!inner) throw new WillNotOpen(BROKEN);
  return inner;
}

/** Return the author as a reader of the author's notes: what openKey and open need, and nothing that signs. */
export async function openInner(second, inner, wrapped, owner, at) {
  const head = await checked(wrapped, owner, at);
  if (!same(head.slice(66), second.fingerprint)) throw new WillNotOpen(BROKEN);
  const raw = await openHpke(second.held, inner, { info: join(place("custody-inner", idsOf(at)), head) }).catch(() => null);
  if (!raw) throw new WillNotOpen(EARLY);
  const held = await privateFrom(raw);
  raw.fill(0);
  if (!same(await publicOf(held), owner.agree)) throw new WillNotOpen(BROKEN);
  return Object.freeze({ held, open: owner });
}

async function checked(wrapped, owner, at) {
  const head = wrapped.slice(0, HEAD);
  const right = wrapped.length === LENGTH && same(head.slice(0, 2), MARK) && same(head.slice(2, 34), await fingerprintOf(owner));
  const message = join(place("custody", idsOf(at)), wrapped.slice(0, -SIGNATURE_BYTES));
  if (!right || !(await verifies(owner.verify, wrapped.slice(-SIGNATURE_BYTES), "custody", message))) throw new WillNotOpen(BROKEN);
  return head;
}
