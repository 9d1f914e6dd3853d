// Moves "now" along the day line; the server has drawn it, so without this script it is only a little late.
const begun = performance.now();
const minutes = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
const clock = (at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;

function move(line) {
  const [start, end] = [minutes(line.dataset.start), minutes(line.dataset.end)];
  const at = minutes(line.dataset.now) + Math.floor((performance.now() - begun) / 60000);
  const place = `${Math.min(100, Math.max(0, (100 * (at - start)) / (end - start)))}%`;
  for (const mark of line.querySelectorAll("[data-now-x]")) {
    for (const name of mark.tagName === "text" ? ["x"] : ["x1", "x2"]) mark.setAttribute(name, place);
  }
  line.querySelector("[data-now-x2]")?.setAttribute("x2", place);
  const text = line.querySelector("[data-now-text]");
  if (text) text.textContent = clock(at % 1440);
}

setInterval(() => document.querySelectorAll("[data-dayline]:not([data-now=''])").forEach(move), 15000);
