// @ts-check
/** Cells of a comb: a number of people or dots as something to look at, and a bar where there are too many. */

/** Half the width of a cell whose corners are one away from its middle. */
const HALF = Math.sqrt(3) / 2;
/** How much of its place a cell fills, so that there is paper between two. */
const FULL = .86;
/** Up to so many make a flower; more make a comb. */
const FLOWER = 19;

/** @typedef {{x: number, y: number}} Place */

/** A cell around a place, its point up. @param {Place} place @param {number} [size] */
export function cell({ x, y }, size = FULL) {
  const [w, h] = [HALF * size, size];
  const corners = [[0, -h], [w, -h / 2], [w, h / 2], [0, h], [-w, h / 2], [-w, -h / 2]];
  return `M${corners.map(([dx, dy]) => `${round(x + dx)} ${round(y + dy)}`).join("L")}Z`;
}

/** So many cells side by side, after others. @param {number} count @param {number} [after] @param {boolean} [holes] */
export function row(count, after = 0, holes = false) {
  return Array.from({ length: count }, (_, place) => {
    const at = { x: (after + place) * 2 * HALF + HALF, y: 1 };
    return holes ? cell(at) + cell(at, .36) : cell(at);
  }).join("");
}

/** Up to so many dots are cells; more are a bar. */
const SINGLE = 24;

/**
 * What one thing was given, in parts one after the other, against the most it could have been given.
 * @param {{now: number, unsaid: number, later: number}} given
 * @param {number} most
 */
export function dots({ now, unsaid, later }, most) {
  const cells = most <= SINGLE;
  /** @param {number} count @param {number} after @param {boolean} [holes] */
  const part = (count, after, holes) => (!count ? "" : cells ? row(count, after, holes) : bar(count / most, after / most));
  return {
    box: cells ? `0 0 ${wide(most)} 2` : "0 0 100 10",
    fit: cells ? "xMinYMid meet" : "none",
    ground: cells ? "" : bar(1, 0),
    nowPath: part(now, 0),
    unsaidPath: part(unsaid, now),
    laterPath: part(later, now + unsaid, true),
  };
}

/** A part of a bar, both as parts of the whole. @param {number} length @param {number} from */
const bar = (length, from) => `M${round(100 * from)} 1h${round(100 * length)}v8h${-round(100 * length)}Z`;

/** How wide a row of so many cells is. @param {number} count */
export const wide = (count) => round(count * 2 * HALF);

/** Where so many cells stand: a flower around a middle, or a comb about twice as wide as high. @param {number} count @returns {Place[]} */
export function hive(count) {
  return count <= FLOWER ? flower(count) : comb(count, Math.ceil(Math.sqrt(count * 1.9)));
}

/** What has to be seen of them. @param {Place[]} places */
export function box(places) {
  if (!places.length) return "0 0 1 1";
  const [xs, ys] = [places.map((p) => p.x), places.map((p) => p.y)];
  const [left, top] = [Math.min(...xs) - 1, Math.min(...ys) - 1.1];
  return [left, top, Math.max(...xs) + 1 - left, Math.max(...ys) + 1.1 - top].map(round).join(" ");
}

/** Rings around a middle. @param {number} count @returns {Place[]} */
function flower(count) {
  const found = [[0, 0]];
  for (let ring = 1; found.length < count; ring += 1) {
    let [q, r] = [ring, -ring];
    for (const [dq, dr] of [[0, 1], [-1, 1], [-1, 0], [0, -1], [1, -1], [1, 0]]) {
      for (let step = 0; step < ring; step += 1) {
        found.push([q, r]);
        [q, r] = [q + dq, r + dr];
      }
    }
  }
  return found.slice(0, count).map(([q, r]) => ({ x: HALF * (2 * q + r), y: 1.5 * r }));
}

/** Rows that stand in each other's gaps. @param {number} count @param {number} columns @returns {Place[]} */
function comb(count, columns) {
  return Array.from({ length: count }, (_, at) => {
    const line = Math.floor(at / columns);
    return { x: HALF * (2 * (at % columns) + (line % 2)), y: 1.5 * line };
  });
}

/** @param {number} value */
const round = (value) => Math.round(value * 100) / 100;
