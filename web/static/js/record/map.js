// @ts-check
/** How the goals hang together: cards with lines between them where there is room, and the same as a list. */

import { LINKS, byKind } from "./hanging.js";

/** @typedef {import("./record.js").Record_} Record_ */
/** @typedef {import("./hanging.js").Link} Link */

const SVG = "http://www.w3.org/2000/svg";
/** Pixels between two links that end at one side of a card. */
const APART = 11;
/** From how wide a page on lines are drawn. */
const WIDE = "(min-width: 60rem)";

/** @param {{here: Record_, sift: import("./sift.js").Sift, wide?: MediaQueryList}} ports */
export function alignment({ here, sift, wide = matchMedia(WIDE) }) {
  return () => ({
    isWide: wide.matches,
    /** The line whose goals are laid open, where they stand folded. */
    unfolded: "",
    init() { wide.addEventListener("change", () => { this.isWide = wide.matches; }); },

    /** Whether lines are drawn: there is room, and not so many that nobody could follow one. */
    get isDrawn() { return this.isWide && !sift.many && !sift.printing; },
    get hanging() { return sift.hanging; },
    /** @param {string} line */
    isTop(line) { return this.hanging.tops.includes(line); },
    /** How many serve a line, in words. @param {string} line */
    tally(line) {
      const { length } = this.hanging.under[line];
      return length === 1 ? "1 goal serves it" : `${length} goals serve it`;
    },
    /** @param {string} line */
    kinds(line) { return byKind(this.hanging.under[line]); },
    /** @param {string} line */
    showsUnder(line) { return sift.printing || !sift.many || this.unfolded === line; },
    /** @param {string} line */
    toggle(line) { this.unfolded = this.unfolded === line ? "" : line; },
    /** @param {string} id */
    isLoose(id) { return this.hanging.links[id]?.length === 0; },
    /** The links of a goal in words, for whom no line is drawn. @param {string} id */
    inWords(id) {
      const links = this.hanging.links[id] ?? [];
      if (!links.length) return here.look("objective", id).unaligned ? "Serves none, with a reason" : "No link yet";
      return links.map((link) => `${LINKS[link.kind || "unsaid"] ?? link.kind}: ${here.look("objective", link.parent).text ?? here.look("result", link.parent).text ?? ""}`).join("; ");
    },
    /** @param {string} result */
    from(result) { return `${here.look("result", result).baseline ?? "?"}`; },
    /** @param {string} result */
    to(result) { return `${here.look("result", result).target ?? "?"}`; },
    /** Whether either of its figures is known. @param {string} result */
    isMeasured(result) { const { baseline = null, target = null } = here.look("result", result); return baseline !== null || target !== null; },
    /** Open what a card stands for, and go there. @param {string} id */
    show(id) {
      sift.reach(id);
      requestAnimationFrame(() => document.getElementById(`goal-${id}`)?.scrollIntoView({ block: "start" }));
    },
    /** How far goals reach, for the whole, in three sentences; nothing before a team has a goal. */
    get connectivity() {
      const { goals = 0, up, lines, down, teams, across } = here.look("connectivity", "");
      if (!goals) return "";
      return `Up: ${up} of ${goals} goals of teams serve something above. Down: ${down} of ${lines} lines above are served. Across: ${across} of ${teams} teams are tied to another.`;
    },
    looseOnly() { sift.link = sift.link === "none" ? "" : "none"; },
  });
}

/**
 * `x-links="linked"` draws the links over the cards of a map, and again whenever they or their places change.
 * @param {any} Alpine
 */
export function linkLines(Alpine) {
  Alpine.directive("links", (/** @type {SVGElement} */ el, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect, cleanup }) => {
    const map = /** @type {HTMLElement} */ (el.parentElement);
    /** @type {Link[]} */
    let links = [];
    const again = () => draw(el, map, links);
    const sized = new ResizeObserver(again);
    sized.observe(map);
    const evaluate = evaluateLater(expression);
    effect(() => evaluate((/** @type {Link[]} */ found) => {
      links = found;
      Alpine.nextTick(again);
    }));
    cleanup(() => sized.disconnect());
  });
}

/** @param {SVGElement} svg @param {HTMLElement} map @param {Link[]} links */
function draw(svg, map, links) {
  const frame = map.getBoundingClientRect();
  svg.setAttribute("viewBox", `0 0 ${frame.width} ${frame.height}`);
  svg.replaceChildren();
  const place = (/** @type {string} */ id) => map.querySelector(`[data-goal="${CSS.escape(id)}"]`)?.getBoundingClientRect();
  const known = links.map((link) => ({ ...link, from: place(link.child), to: place(link.parent) }));
  /** How many links have ended at a side of a card, and left one. @type {Record<string, number>} */
  const ended = {};
  for (const { child, parent, kind, from, to } of known) {
    if (!from || !to) continue;
    const leftwards = from.left > to.left;
    const [start, end] = [leftwards ? from.left : from.right, leftwards ? to.right : to.left];
    const y = (/** @type {DOMRect} */ card, /** @type {string} */ key) => {
      ended[key] = (ended[key] ?? -1) + 1;
      const step = Math.ceil(ended[key] / 2) * (ended[key] % 2 ? 1 : -1);
      return card.top - frame.top + card.height / 2 + Math.max(-card.height / 2 + 8, Math.min(card.height / 2 - 8, step * APART));
    };
    const line = { x1: start - frame.left, y1: y(from, `from ${child}`), x2: end - frame.left, y2: y(to, `${parent} ${leftwards}`) };
    svg.append(...shapes(line, kind, leftwards ? 1 : -1));
  }
}

/** One link: shared is double with two rings, taken over ends in a square, a guide is dashed with an arrow. @param {{x1: number, y1: number, x2: number, y2: number}} at @param {string} kind @param {number} way */
function shapes({ x1, y1, x2, y2 }, kind, way) {
  const stop = x2 + way * (kind === "shared" ? 12 : 6);
  const bend = (stop - x1) / 2;
  const path = { d: `M${x1} ${y1}C${x1 + bend} ${y1} ${stop - bend} ${y2} ${stop} ${y2}` };
  if (kind === "shared") {
    return [made("path", { ...path, class: "link-shared" }), made("path", { ...path, class: "link-inside" }),
      ...[9, 4].map((from) => made("circle", { cx: x2 + way * from, cy: y2, r: 4, class: "link-ring" }))];
  }
  if (kind === "explicit") return [made("path", { ...path, class: "link-explicit" }), made("rect", { x: x2 + way * 4 - 4, y: y2 - 4, width: 8, height: 8, class: "link-square" })];
  return [made("path", { ...path, class: "link-guide" }), made("path", { d: `M${x2 + way * 8} ${y2 - 5}L${x2 + way} ${y2}L${x2 + way * 8} ${y2 + 5}`, class: "link-arrow" })];
}

/** @param {string} kind @param {Record<string, string | number>} facts */
function made(kind, facts) {
  const shape = document.createElementNS(SVG, kind);
  Object.entries(facts).forEach(([name, value]) => shape.setAttribute(name, String(value)));
  return shape;
}
