// A person's keys. All of them come from one random secret of 32 bytes, made in this browser and never sent in clear: an X25519
// key that others seal to, and an Ed25519 key that signs. The server stores the secret only wrapped (unlock.js).

import { privateFrom, publicOf } from "./hpke.js";
import { KEY_BYTES, LABEL, derive, join, random, sha256 } from "./primitives.js";
import { signerFrom, verifierOf } from "./sign.js";

export const newSecret = () => random(KEY_BYTES);

/** Return the keys of a secret. The private ones can be used and not be read out again. */
export async function authorFrom(secret) {
  const seed = await derive(secret, "author/sign");
  const held = await privateFrom(await derive(secret, "author/agree"));
  const open = { agree: await publicOf(held), verify: await verifierOf(seed) };
  return Object.freeze({ held, signer: await signerFrom(seed), open: Object.freeze(open), fingerprint: await fingerprintOf(open) });
}

/** Return the 32 bytes that stand for both public keys. */
export const fingerprintOf = ({ agree, verify }) => sha256(join(LABEL + "fingerprint", agree, verify));
