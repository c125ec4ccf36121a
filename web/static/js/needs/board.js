// @ts-check
/** The board on a page: as wide as there is room, drawn anew only where something changed; a mark leads to its need. */

/** @typedef {import("./needs.js").Needs} Needs */

/** From how wide a place on the board is drawn; below, the list says it all. */
const WIDE = 640;

/** @param {{needs: Needs}} ports */
export function needsBoard({ needs }) {
  return (/** @type {"page" | "wall"} */ where = "page") => ({
    width: 0,
    height: 0,
    room: 0,
    /** @type {ResizeObserver | null} */
    watch: null,
    init() {
      const el = /** @type {any} */ (this).$el;
      const look = () => { this.width = el.clientWidth; needs.wide = this.width >= WIDE; this.height = where === "wall" ? innerHeight : 0; this.room = where === "wall" ? roomFor(el) : 0; };
      this.watch = new ResizeObserver(look);
      for (const one of [el, ...(where === "wall" ? [el.parentElement, ...beside(el)] : [])]) this.watch.observe(one);
      // Of a page it is told before it is painted; asked now, all of it would be laid out twice.
      if (where === "wall") look();
    },
    destroy() { this.watch?.disconnect(); },
    get isDrawn() { return this.width >= WIDE && needs.found.length > 0; },
    get board() {
      if (!this.isDrawn) return null;
      const rows = new Set(needs.found.flatMap((id) => [needs.look(id).consumer, needs.look(id).provider])).size;
      if (where === "page") return needs.board({ width: this.width, font: rows > 20 ? 13 : 15, row: rows > 20 ? 26 : 36 });
      // As large as a room reads it, as far as all rows fit; their heads take three and a half.
      const font = Math.max(Math.min(this.height * .0245, this.room / (rows * 1.15 + 3.5)), 12);
      return needs.board({ width: this.width, font, row: Math.max(font * 1.15, Math.min(this.height * .08, (this.room - font * 3.5) / Math.max(rows, 1))) });
    },
    /** Lay open the need whose mark was pressed. @param {Event} event */
    press(event) {
      const id = /** @type {Element} */ (event.target).closest("[data-need]")?.getAttribute("data-need");
      if (!id) return;
      needs.opened = id;
      requestAnimationFrame(() => document.getElementById(`need-${id}`)?.scrollIntoView({ block: "center" }));
    },
  });
}

/** What stands above and below. @param {HTMLElement} el @returns {HTMLElement[]} */
function beside(el) { return /** @type {HTMLElement[]} */ ([...(el.parentElement?.children ?? [])].filter((one) => one !== el && one.tagName !== "TEMPLATE")); }

/** How high it may be, so that what stands above and below is seen as well. @param {HTMLElement} el */
function roomFor(el) {
  const into = /** @type {HTMLElement} */ (el.parentElement);
  const gaps = parseFloat(getComputedStyle(into).rowGap) || 0;
  return into.clientHeight - beside(el).reduce((sum, one) => sum + (one.offsetHeight ? one.offsetHeight + gaps : 0), 0);
}
