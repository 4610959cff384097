// Keeps a draft while somebody writes. The page works without this file: then "Keep draft" does it.
// INVARIANT: what was typed never leaves the page unless Privity said it has it, and is kept in no storage of the browser.
const PAUSE = 1500; // after the last key
const AGAIN = 5000; // after no answer

const form = document.querySelector("form[data-draft]");
const state = document.getElementById("state");
const longest = Number(form.dataset.longest);
let timer = 0;
let typed = 0; // counts changes
let kept = 0; // the change Privity has
let sending = null;
let sure = false;

form.addEventListener("input", () => {
  typed += 1;
  wait(PAUSE);
});
form.addEventListener("change", () => wait(PAUSE));
form.addEventListener("beforeinput", tooMuch);
form.addEventListener("submit", submit);
window.addEventListener("beforeunload", (event) => {
  if (typed !== kept && !sure) event.preventDefault();
});

for (const button of form.querySelectorAll("[data-wrap]")) {
  button.hidden = false;
  button.addEventListener("click", () => mark(document.getElementById(button.dataset.wrap)));
}

function wait(time) {
  clearTimeout(timer);
  timer = setTimeout(keep, time);
}

function mark(area) {
  const { selectionStart: from, selectionEnd: to } = area;
  if (from === to) return say("Select the words that are about somebody else, then press again.");
  area.setRangeText(`[[${area.value.slice(from, to)}]]`, from, to, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// A paste of a whole book is stopped before it stands in the page, where it could take the page down with all that was typed.
function tooMuch(event) {
  const length = (event.data ?? event.dataTransfer?.getData("text/plain") ?? "").length;
  if (!event.target.matches("textarea") || length <= longest) return;
  event.preventDefault();
  say(`That is ${said(length)} characters, and a part holds ${said(longest)}: nothing of it was put in. What you typed is as it was. Attach it as a document.`, true);
}

function said(number) {
  return number.toLocaleString("en-US");
}

// Returns whether Privity has all that stands in the page.
async function keep() {
  clearTimeout(timer);
  if (sending) await sending;
  if (typed === kept) return true;
  if (tooLong()) return false;
  sending = send(typed);
  const done = await sending;
  sending = null;
  return done;
}

function tooLong() {
  const area = [...form.querySelectorAll("textarea")].find((one) => one.value.length > longest);
  if (!area) return false;
  const name = form.querySelector(`label[for="${area.id}"]`).textContent;
  say(`${name} has ${said(area.value.length)} characters, and a part holds ${said(longest)}. Undo the paste, cut it, or attach it as a document. Nothing is lost.`, true);
  return true;
}

async function send(change, again = true) {
  let answer;
  try {
    answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual" });
  } catch {
    say("Privity does not answer. What you typed stays in this page, and is kept as soon as it does.", true);
    wait(AGAIN);
    return false;
  }
  if (answer.type === "opaqueredirect") {
    say("You are signed out. What you typed stays in this page: sign in in another tab, then press Keep draft here.", true);
    wait(AGAIN);
    return false;
  }
  if (answer.status === 403 && again && (await newToken())) return send(change, false);
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    say(told.why ?? "The draft could not be kept. What you typed stays in this page; copy it before you leave.", true);
    return false;
  }
  form.elements.after.value = told.version;
  kept = change;
  say(told.said);
  return true;
}

// A new sign-in in another tab makes the page's token stale.
async function newToken() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-draft] [name=csrfmiddlewaretoken]");
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  return Boolean(fresh);
}

// First Privity has the draft, then the page goes: a sign-out or a lost line in between loses nothing.
async function submit(event) {
  if (sure || event.submitter?.value === "drop") {
    sure = true;
    return;
  }
  event.preventDefault();
  if (!(await keep())) return;
  sure = true;
  form.requestSubmit(event.submitter);
}

function say(text, stays = false) {
  state.textContent = text;
  state.classList.toggle("stays", stays);
}
