// @ts-check
/** What is made of many things: when it is asked for, and again only once something it is made of has changed. */

/**
 * Whoever asks for it reads what it goes by, and is asked again when that changes. So nobody shows what was made of things
 * as they stood before, in whatever order a page is drawn; and nothing is made that nobody looks at.
 * @template Of, T
 * @param {(of: Of) => readonly unknown[]} by what it goes by: the same as long as each of these is
 * @param {(of: Of, was: T | undefined) => T} make
 */
export function madeOf(by, make) {
  /** @type {readonly unknown[]} */
  let last = [];
  /** @type {T | undefined} */
  let made;
  return (/** @type {Of} */ of) => {
    const now = by(of);
    if (made === undefined || now.length !== last.length || now.some((one, at) => one !== last[at])) {
      made = make(of, made);
      last = now;
    }
    return made;
  };
}
