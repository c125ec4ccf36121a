// @ts-check
/** Where words stand on the board: beside the mark they belong to, where there is room for them. */

/** @typedef {import("./placing.js").Placed} Placed */

/**
 * Words beside the mark of each line, on the side where there is room, as long as they can be. Where no words would
 * stand, those of a day may lie over a line, never over a mark.
 * @param {Placed[]} lines @param {{font: number, left: number, right: number, width: number, many: boolean}} room
 */
export function worded(lines, { font, left, right, width, many }) {
  if (many) return lines.map((line) => ({ ...line, words: "" }));
  const [gap, letter] = [font * .95, font * .54];
  /** @type {{y: number, from: number, to: number}[]} */
  const taken = [];
  return lines.map((line) => {
    const [least, most] = line.x < right ? [left, width] : [right, width];
    const others = lines.filter((other) => other !== line);
    const crossing = others.filter((other) => Math.min(other.from, other.to) - 1 <= line.to && line.to <= Math.max(other.from, other.to) + 1).map(({ x }) => x);
    const ending = others.filter((other) => [other.from, other.to].some((end) => Math.abs(end - line.to) < 1)).map(({ x }) => x);
    const written = taken.filter(({ y }) => Math.abs(y - line.to) < font);
    const beside = (/** @type {number[]} */ marks) => {
      const after = Math.min(most, ...marks.filter((x) => x > line.x).map((x) => x - gap), ...written.filter(({ from }) => from > line.x).map(({ from }) => from)) - line.x - gap;
      const before = line.x - gap - Math.max(least, ...marks.filter((x) => x < line.x).map((x) => x + gap), ...written.filter(({ to }) => to < line.x).map(({ to }) => to));
      const side = after >= line.words.length * letter || after >= before ? "start" : "end";
      const fits = Math.floor((side === "start" ? after : before) / letter);
      return { side, words: line.words.length <= fits ? line.words : fits > 6 ? `${line.words.slice(0, fits - 1).trimEnd()}…` : "" };
    };
    const clear = beside(crossing);
    const { side, words } = clear.words || line.x >= right ? clear : beside(ending);
    const at = side === "start" ? line.x + gap : line.x - gap;
    const reach = words.length * letter;
    if (words) taken.push({ y: line.to, from: side === "start" ? at : at - reach, to: side === "start" ? at + reach : at });
    return /** @type {Placed} */ ({ ...line, words, side: words ? side : "", at, over: words !== clear.words });
  });
}
