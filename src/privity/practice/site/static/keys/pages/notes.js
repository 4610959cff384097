// One record's sealed notes, for their author: opened here, written here, and locked before they leave.

import { hex, unhex } from "../primitives.js";
import { newKey, open, openKey, seal } from "../note.js";
import { MAIN, call } from "./relay.js";
import { button, day, el, faultOf, field, run, say, show } from "./view.js";
import { panel } from "./ways.js";

const QUIET = 15 * 60 * 1000; // as long as the app's own sign-in stays
const PAUSE = 4000;
const FINAL = 1; // a note's version; drafts count from 2, so that no draft passes as a note

run(start);

async function start() {
  const told = await call("record");
  document.getElementById("back").href = `${MAIN}/records/${told.record}/sealed`;
  if (!told.public) return show(head(told), el("p", {}, el("a", { href: `${MAIN}/sealed-setup` }, "Make your keys first")));
  const dates = told.notes.filter((one) => !one.draft).map((one) => el("li", {}, day(one.at)));
  return show(head(told), el("div", { class: "leaf leaf-sealed" }, leafHead(), el("div", { class: "stack" },
    dates.length ? el("ul", {}, ...dates) : el("p", { class: "quiet" }, "You have written none yet."), panel(told, (author) => opened(told, author))), leafFoot()));
}

const head = (told) => el("div", { class: "lead" }, el("h1", {}, `Sealed notes: ${told.called}`));
const leafHead = () => el("header", { class: "leaf-head" }, el("h2", {}, "Sealed note"), el("p", {}, "Yours alone. Locked in your browser before it is stored."));
const leafFoot = () => el("footer", { class: "leaf-foot" }, el("b", {}, "Who could ever read it: "),
  "you. After your recorded death or incapacity, two custodians you named, together, on the log. Not the owner, not the desk, not the maker of this program.");
const at = (told, note, version) => ({ practice: told.practice, author: told.author, record: told.record, note, version });

async function opened(told, author) {
  const where = { practice: told.practice, author: told.author, record: told.record };
  const desk = { told, author, fresh: null, key: told.note_key ? await openKey(author, unhex(told.note_key), where) : null };
  if (!desk.key) {
    const { key, wrapped } = await newKey(author, where);
    Object.assign(desk, { key, fresh: hex(wrapped) });
  }
  const list = told.notes.filter((one) => !one.draft).map((one) => entry(desk, one));
  const writing = told.may_write ? await writer(desk) : null;
  show(head(told), el("div", { class: "leaf leaf-sealed" }, leafHead(), el("div", { class: "stack-l" }, writing, list.length ? el("section", { class: "stack" }, ...list) : null), leafFoot()),
    el("p", { class: "small quiet mt4" }, "After 15 quiet minutes this page locks itself and keeps your draft, sealed."));
}

/** A note of the list: its text comes only when asked for, and each time is an event in the log. */
function entry(desk, one) {
  const made = el("div", { class: "entry" }, el("h3", {}, day(one.at)));
  const read = async () => {
    const text = await textOf(desk, one.id, FINAL);
    const shelf = el("div", { class: "mt4" });
    const handing = async () => shelf.replaceChildren(hand(desk, one, text, shelf));
    made.replaceChildren(el("h3", {}, day(one.at)), el("p", { class: "text" }, text), el("p", { class: "row" }, button("Hand this text to the record", handing)), shelf);
  };
  if (one.handed) made.append(el("p", { class: "small quiet" }, "Its text was handed to the record."));
  made.append(el("p", {}, button("Read it", read)));
  return made;
}

async function textOf({ told, author, key }, note, version) {
  const { sealed } = await call("note", { note });
  return open(author.open.verify, key, unhex(sealed), at(told, note, version));
}

function hand(desk, one, text, shelf) {
  const typed = el("textarea", { class: "writing" });
  typed.value = text;
  const send = async () => {
    await call("hand", { note: one.id, text: typed.value });
    shelf.replaceChildren(el("p", {}, el("b", {}, "It stands in the record now, "), "as a progress note signed by you. The sealed note itself is unchanged."));
  };
  return el("div", { class: "note stack" },
    el("p", {}, el("b", {}, "This takes the text below out of the seal. "), "The care team will read it in the record; others may get it when the law or the client allows; it cannot be taken back. ",
      "You may cut it down first. It becomes a progress note: what stands in the record is no psychotherapy note any more (45 CFR 164.501)."),
    field("The text as the record will have it", "", typed),
    el("p", { class: "row" }, button("Sign it into the record", send, true), button("Keep it sealed", async () => shelf.replaceChildren())));
}

async function writer(desk) {
  const { told } = desk;
  const kept = told.notes.find((one) => one.draft);
  const draft = { id: kept?.id ?? crypto.randomUUID(), version: kept?.version ?? FINAL, saved: "" };
  const typed = el("textarea", { class: "writing", autocomplete: "off" });
  if (kept) typed.value = draft.saved = kept.version > FINAL ? await textOf(desk, kept.id, kept.version) : "";
  const keeping = keeper(desk, draft, typed);
  const finish = async () => {
    await keeping.rest();
    await post(desk, crypto.randomUUID(), FINAL, typed.value);
    keeping.end();
    const fresh = await call("record");
    await opened(fresh, desk.author);
    say("The note is sealed and kept.");
  };
  return el("section", { class: "stack" }, field("Write a sealed note", "For your own use. It is locked here before it is stored.", typed), el("p", {}, button("Seal this note", finish, true)));
}

/** Seal here, then send. */
async function post(desk, note, version, text) {
  const sealed = hex(await seal(desk.author, desk.key, text, at(desk.told, note, version)));
  await call("keep", { note, version, sealed, note_key: desk.fresh });
  desk.fresh = null;
}

/** Keep what is being written as sealed drafts, one after the other; after 15 quiet minutes lock the page. */
function keeper(desk, draft, typed) {
  let pause, quiet, running = Promise.resolve();
  const save = () => (running = running.then(keep));
  async function keep() {
    const text = typed.value;
    if (text === draft.saved) return;
    try {
      await post(desk, draft.id, draft.version + 1, text);
      Object.assign(draft, { version: draft.version + 1, saved: text });
      say(`Draft sealed and kept, ${day(Date.now())}.`);
    } catch (fault) {
      document.getElementById("fault")?.remove();
      typed.closest("section").append(faultOf(fault));
    }
  }
  const lock = async () => (await save(), location.reload());
  const later = () => (clearTimeout(quiet), (quiet = setTimeout(lock, QUIET)));
  const hidden = () => document.hidden && save();
  typed.addEventListener("input", () => (clearTimeout(pause), (pause = setTimeout(save, PAUSE))));
  for (const kind of ["input", "pointerdown", "keydown"]) document.addEventListener(kind, later);
  document.addEventListener("visibilitychange", hidden);
  later();
  const rest = () => (clearTimeout(pause), running);
  const end = () => (clearTimeout(quiet), clearTimeout(pause), document.removeEventListener("visibilitychange", hidden));
  return { rest, end };
}
