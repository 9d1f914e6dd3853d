// The example follows the chosen dossier; after a search or a test it shows what stands typed, not what was kept.
const show = () => {
  const button = document.querySelector("[data-example]");
  button?.form.requestSubmit(button);
};

document.addEventListener("change", (event) => {
  if (event.target.matches("#dossiers input")) show();
});

if (document.querySelector("[data-example=now]")) show();
