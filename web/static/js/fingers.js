// @ts-check
/** Nothing moves under a finger: what changes the page waits until it lifts, and no longer than a press takes. */

/** How long somebody may hold the page up, in milliseconds. */
const LONGEST = 1000;
/** A press counts after the finger has lifted: until then its button has to stand where it stood. */
const PRESSED = 60;

/** @param {EventTarget} [page] @param {(work: () => void, after: number) => unknown} [later] */
export function fingers(page = document, later = setTimeout) {
  let down = 0;
  /** What waits, each once. @type {Set<() => void>} */
  const waiting = new Set();
  const go = () => {
    const works = [...waiting];
    waiting.clear();
    for (const work of works) {
      // One that fails keeps no other from being done.
      try { work(); } catch (fault) { queueMicrotask(() => { throw fault; }); }
    }
  };
  page.addEventListener("pointerdown", () => { down += 1; }, { capture: true, passive: true });
  for (const end of ["pointerup", "pointercancel"]) {
    page.addEventListener(end, () => {
      down = Math.max(0, down - 1);
      if (down === 0 && waiting.size) later(() => { if (down === 0) go(); }, PRESSED);
    }, { capture: true, passive: true });
  }
  return {
    /** Do this now, or once no finger is on the page, in the order in which it came. @param {() => void} work */
    lifted(work) {
      // What waits already goes first.
      if (down === 0 && !waiting.size) { work(); return; }
      waiting.add(work);
      // A finger that was never seen to lift holds nothing up for ever.
      later(() => { if (waiting.has(work)) { down = 0; go(); } }, LONGEST);
    },
  };
}
