// @ts-check
/** What could go wrong: written apart, shown together, then with one name each. */

import { brings } from "../brought.js";
import { RAID, watched } from "../needs/joins.js";
import { steady } from "../steady.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {{room: Room, needs: import("../needs/needs.js").Needs}} Ports */

/** @param {Ports} ports */
export function raidPass({ room, needs }) {
  const standing = steady(() => watched(needs));
  return () => ({
    sorts: RAID,
    sort: "risk",
    text: "",
    get own() { return room.lookMine("raid_notes").notes ?? []; },
    /** What is worked through, row by row. */
    get all() { return standing(); },
    /** What is looked at: those that still miss a name first. */
    get stale() { return watched(needs); },
    get nameless() { return this.all.filter((id) => { const { closed, owner } = needs.from.look("raid", id); return !closed && !owner; }).length; },
    /** @param {string} sort */
    pick(sort) { this.sort = sort; },
    write() {
      if (!this.text.trim()) return;
      room.send("write_raid", { sort: this.sort, text: this.text }, ["raid.text"]);
      this.text = "";
    },
    /** @param {string} note */
    takeBack(note) { room.send("take_back_raid", { note }); },
    /** @param {string} sort */
    wordOf(sort) { return RAID.find(({ key }) => key === sort)?.word ?? sort; },
  });
}

brings({ raidPass });
