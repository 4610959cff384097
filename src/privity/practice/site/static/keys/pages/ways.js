// The ways in, on the screen: opening one's keys with a passkey or a code, and making either.

import { authorFrom } from "../author.js";
import { newCode, secretOf, typedFromSheet } from "../codes.js";
import { CodeMistyped, WillNotOpen } from "../faults.js";
import { own } from "../own.js";
import { make, use } from "../passkey.js";
import { base64url, hex, random, same, unhex, utf8 } from "../primitives.js";
import { CODE, unlocker, unwrap, wrap } from "../unlock.js";
import { button, el, field, say } from "./view.js";

export const whereOf = ({ practice, author }) => ({ practice, author });
export const publicOf = (told) => told && { agree: unhex(told.agree), verify: unhex(told.verify) };
const NONE = "no way in of this kind is kept for you; nothing was opened; use the other one";
const UNPROVED = "the passkey did not open what it had just closed; it was not kept; use another passkey, or a recovery code";

/** Return a panel that opens one's keys and gives them to `then`, with the secret, which is overwritten afterwards. */
export function panel(told, then) {
  const by = (kind) => told.ways.filter((way) => way.kind === kind);
  const opened = async (kind, held) => {
    const secret = await secretBy(by(kind), held, whereOf(told));
    const author = await authorFrom(secret);
    await own(localStorage).require(author, publicOf(told.public), whereOf(told));
    await then(author, secret).finally(() => secret.fill(0));
  };
  const typed = el("textarea", { rows: "4", autocomplete: "off", autocapitalize: "characters", spellcheck: "false" });
  const withCode = async () => {
    const code = await secretOf(typed.value);
    typed.value = "";
    await opened("code", await unlocker(CODE, code)).finally(() => code.fill(0));
  };
  const withPasskey = async () => opened("passkey", (await use({ challenge: base64url(random(32)) }, whereOf(told))).by);
  return el("section", { class: "stack" },
    by("passkey").length ? el("p", {}, button("Open with your passkey", withPasskey, true)) : null,
    el("details", { open: !by("passkey").length }, el("summary", {}, "Use a recovery code"),
      el("div", { class: "stack mt3" }, field("Your recovery code", "All four rows, as they are printed.", typed), el("p", {}, button("Open with this code", withCode)))));
}

/** Return the secret that one of the wraps gives. */
async function secretBy(ways, by, where) {
  let fault = new WillNotOpen(NONE);
  for (const way of ways) {
    try {
      return await unwrap(unhex(way.wrapped), by, where);
    } catch (refused) {
      fault = refused;
    }
  }
  throw fault;
}

/** Return buttons that make a way in to `secret` and give its wrap to `made`. */
export function makers(secret, told, made) {
  const shelf = el("div", {});
  const passkey = async () => made("passkey", await newPasskey(secret, told));
  const code = async () => shelf.replaceChildren(await sheet(secret, told, async (wrapped) => (shelf.replaceChildren(), made("code", wrapped))));
  return el("div", { class: "stack" }, el("p", { class: "row" }, button("Make a passkey", passkey, true), button("Print a recovery code", code)), shelf);
}

/** Return the secret wrapped by a new passkey, which was used once to show that it opens what it closes. */
async function newPasskey(secret, told) {
  const where = whereOf(told);
  const user = { id: base64url(utf8(told.author)), name: `${told.user_name}, sealed notes`, displayName: `${told.user_name}, sealed notes` };
  const kinds = [-8, -7, -257].map((alg) => ({ type: "public-key", alg }));
  const { post, by } = await make({ challenge: base64url(random(32)), rp: { name: "Privity keys" }, user, pubKeyCredParams: kinds }, where);
  const again = async () => (await use({ challenge: base64url(random(32)), allowCredentials: [{ id: post.id }] }, where)).by;
  const wrapped = await wrap(secret, by ?? (await again()), where);
  if (!same(await unwrap(wrapped, await again(), where), secret)) throw new WillNotOpen(UNPROVED);
  return wrapped;
}

/** Return the sheet to print; once a row of it was typed back, the wrap goes to `then`. */
async function sheet(secret, told, then) {
  const { secret: code, rows } = await newCode();
  const row = random(1)[0] % rows.length;
  const printed = el("div", { class: "sheet", id: "sheet" },
    el("h2", {}, "Recovery code for sealed notes"),
    el("p", {}, `User name ${told.user_name}. Whoever holds this sheet and can sign in as you can open your sealed notes. Keep it away from the computer.`),
    el("ol", { class: "code mt4" }, ...rows.map((text) => el("li", {}, text))));
  const typed = el("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const check = async () => {
    if (!typedFromSheet(rows, row, typed.value)) throw new CodeMistyped(`this is not row ${row + 1} of the sheet; nothing was kept; type it as it is printed`);
    const wrapped = await wrap(secret, await unlocker(CODE, code), whereOf(told));
    code.fill(0);
    await then(wrapped);
    say("The code is a way in now. Put the sheet where only you find it.");
  };
  const asked = el("div", { class: "stack no-print mt5", hidden: true },
    field(`Type row ${row + 1} from the paper`, "This shows that the sheet was printed, and can be read.", typed), el("p", {}, button("This is what it says", check, true)));
  const hide = async () => {
    printed.hidden = true;
    asked.hidden = false;
    typed.focus();
  };
  const print = async () => window.print();
  return el("div", { class: "mt5" }, printed, el("p", { class: "row no-print mt4" }, button("Print the sheet", print), button("I have it on paper", hide)), asked);
}

export const toHex = (wraps) => wraps.map(hex);
