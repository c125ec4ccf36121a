// @ts-check
/** From left to right: in which lane the line of each need stands, so that words and marks stay readable. */

/** @typedef {import("./placing.js").Line} Line */

/** Lines from left to right, so that none crosses the words of one before it, where that can be. @param {Line[]} lines @param {Record<string, number>} y */
export function lanes(lines, y) {
  const left = lines.map((line) => ({ line, at: y[line.consumer], low: Math.min(y[line.consumer], y[line.provider]), high: Math.max(y[line.consumer], y[line.provider]), crossed: 0 }));
  for (const over of left) for (const words of left) if (over !== words && over.low <= words.at && words.at <= over.high) words.crossed += 1;
  /** @type {Line[]} */
  const found = [];
  while (left.length) {
    const next = left.reduce((least, one) => (one.crossed < least.crossed ? one : least));
    left.splice(left.indexOf(next), 1);
    for (const words of left) if (next.low <= words.at && words.at <= next.high) words.crossed -= 1;
    found.push(next.line);
  }
  return found;
}

/**
 * In which lane each line stands: one of its own, or, where there is no room for that, beside none that it would cover.
 * @param {Line[]} lines @param {Record<string, number>} y @param {number} width @param {number} font
 * @returns {{of: [Line, number][], count: number}}
 */
export function sideBySide(lines, y, width, font) {
  if (lines.length * font * 1.4 <= width) return { of: lines.map((line, nth) => [line, nth]), count: lines.length };
  /** @type {[number, number][][]} */
  const taken = [];
  const of = lines.map((line) => {
    const [low, high] = [Math.min(y[line.consumer], y[line.provider]) - font * .7, Math.max(y[line.consumer], y[line.provider]) + font * .7];
    let lane = taken.findIndex((others) => others.every(([from, to]) => to <= low || high <= from));
    if (lane < 0) lane = taken.push([]) - 1;
    taken[lane].push([low, high]);
    return /** @type {[Line, number]} */ ([line, lane]);
  });
  return { of, count: taken.length };
}
