// @ts-check
/** Placing dots, and saying of what one chose whether it is for now or for later. */

import { tells } from "../aloud.js";
import { brings } from "../brought.js";
import { dots } from "../cells.js";
import { lines } from "../pages-of-items.js";

/** Places that are drawn for one thing; beyond them, one more at a time. */
const MOST = 5;

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
    /**
     * A place for every dot that is there or could be: the last full and the first empty one say so to who listens.
     * @param {string} id
     */
    slots(id) {
      const [on, most] = [this.on(id), room.stepOf("vote").per_item ?? 0];
      const open = Math.max(on, Math.min(most, on + Math.max(0, this.left), Math.max(MOST, on + 1)));
      const words = room.wording(id);
      return Array.from({ length: open }, (_, place) => ({
        place,
        full: place < on,
        label: place === on - 1 ? `Take a dot from: ${words}` : place === on ? `Put a dot on: ${words}` : null,
      }));
    },
    /** @param {string} id @param {{full: boolean}} slot */
    press(id, slot) { slot.full ? this.take(id) : this.place(id); },
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
 * The rows of a shown ballot, most dots first, each with its dots as a picture.
 * @param {import("../room.js").Room} room
 * @param {string | undefined} ballot
 * @param {string[]} items
 */
export function rows(room, ballot, items) {
  const counted = room.look("ballot", ballot);
  const { totals = {}, voters = 0, per_item = 1 } = counted;
  // A bar is measured against what all who voted could have given, and not against the largest.
  const most = Math.max(1, voters * per_item, ...items.map((id) => totals[id] ?? 0));
  let rank = 0;
  return items.map((id, place) => {
    const total = totals[id] ?? 0;
    if (!place || total !== (totals[items[place - 1]] ?? 0)) rank = place + 1;
    const split = Boolean(counted.later);
    const later = split ? counted.later?.[id] ?? 0 : 0;
    const now = split ? counted.now?.[id] ?? 0 : total;
    // Who did not say is neither: pressing now and building for later are what people chose.
    const unsaid = total - now - later;
    return { id, rank, total, now, later, unsaid, split, ...dots({ now, unsaid, later }, most) };
  });
}

/** @param {{room: import("../room.js").Room}} ports */
export function tally({ room }) {
  return () => ({
    /** On the big screen: as many as fit, those without a dot last. @param {number} page */
    rowsOf(page) {
      const turned = lines(room, this.ranked);
      const shown = turned[page % (turned.length || 1)] ?? [];
      return this.rows.filter((row) => shown.includes(row.id));
    },
    /** Under which row the shortlist ends: the last before the first that is not on it. */
    get cut() {
      const first = this.ranked.findIndex((id) => !this.listed(id));
      return this.count && first > 0 ? this.ranked[first - 1] : "";
    },
    get unsaid() { return this.rows.some((row) => row.unsaid); },
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
      if (!voters) return "Nobody voted.";
      return `Too few to show: ${voters === 1 ? "one person" : `${voters} people`} voted.`;
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

/** The dots that are left, as one places them; what comes first, once it is shown. @param {import("../room.js").Room} room */
function told(room) {
  const step = room.stepOf("vote");
  if (step.shown) {
    const { rows: [first], tells: may, untold } = tally({ room })();
    if (!may) return untold;
    return first?.total ? `The votes are shown. Most dots: ${room.wording(first.id)}, ${first.total}.` : "The votes are shown.";
  }
  const { left } = vote({ room })();
  return !step.budget || left === step.budget ? "" : `${left || "No"} ${left === 1 ? "dot" : "dots"} left.`;
}

brings({ tally, vote });
tells({ vote: told });
