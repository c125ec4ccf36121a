// @ts-check
/** Dialogs: what is asked stands above the page, which rests behind it, and the focus goes back to where it came from. */

/**
 * `x-dialog-for="stay()"` on a `<dialog>` opens it as it comes; Escape does what is given.
 * @param {any} Alpine
 */
export function dialogs(Alpine) {
  Alpine.directive("dialog-for", (/** @type {HTMLDialogElement} */ dialog, /** @type {any} */ { expression }, /** @type {any} */ { evaluate, cleanup }) => {
    const leave = () => evaluate(expression);
    dialog.addEventListener("cancel", (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      leave();
    });
    // A browser lets nobody be held: pressed twice, Escape shuts it without asking.
    dialog.addEventListener("close", (event) => { if (event.target === dialog && dialog.isConnected && !dialog.open) leave(); });
    dialog.showModal();
    cleanup(() => dialog.close());
  });
}
