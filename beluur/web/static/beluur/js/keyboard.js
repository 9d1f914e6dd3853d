// One registry of keys: what stands in data-key is what the key does ("x 0": either). A key works when no text field has the focus.
const TEXT = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file]), textarea, select";

const scope = () => document.querySelector("dialog[open]") ?? document;
const isTyping = (node) => node instanceof Element && (node.matches(TEXT) || node.isContentEditable);
const isUsable = (node) => !node.disabled && node.getAttribute("aria-disabled") !== "true" && isThere(node);
const isThere = (node) => node.checkVisibility?.() ?? node.offsetParent !== null;

const keysOf = (node) => node.dataset.key.split(" ");
// the keys of a row are those of the row in which one stands
const isAtHand = (node) => !node.closest("[data-row]") || node.closest("[data-row]").contains(document.activeElement);
const keyed = () => [...scope().querySelectorAll("[data-key]")].filter((node) => isUsable(node) && isAtHand(node));

function activate(node) {
  if (node.matches(TEXT)) {
    node.focus();
    // in notes one goes on where one was; a search starts anew
    if (node.matches("textarea")) node.setSelectionRange(node.value.length, node.value.length);
    else node.select?.();
    return;
  }
  node.focus({ preventScroll: true });
  node.click();
  // what was ticked is seen to be ticked
  if (node.matches("input")) node.scrollIntoView({ block: "nearest" });
}

function moveInList(step) {
  const stops = [...scope().querySelectorAll("[data-list] [data-open]")].filter(isThere);
  if (!stops.length) return;
  const focused = stops.indexOf(document.activeElement);
  const here = focused < 0 ? stops.findIndex((stop) => stop.ariaCurrent === "true") : focused;
  const next = here < 0 ? (step > 0 ? 0 : stops.length - 1) : Math.min(Math.max(here + step, 0), stops.length - 1);
  stops[next].focus();
  stops[next].scrollIntoView({ block: "nearest" });
}

function nameOf(node) {
  if (node.dataset.keyName) return node.dataset.keyName;
  if (node.labels?.length) return plain(node.labels[0]);
  return node.getAttribute("aria-label") ?? plain(node);
}

function plain(node) {
  const copy = node.cloneNode(true);
  copy.querySelectorAll("kbd, svg").forEach((part) => part.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function openHelp() {
  const sheet = document.getElementById("help-sheet");
  if (!sheet || sheet.open) return;
  const list = sheet.querySelector("#help-keys");
  list.querySelectorAll("[data-of-page]").forEach((item) => item.remove());
  for (const node of keyed()) {
    const item = document.createElement("li");
    item.dataset.ofPage = "";
    const cap = document.createElement("kbd");
    cap.className = "key";
    const [key] = keysOf(node);
    cap.textContent = key === "Enter" ? "↵" : key;
    item.append(document.createTextNode(nameOf(node)), cap);
    list.append(item);
  }
  sheet.showModal();
}

function moveByArrow(event) {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const node = event.target;
  if (!step || !node.matches(".search__input, [data-list] [data-open]")) return false;
  moveInList(step);
  event.preventDefault();
  return true;
}

function leaveField(event) {
  // a search field would empty itself on Escape
  event.preventDefault();
  event.target.blur();
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && moveByArrow(event)) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) leaveField(event);
    return;
  }
  if (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary, label")) return;
  const node = keyed().find((candidate) => keysOf(candidate).includes(event.key));
  if (node && event.repeat && !node.matches(TEXT)) event.preventDefault();
  else if (node) activate(node);
  else if (event.key === "?") openHelp();
  else if (event.key === "j" || event.key === "k") moveInList(event.key === "j" ? 1 : -1);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest('[data-opens="help-sheet"]')) openHelp();
});
