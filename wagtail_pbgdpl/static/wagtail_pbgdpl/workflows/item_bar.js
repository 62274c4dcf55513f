// A public item is read until «Edit» is pressed: the editor would save by itself whatever a stray key
// changes, and the item would have a draft. The press holds for as long as the page stands in the
// history of the window, so also when it is loaded again.
document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("form[data-edit-form] [data-pbgdpl-read-first]");
  if (!bar || history.state?.pbgdplEdits) return;
  const form = bar.closest("form");
  // What was put into the form, or is to be restored from an old version, is edited already.
  const isChanged = form.dataset.wUnsavedForceValue === "true" || form.querySelector("[data-pbgdpl-unsaved]");
  if (isChanged || new URL(form.action).pathname !== location.pathname) return;

  const place = document.createComment("");
  const button = bar.querySelector("button");
  const text = bar.querySelector("p");
  const parts = form.querySelectorAll(".tab-content, footer");
  const isRead = () => form.classList.contains("pbgdpl-is-read");

  const show = (read) => {
    form.classList.toggle("pbgdpl-is-read", read);
    parts.forEach((part) => {
      part.inert = read;
    });
    form.querySelector("footer").hidden = read;
    button.hidden = !read;
    text.hidden = !read;
  };

  bar.replaceWith(place);
  form.prepend(bar);
  show(true);
  document.addEventListener(
    "w-autosave:save",
    (event) => {
      if (event.target === form && isRead()) event.preventDefault();
    },
    true,
  );
  // The short ways to a button of the form lead round what is inert.
  form.addEventListener(
    "submit",
    (event) => {
      if (!isRead()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  button.addEventListener("click", () => {
    show(false);
    place.replaceWith(bar);
    history.replaceState({ ...history.state, pbgdplEdits: true }, "");
    form.querySelector("[name=title]")?.focus();
  });
});
