// The editor saves by itself while somebody works. A button that is pressed meanwhile would store the
// same again, for a new page as a second one: it waits until that is done. And what is on its way to
// the server by a button is not saved by itself any more.
(() => {
  const saving = new WeakSet();
  const waiting = new WeakMap();
  let sent = new WeakSet();

  document.addEventListener("w-autosave:save", (event) => {
    if (sent.has(event.target)) event.preventDefault();
    else if (!event.defaultPrevented) saving.add(event.target);
  });

  const send = (form, button) => {
    // Wagtail turns a button off that was pressed; what is off is not sent.
    const wasOff = button?.disabled;
    if (wasOff) button.disabled = false;
    form.requestSubmit(button);
    if (wasOff) button.disabled = true;
  };

  const done = ({ target: form }) => {
    saving.delete(form);
    if (!waiting.has(form)) return;
    const button = waiting.get(form);
    waiting.delete(form);
    send(form, button);
  };
  document.addEventListener("pbgdpl:send", ({ target, detail }) => send(target, detail.button));
  document.addEventListener("w-autosave:success", done);
  document.addEventListener("w-autosave:error", done);

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (saving.has(form)) {
        event.preventDefault();
        event.stopImmediatePropagation();
        waiting.set(form, event.submitter);
        return;
      }
      sent.add(form);
      setTimeout(() => {
        if (event.defaultPrevented) sent.delete(form);
      });
    },
    true,
  );

  // A page that the browser had kept is worked on again.
  window.addEventListener("pageshow", () => {
    sent = new WeakSet();
  });
})();
