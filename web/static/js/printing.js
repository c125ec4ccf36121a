// @ts-check
/** On paper nothing is folded: what is shut is opened for it, and shut again. */

export {};

/** @type {HTMLDetailsElement[]} */
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details")].filter((details) => !details.open);
  folded.forEach((details) => { details.open = true; });
});
addEventListener("afterprint", () => {
  folded.forEach((details) => { details.open = false; });
  folded = [];
});
