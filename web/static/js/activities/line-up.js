// @ts-check
/** The line-up on the facilitator's desk: proposed, moved by menu and by keys, undone, and published. */

/** @import {Act} from "../shapes.js" */
import { brings } from "../brought.js";
import { LETTERS } from "./programme.js";

const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] });

/** @param {{room: import("../room.js").Room}} ports */
export function lineUp({ room }) {
  return () => ({
    chosen: "",
    /** The version another one was asked for in. */
    asked: -1,
    /** @returns {Partial<import("../shapes.js").DraftShown>} */
    get draft() { return room.look("draft"); },
    get slots() { return Array.from({ length: this.draft.slots ?? 0 }, (_, at) => at + 1); },
    get stages() { return Array.from({ length: this.draft.stages ?? 0 }, (_, at) => ({ number: at + 1, letter: LETTERS[at] })); },
    get there() { return (this.draft.acts ?? []).length > 0; },
    /** @param {number} slot @param {number} stage */
    at(slot, stage) { return (this.draft.acts ?? []).filter((act) => act.slot === slot && act.stage === stage); },
    /** @param {Act} act */
    name(act) { return (this.draft.teams ?? []).find((team) => team.id === act.team)?.name ?? act.team; },
    /** @param {Act} act */
    isStar(act) { return act.team in (this.draft.headliners ?? {}); },
    /** @param {Act} act */
    clashes(act) { return (this.draft.clashes ?? []).filter((clash) => clash.acts.includes(act.id)); },
    /** @param {Act} act */
    isHard(act) { return this.clashes(act).some((clash) => clash.hard); },
    /** @param {Act} act */
    say(act) { return `${this.name(act)}, stage ${LETTERS[act.stage - 1]}, slot ${act.slot}. ${this.clashes(act).map((clash) => clash.say).join(" ")}`; },
    get withoutWords() { return (this.draft.without ?? []).join(", "); },
    get hard() { return (this.draft.clashes ?? []).filter((clash) => clash.hard); },
    get soft() { return (this.draft.clashes ?? []).filter((clash) => !clash.hard); },
    get verdict() {
      if (!this.there) return "";
      if (!this.draft.clashes?.length) return "Nothing is the matter with it: everybody who needs another team is free to see it.";
      return this.draft.proven ? "" : "There may be a better one: time ran out, so this is the best so far.";
    },
    /** @param {Act} act */
    choose(act) { this.chosen = this.chosen === act.id ? "" : act.id; },
    /** @returns {Act | undefined} */
    get act() { return (this.draft.acts ?? []).find((act) => act.id === this.chosen); },
    /** Every place there is, with who is there. */
    get places() {
      return this.slots.flatMap((slot) => this.stages.map(({ number, letter }) => {
        const there = this.at(slot, number).filter((act) => act.id !== this.chosen).map((act) => this.name(act));
        return { key: `${slot} ${number}`, words: `${letter}, slot ${slot}${there.length ? `: beside ${there.join(", ")}` : ": free"}` };
      }));
    },
    get others() {
      return (this.draft.acts ?? []).filter((act) => act.team !== this.act?.team)
        .map((act) => ({ key: `${act.slot} ${act.stage}`, words: `${this.name(act)} (${LETTERS[act.stage - 1]}, slot ${act.slot})` }));
    },
    /** @param {string} where @param {boolean} swap */
    moveTo(where, swap) {
      const [slot, stage] = where.split(" ").map(Number);
      if (slot) room.send("move_act", { act: this.chosen, slot, stage, swap, version: this.draft.version });
      this.hold(this.chosen);
    },
    /** An act moves by arrow keys, whoever is there stays; what clashes is said as it happens. @param {KeyboardEvent} event @param {Act} act */
    key(event, act) {
      const by = KEYS[event.key];
      if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [slot, stage] = [act.slot + by[0], act.stage + by[1]];
      if (slot < 1 || stage < 1 || slot > (this.draft.slots ?? 0) || stage > (this.draft.stages ?? 0)) return;
      room.send("move_act", { act: act.id, slot, stage, swap: false, version: this.draft.version });
      this.hold(act.id);
    },
    /** The focus stays with the act wherever it goes. @param {string} id */
    hold(id) {
      const before = this.draft.version;
      const wait = (/** @type {number} */ left) => {
        if (this.draft.version === before && left) { setTimeout(() => wait(left - 1), 50); return; }
        requestAnimationFrame(() => requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(`[data-act="${CSS.escape(id)}"]`))?.focus()));
      };
      wait(40);
    },
    /** @param {string} team @param {number} slot @param {number} stage */
    add(team, slot, stage) { if (team) room.send("add_act", { team, slot, stage, version: this.draft.version }); },
    drop() {
      room.send("drop_act", { act: this.chosen, version: this.draft.version });
      this.chosen = "";
    },
    undo() { room.send("undo_line_up", { version: this.draft.version }); },
    get working() { return this.asked === this.draft.version && !room.notice; },
    propose() {
      this.asked = this.draft.version ?? 0;
      room.send("draw_line_up");
    },
    publish() { room.send("publish_line_up"); },
    /** @param {string} what @param {string} value */
    plan(what, value) { if (value !== "") room.send("plan_festival", { [what]: Number(value) }); },
    /** @param {boolean} online */
    planOnline(online) { room.send("plan_festival", { online }); },
    /** @param {string} day */
    begin(day) { if (day) room.send("plan_festival", { begins: new Date(day).getTime() }); },
    get begins() {
      if (!this.draft.begins) return "";
      const at = new Date(this.draft.begins);
      return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    },
    get stars() { return Object.entries(this.draft.headliners ?? {}).map(([team, times]) => ({ team, times, name: this.name(/** @type {any} */ ({ team })) })); },
    get couldBeStars() { return (this.draft.teams ?? []).filter((team) => !(team.id in (this.draft.headliners ?? {}))); },
    /** @param {string} team @param {string} value how often it plays; once is no headliner */
    headline(team, value) { if (team) room.send("plan_festival", { headline: { [team]: Number(value) } }); },
  });
}

brings({ lineUp });
