// Niet toegewezen: a row that gets the focus shows its payment; a tick fills in what is left; what was dealt with goes, the next stands.
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const lang = document.documentElement.lang || "nl";
const comma = (cents) => (Math.abs(cents) / 100).toLocaleString(lang, { minimumFractionDigits: 2 });
const euros = new Intl.NumberFormat(lang, { style: "currency", currency: "EUR" });
const written = (cents) => (cents < 0 ? "-" : "") + comma(cents);

function choose(id) {
  const chosen = document.querySelector(`[data-paid="${id}"]`);
  if (!chosen?.hidden) return;
  for (const paid of document.querySelectorAll("[data-paid]")) paid.hidden = paid !== chosen;
  for (const row of document.querySelectorAll(".queue [data-panel]")) {
    if (row.dataset.panel === id) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  history.replaceState(history.state, "", chosen.dataset.url);
}

document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.(".queue [data-panel]");
  if (row) choose(row.dataset.panel);
});
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-panel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  choose(link.dataset.panel);
  // Enter on a row, which its focus has chosen already, opens it whole
  if (!event.detail && link.matches(".queue *")) document.querySelector(`[data-paid="${link.dataset.panel}"] [data-whole]`)?.click();
});

// -- dividing ---------------------------------------------------------------------------------------------------------

// As the server reads it: 1.234,50 and 1 234,50, 1234.50 and 1,234.50; anything else waits for the server to say what is wrong.
function cents(text) {
  const plain = text.replace(/[€\s]/g, "");
  const found = /^(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(plain) ?? /^(-?)(\d+|\d{1,3}(?:,\d{3})+)\.(\d{1,2})$/.exec(plain);
  if (!found) return null;
  const n = Number(found[2].replace(/[.,]/g, "")) * 100 + Number((found[3] ?? "").padEnd(2, "0"));
  return found[1] ? -n : n;
}

const lineOf = (node) => node.closest(".split__line");
const amountOf = (line) => line.querySelector("[data-split-amount]");
const tickOf = (line) => line.querySelector("[data-split-tick]");

function leftOf(form) {
  let left = Number(form.dataset.split);
  for (const line of form.querySelectorAll(".split__line")) {
    const field = amountOf(line);
    if (!tickOf(line).checked) continue;
    const n = cents(field.value) ?? 0;
    left -= Number(field.dataset.room) < 0 ? -Math.abs(n) : n;
  }
  return left;
}

function onTick(box) {
  const field = amountOf(lineOf(box));
  const room = Number(field.dataset.room);
  if (!box.checked) field.value = "";
  else if (!field.value) {
    const n = room < 0 ? room : Math.max(0, Math.min(room, leftOf(box.form)));
    field.value = n ? written(n) : "";
  }
}

function tell(form) {
  const place = form.querySelector("[data-split-left]");
  const said = place.firstElementChild;
  const left = leftOf(form);
  place.hidden = !form.querySelector("[data-split-tick]:checked");
  const { textLeft, textEven, textOver } = said.dataset;
  said.textContent = left ? `${euros.format(Math.abs(left) / 100)} ${left > 0 ? textLeft : textOver}` : textEven;
}

// An answer to fewer letters than there are now is no answer: Enter waits for the right one.
let goesOn = null;
const isAnswered = (find) => find.form.querySelector("[data-query]").dataset.query === find.value.trim();

function onFound(find) {
  goesOn = isAnswered(find) ? null : find;
  if (!goesOn) moveTick(find, 1);
}

function moveTick(from, step) {
  const ticks = [...from.form.querySelectorAll("[data-split-tick]")];
  const next = ticks[ticks.indexOf(from) + step];
  (next ?? (step < 0 ? from.form.querySelector("[data-split-find]") : null))?.focus();
}

function onKey(event) {
  const node = event.target;
  if (!(node instanceof Element) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (node.matches("[data-split-find]") && (step > 0 || event.key === "Enter")) onFound(node);
  else if (node.matches("[data-split-tick]") && step) moveTick(node, step);
  else if (node.matches("[data-split-amount], [data-split-tick]") && event.key === "Enter") node.form.querySelector("[data-split-do]").click();
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener("keydown", onKey, true);
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("[data-split]");
  if (event.target.matches?.("[data-split-find]")) goesOn = null;
  if (!form || event.target.matches("[data-split-find]")) return;
  if (event.target.matches("[data-split-tick]")) onTick(event.target);
  if (event.target.matches("[data-split-amount]")) tickOf(lineOf(event.target)).checked = event.target.value.trim() !== "";
  tell(form);
});

// -- after a choice ---------------------------------------------------------------------------------------------------

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  // who ticks or types among the invoices keeps them, whatever is still found
  if (target.matches("[data-query]") && target.contains(document.activeElement)) event.detail.shouldSwap = false;
  if (still.matches && target.id === "waiting") event.detail.swapOverride = "outerHTML settle:0ms";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const form = event.target.closest?.("[data-split]") ?? event.target.querySelector?.("[data-split]");
  if (form) tell(form);
  const find = form?.querySelector("[data-split-find]");
  if (find && find === goesOn && isAnswered(find)) moveTick(find, 1);
  if (event.target.id === "waiting") document.querySelector(".queue [aria-current]")?.focus({ preventScroll: true });
});
