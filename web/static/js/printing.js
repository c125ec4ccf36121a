// @ts-check
/** A page on paper. */

/** What is folded is opened for paper, and folded again. @param {(on: boolean) => void} [tell] who folds in another way */
export function printOpen(tell = () => {}) {
  /** @type {HTMLDetailsElement[]} */
  let folded = [];
  addEventListener("beforeprint", () => {
    tell(true);
    folded = [...document.querySelectorAll("details")].filter((details) => !details.open);
    folded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    tell(false);
    folded.forEach((details) => { details.open = false; });
  });
}
