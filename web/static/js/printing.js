// @ts-check
/** On paper nothing is folded: what is shut is opened for it, what appears inside too, and shut again; but for what is not on paper. */

export {};

/** @type {Set<HTMLDetailsElement>} */
const folded = new Set();

const unfold = () => {
  for (const fold of document.querySelectorAll("details")) {
    if (fold.open || fold.matches(".forgets")) continue;
    folded.add(fold);
    fold.open = true;
  }
};
const appearing = new MutationObserver(unfold);

addEventListener("beforeprint", () => {
  unfold();
  appearing.observe(document.body, { childList: true, subtree: true });
});
addEventListener("afterprint", () => {
  appearing.disconnect();
  folded.forEach((fold) => { fold.open = false; });
  folded.clear();
});
