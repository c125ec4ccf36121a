// @ts-check
/** At a stage on a phone: where one is, a question, a note on a line, and where to next. */

import { brings } from "../brought.js";
import { BANDS, programme } from "./programme.js";

export const KINDS = [
  { key: "like", word: "I like" }, { key: "wish", word: "I wish" }, { key: "what_if", word: "What if" },
  { key: "touches", word: "This touches another team" }, { key: "offer", word: "We can help" }, { key: "request", word: "We need help" },
];
const NAMED = ["touches", "offer", "request"];
const NEWEST = 4;

/** @param {{room: import("../room.js").Room, clock: {now: number, low: boolean}}} ports */
export function slots({ room }) {
  const fair = programme(room);
  return () => ({
    text: "",
    on: "",
    kind: "like",
    touches: "",
    note: "",
    noting: false,
    all: false,
    kinds: KINDS,

    get part() { return fair.part; },
    get here() { return fair.here; },
    get hosting() { return this.here !== null && fair.hosts(this.here.id); },
    get onStage() { return this.here !== null && fair.mineToPlay(this.here); },
    /** Cards to choose from: the stages of the slot that is on, or of the next, what one wants first. */
    get choices() {
      if (this.open && this.here && !this.leaving) return [];
      return fair.ranked(fair.next);
    },
    leaving: false,
    leave() { this.leaving = !this.leaving; },
    get open() { return fair.open; },
    get title() { return this.open ? "Stages now" : `Slot ${fair.next}${fair.hourOf(fair.next) ? ", " + fair.hourOf(fair.next) : ""}`; },
    /** @param {any} act */
    why(act) { return fair.why(act); },
    /** @param {any} act */
    band(act) { return fair.bandOf(act); },
    /** @param {any} act */
    bandWords(act) { return BANDS[fair.bandOf(act)] ?? ""; },
    /** @param {any} act */
    link(act) { return fair.linkOf(act); },
    /** @param {any} act */
    first(act) { return this.choices[0]?.id === act.id && this.why(act) !== ""; },
    /** @param {any} act */
    gone(act) { return fair.own.went === act.id; },
    /** @param {any} act */
    starred(act) { return fair.starred(act.id); },
    /** @param {any} act */
    star(act) { room.send("star", { act: act.id, on: !fair.starred(act.id) }); },
    /** @param {string} act */
    go(act) {
      this.leaving = false;
      room.send("go", { act });
    },
    /** A tap is no presence: after the next bell it is asked again. */
    get asksStill() {
      const { went = "", said = "" } = fair.own;
      return this.here !== null && went === this.here.id && fair.part === "questions" && said !== `${fair.slot} questions`;
    },

    // The goal, and what is said of it

    get lines() { return this.here ? room.look("billed", this.here.team).lines ?? [] : []; },
    get line() { return this.here ? fair.stage(this.here.letter).line ?? "" : ""; },
    get up() { return this.here ? fair.stage(this.here.letter).up ?? "" : ""; },
    get own() { return (fair.own.asked ?? []).filter((question) => question.act === this.here?.id); },
    get ids() { return new Set((fair.own.asked ?? []).map((question) => question.id)); },
    get questions() {
      return room.ids("question").filter((id) => !this.ids.has(id) && room.look("question", id).state !== "answered").sort();
    },
    /** @param {string} question */
    plussed(question) { return (fair.own.plus ?? []).includes(question); },
    /** @param {string} question */
    plus(question) { room.send("plus_question", { question, on: !this.plussed(question) }); },
    ask() {
      if (!this.text.trim() || !this.here) return;
      room.send("ask_question", { act: this.here.id, text: this.text }, ["question." + this.here.id]);
      this.text = "";
    },
    get asked() { return { field: "question." + this.here?.id, late: { do: "ask_question", fields: { act: this.here?.id } } }; },
    /** What became of one's question, in words. @param {any} question */
    became(question) {
      const words = /** @type {Record<string, string>} */ ({ open: "waits", up: "is on the screen", answered: "was answered", later: "is answered afterwards", flagged: "was set aside by the hosts" });
      return words[question.state] ?? "";
    },

    get pile() { return "act:" + this.here?.id; },
    get left() { return room.own(this.pile); },
    get others() {
      const own = new Set(this.left);
      return room.wall(this.pile).filter((id) => !own.has(id)).reverse();
    },
    get newest() { return this.all ? this.others : this.others.slice(0, NEWEST); },
    showAll() { this.all = true; },
    get teams() { return room.ids("team").filter((team) => team !== this.here?.team); },
    get named() { return { field: "feedback." + this.on, late: { do: "leave_feedback", fields: this.fields } }; },
    get fields() { return { act: this.here?.id, on: this.on, kind: this.kind, ...(this.kind === "touches" ? { touches: this.touches } : {}) }; },
    get ready() { return this.note.trim() !== "" && (this.kind !== "touches" || this.touches !== ""); },
    get writing() { return this.lines.some((line) => line.id === this.on); },
    get seen() { return NAMED.includes(this.kind) ? "Everyone at this stage after the slot, with your team’s name." : room.step.seen_by; },
    /** @param {string} line */
    pick(line) {
      this.on = this.on === line ? "" : line;
      this.note = "";
      requestAnimationFrame(() => document.getElementById("feedback-text")?.focus({ preventScroll: true }));
    },
    close() { this.on = ""; },
    /** @param {string} kind */
    choose(kind) { this.kind = kind; },
    leaveNote() {
      if (!this.ready || !this.writing) return;
      room.send("leave_feedback", { ...this.fields, text: this.note }, [this.named.field]);
      this.note = this.on = this.touches = "";
      this.kind = "like";
    },
    /** @param {string} id */
    kindOf(id) { return wordOf(room, id); },
    /** @param {string} id */
    lineOf(id) { return this.lines.find((line) => line.id === room.item(id).on)?.text ?? ""; },
    /** @param {string} id */
    isShown(id) { return Boolean(room.lookMine("note", id).shown); },
    /** @param {string} id */
    remove(id) { room.send("remove_note", { note: id }); },
  });
}

/** “We can help · Supply”, as a note says it. @param {import("../room.js").Room} room @param {string} id */
export function wordOf(room, id) {
  const note = room.item(id);
  const kind = KINDS.find((known) => known.key === note.kind)?.word ?? "";
  const touches = note.touches ? `Touches ${room.look("team", note.touches).name ?? "another team"}` : kind;
  const team = note.team ? ` · ${room.look("team", note.team).name ?? ""}` : "";
  return (note.heard ? `Heard: ${touches}` : touches) + team;
}

brings({ slots });
