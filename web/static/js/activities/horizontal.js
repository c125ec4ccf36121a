// @ts-check
/** The horizontal session: whose turn it is, what is blank, what could go wrong, room, conflicts, and what is left. */

import { brings } from "../brought.js";
import { RAID, watched } from "../needs/joins.js";

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
export function raidPass({ room, needs }) {
  return () => ({
    sorts: RAID,
    sort: "risk",
    text: "",
    get own() { return room.lookMine("raid_notes").notes ?? []; },
    get all() { return watched(needs); },
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

/** @param {Ports} ports */
export function capacities({ room }) {
  return () => ({
    get step() { return { rooms: /** @type {any[]} */ ([]), shown: false, missing: 0, ...room.stepOf("capacity") }; },
    get mine() { return { count: -1, asks: 0, ...room.mineOf("capacity") }; },
    get choices() { return [0, 1, 2, 3, 4, 5, 6]; },
    /** @param {number} count */
    say(count) { room.send("say_capacity", { count }); },
    /** @param {{asks: number, room: number}} team */
    isOver({ asks, room: left }) { return this.step.shown && left >= 0 && asks > left; },
    /** What it is asked for as cells: full up to what it has room for, the rest beyond it, or free. @param {{asks: number, room: number}} team */
    cellsOf({ asks, room: left }) { return this.step.shown && left >= 0 ? [Math.min(asks, left), Math.max(asks, left)] : [asks, asks]; },
    /** @param {{asks: number, said: boolean, room: number}} team */
    wordsOf({ asks, said, room: left }) {
      if (!this.step.shown) return said ? "has said" : "has not said yet";
      if (left < 0) return `${asks} asks; it has not said`;
      return asks > left ? `${asks} asks, room for ${left}: ${asks - left} too many` : `${asks} asks, room for ${left}`;
    },
  });
}

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
  return () => ({
    a: "",
    b: "",
    why: "",
    get step() { return { tie_breaker: "", resolver: "", lines: /** @type {any[]} */ ([]), ...room.stepOf("conflict_cards") }; },
    get all() { return [...needs.from.ids("conflict")].sort((x, y) => Number(Boolean(needs.from.look("conflict", x).outcome)) - Number(Boolean(needs.from.look("conflict", y).outcome))); },
    get open() { return this.all.filter((id) => !needs.from.look("conflict", id).outcome); },
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

brings({ needsRound, fourFields, raidPass, capacities, sharedResults, conflicts, escalation });
