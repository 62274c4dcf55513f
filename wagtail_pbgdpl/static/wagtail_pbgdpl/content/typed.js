// What was typed is kept in the browser when it cannot be saved, because the session ended, another
// person signed in or the server is away; and is offered to the same person at the same address. Before a
// form is sent, the server is asked who is signed in: a form that leads to the log-in would be lost.
(() => {
  const said = document.currentScript.dataset;
  const PREFIX = "pbgdpl-typed:";
  const DAYS_KEPT = 7;

  const watch = (form) => {
    const addressOf = () => new URL(form.getAttribute("action"), location.href).pathname;
    const placeOf = (address) => `${PREFIX}${said.user}:${address}`;
    // A new page gets an address of its own as it is first saved.
    const opened = addressOf();
    const revision = () => form.elements.namedItem("loaded_revision_id")?.value;

    const read = (place) => {
      try {
        return JSON.parse(localStorage.getItem(place));
      } catch {
        return null;
      }
    };
    const keep = () => {
      const fields = [...new FormData(form)].filter(
        ([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string",
      );
      try {
        localStorage.setItem(
          placeOf(addressOf()),
          JSON.stringify({ at: Date.now(), revision: revision(), fields }),
        );
        return true;
      } catch {
        return false;
      }
    };
    const drop = () => {
      localStorage.removeItem(placeOf(opened));
      localStorage.removeItem(placeOf(addressOf()));
    };

    const bar = document.createElement("div");
    bar.className = "pbgdpl-typed help-block help-warning";
    const show = (texts, ...ways) => {
      const text = document.createElement("p");
      text.setAttribute("role", "alert");
      text.textContent = texts.filter(Boolean).join(" ");
      bar.replaceChildren(text, ...ways);
      form.prepend(bar);
    };
    const way = (tag, label, values = {}) => {
      const made = Object.assign(document.createElement(tag), values);
      made.className = "button button-small";
      made.textContent = label;
      return made;
    };

    /** Return where the session of who opened the form is; a form that may be sent has a valid token. */
    const ask = async () => {
      try {
        const answer = await fetch(said.session, {
          cache: "no-store",
          headers: { "X-Requested-With": "XMLHttpRequest" },
          redirect: "manual",
        });
        if (answer.status >= 500) return "offline";
        if (!answer.ok) return "gone";
        const { user, token } = await answer.json();
        if (String(user) !== said.user) return "another";
        form.elements.namedItem("csrfmiddlewaretoken").value = token;
        return "here";
      } catch {
        return "offline";
      }
    };

    let refused = "";
    let tried = false;
    const refuse = (state) => {
      refused = state;
      const isKept = keep();
      const logIn = way("a", said.logIn, { href: said.login, target: "_blank" });
      show([said[state], isKept ? "" : said.unkept], ...(state === "offline" ? [] : [logIn]));
    };
    const done = () => {
      refused = "";
      tried = false;
      drop();
      bar.remove();
    };
    const saveAgain = () => {
      tried = true;
      form.dispatchEvent(new CustomEvent("w-unsaved:add", { detail: { type: "edits" } }));
    };

    document.addEventListener("w-autosave:success", ({ target }) => {
      if (target === form) done();
    });
    document.addEventListener("w-autosave:error", async ({ target, detail }) => {
      if (target !== form) return;
      keep();
      // What was saved before stands above no longer, beside what was not.
      document.querySelectorAll(".messages .success").forEach((message) => message.remove());
      if (detail?.type === "validation_error") return;
      const state = await ask();
      if (state !== "here") refuse(state);
      else if (!tried) saveAgain();
    });
    // Back from the log-in in another window.
    addEventListener("focus", async () => {
      if (!refused || (await ask()) !== "here") return;
      bar.remove();
      refused = "";
      // What was restored in the other window is saved there.
      if (read(placeOf(addressOf()))) saveAgain();
    });

    let isAsking = false;
    let mayGo = false;
    document.addEventListener(
      "submit",
      async (event) => {
        if (event.target !== form) return;
        if (mayGo) {
          mayGo = false;
          return;
        }
        event.preventDefault();
        event.stopImmediatePropagation();
        if (isAsking) return;
        isAsking = true;
        const button = event.submitter;
        const state = await ask();
        isAsking = false;
        if (state === "here") {
          done();
          mayGo = true;
          form.dispatchEvent(new CustomEvent("pbgdpl:send", { bubbles: true, detail: { button } }));
        } else {
          refuse(state);
          // Wagtail turned the button off, and says that it is saving.
          button?.setAttribute("data-w-progress-loading-value", "false");
        }
      },
      true,
    );

    const restore = async (kept) => {
      const state = await ask();
      if (state !== "here") {
        show([said[state]]);
        return;
      }
      const sent = document.createElement("form");
      sent.method = "post";
      sent.action = form.action;
      const token = form.elements.namedItem("csrfmiddlewaretoken").value;
      for (const [name, value] of [...kept.fields, ["csrfmiddlewaretoken", token]]) {
        const field = document.createElement("textarea");
        field.name = name;
        field.value = value;
        sent.append(field);
      }
      sent.hidden = true;
      document.body.append(sent);
      drop();
      // A field may be called «submit».
      HTMLFormElement.prototype.submit.call(sent);
    };

    const oldest = Date.now() - DAYS_KEPT * 24 * 60 * 60 * 1000;
    Object.keys(localStorage)
      .filter((place) => place.startsWith(PREFIX) && !(read(place)?.at > oldest))
      .forEach((place) => localStorage.removeItem(place));

    const kept = read(placeOf(opened));
    if (kept && !document.body.classList.contains("content-locked")) {
      const moment = new Date(kept.at).toLocaleString(document.documentElement.lang || "vi", {
        day: "2-digit",
        month: "2-digit",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        timeZone: "Asia/Ho_Chi_Minh",
      });
      const restoring = way("button", said.restore, { type: "button" });
      const discarding = way("button", said.discard, { type: "button" });
      discarding.classList.add("button-secondary");
      restoring.addEventListener("click", () => restore(kept));
      discarding.addEventListener("click", done);
      const isNewer = kept.revision !== revision();
      show(
        [said.offer.replace("%(moment)s", moment), isNewer ? said.since : ""],
        restoring,
        discarding,
      );
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector("form#page-edit-form");
    if (form) watch(form);
  });
})();
