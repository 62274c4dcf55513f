// Boxes are narrowed to those that hold what is typed, with or without accents; ticked ones stay.
(() => {
  const plain = (text) =>
    text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");

  const narrow = (choices) => {
    const words = plain(choices.querySelector("[type=search]").value).split(/\s+/).filter(Boolean);
    let found = 0;
    choices.querySelectorAll("label").forEach((label) => {
      const text = plain(label.textContent);
      const fits = words.every((word) => text.includes(word));
      found += fits;
      label.hidden = !fits && !label.querySelector("input").checked;
    });
    choices.querySelector("[role=status]").hidden = found > 0;
  };

  const open = (choices) => {
    const search = choices.querySelector("[type=search]");
    if (!search.hidden) return;
    search.hidden = false;
    search.addEventListener("input", () => narrow(choices));
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // Enter takes the first that was found; it must not send the form.
      event.preventDefault();
      const first = choices.querySelector("label:not([hidden]) input:not(:checked)");
      if (!search.value || !first) return;
      first.click();
      search.value = "";
      narrow(choices);
    });
  };

  const openAll = (root) => {
    if (root.matches?.("[data-pbgdpl-typed-choices]")) open(root);
    root.querySelectorAll?.("[data-pbgdpl-typed-choices]").forEach(open);
  };

  document.addEventListener("DOMContentLoaded", () => {
    openAll(document);
    // Parts of a form may come later.
    new MutationObserver((records) =>
      records.forEach((record) => record.addedNodes.forEach(openAll)),
    ).observe(document.body, { childList: true, subtree: true });
  });
})();
