// @ts-check
/** The live line-up as every page reads it: acts by slot and stage, what plays now and next, and when. */

/** @import {ActShown, BilledShown, FestivalMine, StageShown} from "../shapes.js" */
/** @typedef {ActShown & {id: string, letter: string, name: string, goal: string, headliner: boolean}} Billed */
import { hour } from "../clock.js";
import { byPlan } from "./walk.js";

export const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** What a stage tells of how full it is. */
export const BANDS = /** @type {Record<string, string>} */ ({ room: "There is room", filling: "Filling up", full: "Full house" });

/** @typedef {ReturnType<typeof programme>} Programme */
/** @param {import("../room.js").Room} room */
export function programme(room) {
  return {
    /** @returns {Partial<import("../shapes.js").LineUpShown>} */
    get lineup() { return room.look("lineup"); },
    get live() { return Boolean(this.lineup.live); },
    /** @returns {Partial<FestivalMine>} */
    get own() { return room.lookMine("festival"); },
    get slots() { return Array.from({ length: this.lineup.slots ?? 0 }, (_, at) => at + 1); },
    get stages() { return room.ids("stage").slice(0, this.lineup.stages ?? 0); },
    /** @param {string} id @returns {Billed} */
    act(id) {
      const act = /** @type {ActShown} */ (room.look("act", id));
      const billed = /** @type {Partial<BilledShown>} */ (room.look("billed", act.team ?? ""));
      const { name = "", goal = "", headliner = false } = billed;
      return { ...act, id, letter: LETTERS[(act.stage ?? 1) - 1], name, goal, headliner };
    },
    /** @param {number} slot @returns {Billed[]} */
    playing(slot) {
      return room.ids("act").filter((id) => room.look("act", id).slot === slot).map((id) => this.act(id)).sort((a, b) => a.stage - b.stage);
    },
    /** @param {number} slot @param {string} letter @returns {Billed | undefined} */
    at(slot, letter) { return this.playing(slot).find((act) => act.letter === letter); },
    /** @param {string} letter @returns {Partial<StageShown>} */
    stage(letter) { return room.look("stage", letter); },
    /** @param {Billed} act */
    linkOf(act) { return this.lineup.online ? this.stage(act.letter).link ?? "" : ""; },
    /** @param {Billed} act */
    bandOf(act) { return this.stage(act.letter).full ?? ""; },

    // Where the slots are

    /** Which slot it is, and what it is at; without a connection by the plan's bells. */
    get now() {
      const { round = 0, stage = "", bells = [] } = room.stepOf("slots");
      if (room.step.activity !== "slots") return { round, stage: "" };
      return room.status === "lost" && bells.length ? byPlan(bells, Date.now() + room.drift) : { round, stage };
    },
    get slot() { return this.now.round; },
    get part() { return this.now.stage; },
    get going() { return ["move", "break"].includes(this.part); },
    get open() { return ["pitch", "questions", "feedback"].includes(this.part); },
    /** The slot whose stages one can go to: the one that is on, or the next. */
    get next() { return this.open ? this.slot : this.going ? this.slot + 1 : this.slot ? 0 : 1; },
    /** The act one stands at, as the server says it: one follows its topic. */
    get here() {
      const id = room.ids("place").find((place) => "act:" + place in room.things);
      const act = id && this.part && this.part !== "home" ? this.act(id) : null;
      return act && act.slot >= this.slot ? act : null;
    },
    /** When a slot begins, as an hour; nothing where nobody knows. @param {number} slot */
    hourOf(slot) {
      const bells = room.stepOf("slots").bells ?? [];
      const before = bells.filter((bell) => bell.round === slot - 1).at(-1);
      if (before) return hour(before.until);
      const base = room.session.began || this.lineup.begins || 0;
      const minutes = (this.lineup.starts ?? [])[slot - 1];
      return base && minutes !== undefined ? hour(base + minutes * 60_000) : "";
    },
    /** @param {number} slot */
    whenOf(slot) { return this.hourOf(slot) || `Slot ${slot}`; },

    // What is one's own

    /** @param {string} act */
    starred(act) { return (this.own.stars ?? []).includes(act); },
    /** @param {Billed} act */
    needed(act) { return (this.own.needs ?? []).includes(act.team); },
    /** @param {Billed} act */
    mineToPlay(act) { return this.own.plays === act.team; },
    /** @param {string} act */
    hosts(act) { return (this.own.hosting ?? []).includes(act); },
    /** Why one would go there, in words; a star shows by itself. @param {Billed} act */
    why(act) {
      if (this.mineToPlay(act)) return "Your team is on stage";
      if (this.hosts(act.id)) return "You host this stage";
      if (this.needed(act)) return "Your team needs this";
      return this.starred(act.id) ? "You starred this" : "";
    },
    /** Acts of a slot: one's own stage, the one one hosts, what one chose, whom one's team needs, the rest. @param {number} slot */
    ranked(slot) {
      const rank = (/** @type {Billed} */ act) => [this.mineToPlay(act), this.hosts(act.id), this.starred(act.id), this.needed(act), true].indexOf(true);
      return this.playing(slot).sort((a, b) => rank(a) - rank(b) || a.stage - b.stage);
    },
    /** What one would go to in a slot, if there is a reason for any. @param {number} slot */
    wanted(slot) {
      const [first] = this.ranked(slot);
      return first && this.why(first) ? first : null;
    },
  };
}
