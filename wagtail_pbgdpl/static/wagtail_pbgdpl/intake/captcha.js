/* The captcha of public forms: a sum (ALTCHA) that the browser does while somebody types. Without
   this file a form is sent all the same, under stricter limits. */
(() => {
  "use strict";
  // Browsers have the digest on safe connections alone.
  if (!window.crypto || !crypto.subtle) return;
  const LONGEST = 20000; // milliseconds that somebody who has pressed the button waits

  const hex = (buffer) =>
    Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const solve = async ({ algorithm, challenge, maxNumber, salt, signature }) => {
    const encoder = new TextEncoder();
    for (let number = 0; number <= maxNumber; number += 1) {
      const digest = await crypto.subtle.digest(algorithm, encoder.encode(salt + number));
      if (hex(digest) === challenge) {
        return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
      }
      // Let the page answer to whoever types.
      if (number % 500 === 499) await new Promise((resume) => setTimeout(resume));
    }
    return "";
  };

  const guard = (input, form) => {
    const status = form.querySelector("[data-captcha-status]");
    let done = false;
    const solved = solve(JSON.parse(input.dataset.challenge))
      .then((payload) => { input.value = payload; })
      .catch(() => {})
      .finally(() => { done = true; });

    form.addEventListener("submit", (event) => {
      if (done) return;
      event.preventDefault();
      if (status) status.textContent = status.dataset.captchaStatus;
      const late = new Promise((resume) => setTimeout(resume, LONGEST));
      Promise.race([solved, late]).then(() => {
        done = true;
        form.requestSubmit(event.submitter);
      });
    });
  };

  for (const input of document.querySelectorAll("input[data-challenge]")) {
    // A page with two forms names this file twice.
    if (!input.form || input.dataset.guarded) continue;
    input.dataset.guarded = "1";
    const folded = input.closest("details:not([open])");
    if (folded) {
      // Nobody's battery is spent on what nobody opens.
      folded.addEventListener("toggle", () => guard(input, input.form), { once: true });
    } else {
      guard(input, input.form);
    }
  }
})();
