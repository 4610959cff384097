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

async function swap(event, form) {
  const tapped = event.submitter;
  if (!tapped) return;
  event.preventDefault();
  const said = new FormData(form, tapped);
  try {
    const answer = await fetch(form.action.split("#")[0], { method: "POST", body: new URLSearchParams(said), credentials: "same-origin", redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.dataset.swap);
    if (!fresh) throw new Error("no such part");
    document.getElementById(form.dataset.swap).replaceWith(fresh);
    focusNext(form, tapped);
  } catch {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: tapped.name, value: tapped.value }));
    form.submit();
  }
}

// The next open question gets the focus, so that one hand and the Enter key are enough.
function focusNext(form, tapped) {
  const next = form.querySelector("#next");
  const again = form.querySelector(`button[name="${CSS.escape(tapped.name)}"][value="${CSS.escape(tapped.value)}"]`);
  const target = (next && (next.matches("button") ? next : next.querySelector("button"))) || again || form.querySelector("button");
  target?.focus({ preventScroll: false });
}
