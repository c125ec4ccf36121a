// @ts-check
/** Pages of the big screen: at most twelve items, and no more than fit one under the other. */

/** @typedef {import("./room.js").Room} Room */

const MOST = 12;

/**
 * @param {string[]} ids
 * @param {(id: string) => string} words
 * @param {number} columns
 * @param {number} width characters that fit into a line of one column
 * @param {number} lines that fit one under the other
 * @returns {string[][]}
 */
export function pages(ids, words, columns, width, lines) {
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

/** In how many columns so many notes stand, so that none of them is left alone. @param {number} count */
export function columns(count) {
  if (count <= 3) return Math.max(1, count);
  if (count === 4) return 2;
  return count <= 6 || count === 9 ? 3 : 4;
}

/** A wall of notes, page by page. @param {Room} room @param {string[]} ids */
export function walls(room, ids) {
  const wide = columns(Math.min(ids.length, MOST));
  return pages(ids, (id) => room.wording(id), wide, Math.floor(92 / wide), 15);
}

/** Lines of a vote, page by page. @param {Room} room @param {string[]} ids */
export const lines = (room, ids) => pages(ids, (id) => room.wording(id), 1, 40, 18);

/** “1 to 12 of 22”; nothing where all of them are shown. @param {string[][]} turned @param {number} page */
export function paging(turned, page) {
  if (turned.length < 2) return "";
  const before = turned.slice(0, page).reduce((sum, shown) => sum + shown.length, 0);
  const all = turned.reduce((sum, shown) => sum + shown.length, 0);
  return `${before + 1} to ${before + turned[page].length} of ${all}`;
}
