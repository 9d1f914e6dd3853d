// Several files dropped anywhere on the page land in input[type=file][data-drop]; without this script it is a plain field.
// data-drop="submit" sends the form at once; [data-drop-list] in the form shows the names.
const input = () => document.querySelector("input[type=file][data-drop]");
const hasFiles = (event) => input() && event.dataTransfer?.types.includes("Files");
let depth = 0;

function show(field) {
  const list = field.form?.querySelector("[data-drop-list]");
  if (!list) return;
  list.replaceChildren(
    ...[...field.files].map((file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }),
  );
}

function take(field, files) {
  const all = new DataTransfer();
  for (const file of [...field.files, ...files]) all.items.add(file);
  field.files = all.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function mark(step) {
  depth = Math.max(0, depth + step);
  document.body.classList.toggle("is-dragging", depth > 0);
}

document.addEventListener("dragenter", (event) => hasFiles(event) && mark(1));
document.addEventListener("dragleave", (event) => hasFiles(event) && mark(-1));
document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  mark(-depth);
  take(input(), event.dataTransfer.files);
});
document.addEventListener("change", (event) => {
  if (!event.target.matches?.("input[type=file][data-drop]") || !event.target.files.length) return;
  show(event.target);
  if (event.target.dataset.drop === "submit") event.target.form.requestSubmit();
});
