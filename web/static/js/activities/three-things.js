// @ts-check
/** Three things a team takes along, chosen from what was left for it, and questions it answers afterwards. */

import { brings } from "../brought.js";
import { wordOf } from "./slots.js";

/** @param {{room: import("../room.js").Room}} ports */
export function threeThings({ room }) {
  return () => ({
    reply: "",
    answering: "",
    get mine() { return room.mineOf("three_things"); },
    get team() { return this.mine.team ?? ""; },
    get things() { return room.lookMine("things").things ?? []; },
    get fields() { return [1, 2, 3]; },
    /** @param {number} nth */
    thing(nth) { return this.things[nth - 1] ?? ""; },
    /** @param {number} nth @param {Event} event */
    say(nth, event) {
      const { value } = /** @type {HTMLInputElement} */ (event.target);
      const was = this.thing(nth);
      if (value.trim() !== was) room.send("say_thing", { nth, text: value, was }, ["thing." + nth]);
    },
    get notes() { return (this.mine.acts ?? []).flatMap((act) => room.wall("act:" + act)); },
    get free() { return this.fields.find((nth) => !this.thing(nth)) ?? 0; },
    /** @param {string} id */
    take(id) { if (this.free) room.send("say_thing", { nth: this.free, text: room.wording(id), was: "" }); },
    /** @param {string} id */
    taken(id) { return this.things.includes(room.wording(id)); },
    /** @param {string} id */
    kindOf(id) { return wordOf(room, id); },
    get questions() { return room.ids("question").filter((id) => ["open", "up", "later"].includes(room.look("question", id).state ?? "")); },
    /** @param {string} question */
    toggleReply(question) {
      this.answering = this.answering === question ? "" : question;
      this.reply = "";
    },
    send() {
      if (!this.reply.trim()) return;
      room.send("answer_question", { question: this.answering, text: this.reply }, ["reply." + this.answering]);
      this.answering = this.reply = "";
    },
    get heard() { return room.stepOf("three_things").taken ?? []; },
    get reading() { return this.heard.find((one) => one.team === room.stepOf("three_things").reading) ?? null; },
    get readAlready() { return this.heard.some((one) => one.team === this.team); },
    get waiting() { return room.stepOf("three_things").waiting ?? []; },
    get waitingWords() {
      if (!this.waiting.length) return "Every team has chosen.";
      return this.waiting.length > 3 ? `${this.waiting.length} teams are still choosing.` : `Still choosing: ${this.waiting.join(", ")}.`;
    },
  });
}

brings({ threeThings });
