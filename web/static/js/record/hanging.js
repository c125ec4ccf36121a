// @ts-check
/** How goals hang together: what each serves, what serves each line, and by which sign a line is called. */

/** @typedef {{child: string, parent: string, kind: string}} Link */
/** @typedef {ReturnType<typeof hang>} Hanging */

/** How each kind of link is called, where it leads; the closest tie last. @type {Record<string, string>} */
export const LINKS = { directional: "as a guide", explicit: "taken over as it is", shared: "a shared result", unsaid: "how is still to be said" };
const ORDER = Object.keys(LINKS).reverse();

/**
 * Gathered in one go, and not watched in its parts: it is asked for much more often than it changes.
 * @param {import("./record.js").Record_} here
 * @param {readonly string[]} goals those that are looked at, in the order of the list
 */
export function hang(here, goals) {
  const tops = here.objectives("");
  const results = tops.flatMap((top) => here.results(top));
  /** What can be served: each goal of the whole, then its results. */
  const lines = tops.flatMap((top) => [top, ...here.results(top)]);
  /** Drafts are served by nobody yet. */
  const offered = tops.filter((top) => here.look("objective", top).status !== "draft").flatMap((top) => [top, ...here.results(top)]);
  const place = new Map(lines.map((line, at) => [line, at]));
  /** @type {Record<string, string>} */
  const codes = {};
  /** @type {Record<string, string>} */
  const tints = {};
  tops.forEach((top, at) => { codes[top] = tops.length > 1 ? `goal ${at + 1}` : "the goal"; });
  results.forEach((result, at) => { [codes[result], tints[result]] = [`K${at + 1}`, `tint-${at % 5}`]; });

  /** @type {Record<string, Link[]>} */
  const links = {};
  /** @type {Record<string, Link[]>} */
  const under = Object.fromEntries(lines.map((line) => [line, []]));
  const teams = goals.filter((id) => here.look("objective", id).team);
  for (const child of teams) {
    links[child] = (here.look("objective", child).serves ?? []).filter(({ parent }) => place.has(parent)).map(({ parent, kind }) => ({ child, parent, kind: kind || "unsaid" }));
    links[child].forEach((link) => under[link.parent].push(link));
  }
  Object.values(under).forEach((found) => found.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)));
  const first = (/** @type {string} */ id) => Math.min(lines.length, ...links[id].map(({ parent }) => place.get(parent) ?? lines.length));
  /** In the order of what they serve, so that few lines cross; those that serve nothing last. */
  const cards = [...teams].sort((a, b) => first(a) - first(b));
  const sides = [cards.filter((_, at) => at % 2 === 0), cards.filter((_, at) => at % 2 === 1)];
  const loose = cards.filter((id) => !links[id].length);
  return Object.freeze({ tops, lines, offered, codes, tints, links, under, cards, sides, loose, linked: cards.flatMap((id) => links[id]) });
}

/** How many serve a line in each way, the closest tie first. @param {Link[]} under */
export function byKind(under) {
  return ORDER.map((kind) => ({ kind, count: under.filter((link) => link.kind === kind).length })).filter(({ count }) => count);
}
