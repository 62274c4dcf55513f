/* While somebody types a question: answered questions that look like it. Without this file the page
   before sending shows them. What is sent has no accents, numbers or addresses, and no cookie. */
(() => {
  "use strict";
  const box = document.querySelector("[data-pbgdpl-alike]");
  const field = box && document.getElementById(box.dataset.field);
  if (!field) return;
  const list = box.querySelector("ul");
  const status = document.querySelector("[data-pbgdpl-alike-status]");
  const PAUSE = 700; // milliseconds without a key
  const SHORTEST = 12;
  const LONGEST = 500;
  let timer = 0;
  let asked = "";
  let request = null;
  const seen = document.querySelector("[data-pbgdpl-alike-seen]");
  if (seen) seen.value = "1";

  const plain = (text) =>
    text
      .replace(/\S*@\S*/g, " ")
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[đĐ]/g, "d")
      .toLowerCase()
      .replace(/(?:\d[\s.-]?){5,}/g, " ")
      .replace(/[^a-z0-9.?!;\n]+/g, " ")
      .trim()
      .slice(0, LONGEST);

  const show = (answers) => {
    list.replaceChildren(
      ...answers.map(({ title, address }) => {
        const link = document.createElement("a");
        link.href = address;
        link.target = "_blank";
        link.rel = "noopener";
        link.textContent = title;
        const item = document.createElement("li");
        item.append(link);
        return item;
      }),
    );
    box.hidden = answers.length === 0;
    const said = answers.length ? status.dataset.found.replace("%s", answers.length) : "";
    // The same words again would interrupt whoever listens.
    if (status.textContent !== said) status.textContent = said;
  };

  const ask = () => {
    const text = plain(field.value);
    if (text === asked) return;
    asked = text;
    if (request) request.abort();
    if (text.length < SHORTEST) {
      show([]);
      return;
    }
    request = new AbortController();
    fetch(`${box.dataset.address}?${new URLSearchParams({ q: text })}`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: request.signal,
    })
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then(({ answers }) => show(answers))
      .catch(() => {});
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
