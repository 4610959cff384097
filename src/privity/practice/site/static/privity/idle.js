// A minute before an idle session ends the page says so; any key or tap keeps the session. Without this file it just ends: drafts are
// kept on the server. INVARIANT: asking how long is left keeps nobody signed in; only a person's key or tap does.

const place = document.querySelector("[data-idle]");
const words = document.getElementById("quiet-words");
const WARN = 60;
let ends = 0; // by this page's own clock, in milliseconds
let timer = null;

if (place && words) {
  look();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
}

async function look() {
  clearTimeout(timer);
  const left = await ask(place.dataset.left);
  if (left === null) return leave();
  count(left);
}

function count(left) {
  ends = performance.now() + left * 1000;
  if (left > WARN) {
    place.replaceChildren();
    timer = setTimeout(look, (left - WARN) * 1000);
    return;
  }
  place.replaceChildren(words.content.cloneNode(true));
  for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, stay, { once: true });
  document.dispatchEvent(new CustomEvent("privity:leaving")); // whoever holds a draft saves it now
  tick();
}

function tick() {
  const left = Math.round((ends - performance.now()) / 1000);
  if (left <= 0) return look();
  const seconds = place.querySelector("[data-seconds]");
  if (seconds) seconds.textContent = String(left);
  timer = setTimeout(tick, 1000);
}

async function stay() {
  for (const act of ["keydown", "pointerdown"]) document.removeEventListener(act, stay);
  clearTimeout(timer);
  const token = document.querySelector("[data-sign-out] [name=csrfmiddlewaretoken]").value;
  const left = await ask(place.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } });
  if (left === null) return leave();
  count(left);
}

// Nobody is signed in any more: what stands on the page goes, and the way in leads back here.
function leave() {
  document.dispatchEvent(new CustomEvent("privity:leaving"));
  document.getElementById("main")?.replaceChildren();
  location.replace(location.pathname);
}

// Null when the session is over; where nobody answers, the page counts on by itself.
async function ask(where, how = {}) {
  try {
    const answer = await fetch(where, { credentials: "same-origin", redirect: "manual", ...how });
    return answer.ok ? (await answer.json()).left : answer.type === "opaqueredirect" ? null : remaining();
  } catch {
    return remaining();
  }
}

const remaining = () => Math.max(ends ? (ends - performance.now()) / 1000 : WARN * 2, ends && performance.now() > ends ? 30 : 1);
