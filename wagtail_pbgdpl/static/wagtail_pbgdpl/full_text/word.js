// A Word file that is chosen, or dropped anywhere on the form, is sent with it at once.
document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector("form [data-pbgdpl-word]");
  if (!place) return;
  const form = place.closest("form");
  const input = place.querySelector("input[type=file]");
  const button = place.querySelector("button");
  const isWord = (item) => /\.docx$/i.test(item.name);

  const take = () => {
    const [file] = input.files;
    if (!file) return;
    const title = form.elements.namedItem("title");
    if (title && !title.value) title.value = file.name.replace(/\.docx$/i, "").normalize("NFC");
    form.requestSubmit(button);
  };
  button.hidden = true;
  input.addEventListener("change", take);

  // Editors of running text take files of their own; one that is dropped there comes here as well.
  form.addEventListener(
    "dragover",
    (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    },
    true,
  );
  form.addEventListener(
    "drop",
    (event) => {
      const files = [...event.dataTransfer.files];
      if (event.target === input || files.length !== 1 || !isWord(files[0])) return;
      event.preventDefault();
      event.stopPropagation();
      input.files = event.dataTransfer.files;
      take();
    },
    true,
  );
});
