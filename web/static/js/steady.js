// @ts-check
/** A list in which one writes stands still: what is there keeps its place, and what comes joins it at the end. */

/**
 * A list that was put in its order once.
 * @param {() => readonly string[]} order ids as they would be laid out anew
 * @returns {() => readonly string[]}
 */
export function steady(order) {
  /** @type {readonly string[]} */
  let laid = [];
  return () => {
    const now = order();
    const there = new Set(laid);
    laid = [...laid.filter((id) => now.includes(id)), ...now.filter((id) => !there.has(id))];
    return laid;
  };
}
