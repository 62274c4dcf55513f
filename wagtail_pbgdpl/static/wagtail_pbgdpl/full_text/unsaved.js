// A text that was put into the form is not stored yet: the editor warns, and saves it, as if typed.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("form [data-pbgdpl-unsaved]").forEach((mark) => {
    mark.closest("form").setAttribute("data-w-unsaved-force-value", "true");
  });
});
