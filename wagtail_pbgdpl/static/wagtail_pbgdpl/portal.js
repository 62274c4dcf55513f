/* Tools for readers. Every page works without this file: what needs it is hidden until it runs. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => document.querySelectorAll(selector);
  const status = document.querySelector("[data-status]");
  const say = (text) => { if (status) status.textContent = text; };

  // Text size: kept in this browser, never sent anywhere.
  const SIZES = [87.5, 100, 112.5, 125, 150, 175, 200];
  const KEY = "pbgdpl-text-size";
  const store = {
    get() { try { return Number(localStorage.getItem(KEY)) || 100; } catch { return 100; } },
    set(size) { try { localStorage.setItem(KEY, size); } catch { /* private window */ } },
  };
  const resize = (size) => { root.style.fontSize = size === 100 ? "" : `${size}%`; };
  resize(store.get());
  for (const group of all("[data-text-size]")) {
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (!button) return;
      const step = Number(button.dataset.step);
      const at = Math.max(SIZES.indexOf(store.get()), 0);
      const size = step ? SIZES[Math.min(Math.max(at + step, 0), SIZES.length - 1)] : 100;
      store.set(size);
      resize(size);
      say(`${size}%`);
    });
  }

  // Titles for what is being typed, as links below the box; the form does without.
  for (const input of all("input[data-suggest]")) {
    const list = document.createElement("ul");
    list.className = "pbgdpl-suggest";
    list.hidden = true;
    input.form.append(list);
    let timer, asked = "";
    const ask = async () => {
      const typed = input.value.trim();
      if (typed === asked) return;
      asked = typed;
      let titles = [];
      try {
        const answer = typed.length < 2 ? null : await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
        if (answer?.ok) [, titles] = await answer.json();
      } catch { /* a search without suggestions */ }
      if (typed !== asked) return;
      list.hidden = !titles.length;
      list.replaceChildren(...titles.map((title) => {
        const link = document.createElement("a");
        link.href = `${input.form.action}?q=${encodeURIComponent(title)}`;
        link.textContent = title;
        const item = document.createElement("li");
        item.append(link);
        return item;
      }));
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 200); });
    input.form.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") { list.hidden = true; input.focus(); }
      if (!step || list.hidden || !links.length) return;
      event.preventDefault();
      const at = links.indexOf(document.activeElement) + step;
      (at < 0 ? input : links[Math.min(at, links.length - 1)]).focus();
    });
    input.form.addEventListener("focusout", (event) => {
      if (!input.form.contains(event.relatedTarget)) list.hidden = true;
    });
    input.addEventListener("focus", () => { list.hidden = !list.children.length; });
  }

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  if (navigator.clipboard) {
    for (const row of all("[data-copy-row]")) row.hidden = false;
    for (const button of all("[data-copy]")) {
      button.hidden = false;
      const label = button.textContent;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = button.dataset.done;
        say(button.dataset.done);
        setTimeout(() => { button.textContent = label; }, 3000);
      });
    }
  }

  // A film of a platform: nothing is asked of it before the button is pressed.
  for (const film of all("[data-film]")) {
    film.hidden = false;
    film.querySelector("button").addEventListener("click", () => {
      const frame = document.createElement("iframe");
      frame.src = film.dataset.film;
      frame.title = film.dataset.title;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      // YouTube plays for pages alone that say where they stand.
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      film.parentNode.querySelector("img")?.remove();
      film.className = "pbgdpl-video__frame";
      film.replaceChildren(frame);
      frame.focus();
    }, { once: true });
  }

  // Reading aloud: only where the device has a Vietnamese voice, which may turn up late.
  const speech = window.speechSynthesis;
  const reader = document.querySelector("[data-read-aloud]");
  const text = document.querySelector("[data-readable]");
  if (speech && reader && text) {
    const label = reader.textContent;
    const voice = () => speech.getVoices().find((one) => /^vi\b/i.test(one.lang));
    const offer = () => { reader.hidden = !voice(); };
    const show = (reading) => {
      reader.setAttribute("aria-pressed", String(reading));
      reader.textContent = reading ? reader.dataset.stop : label;
    };
    offer();
    speech.addEventListener?.("voiceschanged", offer);
    addEventListener("pagehide", () => speech.cancel());
    reader.addEventListener("click", () => {
      if (reader.getAttribute("aria-pressed") === "true") {
        speech.cancel();
        show(false);
        return;
      }
      // A long text in one piece falls silent after a while in some browsers.
      const parts = [document.querySelector("h1")?.innerText, ...text.innerText.split(/\n+/)]
        .filter((part) => part && part.trim());
      parts.forEach((part, index) => {
        const speaking = new SpeechSynthesisUtterance(part);
        speaking.voice = voice();
        speaking.lang = "vi-VN";
        if (index === parts.length - 1) speaking.onend = () => show(false);
        speech.speak(speaking);
      });
      show(true);
    });
  }

  // Contents stand open beside the text on wide screens, and fold away above it on phones.
  const wide = matchMedia("(min-width: 64rem)");
  const fit = () => { for (const details of all("[data-open-when-wide]")) details.open = wide.matches; };
  fit();
  wide.addEventListener("change", fit);

  // A menu that hangs over the page closes with Escape and when the focus leaves it.
  for (const menu of all(".pbgdpl-menu, .pbgdpl-share")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }
})();
