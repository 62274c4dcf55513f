// «Correct» opens the list of levels in its place, without asking the server.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".pbgdpl-lines__fix");
  const template = document.getElementById("pbgdpl-levels");
  if (!button || !template || "table" in button.dataset) return;
  event.preventDefault();
  const select = template.content.firstElementChild.cloneNode(true);
  select.name = `level-${button.value}`;
  select.value = button.dataset.level;
  select.setAttribute("aria-label", button.textContent.trim());
  button.replaceWith(select);
  select.focus();
});
