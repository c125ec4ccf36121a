// @ts-check
/** Pictures that Alpine cannot loop over, as templates do not live inside SVG: who is done, and notes face down. */

import { box, cell, hive, row, wide } from "./cells.js";

const SVG = "http://www.w3.org/2000/svg";
/** Beyond so many, cells are drawn as two shapes: the full ones and the empty ones. */
const SINGLE = 120;

/**
 * `x-hive="[full, all]"` keeps a comb of `all` cells of which `full` are; which ones is by number, never by person.
 * `x-row="[full, all]"` is the same side by side.
 * `x-facedown="count"` keeps as many notes face down, a little crooked.
 * @param {any} Alpine
 */
export function drawings(Alpine) {
  /** @param {string} name @param {(el: Element, value: any) => void} draw */
  const picture = (name, draw) => Alpine.directive(name, (/** @type {Element} */ el, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const evaluate = evaluateLater(expression);
    effect(() => evaluate((/** @type {any} */ value) => draw(el, value)));
  });
  picture("hive", (el, [full, all]) => drawHive(el, full, all));
  picture("row", (el, [full, all]) => drawRow(el, full, all));
  picture("facedown", (el, count) => drawNotes(el, count));
}

/** @param {Element} el @param {number} full @param {number} all */
function drawHive(el, full, all) {
  const places = hive(all);
  el.setAttribute("viewBox", box(places));
  const groups = all <= SINGLE ? places.map((place) => [place]) : [places.slice(0, full), places.slice(full)];
  keep(el, groups.length, "path");
  groups.forEach((group, at) => {
    const path = el.children[at];
    path.setAttribute("d", group.map((place) => cell(place)).join(""));
    path.setAttribute("class", (all <= SINGLE ? at < full : at === 0) ? "cell-on" : "cell-off");
  });
}

/** @param {Element} el @param {number} full @param {number} all */
function drawRow(el, full, all) {
  el.setAttribute("viewBox", `0 0 ${wide(all)} 2`);
  keep(el, 2, "path");
  [row(full), row(all - full, full)].forEach((path, at) => el.children[at].setAttribute("d", path));
  ["cell-on", "cell-off"].forEach((kind, at) => el.children[at].setAttribute("class", kind));
}

/** Notes as they lie: their places in a grid that fills a wall about twice as wide as high. @param {Element} el @param {number} count */
function drawNotes(el, count) {
  const columns = Math.max(3, Math.ceil(Math.sqrt(count * 1.4)));
  const lines = Math.max(2, Math.ceil(count / columns));
  el.setAttribute("viewBox", `-6 -6 ${columns * 100 + 12} ${lines * 78 + 12}`);
  keep(el, count, "g");
  for (let at = el.childElementCount - 1; at >= 0; at -= 1) {
    const [x, y] = [(at % columns) * 100 + 48, Math.floor(at / columns) * 78 + 37];
    const note = el.children[at];
    note.setAttribute("class", `down tint-${(at * 7 + Math.floor(at / 5)) % 5}`);
    note.setAttribute("transform", `translate(${x} ${y}) rotate(${((at * 137) % 61) / 12 - 2.5})`);
    if (!note.firstChild) note.append(shape("rect", { x: -45, y: -34, width: 90, height: 68, rx: 9 }), shape("path", { d: cell({ x: 0, y: 0 }, 11) }));
  }
}

/** Exactly so many children of a kind. @param {Element} el @param {number} count @param {string} kind */
function keep(el, count, kind) {
  while (el.childElementCount > count) el.lastElementChild?.remove();
  while (el.childElementCount < count) el.append(document.createElementNS(SVG, kind));
}

/** @param {string} kind @param {Record<string, string | number>} facts */
function shape(kind, facts) {
  const made = document.createElementNS(SVG, kind);
  Object.entries(facts).forEach(([name, value]) => made.setAttribute(name, String(value)));
  return made;
}
