// A passkey as an unlocker, by WebAuthn's PRF extension (W3C Web Authentication Level 3, section 10.1.4): the authenticator answers
// a fixed input with 32 bytes that only it can compute.
//
// INVARIANT: the PRF output becomes a key that cannot be read, in the function that receives it, and is in nothing posted. What is
// posted is built field by field: a credential's own toJSON() holds the output.

import { CannotUnlock } from "./faults.js";
import { KEY_BYTES, base64url, place, sha256, unbase64url } from "./primitives.js";
import { PASSKEY, unlocker } from "./unlock.js";

const NO_PRF = "this passkey or this browser cannot unlock sealed notes; nothing was changed; use a recovery code, or a passkey that can";
const UNTOLD = "the passkey gave no key this time; nothing was changed; try it once more, or use a recovery code";

/** Return "yes", "no" or "unknown": whether this browser says that it can. Only a passkey's answer is certain. */
export async function capable() {
  if (!globalThis.PublicKeyCredential) return "no";
  const says = (await PublicKeyCredential.getClientCapabilities?.())?.["extension:prf"];
  return says === undefined ? "unknown" : says ? "yes" : "no";
}

/** Make a passkey. `options` are the server's, with base64url for bytes; of its extensions none is used. */
export async function make(options, where) {
  const publicKey = {
    ...options,
    challenge: unbase64url(options.challenge),
    user: { ...options.user, id: unbase64url(options.user.id) },
    rp: { ...options.rp, id: location.hostname }, // this origin's alone: no other origin may ask for the output
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    extensions: await prf(where),
  };
  const made = await navigator.credentials.create({ publicKey });
  if (!made.getClientExtensionResults().prf?.enabled) throw new CannotUnlock(NO_PRF);
  return { post: forPost(made), by: await outputOf(made) }; // `by` is null where a passkey answers only when used: then ask `use`
}

/** Use a passkey. */
export async function use(options, where) {
  const publicKey = {
    challenge: unbase64url(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(({ id }) => ({ type: "public-key", id: unbase64url(id) })),
    rpId: location.hostname,
    userVerification: "required",
    extensions: await prf(where),
  };
  const used = await navigator.credentials.get({ publicKey });
  const by = await outputOf(used);
  if (!by) throw new CannotUnlock(UNTOLD);
  return { post: forPost(used), by };
}

/** Return what a server needs to check the ceremony, and nothing besides. */
export function forPost({ id, type, response }) {
  const post = { id, type, clientDataJSON: base64url(response.clientDataJSON) };
  if (response.attestationObject) return { ...post, attestationObject: base64url(response.attestationObject) };
  return { ...post, authenticatorData: base64url(response.authenticatorData), signature: base64url(response.signature) };
}

const prf = async ({ practice, author }) => ({ prf: { eval: { first: await sha256(place("prf", [practice, author])) } } });

async function outputOf(credential) {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) return null;
  const output = new Uint8Array(first);
  if (output.length !== KEY_BYTES) throw new CannotUnlock(NO_PRF);
  const by = await unlocker(PASSKEY, output);
  output.fill(0);
  return by;
}
