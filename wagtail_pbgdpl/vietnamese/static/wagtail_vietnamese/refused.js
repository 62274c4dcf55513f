// A form that was refused opens at its first error: on the tab, or in the dialogue, where that is.
// Where the editor then saves the draft by itself, no message says any longer that it was not saved.
(() => {
  const { saved } = document.currentScript.dataset;
  const buttons = () => document.querySelectorAll(".messages .error [data-w-focus-target-value]");
  const errorOf = (button) => document.querySelector(button.dataset.wFocusTargetValue);

  addEventListener("load", () => {
    const [button] = buttons();
    const error = button ? errorOf(button) : document.querySelector("main form .error-message");
    const dialogue = error?.closest('[data-controller~="w-dialog"]');
    dialogue?.dispatchEvent(new CustomEvent("w-dialog:show"));
    if (button) button.click();
    else error?.scrollIntoView({ block: "center" });
  });

  document.addEventListener("w-autosave:success", () => {
    for (const button of buttons()) {
      if (errorOf(button)) button.previousSibling.data = ` ${saved} `;
    }
  });
})();
