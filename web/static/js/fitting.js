// @ts-check
/** What stands on a wall fills its place: letters grow while there is room, and get smaller until all of it fits. */

/** The smallest and the largest the letters get, against their own size, and how near to the best is near enough. */
const LEAST = .5;
const MOST = 1.4;
/** Narrower than this, in pixels, it is no wall but a page in somebody's hand, and its letters do not grow. */
const WALL = 900;
const NEAR = .02;

/**
 * The largest size, from `LEAST` to `MOST`, at which everything fits.
 * @param {(size: number) => boolean} fits whether it does at this size
 * @param {number} [most]
 */
export function fitting(fits, most = MOST) {
  if (fits(most)) return most;
  let [low, high] = fits(1) ? [1, most] : [LEAST, 1];
  while (high - low > NEAR) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * Keep the letters of a place at the size at which all that is in it fits; its sheet reads `--fit`.
 * @param {HTMLElement} place
 * @param {{soon?: (work: () => void) => void}} [ports]
 */
export function keepFitting(place, { soon = requestAnimationFrame } = {}) {
  let due = false;
  const fit = () => {
    due = false;
    const size = fitting((wanted) => {
      place.style.setProperty("--fit", String(wanted));
      if (place.scrollHeight > place.clientHeight + 1 || place.scrollWidth > place.clientWidth + 1) return false;
      // Words that are cut after some lines take no more room: larger letters must not cut more of them.
      return wanted <= 1 || [...place.querySelectorAll(".note-words")].every((words) => words.scrollHeight <= words.clientHeight + 2);
    }, place.clientWidth < WALL ? 1 : MOST);
    place.style.setProperty("--fit", String(size));
  };
  const later = () => {
    if (due) return;
    due = true;
    soon(fit);
  };
  const changes = { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ["style", "class"] };
  new MutationObserver((found) => { if (found.some((one) => one.target !== place)) later(); }).observe(place, changes);
  new ResizeObserver(later).observe(place);
  later();
}
