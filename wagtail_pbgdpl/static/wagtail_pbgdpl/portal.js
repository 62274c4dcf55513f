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

  // The bar at the lower edge comes when the large tiles, which say the same, have left the screen.
  const [acts, bar] = [document.querySelector(".pbgdpl-acts"), document.querySelector(".pbgdpl-reach")];
  if (acts && bar && "IntersectionObserver" in window) {
    new IntersectionObserver(([seen]) => {
      bar.classList.toggle("pbgdpl-reach--rests", seen.intersectionRatio === 1);
    }, { threshold: 1 }).observe(acts);
  }

  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // The paper says when it was printed; the page itself is the same for everybody and every day.
  for (const printed of all("[data-printed]")) {
    printed.textContent = `, ${printed.dataset.words} ${new Date().toLocaleDateString(root.lang || "vi", { day: "2-digit", month: "2-digit", year: "numeric" })}`;
    printed.hidden = false;
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
  // Where somebody has read it aloud for everybody, that is better.
  if (speech && reader && text && !document.querySelector("[data-recorded]")) {
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
  // A sheet of paper is narrow: what is open when printing begins stays open.
  const fit = () => { if (!matchMedia("print").matches) for (const details of all("[data-open-when-wide]")) details.open = wide.matches; };
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

  // On phones the contents hang over the text: whoever has chosen a place wants to see that.
  for (const outline of all(".pbgdpl-outline")) {
    outline.addEventListener("click", (event) => {
      if (event.target.closest("a") && !wide.matches) outline.querySelector("details").open = false;
    });
  }

  // A button at each article that copies its address.
  const chain = '<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true"><path d="M7 9a3 3 0 0 0 4.2 0l2.3-2.3a3 3 0 0 0-4.2-4.2L8.2 3.6M9 7a3 3 0 0 0-4.2 0L2.5 9.3a3 3 0 0 0 4.2 4.2l1.1-1.1"/></svg>';
  for (const body of all("[data-copy-links]")) {
    if (!navigator.clipboard) break;
    for (const article of body.querySelectorAll(".pbgdpl-article[id]")) {
      const title = article.querySelector(".pbgdpl-article__title");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "pbgdpl-copy";
      button.innerHTML = chain;
      const name = title.textContent.trim().split(".")[0];
      button.setAttribute("aria-label", `${body.dataset.copyLinks} ${name}`);
      button.title = `${body.dataset.copyLinks} ${name}`;
      button.addEventListener("click", async () => {
        const address = new URL(location.href);
        address.hash = article.id;
        await navigator.clipboard.writeText(address.href);
        say(body.dataset.copied);
        button.classList.add("pbgdpl-copy--done");
        setTimeout(() => { button.classList.remove("pbgdpl-copy--done"); }, 3000);
      });
      title.append(button);
    }
  }

  // Find in the text, with accents or without; each letter stands for one letter.
  const plain = (words) => [...words.toLowerCase()].map(
    (letter) => letter.normalize("NFD")[0].replace("đ", "d"),
  ).join("");
  for (const form of all("[data-find]")) {
    const field = form.querySelector("input");
    const output = form.querySelector("output");
    const where = form.parentNode.querySelector(".pbgdpl-document");
    if (!where || !window.Highlight) break;
    form.hidden = false;
    let found = [];
    let at = -1;
    const look = () => {
      found = [];
      at = -1;
      const wanted = plain(field.value.trim());
      const walker = document.createTreeWalker(where, NodeFilter.SHOW_TEXT);
      while (wanted.length > 1 && walker.nextNode()) {
        const words = plain(walker.currentNode.data);
        for (let i = words.indexOf(wanted); i >= 0; i = words.indexOf(wanted, i + wanted.length)) {
          const range = new Range();
          range.setStart(walker.currentNode, i);
          range.setEnd(walker.currentNode, i + wanted.length);
          found.push(range);
        }
      }
      CSS.highlights.set("pbgdpl-find", new Highlight(...found));
      CSS.highlights.delete("pbgdpl-found");
      output.textContent = wanted.length > 1 && !found.length ? output.dataset.nothing : "";
    };
    const go = (step) => {
      if (!found.length) look();
      if (!found.length) return;
      at = (at + step + found.length) % found.length;
      CSS.highlights.set("pbgdpl-found", new Highlight(found[at]));
      found[at].startContainer.parentElement.scrollIntoView({ block: "center" });
      output.textContent = output.dataset.found
        .replace("%(at)s", at + 1).replace("%(count)s", found.length);
    };
    field.addEventListener("input", look);
    form.addEventListener("submit", (event) => { event.preventDefault(); go(1); });
    form.querySelector("[data-step='-1']").addEventListener("click", () => go(-1));
  }
})();
