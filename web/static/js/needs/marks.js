// @ts-check
/** The mark of a need by how far it is: a shape, and a sign in it; never by its colour alone. */

import { cell } from "../cells.js";

const SVG = "http://www.w3.org/2000/svg";

/** The shape of each mark around its middle, `r` from it to its edge. @type {Record<string, (r: number) => string>} */
const SHAPES = {
  agreed: (r) => cell({ x: 0, y: 0 }, r),
  accepted: (r) => cell({ x: 0, y: 0 }, r),
  done: (r) => cell({ x: 0, y: 0 }, r),
  conditional: (r) => `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`,
  proposed: (r) => circle(r * .85),
  declined: (r) => `M${-r * .8} ${-r * .8}H${r * .8}V${r * .8}H${-r * .8}Z`,
  withdrawn: (r) => `M${-r * .8} ${-r * .8}H${r * .8}V${r * .8}H${-r * .8}Z`,
  undecided: (r) => `M0 ${-r}L${r} ${r * .8}H${-r}Z`,
  slipped: (r) => `M0 ${r}L${r} ${-r * .8}H${-r}Z`,
};
/** What is drawn into it. @type {Record<string, (r: number) => string>} */
const SIGNS = {
  agreed: (r) => `M${-r * .42} ${r * .05}L${-r * .08} ${r * .4}L${r * .45} ${-r * .32}`,
  accepted: (r) => `M0 ${-r}V${r}L${-r * .866} ${r / 2}V${-r / 2}Z`,
  done: (r) => `M${-r * .5} ${r * .05}L${-r * .2} ${r * .35}L${r * .2} ${-r * .3}M${-r * .05} ${r * .35}L${r * .5} ${-r * .3}`,
  conditional: (r) => `M${-r} 0H${r}L0 ${r}Z`,
  proposed: (r) => circle(r * .14),
  declined: (r) => `M${-r * .35} ${-r * .35}L${r * .35} ${r * .35}M${r * .35} ${-r * .35}L${-r * .35} ${r * .35}`,
  withdrawn: (r) => `M${-r * .4} 0H${r * .4}`,
  undecided: (r) => `M0 ${-r * .3}V${r * .25}M0 ${r * .52}V${r * .56}`,
  slipped: (r) => `M0 ${-r * .5}V${r * .05}M0 ${r * .35}V${r * .4}`,
};

/** @param {number} r */
export function circle(r) { return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`; }

/** @param {string} mark @param {number} r */
export function marked(mark, r) {
  return [made("path", { d: (SHAPES[mark] ?? SHAPES.proposed)(r), class: `mark-shape is-${mark}`, "stroke-width": r * .2 }), made("path", { d: (SIGNS[mark] ?? SIGNS.proposed)(r), class: `mark-sign is-${mark}`, "stroke-width": r * .22 })];
}

/** @param {string} kind @param {Record<string, string | number>} facts @returns {SVGElement} */
export function made(kind, facts) {
  const shape = document.createElementNS(SVG, kind);
  Object.entries(facts).forEach(([name, value]) => shape.setAttribute(name, String(typeof value === "number" ? Math.round(value * 100) / 100 : value)));
  return shape;
}
