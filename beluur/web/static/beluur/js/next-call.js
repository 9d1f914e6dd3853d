// The countdown to the next call, for who starts it: then its page opens, and one dials oneself. Whoever goes to write or stops waits.
const place = document.getElementById("next-over");
const open = () => place?.parentElement.querySelector("form");
const short = new Intl.NumberFormat(document.documentElement.lang || "nl", { style: "unit", unit: "second", unitDisplay: "narrow" });
let timer = 0;

function show(running) {
  place.querySelector("[data-starts]").hidden = running;
  place.querySelector("[data-runs]").hidden = !running;
}

function stop() {
  clearInterval(timer);
  timer = 0;
  show(false);
}

function start() {
  const ends = performance.now() + 1000 * Number(place.dataset.seconds);
  show(true);
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
    place.querySelector("[data-left]").textContent = short.format(left);
    if (left > 0) return;
    stop();
    open()?.requestSubmit();
  };
  tick();
  timer = setInterval(tick, 250);
}

if (place && open()) {
  place.hidden = false;
  place.querySelector("[data-starts]").addEventListener("click", start);
  place.querySelector("[data-stops]").addEventListener("click", stop);
  document.addEventListener("focusin", (event) => timer && event.target.matches("textarea, input") && stop());
  document.addEventListener("keydown", (event) => timer && event.key === "Escape" && stop());
}
