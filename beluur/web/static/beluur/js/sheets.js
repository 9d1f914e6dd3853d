// Dialogs, menus and messages: opened by data-opens, closed by data-close, a click beside them or Escape.
function onClick(event) {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest("[data-opens]");
  const sheet = opener && document.getElementById(opener.dataset.opens);
  if (sheet instanceof HTMLDialogElement && !sheet.open) sheet.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target.closest("[data-close]")) event.target.closest("[data-message]")?.remove();
  if (event.target instanceof HTMLDialogElement) closeWhenOutside(event.target, event);
  closeMenus(event.target);
}

function closeWhenOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  // a keyboard "click" has no place of its own
  if (!inside && event.detail > 0) dialog.close();
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("click", onClick);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("beluur:countdown-end", (event) => {
  // the mail has left: what undid it is gone, the message stays
  const form = event.target.closest("[data-message] form");
  if (form) form.hidden = true;
});
