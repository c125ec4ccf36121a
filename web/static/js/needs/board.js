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
    /** @type {ResizeObserver | null} */
    watch: null,
    init() {
      const el = /** @type {any} */ (this).$el;
      const look = () => { this.width = el.clientWidth; needs.wide = this.width >= WIDE; this.height = where === "wall" ? innerHeight : 0; };
      this.watch = new ResizeObserver(look);
      this.watch.observe(el);
      look();
    },
    destroy() { this.watch?.disconnect(); },
    get isDrawn() { return this.width >= WIDE && needs.found.length > 0; },
    get board() {
      if (!this.isDrawn) return null;
      const rows = new Set(needs.found.flatMap((id) => [needs.look(id).consumer, needs.look(id).provider])).size;
      if (where === "page") return needs.board({ width: this.width, font: rows > 20 ? 13 : 15, row: rows > 20 ? 26 : 36 });
      const font = Math.max(this.height * .0245, 12);
      return needs.board({ width: this.width, font, row: Math.max(font * 1.15, Math.min(this.height * .08, (this.height * .47 - font * 3.5) / Math.max(rows, 1))) });
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
