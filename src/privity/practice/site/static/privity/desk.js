// The desk works without this file. With it a reply needs no page load, the browser's Back goes one reply back, and a lost
// connection loses nothing. INVARIANT: pages are kept in this page's memory alone; the history holds a counter and no word.
document.documentElement.classList.add("js");

const kept = new Map(); // counter -> the part as it stood
let at = 0;
let waiting = null;
let before = null; // the part as it stood before the replies that are under way

history.replaceState({ at }, "");
ready(document);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// Paper cannot be unfolded: what is folded is printed open, and folded again.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) folded.open = folded.dataset.folded = true;
});
window.addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("details[data-folded]")) folded.open = false;
});

// A form with data-swap="ID" is sent in the background, and only the element with that id is replaced.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-swap]") || !event.submitter) return;
  event.preventDefault();
  reply(form, event.submitter);
});

window.addEventListener("popstate", (event) => {
  const wanted = event.state?.at;
  if (wanted === undefined || wanted === at) return;
  waiting?.abort();
  const part = document.getElementById(kept.get(wanted)?.id);
  if (!part) return location.assign(location.pathname); // kept by a page that is gone: begin anew
  kept.set(at, before ?? part);
  before = null;
  at = wanted;
  show(part, kept.get(wanted));
  document.getElementById("no-answer")?.setAttribute("hidden", "");
});

// A link within the page makes an entry of its own in the history: it belongs to the page as it stands.
window.addEventListener("hashchange", () => history.state ?? history.replaceState({ at }, ""));

function ready(root) {
  for (const button of root.querySelectorAll("[data-print]")) button.hidden = false;
}

async function reply(form, tapped) {
  const part = document.getElementById(form.dataset.swap);
  before ??= part.cloneNode(true);
  if (tapped.name && !tapped.hasAttribute("data-again")) {
    // A second tap may come before the first is answered: each stays in the form, and only the last answer is shown. Of two ways
    // to leave a question the last one counts.
    if (part.id === "main") form.querySelectorAll("[data-tapped]").forEach((one) => one.remove());
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: tapped.name, value: tapped.value });
    said.dataset.tapped = tapped.name;
    (form.contains(part) ? part : form).append(said);
  }
  for (const other of tapped.closest("fieldset")?.querySelectorAll("[aria-pressed]") ?? []) other.setAttribute("aria-pressed", String(other === tapped));
  waiting?.abort();
  const mine = (waiting = new AbortController());
  form.setAttribute("aria-busy", "true");
  const where = (tapped.hasAttribute("formaction") ? tapped.formAction : form.getAttribute("action")).split("#")[0];
  try {
    const answer = await fetch(where, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", signal: mine.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine.signal.aborted) return;
    if (answer.redirected) return location.assign(answer.url);
    const fresh = page.getElementById(form.dataset.swap);
    if (!fresh || answer.status >= 500) throw new Error(String(answer.status));
    document.title = page.title;
    kept.set(at, before);
    before = null;
    history.pushState({ at: ++at }, "");
    form.removeAttribute("aria-busy");
    document.getElementById("no-answer")?.setAttribute("hidden", "");
    show(part, fresh);
    if (form.isConnected) focusNext(form, tapped);
  } catch {
    if (mine.signal.aborted) return;
    form.removeAttribute("aria-busy");
    stay(form, where);
  }
}

function show(part, fresh) {
  part.replaceWith(fresh);
  ready(fresh);
  if (fresh.id !== "main") return;
  window.scrollTo(0, 0);
  fresh.focus({ preventScroll: true });
}

// Nobody answered: the page stays as it is, with every reply in it, and says so.
function stay(form, where) {
  const note = document.getElementById("no-answer");
  const again = note.querySelector("[data-again]");
  again.setAttribute("formaction", where);
  note.hidden = false;
  again.focus();
}

// The next open question gets the focus, so that one hand and the Enter key are enough.
function focusNext(form, tapped) {
  const next = form.querySelector("#next");
  const same = form.querySelector(`button[name="${CSS.escape(tapped.name)}"][value="${CSS.escape(tapped.value)}"]`);
  const target = (next && (next.matches("button") ? next : next.querySelector("button"))) || same || form.querySelector("#taps button");
  target?.focus({ preventScroll: false });
}
