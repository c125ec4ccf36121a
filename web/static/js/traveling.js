// @ts-check
/** A note that is merged into another travels there, so that one sees where it went. */

/** More notes than these just stand where they stand. */
const MOST = 60;
const TIME = 160;

/**
 * `x-travel` on a list whose items have `data-id`: what leaves it for a group on it travels there.
 * @param {any} Alpine @param {(id: string) => string[]} within ids of what stands in a group
 * @param {() => boolean} [still] whether nothing should move
 */
export function travels(Alpine, within, still = () => matchMedia("(prefers-reduced-motion: reduce)").matches) {
  Alpine.directive("travel", (/** @type {HTMLElement} */ list, /** @type {any} */ _, /** @type {any} */ { cleanup }) => {
    /** Where each stood, from the corner of the list. @type {Map<string, {x: number, y: number, width: number, height: number}>} */
    let places = new Map();
    const items = () => /** @type {HTMLElement[]} */ ([...list.children]).filter((item) => item.dataset.id);
    const remember = () => {
      const corner = list.getBoundingClientRect();
      places = new Map(items().slice(0, MOST).map((item) => {
        const { x, y, width, height } = item.getBoundingClientRect();
        return [item.dataset.id ?? "", { x: x - corner.x, y: y - corner.y, width, height }];
      }));
    };
    const changed = new MutationObserver((changes) => {
      const gone = still() ? [] : changes.flatMap((change) => /** @type {HTMLElement[]} */ ([...change.removedNodes])).filter((item) => item.dataset?.id);
      const there = gone.length ? items() : [];
      for (const item of gone) {
        const id = item.dataset.id ?? "";
        const [from, goal] = [places.get(id), there.find((other) => within(other.dataset.id ?? "").includes(id))];
        if (from && goal) travel(item, from, list.getBoundingClientRect(), goal.getBoundingClientRect());
      }
      requestAnimationFrame(remember);
    });
    changed.observe(list, { childList: true });
    requestAnimationFrame(remember);
    cleanup(() => changed.disconnect());
  });
}

/** @param {HTMLElement} item @param {{x: number, y: number, width: number, height: number}} from @param {DOMRect} corner @param {DOMRect} goal */
function travel(item, from, corner, goal) {
  const ghost = document.createElement("div");
  ghost.className = `traveler ${item.className}`;
  ghost.ariaHidden = "true";
  ghost.textContent = item.querySelector(".note-words")?.textContent ?? "";
  document.body.append(ghost);
  const [left, top] = [corner.x + from.x, corner.y + from.y];
  Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${from.width}px`, height: `${from.height}px` });
  const way = `translate(${goal.x - left}px, ${goal.y - top}px) scale(.92)`;
  ghost.animate([{}, { transform: way, opacity: 0.4 }], { duration: TIME, easing: "ease-out" }).finished.finally(() => ghost.remove());
}
