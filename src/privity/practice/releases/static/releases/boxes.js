// Boxes are drawn over the page's picture, by mouse, finger or keyboard. Without this file words are chosen from the list, or a box is measured.
const form = document.querySelector("form[data-boxes]");
const stage = form?.querySelector("[data-stage]");

if (stage) {
  const [wide, high] = stage.getAttribute("viewBox").split(" ").slice(2).map(Number);
  const hint = form.querySelector("[data-drawing]");
  const inside = (value, most) => Math.min(most, Math.max(0, value));
  let drawing = null;
  hint.hidden = false;

  hint.querySelector("[data-add]").addEventListener("click", () => {
    const rect = fresh();
    shape(rect, wide * 0.35, high * 0.45, wide * 0.3, 18);
    rect.focus();
  });
  for (const rect of stage.querySelectorAll("rect[data-away]")) reachable(rect, "A kept box. Delete ticks it to be taken away.");

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    drawing = { rect: null, from: at(event) };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const [x, y] = at(event);
    const [a, b] = drawing.from;
    if (!drawing.rect && Math.abs(x - a) + Math.abs(y - b) < 4) return;
    drawing.rect ??= fresh();
    shape(drawing.rect, Math.min(a, x), Math.min(b, y), Math.abs(x - a), Math.abs(y - b));
  });
  for (const end of ["pointerup", "pointercancel"])
    stage.addEventListener(end, (event) => {
      if (drawing && !drawing.rect) document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches("rect[tabindex]"))?.focus();
      drawing?.rect?.focus();
      drawing = null;
    });
  stage.addEventListener("keydown", (event) => {
    const rect = event.target;
    const [along, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (event.key === "Delete" || event.key === "Backspace") gone(rect);
    else if ((along || down) && rect.kept) {
      const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => Number(rect.getAttribute(name)));
      const step = event.ctrlKey ? 1 : 6;
      if (event.shiftKey) shape(rect, x, y, w + along * step, h + down * step);
      else shape(rect, Math.min(wide - w, inside(x + along * step, wide)), Math.min(high - h, inside(y + down * step, high)), w, h);
    } else return;
    event.preventDefault();
  });

  function at(event) {
    const box = stage.getBoundingClientRect();
    return [inside(((event.clientX - box.left) / box.width) * wide, wide), inside(((event.clientY - box.top) / box.height) * high, high)];
  }

  function fresh() {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.kept = Object.assign(document.createElement("input"), { type: "hidden", name: "box" });
    reachable(rect, "A new box, not kept yet");
    stage.append(rect);
    form.append(rect.kept);
    return rect;
  }

  function reachable(rect, called) {
    rect.setAttribute("tabindex", "0");
    rect.setAttribute("role", "img");
    rect.setAttribute("aria-label", called);
  }

  function shape(rect, x, y, w, h) {
    const size = [Math.min(Math.max(w, 4), wide - x), Math.min(Math.max(h, 4), high - y)];
    ["x", "y", "width", "height"].forEach((name, number) => rect.setAttribute(name, [x, y, ...size][number].toFixed(1)));
    rect.kept.value = [x / wide, y / high, (x + size[0]) / wide, (y + size[1]) / high].map((one) => inside(one, 1).toFixed(5)).join(",");
  }

  // A new box goes at once; one that is kept is ticked in the list, and goes when the page is kept.
  function gone(rect) {
    if (rect.kept) {
      rect.kept.remove();
      rect.remove();
      hint.querySelector("[data-add]").focus();
      return;
    }
    const tick = form.querySelector(`input[name="away"][value="${rect.dataset.away}"]`);
    if (tick) rect.classList.toggle("going", (tick.checked = !tick.checked));
  }
}
