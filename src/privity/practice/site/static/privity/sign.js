// The page on which somebody signs works without this file. With it a name can be drawn, the text can be read aloud by a voice of
// this very device, and a page nobody touches shuts itself.
const QUIET = 5 * 60 * 1000;

const form = document.querySelector("form[data-sign]");
let timer = 0;

form.addEventListener("submit", () => {
  form.elements.device_time.value = new Date().toISOString();
  globalThis.speechSynthesis?.cancel();
});
window.addEventListener("pagehide", () => globalThis.speechSynthesis?.cancel());

// Nobody is there any more: nothing is signed, and the page ends.
for (const kind of ["pointerdown", "keydown", "scroll"]) window.addEventListener(kind, wait, { passive: true });
wait();

function wait() {
  clearTimeout(timer);
  timer = setTimeout(() => form.requestSubmit(form.querySelector('button[value="no"]')), QUIET);
}

draw(form.querySelector("[data-draw]"));
aloud(form.querySelector("[data-read]"));

function draw(place) {
  if (!place) return;
  place.hidden = false;
  const canvas = place.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const kept = form.elements.drawn;
  let strokes = kept.value ? kept.value.split(";").map((one) => one.split(" ").map((point) => point.split(",").map(Number))) : [];
  let stroke = null;
  pen.lineWidth = 4;
  pen.lineCap = pen.lineJoin = "round";
  pen.strokeStyle = getComputedStyle(canvas).color;
  for (const one of strokes) one.forEach((point, at) => line(one[at - 1] ?? point, point)); // what was drawn before the page asked back

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.strokeStyle = getComputedStyle(canvas).color;
    strokes.push((stroke = []));
    add(event);
  });
  canvas.addEventListener("pointermove", (event) => stroke && add(event));
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (stroke = null));
  place.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    kept.value = "";
    pen.clearRect(0, 0, canvas.width, canvas.height);
  });

  // Points are kept on a ground of 300 by 100.
  function add(event) {
    const box = canvas.getBoundingClientRect();
    const at = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((part) => Math.min(1, Math.max(0, part)));
    const before = stroke.at(-1);
    stroke.push([Math.round(at[0] * 300), Math.round(at[1] * 100)]);
    line(before ?? stroke.at(-1), stroke.at(-1));
    kept.value = strokes.map((one) => one.map((point) => point.join(",")).join(" ")).join(";").slice(0, 39_000);
  }

  function line(from, to) {
    pen.beginPath();
    pen.moveTo(...from.map((part) => part * 2));
    pen.lineTo(...to.map((part) => part * 2));
    pen.stroke();
  }
}

// Only a voice that speaks on this device: what stands here is sent to nobody to be read.
function aloud(button) {
  const speech = globalThis.speechSynthesis;
  if (!button || !speech) return;
  const language = document.documentElement.lang;
  const look = () => {
    const voice = speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));
    if (!voice) return;
    button.hidden = false;
    button.onclick = () => {
      if (speech.speaking) {
        speech.cancel();
        return;
      }
      const said = new SpeechSynthesisUtterance(document.querySelector("[data-say]").innerText);
      said.voice = voice;
      said.lang = voice.lang;
      said.rate = 0.9;
      said.onend = () => (button.textContent = button.dataset.read);
      button.textContent = button.dataset.stop;
      speech.speak(said);
    };
  };
  look();
  speech.addEventListener?.("voiceschanged", look);
}
