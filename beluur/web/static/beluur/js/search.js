// Search from anywhere: Enter opens what was found first, i opens what is chosen as an incoming call.
const box = () => document.getElementById("search");

function firstHit(field) {
  const list = document.querySelector("#search-results [data-query]");
  // an answer to fewer letters than there are now is no answer
  return list?.dataset.query === field.value.trim() ? list.querySelector("[data-open]") : null;
}

function ring(hit) {
  const form = hit && document.getElementById(hit.dataset.incoming);
  form?.requestSubmit();
  return Boolean(form);
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = box();
  let done = false;
  if (event.target === field && event.key === "Enter") {
    const hit = firstHit(field);
    if (event.shiftKey) done = ring(hit);
    else if (hit) done = Boolean((hit.click(), true));
  } else if (event.key === "i" && event.target instanceof Element && event.target.matches("[data-incoming]")) {
    done = ring(event.target);
  } else if (event.key === "Escape" && event.target instanceof Element && event.target.closest("#search-results")) {
    field.focus();
    done = true;
  }
  if (!done) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function close(event) {
  const results = document.getElementById("search-results");
  if (results && event.target instanceof Element && !event.target.closest(".search")) results.replaceChildren();
}

document.addEventListener("keydown", onKey, true);
document.addEventListener("click", close);
