// Tables that sort by a click on the head (within their groups), filter while one types, and count what is ticked.
const collator = new Intl.Collator(document.documentElement.lang || "nl", { numeric: true, sensitivity: "base" });
const order = new WeakMap();

function valueOf(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.value ?? cell?.textContent.trim() ?? "";
}

function sortBy(table, head, direction) {
  const column = head.cellIndex;
  const compare = head.dataset.sort === "number" ? (a, b) => Number(a) - Number(b) : collator.compare;
  for (const body of table.tBodies) {
    const rows = [...body.rows].filter((row) => row.hasAttribute("data-row"));
    rows.forEach((row, place) => order.has(row) || order.set(row, place));
    const sorted = direction
      ? rows.sort((a, b) => direction * compare(valueOf(a, column), valueOf(b, column)))
      : rows.sort((a, b) => order.get(a) - order.get(b));
    body.append(...sorted);
  }
}

function onHead(table, head) {
  const first = head.dataset.sort === "number" ? "descending" : "ascending";
  const second = first === "ascending" ? "descending" : "ascending";
  const now = head.getAttribute("aria-sort");
  const next = !now ? first : now === first ? second : null;
  table.querySelectorAll("th[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  if (next) head.setAttribute("aria-sort", next);
  sortBy(table, head, next === "ascending" ? 1 : next === "descending" ? -1 : 0);
}

function makeSortable(table) {
  for (const head of table.querySelectorAll("thead th[data-sort]")) {
    if (head.querySelector(".table__sort")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "table__sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => onHead(table, head));
    head.append(button);
  }
}

function filter(field) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const body of document.getElementById(field.dataset.filter)?.tBodies ?? []) {
    const rows = [...body.rows].filter((row) => row.hasAttribute("data-row"));
    for (const row of rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    body.hidden = rows.length > 0 && rows.every((row) => row.hidden);
  }
}

function count(form) {
  const n = form.querySelectorAll("tbody input[type=checkbox]:checked").length;
  form.querySelectorAll("[data-checked-count]").forEach((place) => (place.textContent = n));
}

function onChange(event) {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox" || !box.form) return;
  if (box.matches("[data-check-all]")) {
    for (const row of box.closest("table").querySelectorAll("[data-row]:not([hidden])")) {
      const own = row.closest("tbody").hidden ? null : row.querySelector("input[type=checkbox]");
      if (own) own.checked = box.checked;
    }
  }
  count(box.form);
}

const begin = (root) => root.querySelectorAll("table[data-sortable]").forEach(makeSortable);
begin(document);
document.addEventListener("htmx:load", (event) => begin(event.target.parentElement ?? document));
document.addEventListener("input", (event) => event.target.matches?.("[data-filter]") && filter(event.target));
document.addEventListener("change", onChange);
