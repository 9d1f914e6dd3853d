// The call's form goes by htmx. When that fails (no network, signed out), what is typed is kept in this browser and saved later.
const form = () => document.getElementById("call-form");

function keep() {
  form()?.dispatchEvent(new Event("input", { bubbles: true }));
}

// htmx does not see a button that stands outside its form: the path, the thumbs, and what Enter in a field presses.
document.addEventListener("htmx:configRequest", (event) => {
  const button = event.detail.triggeringEvent?.submitter;
  if (event.target === form() && button?.name) event.detail.parameters[button.name] = button.value;
});

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => event.target === form() && keep());
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.target === form() && event.detail.xhr.status === 401) keep();
});

// A new stage is heard from its first line: the focus is there, or in the first field that waits to be filled in. What is
// missing stands below the fold: without the focus, Enter seems to do nothing.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "call-talk") return;
  const wrong = event.target.querySelector('[aria-invalid="true"]');
  if (wrong && !document.activeElement.matches('[aria-invalid="true"]') && !event.target.querySelector("[autofocus]")) {
    wrong.focus();
    return;
  }
  if (event.target.contains(document.activeElement)) return;
  (event.target.querySelector("[autofocus]") ?? event.target.querySelector(".say"))?.focus({ preventScroll: true });
});

// On a phone the path is one line that slides: the stage where one is stands in the middle.
function showStage() {
  const path = document.getElementById("call-path");
  const here = path?.querySelector("[aria-current=step]");
  if (here && path.scrollWidth > path.clientWidth) path.scrollLeft = here.offsetLeft - (path.clientWidth - here.offsetWidth) / 2;
}

showStage();
document.addEventListener("htmx:oobAfterSwap", (event) => event.detail.target?.id === "call-path" && showStage());

// The live answer replaces what stands beside a row; its fields then say the same to who hears them.
document.addEventListener("htmx:oobAfterSwap", () => {
  for (const note of document.querySelectorAll(".instalment__note")) {
    for (const field of note.parentElement.querySelectorAll("input")) {
      if (note.dataset.wrong.includes(field.name[0])) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  }
});
