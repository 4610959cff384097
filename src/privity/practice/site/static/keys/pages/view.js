// Building pages from elements and texts alone: nothing here, and nothing that uses it, reads text as markup.

import { SealFault } from "../faults.js";
import { MAIN, Refused } from "./relay.js";

const page = document.getElementById("page");
const said = document.getElementById("said");
document.getElementById("back").href = MAIN;
document.getElementById("danger").href = `${MAIN}/danger`;

/** Return an element. Attributes that begin with "on" are listeners; children are elements or texts. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Show a page and put the reading place at its top. */
export function show(...parts) {
  page.replaceChildren(...parts);
  page.focus();
}

/** Say something in the status line. */
export const say = (text) => (said.textContent = text);

/** Return a button that does one thing at a time, and says in one sentence why it could not. */
export function button(label, act, main = false) {
  const made = el("button", { type: "button", class: main ? "btn btn-main" : "btn" }, label);
  made.addEventListener("click", async () => {
    made.disabled = true;
    say("");
    document.getElementById("fault")?.remove();
    await act().catch((fault) => made.closest("p, div, section").after(faultOf(fault)));
    made.disabled = false;
  });
  return made;
}

/** Return a box that says what went wrong. What is no fault of ours is said to be the browser's, by its kind alone. */
export function faultOf(fault) {
  const known = fault instanceof SealFault || fault instanceof Refused;
  const away = fault?.name === "NotAllowedError" ? "the passkey was not used: it was cancelled, or there is none here; nothing was changed; try again" : "";
  const [what, ...more] = (known ? fault.message : away || `something in this browser failed (${fault?.name ?? "unknown"}); nothing was changed; try again`).split("; ");
  const signIn = fault?.status === 401 ? el("p", { class: "mt3" }, el("a", { href: MAIN }, "Sign in")) : null;
  return el("div", { id: "fault", class: "error mt4", role: "alert" }, el("h2", {}, what.charAt(0).toUpperCase() + what.slice(1)), el("p", {}, sentence(more)), signIn);
}

const sentence = (parts) => parts.map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}.`).join(" ");

/** Run a page; what goes wrong at its start is shown in its place. */
export async function run(start) {
  await start().catch((fault) => show(el("h1", { class: "vh" }, "Not opened"), faultOf(fault)));
}

export const day = (moment) => new Date(moment).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" });

/** Return a labelled field and its input. */
export function field(label, hint, input) {
  input.id ||= `field-${document.querySelectorAll("[id^=field-]").length}-${crypto.randomUUID().slice(0, 8)}`;
  return el("div", { class: "field" }, el("label", { for: input.id }, label, hint ? el("span", { class: "hint" }, hint) : null), input);
}
