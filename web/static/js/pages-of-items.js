// @ts-check
/** Pages of the big screen: at most twelve items, and no more than fit one under the other. */

const MOST = 12;
const LINES = 12;

/**
 * @param {string[]} ids
 * @param {(id: string) => string} words
 * @param {number} columns
 * @param {number} width characters that fit into a line of one column
 * @param {number} [lines] that fit one under the other
 * @returns {string[][]}
 */
export function pages(ids, words, columns, width, lines = LINES) {
  /** @type {string[][]} */
  const found = [];
  let height = lines + 1;
  for (let at = 0; at < ids.length; at += columns) {
    const row = ids.slice(at, at + columns);
    const tall = Math.max(...row.map((id) => Math.ceil(words(id).length / width))) + 1;
    const page = found.at(-1);
    if (!page || height + tall > lines || page.length + row.length > MOST) {
      found.push([...row]);
      height = tall;
    } else {
      page.push(...row);
      height += tall;
    }
  }
  return found;
}
