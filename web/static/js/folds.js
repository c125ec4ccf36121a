// @ts-check
/** Folds: one that opens by itself when it is needed, and never shuts on somebody in it; and one that is made when it is first opened. */

/**
 * `x-unfolds="when"` on a fold: it opens when that becomes true, and shuts when it becomes false unless one is in it.
 * Nothing else of what the expression reads moves it: a bell rings without shutting what stands open.
 * @param {any} Alpine
 */
export function unfolds(Alpine) {
  Alpine.directive("unfolds", (/** @type {HTMLDetailsElement} */ fold, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const read = evaluateLater(expression);
    /** @type {boolean | null} */
    let was = null;
    effect(() => read((/** @type {any} */ value) => {
      const now = Boolean(value);
      if (now === was) return;
      was = now;
      if (now || !fold.contains(document.activeElement)) fold.open = now;
    }));
  });
}

/**
 * A fold whose list is made when somebody first looks at it, or prints it: a page opens sooner without what stands folded.
 * @param {() => boolean} [printing]
 */
export function fold(printing = () => false) {
  return () => ({
    isLaid: false,
    /** @param {HTMLDetailsElement} part */
    unfold(part) { this.isLaid ||= part.open; },
    /** @param {readonly any[]} list */
    laid(list) { return this.isLaid || printing() ? list : []; },
  });
}
