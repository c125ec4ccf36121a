// @ts-check
/** A long list is made a handful at a time: what fills the screen at once, the rest whenever the page has nothing else to do. */

/** How many stand there at once, and how many are added at a time: each time is over before anybody could wait for it. */
export const FIRST = 6;
const MORE = 8;

/** @typedef {{made: number, readonly all: readonly unknown[]}} Long */

/**
 * Have the rest of a list made.
 * @param {Long} list of which the first `made` are there
 * @param {(then: () => void) => void} idle calls back when the page has nothing else to do
 */
export function growing(list, idle) {
  const more = () => {
    list.made += MORE;
    if (list.made < list.all.length) idle(more);
    else list.made = Infinity;
  };
  idle(more);
}

/** When what is there was painted and the page has nothing else to do; where it cannot say so, a little later. @param {() => void} then */
export function whenIdle(then) {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ rest) => setTimeout(rest, 50));
  requestAnimationFrame(() => idle(then));
}

/** Whether this page was here before: its browser takes one back to where one was. */
export function cameBack() {
  const [came] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return came !== undefined && came.type !== "navigate";
}
