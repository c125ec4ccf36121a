// @ts-check
/** The floor map for a facilitator who is standing: a tile a poster, coloured only where feet are needed. */

import { brings } from "../brought.js";

const LONELY = 1;
const SILENT_FOR = 5 * 60_000;

/** @param {{room: import("../room.js").Room, clock: {now: number}}} ports */
export function floor({ room, clock }) {
  return () => ({
    from: 0,
    seen: false,
    get groups() { return room.stepOf("walk").groups ?? []; },
    get posters() {
      return Object.keys(room.things).filter((key) => key.startsWith("poster:")).map((key) => key.slice(7))
        .sort((a, b) => (room.look("poster", a).number ?? 0) - (room.look("poster", b).number ?? 0));
    },
    get round() {
      const { round = 0, stage } = room.stepOf("walk");
      return Math.max(1, round + (stage === "move" ? 1 : 0));
    },
    /** @param {string} poster @returns {Partial<import("../shapes.js").GroupOnFloor>} */
    at(poster) {
      // Whoever is home, or on the way, stands before no poster that is not their own.
      if (room.stepOf("walk").stage === "home") return {};
      return this.standing(poster);
    },
    /** @param {string} poster @returns {Partial<import("../shapes.js").GroupOnFloor>} */
    standing(poster) { return this.groups.find((group) => group.route[this.round - 1] === poster) ?? {}; },
    /** @param {string} poster @returns {Partial<import("../shapes.js").PosterOnFloor>} */
    notes(poster) { return (room.mainOf("walk").floor ?? []).find((row) => row.poster === poster) ?? {}; },
    /** @param {string} poster */
    hostHere(poster) { return (room.look("poster", poster).hosts ?? []).some((/** @type {string} */ p) => room.crew.here.includes(p)); },
    /** @param {any} group */
    device(group) { return (this.people(group)).some((/** @type {string} */ p) => room.crew.here.includes(p)); },
    /** @param {any} group */
    people(group) { return (room.mainOf("walk").groups ?? []).find((row) => row.number === group.number)?.people ?? []; },
    /** @param {any} group */
    names(group) { return this.people(group).map((/** @type {string} */ p) => room.name(p)).join(", "); },
    /** What somebody has to walk over for, in words. @param {string} poster */
    wants(poster) {
      const group = this.at(poster);
      const found = [];
      if (group.people && !this.hostHere(poster)) found.push("no host");
      if (group.people === LONELY) found.push("one visitor");
      if (group.people && !this.device(group)) found.push("no device");
      const quiet = clock.now - room.step.started > SILENT_FOR;
      if (quiet && group.people && !this.notes(poster).notes) found.push("no notes yet");
      return found;
    },
    /** @param {any} group */
    tint(group) { return `group-${((group.number ?? 1) - 1) % 12}`; },
    /** @param {string} poster @param {number} group */
    hasSeen(poster, group) {
      const found = this.groups.find((g) => g.number === group);
      const place = found?.route.indexOf(poster) ?? -1;
      return place >= 0 && place < (room.stepOf("walk").round ?? 0);
    },
    /** @param {number} group */
    ask(group) { this.from = this.from === group ? 0 : group; },
    /** @param {string} into */
    join(into) {
      if (into) room.send("join_groups", { group: this.from, into: Number(into) });
      this.from = 0;
    },
    deal() { room.send("deal_groups"); },
    /** @param {string} rounds */
    dealFor(rounds) { if (rounds) room.send("deal_groups", { rounds: Number(rounds) }); },
    /** @param {string} poster @param {string} person */
    host(poster, person) { if (person) room.send("swap_host", { poster, person }); },
    /** @param {string} poster */
    mates(poster) { return room.ids("person").filter((p) => room.look("person", p).team === poster); },
    /** How many posters there would be. */
    get hanging() { return room.mainOf("assemble").posters ?? 0; },
    get few() { return !room.stepOf("assemble").dealt && this.hanging > 1 && room.counts.people < 2 * this.hanging; },
    get most() { return Math.max(1, this.posters.length - 1, this.hanging - 1); },
    get choices() { return Array.from({ length: Math.min(this.most, 11) }, (_, place) => place + 1); },
    /** @param {string} poster @returns {Partial<import("../shapes.js").TeamAtHome>} */
    home(poster) { return (room.mainOf("revise").floor ?? []).find((row) => row.poster === poster) ?? {}; },
  });
}

brings({ floor });
