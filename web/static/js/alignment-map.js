// @ts-check
/** The alignment map: the organisation's goal in the middle, the teams' goals beside it, and links between them. */

/** @typedef {import("./record.js").Record_} Record_ */
/** @typedef {{child: string, parent: string, kind: string}} Link */

const SVG = "http://www.w3.org/2000/svg";
/** Pixels between two links that end at one side of a card. */
const APART = 11;

/** How each kind of link is called, where it leads. */
const WORDS = { explicit: "taken over as it is", directional: "as a guide", shared: "a shared result" };

/** @param {{here: Record_}} ports */
export function alignment({ here }) {
  return () => ({
    looseOnly: false,
    get top() { return here.objectives("")[0] ?? ""; },
    get lines() { return this.top ? here.results(this.top) : []; },
    /** Goals of teams in the order of what they serve, so that few links cross; those that serve nothing last. */
    get goals() {
      const place = (/** @type {string} */ id) => {
        const parents = this.links(id).map((link) => this.lines.indexOf(link.parent));
        return parents.length ? Math.min(...parents) : this.lines.length;
      };
      const all = here.ids("objective").filter((id) => here.look("objective", id).team);
      return all.sort((a, b) => place(a) - place(b)).filter((id) => !this.looseOnly || this.loose(id));
    },
    /** Every other one stands on the other side. @param {number} side */
    side(side) { return this.goals.filter((_, at) => at % 2 === side); },
    /** What a goal serves of what is on the map. @param {string} id @returns {Link[]} */
    links(id) {
      return (here.look("objective", id).serves ?? [])
        .filter((link) => link.parent === this.top || this.lines.includes(link.parent))
        .map((link) => ({ child: id, parent: link.parent, kind: link.kind }));
    },
    get linked() { return this.goals.flatMap((id) => this.links(id)); },
    /** @param {string} id */
    loose(id) { return this.links(id).length === 0; },
    get looseCount() { return here.ids("objective").filter((id) => here.look("objective", id).team && this.loose(id)).length; },
    /** The same in words, for whom no line is drawn. @param {string} id */
    inWords(id) {
      const links = this.links(id);
      if (!links.length) return here.look("objective", id).unaligned ? "serves none, with a reason" : "no link yet";
      return links.map((link) => `${WORDS[/** @type {keyof typeof WORDS} */ (link.kind)] ?? link.kind}: ${this.code(link.parent)}`).join("; ");
    },
    /** @param {string} id */
    code(id) { return id === this.top ? "the objective" : `K${this.lines.indexOf(id) + 1}`; },
    /** @param {string} id */
    team(id) { return here.look("team", here.look("objective", id).team ?? "").name ?? ""; },
    /** A cell a result: full where its figures are known. @param {string} id */
    cells(id) { return here.results(id).map((result) => ({ result, kind: here.look("result", result).target === null ? "off" : "ink" })); },
    /** @param {string} result */
    from(result) { return `${here.look("result", result).baseline ?? "?"}`; },
    /** @param {string} result */
    to(result) { return `${here.look("result", result).target ?? "?"}`; },
    /** Show what a card stands for, and go there. @param {string} id */
    show(id) {
      const goal = document.getElementById(`goal-${id}`);
      for (let at = goal?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
      goal?.scrollIntoView({ block: "start" });
    },
    sift() { this.looseOnly = !this.looseOnly; },
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
