// @ts-check
/** Back home: notes become heaps, heaps get answers, and the words change beside them. */

import { brings } from "../brought.js";
import { figures } from "./refine.js";
import { word } from "./walk.js";

export const ANSWERS = [
  { key: "adopted", word: "Adopt" }, { key: "adapted", word: "Adapt" }, { key: "declined", word: "Not now, because …" },
];

/** @param {{room: import("../room.js").Room}} ports */
export function revise({ room }) {
  return () => ({
    /** @type {string[]} */
    chosen: [],
    answering: "",
    answer: "",
    reason: "",
    title: "",
    answers: ANSWERS,
    get home() { return room.mineOf("walk").home ?? ""; },
    get poster() { return room.look("poster", this.home); },
    get pile() { return "poster:" + this.home; },
    get wall() { return room.wall(this.pile); },
    get toAnswer() {
      const left = this.wall.filter((id) => !room.item(id).answer).length;
      return left ? `${left} to answer` : this.wall.length ? "All are answered" : "Nothing to answer";
    },
    get head() { return room.look("place", this.home); },
    get objectives() { return Object.keys(room.things).filter((key) => key.startsWith("objective:")).map((key) => key.slice(10)); },
    /** @param {string} objective */
    results(objective) { return room.look("objective", objective).results ?? []; },
    /** @param {string} id */
    figures(id) { return figures(room.look("result", id)); },
    /** @param {string} id */
    kindOf(id) { return word(room, id); },
    /** What a note hangs on, as the poster said it. @param {string} id */
    lineOf(id) { return (this.poster.lines ?? []).find((/** @type {any} */ line) => line.id === room.item(id).on)?.text ?? ""; },
    /** @param {string} id */
    has(id) { return this.chosen.includes(id); },
    /** @param {string} id */
    pick(id) { this.chosen = this.has(id) ? this.chosen.filter((other) => other !== id) : [...this.chosen, id]; },
    get standing() { return this.chosen.filter((id) => this.wall.includes(id)); },
    heap() {
      room.send("heap", { notes: this.standing, title: this.title }, ["heap"]);
      this.chosen = [];
      this.title = "";
    },
    /** @param {string} id */
    takeOut(id) { room.send("take_out", { note: id }); },
    /** @param {string} id @param {string} answer */
    begin(id, answer) {
      this.answering = id;
      this.answer = answer;
      this.reason = room.item(id).reason ?? "";
      if (answer === "adopted") this.say();
    },
    say() {
      room.send("answer_heap", { item: this.answering, answer: this.answer, reason: this.reason }, ["reason." + this.answering]);
      this.answering = "";
    },
    /** @param {string} id */
    reopen(id) { room.send("answer_heap", { item: id, answer: "" }); },
    /** @param {string} id */
    answered(id) { return ANSWERS.find((known) => known.key === room.item(id).answer)?.word.replace(", because …", "") ?? ""; },
    save() { room.send("save_version"); },
    get version() { return Math.max(1, ...this.objectives.map((id) => room.look("objective", id).version ?? 1)); },
  });
}

brings({ revise });
