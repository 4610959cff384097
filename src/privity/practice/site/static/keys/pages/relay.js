// The only module that sends anything: JSON to the app's origin, with the ticket this page was opened with. Callers build what is sent
// field by field; a key, a code or a PRF output is in none of it, and a note's text only where its author hands it to the record.

export const MAIN = `${location.protocol}//${location.host.replace(/^keys\./, "")}`;
const KEPT = "privity/ticket";
const AWAY = "the practice's server did not answer; nothing was lost here; wait a moment, then press the button again";
const STRANGE = "nothing is shown now: the practice is locked, or its log cannot be written; try again in a moment";

/** What was refused, in the server's one sentence. */
export class Refused extends Error {
  constructor(why, status) {
    super(why);
    this.name = "Refused";
    this.status = status;
  }
}

/** Take the ticket out of the address, so that it stands in no history; this tab keeps it until it is closed. */
export function ticket() {
  if (location.hash.length > 1) {
    sessionStorage.setItem(KEPT, location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEPT);
}

/** Return what the app answers. */
export async function call(verb, said = {}) {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${ticket() ?? ""}` };
  const sent = { method: "POST", mode: "cors", credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer", headers, body: JSON.stringify(said) };
  const answer = await fetch(`${MAIN}/sealed-api/${verb}`, sent).catch(() => null);
  if (!answer) throw new Refused(AWAY, 0);
  const told = await answer.json().catch(() => ({ why: STRANGE }));
  if (!answer.ok) throw new Refused(told.why ?? STRANGE, answer.status);
  return told;
}
