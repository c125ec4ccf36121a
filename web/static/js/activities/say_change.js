// @ts-check
/** Each team's own sentence on what it changed because of the others. */

import { brings } from "../brought.js";
import { listed } from "../clock.js";

/** @param {{room: import("../room.js").Room}} ports */
export function say({ room }) {
  return () => ({
    text: "",
    writing: false,
    get home() { return room.mineOf("walk").home ?? ""; },
    get said() { return (room.stepOf("say_change").sentences ?? {})[this.home] ?? ""; },
    get teams() { return Object.keys(room.stepOf("say_change").sentences ?? {}); },
    /** @param {string} team */
    name(team) { return room.look("poster", team).team ?? room.look("team", team).name ?? ""; },
    /** @param {string} team */
    sentence(team) { return (room.stepOf("say_change").sentences ?? {})[team] ?? ""; },
    get waiting() { return (room.stepOf("say_change").waiting_for ?? []).map((/** @type {string} */ team) => this.name(team)); },
    get waitingWords() {
      const names = this.waiting;
      if (!names.length) return "Every team has said it.";
      if (names.length > 3) return `${names.length} teams are still writing.`;
      return `${listed(names)} ${names.length === 1 ? "is" : "are"} still writing.`;
    },
    begin() {
      this.text = this.said;
      this.writing = true;
    },
    share() {
      if (!this.text.trim()) return;
      room.send("share_sentence", { text: this.text }, ["our.sentence"]);
      this.writing = false;
      this.text = "";
    },
  });
}

brings({ say });
