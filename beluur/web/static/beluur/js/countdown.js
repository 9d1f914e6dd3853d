// Time that is left until data-countdown (ISO; data-countdown-unit "min" or "s"), and time since data-clock as mm:ss.
// The server's clock counts: data-now on the body is its time when it made the page.
const skew = Date.parse(document.body.dataset.now ?? "") - Date.now() || 0;
const lang = document.documentElement.lang || "nl";
const long = new Intl.NumberFormat(lang, { style: "unit", unit: "minute", unitDisplay: "long" });
const short = new Intl.NumberFormat(lang, { style: "unit", unit: "second", unitDisplay: "narrow" });
const ended = new WeakSet();

function left(node, now) {
  const ms = Math.max(0, Date.parse(node.dataset.countdown) - now);
  node.textContent = node.dataset.countdownUnit === "s" ? short.format(Math.ceil(ms / 1000)) : long.format(Math.ceil(ms / 60000));
  if (ms > 0 || ended.has(node)) return;
  ended.add(node);
  node.dispatchEvent(new CustomEvent("beluur:countdown-end", { bubbles: true }));
}

function since(node, now) {
  const seconds = Math.max(0, Math.floor((now - Date.parse(node.dataset.clock)) / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  node.textContent = `${String(minutes).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
}

function tick() {
  const now = Date.now() + skew;
  document.querySelectorAll("[data-countdown]").forEach((node) => left(node, now));
  document.querySelectorAll("[data-clock]").forEach((node) => since(node, now));
}

tick();
setInterval(tick, 1000);
