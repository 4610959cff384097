// The desk works without this file. It saves a page load after each tap, and gives the print button its work.
document.documentElement.classList.add("js");

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A form with data-swap="ID" is sent in the background, and only the element with that id is replaced.
for (const form of document.querySelectorAll("form[data-swap]")) {
  form.addEventListener("submit", (event) => swap(event, form));
}

let waiting = null;

async function swap(event, form) {
  const tapped = event.submitter;
  if (!tapped) return;
  event.preventDefault();
  const part = document.getElementById(form.dataset.swap);
  // A second tap may come before the first is answered: each stays in the form, and only the last answer is shown.
  part.append(Object.assign(document.createElement("input"), { type: "hidden", name: tapped.name, value: tapped.value }));
  for (const other of tapped.closest("fieldset")?.querySelectorAll("[aria-pressed]") ?? []) other.setAttribute("aria-pressed", String(other === tapped));
  waiting?.abort();
  const mine = (waiting = new AbortController());
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action.split("#")[0], { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", redirect: "error", signal: mine.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.swap);
    if (!fresh) throw new Error("no such part");
    if (mine.signal.aborted) return;
    part.replaceWith(fresh);
    form.removeAttribute("aria-busy");
    focusNext(form, tapped);
  } catch {
    if (!mine.signal.aborted) form.submit();
  }
}

// The next open question gets the focus, so that one hand and the Enter key are enough.
function focusNext(form, tapped) {
  const next = form.querySelector("#next");
  const again = form.querySelector(`button[name="${CSS.escape(tapped.name)}"][value="${CSS.escape(tapped.value)}"]`);
  const target = (next && (next.matches("button") ? next : next.querySelector("button"))) || again || form.querySelector("button");
  target?.focus({ preventScroll: false });
}
