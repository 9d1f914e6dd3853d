// Copy buttons, where the browser can copy; and a form that is sent once, however often one taps.
const copies = navigator.clipboard ? document.querySelectorAll("[data-copy]") : [];

for (const button of copies) {
  button.hidden = false;
  const word = button.querySelector("[data-copy-word]");
  const before = word.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    word.textContent = button.dataset.copied;
    setTimeout(() => (word.textContent = before), 4000);
  });
}

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

// The page as it was left may be old: a tab that comes back asks anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
