// Making one's keys, with two ways in before anything else; later, one more way in, or one taken back.

import { authorFrom, newSecret } from "../author.js";
import { own } from "../own.js";
import { hex } from "../primitives.js";
import { enough } from "../unlock.js";
import { MAIN, call } from "./relay.js";
import { button, day, el, run, say, show } from "./view.js";
import { makers, panel, toHex, whereOf } from "./ways.js";

const WORD = { passkey: "Passkey", code: "Recovery code on paper" };

run(start);

async function start() {
  const told = await call("mine");
  if (told.public) return ways(told);
  own(localStorage).requireNone(whereOf(told));
  return first(told, newSecret(), [], []);
}

/** Two ways in at least; only then is anything sent. */
async function first(told, secret, wraps, kinds) {
  const author = await authorFrom(secret);
  const made = async (kind, wrapped) => first(told, secret, [...wraps, wrapped], [...kinds, kind]);
  const keep = async () => {
    await call("begin", { agree: hex(author.open.agree), verify: hex(author.open.verify), ways: toHex(wraps) });
    own(localStorage).keep(author, whereOf(told));
    secret.fill(0);
    await start();
    say("Your keys are made. You can write sealed notes now.");
  };
  show(
    el("div", { class: "lead" }, el("h1", {}, "Make your keys, with two ways in"),
      el("p", {}, "If one is lost, the other opens. If both are lost, nobody can open your sealed notes, and neither can we.")),
    el("div", { class: "sheet stack" },
      el("h2", {}, `Ways in so far: ${kinds.length} of 2`),
      kinds.length ? el("ul", {}, ...kinds.map((kind) => el("li", {}, WORD[kind]))) : el("p", {}, "Best: one passkey and one recovery code on paper."),
      makers(secret, told, made),
      enough(wraps, author.fingerprint) ? el("p", { class: "mt5" }, button("Keep these ways in", keep, true)) : null));
}

async function ways(told) {
  const drop = (way) => async () => (await call("drop", { way: way.id }), await start(), say("That way in is gone."));
  const rows = told.ways.map((way) => el("li", { class: "choice row apart" }, el("span", {}, `${WORD[way.kind]}, made ${day(way.made)}`), button("Take it back", drop(way))));
  const shelf = el("div", { class: "mt4" });
  const add = async (author, secret) => {
    const held = secret.slice(); // the panel overwrites its own when this returns; this one goes when the way in is made
    const made = async (kind, wrapped) => (await call("add", { way: hex(wrapped) }), held.fill(0), await start(), say("There is one more way in."));
    shelf.replaceChildren(makers(held, told, made));
  };
  shelf.append(el("p", {}, "To add one, open your keys with one you have."), panel(told, add));
  show(
    el("div", { class: "lead" }, el("h1", {}, "Your ways in"), el("p", {}, "Two must stay. Add the new one before you take the old one back.")),
    el("div", { class: "sheet stack" }, el("ul", { class: "plain choices" }, ...rows), el("section", {}, el("h2", {}, "Add another"), shelf)),
    el("p", { class: "mt5" }, el("a", { href: `${MAIN}/sealed-setup` }, "Back: what is lost with what")));
}
