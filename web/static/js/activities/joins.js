// @ts-check
/** What teams hold together: results they share, and conflicts they settle. */

import { brings } from "../brought.js";
import { steady } from "../steady.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {{room: Room, needs: import("../needs/needs.js").Needs}} Ports */

/** @param {Ports} ports */
export function sharedResults({ room, needs }) {
  return () => ({
    line: "",
    get step() { return { lines: /** @type {any[]} */ ([]), own: /** @type {any[]} */ ([]), ...room.stepOf("shared_results") }; },
    get all() { return needs.from.ids("share"); },
    get unled() { return this.all.filter((id) => !needs.from.look("share", id).named).length; },
    /** Results that are not shared yet. */
    get others() { return this.step.lines.filter(({ id }) => !this.all.includes(id)); },
    get maySay() { return needs.from.keeps() || needs.ours.length > 0; },
    share() {
      if (this.line) room.send("carry_share", { result: this.line });
      this.line = "";
    },
  });
}

/** @param {Ports} ports */
export function conflicts({ room, needs }) {
  const decided = (/** @type {string} */ id) => Boolean(needs.from.look("conflict", id).outcome);
  const standing = steady(() => [...needs.from.ids("conflict")].sort((a, b) => Number(decided(a)) - Number(decided(b))));
  return () => ({
    a: "",
    b: "",
    why: "",
    get step() { return { tie_breaker: "", resolver: "", lines: /** @type {any[]} */ ([]), ...room.stepOf("conflict_cards") }; },
    get all() { return standing(); },
    get open() { return this.all.filter((id) => !decided(id)); },
    /** @param {{team: string, text: string}} line */
    lineWords({ team, text }) { return team ? `${room.look("team", team).name ?? ""}: ${text}` : text; },
    get ready() { return this.a !== "" && this.b !== "" && this.a !== this.b && this.why.trim() !== ""; },
    raise() {
      if (!this.ready) return;
      room.send("raise_conflict", { a: this.a, b: this.b, text: this.why }, ["conflict.why"]);
      this.a = this.b = this.why = "";
    },
  });
}

brings({ sharedResults, conflicts });
