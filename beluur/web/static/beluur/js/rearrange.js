// The morning after: what changed in the round since it was last seen here is marked until it is read, and moves once.
const KEY = `beluur-round:${location.pathname}`;
const MOVE_MS = 150;
const LOOK_MS = 350; // the old order stands this long, so that one sees what moves
const CARD_PX = 160; // the large card does not travel over the whole page

const said = document.querySelector("[data-said]");
const round = [...document.querySelectorAll("[data-round]")];
const idOf = (node) => node.dataset.round;
const nameOf = (node) => node.querySelector(".table__row-link")?.textContent.trim() ?? "";

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(before) {
  const order = round.map((node) => [idOf(node), nameOf(node)]);
  sessionStorage.setItem(KEY, JSON.stringify({ order, before: before && { said: said.dataset.said, order: before } }));
}

function mark(node, word) {
  const place = node?.querySelector(".next__name, .call__name");
  if (!place) return;
  const label = document.createElement("span");
  label.className = "mark";
  label.textContent = word;
  place.append(" ", label);
}

// who passed others that were there before and still are
function risen(before) {
  const now = new Set(round.map(idOf));
  const old = before.map(([id]) => id).filter((id) => now.has(id));
  const common = round.map(idOf).filter((id) => old.includes(id));
  return new Set(common.filter((id, place) => old.indexOf(id) > place));
}

function markAll(before) {
  const old = new Set(before.map(([id]) => id));
  const up = risen(before);
  const changed = round.filter((node) => !old.has(idOf(node)) || up.has(idOf(node)));
  for (const node of changed) mark(node, up.has(idOf(node)) ? said.dataset.wordUp : said.dataset.wordNew);
  const now = new Set(round.map(idOf));
  const gone = before.filter(([id]) => !now.has(id));
  for (const [id] of gone) mark(document.querySelector(`[data-out="${CSS.escape(id)}"]`), said.dataset.wordOut);
  const line = said.querySelector("[data-said-gone]");
  if (line && gone.length) {
    line.append(gone.map(([, name]) => name).join(", "));
    line.hidden = false;
  }
  return changed;
}

function move(before, changed) {
  const tops = round.map((node) => node.getBoundingClientRect().top);
  const below = (tops.at(-1) ?? 0) + (round.at(-1)?.offsetHeight ?? 0);
  const timing = { duration: MOVE_MS, delay: LOOK_MS, easing: "ease-out", fill: "backwards" };
  const old = before.map(([id]) => id);
  round.forEach((node, place) => {
    const was = old.indexOf(idOf(node));
    if (was < 0) return node.animate([{ opacity: 0 }, { opacity: 1 }], timing);
    let by = (tops[was] ?? below) - tops[place];
    if (!node.matches("tr")) by = Math.max(-CARD_PX, Math.min(CARD_PX, by));
    if (by) node.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], timing);
  });
  setTimeout(() => changed.forEach((node) => node.classList.add("fresh")), LOOK_MS);
}

// a filtered list says nothing of the order
if (!location.search) {
  const { order, before: earlier } = kept();
  const seen = said && earlier?.said === said.dataset.said;
  const before = said ? (seen ? earlier.order : order) : null;
  keep(before ?? null);
  if (before) {
    const changed = markAll(before);
    if (!seen && !matchMedia("(prefers-reduced-motion: reduce)").matches) move(before, changed);
  }
}
