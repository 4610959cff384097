// A comparison, signed by the one who made it: so it counts in the person's other browsers too, and no server can make one up.
// Bytes: FORMAT-BROWSER.md, "Comparison".

import { join, place } from "./primitives.js";
import { sign, verifies } from "./sign.js";

const placeOf = ({ practice, by, person }) => place("compared", [practice, by, person]);

/** Return the signature that says: I compared this person's keys, and this is their fingerprint. */
export const signCompared = (author, fingerprint, at) => sign(author.signer, "compared", join(placeOf(at), fingerprint));

/** Return whether this author signed that comparison. */
export const isCompared = (author, fingerprint, signature, at) => verifies(author.open.verify, signature, "compared", join(placeOf(at), fingerprint));
