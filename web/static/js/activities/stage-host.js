// @ts-check
/** A stage's host: questions with their counts, one of them up on the screen, and what is said, written down. */

import { brings } from "../brought.js";
import { sends } from "../typing.js";
import { programme } from "./programme.js";

/** @param {{room: import("../room.js").Room}} ports */
export function stageHost({ room }) {
  const fair = programme(room);
  return () => ({
    heard: "",
    back: "",
    asking: "",
    get act() { return fair.here?.id ?? ""; },
    get letter() { return fair.here?.letter ?? ""; },
    get queue() { return (fair.own.queue ?? []).filter((question) => question.act === this.act); },
    get waiting() { return this.queue.filter((question) => ["open", "up"].includes(question.state)); },
    get rest() { return this.queue.filter((question) => !["open", "up"].includes(question.state)); },
    /** @param {any} question @param {string} to */
    put(question, to) { room.send("handle_question", { question: question.id, to }); },
    /** @param {any} question */
    toggleBack(question) {
      this.asking = this.asking === question.id ? "" : question.id;
      this.back = "";
    },
    askBack() {
      if (!this.back.trim()) return;
      room.send("ask_back", { question: this.asking, text: this.back }, ["back." + this.asking]);
      this.asking = this.back = "";
    },
    /** @param {any} question */
    word(question) { return /** @type {Record<string, string>} */ ({ answered: "answered", later: "answered afterwards", flagged: "set aside" })[question.state] ?? ""; },
    capture() {
      if (!this.heard.trim()) return;
      room.send("capture", { act: this.act, text: this.heard }, ["capture." + this.act]);
      this.heard = "";
    },
    /** @param {KeyboardEvent} event */
    enter(event) {
      if (!sends(event)) return;
      event.preventDefault();
      this.capture();
    },
    get screen() { return `screen?stage=${this.letter}`; },
  });
}

brings({ stageHost });
