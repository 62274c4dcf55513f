/* Tells the portal that a page is read, and fills in the access figures.
   Nothing about the reader leaves the browser: no identifier is made, no cookie is sent. */
(() => {
  "use strict";

  const { page, beacon, figures } = document.currentScript.dataset;
  const BEAT = 60000; // milliseconds between two signs of life
  // When this browser last gave one, in whichever tab; it stays on this device.
  const LAST_BEAT = "pbgdpl-last-beat";

  // Editors have Wagtail's bar on the page; a driven browser says that it is one.
  const isReader = page && !navigator.webdriver && !document.querySelector("wagtail-userbar");

  function send(what) {
    fetch(beacon, {
      method: "POST",
      body: new URLSearchParams({ page, ...what }),
      credentials: "omit",
      keepalive: true,
    }).catch(() => {});
  }

  function isBeatDue() {
    const now = Date.now();
    try {
      const since = now - Number(localStorage.getItem(LAST_BEAT));
      // A second of tolerance, since timers are not exact; a clock put back counts as due.
      if (since >= 0 && since < BEAT - 1000) return false;
      localStorage.setItem(LAST_BEAT, String(now));
    } catch {
      // Storage is switched off: each page gives its own signs.
    }
    return true;
  }

  function countView() {
    send(isBeatDue() ? { view: "1", beat: "1" } : { view: "1" });
  }

  function giveSignOfLife() {
    if (document.visibilityState === "visible" && isBeatDue()) send({ beat: "1" });
  }

  function showFigures() {
    const box = document.querySelector("[data-pbgdpl-figures]");
    if (!box) return;
    fetch(figures, { credentials: "omit" })
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then((numbers) => {
        box.querySelectorAll("[data-pbgdpl-figure]").forEach((cell) => {
          cell.textContent = numbers[cell.dataset.pbgdplFigure].toLocaleString(
            document.documentElement.lang,
          );
        });
        box.hidden = false;
      })
      .catch(() => {});
  }

  function whenSeen(act) {
    if (document.visibilityState === "visible") {
      act();
    } else {
      // A tab opened in the background is read when somebody turns to it.
      document.addEventListener("visibilitychange", () => whenSeen(act), { once: true });
    }
  }

  function start() {
    showFigures();
    if (!isReader) return;
    whenSeen(() => {
      countView();
      setInterval(giveSignOfLife, BEAT);
      document.addEventListener("visibilitychange", giveSignOfLife);
    });
    // A page that the browser kept and shows again is read again.
    addEventListener("pageshow", (event) => event.persisted && countView());
  }

  if (document.prerendering) {
    document.addEventListener("prerenderingchange", start, { once: true });
  } else {
    start();
  }
})();
