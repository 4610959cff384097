// Shows the grade of a paper while it is written. The page works without this file: then "Look again" does it.
// The counting is the server's, so there is one counter and not two that may differ. Nothing is kept by it.
const PAUSE = 500; // after the last key

const form = document.querySelector("form[data-reading]");
const missing = form.querySelector("[data-missing]");
let timer = 0;
let waiting = null;

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});

async function look() {
  waiting?.abort();
  const mine = (waiting = new AbortController());
  try {
    const answer = await fetch(form.dataset.reading, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "error", signal: mine.signal });
    if (!answer.ok) return;
    show(await answer.json());
  } catch {
    // no answer: "Look again" still works, and says what is wrong
  }
}

function show(told) {
  for (const one of told.grades) {
    const line = form.querySelector(`[data-grade="${one.language}"]`);
    line.textContent = one.said;
    for (const old of line.parentElement.querySelectorAll(".no")) old.remove();
    for (const over of one.over) line.parentElement.append(" ", text("span", over, "no"));
  }
  missing.replaceChildren();
  if (!told.missing.length) return;
  const list = document.createElement("ul");
  list.append(...told.missing.map((one) => text("li", one)));
  missing.append(text("p", "Missing now:", "stop"), list);
}

function text(kind, words, name = "") {
  const made = document.createElement(kind);
  made.textContent = words;
  if (name) made.className = name;
  return made;
}
