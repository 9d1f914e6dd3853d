// A button with data-inserts puts its text where the cursor stands: in the field that had it last, else in data-into.
let last = null;

document.addEventListener("focusin", (event) => {
  if (event.target instanceof HTMLTextAreaElement) last = event.target;
});

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element && event.target.closest("[data-inserts]");
  if (!button) return;
  const field = last ?? document.getElementById(button.dataset.into);
  field.setRangeText(button.dataset.inserts, field.selectionStart, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
