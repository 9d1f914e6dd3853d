// The example follows the chosen dossier; after a search or a test it shows what stands typed, not what was kept.
const show = () => {
  const button = document.querySelector("[data-example]");
  button?.form.requestSubmit(button);
};

document.addEventListener("change", (event) => {
  if (event.target.matches("#dossiers input")) show();
});

// Not before the frame has what it came with, which would replace it.
if (document.querySelector("[data-example=now]")) addEventListener("load", show);
