// @ts-check
/** Placing dots, and saying of what one chose whether it is for now or for later. */

import { brings } from "../brought.js";
import { pages } from "../pages-of-items.js";

/** @param {{room: import("../room.js").Room}} ports */
export function vote({ room }) {
  return () => ({
    /** For whom a facilitator votes, openly; nobody: oneself. */
    person: "",
    /** @type {Record<string, number>} */
    cast: {},

    /** @returns {import("../shapes.js").VotesShown} */
    get votes() { return { items: {}, leanings: {}, left: room.stepOf("vote").budget ?? 0, ...room.lookMine("votes", room.stepOf("vote").ballot) }; },
    get left() { return this.votes.left; },
    get places() { return Array.from({ length: room.stepOf("vote").budget ?? 0 }, (_, place) => place); },
    /** @param {number} place */
    spent(place) { return place >= this.left; },
    /** @param {string} id */
    on(id) { return this.votes.items[id] ?? 0; },
    /** @param {string} id */
    dots(id) { return Array.from({ length: this.on(id) }, (_, place) => place); },
    /** @param {string} id */
    may(id) { return this.left > 0 && this.on(id) < (room.stepOf("vote").per_item ?? 0) && !room.stepOf("vote").shown; },
    /** @param {string} id */
    place(id) { room.send("place_dot", { item: id }); },
    /** @param {string} id */
    take(id) { room.send("take_dot", { item: id }); },
    /** @param {string} id @param {string} lean */
    leans(id, lean) { return this.votes.leanings[id] === lean; },
    /** @param {string} id @param {string} lean */
    lean(id, lean) { room.send("lean", { item: id, lean: this.leans(id, lean) ? "" : lean }); },
    get undecided() {
      return room.stepOf("vote").leans ? Object.keys(this.votes.items).filter((id) => !this.votes.leanings[id]).length : 0;
    },
    /** One choice of several: the dot moves. @param {string} id */
    choose(id) {
      if (this.on(id)) return this.take(id);
      Object.keys(this.votes.items).forEach((other) => this.take(other));
      this.place(id);
    },

    // For somebody else, by a facilitator

    /** @param {string} id */
    castFor(id) {
      room.send("place_dot", { item: id, person: this.person });
      this.cast = { ...this.cast, [id]: (this.cast[id] ?? 0) + 1 };
    },
    pickPerson() { this.cast = {}; },
  });
}

/**
 * The rows of a shown ballot, most dots first, with what part of the widest bar each is.
 * @param {import("../room.js").Room} room
 * @param {string | undefined} ballot
 * @param {string[]} items
 */
export function rows(room, ballot, items) {
  const counted = room.look("ballot", ballot);
  const totals = counted.totals ?? {};
  const most = Math.max(1, ...items.map((id) => totals[id] ?? 0));
  return items.map((id) => {
    const total = totals[id] ?? 0;
    const split = Boolean(counted.later);
    const later = split ? counted.later?.[id] ?? 0 : 0;
    const now = split ? counted.now?.[id] ?? 0 : total;
    // Who did not say is neither: pressing now and building for later are what people chose.
    const width = (/** @type {number} */ dots) => (100 * dots) / most;
    return { id, total, now, later, unsaid: total - now - later, split,
      nowWidth: width(now), laterWidth: width(later), unsaidWidth: width(total - now - later) };
  });
}

/** @param {{room: import("../room.js").Room}} ports */
export function tally({ room }) {
  return () => ({
    /** On the big screen: as many as fit, those without a dot last. @param {number} page */
    rowsOf(page) {
      const turned = pages(this.ranked, (id) => room.wording(id), 1, 32, 15);
      const shown = turned[page % (turned.length || 1)] ?? [];
      return this.rows.filter((row) => shown.includes(row.id));
    },
    /** @param {number} page */
    paging(page) {
      const turned = pages(this.ranked, (id) => room.wording(id), 1, 32, 15).length;
      return turned > 1 ? `${(page % turned) + 1} of ${turned}` : "";
    },
    get ranked() {
      const { ranked, pile, ballot } = room.stepOf("shortlist");
      const items = ranked ?? room.wall(pile);
      const totals = room.look("ballot", ballot).totals ?? {};
      return [...items].filter((id) => room.item(id).pile).sort((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0));
    },
    get rows() { return rows(room, room.stepOf("shortlist").ballot, this.ranked); },
    get split() { return Boolean(room.look("ballot", room.stepOf("shortlist").ballot).later); },
    get tells() { return room.look("ballot", room.stepOf("shortlist").ballot).tells !== false; },
    get untold() {
      const { withheld, voters = 0 } = room.look("ballot", room.stepOf("shortlist").ballot);
      if (withheld) return "Not shown beside the newer round: together they would tell how somebody voted.";
      return `Too few to show: ${voters === 1 ? "one person" : `${voters || "no"} people`} voted.`;
    },
    get voters() { return room.look("ballot", room.stepOf("shortlist").ballot).voters ?? 0; },
    /** @param {string} id */
    listed(id) { return (room.stepOf("shortlist").items ?? []).includes(id); },
    /** @param {string} id */
    toggle(id) { room.send("shortlist", { item: id, on: !this.listed(id) }); },
    /** @param {number} count */
    draw(count) { room.send("draw_line", { count }); },
    get count() { return (room.stepOf("shortlist").items ?? []).length; },
    get needsLater() { return this.split && !room.stepOf("shortlist").kept; },
    /** @param {any} row */
    words(row) {
      const dots = row.total === 1 ? "1 dot" : `${row.total} dots`;
      if (!row.split || !row.total) return dots;
      return `${dots}: ${row.now} now, ${row.later} later` + (row.unsaid ? `, ${row.unsaid} not said` : "");
    },
  });
}

brings({ tally, vote });
