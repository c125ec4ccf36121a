// @ts-check
/** Before a poster: where one stands, also without a connection, and a note on the line that made one stop. */

import { tells } from "../aloud.js";
import { brings } from "../brought.js";
import { sends } from "../typing.js";

export const KINDS = [
  { key: "like", word: "I like" }, { key: "wish", word: "I wish" }, { key: "what_if", word: "What if" },
  { key: "touches", word: "This touches another team" },
];
const NEWEST = 3;

/**
 * The round and stage by the plan's bells, for a phone without a connection.
 * @param {{round: number, stage: string, until: number}[]} bells
 * @param {number} now
 */
export function byPlan(bells, now) {
  const next = bells.find((bell) => bell.until > now);
  return next ? { round: next.round, stage: next.stage } : { round: bells.at(-1)?.round ?? 1, stage: "home" };
}

/** @param {{room: import("../room.js").Room, clock: {now: number}}} ports */
export function walk({ room, clock }) {
  return () => ({
    on: "",
    kind: "like",
    touches: "",
    text: "",
    all: false,
    kinds: KINDS,

    /** @returns {Partial<import("../shapes.js").WalkMine>} */
    get mine() { return room.mineOf("walk"); },
    get hosting() { return this.mine.role === "host"; },
    get visiting() { return this.mine.role === "visitor"; },
    get lost() { return room.status === "lost"; },
    get now() {
      const { round = 0, stage = "", bells = [] } = room.stepOf("walk");
      return this.lost && bells.length ? byPlan(bells, clock.now) : { round, stage };
    },
    get bound() { return this.now.round + (this.now.stage === "move" ? 1 : 0); },
    get poster() {
      if (this.hosting) return this.mine.poster;
      if (this.now.stage === "home" || this.bound > (this.mine.route ?? []).length) return this.mine.home ?? "";
      return (this.mine.route ?? [])[Math.max(1, this.bound) - 1] ?? "";
    },
    get atHome() { return this.poster !== "" && this.poster === this.mine.home && !this.hosting; },
    get shown() { return room.look("poster", this.poster); },
    get number() { return this.shown.number ?? ""; },
    get tint() { return `group-${((this.mine.group ?? 1) - 1) % 12}`; },
    get lines() { return this.shown.lines ?? []; },
    get reading() { return this.now.stage === "read"; },
    get going() { return this.now.stage === "move"; },
    get pile() { return "poster:" + this.poster; },
    get own() { return room.own(this.pile); },
    get others() {
      const own = new Set(this.own);
      return room.wall(this.pile).filter((id) => !own.has(id)).reverse();
    },
    get newest() { return this.all ? this.others : this.others.slice(0, NEWEST); },
    get more() { return this.all ? 0 : Math.max(0, this.others.length - NEWEST); },
    get teams() { return room.ids("team").filter((id) => id !== this.poster); },
    get ready() { return this.text.trim() !== "" && (this.kind !== "touches" || this.touches !== ""); },
    get seen() {
      return this.kind === "touches" ? "Everyone at this poster, with your team's name." : room.step.seen_by;
    },
    get arrived() { return (this.mine.arrived ?? 0) >= Math.max(1, this.bound); },

    /** @param {string} id */
    pick(id) {
      this.on = this.on === id ? "" : id;
      this.text = "";
      requestAnimationFrame(() => {
        const field = document.getElementById("walk-text");
        field?.focus({ preventScroll: true });
        field?.scrollIntoView({ block: "center" });
      });
    },
    /** @param {string} kind */
    choose(kind) { this.kind = kind; },
    /** A line of this very poster is open; where one has moved on, what was written there is offered apart. */
    get writing() { return this.lines.some((/** @type {any} */ line) => line.id === this.on); },
    get left_behind() {
      const { on, kind, touches } = this;
      return { on, kind, round: Math.max(1, this.bound), ...(kind === "touches" ? { touches } : {}) };
    },
    get named() { return { field: "note." + this.on, late: { do: "leave_note", fields: this.left_behind } }; },
    leave() {
      if (!this.ready || !this.writing) return;
      room.send("leave_note", { ...this.left_behind, text: this.text }, [this.named.field]);
      this.text = this.on = this.touches = "";
      this.kind = "like";
    },
    close() { this.on = ""; },
    /** @param {string} id */
    count(id) { return [...this.own, ...this.others].filter((note) => room.item(note).on === id).length; },
    /** @param {string} id */
    kindOf(id) { return word(room, id); },
    /** @param {string} id */
    lineOf(id) { return this.lines.find((/** @type {any} */ line) => line.id === room.item(id).on)?.text ?? ""; },
    /** @param {string} id */
    isShown(id) { return Boolean(room.lookMine("note", id).shown); },
    showAll() { this.all = true; },
    stand() { room.send("stand"); },
    /** @param {number} people */
    share(people) { room.send("share_device", { people }); },
    /** @param {string} id */
    remove(id) { room.send("remove_note", { note: id }); },
  });
}

/** “I wish · Platform & Data”, as a note says it. @param {import("../room.js").Room} room @param {string} id */
export function word(room, id) {
  const note = room.item(id);
  const kind = KINDS.find((known) => known.key === note.kind)?.word ?? "";
  const touches = note.touches ? `Touches ${room.look("team", note.touches).name ?? "another team"}` : kind;
  const team = note.team ? ` · from ${room.look("team", note.team).name ?? ""}` : "";
  return (note.heard ? `Heard: ${touches}` : touches) + team;
}

/** @param {{room: import("../room.js").Room}} ports */
export function host({ room }) {
  return () => ({
    text: "",
    on: "",
    kind: "like",
    swapping: false,
    kinds: KINDS.slice(0, 3),
    get mates() { return room.mineOf("walk").mates ?? []; },
    /** @param {string} kind */
    choose(kind) { this.kind = kind; },
    add() {
      if (!this.text.trim()) return;
      room.send("hear", { text: this.text, kind: this.kind, on: this.on }, ["heard"]);
      this.text = "";
      document.getElementById("heard-text")?.focus();
    },
    /** @param {KeyboardEvent} event */
    enter(event) {
      if (!sends(event)) return;
      event.preventDefault();
      this.add();
    },
    /** @param {string} person */
    swap(person) {
      if (person) room.send("swap_host", { person });
      this.swapping = false;
    },
    toggleSwap() { this.swapping = !this.swapping; },
  });
}

/** Where one is to go. @param {import("../room.js").Room} room */
function told(room) {
  const { hosting, poster, number, atHome } = walk({ room, clock: { now: 0 } })();
  if (atHome) return `Back to your own poster, number ${number}.`;
  return hosting || !poster ? "" : `Your poster is number ${number} now, ${room.look("team", poster).name ?? ""}.`;
}

brings({ host, walk });
tells({ walk: told });
