// Naming two custodians, whose keys were compared; and their way in, when the author can no longer act.

import { fingerprintOf } from "../author.js";
import { isCompared, signCompared } from "../compared.js";
import { entrust, openInner, openOuter } from "../custody.js";
import { CannotSeal } from "../faults.js";
import { open, openKey } from "../note.js";
import { phraseOf, pins } from "../pin.js";
import { hex, unhex } from "../primitives.js";
import { call } from "./relay.js";
import { button, day, el, field, run, say, show } from "./view.js";
import { panel, publicOf } from "./ways.js";

const CHOOSE = "two different colleagues are needed; nothing was kept; choose a first and a second";
const pinned = pins(localStorage);

run(start);

async function start() {
  const [told, asked] = [await call("people"), await call("steps")];
  if (!told.public) return show(el("h1", {}, "Custodians"), el("p", {}, "Make your own keys first, on the page “My keys”."));
  const then = async (author, secret) => opened({ ...told, steps: asked.steps }, author, secret.slice());
  return show(el("div", { class: "lead" }, el("h1", {}, "Custodians"), el("p", {}, "Open your keys to name custodians, to compare words, or to act as one.")), el("div", { class: "sheet" }, panel(told, then)));
}

async function opened(told, author, secret) {
  for (const { person, fingerprint, signature } of told.compared) {
    const place = { practice: told.practice, by: told.author, person };
    if (await isCompared(author, unhex(fingerprint), unhex(signature), place)) pinned.remember(fingerprint, { practice: told.practice, person });
  }
  const words = await phraseOf(author.open, { practice: told.practice, person: told.author });
  show(el("div", { class: "lead" }, el("h1", {}, "Custodians")),
    ...(await Promise.all(told.steps.map((step) => stepOf(told, author, step)))),
    el("div", { class: "sheet stack" }, el("h2", {}, "Your six words"), el("p", {}, "Read them out to a colleague who compares your keys, in person or by telephone. Never send them through Privity."),
      el("p", { class: "words", id: "my-words" }, words.join(" "))),
    await naming(told, author, secret));
}

async function naming(told, author, secret) {
  const people = await Promise.all(told.people.map(async (one) => ({ ...one, keys: publicOf(one.public), whom: { practice: told.practice, person: one.id } })));
  const options = () => [el("option", { value: "" }, "Choose"), ...people.map((one) => el("option", { value: one.id }, one.name))];
  const [first, second] = [el("select", {}, ...options()), el("select", {}, ...options())];
  const name = async () => {
    const pair = [first, second].map((one) => people.find((person) => person.id === one.value));
    if (pair.includes(undefined) || pair[0] === pair[1]) throw new CannotSeal(CHOOSE);
    for (const one of pair) await pinned.require(one.keys, one.whom);
    const at = { practice: told.practice, author: told.author, first: pair[0].id, second: pair[1].id };
    const wrapped = hex(await entrust(secret, pair[0].keys, pair[1].keys, at));
    await call("name", { pairs: [{ first: at.first, second: at.second, wrapped }] });
    say("They are your custodians now. Tell them, and tell them that either may keep a copy of your six words.");
  };
  const rows = await Promise.all(people.map((one) => comparing(told, author, one)));
  return el("div", { class: "sheet stack" }, el("h2", {}, "Name two custodians"),
    people.length ? el("div", { class: "stack" }, ...rows) : el("p", { class: "quiet" }, "No colleague has keys yet. Each makes them on the page “My keys”."),
    people.length > 1 ? el("div", { class: "stack" }, field("First", "Opens the outer layer, and sees nothing.", first), field("Second", "Opens the inner layer, and reads.", second),
      el("p", {}, button("Name these two", name, true))) : null);
}

/** A colleague's keys: compared by six words, or not yet; a changed key says so and counts as not compared. */
async function comparing(told, author, one) {
  const made = el("div", { class: "entry" });
  const state = await pinned.state(one.keys, one.whom);
  const typed = el("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const compare = async () => {
    const { fingerprint } = await pinned.compared(one.keys, one.whom, typed.value);
    const signature = await signCompared(author, await fingerprintOf(one.keys), { practice: told.practice, by: told.author, person: one.id });
    await call("compare", { person: one.id, fingerprint, signature: hex(signature) });
    made.replaceWith(await comparing(told, author, one));
  };
  const SAYS = { same: "Compared.", first: "Not compared yet.", changed: "The key changed since you compared it. Ask them about it, then compare again." };
  made.append(el("h3", {}, one.name), el("p", { class: state === "changed" ? "stop" : "" }, SAYS[state]));
  if (state !== "same") made.append(field(`The six words ${one.name} reads to you`, "", typed), el("p", { class: "mt3" }, button(`Compare ${one.name}’s words`, compare)));
  return made;
}

async function stepOf(told, author, step) {
  const owner = publicOf(step.author.public);
  const at = { practice: told.practice, author: step.author.id, first: step.first, second: step.second };
  const state = await pinned.state(owner, { practice: told.practice, person: step.author.id });
  const shelf = el("div", { class: "stack mt4" });
  const outer = async () => {
    const inner = await openOuter(author, unhex((await call("outer", { opening: step.opening })).wrapped), owner, at);
    await call("inner", { opening: step.opening, inner: hex(inner) });
    shelf.replaceChildren(el("p", {}, "Your layer is off. You saw nothing of the notes. The second custodian can open theirs now."));
  };
  const inner = async () => {
    const given = await call("second", { opening: step.opening });
    const reader = await openInner(author, unhex(given.inner), unhex(given.wrapped), owner, at);
    shelf.replaceChildren(...(await Promise.all(given.records.map((one) => recordOf(told, step, reader, one)))));
  };
  const act = step.part === "first" ? button("Open my layer", outer, true) : button("Open my layer and list the notes", inner, true);
  const PROOF = { first: "You never compared this author’s words in their lifetime, so nothing here proves that the notes are theirs.", changed: "This author’s key is not the one you compared. Do not go on; tell the privacy officer." };
  return el("div", { class: "sheet stack" }, el("h2", {}, `Sealed notes of ${step.author.name}`), PROOF[state] ? el("p", { class: "stop" }, PROOF[state]) : null,
    step.over && state !== "changed" ? el("p", {}, act) : el("p", {}, `The notice ends ${day(step.opens)}.`), shelf);
}

async function recordOf(told, step, reader, one) {
  const where = { practice: told.practice, author: step.author.id, record: one.record };
  const key = await openKey(reader, unhex(one.note_key), where);
  const entries = one.notes.map((note) => {
    const made = el("div", { class: "entry" }, el("h4", {}, note.draft ? `Draft of ${day(note.at)}` : day(note.at)));
    const read = async () => {
      const { sealed, version } = await call("entrusted", { opening: step.opening, note: note.id });
      const text = await open(reader.open.verify, key, unhex(sealed), { ...where, note: note.id, version: note.draft ? version : 1 });
      made.append(el("p", { class: "text" }, text));
    };
    made.append(el("p", {}, button("Read it", read)));
    return made;
  });
  return el("section", {}, el("h3", {}, one.called), ...entries);
}
