// @ts-check
/** Work that belongs to the next picture of a page; a page that gets no picture does it all the same. */

/** A window that nobody sees, or a browser that is busy, may draw nothing for a long time: milliseconds until then. */
const SHOWN = 250;
const HIDDEN = 50;

/**
 * @param {{picture?: (work: () => void) => unknown, later?: (work: () => void, after: number) => unknown, hidden?: () => boolean}} [ports]
 * @returns {(work: () => void) => void}
 */
export function withNextPicture({ picture = requestAnimationFrame, later = setTimeout, hidden = () => document.hidden } = {}) {
  return (work) => {
    let done = false;
    const once = () => {
      if (done) return;
      done = true;
      work();
    };
    picture(once);
    later(once, hidden() ? HIDDEN : SHOWN);
  };
}
