// @ts-check
/** The sentence above the results: polished in place, by the facilitator or whoever was named. */

import { brings } from "../brought.js";

/** @param {{room: import("../room.js").Room}} ports */
export function polish({ room }) {
  return () => ({
    text: "",
    writing: false,
    get now() { return room.look("objective", room.stepOf("phrase").objective).text ?? ""; },
    get polisher() { return room.look("objective", room.stepOf("phrase").objective).polisher ?? ""; },
    get mayPolish() { return this.polisher !== "" && this.polisher === room.me.person; },
    begin() {
      this.text = this.now;
      this.writing = true;
    },
    save() {
      if (this.text.trim() && this.text !== this.now) room.send("word_objective", { text: this.text, was: this.now }, ["sentence"]);
      this.writing = false;
    },
    /** @param {string} person */
    name(person) { room.send("name_polisher", { person }); },
    /** @param {string} note */
    take(note) { room.send("take_sentence", { note }); },
  });
}

brings({ polish });
