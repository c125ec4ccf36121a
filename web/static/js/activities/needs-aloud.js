// @ts-check
/** Needs in a horizontal session: whose turn it is to say them, what is blank in them, and what is passed on. */

import { brings } from "../brought.js";

/** @typedef {import("../room.js").Room} Room */
/** @typedef {{room: Room, needs: import("../needs/needs.js").Needs}} Ports */

/** @param {Ports} ports */
export function needsRound({ room, needs }) {
  return () => ({
    get step() { return { speaks: "", team_name: "", after: "", at: 0, all: 0, ...room.stepOf("needs_round") }; },
    get cards() { return needs.all.filter((id) => needs.look(id).consumer === this.step.speaks && needs.look(id).state !== "withdrawn"); },
    get isMine() { return this.step.speaks !== "" && needs.ours.includes(this.step.speaks); },
  });
}

/** @param {Ports} ports */
export function fourFields({ room, needs }) {
  return () => ({
    get step() { return { up: "", needs: /** @type {{id: string, lacks: string[]}[]} */ ([]), ...room.stepOf("four_fields") }; },
    get up() { return this.step.up ? [this.step.up] : []; },
    /** Those with blanks that one can fill, or all for whoever looks on. */
    get blank() { return this.step.needs.filter(({ lacks }) => lacks.length); },
    get mine() { return this.blank.filter(({ id }) => this.isOurs(id)); },
    get complete() { return this.step.needs.length - this.blank.length; },
    /** @param {string} id */
    isOurs(id) { return [needs.look(id).consumer, needs.look(id).provider].some((team) => needs.ours.includes(team ?? "")); },
    /** @param {string[]} lacks */
    lackWords(lacks) { return `Still blank: ${lacks.join("; ")}`; },
    /** @param {string} need */
    put(need) { room.send("put_up_need", { need: need === this.step.up ? "" : need }); },
  });
}

/** @param {Ports} ports */
export function escalation({ room, needs }) {
  return () => ({
    whose: "",
    day: "",
    get step() { return { open_needs: /** @type {string[]} */ ([]), conflicts: /** @type {string[]} */ ([]), resolver: "", raise_within: 0, answer_within: 0, until: "", ...room.stepOf("escalate") }; },
    get left() { return this.step.open_needs; },
    /** @param {string} id */
    has(id) { return needs.look(id).state === "undecided"; },
    /** Pass one on to whoever decides, by the day of the window. @param {string} id */
    pass(id) {
      const { version } = needs.look(id);
      room.send("ask_decision", { dependency: id, version, whose: this.whose || this.step.resolver, day: this.day || this.step.until, why: "left open in the horizontal session" });
    },
    passAll() { this.left.filter((id) => !this.has(id)).forEach((id) => this.pass(id)); },
    get mayPass() { return (this.whose || this.step.resolver) !== ""; },
    get toPass() { return this.left.filter((id) => !this.has(id)).length; },
  });
}

brings({ needsRound, fourFields, escalation });
