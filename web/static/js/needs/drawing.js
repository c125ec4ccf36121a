// @ts-check
/** The board as a picture: drawn once, then only what has changed of it. */

import { cell } from "../cells.js";
import { circle, made, marked } from "./marks.js";

/** @typedef {ReturnType<typeof import("./placing.js").placed>} Board */

/**
 * `x-board="board"` keeps the picture of a board; `x-mark="mark"` that of one mark.
 * @param {any} Alpine
 */
export function boards(Alpine) {
  Alpine.directive("board", (/** @type {SVGSVGElement} */ svg, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const evaluate = evaluateLater(expression);
    effect(() => evaluate((/** @type {Board | null} */ board) => { if (board) draw(svg, board); }));
  });
  Alpine.directive("mark", (/** @type {SVGSVGElement} */ svg, /** @type {any} */ { expression }, /** @type {any} */ { evaluateLater, effect }) => {
    const evaluate = evaluateLater(expression);
    effect(() => evaluate((/** @type {string} */ mark) => {
      svg.setAttribute("viewBox", "-11 -11 22 22");
      keep(svg, mark, () => marked(mark, 10));
    }));
  });
}

/** @param {SVGSVGElement} svg @param {Board} board */
export function draw(svg, board) {
  svg.setAttribute("viewBox", `0 0 ${board.width} ${board.height}`);
  svg.style.fontSize = `${board.font}px`;
  const ground = layer(svg, "board-ground");
  const bands = layer(svg, "board-bands");
  const [lines, words] = [layer(svg, "board-needs"), layer(svg, "board-words")];
  keep(ground, JSON.stringify([board.rows, board.weeks, board.width, board.height, board.beside]), () => grounds(board));
  keep(bands, JSON.stringify(board.bands), () => board.bands.flatMap((d) => [made("path", { d, class: "circle-band", "stroke-width": board.font * 1.2 }), made("path", { d, class: "circle-way" })]));
  each(lines, "need-line", board, (line) => need(line, board.font));
  // Whatever crosses the words of another lies below them.
  each(words, "need-said", board, (line) => said(line, board.font));
}

/** A group for each need. @param {Element} into @param {string} kind @param {Board} board @param {(line: Board["lines"][number]) => Element[]} make */
function each(into, kind, board, make) {
  const known = new Map([...into.children].map((child) => [/** @type {SVGElement} */ (child).dataset.need ?? "", child]));
  for (const line of board.lines) {
    const group = known.get(line.id) ?? into.appendChild(made("g", { "data-need": line.id }));
    known.delete(line.id);
    keep(group, JSON.stringify(line) + board.font, () => {
      group.setAttribute("class", `${kind} is-${line.mark}`);
      return make(line);
    });
  }
  known.forEach((gone) => gone.remove());
}

/** Put new shapes in only where they would be others. @param {Element} into @param {string} key @param {() => Element[]} make */
function keep(into, key, make) {
  if (into.getAttribute("data-as") === key) return;
  into.setAttribute("data-as", key);
  into.replaceChildren(...make());
}

/** @param {Element} svg @param {string} name */
function layer(svg, name) { return svg.querySelector(`:scope > .${name}`) ?? svg.appendChild(made("g", { class: name })); }

/** @param {Board} board */
function grounds(board) {
  const { font, row, top, left, right, width, height } = board;
  /** @type {Element[]} */
  const found = [];
  if (board.beside) found.push(made("rect", { x: right, y: 0, width: width - right, height, rx: font * .8, class: "board-beside" }), text("No date yet", right + font, font * 1.5, "board-title"));
  for (const { y, load: [asks, room] } of board.rows) {
    if (asks > room) found.push(made("rect", { x: 0, y: y - row / 2, width, height: row, rx: font * .5, class: "board-over" }));
  }
  for (const { n, x, month } of board.weeks) {
    found.push(made("path", { d: `M${x} ${top - font * .2}V${height - font * .4}`, class: "board-rule" }));
    if (month) found.push(text(month, x + board.column * .5 - font * .5, font, "board-month"));
    if (board.column > font * 1.3 || n % 2) found.push(text(String(n), x + board.column / 2, font * 2.3, "board-week"));
  }
  board.rows.forEach(({ name, y, load: [asks, room] }, at) => {
    if (at) found.push(made("path", { d: `M0 ${y - row / 2}H${right}`, class: "board-rule" }));
    const fits = Math.floor(board.label / (font * .55));
    const short = name.length > fits + 1 ? `${name.slice(0, fits - 1).trimEnd()}…` : name;
    const label = text(short, font * .5, y + font * .35, "board-team");
    if (short !== name) label.append(Object.assign(made("title", {}), { textContent: name }));
    found.push(label, ...loads(asks, room, left - font * 3.6, y, font));
  });
  return found;
}

/** How much a team is asked for, as cells: up to what it has room for, and what is beyond it. @param {number} asks @param {number} room @param {number} x @param {number} y @param {number} font */
function loads(asks, room, x, y, font) {
  if (!asks) return [];
  const all = Math.max(asks, room);
  const across = all > 9 ? Math.ceil(all / 2) : all > 6 ? 4 : 3;
  const size = Math.min(font * .42, font * 3 / (across * 1.9));
  const lines = Math.ceil(all / across);
  return Array.from({ length: Math.min(all, 24) }, (_, nth) => made("path", {
    d: cell({ x: x + size + (nth % across) * size * 1.95, y: y + (Math.floor(nth / across) - (lines - 1) / 2) * size * 2.1 }, size),
    class: nth >= room ? "load-over" : nth < asks ? "load-on" : "load-off",
  }));
}

/** @param {Board["lines"][number]} line @param {number} font */
function need({ x, from, to, mark }, font) {
  const r = font * .62;
  const way = Math.sign(to - from) || 1;
  const found = [
    made("path", { d: `M${x} ${from + way * r * .55}V${to - way * r}`, class: "need-way", "stroke-width": font * .17 }),
    made("path", { d: circle(r * .5), transform: `translate(${x} ${from})`, class: "need-ring", "stroke-width": font * .17 }),
    Object.assign(made("g", { transform: `translate(${x} ${to})`, class: "need-mark" })),
  ];
  found[2].append(...marked(mark, r));
  return found;
}

/** @param {Board["lines"][number]} line @param {number} font */
function said({ to, words, side, at, over }, font) {
  return words ? [text(words, at, to + font * .33, over ? "need-words is-over" : "need-words", side)] : [];
}

/** @param {string} words @param {number} x @param {number} y @param {string} kind @param {string} [anchor] */
function text(words, x, y, kind, anchor = "start") {
  return Object.assign(made("text", { x, y, class: kind, "text-anchor": kind === "board-week" ? "middle" : anchor }), { textContent: words });
}
