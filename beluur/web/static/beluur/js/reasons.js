// The reasons: Alt and a key takes what Beluur offers beside the note, also while one types; the grid finds a reason by a few letters.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function offered(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return null;
  const key = event.code.startsWith("Digit") ? event.code.slice(5) : event.key;
  return document.querySelector(`#call-heard [data-alt="${CSS.escape(key)}"]`);
}

document.addEventListener("keydown", (event) => {
  const button = document.querySelector("dialog[open]") ? null : offered(event);
  if (!button) return;
  event.preventDefault();
  // one goes on from the new line to say, not from the note
  document.activeElement?.blur();
  button.click();
});

class Grid {
  constructor(field) {
    this.field = field;
    this.list = document.getElementById(field.dataset.finds);
    this.dialog = field.closest("dialog");
    field.addEventListener("input", () => this.narrow());
    field.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.reset());
  }

  get buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  narrow() {
    const words = fold(this.field.value).split(/\s+/).filter(Boolean);
    for (const button of this.buttons) {
      const text = fold(button.textContent);
      button.hidden = words.length ? !words.every((word) => text.includes(word)) : "rest" in button.dataset;
    }
    this.dialog.querySelector("[data-none]").hidden = this.buttons.some((button) => !button.hidden);
  }

  key(event) {
    if (event.key === "Escape") this.reset();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const key = !this.field.value && this.buttons.find((button) => button.dataset.pick && button.dataset.pick === event.key);
    const first = event.key === "Enter" && this.field.value && this.buttons.find((button) => !button.hidden);
    if (event.key === "Enter" || key) event.preventDefault();
    const button = key || first;
    if (button) button.click();
  }

  reset() {
    this.field.value = "";
    this.narrow();
  }
}

for (const field of document.querySelectorAll("[data-finds]")) new Grid(field);
