// Nothing is recorded twice, and nothing that was not meant: the same form from the same page in the history has the same key.
const HASH = 0x01000193;

// Of what is in a form: enough to see that it is the same, and nothing to read back.
function printOf(form, submitter) {
  const said = [...new FormData(form, submitter)].filter(([name]) => name !== "key" && name !== "csrfmiddlewaretoken");
  const plain = said.map(([name, value]) => `${name}=${value instanceof File ? `${value.name}:${value.size}` : value}`).join("&");
  const text = `${submitter?.formAction || form.action}?${plain}`;
  let one = 0x811c9dc5;
  let other = text.length;
  for (let n = 0; n < text.length; n++) {
    one = Math.imul(one ^ text.charCodeAt(n), HASH);
    other = Math.imul(other + text.charCodeAt(n), HASH) ^ (one >>> 7);
  }
  return `${one >>> 0}-${other >>> 0}`;
}

// The button back brings a page with new keys. Who sends the same once more from there has sent it; who changes something has not.
function keepKey(event) {
  const form = event.target;
  const key = form.querySelector?.('input[type="hidden"][name="key"]');
  if (!key || form.matches("[hx-post]") || form.querySelector("[type=password]")) return;
  const print = printOf(form, event.submitter);
  const sent = history.state?.sent ?? {};
  if (sent[print]) key.value = sent[print];
  else history.replaceState({ ...history.state, sent: { ...sent, [print]: key.value } }, "");
}

const buttonAt = (event) => (event.target instanceof Element ? event.target.closest("button, input[type=submit]") : null);
const whatIs = (button) => [button.form?.action, button.getAttribute("formaction"), button.name, button.value].join(" ");

// The second click of a double click is for what got the first: what took its place meanwhile was not meant.
let first = null;

function onClick(event) {
  const button = buttonAt(event);
  if (event.detail < 2) first = button ? whatIs(button) : null;
  else if (button && whatIs(button) !== first) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

// A key that is held down does once what it does; in a text it still repeats.
function onKey(event) {
  const node = event.target instanceof Element ? event.target : null;
  if (!event.repeat || node?.matches("textarea")) return;
  const presses = event.key === "Enter" || (event.key === " " && node?.closest("button, summary"));
  if (!presses) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener("submit", keepKey, true);
document.addEventListener("click", onClick, true);
document.addEventListener("keydown", onKey, true);
