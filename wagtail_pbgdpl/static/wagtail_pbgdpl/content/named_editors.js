// Wagtail's field of running text has no name for who does not see it: it gets that of its heading.
(() => {
  const FIELD = ".public-DraftEditor-content:not([aria-label])";
  const textOf = (element) => element?.textContent.replace(/\s+/g, " ").trim();
  const name = (editor) => {
    const heading = editor.closest(".w-panel")?.querySelector("[data-panel-heading]");
    const label = editor.closest(".w-field__wrapper")?.querySelector("label");
    const text = textOf(label) || textOf(heading);
    if (text) editor.setAttribute("aria-label", text);
  };
  const nameAll = () => document.querySelectorAll(FIELD).forEach(name);
  document.addEventListener("DOMContentLoaded", nameAll);
  // Blocks that are added later.
  document.addEventListener("focusin", nameAll);
})();
